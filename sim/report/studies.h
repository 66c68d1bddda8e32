/* studies.h: what other commands found about the same scenario, read from files that they left in the folder of results
 *
 *     breakeven.json     orgsim breakeven SCENARIO --json=RUN_DIR/breakeven.json: every number alone, at both ends of its range, and where the answer turns
 *     sensitivity.json   orgsim sensitivity SCENARIO --json=RUN_DIR/sensitivity.json: the tornado; taken where there is no breakeven.json
 *     voi.json           orgsim voi SCENARIO --json=RUN_DIR/voi.json: what to measure first
 *     validate.json      orgsim validate -o RUN_DIR --force: the program held against theory and facts, of no scenario; figures/validate.* beside it
 */
#ifndef ORGSIM_REPORT_STUDIES_H
#define ORGSIM_REPORT_STUDIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <orgsim/breakeven.h>
#include <orgsim/error.h>

#include "report/validation.h"

#define STUDIES_BREAK_EVEN "breakeven.json"
#define STUDIES_TORNADO "sensitivity.json"
#define STUDIES_VOI "voi.json"
#define STUDIES_VALIDATION VALIDATION_NAME ".json"

/* An assumption, and what it would be worth to know it before the choice; k. */
struct studies_worth {
    int assumption; /* enum assumption */
    double worth_k, se_k;
    bool clear;     /* told from nothing */
};

/* What orgsim voi found. */
struct studies_voi {
    uint64_t points;         /* of our ignorance; 0: there is no voi.json */
    size_t choice;           /* arm with the highest mean net value over all points, among the caller's */
    double choice_share, headline_share; /* of points in which that arm, and the headline, is the best choice */
    double perfect_k;        /* what it would be worth to know everything */
    size_t n;
    struct studies_worth *row; /* most worth first */
};

/* Zero it before studies_read(); free with studies_free(), also after an error. Rows that were not tried are left out. */
struct studies {
    uint64_t worlds;                    /* of each value; 0: there is neither breakeven.json nor a tornado */
    size_t n;
    struct orgsim_break_even_row *row;  /* by how far net value swings between the ends of the range, widest first; `unit` and `meaning`
                                           are those of the registry, or ""; found.value is NAN where nobody looked for it */
    struct studies_voi voi;
    struct validation_saved validation;
};

/* The run that the studies must belong to. */
struct studies_run {
    const char *digest;      /* of the scenario, 16 digits */
    const char *version;     /* of the program that lived it */
    const char *conditions;  /* under which the scenario was lived (conditions.h) */
    char *const *arm;        /* [n_arms] ids */
    size_t n_arms, baseline, headline;
};

/* Does the mean change of net value change its sign between the ends of the range? */
bool studies_turns(const struct orgsim_break_even_row *row);

/* Each study must be of the same organisations and scenario. ORGSIM_ERROR_IO with what is wrong and what to do; ORGSIM_ERROR_MEMORY. A study that
 * is not there is no error. */
int studies_read(struct studies *studies, const char *folder, const struct studies_run *run, struct orgsim_where *where) ORGSIM_MUST_CHECK;
void studies_free(struct studies *studies);

#endif
