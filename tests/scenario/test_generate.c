/* test_generate.c: generated programs have the shape asked for, load without a problem or a note, and are the same bytes every time */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <orgsim/scenario.h>

#include "base/file.h"
#include "base/memory.h"
#include "scenario/generate.h"
#include "scenario/scenario.h"
#include "scenario/template.h"

static void tables_free(struct text texts[TABLES])
{
    for (int table = 0; table < TABLES; table++) text_free(&texts[table]);
}

/* Makes, writes and loads it: no problem, no note. */
static struct orgsim_scenario *made(const struct generate_shape *shape)
{
    char folder[] = "/tmp/orgsim-generate-XXXXXX";
    struct text texts[TABLES] = {{0}};
    struct template_files files = {0};
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(generate_tables(shape, "Test", texts, &where), 0);
    for (enum table table = 0; table < TABLES; table++)
        if (texts[table].n) assert_int_equal(template_add(&files, columns_of[table].file, &texts[table]), 0);
    assert_int_equal(template_may_write(folder, &files, false, &where), 0);
    assert_int_equal(template_write(folder, &files, &where), 0);
    int error = orgsim_scenario_load(folder, NULL, 0, &scenario, &problems);
    for (size_t k = 0; k < problems.n; k++)
        print_error("%s:%zu: %s\n", problems.list[k].where.file, problems.list[k].where.line, problems.list[k].where.what);
    assert_int_equal(problems.n, 0);
    assert_int_equal(error, 0);
    template_free(&files);
    tables_free(texts);
    assert_int_equal(file_remove_tree(folder, NULL), 0);
    return scenario;
}

static struct generate_shape shaped(double teams, double engineers, double packages, double density, double risks, double questions,
                                    double ambiguity, uint64_t seed)
{
    return (struct generate_shape){{teams, engineers, packages, density, risks, questions, ambiguity}, seed};
}

static void every_shape_loads(void **state)
{
    (void)state;
    const struct generate_shape shapes[] = {
        generate_usual(),
        shaped(1, 1, 1, 0, 0, 0, 0, 0),
        shaped(1, 4, 9, 10, 5, 5, 1, 3),
        shaped(2, 3, 1, 3, 2, 2, 0.5, 4),
        shaped(7, 5, 12, 2, 1, 1, 1, UINT64_MAX),
        shaped(40, 8, 10, 1.5, 1, 1, 0.3, 5),
        shaped(200, 100, 2, 0.5, 0.2, 0.2, 0.1, 6),
    };
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) orgsim_scenario_free(made(&shapes[k]));
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct generate_shape shape = shaped(5, 4, 4, 2, 2, 1, 0.125 * (double)seed, seed);
        orgsim_scenario_free(made(&shape));
    }
}

static bool is_between(const struct orgsim_scenario *s, const struct scenario_dependency *d)
{
    return s->packages[d->from].team != s->packages[d->to].team;
}

static void it_has_the_shape_asked_for(void **state)
{
    (void)state;
    struct generate_shape shape = shaped(8, 7, 6, 1.5, 0.8, 0.5, 0.3, 11);
    struct orgsim_scenario *s = made(&shape);
    double drawn = 0, ambiguity = 0, into_integration = 0;
    size_t integrate = 0;
    for (size_t p = 0; p < s->n_packages; p++) integrate += s->packages[p].kind == PACKAGE_INTEGRATE;
    for (size_t d = 0; d < s->n_dependencies; d++) {
        if (!is_between(s, &s->dependencies[d])) continue;
        bool to_integration = s->packages[s->dependencies[d].to].kind == PACKAGE_INTEGRATE;
        if (to_integration) into_integration++;
        else drawn++, ambiguity += s->dependencies[d].ambiguity;
    }
    assert_int_equal(s->n_teams, 8);
    assert_true(s->teams[3].engineers == 7);
    assert_int_equal(s->n_packages - integrate, 48);
    assert_int_equal(integrate, s->n_features + 1);
    assert_true(drawn == 72);
    assert_true(into_integration > 0);
    assert_true(fabs(ambiguity / drawn - 0.3) < 5 * 0.3 * 0.29 / sqrt(drawn)); /* uniform within half of it: sd 0.29 of the mean */
    assert_int_equal(s->n_risks, (size_t)(0.8 * (double)s->n_packages + 0.5));
    assert_int_equal(s->n_questions, (size_t)(0.5 * (double)s->n_packages + 0.5));
    orgsim_scenario_free(s);
}

/* Work for each team: what it builds is the same for all within rounding to half a person-week. */
static void loads_are_balanced(void **state)
{
    (void)state;
    struct generate_shape shape = generate_usual();
    struct orgsim_scenario *s = made(&shape);
    double load[6] = {0};
    for (size_t p = 0; p < s->n_packages; p++)
        if (s->packages[p].kind != PACKAGE_INTEGRATE) load[s->packages[p].team] += s->packages[p].effort_mode_pw;
    for (size_t j = 0; j < 6; j++) assert_true(fabs(load[j] - load[0]) <= 2.5);
    orgsim_scenario_free(s);
}

static void texts_of(const struct generate_shape *shape, struct text texts[TABLES])
{
    struct orgsim_where where = {0};
    memset(texts, 0, TABLES * sizeof *texts);
    assert_int_equal(generate_tables(shape, "Test", texts, &where), 0);
}

static void the_same_shape_gives_the_same_bytes(void **state)
{
    (void)state;
    struct generate_shape shape = generate_usual();
    struct text a[TABLES], b[TABLES];
    texts_of(&shape, a);
    texts_of(&shape, b);
    for (int table = 0; table < TABLES; table++) {
        assert_int_equal(a[table].n, b[table].n);
        if (a[table].n) assert_memory_equal(a[table].s, b[table].s, a[table].n);
    }
    tables_free(b);
    shape.seed = 2;
    texts_of(&shape, b);
    assert_string_not_equal(a[TABLE_PACKAGES].s, b[TABLE_PACKAGES].s);
    assert_string_not_equal(a[TABLE_DEPENDENCIES].s, b[TABLE_DEPENDENCIES].s);
    tables_free(a);
    tables_free(b);
}

/* More risks leave the packages, and the risks that were there, as they are. */
static void a_number_changes_only_what_hangs_on_it(void **state)
{
    (void)state;
    struct generate_shape shape = generate_usual();
    struct text a[TABLES], b[TABLES];
    texts_of(&shape, a);
    shape.value[GENERATE_risks] = 1.4;
    texts_of(&shape, b);
    assert_string_equal(a[TABLE_PACKAGES].s, b[TABLE_PACKAGES].s);
    assert_string_equal(a[TABLE_DEPENDENCIES].s, b[TABLE_DEPENDENCIES].s);
    assert_true(b[TABLE_RISKS].n > a[TABLE_RISKS].n);
    assert_memory_equal(a[TABLE_RISKS].s, b[TABLE_RISKS].s, a[TABLE_RISKS].n);
    tables_free(a);
    tables_free(b);
}

static void every_table_explains_itself(void **state)
{
    (void)state;
    struct generate_shape shape = generate_usual();
    struct text texts[TABLES];
    texts_of(&shape, texts);
    for (int table = 0; table < TABLES; table++)
        if (texts[table].n) assert_int_equal(texts[table].s[0], '#');
    tables_free(texts);
}

static void impossible_shapes_are_refused(void **state)
{
    (void)state;
    const struct generate_shape shapes[] = {
        shaped(0, 6, 5, 1, 1, 1, 0.2, 1),    shaped(201, 6, 5, 1, 1, 1, 0.2, 1),   shaped(2.5, 6, 5, 1, 1, 1, 0.2, 1),
        shaped(3, 6, 5, -1, 1, 1, 0.2, 1),   shaped(3, 6, 5, 1, 1, 1, 1.1, 1),     shaped(NAN, 6, 5, 1, 1, 1, 0.2, 1),
        shaped(200, 6, 50, 1, 1, 1, 0.2, 1), shaped(100, 6, 20, 10, 1, 1, 0.2, 1),
    };
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        struct text texts[TABLES] = {{0}};
        struct orgsim_where where = {0};
        assert_int_equal(generate_tables(&shapes[k], "Test", texts, &where), ORGSIM_ERROR_USAGE);
        assert_true(where.what[0] != 0 && where.todo[0] != 0);
        tables_free(texts);
    }
}

static void each_failing_allocation_is_told(void **state)
{
    (void)state;
    struct generate_shape shape = shaped(2, 2, 2, 1, 1, 1, 0.2, 1);
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status && nth < 500; nth++) {
        struct text texts[TABLES] = {{0}};
        struct orgsim_where where = {0};
        memory_fail_at(nth);
        status = generate_tables(&shape, "Test", texts, &where);
        memory_fail_at(0);
        if (status) assert_int_equal(status, ORGSIM_ERROR_MEMORY);
        tables_free(texts);
    }
    assert_int_equal(status, 0);
}

static int write_one(const char *folder, const char *name, const char *content, bool beside)
{
    struct template_files files = {0};
    struct text text = {0};
    struct orgsim_where where = {0};
    text_add(&text, content);
    assert_int_equal(template_add(&files, name, &text), 0);
    int status = template_may_write(folder, &files, beside, &where);
    if (!status) status = template_write(folder, &files, &where);
    template_free(&files);
    return status;
}

static void assert_holds(const char *folder, const char *name, const char *content)
{
    char *path = file_join(folder, name), *data = NULL;
    size_t n;
    assert_int_equal(file_read(path, 1000, &data, &n, NULL), 0);
    assert_string_equal(data, content);
    memory_free(data);
    memory_free(path);
}

static void nothing_is_overwritten(void **state)
{
    (void)state;
    char parent[] = "/tmp/orgsim-generate-XXXXXX", folder[64];
    assert_non_null(mkdtemp(parent));
    snprintf(folder, sizeof folder, "%s/a/b", parent);
    assert_int_equal(write_one(folder, "teams.csv", "mine", false), 0);
    assert_int_equal(write_one(folder, "risks.csv", "theirs", false), ORGSIM_ERROR_USAGE);
    assert_int_equal(write_one(folder, "teams.csv", "theirs", true), ORGSIM_ERROR_USAGE);
    assert_int_equal(write_one(folder, "risks.csv", "beside", true), 0);
    assert_int_equal(write_one(folder, "README.md", "page", true), 0);
    assert_int_equal(write_one(folder, "README.md", "other page", true), 0);
    assert_holds(folder, "teams.csv", "mine");
    assert_holds(folder, "risks.csv", "beside");
    assert_holds(folder, "README.md", "page");
    strcat(folder, "/teams.csv");
    assert_int_equal(write_one(folder, "teams.csv", "theirs", true), ORGSIM_ERROR_USAGE);
    assert_int_equal(file_remove_tree(parent, NULL), 0);
}

static void a_template_is_copied_with_explanations(void **state)
{
    (void)state;
    struct template_files files = {0};
    struct orgsim_where where = {0};
    struct text names = {0};
    template_list(ORGSIM_SOURCE "/scenarios", &names);
    assert_string_equal(names.s, "enterprise, platform-migration, startup, workshop");
    assert_true(template_is_there(ORGSIM_SOURCE "/scenarios", "workshop"));
    assert_false(template_is_there(ORGSIM_SOURCE "/scenarios", "../scenarios/workshop"));
    assert_false(template_is_there(ORGSIM_SOURCE "/scenarios", ""));
    assert_int_equal(template_read(ORGSIM_SOURCE "/scenarios/workshop", &files, &where), 0);
    for (size_t k = 0; k < files.n; k++) assert_int_equal(files.list[k].text.s[0], '#'); /* tables by their comment, the page by its title */
    assert_int_equal(template_read(ORGSIM_SOURCE "/scenarios/nothing", &files, &where), ORGSIM_ERROR_IO);
    template_free(&files);
    text_free(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_loads),
        cmocka_unit_test(it_has_the_shape_asked_for),
        cmocka_unit_test(loads_are_balanced),
        cmocka_unit_test(the_same_shape_gives_the_same_bytes),
        cmocka_unit_test(a_number_changes_only_what_hangs_on_it),
        cmocka_unit_test(every_table_explains_itself),
        cmocka_unit_test(impossible_shapes_are_refused),
        cmocka_unit_test(each_failing_allocation_is_told),
        cmocka_unit_test(nothing_is_overwritten),
        cmocka_unit_test(a_template_is_copied_with_explanations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
