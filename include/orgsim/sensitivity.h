/** @file sensitivity.h  Which assumption matters: how far the worth of the headline organisation moves when the numbers behind it do. */
#ifndef ORGSIM_SENSITIVITY_H
#define ORGSIM_SENSITIVITY_H

#include <stdint.h>

#include <orgsim/breakeven.h>

/** X(name, worlds of each point and size of the design unless told otherwise, least size, unit of the size, what it does) */
#define ORGSIM_SENSITIVITY_METHODS(X)                                                                                                        \
    X(tornado, 512, 0, 0, "", "each number alone, at both ends of its range")                                                                \
    X(morris, 128, 10, 4, "trajectories", "one after the other from many starting points (Morris): which numbers matter, and which act together") \
    X(rank, 128, 1024, 50, "points", "all at once (Latin hypercube): rank correlation of each with the outcome")                             \
    X(sobol, 128, 128, 64, "points", "all at once (Sobol points): share of the variance that each brings alone, and with the others")

enum orgsim_sensitivity_method {
#define X(name, worlds, size, least, unit, meaning) ORGSIM_SENSITIVITY_##name,
    ORGSIM_SENSITIVITY_METHODS(X)
#undef X
    ORGSIM_SENSITIVITY_METHOD_COUNT
};

#define ORGSIM_SENSITIVITY_RANGES 64  /**< that a caller may give */
#define ORGSIM_SENSITIVITY_SIZE_MOST 65536 /**< of a design */
#define ORGSIM_SENSITIVITY_INPUTS 8   /**< of Sobol's method unless told otherwise, and at most: two of them need a dimension each, GSL knows 40 */
#define ORGSIM_SENSITIVITY_INPUTS_MOST 20
#define ORGSIM_SENSITIVITY_COPIES 8   /**< of Sobol's design, whose differences give the intervals: its size is a multiple of it */

/** A range for a number that has none of its own, or another one for a number that has. name as of orgsim_breakeven(). */
struct orgsim_sensitivity_range { const char *name; double low, high; };

/** What is asked. */
struct orgsim_sensitivity_plan {
    enum orgsim_sensitivity_method method;
    const struct orgsim_sensitivity_range *ranges;
    size_t n_ranges;
    size_t size;                              /**< of the design: trajectories or points; 0: the method's default. Not for tornado */
    size_t inputs;                            /**< sobol: numbers whose indices are found; 0: ORGSIM_SENSITIVITY_INPUTS */
};

/** One number that was moved. */
struct orgsim_sensitivity_row {
    char *name;                               /**< as of --set; owned by the row */
    const char *unit, *meaning;               /**< of the registry or the column; static */
    const char *grade;                        /**< how far the registry trusts it; NULL where it is no parameter of the registry */
    double low, high, present;                /**< range, and the value of the scenario (NAN where it leaves it blank) */
    int tried;                                /**< 0: not, because of `why` */
    char *why;                                /**< owned by the row; NULL when tried */
    struct orgsim_estimate at_low, at_high;   /**< tornado: mean difference of net value to the baseline, k */
    struct orgsim_estimate swing;             /**< tornado: k, >= 0: best less worst of low end, high end and present, paired by world */
    int inert;                                /**< tornado, morris: 1: moves the difference in no world */
    struct orgsim_estimate mu_star;           /**< morris: mean absolute change for a move over the whole range, k; 95 %, Student's t over trajectories */
    double mu, sigma;                         /**< morris: mean and standard deviation of these changes with their sign, k */
    double luck;                              /**< morris: mu_star that the luck of the worlds alone would feign, k */
    struct orgsim_estimate rho;               /**< rank: Spearman's correlation with the mean difference of net value */
    struct orgsim_estimate first, total;      /**< sobol: share of the variance of the mean difference, alone and with all interactions, without luck */
};

/** Zero it before orgsim_sensitivity(); free with orgsim_sensitivity_free(), also after an error. */
struct orgsim_sensitivity {
    enum orgsim_sensitivity_method method;
    uint64_t worlds;                          /**< of each point */
    size_t points;                            /**< lived */
    size_t size;                              /**< of the design, 0 for tornado */
    size_t considered;                        /**< numbers that have a range; sobol holds all but its rows at their present value */
    size_t impossible;                        /**< rank: points left out, because the scenario forbids these numbers together */
    double outcome_mean, outcome_sd;          /**< of the mean difference over the points of the design, k; NAN for tornado; sobol: the latter without luck */
    double point_se;                          /**< standard error of a single point that its worlds leave, averaged, k; most of it is the same at all points */
    struct orgsim_estimate at_present;        /**< mean difference of net value to the baseline as the scenario is, k */
    size_t n;
    struct orgsim_sensitivity_row *row;       /**< what matters most first */
};

/**
 * Moves every number that has a range, and tells how far the mean difference of net value, headline organisation less baseline, moves with it.
 *
 * The numbers are the parameters of the registry over their ranges of ignorance (as assumptions.csv narrows them), but for those that --set makes
 * known; salaries, discount rate, and judgment, empowerment, administration share and pay of the headline arm's delivery seats where the scenario
 * gives them as numbers, as uncertain as the parameter of the registry in whose place they stand; and the caller's ranges. All points live the
 * same worlds. Engineers whom an arm may place where they help most are placed once, as the scenario stands.
 *
 * Tornado moves between the ends of a range. The other methods draw parameters of the registry by their distributions, as orgsim_ignorance() does,
 * and all other numbers and the caller's ranges evenly. Sobol's method first screens by Morris's with four trajectories, and keeps the numbers of
 * the largest effects; copies of its design live worlds of their own, and products of two halves of the worlds take their luck out of the shares.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param options   seed, worlds of each point, baseline, tick, levers, threads, isa, stop, exchange; progress counts points
 * @param plan      what is asked
 * @param found     out
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: unknown name (with the nearest one), a range that is empty, reversed, given twice or holds impossible values,
 *         too few worlds, too small a design or one of the wrong size, numbers that are impossible together, no headline arm beside the baseline; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED: tornado
 *         with the rows that were finished, the others with none.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_sensitivity(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                                    const struct orgsim_sensitivity_plan *plan, struct orgsim_sensitivity *found,
                                                    struct orgsim_where *where);

/** Legal on a zeroed struct. */
ORGSIM_API void orgsim_sensitivity_free(struct orgsim_sensitivity *found);

/** Name of a method, what it does, the worlds of each of its points and the size of its design unless it is told otherwise. */
ORGSIM_API const char *orgsim_sensitivity_name(enum orgsim_sensitivity_method method);
ORGSIM_API const char *orgsim_sensitivity_meaning(enum orgsim_sensitivity_method method);
ORGSIM_API uint64_t orgsim_sensitivity_worlds(enum orgsim_sensitivity_method method);
ORGSIM_API size_t orgsim_sensitivity_size(enum orgsim_sensitivity_method method);

/** Sobol: this number matters clearly more together with others than alone, so that moving it alone misleads. */
ORGSIM_API int orgsim_sensitivity_interacts(const struct orgsim_sensitivity_row *row);

#endif
