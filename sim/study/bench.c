/* bench.c: how fast the kernels are, as ratios in one run */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <orgsim/bench.h>

#include "base/error.h"
#include "study/arms.h"
#include "study/live.h"

#define BENCH_REPETITIONS 99

static double now_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *values, int n)
{
    double sorted[BENCH_REPETITIONS];
    memcpy(sorted, values, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, compare_doubles);
    return n % 2 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]);
}

/* World-arms per second of one run. */
static int rate(double *out, struct pool *pool, const struct kernel *kernel, bool alike, const struct program *p, const struct arms *arms,
                const struct orgsim_run_options *o)
{
    struct live_job job = {.program = p, .kernel = kernel, .organisations = arms->organisations, .n_organisations = arms->n, .seed = o->seed,
                           .worlds = o->worlds, .alike = alike, .stop = o->stop};
    uint64_t lived = 0;
    double start = now_seconds();
    int status = live_run(pool, &job, &lived);
    *out = (double)lived * (double)arms->n / (now_seconds() - start);
    return status ? status : lived < o->worlds ? ORGSIM_ERROR_INTERRUPTED : 0;
}

static int bench_kernels(struct orgsim_bench *bench, struct pool *one, const struct program *p, const struct arms *arms,
                         const struct orgsim_run_options *o, int repetitions)
{
    const struct kernel *list[ORGSIM_BENCH_KERNELS];
    double rates[ORGSIM_BENCH_KERNELS][BENCH_REPETITIONS], alike[ORGSIM_BENCH_KERNELS][BENCH_REPETITIONS], ratios[BENCH_REPETITIONS];
    bench->n_kernels = kernel_list(list);
    for (int r = 0; r < repetitions; r++)
        for (size_t k = 0; k < bench->n_kernels; k++) {
            int status = rate(&rates[k][r], one, list[k], false, p, arms, o);
            if (!status) status = rate(&alike[k][r], one, list[k], true, p, arms, o);
            if (status) return status;
        }
    for (size_t k = 0; k < bench->n_kernels; k++) {
        struct orgsim_bench_kernel *of = &bench->kernels[k];
        *of = (struct orgsim_bench_kernel){.isa = list[k]->isa, .lanes = (int)list[k]->lanes, .slowest = rates[k][0], .fastest = rates[k][0]};
        for (int r = 0; r < repetitions; r++) {
            ratios[r] = rates[k][r] / rates[0][r];
            if (rates[k][r] < of->slowest) of->slowest = rates[k][r];
            if (rates[k][r] > of->fastest) of->fastest = rates[k][r];
        }
        of->world_arms_per_second = median(rates[k], repetitions);
        of->ratio_to_scalar = median(ratios, repetitions);
        for (int r = 0; r < repetitions; r++) ratios[r] = alike[k][r] / alike[0][r];
        of->ratio_alike = median(ratios, repetitions);
    }
    return 0;
}

static int bench_threads(struct orgsim_bench *bench, struct pool *one, struct pool *all, const struct program *p, const struct arms *arms,
                         const struct orgsim_run_options *o, int repetitions)
{
    double ratios[BENCH_REPETITIONS];
    const struct kernel *widest = kernel_find(NULL);
    for (int r = 0; r < repetitions; r++) {
        double single, many;
        int status = rate(&single, one, widest, false, p, arms, o);
        if (!status) status = rate(&many, all, widest, false, p, arms, o);
        if (status) return status;
        ratios[r] = many / single;
    }
    bench->thread_ratio = median(ratios, repetitions);
    bench->threads = pool_threads(all);
    return 0;
}

int orgsim_bench(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, int repetitions, struct orgsim_bench *bench,
                 struct orgsim_where *where)
{
    struct program program;
    struct arms arms = {0};
    struct pool *one = NULL, *all = NULL;
    memset(bench, 0, sizeof *bench);
    if (repetitions < 1 || repetitions > BENCH_REPETITIONS)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose 1 to 99", "the number of repetitions is out of range");
    int status = program_create(&program, scenario, options, where);
    if (status) return status;
    status = pool_create(&one, 1);
    if (!status) status = pool_create(&all, options->threads);
    if (!status) status = arms_create(&arms, &program, kernel_find(NULL), all, options, where);
    bench->arms = arms.n;
    bench->worlds = options->worlds;
    if (!status) status = bench_kernels(bench, one, &program, &arms, options, repetitions);
    if (!status) status = bench_threads(bench, one, all, &program, &arms, options, repetitions);
    arms_free(&arms);
    pool_free(all);
    pool_free(one);
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
