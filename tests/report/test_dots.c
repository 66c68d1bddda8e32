/* test_dots.c: dots stand on the right side of the line, inside the axis, apart from each other */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "report/dots.h"

static void fill(double *quantiles, double low, double high, int never_from)
{
    for (int i = 0; i <= 100; i++) quantiles[i] = i >= never_from ? (double)INFINITY : low + (high - low) * pow(i / 100.0, 3);
}

static void assert_good(const struct dots *d, const struct dots_axis *axis)
{
    for (size_t i = 0; i < DOTS; i++) {
        assert_true(d->x[i] - axis->radius >= axis->low && d->x[i] + axis->radius <= axis->high);
        assert_true(d->y[i] > 0 && d->y[i] <= axis->height + 1e-6);
        if (d->value[i] <= axis->anchor) assert_true(d->x[i] + axis->radius <= axis->anchor);
        if (d->value[i] > axis->anchor) assert_true(d->x[i] - axis->radius >= axis->anchor);
        if (isfinite(d->value[i])) assert_true(fabs(d->x[i] - d->value[i]) <= axis->column / 2 + 1e-9);
        if (!isfinite(d->value[i])) assert_true(d->x[i] > axis->last);
        for (size_t j = 0; j < i; j++) assert_false(d->x[i] == d->x[j] && fabs(d->y[i] - d->y[j]) < 1e-6);
    }
}

static void dots_keep_to_their_side_and_inside(void **state)
{
    (void)state;
    static const double anchors[] = {0, 44, 60.25, 200}, heights[] = {90, 220};
    static const int never[] = {101, 70, 5, 0};
    for (size_t a = 0; a < 4; a++) {
        for (size_t h = 0; h < 2; h++) {
            for (size_t n = 0; n < 4; n++) {
                double quantiles[101];
                struct dots dots;
                struct dots_axis axis = {.width = 524, .height = heights[h], .pitch_most = 21, .anchor = anchors[a]};
                fill(quantiles, 30, 156, never[n]);
                dots_of(&dots, quantiles);
                dots_place(&dots, 1, &axis);
                assert_good(&dots, &axis);
            }
        }
    }
}

static void a_dot_on_the_edge_of_a_column_is_inside(void **state)
{
    (void)state;
    double quantiles[101];
    struct dots dots;
    struct dots_axis axis = {.width = 600, .height = 200, .pitch_most = 20, .anchor = 0};
    fill(quantiles, -280, 0, 101);
    dots_of(&dots, quantiles);
    dots_place(&dots, 1, &axis);
    assert_good(&dots, &axis);
}

static void equal_values_are_stacked_without_hiding_each_other(void **state)
{
    (void)state;
    double quantiles[101];
    struct dots dots;
    struct dots_axis axis = {.width = 524, .height = 100, .pitch_most = 21, .anchor = 40};
    for (int i = 0; i <= 100; i++) quantiles[i] = 41;
    dots_of(&dots, quantiles);
    dots_place(&dots, 1, &axis);
    assert_good(&dots, &axis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dots_keep_to_their_side_and_inside),
        cmocka_unit_test(a_dot_on_the_edge_of_a_column_is_inside),
        cmocka_unit_test(equal_values_are_stacked_without_hiding_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
