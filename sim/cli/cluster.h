/* cluster.h: one run, or one study, on many machines: shared by the ranks of an MPI job, answered by rank 0
 *
 * cluster.c is the only file that knows MPI; without MPI it says so when it is needed. A run is parted by blocks: block `number` belongs to rank
 * (number - from) % size, where `from` is the first block that no checkpoint holds. A rank sends its blocks as they are; rank 0 merges them in their order
 * like its own. A study of design points is lived by all ranks in step, see struct orgsim_exchange. Either way no byte depends on how many ranks there
 * are. What belongs together in the conversation:
 *
 *     rank 0                                     other ranks
 *     cluster_open()                             cluster_open()
 *     cluster_announce(from, identity)           cluster_listen(): from, identity
 *
 *     a run:  cluster_receive(block) in any      cluster_send(block) in order, until it says CLUSTER_ENOUGH
 *             thread
 *             cluster_blocks_end(error)          the same
 *     a study with cluster_exchange(), then      the same
 *             cluster_leave(error)
 *
 *     cluster_close(status)                      cluster_close(status)
 */
#ifndef ORGSIM_CLI_CLUSTER_H
#define ORGSIM_CLI_CLUSTER_H

#include <stdbool.h>
#include <stdint.h>

#include <orgsim/run.h>

struct live_block;

#define CLUSTER_ENOUGH (-2) /* rank 0 needs no more blocks */
#define CLUSTER_AHEAD 4     /* blocks that a rank may be ahead of rank 0 */

/* Zero it; close with cluster_close(), also after an error. */
struct cluster {
    int rank, size;           /* 0 of 1: an ordinary process */
    uint64_t from;            /* first block that is lived */
    bool at_work;             /* rank 0 has announced the run */
    bool told;                /* rank 0 has announced what is to be done, if only that it is nothing */
    const volatile int *stop; /* may be NULL */
    struct cluster_mail *mail; /* what is under way from this rank to rank 0 */
    struct orgsim_exchange exchange;
    struct cluster_note *notes; /* [size] of one gathering */
    bool over;                /* nothing more is gathered: all have left, or an error ended the study everywhere */
    char *identity;           /* other ranks: of what rank 0 announced */
};

/* Whether a launcher has started this process as one of several, whatever this build can do. */
bool cluster_is_launched(void);

/* The rank that speaks, as far as the launcher tells before cluster_open(). */
bool cluster_is_first(void);

/* ORGSIM_ERROR_USAGE: one of several, but built without MPI or with one that threads cannot use. */
int cluster_open(struct cluster *cluster, const volatile int *stop, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Rank 0, once: the run begins, and this is it. */
void cluster_announce(struct cluster *cluster, uint64_t from, const char *identity);

/* Other ranks: waits for it. False: there is nothing to do but end with *status. */
bool cluster_listen(struct cluster *cluster, int *status);

/* Whether the block comes from another rank. */
bool cluster_is_remote(const struct cluster *cluster, uint64_t number);

/* Rank 0: fills the pieces of a block that another rank lives. LIVE_SUPPLIED or ORGSIM_ERROR_INTERRUPTED. */
int cluster_receive(struct cluster *cluster, const struct live_block *block);

/* Other ranks: 0, CLUSTER_ENOUGH, ORGSIM_ERROR_INTERRUPTED or ORGSIM_ERROR_MEMORY. */
int cluster_send(struct cluster *cluster, const struct live_block *block);

/* Every rank of a run, once, after its blocks: returns what all ranks then agree on, which `where` names; 0: a study follows that all live in step. */
int cluster_blocks_end(struct cluster *cluster, int error, struct orgsim_where *where);

/* For the options of a study that all ranks live in step; NULL: there is one rank. */
const struct orgsim_exchange *cluster_exchange(struct cluster *cluster);

/* Every rank, once, when the study has ended with `error`: returns what all ranks then agree on, which `where` names. */
int cluster_leave(struct cluster *cluster, int error, struct orgsim_where *where);

/* Ends the whole job at once, with the status; for a rank that cannot go on. The reason has been printed. */
void cluster_abort(const struct cluster *cluster, int status);

/* Leaves the job in good order; rank 0 tells the others when there was nothing to do but end with this exit status. */
void cluster_close(struct cluster *cluster, int status);

#endif
