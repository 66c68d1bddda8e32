/* cluster.h: one run on many machines: blocks are lived by the ranks of an MPI job and come together in rank 0
 *
 * cluster.c is the only file that knows MPI; without MPI it says so when it is needed. Block `number` belongs to rank (number - from) % size, where
 * `from` is the first block that no checkpoint holds. A rank sends its blocks as they are; rank 0 merges them in their order like its own, so no
 * byte depends on how many ranks there are. What belongs together in the conversation:
 *
 *     rank 0                                     other ranks
 *     cluster_open()                             cluster_open()
 *     cluster_announce(from, identity)           cluster_listen(&from, &identity)
 *     cluster_receive(block) in any thread       cluster_send(block) in order, until it says CLUSTER_ENOUGH
 *     cluster_close(status)                      cluster_close(status)
 */
#ifndef ORGSIM_CLI_CLUSTER_H
#define ORGSIM_CLI_CLUSTER_H

#include <stdbool.h>
#include <stdint.h>

#include <orgsim/error.h>

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
};

/* Whether a launcher has started this process as one of several, whatever this build can do. */
bool cluster_is_launched(void);

/* The rank that speaks, as far as the launcher tells before cluster_open(). */
bool cluster_is_first(void);

/* ORGSIM_ERROR_USAGE: one of several, but built without MPI or with one that threads cannot use. */
int cluster_open(struct cluster *cluster, const volatile int *stop, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Rank 0, once: the run begins, and this is it. */
void cluster_announce(struct cluster *cluster, uint64_t from, const char *identity);

/* Other ranks: waits for it. 0, or the exit status with which this process is to end: there is nothing to do. *identity is freed with memory_free(). */
int cluster_listen(struct cluster *cluster, char **identity);

/* Whether the block comes from another rank. */
bool cluster_is_remote(const struct cluster *cluster, uint64_t number);

/* Rank 0: fills the pieces of a block that another rank lives. LIVE_SUPPLIED or ORGSIM_ERROR_INTERRUPTED. */
int cluster_receive(struct cluster *cluster, const struct live_block *block);

/* Other ranks: 0, CLUSTER_ENOUGH, ORGSIM_ERROR_INTERRUPTED or ORGSIM_ERROR_MEMORY. */
int cluster_send(struct cluster *cluster, const struct live_block *block);

/* Ends the whole job at once, with the status; for a rank that cannot go on. The reason has been printed. */
void cluster_abort(const struct cluster *cluster, int status);

/* Leaves the job in good order; rank 0 tells the others when there was nothing to do but end with this exit status. */
void cluster_close(struct cluster *cluster, int status);

#endif
