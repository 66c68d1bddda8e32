/* test_discrimination.c: areas under the curve against all pairs counted, and their error against what repeated samples stray */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "base/summary.h"
#include "study/discrimination.h"
#include "support/chance.h"

static double pairs_counted(const double *x, const bool *kept, size_t n)
{
    double above = 0, pairs = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (!kept[i] || kept[j]) continue;
            pairs++;
            above += x[i] > x[j] ? 1 : x[i] < x[j] ? 0 : 0.5;
        }
    return above / pairs;
}

static void areas_are_those_of_all_pairs(void **state)
{
    (void)state;
    enum { N = 97 };
    double x[N], y[N];
    bool kept[N];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int t = 0; t < 20; t++) {
        struct discrimination found;
        for (size_t i = 0; i < N; i++) {
            kept[i] = gsl_rng_uniform(rng) < 0.3;
            x[i] = floor(4 * gsl_rng_uniform(rng)) + kept[i]; /* many ties */
            y[i] = gsl_ran_gaussian(rng, 1) - 0.5 * kept[i];
        }
        assert_int_equal(discrimination_compare(&found, x, y, kept, N), 0);
        assert_true(fabs(found.first - pairs_counted(x, kept, N)) < 1e-12 && fabs(found.second - pairs_counted(y, kept, N)) < 1e-12);
        assert_true(fabs(found.difference - (found.first - found.second)) < 1e-15 && found.se > 0);
    }
    gsl_rng_free(rng);
}

static void without_both_outcomes_nothing_is_told(void **state)
{
    (void)state;
    const double x[] = {1, 2, 3, 4};
    const bool all[] = {true, true, true, true}, one[] = {true, false, true, true};
    struct discrimination found;
    assert_int_equal(discrimination_compare(&found, x, x, all, 4), 0);
    assert_true(isnan(found.first) && isnan(found.se));
    assert_int_equal(discrimination_compare(&found, x, x, one, 4), 0);
    assert_true(isnan(found.difference));
    assert_int_equal(discrimination_compare(&found, x, x, all, 0), 0);
    assert_true(isnan(found.difference));
}

static void a_number_is_no_better_than_itself(void **state)
{
    (void)state;
    const double x[] = {1, 5, 3, 4, 2, 8};
    const bool kept[] = {true, false, true, false, false, true};
    struct discrimination found;
    assert_int_equal(discrimination_compare(&found, x, x, kept, 6), 0);
    assert_true(found.difference == 0 && found.se == 0);
}

/* Two normal numbers that share their noise: areas Phi(shift / sqrt 2), and an error that is what repeated samples show. */
static bool error_is_right(size_t samples)
{
    enum { N = 200 };
    double x[N], y[N];
    bool kept[N];
    struct moments difference = {0}, square = {0}, claimed = {0}, area = {0};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (size_t t = 0; t < samples; t++) {
        struct discrimination found;
        for (size_t i = 0; i < N; i++) {
            double shared = gsl_ran_gaussian(rng, 1);
            kept[i] = i < 60;
            x[i] = 1.0 * kept[i] + shared;
            y[i] = 0.5 * kept[i] + 0.6 * shared + 0.8 * gsl_ran_gaussian(rng, 1);
        }
        if (discrimination_compare(&found, x, y, kept, N)) return false;
        double expected = gsl_cdf_ugaussian_P(1 / sqrt(2)) - gsl_cdf_ugaussian_P(0.5 / sqrt(2));
        moments_add(&area, found.first);
        moments_add(&difference, found.difference);
        moments_add(&square, (found.difference - expected) * (found.difference - expected));
        moments_add(&claimed, found.se * found.se);
    }
    gsl_rng_free(rng);
    return chance_near("area", moments_mean(&area), gsl_cdf_ugaussian_P(1 / sqrt(2)), moments_se(&area), 0) &&
           chance_near("square error", moments_mean(&square), moments_mean(&claimed), moments_se(&square), 0.02 * moments_mean(&claimed));
}

static void the_error_of_a_difference_is_right(void **state)
{
    (void)state;
    assert_true(chance_twice(error_is_right, 2000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(areas_are_those_of_all_pairs), cmocka_unit_test(without_both_outcomes_nothing_is_told),
                                       cmocka_unit_test(a_number_is_no_better_than_itself), cmocka_unit_test(the_error_of_a_difference_is_right)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
