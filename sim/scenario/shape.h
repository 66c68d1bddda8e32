/* shape.h: the shape of a program, and a generated program of another shape in its place
 *
 * shape.FIELD in --vary and --over asks what a program of more teams, or of more dependencies between them, would answer. The plan (teams,
 * packages, dependencies, risks, questions, features) is generated then; assumptions, money, forums, organisations and their seats stay.
 */
#ifndef ORGSIM_SCENARIO_SHAPE_H
#define ORGSIM_SCENARIO_SHAPE_H

#include "scenario/generate.h"
#include "scenario/scenario.h"

/* Fields of generate_fields, and the seed of the choices. */
#define SHAPE_SEED GENERATE_FIELDS
#define SHAPE_FIELDS (GENERATE_FIELDS + 1)

/* What the generator would have been told, as far as the program shows it: counts and means, inside what it allows; seed 1. */
struct generate_shape shape_of(const struct orgsim_scenario *scenario);

/* Sets a field; whole ones are rounded. ORGSIM_ERROR_USAGE when it cannot have that value. */
int shape_set(struct generate_shape *shape, int field, double value, struct orgsim_where *where);
const char *shape_name(int field);
const char *shape_meaning(int field);

/* A scenario with a generated plan. Zero it; free with shape_free(), also after an error. */
struct shaped {
    struct orgsim_scenario *plan;    /* as generated */
    struct orgsim_scenario *variant; /* the plan, with all else of the original: may be set like any variant */
};

/* `of` must outlive it. A team that an organisation names is the one of that number, counted round where there are fewer.
 * ORGSIM_ERROR_USAGE when no such program can be made; ORGSIM_ERROR_MEMORY. */
int shape_create(struct shaped *shaped, const struct orgsim_scenario *of, const struct generate_shape *shape, struct orgsim_where *where);
void shape_free(struct shaped *shaped);

#endif
