/* snapshot.c: results as the page draws them */
#include "workshop/snapshot.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "report/dots.h"
#include "report/finding.h"
#include "report/manifest.h"

#define QUANTILES 101

int snapshot_create(struct snapshot *s, size_t worlds)
{
    *s = (struct snapshot){.room = worlds};
    for (int a = 0; a < SNAPSHOT_ARMS; a++) s->finish[a] = memory_array(worlds, sizeof(float));
    s->sorted = memory_array(worlds, sizeof(float));
    return s->finish[0] && s->finish[1] && s->sorted ? 0 : ORGSIM_ERROR_MEMORY;
}

void snapshot_free(struct snapshot *s)
{
    for (int a = 0; a < SNAPSHOT_ARMS; a++) memory_free(s->finish[a]);
    memory_free(s->sorted);
    *s = (struct snapshot){0};
}

void snapshot_clear(struct snapshot *s)
{
    s->n = 0;
    s->cost[0] = s->cost[1] = s->difference = (struct moments){0};
}

void snapshot_add(struct snapshot *s, const struct live_block *block)
{
    const size_t worlds = block->worlds < s->room - s->n ? block->worlds : s->room - s->n;
    const float *values[SNAPSHOT_ARMS] = {block->values, block->values + ORGSIM_METRIC_COUNT * block->worlds};
#define VALUE(a, metric, w) values[a][ORGSIM_METRIC_##metric * block->worlds + (w)]
    for (size_t w = 0; w < worlds; w++) {
        for (int a = 0; a < SNAPSHOT_ARMS; a++) {
            bool never = VALUE(a, cancelled, w) + VALUE(a, censored, w) > 0;
            s->finish[a][s->n + w] = never ? INFINITY : VALUE(a, finish_week, w);
            moments_add(&s->cost[a], (double)VALUE(a, cost_k, w));
        }
        moments_add(&s->difference, (double)VALUE(1, npv_k, w) - (double)VALUE(0, npv_k, w));
    }
#undef VALUE
    s->n += worlds;
}

/* A date is shown to a tenth of a week, and compared as it is shown. */
static json_t *week_json(double week) { return manifest_number(shown_round(week, 1)); }

static json_t *arm_json(const double quantiles[QUANTILES], double deadline, double cost, int *kept)
{
    struct dots dots;
    json_t *list = json_array();
    dots_of(&dots, quantiles);
    *kept = 0;
    for (int k = 0; k < DOTS; k++) {
        *kept += dots.value[k] <= deadline;
        json_array_append_new(list, week_json(dots.value[k]));
    }
    return json_pack("{s:o, s:i, s:o, s:o, s:i, s:o}", "dots", list, "kept", *kept, "p50", week_json(quantiles[50]), "p80",
                     week_json(quantiles[80]), "never", (int)dots.n_never, "cost_k", manifest_number(round(cost)));
}

static json_t *whole_json(uint64_t worlds, uint64_t of, double deadline, json_t *arms, double mean, double se)
{
    json_t *worth = json_pack("{s:o, s:o, s:o}", "mean", manifest_number(round(mean)), "low", manifest_number(round(mean - SUMMARY_Z95 * se)),
                              "high", manifest_number(round(mean + SUMMARY_Z95 * se)));
    return json_pack("{s:I, s:I, s:b, s:o, s:o, s:o}", "worlds", (json_int_t)worlds, "of", (json_int_t)of, "done", (int)(worlds >= of),
                     "deadline", manifest_number(deadline), "arms", arms, "worth", worth);
}

json_t *snapshot_json(struct snapshot *s, double deadline, struct snapshot_kept *kept)
{
    double quantiles[QUANTILES];
    json_t *arms = json_array();
    for (int a = 0; a < SNAPSHOT_ARMS; a++) {
        memcpy(s->sorted, s->finish[a], s->n * sizeof(float));
        summary_sort(s->sorted, s->n);
        for (int k = 0; k < QUANTILES; k++) quantiles[k] = summary_quantile(s->sorted, s->n, k / 100.0);
        json_array_append_new(arms, arm_json(quantiles, deadline, moments_mean(&s->cost[a]), &kept->kept[a]));
    }
    kept->worth = moments_mean(&s->difference);
    return whole_json(s->n, s->room, deadline, arms, kept->worth, moments_se(&s->difference));
}

json_t *snapshot_of_results(const struct orgsim_results *r, struct snapshot_kept *kept)
{
    const size_t rows[SNAPSHOT_ARMS] = {r->baseline, r->headline};
    const struct orgsim_comparison *worth = &r->comparison[r->headline * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
    json_t *arms = json_array();
    for (int a = 0; a < SNAPSHOT_ARMS; a++)
        json_array_append_new(arms, arm_json(r->finish_quantiles + rows[a] * QUANTILES, r->deadline_week,
                                             r->summary[rows[a] * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_cost_k].mean, &kept->kept[a]));
    kept->worth = worth->mean_difference;
    return whole_json(r->worlds, r->worlds, r->deadline_week, arms, worth->mean_difference, worth->se);
}
