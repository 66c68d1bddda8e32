/* ignorance.h: what is said and written about the draws of what nobody knows */
#ifndef ORGSIM_REPORT_IGNORANCE_H
#define ORGSIM_REPORT_IGNORANCE_H

#include <jansson.h>

#include <orgsim/ignorance.h>

#include "report/figure.h"

/* There is something to say: draws were lived, and a headline organisation was beside its baseline. */
bool ignorance_told(const struct orgsim_ignorance *ignorance);

/* Rows that the headline is held against, baseline first, then those of the short table. rows has room for n_arms; returns how many. */
size_t ignorance_rivals(const struct finding *finding, size_t *rows);

/* In how many draws the headline pays against the baseline, with its interval, and what was lived. A clause without a full stop. */
void ignorance_title(struct text *text, const struct finding *finding, const struct orgsim_ignorance *ignorance, int flags);

/* The paragraph of the terminal: shares against all rivals, the range of the worth, and where the variance comes from. */
void ignorance_words(struct text *text, const struct finding *finding, const struct orgsim_ignorance *ignorance, int flags);

/* Share of the variance of one program's difference that is ignorance, 0..1. */
double ignorance_share(const struct orgsim_ignorance_pair *pair);

/* ignorance.csv: ranges of arms, then of headline less arm; ignorance_draws.csv: the parameters of every draw and its mean net values. */
void ignorance_csv(struct text *text, const struct finding *finding, const struct orgsim_ignorance *ignorance);
void ignorance_draws_csv(struct text *text, const struct finding *finding, const struct orgsim_ignorance *ignorance);

/* null where there is nothing; NULL when out of memory. */
json_t *ignorance_json(const struct finding *finding, const struct orgsim_ignorance *ignorance);

/* "Does it still pay if we are wrong?" */
void ignorance_figure(struct figure *figure, const struct finding *finding, const struct orgsim_ignorance *ignorance, const char *footnote);

#endif
