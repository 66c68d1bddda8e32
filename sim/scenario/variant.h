/* variant.h: the same program under other numbers
 *
 * A variant borrows all tables of its scenario and owns only what target_set() may change: assumptions, money, seats. Making one costs
 * microseconds, so that a study can live thousands of them without reading a file.
 */
#ifndef ORGSIM_SCENARIO_VARIANT_H
#define ORGSIM_SCENARIO_VARIANT_H

#include "scenario/scenario.h"

/* `of` must outlive the variant and stay unchanged. 0 or ORGSIM_ERROR_MEMORY; free with variant_free(), never with orgsim_scenario_free(). */
int variant_create(struct orgsim_scenario **variant, const struct orgsim_scenario *of);

/* NULL is legal. */
void variant_free(struct orgsim_scenario *variant);

#endif
