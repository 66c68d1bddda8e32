/* place.h: where a folder of results comes to be: chosen, made beside its place, renamed into it when it is complete, taken up again
 *
 * Until then it is called .NAME.partial and is locked, so that a second process keeps its hands off. It stays behind when blocks of worlds are
 * stored in it: a run can go on there.
 */
#ifndef ORGSIM_REPORT_PLACE_H
#define ORGSIM_REPORT_PLACE_H

#include <stdbool.h>

#include <orgsim/error.h>
#include <orgsim/scenario.h>

struct blocks;

/* What is asked for; see struct report_plan. */
struct place_plan {
    const struct orgsim_scenario *scenario;
    const char *output;   /* NULL: ./orgsim-results/SCENARIO-N */
    const char *identity; /* of the blocks that are kept, from identity_write(); NULL: none are kept */
    const char *command;  /* of the run, as in its manifest */
    bool force, resume;
};

/* Zero it; free with place_free(), also after an error. */
struct place {
    struct place_plan plan;
    char *stem;             /* ./orgsim-results/SCENARIO-, to which a number comes; NULL: the user named the folder */
    char *target, *partial; /* where it goes, where it is made */
    bool made;              /* the partial folder is there, and ours */
    bool finished;          /* resume: the results are complete already, there is nothing to do */
    int lock;               /* the open partial folder; 0: none */
    struct blocks *blocks;  /* of the partial folder; NULL: none are kept */
};

/* ORGSIM_ERROR_USAGE: the folder exists, is in use, or is of another run; ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int place_open(struct place *place, const struct place_plan *plan, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Renames the folder into its place. interrupted: blocks stay in it; else they are removed. */
int place_commit(struct place *place, bool interrupted, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Removes what was not committed, unless blocks are stored in it. */
void place_free(struct place *place);

#endif
