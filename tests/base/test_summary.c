/* test_summary.c: moments against closed forms, merges with nothing, quantiles exact and binned, the sort */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/summary.h"

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 32;
}

static double uniform(uint64_t *state)
{
    return ((double)next_random(state) + 0.5) / 4294967296.0;
}

static void test_moments_of_a_row(void **state)
{
    (void)state;
    struct moments m = {0};
    for (int i = 1; i <= 1001; i++) moments_add(&m, 1e6 + i); /* mean 1e6 + 501, variance n (n + 1) / 12 */
    assert_true(fabs(moments_mean(&m) - 1000501) < 1e-6);
    assert_true(fabs(moments_variance(&m) - 1001.0 * 1002 / 12) < 1e-3);
    assert_true(fabs(moments_se(&m) - sqrt(1002.0 / 12)) < 1e-6);
}

static void test_empty_moments(void **state)
{
    (void)state;
    struct moments none = {0}, one = {0}, some = {0};
    assert_true(isnan(moments_mean(&none)) && isnan(moments_variance(&none)) && isnan(moments_se(&none)));
    moments_add(&one, 4);
    assert_true(moments_mean(&one) == 4 && isnan(moments_variance(&one)) && isnan(moments_se(&one)));
    moments_add(&some, 1);
    moments_add(&some, 3);
    struct moments kept = some;
    moments_merge(&some, &none);
    assert_memory_equal(&some, &kept, sizeof some);
    moments_merge(&none, &some);
    assert_memory_equal(&none, &kept, sizeof kept);
    struct moments a = {0}, b = {0};
    moments_merge(&a, &b);
    assert_true(a.n == 0 && isnan(moments_mean(&a)));
}

static void test_merge_equals_one_pass(void **state)
{
    (void)state;
    struct moments all = {0}, part[3] = {{0}}, merged = {0};
    uint64_t random = 7;
    for (int i = 0; i < 3000; i++) {
        double x = uniform(&random) * 50 - 10;
        moments_add(&all, x);
        moments_add(&part[i < 10 ? 0 : i < 1000 ? 1 : 2], x);
    }
    for (int p = 0; p < 3; p++) moments_merge(&merged, &part[p]);
    assert_int_equal(merged.n, 3000);
    assert_true(fabs(merged.mean - all.mean) < 1e-11);
    assert_true(fabs(merged.m2 / all.m2 - 1) < 1e-11);
}

static void test_exact_quantiles(void **state)
{
    (void)state;
    const float x[] = {1, 2, 4, 8}, open[] = {1, 2, INFINITY, INFINITY};
    assert_true(isnan(summary_quantile(x, 0, 0.5)));
    assert_true(summary_quantile(x, 1, 0.9) == 1);
    assert_true(summary_quantile(x, 4, 0) == 1 && summary_quantile(x, 4, 1) == 8);
    assert_true(summary_quantile(x, 4, 0.5) == 3);
    assert_true(fabs(summary_quantile(x, 4, 0.9) - 6.8) < 1e-12);
    assert_true(summary_quantile(open, 4, 0.25) == 1.75);
    assert_true(isinf(summary_quantile(open, 4, 0.5)) && isinf(summary_quantile(open, 4, 0.9)));
    assert_true(summary_quantile(open, 4, 1.0 / 3) == 2);
}

static int compare(const void *left, const void *right)
{
    const float *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void check_sort(size_t n, size_t fail_at)
{
    uint64_t random = n;
    float *values = memory_array(n, sizeof *values), *expected = memory_array(n, sizeof *expected);
    for (size_t i = 0; i < n; i++) {
        double u = uniform(&random);
        values[i] = (float)((uniform(&random) - 0.5) * pow(10, 60 * u - 30));
        if (i % 17 == 3) values[i] = i % 2 ? INFINITY : -INFINITY;
        if (i % 19 == 4) values[i] = 0;
    }
    memcpy(expected, values, n * sizeof *values);
    qsort(expected, n, sizeof *expected, compare);
    memory_fail_at(fail_at);
    summary_sort(values, n);
    memory_fail_at(0);
    for (size_t i = 0; i < n; i++) assert_true(values[i] == expected[i]);
    memory_free(values);
    memory_free(expected);
}

static void test_sort(void **state)
{
    (void)state;
    const size_t sizes[] = {0, 1, 2, 100, 255, 256, 5000, 20011};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) check_sort(sizes[i], 0);
    check_sort(5000, 1);
}

static void test_sort_puts_nan_last(void **state)
{
    (void)state;
    enum { N = 1000 };
    for (size_t n = 4; n <= N; n += N - 4) {
        float x[N];
        for (size_t i = 0; i < n; i++) x[i] = (float)(n - i);
        x[0] = NAN;
        x[1] = -NAN;
        x[2] = INFINITY;
        summary_sort(x, n);
        assert_true(isnan(x[n - 1]) && isnan(x[n - 2]) && isinf(x[n - 3]) && x[0] == 1);
    }
}

static void test_histogram_quantiles(void **state)
{
    (void)state;
    enum { N = 20000 };
    struct histogram *whole = memory_array(1, sizeof *whole), *a = memory_array(1, sizeof *a), *b = memory_array(1, sizeof *b);
    float *x = memory_array(N, sizeof *x);
    uint64_t random = 11;
    assert_true(isnan(histogram_quantile(whole, 0.5)));
    for (size_t i = 0; i < N; i++) {
        x[i] = (float)(-log(uniform(&random)) * 300 - 40);
        histogram_add(whole, x[i]);
        histogram_add(i % 3 ? a : b, x[i]);
    }
    histogram_merge(b, a);
    assert_memory_equal(b, whole, sizeof *b);
    summary_sort(x, N);
    const double levels[] = {0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.999, 1};
    for (size_t l = 0; l < sizeof levels / sizeof levels[0]; l++) {
        double exact = summary_quantile(x, N, levels[l]), binned = histogram_quantile(whole, levels[l]);
        assert_true(fabs(binned - exact) <= 0.004 * fabs(exact));
    }
    memory_free(whole);
    memory_free(a);
    memory_free(b);
    memory_free(x);
}

static void test_histogram_of_special_values(void **state)
{
    (void)state;
    struct histogram *h = memory_array(1, sizeof *h);
    const float x[] = {0, -0.0F, 1, 3, 255, -7, 3.4e38F, INFINITY, INFINITY};
    for (size_t i = 0; i < 9; i++) histogram_add(h, x[i]);
    const double expected[] = {-7, 0, 0, 1, 3, 255};
    for (size_t i = 0; i < 6; i++) assert_true(histogram_quantile(h, (double)i / 8) == expected[i]);
    assert_true(fabs(histogram_quantile(h, 6.0 / 8) / 3.4e38 - 1) < 0.004);
    assert_true(isinf(histogram_quantile(h, 7.0 / 8)) && isinf(histogram_quantile(h, 1)));
    assert_true(isinf(histogram_quantile(h, 6.5 / 8)));
    memory_free(h);
}

/* Wilson's bounds are the shares p from which what was counted lies 1.96 of p's own standard errors away. */
static void test_interval_of_a_share(void **state)
{
    (void)state;
    static const double counted[][2] = {{0, 10}, {1, 10}, {9, 10}, {10, 10}, {50, 100}, {509, 512}, {3.5, 20}};
    double low, high;
    for (size_t k = 0; k < sizeof counted / sizeof *counted; k++) {
        double hits = counted[k][0], n = counted[k][1], share = hits / n;
        summary_share_interval(hits, n, &low, &high);
        assert_true(low <= share && high >= share && low >= 0 && high <= 1);
        if (hits > 0) assert_true(fabs((share - low) / sqrt(low * (1 - low) / n) - SUMMARY_Z95) < 1e-9);
        else assert_true(low == 0);
        if (hits < n) assert_true(fabs((high - share) / sqrt(high * (1 - high) / n) - SUMMARY_Z95) < 1e-9);
        else assert_true(high == 1);
    }
    summary_share_interval(1e9 - 1, 1e9, &low, &high);
    assert_true(high < 1); /* not all were hits, and it says so */
    summary_share_interval(0, 0, &low, &high);
    assert_true(isnan(low) && isnan(high));
}

/* Probability of fewer than k hits. */
static double hits_below(uint64_t n, double p, uint64_t k)
{
    double sum = 0;
    for (uint64_t h = 0; h < k; h++)
        sum += exp(lgamma((double)n + 1) - lgamma((double)h + 1) - lgamma((double)(n - h) + 1) + (double)h * log(p) + (double)(n - h) * log1p(-p));
    return sum;
}

/* The narrowest ranks beyond which the quantile lies with 2.5 % at most; none where even the first or last value is not far enough out. */
static void test_ranks_of_a_quantile(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {1, 2, 5, 10, 17, 50, 128, 511, 2000};
    static const double levels[] = {0.01, 0.05, 0.2, 0.5, 0.8, 0.95};
    uint64_t low, high;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t l = 0; l < sizeof levels / sizeof *levels; l++) {
            uint64_t n = sizes[s];
            double p = levels[l];
            bool enough = hits_below(n, p, 1) <= 0.025 && 1 - hits_below(n, p, n) <= 0.025;
            assert_true(summary_quantile_ranks(n, p, &low, &high) == enough);
            if (!enough) continue;
            assert_true(low >= 1 && low < high && high <= n);
            assert_true(hits_below(n, p, low) <= 0.025 && hits_below(n, p, low + 1) > 0.025);
            assert_true(1 - hits_below(n, p, high) <= 0.025 && 1 - hits_below(n, p, high - 1) > 0.025);
        }
    assert_false(summary_quantile_ranks(0, 0.5, &low, &high) || summary_quantile_ranks(100, 0, &low, &high) || summary_quantile_ranks(100, 1, &low, &high));
    const double many = 1e10, sd = sqrt(many * 0.8 * 0.2); /* there the binomial is normal */
    assert_true(summary_quantile_ranks((uint64_t)many, 0.8, &low, &high));
    assert_true(fabs((0.8 * many - (double)low) / sd - SUMMARY_Z95) < 1e-4 && fabs(((double)high - 0.8 * many) / sd - SUMMARY_Z95) < 1e-4);
}

/* The bin of a value encloses it, and is no wider than 0.8 % of it. */
static void test_edges_of_bins(void **state)
{
    (void)state;
    struct histogram *h = memory_array(1, sizeof *h);
    const float x[] = {-6958.3F, -1, 0, 1, 90.8F, 98.7F, INFINITY};
    const uint64_t n = sizeof x / sizeof *x;
    for (size_t i = 0; i < n; i++) histogram_add(h, x[i]);
    for (uint64_t rank = 1; rank < n; rank++) {
        double low = histogram_edge(h, rank, false), high = histogram_edge(h, rank, true), value = (double)x[rank - 1];
        assert_true(low <= value && value <= high && high - low <= 0.008 * fabs(value));
    }
    assert_true(isinf(histogram_edge(h, n, false)) && isinf(histogram_edge(h, n, true)));
    assert_true(isnan(histogram_edge(h, 0, true)) && isnan(histogram_edge(h, n + 1, true)));
    memory_free(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments_of_a_row),  cmocka_unit_test(test_empty_moments),       cmocka_unit_test(test_merge_equals_one_pass),
        cmocka_unit_test(test_exact_quantiles),   cmocka_unit_test(test_sort),                cmocka_unit_test(test_sort_puts_nan_last),
        cmocka_unit_test(test_histogram_quantiles), cmocka_unit_test(test_histogram_of_special_values),
        cmocka_unit_test(test_interval_of_a_share), cmocka_unit_test(test_ranks_of_a_quantile), cmocka_unit_test(test_edges_of_bins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
