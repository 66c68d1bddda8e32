/* arms.h: the organisations of one run, with the placement of extra engineers chosen
 *
 * An arm that may place its engineers where they help most gets the best of: each team, and spread over all; the choice is made on pilot worlds
 * that no run reports.
 */
#ifndef ORGSIM_STUDY_ARMS_H
#define ORGSIM_STUDY_ARMS_H

#include "base/pool.h"
#include "engine/kernel.h"

/* Pilot worlds lie far beyond those of any run. */
#define ARMS_PILOT_FIRST (UINT64_C(1) << 44)
#define ARMS_PILOT_WORLDS 1024

struct arms {
    size_t n;
    size_t *row;                   /* arm of the scenario */
    struct organisation *organisations;
    size_t *place;                 /* team of the extra engineers, SIZE_MAX: spread over all */
    char **note;                   /* where the engineers went; NULL: nothing to say */
    size_t baseline, headline;     /* positions; headline: SIZE_MAX when the run leaves it out */
};

int arms_create(struct arms *arms, const struct program *program, const struct kernel *kernel, struct pool *pool,
                const struct orgsim_run_options *options, struct orgsim_where *where);
void arms_free(struct arms *arms);

#endif
