/* spread.h: many design points at once, on threads and on the processes of an exchange
 *
 * A study of many points with few worlds each gains nothing from threads inside a point: there every thread lives whole points; where worlds are
 * many and points few, all threads share the worlds of a point. Points are dealt as in rounds.h.
 */
#ifndef ORGSIM_STUDY_SPREAD_H
#define ORGSIM_STUDY_SPREAD_H

#include "study/point.h"

/* Of one thread at a time. */
struct spread_worker {
    struct points points;           /* open, and alone: no exchange, no progress */
    struct point_setting *settings; /* [most_settings] to write into */
};

struct spread_job {
    const struct orgsim_scenario *scenario;
    const struct orgsim_run_options *options; /* progress counts points */
    size_t n_points, most_settings;
    bool place_anew; /* engineers to be placed go where they help most at each point; false: where they do in the scenario as it stands */
    size_t bytes;    /* of an outcome */
    void *context;
    /* Lives the point with point_live() and leaves its outcome, which is zeroed; as live() of struct rounds. */
    int (*live)(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where);
    int (*take)(void *context, size_t number, const void *outcome, const struct orgsim_where *why); /* as of struct rounds */
};

/* As rounds_live(); ORGSIM_ERROR_USAGE and ORGSIM_ERROR_THREAD as points_open(). */
int spread_live(const struct spread_job *job, size_t *done, struct orgsim_where *where) __attribute__((warn_unused_result));

#endif
