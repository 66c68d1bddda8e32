/* pool.h: worker threads; the only file that knows threads
 *
 * Tasks 0..n-1 are taken in order by the workers; `finish` is called for each in index order, one at a time, by whichever thread
 * completes the gap; at most `ahead` finished tasks wait for an earlier one, so memory stays bounded. Each worker has a number for its scratch.
 */
#ifndef ORGSIM_BASE_POOL_H
#define ORGSIM_BASE_POOL_H

#include <stddef.h>
#include <stdint.h>

struct pool; /* reusable across calls of pool_run() */

/* threads 0: one for each processor available to this process. */
int pool_create(struct pool **pool, size_t threads);
void pool_free(struct pool *pool);
size_t pool_threads(const struct pool *pool);

struct pool_job {
    uint64_t tasks;
    size_t slots;  /* results that may exist at once, >= threads; task t uses slot t % slots */
    void *context;
    int (*work)(void *context, uint64_t task, size_t slot, size_t worker);   /* parallel */
    int (*finish)(void *context, uint64_t task, size_t slot);                /* in order of tasks, never two at once; a non-zero value stops the job */
    const volatile int *stop; /* becomes non-zero: no further task is started; may be NULL */
};

/* Runs the job. Returns 0, or the error of the lowest failed task. *finished is the number of tasks finished in an unbroken row from 0. */
int pool_run(struct pool *pool, const struct pool_job *job, uint64_t *finished);

#endif
