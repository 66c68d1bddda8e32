/* quantiles.c: the quantiles of all worlds of a run, with their intervals */
#include "study/quantiles.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

void quantiles_ranks(struct quantiles_ranks *ranks, uint64_t n)
{
    for (size_t percent = 0; percent < SHIFT_PERCENTS; percent++)
        ranks->none[percent] = !summary_quantile_ranks(n, (double)percent / 100, &ranks->low[percent], &ranks->high[percent]);
}

/* Half the bin in which the quantile lies. */
static double grain_of(const struct histogram *h, double level)
{
    uint64_t rank = (uint64_t)((double)(h->n - 1) * level) + 1;
    double width = histogram_edge(h, rank, true) - histogram_edge(h, rank, false);
    return isfinite(width) ? width / 2 : 0;
}

struct shift_quantile quantiles_at(const struct quantiles *q, const struct quantiles_ranks *ranks, size_t percent)
{
    double level = (double)percent / 100;
    uint64_t low = ranks->low[percent], high = ranks->high[percent];
    struct shift_quantile at = {.interval = {(double)NAN, (double)NAN}};
    at.value = q->histogram ? histogram_quantile(q->histogram, level) : summary_quantile(q->sorted, q->n, level);
    if (q->histogram && q->histogram->n > 0) at.grain = grain_of(q->histogram, level);
    if (ranks->none[percent]) return at;
    if (q->histogram) at.interval = (struct orgsim_interval){histogram_edge(q->histogram, low, false), histogram_edge(q->histogram, high, true)};
    else at.interval = (struct orgsim_interval){(double)q->sorted[low - 1], (double)q->sorted[high - 1]};
    return at;
}

/* ---- of a run ---- */

/* Place of a column among those that are kept, and how many these are; false: there is only its histogram. */
static bool place_of(const struct tally *t, size_t column, size_t *place, size_t *of)
{
    *of = t->histograms ? TALLY_HEADLINES : TALLY_COLUMNS;
    *place = column;
    if (!t->histograms) return true;
    for (*place = 0; *place < TALLY_HEADLINES; ++*place)
        if (tally_headlines[*place] == column) return !t->binned;
    return false;
}

static size_t gather(const struct tally *t, size_t arm, size_t place, size_t of, float *sorted)
{
    size_t n = 0;
    for (size_t b = 0; b < t->n_blocks; b++) {
        memcpy(sorted + n, t->kept[b] + (arm * of + place) * t->kept_worlds[b], t->kept_worlds[b] * sizeof *sorted);
        n += t->kept_worlds[b];
    }
    summary_sort(sorted, n);
    return n;
}

/* A hundred percents of a column, and how far each value may be off because of its bin; grain may be NULL. */
struct hundred { double *value, *grain; struct orgsim_interval *interval; };

static void hundred_fill(const struct quantiles *q, const struct quantiles_ranks *ranks, const struct hundred *out)
{
    for (size_t percent = 0; percent < SHIFT_PERCENTS; percent++) {
        struct shift_quantile at = quantiles_at(q, ranks, percent);
        out->value[percent] = at.value;
        out->interval[percent] = at.interval;
        if (out->grain) out->grain[percent] = at.grain;
    }
}

static void summary_fill(const struct quantiles *q, const struct quantiles_ranks *ranks, struct orgsim_summary *summary)
{
    for (int l = 0; l < ORGSIM_QUANTILES; l++) {
        struct shift_quantile at = quantiles_at(q, ranks, (size_t)round(100 * orgsim_quantile_levels[l]));
        summary->quantile[l] = at.value;
        summary->quantile_low[l] = at.interval.low;
        summary->quantile_high[l] = at.interval.high;
    }
}

/* Where the hundred percents of a column belong that has them; grain: [arm][TALLY_SHIFTED][SHIFT_PERCENTS]. */
static struct hundred hundred_of(const struct orgsim_results *r, size_t arm, size_t column, double *grain)
{
    size_t at = arm * SHIFT_PERCENTS;
    double *own = grain + at * TALLY_SHIFTED;
    switch (column) {
    case ORGSIM_METRIC_finish_week: return (struct hundred){r->finish_quantiles + at, own + TALLY_FINISH * SHIFT_PERCENTS, r->finish_intervals + at};
    case ORGSIM_METRIC_npv_k: return (struct hundred){r->npv_quantiles + at, own + TALLY_NPV * SHIFT_PERCENTS, r->npv_intervals + at};
    case TALLY_NPV_DIFFERENCE: return (struct hundred){r->npv_difference_quantiles + at, NULL, r->npv_difference_intervals + at};
    default: return (struct hundred){0};
    }
}

/* Each arm's hundred percents less the baseline's. */
static void shifts_report(const struct tally *t, struct orgsim_results *r, double *grain)
{
    static const size_t columns[TALLY_SHIFTED] = {[TALLY_FINISH] = ORGSIM_METRIC_finish_week, [TALLY_NPV] = ORGSIM_METRIC_npv_k};
    const struct orgsim_shift undefined = {(double)NAN, (double)NAN, (double)NAN};
    for (size_t c = 0; c < t->n_arms * ORGSIM_METRIC_COUNT; c++) r->comparison[c].p20 = r->comparison[c].p50 = r->comparison[c].p80 = undefined;
    for (size_t p = 0; p < t->n_arms * TALLY_SHIFTED; p++) {
        size_t arm = p / TALLY_SHIFTED, m = p % TALLY_SHIFTED;
        struct hundred here = hundred_of(r, arm, columns[m], grain), there = hundred_of(r, t->baseline, columns[m], grain);
        struct orgsim_shift *shift = (m == TALLY_FINISH ? r->finish_shift : r->npv_shift) + arm * SHIFT_PERCENTS;
        for (size_t q = 0; q < SHIFT_PERCENTS; q++) {
            const struct shift_quantile a = {here.value[q], here.grain[q], here.interval[q]}, b = {there.value[q], there.grain[q], there.interval[q]};
            shift[q] = arm == t->baseline ? (struct orgsim_shift){0} : shift_of(&a, &b, shift_correlation(&t->pairs[p], q));
        }
        struct orgsim_comparison *comparison = &r->comparison[arm * ORGSIM_METRIC_COUNT + columns[m]];
        comparison->p20 = shift[20];
        comparison->p50 = shift[50];
        comparison->p80 = shift[80];
    }
}

int quantiles_report(const struct tally *t, struct orgsim_results *results)
{
    float *sorted = t->binned ? NULL : memory_array((size_t)t->worlds, sizeof *sorted);
    double *grain = memory_array(t->n_arms * TALLY_SHIFTED * SHIFT_PERCENTS, sizeof *grain);
    int status = grain && (t->binned || sorted) ? 0 : ORGSIM_ERROR_MEMORY;
    struct quantiles_ranks ranks;
    quantiles_ranks(&ranks, t->worlds);
    results->quantiles_exact = t->histograms == NULL;
    for (size_t c = 0; !status && c < t->n_arms * TALLY_COLUMNS; c++) {
        size_t arm = c / TALLY_COLUMNS, column = c % TALLY_COLUMNS, place, of;
        struct quantiles q = {.sorted = sorted};
        struct hundred hundred = hundred_of(results, arm, column, grain);
        if (place_of(t, column, &place, &of)) q.n = gather(t, arm, place, of, sorted);
        else q.histogram = &t->histograms[c];
        if (hundred.value) hundred_fill(&q, &ranks, &hundred);
        if (column < ORGSIM_METRIC_COUNT) summary_fill(&q, &ranks, &results->summary[arm * ORGSIM_METRIC_COUNT + column]);
    }
    if (!status) shifts_report(t, results, grain);
    memory_free(sorted);
    memory_free(grain);
    return status;
}
