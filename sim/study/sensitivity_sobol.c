/* sensitivity_sobol.c: shares of variance of the numbers that matter most
 *
 * All numbers are screened by Morris's method first. Those of the largest effects, luck taken out, are drawn together on several shifted copies of a
 * Sobol design, each on worlds of its own; the others stay at their present value, so the shares are of the variance that the chosen ones bring.
 */
#include "study/sensitivity.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "chance/design.h"
#include "study/sobol.h"

#define SCREENING 4        /* trajectories */
#define INTERACTS 0.05     /* share of the variance beyond which an interaction is worth a word */

int orgsim_sensitivity_interacts(const struct orgsim_sensitivity_row *row)
{
    return row->total.mean - row->first.mean > INTERACTS && row->total.ci_low > row->first.ci_high;
}

/* Places of the `most` inputs of the largest effects, none that changes nothing. */
static size_t choose(const double *square, size_t inputs, size_t most, size_t chosen[ORGSIM_SENSITIVITY_INPUTS_MOST])
{
    size_t n = 0;
    for (size_t k = 0; k < inputs; k++) {
        size_t at = n;
        if (!(square[k] > 0)) continue;
        while (at > 0 && square[chosen[at - 1]] < square[k]) at--;
        if (at == most) continue;
        n += n < most ? 1U : 0U;
        memmove(chosen + at + 1, chosen + at, (n - at - 1) * sizeof *chosen);
        chosen[at] = k;
    }
    return n;
}

static uint64_t copy_seed(uint64_t seed, size_t copy) { return seed + UINT64_C(0x9e3779b97f4a7c15) * copy; }

/* Each copy's points of the cube of 2 n dimensions become n + 2 points of the n inputs. */
static int fill_design(struct sensitivity_design *d, size_t copies, size_t size, uint64_t seed)
{
    size_t n = d->dimensions;
    double *pair = memory_array(size * 2 * n, sizeof *pair), *x = d->unit;
    int status = pair ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t c = 0; c < copies && !status; c++) {
        status = design_sobol(pair, size, 2 * n, copy_seed(seed, c));
        for (size_t k = 0; k < size && !status; k++)
            for (size_t place = 0; place < n + 2; place++, x += n) sobol_point(x, pair + k * 2 * n, n, place);
    }
    memory_free(pair);
    return status;
}

static struct orgsim_estimate estimate(struct sobol_share s) { return (struct orgsim_estimate){s.mean, s.low, s.high}; }

/* Keeps the rows of the chosen inputs only. */
static void keep_chosen(struct orgsim_sensitivity *found, const size_t *chosen, const struct sobol_index *index, size_t n)
{
    for (size_t k = 0; k < found->n; k++) found->row[k].tried = 0;
    for (size_t k = 0; k < n; k++) {
        struct orgsim_sensitivity_row *row = &found->row[chosen[k]];
        row->tried = 1;
        row->first = estimate(index[k].first);
        row->total = estimate(index[k].total);
    }
}

static double share(const struct orgsim_sensitivity_row *row) { return row->tried ? row->total.mean : -(double)INFINITY; }

/* Mean and standard deviation over the points A and B, which are spread evenly. */
static void outcome_of(struct orgsim_sensitivity *found, const struct sensitivity_design *d, double variance)
{
    double sum = 0;
    size_t row = d->dimensions + 2;
    for (size_t k = 0; k < d->points; k += row) sum += d->outcome[k] + d->outcome[k + 1];
    found->outcome_mean = sum / (2 * (double)(d->points / row));
    found->outcome_sd = sqrt(fmax(0, variance));
}

/* Every copy lives worlds of its own. */
static int live_copies(struct sensitivity_design *d, const struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where)
{
    const struct orgsim_estimate present = found->at_present; /* of the seed that was asked for */
    size_t points = d->points / ORGSIM_SENSITIVITY_COPIES, before = d->before;
    double se = 0;
    int status = 0;
    for (size_t c = 0; c < ORGSIM_SENSITIVITY_COPIES && !status; c++) {
        d->seed = copy_seed(asked->options.seed, c);
        d->before = before + c * (points + 1);
        d->after = (ORGSIM_SENSITIVITY_COPIES - 1 - c) * (points + 1);
        status = sensitivity_design_live(d, c * points, points, asked, found, where);
        se += found->point_se / ORGSIM_SENSITIVITY_COPIES;
    }
    found->at_present = present;
    found->point_se = se;
    return status;
}

static int decompose(struct sensitivity *asked, struct orgsim_sensitivity *found, const size_t *chosen, size_t n, size_t before, struct orgsim_where *where)
{
    struct sensitivity_design d = {.inputs = &asked->inputs, .chosen = chosen, .points = found->size * (n + 2), .dimensions = n, .before = before};
    struct sobol_index index[ORGSIM_SENSITIVITY_INPUTS_MOST];
    size_t size = found->size / ORGSIM_SENSITIVITY_COPIES;
    int status = sensitivity_design_create(&d, where);
    if (!status && fill_design(&d, ORGSIM_SENSITIVITY_COPIES, size, asked->options.seed))
        status = error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "choose a smaller --size", "out of memory");
    if (!status) status = live_copies(&d, asked, found, where);
    if (!status) {
        outcome_of(found, &d, sobol_indices(index, d.half[0], d.half[1], ORGSIM_SENSITIVITY_COPIES, size, n));
        keep_chosen(found, chosen, index, n);
        sensitivity_sort(found, share);
        sensitivity_keep(found, n);
    }
    sensitivity_design_free(&d);
    return status;
}

int sensitivity_sobol(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where)
{
    size_t most = asked->plan->inputs ? asked->plan->inputs : ORGSIM_SENSITIVITY_INPUTS, chosen[ORGSIM_SENSITIVITY_INPUTS_MOST], n = 0;
    size_t screening = SCREENING * (asked->inputs.n + 1) + 1;
    double *square = memory_array(asked->inputs.n, sizeof *square);
    int status = square ? sensitivity_screen(asked, found, SCREENING, found->size * (most + 2) + ORGSIM_SENSITIVITY_COPIES, square, where)
                        : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    if (!status) n = choose(square, asked->inputs.n, most, chosen);
    memory_free(square);
    if (!status && n < 2)
        status = error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "widen ranges with --range NAME=LOW:HIGH, or live more worlds", "fewer than two numbers change anything");
    return status ? status : decompose(asked, found, chosen, n, screening, where);
}
