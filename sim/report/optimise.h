/* optimise.h: the best organisation, or the best definition of a role, as sentences, a table, CSV, JSON and a figure */
#ifndef ORGSIM_REPORT_OPTIMISE_H
#define ORGSIM_REPORT_OPTIMISE_H

#include <orgsim/optimise.h>

#include "base/text.h"
#include "report/figure.h"
#include "report/shown.h"
#include "scenario/scenario.h"

/* What was asked, and what came of it: a selection or a tuning. */
struct optimise_report {
    const struct orgsim_scenario *scenario;
    struct orgsim_objective objective;
    size_t baseline;                          /* arm */
    const struct orgsim_selection *selection; /* NULL: tuning */
    const struct orgsim_tuning *tuning;
    const struct orgsim_tune_axis *axes;
    double budget_k_per_year;                 /* NAN: none */
    uint64_t seed;
    const char *path, *command;               /* as the command line has them */
};

/* "mean net value", "finish kept in four worlds of five". */
void optimise_objective(struct text *text, const struct orgsim_objective *objective);

/* A value of it with its unit, and a difference with its sign. */
struct shown optimise_value(const struct orgsim_objective *objective, double value, int flags);

void optimise_title(struct text *text, const struct optimise_report *report, int flags);
void optimise_answer(struct text *text, const struct optimise_report *report, bool all);
void optimise_csv(struct text *text, const struct optimise_report *report);
int optimise_json(struct text *text, const struct optimise_report *report); /* 0 or ORGSIM_ERROR_MEMORY */
void optimise_figure(struct figure *figure, const struct optimise_report *report); /* of a selection */

/* Writes optimise.csv, optimise.json, answer.txt and, of a selection, figures/frontier.* into `folder`, which is made. As figure_write(). */
int optimise_write(const struct optimise_report *report, const char *folder, struct orgsim_where *where);

#endif
