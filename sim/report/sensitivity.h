/* sensitivity.h: which assumption matters, as words, a table, CSV, JSON and a figure */
#ifndef ORGSIM_REPORT_SENSITIVITY_H
#define ORGSIM_REPORT_SENSITIVITY_H

#include <jansson.h>
#include <orgsim/sensitivity.h>

#include "base/text.h"
#include "report/figure.h"
#include "scenario/scenario.h"

/* What was asked, and what came of it. */
struct sensitivity_report {
    const struct orgsim_scenario *scenario;
    size_t baseline; /* arm */
    const struct orgsim_sensitivity *found;
    uint64_t seed;
    const char *path, *command;
};

/* The ends of a range by what they give. */
struct sensitivity_ends {
    double worse_value, better_value;
    const struct orgsim_estimate *worse, *better;
};
struct sensitivity_ends sensitivity_ends(const struct orgsim_sensitivity_row *row);

/* It holds the numbers that were moved before it was interrupted. */
bool sensitivity_interrupted(const struct orgsim_sensitivity *found);

/* The number alone changes whether the headline arm pays. */
bool sensitivity_turns(const struct sensitivity_report *report, const struct orgsim_sensitivity_row *row);

/* A value of the number, without zeros that say nothing. */
struct shown sensitivity_value(const struct orgsim_sensitivity_row *row, double value, int flags);

/* The finding in one sentence, without its full stop; flags of shown.h. */
void sensitivity_title(struct text *text, const struct sensitivity_report *report, int flags);

void sensitivity_answer(struct text *text, const struct sensitivity_report *report, bool all);
void sensitivity_csv(struct text *text, const struct sensitivity_report *report);
int sensitivity_json(struct text *text, const struct sensitivity_report *report); /* 0 or ORGSIM_ERROR_MEMORY */
void sensitivity_figure(struct figure *figure, const struct sensitivity_report *report);

/* Writes sensitivity.csv, sensitivity.json, answer.txt and figures/sensitivity.* into `folder`, which is made. As figure_write(). */
int sensitivity_write(const struct sensitivity_report *report, const char *folder, struct orgsim_where *where);

#endif
