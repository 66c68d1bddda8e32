/* pool.c: worker threads that take tasks in order and finish them in order
 *
 * The calling thread is worker 0; the others sleep between jobs. One lock guards the bookkeeping; work and finish run without it.
 */
#define _GNU_SOURCE /* sched_getaffinity(): the processors that this process may use, not those of the machine */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#include <orgsim/error.h>

#include "base/memory.h"

#define NO_TASK UINT64_MAX

struct helper {
    struct pool *pool;
    size_t worker;
    pthread_t thread;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;   /* helpers: a job has come, or the end */
    pthread_cond_t change; /* anyone in a job: a slot became free, the job stopped, or a helper left it */
    size_t threads, started;
    struct helper *helpers; /* threads - 1 */
    bool ending;
    uint64_t jobs;   /* number of jobs so far; a helper that has seen fewer joins in */
    size_t busy;     /* helpers in the job */
    const struct pool_job *job;
    unsigned char *done; /* [slots] worked and not yet finished */
    uint64_t next, finished;
    bool finishing;  /* a thread is inside finish() or about to be */
    uint64_t failed; /* lowest failed task */
    int error;       /* of that task */
};

static bool is_stopped(const struct pool_job *job)
{
    return job->stop && __atomic_load_n(job->stop, __ATOMIC_RELAXED);
}

static void note_failure(struct pool *pool, uint64_t task, int error)
{
    if (task >= pool->failed) return;
    pool->failed = task;
    pool->error = error;
}

/* Takes the next task, waiting for its slot; NO_TASK when there is nothing more to start. Locked. */
static uint64_t take_task(struct pool *pool)
{
    const struct pool_job *job = pool->job;
    while (pool->next < job->tasks && pool->failed == NO_TASK && !is_stopped(job)) {
        if (pool->next - pool->finished < job->slots) return pool->next++;
        pthread_cond_wait(&pool->change, &pool->lock);
    }
    return NO_TASK;
}

/* Finishes every task whose turn has come, unless another thread is at it. Locked; unlocks around finish(). */
static void finish_row(struct pool *pool)
{
    const struct pool_job *job = pool->job;
    if (pool->finishing) return;
    pool->finishing = true;
    while (pool->finished < pool->next && pool->finished < pool->failed) {
        uint64_t task = pool->finished;
        size_t slot = (size_t)(task % job->slots);
        if (!pool->done[slot]) break;
        pool->done[slot] = 0;
        pthread_mutex_unlock(&pool->lock);
        int error = job->finish ? job->finish(job->context, task, slot) : 0;
        pthread_mutex_lock(&pool->lock);
        if (error) note_failure(pool, task, error);
        else pool->finished++;
        pthread_cond_broadcast(&pool->change);
    }
    pool->finishing = false;
}

/* One worker's share of the job. Locked at entry and exit. */
static void take_part(struct pool *pool, size_t worker)
{
    const struct pool_job *job = pool->job;
    for (uint64_t task = take_task(pool); task != NO_TASK; task = take_task(pool)) {
        size_t slot = (size_t)(task % job->slots);
        pthread_mutex_unlock(&pool->lock);
        int error = job->work(job->context, task, slot, worker);
        pthread_mutex_lock(&pool->lock);
        if (error) note_failure(pool, task, error);
        else pool->done[slot] = 1;
        finish_row(pool);
        pthread_cond_broadcast(&pool->change);
    }
}

static void *help(void *argument)
{
    struct helper *helper = argument;
    struct pool *pool = helper->pool;
    uint64_t seen = 0;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->ending && pool->jobs == seen) pthread_cond_wait(&pool->wake, &pool->lock);
        if (pool->ending) break;
        seen = pool->jobs;
        take_part(pool, helper->worker);
        pool->busy--;
        pthread_cond_broadcast(&pool->change);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static size_t processors(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    if (n > 0) return (size_t)n;
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (size_t)online : 1;
}

int pool_create(struct pool **out, size_t threads)
{
    *out = NULL;
    struct pool *pool = memory_array(1, sizeof *pool);
    if (!pool) return ORGSIM_ERROR_MEMORY;
    pool->threads = threads ? threads : processors();
    pthread_mutex_init(&pool->lock, NULL); /* these three cannot fail with default attributes */
    pthread_cond_init(&pool->wake, NULL);
    pthread_cond_init(&pool->change, NULL);
    pool->helpers = memory_array(pool->threads - 1, sizeof *pool->helpers);
    int error = pool->helpers ? 0 : ORGSIM_ERROR_MEMORY;
    while (!error && pool->started + 1 < pool->threads) {
        struct helper *helper = &pool->helpers[pool->started];
        *helper = (struct helper){.pool = pool, .worker = pool->started + 1};
        if (pthread_create(&helper->thread, NULL, help, helper)) error = ORGSIM_ERROR_THREAD;
        else pool->started++;
    }
    if (error) pool_free(pool);
    else *out = pool;
    return error;
}

void pool_free(struct pool *pool)
{
    if (!pool) return;
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->started; i++) pthread_join(pool->helpers[i].thread, NULL);
    pthread_cond_destroy(&pool->change);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    memory_free(pool->helpers);
    memory_free(pool);
}

size_t pool_threads(const struct pool *pool)
{
    return pool->threads;
}

int pool_run(struct pool *pool, const struct pool_job *job, uint64_t *finished)
{
    *finished = 0;
    if (job->slots == 0) return ORGSIM_ERROR_INTERNAL;
    unsigned char *done = memory_array(job->slots, 1);
    if (!done) return ORGSIM_ERROR_MEMORY;
    pthread_mutex_lock(&pool->lock);
    pool->job = job;
    pool->done = done;
    pool->next = pool->finished = 0;
    pool->failed = NO_TASK;
    pool->error = 0;
    pool->busy = pool->started;
    pool->jobs++;
    pthread_cond_broadcast(&pool->wake);
    take_part(pool, 0);
    while (pool->busy > 0) pthread_cond_wait(&pool->change, &pool->lock);
    *finished = pool->finished;
    int error = pool->error;
    pool->job = NULL;
    pool->done = NULL;
    pthread_mutex_unlock(&pool->lock);
    memory_free(done);
    return error;
}

/* --- one thread for as long as a program serves ------------------------------------------------------------------------------------- */

struct runner {
    pthread_t thread;
    void (*run)(void *context);
    void *context;
};

static void *runner_body(void *argument)
{
    struct runner *runner = argument;
    runner->run(runner->context);
    return NULL;
}

int runner_start(struct runner **out, void (*run)(void *context), void *context)
{
    struct runner *runner = memory_array(1, sizeof *runner);
    *out = NULL;
    if (!runner) return ORGSIM_ERROR_MEMORY;
    *runner = (struct runner){.run = run, .context = context};
    if (pthread_create(&runner->thread, NULL, runner_body, runner)) {
        memory_free(runner);
        return ORGSIM_ERROR_THREAD;
    }
    *out = runner;
    return 0;
}

void runner_join(struct runner *runner)
{
    if (!runner) return;
    pthread_join(runner->thread, NULL);
    memory_free(runner);
}

struct monitor {
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

int monitor_create(struct monitor **out)
{
    struct monitor *monitor = memory_array(1, sizeof *monitor);
    *out = monitor;
    if (!monitor) return ORGSIM_ERROR_MEMORY;
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC); /* a clock that is set does not stretch a wait */
    pthread_mutex_init(&monitor->lock, NULL);
    pthread_cond_init(&monitor->changed, &steady);
    pthread_condattr_destroy(&steady);
    return 0;
}

void monitor_free(struct monitor *monitor)
{
    if (!monitor) return;
    pthread_cond_destroy(&monitor->changed);
    pthread_mutex_destroy(&monitor->lock);
    memory_free(monitor);
}

void monitor_enter(struct monitor *monitor) { pthread_mutex_lock(&monitor->lock); }
void monitor_leave(struct monitor *monitor) { pthread_mutex_unlock(&monitor->lock); }
void monitor_wake(struct monitor *monitor) { pthread_cond_broadcast(&monitor->changed); }

void monitor_wait(struct monitor *monitor, unsigned milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&monitor->changed, &monitor->lock, &until);
}
