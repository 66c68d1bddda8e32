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

static int live(struct points *p, const struct orgsim_scenario *variant, void *context,
                int (*take)(void *context, const struct live_block *block), struct orgsim_where *where)
{
    struct program program = {0};
    struct arms arms = {0};
    uint64_t lived = 0;
    int status = program_create(&program, variant, p->options, where);
    if (status) return status;
    p->n_weeks = (size_t)program.horizon_weeks + 1;
    status = arms_create(&arms, &program, p->kernel, p->pool, p->options, where);
    if (!status) {
        struct live_job job = {.program = &program,
                               .kernel = p->kernel,
                               .organisations = arms.organisations,
                               .n_organisations = arms.n,
                               .seed = p->options->seed,
                               .worlds = p->options->worlds,
                               .timeline_worlds = p->timeline_worlds,
                               .stop = p->options->stop,
                               .context = context,
                               .block = take};
        status = live_run(p->pool, &job, &lived);
        if (!status && lived < p->options->worlds) status = ORGSIM_ERROR_INTERRUPTED;
        arms_free(&arms);
    }
    program_free(&program);
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

int point_live(struct points *p, const struct point_setting *settings, size_t n, void *context,
               int (*take)(void *context, const struct live_block *block), struct orgsim_where *where)
{
    struct shaped shaped = {0};
    int status = plan_choose(&shaped, p->scenario, settings, n, where);
    if (!status) status = settings_apply(shaped.variant, settings, n, where);
    if (!status) status = live(p, shaped.variant, context, take, where);
    shape_free(&shaped);
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, p->scenario->path, 0, 0, "choose fewer worlds", "out of memory");
    return status;
}

static int take_pair(void *context, const struct live_block *block)
{
    struct moments *difference = context;
    const float *first = block->values + ORGSIM_METRIC_npv_k * block->worlds, *second = first + ORGSIM_METRIC_COUNT * block->worlds;
    for (size_t w = 0; w < block->worlds; w++) moments_add(difference, (double)second[w] - (double)first[w]);
    return 0;
}

int point_difference(struct points *p, const struct point_setting *settings, size_t n, struct moments *difference, struct orgsim_where *where)
{
    *difference = (struct moments){0};
    return point_live(p, settings, n, difference, take_pair, where);
}
