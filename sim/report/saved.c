/* saved.c: the results of a finished run, read back from its folder */
#include "report/saved.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/saved_table.h"

#define MANIFEST_MOST ((size_t)4 << 20)
#define ARMS_MOST 1024
#define WEEKS_MOST 10000

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

/* --- manifest.json ------------------------------------------------------------------------------------------------------------------ */

static int check_format(const char *path, const json_t *root, struct orgsim_where *where)
{
    const json_t *format = json_object_get(root, "format"), *version = json_object_get(root, "version");
    const char *by = json_is_string(version) ? json_string_value(version) : "unknown";
    if (!json_is_integer(format) || !json_is_string(version) || !json_is_string(json_object_get(root, "scenario_digest")))
        return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "name a folder that orgsim run wrote", "is not a manifest of orgsim");
    long long number = json_integer_value(format);
    if (number > ORGSIM_SAVED_FORMAT)
        return error_set(where, ORGSIM_ERROR_TOO_NEW, path, 0, 0, "use that version, or a later one",
                         "is of format %lld, written by orgsim %.40s; this version knows format %d", number, by, ORGSIM_SAVED_FORMAT);
    if (number < ORGSIM_SAVED_FORMAT)
        return error_set(where, ORGSIM_ERROR_TOO_OLD, path, 0, 0, "run the command again that it names",
                         "is of format %lld, written by orgsim %.40s; this version knows format %d", number, by, ORGSIM_SAVED_FORMAT);
    return ORGSIM_OK;
}

/* The folder of what was named, when that is a file of a run. */
static char *run_around(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    char *folder = slash ? memory_string_n(path, n ? n : 1) : memory_string("."), *manifest = folder ? file_join(folder, "manifest.json") : NULL;
    bool found = manifest && file_exists(manifest);
    memory_free(manifest);
    if (found) return folder;
    memory_free(folder);
    return NULL;
}

/* What was named instead of a folder of results. */
static int check_folder(const char *folder, const char *manifest, struct orgsim_where *where)
{
    static const char todo[] = "name a folder that orgsim run wrote";
    if (!file_exists(folder)) return error_set(where, ORGSIM_ERROR_IO, folder, 0, 0, todo, "is not there");
    if (file_is_folder(folder)) {
        if (file_exists(manifest)) return ORGSIM_OK;
        return error_set(where, ORGSIM_ERROR_IO, folder, 0, 0, todo, "is not a folder that orgsim run wrote: it holds no manifest.json");
    }
    char *around = run_around(folder);
    if (around) error_set(where, ORGSIM_ERROR_IO, folder, 0, 0, "", "is a file of a run; name its folder: %s", around);
    else error_set(where, ORGSIM_ERROR_IO, folder, 0, 0, todo, "is not a folder");
    memory_free(around);
    return ORGSIM_ERROR_IO;
}

int saved_manifest(const char *folder, json_t **manifest, struct orgsim_where *where)
{
    char *path = file_join(folder, "manifest.json"), *data = NULL;
    size_t n = 0;
    json_error_t fault;
    *manifest = NULL;
    if (!path) return fail_memory(where);
    int status = check_folder(folder, path, where);
    if (!status) status = file_read(path, MANIFEST_MOST, &data, &n, where);
    json_t *root = status ? NULL : json_loadb(data, n, JSON_REJECT_DUPLICATES, &fault);
    if (!status && !root)
        status = error_set(where, ORGSIM_ERROR_IO, path, fault.line > 0 ? (size_t)fault.line : 0, fault.column > 0 ? (size_t)fault.column : 0,
                           "name a folder that orgsim run wrote", "is not JSON: %.200s", fault.text);
    if (!status) status = check_format(path, root, where);
    memory_free(data);
    memory_free(path);
    if (status) json_decref(root);
    else *manifest = root;
    return status;
}

static char *copy_string(const json_t *json) { return memory_string(json_is_string(json) ? json_string_value(json) : ""); }

static double number_or_nan(const json_t *json) { return json_is_number(json) ? json_number_value(json) : (double)NAN; }

/* A seed past 2^63 is kept as text. */
static uint64_t whole_number(const json_t *json)
{
    if (json_is_string(json)) return strtoull(json_string_value(json), NULL, 10);
    return json_integer_value(json) > 0 ? (uint64_t)json_integer_value(json) : 0;
}

static size_t find_arm(const struct orgsim_saved *saved, const char *id)
{
    size_t arm = 0;
    while (arm < saved->n_arms && strcmp(saved->arm[arm], id) != 0) arm++;
    return arm;
}

static int take_manifest(struct orgsim_saved *saved, const json_t *root, const char *folder, struct orgsim_where *where)
{
    const json_t *arms = json_object_get(root, "arms"), *baseline = json_object_get(root, "baseline_arm"),
                 *headline = json_object_get(root, "headline_arm");
    size_t n = json_array_size(arms);
    saved->format = (int)json_integer_value(json_object_get(root, "format"));
    saved->version = copy_string(json_object_get(root, "version"));
    saved->scenario = copy_string(json_object_get(root, "scenario"));
    saved->seed = whole_number(json_object_get(root, "seed"));
    saved->worlds = whole_number(json_object_get(root, "worlds"));
    saved->interrupted = json_is_true(json_object_get(root, "interrupted"));
    saved->plan_weeks = number_or_nan(json_object_get(root, "plan_weeks"));
    saved->deadline_week = number_or_nan(json_object_get(root, "deadline_week"));
    saved->horizon_weeks = number_or_nan(json_object_get(root, "horizon_weeks"));
    saved->arm = memory_array(n, sizeof *saved->arm);
    saved->label = memory_array(n, sizeof *saved->label);
    if (!saved->version || !saved->scenario || !saved->arm || !saved->label) return fail_memory(where);
    for (; saved->n_arms < n && n <= ARMS_MOST; saved->n_arms++) {
        const json_t *arm = json_array_get(arms, saved->n_arms);
        saved->arm[saved->n_arms] = copy_string(json_object_get(arm, "arm"));
        saved->label[saved->n_arms] = copy_string(json_object_get(arm, "label"));
        if (!saved->arm[saved->n_arms] || !saved->label[saved->n_arms]) {
            saved->n_arms++;
            return fail_memory(where);
        }
    }
    saved->baseline = find_arm(saved, json_is_string(baseline) ? json_string_value(baseline) : "");
    saved->headline = find_arm(saved, json_is_string(headline) ? json_string_value(headline) : "");
    if (saved->n_arms && saved->baseline < saved->n_arms && saved->headline < saved->n_arms) return ORGSIM_OK;
    return error_set(where, ORGSIM_ERROR_IO, folder, 0, 0, "name a folder that orgsim run wrote",
                     "its manifest.json names no arms, or not the baseline and headline arms among them");
}

static int read_arm(struct saved_table *table, const struct orgsim_saved *saved, size_t row, size_t *arm)
{
    *arm = find_arm(saved, saved_table_plain(table, row, 0));
    return *arm < saved->n_arms ? ORGSIM_OK : saved_table_fail(table, row, 0, "manifest.json does not name this arm:");
}

static int take_summary(struct orgsim_saved *saved, struct saved_table *table, size_t row)
{
    size_t arm;
    int status = read_arm(table, saved, row, &arm), metric = orgsim_metric_find(saved_table_cell(table, row, 1));
    if (status || metric < 0) return status;
    struct orgsim_summary *s = &saved->summary[arm * ORGSIM_METRIC_COUNT + (size_t)metric];
    double *values[2 + 3 * ORGSIM_QUANTILES] = {&s->mean, &s->se};
    for (int q = 0; q < ORGSIM_QUANTILES; q++) {
        values[2 + q] = &s->quantile[q];
        values[2 + ORGSIM_QUANTILES + 2 * q] = &s->quantile_low[q];
        values[3 + ORGSIM_QUANTILES + 2 * q] = &s->quantile_high[q];
    }
    return saved_table_numbers(table, row, 2, values, sizeof values / sizeof *values);
}

static int take_comparison(struct orgsim_saved *saved, struct saved_table *table, size_t row)
{
    size_t arm;
    int status = read_arm(table, saved, row, &arm), metric = orgsim_metric_find(saved_table_cell(table, row, 1));
    if (status || metric < 0) return status;
    struct orgsim_comparison *c = &saved->comparison[arm * ORGSIM_METRIC_COUNT + (size_t)metric];
    double *const values[] = {&c->mean_difference,          &c->ci_low,        &c->ci_high,   &c->se,
                              &c->both_complete_difference, &c->rescued_share, &c->lost_share,
                              &c->p20.difference, &c->p20.ci_low, &c->p20.ci_high, &c->p50.difference, &c->p50.ci_low, &c->p50.ci_high,
                              &c->p80.difference, &c->p80.ci_low, &c->p80.ci_high};
    return saved_table_numbers(table, row, 2, values, sizeof values / sizeof *values);
}

static int timeline_find(const char *id)
{
    for (int m = 0; m < ORGSIM_TIMELINE_COUNT; m++)
        if (strcmp(orgsim_timeline_info((enum orgsim_timeline)m)->id, id) == 0) return m;
    return -1;
}

static int take_timeline(struct orgsim_saved *saved, struct saved_table *table, size_t row)
{
    size_t arm;
    double week;
    int status = read_arm(table, saved, row, &arm), metric = timeline_find(saved_table_cell(table, row, 2));
    if (!status) status = saved_table_number(table, row, 1, &week);
    if (status || metric < 0) return status;
    struct orgsim_band *b = &saved->timeline[(arm * saved->n_weeks + (size_t)week) * ORGSIM_TIMELINE_COUNT + (size_t)metric];
    double *const values[] = {&b->mean, &b->p10, &b->p50, &b->p90};
    return saved_table_numbers(table, row, 3, values, sizeof values / sizeof *values);
}

/* How many weeks the table tells of; every week is a whole number within bounds afterwards. */
static int count_weeks(struct orgsim_saved *saved, struct saved_table *table)
{
    for (size_t row = 0; row < table->csv.n_rows; row++) {
        double week;
        int status = saved_table_number(table, row, 1, &week);
        if (status) return status;
        if (!(week >= 0 && week < WEEKS_MOST) || week != floor(week)) return saved_table_fail(table, row, 1, "this is not a week:");
        if ((size_t)week >= saved->n_weeks) saved->n_weeks = (size_t)week + 1;
    }
    return ORGSIM_OK;
}

/* The rows of the first arm name the packages; those of the others follow the same order. */
static int take_packages(struct orgsim_saved *saved, struct saved_table *table)
{
    const char *first = table->csv.n_rows ? saved_table_cell(table, 0, 0) : "";
    size_t n = 0;
    while (n < table->csv.n_rows && strcmp(saved_table_cell(table, n, 0), first) == 0) n++;
    saved->package = memory_array(n, sizeof *saved->package);
    saved->packages = memory_array(saved->n_arms * n, sizeof *saved->packages);
    if (!saved->package || !saved->packages) return fail_memory(table->where);
    for (; saved->n_packages < n; saved->n_packages++) {
        saved->package[saved->n_packages] = memory_string(saved_table_plain(table, saved->n_packages, 1));
        if (!saved->package[saved->n_packages]) return fail_memory(table->where);
    }
    for (size_t row = 0; row < table->csv.n_rows; row++) {
        size_t arm, p = row % n;
        int status = read_arm(table, saved, row, &arm);
        if (!status && strcmp(saved->package[p], saved_table_plain(table, row, 1)) != 0)
            status = saved_table_fail(table, row, 1, "another package stands in this place under the first arm:");
        struct orgsim_package_result *result = status ? NULL : &saved->packages[arm * n + p];
        double *const values[] = {result ? &result->criticality : NULL, result ? &result->cruciality : NULL};
        if (!status) status = saved_table_numbers(table, row, 2, values, 2);
        if (status) return status;
    }
    return ORGSIM_OK;
}

static void fill_nan(void *doubles, size_t n)
{
    double *x = doubles;
    for (size_t i = 0; i < n; i++) x[i] = (double)NAN;
}

static int make_tables(struct orgsim_saved *saved, struct orgsim_where *where)
{
    size_t n = saved->n_arms * ORGSIM_METRIC_COUNT;
    saved->summary = memory_array(n, sizeof *saved->summary);
    saved->comparison = memory_array(n, sizeof *saved->comparison);
    if (!saved->summary || !saved->comparison) return fail_memory(where);
    fill_nan(saved->summary, n * (sizeof *saved->summary / sizeof(double)));
    fill_nan(saved->comparison, n * (sizeof *saved->comparison / sizeof(double)));
    memset(saved->comparison + saved->baseline * ORGSIM_METRIC_COUNT, 0, ORGSIM_METRIC_COUNT * sizeof *saved->comparison);
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++)
        saved->comparison[saved->baseline * ORGSIM_METRIC_COUNT + (size_t)m].both_complete_se = (double)NAN;
    return ORGSIM_OK;
}

static int read_table(struct orgsim_saved *saved, const char *folder, const char *name, const char *columns,
                      int (*take)(struct orgsim_saved *, struct saved_table *, size_t), struct orgsim_where *where)
{
    struct saved_table table = {.where = where};
    int status = saved_table_open(&table, folder, name, columns);
    if (!status && take == take_timeline) {
        status = count_weeks(saved, &table);
        size_t n = saved->n_arms * saved->n_weeks * ORGSIM_TIMELINE_COUNT;
        if (!status && !(saved->timeline = memory_array(n, sizeof *saved->timeline))) status = fail_memory(where);
        if (!status) fill_nan(saved->timeline, n * (sizeof *saved->timeline / sizeof(double)));
    }
    for (size_t row = 0; !status && take && row < table.csv.n_rows; row++) status = take(saved, &table, row);
    if (!status && !take) status = take_packages(saved, &table);
    csv_table_free(&table.csv);
    return status;
}

static const char summary_columns[] =
    "arm,metric,mean,se,p05,p10,p20,p25,p50,p75,p80,p90,p95,p05_ci_low,p05_ci_high,p10_ci_low,p10_ci_high,p20_ci_low,p20_ci_high,"
    "p25_ci_low,p25_ci_high,p50_ci_low,p50_ci_high,p75_ci_low,p75_ci_high,p80_ci_low,p80_ci_high,p90_ci_low,p90_ci_high,"
    "p95_ci_low,p95_ci_high";

int orgsim_saved_read(const char *folder, struct orgsim_saved *saved, struct orgsim_where *where)
{
    json_t *manifest;
    int status = saved_manifest(folder, &manifest, where);
    if (status) return status;
    status = take_manifest(saved, manifest, folder, where);
    json_decref(manifest);
    if (!status) status = make_tables(saved, where);
    if (!status)
        status = read_table(saved, folder, "summary.csv", summary_columns, take_summary, where);
    if (!status)
        status = read_table(saved, folder, "comparison.csv",
                            "arm,metric,mean_difference,ci_low,ci_high,se,both_complete_difference,rescued_share,lost_share,"
                            "p20_difference,p20_ci_low,p20_ci_high,p50_difference,p50_ci_low,p50_ci_high,p80_difference,p80_ci_low,p80_ci_high", take_comparison,
                            where);
    if (!status) status = read_table(saved, folder, "timeline.csv", "arm,week,metric,mean,p10,p50,p90", take_timeline, where);
    if (!status) status = read_table(saved, folder, "packages.csv", "arm,package,criticality,cruciality", NULL, where);
    return status;
}

void orgsim_saved_free(struct orgsim_saved *saved)
{
    for (size_t a = 0; a < saved->n_arms; a++) {
        memory_free(saved->arm[a]);
        memory_free(saved->label[a]);
    }
    for (size_t p = 0; p < saved->n_packages; p++) memory_free(saved->package[p]);
    memory_free(saved->version);
    memory_free(saved->scenario);
    memory_free(saved->arm);
    memory_free(saved->label);
    memory_free(saved->package);
    memory_free(saved->summary);
    memory_free(saved->comparison);
    memory_free(saved->timeline);
    memory_free(saved->packages);
    *saved = (struct orgsim_saved){0};
}
