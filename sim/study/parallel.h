/* parallel.h: many design points at once, each on one thread
 *
 * point_live() spreads the worlds of one point over all threads. Whoever asks for thousands of points with few worlds each spreads the points,
 * on threads and on the processes of an exchange.
 */
#ifndef ORGSIM_STUDY_PARALLEL_H
#define ORGSIM_STUDY_PARALLEL_H

#include "study/point.h"

struct parallel {
    const struct points *points;  /* opened; engineers of its scenario are placed (unknowns.h), arms are those of its options */
    size_t n;                     /* points */
    size_t worlds;                /* of each, 2 or more */
    bool fresh;                   /* each point lives worlds of its own; else all the same */
    size_t n_settings;            /* of each point */
    void *context;
    void (*settings)(void *context, size_t point, struct point_setting *settings); /* any thread; fills n_settings */
    double *half[2];              /* [n][arms] out: mean net value over its even and over its odd worlds, k; NAN where the scenario forbids the settings */
    size_t impossible;            /* out: points that are so */
    struct orgsim_where reason;   /* out: of the last of them; or what another process of the exchange ended with */
};

/* Lives all points; *done counts those finished in a row. 0, ORGSIM_ERROR_MEMORY, ORGSIM_ERROR_INTERRUPTED when fewer were finished. Progress of
 * the options counts points. */
int parallel_live(struct parallel *parallel, size_t *done) __attribute__((warn_unused_result));

/* The first world of a point is this many after that of the point before it. */
uint64_t parallel_stride(const struct parallel *parallel);

#endif
