/* tally.c: merging blocks in order, and what comes of it */
#include "study/tally.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/memory.h"
#include "study/pooled.h"
#include "study/quantiles.h"

const size_t tally_headlines[TALLY_HEADLINES] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_npv_k, TALLY_NPV_DIFFERENCE};

int tally_create(struct tally *t, size_t n_arms, size_t baseline, size_t n_packages, size_t keep_at_most)
{
    *t = (struct tally){.n_arms = n_arms, .baseline = baseline, .n_packages = n_packages,
                        .keep_at_most = keep_at_most ? keep_at_most : TALLY_KEPT_DEFAULT};
    t->moments = memory_array(n_arms * ORGSIM_METRIC_COUNT, sizeof *t->moments);
    t->packages = memory_array(n_arms * n_packages, sizeof *t->packages);
    t->rescued = memory_array(n_arms, sizeof *t->rescued);
    t->lost = memory_array(n_arms, sizeof *t->lost);
    t->losses = memory_array(n_arms, sizeof *t->losses);
    t->pooled_total = memory_array(n_arms * TALLY_COUNTS, sizeof *t->pooled_total);
    t->pairs = memory_array(n_arms * TALLY_SHIFTED, sizeof *t->pairs);
    return t->moments && t->packages && t->rescued && t->lost && t->losses && t->pooled_total && t->pairs ? 0 : ORGSIM_ERROR_MEMORY;
}

static void forget_kept(struct tally *t)
{
    for (size_t b = 0; t->kept && b < t->n_blocks; b++) memory_free(t->kept[b]);
    memory_free(t->kept);
    memory_free(t->kept_worlds);
    t->kept = NULL;
    t->kept_worlds = NULL;
    t->kept_capacity = t->worlds_capacity = 0;
}

void tally_free(struct tally *t)
{
    forget_kept(t);
    void *owned[] = {t->moments, t->packages, t->rescued, t->lost, t->losses, t->pooled, t->pooled_total, t->pairs, t->histograms};
    for (size_t o = 0; o < sizeof owned / sizeof *owned; o++) memory_free(owned[o]);
    *t = (struct tally){0};
}

int tally_block_create(struct tally_block *block, size_t n_arms)
{
    *block = (struct tally_block){.moments = memory_array(n_arms * ORGSIM_METRIC_COUNT, sizeof *block->moments),
                                  .pooled = memory_array(n_arms * TALLY_COUNTS, sizeof *block->pooled),
                                  .rescued = memory_array(n_arms, sizeof *block->rescued), .lost = memory_array(n_arms, sizeof *block->lost),
                                  .losses = memory_array(n_arms, sizeof *block->losses),
                                  .pairs = memory_array(n_arms * TALLY_SHIFTED, sizeof *block->pairs)};
    return block->moments && block->pooled && block->rescued && block->lost && block->losses && block->pairs ? 0 : ORGSIM_ERROR_MEMORY;
}

void tally_block_free(struct tally_block *block)
{
    void *owned[] = {block->moments, block->pooled, block->rescued, block->lost, block->losses, block->pairs};
    for (size_t o = 0; o < sizeof owned / sizeof *owned; o++) memory_free(owned[o]);
    *block = (struct tally_block){0};
}

static const float *column_of(const float *values, size_t arm, size_t metric, size_t worlds)
{
    return values + (arm * ORGSIM_METRIC_COUNT + metric) * worlds;
}

/* Mean and squared deviations of x - y over the worlds marked in `use` (NULL: all). y NULL: of x. */
static struct moments moments_of(const float *x, const float *y, const unsigned char *use, size_t worlds)
{
    double sum = 0, square = 0;
    uint64_t n = 0;
    for (size_t w = 0; w < worlds; w++) {
        if (use && !use[w]) continue;
        sum += y ? (double)x[w] - (double)y[w] : (double)x[w];
        n++;
    }
    double mean = n ? sum / (double)n : 0;
    for (size_t w = 0; w < worlds; w++) {
        if (use && !use[w]) continue;
        double deviation = (y ? (double)x[w] - (double)y[w] : (double)x[w]) - mean;
        square += deviation * deviation;
    }
    return (struct moments){.n = n, .mean = mean, .m2 = square};
}

/* Whether every world has the same value, as in most columns of what did not happen: then its moments need no sums. */
static bool is_constant(const float *x, size_t worlds)
{
    return worlds > 0 && isfinite(x[0]) && memcmp(x, x + 1, (worlds - 1) * sizeof *x) == 0;
}

static struct tally_moments constant_moments(float x, uint64_t worlds, uint64_t both)
{
    return (struct tally_moments){.level = {.n = worlds, .mean = 0.0 + (double)x}, .difference = {.n = worlds}, .both = {.n = both}};
}

static bool completes(const float *values, size_t arm, size_t world, size_t worlds)
{
    return column_of(values, arm, ORGSIM_METRIC_cancelled, worlds)[world] == 0 && column_of(values, arm, ORGSIM_METRIC_censored, worlds)[world] == 0;
}

/* The places of the worlds of a block by finish, where what never finished is last, and by net value. */
static void places_of(const float *values, size_t arm, size_t worlds, unsigned char place[TALLY_SHIFTED][ORGSIM_BLOCK_WORLDS])
{
    float finish[ORGSIM_BLOCK_WORLDS];
    for (size_t w = 0; w < worlds; w++)
        finish[w] = completes(values, arm, w, worlds) ? column_of(values, arm, ORGSIM_METRIC_finish_week, worlds)[w] : INFINITY;
    shift_places(finish, worlds, place[TALLY_FINISH]);
    shift_places(column_of(values, arm, ORGSIM_METRIC_npv_k, worlds), worlds, place[TALLY_NPV]);
}

static void pairs_fill(struct tally_block *block, const float *values, size_t n_arms, size_t baseline, size_t worlds)
{
    unsigned char here[TALLY_SHIFTED][ORGSIM_BLOCK_WORLDS], there[TALLY_SHIFTED][ORGSIM_BLOCK_WORLDS];
    places_of(values, baseline, worlds, there);
    for (size_t arm = 0; arm < n_arms; arm++) {
        places_of(values, arm, worlds, here);
        for (int m = 0; m < TALLY_SHIFTED; m++) shift_pairs_fill(&block->pairs[arm * TALLY_SHIFTED + (size_t)m], here[m], there[m], worlds);
    }
}

void tally_block_fill(struct tally_block *block, const float *values, size_t n_arms, size_t baseline, size_t worlds)
{
    pairs_fill(block, values, n_arms, baseline, worlds);
    unsigned char both[ORGSIM_BLOCK_WORLDS];
    for (size_t arm = 0; arm < n_arms; arm++) {
        uint64_t n_both = 0;
        block->rescued[arm] = block->lost[arm] = block->losses[arm] = 0;
        for (size_t w = 0; w < worlds; w++) {
            bool here = completes(values, arm, w, worlds), there = completes(values, baseline, w, worlds);
            both[w] = here && there;
            n_both += both[w];
            block->rescued[arm] += here && !there;
            block->lost[arm] += !here && there;
            block->losses[arm] += column_of(values, arm, ORGSIM_METRIC_npv_k, worlds)[w] < 0;
        }
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            const float *x = column_of(values, arm, m, worlds), *y = column_of(values, baseline, m, worlds);
            bool alike = is_constant(x, worlds) && (x == y || (is_constant(y, worlds) && memcmp(x, y, sizeof *x) == 0));
            block->moments[arm * ORGSIM_METRIC_COUNT + m] =
                alike ? constant_moments(x[0], worlds, n_both) :
                (struct tally_moments){moments_of(x, NULL, NULL, worlds), moments_of(x, y, NULL, worlds), moments_of(x, y, both, worlds)};
        }
        for (size_t c = 0; c < TALLY_COUNTS; c++) {
            const struct moments *level = &block->moments[arm * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_hits_team + c].level;
            block->pooled[arm * TALLY_COUNTS + c] = level->mean * (double)level->n;
        }
    }
}

/* The columns of a block as quantiles want them: what never finished is infinitely late. */
static void columns_fill(const struct tally *t, const float *values, size_t worlds, float *columns)
{
    for (size_t arm = 0; arm < t->n_arms; arm++) {
        float *own = columns + arm * TALLY_COLUMNS * worlds;
        memcpy(own, column_of(values, arm, 0, worlds), ORGSIM_METRIC_COUNT * worlds * sizeof *own);
        for (size_t w = 0; w < worlds; w++) {
            if (!completes(values, arm, w, worlds)) own[ORGSIM_METRIC_finish_week * worlds + w] = own[ORGSIM_METRIC_slip * worlds + w] = INFINITY;
            own[TALLY_NPV_DIFFERENCE * worlds + w] =
                column_of(values, arm, ORGSIM_METRIC_npv_k, worlds)[w] - column_of(values, t->baseline, ORGSIM_METRIC_npv_k, worlds)[w];
        }
    }
}

static void histograms_add(struct tally *t, const float *columns, size_t worlds)
{
    for (size_t c = 0; c < t->n_arms * TALLY_COLUMNS; c++)
        for (size_t w = 0; w < worlds; w++) histogram_add(&t->histograms[c], columns[c * worlds + w]);
}

/* Of a block's columns those that are headlined; NULL when out of memory. */
static float *headlines_of(const struct tally *t, const float *columns, size_t worlds)
{
    float *few = memory_array(t->n_arms * TALLY_HEADLINES * worlds, sizeof *few);
    for (size_t c = 0; few && c < t->n_arms * TALLY_HEADLINES; c++)
        memcpy(few + c * worlds, columns + (c / TALLY_HEADLINES * TALLY_COLUMNS + tally_headlines[c % TALLY_HEADLINES]) * worlds, worlds * sizeof *few);
    return few;
}

/* From here on histograms are kept; what was kept so far goes into them, and what is headlined stays beside them. */
static int spill(struct tally *t)
{
    t->histograms = memory_array(t->n_arms * TALLY_COLUMNS, sizeof *t->histograms);
    if (!t->histograms) return ORGSIM_ERROR_MEMORY;
    for (size_t b = 0; b < t->n_blocks; b++) {
        histograms_add(t, t->kept[b], t->kept_worlds[b]);
        float *few = headlines_of(t, t->kept[b], t->kept_worlds[b]);
        if (!few) return ORGSIM_ERROR_MEMORY;
        memory_free(t->kept[b]);
        t->kept[b] = few;
    }
    t->values_kept = t->values_kept / TALLY_COLUMNS * TALLY_HEADLINES;
    return 0;
}

static int room_for_block(struct tally *t)
{
    void *kept = t->kept, *sizes = t->kept_worlds;
    int status = memory_grow(&kept, &t->kept_capacity, t->n_blocks + 1, sizeof *t->kept);
    t->kept = kept;
    if (!status) status = memory_grow(&sizes, &t->worlds_capacity, t->n_blocks + 1, sizeof *t->kept_worlds);
    t->kept_worlds = sizes;
    return status;
}

/* Into the histograms; what is headlined is kept beside them as long as it fits. *columns: what remains to be kept, NULL for nothing. */
static int bin_block(struct tally *t, float **columns, size_t *n, size_t worlds)
{
    float *all = *columns;
    histograms_add(t, all, worlds);
    *n = t->n_arms * TALLY_HEADLINES * worlds;
    if (!t->binned && t->values_kept + *n > t->keep_at_most) {
        forget_kept(t);
        t->binned = true;
    }
    *columns = t->binned ? NULL : headlines_of(t, all, worlds);
    memory_free(all);
    return t->binned || *columns ? 0 : ORGSIM_ERROR_MEMORY;
}

static int keep(struct tally *t, const float *values, size_t worlds)
{
    size_t n = t->n_arms * TALLY_COLUMNS * worlds;
    float *columns = memory_array(n, sizeof *columns);
    if (!columns) return ORGSIM_ERROR_MEMORY;
    columns_fill(t, values, worlds, columns);
    int status = !t->histograms && t->values_kept + n > t->keep_at_most ? spill(t) : 0;
    if (!status && t->histograms) status = bin_block(t, &columns, &n, worlds);
    if (!status && columns) status = room_for_block(t);
    if (status) memory_free(columns);
    if (status || !columns) return status;
    t->kept[t->n_blocks] = columns;
    t->kept_worlds[t->n_blocks] = worlds;
    t->values_kept += n;
    return 0;
}

static void packages_merge(struct package_sums *into, const struct package_sums *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        into[i].critical += from[i].critical;
        into[i].n += from[i].n;
        into[i].duration += from[i].duration;
        into[i].duration2 += from[i].duration2;
        into[i].finish += from[i].finish;
        into[i].finish2 += from[i].finish2;
        into[i].product += from[i].product;
    }
}

int tally_merge(struct tally *t, const struct tally_block *block, const float *values, size_t worlds, const struct package_sums *packages)
{
    size_t row = t->n_arms * TALLY_COUNTS;
    void *pooled = t->pooled;
    int status = memory_grow(&pooled, &t->pooled_capacity, (t->n_blocks + 1) * row, sizeof *t->pooled);
    t->pooled = pooled;
    if (!status) status = keep(t, values, worlds);
    if (status) return status;
    memcpy(t->pooled + t->n_blocks * row, block->pooled, row * sizeof *t->pooled);
    for (size_t c = 0; c < row; c++) t->pooled_total[c] += block->pooled[c];
    for (size_t m = 0; m < t->n_arms * ORGSIM_METRIC_COUNT; m++) {
        moments_merge(&t->moments[m].level, &block->moments[m].level);
        moments_merge(&t->moments[m].difference, &block->moments[m].difference);
        moments_merge(&t->moments[m].both, &block->moments[m].both);
    }
    for (size_t arm = 0; arm < t->n_arms; arm++) {
        t->rescued[arm] += block->rescued[arm];
        t->lost[arm] += block->lost[arm];
        t->losses[arm] += block->losses[arm];
    }
    for (size_t p = 0; p < t->n_arms * TALLY_SHIFTED; p++) shift_pairs_merge(&t->pairs[p], &block->pairs[p]);
    packages_merge(t->packages, packages, t->n_arms * t->n_packages);
    t->n_blocks++;
    t->worlds += worlds;
    return 0;
}

/* ---- what comes of it ---- */

/* Half-width of the 95 % interval over the standard error. */
static double half_width_factor(uint64_t n) { return n > 1 ? gsl_cdf_tdist_Pinv(0.975, (double)(n - 1)) : NAN; }

static void moments_report(const struct tally *t, struct orgsim_results *results)
{
    for (size_t arm = 0; arm < t->n_arms; arm++) {
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            size_t c = arm * ORGSIM_METRIC_COUNT + m;
            const struct tally_moments *of = &t->moments[c];
            struct orgsim_comparison *comparison = &results->comparison[c];
            double se = moments_se(&of->difference), mean = moments_mean(&of->difference), factor = half_width_factor(of->difference.n);
            results->summary[c].mean = moments_mean(&of->level);
            results->summary[c].se = moments_se(&of->level);
            *comparison = (struct orgsim_comparison){
                .mean_difference = mean, .se = se, .ci_low = mean - factor * se, .ci_high = mean + factor * se,
                .both_complete_difference = moments_mean(&of->both), .both_complete_se = moments_se(&of->both),
                .rescued_share = (double)t->rescued[arm] / (double)t->worlds, .lost_share = (double)t->lost[arm] / (double)t->worlds};
        }
        results->npv_loss_probability[arm] = (double)t->losses[arm] / (double)t->worlds;
    }
}

static void packages_report(const struct tally *t, struct orgsim_results *results)
{
    for (size_t c = 0; c < t->n_arms * t->n_packages; c++) {
        const struct package_sums *s = &t->packages[c];
        double covariance = s->n * s->product - s->duration * s->finish;
        double spread = sqrt(fmax(0, s->n * s->duration2 - s->duration * s->duration)) * sqrt(fmax(0, s->n * s->finish2 - s->finish * s->finish));
        const struct moments *cancelled = &t->moments[c / t->n_packages * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_cancelled].level;
        const struct moments *censored = &t->moments[c / t->n_packages * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_censored].level;
        double complete = (double)t->worlds * (1 - moments_mean(cancelled) - moments_mean(censored));
        results->packages[c] = (struct orgsim_package_result){.criticality = complete > 0.5 ? s->critical / round(complete) : NAN,
                                                              .cruciality = spread > 0 ? covariance / spread : NAN};
    }
}

int tally_report(const struct tally *t, struct orgsim_results *results)
{
    results->worlds = t->worlds;
    if (t->worlds == 0) return 0;
    moments_report(t, results);
    packages_report(t, results);
    pooled_report(t, results);
    return quantiles_report(t, results);
}
