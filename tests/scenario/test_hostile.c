/* test_hostile.c: files made to hurt are answered with a message, soon, and in bounded memory */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "scenario/folder.h"

#define MEGABYTE ((size_t)1 << 20)
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SECONDS_MOST 30.0
#define CHECKED 1
#else
#define SECONDS_MOST 3.0 /* each takes a fraction of a second on an idle machine */
#define CHECKED 0
#endif
#define KILOBYTES_MOST 700000 /* a file of 64 MB, its cells and its text, with room */

static char folder[64];

static char *path_of(char path[256], const char *name)
{
    snprintf(path, 256, "%s/%s", folder, name);
    return path;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Loads the folder and expects `message` first among its problems, soon. */
static void expect(int status, const char *message)
{
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    char text[1200];
    double start = now();
    assert_int_equal(orgsim_scenario_load(folder, NULL, 0, &scenario, &problems), status);
    assert_true(now() - start < SECONDS_MOST);
    assert_null(scenario);
    assert_true(problems.n > 0);
    assert_string_equal(folder_message(text, folder, &problems.list[0]), message);
    orgsim_problems_free(&problems);
}

/* features.csv, which nothing needs, is n bytes: the pattern again and again. */
static void write_pattern(const char *start, const char *pattern, size_t n)
{
    char path[256];
    size_t length = strlen(pattern);
    FILE *file = fopen(path_of(path, "features.csv"), "wb");
    assert_non_null(file);
    char *chunk = malloc(MEGABYTE);
    assert_non_null(chunk);
    for (size_t i = 0; i < MEGABYTE; i++) chunk[i] = length ? pattern[i % length] : '\0';
    assert_true(fputs(start, file) >= 0);
    for (size_t left = n - strlen(start); left;) {
        size_t part = left < MEGABYTE ? left : MEGABYTE - MEGABYTE % (length ? length : 1);
        assert_int_equal(fwrite(chunk, 1, part, file), part);
        left -= part;
    }
    free(chunk);
    assert_int_equal(fclose(file), 0);
}

static void replace(const char *name)
{
    char path[256];
    assert_int_equal(unlink(path_of(path, name)), 0);
}

static int create(void **state)
{
    (void)state;
    folder_create(folder);
    return 0;
}

static int destroy(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

static void a_gigabyte_is_refused_unread(void **state)
{
    (void)state;
    char path[256];
    int handle = open(path_of(path, "features.csv"), O_WRONLY | O_TRUNC);
    assert_true(handle >= 0);
    assert_int_equal(ftruncate(handle, (off_t)(1024 * MEGABYTE)), 0); /* a hole: no disk is used */
    close(handle);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv: the file is larger than 64 MB; give a smaller one");
}

static void one_line_of_64_megabytes(void **state)
{
    (void)state;
    write_pattern("", "a", 64 * MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO,
           "features.csv:1:1: column \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...\" is not known; known are feature, "
           "name, value_low_k_per_week, value_mode_k_per_week, value_high_k_per_week, probability_of_value, origin");
}

static void one_cell_of_64_megabytes(void **state)
{
    (void)state;
    write_pattern("feature\n", "a", 64 * MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO, "packages.csv:2:4: feature \"F1\" is not in features.csv; add it there or correct the name");
}

static void nothing_but_NULs(void **state)
{
    (void)state;
    write_pattern("", "", 8 * MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv:1:1: the cell holds a NUL byte; save the file as UTF-8 text");
}

static void rows_of_NULs(void **state)
{
    (void)state;
    write_pattern("feature,name\nF1,Checkout\nF2,Reports\n", "", MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv:4:1: the cell holds a NUL byte; save the file as UTF-8 text");
}

static void nothing_but_invalid_UTF8(void **state)
{
    (void)state;
    write_pattern("feature,name\nF2,", "\xc3\x28\xf5\xc0\xaf", 8 * MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv:2:2: the cell is not UTF-8; save the file as UTF-8");
}

static void ten_million_columns(void **state)
{
    (void)state;
    write_pattern("feature", ",a", 20 * MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv:1:10001: too many columns; at most 10000 columns are read");
}

static void ten_million_blank_columns(void **state)
{
    (void)state;
    write_pattern("feature,name\nF1,x", ",", 10 * MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv:2:10001: too many columns; at most 10000 columns are read");
}

static void quotes_within_quotes(void **state)
{
    (void)state;
    write_pattern("feature,name\nF1,", "\"", 32 * MEGABYTE + 1);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv:2:2: a quote is opened here and never closed; close it");
}

static void millions_of_rows(void **state)
{
    (void)state;
    write_pattern("feature\n", "x\n", 16 * MEGABYTE);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv:1000002:1: too many rows; at most 1000000 rows are read");
}

static void thousands_of_faults_are_not_all_listed(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    write_pattern("feature,name\n", "F,a,b\n", 60000);
    assert_int_equal(orgsim_scenario_load(folder, NULL, 0, &scenario, &problems), ORGSIM_ERROR_SCENARIO);
    assert_true(problems.n < 200);
    orgsim_problems_free(&problems);
}

static void a_pipe_does_not_wait(void **state)
{
    (void)state;
    char path[256];
    replace("features.csv");
    assert_int_equal(mkfifo(path_of(path, "features.csv"), 0600), 0);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv: is a folder, a pipe or a device; put a plain file there");
}

static void a_folder_in_place_of_a_file(void **state)
{
    (void)state;
    char path[256];
    replace("features.csv");
    assert_int_equal(mkdir(path_of(path, "features.csv"), 0700), 0);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv: is a folder, a pipe or a device; put a plain file there");
}

static void a_link_to_itself(void **state)
{
    (void)state;
    char path[256];
    replace("features.csv");
    assert_int_equal(symlink("features.csv", path_of(path, "features.csv")), 0);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv: cannot open: Too many levels of symbolic links; choose another path");
}

static void a_device_without_end(void **state)
{
    (void)state;
    char path[256];
    replace("features.csv");
    assert_int_equal(symlink("/dev/zero", path_of(path, "features.csv")), 0);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv: is a folder, a pipe or a device; put a plain file there");
}

static void an_unreadable_file(void **state)
{
    (void)state;
    char path[256];
    if (geteuid() == 0) skip(); /* root reads everything */
    assert_int_equal(chmod(path_of(path, "features.csv"), 0), 0);
    expect(ORGSIM_ERROR_SCENARIO, "features.csv: cannot open: Permission denied; check its permissions");
}

static void an_effort_file_that_is_a_pipe(void **state)
{
    (void)state;
    char path[256];
    const char *text = "package,team,effort_mode_pw,distribution\nP1,PAY,3,empirical:past.csv\n";
    assert_int_equal(mkfifo(path_of(path, "past.csv"), 0600), 0);
    folder_write(folder, "packages.csv", text, strlen(text));
    expect(ORGSIM_ERROR_SCENARIO, "past.csv: is a folder, a pipe or a device; put a plain file there");
}

static void a_missing_folder(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    char text[1200], loop[80], message[300];
    assert_int_equal(orgsim_scenario_load("/nonexistent/atlas", NULL, 0, &scenario, &problems), ORGSIM_ERROR_SCENARIO);
    assert_string_equal(folder_message(text, "-", &problems.list[0]),
                        "/nonexistent/atlas: there is no such folder; name the folder that holds the scenario's tables");
    orgsim_problems_free(&problems);
    snprintf(loop, sizeof loop, "%s/loop", folder);
    assert_int_equal(symlink("loop", loop), 0);
    assert_int_equal(orgsim_scenario_load(loop, NULL, 0, &scenario, &problems), ORGSIM_ERROR_SCENARIO);
    snprintf(message, sizeof message, "%s: there is no such folder; name the folder that holds the scenario's tables", loop);
    assert_string_equal(folder_message(text, "-", &problems.list[0]), message);
    assert_null(scenario);
    orgsim_problems_free(&problems);
}

/* The last test: what all the others took. */
static void memory_was_bounded(void **state)
{
    (void)state;
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    if (!CHECKED) assert_true(usage.ru_maxrss < KILOBYTES_MOST);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, create, destroy)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_gigabyte_is_refused_unread),
        IN_A_FOLDER(one_line_of_64_megabytes),
        IN_A_FOLDER(one_cell_of_64_megabytes),
        IN_A_FOLDER(nothing_but_NULs),
        IN_A_FOLDER(rows_of_NULs),
        IN_A_FOLDER(nothing_but_invalid_UTF8),
        IN_A_FOLDER(ten_million_columns),
        IN_A_FOLDER(ten_million_blank_columns),
        IN_A_FOLDER(quotes_within_quotes),
        IN_A_FOLDER(millions_of_rows),
        IN_A_FOLDER(thousands_of_faults_are_not_all_listed),
        IN_A_FOLDER(a_pipe_does_not_wait),
        IN_A_FOLDER(a_folder_in_place_of_a_file),
        IN_A_FOLDER(a_link_to_itself),
        IN_A_FOLDER(a_device_without_end),
        IN_A_FOLDER(an_unreadable_file),
        IN_A_FOLDER(an_effort_file_that_is_a_pipe),
        IN_A_FOLDER(a_missing_folder),
        cmocka_unit_test(memory_was_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
