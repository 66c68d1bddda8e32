/* test_estimators.c: elementary effects, Sobol indices and rank correlations against functions whose answers are known */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "chance/design.h"
#include "study/morris.h"
#include "study/rank.h"
#include "study/sobol.h"

#define PI 3.14159265358979323846

typedef double function(const double *unit);

/* --- Sobol indices -------------------------------------------------------------------------------------------------------------------- */

enum { COPIES = 16, MOST = 8 };

static double indices(function *f, size_t points, size_t dimensions, uint64_t seed, struct sobol_index *index)
{
    double *outcome = malloc(COPIES * points * (dimensions + 2) * sizeof *outcome), *unit = malloc(points * 2 * dimensions * sizeof *unit), x[MOST];
    assert_true(outcome && unit);
    for (size_t c = 0; c < COPIES; c++) {
        assert_int_equal(design_sobol(unit, points, 2 * dimensions, seed * 1000 + c), 0);
        for (size_t k = 0; k < points; k++)
            for (size_t place = 0; place < dimensions + 2; place++) {
                sobol_point(x, unit + k * 2 * dimensions, dimensions, place);
                outcome[(c * points + k) * (dimensions + 2) + place] = f(x);
            }
    }
    double variance = sobol_indices(index, outcome, outcome, COPIES, points, dimensions);
    free(outcome);
    free(unit);
    return variance;
}

static void share_is(const char *what, size_t d, struct sobol_share share, double expected, double tolerance)
{
    double half = (share.high - share.low) / 2;
    if (fabs(share.mean - expected) > tolerance || fabs(share.mean - expected) > 3 * half + 1e-9)
        fail_msg("%s of input %zu: %g (%g to %g), expected %g", what, d, share.mean, share.low, share.high, expected);
}

/* Ishigami & Homma 1990, a = 7, b = 0.1: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2. */
static double ishigami(const double *u)
{
    double x = PI * (2 * u[0] - 1), y = PI * (2 * u[1] - 1), z = PI * (2 * u[2] - 1);
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x);
}

static void ishigami_has_its_indices(void **state)
{
    (void)state;
    const double a = 7, b = 0.1, alone = pow(1 + b * pow(PI, 4) / 5, 2) / 2, second = a * a / 8, both = b * b * pow(PI, 8) * (1.0 / 18 - 1.0 / 50);
    const double v = alone + second + both, first[] = {alone / v, second / v, 0}, total[] = {(alone + both) / v, second / v, both / v};
    struct sobol_index index[3];
    assert_true(fabs(indices(ishigami, 512, 3, 1, index) - v) < 0.02 * v);
    for (size_t d = 0; d < 3; d++) {
        share_is("first", d, index[d].first, first[d], 0.02);
        share_is("total", d, index[d].total, total[d], 0.02);
    }
}

/* The g function of Saltelli & Sobol 1995: V_i = 1 / (3 (1 + a_i)^2), V = prod (1 + V_i) - 1, T_i = V_i prod_{j != i} (1 + V_j) / V. */
static const double g_a[] = {0, 1, 4.5, 9, 99, 99, 99, 99};

static double g(const double *u)
{
    double product = 1;
    for (size_t d = 0; d < MOST; d++) product *= (fabs(4 * u[d] - 2) + g_a[d]) / (1 + g_a[d]);
    return product;
}

static void g_has_its_indices(void **state)
{
    (void)state;
    double v[MOST], product = 1;
    struct sobol_index index[MOST];
    for (size_t d = 0; d < MOST; d++) product *= 1 + (v[d] = 1 / (3 * pow(1 + g_a[d], 2)));
    indices(g, 512, MOST, 2, index);
    for (size_t d = 0; d < MOST; d++) {
        share_is("first", d, index[d].first, v[d] / (product - 1), 0.02);
        share_is("total", d, index[d].total, v[d] * product / (1 + v[d]) / (product - 1), 0.02);
    }
}

/* The interval says how good an estimate is: over many seeds it holds the truth about as often as it claims, also with few points. */
static void intervals_hold_the_truth(void **state)
{
    (void)state;
    enum { SEEDS = 200 };
    const double b = 0.1, v = pow(1 + b * pow(PI, 4) / 5, 2) / 2 + 49.0 / 8 + b * b * pow(PI, 8) * (1.0 / 18 - 1.0 / 50);
    size_t first = 0, total = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct sobol_index index[3];
        indices(ishigami, 64, 3, 100 + seed, index);
        first += index[1].first.low <= 49.0 / 8 / v && 49.0 / 8 / v <= index[1].first.high;
        total += index[1].total.low <= 49.0 / 8 / v && 49.0 / 8 / v <= index[1].total.high;
    }
    assert_true(first > 0.88 * SEEDS && total > 0.88 * SEEDS);
}

static double constant(const double *u)
{
    (void)u;
    return 3;
}

static void what_does_not_vary_has_no_shares(void **state)
{
    (void)state;
    struct sobol_index index[2];
    assert_true(indices(constant, 8, 2, 3, index) == 0);
    for (size_t d = 0; d < 2; d++) assert_true(index[d].first.mean == 0 && index[d].first.high == 0 && index[d].total.mean == 0);
}

/* Two outcomes of each point, with luck of their own twice as large as what the inputs do: the shares are still those of the function. Without the two
 * halves the luck would pass for interaction. */
static void luck_does_not_pass_for_interaction(void **state)
{
    (void)state;
    enum { POINTS = 512, DIMENSIONS = 3, ROW = DIMENSIONS + 2, ALL = COPIES * POINTS * ROW };
    static double unit[POINTS * 2 * DIMENSIONS], half[2][ALL], both[ALL];
    double x[MOST], u[2];
    struct sobol_index clean[DIMENSIONS], blurred[DIMENSIONS];
    for (size_t c = 0; c < COPIES; c++) {
        assert_int_equal(design_sobol(unit, POINTS, 2 * DIMENSIONS, 77 + c), 0);
        for (size_t k = 0; k < POINTS * ROW; k++) {
            size_t at = c * POINTS * ROW + k;
            sobol_point(x, unit + k / ROW * 2 * DIMENSIONS, DIMENSIONS, k % ROW);
            for (int h = 0; h < 2; h++) {
                assert_int_equal(design_latin(u, 1, 2, 2 * at + (size_t)h), 0);
                half[h][at] = 3 * x[0] + x[1] + 2 * sqrt(-2 * log(u[0])) * cos(2 * PI * u[1]);
            }
            both[at] = (half[0][at] + half[1][at]) / 2;
        }
    }
    const double share[] = {0.9, 0.1, 0}; /* 9 : 1 : 0, nothing together */
    double v = sobol_indices(clean, half[0], half[1], COPIES, POINTS, DIMENSIONS);
    sobol_indices(blurred, both, both, COPIES, POINTS, DIMENSIONS);
    assert_true(fabs(v - 10.0 / 12) < 0.1);
    for (size_t d = 0; d < DIMENSIONS; d++) {
        share_is("first", d, clean[d].first, share[d], 0.15);
        share_is("total", d, clean[d].total, share[d], 0.15);
    }
    assert_true(blurred[2].total.low > 0.5);
}

/* --- elementary effects --------------------------------------------------------------------------------------------------------------- */

/* Straight in 0, falling in 1, none in 2; 3 and 4 only together. */
static double corners(const double *u) { return 5 * u[0] - 2 * u[1] + 8 * (u[3] - 0.5) * (u[4] - 0.5); }

static void effects_of_a_plane_and_a_product(void **state)
{
    (void)state;
    enum { TRAJECTORIES = 400, DIMENSIONS = 5 };
    static double unit[TRAJECTORIES * (DIMENSIONS + 1) * DIMENSIONS], outcome[TRAJECTORIES * (DIMENSIONS + 1)];
    static size_t moved[TRAJECTORIES * DIMENSIONS];
    struct morris_effect e[DIMENSIONS];
    design_trajectories(unit, moved, TRAJECTORIES, DIMENSIONS, 1);
    for (size_t k = 0; k < TRAJECTORIES * (DIMENSIONS + 1); k++) outcome[k] = corners(unit + k * DIMENSIONS);
    morris_effects(e, unit, moved, outcome, outcome, TRAJECTORIES, DIMENSIONS);
    assert_true(fabs(e[0].mu - 5) < 1e-9 && fabs(e[0].mu_star - 5) < 1e-9 && e[0].sigma < 1e-9 && e[0].mu_star_high - e[0].mu_star_low < 1e-9);
    assert_true(fabs(e[1].mu + 2) < 1e-9 && fabs(e[1].mu_star - 2) < 1e-9);
    assert_true(e[2].mu_star == 0 && e[2].sigma == 0);
    assert_true(e[0].luck == 0 && fabs(e[0].square - 25) < 1e-9 && fabs(e[1].square - 4) < 1e-9);
    /* the other factor is +-1/8 or +-3/8: |effect| is 1 or 3, half of the time each */
    for (int d = 3; d < 5; d++) {
        assert_true(fabs(e[d].mu) < 5 * e[d].sigma / sqrt(TRAJECTORIES) && fabs(e[d].sigma - sqrt(5)) < 0.2);
        assert_true(fabs(e[d].mu_star - 2) < 0.25 && fabs(e[d].mu_star_high - e[d].mu_star_low - 0.2) < 0.02); /* 5 and 1.96 of 1 / sqrt(400) */
    }
}

/* Where an input does nothing, mu* is what luck feigns, and the square without it is about nothing. */
static void luck_is_told_from_effects(void **state)
{
    (void)state;
    enum { TRAJECTORIES = 400, DIMENSIONS = 2, ALL = TRAJECTORIES * (DIMENSIONS + 1) };
    static double unit[ALL * DIMENSIONS], half[2][ALL];
    static size_t moved[TRAJECTORIES * DIMENSIONS];
    double u[2];
    struct morris_effect e[DIMENSIONS];
    design_trajectories(unit, moved, TRAJECTORIES, DIMENSIONS, 1);
    for (size_t k = 0; k < ALL; k++)
        for (int h = 0; h < 2; h++) {
            assert_int_equal(design_latin(u, 1, 2, 2 * k + (size_t)h), 0);
            half[h][k] = 4 * unit[k * DIMENSIONS] + sqrt(-2 * log(u[0])) * cos(2 * PI * u[1]);
        }
    morris_effects(e, unit, moved, half[0], half[1], TRAJECTORIES, DIMENSIONS);
    /* an effect is a difference over half of the range: noise of variance 2 x 4 / 2 in the mean of two halves */
    double expected = 2 * sqrt(2 / PI);
    assert_true(fabs(e[1].mu_star - expected) < 0.3 && fabs(e[1].luck - expected) < 0.3);
    assert_true(fabs(e[1].square) < 5 * 8 / sqrt(TRAJECTORIES) && fabs(e[0].square - 16) < 5 * 14 / sqrt(TRAJECTORIES));
}

/* --- rank correlations ---------------------------------------------------------------------------------------------------------------- */

static void ranks_see_order_and_nothing_else(void **state)
{
    (void)state;
    enum { POINTS = 2000 };
    static double unit[POINTS * 2], y[POINTS], work[2 * POINTS];
    assert_int_equal(design_latin(unit, POINTS, 2, 1), 0);
    for (size_t k = 0; k < POINTS; k++) y[k] = -exp(9 * unit[2 * k]);
    struct orgsim_estimate falling = rank_correlation(unit, 2, y, POINTS, work), none = rank_correlation(unit + 1, 2, y, POINTS, work);
    assert_true(fabs(falling.mean + 1) < 1e-9 && none.ci_low < 0 && none.ci_high > 0 && fabs(none.mean) < 5 / sqrt(POINTS));
    /* y = a + b of two independent uniforms: Spearman's rho of their ranks with the sum's is about 0.69 */
    for (size_t k = 0; k < POINTS; k++) y[k] = unit[2 * k] + unit[2 * k + 1];
    struct orgsim_estimate half = rank_correlation(unit, 2, y, POINTS, work);
    assert_true(half.ci_low < 0.7 && half.ci_high > 0.68 && half.ci_high - half.ci_low < 0.07);
    const double five[] = {1, 2, 3, 4, 5}, swapped[] = {2, 1, 4, 3, 5}; /* 1 - 6 sum d^2 / (n (n^2 - 1)) = 1 - 24 / 120 */
    assert_true(fabs(rank_correlation(five, 1, swapped, 5, work).mean - 0.8) < 1e-12);
    const double flat[] = {1, 1, 1, 1, 1};
    assert_true(rank_correlation(five, 1, flat, 5, work).mean == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_has_its_indices),
        cmocka_unit_test(g_has_its_indices),
        cmocka_unit_test(intervals_hold_the_truth),
        cmocka_unit_test(what_does_not_vary_has_no_shares),
        cmocka_unit_test(luck_does_not_pass_for_interaction),
        cmocka_unit_test(effects_of_a_plane_and_a_product),
        cmocka_unit_test(luck_is_told_from_effects),
        cmocka_unit_test(ranks_see_order_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
