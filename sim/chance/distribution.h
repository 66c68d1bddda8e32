/* distribution.h: what a scenario column or a registry row may be distributed as
 *
 * A distribution is described in double and compiled to a sampler, which turns 32 random bits into a value by inversion: closed form,
 * or a table of quantiles over the octaves of both tails. The error of each against GSL's inverse is stated below and tested.
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
    double a, b, c, d;       /* parameters; see distribution_three_point() */
    double *value, *weight;  /* DISCRETE: values ascending and cumulative weights ending at 1; EMPIRICAL: sorted values */
    size_t n;
};

/* Kind named by a word, or -1. */
int distribution_kind_find(const char *word);

/* From low, mode, high of a table row:
 *   constant mode; uniform on [low, high]; triangular; pert (beta with lambda 4); normal with mean mode and P10, P90 = low, high
 *   (symmetric: sd = (high - low) / 2.5631); lognormal with P10, P90 = low, high; exponential from low with mean mode; gamma and beta
 *   (on [low, high]) with the mean (low + 4 mode + high) / 6 and sd (high - low) / 6.
 * Refuses (ORGSIM_ERROR_SCENARIO, what and todo in where) what is not ordered, not finite or outside the kind's domain. */
int distribution_three_point(struct distribution *d, enum distribution_kind kind, double low, double mode, double high, struct orgsim_where *where);

/* Two columns of a file: value,probability (DISCRETE) or one column of observations (EMPIRICAL). Copies the arrays. */
int distribution_points(struct distribution *d, enum distribution_kind kind, const double *value, const double *probability, size_t n,
                        struct orgsim_where *where);

void distribution_free(struct distribution *d);

double distribution_mean(const struct distribution *d);
double distribution_quantile(const struct distribution *d, double u); /* reference, by GSL where it has an inverse; 0 < u < 1 */
void distribution_scale(struct distribution *d, double factor);       /* of the value, factor > 0 */

#endif
