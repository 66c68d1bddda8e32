/* compare.c: several organisations live through the same worlds, and the difference is measured */
#include "study/compare.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/arms.h"
#include "study/sample.h"
#include "study/tally.h"
#include "study/timeline.h"

const double orgsim_quantile_levels[ORGSIM_QUANTILES] = {0.05, 0.10, 0.20, 0.25, 0.50, 0.75, 0.80, 0.90, 0.95};

#define COMPARE_ENOUGH INT_MIN     /* ends the job: the interval is narrow enough; no error of a callback */

struct compare {
    const struct orgsim_run_options *options;
    const struct compare_blocks *from; /* never NULL */
    struct program program;
    struct arms arms;
    struct tally tally;
    struct timeline timeline;
    struct sample sample;
    struct tally_block *blocks;
    void **digests;
    size_t n_slots;
};

static void summarise(void *context, struct live_block *block)
{
    struct compare *c = context;
    tally_block_fill(block->digest, block->values, c->arms.n, c->arms.baseline, block->worlds);
}

static int supply(void *context, const struct live_block *block)
{
    const struct compare *c = context;
    return c->from->supply ? c->from->supply(c->from->context, block) : 0;
}

static int keep(void *context, const struct live_block *block)
{
    const struct compare *c = context;
    return c->from->keep ? c->from->keep(c->from->context, block) : 0;
}

static bool narrow_enough(const struct compare *c)
{
    const struct orgsim_run_options *o = c->options;
    if (o->precision_metric < 0 || c->arms.headline == SIZE_MAX || c->tally.n_blocks < ORGSIM_PRECISION_BLOCKS) return false;
    const struct moments *m = &c->tally.moments[c->arms.headline * ORGSIM_METRIC_COUNT + (size_t)o->precision_metric].difference;
    return 1.96 * moments_se(m) <= o->precision_half_width;
}

static int take_block(void *context, const struct live_block *block)
{
    struct compare *c = context;
    const struct orgsim_run_options *o = c->options;
    int status = tally_merge(&c->tally, block->digest, block->values, block->worlds, block->packages);
    size_t headline = c->arms.headline == SIZE_MAX ? c->arms.baseline : c->arms.headline;
    if (!status) sample_take(&c->sample, block->values, block->worlds, &c->tally.moments[headline * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].difference);
    if (!status && block->timeline) timeline_take(&c->timeline, block->timeline, block->first_world, block->worlds);
    if (!status && o->block) {
        struct orgsim_block out = {.first_world = block->first_world, .worlds = block->worlds, .arms = c->arms.n, .values = block->values};
        status = o->block(o->context, &out);
    }
    if (!status) status = keep(c, block);
    if (!status && o->progress) o->progress(o->context, c->tally.worlds, o->worlds);
    return status ? status : narrow_enough(c) ? COMPARE_ENOUGH : 0;
}

static int digests_create(struct compare *c, size_t slots)
{
    c->n_slots = slots;
    c->blocks = memory_array(slots, sizeof *c->blocks);
    c->digests = memory_array(slots, sizeof *c->digests);
    int status = c->blocks && c->digests ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t s = 0; s < slots && !status; s++) {
        status = tally_block_create(&c->blocks[s], c->arms.n);
        c->digests[s] = &c->blocks[s];
    }
    return status;
}

static void compare_free(struct compare *c)
{
    for (size_t s = 0; c->blocks && s < c->n_slots; s++) tally_block_free(&c->blocks[s]);
    memory_free(c->blocks);
    memory_free(c->digests);
    tally_free(&c->tally);
    timeline_free(&c->timeline);
    sample_free(&c->sample);
    arms_free(&c->arms);
    program_free(&c->program);
}

static int results_allocate(struct orgsim_results *r, const struct compare *c)
{
    size_t arms = c->arms.n, cells = arms * ORGSIM_METRIC_COUNT;
    r->n_arms = arms;
    r->n_packages = c->program.n_packages;
    r->n_weeks = (size_t)c->program.horizon_weeks + 1;
    r->arm = memory_array(arms, sizeof *r->arm);
    r->arm_note = memory_array(arms, sizeof *r->arm_note);
    r->seat_cost_per_week_k = memory_array(arms, sizeof *r->seat_cost_per_week_k);
    r->summary = memory_array(cells, sizeof *r->summary);
    r->comparison = memory_array(cells, sizeof *r->comparison);
    r->timeline = memory_array(arms * r->n_weeks * ORGSIM_TIMELINE_COUNT, sizeof *r->timeline);
    r->packages = memory_array(arms * r->n_packages, sizeof *r->packages);
    r->finish_quantiles = memory_array(arms * 101, sizeof(double));
    r->npv_quantiles = memory_array(arms * 101, sizeof(double));
    r->npv_difference_quantiles = memory_array(arms * 101, sizeof(double));
    r->finish_intervals = memory_array(arms * 101, sizeof *r->finish_intervals);
    r->npv_intervals = memory_array(arms * 101, sizeof *r->npv_intervals);
    r->npv_difference_intervals = memory_array(arms * 101, sizeof *r->npv_difference_intervals);
    r->finish_shift = memory_array(arms * 101, sizeof *r->finish_shift);
    r->npv_shift = memory_array(arms * 101, sizeof *r->npv_shift);
    r->npv_loss_probability = memory_array(arms, sizeof(double));
    return r->arm && r->arm_note && r->seat_cost_per_week_k && r->summary && r->comparison && r->timeline && r->packages &&
                   r->finish_quantiles && r->npv_quantiles && r->npv_difference_quantiles && r->finish_intervals && r->npv_intervals &&
                   r->npv_difference_intervals && r->finish_shift && r->npv_shift && r->npv_loss_probability
               ? 0 : ORGSIM_ERROR_MEMORY;
}

static int results_fill(struct orgsim_results *r, const struct compare *c, const struct kernel *kernel)
{
    int status = results_allocate(r, c);
    if (status) return status;
    const struct program *p = &c->program;
    r->baseline = c->arms.baseline;
    r->headline = c->arms.headline == SIZE_MAX ? c->arms.baseline : c->arms.headline;
    r->plan_weeks = p->plan_weeks;
    r->deadline_week = p->deadline;
    r->horizon_weeks = p->horizon;
    r->value_horizon_weeks = p->value_horizon;
    r->budget_k = p->budget;
    r->isa = kernel->isa;
    r->precision_reached = narrow_enough(c);
    for (size_t a = 0; a < c->arms.n; a++) {
        r->arm[a] = c->arms.row[a];
        r->seat_cost_per_week_k[a] = organisation_delivery_cost(p->scenario, c->arms.row[a]);
        if (c->arms.note[a] && !(r->arm_note[a] = memory_string(c->arms.note[a]))) return ORGSIM_ERROR_MEMORY;
    }
    r->timeline_worlds = c->timeline.taken;
    timeline_report(&c->timeline, r->timeline);
    status = sample_report(&c->sample, r);
    return status ? status : tally_report(&c->tally, r);
}

static int options_check(const struct orgsim_run_options *o, const struct kernel *kernel, struct orgsim_where *where)
{
    if (!kernel)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "leave --isa away, or choose scalar", "instruction set \"%s\" is not known or not supported by this processor", o->isa);
    if (o->worlds < 1 || o->worlds > UINT64_C(1) << 40)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose 1 to 2^40", "the number of worlds is out of range");
    int t = o->ticks_per_week;
    if (t != 0 && t != 1 && t != 2 && t != 4 && t != 8)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose 1, 1/2, 1/4 or 1/8 of a week", "the tick must divide a week exactly");
    return 0;
}

static uint64_t followed(const struct orgsim_run_options *o) { return o->worlds < ORGSIM_TIMELINE_WORLDS ? o->worlds : ORGSIM_TIMELINE_WORLDS; }

static int compare_run(struct compare *c, const struct kernel *kernel, struct pool *pool, uint64_t *lived)
{
    const struct orgsim_run_options *o = c->options;
    int status = tally_create(&c->tally, c->arms.n, c->arms.baseline, c->program.n_packages, o->values_kept_at_most);
    if (!status) status = timeline_create(&c->timeline, c->arms.n, (size_t)c->program.horizon_weeks + 1, (size_t)followed(o));
    if (!status) status = sample_create(&c->sample, c->arms.n, c->arms.baseline, c->arms.headline, c->program.budget, o->worlds);
    if (!status) status = digests_create(c, live_slots(pool) + c->from->more);
    if (status) return status;
    struct live_job job = {.program = &c->program, .kernel = kernel, .organisations = c->arms.organisations, .n_organisations = c->arms.n,
                           .seed = o->seed, .worlds = o->worlds, .timeline_worlds = followed(o), .want_packages = true, .stop = o->stop,
                           .context = c, .digests = c->digests, .slots_more = c->from->more, .supply = supply, .summarise = summarise, .block = take_block};
    status = live_run(pool, &job, lived);
    return status == COMPARE_ENOUGH || status == ORGSIM_ERROR_INTERRUPTED ? 0 : status; /* what has come by then counts */
}

/* Compiles what a run needs before it can live. */
static int compare_open(struct compare *c, struct pool **pool, const struct kernel *kernel, const struct orgsim_scenario *scenario,
                        struct orgsim_where *where)
{
    int status = options_check(c->options, kernel, where);
    if (!status) status = program_create(&c->program, scenario, c->options, where);
    if (!status) status = pool_create(pool, c->options->threads);
    if (!status) status = arms_create(&c->arms, &c->program, kernel, *pool, c->options, where);
    return status;
}

static int compare_close(struct compare *c, struct pool *pool, int status, const struct orgsim_scenario *scenario, struct orgsim_where *where)
{
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, scenario->path, 0, 0, "choose fewer worlds or arms, or --no-outcomes", "out of memory");
    pool_free(pool);
    compare_free(c);
    return status;
}

int compare_all(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct compare_blocks *blocks,
                struct orgsim_results *results, struct orgsim_where *where)
{
    const struct compare_blocks none = {0};
    struct compare c = {.options = options, .from = blocks ? blocks : &none};
    struct pool *pool = NULL;
    uint64_t lived = 0;
    const struct kernel *kernel = kernel_find(options->isa);
    memset(results, 0, sizeof *results);
    int status = compare_open(&c, &pool, kernel, scenario, where);
    if (!status) status = compare_run(&c, kernel, pool, &lived);
    bool interrupted = !status && c.tally.worlds < options->worlds && !narrow_enough(&c);
    if (!status) status = results_fill(results, &c, kernel);
    if (!status && interrupted) status = ORGSIM_ERROR_INTERRUPTED;
    return compare_close(&c, pool, status, scenario, where);
}

int orgsim_run(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, struct orgsim_results *results,
               struct orgsim_where *where)
{
    return compare_all(scenario, options, NULL, results, where);
}

uint64_t compare_count(uint64_t worlds) { return (worlds + ORGSIM_BLOCK_WORLDS - 1) / ORGSIM_BLOCK_WORLDS; }

/* Counts what is handed out. */
struct compare_counted { struct compare *compare; uint64_t blocks, all; };

static int counted_supply(void *context, const struct live_block *block)
{
    const struct compare_counted *counted = context;
    return supply(counted->compare, block);
}

static int counted_keep(void *context, const struct live_block *block)
{
    struct compare_counted *counted = context;
    const struct orgsim_run_options *o = counted->compare->options;
    int status = keep(counted->compare, block);
    counted->blocks++;
    if (!status && o->progress) o->progress(o->context, counted->blocks * ORGSIM_BLOCK_WORLDS, counted->all * ORGSIM_BLOCK_WORLDS);
    return status;
}

int compare_some(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct compare_part *part,
                 const struct compare_blocks *blocks, struct orgsim_where *where)
{
    struct compare c = {.options = options, .from = blocks};
    struct compare_counted counted = {.compare = &c};
    struct pool *pool = NULL;
    uint64_t lived = 0, end = part->end < compare_count(options->worlds) ? part->end : compare_count(options->worlds);
    if (part->first >= end) return 0;
    const struct kernel *kernel = kernel_find(options->isa);
    int status = compare_open(&c, &pool, kernel, scenario, where);
    uint64_t first = part->first * ORGSIM_BLOCK_WORLDS, last = end * ORGSIM_BLOCK_WORLDS;
    struct live_job job = {.program = &c.program, .kernel = kernel, .organisations = c.arms.organisations, .n_organisations = c.arms.n,
                           .seed = options->seed, .first_world = first, .worlds = (last < options->worlds ? last : options->worlds) - first,
                           .step = part->step, .timeline_worlds = followed(options), .want_packages = true, .stop = options->stop,
                           .context = &counted, .slots_more = blocks->more, .supply = counted_supply, .block = counted_keep};
    counted.all = (end - part->first + part->step - 1) / part->step;
    if (!status) status = live_run(pool, &job, &lived);
    if (!status && counted.blocks < counted.all) status = ORGSIM_ERROR_INTERRUPTED;
    return compare_close(&c, pool, status, scenario, where);
}

void orgsim_results_free(struct orgsim_results *r)
{
    for (size_t a = 0; r->arm_note && a < r->n_arms; a++) memory_free(r->arm_note[a]);
    void *owned[] = {r->arm, r->arm_note, r->seat_cost_per_week_k, r->summary, r->comparison, r->timeline, r->packages, r->finish_quantiles,
                     r->npv_quantiles, r->npv_difference_quantiles, r->finish_intervals, r->npv_intervals, r->npv_difference_intervals,
                     r->finish_shift, r->npv_shift, r->npv_loss_probability, r->sample_finish_week, r->sample_cost_k, r->joint_share,
                     r->joint_difference_se, r->running};
    for (size_t o = 0; o < sizeof owned / sizeof *owned; o++) memory_free(owned[o]);
    memset(r, 0, sizeof *r);
}
