/* bench.c: how fast the kernels are, as ratios in one run
 *
 * Rates on one thread go by the time of the processor, which other programs on the machine disturb least; those of several threads by the clock.
 * Everything that is compared is measured in turn, so that a ratio is that of neighbours in time.
 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <orgsim/bench.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/arms.h"
#include "study/live.h"

#define BENCH_REPETITIONS 99
#define BENCH_DRAWS (UINT32_C(1) << 20)

/* What all measurements need. */
struct bench {
    const struct program *p;
    const struct orgsim_run_options *o;
    struct arms arms;
    struct pool *one;
    int repetitions;
};

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static struct orgsim_bench_rate rate_of(const double *values, int n)
{
    double sorted[BENCH_REPETITIONS];
    memcpy(sorted, values, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, compare_doubles);
    return (struct orgsim_bench_rate){n % 2 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]), sorted[0], sorted[n - 1]};
}

static double median_ratio(const double *values, const double *base, int n)
{
    double ratios[BENCH_REPETITIONS];
    for (int r = 0; r < n; r++) ratios[r] = values[r] / base[r];
    return rate_of(ratios, n).median;
}

/* World-arms per second of one run, by this clock. */
static int lived_rate(double *out, const struct bench *b, clockid_t clock, struct pool *pool, const struct kernel *kernel, bool alike)
{
    struct live_job job = {.program = b->p, .kernel = kernel, .organisations = b->arms.organisations, .n_organisations = b->arms.n,
                           .seed = b->o->seed, .worlds = b->o->worlds, .alike = alike, .stop = b->o->stop};
    uint64_t lived = 0;
    double start = seconds(clock);
    int status = live_run(pool, &job, &lived);
    *out = (double)lived * (double)b->arms.n / (seconds(clock) - start);
    return status ? status : lived < b->o->worlds ? ORGSIM_ERROR_INTERRUPTED : 0;
}

static int bench_kernels(struct orgsim_bench *out, const struct bench *b)
{
    const struct kernel *list[ORGSIM_BENCH_KERNELS];
    double rates[ORGSIM_BENCH_KERNELS][BENCH_REPETITIONS], alike[ORGSIM_BENCH_KERNELS][BENCH_REPETITIONS];
    out->n_kernels = kernel_list(list);
    for (int r = 0; r < b->repetitions; r++)
        for (size_t k = 0; k < out->n_kernels; k++) {
            int status = lived_rate(&rates[k][r], b, CLOCK_PROCESS_CPUTIME_ID, b->one, list[k], false);
            if (!status) status = lived_rate(&alike[k][r], b, CLOCK_PROCESS_CPUTIME_ID, b->one, list[k], true);
            if (status) return status;
        }
    for (size_t k = 0; k < out->n_kernels; k++) {
        struct orgsim_bench_kernel *of = &out->kernels[k];
        of->isa = list[k]->isa;
        of->lanes = (int)list[k]->lanes;
        of->world_arms_per_second = rate_of(rates[k], b->repetitions);
        of->ratio_to_scalar = median_ratio(rates[k], rates[0], b->repetitions);
        of->ratio_alike = median_ratio(alike[k], alike[0], b->repetitions);
        of->ns_per_entity_week = 1e9 / (of->world_arms_per_second.median * out->weeks * (double)out->entities);
    }
    return 0;
}

static void bench_draws(struct orgsim_bench *out, const struct bench *b, enum orgsim_bench_draw kind)
{
    const struct kernel *list[ORGSIM_BENCH_KERNELS];
    double rates[ORGSIM_BENCH_KERNELS][BENCH_REPETITIONS];
    size_t n = kernel_list(list);
    for (int r = 0; r < b->repetitions; r++)
        for (size_t k = 0; k < n; k++) {
            double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
            volatile float kept = list[k]->draw((int)kind, b->o->seed, BENCH_DRAWS); /* so that nobody can leave the draws out */
            (void)kept;
            rates[k][r] = BENCH_DRAWS / (seconds(CLOCK_PROCESS_CPUTIME_ID) - start);
        }
    for (size_t k = 0; k < n; k++) {
        out->kernels[k].draws_per_second[kind] = rate_of(rates[k], b->repetitions);
        out->kernels[k].draws_ratio_to_scalar[kind] = median_ratio(rates[k], rates[0], b->repetitions);
    }
}

/* One pool for each count: 1, 2, 4, ... and last as many as were asked for. */
static int pools_create(struct pool *pools[ORGSIM_BENCH_THREADS], size_t *n, size_t asked)
{
    struct pool *all = NULL;
    int status = pool_create(&all, asked);
    if (status) return status;
    size_t most = pool_threads(all);
    for (size_t threads = 1; threads < most && *n + 1 < ORGSIM_BENCH_THREADS && !status; threads *= 2) {
        status = pool_create(&pools[*n], threads);
        if (!status) ++*n;
    }
    pools[(*n)++] = all;
    return status;
}

static int bench_threads(struct orgsim_bench *out, const struct bench *b)
{
    struct pool *pools[ORGSIM_BENCH_THREADS] = {0};
    double rates[ORGSIM_BENCH_THREADS][BENCH_REPETITIONS];
    int status = pools_create(pools, &out->n_threads, b->o->threads);
    for (int r = 0; r < b->repetitions && !status; r++)
        for (size_t t = 0; t < out->n_threads && !status; t++)
            status = lived_rate(&rates[t][r], b, CLOCK_MONOTONIC, pools[t], kernel_find(NULL), false);
    for (size_t t = 0; t < out->n_threads; t++) {
        if (!status)
            out->threads[t] = (struct orgsim_bench_threads){pool_threads(pools[t]), rate_of(rates[t], b->repetitions),
                                                            median_ratio(rates[t], rates[0], b->repetitions)};
        pool_free(pools[t]);
    }
    return status;
}

/* How large the program is, and how many weeks its worlds live: counted by the widest kernel. */
static int bench_size(struct orgsim_bench *out, const struct bench *b)
{
    const struct kernel *kernel = kernel_find(NULL);
    size_t worlds = b->o->worlds < ORGSIM_BLOCK_WORLDS ? (size_t)b->o->worlds : ORGSIM_BLOCK_WORLDS;
    void *workspace = kernel->create(b->p);
    float *values = memory_array(b->arms.n * ORGSIM_METRIC_COUNT * worlds, sizeof *values);
    double weeks = 0, finish = 0; /* a program that is only a schedule is not lived week by week */
    int status = workspace && values ? 0 : ORGSIM_ERROR_MEMORY;
    for (uint64_t first = 0; first + worlds <= b->o->worlds && !status; first += worlds) {
        const struct kernel_task task = {.program = b->p, .organisations = b->arms.organisations, .n_organisations = b->arms.n,
                                         .seed = b->o->seed, .first_world = first, .worlds = worlds, .values = values, .weeks = &weeks};
        kernel->live(workspace, &task);
        for (size_t w = 0; w < worlds * (weeks <= 0); w++) finish += (double)values[ORGSIM_METRIC_finish_week * worlds + w];
        out->weeks = weeks > 0 ? weeks / ((double)(first + worlds) * (double)b->arms.n) : finish / (double)(first + worlds);
    }
    out->teams = b->p->n_teams;
    out->packages = b->p->n_packages;
    out->items = b->p->n_items;
    out->entities = out->teams + out->packages + out->items;
    out->memory_per_thread = kernel->bytes(b->p);
    memory_free(values);
    memory_free(workspace);
    return status;
}

static uint64_t peak_memory(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage)) return 0;
    return (uint64_t)usage.ru_maxrss * 1024; /* kilobytes on Linux */
}

static int measure(struct orgsim_bench *out, const struct bench *b)
{
    int status = bench_size(out, b);
    if (!status) status = bench_kernels(out, b);
    if (!status) status = bench_threads(out, b);
    for (int kind = 0; kind < ORGSIM_BENCH_DRAW_COUNT && !status; kind++) bench_draws(out, b, (enum orgsim_bench_draw)kind);
    out->peak_memory = peak_memory();
    return status;
}

int orgsim_bench(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, int repetitions, struct orgsim_bench *bench,
                 struct orgsim_where *where)
{
    struct program program;
    memset(bench, 0, sizeof *bench);
    if (repetitions < 1 || repetitions > BENCH_REPETITIONS)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose 1 to 99", "the number of repetitions is out of range");
    int status = program_create(&program, scenario, options, where);
    if (status) return status;
    struct bench b = {.p = &program, .o = options, .repetitions = repetitions};
    status = pool_create(&b.one, 1);
    if (!status) status = arms_create(&b.arms, &program, kernel_find(NULL), b.one, options, where);
    bench->arms = b.arms.n;
    bench->worlds = options->worlds;
    bench->repetitions = repetitions;
    if (!status) status = measure(bench, &b);
    arms_free(&b.arms);
    pool_free(b.one);
    program_free(&program);
    return status;
}

size_t orgsim_bench_isas(const char *names[ORGSIM_BENCH_KERNELS])
{
    const struct kernel *kernels[ORGSIM_BENCH_KERNELS];
    size_t n = kernel_list(kernels);
    for (size_t k = 0; k < n; k++) names[k] = kernels[k]->isa;
    return n;
}

const char *orgsim_bench_draw_id(enum orgsim_bench_draw draw)
{
    static const char *const ids[] = {
#define X(id, meaning) #id,
        ORGSIM_BENCH_DRAWS(X)
#undef X
    };
    return ids[draw];
}
