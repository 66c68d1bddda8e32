/* validation.h: the table of checks, for people and as JSON */
#ifndef ORGSIM_REPORT_VALIDATION_H
#define ORGSIM_REPORT_VALIDATION_H

#include <orgsim/validate.h>

#include "base/text.h"

/* What was asked, as the last lines repeat it. data: folder of raw data, NULL when there was none. */
struct validation_asked {
    uint64_t seed;
    int quick;
    const char *data;
};

/* The whole table: two lines for each check, and why where it is not met. */
void validation_answer(struct text *text, const struct validation_asked *asked, const struct orgsim_validation *validation);

/* 0 or ORGSIM_ERROR_MEMORY. */
int validation_json(struct text *text, const struct validation_asked *asked, const struct orgsim_validation *validation);

/* Why statistics over programs mislead: the answers side by side, and what to make of them. validation_json()'s errors. */
void validation_observed(struct text *text, const struct validation_asked *asked, const struct orgsim_observational *found);
int validation_observed_json(struct text *text, const struct validation_asked *asked, const struct orgsim_observational *found);

#endif
