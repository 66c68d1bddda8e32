/* simplex.h: the lowest place of a function inside a box, without derivatives (GSL's Nelder & Mead)
 *
 * Coordinates are bent so that the search cannot leave the box and still reaches its edges: x = low + (high - low)(1 - cos t) / 2.
 */
#ifndef ORGSIM_STUDY_SIMPLEX_H
#define ORGSIM_STUDY_SIMPLEX_H

#include <stddef.h>

#define SIMPLEX_MOST 6

struct simplex {
    size_t n;                      /* coordinates, at most SIMPLEX_MOST */
    double low[SIMPLEX_MOST], high[SIMPLEX_MOST];
    int (*value)(void *context, const double *x, double *y); /* 0, or an error that ends the search; y may be INFINITY where x is impossible */
    void *context;
    size_t points_most;            /* values asked for at most */
    double tolerance;              /* shares of the box: the search ends when its simplex is this small */
    double x[SIMPLEX_MOST], y;     /* in: where to start; out: the best place met, and its value */
    size_t points;                 /* out: asked for */
};

/* 0, ORGSIM_ERROR_MEMORY, or what value() gave. */
int simplex_search(struct simplex *s) __attribute__((warn_unused_result));

#endif
