/* compare.h: a run whose blocks are kept, or come from elsewhere, or are only some of them
 *
 * Results are a function of the blocks and their order alone. Whether a block is lived here, read from a file of an earlier process or received
 * from another machine can therefore not be seen in any result.
 */
#ifndef ORGSIM_STUDY_COMPARE_H
#define ORGSIM_STUDY_COMPARE_H

#include <orgsim/run.h>

#include "study/live.h"

/* Where blocks come from and go to besides the results. Each may be NULL. */
struct compare_blocks {
    void *context;
    size_t more;                                                  /* blocks that may be under way elsewhere at the same time */
    int (*supply)(void *context, const struct live_block *block); /* in any thread: LIVE_SUPPLIED when it filled the pieces; 0: to be lived here */
    int (*keep)(void *context, const struct live_block *block);   /* in order, one at a time, supplied ones too; non-zero ends the run with that error */
};

/* orgsim_run(), with blocks that come from and go to elsewhere. */
int compare_all(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct compare_blocks *blocks,
                struct orgsim_results *results, struct orgsim_where *where);

/* Some blocks of the run: `step` 1: those from first up to before end; else every step-th of these. */
struct compare_part { uint64_t first, end, step; };

/* Lives these blocks and hands each to blocks->keep, in order; nothing is summarised. ORGSIM_ERROR_INTERRUPTED when stopped before the last one. */
int compare_some(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct compare_part *part,
                 const struct compare_blocks *blocks, struct orgsim_where *where);

/* Blocks of a run of so many worlds. */
uint64_t compare_count(uint64_t worlds);

#endif
