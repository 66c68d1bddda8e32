/** @file bench.h  How fast this processor lives worlds, and what it costs. */
#ifndef ORGSIM_BENCH_H
#define ORGSIM_BENCH_H

#include <stddef.h>
#include <stdint.h>

#include <orgsim/error.h>
#include <orgsim/run.h>
#include <orgsim/scenario.h>

#define ORGSIM_BENCH_KERNELS 4
#define ORGSIM_BENCH_THREADS 16 /* counts of threads that are measured at most */

/** Median over the repetitions, and their range. */
struct orgsim_bench_rate { double median, slowest, fastest; };

/** X(id, meaning): the draws whose speed is measured, one 32-bit word of Philox4x32-10 each. */
#define ORGSIM_BENCH_DRAWS(X) X(uniform, "in (0,1)") X(exponential, "of mean 1") X(normal, "of mean 0 and deviation 1")

enum orgsim_bench_draw {
#define X(id, meaning) ORGSIM_BENCH_DRAW_##id,
    ORGSIM_BENCH_DRAWS(X)
#undef X
    ORGSIM_BENCH_DRAW_COUNT
};

/** One kernel on one thread, by the time of the processor. */
struct orgsim_bench_kernel {
    const char *isa;
    int lanes;
    struct orgsim_bench_rate world_arms_per_second;
    double ratio_to_scalar;    /* median of the ratios of paired repetitions */
    double ratio_alike;        /* the same when every lane lives the same world: what it would be if worlds did not differ */
    double ns_per_entity_week; /* nanoseconds for one entity in one week of one world under one organisation; NAN when nothing was lived */
    struct orgsim_bench_rate draws_per_second[ORGSIM_BENCH_DRAW_COUNT];
    double draws_ratio_to_scalar[ORGSIM_BENCH_DRAW_COUNT];
};

/** The widest kernel on so many threads, by the clock. */
struct orgsim_bench_threads {
    size_t threads;
    struct orgsim_bench_rate world_arms_per_second;
    double ratio_to_one;       /* median of the ratios of paired repetitions */
};

/** Zero it before use; it owns nothing. */
struct orgsim_bench {
    size_t n_kernels;
    struct orgsim_bench_kernel kernels[ORGSIM_BENCH_KERNELS]; /* narrowest first */
    size_t n_threads;
    struct orgsim_bench_threads threads[ORGSIM_BENCH_THREADS]; /* 1, 2, 4, ... and as many as were asked for */
    size_t arms, teams, packages, items, entities; /* items: risks, questions, interfaces; entities: teams, packages and items */
    double weeks;              /* that a world lives on the mean, over organisations */
    uint64_t worlds;
    int repetitions;
    uint64_t memory_per_thread; /* bytes of state with which one thread of the widest kernel lives its lanes */
    uint64_t peak_memory;      /* bytes of this process until now, all that came before included */
};

/**
 * Lives `options->worlds` worlds under the arms of `options` with each kernel, `repetitions` times in turn, on one thread, then the widest one
 * on 1, 2, 4, ... and `options->threads` threads; and draws. Only worlds are lived: no summaries, no files.
 *
 * @param repetitions 1..99
 * @return as orgsim_run()
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_bench(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, int repetitions,
                                              struct orgsim_bench *bench, struct orgsim_where *where);

/** Names of the kernels that this processor can run, narrowest first; the last one is the default. Returns how many (at least 1). */
ORGSIM_API size_t orgsim_bench_isas(const char *names[ORGSIM_BENCH_KERNELS]);

/** Name of a kind of draws; draw < ORGSIM_BENCH_DRAW_COUNT. */
ORGSIM_API const char *orgsim_bench_draw_id(enum orgsim_bench_draw draw);

#endif
