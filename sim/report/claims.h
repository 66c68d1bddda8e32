/* claims.h: what is said of these roles and what came of it, as sentences, tables, CSV, JSON and figures */
#ifndef ORGSIM_REPORT_CLAIMS_H
#define ORGSIM_REPORT_CLAIMS_H

#include <orgsim/claims.h>

#include "base/text.h"
#include "report/figure.h"
#include "scenario/scenario.h"

/* What was asked, and what came of it. */
struct claims_report {
    const struct orgsim_scenario *scenario;
    const struct orgsim_claims *claims;
    uint64_t seed;
    const char *command;        /* as the command line has it */
};

/* "holds", "does not hold", "undecided", "holds in part" or "not tested here". */
const char *claims_verdict(enum orgsim_claim_verdict verdict);

/* The result of one claim in a sentence. */
void claims_sentence(struct text *text, const struct claims_report *report, enum orgsim_claim claim, int flags);

void claims_answer(struct text *text, const struct claims_report *report);
void claims_csv(struct text *text, const struct claims_report *report);
int claims_json(struct text *text, const struct claims_report *report); /* 0 or ORGSIM_ERROR_MEMORY */
void claims_figure(struct figure *figure, const struct claims_report *report, enum orgsim_claim claim, const char *name);

/* Writes claims.csv, claims.json, answer.txt and figures/claim-ID.* into `folder`, which is made. As figure_write(). */
int claims_write(const struct claims_report *report, const char *folder, struct orgsim_where *where);

#endif
