/** @file scenario.h  A scenario: the folder of tables that describes one program and its organisations. */
#ifndef ORGSIM_SCENARIO_H
#define ORGSIM_SCENARIO_H

#include <orgsim/error.h>

struct orgsim_scenario; /* opaque, immutable once loaded, may be shared between threads */

/**
 * Reads and checks the folder `path`.
 *
 * @param path      folder of CSV files, UTF-8
 * @param settings  `NAME=VALUE` overrides as of --set, or NULL; applied after assumptions.csv
 * @param n_settings number of them
 * @param scenario  out: a new scenario, to be freed with orgsim_scenario_free(); NULL after an error
 * @param problems  zeroed by the caller; receives every problem and note found, also on success; free with orgsim_problems_free()
 * @return 0; ORGSIM_ERROR_SCENARIO when there is no such folder or a problem forbids running; ORGSIM_ERROR_USAGE when a setting is wrong; ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_scenario_load(const char *path, const char *const *settings, size_t n_settings,
                                                      struct orgsim_scenario **scenario, struct orgsim_problems *problems);

/** Frees a scenario. NULL is legal. */
ORGSIM_API void orgsim_scenario_free(struct orgsim_scenario *scenario);

/** Name of the program; owned by the scenario. */
ORGSIM_API const char *orgsim_scenario_name(const struct orgsim_scenario *scenario);

/** Number of organisations, and id of one of them (arm < number; owned by the scenario). */
ORGSIM_API size_t orgsim_scenario_arms(const struct orgsim_scenario *scenario);
ORGSIM_API const char *orgsim_scenario_arm(const struct orgsim_scenario *scenario, size_t arm);

#endif
