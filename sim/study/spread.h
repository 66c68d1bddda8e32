/* spread.h: many design points at once, one to a thread
 *
 * A study of hundreds of points with few worlds each gains nothing from threads inside a point. Here every thread lives whole points; what came of
 * them is handed out in their order, so results do not depend on the number of threads.
 */
#ifndef ORGSIM_STUDY_SPREAD_H
#define ORGSIM_STUDY_SPREAD_H

#include "study/point.h"

/* What came of a point. */
struct spread_point {
    size_t number;
    const char *why;          /* the scenario forbids its numbers; NULL: lived */
    const struct orgsim_where *where; /* the same with what to do; NULL: lived */
    size_t worlds;
    const double *difference; /* [worlds] net value of the second arm of options less the first's, k; borrowed */
};

struct spread_job {
    const struct orgsim_scenario *scenario;
    const struct orgsim_run_options *options; /* two arms, as of point_pair(); progress counts points */
    size_t n_points, most_settings;
    bool place_anew;          /* engineers to be placed go where they help most at each point; false: where they do in the scenario as it stands */
    void *context;
    size_t (*settings)(const void *context, size_t point, struct point_setting *settings); /* how many; in any thread, settings holds most_settings */
    int (*take)(void *context, const struct spread_point *point); /* in order, one at a time; non-zero ends the job with that value */
};

/* *done counts the points taken, also after an error. ORGSIM_ERROR_USAGE, ORGSIM_ERROR_MEMORY, ORGSIM_ERROR_THREAD, ORGSIM_ERROR_INTERRUPTED. */
int spread_live(const struct spread_job *job, size_t *done, struct orgsim_where *where);

#endif
