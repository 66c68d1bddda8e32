/** @file ignorance.h  How the answer changes over what nobody knows: all parameters of the registry drawn at once over their ranges. */
#ifndef ORGSIM_IGNORANCE_H
#define ORGSIM_IGNORANCE_H

#include <stdint.h>

#include <orgsim/run.h>

/** Worlds that each draw lives unless it is told otherwise, or fewer if the run has fewer. */
#define ORGSIM_IGNORANCE_WORLDS 256

/** Draws of our ignorance at least and at most. */
#define ORGSIM_IGNORANCE_DRAWS_LEAST 20
#define ORGSIM_IGNORANCE_DRAWS_MOST 10000

/** X(metric) : what is kept of every draw, means over its worlds. */
#define ORGSIM_IGNORANCE_METRICS(X) X(finish_week) X(on_time) X(cost_k) X(value_k) X(npv_k) X(slip)

/**
 * Parameters that were fitted together are drawn apart, so most draws are of programs that are later than programs are. A draw is *as published* when the
 * baseline, without a delivery seat, slips on the mean by a share between these two: published means are +30 to +40 % (Moloekken & Joergensen
 * 2003), and single programs may differ by twenty points either way (assumption). Keeping only such draws is approximate Bayesian computation by
 * rejection (Rubin 1984; Beaumont, Zhang & Balding 2002): their answers are those after seeing how late programs are.
 */
#define ORGSIM_IGNORANCE_SLIP_LEAST 0.1
#define ORGSIM_IGNORANCE_SLIP_MOST 0.6

enum orgsim_ignorance_metric {
#define X(metric) ORGSIM_IGNORANCE_##metric,
    ORGSIM_IGNORANCE_METRICS(X)
#undef X
    ORGSIM_IGNORANCE_METRIC_COUNT
};

/** A mean over worlds, as it varies over draws. Quantiles by linear interpolation. */
struct orgsim_range { double mean, p10, p50, p90; };

/**
 * Headline organisation less another one: net value, paired by world, over draws.
 *
 * Variance components of the crossed table draws x worlds (every draw lives the same worlds), by analysis of variance without replication: the
 * variance of one world under one draw is ignorance + luck + both. A component that comes out below zero is zero.
 * Source: Searle, Casella & McCulloch 1992, two-way crossed random model.
 */
struct orgsim_ignorance_pair {
    struct orgsim_range npv_k;
    double pays_share;           /**< of draws: the mean difference is above zero */
    double pays_low, pays_high;  /**< its 95 % interval over draws (Wilson 1927) */
    double pays_surely_share;    /**< of draws: the 95 % interval over its worlds lies above zero */
    double costs_surely_share;   /**< of draws: it lies below zero; what remains is undecided at so many worlds */
    double ignorance_variance;   /**< between draws, over the same worlds */
    double luck_variance;        /**< between worlds, whatever the draw */
    double both_variance;        /**< what is left: luck that strikes differently under different draws */
    double simulation_se;        /**< of npv_k.mean, from finitely many draws and worlds */
    struct orgsim_range published_npv_k; /**< the same as npv_k over the draws as published; NAN where there are fewer than two */
    double published_share, published_low, published_high; /**< the same as pays_share, pays_low and pays_high over those */
};

/** Zero it before orgsim_ignorance(); free with orgsim_ignorance_free(), also after an error. Rows of arms are those of the run. */
struct orgsim_ignorance {
    uint64_t draws;              /**< lived; 0: there is nothing, and nothing else is meant */
    uint64_t published;          /**< of these draws, as published; 0 also when the baseline has a delivery seat */
    uint64_t impossible;         /**< left out, because the scenario forbids these numbers together */
    uint64_t worlds;             /**< of each draw, the first ones of the run, the same in all draws */
    size_t n_arms, headline;     /**< rows; headline is SIZE_MAX when the run leaves it out or it is the baseline, and then nothing is in pair */
    size_t n_parameters;         /**< that are not known */
    const char **parameter;      /**< [n_parameters] names; the strings are static */
    double *value;               /**< [draws][n_parameters] */
    double *mean;                /**< [draws][n_arms][ORGSIM_IGNORANCE_METRIC_COUNT] */
    struct orgsim_range *range;  /**< [n_arms][ORGSIM_IGNORANCE_METRIC_COUNT] */
    struct orgsim_range *published_range; /**< the same over the draws as published */
    struct orgsim_ignorance_pair *pair; /**< [n_arms] headline less that arm; the headline's own row is zero */
};

/** Name of a kept metric's row: enum orgsim_metric. metric < ORGSIM_IGNORANCE_METRIC_COUNT. */
ORGSIM_API enum orgsim_metric orgsim_ignorance_metric(enum orgsim_ignorance_metric metric);

/**
 * Lives the first worlds of a run again and again, each time under other parameters: a Latin hypercube over the registry's ranges and distributions.
 *
 * Parameters set by --set, and those whose range is a point, stay as they are. Extra engineers are placed once, as the scenario stands. The result
 * is a function of scenario, seed, draws, worlds, arms, tick and levers: the same bits for any threads and instruction set.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param options   of the run, exchange among them; progress counts draws; block is not called
 * @param draws     ORGSIM_IGNORANCE_DRAWS_LEAST..ORGSIM_IGNORANCE_DRAWS_MOST
 * @param worlds    0: ORGSIM_IGNORANCE_WORLDS; never more than options->worlds; 2 at least
 * @param ignorance zeroed by the caller
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED, with ignorance->draws 0.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_ignorance(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, uint64_t draws,
                                                  uint64_t worlds, struct orgsim_ignorance *ignorance, struct orgsim_where *where);

/** Frees what it owns and zeroes it. Legal on zeroed. */
ORGSIM_API void orgsim_ignorance_free(struct orgsim_ignorance *ignorance);

#endif
