/* ignorance.c: the answer over what nobody knows
 *
 * Each draw lives the same worlds, so a table draws x worlds is filled for each pair of organisations. Of that table only the margins are kept.
 */
#include <string.h>

#include <orgsim/ignorance.h>

#include "base/error.h"
#include "base/memory.h"
#include "chance/design.h"
#include "study/components.h"
#include "study/spread.h"
#include "study/unknowns.h"

enum orgsim_metric orgsim_ignorance_metric(enum orgsim_ignorance_metric metric)
{
    static const enum orgsim_metric of[] = {
#define X(metric) [ORGSIM_IGNORANCE_##metric] = ORGSIM_METRIC_##metric,
        ORGSIM_IGNORANCE_METRICS(X)
#undef X
    };
    return of[metric];
}

struct study {
    struct unknowns unknowns;
    struct orgsim_ignorance *out;
    double *unit;                  /* [draws][parameters] */
    struct components *pair;       /* [arm] headline less that arm */
    struct orgsim_where reason;    /* of the last draw that the scenario forbids */
    uint64_t *surely_pays, *surely_costs; /* [arm] draws */
};

static const float *values_of(const struct live_block *block, size_t arm, enum orgsim_metric metric)
{
    return block->values + (arm * ORGSIM_METRIC_COUNT + (size_t)metric) * block->worlds;
}

/* What is left of a draw. */
struct draw {
    const struct study *study;
    double *sum; /* [arm][metric] over its worlds */
    float *npv;  /* [arm][world] */
};

static size_t cells_of(const struct study *s) { return s->out->n_arms * ORGSIM_IGNORANCE_METRIC_COUNT; }

static size_t draw_bytes(const struct study *s) { return cells_of(s) * sizeof(double) + s->out->n_arms * (size_t)s->out->worlds * sizeof(float); }

static int add_block(void *context, const struct live_block *block)
{
    const struct draw *draw = context;
    const struct orgsim_ignorance *out = draw->study->out;
    for (size_t a = 0; a < out->n_arms; a++) {
        for (int m = 0; m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) {
            const float *x = values_of(block, a, orgsim_ignorance_metric((enum orgsim_ignorance_metric)m));
            for (size_t w = 0; w < block->worlds; w++) draw->sum[a * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m] += (double)x[w];
        }
        memcpy(draw->npv + a * out->worlds + block->first_world, values_of(block, a, ORGSIM_METRIC_npv_k), block->worlds * sizeof(float));
    }
    return 0;
}

static int live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct study *s = context;
    struct draw draw = {s, outcome, (float *)((double *)outcome + cells_of(s))};
    unknowns_settings(&s->unknowns, s->unit + number * s->unknowns.n, worker->settings);
    return point_live(&worker->points, worker->settings, s->unknowns.n, &draw, add_block, where);
}

/* The worlds of a draw are a row of the table of each pair. */
static void pair_add(struct study *s, size_t arm, const float *npv)
{
    const struct orgsim_ignorance *out = s->out;
    const float *headline = npv + out->headline * out->worlds, *other = npv + arm * out->worlds;
    double mean, se;
    for (uint64_t w = 0; w < out->worlds; w++) components_add(&s->pair[arm], w, (double)headline[w] - (double)other[w]);
    components_row(&s->pair[arm], &mean, &se);
    s->surely_pays[arm] += mean - SUMMARY_Z95 * se > 0;
    s->surely_costs[arm] += mean + SUMMARY_Z95 * se < 0;
}

static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    struct study *s = context;
    struct orgsim_ignorance *out = s->out;
    const double *sum = outcome, *unit = s->unit + number * out->n_parameters;
    const size_t cells = cells_of(s);
    if (why) {
        s->reason = *why;
        out->impossible++;
        return 0;
    }
    for (size_t p = 0; p < out->n_parameters; p++) out->value[out->draws * out->n_parameters + p] = unknowns_value(&s->unknowns, p, unit[p]);
    for (size_t c = 0; c < cells; c++) out->mean[out->draws * cells + c] = sum[c] / (double)out->worlds;
    for (size_t a = 0; a < out->n_arms && out->headline != SIZE_MAX; a++)
        if (a != out->headline) pair_add(s, a, (const float *)(sum + cells));
    out->draws++;
    return 0;
}

/* --- what it comes to ---------------------------------------------------------------------------------------------------------------- */

static struct orgsim_range range_of(float *values, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += (double)values[k];
    summary_sort(values, n);
    return (struct orgsim_range){sum / (double)n, summary_quantile(values, n, 0.1), summary_quantile(values, n, 0.5), summary_quantile(values, n, 0.9)};
}

static void pair_conclude(struct study *s, size_t arm, float *scratch)
{
    struct orgsim_ignorance *out = s->out;
    struct orgsim_ignorance_pair *pair = &out->pair[arm];
    const size_t stride = out->n_arms * ORGSIM_IGNORANCE_METRIC_COUNT;
    const double *npv = out->mean + ORGSIM_IGNORANCE_npv_k;
    double pays = 0, n = (double)out->draws;
    for (size_t k = 0; k < out->draws; k++, npv += stride) {
        double difference = npv[out->headline * ORGSIM_IGNORANCE_METRIC_COUNT] - npv[arm * ORGSIM_IGNORANCE_METRIC_COUNT];
        scratch[k] = (float)difference;
        pays += difference > 0;
    }
    pair->npv_k = range_of(scratch, out->draws);
    pair->pays_share = pays / n;
    summary_share_interval(pays, n, &pair->pays_low, &pair->pays_high);
    pair->pays_surely_share = (double)s->surely_pays[arm] / n;
    pair->costs_surely_share = (double)s->surely_costs[arm] / n;
    struct component_parts parts = components_parts(&s->pair[arm]);
    pair->ignorance_variance = parts.rows;
    pair->luck_variance = parts.columns;
    pair->both_variance = parts.rest;
    pair->simulation_se = parts.mean_se;
}

static int conclude(struct study *s)
{
    struct orgsim_ignorance *out = s->out;
    const size_t cells = out->n_arms * ORGSIM_IGNORANCE_METRIC_COUNT;
    float *scratch = memory_array(out->draws, sizeof *scratch);
    if (!scratch) return ORGSIM_ERROR_MEMORY;
    for (size_t c = 0; c < cells; c++) {
        for (size_t k = 0; k < out->draws; k++) scratch[k] = (float)out->mean[k * cells + c];
        out->range[c] = range_of(scratch, out->draws);
    }
    for (size_t a = 0; a < out->n_arms && out->headline != SIZE_MAX; a++)
        if (a != out->headline) pair_conclude(s, a, scratch);
    memory_free(scratch);
    return 0;
}

/* --- the study ------------------------------------------------------------------------------------------------------------------------ */

static int check(const struct orgsim_run_options *options, uint64_t draws, uint64_t worlds, struct orgsim_where *where)
{
    if (draws < ORGSIM_IGNORANCE_DRAWS_LEAST || draws > ORGSIM_IGNORANCE_DRAWS_MOST)
        return error_set(where, ORGSIM_ERROR_USAGE, "--ignorance", 0, 0, "ask for 20 to 10000 draws, for example --ignorance 200",
                         "%llu draws cannot be lived", (unsigned long long)draws);
    if (worlds < 2) return error_set(where, ORGSIM_ERROR_USAGE, "--ignorance", 0, 0, "choose -n 2 or more", "one world has no luck to tell from ignorance");
    if (options->frictionless)
        return error_set(where, ORGSIM_ERROR_USAGE, "--ignorance", 0, 0, "leave one of the two away",
                         "a frictionless program has no seats and none of the parameters that nobody knows");
    return 0;
}

static size_t row_of(const struct orgsim_run_options *options, size_t n_arms, size_t arm)
{
    for (size_t a = 0; a < n_arms; a++)
        if ((options->arms ? options->arms[a] : a) == arm) return a;
    return SIZE_MAX;
}

static int allocate(struct study *s, size_t draws)
{
    struct orgsim_ignorance *out = s->out;
    const size_t cells = out->n_arms * ORGSIM_IGNORANCE_METRIC_COUNT;
    int status = 0;
    out->parameter = memory_array(out->n_parameters, sizeof *out->parameter);
    out->value = memory_array(draws, out->n_parameters * sizeof *out->value);
    out->mean = memory_array(draws, cells * sizeof *out->mean);
    out->range = memory_array(cells, sizeof *out->range);
    out->pair = memory_array(out->n_arms, sizeof *out->pair);
    s->unit = memory_array(draws, out->n_parameters * sizeof *s->unit);
    s->pair = memory_array(out->n_arms, sizeof *s->pair);
    s->surely_pays = memory_array(out->n_arms, sizeof *s->surely_pays);
    s->surely_costs = memory_array(out->n_arms, sizeof *s->surely_costs);
    if (!out->parameter || !out->value || !out->mean || !out->range || !out->pair || !s->unit || !s->pair || !s->surely_pays || !s->surely_costs)
        return ORGSIM_ERROR_MEMORY;
    for (size_t a = 0; a < out->n_arms && !status; a++) status = components_create(&s->pair[a], out->worlds);
    return status;
}

static void study_free(struct study *s)
{
    for (size_t a = 0; s->pair && a < s->out->n_arms; a++) components_free(&s->pair[a]);
    memory_free(s->unit);
    memory_free(s->pair);
    memory_free(s->surely_pays);
    memory_free(s->surely_costs);
    unknowns_close(&s->unknowns);
}

static int study_live(struct study *s, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, uint64_t draws,
                      struct orgsim_where *where)
{
    struct orgsim_ignorance *out = s->out;
    const struct spread_job job = {.scenario = scenario, .options = options, .n_points = draws, .most_settings = out->n_parameters, .bytes = draw_bytes(s),
                                   .context = s, .live = live, .take = take};
    size_t done;
    int status = design_latin(s->unit, draws, out->n_parameters, options->seed);
    for (size_t p = 0; p < out->n_parameters; p++) out->parameter[p] = assumption_table[s->unknowns.assumption[p]].name;
    if (!status) status = spread_live(&job, &done, where);
    if (status || out->draws >= 2) return status ? status : conclude(s);
    if (where) *where = s->reason;
    return ORGSIM_ERROR_USAGE;
}

int orgsim_ignorance(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, uint64_t draws, uint64_t worlds,
                     struct orgsim_ignorance *out, struct orgsim_where *where)
{
    *out = (struct orgsim_ignorance){.n_arms = options->arms ? options->n_arms : scenario->n_arms};
    out->worlds = worlds == 0 ? ORGSIM_IGNORANCE_WORLDS : worlds;
    if (out->worlds > options->worlds) out->worlds = options->worlds;
    out->headline = row_of(options, out->n_arms, scenario->settings.headline_arm);
    struct orgsim_run_options each = *options;
    each.worlds = out->worlds;
    each.block = NULL;
    struct study s = {.out = out};
    int status = check(options, draws, out->worlds, where);
    if (!status) status = unknowns_open(&s.unknowns, scenario, where);
    out->n_parameters = s.unknowns.n;
    if (!status) status = allocate(&s, draws);
    if (!status) status = study_live(&s, scenario, &each, draws, where);
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, scenario->path, 0, 0, "ask for fewer draws", "out of memory for %llu draws", (unsigned long long)draws);
    study_free(&s);
    if (status) out->draws = 0;
    return status;
}

void orgsim_ignorance_free(struct orgsim_ignorance *out)
{
    memory_free(out->parameter);
    memory_free(out->value);
    memory_free(out->mean);
    memory_free(out->range);
    memory_free(out->pair);
    *out = (struct orgsim_ignorance){0};
}
