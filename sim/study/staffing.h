/* staffing.h: organisations that differ in how many people they have
 *
 * A candidate is the baseline with another number of seats of the roles that are counted. A TPM is as the headline arm has it, a PM as the baseline,
 * a coordinator as the first arm that has one; every further seat is a person of its own. Engineers are added where they help most.
 */
#ifndef ORGSIM_STUDY_STAFFING_H
#define ORGSIM_STUDY_STAFFING_H

#include <orgsim/optimise.h>

#include "base/text.h"
#include "study/point.h"

/* Zero it; free with staffing_free(), also after an error. */
struct staffing {
    struct orgsim_scenario *variant; /* its arms: the baseline, the headline arm, then the candidates */
    struct orgsim_count_range range[ORGSIM_COUNT_COUNT];
    size_t n, first;                 /* candidates, and the arm of the first of them */
    size_t same;                     /* candidate that is the baseline itself; n: none */
};

/* All combinations of count[ORGSIM_COUNT_COUNT]. ORGSIM_ERROR_USAGE: reversed, too many combinations or seats, no pattern of a seat;
 * ORGSIM_ERROR_MEMORY. */
int staffing_create(struct staffing *staffing, const struct orgsim_scenario *scenario, size_t baseline, const struct orgsim_count_range *count,
                    struct orgsim_where *where);
void staffing_free(struct staffing *staffing);

/* Settles on pilot worlds where more engineers go. `points` was opened on the variant. */
int staffing_place(struct staffing *staffing, const struct points *points, struct orgsim_where *where);

/* "1 PM, 2 TPMs, no coordinator". */
void staffing_label(struct text *text, const struct staffing *staffing, size_t candidate);

#endif
