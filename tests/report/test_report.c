/* test_report.c: the results folder: complete or absent, never overwritten by surprise, the same bytes again */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/fabricate.h"

#define DATA_MOST ((size_t)64 << 20)

static char home[] = "/tmp/orgsim-report-XXXXXX";

static int enter(void **state)
{
    (void)state;
    return !mkdtemp(home) || chdir(home);
}

static int leave(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    return chdir("/") || file_remove_tree(home, &where);
}

static bool have_gnuplot(void) { return access("/usr/bin/gnuplot", X_OK) == 0; }

static size_t entries(const char *folder)
{
    DIR *d = opendir(folder);
    size_t n = 0;
    assert_non_null(d);
    while (readdir(d)) n++;
    closedir(d);
    return n - 2;
}

/* The whole of a run: the worlds in blocks of 128, so that streaming is what is tested. */
static int write_report(struct fabricated *f, char *folder, size_t folder_size, struct orgsim_where *where)
{
    struct report *report;
    int status = report_open(&report, &f->plan, where);
    if (status) {
        assert_null(report);
        return status;
    }
    float *block = calloc((size_t)FABRICATE_ARMS * ORGSIM_METRIC_COUNT * 128, sizeof *block);
    for (uint64_t first = 0; !status && first < FABRICATE_WORLDS; first += 128) {
        for (size_t am = 0; am < (size_t)FABRICATE_ARMS * ORGSIM_METRIC_COUNT; am++) {
            memcpy(block + am * 128, f->values + am * FABRICATE_WORLDS + first, 128 * sizeof *block);
        }
        status = report_block(report, &(struct orgsim_block){first, 128, FABRICATE_ARMS, block});
    }
    free(block);
    if (!status) status = report_finish(report, &f->results, false, where);
    if (folder) snprintf(folder, folder_size, "%s", report_folder(report));
    report_free(report);
    return status;
}

static char *contents(const char *folder, const char *name)
{
    char *path = file_join(folder, name), *data = NULL;
    size_t n;
    struct orgsim_where where = {0};
    assert_int_equal(file_read(path, DATA_MOST, &data, &n, &where), 0);
    memory_free(path);
    return data;
}

static void assert_same(const char *a, const char *b, const char *name)
{
    char *x = contents(a, name), *y = contents(b, name);
    assert_string_equal(x, y);
    memory_free(x);
    memory_free(y);
}

static void names_count_up_and_bytes_repeat(void **state)
{
    (void)state;
    static const char *const names[] = {"outcomes.csv",      "summary.csv",         "comparison.csv",   "timeline.csv",
                                        "packages.csv",      "assumptions.csv",     "manifest.json",    "report.html",
                                        "figures/finish.gp", "figures/promise.dat", "figures/value.dat"};
    static const char *const drawn[] = {"figures/finish.svg", "figures/promise.svg", "figures/value.svg"};
    struct fabricated *f = fabricate(&fabricate_pays);
    f->plan.figures = have_gnuplot();
    char first[64], second[64];
    struct orgsim_where where = {0};
    assert_int_equal(write_report(f, first, sizeof first, &where), 0);
    f->options.threads = 5; /* must reach run.log only */
    f->results.isa = "avx2";
    assert_int_equal(write_report(f, second, sizeof second, &where), 0);
    assert_string_equal(first, "./orgsim-results/scenario-1");
    assert_string_equal(second, "./orgsim-results/scenario-2");
    assert_int_equal(entries("orgsim-results"), 2);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) assert_same(first, second, names[i]);
    for (size_t i = 0; f->plan.figures && i < sizeof drawn / sizeof *drawn; i++) assert_same(first, second, drawn[i]);
    char *log = contents(second, "run.log");
    assert_non_null(strstr(log, "threads: 5"));
    assert_non_null(strstr(log, "avx2"));
    memory_free(log);
    fabricate_free(f);
}

static void tables_have_the_promised_columns(void **state)
{
    (void)state;
    struct fabricate_shape shape = fabricate_pays;
    shape.never[0] = 0.3;
    struct fabricated *f = fabricate(&shape);
    struct orgsim_where where = {0};
    f->plan.output = "columns";
    f->plan.figures = false;
    assert_int_equal(write_report(f, NULL, 0, &where), 0);
    static const struct {
        const char *name, *header;
        size_t rows;
    } tables[] = {
        {"outcomes.csv", "world,arm,finish_week,slip,", FABRICATE_WORLDS * FABRICATE_ARMS},
        {"summary.csv", "arm,metric,unit,mean,se,p05,p10,p20,p25,p50,p75,p80,p90,p95,p05_ci_low,p05_ci_high,p10_ci_low,", FABRICATE_ARMS * ORGSIM_METRIC_COUNT},
        {"comparison.csv", "arm,baseline,metric,unit,mean_difference,ci_low,ci_high,se,n,both_complete_difference,rescued_share,lost_share,p20_difference,p20_ci_low,p20_ci_high,p50_difference,p50_ci_low,p50_ci_high,p80_difference,p80_ci_low,p80_ci_high\n",
         (FABRICATE_ARMS - 1) * ORGSIM_METRIC_COUNT},
        {"quantiles.csv", "arm,percent,finish_week,npv_k,npv_k_difference,finish_week_ci_low,finish_week_ci_high,npv_k_ci_low,npv_k_ci_high,"
                          "npv_k_difference_ci_low,npv_k_difference_ci_high,finish_week_shift,finish_week_shift_ci_low,finish_week_shift_ci_high,"
                          "npv_k_shift,npv_k_shift_ci_low,npv_k_shift_ci_high\n", FABRICATE_ARMS * 101},
        {"timeline.csv", "arm,week,metric,mean,p10,p50,p90\n", FABRICATE_ARMS * FABRICATE_WEEKS * ORGSIM_TIMELINE_COUNT},
        {"packages.csv", "arm,package,criticality,cruciality\n", FABRICATE_ARMS * 2},
        {"assumptions.csv", "parameter,symbol,unit,value,", ASSUMPTION_COUNT},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char *data = contents("columns", tables[i].name);
        assert_int_equal(strncmp(data, tables[i].header, strlen(tables[i].header)), 0);
        size_t lines = 0;
        for (const char *s = data; *s; s++) lines += *s == '\n';
        assert_int_equal(lines, tables[i].rows + 1);
        memory_free(data);
    }
    char *summary = contents("columns", "summary.csv"), *packages = contents("columns", "packages.csv"),
         *outcomes = contents("columns", "outcomes.csv");
    assert_true(strstr(summary, ",inf,inf\n") && strstr(summary, ",p95_ci_low,p95_ci_high\n"));
    assert_non_null(strstr(packages, "'=PAY-2")); /* a spreadsheet must not compute a name */
    assert_non_null(strstr(outcomes, "\n4095,decouple,"));
    memory_free(summary);
    memory_free(packages);
    memory_free(outcomes);
    fabricate_free(f);
}

/* A run with figures that was interrupted, or whose figures were. */
static struct report *finished(struct fabricated *f, const char *folder, bool interrupted, bool hurry, const volatile int *stop)
{
    struct orgsim_where where = {0};
    struct report *report = NULL;
    f->options.stop = stop;
    f->plan.output = folder;
    f->plan.figures = true;
    f->plan.outcomes = false;
    f->plan.hurry = hurry;
    assert_int_equal(report_open(&report, &f->plan, &where), 0);
    int status = report_finish(report, &f->results, interrupted, &where);
    assert_true(status == 0 || status == ORGSIM_ERROR_TOOL); /* without gnuplot */
    return report;
}

/* Where there is no time, figures are left out: their scripts are there, the folder is whole, and it is said. */
static void figures_wait_when_there_is_no_time(void **state)
{
    (void)state;
    const volatile int stop = 1;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct text answer = {0};
    struct report *report = finished(f, "hurried", true, true, &stop);
    assert_true(report_hurried(report));
    const struct report_style style = {.interrupted = true, .hurried = report_hurried(report)};
    report_answer(&answer, &f->plan, &f->results, &style);
    assert_non_null(strstr(answer.s, "Left out"));
    assert_non_null(strstr(answer.s, "figures, which gnuplot -d NAME.gp in figures/ draws, because the run was interrupted\n"));
    char *log = contents("hurried", "run.log"), *page = contents("hurried", "report.html");
    assert_non_null(strstr(log, "figures: left out when the run was interrupted\n"));
    assert_non_null(strstr(page, "The figure was not drawn; <code>gnuplot -d finish.gp"));
    assert_true(file_exists("hurried/figures/finish.gp"));
    assert_false(file_exists("hurried/figures/finish.svg"));
    memory_free(log);
    memory_free(page);
    text_free(&answer);
    report_free(report);
    fabricate_free(f);
}

/* Interrupted while worlds were lived: there is time for figures of what was. Interrupted while they are drawn: the rest of them is left out. */
static void an_interruption_leaves_out_only_what_comes_after_it(void **state)
{
    (void)state;
    const volatile int stop = 1;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct report *of_worlds = finished(f, "of-worlds", true, false, &stop), *of_figures = finished(f, "of-figures", false, false, &stop);
    assert_false(report_hurried(of_worlds));
    assert_true(report_hurried(of_figures));
    assert_false(file_exists("of-figures/figures/finish.svg"));
    report_free(of_worlds);
    report_free(of_figures);
    fabricate_free(f);
}

static void an_existing_folder_is_safe(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct orgsim_where where = {0};
    f->plan.figures = f->plan.outcomes = false;
    f->plan.output = "mine/";
    assert_int_equal(file_make_folder("mine", &where), 0);
    assert_int_equal(file_write("mine/thesis.txt", "years", 5, &where), 0);
    assert_int_equal(write_report(f, NULL, 0, &where), ORGSIM_ERROR_USAGE);
    f->plan.force = true; /* still not a folder of results */
    assert_int_equal(write_report(f, NULL, 0, &where), ORGSIM_ERROR_USAGE);
    assert_int_equal(entries("mine"), 1);

    f->plan.output = "again";
    f->plan.force = false;
    assert_int_equal(write_report(f, NULL, 0, &where), 0);
    assert_int_equal(file_write("again/old", "", 0, &where), 0);
    assert_int_equal(write_report(f, NULL, 0, &where), ORGSIM_ERROR_USAGE);
    assert_true(file_exists("again/old"));
    f->plan.force = true;
    assert_int_equal(write_report(f, NULL, 0, &where), 0);
    assert_false(file_exists("again/old"));
    assert_true(file_exists("again/report.html"));
    fabricate_free(f);
}

static void an_unfinished_report_leaves_nothing(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct orgsim_where where = {0};
    struct report *report;
    size_t before = entries(".");
    f->plan.output = "unfinished";
    assert_int_equal(report_open(&report, &f->plan, &where), 0);
    assert_int_equal(entries("."), before + 1);
    assert_false(file_exists("unfinished"));
    report_free(report);
    assert_int_equal(entries("."), before);
    report_free(NULL);
    fabricate_free(f);
}

static void without_gnuplot_the_rest_stands(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct orgsim_where where = {0};
    char *path = strdup(getenv("PATH"));
    setenv("PATH", home, 1);
    f->plan.output = "plain";
    int status = write_report(f, NULL, 0, &where);
    setenv("PATH", path, 1);
    free(path);
    assert_int_equal(status, ORGSIM_ERROR_TOOL);
    assert_string_equal(where.file, "gnuplot");
    assert_non_null(strstr(where.todo, "gnuplot-nox"));
    assert_true(file_exists("plain/outcomes.csv") && file_exists("plain/report.html") && file_exists("plain/figures/value.gp"));
    char *page = contents("plain", "report.html");
    assert_non_null(strstr(page, "The figure was not drawn"));
    memory_free(page);
    fabricate_free(f);
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    size_t before = entries(".");
    f->plan.figures = f->plan.outcomes = false;
    f->plan.output = "memory";
    int status = ORGSIM_ERROR_MEMORY;
    size_t step = 1;
    for (size_t nth = 1; status; nth += step) {
        struct orgsim_where where = {0};
        memory_fail_at(nth);
        status = write_report(f, NULL, 0, &where);
        memory_fail_at(0);
        if (status) assert_int_equal(entries("."), before);
        if (nth > 60) step = 83; /* the first ones are the telling ones; the rest are alike */
    }
    assert_true(file_exists("memory/report.html"));
    fabricate_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_count_up_and_bytes_repeat), cmocka_unit_test(tables_have_the_promised_columns),
        cmocka_unit_test(figures_wait_when_there_is_no_time), cmocka_unit_test(an_interruption_leaves_out_only_what_comes_after_it),
        cmocka_unit_test(an_existing_folder_is_safe),      cmocka_unit_test(an_unfinished_report_leaves_nothing),
        cmocka_unit_test(without_gnuplot_the_rest_stands), cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
