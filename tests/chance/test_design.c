/* test_design.c: one point in each stratum of each axis, axes that know nothing of each other */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <orgsim/error.h>

#include "chance/design.h"
#include "support/chance.h"

static double *latin(size_t points, size_t dimensions, uint64_t seed)
{
    double *unit = malloc(points * dimensions * sizeof *unit);
    assert_non_null(unit);
    assert_int_equal(design_latin(unit, points, dimensions, seed), 0);
    return unit;
}

static void every_stratum_holds_one_point(void **state)
{
    (void)state;
    enum { POINTS = 37, DIMENSIONS = 11 };
    double *unit = latin(POINTS, DIMENSIONS, 3);
    for (size_t d = 0; d < DIMENSIONS; d++) {
        int held[POINTS] = {0};
        for (size_t k = 0; k < POINTS; k++) {
            double u = unit[k * DIMENSIONS + d];
            assert_true(u > 0 && u < 1);
            held[(size_t)(u * POINTS)]++;
        }
        for (size_t k = 0; k < POINTS; k++) assert_int_equal(held[k], 1);
    }
    free(unit);
}

static void a_seed_is_a_design(void **state)
{
    (void)state;
    double *first = latin(50, 4, 1), *again = latin(50, 4, 1), *other = latin(50, 4, 2);
    assert_memory_equal(first, again, 200 * sizeof *first);
    assert_memory_not_equal(first, other, 200 * sizeof *first);
    free(first);
    free(again);
    free(other);
}

/* Correlations of pairs of axes: their mean square is 1 / (points - 1) for independent shuffles. */
static void axes_are_independent(void **state)
{
    (void)state;
    enum { POINTS = 64, DIMENSIONS = 60, PAIRS = DIMENSIONS * (DIMENSIONS - 1) / 2 };
    double *unit = latin(POINTS, DIMENSIONS, 7), squares = 0, sum = 0;
    for (size_t a = 0; a < DIMENSIONS; a++)
        for (size_t b = a + 1; b < DIMENSIONS; b++) {
            double product = 0;
            for (size_t k = 0; k < POINTS; k++) product += (unit[k * DIMENSIONS + a] - 0.5) * (unit[k * DIMENSIONS + b] - 0.5);
            double r = product * 12 / POINTS;
            squares += r * r;
            sum += r;
        }
    double expected = 1.0 / (POINTS - 1);
    assert_true(chance_near("mean square correlation", squares / PAIRS, expected, expected * sqrt(2.0 / PAIRS), 0));
    assert_true(chance_near("mean correlation", sum / PAIRS, 0, sqrt(expected / PAIRS), 0));
    free(unit);
}

static void a_design_beyond_all_bounds_is_refused(void **state)
{
    (void)state;
    double none = 0;
    assert_int_equal(design_latin(&none, DESIGN_POINTS_MOST + (size_t)1, 1, 1), ORGSIM_ERROR_MEMORY);
}

/* Every coordinate moves once, by half of the cube, and stays on its four levels, which are used alike. */
static void a_trajectory_moves_each_coordinate_once(void **state)
{
    (void)state;
    enum { TRAJECTORIES = 200, DIMENSIONS = 7 };
    static double unit[TRAJECTORIES][DIMENSIONS + 1][DIMENSIONS];
    static size_t moved[TRAJECTORIES][DIMENSIONS];
    size_t level[4] = {0}, first_moved[DIMENSIONS] = {0};
    design_trajectories(&unit[0][0][0], &moved[0][0], TRAJECTORIES, DIMENSIONS, 5);
    for (size_t t = 0; t < TRAJECTORIES; t++) {
        bool seen[DIMENSIONS] = {false};
        first_moved[moved[t][0]]++;
        for (size_t step = 0; step < DIMENSIONS; step++) {
            assert_false(seen[moved[t][step]]);
            seen[moved[t][step]] = true;
            level[(size_t)(4 * unit[t][0][step])]++;
            for (size_t d = 0; d < DIMENSIONS; d++) {
                double change = fabs(unit[t][step + 1][d] - unit[t][step][d]), u = 8 * unit[t][step + 1][d];
                assert_true(change == (d == moved[t][step] ? 0.5 : 0) && (u == 1 || u == 3 || u == 5 || u == 7));
            }
        }
    }
    for (int l = 0; l < 4; l++) assert_true(fabs((double)level[l] - 350) < 5 * sqrt(1400 * 0.25 * 0.75));
    for (int d = 0; d < DIMENSIONS; d++) assert_true(fabs((double)first_moved[d] - 200.0 / 7) < 5 * sqrt(200.0 / 7));
}

/* 2^m points: one in each of 2^m strata of each axis, also after the shift, and one in each of 16 squares of the first two axes for 16 points. */
static void shifted_points_are_as_even_as_sobols(void **state)
{
    (void)state;
    enum { POINTS = 64 };
    static double unit[POINTS][DESIGN_SOBOL_DIMENSIONS], other[POINTS][DESIGN_SOBOL_DIMENSIONS];
    assert_int_equal(design_sobol(&unit[0][0], POINTS, DESIGN_SOBOL_DIMENSIONS, 1), 0);
    assert_int_equal(design_sobol(&other[0][0], POINTS, DESIGN_SOBOL_DIMENSIONS, 2), 0);
    for (size_t d = 0; d < DESIGN_SOBOL_DIMENSIONS; d++) {
        int held[POINTS] = {0};
        for (size_t k = 0; k < POINTS; k++) held[(size_t)(unit[k][d] * POINTS)]++;
        for (size_t k = 0; k < POINTS; k++) assert_int_equal(held[k], 1);
        assert_true(unit[0][d] != other[0][d]);
    }
    int square[4][4] = {{0}};
    for (size_t k = 0; k < 16; k++) square[(size_t)(4 * unit[k][0])][(size_t)(4 * unit[k][1])]++;
    for (size_t k = 0; k < 16; k++) assert_int_equal(square[k / 4][k % 4], 1);
    assert_int_equal(design_sobol(&unit[0][0], 1, DESIGN_SOBOL_DIMENSIONS + 1, 1), ORGSIM_ERROR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_stratum_holds_one_point), cmocka_unit_test(a_seed_is_a_design),
                                       cmocka_unit_test(axes_are_independent), cmocka_unit_test(a_design_beyond_all_bounds_is_refused),
                                       cmocka_unit_test(a_trajectory_moves_each_coordinate_once), cmocka_unit_test(shifted_points_are_as_even_as_sobols)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
