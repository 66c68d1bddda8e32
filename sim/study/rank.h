/* rank.h: rank correlation of an input with the outcome over a random design
 *
 * Spearman 1904; interval by Fisher's z with the variance 1.06 / (n - 3) of Fieller, Hartley & Pearson 1957.
 */
#ifndef ORGSIM_STUDY_RANK_H
#define ORGSIM_STUDY_RANK_H

#include <stddef.h>

#include <orgsim/breakeven.h>

/* Of x[0], x[stride], ... and y; work holds 2 n; ties share their mean rank. n >= 4. Zero with no width where either does not vary. */
struct orgsim_estimate rank_correlation(const double *x, size_t stride, const double *y, size_t n, double *work);

#endif
