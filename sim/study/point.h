/* point.h: design points: the same worlds lived again under other numbers
 *
 * Whoever asks what-if changes a few numbers of a scenario and lives the same worlds again. Files are read once, threads started once; a point is
 * a variant of the scenario, compiled and lived. Every point meets the same luck, so differences between points are those of the numbers.
 */
#ifndef ORGSIM_STUDY_POINT_H
#define ORGSIM_STUDY_POINT_H

#include "base/summary.h"
#include "scenario/target.h"
#include "study/live.h"
#include "study/share.h"

struct point_setting {
    struct target target;
    double value;
};

/* Zero it; free with points_close(), also after an error. */
struct points {
    const struct orgsim_scenario *scenario;
    const struct orgsim_run_options *options; /* seed, worlds, arms, baseline, tick, levers, frictionless, isa, stop */
    const struct kernel *kernel;
    struct pool *pool;
    uint64_t first_world;                      /* of those that are lived, a multiple of 16; 0 after points_open() */
    uint64_t timeline_worlds;                  /* followed week by week, a multiple of the block; 0: none */
    size_t n_weeks;                            /* of that timeline, of the point under way */
    double budget_k;                           /* of its program */
};

/* Options of the pair that studies compare: the baseline of `options`, then the scenario's headline arm, which `arms` holds as long as the pair is
 * used. ORGSIM_ERROR_USAGE: the two are one, or worlds are too few for an interval. */
int point_pair(struct orgsim_run_options *pair, size_t arms[2], const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
               struct orgsim_where *where);

/* Borrows scenario and options. ORGSIM_ERROR_USAGE, ORGSIM_ERROR_MEMORY, ORGSIM_ERROR_THREAD. */
int points_open(struct points *points, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                struct orgsim_where *where);
void points_close(struct points *points);

/* Lives all worlds of options under the settings; `take` gets each block in order, organisations in the order of options->arms, and ends the
 * point with a non-zero value. ORGSIM_ERROR_USAGE: a setting is impossible, alone or with the others; ORGSIM_ERROR_INTERRUPTED when stopped;
 * ORGSIM_ERROR_MEMORY. */
int point_live(struct points *points, const struct point_setting *settings, size_t n, void *context,
               int (*take)(void *context, const struct live_block *block), struct orgsim_where *where);

/* The same where the processes of the exchange of options part the worlds of the point among them; all must come here, with the same settings. */
int point_share(struct points *points, const struct point_setting *settings, size_t n, const struct share *share, struct orgsim_where *where);

/* Net value, k, of the second arm of a block less the first's, in one of its worlds. */
double point_pair_difference(const struct live_block *block, size_t world);

/* The same over all worlds of a point, parted as in point_share(). */
int point_difference(struct points *points, const struct point_setting *settings, size_t n, struct moments *difference,
                     struct orgsim_where *where);

#endif
