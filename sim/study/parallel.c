/* parallel.c: a point is compiled, lived and dropped by one worker */
#include "study/parallel.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/variant.h"

#define BATCH 16 /* first worlds are multiples of it */

struct crew {
    struct parallel *asked;
    size_t arms, slots;
    struct worker { struct point_setting *settings; float *values; } *worker;
    struct slot { bool impossible; struct orgsim_where reason; } *slot;
};

uint64_t parallel_stride(const struct parallel *p) { return p->fresh ? ((uint64_t)p->worlds + BATCH - 1) / BATCH * BATCH : 0; }

static size_t place_of(const struct scenario_arm *arm) { return arm->placement == PLACE_TEAM ? arm->extra_team : SIZE_MAX; }

/* What nature and the arms made of the worlds from `first` on, added to the halves. */
static void add_worlds(const struct crew *crew, const float *values, size_t worlds, double *const sum[2])
{
    for (size_t a = 0; a < crew->arms; a++) {
        const float *npv = values + (a * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * worlds;
        for (size_t w = 0; w < worlds; w++) sum[w % 2][a] += (double)npv[w];
    }
}

static int live(struct crew *crew, struct worker *worker, const struct program *program, const struct organisation *organisations, size_t point)
{
    const struct parallel *p = crew->asked;
    const struct kernel *kernel = p->points->kernel;
    double *const sum[2] = {p->half[0] + point * crew->arms, p->half[1] + point * crew->arms};
    void *workspace = kernel->create(program);
    if (!workspace) return ORGSIM_ERROR_MEMORY;
    for (int h = 0; h < 2; h++) memset(sum[h], 0, crew->arms * sizeof *sum[h]);
    for (size_t from = 0; from < p->worlds; from += ORGSIM_BLOCK_WORLDS) {
        size_t worlds = p->worlds - from < ORGSIM_BLOCK_WORLDS ? p->worlds - from : ORGSIM_BLOCK_WORLDS;
        struct kernel_task task = {.program = program, .organisations = organisations, .n_organisations = crew->arms, .seed = p->points->options->seed,
                                   .first_world = (uint64_t)point * parallel_stride(p) + from, .worlds = worlds, .values = worker->values};
        kernel->live(workspace, &task);
        add_worlds(crew, worker->values, worlds, sum);
    }
    for (size_t a = 0; a < crew->arms; a++)
        for (size_t h = 0; h < 2; h++) sum[h][a] /= (double)((p->worlds + 1 - h) / 2);
    memory_free(workspace);
    return 0;
}

static int compile(struct crew *crew, struct worker *worker, const struct orgsim_scenario *variant, size_t point, struct orgsim_where *where)
{
    const struct orgsim_run_options *o = crew->asked->points->options;
    struct program program = {0};
    struct organisation *organisations = memory_array(crew->arms, sizeof *organisations);
    size_t made = 0;
    int status = organisations ? program_create(&program, variant, o, where) : ORGSIM_ERROR_MEMORY;
    for (; made < crew->arms && !status; made++) {
        size_t arm = o->arms ? o->arms[made] : made;
        status = organisation_create(&organisations[made], &program, arm, o->levers_off, place_of(&variant->arms[arm]), where);
    }
    if (!status) status = live(crew, worker, &program, organisations, point);
    for (size_t a = 0; a < made; a++) organisation_free(&organisations[a]);
    memory_free(organisations);
    program_free(&program);
    return status;
}

static int work(void *context, uint64_t task, size_t slot, size_t worker)
{
    struct crew *crew = context;
    struct parallel *p = crew->asked;
    struct worker *w = &crew->worker[worker];
    struct slot *at = &crew->slot[slot];
    struct orgsim_scenario *variant;
    memset(at, 0, sizeof *at);
    int status = variant_create(&variant, p->points->scenario);
    if (status) return status;
    p->settings(p->context, (size_t)task, w->settings);
    for (size_t s = 0; s < p->n_settings && !status; s++) status = target_set(variant, &w->settings[s].target, w->settings[s].value, &at->reason);
    if (!status && scenario_check_values(variant, &at->reason)) status = ORGSIM_ERROR_USAGE;
    if (!status) status = compile(crew, w, variant, (size_t)task, &at->reason);
    variant_free(variant);
    at->impossible = status == ORGSIM_ERROR_USAGE || status == ORGSIM_ERROR_SCENARIO;
    return at->impossible ? 0 : status;
}

static int finish(void *context, uint64_t task, size_t slot)
{
    struct crew *crew = context;
    struct parallel *p = crew->asked;
    const struct orgsim_run_options *o = p->points->options;
    if (crew->slot[slot].impossible) {
        for (size_t a = 0; a < crew->arms; a++) p->half[0][task * crew->arms + a] = p->half[1][task * crew->arms + a] = (double)NAN;
        p->impossible++;
        p->reason = crew->slot[slot].reason;
    }
    if (o->progress) o->progress(o->context, task + 1, p->n);
    return 0;
}

static int crew_create(struct crew *crew, size_t threads)
{
    const struct parallel *p = crew->asked;
    crew->worker = memory_array(threads, sizeof *crew->worker);
    crew->slot = memory_array(crew->slots, sizeof *crew->slot);
    if (!crew->worker || !crew->slot) return ORGSIM_ERROR_MEMORY;
    for (size_t t = 0; t < threads; t++) {
        crew->worker[t].settings = memory_array(p->n_settings, sizeof *crew->worker[t].settings);
        crew->worker[t].values = memory_array(crew->arms * ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS, sizeof *crew->worker[t].values);
        if (!crew->worker[t].settings || !crew->worker[t].values) return ORGSIM_ERROR_MEMORY;
    }
    return 0;
}

static void crew_free(struct crew *crew, size_t threads)
{
    for (size_t t = 0; crew->worker && t < threads; t++) {
        memory_free(crew->worker[t].settings);
        memory_free(crew->worker[t].values);
    }
    memory_free(crew->worker);
    memory_free(crew->slot);
}

int parallel_live(struct parallel *p, size_t *done)
{
    const struct orgsim_run_options *o = p->points->options;
    size_t threads = pool_threads(p->points->pool);
    struct crew crew = {.asked = p, .arms = o->arms ? o->n_arms : p->points->scenario->n_arms, .slots = 4 * threads};
    uint64_t finished = 0;
    int status = crew_create(&crew, threads);
    p->impossible = 0;
    if (!status) {
        struct pool_job job = {.tasks = p->n, .slots = crew.slots, .context = &crew, .work = work, .finish = finish, .stop = o->stop};
        status = pool_run(p->points->pool, &job, &finished);
    }
    crew_free(&crew, threads);
    *done = (size_t)finished;
    return !status && finished < p->n ? ORGSIM_ERROR_INTERRUPTED : status;
}
