/* A file of PSPLIB becomes the scenario that it describes, and one that is not what it should be is refused with the line and the reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "scenario/import_psplib.h"

static char *kitchen;
static size_t kitchen_n;

static int open_kitchen(void **state)
{
    (void)state;
    return file_read(ORGSIM_SOURCE "/tests/scenario/psplib/kitchen.sm", IMPORT_PSPLIB_BYTES, &kitchen, &kitchen_n, NULL);
}

static int close_kitchen(void **state)
{
    (void)state;
    memory_free(kitchen);
    return 0;
}

/* Longest path, weeks: 2 (4), 5 (2), 6 (5), 7 (0), 9 (3) = 14; 2, 4 (7), 7, 9 = 14 too. */
static void test_read(void **state)
{
    (void)state;
    struct import_psplib p;
    struct orgsim_problems problems = {0};
    assert_int_equal(import_psplib_read(&p, "kitchen.sm", kitchen, kitchen_n, &problems), 0);
    assert_int_equal(problems.n, 0);
    assert_int_equal(p.n_jobs, 10);
    assert_int_equal(p.n_links, 12);
    assert_int_equal(p.n_resources, 2);
    assert_int_equal(p.capacity[0], 4);
    assert_int_equal(p.capacity[1], 3);
    assert_int_equal(p.duration[3], 7);
    assert_int_equal(p.longest, 14);
    assert_int_equal(p.first[1], 2);
    assert_int_equal(p.successor[p.first[4]], 5); /* 5 is followed by 6 and 8 */
    assert_int_equal(p.successor[p.first[4] + 1], 7);
    import_psplib_free(&p);
}

static bool has(const struct text *text, const char *what) { return text->s && strstr(text->s, what); }

static void test_tables(void **state)
{
    (void)state;
    struct import_psplib p;
    struct orgsim_problems problems = {0};
    struct text texts[TABLES] = {{0}}, page = {0};
    assert_int_equal(import_psplib_read(&p, "kitchen.sm", kitchen, kitchen_n, &problems), 0);
    import_psplib_tables(&p, "kitchen", texts);
    import_psplib_page(&p, "kitchen", &page);
    assert_true(has(&texts[TABLE_PROGRAM], "\nname,kitchen,,\n"));
    assert_true(has(&texts[TABLE_TEAMS], "\nPROJECT,the project,8,,,,,\n"));
    assert_true(has(&texts[TABLE_PACKAGES], "\nJ4,job 4,PROJECT,,,5.6,7,11.2,,1,,\n"));
    assert_true(has(&texts[TABLE_PACKAGES], "\nJ7,job 7,PROJECT,,,0.000001,0.000001,0.000001,,1,,\n")); /* a milestone stays a link */
    assert_false(has(&texts[TABLE_PACKAGES], "\nJ1,"));
    assert_false(has(&texts[TABLE_PACKAGES], "\nJ10,"));
    assert_true(has(&texts[TABLE_DEPENDENCIES], "\nJ2,J4,,,yes\nJ2,J5,,,yes\nJ3,J5,,,yes\n"));
    assert_false(has(&texts[TABLE_DEPENDENCIES], "J10"));
    assert_true(has(&page, "8 jobs, longest path 14 weeks"));
    assert_true(has(&page, "units of each: 4, 3."));
    for (enum table table = 0; table < TABLES; table++) text_free(&texts[table]);
    text_free(&page);
    import_psplib_free(&p);
}

/* The kitchen with one text in place of another; NULL when it is not there. */
static char *altered(const char *from, const char *to, size_t *n)
{
    char *at = strstr(kitchen, from);
    if (!at) return NULL;
    *n = kitchen_n - strlen(from) + strlen(to);
    char *data = memory_array(*n + 1, 1);
    assert_non_null(data);
    snprintf(data, *n + 1, "%.*s%s%s", (int)(at - kitchen), kitchen, to, at + strlen(from));
    return data;
}

static const struct { const char *from, *to, *what; size_t line; } spoilt[] = {
    {"jobs (incl. supersource/sink )", "jobs", "no line \"jobs (incl. supersource/sink ):\"", 0},
    {"/sink ):  10", "/sink ):  2", "the number of jobs cannot be read or is out of range", 6},
    {"/sink ):  10", "/sink ):  10001", "the number of jobs cannot be read or is out of range", 6},
    {"/sink ):  10", "/sink ):  -10", "the number of jobs cannot be read or is out of range", 6},
    {"/sink ):  10", "/sink ):  4294967306", "the number of jobs cannot be read or is out of range", 6},
    {"/sink ):  10", "/sink ):  11", "this is not the row of the next job", 29},
    {"/sink ):  10", "/sink ):  9", "a successor is missing, repeated, unknown or comes before the job", 26},
    {"  - renewable                 :  2", "  - renewable                 :  65", "the number of resources cannot be read or is too large", 9},
    {"  - renewable                 :  2", "  - renewable                 :  3", "the row has other numbers than it should", 33},
    {"PRECEDENCE RELATIONS:", "PRECEDENCE:", "no line \"PRECEDENCE RELATIONS:\"", 0},
    {"   2        1          2           4   5", "   2        2          2           4   5", "the job has not exactly one mode", 20},
    {"   2        1          2           4   5", "   2        1          3           4   5", "a successor is missing, repeated, unknown or comes before the job", 20},
    {"   2        1          2           4   5", "   2        1          2           4   4", "a successor is missing, repeated, unknown or comes before the job", 20},
    {"   2        1          2           4   5", "   2        1          2           4   11", "a successor is missing, repeated, unknown or comes before the job", 20},
    {"   2        1          2           4   5", "   2        1          1           4   5", "something follows the successors", 20},
    {"   2        1          2           4   5", "   2        1          x           4   5", "the number of successors cannot be read", 20},
    {"   5        1          2           6   8", "   5        1          2           3   8", "a successor is missing, repeated, unknown or comes before the job", 23},
    {"   5        1          2           6   8", "   5        1          2           5   8", "a successor is missing, repeated, unknown or comes before the job", 23},
    {"   5        1          2           6   8\n", "", "this is not the row of the next job", 23},
    {"REQUESTS/DURATIONS:", "DURATIONS:", "no line \"REQUESTS/DURATIONS:\"", 0},
    {"  4      1     7       3    0", "  4      1     -7      3    0", "the row has other numbers than it should", 36},
    {"  4      1     7       3    0", "  4      1     7.5     3    0", "the row has other numbers than it should", 36},
    {"  4      1     7       3    0", "  4      1     7       3", "the row has other numbers than it should", 36},
    {"  4      1     7       3    0", "  4      1     7       3    0    0", "the row has other numbers than it should", 36},
    {"  4      1     7       3    0", "  4      1     867     3    0", "the longest path is above 866 weeks", 0},
    {"  4      1     7       3    0", "  4      1     999999999 3  0", "the longest path is above 866 weeks", 0},
    {"  1      1     0       0    0", "  1      1     1       0    0", "the first and the last job should take no time", 0},
    {"RESOURCEAVAILABILITIES:", "WHAT THERE IS:", "no line \"RESOURCEAVAILABILITIES:\"", 0},
    {"    4    3", "    4", "what there is of the resources cannot be read", 46},
};

static void test_spoilt(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof spoilt / sizeof *spoilt; k++) {
        struct import_psplib p;
        struct orgsim_problems problems = {0};
        size_t n = 0;
        char *data = altered(spoilt[k].from, spoilt[k].to, &n);
        assert_non_null(data);
        assert_int_equal(import_psplib_read(&p, "spoilt.sm", data, n, &problems), ORGSIM_ERROR_SCENARIO);
        assert_true(problems.n > 0);
        if (strcmp(problems.list[0].where.what, spoilt[k].what) != 0)
            fail_msg("%s => %s: line %zu: %s", spoilt[k].from, spoilt[k].to, problems.list[0].where.line, problems.list[0].where.what);
        if (problems.list[0].where.line != spoilt[k].line)
            fail_msg("%s => %s: line %zu, expected %zu", spoilt[k].from, spoilt[k].to, problems.list[0].where.line, spoilt[k].line);
        assert_string_equal(problems.list[0].where.file, "spoilt.sm");
        assert_true(problems.list[0].where.todo[0] != '\0');
        orgsim_problems_free(&problems);
        import_psplib_free(&p);
        memory_free(data);
    }
}

/* Cut anywhere, or with one byte exchanged for any of a few: an answer, whatever it is, and nothing out of bounds (sanitizers watch). */
static void test_cut_and_garbled(void **state)
{
    (void)state;
    static const char bytes[] = {'\0', '\n', ' ', '9', '-', '\xff', ':'};
    char *data = memory_array(kitchen_n, 1);
    assert_non_null(data);
    memcpy(data, kitchen, kitchen_n);
    for (size_t at = 0; at <= kitchen_n; at++)
        for (size_t b = 0; b <= sizeof bytes; b++) {
            struct import_psplib p;
            struct orgsim_problems problems = {0};
            if (b < sizeof bytes && at < kitchen_n) data[at] = bytes[b];
            int error = import_psplib_read(&p, "garbled.sm", data, b < sizeof bytes ? kitchen_n : at, &problems);
            assert_true(error == 0 || (error == ORGSIM_ERROR_SCENARIO && problems.n > 0));
            if (error == 0) assert_true(p.n_jobs <= 10 && p.n_links <= 45);
            orgsim_problems_free(&problems);
            import_psplib_free(&p);
            if (at < kitchen_n) data[at] = kitchen[at];
        }
    memory_free(data);
}

static void test_crlf(void **state)
{
    (void)state;
    struct import_psplib p;
    struct orgsim_problems problems = {0};
    char *data = memory_array(2 * kitchen_n, 1);
    size_t n = 0;
    assert_non_null(data);
    for (size_t k = 0; k < kitchen_n; k++) {
        if (kitchen[k] == '\n') data[n++] = '\r';
        data[n++] = kitchen[k];
    }
    assert_int_equal(import_psplib_read(&p, "crlf.sm", data, n, &problems), 0);
    assert_int_equal(p.longest, 14);
    import_psplib_free(&p);
    memory_free(data);
}

static void test_memory(void **state)
{
    (void)state;
    int error = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; error == ORGSIM_ERROR_MEMORY; nth++) {
        struct import_psplib p;
        struct orgsim_problems problems = {0};
        assert_true(nth < 100);
        memory_fail_at(nth);
        error = import_psplib_read(&p, "kitchen.sm", kitchen, kitchen_n, &problems);
        memory_fail_at(0);
        import_psplib_free(&p);
        orgsim_problems_free(&problems);
    }
    assert_int_equal(error, 0);
}

/* The whole collection, where it is at hand. */
static void test_collection(void **state)
{
    (void)state;
    char path[1200];
    const char *data = getenv("ORGSIM_DATA");
    snprintf(path, sizeof path, "%s/psplib", data ? data : ORGSIM_SOURCE "/../shared/data");
    DIR *folder = opendir(path);
    size_t files = 0;
    if (!folder) {
        print_message("skipped: no projects of PSPLIB in %s; ORGSIM_DATA names the folder above psplib/\n", path);
        skip();
        return;
    }
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        struct import_psplib p;
        struct orgsim_problems problems = {0};
        char *text = NULL, file[1500];
        size_t n = 0, length = strlen(entry->d_name);
        if (length < 4 || strcmp(entry->d_name + length - 3, ".sm") != 0) continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        assert_int_equal(file_read(file, IMPORT_PSPLIB_BYTES, &text, &n, NULL), 0);
        if (import_psplib_read(&p, entry->d_name, text, n, &problems)) fail_msg("%s: %s", entry->d_name, problems.list[0].where.what);
        assert_true(p.n_jobs == 32 || p.n_jobs == 62 || p.n_jobs == 92 || p.n_jobs == 122);
        import_psplib_free(&p);
        memory_free(text);
        files++;
    }
    closedir(folder);
    print_message("%zu files\n", files);
    assert_true(files > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),  cmocka_unit_test(test_tables), cmocka_unit_test(test_spoilt),     cmocka_unit_test(test_cut_and_garbled),
        cmocka_unit_test(test_crlf), cmocka_unit_test(test_memory), cmocka_unit_test(test_collection),
    };
    return cmocka_run_group_tests(tests, open_kitchen, close_kitchen);
}
