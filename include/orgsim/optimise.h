/** @file optimise.h  What else could the money buy: the best of many organisations, and the best definition of a role. */
#ifndef ORGSIM_OPTIMISE_H
#define ORGSIM_OPTIMISE_H

#include <stdint.h>

#include <orgsim/breakeven.h>

/** X(name, meaning) : what is looked at in the outcomes of many worlds. The worst are the lowest of a metric of which more is better. */
#define ORGSIM_RISKS(X)                                                                                                                      \
    X(mean, "the mean")                                                                                                                      \
    X(p80, "what is kept in four worlds of five")                                                                                            \
    X(cvar, "the mean of the worst fifth of the worlds")                                                                                     \
    X(loss, "the share of the worlds with a net value below zero")

enum orgsim_risk {
#define X(name, meaning) ORGSIM_RISK_##name,
    ORGSIM_RISKS(X)
#undef X
    ORGSIM_RISK_COUNT
};

ORGSIM_API const char *orgsim_risk_name(enum orgsim_risk risk);
ORGSIM_API const char *orgsim_risk_meaning(enum orgsim_risk risk);

/** What is to be as good as possible: more of a metric of which more is better, less of one of which less is. `loss` is of npv_k only. */
struct orgsim_objective { enum orgsim_metric metric; enum orgsim_risk risk; };

/** X(name, role of the seats) : numbers of people. */
#define ORGSIM_COUNTS(X)                                                                                                                     \
    X(tpm, "TPMs, each as the headline arm's")                                                                                               \
    X(coordinator, "coordinators")                                                                                                           \
    X(pm, "PMs, each as the baseline's")                                                                                                     \
    X(engineer, "engineers more than the teams have")

enum orgsim_count {
#define X(name, meaning) ORGSIM_COUNT_##name,
    ORGSIM_COUNTS(X)
#undef X
    ORGSIM_COUNT_COUNT
};

ORGSIM_API const char *orgsim_count_name(enum orgsim_count count);

/** low..high people of one kind; low > high: as many as the baseline has. */
struct orgsim_count_range { unsigned low, high; };

#define ORGSIM_CANDIDATES_MOST 500
#define ORGSIM_SELECT_BLOCKS 16      /**< blocks that every candidate lives before the first is dropped */
#define ORGSIM_SELECT_WORLDS 20480   /**< at most, unless it is told otherwise */
#define ORGSIM_SELECT_FRESH 4096     /**< worlds that the chosen one and the baseline live afterwards: no choice was made on them */

struct orgsim_select_options {
    struct orgsim_objective objective;
    const struct orgsim_count_range *count; /**< [ORGSIM_COUNT_COUNT]: candidates are all combinations; NULL: the arms of the run's options */
    double budget_k_per_year;        /**< candidates may cost so much more than the baseline; NAN: no bound */
    double confidence;               /**< of the choice, inside 0.5..1 */
    double indifference;             /**< a difference too small to matter, in the unit of the objective; NAN: a hundredth of the plan's budget
                                          (money), of one (shares) or of the mean (others); half a week (dates) */
};

/** One organisation that could be chosen. Means are those of the chosen one on all its worlds, plus the difference to it on the worlds that both
 * lived, so that candidates that were dropped early and late can be compared. */
struct orgsim_candidate {
    char *label;                     /**< owned by the selection */
    double cost_k_per_year;          /**< of all seats and what the arm adds, more than the baseline's; planned */
    uint64_t worlds;                 /**< that it lived until the choice was made or it was dropped */
    double value;                    /**< the objective, in its unit */
    double npv_k, finish_week;
    struct orgsim_estimate behind;   /**< objective less the chosen one's, paired by block; zero for the chosen one */
    int left;                        /**< 1: not dropped */
    int best_npv, best_finish;       /**< 1: on the efficient frontier: none that costs as little is better */
};

/** Zero it before orgsim_select(); free with orgsim_selection_free(), also after an error. */
struct orgsim_selection {
    size_t n;
    struct orgsim_candidate *candidate; /**< [n] the chosen one, then those that are left, then the dropped ones, the better first */
    size_t over_budget;              /**< combinations that were left out */
    int decided;                     /**< 1: the chosen one is the best, or within the indifference of it, with the confidence asked for */
    double confidence, indifference;
    uint64_t worlds, fresh_worlds;
    double chosen, baseline;         /**< the objective on fresh worlds, mean of blocks */
    struct orgsim_estimate difference; /**< chosen less baseline on fresh worlds, paired by block */
    size_t same;                     /**< candidate that is the baseline itself; n: none */
};

/**
 * Chooses the best of many organisations.
 *
 * All live the same worlds, block by block; whoever is clearly worse than another is dropped, until one is left or the differences of those that
 * are left do not matter. One observation is the objective over one block. Source of the procedure: Kim & Nelson 2001 (KN), which promises the
 * confidence for observations that are normal, as means over blocks nearly are, also where they are correlated by common worlds.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param options   seed, worlds at most, baseline, arms (without counts), tick, levers, threads, isa, stop, exchange; progress counts worlds
 * @param choice    what is chosen among, and by what
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: nothing within the budget (with the cheapest), reversed counts, too many combinations or seats, no pattern of a
 *         seat, too few worlds, an objective that is none; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_select(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                               const struct orgsim_select_options *choice, struct orgsim_selection *selection,
                                               struct orgsim_where *where);

/** Legal on a zeroed selection. */
ORGSIM_API void orgsim_selection_free(struct orgsim_selection *selection);

#define ORGSIM_TUNE_AXES 6
#define ORGSIM_TUNE_WORLDS 2048      /**< of every point, unless it is told otherwise */

/** A number of the organisation's design and where it may lie; low < high. name: ARM.ROLE.FIELD, cad1, cad2, slots1, slots2, E_tpm or a_tpm. */
struct orgsim_tune_axis { const char *name; double low, high; };

/** Where the search ended. */
struct orgsim_tuning {
    size_t n, arm;                   /**< arm of the scenario whose objective it is */
    double present[ORGSIM_TUNE_AXES], best[ORGSIM_TUNE_AXES]; /**< present: NAN where the scenario leaves it blank */
    const char *unit[ORGSIM_TUNE_AXES], *meaning[ORGSIM_TUNE_AXES];
    int at_edge[ORGSIM_TUNE_AXES];   /**< 1: best lies at an end of the range */
    uint64_t worlds, points;         /**< worlds of each point, points tried */
    double at_present, at_best;      /**< the objective on fresh worlds */
    struct orgsim_estimate difference; /**< best less present on fresh worlds, paired by block */
};

/**
 * Moves up to six numbers of one organisation's design to where the objective is best, on common worlds (Nelder & Mead 1965, from three starts).
 *
 * A search finds a place that is good; that it is the best anywhere is not promised. The gain is measured on worlds that the search never saw.
 *
 * @param axes      at most ORGSIM_TUNE_AXES, of one arm (`*`, and what all arms share: the headline arm)
 * @return 0; ORGSIM_ERROR_USAGE: unknown name (with the nearest one), a name that is no choice, an empty or reversed range, two arms, the same name
 *         twice, too few worlds; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_tune(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                             const struct orgsim_objective *objective, const struct orgsim_tune_axis *axes, size_t n_axes,
                                             struct orgsim_tuning *tuning, struct orgsim_where *where);

#endif
