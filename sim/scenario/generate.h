/* generate.h: a believable program made from a few numbers that describe its shape
 *
 * Every choice is a Philox draw keyed by what is chosen and for whom (chance/philox.h) and uses + - * / only: the same shape gives the same
 * bytes on every machine, and changing one number leaves what does not hang on it as it was.
 */
#ifndef ORGSIM_SCENARIO_GENERATE_H
#define ORGSIM_SCENARIO_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include <orgsim/error.h>

#include "base/text.h"
#include "scenario/columns.h"

/* X(field, low, high, default, whole number, meaning) */
#define GENERATE_SHAPE(X)                                                                                                                      \
    X(teams, 1, 200, 6, true, "teams")                                                                                                         \
    X(engineers, 1, 100, 6, true, "engineers in each team")                                                                                    \
    X(packages, 1, 50, 5, true, "packages of each team, besides those that integrate")                                                         \
    X(density, 0, 10, 1.2, false, "dependencies between teams for each package")                                                               \
    X(risks, 0, 10, 0.7, false, "risks for each package")                                                                                      \
    X(questions, 0, 10, 0.6, false, "open questions for each package")                                                                         \
    X(ambiguity, 0, 1, 0.25, false, "mean probability of a hidden mismatch at a dependency between teams")

enum generate_field {
#define X(field, low, high, usual, whole, meaning) GENERATE_##field,
    GENERATE_SHAPE(X)
#undef X
    GENERATE_FIELDS
};

struct generate_field_info {
    const char *name;
    double low, high, usual;
    bool whole;
    const char *meaning;
};
extern const struct generate_field_info generate_fields[GENERATE_FIELDS];

struct generate_shape {
    double value[GENERATE_FIELDS];
    uint64_t seed;
};

/* The usual shape, with seed 1. */
struct generate_shape generate_usual(void);

/* Whether a field may have that value. */
bool generate_allows(enum generate_field field, double value);

/* Writes every table of a scenario named `name` into texts[table], which the caller zeroes and frees; tables that stay away are left empty.
 * 0; ORGSIM_ERROR_USAGE when a number is out of its range or the program gets too large for a table; ORGSIM_ERROR_MEMORY. */
int generate_tables(const struct generate_shape *shape, const char *name, struct text texts[TABLES], struct orgsim_where *where);

#endif
