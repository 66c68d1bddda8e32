/* lived.h: runs of shipped scenarios with every outcome kept, for tests to compare world by world */
#ifndef TESTS_STUDY_LIVED_H
#define TESTS_STUDY_LIVED_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <orgsim/orgsim.h>

#define LIVED_UNUSED __attribute__((unused))

/* One run: its results, and its outcomes [arm][metric][world]. Zero it first; free with lived_free(). */
struct lived {
    struct orgsim_results results;
    float *values;
    size_t arms, worlds, room; /* worlds: that the block callback saw */
    size_t blocks;
};

static inline LIVED_UNUSED struct orgsim_scenario *lived_scenario_at(const char *path, const char *const *settings, size_t n_settings)
{
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    int status = orgsim_scenario_load(path, settings, n_settings, &scenario, &problems);
    for (size_t p = 0; p < problems.n && status; p++)
        print_error("%s: %s; %s\n", problems.list[p].where.file, problems.list[p].where.what, problems.list[p].where.todo);
    orgsim_problems_free(&problems);
    assert_int_equal(status, 0);
    return scenario;
}

/* A scenario that ships. */
static inline LIVED_UNUSED struct orgsim_scenario *lived_scenario(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/%s", ORGSIM_SOURCE, name);
    return lived_scenario_at(path, NULL, 0);
}

static inline LIVED_UNUSED size_t lived_arm(const struct orgsim_scenario *scenario, const char *id)
{
    for (size_t a = 0; a < orgsim_scenario_arms(scenario); a++)
        if (!strcmp(orgsim_scenario_arm(scenario, a), id)) return a;
    fail_msg("no arm %s", id);
    return 0;
}

/* Numbers of the arms named, separated by blanks; returns how many. */
static inline LIVED_UNUSED size_t lived_arms(const struct orgsim_scenario *scenario, const char *ids, size_t *arms)
{
    char copy[512], *rest = NULL;
    size_t n = 0;
    snprintf(copy, sizeof copy, "%s", ids);
    for (char *id = strtok_r(copy, " ", &rest); id; id = strtok_r(NULL, " ", &rest)) arms[n++] = lived_arm(scenario, id);
    return n;
}

/* The first of `arms` is the baseline. */
static inline LIVED_UNUSED struct orgsim_run_options lived_options(const size_t *arms, size_t n_arms, uint64_t worlds)
{
    return (struct orgsim_run_options){.seed = 1, .worlds = worlds, .threads = 1, .arms = arms, .n_arms = n_arms, .baseline = arms[0],
                                       .precision_metric = -1};
}

static inline LIVED_UNUSED int lived_take(void *context, const struct orgsim_block *block)
{
    struct lived *l = context;
    size_t columns = block->arms * ORGSIM_METRIC_COUNT;
    if (block->first_world != l->worlds || l->worlds + block->worlds > l->room) return ORGSIM_ERROR_INTERNAL; /* no assertion: any thread calls */
    l->arms = block->arms;
    for (size_t c = 0; c < columns; c++)
        memcpy(l->values + c * l->room + l->worlds, block->values + c * block->worlds, block->worlds * sizeof(float));
    l->worlds += block->worlds;
    l->blocks++;
    return 0;
}

/* Returns the status of orgsim_run(). The block callback and its context are the run's own. */
static inline LIVED_UNUSED int lived_try(struct lived *l, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options)
{
    struct orgsim_where where = {0};
    struct orgsim_run_options o = *options;
    *l = (struct lived){.room = (size_t)o.worlds, .arms = o.n_arms};
    l->values = malloc(o.n_arms * ORGSIM_METRIC_COUNT * l->room * sizeof(float));
    assert_non_null(l->values);
    o.block = lived_take;
    o.context = l;
    return orgsim_run(scenario, &o, &l->results, &where);
}

static inline LIVED_UNUSED void lived_run(struct lived *l, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options)
{
    assert_int_equal(lived_try(l, scenario, options), 0);
    assert_true(l->worlds == l->results.worlds);
}

static inline LIVED_UNUSED void lived_free(struct lived *l)
{
    orgsim_results_free(&l->results);
    free(l->values);
    *l = (struct lived){0};
}

/* The outcomes of one arm and metric, by world. */
static inline LIVED_UNUSED const float *lived_column(const struct lived *l, size_t arm, size_t metric)
{
    return l->values + (arm * ORGSIM_METRIC_COUNT + metric) * l->room;
}

static inline LIVED_UNUSED bool lived_completes(const struct lived *l, size_t arm, size_t world)
{
    return lived_column(l, arm, ORGSIM_METRIC_cancelled)[world] == 0 && lived_column(l, arm, ORGSIM_METRIC_censored)[world] == 0;
}

/* In how many worlds a metric of two arms (of two runs) differs in any bit. */
static inline LIVED_UNUSED size_t lived_differing(const struct lived *a, size_t arm_a, const struct lived *b, size_t arm_b, size_t metric,
                                                  size_t worlds)
{
    const float *x = lived_column(a, arm_a, metric), *y = lived_column(b, arm_b, metric);
    size_t n = 0;
    for (size_t w = 0; w < worlds; w++) n += memcmp(&x[w], &y[w], sizeof *x) != 0;
    return n;
}

static inline LIVED_UNUSED const char *lived_metric(size_t metric) { return orgsim_metric_info((enum orgsim_metric)metric)->id; }

/* Every outcome of the first `worlds` worlds of an arm has the same bits in both runs. */
static inline LIVED_UNUSED void lived_same_arm(const struct lived *a, size_t arm_a, const struct lived *b, size_t arm_b, size_t worlds,
                                               const char *what)
{
    size_t faults = 0;
    for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
        size_t differing = lived_differing(a, arm_a, b, arm_b, m, worlds);
        if (differing) print_error("%s: %s differs in %zu of %zu worlds\n", what, lived_metric(m), differing, worlds);
        faults += differing;
    }
    assert_int_equal(faults, 0);
}

#define LIVED_HASH_START UINT64_C(0xcbf29ce484222325)

/* FNV-1a over the bytes of numbers, lowest first. */
static inline LIVED_UNUSED uint64_t lived_hash(uint64_t hash, uint64_t bits, int bytes)
{
    for (int n = 0; n < bytes; n++, bits >>= 8) hash = (hash ^ (bits & 0xff)) * UINT64_C(0x100000001b3);
    return hash;
}

/* Of all metrics of one world under one arm. */
static inline LIVED_UNUSED uint64_t lived_hash_world(const struct lived *l, size_t arm, size_t world)
{
    uint64_t hash = LIVED_HASH_START;
    for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
        uint32_t bits;
        memcpy(&bits, &lived_column(l, arm, m)[world], sizeof bits);
        hash = lived_hash(hash, bits, 4);
    }
    return hash;
}

#endif
