/* lab.h: a program small enough for a closed form, lived by the engine
 *
 * A test gives the tables it cares about as text, and settings as --set takes them; the others get the least that is accepted: one team of
 * ten engineers, one package, no dependency, risk, question or feature, one arm with nobody in a seat. LAB_CALM takes away everything that
 * is drawn and everything that reacts, so that a test can put back the one thing that it looks at. Worlds are lived by the widest kernel.
 *
 * A failure here is a fault of the test, and ends it.
 */
#ifndef TESTS_SUPPORT_LAB_H
#define TESTS_SUPPORT_LAB_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/run.h>

#include "base/file.h"
#include "base/memory.h"
#include "engine/kernel.h"
#include "engine/program.h"

#define LAB_ARMS 4
#define LAB_SETTINGS 160

#define LAB_RISK_COLUMNS                                                                                                                       \
    "risk,category,package,probability,impact_low_pw,impact_mode_pw,impact_high_pw,delay_weeks,growth_per_week,altitude,mitigation,"           \
    "mitigation_cost_k,planned,post_probability,post_impact_factor\n"

/* No luck, no mistakes, no load, nobody leaves, nothing arrives, and a plan with so much allowance that nobody ever reacts. */
#define LAB_CALM                                                                                                                               \
    "s_prog=0", "s_team=0", "b_est=0", "ar_sd=0", "q0=1", "d_dec=0", "d_mis=0", "d_press=0", "d_new=0", "d0=0", "d_attn=0", "gamma=0",         \
        "h_dep=0", "h_team=0", "h_open=0", "h_seat=0", "lam=0", "lam_s=0", "req=0", "p_bias=0", "real_h=0", "growth=0", "rho_r=0", "sev_sd=0", \
        "imp=1", "xi_dep=0", "t_forget=0", "rho_rigour=0", "b_plan=99", "es_floor=1"

struct lab_tables {
    const char *program, *teams, *packages, *dependencies, *risks, *questions, *features, *arms, *seats, *forums, *money, *calendar;
};

struct lab {
    struct orgsim_scenario *scenario;
    struct program program;
    struct organisation organisations[LAB_ARMS];
    size_t arms, worlds;
    float *values;   /* [arm][metric][worlds] of the last lab_live() */
    float *timeline; /* [arm][week][timeline metric], means over the worlds */
};

static inline void lab_fault(const char *what)
{
    fprintf(stderr, "the laboratory fails: %s\n", what);
    abort();
}

static inline void lab_write(const char *folder, const char *name, const char *text, const char *otherwise)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *file = fopen(path, "wb");
    if (text == NULL) text = otherwise;
    if (file == NULL || fputs(text, file) < 0 || fclose(file)) lab_fault(path);
}

static inline void lab_write_tables(const char *folder, const struct lab_tables *t)
{
    lab_write(folder, "program", t->program, "setting,value\nname,Lab\nhorizon_weeks,400\n");
    lab_write(folder, "teams", t->teams, "team,engineers\nT,10\n");
    lab_write(folder, "packages", t->packages, "package,team,effort_mode_pw\nP,T,500\n");
    lab_write(folder, "dependencies", t->dependencies, "from,to,lag_weeks,ambiguity,known_at_planning\n");
    lab_write(folder, "risks", t->risks, "risk,category,package,probability\n");
    lab_write(folder, "questions", t->questions, "question,package,kind,altitude,opens_at_share\n");
    lab_write(folder, "features", t->features,
              "feature,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value\n");
    lab_write(folder, "arms", t->arms, "arm\nnone\n");
    lab_write(folder, "seats", t->seats, "arm,role,fte\nnone,pm,0\n");
    if (t->forums) lab_write(folder, "forums", t->forums, "");
    if (t->money) lab_write(folder, "money", t->money, "");
    if (t->calendar) lab_write(folder, "calendar", t->calendar, "");
}

static inline struct orgsim_scenario *lab_load(const struct lab_tables *tables, const char *const *settings)
{
    char folder[] = "/tmp/orgsim-lab-XXXXXX";
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    size_t n = 0;
    while (settings && settings[n]) n++;
    if (mkdtemp(folder) == NULL) lab_fault("no temporary folder");
    lab_write_tables(folder, tables);
    int status = orgsim_scenario_load(folder, settings, n, &scenario, &problems);
    for (size_t p = 0; status && p < problems.n; p++)
        if (!problems.list[p].is_note)
            fprintf(stderr, "%s:%zu: %s\n", problems.list[p].where.file, problems.list[p].where.line, problems.list[p].where.what);
    if (status) lab_fault("its scenario is refused");
    orgsim_problems_free(&problems);
    if (file_remove_tree(folder, NULL)) lab_fault("its folder stays");
    return scenario;
}

/* A laboratory must be closed. settings end with NULL; NULL: none. */
static inline void lab_open(struct lab *lab, const struct lab_tables *tables, const char *const *settings, int ticks_per_week, int frictionless)
{
    struct orgsim_where where = {0};
    const struct orgsim_run_options options = {.ticks_per_week = ticks_per_week, .frictionless = frictionless};
    *lab = (struct lab){.scenario = lab_load(tables, settings)};
    lab->arms = orgsim_scenario_arms(lab->scenario);
    if (lab->arms > LAB_ARMS) lab_fault("too many arms");
    if (program_create(&lab->program, lab->scenario, &options, &where)) lab_fault(where.what);
    for (size_t a = 0; a < lab->arms; a++)
        if (organisation_create(&lab->organisations[a], &lab->program, a, 0, SIZE_MAX, &where)) lab_fault(where.what);
}

static inline void lab_forget(struct lab *lab)
{
    memory_free(lab->values);
    memory_free(lab->timeline);
    lab->values = lab->timeline = NULL;
}

static inline void lab_close(struct lab *lab)
{
    for (size_t a = 0; a < lab->arms; a++) organisation_free(&lab->organisations[a]);
    program_free(&lab->program);
    orgsim_scenario_free(lab->scenario);
    lab_forget(lab);
}

static inline size_t lab_weeks(const struct lab *lab) { return (size_t)lab->program.horizon_weeks + 1; }

/* One block of the worlds into the laboratory's results. */
static inline void lab_take(struct lab *lab, size_t from, size_t n, const float *values, const float *timeline)
{
    size_t rows = lab_weeks(lab) * ORGSIM_TIMELINE_COUNT;
    for (size_t m = 0; m < lab->arms * ORGSIM_METRIC_COUNT; m++)
        memcpy(lab->values + m * lab->worlds + from, values + m * n, n * sizeof *values);
    for (size_t r = 0; r < lab->arms * rows; r++)
        for (size_t w = 0; w < n; w++) lab->timeline[r] += timeline[r * n + w] / (float)lab->worlds;
}

/* Lives worlds 0 .. worlds - 1 of the seed under every arm. */
static inline void lab_live(struct lab *lab, uint64_t seed, size_t worlds)
{
    const struct kernel *kernel = kernel_find(NULL);
    size_t rows = lab_weeks(lab) * ORGSIM_TIMELINE_COUNT;
    lab_forget(lab);
    lab->worlds = worlds;
    lab->values = memory_array(lab->arms * ORGSIM_METRIC_COUNT * worlds, sizeof(float));
    lab->timeline = memory_array(lab->arms * rows, sizeof(float));
    float *values = memory_array(lab->arms * ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS, sizeof(float));
    float *timeline = memory_array(lab->arms * rows * ORGSIM_BLOCK_WORLDS, sizeof(float)), *scratch = memory_array(rows * 16, sizeof(float));
    void *workspace = kernel->create(&lab->program);
    if (!lab->values || !lab->timeline || !values || !timeline || !scratch || !workspace) lab_fault("out of memory");
    for (size_t from = 0; from < worlds; from += ORGSIM_BLOCK_WORLDS) {
        size_t n = worlds - from < ORGSIM_BLOCK_WORLDS ? worlds - from : ORGSIM_BLOCK_WORLDS;
        const struct kernel_task task = {.program = &lab->program,
                                         .organisations = lab->organisations,
                                         .n_organisations = lab->arms,
                                         .seed = seed,
                                         .first_world = from,
                                         .worlds = n,
                                         .values = values,
                                         .timeline = timeline,
                                         .timeline_scratch = scratch};
        kernel->live(workspace, &task);
        lab_take(lab, from, n, values, timeline);
    }
    memory_free(values);
    memory_free(timeline);
    memory_free(scratch);
    memory_free(workspace);
}

/* Outcome of one world, and the place of a metric's worlds. */
static inline const float *lab_worlds(const struct lab *lab, size_t arm, enum orgsim_metric metric)
{
    return lab->values + (arm * ORGSIM_METRIC_COUNT + (size_t)metric) * lab->worlds;
}

static inline double lab_value(const struct lab *lab, size_t arm, enum orgsim_metric metric, size_t world)
{
    return (double)lab_worlds(lab, arm, metric)[world];
}

static inline double lab_sum(const struct lab *lab, size_t arm, enum orgsim_metric metric)
{
    double sum = 0;
    for (size_t w = 0; w < lab->worlds; w++) sum += lab_value(lab, arm, metric, w);
    return sum;
}

static inline double lab_mean(const struct lab *lab, size_t arm, enum orgsim_metric metric)
{
    return lab_sum(lab, arm, metric) / (double)lab->worlds;
}

/* Mean over worlds at the start of a week. */
static inline double lab_at_week(const struct lab *lab, size_t arm, enum orgsim_timeline metric, size_t week)
{
    return (double)lab->timeline[(arm * lab_weeks(lab) + week) * ORGSIM_TIMELINE_COUNT + (size_t)metric];
}

#endif
