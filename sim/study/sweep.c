/* sweep.c: baseline and headline organisation over a grid of numbers, the same worlds in every cell */
#include <math.h>
#include <string.h>

#include <orgsim/sweep.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/crossing.h"
#include "study/point.h"

struct grid {
    struct points points;
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
    *g = (struct grid){0};
    *sweep = (struct orgsim_sweep){.n_axes = n_axes, .n = {1, 1}, .worlds = options->worlds};
    int status = point_pair(&g->options, g->arms, scenario, options, where);
    if (!status) status = axes_check(axes, n_axes, where);
    for (size_t a = 0; a < n_axes && !status; a++) status = axis_fill(sweep, g, scenario, &axes[a], a, where);
    if (status) return status;
    sweep->npv_k = memory_array(sweep->n[0] * sweep->n[1], sizeof *sweep->npv_k);
    if (!sweep->npv_k) return ORGSIM_ERROR_MEMORY;
    for (size_t c = 0; c < sweep->n[0] * sweep->n[1]; c++) sweep->npv_k[c] = (struct orgsim_estimate){(double)NAN, (double)NAN, (double)NAN};
    return points_open(&g->points, scenario, &g->options, where);
}

/* A cell whose numbers the scenario forbids stays empty; `where` keeps the last reason. */
static int cell_live(struct grid *g, struct orgsim_sweep *sweep, size_t cell, struct orgsim_where *where)
{
    struct moments difference;
    size_t place[ORGSIM_SWEEP_AXES] = {cell / sweep->n[1], cell % sweep->n[1]};
    for (size_t a = 0; a < sweep->n_axes; a++) g->setting[a].value = sweep->value[a][place[a]];
    int status = point_difference(&g->points, g->setting, sweep->n_axes, &difference, where);
    if (status && status != ORGSIM_ERROR_USAGE) return status;
    if (status) sweep->impossible++;
    else sweep->npv_k[cell] = crossing_estimate(&difference);
    sweep->done++;
    return 0;
}

int orgsim_sweep(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_sweep_axis *axes, size_t n_axes,
                 struct orgsim_sweep *sweep, struct orgsim_where *where)
{
    struct grid g;
    struct moments present;
    struct orgsim_where reason = {0};
    int status = grid_open(&g, sweep, scenario, options, axes, n_axes, where);
    size_t cells = sweep->n[0] * sweep->n[1];
    if (!status) status = point_difference(&g.points, NULL, 0, &present, where);
    if (!status) sweep->at_present = crossing_estimate(&present);
    for (size_t c = 0; c < cells && !status; c++) {
        status = cell_live(&g, sweep, c, &reason);
        if (!status && options->progress) options->progress(options->context, c + 1, cells);
    }
    if (!status && sweep->impossible == cells) {
        status = ORGSIM_ERROR_USAGE;
        if (where) *where = reason;
    }
    points_close(&g.points);
    return status;
}

void orgsim_sweep_free(struct orgsim_sweep *sweep)
{
    for (size_t a = 0; a < ORGSIM_SWEEP_AXES; a++) memory_free(sweep->value[a]);
    memory_free(sweep->npv_k);
    *sweep = (struct orgsim_sweep){0};
}
