/* observational.c: what a study without an experiment makes of TPMs who are sent to troubled programs
 *
 * An industry of generated programs of many shapes. Each is lived without and with a TPM, in the same worlds: y0 and y1, slip in points. Sponsors
 * see a signal of trouble,
 *
 *     s = z(y0) + e,   e standard normal: half truth, half noise                (z: standardised over the industry)
 *
 * and send a TPM to the three tenths with the highest s. A study sees one life of each program, y = T y1 + (1 - T) y0, and fits
 *
 *     y = b0 + b T                                  the two groups
 *     y = b0 + b T + b' size                        what firms record of a program at its start
 *     y = b0 + b T + b' size + b'' s                and why a TPM was sent
 *
 * The truth is the mean of y1 - y0. Source: selection on the outcome, Heckman 1979; potential outcomes, Rubin 1974.
 */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multifit.h>

#include "base/memory.h"
#include "base/summary.h"
#include "chance/philox.h"
#include "study/validate_lab.h"
#include "study/validate_program.h"

enum { KINDS = 24, WORLDS = 2048, SIZES = 3, SIGNAL_STREAM = 0xB1A5 };
#define GIVEN 0.3

struct industry {
    struct validate v;
    size_t n, room;
    double *without, *with; /* [program] slip, points */
    double *size[SIZES];    /* teams, packages, dependencies between teams */
    double *signal;
    unsigned char *given;
};

const char *orgsim_observed_meaning(enum orgsim_observed observed)
{
    static const char *const meanings[] = {
#define X(name, meaning) meaning,
        ORGSIM_OBSERVED(X)
#undef X
    };
    return meanings[observed];
}

static int industry_create(struct industry *in)
{
    in->room = KINDS * (size_t)validate_worlds(&in->v, WORLDS);
    in->without = memory_array(in->room, sizeof *in->without);
    in->with = memory_array(in->room, sizeof *in->with);
    in->signal = memory_array(in->room, sizeof *in->signal);
    in->given = memory_array(in->room, 1);
    bool good = in->without && in->with && in->signal && in->given;
    for (size_t k = 0; k < SIZES; k++) {
        in->size[k] = memory_array(in->room, sizeof **in->size);
        good = good && in->size[k];
    }
    return good ? 0 : validate_memory(&in->v);
}

static void industry_free(struct industry *in)
{
    memory_free(in->without);
    memory_free(in->with);
    memory_free(in->signal);
    memory_free(in->given);
    for (size_t k = 0; k < SIZES; k++) memory_free(in->size[k]);
    pool_free(in->v.pool);
}

/* --- programs ------------------------------------------------------------------------------------------------------------------------- */

static void take_programs(struct industry *in, const struct validate_lab *lab)
{
    const float *without = validate_lab_worlds(lab, 0, ORGSIM_METRIC_slip), *with = validate_lab_worlds(lab, 1, ORGSIM_METRIC_slip);
    for (size_t w = 0; w < lab->worlds; w++, in->n++) {
        in->without[in->n] = 100 * (double)without[w];
        in->with[in->n] = 100 * (double)with[w];
        in->size[0][in->n] = (double)lab->program.n_teams;
        in->size[1][in->n] = (double)lab->program.n_packages;
        in->size[2][in->n] = (double)lab->program.n_interfaces;
    }
}

/* Three to ten teams, three plans of each. */
static int add_kind(struct industry *in, size_t kind)
{
    static const char *const arms[] = {"none", "tpm", NULL};
    struct text texts[TABLES] = {0};
    struct validate_lab lab = {0};
    struct validate_case of = {.arms = arms, .worlds = validate_worlds(&in->v, WORLDS)};
    int status = validate_program_make(texts, 3 + kind % 8, 1 + kind / 8, in->v.where);
    validate_lab_tables(&of, texts);
    if (!status) status = validate_lab_live(&lab, &in->v, &of);
    if (!status) take_programs(in, &lab);
    validate_lab_close(&lab);
    validate_program_free(texts);
    return status;
}

/* --- who gets a TPM --------------------------------------------------------------------------------------------------------------------- */

static double noise(const struct industry *in, size_t program)
{
    uint32_t word[4];
    philox_draw(in->v.options->seed, program, SIGNAL_STREAM, 0, 0, word);
    return gsl_cdf_ugaussian_Pinv((word[0] + 0.5) * 0x1p-32);
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

static int assign(struct industry *in)
{
    struct moments all = {0};
    double *sorted = memory_array(in->n, sizeof *sorted);
    if (!sorted) return validate_memory(&in->v);
    for (size_t k = 0; k < in->n; k++) moments_add(&all, in->without[k]);
    for (size_t k = 0; k < in->n; k++)
        sorted[k] = in->signal[k] = (in->without[k] - moments_mean(&all)) / sqrt(moments_variance(&all)) + noise(in, k);
    qsort(sorted, in->n, sizeof *sorted, descending);
    double limit = sorted[(size_t)(GIVEN * (double)in->n)];
    for (size_t k = 0; k < in->n; k++) in->given[k] = in->signal[k] > limit;
    memory_free(sorted);
    return 0;
}

/* --- what a study computes --------------------------------------------------------------------------------------------------------------- */

static double seen(const struct industry *in, size_t k) { return in->given[k] ? in->with[k] : in->without[k]; }

static void fill(const struct industry *in, size_t columns, gsl_matrix *X, gsl_vector *y)
{
    for (size_t k = 0; k < in->n; k++) {
        const double row[] = {1, in->given[k], in->size[0][k], in->size[1][k], in->size[2][k], in->signal[k]};
        for (size_t c = 0; c < columns; c++) gsl_matrix_set(X, k, c, row[c]);
        gsl_vector_set(y, k, seen(in, k));
    }
}

/* Coefficient of T in a regression on the first `columns` of: 1, T, three sizes, signal. */
static int regress(struct industry *in, size_t columns, struct orgsim_estimate *effect)
{
    double rest;
    gsl_matrix *X = gsl_matrix_alloc(in->n, columns), *covariance = gsl_matrix_alloc(columns, columns);
    gsl_vector *y = gsl_vector_alloc(in->n), *b = gsl_vector_alloc(columns);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(in->n, columns);
    int status = X && covariance && y && b && work ? 0 : validate_memory(&in->v);
    if (!status) {
        fill(in, columns, X, y);
        if (gsl_multifit_linear(X, y, b, covariance, &rest, work)) status = validate_memory(&in->v);
    }
    if (!status) {
        double mean = gsl_vector_get(b, 1), half = SUMMARY_Z95 * sqrt(gsl_matrix_get(covariance, 1, 1));
        *effect = (struct orgsim_estimate){mean, mean - half, mean + half};
    }
    gsl_multifit_linear_free(work);
    gsl_vector_free(b);
    gsl_vector_free(y);
    gsl_matrix_free(covariance);
    gsl_matrix_free(X);
    return status;
}

static struct orgsim_estimate truth(const struct industry *in, bool all)
{
    struct moments m = {0};
    for (size_t k = 0; k < in->n; k++)
        if (all || in->given[k]) moments_add(&m, in->with[k] - in->without[k]);
    double mean = moments_mean(&m), half = SUMMARY_Z95 * moments_se(&m);
    return (struct orgsim_estimate){mean, mean - half, mean + half};
}

static void describe(const struct industry *in, struct orgsim_observational *found)
{
    struct moments given = {0}, others = {0}, unseen = {0};
    for (size_t k = 0; k < in->n; k++) {
        moments_add(in->given[k] ? &given : &others, seen(in, k));
        if (in->given[k]) moments_add(&unseen, in->without[k]);
    }
    found->programs = in->n;
    found->given = given.n;
    found->slip_given = moments_mean(&given);
    found->slip_others = moments_mean(&others);
    found->slip_given_without = moments_mean(&unseen);
    found->effect[ORGSIM_OBSERVED_TRUTH] = truth(in, true);
    found->effect[ORGSIM_OBSERVED_TRUTH_GIVEN] = truth(in, false);
}

static int study(struct industry *in, struct orgsim_observational *found)
{
    int status = industry_create(in);
    for (size_t k = 0; k < KINDS && !status; k++) {
        status = add_kind(in, k);
        if (!status && in->v.options->progress) in->v.options->progress(in->v.options->context, k + 1, KINDS);
    }
    if (!status) status = assign(in);
    if (!status) status = regress(in, 2, &found->effect[ORGSIM_OBSERVED_GROUPS]);
    if (!status) status = regress(in, 2 + SIZES, &found->effect[ORGSIM_OBSERVED_SIZE]);
    if (!status) status = regress(in, 3 + SIZES, &found->effect[ORGSIM_OBSERVED_TROUBLE]);
    if (!status) describe(in, found);
    return status;
}

int orgsim_observational(const struct orgsim_validate_options *options, struct orgsim_observational *found, struct orgsim_where *where)
{
    struct industry in = {0};
    *found = (struct orgsim_observational){0};
    int status = validate_open(&in.v, options, where);
    if (!status) status = study(&in, found);
    industry_free(&in);
    return status;
}
