/* Elementary functions in lanes: errors against libm and GSL, and safety at the ends of the range. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>

#include "chance/lane_math.h"

static double relative(double found, double expected) { return fabs(found / expected - 1); }

static void test_log_error(void **state)
{
    (void)state;
    double worst = 0;
    for (int32_t bits = 0x00800000; bits < 0x7f7f0000; bits += 4001) {
        float x = lane_from_bits(bits);
        if (x != 1.0f) worst = fmax(worst, relative((double)lane_log(x), log((double)x)));
    }
    for (int32_t bits = 0x3f7f0000; bits < 0x3f810000; bits += 3) {
        float x = lane_from_bits(bits);
        if (x != 1.0f) worst = fmax(worst, relative((double)lane_log(x), log((double)x)));
    }
    print_message("lane_log: largest relative error %.2g\n", worst);
    assert_true(worst < 8e-8);
    assert_true(lane_log(1.0f) == 0.0f);
}

static void test_exp_error(void **state)
{
    (void)state;
    double worst = 0;
    for (float x = -87.33f; x <= 88.37f; x += 0.000173f) worst = fmax(worst, relative((double)lane_exp(x), exp((double)x)));
    print_message("lane_exp: largest relative error %.2g\n", worst);
    assert_true(worst < 9e-8);
    assert_true(lane_exp(0.0f) == 1.0f);
}

static void test_normal_cdf_error(void **state)
{
    (void)state;
    double lower = 0, upper = 0;
    for (float z = -12.9f; z <= 0.0f; z += 0.0000171f) {
        lower = fmax(lower, relative((double)lane_normal_cdf(z), gsl_cdf_ugaussian_P((double)z)));
        upper = fmax(upper, fabs((double)lane_normal_cdf(-z) - gsl_cdf_ugaussian_P(-(double)z)));
    }
    print_message("lane_normal_cdf: lower tail relative %.2g, upper tail absolute %.2g\n", lower, upper);
    assert_true(lower < 5e-7);
    assert_true(upper < 1.4e-7);
    assert_true(lane_normal_cdf(0.0f) == 0.5f);
}

static void test_normal_quantile_error(void **state)
{
    (void)state;
    double worst = 0;
    for (int32_t bits = 0x2f000000; bits < 0x3f800000; bits += 501) { /* 2^-33 to 1 */
        float p = lane_from_bits(bits);
        if (p != 0.5f) worst = fmax(worst, relative((double)lane_normal_quantile(p), gsl_cdf_ugaussian_Pinv((double)p)));
    }
    print_message("lane_normal_quantile: largest relative error %.2g\n", worst);
    assert_true(worst < 9e-7);
    assert_true(lane_normal_quantile(0.5f) == 0.0f);
}

static void test_ends_of_the_range(void **state)
{
    (void)state;
    static const float odd[] = {0.0f, -0.0f, -1.0f, INFINITY, -INFINITY, NAN, FLT_MAX, -FLT_MAX, FLT_MIN, 1e-45f};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        assert_true(lane_exp(odd[i]) > 0.0f && isfinite(lane_exp(odd[i])));
        assert_true(isfinite(lane_normal_quantile(odd[i])));
        assert_true(lane_normal_cdf(odd[i]) >= 0.0f && lane_normal_cdf(odd[i]) <= 1.0f);
        if (odd[i] <= FLT_MAX) assert_true(isfinite(lane_log(odd[i])));
    }
    assert_true(lane_log(0.0f) == lane_log(FLT_MIN));
    assert_true(lane_normal_cdf(-100.0f) < 1e-36f && lane_normal_cdf(100.0f) == 1.0f);
}

static void test_square_root_is_exact(void **state)
{
    (void)state;
    for (int32_t bits = 0; bits < 0x7f800000; bits += 100003) {
        float x = lane_from_bits(bits);
        assert_true(lane_sqrt(x) == (float)sqrt((double)x)); /* rounding twice is harmless: 53 >= 2 * 24 + 2 */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log_error), cmocka_unit_test(test_exp_error), cmocka_unit_test(test_normal_cdf_error),
        cmocka_unit_test(test_normal_quantile_error), cmocka_unit_test(test_ends_of_the_range), cmocka_unit_test(test_square_root_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
