/* test_saved.c: results read back from a folder are those that were computed, bit for bit; folders of other formats and broken ones are told */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <orgsim/orgsim.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/report.h"

#define WORLDS 256

static char home[64] = "/tmp/orgsim-saved-XXXXXX";
static struct orgsim_results live;

static int on_block(void *context, const struct orgsim_block *block) { return report_block(context, block); }

/* Lives a few worlds of the small scenario and leaves the folder `run`. */
static int run_once(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    struct report *report = NULL;
    if (!mkdtemp(home) || chdir(home)) return 1;
    if (orgsim_scenario_load(ORGSIM_SOURCE "/scenarios/startup", NULL, 0, &scenario, &problems)) return 1;
    const size_t arms[] = {1, 0, 2};
    struct orgsim_run_options options = {
        .seed = 7, .worlds = WORLDS, .threads = 1, .arms = arms, .n_arms = 3, .precision_metric = -1, .block = on_block};
    struct report_plan plan = {.scenario = scenario, .options = &options, .command = "orgsim run startup", .output = "run", .outcomes = true};
    int status = report_open(&report, &plan, &where);
    options.context = report;
    if (!status) status = orgsim_run(scenario, &options, &live, &where);
    if (!status) status = report_finish(report, &live, false, &where);
    report_free(report);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    if (status) print_message("%s: %s\n", where.file, where.what);
    return status;
}

static int clean(void **state)
{
    (void)state;
    orgsim_results_free(&live);
    return chdir("/") || file_remove_tree(home, NULL);
}

/* The same number, where nan is the same as nan. */
static void assert_same(double a, double b)
{
    if (isnan(a) && isnan(b)) return;
    assert_memory_equal(&a, &b, sizeof a);
}

static void results_come_back_bit_for_bit(void **state)
{
    (void)state;
    struct orgsim_saved saved = {0};
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_saved_read("run", &saved, &where), 0);
    assert_int_equal(saved.format, ORGSIM_SAVED_FORMAT);
    assert_int_equal(saved.worlds, WORLDS);
    assert_int_equal(saved.seed, 7);
    assert_int_equal(saved.interrupted, 0);
    assert_int_equal(saved.n_arms, live.n_arms);
    assert_int_equal(saved.baseline, live.baseline);
    assert_int_equal(saved.headline, live.headline);
    assert_string_equal(saved.arm[live.baseline], "none");
    assert_int_equal(saved.n_weeks, live.n_weeks);
    assert_int_equal(saved.n_packages, live.n_packages);
    assert_true(fabs(saved.plan_weeks - live.plan_weeks) <= 1e-13 * live.plan_weeks); /* JSON keeps 15 digits */
    for (size_t i = 0; i < live.n_arms * ORGSIM_METRIC_COUNT; i++) {
        assert_same(saved.summary[i].mean, live.summary[i].mean);
        assert_same(saved.summary[i].se, live.summary[i].se);
        for (int q = 0; q < ORGSIM_QUANTILES; q++) assert_same(saved.summary[i].quantile[q], live.summary[i].quantile[q]);
        if (i / ORGSIM_METRIC_COUNT == live.baseline) continue;
        assert_same(saved.comparison[i].mean_difference, live.comparison[i].mean_difference);
        assert_same(saved.comparison[i].ci_low, live.comparison[i].ci_low);
        assert_same(saved.comparison[i].ci_high, live.comparison[i].ci_high);
        assert_same(saved.comparison[i].se, live.comparison[i].se);
        assert_same(saved.comparison[i].both_complete_difference, live.comparison[i].both_complete_difference);
        assert_same(saved.comparison[i].rescued_share, live.comparison[i].rescued_share);
        assert_same(saved.comparison[i].lost_share, live.comparison[i].lost_share);
    }
    for (size_t i = 0; i < live.n_arms * live.n_weeks * ORGSIM_TIMELINE_COUNT; i++) {
        assert_same(saved.timeline[i].mean, live.timeline[i].mean);
        assert_same(saved.timeline[i].p10, live.timeline[i].p10);
        assert_same(saved.timeline[i].p50, live.timeline[i].p50);
        assert_same(saved.timeline[i].p90, live.timeline[i].p90);
    }
    for (size_t i = 0; i < live.n_arms * live.n_packages; i++) {
        assert_same(saved.packages[i].criticality, live.packages[i].criticality);
        assert_same(saved.packages[i].cruciality, live.packages[i].cruciality);
    }
    orgsim_saved_free(&saved);
    orgsim_saved_free(&saved);
}

/* Changes the first `find` of a file of the folder, reads, puts the file back. */
static int read_changed(const char *file, const char *find, const char *put, struct orgsim_where *where)
{
    struct orgsim_saved saved = {0};
    struct text changed = {0};
    char path[64], *data;
    size_t n;
    snprintf(path, sizeof path, "run/%s", file);
    assert_int_equal(file_read(path, 1 << 26, &data, &n, where), 0);
    const char *at = find ? strstr(data, find) : data + n;
    assert_non_null(at);
    text_add_n(&changed, data, find ? (size_t)(at - data) : 0);
    text_add(&changed, put);
    if (find) text_add(&changed, at + strlen(find));
    *where = (struct orgsim_where){0};
    assert_int_equal(file_write(path, changed.s ? changed.s : "", changed.n, where), 0);
    int status = orgsim_saved_read("run", &saved, where);
    orgsim_saved_free(&saved);
    struct orgsim_where ignored = {0};
    assert_int_equal(file_write(path, data, n, &ignored), 0);
    memory_free(data);
    text_free(&changed);
    return status;
}

static void other_formats_are_told_apart(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    assert_int_equal(read_changed("manifest.json", "\"format\": 1", "\"format\": 2", &where), ORGSIM_ERROR_TOO_NEW);
    assert_string_equal(where.file, "run/manifest.json");
    assert_string_equal(where.what, "is of format 2, written by orgsim " ORGSIM_VERSION "; this version knows format 1");
    assert_int_equal(read_changed("manifest.json", "\"format\": 1", "\"format\": 0", &where), ORGSIM_ERROR_TOO_OLD);
    assert_string_equal(where.what, "is of format 0, written by orgsim " ORGSIM_VERSION "; this version knows format 1");
    assert_string_not_equal(orgsim_error_text(ORGSIM_ERROR_TOO_OLD), orgsim_error_text(ORGSIM_ERROR_TOO_NEW));
}

static void broken_folders_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *file, *find, *put, *what;
        size_t line;
    } faults[] = {
        {"manifest.json", "\"format\": 1", "\"format\": \"one\"", "is not a manifest of orgsim", 0},
        {"manifest.json", NULL, "{\"name\": \"a web page\"}", "is not a manifest of orgsim", 0},
        {"manifest.json", NULL, "", NULL, 1},
        {"manifest.json", "\"baseline_arm\": \"none\"", "\"baseline_arm\": \"nobody\"",
         "its manifest.json names no arms, or not the baseline and headline arms among them", 0},
        {"summary.csv", ",p50,", ",median,", "column \"p50\" is missing", 1},
        {"summary.csv", "\nnone,finish_week,week,", "\nnobody,finish_week,week,", "manifest.json does not name this arm: \"nobody\"", 0},
        {"summary.csv", ",finish_week,week,", ",finish_week,week,x", NULL, 2},
        {"comparison.csv", NULL, "", "the file has no header", 0},
        {"timeline.csv", ",0,progress_true,", ",1e9,progress_true,", "this is not a week: \"1e9\"", 2},
        {"timeline.csv", ",0,progress_true,", ",0.5,progress_true,", "this is not a week: \"0.5\"", 2},
        {"packages.csv", "arm,package,", "arm,parcel,", "column \"package\" is missing", 1},
    };
    for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) {
        struct orgsim_where where = {0};
        int status = read_changed(faults[k].file, faults[k].find, faults[k].put, &where);
        if (status != ORGSIM_ERROR_IO || (faults[k].what && strcmp(where.what, faults[k].what)))
            fail_msg("fault %zu: status %d, %s:%zu: %s", k, status, where.file, where.line, where.what);
        if (faults[k].line) assert_int_equal(where.line, faults[k].line);
        assert_true(where.todo[0]);
    }
    struct orgsim_saved saved = {0};
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_saved_read("nowhere", &saved, &where), ORGSIM_ERROR_IO);
    assert_string_equal(where.file, "nowhere");
    assert_int_equal(orgsim_saved_read("nowhere", &saved, NULL), ORGSIM_ERROR_IO);
    orgsim_saved_free(&saved);
}

/* What a later version may add without a new format. */
static void additions_are_passed_over(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    assert_int_equal(read_changed("packages.csv", "arm,package,criticality,cruciality\n", "arm,package,cruciality,criticality\n", &where), 0);
    assert_int_equal(read_changed("summary.csv", ",finish_week,", ",a_new_metric,", &where), 0);
    assert_int_equal(read_changed("manifest.json", "\"format\": 1", "\"format\": 1, \"new\": [1, {}]", &where), 0);
}

static void memory_failures_are_survived(void **state)
{
    (void)state;
    bool finished = false;
    for (size_t nth = 1; !finished; nth += nth < 60 ? 1 : 97) {
        struct orgsim_saved saved = {0};
        struct orgsim_where where = {0};
        memory_fail_at(nth);
        int status = orgsim_saved_read("run", &saved, &where);
        finished = memory_fail_at(0) < nth;
        assert_int_equal(status, finished ? 0 : ORGSIM_ERROR_MEMORY);
        orgsim_saved_free(&saved);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_back_bit_for_bit), cmocka_unit_test(other_formats_are_told_apart), cmocka_unit_test(broken_folders_are_told),
        cmocka_unit_test(additions_are_passed_over),     cmocka_unit_test(memory_failures_are_survived),
    };
    return cmocka_run_group_tests(tests, run_once, clean);
}
