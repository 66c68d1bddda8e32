/* spread.h: many design points at once, on threads and on the processes of an exchange
 *
 * A study of many points with few worlds each gains nothing from threads inside a point: there every thread lives whole points; where worlds are
 * many and points few, all threads share the worlds of a point. What is left of a point is a few bytes, handed out in the order of points, so
 * results depend neither on threads nor on how many processes share the points (struct orgsim_exchange).
 */
#ifndef ORGSIM_STUDY_SPREAD_H
#define ORGSIM_STUDY_SPREAD_H

#include "study/point.h"

/* What came of a point. */
struct spread_point {
    size_t number;
    const struct orgsim_where *why; /* the scenario forbids its numbers; NULL: lived */
    const void *outcome;            /* as `reduce` left it; NULL when it is forbidden */
};

struct spread_job {
    const struct orgsim_scenario *scenario;
    const struct orgsim_run_options *options; /* two arms, as of point_pair(); progress counts points */
    size_t n_points, most_settings;
    bool place_anew;          /* engineers to be placed go where they help most at each point; false: where they do in the scenario as it stands */
    size_t bytes;             /* of an outcome */
    void *context;
    size_t (*settings)(const void *context, size_t point, struct point_setting *settings); /* how many; in any thread, settings holds most_settings */
    void (*reduce)(void *outcome, const double *difference, size_t worlds); /* in any thread; net value of the second arm less the first's, by world, k */
    int (*take)(void *context, const struct spread_point *point); /* in order, one at a time; non-zero ends the job with that value */
};

/* *done counts the points taken, also after an error. ORGSIM_ERROR_USAGE, ORGSIM_ERROR_MEMORY, ORGSIM_ERROR_THREAD, ORGSIM_ERROR_INTERRUPTED, or what
 * the exchange brought from another process. */
int spread_live(const struct spread_job *job, size_t *done, struct orgsim_where *where);

#endif
