/* assumptions.h: the registry of behavioural parameters, as a struct, as an array and by name
 *
 * assumptions.def is the table; everything here follows from it. A parameter is reached as a.det_base where the code knows it, and as
 * assumptions_get(&a, i), i < ASSUMPTION_COUNT, where the user names it.
 */
#ifndef ORGSIM_SCENARIO_ASSUMPTIONS_H
#define ORGSIM_SCENARIO_ASSUMPTIONS_H

#include "scenario/assumptions.def"

enum assumption {
#define X(name, symbol, unit, value, low, high, distribution, grade, source, meaning, measure) ASSUMPTION_##name,
    ASSUMPTIONS(X)
#undef X
    ASSUMPTION_COUNT
};

/* One value of each parameter, in its unit. Members in the order of the table. */
struct assumptions {
#define X(name, symbol, unit, value, low, high, distribution, grade, source, meaning, measure) double name;
    ASSUMPTIONS(X)
#undef X
};

struct assumption_info {
    const char *name;         /* as in --set and assumptions.csv */
    const char *symbol;       /* as in equations */
    const char *unit;         /* "1" for a pure number */
    double default_value, low, high; /* low <= default_value <= high */
    const char *distribution; /* of our ignorance: a word of DISTRIBUTIONS (chance/distribution.h) */
    const char *grade;        /* published, secondary, derived, reimplementation, memory, calibrated, assumption */
    const char *source;
    const char *meaning;
    const char *measure;      /* how one would measure it: a sentence */
};

extern const struct assumption_info assumption_table[ASSUMPTION_COUNT];

void assumptions_default(struct assumptions *a);

/* assumption < ASSUMPTION_COUNT. Setting does not check the range: a user may leave it, and is told. */
double assumptions_get(const struct assumptions *a, int assumption);
void assumptions_set(struct assumptions *a, int assumption, double value);

/* Number of the parameter of that name, or -1. */
int assumption_find(const char *name);

/* The name that was probably meant, or NULL. */
const char *assumption_nearest(const char *name);

#endif
