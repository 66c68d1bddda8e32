/* validate_lab.c: builds a program from texts and lives it, keeping every outcome */
#include "study/validate_lab.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

static const char *const least[TABLES] = {
    [TABLE_PROGRAM] = "setting,value\nname,Laboratory\nhorizon_weeks,400\n",
    [TABLE_TEAMS] = "team,engineers\nT,10\n",
    [TABLE_PACKAGES] = "package,team,effort_mode_pw\nP,T,500\n",
    [TABLE_DEPENDENCIES] = "from,to\n",
    [TABLE_RISKS] = "risk,category,package,probability\n",
    [TABLE_ARMS] = "arm\nnone\n",
    [TABLE_SEATS] = "arm,role,fte\nnone,pm,0\n",
};

static int refused(struct validate *v, int status, const struct orgsim_problems *problems)
{
    const char *what = "its scenario is refused";
    for (size_t p = problems->n; p-- > 0;)
        if (!problems->list[p].is_note) what = problems->list[p].where.what;
    if (status == ORGSIM_ERROR_MEMORY) return validate_memory(v);
    return error_set(v->where, ORGSIM_ERROR_INTERNAL, NULL, 0, 0, "please report it", "a check cannot build its program: %s", what);
}

static int scenario_of(struct validate_lab *lab, struct validate *v, const struct validate_case *of)
{
    struct text texts[TABLES] = {0};
    struct orgsim_problems problems = {0};
    size_t n = 0;
    while (of->settings && of->settings[n]) n++;
    for (enum table t = 0; t < TABLES; t++) {
        const char *s = of->table[t] ? of->table[t] : least[t];
        if (s) texts[t] = (struct text){.s = (char *)(uintptr_t)s, .n = strlen(s)}; /* only read */
    }
    int status = scenario_from_tables(texts, of->settings, n, &lab->scenario, &problems);
    if (status) status = refused(v, status, &problems);
    orgsim_problems_free(&problems);
    return status;
}

static int choose_arms(struct validate_lab *lab, struct validate *v, const struct validate_case *of, struct orgsim_run_options *options)
{
    for (size_t n = 0; of->arms && of->arms[n]; n++) {
        size_t a = 0;
        while (a < lab->scenario->n_arms && strcmp(lab->scenario->arms[a].id, of->arms[n]) != 0) a++;
        if (a == lab->scenario->n_arms || n == VALIDATE_ARMS)
            return error_set(v->where, ORGSIM_ERROR_INTERNAL, NULL, 0, 0, "please report it", "a check lives no arm \"%s\"", of->arms[n]);
        lab->row[n] = a;
        options->n_arms = n + 1;
    }
    if (of->arms) {
        options->arms = lab->row;
        options->baseline = lab->row[0];
    }
    return 0;
}

static struct orgsim_run_options options_of(const struct validate_lab *lab, const struct validate *v, const struct validate_case *of)
{
    return (struct orgsim_run_options){.seed = v->options->seed,
                                       .worlds = of->worlds,
                                       .baseline = lab->scenario->settings.baseline_arm,
                                       .ticks_per_week = of->ticks_per_week ? of->ticks_per_week : 2,
                                       .frictionless = of->frictionless,
                                       .levers_off = of->levers_off,
                                       .precision_metric = -1,
                                       .stop = v->options->stop};
}

int validate_lab_open(struct validate_lab *lab, struct validate *v, const struct validate_case *of)
{
    *lab = (struct validate_lab){.of = of};
    int status = scenario_of(lab, v, of);
    if (status) return status;
    struct orgsim_run_options options = options_of(lab, v, of);
    status = choose_arms(lab, v, of, &options);
    if (!status) status = program_create(&lab->program, lab->scenario, &options, v->where);
    return status ? status : arms_create(&lab->arms, &lab->program, v->kernel, v->pool, &options, v->where);
}

static size_t weeks_of(const struct validate_lab *lab) { return (size_t)lab->program.horizon_weeks + 1; }

static void take_timeline(struct validate_lab *lab, const struct live_block *block)
{
    size_t rows = lab->arms.n * weeks_of(lab) * ORGSIM_TIMELINE_COUNT;
    for (size_t r = 0; r < rows; r++) {
        double sum = 0;
        for (size_t w = 0; w < block->worlds; w++) sum += (double)block->timeline[r * block->worlds + w];
        lab->timeline[r] += sum / (double)lab->worlds;
    }
}

static int take(void *context, const struct live_block *block)
{
    struct validate_lab *lab = context;
    for (size_t c = 0; c < lab->arms.n * ORGSIM_METRIC_COUNT; c++)
        memcpy(lab->values + c * lab->worlds + lab->taken, block->values + c * block->worlds, block->worlds * sizeof(float));
    lab->taken += block->worlds;
    if (lab->timeline && block->timeline) take_timeline(lab, block);
    if (lab->of->see) lab->of->see(lab->of->context, &lab->program, block);
    return 0;
}

int validate_lab_live(struct validate_lab *lab, struct validate *v, const struct validate_case *of)
{
    int status = validate_lab_open(lab, v, of);
    if (status) return status;
    lab->worlds = (size_t)of->worlds;
    lab->values = memory_array(lab->arms.n * ORGSIM_METRIC_COUNT * lab->worlds, sizeof *lab->values);
    if (of->timeline) lab->timeline = memory_array(lab->arms.n * weeks_of(lab) * ORGSIM_TIMELINE_COUNT, sizeof *lab->timeline);
    if (!lab->values || (of->timeline && !lab->timeline)) return validate_memory(v);
    uint64_t blocks = (of->worlds + ORGSIM_BLOCK_WORLDS - 1) / ORGSIM_BLOCK_WORLDS, lived = 0;
    struct live_job job = {.program = &lab->program,
                           .kernel = v->kernel,
                           .organisations = lab->arms.organisations,
                           .n_organisations = lab->arms.n,
                           .seed = v->options->seed,
                           .worlds = of->worlds,
                           .timeline_worlds = of->timeline ? blocks * ORGSIM_BLOCK_WORLDS : 0,
                           .stop = v->options->stop,
                           .context = lab,
                           .block = take};
    status = live_run(v->pool, &job, &lived);
    v->worlds += lived;
    if (!status && lived < of->worlds) status = ORGSIM_ERROR_INTERRUPTED;
    return status;
}

void validate_lab_close(struct validate_lab *lab)
{
    arms_free(&lab->arms);
    program_free(&lab->program);
    orgsim_scenario_free(lab->scenario);
    memory_free(lab->values);
    memory_free(lab->timeline);
    *lab = (struct validate_lab){0};
}

const float *validate_lab_worlds(const struct validate_lab *lab, size_t arm, enum orgsim_metric metric)
{
    return lab->values + (arm * ORGSIM_METRIC_COUNT + (size_t)metric) * lab->worlds;
}

double validate_lab_mean(const struct validate_lab *lab, size_t arm, enum orgsim_metric metric)
{
    const float *x = validate_lab_worlds(lab, arm, metric);
    double sum = 0;
    for (size_t w = 0; w < lab->worlds; w++) sum += (double)x[w];
    return sum / (double)lab->worlds;
}

double validate_lab_at_week(const struct validate_lab *lab, size_t arm, enum orgsim_timeline metric, size_t week)
{
    return lab->timeline[(arm * weeks_of(lab) + week) * ORGSIM_TIMELINE_COUNT + (size_t)metric];
}

size_t validate_lab_differing(const struct validate_lab *a, size_t arm_a, const struct validate_lab *b, size_t arm_b,
                              const enum orgsim_metric *may, size_t n)
{
    size_t differing = 0;
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) {
        bool allowed = false;
        for (size_t k = 0; k < n; k++) allowed = allowed || (int)may[k] == m;
        const float *x = validate_lab_worlds(a, arm_a, (enum orgsim_metric)m), *y = validate_lab_worlds(b, arm_b, (enum orgsim_metric)m);
        differing += !allowed && memcmp(x, y, a->worlds * sizeof *x) != 0;
    }
    return differing;
}

void validate_lab_tables(struct validate_case *of, const struct text texts[TABLES])
{
    for (enum table t = 0; t < TABLES; t++) of->table[t] = texts[t].n ? texts[t].s : NULL;
}
