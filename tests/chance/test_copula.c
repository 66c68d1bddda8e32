/* The copula: factors, refusals, the nearest correlation matrix, and marginals that stay what they were. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance/copula.h"
#include "chance/copula_lanes.h"
#include "chance/sampler_lanes.h"

static void assert_factor(const double *matrix, size_t n)
{
    struct copula copula;
    struct orgsim_where where = {0};
    assert_int_equal(copula_create(&copula, matrix, n, NULL, &where), 0);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double product = 0;
            for (size_t k = 0; k < n; k++) product += copula.factor[i * n + k] * copula.factor[j * n + k];
            if (fabs(product - matrix[i * n + j]) > 2e-7) fail_msg("row %zu, column %zu: %g instead of %g", i, j, product, matrix[i * n + j]);
            if (j > i) assert_true(copula.factor[i * n + j] == 0);
        }
    copula_free(&copula);
    copula_free(&copula);
}

static void test_factors(void **state)
{
    (void)state;
    const double one[] = {1}, usual[] = {1, 0.5, 0.3, 0.5, 1, 0.4, 0.3, 0.4, 1};
    const double same[] = {1, 1, 1, 1, 1, 1, 1, 1, 1}, opposite[] = {1, -1, -1, 1};           /* singular: rank one */
    const double plane[] = {1, 0, 0.6, 0, 1, 0.8, 0.6, 0.8, 1};                               /* singular: the third is 0.6 and 0.8 of the others */
    const double decimals[] = {1, 0.7071068, 0.7071068, 0.7071068, 1, 0, 0.7071068, 0, 1};    /* singular but for the decimals, which overstate it */
    assert_factor(one, 1);
    assert_factor(usual, 3);
    assert_factor(same, 3);
    assert_factor(opposite, 2);
    assert_factor(plane, 3);
    assert_factor(decimals, 3);
}

static void test_largest(void **state)
{
    (void)state;
    size_t n = COPULA_MEMBERS;
    double *matrix = malloc(n * n * sizeof *matrix);
    assert_non_null(matrix);
    for (size_t i = 0; i < n * n; i++) matrix[i] = i % (n + 1) ? 0.4 : 1;
    assert_factor(matrix, n);
    free(matrix);
}

/* Higham 2002, section 4: the nearest correlation matrix of this one is known. */
static void test_refused_with_the_nearest(void **state)
{
    (void)state;
    const double matrix[] = {1, 1, 0, 1, 1, 1, 0, 1, 1}, known[] = {1, 0.7607, 0.1573, 0.7607, 1, 0.7607, 0.1573, 0.7607, 1};
    double nearest[9];
    struct copula copula;
    struct orgsim_where where = {0};
    assert_int_equal(copula_create(&copula, matrix, 3, nearest, &where), ORGSIM_ERROR_SCENARIO);
    assert_null(copula.factor);
    assert_non_null(strstr(where.what, "negative eigenvalue -0.414"));
    assert_true(where.todo[0]);
    for (size_t i = 0; i < 9; i++) assert_true(fabs(nearest[i] - known[i]) < 6e-5);
    assert_factor(nearest, 3);
    copula_free(&copula);
}

/* The nearest matrix is never farther away than another valid one, here the matrix shrunk towards independence until it is valid. */
static void test_nearest_is_nearer_than_shrinking(void **state)
{
    (void)state;
    enum { N = 8 };
    double matrix[N * N], nearest[N * N], distance = 0, shrunk = 0;
    struct copula copula;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) matrix[i * N + j] = i == j ? 1 : ((i + 1) * (j + 1) * 37 % 19 - 9) / 10.0;
    assert_int_equal(copula_create(&copula, matrix, N, nearest, NULL), ORGSIM_ERROR_SCENARIO);
    assert_factor(nearest, N);
    double share = 1;
    for (int status = ORGSIM_ERROR_SCENARIO; status; share *= 0.99) {
        double scaled[N * N];
        for (int i = 0; i < N * N; i++) scaled[i] = i % (N + 1) ? share * matrix[i] : 1;
        status = copula_create(&copula, scaled, N, NULL, NULL);
        copula_free(&copula);
    }
    for (int i = 0; i < N * N; i++) {
        distance += (nearest[i] - matrix[i]) * (nearest[i] - matrix[i]);
        shrunk += i % (N + 1) ? (1 - share) * (1 - share) * matrix[i] * matrix[i] : 0;
    }
    assert_true(distance > 0 && distance < shrunk);
}

static void test_refusals(void **state)
{
    (void)state;
    const double asymmetric[] = {1, 0.5, 0.4, 1}, diagonal[] = {1, 0.5, 0.5, 0.9}, large[] = {1, 1.5, 1.5, 1}, unknown[] = {1, NAN, NAN, 1};
    const double *const all[] = {asymmetric, diagonal, large, unknown};
    for (size_t i = 0; i < 4; i++) {
        struct copula copula;
        struct orgsim_where where = {0};
        assert_int_equal(copula_create(&copula, all[i], 2, NULL, &where), ORGSIM_ERROR_SCENARIO);
        assert_non_null(strstr(where.what, "of the correlation matrix holds"));
        copula_free(&copula);
    }
    struct copula copula;
    assert_int_equal(copula_create(&copula, asymmetric, 0, NULL, NULL), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(copula_create(&copula, asymmetric, COPULA_MEMBERS + 1, NULL, NULL), ORGSIM_ERROR_SCENARIO);
}

/* A package for project risk multiplies raw samples of three tasks by the Cholesky factor of their correlation matrix: their means, 10 each,
 * become 10, 13.7 and 15.0, 38.6 together where the truth is 30. Here correlated scores go through each task's own quantiles. */
static void test_marginals_stay(void **state)
{
    (void)state;
    enum { N = 40000, TASKS = 3 };
    const double matrix[] = {1, 0.5, 0.3, 0.5, 1, 0.4, 0.3, 0.4, 1}, tenth = 2 * 1.2815515655446004;
    struct distribution d[TASKS] = {0};
    struct sampler s[TASKS] = {0};
    struct copula copula;
    assert_int_equal(distribution_three_point(&d[0], DISTRIBUTION_NORMAL, 10 - tenth, 10, 10 + tenth, NULL), 0);
    assert_int_equal(distribution_three_point(&d[1], DISTRIBUTION_TRIANGULAR, 5, 10, 15, NULL), 0);
    assert_int_equal(distribution_three_point(&d[2], DISTRIBUTION_UNIFORM, 8, 10, 12, NULL), 0);
    assert_int_equal(copula_create(&copula, matrix, TASKS, NULL, NULL), 0);

    double raw = 0;
    for (size_t i = 0; i < TASKS * TASKS; i++) raw += 10 * copula.factor[i];
    assert_true(fabs(raw - 38.6) < 0.05); /* what the mistake would give */

    float factor[TASKS * TASKS];
    for (size_t i = 0; i < TASKS * TASKS; i++) factor[i] = (float)copula.factor[i];
    double sum[TASKS] = {0}, square[TASKS] = {0}, product[TASKS] = {0}, total = 0, total2 = 0;
    for (size_t t = 0; t < TASKS; t++) assert_int_equal(sampler_create(&s[t], &d[t]), 0);
    for (uint32_t world = 0; world < N; world++) {
        struct draw_source source = {.seed = 5, .first_world = world};
        lane_f z[TASKS];
        double days = 0;
        for (uint32_t t = 0; t < TASKS; t++) {
            lane_u bits[4];
            draw_lanes(&source, 1, t, 0, bits);
            z[t] = lane_normal(bits[0]);
        }
        copula_lanes(factor, TASKS, z);
        for (size_t t = 0; t < TASKS; t++) {
            double x = (double)sampler_lanes_normal(&s[t], z[t]);
            sum[t] += x;
            square[t] += (x - 10) * (x - 10);
            product[t] += (double)z[t] * (double)z[(t + 1) % TASKS];
            days += x;
        }
        total += days;
        total2 += (days - 30) * (days - 30);
    }
    for (size_t t = 0; t < TASKS; t++) {
        double sd = distribution_sd(&d[t]), rho = matrix[t * TASKS + (t + 1) % TASKS];
        assert_true(fabs(sum[t] / N - 10) < 5 * sd / sqrt(N));
        assert_true(fabs(sqrt(square[t] / N) - sd) < 5 * sd / sqrt(2.0 * N));                 /* se for kurtosis of at most 3 */
        assert_true(fabs(product[t] / N - rho) < 5 * sqrt((1 + rho * rho) / N));
    }
    assert_true(fabs(total / N - 30) < 5 * sqrt(total2 / N / N));
    assert_true(total2 / N > 9.5 + 3); /* variances sum to 9.5 where nothing is correlated */
    for (size_t t = 0; t < TASKS; t++) sampler_free(&s[t]);
    copula_free(&copula);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_factors), cmocka_unit_test(test_largest), cmocka_unit_test(test_refused_with_the_nearest),
        cmocka_unit_test(test_nearest_is_nearer_than_shrinking), cmocka_unit_test(test_refusals), cmocka_unit_test(test_marginals_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
