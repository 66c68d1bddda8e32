/* sensitivity_tornado.c: each number alone at both ends of its range, on the same worlds
 *
 * Point 0 is the scenario as it is; point 2 i + 1 is the low end of input i, 2 i + 2 its high end. The swing is that between the best and the worst
 * of the three, so that a number whose present value is better than both ends shows. It is paired by world: what is luck in both cancels.
 */
#include "study/sensitivity.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/crossing.h"

enum { PRESENT, LOW, HIGH, PLACES };

struct tornado {
    const struct inputs *inputs;
    struct orgsim_sensitivity *found;
    double *difference[PLACES]; /* [worlds] of the present point and of the ends of the row under way */
};

static int add_block(void *context, const struct live_block *block)
{
    double *difference = context;
    for (size_t w = 0; w < block->worlds; w++) difference[block->first_world + w] = point_pair_difference(block, w);
    return 0;
}

static int live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct tornado *t = context;
    if (number == 0) return point_live(&worker->points, NULL, 0, outcome, add_block, where);
    const struct input *input = &t->inputs->input[(number - 1) / 2];
    worker->settings[0] = (struct point_setting){input->target, number % 2 ? input->low : input->high};
    return point_live(&worker->points, worker->settings, 1, outcome, add_block, where);
}

static struct orgsim_estimate mean_of(const double *x, const double *less, size_t n)
{
    struct moments m = {0};
    for (size_t w = 0; w < n; w++) moments_add(&m, less ? x[w] - less[w] : x[w]);
    return crossing_estimate(&m);
}

/* Both ends are known. */
static void row_end(struct tornado *t, struct orgsim_sensitivity_row *row, size_t worlds)
{
    const struct orgsim_estimate *at[PLACES] = {&t->found->at_present, &row->at_low, &row->at_high};
    int best = PRESENT, worst = PRESENT;
    for (int p = LOW; p < PLACES; p++) {
        if (at[p]->mean > at[best]->mean) best = p;
        if (at[p]->mean < at[worst]->mean) worst = p;
    }
    row->swing = mean_of(t->difference[best], t->difference[worst], worlds);
    size_t size = worlds * sizeof(double);
    row->inert = !memcmp(t->difference[LOW], t->difference[PRESENT], size) && !memcmp(t->difference[HIGH], t->difference[PRESENT], size);
}

static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    struct tornado *t = context;
    int place = number == 0 ? PRESENT : number % 2 ? LOW : HIGH;
    struct orgsim_sensitivity_row *row = place == PRESENT ? NULL : &t->found->row[(number - 1) / 2];
    if (why) {
        if (!row) return ORGSIM_ERROR_INTERNAL; /* a scenario that loads can be lived */
        if (!row->why) row->why = memory_string(why->what);
        return row->why ? 0 : ORGSIM_ERROR_MEMORY;
    }
    t->found->points++;
    const size_t worlds = (size_t)t->found->worlds;
    memcpy(t->difference[place], outcome, worlds * sizeof(double));
    struct orgsim_estimate *at = place == PRESENT ? &t->found->at_present : place == LOW ? &row->at_low : &row->at_high;
    *at = mean_of(t->difference[place], NULL, worlds);
    if (place == HIGH && !row->why) row_end(t, row, worlds);
    if (place == HIGH) row->tried = !row->why;
    return 0;
}

/* What was not tried comes last. */
static double swing(const struct orgsim_sensitivity_row *row) { return row->tried ? row->swing.mean : -1; }

int sensitivity_tornado(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where)
{
    struct tornado t = {.inputs = &asked->inputs, .found = found};
    size_t done = 0;
    int status = 0;
    for (int p = 0; p < PLACES && !status; p++) {
        t.difference[p] = memory_array((size_t)asked->options.worlds, sizeof(double));
        if (!t.difference[p]) status = error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "choose fewer worlds", "out of memory");
    }
    const struct spread_job job = {.scenario = asked->scenario, .options = &asked->options, .n_points = 2 * asked->inputs.n + 1, .most_settings = 1,
                                   .bytes = (size_t)asked->options.worlds * sizeof(double), .context = &t, .live = live, .take = take};
    if (!status) status = spread_live(&job, &done, where);
    sensitivity_keep(found, done > 0 ? (done - 1) / 2 : 0);
    sensitivity_sort(found, swing);
    for (int p = 0; p < PLACES; p++) memory_free(t.difference[p]);
    return status;
}
