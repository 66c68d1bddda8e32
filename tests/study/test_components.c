/* test_components.c: variance components of crossed tables whose parts are known */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "study/components.h"
#include "support/chance.h"

/* y = row + column, nothing else: the parts are the sample variances, exactly. */
static void a_sum_of_rows_and_columns_has_no_rest(void **state)
{
    (void)state;
    const double row[] = {1, 5, 6}, column[] = {0, 2, 10, 4};
    struct components c;
    double mean, se;
    assert_int_equal(components_create(&c, 4), 0);
    for (size_t k = 0; k < 3; k++) {
        for (size_t w = 0; w < 4; w++) components_add(&c, w, row[k] + column[w]);
        components_row(&c, &mean, &se);
        assert_true(fabs(mean - row[k] - 4) < 1e-12 && fabs(se - sqrt(56.0 / 3 / 4)) < 1e-12);
    }
    struct component_parts parts = components_parts(&c);
    assert_true(fabs(parts.mean - 8) < 1e-12 && fabs(parts.rows - 7) < 1e-9 && fabs(parts.columns - 56.0 / 3) < 1e-9 && parts.rest < 1e-9);
    assert_true(fabs(parts.mean_se - sqrt(7.0 / 3 + 56.0 / 12)) < 1e-9);
    components_free(&c);
}

static void too_small_a_table_says_nothing(void **state)
{
    (void)state;
    struct components c;
    double mean, se;
    assert_int_equal(components_create(&c, 2), 0);
    components_add(&c, 0, 1);
    components_add(&c, 1, 3);
    components_row(&c, &mean, &se);
    assert_true(isnan(components_parts(&c).rows) && isnan(components_parts(&c).mean_se));
    components_free(&c);
}

/* Tables drawn with known components: their estimates average to them, and the grand mean strays as mean_se says. */
static bool components_are_found(size_t tables)
{
    enum { ROWS = 12, COLUMNS = 20 };
    const double rows = 4, columns = 9, rest = 16;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct moments found[3] = {{0}}, strayed = {0}, claimed = {0};
    for (size_t t = 0; t < tables; t++) {
        struct components c;
        double column[COLUMNS], mean, se;
        if (components_create(&c, COLUMNS)) return false;
        for (size_t w = 0; w < COLUMNS; w++) column[w] = gsl_ran_gaussian(rng, sqrt(columns));
        for (size_t k = 0; k < ROWS; k++) {
            double row = gsl_ran_gaussian(rng, sqrt(rows));
            for (size_t w = 0; w < COLUMNS; w++) components_add(&c, w, row + column[w] + gsl_ran_gaussian(rng, sqrt(rest)));
            components_row(&c, &mean, &se);
        }
        struct component_parts parts = components_parts(&c);
        moments_add(&found[0], parts.rows);
        moments_add(&found[1], parts.columns);
        moments_add(&found[2], parts.rest);
        moments_add(&strayed, parts.mean * parts.mean);
        moments_add(&claimed, parts.mean_se * parts.mean_se);
        components_free(&c);
    }
    gsl_rng_free(rng);
    return chance_near("rows", moments_mean(&found[0]), rows, moments_se(&found[0]), 0.01) && /* zero instead of negative: a small bias */
           chance_near("columns", moments_mean(&found[1]), columns, moments_se(&found[1]), 0) &&
           chance_near("rest", moments_mean(&found[2]), rest, moments_se(&found[2]), 0) &&
           chance_near("square error of the mean", moments_mean(&strayed), moments_mean(&claimed), moments_se(&strayed), 0.01);
}

static void components_are_found_at_five_sigma(void **state)
{
    (void)state;
    assert_true(chance_twice(components_are_found, 2000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_sum_of_rows_and_columns_has_no_rest), cmocka_unit_test(too_small_a_table_says_nothing),
                                       cmocka_unit_test(components_are_found_at_five_sigma)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
