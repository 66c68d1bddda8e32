/* test_nulls.c: effects that can be absent: their nulls are possible values, and a grade takes away its own rows only */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <orgsim/scenario.h>

#include "scenario/load.h"
#include "scenario/nulls.h"
#include "scenario/target.h"

static struct orgsim_scenario *load(const char *const *settings, size_t n)
{
    char path[1024];
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    int status = orgsim_scenario_load(path, settings, n, &scenario, &problems);
    for (size_t p = 0; p < problems.n && status; p++) print_error("%s; %s\n", problems.list[p].where.what, problems.list[p].where.todo);
    orgsim_problems_free(&problems);
    assert_int_equal(status, 0);
    return scenario;
}

static void nulls_are_possible_and_differ_from_the_default(void **state)
{
    (void)state;
    size_t n = 0;
    for (int k = 0; k < ASSUMPTION_COUNT; k++) {
        double null = nulls_value(k);
        if (isnan(null)) continue;
        n++;
        struct column domain = target_domain(k);
        if (!cell_in_range(&domain, null)) fail_msg("%s cannot be %g", assumption_table[k].name, null);
        if (null == assumption_table[k].default_value) fail_msg("%s is %g by default", assumption_table[k].name, null);
    }
    assert_true(n > 50);
}

static void every_grade_is_one_of_the_list(void **state)
{
    (void)state;
    for (int k = 0; k < ASSUMPTION_COUNT; k++) {
        bool known = false;
        for (int g = 0; g < GRADE_COUNT; g++) known |= !strcmp(assumption_table[k].grade, grade_name((enum grade)g));
        if (!known) fail_msg("%s: unknown grade %s", assumption_table[k].name, assumption_table[k].grade);
    }
}

/* Whoever takes away a grade on which nothing rests is told so; else not. */
static void a_grade_without_effects_is_noted(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    size_t without = 0;
    for (int g = 0; g < GRADE_COUNT; g++) {
        const char *settings[] = {nulls_setting((enum grade)g)};
        struct orgsim_scenario *scenario = NULL;
        struct orgsim_problems problems = {0};
        bool told = false;
        assert_int_equal(orgsim_scenario_load(path, settings, 1, &scenario, &problems), 0);
        for (size_t p = 0; p < problems.n; p++) told |= strstr(problems.list[p].where.what, "no effect rests on evidence of grade") != NULL;
        assert_int_equal(told, nulls_count((enum grade)g) == 0);
        without += told;
        orgsim_problems_free(&problems);
        orgsim_scenario_free(scenario);
    }
    assert_in_range(without, 1, GRADE_COUNT - 2);
    assert_true(nulls_count(GRADE_vendor) == 0 && nulls_count(GRADE_assumption) > 30);
}

/* Each grade alone, then all together: the scenario stays possible, and only that grade's rows have moved. */
static void a_grade_takes_away_its_own_effects(void **state)
{
    (void)state;
    const char *all[GRADE_COUNT];
    for (int g = 0; g < GRADE_COUNT; g++) {
        all[g] = nulls_setting((enum grade)g);
        struct orgsim_scenario *without = load(&all[g], 1), *with = load(NULL, 0);
        for (int k = 0; k < ASSUMPTION_COUNT; k++) {
            double null = nulls_value(k), value = assumptions_get(&without->assumptions, k);
            bool taken = !isnan(null) && !strcmp(assumption_table[k].grade, grade_name((enum grade)g));
            if (value != (taken ? null : assumptions_get(&with->assumptions, k))) fail_msg("without %s: %s is %g", grade_name((enum grade)g), assumption_table[k].name, value);
            if (taken) assert_string_equal(without->assumption_source[k], "--without-grade");
        }
        orgsim_scenario_free(without);
        orgsim_scenario_free(with);
    }
    orgsim_scenario_free(load(all, GRADE_COUNT));
}

static void a_number_that_is_set_stays(void **state)
{
    (void)state;
    const char *const settings[] = {nulls_setting(GRADE_assumption), "w_tech=1.5"};
    struct orgsim_scenario *scenario = load(settings, 2);
    assert_true(scenario->assumptions.w_tech == 1.5 && scenario->assumptions.w_integ == 0);
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nulls_are_possible_and_differ_from_the_default), cmocka_unit_test(every_grade_is_one_of_the_list),
                                       cmocka_unit_test(a_grade_without_effects_is_noted), cmocka_unit_test(a_grade_takes_away_its_own_effects), cmocka_unit_test(a_number_that_is_set_stays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
