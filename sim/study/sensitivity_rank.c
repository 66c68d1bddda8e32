/* sensitivity_rank.c: rank correlation of every number with the outcome, over a Latin hypercube of all of them */
#include "study/sensitivity.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "chance/design.h"
#include "study/rank.h"

#define LEFT_LEAST 20 /* points of which a correlation is worth its name */

/* Points that the scenario forbids leave the design. Returns how many stay. */
static size_t squeeze(struct sensitivity_design *d)
{
    size_t n = 0;
    for (size_t k = 0; k < d->points; k++) {
        if (isnan(d->outcome[k])) continue;
        d->outcome[n] = d->outcome[k];
        memmove(d->unit + n * d->dimensions, d->unit + k * d->dimensions, d->dimensions * sizeof *d->unit);
        n++;
    }
    return n;
}

static int correlate(struct sensitivity_design *d, struct orgsim_sensitivity *found, struct orgsim_where *where)
{
    size_t n = squeeze(d);
    if (n < LEFT_LEAST)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "narrow ranges with --range NAME=LOW:HIGH, or in assumptions.csv",
                         "the scenario forbids the numbers of %zu of %zu points", found->impossible, d->points);
    double *work = memory_array(2 * n, sizeof *work);
    if (!work) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "choose a smaller --size", "out of memory");
    for (size_t k = 0; k < found->n; k++) {
        found->row[k].rho = rank_correlation(d->unit + k, d->dimensions, d->outcome, n, work); /* values rise with their place in the cube */
        found->row[k].tried = 1;
    }
    sensitivity_outcome(found, d->outcome, n);
    memory_free(work);
    return 0;
}

static double strength(const struct orgsim_sensitivity_row *row) { return fabs(row->rho.mean); }

int sensitivity_rank(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where)
{
    struct sensitivity_design d = {.inputs = &asked->inputs, .points = found->size, .dimensions = asked->inputs.n, .seed = asked->options.seed,
                                   .impossible_is_nan = true};
    int status = sensitivity_design_create(&d, where);
    if (!status && design_latin(d.unit, d.points, d.dimensions, asked->options.seed))
        status = error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "choose a smaller --size", "out of memory");
    if (!status) status = sensitivity_design_live(&d, 0, d.points, asked, found, where);
    if (!status) status = correlate(&d, found, where);
    if (!status) sensitivity_sort(found, strength);
    sensitivity_design_free(&d);
    return status;
}
