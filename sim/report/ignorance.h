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

/* The paragraphs of the terminal. Over all draws: shares against all rivals, the range of the worth, and where the variance comes from. Over those as
 * published: the same after seeing how late programs are, and how little is known of levels. */
void ignorance_words(struct text *text, const struct finding *finding, const struct orgsim_ignorance *ignorance, int flags);
void ignorance_words_published(struct text *text, const struct finding *finding, const struct orgsim_ignorance *ignorance, int flags);

/* Draws as published are enough to be told of. */
bool ignorance_published(const struct orgsim_ignorance *ignorance);

/* The mean net value of that organisation, as the scenario stands, lies above the P90 of the draws: 1, below their P10: -1, else 0. */
int ignorance_extreme(const struct finding *finding, const struct orgsim_ignorance *ignorance, size_t row);

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
