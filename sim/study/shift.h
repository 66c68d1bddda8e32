/* shift.h: a quantile under one organisation less the same quantile under the baseline, with its interval
 *
 * Both quantiles come from the same worlds, so their errors go together. What they have in common is the correlation of two events: a world lies
 * below the quantile under the one, and under the other. It is counted in each block at the block's own quantiles, in whole numbers, so that blocks
 * merge exactly and no world need be kept. With half-widths h and k of the two intervals (Woodruff 1952) and that correlation r the half-width of
 * the difference is sqrt(h^2 + k^2 - 2 r h k). Source: the influence function of a quantile; Wilcox 1995 on shift functions.
 */
#ifndef ORGSIM_STUDY_SHIFT_H
#define ORGSIM_STUDY_SHIFT_H

#include <stddef.h>
#include <stdint.h>

#include <orgsim/run.h>

#define SHIFT_PERCENTS 101

/* Worlds below the quantile of their block: of one organisation, which is as many as of the other; of both. */
struct shift_pairs { uint64_t worlds, below[SHIFT_PERCENTS], both[SHIFT_PERCENTS]; };

/* The place of each of the n <= ORGSIM_BLOCK_WORLDS values among them, 0 the least; equals stand in their order. */
void shift_places(const float *x, size_t n, unsigned char *place);

/* Counts of a block, from the places of its worlds under both; adds counts to others. */
void shift_pairs_fill(struct shift_pairs *pairs, const unsigned char *here, const unsigned char *there, size_t n);
void shift_pairs_merge(struct shift_pairs *into, const struct shift_pairs *from);

/* How far the two events go together, -1..1; 0 where nothing was counted. */
double shift_correlation(const struct shift_pairs *pairs, size_t percent);

/* A quantile and its interval; grain: how far the value itself may be off because values were binned, 0 where they were not. */
struct shift_quantile { double value, grain; struct orgsim_interval interval; };

/* here less there. What is never under one of them only is infinitely far from it, with no interval; under both, undefined. An end that lies where
 * one of the two is never is infinite. */
struct orgsim_shift shift_of(const struct shift_quantile *here, const struct shift_quantile *there, double correlation);

#endif
