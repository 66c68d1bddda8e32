/* live.h: worlds by the block, on all threads, handed out in order */
#ifndef ORGSIM_STUDY_LIVE_H
#define ORGSIM_STUDY_LIVE_H

#include "base/pool.h"
#include "engine/kernel.h"

/* One finished block. digest is what `summarise` made of it. */
struct live_block {
    uint64_t number, first_world;
    size_t worlds;
    const float *values;           /* [arm][metric][world] */
    const struct package_sums *packages; /* [arm][package]; NULL unless wanted */
    const float *timeline;         /* [arm][week][metric][world]; NULL beyond timeline_worlds */
    void *digest;                  /* of this slot */
};

struct live_job {
    const struct program *program;
    const struct kernel *kernel;
    const struct organisation *organisations;
    size_t n_organisations;
    uint64_t seed, first_world, worlds;
    uint64_t timeline_worlds;      /* a multiple of the block; 0: none */
    bool want_packages;
    bool alike;                    /* see struct kernel_task */
    const volatile int *stop;
    void *context;
    void **digests;                /* one for each slot of live_slots(), or NULL */
    void (*summarise)(void *context, struct live_block *block);    /* in the worker, may be NULL */
    int (*block)(void *context, const struct live_block *block);   /* in order; non-zero ends the job with that value */
};

/* Blocks that may exist at once. */
size_t live_slots(const struct pool *pool);

/* Lives the worlds; *lived counts those of finished blocks. */
int live_run(struct pool *pool, const struct live_job *job, uint64_t *lived);

#endif
