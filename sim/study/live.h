/* live.h: worlds by the block, on all threads, handed out in order */
#ifndef ORGSIM_STUDY_LIVE_H
#define ORGSIM_STUDY_LIVE_H

#include "base/pool.h"
#include "engine/kernel.h"

/* What a block is made of, as bytes: values, sums of packages, timeline; no bytes where a piece is not wanted. */
#define LIVE_PIECES 3
struct live_piece { void *data; size_t bytes; };

/* One finished block. digest is what `summarise` made of it. */
struct live_block {
    uint64_t number;               /* world 0 of the run is the first one of block 0 */
    uint64_t first_world;
    size_t worlds;
    const float *values;           /* [arm][metric][world] */
    const struct package_sums *packages; /* [arm][package]; NULL unless wanted */
    const float *timeline;         /* [arm][week][metric][world]; NULL beyond timeline_worlds */
    struct live_piece piece[LIVE_PIECES]; /* the same memory */
    void *digest;                  /* of this slot */
};

#define LIVE_SUPPLIED (-1) /* see struct live_job */

struct live_job {
    const struct program *program;
    const struct kernel *kernel;
    const struct organisation *organisations;
    size_t n_organisations;
    uint64_t seed, first_world, worlds;
    uint64_t step;                 /* 0 or 1: every block; else only every step-th one, from the first on */
    uint64_t timeline_worlds;      /* the worlds before this one are followed week by week; a multiple of the block; 0: none */
    bool want_packages;
    bool alike;                    /* see struct kernel_task */
    const volatile int *stop;
    void *context;
    void **digests;                /* one for each slot of live_slots() and slots_more, or NULL */
    size_t slots_more;             /* blocks that may exist at once beyond live_slots(): for those that come from elsewhere */
    int (*supply)(void *context, const struct live_block *block);  /* in the worker, may be NULL: LIVE_SUPPLIED when it filled the pieces; 0: to be lived */
    void (*summarise)(void *context, struct live_block *block);    /* in the worker, may be NULL */
    int (*block)(void *context, const struct live_block *block);   /* in order; non-zero ends the job with that value */
};

/* Blocks that may exist at once. */
size_t live_slots(const struct pool *pool);

/* Lives the worlds; *lived counts those of finished blocks. */
int live_run(struct pool *pool, const struct live_job *job, uint64_t *lived);

#endif
