/* crossing.h: where a mean that is known with an error crosses zero
 *
 * The mean is measured on the same worlds at every place, so its error moves with it and the curve is smooth. The interval of the crossing is
 * where the two bounds mean +- 1.96 se cross zero (Fieller's idea, read off the curve instead of a line). Where only whole numbers make sense, a
 * crossing is the whole number nearest to it at which the curve is above zero.
 */
#ifndef ORGSIM_STUDY_CROSSING_H
#define ORGSIM_STUDY_CROSSING_H

#include <stdbool.h>
#include <stddef.h>

#include <orgsim/breakeven.h>

#include "base/summary.h"

#define CROSSING_POINTS_MOST 32

struct crossing_point {
    double x, mean, se;
};

struct crossing_curve {
    int (*measure)(void *context, double x, struct moments *difference); /* 0 or an error, which ends the search */
    void *context;
    bool whole;                    /* only whole numbers can be measured */
    struct crossing_point point[CROSSING_POINTS_MOST]; /* ascending x */
    size_t n;
};

/* Adds what is known already. */
void crossing_know(struct crossing_curve *curve, double x, const struct moments *difference);

/* Fills all of b but the `present` fields, which the caller knows. low < high, whole numbers if `whole`. */
int crossing_find(struct crossing_curve *curve, double low, double high, struct orgsim_break_even *b);

struct orgsim_estimate crossing_estimate(const struct moments *difference);

#endif
