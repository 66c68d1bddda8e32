/* tune.c: numbers of one organisation's design, moved to where the objective is best */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <orgsim/optimise.h>

#include "base/error.h"
#include "base/memory.h"
#include "chance/design.h"
#include "scenario/variant.h"
#include "study/crossing.h"
#include "study/objective.h"
#include "study/simplex.h"
#include "study/unknowns.h"

_Static_assert(ORGSIM_TUNE_AXES == SIMPLEX_MOST, "the search takes as many numbers as may be asked for");

#define STARTS 3
#define POINTS_MOST(n) (30 + 20 * (n)) /* of one start */
#define TOLERANCE 0.004                /* of the range */
#define EDGE 0.005
#define FRESH_SEED UINT64_C(0x9e3779b97f4a7c15) /* added to the seed: worlds that the search never saw */

struct tune {
    const struct orgsim_objective *objective;
    struct orgsim_scenario *scenario; /* variant in which every number is reached by its name */
    struct points points;     /* open on it, with its engineers placed once */
    struct orgsim_run_options options;
    struct point_setting setting[ORGSIM_TUNE_AXES];
    size_t n, arm;
    double *blocks;           /* objective of each block of the point under way */
    size_t n_blocks;
    uint64_t tried;           /* points */
    struct orgsim_where *where;
};

/* --- what may be chosen --------------------------------------------------------------------------------------------------------------- */

/* Parameters that an organisation decides. forum: the cell of forums.csv that stands for it when it is filled, or NULL. */
static bool choosable(struct orgsim_scenario *s, int assumption, double **forum)
{
    *forum = NULL;
    switch (assumption) {
    case ASSUMPTION_E_tpm:
    case ASSUMPTION_a_tpm: return true;
    case ASSUMPTION_cad1: *forum = &s->forums[0].cadence_weeks; return true;
    case ASSUMPTION_cad2: *forum = &s->forums[1].cadence_weeks; return true;
    case ASSUMPTION_slots1: *forum = &s->forums[0].slots; return true;
    case ASSUMPTION_slots2: *forum = &s->forums[1].slots; return true;
    default: return false;
    }
}

/* A forum's own number becomes the parameter's, where the search can reach it. */
static int target_open(struct tune *t, const struct target *target, const char *name)
{
    double *forum = NULL;
    bool may = target->assumption >= 0 ? choosable(t->scenario, target->assumption, &forum) : target->role >= 0;
    if (!may)
        return error_set(t->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "choose among ARM.ROLE.FIELD, cad1, cad2, slots1, slots2, E_tpm, a_tpm and count.ROLE",
                         "%s is %s, not a choice", name, target->assumption >= 0 ? "an assumption" : "a price");
    if (!forum || isnan(*forum)) return 0;
    assumptions_set(&t->scenario->assumptions, target->assumption, *forum);
    *forum = (double)NAN;
    return 0;
}

static int axis_read(struct tune *t, const struct orgsim_tune_axis *axes, size_t k)
{
    const struct orgsim_scenario *s = t->scenario;
    const struct orgsim_tune_axis *axis = &axes[k];
    struct target *target = &t->setting[k].target;
    int status = target_find(s, axis->name, target, t->where);
    if (!status) status = target_open(t, target, axis->name);
    if (status) return status;
    if (!(axis->low < axis->high))
        return error_set(t->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "the lower value comes first, the higher one after it", "the range %g:%g of %s is %s",
                         axis->low, axis->high, axis->name, axis->low > axis->high ? "reversed" : "empty");
    for (size_t j = 0; j < k; j++)
        if (!strcmp(axes[j].name, axis->name)) return error_set(t->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "name it once", "%s comes twice", axis->name);
    if (target->role < 0 || target->arm == SCENARIO_NONE) return 0;
    if (t->arm != SCENARIO_NONE && t->arm != target->arm)
        return error_set(t->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "choose numbers of one arm", "%s belongs to another arm than \"%s\"", axis->name,
                         s->arms[t->arm].id);
    t->arm = target->arm;
    return 0;
}

/* Both ends must be possible, each alone. */
static int ends_check(const struct tune *t, const struct orgsim_tune_axis *axes)
{
    struct orgsim_scenario *trial;
    int status = variant_create(&trial, t->scenario);
    for (size_t k = 0; k < t->n && !status; k++) {
        status = target_set(trial, &t->setting[k].target, axes[k].low, t->where);
        if (!status) status = target_set(trial, &t->setting[k].target, axes[k].high, t->where);
    }
    variant_free(trial);
    return status;
}

static int tune_open(struct tune *t, const struct orgsim_scenario *s, const struct orgsim_tune_axis *axes)
{
    int status = objective_check(t->objective, t->where);
    if (!status && t->options.worlds < 2 * ORGSIM_BLOCK_WORLDS)
        status = error_set(t->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose -n 256 or more", "%llu worlds are too few to search on",
                           (unsigned long long)t->options.worlds);
    if (!status && (t->n < 1 || t->n > ORGSIM_TUNE_AXES))
        status = error_set(t->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "choose 1 to 6 numbers", "%zu numbers cannot be searched over", t->n);
    if (!status) status = variant_create(&t->scenario, s);
    for (size_t k = 0; k < t->n && !status; k++) status = axis_read(t, axes, k);
    if (!status) status = ends_check(t, axes);
    if (status) return status;
    if (t->arm == SCENARIO_NONE) t->arm = s->settings.headline_arm;
    t->options.worlds -= t->options.worlds % ORGSIM_BLOCK_WORLDS;
    t->options.arms = &t->arm;
    t->options.n_arms = 1;
    t->options.baseline = t->arm;
    t->options.block = NULL;
    t->n_blocks = (size_t)(t->options.worlds / ORGSIM_BLOCK_WORLDS);
    t->blocks = memory_array(t->n_blocks, sizeof *t->blocks);
    if (!t->blocks) return ORGSIM_ERROR_MEMORY;
    status = points_open(&t->points, t->scenario, &t->options, t->where);
    return status ? status : unknowns_place(t->scenario, &t->points, &t->options, t->where);
}

/* --- the search ----------------------------------------------------------------------------------------------------------------------- */

static void keep(void *context, const struct live_block *block, void *kept)
{
    const struct tune *t = context;
    *(double *)kept = objective_of_block(t->objective, block, 0);
}

static int take(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    struct tune *t = context;
    (void)worlds;
    t->blocks[first_world / ORGSIM_BLOCK_WORLDS] = *(const double *)kept;
    return 0;
}

/* Objective of every block at x, or as the scenario is. */
static int measure(struct tune *t, const double *x, struct orgsim_where *where)
{
    const struct share share = {.bytes = sizeof *t->blocks, .context = t, .keep = keep, .take = take};
    for (size_t k = 0; x && k < t->n; k++) t->setting[k].value = x[k];
    return point_share(&t->points, t->setting, x ? t->n : 0, &share, where);
}

static int height(void *context, const double *x, double *y)
{
    struct tune *t = context;
    struct orgsim_where reason = {0};
    double sum = 0;
    int status = measure(t, x, &reason);
    if (status == ORGSIM_ERROR_USAGE) { /* impossible together: the search walks around it */
        *y = INFINITY;
        return 0;
    }
    if (status) {
        if (t->where && reason.what[0]) *t->where = reason;
        return status;
    }
    for (size_t b = 0; b < t->n_blocks; b++) sum += t->blocks[b] / (double)t->n_blocks;
    *y = objective_more(t->objective) ? -sum : sum;
    t->tried++;
    if (t->options.progress) t->options.progress(t->options.context, t->tried, (uint64_t)STARTS * POINTS_MOST(t->n));
    return 0;
}

/* Start 0 is the present design, the others lie anywhere. */
static void start_at(const struct tune *t, const struct orgsim_tune_axis *axes, const struct orgsim_tuning *out, const double *unit, int start, double *x)
{
    for (size_t k = 0; k < t->n; k++) {
        double share = start == 0 ? 0.5 : unit[(size_t)(start - 1) * t->n + k], present = out->present[k];
        x[k] = axes[k].low + share * (axes[k].high - axes[k].low);
        if (start == 0 && !isnan(present)) x[k] = fmin(axes[k].high, fmax(axes[k].low, present));
    }
}

static int search(struct tune *t, const struct orgsim_tune_axis *axes, struct orgsim_tuning *out)
{
    double unit[(STARTS - 1) * ORGSIM_TUNE_AXES], lowest = INFINITY;
    struct simplex s = {.n = t->n, .value = height, .context = t, .points_most = POINTS_MOST(t->n), .tolerance = TOLERANCE};
    int status = design_latin(unit, STARTS - 1, t->n, t->options.seed);
    for (size_t k = 0; k < t->n; k++) s.low[k] = axes[k].low, s.high[k] = axes[k].high;
    for (int start = 0; start < STARTS && !status; start++) {
        start_at(t, axes, out, unit, start, s.x);
        status = simplex_search(&s);
        if (status || !(s.y < lowest)) continue;
        lowest = s.y;
        memcpy(out->best, s.x, t->n * sizeof *s.x);
    }
    if (!status && !isfinite(lowest))
        status = error_set(t->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "choose other ranges", "the scenario forbids every design that was tried in these ranges");
    return status;
}

/* Gain over the present design on worlds that the search never saw. */
static int measure_fresh(struct tune *t, struct orgsim_tuning *out)
{
    struct orgsim_run_options fresh = t->options;
    struct moments present = {0}, best = {0}, difference = {0};
    double *before = memory_array(t->n_blocks, sizeof *before);
    if (!before) return ORGSIM_ERROR_MEMORY;
    fresh.seed += FRESH_SEED;
    t->points.options = &fresh;
    int status = measure(t, NULL, t->where);
    memcpy(before, t->blocks, t->n_blocks * sizeof *before);
    if (!status) status = measure(t, out->best, t->where);
    for (size_t b = 0; b < t->n_blocks && !status; b++) {
        moments_add(&present, before[b]);
        moments_add(&best, t->blocks[b]);
        moments_add(&difference, t->blocks[b] - before[b]);
    }
    out->at_present = moments_mean(&present);
    out->at_best = moments_mean(&best);
    out->difference = crossing_estimate(&difference);
    t->points.options = &t->options;
    memory_free(before);
    return status;
}

int orgsim_tune(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_objective *objective,
                const struct orgsim_tune_axis *axes, size_t n_axes, struct orgsim_tuning *tuning, struct orgsim_where *where)
{
    struct tune t = {.objective = objective, .options = *options, .n = n_axes, .arm = SCENARIO_NONE, .where = where};
    *tuning = (struct orgsim_tuning){0};
    int status = tune_open(&t, scenario, axes);
    for (size_t k = 0; k < n_axes && !status; k++) {
        tuning->present[k] = target_get(t.scenario, &t.setting[k].target);
        tuning->unit[k] = target_unit(&t.setting[k].target);
        tuning->meaning[k] = target_meaning(&t.setting[k].target);
    }
    if (!status) status = search(&t, axes, tuning);
    if (!status) status = measure_fresh(&t, tuning);
    for (size_t k = 0; k < n_axes && !status; k++) {
        double room = EDGE * (axes[k].high - axes[k].low);
        tuning->at_edge[k] = tuning->best[k] < axes[k].low + room || tuning->best[k] > axes[k].high - room;
    }
    tuning->n = status ? 0 : n_axes;
    tuning->arm = t.arm;
    tuning->worlds = t.options.worlds;
    tuning->points = t.tried;
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0]) error_set(where, status, scenario->path, 0, 0, "choose fewer worlds", "out of memory");
    points_close(&t.points);
    variant_free(t.scenario);
    memory_free(t.blocks);
    return status;
}
