/* share.c: each block is a task of its own, lived by one thread */
#include "study/share.h"

#include "base/memory.h"
#include "study/rounds.h"

struct lives {
    const struct share *share;
    const struct live_job *job;
    struct pool **alone; /* [workers] of one thread each */
    size_t n_workers;
};

struct keeping { const struct share *share; void *kept; };

static int keep(void *context, const struct live_block *block)
{
    const struct keeping *k = context;
    k->share->keep(k->share->context, block, k->kept);
    return 0;
}

static uint64_t first_of(const struct lives *l, size_t number) { return l->job->first_world + (uint64_t)number * ORGSIM_BLOCK_WORLDS; }

static uint64_t worlds_of(const struct lives *l, size_t number)
{
    uint64_t left = l->job->worlds - (uint64_t)number * ORGSIM_BLOCK_WORLDS;
    return left < ORGSIM_BLOCK_WORLDS ? left : ORGSIM_BLOCK_WORLDS;
}

static int live(void *context, size_t number, size_t worker, void *outcome, struct orgsim_where *where)
{
    const struct lives *l = context;
    struct keeping keeping = {l->share, outcome};
    struct live_job block = *l->job;
    uint64_t lived;
    (void)where;
    block.first_world = first_of(l, number);
    block.worlds = worlds_of(l, number);
    block.context = &keeping;
    block.block = keep;
    int status = live_run(l->alone[worker], &block, &lived);
    return !status && lived < block.worlds ? ORGSIM_ERROR_INTERRUPTED : status;
}

static int take(void *context, size_t number, const void *kept, const struct orgsim_where *why)
{
    const struct lives *l = context;
    (void)why; /* no block is forbidden */
    return l->share->take(l->share->context, first_of(l, number), (size_t)worlds_of(l, number), kept);
}

static int workers_open(struct lives *l, size_t threads)
{
    int status = 0;
    l->alone = memory_array(threads, sizeof *l->alone);
    if (!l->alone) return ORGSIM_ERROR_MEMORY;
    for (; l->n_workers < threads && !status; l->n_workers += !status) status = pool_create(&l->alone[l->n_workers], 1);
    return status;
}

int share_live(const struct share *share, struct pool *pool, const struct live_job *job, const struct orgsim_run_options *options, int status,
               struct orgsim_where *where)
{
    struct lives lives = {.share = share, .job = job};
    const struct rounds rounds = {.pool = pool, .options = options, .n = (size_t)((job->worlds + ORGSIM_BLOCK_WORLDS - 1) / ORGSIM_BLOCK_WORLDS),
                              .bytes = share->bytes, .context = &lives, .live = live, .take = take};
    size_t taken;
    if (!status) status = workers_open(&lives, pool_threads(pool));
    status = rounds_live(&rounds, status, &taken, where);
    for (size_t w = 0; w < lives.n_workers; w++) pool_free(lives.alone[w]);
    memory_free(lives.alone);
    return status;
}
