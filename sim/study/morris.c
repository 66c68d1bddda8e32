/* morris.c: elementary effects and their moments */
#include "study/morris.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/summary.h"

/* Of input `d` along one trajectory. */
static double elementary(const double *unit, const size_t *moved, const double *outcome, size_t dimensions, size_t d)
{
    size_t step = 0;
    while (moved[step] != d) step++;
    return (outcome[step + 1] - outcome[step]) / (unit[(step + 1) * dimensions + d] - unit[step * dimensions + d]);
}

void morris_effects(struct morris_effect *effect, const double *unit, const size_t *moved, const double *outcome, size_t trajectories, size_t dimensions)
{
    double t95 = gsl_cdf_tdist_Pinv(0.975, (double)trajectories - 1);
    for (size_t d = 0; d < dimensions; d++) {
        struct moments plain = {0}, absolute = {0};
        for (size_t t = 0; t < trajectories; t++) {
            double e = elementary(unit + t * (dimensions + 1) * dimensions, moved + t * dimensions, outcome + t * (dimensions + 1), dimensions, d);
            moments_add(&plain, e);
            moments_add(&absolute, fabs(e));
        }
        double mean = moments_mean(&absolute), half = t95 * moments_se(&absolute);
        effect[d] = (struct morris_effect){moments_mean(&plain), mean, fmax(0, mean - half), mean + half, sqrt(moments_variance(&plain))};
    }
}
