/* reread.c: a folder of results as the run saw it, so that its page can be drawn again without living a world */
#include "report/reread.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/attribution_csv.h"
#include "report/ignorance.h"
#include "report/reread_figure.h"
#include "report/saved.h"

#define SEATS_MOST 100000

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

static double number(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return json_is_number(json) ? json_number_value(json) : (double)NAN;
}

/* Borrowed from the manifest; the structs of a scenario own their words, these are never freed by it. */
static char *words(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return (char *)(uintptr_t)(json_is_string(json) ? json_string_value(json) : "");
}

/* --- manifest.json ------------------------------------------------------------------------------------------------------------------ */

static int take_seats(struct reread *r, size_t arm, const json_t *list, size_t *used, size_t room)
{
    struct scenario_arm *of = &r->scenario.arms[arm];
    of->seats = r->seats + *used;
    of->n_seats = json_array_size(list);
    for (size_t q = 0; q < of->n_seats; q++) {
        const json_t *json = json_array_get(list, q), *role = json_object_get(json, "role");
        json_int_t number_of_role = json_is_integer(role) ? json_integer_value(role) : -1;
        if (*used >= room || number_of_role < 0 || number_of_role >= SEAT_ROLES) return ORGSIM_ERROR_IO;
        r->seats[(*used)++] = (struct scenario_seat){.role = (enum seat_role)number_of_role, .fte = {number(json, "fte"), -1}};
    }
    return ORGSIM_OK;
}

static int take_arms(struct reread *r, const json_t *arms)
{
    size_t n = r->saved.n_arms, seats = 0, used = 0;
    if (json_array_size(arms) != n) return ORGSIM_ERROR_IO;
    for (size_t a = 0; a < n; a++) seats += json_array_size(json_object_get(json_array_get(arms, a), "seats"));
    if (seats > SEATS_MOST) return ORGSIM_ERROR_IO;
    r->seats = memory_array(seats ? seats : 1, sizeof *r->seats);
    r->scenario.arms = memory_array(n, sizeof *r->scenario.arms);
    r->results.arm = memory_array(n, sizeof *r->results.arm);
    r->results.arm_note = memory_array(n, sizeof *r->results.arm_note);
    r->results.seat_cost_per_week_k = memory_array(n, sizeof(double));
    r->results.npv_loss_probability = memory_array(n, sizeof(double));
    if (!r->seats || !r->scenario.arms || !r->results.arm || !r->results.arm_note || !r->results.seat_cost_per_week_k || !r->results.npv_loss_probability)
        return ORGSIM_ERROR_MEMORY;
    r->scenario.n_arms = r->results.n_arms = n;
    for (size_t a = 0; a < n; a++) {
        const json_t *arm = json_array_get(arms, a);
        r->scenario.arms[a] = (struct scenario_arm){.id = r->saved.arm[a], .label = r->saved.label[a]};
        r->results.arm[a] = a;
        r->results.arm_note[a] = words(json_array_get(json_object_get(r->manifest, "arms"), a), "note");
        r->results.seat_cost_per_week_k[a] = number(arm, "seat_cost_per_week_k");
        r->results.npv_loss_probability[a] = number(arm, "loss_probability");
        r->saved.comparison[a * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week].both_complete_se = number(arm, "both_complete_se");
        int status = take_seats(r, a, json_object_get(arm, "seats"), &used, seats);
        if (status) return status;
    }
    return ORGSIM_OK;
}

static void take_settings(struct reread *r, const json_t *page)
{
    struct orgsim_scenario *s = &r->scenario;
    s->path = words(page, "scenario_path");
    s->conditions = words(r->manifest, "conditions");
    s->digest = strtoull(words(r->manifest, "scenario_digest"), NULL, 16);
    s->settings = (struct scenario_settings){.name = r->saved.scenario, .currency = words(page, "currency"), .baseline_arm = r->saved.baseline,
                                             .headline_arm = r->saved.headline};
    s->money = (struct scenario_money){.engineer_per_year = number(page, "engineer_per_year"), .benefit_load = number(page, "benefit_load"),
                                       .hiring_fee_share = number(page, "hiring_fee_share"), .discount_rate = number(page, "discount_rate")};
}

static void take_options(struct reread *r)
{
    const json_t *contrary = json_object_get(r->manifest, "contrary"), *precision = json_object_get(r->manifest, "precision");
    r->options.precision_metric = json_is_object(precision) ? orgsim_metric_find(words(precision, "metric")) : -1;
    r->options.precision_half_width = number(precision, "half_width");
    r->results.precision_reached = !json_is_false(json_object_get(precision, "reached")); /* earlier runs did not say */
    r->options.frictionless = json_is_true(json_object_get(r->manifest, "frictionless"));
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        double strength = number(contrary, orgsim_contrary_info((enum orgsim_contrary)c)->name);
        r->options.contrary.strength[c] = strength > 0 ? strength : 0;
    }
}

static void take_results(struct reread *r, const json_t *page)
{
    const struct orgsim_saved *saved = &r->saved;
    struct orgsim_results *results = &r->results;
    results->worlds = saved->worlds;
    results->baseline = saved->baseline;
    results->headline = saved->headline;
    results->plan_weeks = saved->plan_weeks;
    results->deadline_week = saved->deadline_week;
    results->horizon_weeks = saved->horizon_weeks;
    results->budget_k = number(page, "budget_k");
    results->value_horizon_weeks = number(page, "value_horizon_weeks");
    results->quantiles_exact = strcmp(words(r->manifest, "quantiles"), "exact") == 0;
    results->summary = saved->summary;
    results->comparison = saved->comparison;
}

static int take_manifest(struct reread *r, const char *folder, struct orgsim_where *where)
{
    const json_t *page = json_object_get(r->manifest, "page");
    int status = json_is_object(page) ? take_arms(r, json_object_get(page, "arms")) : ORGSIM_ERROR_IO;
    if (status == ORGSIM_ERROR_MEMORY) return fail_memory(where);
    if (status)
        return error_set(where, status, folder, 0, 0, "run the command again that its manifest.json names",
                         "its manifest.json lacks what the page needs: it was written by an earlier version, or changed");
    take_settings(r, page);
    take_options(r);
    take_results(r, page);
    return ORGSIM_OK;
}

/* --- tables ------------------------------------------------------------------------------------------------------------------------- */

static int take_assumptions(struct reread *r, const char *folder, struct orgsim_where *where)
{
    enum { NAME, VALUE, CHANGED };
    struct saved_table *table = &r->assumptions;
    table->where = where;
    assumptions_default(&r->scenario.assumptions);
    int status = saved_table_open(table, folder, "assumptions.csv", "parameter,value,changed_by");
    for (size_t row = 0; !status && row < table->csv.n_rows; row++) {
        int a = assumption_find(saved_table_cell(table, row, NAME));
        const char *by = saved_table_plain(table, row, CHANGED);
        double value;
        if (a < 0) continue; /* of a later version */
        status = saved_table_number(table, row, VALUE, &value);
        if (!status) assumptions_set(&r->scenario.assumptions, a, value);
        if (*by) r->scenario.assumption_source[a] = (char *)(uintptr_t)by;
    }
    return status;
}

static size_t row_of(const struct reread *r, const char *arm)
{
    size_t row = 0;
    while (row < r->saved.n_arms && strcmp(r->saved.arm[row], arm) != 0) row++;
    return row;
}

static int take_quantiles(struct reread *r, const char *folder, struct orgsim_where *where)
{
    enum { ARM, PERCENT, FINISH, NPV, DIFFERENCE };
    struct saved_table table = {.where = where};
    size_t n = r->saved.n_arms * 101;
    double **columns[] = {&r->results.finish_quantiles, &r->results.npv_quantiles, &r->results.npv_difference_quantiles};
    int status = saved_table_open(&table, folder, "quantiles.csv", "arm,percent,finish_week,npv_k,npv_k_difference");
    for (size_t c = 0; !status && c < 3; c++) {
        *columns[c] = memory_array(n, sizeof(double));
        if (!*columns[c]) status = fail_memory(where);
        for (size_t i = 0; !status && i < n; i++) (*columns[c])[i] = (double)NAN;
    }
    for (size_t row = 0; !status && row < table.csv.n_rows; row++) {
        size_t arm = row_of(r, saved_table_plain(&table, row, ARM));
        double percent;
        status = saved_table_number(&table, row, PERCENT, &percent);
        if (status) break;
        if (arm >= r->saved.n_arms) status = saved_table_fail(&table, row, ARM, "manifest.json does not name this arm:");
        else if (!(percent >= 0 && percent <= 100) || percent != floor(percent)) status = saved_table_fail(&table, row, PERCENT, "this is not a percentage:");
        else {
            size_t at = arm * 101 + (size_t)percent;
            double *const values[] = {&r->results.finish_quantiles[at], &r->results.npv_quantiles[at], &r->results.npv_difference_quantiles[at]};
            status = saved_table_numbers(&table, row, FINISH, values, 3);
        }
    }
    csv_table_free(&table.csv);
    return status;
}

/* Columns of ignorance.csv in the order in which they are taken: those of every row, then those of a pair of arms. */
enum { IGNORANCE_ARM, IGNORANCE_AGAINST, IGNORANCE_METRIC, IGNORANCE_DRAWS, IGNORANCE_ALL = 6, IGNORANCE_PAIR = 14 };
#define IGNORANCE_COLUMNS                                                                                                                            \
    "arm,against,metric,draws,worlds,published_draws,mean,p10,p50,p90,published_mean,published_p10,published_p50,published_p90,pays_share,pays_low,"       \
    "pays_high,pays_surely_share,costs_surely_share,ignorance_variance,luck_variance,both_variance,simulation_se,published_share,published_low,"            \
    "published_high"

static int take_ranges(struct saved_table *table, size_t row, struct orgsim_range *all, struct orgsim_range *published)
{
    double *const values[] = {&all->mean,       &all->p10,       &all->p50,       &all->p90,
                              &published->mean, &published->p10, &published->p50, &published->p90};
    return saved_table_numbers(table, row, IGNORANCE_ALL, values, sizeof values / sizeof *values);
}

static int take_pair(struct reread *r, struct saved_table *table, size_t row)
{
    struct orgsim_ignorance *g = &r->ignorance;
    size_t against = row_of(r, saved_table_plain(table, row, IGNORANCE_AGAINST));
    if (against >= g->n_arms) return saved_table_fail(table, row, IGNORANCE_AGAINST, "manifest.json does not name this arm:");
    struct orgsim_ignorance_pair *p = &g->pair[against];
    double *const values[] = {&p->pays_share,         &p->pays_low,      &p->pays_high,     &p->pays_surely_share, &p->costs_surely_share, &p->ignorance_variance,
                              &p->luck_variance,      &p->both_variance, &p->simulation_se, &p->published_share,   &p->published_low,      &p->published_high};
    int status = take_ranges(table, row, &p->npv_k, &p->published_npv_k);
    return status ? status : saved_table_numbers(table, row, IGNORANCE_PAIR, values, sizeof values / sizeof *values);
}

/* What one arm does by itself. */
static int take_level(struct reread *r, struct saved_table *table, size_t row)
{
    struct orgsim_ignorance *g = &r->ignorance;
    size_t arm = row_of(r, saved_table_plain(table, row, IGNORANCE_ARM));
    if (arm >= g->n_arms) return saved_table_fail(table, row, IGNORANCE_ARM, "manifest.json does not name this arm:");
    for (int m = 0; m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) {
        size_t cell = arm * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m;
        if (strcmp(orgsim_metric_info(orgsim_ignorance_metric((enum orgsim_ignorance_metric)m))->id, saved_table_cell(table, row, IGNORANCE_METRIC)) == 0)
            return take_ranges(table, row, &g->range[cell], &g->published_range[cell]);
    }
    return saved_table_fail(table, row, IGNORANCE_METRIC, "nothing is kept of this metric:");
}

static int take_counts(struct reread *r, struct saved_table *table, size_t row)
{
    double draws, worlds, published;
    double *const values[] = {&draws, &worlds, &published};
    int status = saved_table_numbers(table, row, IGNORANCE_DRAWS, values, 3);
    if (status) return status;
    if (!(draws >= 1 && draws <= ORGSIM_IGNORANCE_DRAWS_MOST && worlds >= 1 && worlds <= 1e15 && published >= 0 && published <= draws))
        return saved_table_fail(table, row, IGNORANCE_DRAWS, "this row has no draws or worlds:");
    r->ignorance.draws = (uint64_t)draws;
    r->ignorance.worlds = (uint64_t)worlds;
    r->ignorance.published = (uint64_t)published;
    return ORGSIM_OK;
}

static int take_ignorance_row(struct reread *r, struct saved_table *table, size_t row)
{
    int status = take_counts(r, table, row);
    if (status) return status;
    return *saved_table_cell(table, row, IGNORANCE_AGAINST) ? take_pair(r, table, row) : take_level(r, table, row);
}

static int take_ignorance(struct reread *r, const char *folder, struct orgsim_where *where)
{
    struct saved_table table = {.where = where};
    char *path = file_join(folder, "ignorance.csv");
    if (!path) return fail_memory(where);
    bool there = file_exists(path);
    memory_free(path);
    if (!there) return ORGSIM_OK;
    r->ignorance.n_arms = r->saved.n_arms;
    r->ignorance.headline = r->saved.headline;
    double parameters = number(json_object_get(r->manifest, "page"), "ignorance_parameters");
    r->ignorance.n_parameters = parameters >= 0 && parameters < 1e6 ? (size_t)parameters : 0;
    size_t cells = r->saved.n_arms * ORGSIM_IGNORANCE_METRIC_COUNT;
    r->ignorance.pair = memory_array(r->saved.n_arms, sizeof *r->ignorance.pair);
    r->ignorance.range = memory_array(cells, sizeof *r->ignorance.range);
    r->ignorance.published_range = memory_array(cells, sizeof *r->ignorance.published_range);
    int status = r->ignorance.pair && r->ignorance.range && r->ignorance.published_range ? saved_table_open(&table, folder, "ignorance.csv", IGNORANCE_COLUMNS)
                                                                                         : fail_memory(where);
    for (size_t row = 0; !status && row < table.csv.n_rows; row++) status = take_ignorance_row(r, &table, row);
    csv_table_free(&table.csv);
    return status;
}

/* --- all of it ---------------------------------------------------------------------------------------------------------------------- */

int reread_open(struct reread *r, const char *folder, struct orgsim_where *where)
{
    int status = orgsim_saved_read(folder, &r->saved, where);
    if (!status) status = saved_manifest(folder, &r->manifest, where);
    if (!status) status = take_manifest(r, folder, where);
    if (!status) status = take_assumptions(r, folder, where);
    if (!status) status = take_quantiles(r, folder, where);
    if (!status) status = attribution_csv_read(&r->attribution, folder, where);
    if (!status) status = take_ignorance(r, folder, where);
    const struct studies_run run = {.digest = words(r->manifest, "scenario_digest"), .conditions = words(r->manifest, "conditions"), .version = r->saved.version, .arm = r->saved.arm, .n_arms = r->saved.n_arms,
                                    .baseline = r->saved.baseline, .headline = r->saved.headline};
    if (!status) status = studies_read(&r->studies, folder, &run, where);
    if (!status) status = reread_figure_all(&r->figures, folder, where);
    if (status) return status;
    r->options.seed = r->saved.seed;
    r->options.worlds = r->saved.worlds;
    r->plan = (struct report_plan){.scenario = &r->scenario, .options = &r->options, .command = words(r->manifest, "command"), .attribution = &r->attribution,
                                   .ignorance = &r->ignorance, .studies = &r->studies};
    return ORGSIM_OK;
}

void reread_free(struct reread *r)
{
    csv_table_free(&r->assumptions.csv);
    memory_free(r->seats);
    memory_free(r->scenario.arms);
    memory_free(r->results.arm);
    memory_free(r->results.arm_note);
    memory_free(r->results.seat_cost_per_week_k);
    memory_free(r->results.npv_loss_probability);
    memory_free(r->results.finish_quantiles);
    memory_free(r->results.npv_quantiles);
    memory_free(r->results.npv_difference_quantiles);
    orgsim_ignorance_free(&r->ignorance);
    studies_free(&r->studies);
    figures_free(&r->figures);
    json_decref(r->manifest);
    orgsim_saved_free(&r->saved);
    *r = (struct reread){0};
}
