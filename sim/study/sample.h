/* sample.h: single worlds, kept in block order for figures, and how the mean settled
 *
 * Three things that a summary loses: where the first worlds lie in date and cost, how often both targets are met together, and how the mean
 * difference of net value moved while worlds were added.
 */
#ifndef ORGSIM_STUDY_SAMPLE_H
#define ORGSIM_STUDY_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include <orgsim/run.h>

#include "base/summary.h"

struct sample {
    size_t n_arms, baseline, headline; /* headline SIZE_MAX: none */
    double budget_k;
    size_t most, kept;                 /* worlds to keep, worlds kept */
    uint64_t worlds, blocks;           /* taken */
    float *finish_week, *cost_k;       /* [arm][most] */
    uint64_t *joint, *gained, *lost;   /* [arm] both targets met: under the arm; only there; only under the baseline */
    struct orgsim_running *running;    /* [ORGSIM_RUNNING_POINTS] */
    size_t n_running;
    uint64_t next_block;               /* number of blocks after which the next point is kept for good */
    int passing;                       /* 1: the last point makes room for the next one */
};

int sample_create(struct sample *sample, size_t n_arms, size_t baseline, size_t headline, double budget_k, uint64_t worlds);
void sample_free(struct sample *sample);

/* Takes a block's [arm][metric][world], in block order. difference: net value of headline less baseline, this block merged. */
void sample_take(struct sample *sample, const float *values, size_t worlds, const struct moments *difference);

/* Fills the sample, the joint shares and the running mean of `results`. 0 or ORGSIM_ERROR_MEMORY. */
int sample_report(const struct sample *sample, struct orgsim_results *results);

#endif
