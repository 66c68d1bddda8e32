/* validate_facts.c: the published figures that the three calibrations were fitted to, and inputs that must come out as they went in */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "base/memory.h"
#include "base/summary.h"
#include "study/validate.h"
#include "study/validate_preset.h"

static void range(struct validate_finding *f, double low, double high)
{
    f->is_fact = true;
    f->expected_low = low;
    f->expected_high = high;
}

/* --- V1, V7: overruns ------------------------------------------------------------------------------------------------------------------ */

typedef int sampler(struct validate *v, const struct validate_lab *lab, struct validate_sample *sample);

static int cost_of_completed(struct validate *v, const struct validate_lab *lab, struct validate_sample *sample)
{
    return validate_sample_cost(v, lab, false, sample);
}

static int mean_of(struct validate *v, struct validate_finding *f, enum validate_preset preset, sampler *of)
{
    const struct validate_population *p;
    struct validate_sample s = {0};
    int status = validate_preset_live(v, preset, &p);
    if (!status) status = of(v, &p->lab, &s);
    if (!status) validate_mean(f, s.x, s.n);
    validate_percent(f);
    validate_sample_free(&s);
    return status;
}

static int share_above(struct validate *v, struct validate_finding *f, enum validate_preset preset, sampler *of, double limit)
{
    const struct validate_population *p;
    struct validate_sample s = {0};
    int status = validate_preset_live(v, preset, &p);
    if (!status) status = of(v, &p->lab, &s);
    if (!status) {
        size_t above = 0;
        for (size_t k = 0; k < s.n; k++) above += (double)s.x[k] > limit;
        validate_share(f, (double)above, (double)s.n);
    }
    validate_percent(f);
    validate_sample_free(&s);
    return status;
}

int validate_product_overrun_share(struct validate *v, struct validate_finding *f)
{
    range(f, 60, 80);
    return share_above(v, f, VALIDATE_PRODUCT, validate_sample_slip, 0);
}

int validate_product_overrun_mean(struct validate *v, struct validate_finding *f)
{
    range(f, 30, 40);
    return mean_of(v, f, VALIDATE_PRODUCT, validate_sample_slip);
}

int validate_enterprise_overrun_share(struct validate *v, struct validate_finding *f)
{
    range(f, 60, 80);
    return share_above(v, f, VALIDATE_ENTERPRISE, validate_sample_slip, 0);
}

int validate_enterprise_overrun_mean(struct validate *v, struct validate_finding *f)
{
    range(f, 30, 40);
    return mean_of(v, f, VALIDATE_ENTERPRISE, validate_sample_slip);
}

/* McKinsey and Oxford's means are single numbers: five points on either side. */
int validate_large_cost(struct validate *v, struct validate_finding *f)
{
    range(f, 40, 50);
    return mean_of(v, f, VALIDATE_LARGE, cost_of_completed);
}

int validate_large_time(struct validate *v, struct validate_finding *f)
{
    range(f, 2, 12);
    return mean_of(v, f, VALIDATE_LARGE, validate_sample_slip);
}

/* --- V3: the spread ---------------------------------------------------------------------------------------------------------------------- */

static int log_ratios(struct validate *v, struct validate_sample *s)
{
    const struct validate_population *p;
    int status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    if (!status) status = validate_sample_slip(v, &p->lab, s);
    for (size_t k = 0; !status && k < s->n; k++) s->x[k] = log1pf(s->x[k]);
    return status;
}

int validate_product_spread(struct validate *v, struct validate_finding *f)
{
    struct validate_sample s = {0};
    int status = log_ratios(v, &s);
    range(f, 0.40, 0.48);
    if (!status) validate_sd(f, s.x, s.n);
    validate_sample_free(&s);
    return status;
}

/* Kolmogorov's distance between the logarithms and the normal distribution of their mean and spread. */
int validate_product_lognormal(struct validate *v, struct validate_finding *f)
{
    struct validate_sample s = {0};
    struct validate_finding mean = {0}, sd = {0};
    double worst = 0;
    int status = log_ratios(v, &s);
    if (!status) {
        validate_mean(&mean, s.x, s.n);
        validate_sd(&sd, s.x, s.n);
        summary_sort(s.x, s.n);
    }
    for (size_t k = 0; !status && k < s.n; k++) {
        double u = gsl_cdf_ugaussian_P(((double)s.x[k] - mean.measured) / sd.measured), n = (double)s.n;
        worst = fmax(worst, fmax(fabs(u - (double)k / n), fabs(u - (double)(k + 1) / n)));
    }
    range(f, 0, 0.1);
    f->measured = worst;
    f->se = 0;
    validate_sample_free(&s);
    return status;
}

/* Worlds in which both forecasts exist. */
static size_t both(const struct validate_population *p, float *early, float *late)
{
    size_t n = 0;
    for (size_t w = 0; w < p->lab.worlds; w++) {
        if (isnan(p->early[w]) || isnan(p->late[w])) continue;
        early[n] = p->early[w];
        late[n++] = p->late[w];
    }
    return n;
}

int validate_product_narrowing(struct validate *v, struct validate_finding *f)
{
    const struct validate_population *p;
    struct validate_finding first = {0}, second = {0};
    int status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    range(f, 0.9, (double)INFINITY);
    if (status) return status;
    float *early = memory_array(p->lab.worlds, sizeof *early), *late = memory_array(p->lab.worlds, sizeof *late);
    if (early && late) {
        size_t n = both(p, early, late);
        validate_sd(&first, early, n);
        validate_sd(&second, late, n);
        f->measured = second.measured / first.measured;
        f->se = f->measured * hypot(first.se / first.measured, second.se / second.measured);
    } else status = validate_memory(v);
    memory_free(early);
    memory_free(late);
    return status;
}

/* Little's quantiles of actual over first estimate: the largest distance of a quantile, in percent. */
int validate_product_little(struct validate *v, struct validate_finding *f)
{
    static const double level[] = {0.1, 0.5, 0.8}, published[] = {1.11, 1.79, 2.62};
    const struct validate_population *p;
    struct validate_sample s = {0};
    double worst = 0;
    int status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    if (!status) status = validate_sample_slip(v, &p->lab, &s);
    if (!status) summary_sort(s.x, s.n);
    for (size_t q = 0; !status && q < 3; q++) worst = fmax(worst, fabs(log((1 + summary_quantile(s.x, s.n, level[q])) / published[q])));
    range(f, 0, 25);
    f->measured = 100 * expm1(worst);
    f->se = 0;
    validate_sample_free(&s);
    return status;
}

/* --- V4, V5: the tail -------------------------------------------------------------------------------------------------------------------- */

int validate_large_tail_share(struct validate *v, struct validate_finding *f)
{
    range(f, 16, 20);
    return share_above(v, f, VALIDATE_LARGE, cost_of_completed, 0.5);
}

/* Mean of what lies above +50 %. */
int validate_large_tail_mean(struct validate *v, struct validate_finding *f)
{
    const struct validate_population *p;
    struct validate_sample s = {0};
    int status = validate_preset_live(v, VALIDATE_LARGE, &p);
    if (!status) status = validate_sample_cost(v, &p->lab, false, &s);
    size_t n = 0;
    for (size_t k = 0; !status && k < s.n; k++)
        if (s.x[k] > 0.5f) s.x[n++] = s.x[k];
    if (!status) validate_mean(f, s.x, n);
    validate_percent(f);
    range(f, 400, 500);
    validate_sample_free(&s);
    return status;
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* The dearest sixth: mean of the cost, and of the slip of those that were completed. Pairs of cost and slip are sorted by cost. */
static int dearest_sixth(struct validate *v, struct validate_finding *f, size_t which)
{
    const struct validate_population *p;
    int status = validate_preset_live(v, VALIDATE_ENTERPRISE, &p);
    if (status) return status;
    size_t worlds = p->lab.worlds, n = 0;
    float *pairs = memory_array(worlds, 2 * sizeof *pairs), *tail = memory_array(worlds, sizeof *tail);
    if (pairs && tail) {
        for (size_t w = 0; w < worlds; w++) {
            pairs[2 * w] = validate_lab_worlds(&p->lab, 0, ORGSIM_METRIC_cost_without_seats_k)[w] / p->lab.program.budget - 1;
            pairs[2 * w + 1] =
                validate_lab_worlds(&p->lab, 0, ORGSIM_METRIC_cancelled)[w] > 0 ? NAN : validate_lab_worlds(&p->lab, 0, ORGSIM_METRIC_slip)[w];
        }
        qsort(pairs, worlds, 2 * sizeof *pairs, by_value);
        for (size_t w = worlds - worlds / 6; w < worlds; w++)
            if (!isnan(pairs[2 * w + which])) tail[n++] = pairs[2 * w + which];
        validate_mean(f, tail, n);
        validate_percent(f);
    } else status = validate_memory(v);
    memory_free(pairs);
    memory_free(tail);
    return status;
}

int validate_enterprise_sixth_cost(struct validate *v, struct validate_finding *f)
{
    range(f, 180, 220);
    return dearest_sixth(v, f, 0);
}

int validate_enterprise_sixth_time(struct validate *v, struct validate_finding *f)
{
    range(f, 60, 80);
    return dearest_sixth(v, f, 1);
}

/* --- V9: cancelled ------------------------------------------------------------------------------------------------------------------------ */

static int cancelled(struct validate *v, struct validate_finding *f, enum validate_preset preset)
{
    const struct validate_population *p;
    int status = validate_preset_live(v, preset, &p);
    if (!status) validate_share(f, validate_lab_mean(&p->lab, 0, ORGSIM_METRIC_cancelled) * (double)p->lab.worlds, (double)p->lab.worlds);
    validate_percent(f);
    range(f, 11.5, 15.5);
    return status;
}

int validate_product_cancelled(struct validate *v, struct validate_finding *f) { return cancelled(v, f, VALIDATE_PRODUCT); }
int validate_enterprise_cancelled(struct validate *v, struct validate_finding *f) { return cancelled(v, f, VALIDATE_ENTERPRISE); }

/* --- inputs -------------------------------------------------------------------------------------------------------------------------------- */

/* V11: sixty percent went in. */
int validate_biased_reports(struct validate *v, struct validate_finding *f)
{
    const struct validate_population *p;
    int status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    if (!status) validate_mean(f, validate_lab_worlds(&p->lab, 0, ORGSIM_METRIC_reports_biased_share), p->lab.worlds);
    validate_percent(f);
    range(f, 58, 62);
    return status;
}

int validate_optimistic_ratio(struct validate *v, struct validate_finding *f)
{
    const struct validate_population *p;
    int status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    if (!status) {
        double share = p->lab.scenario->assumptions.p_opt;
        f->measured = share / (1 - share);
        f->se = 0;
    }
    range(f, 1.8, 2.2);
    return status;
}

int validate_exact_reports(struct validate *v, struct validate_finding *f)
{
    (void)v;
    f->cannot = true;
    range(f, 10, 15);
    return 0;
}

/* V24: share of planned features that turn out to have value: one feature by itself, without luck in the delivery. */
int validate_ideas(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    const struct validate_case of = {
        .table = {[TABLE_PACKAGES] = "package,team,feature,effort_mode_pw\nP,T,F,100\n", [TABLE_FEATURES] = "feature\nF\n"},
        .settings = (const char *const[]){VALIDATE_CALM, NULL},
        .worlds = validate_worlds(v, 16384)};
    int status = validate_lab_live(&lab, v, &of);
    if (!status) {
        size_t worth = 0;
        for (size_t w = 0; w < lab.worlds; w++) worth += validate_lab_worlds(&lab, 0, ORGSIM_METRIC_value_k)[w] > 0;
        validate_share(f, (double)worth, (double)lab.worlds);
    }
    validate_percent(f);
    range(f, 8, 34);
    validate_lab_close(&lab);
    return status;
}
