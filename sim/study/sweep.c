/* sweep.c: baseline and headline organisation over a grid of numbers, the same worlds in every cell
 *
 * Point 0 is the scenario as it is, point c + 1 is cell c.
 */
#include <math.h>
#include <string.h>

#include <orgsim/sweep.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/crossing.h"
#include "study/spread.h"

struct grid {
    struct orgsim_sweep *sweep;
    struct orgsim_where reason; /* why the last of the cells is empty that the scenario forbids */
    size_t arms[2];
    struct orgsim_run_options options; /* of the pair */
    struct point_setting setting[ORGSIM_SWEEP_AXES];
};

static int axis_check(const struct orgsim_sweep_axis *axis, struct orgsim_where *where)
{
    if (axis->n < 2)
        return error_set(where, ORGSIM_ERROR_USAGE, "--vary", 0, 0, "ask for 2 values or more, for example NAME=0:3:7", "%s has a grid of %zu point%s",
                         axis->name, axis->n, axis->n == 1 ? "" : "s");
    if (axis->low < axis->high) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, "--vary", 0, 0, "the lower value comes first, the higher one after it", "the range %g:%g of %s is %s",
                     axis->low, axis->high, axis->name, axis->low > axis->high ? "reversed" : "empty");
}

static int axes_check(const struct orgsim_sweep_axis *axes, size_t n, struct orgsim_where *where)
{
    int status = 0;
    size_t cells = 1;
    for (size_t a = 0; a < n && !status; a++) {
        status = axis_check(&axes[a], where);
        cells = axes[a].n > ORGSIM_SWEEP_CELLS ? ORGSIM_SWEEP_CELLS + 1 : cells * axes[a].n;
    }
    if (status) return status;
    if (cells > ORGSIM_SWEEP_CELLS)
        return error_set(where, ORGSIM_ERROR_USAGE, "--vary", 0, 0, "ask for fewer values", "the grid has more than %d cells", ORGSIM_SWEEP_CELLS);
    if (n == 2 && !strcmp(axes[0].name, axes[1].name))
        return error_set(where, ORGSIM_ERROR_USAGE, "--vary", 0, 0, "vary another number", "%s is on both axes", axes[0].name);
    return 0;
}

/* A grid of whole numbers may not try the same one twice. */
static int values_round(struct orgsim_sweep *sweep, const struct orgsim_sweep_axis *axis, size_t a, struct orgsim_where *where)
{
    for (size_t k = 0; k < axis->n; k++) {
        sweep->value[a][k] = floor(sweep->value[a][k] + 0.5);
        if (k > 0 && !(sweep->value[a][k] > sweep->value[a][k - 1]))
            return error_set(where, ORGSIM_ERROR_USAGE, "--vary", 0, 0, "ask for as many values as there are whole numbers, or fewer",
                             "%s has %zu values from %g to %g, but only whole ones make sense", axis->name, axis->n, axis->low, axis->high);
    }
    return 0;
}

static int axis_fill(struct orgsim_sweep *sweep, struct grid *g, const struct orgsim_scenario *scenario, const struct orgsim_sweep_axis *axis, size_t a,
                     struct orgsim_where *where)
{
    int status = target_find(scenario, axis->name, &g->setting[a].target, where);
    if (status) return status;
    const struct target *t = &g->setting[a].target;
    sweep->unit[a] = target_unit(t);
    sweep->meaning[a] = target_meaning(t);
    sweep->present[a] = target_get(scenario, t);
    sweep->n[a] = axis->n;
    sweep->value[a] = memory_array(axis->n, sizeof *sweep->value[a]);
    if (!sweep->value[a]) return ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < axis->n; k++) /* both ends exactly */
        sweep->value[a][k] = k + 1 == axis->n ? axis->high : axis->low + (axis->high - axis->low) * (double)k / (double)(axis->n - 1);
    if (t->shape) sweep->generated = 1;
    return target_is_whole(t) ? values_round(sweep, axis, a, where) : 0;
}

static int grid_open(struct grid *g, struct orgsim_sweep *sweep, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                     const struct orgsim_sweep_axis *axes, size_t n_axes, struct orgsim_where *where)
{
    *g = (struct grid){.sweep = sweep};
    *sweep = (struct orgsim_sweep){.n_axes = n_axes, .n = {1, 1}, .worlds = options->worlds};
    int status = point_pair(&g->options, g->arms, scenario, options, where);
    if (!status) status = axes_check(axes, n_axes, where);
    for (size_t a = 0; a < n_axes && !status; a++) status = axis_fill(sweep, g, scenario, &axes[a], a, where);
    if (status) return status;
    sweep->npv_k = memory_array(sweep->n[0] * sweep->n[1], sizeof *sweep->npv_k);
    if (!sweep->npv_k) return ORGSIM_ERROR_MEMORY;
    for (size_t c = 0; c < sweep->n[0] * sweep->n[1]; c++) sweep->npv_k[c] = (struct orgsim_estimate){(double)NAN, (double)NAN, (double)NAN};
    return 0;
}

static int live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct grid *g = context;
    const size_t cell = number - 1, place[ORGSIM_SWEEP_AXES] = {cell / g->sweep->n[1], cell % g->sweep->n[1]}, n = number > 0 ? g->sweep->n_axes : 0;
    for (size_t a = 0; a < n; a++) worker->settings[a] = (struct point_setting){.target = g->setting[a].target, .value = g->sweep->value[a][place[a]]};
    return point_difference(&worker->points, worker->settings, n, outcome, where);
}

/* A cell whose numbers the scenario forbids stays empty. */
static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    struct grid *g = context;
    if (why) g->reason = *why;
    if (number == 0) {
        if (!why) g->sweep->at_present = crossing_estimate(outcome);
        return why ? ORGSIM_ERROR_USAGE : 0;
    }
    if (why) g->sweep->impossible++;
    else g->sweep->npv_k[number - 1] = crossing_estimate(outcome);
    g->sweep->done++;
    return 0;
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    const struct orgsim_run_options *asked = context;
    asked->progress(asked->context, done - 1, total - 1);
}

int orgsim_sweep(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_sweep_axis *axes, size_t n_axes,
                 struct orgsim_sweep *sweep, struct orgsim_where *where)
{
    struct grid g;
    struct orgsim_run_options asked = *options;
    size_t done;
    int status = grid_open(&g, sweep, scenario, options, axes, n_axes, where);
    size_t cells = sweep->n[0] * sweep->n[1];
    g.options.context = &asked;
    if (options->progress) g.options.progress = on_progress;
    const struct spread_job job = {.scenario = scenario, .options = &g.options, .n_points = cells + 1, .most_settings = ORGSIM_SWEEP_AXES, .place_anew = true,
                                   .bytes = sizeof(struct moments), .context = &g, .live = live, .take = take};
    if (!status) status = spread_live(&job, &done, where);
    if (!status && sweep->impossible == cells) status = ORGSIM_ERROR_USAGE;
    if (status == ORGSIM_ERROR_USAGE && g.reason.what[0] && where) *where = g.reason;
    return status;
}

void orgsim_sweep_free(struct orgsim_sweep *sweep)
{
    for (size_t a = 0; a < ORGSIM_SWEEP_AXES; a++) memory_free(sweep->value[a]);
    memory_free(sweep->npv_k);
    *sweep = (struct orgsim_sweep){0};
}
