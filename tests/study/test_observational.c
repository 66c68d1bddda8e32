/* Who sends help to trouble and then compares gets the sign wrong; who records the trouble gets it right; the truth is the paired difference. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <orgsim/validate.h>

#include "base/memory.h"

static struct orgsim_observational observe(uint64_t seed, size_t threads)
{
    struct orgsim_observational found;
    struct orgsim_where where = {0};
    const struct orgsim_validate_options options = {.seed = seed, .quick = 1, .threads = threads};
    assert_int_equal(orgsim_observational(&options, &found, &where), 0);
    return found;
}

static void test_the_sign_reverses(void **state)
{
    (void)state;
    struct orgsim_observational o = observe(1, 0);
    const struct orgsim_estimate *e = o.effect;
    assert_true(e[ORGSIM_OBSERVED_GROUPS].ci_low > 0 && e[ORGSIM_OBSERVED_SIZE].ci_low > 0);
    assert_true(e[ORGSIM_OBSERVED_TRUTH].ci_high < 0 && e[ORGSIM_OBSERVED_TRUTH_GIVEN].ci_high < 0);
    assert_true(e[ORGSIM_OBSERVED_TROUBLE].ci_high < 0);
    assert_true(fabs((double)o.given / (double)o.programs - 0.3) < 0.001);
    /* The groups' difference and the truth of those that got one are what the means say. */
    assert_true(fabs(e[ORGSIM_OBSERVED_GROUPS].mean - (o.slip_given - o.slip_others)) < 1e-6);
    assert_true(fabs(e[ORGSIM_OBSERVED_TRUTH_GIVEN].mean - (o.slip_given - o.slip_given_without)) < 1e-6);
}

static void test_any_threads(void **state)
{
    (void)state;
    struct orgsim_observational one = observe(2, 1), three = observe(2, 3);
    assert_memory_equal(one.effect, three.effect, sizeof one.effect);
}

static void test_refusals(void **state)
{
    (void)state;
    struct orgsim_observational found;
    struct orgsim_where where = {0};
    volatile int stop = 1;
    assert_int_equal(orgsim_observational(&(struct orgsim_validate_options){.isa = "mmx"}, &found, &where), ORGSIM_ERROR_USAGE);
    assert_int_equal(orgsim_observational(&(struct orgsim_validate_options){.quick = 1, .stop = &stop}, &found, &where),
                     ORGSIM_ERROR_INTERRUPTED);
    for (size_t n = 1; n < 40; n++) {
        memory_fail_at(n);
        int status = orgsim_observational(&(struct orgsim_validate_options){.quick = 1, .threads = 1}, &found, &where);
        memory_fail_at(0);
        assert_int_equal(status, ORGSIM_ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_sign_reverses),
        cmocka_unit_test(test_any_threads),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
