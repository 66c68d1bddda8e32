/* pooled.c: counts first, rates after */
#include "study/pooled.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

enum { HIT, MISS, FALSE_ALARM, CORRECT_HOLD, SEEN_ABOVE, SEEN_TEAM, COUNTS };
enum { PRECISION, RECALL, DPRIME, RATES };
#define OBSERVERS (TALLY_COUNTS / COUNTS)

static double rate_of(const double *c, int rate)
{
    double above = c[HIT] + c[MISS], team = c[FALSE_ALARM] + c[CORRECT_HOLD], surfaced = c[HIT] + c[FALSE_ALARM];
    if (rate == PRECISION) return surfaced > 0 ? c[HIT] / surfaced : NAN;
    if (rate == RECALL) return above > 0 ? c[HIT] / above : NAN;
    if (above <= 0 || team <= 0) return NAN;
    return gsl_cdf_ugaussian_Pinv((c[SEEN_ABOVE] + 0.5) / (above + 1)) - gsl_cdf_ugaussian_Pinv((c[SEEN_TEAM] + 0.5) / (team + 1));
}

/* Counts of one observer, or of all (observer < 0), in all blocks but `without`. */
static void count(const struct tally *t, size_t arm, int observer, size_t without, double out[COUNTS])
{
    for (int c = 0; c < COUNTS; c++) out[c] = 0;
    for (int o = 0; o < (int)OBSERVERS; o++) {
        if (observer >= 0 && o != observer) continue;
        for (int c = 0; c < COUNTS; c++) {
            size_t at = (size_t)(o * COUNTS + c);
            out[c] += t->pooled_total[arm * TALLY_COUNTS + at];
            if (without < t->n_blocks) out[c] -= t->pooled[(without * t->n_arms + arm) * TALLY_COUNTS + at];
        }
    }
}

/* Jackknife standard error over blocks of the rate of arm a, less that of arm b (b = n_arms: of a alone). */
static double jackknife(const struct tally *t, size_t a, size_t b, int observer, int rate)
{
    double sum = 0, square = 0, n = (double)t->n_blocks, counts[COUNTS];
    if (t->n_blocks < 2) return NAN;
    for (size_t block = 0; block < t->n_blocks; block++) {
        count(t, a, observer, block, counts);
        double x = rate_of(counts, rate);
        if (b < t->n_arms) {
            count(t, b, observer, block, counts);
            x -= rate_of(counts, rate);
        }
        sum += x;
        square += x * x;
    }
    if (isnan(sum)) return NAN;
    return sqrt(fmax(0, (square - sum * sum / n) * (n - 1) / n));
}

static void report_rate(const struct tally *t, struct orgsim_results *results, size_t arm, int observer, int rate)
{
    int metric = (observer < 0 ? ORGSIM_METRIC_escalation_precision : ORGSIM_METRIC_escalation_precision_team + RATES * observer) + rate;
    size_t at = arm * ORGSIM_METRIC_COUNT + (size_t)metric;
    double here[COUNTS], there[COUNTS];
    count(t, arm, observer, SIZE_MAX, here);
    count(t, t->baseline, observer, SIZE_MAX, there);
    struct orgsim_comparison *comparison = &results->comparison[at];
    results->summary[at].mean = rate_of(here, rate);
    results->summary[at].se = jackknife(t, arm, t->n_arms, observer, rate);
    comparison->mean_difference = rate_of(here, rate) - rate_of(there, rate);
    comparison->se = arm == t->baseline ? 0 : jackknife(t, arm, t->baseline, observer, rate);
    double half = t->n_blocks > 1 ? gsl_cdf_tdist_Pinv(0.975, (double)t->n_blocks - 1) * comparison->se : NAN;
    comparison->ci_low = comparison->mean_difference - half;
    comparison->ci_high = comparison->mean_difference + half;
}

void pooled_report(const struct tally *t, struct orgsim_results *results)
{
    for (size_t arm = 0; arm < t->n_arms; arm++)
        for (int observer = -1; observer < (int)OBSERVERS; observer++)
            for (int rate = 0; rate < RATES; rate++) report_rate(t, results, arm, observer, rate);
}
