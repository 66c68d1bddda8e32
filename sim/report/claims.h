/* claims.h: what is said of these roles and what came of it, as sentences, tables, CSV, JSON and figures */
#ifndef ORGSIM_REPORT_CLAIMS_H
#define ORGSIM_REPORT_CLAIMS_H

#include <orgsim/claims.h>

#include "base/text.h"
#include "report/figure.h"
#include "report/shown.h"
#include "scenario/scenario.h"

/* What was asked, and what came of it. */
struct claims_report {
    const struct orgsim_scenario *scenario;
    const struct orgsim_claims *claims;
    uint64_t seed;
    const char *command;        /* as the command line has it */
};

/* "holds", "does not hold", "smaller than asked", "undecided", "no difference", "holds in part", "not tested here" or "shown". */
const char *claims_verdict(enum orgsim_claim_verdict verdict);

/* The result of one claim in a sentence. */
void claims_sentence(struct text *text, const struct claims_report *report, enum orgsim_claim claim);

/* A level or difference in the unit of the row, and its size: "+1.2 (+1.0 to +1.4)% of the budget"; the difference itself where it is no share. */
struct shown claims_value(const struct orgsim_claim_row *row, double value, int flags);
void claims_size(struct text *text, const struct orgsim_claim_row *row, int flags);

void claims_answer(struct text *text, const struct claims_report *report);
void claims_csv(struct text *text, const struct claims_report *report);
int claims_json(struct text *text, const struct claims_report *report); /* 0 or ORGSIM_ERROR_MEMORY */
void claims_figure(struct figure *figure, const struct claims_report *report, enum orgsim_claim claim, const char *name);

/* The worth of the hire over the number of teams: where it pays, as a sentence, a table and a figure. False, and nothing added: it was not measured. */
bool claims_teams_sentence(struct text *text, const struct orgsim_claims *claims);
void claims_teams_csv(struct text *text, const struct orgsim_claims *claims);
bool claims_teams_figure(struct figure *figure, const struct claims_report *report, const char *name);

/* Writes claims.csv, teams.csv, claims.json, answer.txt, figures/claim-ID.* and figures/teams.* into `folder`, which is made. As figure_write(). */
int claims_write(const struct claims_report *report, const char *folder, struct orgsim_where *where);

#endif
