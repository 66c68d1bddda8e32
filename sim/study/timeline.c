/* timeline.c: bands over the worlds that are followed week by week */
#include "study/timeline.h"

#include <string.h>

#include "base/memory.h"
#include "base/summary.h"

int timeline_create(struct timeline *t, size_t n_arms, size_t n_weeks, size_t worlds)
{
    *t = (struct timeline){.n_arms = n_arms, .n_weeks = n_weeks, .worlds = worlds};
    t->values = memory_array(n_arms * n_weeks * ORGSIM_TIMELINE_COUNT * worlds, sizeof *t->values);
    return t->values ? 0 : ORGSIM_ERROR_MEMORY;
}

void timeline_free(struct timeline *t)
{
    memory_free(t->values);
    *t = (struct timeline){0};
}

void timeline_take(struct timeline *t, const float *block, uint64_t first_world, size_t worlds)
{
    if (first_world >= t->worlds) return;
    size_t take = t->worlds - (size_t)first_world < worlds ? t->worlds - (size_t)first_world : worlds;
    for (size_t row = 0; row < t->n_arms * t->n_weeks * ORGSIM_TIMELINE_COUNT; row++)
        memcpy(t->values + row * t->worlds + first_world, block + row * worlds, take * sizeof *block);
    t->taken = first_world + take;
}

void timeline_report(const struct timeline *t, struct orgsim_band *out)
{
    size_t n = (size_t)t->taken;
    for (size_t row = 0; row < t->n_arms * t->n_weeks * ORGSIM_TIMELINE_COUNT; row++) {
        float *values = t->values + row * t->worlds;
        double sum = 0;
        for (size_t w = 0; w < n; w++) sum += values[w];
        summary_sort(values, n);
        out[row] = (struct orgsim_band){.mean = n ? sum / (double)n : 0, .p10 = summary_quantile(values, n, 0.10),
                                        .p50 = summary_quantile(values, n, 0.50), .p90 = summary_quantile(values, n, 0.90),
                                        .p25 = summary_quantile(values, n, 0.25), .p75 = summary_quantile(values, n, 0.75)};
    }
}
