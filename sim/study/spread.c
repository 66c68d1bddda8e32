/* spread.c: a pool whose tasks are design points, each lived by one thread on its own */
#include "study/spread.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/variant.h"
#include "study/unknowns.h"

struct worker {
    struct points points;
    struct point_setting *settings;
};

/* A point under way. */
struct slot {
    double *difference;
    size_t n;
    struct orgsim_where where;
    int status;
};

struct spread {
    const struct spread_job *job;
    struct orgsim_run_options alone; /* of a worker: one thread, no progress */
    struct orgsim_scenario *placed;   /* the scenario, with its engineers placed */
    struct worker *workers;
    struct slot *slots;
    size_t n_workers, n_slots;
    struct orgsim_where *where;
};

static int take_block(void *context, const struct live_block *block)
{
    struct slot *slot = context;
    const float *first = block->values + ORGSIM_METRIC_npv_k * block->worlds, *second = first + ORGSIM_METRIC_COUNT * block->worlds;
    for (size_t w = 0; w < block->worlds; w++) slot->difference[slot->n++] = (double)second[w] - (double)first[w];
    return 0;
}

static int work(void *context, uint64_t task, size_t at, size_t number)
{
    struct spread *s = context;
    struct slot *slot = &s->slots[at];
    struct worker *worker = &s->workers[number];
    slot->n = 0;
    slot->where = (struct orgsim_where){0};
    size_t n = s->job->settings(s->job->context, (size_t)task, worker->settings);
    slot->status = point_live(&worker->points, worker->settings, n, slot, take_block, &slot->where);
    return 0; /* finish() tells of an error, in its turn */
}

static int finish(void *context, uint64_t task, size_t at)
{
    struct spread *s = context;
    const struct spread_job *job = s->job;
    const struct slot *slot = &s->slots[at];
    if (slot->status && slot->status != ORGSIM_ERROR_USAGE) {
        if (s->where) *s->where = slot->where;
        return slot->status;
    }
    const struct spread_point point = {.number = (size_t)task, .why = slot->status ? slot->where.what : NULL,
                                       .where = slot->status ? &slot->where : NULL, .worlds = slot->n, .difference = slot->difference};
    int status = job->take(job->context, &point);
    if (!status && job->options->progress) job->options->progress(job->options->context, task + 1, job->n_points);
    return status;
}

static int spread_open(struct spread *s, size_t threads, struct orgsim_where *where)
{
    s->workers = memory_array(threads, sizeof *s->workers);
    s->slots = memory_array(2 * threads, sizeof *s->slots);
    if (!s->workers || !s->slots) return ORGSIM_ERROR_MEMORY;
    int status = 0;
    for (; s->n_workers < threads && !status; s->n_workers++) {
        struct worker *worker = &s->workers[s->n_workers];
        worker->settings = memory_array(s->job->most_settings, sizeof *worker->settings);
        status = worker->settings ? points_open(&worker->points, s->placed, &s->alone, where) : ORGSIM_ERROR_MEMORY;
    }
    for (; s->n_slots < 2 * threads && !status; s->n_slots++) {
        s->slots[s->n_slots].difference = memory_array((size_t)s->alone.worlds, sizeof(double));
        if (!s->slots[s->n_slots].difference) status = ORGSIM_ERROR_MEMORY;
    }
    return status;
}

/* Nobody who places engineers knows the parameters: they go where they help most in the scenario as it stands, unless they are asked anew. */
static int place(struct spread *s, struct orgsim_where *where)
{
    struct points points = {0};
    int status = variant_create(&s->placed, s->job->scenario);
    if (status || s->job->place_anew) return status;
    status = points_open(&points, s->placed, s->job->options, where);
    if (!status) status = unknowns_place(s->placed, &points, s->job->options, where);
    points_close(&points);
    return status;
}

static void spread_close(struct spread *s)
{
    for (size_t w = 0; w < s->n_workers; w++) {
        points_close(&s->workers[w].points);
        memory_free(s->workers[w].settings);
    }
    for (size_t k = 0; k < s->n_slots; k++) memory_free(s->slots[k].difference);
    memory_free(s->workers);
    memory_free(s->slots);
    variant_free(s->placed);
}

int spread_live(const struct spread_job *job, size_t *done, struct orgsim_where *where)
{
    struct spread s = {.job = job, .alone = *job->options, .where = where};
    struct pool *pool = NULL;
    uint64_t finished = 0;
    *done = 0;
    s.alone.threads = 1;
    s.alone.progress = NULL;
    int status = place(&s, where);
    if (!status) status = pool_create(&pool, job->options->threads);
    if (!status) status = spread_open(&s, pool_threads(pool), where);
    if (!status) {
        const struct pool_job asked = {.tasks = job->n_points, .slots = s.n_slots, .context = &s, .work = work, .finish = finish, .stop = s.alone.stop};
        status = pool_run(pool, &asked, &finished);
        if (!status && finished < job->n_points) status = ORGSIM_ERROR_INTERRUPTED;
    }
    *done = (size_t)finished;
    spread_close(&s);
    pool_free(pool);
    if (status == ORGSIM_ERROR_THREAD) error_set(where, status, NULL, 0, 0, "choose fewer threads with -j", "cannot start the threads");
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, job->scenario->path, 0, 0, "choose fewer worlds or fewer threads", "out of memory");
    return status;
}
