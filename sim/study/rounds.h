/* rounds.h: numbered tasks dealt to the processes of an exchange, there to the workers of a pool, and taken in order by everybody
 *
 * The only file of a study that knows struct orgsim_exchange. What comes of a task is a few bytes; all processes take those of all tasks in the order of
 * numbers, so that all know the same and decide alike, and no result depends on threads or on how many processes there are.
 */
#ifndef ORGSIM_STUDY_ROUNDS_H
#define ORGSIM_STUDY_ROUNDS_H

#include <stdbool.h>

#include <orgsim/error.h>
#include <orgsim/run.h>

#include "base/pool.h"

struct rounds {
    struct pool *pool;
    const struct orgsim_run_options *options; /* its exchange, stop, and progress, which counts tasks where `shown` */
    bool shown;
    size_t n, bytes; /* tasks, and what comes of each */
    void *context;
    /* In any thread, changing nothing of the context that another task sees; outcome is zeroed. ORGSIM_ERROR_USAGE: forbidden, and costs nothing. */
    int (*live)(void *context, size_t number, size_t worker, void *outcome, struct orgsim_where *where);
    /* In order, one at a time; why: it is forbidden, and outcome NULL. Non-zero ends the rounds with that value. */
    int (*take)(void *context, size_t number, const void *outcome, const struct orgsim_where *why);
};

/* status: of what came before; when it is an error, no task is lived, but the other processes hear of it. *taken counts the tasks taken, also after an
 * error. 0, that status, ORGSIM_ERROR_MEMORY, ORGSIM_ERROR_INTERRUPTED, what live() or take() gave, or what the exchange brought from another process. */
int rounds_live(const struct rounds *rounds, int status, size_t *taken, struct orgsim_where *where) __attribute__((warn_unused_result));

/* Of how many tasks a process has at most, for whoever chooses how to part them. */
size_t rounds_share(const struct orgsim_run_options *options, size_t n);

#endif
