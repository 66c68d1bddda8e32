/* parallel.c: a point is compiled, lived and dropped by one worker */
#include "study/parallel.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/variant.h"

#define BATCH 16 /* first worlds are multiples of it */

#define SHARE_MOST 1024 /* points of a process between two exchanges */

struct crew {
    struct parallel *asked;
    const struct orgsim_exchange *exchange; /* NULL: none */
    size_t arms, rank, size;
    size_t first, n;                        /* points of the round: number p of them belongs to process p % size */
    double *mine, *all;                     /* [processes][1 + share of the round x 2 arms]: how many points are finished, and their halves */
    size_t share, told;                     /* points of each process in a round, and numbers that it tells */
    struct worker { struct point_setting *settings; float *values; } *worker;
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

/* Compiles and lives one point, unless the scenario forbids it. */
static int live_point(struct crew *crew, struct worker *worker, size_t point, struct orgsim_where *where)
{
    struct parallel *p = crew->asked;
    struct orgsim_scenario *variant;
    int status = variant_create(&variant, p->points->scenario);
    if (status) return status;
    p->settings(p->context, point, worker->settings);
    for (size_t s = 0; s < p->n_settings && !status; s++) status = target_set(variant, &worker->settings[s].target, worker->settings[s].value, where);
    if (!status && scenario_check_values(variant, where)) status = ORGSIM_ERROR_USAGE;
    if (!status) status = compile(crew, worker, variant, point, where);
    variant_free(variant);
    return status;
}

static bool is_forbidden(int status) { return status == ORGSIM_ERROR_USAGE || status == ORGSIM_ERROR_SCENARIO; }

static int work(void *context, uint64_t task, size_t slot, size_t worker)
{
    struct crew *crew = context;
    struct parallel *p = crew->asked;
    struct orgsim_where where = {0};
    size_t point = crew->first + (size_t)task * crew->size + crew->rank;
    int status = live_point(crew, &crew->worker[worker], point, &where);
    (void)slot;
    if (!is_forbidden(status)) return status;
    for (size_t a = 0; a < crew->arms; a++) p->half[0][point * crew->arms + a] = p->half[1][point * crew->arms + a] = (double)NAN;
    return 0;
}

static int finish(void *context, uint64_t task, size_t slot)
{
    const struct crew *crew = context;
    const struct orgsim_run_options *o = crew->asked->points->options;
    size_t done = crew->first + ((size_t)task + 1) * crew->size, points = crew->asked->n;
    (void)slot;
    if (o->progress) o->progress(o->context, done < points ? done : points, points);
    return 0;
}

/* --- rounds ------------------------------------------------------------------------------------------------------------------------- */

/* Between the halves of a point and where they are told; to: from the told numbers. */
static void copy(const struct crew *crew, double *told, size_t point, bool to)
{
    for (int h = 0; h < 2; h++) {
        double *half = crew->asked->half[h] + point * crew->arms, *at = told + 1 + ((point - crew->first) / crew->size * 2 + (size_t)h) * crew->arms;
        memcpy(to ? half : at, to ? at : half, crew->arms * sizeof *at);
    }
}

/* Every process comes to know the points of all others; *done counts those finished in a row. */
static int exchange_round(struct crew *crew, int status, uint64_t finished, size_t *done)
{
    const struct orgsim_exchange *x = crew->exchange;
    size_t end = crew->first + crew->n;
    if (!status) crew->mine[0] = (double)finished;
    for (size_t p = crew->first + crew->rank; p < end && !status; p += crew->size) copy(crew, crew->mine, p, false);
    status = x->gather(x->context, status, crew->mine, crew->all, crew->told * sizeof *crew->mine, &crew->asked->reason);
    for (; *done < end && !status; (*done)++) {
        size_t at = *done - crew->first;
        double *told = crew->all + at % crew->size * crew->told;
        if ((double)(at / crew->size) >= told[0]) return ORGSIM_ERROR_INTERRUPTED;
        copy(crew, told, *done, true);
    }
    return status;
}

static int live_round(struct crew *crew, uint64_t *finished)
{
    const struct points *points = crew->asked->points;
    uint64_t own = crew->n > crew->rank ? (crew->n - crew->rank - 1) / crew->size + 1 : 0;
    const struct pool_job job = {.tasks = own, .slots = 4 * pool_threads(points->pool), .context = crew, .work = work, .finish = finish,
                                 .stop = points->options->stop};
    return pool_run(points->pool, &job, finished);
}

static int live_rounds(struct crew *crew, int status, size_t *done)
{
    size_t points = crew->asked->n;
    for (crew->first = 0; crew->first < points; crew->first += crew->n) {
        uint64_t finished = 0;
        size_t left = points - crew->first, round = crew->exchange ? crew->share * crew->size : left;
        crew->n = round < left ? round : left;
        if (!status) status = live_round(crew, &finished);
        if (crew->exchange) status = exchange_round(crew, status, finished, done);
        else *done = (size_t)finished;
        if (status) return status;
    }
    return *done < points ? ORGSIM_ERROR_INTERRUPTED : 0;
}

/* Counts what was forbidden, and asks the last of these points again for the reason. */
static void count_impossible(struct crew *crew, size_t done)
{
    struct parallel *p = crew->asked;
    size_t last = 0;
    for (size_t k = 0; k < done; k++) {
        if (!isnan(p->half[0][k * crew->arms])) continue;
        p->impossible++;
        last = k;
    }
    if (p->impossible && !is_forbidden(live_point(crew, &crew->worker[0], last, &p->reason))) p->reason = (struct orgsim_where){0};
}

static int crew_create(struct crew *crew, size_t threads)
{
    const struct parallel *p = crew->asked;
    crew->worker = memory_array(threads, sizeof *crew->worker);
    if (!crew->worker) return ORGSIM_ERROR_MEMORY;
    for (size_t t = 0; t < threads; t++) {
        crew->worker[t].settings = memory_array(p->n_settings, sizeof *crew->worker[t].settings);
        crew->worker[t].values = memory_array(crew->arms * ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS, sizeof *crew->worker[t].values);
        if (!crew->worker[t].settings || !crew->worker[t].values) return ORGSIM_ERROR_MEMORY;
    }
    if (!crew->exchange) return 0;
    crew->mine = memory_array(crew->told, sizeof *crew->mine);
    crew->all = memory_array(crew->size, crew->told * sizeof *crew->all);
    return crew->mine && crew->all ? 0 : ORGSIM_ERROR_MEMORY;
}

static void crew_free(struct crew *crew, size_t threads)
{
    for (size_t t = 0; crew->worker && t < threads; t++) {
        memory_free(crew->worker[t].settings);
        memory_free(crew->worker[t].values);
    }
    memory_free(crew->worker);
    memory_free(crew->mine);
    memory_free(crew->all);
}

int parallel_live(struct parallel *p, size_t *done)
{
    const struct orgsim_run_options *o = p->points->options;
    const struct orgsim_exchange *x = o->exchange;
    size_t threads = pool_threads(p->points->pool), size = x ? x->size : 1, all = (p->n + size - 1) / size;
    struct crew crew = {.asked = p, .exchange = x, .arms = o->arms ? o->n_arms : p->points->scenario->n_arms, .rank = x ? x->rank : 0, .size = size,
                        .share = all < SHARE_MOST ? all : SHARE_MOST};
    crew.told = 1 + crew.share * 2 * crew.arms;
    *done = p->impossible = 0;
    p->reason = (struct orgsim_where){0};
    int status = live_rounds(&crew, crew_create(&crew, threads), done);
    if (!status || status == ORGSIM_ERROR_INTERRUPTED) count_impossible(&crew, *done);
    crew_free(&crew, threads);
    return status;
}
