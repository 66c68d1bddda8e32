/* sensitivity_morris.c: Morris's screening over all numbers */
#include "study/sensitivity.h"

#include "base/error.h"
#include "base/memory.h"
#include "chance/design.h"
#include "study/morris.h"

static void fill(struct orgsim_sensitivity *found, const struct morris_effect *effect)
{
    for (size_t k = 0; k < found->n; k++) {
        struct orgsim_sensitivity_row *row = &found->row[k];
        row->mu_star = (struct orgsim_estimate){effect[k].mu_star, effect[k].mu_star_low, effect[k].mu_star_high};
        row->mu = effect[k].mu;
        row->sigma = effect[k].sigma;
        row->luck = effect[k].luck;
        row->inert = effect[k].mu_star == 0 && effect[k].luck == 0;
        row->tried = 1;
    }
}

int sensitivity_screen(struct sensitivity *asked, struct orgsim_sensitivity *found, size_t trajectories, size_t points_after, double *square,
                       struct orgsim_where *where)
{
    size_t n = asked->inputs.n;
    struct sensitivity_design d = {.inputs = &asked->inputs, .points = trajectories * (n + 1), .dimensions = n, .seed = asked->options.seed,
                                   .after = points_after};
    size_t *moved = memory_array(trajectories * n, sizeof *moved);
    struct morris_effect *effect = memory_array(n, sizeof *effect);
    int status = moved && effect ? sensitivity_design_create(&d, where)
                                 : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "choose a smaller --size", "out of memory");
    if (!status) {
        design_trajectories(d.unit, moved, trajectories, n, asked->options.seed);
        status = sensitivity_design_live(&d, 0, d.points, asked, found, where);
    }
    if (!status) {
        morris_effects(effect, d.unit, moved, d.half[0], d.half[1], trajectories, n);
        sensitivity_outcome(found, d.outcome, d.points);
        fill(found, effect);
        for (size_t k = 0; k < n && square; k++) square[k] = effect[k].square;
    }
    sensitivity_design_free(&d);
    memory_free(moved);
    memory_free(effect);
    return status;
}

static double mu_star(const struct orgsim_sensitivity_row *row) { return row->mu_star.mean; }

int sensitivity_morris(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where)
{
    int status = sensitivity_screen(asked, found, found->size, 0, NULL, where);
    if (!status) sensitivity_sort(found, mu_star);
    return status;
}
