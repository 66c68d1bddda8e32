/* elimination.c: KN's fully sequential procedure with c = 1 */
#include "study/elimination.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include <orgsim/error.h>

#include "base/memory.h"

int elimination_create(struct elimination *e, size_t candidates, size_t first, double confidence)
{
    *e = (struct elimination){.candidates = candidates, .first = first, .left = candidates};
    double freedom = (double)first - 1;
    if (candidates > 1) e->h2 = freedom * (pow(2 * (1 - confidence) / (double)(candidates - 1), -2 / freedom) - 1);
    e->alive = memory_array(candidates, sizeof *e->alive);
    e->dropped = memory_array(candidates, sizeof *e->dropped);
    e->sum = memory_array(candidates, sizeof *e->sum);
    e->early = memory_array(first, candidates * sizeof *e->early);
    e->variance = memory_array(candidates, candidates * sizeof *e->variance);
    if (!e->alive || !e->dropped || !e->sum || !e->early || !e->variance) return ORGSIM_ERROR_MEMORY;
    for (size_t i = 0; i < candidates; i++) e->alive[i] = true;
    return 0;
}

void elimination_free(struct elimination *e)
{
    memory_free(e->alive);
    memory_free(e->dropped);
    memory_free(e->sum);
    memory_free(e->early);
    memory_free(e->variance);
    *e = (struct elimination){0};
}

static double difference_variance(const struct elimination *e, size_t i, size_t l)
{
    double mean = 0, square = 0;
    for (size_t r = 0; r < e->first; r++) mean += (e->early[r * e->candidates + i] - e->early[r * e->candidates + l]) / (double)e->first;
    for (size_t r = 0; r < e->first; r++) square += pow(e->early[r * e->candidates + i] - e->early[r * e->candidates + l] - mean, 2);
    return square / ((double)e->first - 1);
}

void elimination_add(struct elimination *e, const double *row)
{
    if (e->rows < e->first) memcpy(e->early + e->rows * e->candidates, row, e->candidates * sizeof *row);
    for (size_t i = 0; i < e->candidates; i++)
        if (e->alive[i]) e->sum[i] += row[i];
    if (++e->rows != e->first) return;
    for (size_t i = 0; i < e->candidates; i++)
        for (size_t l = 0; l < i; l++) e->variance[i * e->candidates + l] = e->variance[l * e->candidates + i] = difference_variance(e, i, l);
}

double elimination_mean(const struct elimination *e, size_t i) { return e->sum[i] / (double)(e->dropped[i] ? e->dropped[i] : e->rows); }

/* Rows until the triangle of two candidates has closed. */
static double closing(const struct elimination *e, size_t i, size_t l)
{
    return e->h2 * e->variance[i * e->candidates + l] / (e->indifference * e->indifference);
}

static bool behind(const struct elimination *e, size_t i)
{
    double r = (double)e->rows;
    for (size_t l = 0; l < e->candidates; l++) {
        if (l == i || !(e->alive[l] || e->dropped[l] == e->rows)) continue; /* all that were there when this row came */
        double width = fmax(0, e->indifference / 2 * (closing(e, i, l) - r) / r);
        if (e->sum[i] / r < e->sum[l] / r - width) return true;
    }
    return false;
}

bool elimination_screen(struct elimination *e)
{
    double longest = 0;
    for (size_t i = 0; i < e->candidates; i++) {
        if (!e->alive[i] || !behind(e, i)) continue;
        e->alive[i] = false;
        e->dropped[i] = e->rows;
        e->left--;
    }
    for (size_t i = 0; i < e->candidates; i++)
        for (size_t l = 0; l < i; l++)
            if (e->alive[i] && e->alive[l]) longest = fmax(longest, closing(e, i, l));
    return e->left <= 1 || (double)e->rows > longest;
}

size_t elimination_best(const struct elimination *e)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < e->candidates; i++)
        if (e->alive[i] && (best == SIZE_MAX || e->sum[i] > e->sum[best])) best = i;
    return best;
}
