/* sobol.c: the estimators, pooled over copies, and their jackknife */
#include "study/sobol.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* Over points of A and B, about a centre: sums that add up over copies. */
struct sums { double n, sum, square, first, total; };

static void sums_add(struct sums *into, const struct sums *s, double sign)
{
    into->n += sign * s->n;
    into->sum += sign * s->sum;
    into->square += sign * s->square;
    into->first += sign * s->first;
    into->total += sign * s->total;
}

static struct sums sums_of(const double *outcome, size_t points, size_t dimensions, size_t d, double centre)
{
    struct sums s = {.n = (double)points};
    for (size_t k = 0; k < points; k++, outcome += dimensions + 2) {
        double a = outcome[0] - centre, b = outcome[1] - centre, ab = outcome[2 + d] - centre;
        s.sum += a + b;
        s.square += a * a + b * b;
        s.first += b * (ab - a);
        s.total += (a - ab) * (a - ab);
    }
    return s;
}

static double variance(const struct sums *s) { return fmax(0, s->square - s->sum * s->sum / (2 * s->n)) / (2 * s->n - 1); }
static double first_of(const struct sums *s) { return variance(s) > 0 ? s->first / s->n / variance(s) : 0; }
static double total_of(const struct sums *s) { return variance(s) > 0 ? s->total / (2 * s->n) / variance(s) : 0; }

/* Estimate from all copies, and its error from the estimates that each leave one out. */
static struct sobol_share jackknife(const struct sums *copy, size_t copies, const struct sums *all, double (*of)(const struct sums *))
{
    double whole = of(all), mean = 0, square = 0, n = (double)copies;
    for (size_t c = 0; c < copies; c++) {
        struct sums rest = *all;
        sums_add(&rest, &copy[c], -1);
        double x = of(&rest) - whole;
        mean += x / n;
        square += x * x;
    }
    double half = gsl_cdf_tdist_Pinv(0.975, n - 1) * sqrt(fmax(0, square - n * mean * mean) * (n - 1) / n);
    return (struct sobol_share){whole, whole - half, whole + half};
}

static double centre_of(const double *outcome, size_t rows, size_t dimensions)
{
    double sum = 0;
    for (size_t k = 0; k < rows; k++) sum += outcome[k * (dimensions + 2)] + outcome[k * (dimensions + 2) + 1];
    return sum / (2 * (double)rows);
}

double sobol_indices(struct sobol_index *index, const double *outcome, size_t copies, size_t points, size_t dimensions)
{
    double centre = centre_of(outcome, copies * points, dimensions), v = 0;
    for (size_t d = 0; d < dimensions; d++) {
        struct sums copy[SOBOL_COPIES_MOST], all = {0};
        for (size_t c = 0; c < copies; c++) {
            copy[c] = sums_of(outcome + c * points * (dimensions + 2), points, dimensions, d, centre);
            sums_add(&all, &copy[c], 1);
        }
        index[d] = (struct sobol_index){jackknife(copy, copies, &all, first_of), jackknife(copy, copies, &all, total_of)};
        v = variance(&all);
    }
    return v;
}

void sobol_point(double *x, const double *pair, size_t dimensions, size_t place)
{
    for (size_t d = 0; d < dimensions; d++) x[d] = pair[place == 1 || place == d + 2 ? dimensions + d : d];
}
