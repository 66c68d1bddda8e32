/* share.h: the worlds of one job, block by block, on threads and on the processes of an exchange
 *
 * For a search whose next point depends on the last one: the processes live it in step, and part the worlds of each point. Blocks are dealt as in rounds.h.
 */
#ifndef ORGSIM_STUDY_SHARE_H
#define ORGSIM_STUDY_SHARE_H

#include <orgsim/run.h>

#include "study/live.h"

struct share {
    size_t bytes;  /* what is kept of a block */
    void *context;
    void (*keep)(void *context, const struct live_block *block, void *kept); /* in any thread; kept is zeroed */
    int (*take)(void *context, uint64_t first_world, size_t worlds, const void *kept); /* in order, one block at a time; non-zero ends the job with that value */
};

/* Lives the blocks of the job, whose context and functions are not called. options: exchange and stop. status: as of rounds_live(). 0, that status,
 * ORGSIM_ERROR_INTERRUPTED, ORGSIM_ERROR_MEMORY, what take() gave, or what the exchange brought from another process. */
int share_live(const struct share *share, struct pool *pool, const struct live_job *job, const struct orgsim_run_options *options, int status,
               struct orgsim_where *where) __attribute__((warn_unused_result));

#endif
