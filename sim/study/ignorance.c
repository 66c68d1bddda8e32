/* ignorance.c: the answer over what nobody knows
 *
 * Each draw lives the same worlds, so a table draws x worlds is filled for each pair of organisations. Of that table only the margins are kept.
 */
#include <math.h>
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
    size_t without;                /* row of the baseline when it has no delivery seat, else SIZE_MAX */
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
    if (n < 2) return (struct orgsim_range){(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    for (size_t k = 0; k < n; k++) sum += (double)values[k];
    summary_sort(values, n);
    return (struct orgsim_range){sum / (double)n, summary_quantile(values, n, 0.1), summary_quantile(values, n, 0.5), summary_quantile(values, n, 0.9)};
}

static double mean_of(const struct orgsim_ignorance *out, uint64_t draw, size_t arm, enum orgsim_ignorance_metric metric)
{
    return out->mean[(draw * out->n_arms + arm) * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)metric];
}

static bool is_published(const struct study *s, uint64_t draw)
{
    if (s->without == SIZE_MAX) return false;
    double slip = mean_of(s->out, draw, s->without, ORGSIM_IGNORANCE_slip);
    return slip >= ORGSIM_IGNORANCE_SLIP_LEAST && slip <= ORGSIM_IGNORANCE_SLIP_MOST;
}

/* Net value of the headline less that arm, of all draws or of those as published. */
static size_t pair_gather(const struct study *s, size_t arm, bool published, float *scratch)
{
    size_t n = 0;
    for (uint64_t k = 0; k < s->out->draws; k++)
        if (!published || is_published(s, k))
            scratch[n++] = (float)(mean_of(s->out, k, s->out->headline, ORGSIM_IGNORANCE_npv_k) - mean_of(s->out, k, arm, ORGSIM_IGNORANCE_npv_k));
    return n;
}

static void pays(const float *differences, size_t n, double *share, double *low, double *high)
{
    double above = 0;
    for (size_t k = 0; k < n; k++) above += differences[k] > 0;
    *share = n ? above / (double)n : (double)NAN;
    *low = *high = (double)NAN;
    if (n) summary_share_interval(above, (double)n, low, high);
}

static void pair_conclude(struct study *s, size_t arm, float *scratch)
{
    struct orgsim_ignorance *out = s->out;
    struct orgsim_ignorance_pair *pair = &out->pair[arm];
    size_t n = pair_gather(s, arm, false, scratch);
    pays(scratch, n, &pair->pays_share, &pair->pays_low, &pair->pays_high);
    pair->npv_k = range_of(scratch, n);
    pair->pays_surely_share = (double)s->surely_pays[arm] / (double)n;
    pair->costs_surely_share = (double)s->surely_costs[arm] / (double)n;
    n = pair_gather(s, arm, true, scratch);
    pays(scratch, n, &pair->published_share, &pair->published_low, &pair->published_high);
    pair->published_npv_k = range_of(scratch, n);
    struct component_parts parts = components_parts(&s->pair[arm]);
    pair->ignorance_variance = parts.rows;
    pair->luck_variance = parts.columns;
    pair->both_variance = parts.rest;
    pair->simulation_se = parts.mean_se;
}

static void cell_conclude(struct study *s, size_t arm, enum orgsim_ignorance_metric metric, float *scratch)
{
    struct orgsim_ignorance *out = s->out;
    const size_t cell = arm * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)metric;
    size_t n = 0;
    for (uint64_t k = 0; k < out->draws; k++) scratch[k] = (float)mean_of(out, k, arm, metric);
    out->range[cell] = range_of(scratch, out->draws);
    for (uint64_t k = 0; k < out->draws; k++)
        if (is_published(s, k)) scratch[n++] = (float)mean_of(out, k, arm, metric);
    out->published_range[cell] = range_of(scratch, n);
}

static int conclude(struct study *s)
{
    struct orgsim_ignorance *out = s->out;
    float *scratch = memory_array(out->draws, sizeof *scratch);
    if (!scratch) return ORGSIM_ERROR_MEMORY;
    for (uint64_t k = 0; k < out->draws; k++) out->published += is_published(s, k);
    for (size_t a = 0; a < out->n_arms; a++) {
        for (int m = 0; m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) cell_conclude(s, a, (enum orgsim_ignorance_metric)m, scratch);
        if (out->headline != SIZE_MAX && a != out->headline) pair_conclude(s, a, scratch);
    }
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

/* Published programs are those of organisations without a delivery seat. */
static size_t row_without(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, size_t n_arms)
{
    const struct scenario_arm *arm = &scenario->arms[options->baseline];
    for (size_t q = 0; q < arm->n_seats; q++)
        if (arm->seats[q].role != ROLE_PM) return SIZE_MAX;
    return row_of(options, n_arms, options->baseline);
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
    out->published_range = memory_array(cells, sizeof *out->published_range);
    out->pair = memory_array(out->n_arms, sizeof *out->pair);
    s->unit = memory_array(draws, out->n_parameters * sizeof *s->unit);
    s->pair = memory_array(out->n_arms, sizeof *s->pair);
    s->surely_pays = memory_array(out->n_arms, sizeof *s->surely_pays);
    s->surely_costs = memory_array(out->n_arms, sizeof *s->surely_costs);
    if (!out->parameter || !out->value || !out->mean || !out->range || !out->published_range || !out->pair || !s->unit || !s->pair || !s->surely_pays ||
        !s->surely_costs)
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
    if (scenario->settings.headline_arm == options->baseline) out->headline = SIZE_MAX;
    else out->headline = row_of(options, out->n_arms, scenario->settings.headline_arm);
    struct orgsim_run_options each = *options;
    each.worlds = out->worlds;
    each.block = NULL;
    struct study s = {.out = out, .without = row_without(scenario, options, out->n_arms)};
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
    memory_free(out->published_range);
    memory_free(out->pair);
    *out = (struct orgsim_ignorance){0};
}
