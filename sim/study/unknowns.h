/* unknowns.h: the parameters of the registry that nobody knows exactly, all drawn at once
 *
 * A point of the unit cube becomes one value of every unknown parameter, by the distribution of the registry over low..high. These draws are
 * ignorance and never luck: every draw lives the same worlds. A parameter that the user sets with --set or --without-grade is known, and
 * so is one whose low and high agree. Engineers that an arm may place where they help most are placed once, as the scenario stands: no organisation knows its parameters.
 */
#ifndef ORGSIM_STUDY_UNKNOWNS_H
#define ORGSIM_STUDY_UNKNOWNS_H

#include "chance/distribution.h"
#include "study/point.h"

/* Zero it; free with unknowns_close(), also after an error. */
struct unknowns {
    size_t n;
    int assumption[ASSUMPTION_COUNT];              /* [n] which parameters, in the order of the registry */
    struct distribution range[ASSUMPTION_COUNT];   /* [n] */
};

/* ORGSIM_ERROR_SCENARIO, ORGSIM_ERROR_MEMORY. */
int unknowns_open(struct unknowns *unknowns, const struct orgsim_scenario *scenario, struct orgsim_where *where);
void unknowns_close(struct unknowns *unknowns);

/* A parameter that nobody knows exactly, and its distribution as the scenario has it (free it). ORGSIM_ERROR_SCENARIO, ORGSIM_ERROR_MEMORY. */
bool unknowns_is_known(const struct orgsim_scenario *scenario, int assumption);
int unknowns_distribution(struct distribution *range, const struct orgsim_scenario *scenario, int assumption, struct orgsim_where *where);

/* Value of such a distribution at 0 < unit < 1; rises with unit; never outside low..high. */
double unknowns_quantile(const struct distribution *range, double unit);

/* Decides in `variant` where engineers go that an arm of options may place where they help most. Points are open on it. As point_live(). */
int unknowns_place(struct orgsim_scenario *variant, const struct points *points, const struct orgsim_run_options *options, struct orgsim_where *where);

/* Value of the p-th unknown parameter at 0 < unit < 1; rises with unit; never outside the parameter's low..high. */
double unknowns_value(const struct unknowns *unknowns, size_t p, double unit);

/* Fills settings[n] with every unknown at its place in unit[n]. */
void unknowns_settings(const struct unknowns *unknowns, const double *unit, struct point_setting *settings);

#endif
