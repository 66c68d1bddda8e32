/* Distributions: published moments, quantiles against GSL's distribution functions, and what is refused with which words. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>

#include "base/memory.h"
#include "chance/cases.h"

static struct distribution make(enum distribution_kind kind, double low, double mode, double high)
{
    struct distribution d = {0};
    assert_int_equal(distribution_three_point(&d, kind, low, mode, high, NULL), 0);
    return d;
}

static void assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance)) fail_msg("%.17g instead of %.17g", found, expected);
}

/* Mean and standard deviation by integrating the quantile function, midpoints in u with both tails refined. */
static void integrate(const struct distribution *d, double *mean, double *sd)
{
    double sum = 0, sum2 = 0, middle = distribution_quantile(d, 0.5);
    for (int half = 0; half < 2; half++)
        for (int octave = 1; octave < 50; octave++)
            for (int k = 0; k < 64; k++) {
                double weight = ldexp(1, -octave - 1) / 64, tail = ldexp(1, -octave - 1) + (k + 0.5) * weight;
                double x = (half ? distribution_upper_quantile(d, tail) : distribution_quantile(d, tail)) - middle;
                sum += weight * x;
                sum2 += weight * x * x;
            }
    *mean = middle + sum;
    *sd = sqrt(sum2 - sum * sum);
}

static void test_moments_agree_with_quantiles(void **state)
{
    (void)state;
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = make(three_point_cases[i].kind, three_point_cases[i].low, three_point_cases[i].mode, three_point_cases[i].high);
        if (d.kind == DISTRIBUTION_LOGNORMAL && d.b > 2) continue; /* most of its deviation lies beyond any tail that can be integrated */
        double mean, sd;
        integrate(&d, &mean, &sd);
        assert_near(mean, distribution_mean(&d), 2e-4 * distribution_sd(&d) + 1e-12);
        assert_near(sd, distribution_sd(&d), 2e-4 * distribution_sd(&d) + 1e-7);
    }
}

/* Closed forms, written out for one case each. */
static void test_known_moments(void **state)
{
    (void)state;
    struct distribution d = make(DISTRIBUTION_TRIANGULAR, 0.8, 1, 1.6);
    assert_near(distribution_mean(&d), 3.4 / 3, 1e-14);
    assert_near(distribution_sd(&d), sqrt((0.64 + 1 + 2.56 - 0.8 - 1.28 - 1.6) / 18), 1e-14);
    d = make(DISTRIBUTION_PERT, 2, 4, 12);
    assert_near(distribution_mean(&d), 5, 1e-14);
    assert_near(distribution_sd(&d), sqrt(3.0 * 7 / 7), 1e-14); /* (mean - low)(high - mean) / 7 */
    d = make(DISTRIBUTION_GAMMA, 1, 2, 9);
    assert_near(distribution_mean(&d), 3, 1e-14);
    assert_near(distribution_sd(&d), 8.0 / 6, 1e-14);
    d = make(DISTRIBUTION_BETA, 2, 3, 9);
    assert_near(distribution_mean(&d), 23.0 / 6, 1e-14);
    assert_near(distribution_sd(&d), 7.0 / 6, 1e-14);
    d = make(DISTRIBUTION_EXPONENTIAL, 2, 4, 9);
    assert_near(distribution_mean(&d), 4, 0);
}

static void test_tenths(void **state)
{
    (void)state;
    struct distribution d = make(DISTRIBUTION_LOGNORMAL, 0.5, 1, 2.5);
    assert_near(distribution_quantile(&d, 0.1), 0.5, 1e-12);
    assert_near(distribution_quantile(&d, 0.9), 2.5, 1e-12);
    d = make(DISTRIBUTION_NORMAL, 4, 6, 8);
    assert_near(distribution_quantile(&d, 0.1), 4, 1e-12);
    assert_near(distribution_upper_quantile(&d, 0.1), 8, 1e-12);
    d = make(DISTRIBUTION_PERT, -1, 1, 4); /* beta(1 + 4*2/5, 1 + 4*3/5) on [-1, 4] */
    assert_near(gsl_cdf_beta_P((distribution_quantile(&d, 0.3) + 1) / 5, 2.6, 3.4), 0.3, 1e-10);
    d = make(DISTRIBUTION_TRIANGULAR, 0, 1, 4);
    assert_near(distribution_quantile(&d, 0.25), 1, 1e-12);
    assert_near(distribution_quantile(&d, 1.0 / 16), 0.5, 1e-12);
    assert_near(distribution_quantile(&d, 1 - 3.0 / 16), 2.5, 1e-12);
}

static void test_both_ends_agree(void **state)
{
    (void)state;
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = make(three_point_cases[i].kind, three_point_cases[i].low, three_point_cases[i].mode, three_point_cases[i].high);
        for (int k = 1; k < 64; k++)
            assert_near(distribution_upper_quantile(&d, 1 - k / 64.0), distribution_quantile(&d, k / 64.0),
                        1e-9 * (1 + fabs(distribution_mean(&d))));
    }
}

static void test_scale(void **state)
{
    (void)state;
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = make(three_point_cases[i].kind, three_point_cases[i].low, three_point_cases[i].mode, three_point_cases[i].high);
        double mean = distribution_mean(&d), third = distribution_quantile(&d, 0.3);
        distribution_scale(&d, 2.5);
        assert_near(distribution_mean(&d), 2.5 * mean, 1e-12 * (1 + fabs(mean)));
        assert_near(distribution_quantile(&d, 0.3), 2.5 * third, 1e-9 * (1 + fabs(third)));
    }
}

static void test_points(void **state)
{
    (void)state;
    struct distribution d = {0};
    assert_int_equal(distribution_points(&d, DISTRIBUTION_DISCRETE, point_values, point_probabilities, POINTS, NULL), 0);
    assert_near(distribution_mean(&d), 0.5 + 0.5 + 0.375 + 0.3125 + 0.5, 1e-14);
    const double expected[] = {1, 1, 2, 2, 3, 5, 8}, at[] = {1e-9, 0.5, 0.500001, 0.75, 0.875, 0.9375, 0.99999};
    for (size_t i = 0; i < 7; i++) assert_true(distribution_quantile(&d, at[i]) == expected[i]);
    distribution_scale(&d, 2);
    assert_true(distribution_quantile(&d, 0.6) == 4);
    distribution_free(&d);
    assert_int_equal(distribution_points(&d, DISTRIBUTION_EMPIRICAL, point_values, NULL, POINTS, NULL), 0);
    assert_near(distribution_mean(&d), 19.0 / 5, 1e-14);
    assert_near(distribution_sd(&d), sqrt(103.0 / 5 - 361.0 / 25), 1e-12);
    const double sorted[] = {1, 2, 3, 5, 8};
    for (int k = 0; k < POINTS; k++) assert_true(distribution_quantile(&d, (k + 0.5) / POINTS) == sorted[k]);
    assert_true(distribution_quantile(&d, 0.2) == 1 && distribution_upper_quantile(&d, 1e-12) == 8);
    distribution_free(&d);
    distribution_free(&d);
}

static void test_one_point_of_all_weight(void **state)
{
    (void)state;
    struct distribution d = {0};
    const double value[] = {1, 2, 3}, probability[] = {0, 1, 0};
    assert_int_equal(distribution_points(&d, DISTRIBUTION_DISCRETE, value, probability, 3, NULL), 0);
    for (int k = 1; k < 100; k++) assert_true(distribution_quantile(&d, k / 100.0) == 2);
    distribution_free(&d);
}

/* Three equal values make every kind constant. */
static void test_no_spread_is_a_constant(void **state)
{
    (void)state;
    for (int kind = DISTRIBUTION_CONSTANT; kind <= DISTRIBUTION_BETA; kind++) {
        struct distribution d = make((enum distribution_kind)kind, 7, 7, 7);
        assert_int_equal(d.kind, DISTRIBUTION_CONSTANT);
        assert_true(distribution_mean(&d) == 7 && distribution_sd(&d) == 0 && distribution_quantile(&d, 0.9) == 7);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct { enum distribution_kind kind; double low, mode, high; const char *words; } refused[] = {
        {DISTRIBUTION_TRIANGULAR, 2, 1, 3, "mode is below the low value 2"},
        {DISTRIBUTION_PERT, 1, 4, 3, "high value is below the mode 4"},
        {DISTRIBUTION_UNIFORM, NAN, 1, 3, "nan cannot be"},
        {DISTRIBUTION_CONSTANT, 1, INFINITY, 3, "inf cannot be a constant"},
        {DISTRIBUTION_UNIFORM, 1, 2, 1e16, "1e+16 cannot be"},
        {DISTRIBUTION_LOGNORMAL, 0, 1, 3, "cannot have 0 as its P10"},
        {DISTRIBUTION_LOGNORMAL, 1e-9, 1, 3, "above a million"},
        {DISTRIBUTION_NORMAL, 0, 1, 3, "its middle would be 1.5"},
        {DISTRIBUTION_EXPONENTIAL, 1, 1, 3, "has its mean there"},
        {DISTRIBUTION_GAMMA, -1, 1, 3, "cannot reach -1"},
        {DISTRIBUTION_GAMMA, 1, 1, 1.001, "no shape of its own"},
        {DISTRIBUTION_DISCRETE, 1, 2, 3, "do not make a distribution"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct distribution d;
        struct orgsim_where where = {0};
        assert_int_equal(distribution_three_point(&d, refused[i].kind, refused[i].low, refused[i].mode, refused[i].high, &where), ORGSIM_ERROR_SCENARIO);
        if (!strstr(where.what, refused[i].words) || !where.todo[0])
            fail_msg("\"%s; %s\" does not say \"%s\"", where.what, where.todo, refused[i].words);
        distribution_free(&d);
    }
}

static void test_refused_points(void **state)
{
    (void)state;
    struct distribution d;
    struct orgsim_where where = {0};
    const double value[] = {1, 2}, odd[] = {1, NAN}, half[] = {0.5, 0.4}, negative[] = {1.5, -0.5};
    assert_int_equal(distribution_points(&d, DISTRIBUTION_DISCRETE, value, half, 2, &where), ORGSIM_ERROR_SCENARIO);
    assert_non_null(strstr(where.what, "sum to 0.9"));
    assert_int_equal(distribution_points(&d, DISTRIBUTION_DISCRETE, value, negative, 2, &where), ORGSIM_ERROR_SCENARIO);
    assert_non_null(strstr(where.what, "1.5 is not a probability"));
    assert_int_equal(distribution_points(&d, DISTRIBUTION_EMPIRICAL, odd, NULL, 2, &where), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(distribution_points(&d, DISTRIBUTION_EMPIRICAL, value, NULL, 0, &where), ORGSIM_ERROR_SCENARIO);
    assert_non_null(strstr(where.what, "has none"));
    assert_int_equal(distribution_points(&d, DISTRIBUTION_PERT, value, half, 2, &where), ORGSIM_ERROR_SCENARIO);
    distribution_free(&d);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    struct distribution d;
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth++) {
        memory_fail_at(nth);
        status = distribution_points(&d, DISTRIBUTION_DISCRETE, point_values, point_probabilities, POINTS, NULL);
        memory_fail_at(0);
        assert_true(status == 0 || (status == ORGSIM_ERROR_MEMORY && nth <= 3));
        distribution_free(&d);
    }
}

static void test_words(void **state)
{
    (void)state;
    assert_int_equal(distribution_kind_find("pert"), DISTRIBUTION_PERT);
    assert_int_equal(distribution_kind_find("empirical"), DISTRIBUTION_EMPIRICAL);
    assert_int_equal(distribution_kind_find("Pert"), -1);
    assert_int_equal(distribution_kind_find(""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments_agree_with_quantiles), cmocka_unit_test(test_known_moments), cmocka_unit_test(test_tenths),
        cmocka_unit_test(test_both_ends_agree), cmocka_unit_test(test_scale), cmocka_unit_test(test_points),
        cmocka_unit_test(test_one_point_of_all_weight), cmocka_unit_test(test_no_spread_is_a_constant), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_refused_points), cmocka_unit_test(test_out_of_memory), cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
