/* conditions.h: what a question changes about its scenario, as the options that repeat it */
#ifndef ORGSIM_REPORT_CONDITIONS_H
#define ORGSIM_REPORT_CONDITIONS_H

#include <jansson.h>

#include "base/text.h"
#include "scenario/scenario.h"

/* Options such as --set h_seat=2, quoted for a shell; "": the scenario as it stands. */
const char *conditions_of(const struct orgsim_scenario *scenario);

/* The scenario and its conditions, as they follow a command. */
void conditions_scenario(struct text *text, const struct orgsim_scenario *scenario);

/* The conditions for JSON; a new reference, NULL when out of memory. */
json_t *conditions_json(const struct orgsim_scenario *scenario);

#endif
