/* report.c: the results folder: made beside its place, filled, and renamed into it when it is complete */
#include "report/report.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/attribution_csv.h"
#include "report/figure_write.h"
#include "report/ignorance.h"
#include "report/figures.h"
#include "report/manifest.h"
#include "report/page.h"
#include "report/place.h"
#include "report/tables.h"
#include "study/blocks.h"
#include "study/identity.h"

struct report {
    struct report_plan plan;
    struct place place;
    size_t *arms; /* arms of the scenario in the order of a block */
    struct file_writer outcomes;
    struct text line; /* scratch of outcomes.csv */
    time_t started;
    const volatile int *stop; /* once it is set, figures that are not drawn yet are left out; NULL: never */
    bool hurried;             /* some were */
    struct orgsim_where error;
};

static int open_outcomes(struct report *report, struct orgsim_where *where)
{
    if (!report->plan.outcomes) return ORGSIM_OK;
    char *path = file_join(report->place.partial, "outcomes.csv");
    if (!path) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    int status = file_create(&report->outcomes, path, where);
    memory_free(path);
    if (status) return status;
    tables_outcomes_header(&report->line);
    if (report->line.failed) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    if (fwrite(report->line.s, 1, report->line.n, report->outcomes.stream) == report->line.n) return ORGSIM_OK;
    return error_set(where, ORGSIM_ERROR_IO, report->outcomes.path, 0, 0, "is the disk full?", "cannot be written: %s", strerror(errno));
}

static int open_place(struct report *report, struct orgsim_where *where)
{
    const struct report_plan *plan = &report->plan;
    const struct identity identity = {plan->scenario, plan->options, {1, 1}, plan->command, plan->argc, plan->argv};
    struct text text = {0};
    if (plan->checkpoint) identity_write(&text, &identity);
    const struct place_plan asked = {.scenario = plan->scenario, .output = plan->output, .identity = text.s, .command = plan->command,
                                     .force = plan->force, .resume = plan->resume};
    int status = text.failed ? error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory") : place_open(&report->place, &asked, where);
    if (!status && report->place.blocks) blocks_set_interval(report->place.blocks, plan->checkpoint_seconds);
    text_free(&text);
    report->place.plan.identity = NULL;
    return status;
}

int report_open(struct report **opened, const struct report_plan *plan, struct orgsim_where *where)
{
    *opened = NULL;
    struct report *report = memory_array(1, sizeof *report);
    if (!report) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    report->plan = *plan;
    report->started = time(NULL);
    size_t n = plan->options->arms ? plan->options->n_arms : plan->scenario->n_arms;
    report->arms = memory_array(n, sizeof *report->arms);
    int status = report->arms ? ORGSIM_OK : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    for (size_t a = 0; !status && a < n; a++) report->arms[a] = plan->options->arms ? plan->options->arms[a] : a;
    if (!status) status = open_place(report, where);
    if (!status && !report->place.finished) status = open_outcomes(report, where);
    if (status) {
        report_free(report);
        return status;
    }
    *opened = report;
    return ORGSIM_OK;
}

int report_block(struct report *report, const struct orgsim_block *block)
{
    if (!report->plan.outcomes) return ORGSIM_OK;
    int status = tables_outcomes_block(report->outcomes.stream, &report->line, report->plan.scenario, report->arms, block);
    if (status == ORGSIM_ERROR_IO) {
        error_set(&report->error, status, report->outcomes.path, 0, 0, "free some space, or run with --no-outcomes", "cannot be written: %s",
                  strerror(errno));
    }
    return status;
}

const struct orgsim_where *report_error(const struct report *report) { return &report->error; }

bool report_is_finished(const struct report *report) { return report->place.finished; }

struct blocks *report_blocks(const struct report *report) { return report->place.blocks; }

bool report_hurried(const struct report *report) { return report->hurried; }

const char *report_folder(const struct report *report) { return report->place.target; }

static int write_text(const struct report *report, const char *name, struct text *text, struct orgsim_where *where)
{
    char *path = file_join(report->place.partial, name);
    int status = path && !text->failed ? file_write(path, text->s ? text->s : "", text->n, where)
                                       : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    memory_free(path);
    text_free(text);
    return status;
}

static int write_tables(const struct report *report, const struct finding *finding, struct orgsim_where *where)
{
    static const struct {
        const char *name;
        void (*write)(struct text *, const struct finding *);
    } tables[] = {
        {"summary.csv", tables_summary},   {"comparison.csv", tables_comparison},   {"timeline.csv", tables_timeline},
        {"quantiles.csv", tables_quantiles}, {"packages.csv", tables_packages}, {"assumptions.csv", tables_assumptions},
    };
    int status = ORGSIM_OK;
    for (size_t i = 0; !status && i < sizeof tables / sizeof *tables; i++) {
        struct text text = {0};
        tables[i].write(&text, finding);
        status = write_text(report, tables[i].name, &text, where);
    }
    return status;
}

/* The part of a run that it may leave out. */
static int write_attribution(const struct report *report, struct orgsim_where *where)
{
    struct text text = {0};
    if (!report->plan.attribution || report->plan.attribution->worlds == 0) return ORGSIM_OK;
    attribution_csv_write(&text, report->plan.attribution);
    return write_text(report, "attribution.csv", &text, where);
}

/* Whether what takes long is to be left out. */
static bool is_hurried(struct report *report)
{
    if (report->stop && *report->stop && report->plan.figures) report->hurried = true;
    return report->hurried;
}

/* The figure is one of those that may be missing when gnuplot is. */
static int write_ignorance(struct report *report, const struct finding *finding, int *tool, struct orgsim_where *where)
{
    const struct orgsim_ignorance *ignorance = report->plan.ignorance;
    struct text summary = {0}, draws = {0}, footnote = {0};
    struct figure figure = {0};
    if (!ignorance || ignorance->draws == 0) return ORGSIM_OK;
    ignorance_csv(&summary, finding, ignorance);
    ignorance_draws_csv(&draws, finding, ignorance);
    int status = write_text(report, "ignorance.csv", &summary, where);
    int second = write_text(report, "ignorance_draws.csv", &draws, where);
    if (!status) status = second;
    if (!status && ignorance_told(ignorance)) {
        text_format(&footnote, "%s draws, seed %" PRIu64 ". A simulation of stated assumptions, not a measurement of your organisation.",
                    shown_number((double)ignorance->draws, 0, 0).s, report->plan.options->seed);
        ignorance_figure(&figure, finding, ignorance, footnote.s ? footnote.s : "");
        if (report->plan.figures && !is_hurried(report)) status = figure_write(&figure, report->place.partial, "ignorance", where);
    }
    if (status == ORGSIM_ERROR_TOOL) *tool = status;
    figure_free(&figure);
    text_free(&footnote);
    return status == ORGSIM_ERROR_TOOL ? ORGSIM_OK : status;
}

static int write_manifest(const struct report *report, const struct finding *finding, struct orgsim_where *where)
{
    struct text text = {0};
    json_t *json = manifest_json(&report->plan, finding);
    if (manifest_print(&text, json)) text.failed = true;
    json_decref(json);
    return write_text(report, "manifest.json", &text, where);
}

static void add_time(struct text *text, const char *name, time_t when)
{
    struct tm utc;
    char stamp[32] = "";
    if (gmtime_r(&when, &utc)) strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    text_format(text, "%s: %s\n", name, stamp);
}

/* The one file that may differ between machines. */
static int write_log(const struct report *report, const struct orgsim_results *results, int figures, struct orgsim_where *where)
{
    struct utsname host;
    struct text text = {0};
    time_t now = time(NULL);
    if (uname(&host) == 0) text_format(&text, "host: %s\nsystem: %s %s %s\n", host.nodename, host.sysname, host.release, host.machine);
    if (report->plan.options->threads > 0) {
        text_format(&text, "threads: %zu\n", report->plan.options->threads);
    } else {
        text_format(&text, "threads: one for each of %ld processors\n", sysconf(_SC_NPROCESSORS_ONLN));
    }
    text_format(&text, "isa: %s\ncompiler: %s\nfigures: %s\n", results->isa ? results->isa : "", __VERSION__,
                !report->plan.figures ? "not asked for"
                : report->hurried     ? "left out when the run was interrupted"
                : figures             ? "not drawn"
                                      : "drawn");
    add_time(&text, "started", report->started);
    add_time(&text, "finished", now);
    text_format(&text, "seconds: %.0f\n", difftime(now, report->started));
    return write_text(report, "run.log", &text, where);
}

static void add_footnote(struct text *text, const struct report *report, const struct orgsim_results *results)
{
    text_format(text, "%s worlds, seed %" PRIu64 ". A simulation of stated assumptions, not a measurement of your organisation.",
                shown_number((double)results->worlds, 0, 0).s, report->plan.options->seed);
}

/* Figures and the page that holds them. *tool: the figures could not be drawn, which does not stop the rest. */
static int write_page(struct report *report, const struct finding *finding, int *tool, struct orgsim_where *where)
{
    struct figures *figures = memory_array(1, sizeof *figures);
    char *folder = file_join(report->place.partial, "figures");
    struct text footnote = {0}, html = {0};
    int status = ORGSIM_ERROR_MEMORY;
    add_footnote(&footnote, report, finding->results);
    if (!figures || !folder || footnote.failed) {
        error_set(where, status, NULL, 0, 0, "", "out of memory");
        goto out;
    }
    status = figures_write(figures, finding, footnote.s, folder, report->plan.figures, report->stop, where);
    if (status == ORGSIM_ERROR_TOOL) *tool = status;
    else if (status == ORGSIM_ERROR_INTERRUPTED) report->hurried = true;
    else if (status) goto out;
    page_write(&html, &report->plan, finding, figures);
    struct orgsim_where page_where = {0};
    status = write_text(report, "report.html", &html, &page_where);
    if (status && where) *where = page_where;
out:
    if (figures) figures_free(figures);
    memory_free(figures);
    memory_free(folder);
    text_free(&footnote);
    return status;
}

static int close_outcomes(struct report *report, struct orgsim_where *where)
{
    return report->outcomes.stream ? file_commit(&report->outcomes, where) : ORGSIM_OK;
}

int report_finish(struct report *report, const struct orgsim_results *results, bool interrupted, struct orgsim_where *where)
{
    struct finding finding;
    int tool = 0;
    report->stop = interrupted && !report->plan.hurry ? NULL : report->plan.options->stop;
    finding_of(&finding, report->plan.scenario, results, interrupted);
    int status = close_outcomes(report, where);
    if (!status) status = write_tables(report, &finding, where);
    if (!status) status = write_attribution(report, where);
    if (!status) status = write_manifest(report, &finding, where);
    if (!status) status = write_ignorance(report, &finding, &tool, where);
    if (!status) status = write_page(report, &finding, &tool, where);
    struct orgsim_where late = {0};
    if (!status) status = write_log(report, results, tool, &late);
    if (!status) status = place_commit(&report->place, interrupted, &late);
    if (status && late.what[0] && where) *where = late;
    return status ? status : tool;
}

enum report_verdict report_verdict(const struct orgsim_results *results) { return finding_verdict(results); }

void report_free(struct report *report)
{
    if (!report) return;
    if (report->outcomes.stream) file_abandon(&report->outcomes);
    place_free(&report->place);
    memory_free(report->arms);
    text_free(&report->line);
    memory_free(report);
}
