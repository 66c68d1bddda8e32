/* objective.h: one number out of the outcomes of many worlds
 *
 * Mean, a quantile and the mean of a tail all look the same to a search: a value, and whether more of it is better.
 */
#ifndef ORGSIM_STUDY_OBJECTIVE_H
#define ORGSIM_STUDY_OBJECTIVE_H

#include <stdbool.h>

#include <orgsim/optimise.h>

#include "study/live.h"

#define OBJECTIVE_TAIL 0.2 /* the worst fifth */

/* Value over n > 0 outcomes of the metric, which are sorted. Quantiles by linear interpolation; the tail weighs its last world in part. */
double objective_value(const struct orgsim_objective *objective, float *outcomes, size_t n);

/* The same of one arm of a block. */
double objective_of_block(const struct orgsim_objective *objective, const struct live_block *block, size_t arm);

/* More of its value is better. */
bool objective_more(const struct orgsim_objective *objective);

/* ORGSIM_ERROR_USAGE when it is none: loss of another metric than net value, a metric that is neither good nor bad. */
int objective_check(const struct orgsim_objective *objective, struct orgsim_where *where);

#endif
