/* sensitivity_design.c: points of the unit cube become numbers of the scenario, and live
 *
 * Point 0 is the scenario as it is. Every point is reduced to one outcome, the mean over its worlds of the difference between the two organisations.
 */
#include "study/sensitivity.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/crossing.h"

struct live {
    struct sensitivity_design *design;
    struct orgsim_sensitivity *found;
    const struct orgsim_run_options *options; /* the caller's, for the progress */
    size_t first;
    struct moments errors;
    struct orgsim_where *where;
};

int sensitivity_design_create(struct sensitivity_design *d, struct orgsim_where *where)
{
    d->unit = d->dimensions > 0 && d->points <= SIZE_MAX / d->dimensions ? memory_array(d->points * d->dimensions, sizeof *d->unit) : NULL;
    d->outcome = memory_array(d->points, sizeof *d->outcome);
    for (int h = 0; h < 2; h++) d->half[h] = memory_array(d->points, sizeof *d->half[h]);
    return d->unit && d->outcome && d->half[0] && d->half[1] ? 0 : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "choose a smaller --size", "out of memory");
}

void sensitivity_design_free(struct sensitivity_design *d)
{
    memory_free(d->unit);
    memory_free(d->outcome);
    for (int h = 0; h < 2; h++) memory_free(d->half[h]);
    *d = (struct sensitivity_design){0};
}

struct outcome { struct moments whole, half[2]; };
struct halves { struct outcome *outcome; uint64_t middle; }; /* the first world of the second half */

static int add_block(void *context, const struct live_block *block)
{
    const struct halves *h = context;
    for (size_t w = 0; w < block->worlds; w++) {
        double difference = point_pair_difference(block, w);
        moments_add(&h->outcome->whole, difference);
        moments_add(&h->outcome->half[block->first_world + w >= h->middle], difference);
    }
    return 0;
}

static int live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct live *l = context;
    const struct sensitivity_design *d = l->design;
    struct halves halves = {outcome, l->options->worlds / 2};
    size_t n = number > 0 ? d->dimensions : 0;
    for (size_t k = 0; k < n; k++) {
        const struct input *input = &d->inputs->input[d->chosen ? d->chosen[k] : k];
        worker->settings[k] = (struct point_setting){input->target, inputs_value(input, d->unit[(l->first + number - 1) * d->dimensions + k])};
    }
    return point_live(&worker->points, worker->settings, n, &halves, add_block, where);
}

static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    static const struct outcome none;
    struct live *l = context;
    struct sensitivity_design *d = l->design;
    const struct outcome *o = why ? &none : outcome;
    if (why && !d->impossible_is_nan)
        return error_set(l->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "narrow a range with --range NAME=LOW:HIGH, or in assumptions.csv",
                         "numbers inside their ranges are impossible together: %s", why->what);
    if (number == 0) {
        if (l->first == 0) l->found->at_present = crossing_estimate(&o->whole);
        return why ? ORGSIM_ERROR_INTERNAL : 0;
    }
    const size_t at = l->first + number - 1;
    l->found->points++;
    l->found->impossible += why ? 1U : 0U;
    for (int h = 0; h < 2; h++) d->half[h][at] = moments_mean(&o->half[h]);
    d->outcome[at] = moments_mean(&o->whole); /* NAN of none */
    if (!why) moments_add(&l->errors, moments_se(&o->whole));
    return 0;
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    const struct live *l = context;
    l->options->progress(l->options->context, l->design->before + done, l->design->before + total + l->design->after);
}

int sensitivity_design_live(struct sensitivity_design *d, size_t first, size_t points, const struct sensitivity *asked, struct orgsim_sensitivity *found,
                            struct orgsim_where *where)
{
    struct live l = {.design = d, .found = found, .options = &asked->options, .first = first, .where = where};
    struct orgsim_run_options options = asked->options;
    size_t done;
    options.seed = d->seed;
    options.context = &l;
    if (options.progress) options.progress = on_progress;
    const struct spread_job job = {.scenario = asked->scenario, .options = &options, .n_points = points + 1, .most_settings = d->dimensions,
                                   .bytes = sizeof(struct outcome), .context = &l, .live = live, .take = take};
    int status = spread_live(&job, &done, where);
    found->point_se = moments_mean(&l.errors);
    return status;
}

void sensitivity_outcome(struct orgsim_sensitivity *found, const double *outcome, size_t n)
{
    struct moments m = {0};
    for (size_t k = 0; k < n; k++)
        if (!isnan(outcome[k])) moments_add(&m, outcome[k]);
    found->outcome_mean = moments_mean(&m);
    found->outcome_sd = sqrt(moments_variance(&m));
}
