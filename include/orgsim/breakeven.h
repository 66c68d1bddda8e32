/** @file breakeven.h  What would have to be true: the value of one number at which the headline organisation stops paying. */
#ifndef ORGSIM_BREAKEVEN_H
#define ORGSIM_BREAKEVEN_H

#include <stdint.h>

#include <orgsim/run.h>

/** A mean over pairs of worlds and its 95 % interval; NAN when it is not defined. */
struct orgsim_estimate { double mean, ci_low, ci_high; };

enum orgsim_break_even_state {
    ORGSIM_BREAK_EVEN_NEVER,   /**< the mean difference is at most zero at both ends of the range */
    ORGSIM_BREAK_EVEN_ALWAYS,  /**< above zero at both ends */
    ORGSIM_BREAK_EVEN_CROSSES, /**< above zero at the low end only: it pays below the crossing */
    ORGSIM_BREAK_EVEN_REVERSED /**< above zero at the high end only: it pays above the crossing */
};

/** Where the mean difference of net value, headline organisation less baseline, crosses zero as one number moves over a range. */
struct orgsim_break_even {
    enum orgsim_break_even_state state;
    double low, high, present;                /**< range searched, and the value of the scenario; in the unit of the number */
    struct orgsim_estimate at_low, at_high, at_present; /**< mean difference of net value to the baseline, k */
    double value, ci_low, ci_high;            /**< the crossing, and where the ends of the interval cross zero; NAN without a crossing */
    int open_low, open_high;                  /**< 1: that end of the interval lies beyond the range, which stands for it */
    int generated;                            /**< 1: a shape.FIELD: at_low, at_high and the crossing are of generated programs, at_present of the scenario's own */
    int whole;                                /**< 1: a whole number: value and interval are the first (REVERSED) or last (CROSSES) whole numbers that pay */
};

/** Worlds that each value is tried on unless it is told otherwise: for one number, and for each of a table. */
#define ORGSIM_BREAKEVEN_WORLDS 2048
#define ORGSIM_BREAKEVEN_TABLE_WORLDS 512

/** One number of the search, before and after. */
struct orgsim_break_even_row {
    char *name;                               /**< as of --over; owned by the row */
    const char *unit, *meaning;               /**< of the registry or the column; static */
    int tried;                                /**< 0: not, because of `why` */
    char *why;                                /**< owned by the row; NULL when tried */
    struct orgsim_break_even found;
};

/** Zero it before use; free with orgsim_break_even_table_free(), also after an error. */
struct orgsim_break_even_table {
    uint64_t worlds;
    size_t asked;                             /**< numbers to try; more than n: the search was interrupted */
    size_t n;
    struct orgsim_break_even_row *row;        /**< crossings first, by how near they lie to the present value in shares of the range */
};

/**
 * Finds the break-even over one number.
 *
 * All values are tried on the same worlds, so that the difference between two values is that of the numbers and not of luck. Whoever chooses a
 * range in which the difference crosses zero twice is told of the lowest crossing.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param options   seed, worlds of each value, baseline, tick, levers, threads, isa, stop and exchange count; arms are baseline and headline arm
 * @param name      parameter of the registry, money.ITEM or ARM.ROLE.FIELD
 * @param low,high  range; NAN both: the registry's range of ignorance (as assumptions.csv narrows it), or 0..1 of a share
 * @param found     out
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: unknown name (with the nearest one), no range, a range that is empty or reversed or holds impossible values,
 *         no headline arm beside the baseline; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_breakeven(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                                  const char *name, double low, double high, struct orgsim_break_even *found,
                                                  struct orgsim_where *where);

/**
 * Finds the break-even over every parameter of the registry, and over judgment, empowerment, administration share and pay of the headline arm's
 * delivery seats, each alone and the others as they are. Parameters as of orgsim_breakeven(); the ends of a range that the scenario forbids leave
 * their row untried, with the reason.
 *
 * @return as orgsim_breakeven(); ORGSIM_ERROR_INTERRUPTED with the rows that were finished.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_breakeven_table(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                                        struct orgsim_break_even_table *table, struct orgsim_where *where);

/** Legal on a zeroed table. */
ORGSIM_API void orgsim_break_even_table_free(struct orgsim_break_even_table *table);

#endif
