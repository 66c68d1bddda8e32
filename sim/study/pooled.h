/* pooled.h: precision, recall and discriminability of escalation, pooled over worlds
 *
 * Rates of single worlds rest on a handful of looks and are biased towards nothing; counts are summed over worlds first. Standard errors
 * are those of a jackknife over blocks.
 */
#ifndef ORGSIM_STUDY_POOLED_H
#define ORGSIM_STUDY_POOLED_H

#include "study/tally.h"

/* Overwrites mean, se and the comparison of the fifteen pooled metrics. */
void pooled_report(const struct tally *tally, struct orgsim_results *results);

#endif
