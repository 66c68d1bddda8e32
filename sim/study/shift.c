/* shift.c: a quantile under one organisation less the same quantile under the baseline, with its interval */
#include "study/shift.h"

#include <math.h>
#include <string.h>

void shift_places(const float *x, size_t n, unsigned char *place)
{
    for (size_t w = 0; w < n; w++) {
        unsigned below = 0; /* all pairs are compared: a block is small, and this needs neither keys nor branches */
        for (size_t v = 0; v < w; v++) below += x[v] <= x[w];
        for (size_t v = w + 1; v < n; v++) below += x[v] < x[w];
        place[w] = (unsigned char)below;
    }
}

void shift_pairs_fill(struct shift_pairs *pairs, const unsigned char *here, const unsigned char *there, size_t n)
{
    unsigned at[ORGSIM_BLOCK_WORLDS] = {0};
    memset(pairs, 0, sizeof *pairs);
    pairs->worlds = n;
    for (size_t w = 0; w < n; w++) at[here[w] > there[w] ? here[w] : there[w]]++; /* below both quantiles from this place on */
    size_t k = 0;
    uint64_t both = 0;
    for (size_t percent = 0; percent < SHIFT_PERCENTS; percent++) {
        size_t below = (percent * n + 50) / 100;
        while (k < below) both += at[k++];
        pairs->below[percent] = below;
        pairs->both[percent] = both;
    }
}

void shift_pairs_merge(struct shift_pairs *into, const struct shift_pairs *from)
{
    into->worlds += from->worlds;
    for (size_t percent = 0; percent < SHIFT_PERCENTS; percent++) {
        into->below[percent] += from->below[percent];
        into->both[percent] += from->both[percent];
    }
}

double shift_correlation(const struct shift_pairs *pairs, size_t percent)
{
    double n = (double)pairs->worlds, share = (double)pairs->below[percent] / n, both = (double)pairs->both[percent] / n;
    if (!(share > 0 && share < 1)) return 0;
    return fmin(1, fmax(-1, (both - share * share) / (share * (1 - share))));
}

/* Half the interval; where its upper end is never, as far as it reaches down. */
static double half_width(const struct shift_quantile *q)
{
    return isinf(q->interval.high) ? q->value - q->interval.low : (q->interval.high - q->interval.low) / 2;
}

struct orgsim_shift shift_of(const struct shift_quantile *here, const struct shift_quantile *there, double correlation)
{
    struct orgsim_shift shift = {here->value - there->value, (double)NAN, (double)NAN};
    if (!isfinite(shift.difference) || isnan(here->interval.low) || isnan(there->interval.low)) return shift;
    double h = half_width(here), k = half_width(there);
    double half = sqrt(fmax(0, h * h + k * k - 2 * correlation * h * k)) + here->grain + there->grain;
    shift.ci_low = isinf(there->interval.high) ? -(double)INFINITY : shift.difference - half;
    shift.ci_high = isinf(here->interval.high) ? (double)INFINITY : shift.difference + half;
    return shift;
}
