/* manifest.h: what was run, as JSON: manifest.json, and the head of --json */
#ifndef ORGSIM_REPORT_MANIFEST_H
#define ORGSIM_REPORT_MANIFEST_H

#include <jansson.h>

#include "report/finding.h"

/* A new object that the caller releases with json_decref(); NULL when out of memory. Holds nothing that depends on the machine. */
json_t *manifest_json(const struct report_plan *plan, const struct finding *finding);

/* Appends an indented JSON document and a newline. 0 or ORGSIM_ERROR_MEMORY. */
int manifest_print(struct text *text, const json_t *json);

/* A seed: integers of jansson end at 2^63, so a greater one is kept whole as text. */
json_t *manifest_seed(uint64_t seed);

/* Digest of the tables of a scenario, as manifest and studies write it. */
json_t *manifest_digest(const struct orgsim_scenario *scenario);

/* A number, or null where it is infinite or undefined. */
json_t *manifest_number(double x);

#endif
