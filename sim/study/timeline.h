/* timeline.h: the first worlds of a run, week by week */
#ifndef ORGSIM_STUDY_TIMELINE_H
#define ORGSIM_STUDY_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include <orgsim/run.h>

struct timeline { size_t n_arms, n_weeks, worlds; uint64_t taken; float *values; /* [arm][week][metric][world] */ };

int timeline_create(struct timeline *timeline, size_t n_arms, size_t n_weeks, size_t worlds);
void timeline_free(struct timeline *timeline);

/* Takes a block's [arm][week][metric][world of the block]. */
void timeline_take(struct timeline *timeline, const float *block, uint64_t first_world, size_t worlds);

/* Mean and quantiles of the worlds taken; out is [arm][week][metric]. Sorts the values in place. */
void timeline_report(const struct timeline *timeline, struct orgsim_band *out);

#endif
