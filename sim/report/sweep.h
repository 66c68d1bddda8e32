/* sweep.h: a grid of what-ifs as words, a table, CSV, JSON and a figure */
#ifndef ORGSIM_REPORT_SWEEP_H
#define ORGSIM_REPORT_SWEEP_H

#include <orgsim/sweep.h>

#include "base/text.h"
#include "report/figure.h"
#include "scenario/scenario.h"

/* What was asked, and what came of it. */
struct sweep_report {
    const struct orgsim_scenario *scenario;
    size_t baseline;      /* arm */
    const struct orgsim_sweep_axis *axes;
    const struct orgsim_sweep *sweep;
    uint64_t seed;
    const char *command;
};

/* Cells in which the headline arm pays on the mean, and those that were lived. */
size_t sweep_pays(const struct orgsim_sweep *sweep, size_t *lived);

/* Mean of a cell, k; NAN where there is none. */
double sweep_mean(const struct orgsim_sweep *sweep, size_t first, size_t second);

void sweep_title(struct text *text, const struct sweep_report *report, int flags);
void sweep_answer(struct text *text, const struct sweep_report *report);
void sweep_csv(struct text *text, const struct sweep_report *report);
int sweep_json(struct text *text, const struct sweep_report *report); /* 0 or ORGSIM_ERROR_MEMORY */
void sweep_figure(struct figure *figure, const struct sweep_report *report);

/* Writes sweep.csv, sweep.json, answer.txt and figures/sweep.* into `folder`, which is made. As figure_write(). */
int sweep_write(const struct sweep_report *report, const char *folder, struct orgsim_where *where);

#endif
