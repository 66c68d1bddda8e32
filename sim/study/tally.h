/* tally.h: what is kept of the worlds of one run, merged block by block in order
 *
 * Outcomes are kept for exact quantiles as long as they fit; a larger run keeps a histogram of each column instead, and of the outcomes only the columns
 * that are headlined, as long as these fit.
 */
#ifndef ORGSIM_STUDY_TALLY_H
#define ORGSIM_STUDY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <orgsim/run.h>

#include "base/summary.h"
#include "engine/kernel.h"
#include "study/shift.h"

/* Columns kept for each arm: the metrics, then the net value less the baseline's in the same world. */
#define TALLY_NPV_DIFFERENCE ORGSIM_METRIC_COUNT
#define TALLY_COLUMNS (ORGSIM_METRIC_COUNT + 1)
#define TALLY_KEPT_DEFAULT ((size_t)40000000)

/* Columns that are headlined. */
#define TALLY_HEADLINES 3
extern const size_t tally_headlines[TALLY_HEADLINES];

/* Metrics whose quantiles are set against the baseline's. */
enum { TALLY_FINISH, TALLY_NPV, TALLY_SHIFTED };

/* Of one arm and metric. */
struct tally_moments { struct moments level, difference, both; };

/* Summary of one block, made by the worker that lived it. */
struct tally_block {
    struct tally_moments *moments; /* [arm][metric] */
    double *pooled;                /* [arm][TALLY_COUNTS] counts of first looks */
    uint64_t *rescued, *lost, *losses; /* [arm] */
    struct shift_pairs *pairs;     /* [arm][TALLY_SHIFTED] */
};

#define TALLY_COUNTS (ORGSIM_METRIC_perceived_team_delivery - ORGSIM_METRIC_hits_team + 1)

struct tally {
    size_t n_arms, baseline, n_packages;
    uint64_t worlds;
    struct tally_moments *moments;
    struct package_sums *packages; /* [arm][package] */
    uint64_t *rescued, *lost, *losses;
    struct shift_pairs *pairs;
    double *pooled;                /* [block][arm][TALLY_COUNTS] */
    double *pooled_total;          /* [arm][TALLY_COUNTS] */
    size_t pooled_capacity, n_blocks;
    float **kept;                  /* [block] -> [arm][column][world of the block]; with histograms [arm][TALLY_HEADLINES][world] */
    bool binned;                   /* nothing is kept any more but histograms */
    size_t *kept_worlds;           /* [block] */
    size_t kept_capacity, worlds_capacity, values_kept, keep_at_most;
    struct histogram *histograms;  /* [arm][column] */
};

int tally_create(struct tally *tally, size_t n_arms, size_t baseline, size_t n_packages, size_t keep_at_most);
void tally_free(struct tally *tally);

int tally_block_create(struct tally_block *block, size_t n_arms);
void tally_block_free(struct tally_block *block);

/* Fills the block from its outcomes, [arm][metric][world]; touches nothing else. */
void tally_block_fill(struct tally_block *block, const float *values, size_t n_arms, size_t baseline, size_t worlds);

/* Merges a block; call in block order. packages: sums of this block. */
int tally_merge(struct tally *tally, const struct tally_block *block, const float *values, size_t worlds, const struct package_sums *packages);

/* Fills summary, comparison, packages and the quantiles of `results`, whose arrays are allocated. */
int tally_report(const struct tally *tally, struct orgsim_results *results);

#endif
