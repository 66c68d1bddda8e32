/* spread.c: design points dealt to the processes of an exchange, then to the workers of a pool
 *
 * Point `number` belongs to process number % size. Between processes points go in rounds: each lives its own points of the round, all tell each other
 * what is left of them, and everybody takes the whole round in order, so that all know the same and decide alike. Why a point is forbidden is not
 * told but found again: that costs no worlds.
 */
#include "study/spread.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/variant.h"
#include "study/unknowns.h"

#define ROUND_BYTES ((size_t)1 << 26) /* of all outcomes of a round, unless a point of each process is more */
#define SHARE_MOST 1024               /* points of a process in a round: so often an error or an interruption elsewhere is heard of */

struct worker {
    struct points points;
    struct point_setting *settings;
    double *difference; /* [worlds] */
    size_t n;
};

/* A point as it is told. */
enum { NOT_REACHED, LIVED, FORBIDDEN };
struct told { uint64_t state; char outcome[]; };

/* How the point ended that lies at the same place of `mine`. */
struct slot { int status; struct orgsim_where where; };

struct spread {
    const struct spread_job *job;
    const struct orgsim_exchange *exchange; /* NULL: none */
    struct orgsim_run_options alone; /* of a worker: no progress, and one thread where workers are several */
    struct orgsim_scenario *placed;   /* the scenario, with its engineers placed */
    struct pool *pool;
    struct worker *workers;
    struct slot *slots;
    char *mine, *all;                 /* [slots] and [processes][slots] of struct told, `stride` apart */
    size_t n_workers, n_slots, stride, rank, size;
    size_t first, n;                  /* points of the round */
    size_t taken;
    struct orgsim_where *where;
};

static struct told *told_at(const struct spread *s, char *mail, size_t at) { return (struct told *)(void *)(mail + at * s->stride); }

static int take_block(void *context, const struct live_block *block)
{
    struct worker *worker = context;
    const float *first = block->values + ORGSIM_METRIC_npv_k * block->worlds, *second = first + ORGSIM_METRIC_COUNT * block->worlds;
    for (size_t w = 0; w < block->worlds; w++) worker->difference[worker->n++] = (double)second[w] - (double)first[w];
    return 0;
}

static int live_point(struct spread *s, struct worker *worker, size_t number, struct orgsim_where *where)
{
    worker->n = 0;
    return point_live(&worker->points, worker->settings, s->job->settings(s->job->context, number, worker->settings), worker, take_block, where);
}

static int work(void *context, uint64_t task, size_t at, size_t number)
{
    struct spread *s = context;
    struct slot *slot = &s->slots[at];
    struct worker *worker = &s->workers[number];
    struct told *told = told_at(s, s->mine, at);
    slot->where = (struct orgsim_where){0};
    slot->status = live_point(s, worker, s->first + (size_t)task * s->size + s->rank, &slot->where);
    told->state = slot->status == 0 ? LIVED : slot->status == ORGSIM_ERROR_USAGE ? FORBIDDEN : NOT_REACHED;
    if (told->state == LIVED) s->job->reduce(told->outcome, worker->difference, worker->n);
    return 0; /* finish() tells of an error, in its turn */
}

static int take(struct spread *s, size_t number, const struct told *told, const struct orgsim_where *why)
{
    bool lived = told->state == LIVED;
    const struct spread_point point = {number, lived ? NULL : why, lived ? told->outcome : NULL};
    int status = s->job->take(s->job->context, &point);
    s->taken += status ? 0U : 1U;
    return status;
}

static int finish(void *context, uint64_t task, size_t at)
{
    struct spread *s = context;
    const struct slot *slot = &s->slots[at];
    const struct orgsim_run_options *o = s->job->options;
    size_t done = s->first + ((size_t)task + 1) * s->size, points = s->job->n_points;
    int status = slot->status == ORGSIM_ERROR_USAGE ? 0 : slot->status;
    if (status && s->where) *s->where = slot->where;
    if (!status && !s->exchange) status = take(s, (size_t)task, told_at(s, s->mine, at), &slot->where);
    if (!status && o->progress) o->progress(o->context, done < points ? done : points, points);
    return status;
}

/* --- rounds ------------------------------------------------------------------------------------------------------------------------- */

/* Lives this process's points of the round; an interruption is told with the round. */
static int live_round(struct spread *s)
{
    uint64_t own = s->n > s->rank ? (s->n - s->rank - 1) / s->size + 1 : 0, finished = 0;
    const struct pool_job asked = {.tasks = own, .slots = s->n_slots, .context = s, .work = work, .finish = finish, .stop = s->alone.stop};
    memset(s->mine, 0, s->n_slots * s->stride);
    int status = pool_run(s->pool, &asked, &finished);
    if (s->exchange) return status == ORGSIM_ERROR_INTERRUPTED ? 0 : status;
    return !status && finished < own ? ORGSIM_ERROR_INTERRUPTED : status;
}

static int take_told(struct spread *s, size_t number, const struct told *told)
{
    struct orgsim_where why = {0};
    if (told->state == NOT_REACHED) return ORGSIM_ERROR_INTERRUPTED;
    int status = told->state == FORBIDDEN ? live_point(s, &s->workers[0], number, &why) : ORGSIM_ERROR_USAGE;
    if (status != ORGSIM_ERROR_USAGE) return status ? status : ORGSIM_ERROR_INTERNAL;
    return take(s, number, told, &why);
}

static int exchange_round(struct spread *s, int status)
{
    const struct orgsim_exchange *x = s->exchange;
    size_t bytes = s->n_slots * s->stride;
    status = x->gather(x->context, status, s->mine, s->all, bytes, s->where);
    for (size_t p = 0; p < s->n && !status; p++) status = take_told(s, s->first + p, told_at(s, s->all + p % s->size * bytes, p / s->size));
    return status;
}

/* --- the crew ----------------------------------------------------------------------------------------------------------------------- */

/* How many rounds of `threads` tasks, for each round's worth of them: 1 when no thread ever waits. */
static double idling(double tasks, double threads) { return ceil(tasks / threads) * threads / tasks; }

static size_t points_of_a_process(const struct spread *s)
{
    size_t all = (s->job->n_points - 1) / s->size + 1, room = ROUND_BYTES / s->stride / s->size, most = room < SHARE_MOST ? room : SHARE_MOST;
    if (!s->exchange || all <= most) return all;
    return most > 0 ? most : 1;
}

/* One worker for each thread, or a single one that has them all, whichever leaves fewer of them waiting. */
static int pool_open(struct spread *s, size_t points)
{
    int status = pool_create(&s->pool, s->job->options->threads);
    if (status == ORGSIM_ERROR_THREAD) error_set(s->where, status, NULL, 0, 0, "choose fewer threads with -j", "cannot start the threads");
    if (status) return status;
    double threads = (double)pool_threads(s->pool), blocks = (double)s->alone.worlds / ORGSIM_BLOCK_WORLDS;
    bool apart = idling((double)points, threads) <= idling(blocks, threads);
    if (apart) s->alone.threads = 1;
    if (apart) return 0;
    pool_free(s->pool);
    s->pool = NULL;
    return pool_create(&s->pool, 1);
}

static int worker_open(struct spread *s, struct worker *worker)
{
    worker->settings = memory_array(s->job->most_settings, sizeof *worker->settings);
    worker->difference = memory_array((size_t)s->alone.worlds, sizeof *worker->difference);
    if (!worker->settings || !worker->difference) return ORGSIM_ERROR_MEMORY;
    return points_open(&worker->points, s->placed, &s->alone, s->where);
}

static int spread_open(struct spread *s)
{
    size_t points = points_of_a_process(s);
    int status = pool_open(s, points);
    if (status) return status;
    size_t threads = pool_threads(s->pool);
    s->n_slots = s->exchange ? points : 2 * threads;
    s->workers = memory_array(threads, sizeof *s->workers);
    s->slots = memory_array(s->n_slots, sizeof *s->slots);
    s->mine = memory_array(s->n_slots, s->stride);
    s->all = s->exchange && s->n_slots <= SIZE_MAX / s->stride ? memory_array(s->size, s->n_slots * s->stride) : NULL;
    if (!s->workers || !s->slots || !s->mine || (s->exchange && !s->all)) return ORGSIM_ERROR_MEMORY;
    for (; s->n_workers < threads && !status; s->n_workers++) status = worker_open(s, &s->workers[s->n_workers]);
    return status;
}

/* Nobody who places engineers knows the parameters: they go where they help most in the scenario as it stands, unless they are asked anew. */
static int place(struct spread *s)
{
    struct points points = {0};
    int status = variant_create(&s->placed, s->job->scenario);
    if (status || s->job->place_anew) return status;
    status = points_open(&points, s->placed, s->job->options, s->where);
    if (!status) status = unknowns_place(s->placed, &points, s->job->options, s->where);
    points_close(&points);
    return status;
}

static void spread_close(struct spread *s)
{
    for (size_t w = 0; w < s->n_workers; w++) {
        points_close(&s->workers[w].points);
        memory_free(s->workers[w].settings);
        memory_free(s->workers[w].difference);
    }
    memory_free(s->workers);
    memory_free(s->slots);
    memory_free(s->mine);
    memory_free(s->all);
    variant_free(s->placed);
    pool_free(s->pool);
}

int spread_live(const struct spread_job *job, size_t *done, struct orgsim_where *where)
{
    const struct orgsim_exchange *x = job->options->exchange;
    struct spread s = {.job = job, .exchange = x, .alone = *job->options, .rank = x ? x->rank : 0, .size = x ? x->size : 1, .where = where,
                       .stride = sizeof(struct told) + (job->bytes + 7) / 8 * 8};
    s.alone.progress = NULL;
    int status = place(&s);
    if (!status) status = spread_open(&s);
    do {
        size_t left = job->n_points - s.first, round = x ? s.n_slots * s.size : left;
        s.n = round < left ? round : left;
        if (!status) status = live_round(&s);
        if (x) status = exchange_round(&s, status);
        s.first += s.n;
    } while (!status && s.first < job->n_points);
    *done = s.taken;
    spread_close(&s);
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, job->scenario->path, 0, 0, "choose fewer worlds or fewer threads", "out of memory");
    return status;
}
