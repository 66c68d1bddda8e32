/* sobol.c: the estimators, pooled over copies, and their jackknife */
#include "study/sobol.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* Sums over the points of a copy, and over copies. */
struct sums { double points, freedom, square, first, total; };

/* One half of a copy: its outcomes, and their mean over A and B. */
struct half { const double *outcome; double centre; };

static void sums_add(struct sums *into, const struct sums *s, double sign)
{
    into->points += sign * s->points;
    into->freedom += sign * s->freedom;
    into->square += sign * s->square;
    into->first += sign * s->first;
    into->total += sign * s->total;
}

static struct half half_of(const double *outcome, size_t points, size_t dimensions)
{
    double sum = 0;
    for (size_t k = 0; k < points; k++) sum += outcome[k * (dimensions + 2)] + outcome[k * (dimensions + 2) + 1];
    return (struct half){outcome, sum / (2 * (double)points)};
}

static struct sums sums_of(const struct half *x, const struct half *y, size_t points, size_t dimensions, size_t d)
{
    struct sums s = {.points = (double)points, .freedom = 2 * (double)points - 1};
    for (size_t at = 0; at < points * (dimensions + 2); at += dimensions + 2) {
        const double *f = x->outcome + at, *g = y->outcome + at;
        double fb = f[1] - x->centre, gb = g[1] - y->centre, f_moved = f[2 + d] - f[0], g_moved = g[2 + d] - g[0];
        s.square += (f[0] - x->centre) * (g[0] - y->centre) + fb * gb;
        s.first += (fb * g_moved + gb * f_moved) / 2;
        s.total += f_moved * g_moved;
    }
    return s;
}

static double variance(const struct sums *s) { return s->square / s->freedom; }
static double first_of(const struct sums *s) { return variance(s) > 0 ? s->first / s->points / variance(s) : 0; }
static double total_of(const struct sums *s) { return variance(s) > 0 ? s->total / (2 * s->points) / variance(s) : 0; }

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

double sobol_indices(struct sobol_index *index, const double *one_half, const double *other_half, size_t copies, size_t points, size_t dimensions)
{
    double v = 0;
    for (size_t d = 0; d < dimensions; d++) {
        struct sums copy[SOBOL_COPIES_MOST], all = {0};
        for (size_t c = 0; c < copies; c++) {
            size_t at = c * points * (dimensions + 2);
            struct half one = half_of(one_half + at, points, dimensions), other = half_of(other_half + at, points, dimensions);
            copy[c] = sums_of(&one, &other, points, dimensions, d);
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
