/* Samplers: errors against GSL's inverse over the bits, order, bounds and moments. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "chance/cases.h"
#include "chance/philox.h"
#include "chance/sampler_lanes.h"

static void make(size_t i, struct distribution *d, struct sampler *s)
{
    assert_int_equal(distribution_three_point(d, three_point_cases[i].kind, three_point_cases[i].low, three_point_cases[i].mode,
                                              three_point_cases[i].high, NULL), 0);
    assert_int_equal(sampler_create(s, d), 0);
}

static double reference(const struct distribution *d, uint32_t raw)
{
    return raw >> 31 ? distribution_upper_quantile(d, ldexp(~raw + 0.5, -32)) : distribution_quantile(d, ldexp(raw + 0.5, -32));
}

/* Bits spread evenly, and bits spread evenly over the octaves of both tails. */
static uint32_t bits_of(uint32_t i)
{
    enum { EVEN = 3000 };
    if (i < EVEN) return i * 1431655u + 777;
    uint32_t octave = i % 32, half = i / 32 % 2, low = (uint32_t)((UINT64_C(1) << octave) * (i % 41 + 41) / 82);
    return half ? ~low : low;
}
#define BITS 8000

/* As stated in sampler.h, in standard deviations; of a lognormal relative to the value, per sigma. */
static double allowed(enum distribution_kind kind)
{
    switch (kind) {
    case DISTRIBUTION_UNIFORM:
    case DISTRIBUTION_TRIANGULAR: return 5e-7;
    case DISTRIBUTION_EXPONENTIAL:
    case DISTRIBUTION_NORMAL: return 3e-6;
    case DISTRIBUTION_LOGNORMAL: return 4e-6;
    case DISTRIBUTION_PERT:
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_BETA: return 3e-5;
    default: return 0;
    }
}

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = {0};
        struct sampler s = {0};
        make(i, &d, &s);
        double worst = 0;
        for (uint32_t k = 0; k < BITS; k++) {
            double exact = reference(&d, bits_of(k)), error = fabs((double)sampler_lanes(&s, bits_of(k)) - exact);
            error = fmax(0, error - 6e-8 * fabs(exact));
            double unit = d.kind == DISTRIBUTION_LOGNORMAL ? exact * fmax(1, d.b) : d.kind == DISTRIBUTION_CONSTANT ? 1 : distribution_sd(&d);
            worst = fmax(worst, error / unit);
        }
        print_message("case %zu, kind %d: largest error %.2g\n", i, (int)d.kind, worst);
        assert_true(worst <= allowed(d.kind));
        sampler_free(&s);
    }
}

static void assert_order(const struct sampler *s, uint32_t from, uint32_t to)
{
    float a = sampler_lanes(s, from), b = sampler_lanes(s, to);
    if (s->table ? (double)a > (double)b + 1.2e-7 * fabs((double)b) : a > b)
        fail_msg("kind %d turns back between %#x and %#x", (int)s->kind, from, to);
}

static void test_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = {0};
        struct sampler s = {0};
        make(i, &d, &s);
        for (uint64_t raw = 0; raw + 300007 < UINT64_C(1) << 32; raw += 300007) {
            assert_order(&s, (uint32_t)raw, (uint32_t)raw + 300007);
            assert_order(&s, (uint32_t)raw, (uint32_t)raw + 1);
        }
        for (int power = 0; power < 32; power++)
            for (uint32_t step = 4; step < 8; step++) { /* where segments of a table meet, and the middle */
                uint32_t edge = power < 2 ? step : (uint32_t)(((uint64_t)step << power) / 4);
                for (uint32_t k = 0; k < 20; k++) {
                    if (edge + k >= 10) assert_order(&s, edge + k - 10, edge + k - 9);
                    if (edge + k >= 10) assert_order(&s, ~(edge + k - 9), ~(edge + k - 10));
                }
            }
        sampler_free(&s);
    }
}

static void test_bounds(void **state)
{
    (void)state;
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = {0};
        struct sampler s = {0};
        make(i, &d, &s);
        float least = sampler_lanes(&s, 0), most = sampler_lanes(&s, UINT32_MAX);
        assert_true(isfinite(least) && isfinite(most) && least <= most);
        bool bounded = d.kind == DISTRIBUTION_UNIFORM || d.kind == DISTRIBUTION_TRIANGULAR || d.kind == DISTRIBUTION_PERT || d.kind == DISTRIBUTION_BETA;
        if (bounded) assert_true(least >= (float)three_point_cases[i].low && most <= (float)three_point_cases[i].high);
        if (d.kind == DISTRIBUTION_GAMMA || d.kind == DISTRIBUTION_LOGNORMAL || d.kind == DISTRIBUTION_EXPONENTIAL) assert_true(least >= 0);
        sampler_free(&s);
    }
}

/* Draws by Philox: mean within 5 standard errors, for triangular, PERT and all the rest. */
static void test_moments(void **state)
{
    (void)state;
    enum { N = 40000 };
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = {0};
        struct sampler s = {0};
        make(i, &d, &s);
        double mean = distribution_mean(&d), sd = distribution_sd(&d), sum = 0, sum2 = 0;
        for (uint32_t world = 0; world < N / 4; world++) {
            uint32_t block[4];
            philox_draw(20, world, 1, (uint32_t)i, 0, block);
            for (int word = 0; word < 4; word++) {
                double x = (double)sampler_lanes(&s, block[word]) - mean;
                sum += x;
                sum2 += x * x;
            }
        }
        assert_true(fabs(sum / N) <= 5 * sd / sqrt(N) + 1e-7 * fabs(mean));
        bool light = d.kind != DISTRIBUTION_LOGNORMAL && d.kind != DISTRIBUTION_GAMMA && d.kind != DISTRIBUTION_EXPONENTIAL;
        if (light) assert_true(fabs(sqrt(sum2 / N) - sd) <= 5 * sd / sqrt(N)); /* kurtosis of these is at most 5: se of the sd <= sd/sqrt(N) */
        sampler_free(&s);
    }
}

static void test_points(void **state)
{
    (void)state;
    struct distribution d = {0};
    struct sampler s = {0};
    for (int discrete = 0; discrete < 2; discrete++) {
        enum distribution_kind kind = discrete ? DISTRIBUTION_DISCRETE : DISTRIBUTION_EMPIRICAL;
        assert_int_equal(distribution_points(&d, kind, point_values, point_probabilities, POINTS, NULL), 0);
        assert_int_equal(sampler_create(&s, &d), 0);
        for (uint32_t k = 0; k < BITS; k++) assert_true((double)sampler_lanes(&s, bits_of(k)) == reference(&d, bits_of(k)));
        distribution_free(&d); /* the sampler keeps nothing of it */
        assert_true(sampler_lanes(&s, 0) == 1.0f && sampler_lanes(&s, UINT32_MAX) == 8.0f);
        sampler_free(&s);
    }
}

/* A uniform or a normal in place of bits: the same value as far as float carries it. */
static void test_other_entrances(void **state)
{
    (void)state;
    for (size_t i = 0; i < THREE_POINT_CASES; i++) {
        struct distribution d = {0};
        struct sampler s = {0};
        make(i, &d, &s);
        double sd = distribution_sd(&d), mean = fabs(distribution_mean(&d));
        for (int k = 1; k < 256; k++) {
            double u = k / 256.0, exact = distribution_quantile(&d, u);
            assert_true(fabs((double)sampler_lanes_uniform(&s, (float)u) - exact) <= 4e-5 * sd + 1e-6 * mean + 3e-6 * fabs(exact));
            float z = lane_normal_quantile((float)u);
            assert_true(fabs((double)sampler_lanes_normal(&s, z) - exact) <= 4e-5 * sd + 1e-6 * mean + 3e-6 * fabs(exact));
        }
        static const float ends[] = {0.0f, 1.0f, -1.0f, 2.0f};
        for (size_t e = 0; e < 4; e++) assert_true(isfinite(sampler_lanes_uniform(&s, ends[e])) && isfinite(sampler_lanes_normal(&s, 20 * ends[e])));
        sampler_free(&s);
    }
}

static void test_out_of_memory(void **state)
{
    (void)state;
    struct distribution d = {0};
    assert_int_equal(distribution_points(&d, DISTRIBUTION_DISCRETE, point_values, point_probabilities, POINTS, NULL), 0);
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth++) {
        struct sampler s = {0};
        memory_fail_at(nth);
        status = sampler_create(&s, &d);
        memory_fail_at(0);
        assert_true(status == 0 || (status == ORGSIM_ERROR_MEMORY && nth <= 2));
        sampler_free(&s);
        sampler_free(&s);
    }
    distribution_free(&d);
    struct sampler table = {0};
    assert_int_equal(distribution_three_point(&d, DISTRIBUTION_PERT, 0, 1, 3, NULL), 0);
    memory_fail_at(1);
    status = sampler_create(&table, &d);
    memory_fail_at(0);
    assert_int_equal(status, ORGSIM_ERROR_MEMORY);
    sampler_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors), cmocka_unit_test(test_order), cmocka_unit_test(test_bounds), cmocka_unit_test(test_moments),
        cmocka_unit_test(test_points), cmocka_unit_test(test_other_entrances), cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
