/* interval.h: how sure a quantile or a share is, as it will be shown
 *
 * Means have their intervals in the comparison. Here are those of what is headlined besides: the week that can be promised, the worse fifth of net
 * value, shares of the worlds. All are 95 % intervals of the simulation's luck. NAN: too few worlds for one.
 */
#ifndef ORGSIM_REPORT_INTERVAL_H
#define ORGSIM_REPORT_INTERVAL_H

#include "report/finding.h"

/* Of a share of the worlds of a run, by Wilson. */
struct orgsim_interval interval_share(const struct finding *finding, double share);

/* Of a quantile, by its place in orgsim_quantile_levels (FINDING_P80), and of a mean. */
struct orgsim_interval interval_quantile(const struct finding *finding, size_t row, enum orgsim_metric metric, int level);
struct orgsim_interval interval_mean(const struct finding *finding, size_t row, enum orgsim_metric metric);

/* The greater distance of the two ends from the value; of what is never, infinite unless it is surely never, then 0. */
double interval_reach(double value, struct orgsim_interval interval);

/* "a to b" in the manner of shown_number(), shown_k() or shown_share(); nothing where there is no interval. An end that is open below or above is
 * "b or less", "a or more"; what is surely never is "never". */
struct interval_words { char s[2 * sizeof(struct shown) + 16]; };
struct interval_words interval_number(struct orgsim_interval interval, int decimals, int flags);
struct interval_words interval_k(struct orgsim_interval interval, int decimals, int flags);
struct interval_words interval_percent(struct orgsim_interval interval, int flags);

/* How the week that can be promised at 80 % moves from the baseline to a row, in the numbers that are shown. known: both are weeks and there is an interval;
 * clear: it leaves out zero; nowhere: it is nothing but zero. */
struct interval_move { struct orgsim_interval weeks; bool known, clear, nowhere; };
struct interval_move interval_move(const struct finding *finding, size_t row);

#endif
