/* rank.c: Spearman's correlation through GSL, with an interval */
#include "study/rank.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_statistics_double.h>

#include "base/summary.h"

static bool varies(const double *x, size_t stride, size_t n)
{
    for (size_t k = 1; k < n; k++)
        if (x[k * stride] != x[0]) return true;
    return false;
}

struct orgsim_estimate rank_correlation(const double *x, size_t stride, const double *y, size_t n, double *work)
{
    if (!varies(x, stride, n) || !varies(y, 1, n)) return (struct orgsim_estimate){0, 0, 0};
    double rho = gsl_stats_spearman(x, stride, y, 1, n, work);
    rho = fmax(-1, fmin(1, rho));
    double z = atanh(rho), half = SUMMARY_Z95 * sqrt(1.06 / ((double)n - 3));
    return (struct orgsim_estimate){rho, tanh(z - half), tanh(z + half)};
}
