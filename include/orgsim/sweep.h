/** @file sweep.h  What if: the difference that the headline organisation makes, over a grid of one or two numbers. */
#ifndef ORGSIM_SWEEP_H
#define ORGSIM_SWEEP_H

#include <stdint.h>

#include <orgsim/breakeven.h>

#define ORGSIM_SWEEP_AXES 2
#define ORGSIM_SWEEP_CELLS 10000  /**< of a grid at most */
#define ORGSIM_SWEEP_WORLDS 1024  /**< of each cell unless it is told otherwise */

/** `n` values from low to high at equal steps; n >= 2, low < high. name as of orgsim_breakeven(). */
struct orgsim_sweep_axis { const char *name; double low, high; size_t n; };

/** Zero it before orgsim_sweep(); free with orgsim_sweep_free(), also after an error. */
struct orgsim_sweep {
    int generated;                            /**< 1: an axis is a shape.FIELD: every cell's plan is generated, at_present is the scenario's own */
    size_t n_axes, n[ORGSIM_SWEEP_AXES];        /**< n[1] is 1 with one axis */
    double *value[ORGSIM_SWEEP_AXES];           /**< [n[axis]] */
    double present[ORGSIM_SWEEP_AXES];          /**< of the scenario; NAN where it leaves the number blank */
    const char *unit[ORGSIM_SWEEP_AXES], *meaning[ORGSIM_SWEEP_AXES]; /**< static */
    struct orgsim_estimate *npv_k;              /**< [n[0]][n[1]] mean difference of net value to the baseline; NAN where impossible or not reached */
    struct orgsim_estimate at_present;
    size_t done, impossible;                    /**< cells tried; cells whose numbers the scenario forbids */
    uint64_t worlds;
};

/**
 * Lives baseline and headline arm of `scenario` at every point of a grid, on the same worlds.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param options   seed, worlds of each cell, baseline, tick, levers, threads, isa, stop, exchange; progress counts cells
 * @param axes      1 or 2, of different numbers
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: unknown name, empty or reversed range, one point, too many cells, no cell is possible;
 *         ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED with the cells that were finished.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_sweep(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                              const struct orgsim_sweep_axis *axes, size_t n_axes, struct orgsim_sweep *sweep,
                                              struct orgsim_where *where);

/** Legal on a zeroed sweep. */
ORGSIM_API void orgsim_sweep_free(struct orgsim_sweep *sweep);

#endif
