/* sampler.h: a distribution compiled for drawing by inversion
 *
 *     value = F^-1(u),   u = (k + 1/2) 2^-32 of 32 random bits k
 *
 * The value never falls as the bits rise; only of a table may it step back by a last digit where two segments meet.
 *
 * Largest error against GSL's inverse over all bits, as tests/chance/test_sampler.c measures and bounds it, in standard deviations of the
 * distribution (values that are large beside their deviation add the rounding of float, 6e-8 of the value):
 *
 *     constant, discrete, empirical      exact
 *     uniform, triangular                5e-7
 *     exponential, normal                3e-6
 *     lognormal                          4e-6 of the value, times sigma (of the logarithm) where that is above 1
 *     pert, gamma, beta                  3e-5, by a table of quantiles: quadratic in eight parts of each octave of both tails
 *
 * chance/sampler_lanes.h draws in lanes.
 */
#ifndef ORGSIM_CHANCE_SAMPLER_H
#define ORGSIM_CHANCE_SAMPLER_H

#include <stddef.h>

#include "chance/distribution.h"

#define SAMPLER_OCTAVES 32 /* of a tail: from 2^-33 to 1/2 */
#define SAMPLER_PARTS_LOG2 3
#define SAMPLER_PARTS (1 << SAMPLER_PARTS_LOG2)
#define SAMPLER_SEGMENTS (SAMPLER_OCTAVES * SAMPLER_PARTS)

/* Immutable once made, may be shared between threads. Zeroed, it draws 0 and may be freed. */
struct sampler {
    enum distribution_kind kind;
    float a, b, c, d, e, f;     /* of the closed forms, as sampler_lanes.h uses them */
    float *table;               /* [3][2][SAMPLER_SEGMENTS]: constant, slope, curvature; lower and upper tail */
    struct distribution points; /* DISCRETE, EMPIRICAL */
};

/* Compiles a distribution and keeps nothing of it. 0; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_INTERNAL if GSL found no quantile. */
int sampler_create(struct sampler *sampler, const struct distribution *distribution) __attribute__((warn_unused_result));

/* Legal on a zeroed sampler and after an error. */
void sampler_free(struct sampler *sampler);

/* Value of a sampler of points: tail = min(u, 1 - u), upper where u > 1/2. */
float sampler_point(const struct sampler *sampler, float tail, int upper);

#endif
