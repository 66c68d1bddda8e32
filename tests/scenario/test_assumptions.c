/* The registry: every row is usable, none is missing, names are found. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chance/distribution.h"
#include "scenario/assumptions.h"

static void test_ranges_hold_the_default(void **state)
{
    (void)state;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        const struct assumption_info *row = &assumption_table[i];
        if (!(isfinite(row->low) && isfinite(row->high) && row->low <= row->default_value && row->default_value <= row->high && row->low < row->high)) {
            fail_msg("%s: %g is not in %g..%g", row->name, row->default_value, row->low, row->high);
        }
    }
}

static void test_rows_are_complete(void **state)
{
    (void)state;
    static const char *const grades[] = {"published", "secondary", "derived", "reimplementation", "memory", "calibrated", "assumption"};
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        const struct assumption_info *row = &assumption_table[i];
        int known = 0;
        for (size_t g = 0; g < sizeof grades / sizeof grades[0]; g++) known |= strcmp(row->grade, grades[g]) == 0;
        if (!known) fail_msg("%s: unknown grade %s", row->name, row->grade);
        if (!(strlen(row->source) >= 6 && strlen(row->meaning) >= 4 && row->unit[0] && row->symbol[0])) fail_msg("%s: incomplete row", row->name);
        if (strchr(row->source, '\n') || strchr(row->meaning, '\n')) fail_msg("%s: more than one line", row->name);
        size_t n = strlen(row->measure);
        if (n < 40 || row->measure[n - 1] != '.' || strchr(row->measure, '\n') || row->measure[0] < 'A' || row->measure[0] > 'Z')
            fail_msg("%s: \"%s\" is no sentence that says how to measure it", row->name, row->measure);
    }
}

static int has_year(const char *s)
{
    for (; *s; s++)
        if ((!strncmp(s, "19", 2) || !strncmp(s, "20", 2)) && s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9') return 1;
    return 0;
}

/* Whoever doubts a number can look it up: a publication with its year, unless the row says that it is assumed, or fitted to outcomes. */
static void test_every_row_has_a_source(void **state)
{
    (void)state;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        const struct assumption_info *row = &assumption_table[i];
        int owned = !strcmp(row->grade, "assumption") || !strcmp(row->grade, "calibrated");
        if (!owned && !has_year(row->source)) fail_msg("%s is %s, but without a publication and its year: %s", row->name, row->grade, row->source);
        if (!owned && !strncmp(row->source, "assumption", 10)) fail_msg("%s is %s, but its source says: %s", row->name, row->grade, row->source);
    }
}

static void test_ignorance_is_a_distribution(void **state)
{
    (void)state;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        const struct assumption_info *row = &assumption_table[i];
        struct orgsim_where where = {0};
        struct distribution d = {0};
        int kind = distribution_kind_find(row->distribution);
        if (kind < 0) fail_msg("%s: unknown distribution %s", row->name, row->distribution);
        if (distribution_three_point(&d, (enum distribution_kind)kind, row->low, row->default_value, row->high, &where)) fail_msg("%s: %s", row->name, where.what);
        double mean = distribution_mean(&d);
        if (!(mean >= row->low && mean <= row->high)) fail_msg("%s: mean %g is not in %g..%g", row->name, mean, row->low, row->high);
        distribution_free(&d);
    }
}

static void test_names_and_symbols_are_unique(void **state)
{
    (void)state;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(assumption_table[i].name, assumption_table[j].name);
            assert_string_not_equal(assumption_table[i].symbol, assumption_table[j].symbol);
        }
        assert_int_equal(assumption_find(assumption_table[i].name), i);
    }
    assert_int_equal(assumption_find("no_such_name"), -1);
    assert_int_equal(assumption_find(""), -1);
}

static void test_struct_follows_the_table(void **state)
{
    (void)state;
    struct assumptions a;
    assumptions_default(&a);
#define X(name, symbol, unit, value, low, high, distribution, grade, source, meaning, measure)                                                       \
    assert_true(a.name == (double)(value));                                                                                                 \
    assert_true(assumptions_get(&a, ASSUMPTION_##name) == a.name);
    ASSUMPTIONS(X)
#undef X
    assumptions_set(&a, ASSUMPTION_gamma, 0.02);
    assert_true(a.gamma == 0.02 && a.u_tol == assumption_table[ASSUMPTION_u_tol].default_value);
}

/* No corner of the ranges may make the rework loop diverge, a forum lose all its slots, or the triangle of impacts turn over. */
static void test_corners_keep_the_model_sound(void **state)
{
    (void)state;
    const struct assumption_info *t = assumption_table;
    assert_true((1 - t[ASSUMPTION_q_min].low) * t[ASSUMPTION_m_max].high < 1);
    assert_true(t[ASSUMPTION_bg1].high < t[ASSUMPTION_slots1].low);
    assert_true(t[ASSUMPTION_bg2].high < t[ASSUMPTION_slots2].low);
    assert_true(t[ASSUMPTION_imp_low].high <= t[ASSUMPTION_imp_mode].low && t[ASSUMPTION_imp_mode].high <= t[ASSUMPTION_imp_high].low);
    assert_true(t[ASSUMPTION_acc_base].low - t[ASSUMPTION_acc_slope].high >= 0);
    assert_true(t[ASSUMPTION_react_cut_share].high <= t[ASSUMPTION_react_add_share].low);
    assert_true(t[ASSUMPTION_wm_green].high <= t[ASSUMPTION_wm_red].low);
    double costume = 0.7 * 0.75 * (1 - 0.15); /* J a (1 - E) of the shipped arm */
    assert_true(1 + t[ASSUMPTION_kappa].high * costume <= 2.5 && t[ASSUMPTION_kappa].low == 0);
}

static void test_nearest_name(void **state)
{
    (void)state;
    assert_string_equal(assumption_nearest("tau_rump"), "tau_ramp");
    assert_string_equal(assumption_nearest("span_tmp"), "span_tpm");
    assert_null(assumption_nearest("completely_different_words"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges_hold_the_default), cmocka_unit_test(test_rows_are_complete),
        cmocka_unit_test(test_every_row_has_a_source), cmocka_unit_test(test_ignorance_is_a_distribution),
        cmocka_unit_test(test_names_and_symbols_are_unique), cmocka_unit_test(test_struct_follows_the_table),
        cmocka_unit_test(test_corners_keep_the_model_sound), cmocka_unit_test(test_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
