/* quantiles.h: the quantiles of all worlds of a run, with their intervals
 *
 * The interval of a quantile is two order statistics, so it needs no distribution and has no error of its own. Those of a quantile less the
 * baseline's are in shift.h.
 */
#ifndef ORGSIM_STUDY_QUANTILES_H
#define ORGSIM_STUDY_QUANTILES_H

#include "base/summary.h"
#include "study/shift.h"
#include "study/tally.h"

/* Between which ranks each percent lies; none: there are too few worlds for an interval. The same for all columns of a run. */
struct quantiles_ranks { uint64_t low[SHIFT_PERCENTS], high[SHIFT_PERCENTS]; bool none[SHIFT_PERCENTS]; };
void quantiles_ranks(struct quantiles_ranks *ranks, uint64_t n);

/* A column, sorted or binned. */
struct quantiles { const struct histogram *histogram; /* NULL: sorted */ const float *sorted; uint64_t n; };

/* The quantile of a percent. Of binned values the interval reaches to the outer edges of its bins. */
struct shift_quantile quantiles_at(const struct quantiles *column, const struct quantiles_ranks *ranks, size_t percent);

/* Fills the quantiles of `results`, whose arrays are allocated, their intervals and shifts. 0 or ORGSIM_ERROR_MEMORY. */
int quantiles_report(const struct tally *tally, struct orgsim_results *results);

#endif
