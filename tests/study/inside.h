/* inside.h: one world at a time, with its state to look into: the week itself, one lane wide, as part of the test */
#ifndef TESTS_STUDY_INSIDE_H
#define TESTS_STUDY_INSIDE_H

#include "study/lived.h"

#define LANES 1
#define KERNEL test
#include "engine/kernel.c"

/* A scenario ready to be lived under one arm. Free with inside_free(). */
struct inside {
    struct orgsim_scenario *scenario;
    struct program program;
    struct organisation organisation;
    struct workspace *workspace;
    float values[ORGSIM_METRIC_COUNT]; /* of the world lived last */
};

static inline LIVED_UNUSED void inside_create(struct inside *in, const char *path, const char *arm, const char *const *settings,
                                              size_t n_settings)
{
    const struct orgsim_run_options options = {.ticks_per_week = 2};
    struct orgsim_where where = {0};
    in->scenario = lived_scenario_at(path, settings, n_settings);
    assert_int_equal(program_create(&in->program, in->scenario, &options, &where), 0);
    assert_int_equal(organisation_create(&in->organisation, &in->program, lived_arm(in->scenario, arm), 0, SIZE_MAX, &where), 0);
    in->workspace = workspace_create(&in->program);
    assert_non_null(in->workspace);
}

static inline LIVED_UNUSED void inside_free(struct inside *in)
{
    memory_free(in->workspace);
    organisation_free(&in->organisation);
    program_free(&in->program);
    orgsim_scenario_free(in->scenario);
}

/* Lives one world to its end; the batch then holds its last state. */
static inline LIVED_UNUSED const struct batch *inside_live(struct inside *in, uint64_t seed, uint64_t world)
{
    const struct kernel_task task = {.program = &in->program, .organisations = &in->organisation, .n_organisations = 1, .seed = seed,
                                     .first_world = world, .worlds = 1, .values = in->values};
    live(in->workspace, &task);
    return &in->workspace->batch;
}

#endif
