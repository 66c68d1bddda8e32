/* discrimination.c: areas under the curve by midranks, and the error of their difference
 *
 *     placement of a kept program    v = (midrank among all - midrank among the kept) / missed
 *     placement of a missed one      v = 1 - (midrank among all - midrank among the missed) / kept
 *     area                           mean of the placements of either kind
 *     var of a difference            var(v1 - v2 over the kept) / kept + var(v1 - v2 over the missed) / missed
 */
#include "study/discrimination.h"

#include <math.h>
#include <stdlib.h>

#include <orgsim/error.h>

#include "base/memory.h"
#include "base/summary.h"

struct entry { double x; size_t place; };

static int by_value(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return (x->x > y->x) - (x->x < y->x);
}

/* Midranks from 1 of the first m entries, by their place. */
static void midranks(struct entry *entry, size_t m, double *rank)
{
    qsort(entry, m, sizeof *entry, by_value);
    for (size_t i = 0; i < m;) {
        size_t end = i + 1;
        while (end < m && !(entry[end].x > entry[i].x)) end++;
        for (size_t k = i; k < end; k++) rank[entry[k].place] = 0.5 * (double)(i + 1 + end);
        i = end;
    }
}

/* Placement of every program under one predictor. */
static void placements(const double *x, const bool *kept, size_t n, const size_t count[2], struct entry *entry, double *all, double *own, double *v)
{
    for (size_t i = 0; i < n; i++) entry[i] = (struct entry){x[i], i};
    midranks(entry, n, all);
    for (int outcome = 0; outcome < 2; outcome++) {
        size_t m = 0;
        for (size_t i = 0; i < n; i++)
            if (kept[i] == (outcome == 1)) entry[m++] = (struct entry){x[i], i};
        midranks(entry, m, own);
    }
    for (size_t i = 0; i < n; i++) {
        double above = (all[i] - own[i]) / (double)count[kept[i] ? 0 : 1];
        v[i] = kept[i] ? above : 1 - above;
    }
}

int discrimination_compare(struct discrimination *found, const double *first, const double *second, const bool *kept, size_t n)
{
    size_t count[2] = {0, 0};
    for (size_t i = 0; i < n; i++) count[kept[i]]++;
    *found = (struct discrimination){(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    if (count[0] < 2 || count[1] < 2) return 0;
    struct entry *entry = memory_array(n, sizeof *entry);
    double *all = memory_array(n, sizeof *all), *own = memory_array(n, sizeof *own), *v[2] = {memory_array(n, sizeof **v), memory_array(n, sizeof **v)};
    int status = entry && all && own && v[0] && v[1] ? 0 : ORGSIM_ERROR_MEMORY;
    if (!status) {
        struct moments area[2] = {{0}}, difference[2] = {{0}};
        placements(first, kept, n, count, entry, all, own, v[0]);
        placements(second, kept, n, count, entry, all, own, v[1]);
        for (size_t i = 0; i < n; i++) {
            moments_add(&difference[kept[i]], v[0][i] - v[1][i]);
            for (int p = 0; p < 2 && kept[i]; p++) moments_add(&area[p], v[p][i]);
        }
        *found = (struct discrimination){moments_mean(&area[0]), moments_mean(&area[1]), moments_mean(&area[0]) - moments_mean(&area[1]),
                                         hypot(moments_se(&difference[0]), moments_se(&difference[1]))};
    }
    memory_free(entry);
    memory_free(all);
    memory_free(own);
    memory_free(v[0]);
    memory_free(v[1]);
    return status;
}
