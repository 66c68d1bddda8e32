/* inputs.h: the numbers of a scenario that have a range, and the range of each
 *
 * Parameters of the registry come with theirs, unless --set makes them known. A number that stands in the place of a parameter (a salary, the judgment of a seat) is as uncertain
 * as that parameter: money in proportion to it, shares by as much on either side. Whoever asks may give further ranges, or others.
 */
#ifndef ORGSIM_STUDY_INPUTS_H
#define ORGSIM_STUDY_INPUTS_H

#include <orgsim/sensitivity.h>

#include "chance/distribution.h"
#include "scenario/target.h"

struct input {
    char *name; /* as of --set; owned */
    struct target target;
    double low, high, present; /* low < high; present NAN: blank in the scenario */
    bool asked;                /* the range is the caller's */
    struct distribution range; /* over low..high: the registry's, else uniform */
};

/* Zero it; free with inputs_free(), also after an error. */
struct inputs {
    size_t n, room;
    struct input *input; /* parameters in the order of the registry, then the others */
};

/* ORGSIM_ERROR_USAGE: a name is unknown, a range empty, reversed, impossible or given twice; ORGSIM_ERROR_MEMORY. */
int inputs_list(struct inputs *inputs, const struct orgsim_scenario *scenario, const struct orgsim_sensitivity_range *ranges, size_t n_ranges,
                struct orgsim_where *where);

/* Value of an input at 0 < unit < 1; rises with unit, inside low..high. */
double inputs_value(const struct input *input, double unit);
void inputs_free(struct inputs *inputs);

#endif
