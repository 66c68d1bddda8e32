/* validate_heldout.c: published findings that took no part in the fit, reported as they come
 *
 * Most compare the same worlds under two settings. A difference is judged by its 95 % interval, as every fact.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_fit.h>

#include "base/memory.h"
#include "base/summary.h"
#include "study/validate.h"
#include "study/validate_preset.h"
#include "study/validate_program.h"

static const char *const nobody[] = {"none", NULL};
static const char *const hire[] = {"tpm", NULL};

static void range(struct validate_finding *f, double low, double high)
{
    f->is_fact = true;
    f->expected_low = low;
    f->expected_high = high;
}

/* The same worlds of a preset under two lists of settings. Both to be closed. */
struct pair {
    struct validate_lab first, second;
};

static void pair_close(struct pair *p)
{
    validate_lab_close(&p->first);
    validate_lab_close(&p->second);
}

static int pair_live(struct pair *p, struct validate *v, enum validate_preset preset, const char *const *arms, const char *const *first,
                     const char *const *second, uint64_t worlds)
{
    *p = (struct pair){0};
    int status = validate_preset_vary(&p->first, v, preset, NULL, arms, first, worlds);
    return status ? status : validate_preset_vary(&p->second, v, preset, NULL, arms, second, worlds);
}

/* Second less first, by world. */
static void difference(struct validate_finding *f, const struct pair *p, enum orgsim_metric metric, double unit)
{
    const float *a = validate_lab_worlds(&p->first, 0, metric), *b = validate_lab_worlds(&p->second, 0, metric);
    struct moments m = {0};
    for (size_t w = 0; w < p->first.worlds; w++) moments_add(&m, ((double)b[w] - (double)a[w]) / unit);
    f->measured = moments_mean(&m);
    f->se = moments_se(&m);
}

/* --- V7: value less than promised ------------------------------------------------------------------------------------------------------- */

/* Promised: every feature worth it, launched on the committed date and taken up as planned. */
static double promised(const struct program *p)
{
    double r = (double)p->discount, left = fmax(0, (double)(p->value_horizon - p->deadline)), faster = r + 1 / (double)p->a.tau_adopt,
           value = 0;
    double weeks = exp(-r * (double)p->deadline) * (-expm1(-r * left) / r + expm1(-faster * left) / faster);
    for (size_t g = 0; g < p->n_features; g++) value += (double)p->features[g].value_mean * weeks;
    return value;
}

int validate_large_value(struct validate *v, struct validate_finding *f)
{
    const struct validate_population *p;
    int status = validate_preset_live(v, VALIDATE_LARGE, &p);
    range(f, -61, -51);
    if (status) return status;
    validate_mean(f, validate_lab_worlds(&p->lab, 0, ORGSIM_METRIC_value_k), p->lab.worlds);
    f->measured = 100 * (f->measured / promised(&p->lab.program) - 1);
    f->se *= 100 / promised(&p->lab.program);
    return 0;
}

/* --- V13: optimistic reports ---------------------------------------------------------------------------------------------------------------- */

/* Net value when every report is optimistic, less that when every report is pessimistic, in shares of the budget. */
static int optimism(struct validate *v, struct validate_finding *f, const char *const *optimistic, const char *const *pessimistic)
{
    struct pair p;
    int status = pair_live(&p, v, VALIDATE_PRODUCT, nobody, pessimistic, optimistic, 4096);
    if (!status) difference(f, &p, ORGSIM_METRIC_npv_k, (double)p.first.program.budget / 100);
    pair_close(&p);
    return status;
}

int validate_optimism_hurts(struct validate *v, struct validate_finding *f)
{
    range(f, -(double)INFINITY, 0);
    return optimism(v, f, (const char *const[]){"p_bias=1", "p_opt=1", NULL}, (const char *const[]){"p_bias=1", "p_opt=0", NULL});
}

/* Nobody cancels, nobody adds people; pressure makes mistakes and cuts scope. */
#define NERVOUS "cancel_slip=10", "cancel_cost=20", "add_frac=0", "react_cut_share=0.05", "d_press=0.2"

int validate_optimism_helps(struct validate *v, struct validate_finding *f)
{
    range(f, 0, (double)INFINITY);
    return optimism(v, f, (const char *const[]){NERVOUS, "p_bias=1", "p_opt=1", NULL},
                    (const char *const[]){NERVOUS, "p_bias=1", "p_opt=0", NULL});
}

/* --- V15: dependencies ---------------------------------------------------------------------------------------------------------------------- */

enum { DENSITIES = 8, SEEDS = 3, PROGRAMS = SEEDS * DENSITIES };

/* Three generated programs of each density: their dependencies between teams, and mean slip. */
static int density(struct validate *v, size_t k, double *dependencies, double *slip)
{
    struct generate_shape shape = generate_usual();
    struct text texts[TABLES] = {0};
    struct validate_lab lab = {0};
    struct validate_sample s = {0};
    struct validate_finding mean = {0};
    shape.value[GENERATE_density] = 0.4 * (double)(k % DENSITIES + 1);
    shape.seed = 1 + k / DENSITIES;
    int status = generate_tables(&shape, "generated", texts, v->where);
    if (!status) status = validate_preset_vary(&lab, v, VALIDATE_PRODUCT, texts, nobody, NULL, 2048);
    if (!status) status = validate_sample_slip(v, &lab, &s);
    if (!status) validate_mean(&mean, s.x, s.n);
    *dependencies = (double)lab.program.n_interfaces;
    *slip = 100 * mean.measured;
    validate_sample_free(&s);
    validate_lab_close(&lab);
    validate_program_free(texts);
    return status;
}

/* Values of the programs of one seed, less their mean: seeds differ in their plans. */
static void centre(double x[DENSITIES])
{
    double mean = 0;
    for (size_t k = 0; k < DENSITIES; k++) mean += x[k] / DENSITIES;
    for (size_t k = 0; k < DENSITIES; k++) x[k] -= mean;
}

/* Slip in points for ten dependencies more: a regression within each seed. */
int validate_dependencies(struct validate *v, struct validate_finding *f)
{
    double x[PROGRAMS], y[PROGRAMS], slope, variance, rest;
    int status = 0;
    for (size_t k = 0; k < PROGRAMS && !status; k++) status = density(v, k, &x[k], &y[k]);
    range(f, 0, (double)INFINITY);
    if (status) return status;
    for (size_t seed = 0; seed < SEEDS; seed++) {
        centre(&x[seed * DENSITIES]);
        centre(&y[seed * DENSITIES]);
    }
    gsl_fit_mul(x, 1, y, 1, PROGRAMS, &slope, &variance, &rest);
    f->measured = 10 * slope;
    f->se = 10 * sqrt(variance * (PROGRAMS - 1) / (PROGRAMS - 1 - SEEDS)); /* the means took degrees of freedom */
    return 0;
}

/* --- V16: sites -------------------------------------------------------------------------------------------------------------------------------- */

/* Every team at a site of its own, or all at one. */
static const char *at_sites(void *context, enum table table, const char *column, const char *first, const char *text,
                            char changed[VALIDATE_CELL])
{
    const bool *apart = context;
    if (table != TABLE_TEAMS || strcmp(column, "site")) return text;
    snprintf(changed, VALIDATE_CELL, "%.100s", *apart ? first : "here");
    return changed;
}

static int sited(struct validate_lab *lab, struct validate *v, bool apart)
{
    struct text texts[TABLES] = {0};
    int status = validate_preset_tables(VALIDATE_PRODUCT, texts, v->where);
    if (!status) status = validate_program_edit(texts, at_sites, &apart);
    if (!status)
        status = validate_preset_vary(lab, v, VALIDATE_PRODUCT, texts, nobody, (const char *const[]){"cross_team_slowdown=2.5", NULL}, 4096);
    validate_program_free(texts);
    return status;
}

/* Weeks that a question stays open, apart over together. */
int validate_sites(struct validate *v, struct validate_finding *f)
{
    struct validate_lab together = {0}, apart = {0};
    struct validate_finding one = {0}, other = {0};
    int status = sited(&together, v, false);
    if (!status) status = sited(&apart, v, true);
    if (!status) {
        validate_mean(&one, validate_lab_worlds(&together, 0, ORGSIM_METRIC_finish_week), together.worlds);
        validate_mean(&other, validate_lab_worlds(&apart, 0, ORGSIM_METRIC_finish_week), apart.worlds);
        f->measured = other.measured / one.measured;
        f->se = f->measured * hypot(one.se / one.measured, other.se / other.measured);
    }
    range(f, 2, 3);
    validate_lab_close(&together);
    validate_lab_close(&apart);
    return status;
}

/* --- V18: late staffing ------------------------------------------------------------------------------------------------------------------------ */

static int reinforced(struct pair *p, struct validate *v)
{
    static const char *const never[] = {"add_frac=0", "cancel_slip=10", "cancel_cost=20", NULL};
    static const char *const often[] = {"cancel_slip=10", "cancel_cost=20", NULL};
    return pair_live(p, v, VALIDATE_PRODUCT, nobody, never, often, 4096);
}

/* Worlds in which management added people: they cost another amount. */
static size_t acted(const struct pair *p, enum orgsim_metric metric, size_t *more)
{
    size_t n = 0;
    *more = 0;
    for (size_t w = 0; w < p->first.worlds; w++) {
        if (validate_lab_worlds(&p->first, 0, ORGSIM_METRIC_cost_k)[w] == validate_lab_worlds(&p->second, 0, ORGSIM_METRIC_cost_k)[w]) continue;
        n++;
        *more += validate_lab_worlds(&p->second, 0, metric)[w] > validate_lab_worlds(&p->first, 0, metric)[w];
    }
    return n;
}

static int staffed(struct validate *v, struct validate_finding *f, enum orgsim_metric metric, double low, double high)
{
    struct pair p;
    size_t more;
    int status = reinforced(&p, v);
    if (!status) {
        size_t n = acted(&p, metric, &more);
        validate_share(f, (double)more, (double)n);
    }
    validate_percent(f);
    range(f, low, high);
    pair_close(&p);
    return status;
}

int validate_staffing_costs(struct validate *v, struct validate_finding *f) { return staffed(v, f, ORGSIM_METRIC_cost_k, 100, 100); }
int validate_staffing_delays(struct validate *v, struct validate_finding *f) { return staffed(v, f, ORGSIM_METRIC_finish_week, 1, 99); }

/* --- V19: the 90 % syndrome -------------------------------------------------------------------------------------------------------------------- */

static int mean_of_course(struct validate *v, struct validate_finding *f, bool last_tenth)
{
    const struct validate_population *p;
    struct moments m = {0};
    int status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    for (size_t w = 0; !status && w < p->lab.worlds; w++) {
        double x = (double)(last_tenth ? p->last_tenth[w] : p->ahead[w]);
        if (!isnan(x)) moments_add(&m, 100 * x);
    }
    f->measured = moments_mean(&m);
    f->se = moments_se(&m);
    return status;
}

int validate_reported_ahead(struct validate *v, struct validate_finding *f)
{
    range(f, 0, (double)INFINITY);
    return mean_of_course(v, f, false);
}

int validate_last_tenth(struct validate *v, struct validate_finding *f)
{
    range(f, 40, 60);
    return mean_of_course(v, f, true);
}

/* --- V21, V22: judgment -------------------------------------------------------------------------------------------------------------------------- */

enum { MANAGERS = 5 };

/* Judgment at the middles of five fifths of the hiring pool, N(0.5, 0.15). */
static const char *const managers[MANAGERS] = {"J_tpm=0.308", "J_tpm=0.421", "J_tpm=0.5", "J_tpm=0.579", "J_tpm=0.692"};

/* Share of the variance of slip (all worlds; who never finishes counts with the horizon) that lies between managers. */
int validate_managers(struct validate *v, struct validate_finding *f)
{
    struct moments all = {0}, between = {0};
    int status = 0;
    for (size_t k = 0; k < MANAGERS && !status; k++) {
        struct validate_lab lab = {0};
        struct moments own = {0};
        status = validate_preset_vary(&lab, v, VALIDATE_PRODUCT, NULL, hire, (const char *const[]){managers[k], NULL}, 4096);
        for (size_t w = 0; !status && w < lab.worlds; w++) moments_add(&own, (double)validate_lab_worlds(&lab, 0, ORGSIM_METRIC_slip)[w]);
        moments_add(&between, moments_mean(&own));
        moments_merge(&all, &own);
        validate_lab_close(&lab);
    }
    f->measured = 100 * moments_variance(&between) / moments_variance(&all);
    f->se = 0;
    range(f, 0, 27);
    return status;
}

/* Slip, in points, that a TPM of judgment 0.3 has more than one of 0.9, by program. */
static int judged(struct validate *v, size_t teams, double *mean, double *se)
{
    static const char *const poor[] = {"J_tpm=0.3", NULL}, *const good[] = {"J_tpm=0.9", NULL};
    struct pair p = {0};
    struct validate_finding f = {0};
    struct text texts[TABLES] = {0};
    int status = validate_program_make(texts, teams, 1, v->where);
    if (!status) status = validate_preset_vary(&p.first, v, VALIDATE_PRODUCT, texts, hire, good, 4096);
    if (!status) status = validate_preset_vary(&p.second, v, VALIDATE_PRODUCT, texts, hire, poor, 4096);
    if (!status) difference(&f, &p, ORGSIM_METRIC_slip, 0.01);
    *mean = f.measured;
    *se = f.se;
    validate_program_free(texts);
    pair_close(&p);
    return status;
}

int validate_complexity(struct validate *v, struct validate_finding *f)
{
    double simple = 0, complex = 0, se_simple = 0, se_complex = 0;
    int status = judged(v, 2, &simple, &se_simple);
    if (!status) status = judged(v, 8, &complex, &se_complex);
    f->measured = complex - simple;
    f->se = hypot(se_simple, se_complex);
    range(f, 0, (double)INFINITY);
    return status;
}

/* --- V25: quits ------------------------------------------------------------------------------------------------------------------------------------ */

/* All engineering managers from the lowest tenth of people skills to the highest: judgment and empowerment together. */
static const char *managed(void *context, enum table table, const char *column, const char *first, const char *text,
                           char changed[VALIDATE_CELL])
{
    (void)first;
    if (table != TABLE_TEAMS || (strcmp(column, "em_judgment") && strcmp(column, "em_empowerment"))) return text;
    snprintf(changed, VALIDATE_CELL, "%s", (const char *)context);
    return changed;
}

static int quits(struct validate *v, char *skill, struct validate_finding *rate)
{
    struct text texts[TABLES] = {0};
    struct validate_lab lab = {0};
    int status = validate_preset_tables(VALIDATE_PRODUCT, texts, v->where);
    if (!status) status = validate_program_edit(texts, managed, skill);
    if (!status) status = validate_preset_vary(&lab, v, VALIDATE_PRODUCT, texts, nobody, NULL, 4096);
    if (!status) validate_mean(rate, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_engineer_attrition_per_year), lab.worlds);
    validate_lab_close(&lab);
    validate_program_free(texts);
    return status;
}

int validate_quits(struct validate *v, struct validate_finding *f)
{
    char low[] = "0.2", high[] = "0.9";
    struct validate_finding poor = {0}, good = {0};
    int status = quits(v, low, &poor);
    if (!status) status = quits(v, high, &good);
    f->measured = 100 * (good.measured / poor.measured - 1);
    f->se = 100 * good.measured / poor.measured * hypot(good.se / good.measured, poor.se / poor.measured);
    range(f, -65, -55);
    return status;
}
