/* test_shape.c: the shape of a program is what it was made from, and another plan leaves all else as it is */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <orgsim/scenario.h>

#include "base/memory.h"
#include "scenario/shape.h"
#include "scenario/target.h"

static struct orgsim_scenario *load(const char *name)
{
    char path[1024];
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    snprintf(path, sizeof path, "%s/scenarios/%s", ORGSIM_SOURCE, name);
    assert_int_equal(orgsim_scenario_load(path, NULL, 0, &scenario, &problems), 0);
    orgsim_problems_free(&problems);
    return scenario;
}

/* Shapes far apart come back, as near as whole dependencies, risks and questions allow. */
static void a_generated_program_has_its_shape(void **state)
{
    (void)state;
    static const double shapes[][GENERATE_FIELDS] = {{6, 6, 5, 1.2, 0.7, 0.6, 0.25}, {2, 9, 3, 0.5, 0.2, 0.3, 0.4}, {12, 4, 8, 2, 1, 0, 0.1}, {1, 5, 6, 0, 0.5, 0.5, 0.25}};
    struct orgsim_scenario *startup = load("startup");
    for (size_t c = 0; c < sizeof shapes / sizeof *shapes; c++) {
        struct shaped shaped = {0};
        struct orgsim_where where = {0};
        struct generate_shape asked = {.seed = 3 + c};
        memcpy(asked.value, shapes[c], sizeof asked.value);
        assert_int_equal(shape_create(&shaped, startup, &asked, &where), 0);
        struct generate_shape found = shape_of(shaped.variant);
        for (int f = 0; f < GENERATE_FIELDS; f++) {
            if (f == GENERATE_ambiguity && asked.value[GENERATE_density] == 0) continue; /* none to measure it at */
            double slack = generate_fields[f].whole ? 0 : f == GENERATE_ambiguity ? 0.3 * asked.value[f] : 0.12 * asked.value[f] + 1 / (asked.value[GENERATE_teams] * asked.value[GENERATE_packages]);
            if (fabs(found.value[f] - asked.value[f]) > slack) fail_msg("shape %zu: %s is %g, asked for %g", c, generate_fields[f].name, found.value[f], asked.value[f]);
        }
        shape_free(&shaped);
    }
    orgsim_scenario_free(startup);
}

static void all_but_the_plan_stays(void **state)
{
    (void)state;
    struct orgsim_scenario *s = load("platform-migration");
    struct shaped shaped = {0};
    struct orgsim_where where = {0};
    struct generate_shape shape = shape_of(s);
    s->assumptions.h_seat = 2.5;
    assert_int_equal(shape_set(&shape, GENERATE_teams, 2.4, &where), 0); /* rounded */
    assert_int_equal(shape_create(&shaped, s, &shape, &where), 0);
    const struct orgsim_scenario *v = shaped.variant;
    assert_true(v->n_teams == 2 && v->n_arms == s->n_arms && v->assumptions.h_seat == 2.5);
    assert_memory_equal(&v->money, &s->money, sizeof v->money);
    assert_memory_equal(v->forums, s->forums, sizeof v->forums);
    assert_true(v->settings.headline_arm == s->settings.headline_arm && isnan(v->settings.deadline_week));
    for (size_t a = 0; a < v->n_arms; a++) {
        assert_string_equal(v->arms[a].id, s->arms[a].id);
        for (size_t q = 0; q < v->arms[a].n_seats; q++) {
            struct scenario_seat expected = s->arms[a].seats[q];
            if (expected.em_of_team != SCENARIO_NONE) expected.em_of_team %= 2;
            assert_memory_equal(&v->arms[a].seats[q], &expected, sizeof expected);
        }
    }
    shape_free(&shaped);
    orgsim_scenario_free(s);
}

static void what_no_program_can_be_is_refused(void **state)
{
    (void)state;
    static const struct { int field; double value; const char *what; } cases[] = {
        {GENERATE_teams, 0, "shape.teams is 0"}, {GENERATE_teams, 201, "shape.teams is 201"}, {GENERATE_density, -1, "shape.density is -1"},
        {GENERATE_ambiguity, (double)NAN, "shape.ambiguity"}, {SHAPE_SEED, -1, "shape.seed"}, {SHAPE_SEED, (double)INFINITY, "shape.seed"}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct generate_shape shape = generate_usual();
        struct orgsim_where where = {0};
        assert_int_equal(shape_set(&shape, cases[c].field, cases[c].value, &where), ORGSIM_ERROR_USAGE);
        if (!strstr(where.what, cases[c].what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, cases[c].what);
    }
    struct orgsim_scenario *s = load("startup");
    struct shaped shaped = {0};
    struct orgsim_where where = {0};
    struct generate_shape huge = generate_usual();
    huge.value[GENERATE_teams] = 200, huge.value[GENERATE_packages] = 50;
    assert_int_equal(shape_create(&shaped, s, &huge, &where), ORGSIM_ERROR_USAGE);
    assert_true(where.what[0] && where.todo[0]);
    shape_free(&shaped);
    orgsim_scenario_free(s);
}

/* Every allocation fails once. */
static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    struct orgsim_scenario *s = load("workshop");
    struct generate_shape shape = generate_usual();
    int status = ORGSIM_ERROR_MEMORY;
    shape.value[GENERATE_teams] = 1, shape.value[GENERATE_packages] = 2;
    for (size_t nth = 1; status && nth < 5000; nth++) {
        struct shaped shaped = {0};
        memory_fail_at(nth);
        status = shape_create(&shaped, s, &shape, NULL);
        memory_fail_at(0);
        if (status) assert_int_equal(status, ORGSIM_ERROR_MEMORY);
        shape_free(&shaped);
    }
    assert_int_equal(status, 0);
    orgsim_scenario_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_generated_program_has_its_shape), cmocka_unit_test(all_but_the_plan_stays),
                                       cmocka_unit_test(what_no_program_can_be_is_refused), cmocka_unit_test(memory_may_run_out_anywhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
