/* summary.h: means, errors and quantiles of many values, mergeable in a fixed order */
#ifndef ORGSIM_BASE_SUMMARY_H
#define ORGSIM_BASE_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SUMMARY_Z95 1.959963984540054 /* standard errors on each side of a 95 % interval */

/* Count, mean and sum of squared deviations, in double. Merging an empty summary changes nothing; the mean of an empty one is NAN. */
struct moments { uint64_t n; double mean, m2; };
void moments_add(struct moments *m, double x);
void moments_merge(struct moments *into, const struct moments *from);
double moments_mean(const struct moments *m);
double moments_variance(const struct moments *m); /* unbiased; NAN below two values */
double moments_se(const struct moments *m);       /* of the mean */

/* Wilson's 95 % interval of a share that was counted, right also near 0 and 1: it never leaves them, and touches them only where all or none were
 * hits. 0 <= hits <= n; n may count weighted hits; NAN for n = 0. Source: Wilson 1927; Brown, Cai & DasGupta 2001. */
void summary_share_interval(double hits, double n, double *low, double *high);

/* Quantile by linear interpolation of order statistics (type 7) of sorted values; INFINITY allowed; NAN for n = 0. */
double summary_quantile(const float *sorted, size_t n, double level);
void summary_sort(float *values, size_t n);       /* ascending, radix; NANs last */

/* Ranks, from 1, of the two of n sorted values between which the quantile of a level lies with 95 %, whatever the values are like: it lies beyond
 * either with 2.5 % at most, by the binomial distribution, exactly. false: n values are too few, or the level is not between 0 and 1.
 * Takes about 20 sqrt(n) steps. Source: Thompson 1936; David & Nagaraja 2003, section 7.1. */
bool summary_quantile_ranks(uint64_t n, double level, uint64_t *low, uint64_t *high);

/* Counts by the upper 16 bits of the float: quantiles within 0.4 % of the value, merged exactly in any order. */
#define HISTOGRAM_BINS 65536
struct histogram { uint64_t n; uint32_t count[HISTOGRAM_BINS]; };
void histogram_add(struct histogram *h, float x);
void histogram_merge(struct histogram *into, const struct histogram *from);
double histogram_quantile(const struct histogram *h, double level);
double histogram_edge(const struct histogram *h, uint64_t rank, bool upper); /* of the bin of the value of that rank, from 1; NAN for no such rank */

#endif
