/* check.h: checks of a scenario whose cells have all been read */
#ifndef ORGSIM_SCENARIO_CHECK_H
#define ORGSIM_SCENARIO_CHECK_H

#include <orgsim/error.h>

struct load;
struct orgsim_scenario;

/* Everything; problems and notes at their cells. */
void check_all(struct load *load);

/* What values of parameters can break together: the rework loop gain and the forums' slots. 0 or ORGSIM_ERROR_SCENARIO. */
int check_values(const struct orgsim_scenario *scenario, struct orgsim_where *where);

#endif
