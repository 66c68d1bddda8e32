/* point.c: a variant of the scenario, compiled and lived on the pool of the study */
#include "study/point.h"

#include <string.h>

#include "base/error.h"
#include "scenario/shape.h"
#include "scenario/variant.h"
#include "study/arms.h"

int point_pair(struct orgsim_run_options *pair, size_t arms[2], const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
               struct orgsim_where *where)
{
    *pair = *options;
    arms[0] = options->baseline;
    arms[1] = scenario->settings.headline_arm;
    pair->arms = arms;
    pair->n_arms = 2;
    pair->block = NULL;
    if (arms[0] == arms[1])
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose another --baseline, or another headline_arm in program.csv",
                         "the baseline is the headline arm \"%s\" itself", scenario->arms[arms[0]].id);
    if (options->worlds < 2) return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose -n 2 or more", "one world has no interval");
    return 0;
}

int points_open(struct points *p, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, struct orgsim_where *where)
{
    *p = (struct points){.scenario = scenario, .options = options, .kernel = kernel_find(options->isa)};
    if (!p->kernel)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "leave --isa away, or choose scalar",
                         "instruction set \"%s\" is not known or not supported by this processor", options->isa);
    int status = pool_create(&p->pool, options->threads);
    if (status) error_set(where, status, NULL, 0, 0, "choose fewer threads with -j", "cannot start the threads");
    return status;
}

void points_close(struct points *p)
{
    pool_free(p->pool);
    *p = (struct points){0};
}

static int settings_apply(struct orgsim_scenario *variant, const struct point_setting *settings, size_t n, struct orgsim_where *where)
{
    int status = 0;
    for (size_t s = 0; s < n && !status; s++)
        if (!settings[s].target.shape) status = target_set(variant, &settings[s].target, settings[s].value, where);
    if (!status && scenario_check_values(variant, where)) status = ORGSIM_ERROR_USAGE;
    return status;
}


/* The plan that the settings ask for: the scenario's own, or a generated one. */
static int plan_choose(struct shaped *shaped, const struct orgsim_scenario *scenario, const struct point_setting *settings, size_t n,
                       struct orgsim_where *where)
{
    struct generate_shape shape = shape_of(scenario);
    bool generated = false;
    int status = 0;
    for (size_t s = 0; s < n && !status; s++) {
        if (!settings[s].target.shape) continue;
        generated = true;
        status = shape_set(&shape, settings[s].target.shape - 1, settings[s].value, where);
    }
    if (status) return status;
    return generated ? shape_create(shaped, scenario, &shape, where) : variant_create(&shaped->variant, scenario);
}

/* --- living ------------------------------------------------------------------------------------------------------------------------- */

/* A point that is ready to be lived. */
struct compiled {
    struct shaped shaped;
    struct program program;
    struct arms arms;
    struct live_job job;
};

static int compile(struct compiled *c, struct points *p, const struct point_setting *settings, size_t n, struct orgsim_where *where)
{
    *c = (struct compiled){0};
    int status = plan_choose(&c->shaped, p->scenario, settings, n, where);
    if (!status) status = settings_apply(c->shaped.variant, settings, n, where);
    if (!status) status = program_create(&c->program, c->shaped.variant, p->options, where);
    if (!status) status = arms_create(&c->arms, &c->program, p->kernel, p->pool, p->options, where);
    if (status) return status;
    p->n_weeks = (size_t)c->program.horizon_weeks + 1;
    p->budget_k = (double)c->program.budget;
    c->job = (struct live_job){.program = &c->program,
                               .kernel = p->kernel,
                               .organisations = c->arms.organisations,
                               .n_organisations = c->arms.n,
                               .seed = p->options->seed,
                               .first_world = p->first_world,
                               .worlds = p->options->worlds,
                               .timeline_worlds = p->timeline_worlds,
                               .stop = p->options->stop};
    return 0;
}

/* Frees it; returns the status, explained. */
static int compiled_end(struct compiled *c, const struct points *p, int status, struct orgsim_where *where)
{
    arms_free(&c->arms);
    program_free(&c->program);
    shape_free(&c->shaped);
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, p->scenario->path, 0, 0, "choose fewer worlds", "out of memory");
    return status;
}

int point_live(struct points *p, const struct point_setting *settings, size_t n, void *context,
               int (*take)(void *context, const struct live_block *block), struct orgsim_where *where)
{
    struct compiled c;
    uint64_t lived = 0;
    int status = compile(&c, p, settings, n, where);
    c.job.context = context;
    c.job.block = take;
    if (!status) status = live_run(p->pool, &c.job, &lived);
    if (!status && lived < p->options->worlds) status = ORGSIM_ERROR_INTERRUPTED;
    return compiled_end(&c, p, status, where);
}

int point_share(struct points *p, const struct point_setting *settings, size_t n, const struct share *share, struct orgsim_where *where)
{
    struct compiled c;
    int status = compile(&c, p, settings, n, where);
    if (status != ORGSIM_ERROR_USAGE) status = share_live(share, p->pool, &c.job, p->options, status, where); /* of what is forbidden all know by themselves */
    return compiled_end(&c, p, status, where);
}

static void keep_pair(void *context, const struct live_block *block, void *kept)
{
    double *difference = kept;
    (void)context;
    for (size_t w = 0; w < block->worlds; w++) difference[w] = point_pair_difference(block, w);
}

static int take_pair(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    const double *difference = kept;
    (void)first_world;
    for (size_t w = 0; w < worlds; w++) moments_add(context, difference[w]);
    return 0;
}

int point_difference(struct points *p, const struct point_setting *settings, size_t n, struct moments *difference, struct orgsim_where *where)
{
    const struct share share = {.bytes = ORGSIM_BLOCK_WORLDS * sizeof(double), .context = difference, .keep = keep_pair, .take = take_pair};
    *difference = (struct moments){0};
    return point_share(p, settings, n, &share, where);
}

double point_pair_difference(const struct live_block *block, size_t world)
{
    const float *first = block->values + ORGSIM_METRIC_npv_k * block->worlds, *second = first + ORGSIM_METRIC_COUNT * block->worlds;
    return (double)second[world] - (double)first[world];
}
