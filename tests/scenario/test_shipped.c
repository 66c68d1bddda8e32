/* test_shipped.c: the scenarios that ship load without a problem or a note, hold what their stories say, and the reference is the tables' */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <orgsim/scenario.h>

#include "base/file.h"
#include "base/memory.h"
#include "scenario/columns.h"
#include "scenario/scenario.h"

static const struct {
    const char *name;
    size_t teams, packages, between_teams, risks, questions, features;
} shipped[] = {
    {"workshop", 3, 12, 10, 10, 8, 4},
    {"startup", 3, 17, 15, 12, 10, 5},
    {"platform-migration", 8, 43, 56, 30, 25, 9},
    {"enterprise", 16, 90, 146, 60, 45, 14},
};
#define SHIPPED (sizeof shipped / sizeof *shipped)

static struct orgsim_scenario *load(const char *name)
{
    char path[1024];
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    snprintf(path, sizeof path, "%s/scenarios/%s", ORGSIM_SOURCE, name);
    int error = orgsim_scenario_load(path, NULL, 0, &scenario, &problems);
    for (size_t k = 0; k < problems.n; k++)
        print_error("%s:%zu: %s\n", problems.list[k].where.file, problems.list[k].where.line, problems.list[k].where.what);
    assert_int_equal(problems.n, 0);
    assert_int_equal(error, 0);
    orgsim_problems_free(&problems);
    return scenario;
}

static void each_holds_what_its_story_says(void **state)
{
    (void)state;
    for (size_t k = 0; k < SHIPPED; k++) {
        struct orgsim_scenario *s = load(shipped[k].name);
        size_t between = 0;
        for (size_t d = 0; d < s->n_dependencies; d++)
            between += s->packages[s->dependencies[d].from].team != s->packages[s->dependencies[d].to].team;
        assert_int_equal(s->n_teams, shipped[k].teams);
        assert_int_equal(s->n_packages, shipped[k].packages);
        assert_int_equal(between, shipped[k].between_teams);
        assert_int_equal(s->n_risks, shipped[k].risks);
        assert_int_equal(s->n_questions, shipped[k].questions);
        assert_int_equal(s->n_features, shipped[k].features);
        orgsim_scenario_free(s);
    }
}

/* The first scenario is the measure: every other offers the same organisations under the same ids. */
static void each_offers_the_same_organisations(void **state)
{
    (void)state;
    struct orgsim_scenario *first = load(shipped[0].name);
    assert_int_equal(first->n_arms, 18);
    for (size_t k = 1; k < SHIPPED; k++) {
        struct orgsim_scenario *s = load(shipped[k].name);
        assert_int_equal(s->n_arms, first->n_arms);
        for (size_t a = 0; a < s->n_arms; a++) {
            assert_string_equal(s->arms[a].id, first->arms[a].id);
            assert_int_equal(s->arms[a].n_seats, first->arms[a].n_seats);
        }
        orgsim_scenario_free(s);
    }
    orgsim_scenario_free(first);
}

static void each_reference_row_stands_in_a_scenario(void **state)
{
    (void)state;
    for (enum table table = 0; table < TABLES; table++) {
        bool found = false;
        for (size_t k = 0; k < SHIPPED && !found; k++) {
            char path[1024], row[1024], *data = NULL;
            size_t n;
            snprintf(path, sizeof path, "%s/scenarios/%s/%s", ORGSIM_SOURCE, shipped[k].name, columns_of[table].file);
            snprintf(row, sizeof row, "\n%s\n", columns_of[table].example);
            if (file_read(path, 1 << 20, &data, &n, NULL)) continue;
            found = strstr(data, row) != NULL;
            memory_free(data);
        }
        if (!found) print_error("%s: %s\n", columns_of[table].file, columns_of[table].example);
        assert_true(found);
    }
}

static void the_committed_reference_is_that_of_the_tables(void **state)
{
    (void)state;
    char *data = NULL;
    size_t n = 0;
    struct text text = {0};
    assert_int_equal(file_read(ORGSIM_SOURCE "/scenarios/README.md", 1 << 20, &data, &n, NULL), 0);
    columns_document(&text);
    assert_false(text.failed);
    if (n != text.n || memcmp(data, text.s, n) != 0) print_error("write it anew: orgsim format > scenarios/README.md\n");
    assert_int_equal(n, text.n);
    assert_memory_equal(data, text.s, n);
    text_free(&text);
    memory_free(data);
}

static void the_reference_names_every_column(void **state)
{
    (void)state;
    struct text text = {0};
    columns_document(&text);
    for (enum table table = 0; table < TABLES; table++) {
        char name[128];
        snprintf(name, sizeof name, "\n## %s (", columns_of[table].file);
        const char *section = strstr(text.s, name);
        assert_non_null(section);
        for (size_t k = 0; k < columns_of[table].n_columns; k++) {
            snprintf(name, sizeof name, "`%s`", columns_of[table].columns[k].name);
            assert_non_null(strstr(section, name));
        }
        assert_int_equal(columns_table_of(columns_of[table].file), table);
    }
    assert_int_equal(columns_table_of("other.csv"), TABLES);
    text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_holds_what_its_story_says),          cmocka_unit_test(each_offers_the_same_organisations),
        cmocka_unit_test(each_reference_row_stands_in_a_scenario), cmocka_unit_test(the_committed_reference_is_that_of_the_tables),
        cmocka_unit_test(the_reference_names_every_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
