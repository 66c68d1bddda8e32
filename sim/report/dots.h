/* dots.h: fifty equally likely outcomes as dots in columns
 *
 * The columns stand on a grid anchored at the threshold (a date, break-even), so that no dot straddles the line. Worlds that never finish
 * form a block of their own at the right.
 */
#ifndef ORGSIM_REPORT_DOTS_H
#define ORGSIM_REPORT_DOTS_H

#include <stddef.h>

#define DOTS 50

/* Outcomes in ascending order, infinite ones last: the quantiles 1 %, 3 %, ... 99 % of a grid of 101. */
struct dots {
    double value[DOTS];
    size_t n_never;
    double x[DOTS], y[DOTS]; /* out: centres; x in units of the axis, y in pixels above the base line */
};
void dots_of(struct dots *dots, const double *quantiles_101);

/* What sets of dots that share an axis have in common. */
struct dots_axis {
    double width, height;    /* of the plot of one set, pixels */
    double pitch_most;       /* of the dots, pixels: greater ones look coarse */
    double anchor;           /* threshold; values at it belong to the left */
    double column;           /* out: width of a column, units */
    double low, high;        /* out: range of the axis, units, the block of never included */
    double last;             /* out: end of the finite part */
    double never_centre;     /* out: middle of the block of never */
    double radius;           /* out: units */
    double pitch;            /* out: vertical distance of dots, pixels */
};

/* Places the dots of n sets: the greatest columns that fit in height. */
void dots_place(struct dots *sets, size_t n, struct dots_axis *axis);

#endif
