/* Transforms of raw bits: exact, close to GSL's inverses, and never turning back. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>

#include "chance/draw.h"

/* Middle of the interval of (0,1) that 32 raw bits stand for, from either end. */
static double from_below(uint32_t raw) { return ldexp(raw + 0.5, -32); }
static double from_above(uint32_t raw) { return from_below(~raw); }

/* Bits on a coarse grid, and all bits near both ends, the middle and the places where a formula changes. */
static const uint32_t places[] = {0,          0x20000000, 0x40000000, 0x7fffff00, 0x80000000, 0xb504f300, 0xb504f380,
                                  0xbfffff00, 0xc0000000, 0xdfffff00, 0xfffff000, 0x004b0000, 0x01000000, 0xfeffff00};
#define PLACES (sizeof places / sizeof places[0])
#define NEAR 4096u

typedef void visit(uint32_t raw, void *context);

static void visit_bits(visit *each, void *context)
{
    for (uint64_t raw = 0; raw < UINT64_C(1) << 32; raw += 40009) each((uint32_t)raw, context);
    for (size_t p = 0; p < PLACES; p++)
        for (uint32_t k = 0; k < NEAR; k++) each(places[p] + k - (places[p] >= NEAR / 2 ? NEAR / 2 : 0), context);
}

static void check_uniform(uint32_t raw, void *context)
{
    (void)context;
    assert_true((double)lane_uniform(raw) == ldexp((raw >> 9) + 0.5, -23));
}

static void test_uniform_is_exact(void **state)
{
    (void)state;
    visit_bits(check_uniform, NULL);
    assert_true(lane_uniform(0) > 0 && lane_uniform(UINT32_MAX) < 1);
}

static double relative(double found, double expected) { return fabs(found / expected - 1); }

static void check_exponential(uint32_t raw, void *worst)
{
    double exact = raw >> 31 ? -log1p(-from_above(raw)) : -log(from_below(raw));
    *(double *)worst = fmax(*(double *)worst, relative((double)lane_exponential(raw), exact));
}

static void test_exponential_error(void **state)
{
    (void)state;
    double worst = 0;
    visit_bits(check_exponential, &worst);
    print_message("lane_exponential: largest relative error %.2g\n", worst);
    assert_true(worst < 2.5e-7);
}

static void check_normal(uint32_t raw, void *worst)
{
    double exact = raw >> 31 ? gsl_cdf_ugaussian_Qinv(from_above(raw)) : gsl_cdf_ugaussian_Pinv(from_below(raw));
    double middle = ldexp((double)raw - 0x1p31 + 0.5, -32) * 2.50662827463100050;
    if (fabs(middle) < 1e-6) exact = middle; /* where GSL's argument has lost its digits */
    *(double *)worst = fmax(*(double *)worst, relative((double)lane_normal(raw), exact));
}

static void test_normal_error(void **state)
{
    (void)state;
    double worst = 0;
    visit_bits(check_normal, &worst);
    print_message("lane_normal: largest relative error %.2g\n", worst);
    assert_true(worst < 8e-7);
    assert_true(lane_normal(0) < -6.3f && lane_normal(UINT32_MAX) > 6.3f);
}

static void test_normal_is_symmetric(void **state)
{
    (void)state;
    for (uint64_t raw = 0; raw < UINT64_C(1) << 32; raw += 1000003) assert_true(lane_normal((uint32_t)raw) == -lane_normal(~(uint32_t)raw));
}

static void assert_monotone(uint32_t from, uint32_t to)
{
    if (lane_exponential(from) < lane_exponential(to) || lane_normal(from) > lane_normal(to) || lane_uniform(from) > lane_uniform(to))
        fail_msg("turns back between %#x and %#x", from, to);
}

/* On a grid, around every place where a formula changes, and along stretches of neighbours. */
static void test_monotone(void **state)
{
    (void)state;
    for (uint64_t raw = 0; raw + 40009 < UINT64_C(1) << 32; raw += 40009) assert_monotone((uint32_t)raw, (uint32_t)raw + 40009);
    for (size_t p = 0; p < PLACES; p++) {
        uint32_t start = places[p] < 20000 ? 0 : places[p] - 20000;
        for (uint32_t k = 0; k < 40000 && start + k < UINT32_MAX; k++) assert_monotone(start + k, start + k + 1);
    }
    for (uint64_t stretch = 0; stretch < UINT64_C(1) << 32; stretch += 50331653)
        for (uint32_t k = 0; k < 4000 && stretch + k < UINT32_MAX; k++) assert_monotone((uint32_t)stretch + k, (uint32_t)stretch + k + 1);
}

/* Means and variances over the whole range of bits, by the midpoint rule over equal probabilities. */
static void test_moments(void **state)
{
    (void)state;
    enum { N = 1 << 20 };
    double uniform = 0, exponential = 0, normal = 0, normal2 = 0, normal4 = 0;
    for (uint32_t i = 0; i < N; i++) {
        uint32_t raw = i << 12 | 0x800;
        double z = (double)lane_normal(raw);
        uniform += (double)lane_uniform(raw);
        exponential += (double)lane_exponential(raw);
        normal += z;
        normal2 += z * z;
        normal4 += z * z * z * z;
    }
    assert_true(fabs(uniform / N - 0.5) < 1e-6);
    assert_true(fabs(exponential / N - 1) < 1e-6);
    assert_true(fabs(normal / N) < 1e-5);
    assert_true(fabs(normal2 / N - 1) < 1e-4);
    assert_true(fabs(normal4 / N - 3) < 5e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uniform_is_exact), cmocka_unit_test(test_exponential_error), cmocka_unit_test(test_normal_error),
        cmocka_unit_test(test_normal_is_symmetric), cmocka_unit_test(test_monotone), cmocka_unit_test(test_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
