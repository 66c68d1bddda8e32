/* test_malformed.c: each way to spoil a scenario has its message, at its place, and no other */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario/folder.h"
#include "scenario/mutations.h"

static char folder[64];

/* Writes the good text of a file with one place changed. */
static void spoil(const struct mutation *m)
{
    char path[256], text[8192];
    const char *good = NULL;
    for (size_t k = 0; k < FOLDER_FILES; k++)
        if (!strcmp(folder_good[k].name, m->file)) good = folder_good[k].text;
    if (!m->find && !m->put) {
        snprintf(path, sizeof path, "%s/%s", folder, m->file);
        assert_int_equal(remove(path), 0);
    } else if (!m->find) {
        folder_write(folder, m->file, m->put, strlen(m->put));
    } else {
        const char *at = strstr(good, m->find);
        assert_non_null(at);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, m->put, at + strlen(m->find));
        folder_write(folder, m->file, text, strlen(text));
    }
}

/* Loads the folder; returns the status, and the number of problems. */
static int load(struct orgsim_problems *problems)
{
    struct orgsim_scenario *s = NULL;
    *problems = (struct orgsim_problems){0};
    int status = orgsim_scenario_load(folder, NULL, 0, &s, problems);
    assert_true((status == 0) == (s != NULL));
    orgsim_scenario_free(s);
    return status;
}

static void each_mutation_has_its_message(void **state)
{
    (void)state;
    size_t failed = 0, exact = 0;
    for (size_t k = 0; k < sizeof mutations / sizeof *mutations; k++) {
        const struct mutation *m = &mutations[k];
        struct orgsim_problems problems;
        char text[1200];
        folder_create(folder);
        spoil(m);
        int status = load(&problems);
        bool right = status == (m->outcome == BAD ? ORGSIM_ERROR_SCENARIO : 0);
        if (m->message) right &= problems.n == 1 && !strcmp(folder_message(text, folder, &problems.list[0]), m->message);
        else right &= problems.n > 1;
        for (size_t i = 0; !right && i < problems.n; i++) print_message("%zu: %s\n", k, folder_message(text, folder, &problems.list[i]));
        if (!right) print_message("%zu: expected %s (status %d)\n", k, m->message, status);
        failed += !right;
        exact += m->message != NULL;
        orgsim_problems_free(&problems);
        folder_remove(folder);
    }
    assert_int_equal(failed, 0);
    assert_true(exact >= 100);
}

static void assert_says(const struct orgsim_problems *problems, size_t k, const char *message)
{
    char text[1200];
    assert_true(k < problems->n);
    assert_string_equal(folder_message(text, folder, &problems->list[k]), message);
}

static void put(const char *name, const char *text) { folder_write(folder, name, text, strlen(text)); }

static void all_problems_are_told_at_once(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("teams.csv", "team,engineers\nPAY,x\nWEB,-1\nDATA,4\n");
    put("dependencies.csv", "from,to\nP1,P2\nP2,P1\nP3,P4\nP4,P3\nP1,P5\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 5);
    assert_says(&problems, 0, "teams.csv:2:2: engineers \"x\" is not a number; write a plain number (unit: people)");
    assert_says(&problems, 1, "teams.csv:3:2: engineers is -1; it must be above 0 and at most 10000 (1e-6 is the least)");
    assert_says(&problems, 2, "dependencies.csv:3:2: dependency cycle P1 -> P2 -> P1; remove one of these dependencies, or split a package");
    assert_says(&problems, 3, "dependencies.csv:5:2: dependency cycle P3 -> P4 -> P3; remove one of these dependencies, or split a package");
    assert_says(&problems, 4, "dependencies.csv:6:2: package \"P5\" is not in packages.csv; did you mean \"P1\"?");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

#define CYCLE "dependencies.csv:3:2: dependency cycle P1 -> P2 -> P1; remove one of these dependencies, or split a package"

static void spoil_one(const char *file, const char *find, const char *replacement)
{
    const struct mutation m = {file, find, replacement, BAD, NULL};
    spoil(&m);
}

/* Expects exactly these messages, in this order. */
static void expect_all(const char *const *messages, size_t n)
{
    struct orgsim_problems problems;
    char text[1200];
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    for (size_t k = n; k < problems.n; k++) print_message("more: %s\n", folder_message(text, folder, &problems.list[k]));
    for (size_t k = 0; k < n; k++) assert_says(&problems, k, messages[k]);
    assert_int_equal(problems.n, n);
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void a_bad_number_hides_nothing(void **state)
{
    (void)state;
    folder_create(folder);
    spoil_one("packages.csv", "6,8,14", "6,eight,14");
    put("dependencies.csv", "from,to\nP1,P2\nP2,P1\nP1,P3\nP3,P4\n");
    spoil_one("risks.csv", "technical,P1", "technical,P9");
    expect_all((const char *[]){"packages.csv:3:7: effort_mode_pw \"eight\" is not a number; write a plain number (unit: person-weeks)",
                                "risks.csv:2:4: package \"P9\" is not in packages.csv; did you mean \"P1\"?", CYCLE},
               3);
}

static void a_bad_quote_hides_nothing(void **state)
{
    (void)state;
    folder_create(folder);
    spoil_one("risks.csv", "Data contracts", "\"Data contracts");
    put("dependencies.csv", "from,to\nP1,P2\nP2,P1\nP1,P3\nP3,P4\n");
    expect_all((const char *[]){"risks.csv:3:2: a quote is opened here and never closed; close it", CYCLE}, 2);

    folder_create(folder);
    spoil_one("packages.csv", "P2,Checkout", "P2,The \"new\" checkout");
    put("dependencies.csv", "from,to\nP1,P2\nP2,P1\nP1,P3\nP3,P4\n");
    spoil_one("risks.csv", "technical,P1", "technical,P9");
    expect_all((const char *[]){"packages.csv:3:2: a stray quote in the cell; quote the whole cell and double the quotes inside it",
                                "risks.csv:2:4: package \"P9\" is not in packages.csv; did you mean \"P1\"?", CYCLE},
               3);
}

/* An id that a quote took may be the one that others name. */
static void a_lost_id_is_not_held_against_others(void **state)
{
    (void)state;
    folder_create(folder);
    spoil_one("packages.csv", "P2,Checkout", "\"P2,Checkout");
    put("dependencies.csv", "from,to\nP1,P3\nP3,P1\nP2,P4\n");
    expect_all((const char *[]){"packages.csv:3:1: a quote is opened here and never closed; close it",
                                "dependencies.csv:3:2: dependency cycle P1 -> P3 -> P1; remove one of these dependencies, or split a package"},
               2);
}

static void an_unreadable_table_spares_the_others(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("packages.csv", "package,team\nP1,PAY\n"); /* no effort: nothing of it is usable */
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "packages.csv:1:1: column \"effort_mode_pw\" is missing; add it");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void seats_are_bounded(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    char text[1024] = "arm,seat,role\ntpm,tpm,tpm\n";
    folder_create(folder);
    for (size_t k = 1; k <= 16; k++) snprintf(text + strlen(text), sizeof text - strlen(text), "tpm,c%zu,coordinator\n", k);
    put("seats.csv", text);
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "seats.csv:18:1: arm \"tpm\" has 17 seats; at most 16 are possible");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void rows_are_bounded(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    char *text = malloc(1002 * 12 + 64);
    assert_non_null(text);
    folder_create(folder);
    size_t n = (size_t)sprintf(text, "team,engineers\n");
    for (size_t k = 0; k <= 1000; k++) n += (size_t)sprintf(text + n, "T%zu,5\n", k);
    put("teams.csv", text);
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "teams.csv: the table has 1001 rows; at most 1000 are possible");
    orgsim_problems_free(&problems);
    folder_remove(folder);
    free(text);
}

static void effort_files_are_checked(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("packages.csv", "package,team,effort_mode_pw,feature,distribution\nP1,PAY,10,F1,discrete:api.csv\nP2,WEB,8,F2,discrete:api.csv\n"
                        "P3,DATA,9,,\nP4,PAY,3,,\n");
    put("api.csv", "value,probability\n5,0.5\nx,0.5\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "api.csv:3:1: value is \"x\"; write a number from 0 to 1000000");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void impossible_correlations_are_offered_a_way_out(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("correlations.csv", "a,b,rho\nP1,P2,0.9\nP2,R1,0.9\nR1,P1,-0.9\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 3);
    double offer[3];
    const double given[3] = {0.9, 0.9, -0.9};
    for (size_t k = 0; k < 3; k++) {
        char text[1200], expected[200];
        assert_int_equal(sscanf(problems.list[k].where.todo, "the nearest valid value is %lf", &offer[k]), 1);
        snprintf(expected, sizeof expected,
                 "correlations.csv:%zu:3: rho %g is not possible together with the others (the matrix is not positive semidefinite); "
                 "the nearest valid value is %.4f",
                 k + 2, given[k], offer[k]);
        assert_string_equal(folder_message(text, folder, &problems.list[k]), expected);
        assert_true(offer[k] * given[k] > 0 && offer[k] / given[k] < 1);
    }
    orgsim_problems_free(&problems);
    char text[200];
    snprintf(text, sizeof text, "a,b,rho\nP1,P2,%.4f\nP2,R1,%.4f\nR1,P1,%.4f\n", offer[0], offer[1], offer[2]);
    put("correlations.csv", text); /* what was offered is accepted */
    assert_int_equal(load(&problems), 0);
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void unlisted_pairs_are_offered_too(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("correlations.csv", "a,b,rho\nP1,P2,0.9\nP2,R1,0.9\n"); /* P1 and R1 cannot be independent then */
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 3);
    size_t k = 0;
    while (k < 3 && problems.list[k].where.line) k++;
    assert_true(k < 3);
    assert_string_equal(problems.list[k].where.what, "\"P1\" and \"R1\" are not listed, so independent");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

/* A long chain closed to a ring is named from its lowest row, its middle left out. */
static void long_cycles_are_shortened(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    char *packages = malloc(64 * 300), *dependencies = malloc(64 * 300);
    assert_true(packages && dependencies);
    folder_create(folder);
    size_t p = (size_t)sprintf(packages, "package,team,effort_mode_pw\n"), d = (size_t)sprintf(dependencies, "from,to\n");
    for (size_t k = 0; k < 300; k++) {
        p += (size_t)sprintf(packages + p, "step-%zu,%s,1\n", k, k % 3 ? k % 3 == 1 ? "WEB" : "DATA" : "PAY");
        d += (size_t)sprintf(dependencies + d, "step-%zu,step-%zu\n", k, (k + 1) % 300);
    }
    put("packages.csv", packages);
    put("dependencies.csv", dependencies);
    put("risks.csv", "risk,category,package,probability\n");
    put("questions.csv", "question,package\n");
    put("features.csv", "feature\n");
    put("correlations.csv", "a,b,rho\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_int_equal(problems.list[0].where.line, 301);
    assert_non_null(strstr(problems.list[0].where.what, "dependency cycle step-0 -> step-1 -> "));
    assert_non_null(strstr(problems.list[0].where.what, " more) -> step-0"));
    orgsim_problems_free(&problems);
    folder_remove(folder);
    free(packages);
    free(dependencies);
}

/* A spoilt scenario under a lack of memory: still either told or refused, never a crash. */
static void memory_failures_with_problems(void **state)
{
    (void)state;
    bool finished = false;
    folder_create(folder);
    put("dependencies.csv", "from,to\nP1,P2\nP2,P1\nP1,P5\n");
    put("correlations.csv", "a,b,rho\nP1,P2,0.9\nP2,R1,0.9\nR1,P1,-0.9\n");
    put("extra.csv", "x\n");
    for (size_t nth = 1; nth < 5000 && !finished; nth++) {
        struct orgsim_problems problems;
        memory_fail_at(nth);
        int status = load(&problems);
        finished = memory_fail_at(0) < nth;
        assert_true(status == ORGSIM_ERROR_SCENARIO || (status == ORGSIM_ERROR_MEMORY && !finished)); /* a suggestion may be lost in silence */
        orgsim_problems_free(&problems);
    }
    assert_true(finished);
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mutation_has_its_message),
        cmocka_unit_test(all_problems_are_told_at_once),
        cmocka_unit_test(a_bad_number_hides_nothing),
        cmocka_unit_test(a_bad_quote_hides_nothing),
        cmocka_unit_test(a_lost_id_is_not_held_against_others),
        cmocka_unit_test(an_unreadable_table_spares_the_others),
        cmocka_unit_test(seats_are_bounded),
        cmocka_unit_test(rows_are_bounded),
        cmocka_unit_test(effort_files_are_checked),
        cmocka_unit_test(impossible_correlations_are_offered_a_way_out),
        cmocka_unit_test(unlisted_pairs_are_offered_too),
        cmocka_unit_test(long_cycles_are_shortened),
        cmocka_unit_test(memory_failures_with_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
