/* morris.c: elementary effects and their moments */
#include "study/morris.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/summary.h"

#define NORMAL_MEAN_SIZE 0.7978845608028654 /* sqrt(2 / pi): mean absolute value of a standard normal */

/* Of input `d` along one trajectory. */
static double elementary(const double *unit, const size_t *moved, const double *outcome, size_t dimensions, size_t d)
{
    size_t step = 0;
    while (moved[step] != d) step++;
    return (outcome[step + 1] - outcome[step]) / (unit[(step + 1) * dimensions + d] - unit[step * dimensions + d]);
}

void morris_effects(struct morris_effect *effect, const double *unit, const size_t *moved, const double *one_half, const double *other_half,
                    size_t trajectories, size_t dimensions)
{
    double t95 = gsl_cdf_tdist_Pinv(0.975, (double)trajectories - 1);
    for (size_t d = 0; d < dimensions; d++) {
        struct moments plain = {0}, absolute = {0}, noise = {0}, square = {0};
        for (size_t t = 0; t < trajectories; t++) {
            const double *u = unit + t * (dimensions + 1) * dimensions;
            double one = elementary(u, moved + t * dimensions, one_half + t * (dimensions + 1), dimensions, d);
            double other = elementary(u, moved + t * dimensions, other_half + t * (dimensions + 1), dimensions, d);
            moments_add(&plain, (one + other) / 2);
            moments_add(&absolute, fabs(one + other) / 2);
            moments_add(&noise, (one - other) * (one - other) / 4); /* the variance of the mean of two */
            moments_add(&square, one * other);
        }
        double mean = moments_mean(&absolute), half = t95 * moments_se(&absolute);
        effect[d] = (struct morris_effect){.mu = moments_mean(&plain), .mu_star = mean, .mu_star_low = fmax(0, mean - half), .mu_star_high = mean + half,
                                           .sigma = sqrt(moments_variance(&plain)), .luck = sqrt(moments_mean(&noise)) * NORMAL_MEAN_SIZE,
                                           .square = moments_mean(&square)};
    }
}
