/** @file bench.h  How fast the kernels of this processor are. */
#ifndef ORGSIM_BENCH_H
#define ORGSIM_BENCH_H

#include <stdint.h>

#include <orgsim/error.h>
#include <orgsim/run.h>
#include <orgsim/scenario.h>

#define ORGSIM_BENCH_KERNELS 4

/** One kernel on one thread: medians over repetitions. */
struct orgsim_bench_kernel {
    const char *isa;
    int lanes;
    double world_arms_per_second, slowest, fastest; /* median, and the range of the repetitions */
    double ratio_to_scalar;                         /* median of the ratios of paired repetitions */
    double ratio_alike;                             /* the same when every lane lives the same world: what it would be if worlds did not differ */
};

/** Zero it before use; it owns nothing. */
struct orgsim_bench {
    size_t n_kernels;
    struct orgsim_bench_kernel kernels[ORGSIM_BENCH_KERNELS];
    double thread_ratio;       /* worlds per second of `threads` threads over one, widest kernel */
    size_t threads, arms;
    uint64_t worlds;
};

/**
 * Lives `options->worlds` worlds under the arms of `options` with each kernel, `repetitions` times in turn, on one thread, then with all threads.
 * Only worlds are lived: no summaries, no files.
 *
 * @param repetitions 1..99
 * @return as orgsim_run()
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_bench(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, int repetitions,
                                              struct orgsim_bench *bench, struct orgsim_where *where);

/** Names of the kernels that this processor can run, narrowest first; the last one is the default. Returns how many (at least 1). */
ORGSIM_API size_t orgsim_bench_isas(const char *names[ORGSIM_BENCH_KERNELS]);

#endif
