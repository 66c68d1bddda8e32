/* The table of checks itself: complete, the same for any threads and kernel, met where the truth is known; a fact that is far outside is missed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <orgsim/validate.h>

#include "base/memory.h"

static int validate(const struct orgsim_validate_options *options, struct orgsim_validation *found)
{
    struct orgsim_where where = {0};
    int status = orgsim_validate(options, found, &where);
    if (status) print_message("%s %s\n", where.file, where.what);
    return status;
}

static void is_sound(const struct orgsim_check *c, const struct orgsim_validation *all)
{
    size_t same = 0;
    for (size_t k = 0; k < all->n; k++) same += !strcmp(all->check[k].id, c->id);
    assert_int_equal(same, 1);
    assert_true(*c->section && *c->statement && *c->source);
    assert_true(c->ci_low <= c->measured || isnan(c->measured));
    assert_true(c->status == ORGSIM_CHECK_MET || *c->why); /* whoever meets a miss is told what it means */
    if (*c->preset && c->status == ORGSIM_CHECK_MISSED) assert_true(strstr(c->why, "tried: ") == c->why); /* and what was tried */
    assert_true(!*c->preset == !*c->use);
}

static bool is_theory(const struct orgsim_check *c) { return !*c->preset && strchr("STM", c->id[0]); }

static void check_table(const struct orgsim_validation *found)
{
    size_t counted = 0;
    for (size_t k = 0; k < found->n; k++) {
        const struct orgsim_check *c = &found->check[k];
        is_sound(c, found);
        if (is_theory(c) && c->status == ORGSIM_CHECK_MISSED) fail_msg("%s: expected %g, measured %g", c->id, c->expected_low, c->measured);
    }
    for (int s = 0; s < ORGSIM_CHECK_STATUS_COUNT; s++) counted += found->count[s];
    assert_int_equal(counted, found->n);
}

static const struct orgsim_check *row(const struct orgsim_validation *found, const char *id)
{
    for (size_t k = 0; k < found->n; k++)
        if (!strcmp(found->check[k].id, id)) return &found->check[k];
    fail_msg("no row %s", id);
    return NULL;
}

static void test_table(void **state)
{
    (void)state;
    struct orgsim_validation one = {0}, two = {0};
    assert_int_equal(validate(&(struct orgsim_validate_options){.seed = 1, .quick = 1}, &one), 0);
    check_table(&one);
    assert_int_equal(row(&one, "V9a")->status, ORGSIM_CHECK_MET);      /* fitted */
    assert_int_equal(row(&one, "V16")->status, ORGSIM_CHECK_MISSED);   /* far outside: a miss is a miss */
    assert_int_equal(row(&one, "V18a")->status, ORGSIM_CHECK_MISSED);  /* "always" is missed by a single world, with few worlds too */
    assert_true(row(&one, "V18a")->ci_high < 100);
    assert_int_equal(row(&one, "V11c")->status, ORGSIM_CHECK_CANNOT);
    assert_int_equal(validate(&(struct orgsim_validate_options){.seed = 1, .quick = 1, .threads = 3, .isa = "sse2"}, &two), 0);
    assert_int_equal(one.n, two.n);
    for (size_t k = 0; k < one.n; k++) {
        assert_memory_equal(&one.check[k].measured, &two.check[k].measured, sizeof(double));
        assert_int_equal(one.check[k].status, two.check[k].status);
    }
    orgsim_validation_free(&one);
    orgsim_validation_free(&two);
}

/* Stopped after the first check: the rows that were made are there. */
struct stopping {
    volatile int stop;
};

static void stop_at_once(void *context, uint64_t done, uint64_t total)
{
    struct stopping *s = context;
    assert_true(done <= total);
    s->stop = 1;
}

static void test_interrupted(void **state)
{
    (void)state;
    struct stopping s = {0};
    struct orgsim_validation found = {0};
    const struct orgsim_validate_options options = {.seed = 1, .quick = 1, .stop = &s.stop, .progress = stop_at_once, .context = &s};
    assert_int_equal(validate(&options, &found), ORGSIM_ERROR_INTERRUPTED);
    assert_int_equal(found.n, 1);
    orgsim_validation_free(&found);
}

static void test_refusals(void **state)
{
    (void)state;
    struct orgsim_validation found = {0};
    assert_int_equal(validate(&(struct orgsim_validate_options){.seed = 1, .isa = "mmx"}, &found), ORGSIM_ERROR_USAGE);
    orgsim_validation_free(&found);
    orgsim_validation_free(&found);
}

/* Every so many allocations one fails; what was taken is given back (the sanitizers look). Only the sorting of notes goes on without its memory. */
static void test_out_of_memory(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t n = 1; n < 2000; n += 1 + n / 4) {
        struct orgsim_validation found = {0};
        struct orgsim_where where = {0};
        const struct orgsim_validate_options options = {.seed = 1, .quick = 1, .threads = 1};
        memory_fail_at(n);
        int status = orgsim_validate(&options, &found, &where);
        memory_fail_at(0);
        if (status == 0) check_table(&found);
        else assert_int_equal(status, ORGSIM_ERROR_MEMORY);
        failed += status != 0;
        orgsim_validation_free(&found);
    }
    assert_true(failed > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
