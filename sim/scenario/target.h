/* target.h: what NAME stands for in --set, --vary and --over
 *
 * A parameter of the registry, money.ITEM, program.deadline_week (the promised date), ARM.ROLE.FIELD of seats.csv, with `*` for all arms and meaning
 * every seat of that role, or shape.FIELD of a generated plan (scenario/shape.h), which --set cannot reach: a plan is made, not set.
 */
#ifndef ORGSIM_SCENARIO_TARGET_H
#define ORGSIM_SCENARIO_TARGET_H

#include "scenario/columns.h"
#include "scenario/scenario.h"

struct target {
    int assumption;              /* or -1 */
    const struct column *column; /* of money.csv, program.csv or seats.csv; NULL for a parameter */
    size_t arm;                  /* of a seat; SCENARIO_NONE: all arms */
    int role;                    /* of a seat; -1: none */
    int shape;                   /* 1 + a field of shape.h; 0: none */
    bool setting;                /* of program.csv */
};

/* Finds what `name` stands for. 0, or ORGSIM_ERROR_USAGE with the nearest name in `where`. */
int target_find(const struct orgsim_scenario *scenario, const char *name, struct target *target, struct orgsim_where *where);

/* Its unit as its table says it, and what it means; static, the latter NULL where nothing is said. */
const char *target_unit(const struct target *target);
const char *target_meaning(const struct target *target);

/* Only whole numbers make sense. */
bool target_is_whole(const struct target *target);

/* Present value: of the first seat where several are meant. NAN where the scenario leaves it blank. */
double target_get(const struct orgsim_scenario *scenario, const struct target *target);

/* Sets it, unless it is a shape's; a seat's field then no longer follows a parameter. ORGSIM_ERROR_USAGE when the value is impossible; the registry's low and high
 * may be left, since they bound our ignorance and not the parameter. ORGSIM_ERROR_MEMORY. */
int target_set(struct orgsim_scenario *scenario, const struct target *target, double value, struct orgsim_where *where);

/* NAME=VALUE: find and set. */
int target_apply(struct orgsim_scenario *scenario, const char *setting, struct orgsim_where *where);

/* Values that a parameter can have at all: shares 0..1, times above 0, most others from 0, and none so great that the kernels could not count with it.
 * Its fallback is the default. */
struct column target_domain(int assumption);

#endif
