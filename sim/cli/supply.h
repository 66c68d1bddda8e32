/* supply.h: where the blocks of a run come from, when they need not be lived, and where they are kept */
#ifndef ORGSIM_CLI_SUPPLY_H
#define ORGSIM_CLI_SUPPLY_H

#include "cli/cluster.h"
#include "study/blocks.h"
#include "study/compare.h"

/* Zero it. Everything is borrowed. */
struct supply {
    struct blocks *kept;          /* where this run's blocks go, and may come from; NULL: nowhere */
    struct blocks *const *shards; /* those of all blocks; none: NULL */
    size_t n_shards;
    struct cluster *cluster;      /* of which this is rank 0; NULL: none */
    struct orgsim_where keep_where; /* what went wrong in keeping */
    int failed;                   /* a thread has said what went wrong in reading */
    struct orgsim_where read_where;
};

/* For compare_all() and compare_some(); valid as long as the supply is. */
struct compare_blocks supply_blocks(struct supply *supply);

/* What went wrong with a block; zeroed when nothing did. To be asked after the run. */
const struct orgsim_where *supply_error(const struct supply *supply);

#endif
