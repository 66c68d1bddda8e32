/* nulls.h: the value of a parameter at which the effect it describes is not there
 *
 * A parameter has a null when its effect can be absent: a weight of zero notices nothing, a factor of one changes nothing. Sizes, rates and
 * prices of the world itself have none and stay as they are. Whoever distrusts a grade of evidence asks what is left of the answer when
 * all effects that rest on it are taken away.
 */
#ifndef ORGSIM_SCENARIO_NULLS_H
#define ORGSIM_SCENARIO_NULLS_H

#include "scenario/scenario.h"

/* X(grade, what it means) : the grades of the registry, and vendor, which is never good enough for a default and so has no rows. */
#define GRADES(X)                                                                                                                            \
    X(published, "a publication gives it")                                                                                                   \
    X(secondary, "a publication as quoted by another")                                                                                       \
    X(derived, "follows from published figures")                                                                                             \
    X(reimplementation, "from a public rebuild of a published model")                                                                        \
    X(memory, "a known figure, recalled")                                                                                                    \
    X(calibrated, "fitted to published outcomes, without delivery seats")                                                                    \
    X(assumption, "nobody has measured it")                                                                                                  \
    X(vendor, "a survey of somebody who sells the cure")

enum grade {
#define X(grade, meaning) GRADE_##grade,
    GRADES(X)
#undef X
    GRADE_COUNT
};

const char *grade_name(enum grade grade);

/* Null of a parameter; NAN where it has none. */
double nulls_value(int assumption);

/* The setting that takes away a grade, as orgsim_scenario_load() takes it among its settings; static. */
const char *nulls_setting(enum grade grade);

/* Whether that is what `setting` is; if so *grade. */
bool nulls_find(const char *setting, enum grade *grade);

/* How many parameters of that grade have a null: effects that would be taken away. */
size_t nulls_count(enum grade grade);

/* Sets every parameter of that grade to its null. 0 or ORGSIM_ERROR_MEMORY. */
int nulls_apply(struct orgsim_scenario *scenario, enum grade grade, struct orgsim_where *where);

#endif
