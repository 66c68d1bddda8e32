/* pool.h: worker threads, and a lock to meet at; the only file that knows threads
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

/* A thread that does one thing until it returns, for as long as a program serves. */
struct runner;
int runner_start(struct runner **runner, void (*run)(void *context), void *context); /* 0, ORGSIM_ERROR_MEMORY, ORGSIM_ERROR_THREAD */
void runner_join(struct runner *runner); /* waits for its end; NULL is legal */

/* One thread at a time is inside; whoever waits inside lets others in and comes back after monitor_wake(), or after `milliseconds`. */
struct monitor;
int monitor_create(struct monitor **monitor); /* 0 or ORGSIM_ERROR_MEMORY */
void monitor_free(struct monitor *monitor);   /* NULL is legal */
void monitor_enter(struct monitor *monitor);
void monitor_leave(struct monitor *monitor);
void monitor_wait(struct monitor *monitor, unsigned milliseconds);
void monitor_wake(struct monitor *monitor);

#endif
