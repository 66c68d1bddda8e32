/* distribution.h: what a scenario column or a registry row may be distributed as
 *
 * A distribution is described here in double, with GSL's functions as its reference. For draws it is compiled to a sampler
 * (chance/sampler.h), which turns 32 random bits into a value by inversion.
 */
#ifndef ORGSIM_CHANCE_DISTRIBUTION_H
#define ORGSIM_CHANCE_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include <orgsim/error.h>

/* X(NAME, word in a table) */
#define DISTRIBUTIONS(X)                                                                                                                     \
    X(CONSTANT, "constant") X(UNIFORM, "uniform") X(TRIANGULAR, "triangular") X(PERT, "pert") X(NORMAL, "normal")                           \
    X(LOGNORMAL, "lognormal") X(EXPONENTIAL, "exponential") X(GAMMA, "gamma") X(BETA, "beta") X(DISCRETE, "discrete")                       \
    X(EMPIRICAL, "empirical")

enum distribution_kind {
#define X(name, word) DISTRIBUTION_##name,
    DISTRIBUTIONS(X)
#undef X
    DISTRIBUTION_KINDS
};

struct distribution {
    enum distribution_kind kind;
    /* CONSTANT a; UNIFORM from a to b; TRIANGULAR and PERT low a, mode b, high c; NORMAL mean a, sd b; LOGNORMAL mean a and sd b of the
     * logarithm; EXPONENTIAL from a with mean a + b; GAMMA shape a, scale b; BETA alpha a, beta b, on [c, d] */
    double a, b, c, d;
    double *value, *weight;  /* DISCRETE: values ascending and cumulative weights ending at 1; EMPIRICAL: sorted values */
    size_t n;
};

/* Kind named by a word, or -1. */
int distribution_kind_find(const char *word);

/* From low, mode, high of a table row:
 *   constant mode; uniform on [low, high]; triangular; pert (beta with lambda 4); normal with mean mode and P10, P90 = low, high
 *   (symmetric: sd = (high - low) / 2.5631); lognormal with P10, P90 = low, high; exponential from low with mean mode; gamma and beta
 *   (on [low, high]) with the mean (low + 4 mode + high) / 6 and sd (high - low) / 6.
 * Where low = mode = high every kind is constant. Refuses (ORGSIM_ERROR_SCENARIO, what and todo in where) what is not ordered, not finite
 * or outside the kind's domain. where may be NULL. */
int distribution_three_point(struct distribution *d, enum distribution_kind kind, double low, double mode, double high, struct orgsim_where *where);

/* Two columns of a file: value,probability (DISCRETE; probabilities sum to 1 within 1e-6) or one column of observations, each equally likely
 * (EMPIRICAL; probability NULL). In any order. Copies the arrays. */
int distribution_points(struct distribution *d, enum distribution_kind kind, const double *value, const double *probability, size_t n,
                        struct orgsim_where *where);

void distribution_free(struct distribution *d);

double distribution_mean(const struct distribution *d);
double distribution_sd(const struct distribution *d);

/* Smallest value whose distribution function reaches u, 0 < u < 1: the reference, by GSL where it has an inverse. The second takes 1 - u,
 * for the upper tail, where u itself would have lost its digits. */
double distribution_quantile(const struct distribution *d, double u);
double distribution_upper_quantile(const struct distribution *d, double above);

/* Number of the point (DISCRETE, EMPIRICAL) at u. */
size_t distribution_point(const struct distribution *d, double u);

void distribution_scale(struct distribution *d, double factor);       /* of the value, factor > 0 */

#endif
