/* test_pool.c: tasks finish in order on any number of threads, the lowest error wins, and a stop is heard */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/pool.h"
#include <orgsim/error.h>

enum { TASKS = 300, SLOTS = 7 };

struct record {
    uint64_t value[SLOTS];          /* written by work, read by finish */
    uint64_t order[TASKS];
    uint64_t finished, used[8];
    int worked[TASKS];
    uint64_t fail_work, fail_work_late, fail_finish, stop_after;
    volatile int stop;
};

static const struct record fresh = {.fail_work = TASKS, .fail_work_late = TASKS, .fail_finish = TASKS, .stop_after = TASKS};

static int work(void *context, uint64_t task, size_t slot, size_t worker)
{
    struct record *r = context;
    volatile uint64_t wait = task * 7919 % 5 * 2000; /* uneven tasks, so that they overtake each other */
    while (wait > 0) wait--;
    r->worked[task]++;
    r->value[slot] = task * task;
    r->used[worker]++;
    if (task == r->fail_work) return 100;
    if (task == r->fail_work_late) return 200;
    return 0;
}

static int finish(void *context, uint64_t task, size_t slot)
{
    struct record *r = context;
    if (task == r->fail_finish) return 300;
    r->order[r->finished++] = r->value[slot];
    if (r->finished == r->stop_after) __atomic_store_n(&r->stop, 1, __ATOMIC_RELAXED);
    return 0;
}

static int run(struct pool *pool, struct record *r, uint64_t *finished)
{
    const struct pool_job job = {.tasks = TASKS, .slots = SLOTS, .context = r, .work = work, .finish = finish, .stop = &r->stop};
    int error = pool_run(pool, &job, finished);
    assert_int_equal(*finished, r->finished);
    for (uint64_t t = 0; t < *finished; t++) {
        assert_true(r->order[t] == t * t);
        assert_int_equal(r->worked[t], 1);
    }
    return error;
}

static void on_each_pool(void (*check)(struct pool *pool))
{
    const size_t threads[] = {1, 2, 5};
    for (size_t i = 0; i < 3; i++) {
        struct pool *pool;
        assert_int_equal(pool_create(&pool, threads[i]), 0);
        assert_int_equal(pool_threads(pool), threads[i]);
        for (int again = 0; again < 3; again++) check(pool); /* the same threads serve many jobs */
        pool_free(pool);
    }
}

static void check_all(struct pool *pool)
{
    struct record r = fresh;
    uint64_t finished, used = 0;
    assert_int_equal(run(pool, &r, &finished), 0);
    assert_int_equal(finished, TASKS);
    for (size_t w = 0; w < 8; w++) {
        used += r.used[w];
        if (w >= pool_threads(pool)) assert_int_equal(r.used[w], 0);
    }
    assert_int_equal(used, TASKS);
}

static void check_work_error(struct pool *pool)
{
    struct record r = fresh;
    uint64_t finished;
    r.fail_work = 50;
    r.fail_work_late = 51;
    assert_int_equal(run(pool, &r, &finished), 100);
    assert_int_equal(finished, 50);
    assert_int_equal(r.worked[TASKS - 1], 0);
    r = fresh;
    r.fail_work = 5;
    r.fail_finish = 3; /* lower: wins, even though found later */
    assert_int_equal(run(pool, &r, &finished), 300);
    assert_int_equal(finished, 3);
    r = fresh;
    r.fail_work_late = 0;
    assert_int_equal(run(pool, &r, &finished), 200);
    assert_int_equal(finished, 0);
}

static void check_stop(struct pool *pool)
{
    struct record r = fresh;
    uint64_t finished;
    r.stop_after = 20;
    assert_int_equal(run(pool, &r, &finished), 0);
    assert_true(finished >= 20 && finished <= 20 + SLOTS);
    assert_int_equal(r.worked[finished], 0);
    r = fresh;
    r.stop = 1;
    assert_int_equal(run(pool, &r, &finished), 0);
    assert_int_equal(finished, 0);
}

static void test_order(void **state)
{
    (void)state;
    on_each_pool(check_all);
}

static void test_errors(void **state)
{
    (void)state;
    on_each_pool(check_work_error);
}

static void test_stop(void **state)
{
    (void)state;
    on_each_pool(check_stop);
}

static void test_odd_jobs(void **state)
{
    (void)state;
    struct pool *pool;
    uint64_t finished = 9;
    struct record r = fresh;
    struct pool_job job = {.tasks = 0, .slots = 1, .context = &r, .work = work};
    assert_int_equal(pool_create(&pool, 3), 0);
    assert_int_equal(pool_run(pool, &job, &finished), 0);
    assert_int_equal(finished, 0);
    job.tasks = 5; /* one slot for three threads, no finish, no stop */
    assert_int_equal(pool_run(pool, &job, &finished), 0);
    assert_int_equal(finished, 5);
    job.slots = 0;
    assert_int_equal(pool_run(pool, &job, &finished), ORGSIM_ERROR_INTERNAL);
    job.slots = 1;
    memory_fail_at(1);
    assert_int_equal(pool_run(pool, &job, &finished), ORGSIM_ERROR_MEMORY);
    memory_fail_at(0);
    assert_int_equal(finished, 0);
    pool_free(pool);
    pool_free(NULL);
}

static void test_creation(void **state)
{
    (void)state;
    struct pool *pool;
    for (size_t nth = 1; nth <= 2; nth++) {
        memory_fail_at(nth);
        assert_int_equal(pool_create(&pool, 2), ORGSIM_ERROR_MEMORY);
        memory_fail_at(0);
        assert_null(pool);
    }
    assert_int_equal(pool_create(&pool, 0), 0);
    assert_true(pool_threads(pool) >= 1);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),    cmocka_unit_test(test_errors), cmocka_unit_test(test_stop),
        cmocka_unit_test(test_odd_jobs), cmocka_unit_test(test_creation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
