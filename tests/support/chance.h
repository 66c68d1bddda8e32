/* chance.h: whether what was drawn agrees with a closed form, within five standard errors
 *
 * A test of luck is a function of a number of worlds that says whether the closed form holds. Its seed is fixed; it may double its worlds once.
 */
#ifndef TESTS_SUPPORT_CHANCE_H
#define TESTS_SUPPORT_CHANCE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#define CHANCE_SIGMAS 5.0

/* Distance of Kolmogorov and Smirnov that is passed as seldom as five sigma: 2 exp(-2 x^2) = 5.7e-7. */
#define CHANCE_KOLMOGOROV 2.745

static inline bool chance_twice(bool (*holds)(size_t worlds), size_t worlds) { return holds(worlds) || holds(2 * worlds); }

/* |found - expected| within five standard errors, and `slack` for the rounding of numbers that are not drawn. */
static inline bool chance_near(const char *what, double found, double expected, double standard_error, double slack)
{
    double away = fabs(found - expected);
    if (away <= CHANCE_SIGMAS * standard_error + slack) return true;
    printf("%s: %.9g, expected %.9g, standard error %.3g\n", what, found, expected, standard_error);
    return false;
}

/* Two numbers that nothing but rounding may keep apart. */
static inline bool chance_none(const char *what, double found, double expected, double slack)
{
    return chance_near(what, found, expected, 0, slack);
}

/* `hits` of n independent trials of probability p. */
static inline bool chance_share(const char *what, double hits, double n, double p)
{
    return chance_near(what, hits / n, p, sqrt(p * (1 - p) / n), 1e-12);
}

/* Mean of n values against its expectation, by their own spread. */
static inline bool chance_mean(const char *what, const double *x, size_t n, double expected, double slack)
{
    double sum = 0, square = 0;
    for (size_t k = 0; k < n; k++) sum += x[k];
    for (size_t k = 0; k < n; k++) square += (x[k] - sum / (double)n) * (x[k] - sum / (double)n);
    return chance_near(what, sum / (double)n, expected, sqrt(square / ((double)n * (double)(n - 1))), slack);
}

static inline int chance_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* n values against the uniform distribution from 0 to `top`; sorts them. An expected share may be censored at `top`: give only what is below. */
static inline bool chance_uniform(const char *what, double *u, size_t n, double top)
{
    double worst = 0;
    qsort(u, n, sizeof *u, chance_compare);
    for (size_t k = 0; k < n; k++)
        worst = fmax(worst, fmax(fabs(u[k] / top - (double)k / (double)n), fabs(u[k] / top - (double)(k + 1) / (double)n)));
    if (worst * sqrt((double)n) <= CHANCE_KOLMOGOROV) return true;
    printf("%s: %zu values are %.4g away from uniform\n", what, n, worst);
    return false;
}

#endif
