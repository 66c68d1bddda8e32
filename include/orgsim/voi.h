/** @file voi.h  What it would be worth to know: which assumption to measure before the decision is taken. */
#ifndef ORGSIM_VOI_H
#define ORGSIM_VOI_H

#include <stdint.h>

#include <orgsim/breakeven.h>

#define ORGSIM_VOI_POINTS 2048       /**< of our ignorance, unless it is told otherwise */
#define ORGSIM_VOI_POINTS_LEAST 128
#define ORGSIM_VOI_POINTS_MOST 100000
#define ORGSIM_VOI_WORLDS 32         /**< of each point, unless it is told otherwise */

/** One assumption, and what it would be worth to know it exactly before the choice. */
struct orgsim_voi_row {
    const char *name, *unit, *meaning, *measure; /**< of the registry; static. measure: a sentence on how one would measure it */
    double low, high, present;       /**< range of our ignorance, and the value of the scenario */
    double worth_k, se_k;            /**< EVPPI and its standard error, k of net value; 0 where knowing would not change the choice */
    int clear;                       /**< 1: more than two standard errors, and than any column of numbers without meaning came out at */
};

/** Zero it before orgsim_voi(); free with orgsim_voi_free(), also after an error. Arrays of arms follow `arm`. */
struct orgsim_voi {
    size_t asked;                    /**< points asked for; more than points and impossible: interrupted */
    size_t points;                   /**< lived and counted */
    size_t impossible;               /**< points whose numbers the scenario forbids together; left out */
    uint64_t worlds;                 /**< of each point */
    size_t n_arms, *arm;             /**< arms of the scenario among which one is chosen */
    struct orgsim_estimate *npv_k;   /**< [n_arms] mean net value over ignorance and luck */
    double *best_share;              /**< [n_arms] share of the points in which this arm has the highest mean */
    size_t choice;                   /**< position of the arm with the highest mean: what one would choose today */
    double perfect_k, perfect_se_k;  /**< EVPI: worth of knowing all assumptions */
    double noise_k;                  /**< the most that a column of numbers without meaning came out at */
    size_t n;
    struct orgsim_voi_row *row;      /**< [n] dearest first; among equals the order of the registry */
};

/**
 * What would it be worth to know an assumption before choosing an arm, when the utility is mean net value?
 *
 * All parameters of the registry are drawn at once over their ranges (a Latin hypercube), except those that --set fixes; every point lives all
 * arms on the same worlds, worlds of its own, so that luck averages out over points. EVPPI is by regression on the parameter, see
 * sim/study/information.h for the estimators and their sources. The result is a function of scenario, seed, points, worlds and arms.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param options   seed, worlds of each point (2 or more), arms (2 or more), baseline, tick, levers, threads, isa, stop, exchange; progress counts points
 * @param points    ORGSIM_VOI_POINTS_LEAST..ORGSIM_VOI_POINTS_MOST
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: too few or too many points, one arm, one world, nothing unknown, no point that the scenario allows;
 *         ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED, with the points that were finished if they are enough
 *         (voi->points is 0 if not).
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_voi(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, size_t points,
                                            struct orgsim_voi *voi, struct orgsim_where *where);

/** Legal on a zeroed voi. */
ORGSIM_API void orgsim_voi_free(struct orgsim_voi *voi);

#endif
