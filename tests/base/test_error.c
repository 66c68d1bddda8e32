/* test_error.c: errors say where and what to do, and problems come in the order of the files */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/memory.h"

static void test_codes(void **state)
{
    (void)state;
    assert_int_equal(orgsim_error_status(ORGSIM_OK), 0);
    assert_int_equal(orgsim_error_status(ORGSIM_ERROR_IO), 1);
    assert_int_equal(orgsim_error_status(ORGSIM_ERROR_USAGE), 2);
    assert_int_equal(orgsim_error_status(ORGSIM_ERROR_SCENARIO), 4);
    assert_int_equal(orgsim_error_status(ORGSIM_ERROR_TOOL), 5);
    assert_int_equal(orgsim_error_status(ORGSIM_ERROR_INTERRUPTED), 130);
    assert_string_equal(orgsim_error_text(ORGSIM_ERROR_MEMORY), "out of memory");
    assert_non_null(orgsim_error_text(-1));
    assert_int_equal(orgsim_error_status(9999), 1);
}

static void test_where(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    assert_int_equal(error_set(NULL, ORGSIM_ERROR_IO, "f", 1, 2, "do", "what"), ORGSIM_ERROR_IO);
    int error = error_set(&where, ORGSIM_ERROR_USAGE, "risks.csv", 14, 6, "give a number", "\"%s\" is not a number", "abc");
    assert_int_equal(error, ORGSIM_ERROR_USAGE);
    assert_string_equal(where.file, "risks.csv");
    assert_int_equal(where.line, 14);
    assert_int_equal(where.column, 6);
    assert_string_equal(where.what, "\"abc\" is not a number");
    assert_string_equal(where.todo, "give a number");
    error_set(&where, ORGSIM_ERROR_IO, NULL, 0, 0, NULL, "again: %s", where.what);
    assert_string_equal(where.what, "again: \"abc\" is not a number");
    assert_string_equal(where.file, "");
}

static void test_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    char path[300];
    memset(path, 'a', sizeof path);
    memcpy(path + 253, "\xE2\x82\xAC", 4); /* three bytes, of which two would fit */
    error_set(&where, ORGSIM_ERROR_IO, path, 0, 0, "", "x");
    assert_int_equal(strlen(where.file), 253);
}

static void test_problems_are_sorted(void **state)
{
    (void)state;
    struct orgsim_problems problems = {0};
    assert_int_equal(problems_add(&problems, 0, "b.csv", 9, 1, "", "one"), 0);
    assert_int_equal(problems_add(&problems, 0, "a.csv", 3, 1, "", "two"), 0);
    assert_int_equal(problems_add(&problems, 1, "b.csv", 2, 5, "", "three"), 0);
    assert_int_equal(problems_add(&problems, 0, "b.csv", 2, 4, "", "four"), 0);
    assert_int_equal(problems_add(&problems, 0, "b.csv", 2, 4, "", "five"), 0);
    problems_sort(&problems);
    const char *order[] = {"four", "five", "three", "one", "two"};
    for (size_t i = 0; i < 5; i++) assert_string_equal(problems.list[i].where.what, order[i]);
    assert_int_equal(problems_count(&problems), 4);
    orgsim_problems_free(&problems);
    assert_int_equal(problems.n, 0);
    orgsim_problems_free(&problems);
}

static void test_out_of_memory_keeps_the_earlier_ones(void **state)
{
    (void)state;
    struct orgsim_problems problems = {0};
    memory_fail_at(2);
    int error = 0;
    size_t added = 0;
    while (!error && added < 100) {
        error = problems_add(&problems, 0, "a.csv", added, 0, "", "p");
        added += !error;
    }
    memory_fail_at(0);
    assert_int_equal(error, ORGSIM_ERROR_MEMORY);
    assert_int_equal(problems.n, added);
    assert_true(added > 0);
    memory_fail_at(1);
    problems_sort(&problems); /* has nowhere to sort: nothing is lost */
    memory_fail_at(0);
    assert_int_equal(problems.list[added - 1].where.line, added - 1);
    orgsim_problems_free(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_long_text_is_cut_between_characters),
        cmocka_unit_test(test_problems_are_sorted),
        cmocka_unit_test(test_out_of_memory_keeps_the_earlier_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
