/* information.h: what it would be worth to know, from outcomes at many points of our ignorance
 *
 * A decision takes the arm with the highest mean. Whoever knew a parameter could take another arm where it is better there:
 *
 *     perfect   EVPI     E max_a m_a(all) - max_a E m_a          all parameters known
 *     partial   EVPPI_p  E max_a g_a(x_p) - max_a E m_a          g_a(x) = E[m_a | x_p = x], by regression
 *
 * Pure functions over arrays. Sources: Raiffa & Schlaifer 1961 for the quantities; Strong, Oakley & Brennan 2014 for the regression.
 */
#ifndef ORGSIM_STUDY_INFORMATION_H
#define ORGSIM_STUDY_INFORMATION_H

#include <stdbool.h>
#include <stddef.h>

#define INFORMATION_POINTS_LEAST 128

/* Points are independent of each other, and so are the parameters of one. */
struct information {
    size_t points, parameters, arms;  /* points >= INFORMATION_POINTS_LEAST */
    const double *x;                  /* [points][parameters], in any unit */
    const double *value[2];           /* [points][arms] mean over either half of the worlds of the point */
};

struct information_worth {
    double worth, se;                 /* in the unit of the values; worth >= 0, freed of its bias to the first order */
    bool clear;                       /* of one parameter: more than two standard errors, and above what any meaningless column gave */
};

/* The error of means over few worlds makes a best arm look better than it is. That bias halves when worlds double, so it is read off the two
 * halves and taken away. ORGSIM_ERROR_MEMORY. */
int information_perfect(const struct information *d, struct information_worth *perfect) __attribute__((warn_unused_result));

/* worth: [parameters]. noise: the most that a meaningless column came out at; columns that belong to other points serve as such, two for each
 * parameter. ORGSIM_ERROR_MEMORY. */
int information_partial(const struct information *d, struct information_worth *worth, double *noise) __attribute__((warn_unused_result));

#endif
