/* spread.c: the workers that live the points of rounds */
#include "study/spread.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/variant.h"
#include "study/rounds.h"
#include "study/unknowns.h"

struct spread {
    const struct spread_job *job;
    struct orgsim_run_options alone;  /* of a worker: no progress, no exchange, and one thread where workers are several */
    struct orgsim_scenario *placed;   /* the scenario, with its engineers placed */
    struct pool *pool;
    struct spread_worker *workers;
    size_t n_workers;
};

static int live(void *context, size_t number, size_t worker, void *outcome, struct orgsim_where *where)
{
    const struct spread *s = context;
    return s->job->live(s->job->context, &s->workers[worker], number, outcome, where);
}

static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    const struct spread *s = context;
    return s->job->take(s->job->context, number, outcome, why);
}

/* How many rounds of `threads` tasks, for each round's worth of them: 1 when no thread ever waits. */
static double idling(double tasks, double threads) { return ceil(tasks / threads) * threads / tasks; }

/* One worker for each thread, or a single one that has them all, whichever leaves fewer of them waiting. */
static int pool_open(struct spread *s, struct orgsim_where *where)
{
    const struct orgsim_run_options *o = s->job->options;
    int status = pool_create(&s->pool, o->threads);
    if (status == ORGSIM_ERROR_THREAD) error_set(where, status, NULL, 0, 0, "choose fewer threads with -j", "cannot start the threads");
    if (status) return status;
    double threads = (double)pool_threads(s->pool), points = (double)rounds_share(o, s->job->n_points), blocks = (double)o->worlds / ORGSIM_BLOCK_WORLDS;
    bool apart = idling(points, threads) <= idling(blocks, threads);
    if (apart) s->alone.threads = 1;
    if (apart) return 0;
    pool_free(s->pool);
    s->pool = NULL;
    return pool_create(&s->pool, 1);
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

static int spread_open(struct spread *s, struct orgsim_where *where)
{
    int status = place(s, where);
    if (!status) status = pool_open(s, where);
    if (status) return status;
    size_t threads = pool_threads(s->pool);
    s->workers = memory_array(threads, sizeof *s->workers);
    if (!s->workers) return ORGSIM_ERROR_MEMORY;
    for (; s->n_workers < threads && !status; s->n_workers++) {
        struct spread_worker *worker = &s->workers[s->n_workers];
        worker->settings = memory_array(s->job->most_settings, sizeof *worker->settings);
        status = worker->settings ? points_open(&worker->points, s->placed, &s->alone, where) : ORGSIM_ERROR_MEMORY;
    }
    return status;
}

static void spread_close(struct spread *s)
{
    for (size_t w = 0; w < s->n_workers; w++) {
        points_close(&s->workers[w].points);
        memory_free(s->workers[w].settings);
    }
    memory_free(s->workers);
    variant_free(s->placed);
    pool_free(s->pool);
}

int spread_live(const struct spread_job *job, size_t *done, struct orgsim_where *where)
{
    struct spread s = {.job = job, .alone = *job->options};
    s.alone.progress = NULL;
    s.alone.exchange = NULL;
    int status = spread_open(&s, where);
    const struct rounds rounds = {.pool = s.pool, .options = job->options, .shown = true, .n = job->n_points, .bytes = job->bytes, .context = &s, .live = live,
                              .take = take};
    status = rounds_live(&rounds, status, done, where);
    spread_close(&s);
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, job->scenario->path, 0, 0, "choose fewer worlds or fewer threads", "out of memory");
    return status;
}
