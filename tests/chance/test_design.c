/* test_design.c: one point in each stratum of each axis, axes that know nothing of each other */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_stratum_holds_one_point), cmocka_unit_test(a_seed_is_a_design),
                                       cmocka_unit_test(axes_are_independent), cmocka_unit_test(a_design_beyond_all_bounds_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
