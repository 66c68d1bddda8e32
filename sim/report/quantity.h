/* quantity.h: the value of a number that is moved, as a person reads it */
#ifndef ORGSIM_REPORT_QUANTITY_H
#define ORGSIM_REPORT_QUANTITY_H

#include "report/shown.h"
#include "scenario/scenario.h"

/* A value with three or so digits that count, as fine as the range of values needs, and finer where that would round a twentieth of it away. */
struct shown quantity_shown(double value, double range, int flags);

/* A blank and the unit: nothing for a pure number, the first of several spellings, the currency by its name. */
void quantity_unit(struct text *text, const struct orgsim_scenario *scenario, const char *unit);

/* Label of an arm, its id when it has none; owned by the scenario. */
const char *quantity_arm(const struct orgsim_scenario *scenario, size_t arm);

#endif
