/* validate.c: makes every check of the table and judges what it found */
#include "study/validate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/summary.h"
#include "study/validate_preset.h"

#define SIGMAS 4.0        /* of theory: the closed form within so many standard errors */

const struct validate_row validate_rows[VALIDATE_ROWS] = {
#define X(id, function, section, preset, use, decimals, unit, statement, source, miss)                                                         \
    {id, section, preset, use, decimals, unit, statement, source, miss, validate_##function},
    VALIDATE_CHECKS(X)
#undef X
};

const char *orgsim_check_status_word(enum orgsim_check_status status)
{
    static const char *const words[] = {
#define X(name, word) word,
        ORGSIM_CHECK_STATUSES(X)
#undef X
    };
    return words[status];
}

const struct orgsim_compared_info *orgsim_compared_info(enum orgsim_compared_id id)
{
    static const struct orgsim_compared_info infos[] = {
#define X(name, id, check, what, unit, counted, file) {id, check, what, unit, counted, file},
        ORGSIM_COMPARED(X)
#undef X
    };
    return &infos[id];
}

/* --- what checks share -------------------------------------------------------------------------------------------------------------- */

int validate_memory(struct validate *v)
{
    return error_set(v->where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "close other programs", "out of memory");
}

uint64_t validate_worlds(const struct validate *v, uint64_t worlds)
{
    uint64_t blocks = worlds / (v->options->quick ? 8 : 1) / ORGSIM_BLOCK_WORLDS;
    return (blocks > 2 ? blocks : 2) * ORGSIM_BLOCK_WORLDS;
}

void validate_expect(struct validate_finding *f, double expected, double slack)
{
    f->expected_low = f->expected_high = expected;
    f->slack = slack;
}

void validate_mean(struct validate_finding *f, const float *x, size_t n)
{
    struct moments m = {0};
    for (size_t w = 0; w < n; w++) moments_add(&m, (double)x[w]);
    f->measured = moments_mean(&m);
    f->se = moments_se(&m);
}

void validate_sd(struct validate_finding *f, const float *x, size_t n)
{
    struct validate_finding mean = {0};
    double m2 = 0, m4 = 0;
    validate_mean(&mean, x, n);
    for (size_t w = 0; w < n; w++) {
        double d = (double)x[w] - mean.measured;
        m2 += d * d / (double)n;
        m4 += d * d * d * d / (double)n;
    }
    f->measured = sqrt(m2);
    f->se = m2 > 0 ? sqrt((m4 - m2 * m2) / (double)n) / (2 * sqrt(m2)) : 0;
}

void validate_share(struct validate_finding *f, double hits, double n)
{
    f->measured = hits / n;
    f->se = sqrt(f->measured * (1 - f->measured) / n);
    f->is_share = true;
    summary_share_interval(hits, n, &f->share_low, &f->share_high);
}

void validate_percent(struct validate_finding *f)
{
    f->measured *= 100;
    f->se *= 100;
    f->share_low *= 100;
    f->share_high *= 100;
}

/* --- the verdict -------------------------------------------------------------------------------------------------------------------- */

static double interval_low(const struct validate_finding *f) { return f->is_share ? f->share_low : f->measured - SUMMARY_Z95 * f->se; }
static double interval_high(const struct validate_finding *f) { return f->is_share ? f->share_high : f->measured + SUMMARY_Z95 * f->se; }

/* A fact that is a sign, or a bound, holds when the whole interval is on its side; one that is a range, when the interval touches it. */
static bool fact_holds(const struct validate_finding *f)
{
    double low = interval_low(f), high = interval_high(f);
    if (isinf(f->expected_low)) return high <= f->expected_high;
    if (isinf(f->expected_high)) return low >= f->expected_low;
    return high >= f->expected_low && low <= f->expected_high;
}

static bool theory_holds(const struct validate_finding *f)
{
    double room = SIGMAS * f->se + f->slack;
    return f->measured >= f->expected_low - room && f->measured <= f->expected_high + room; /* false when undefined */
}

enum orgsim_check_status validate_verdict(const struct validate_finding *f)
{
    if (f->cannot) return ORGSIM_CHECK_CANNOT;
    if (f->not_checked) return ORGSIM_CHECK_NOT_CHECKED;
    return (f->is_fact ? fact_holds(f) : theory_holds(f)) ? ORGSIM_CHECK_MET : ORGSIM_CHECK_MISSED;
}

static void fill(struct orgsim_check *c, const struct validate_row *row, const struct validate_finding *f)
{
    bool measured = !f->cannot && !f->not_checked;
    *c = (struct orgsim_check){.id = row->id,
                               .section = row->section,
                               .preset = row->preset,
                               .use = row->use,
                               .statement = row->statement,
                               .source = row->source,
                               .unit = row->unit,
                               .decimals = row->decimals,
                               .expected_low = f->expected_low,
                               .expected_high = f->expected_high,
                               .measured = measured ? f->measured : (double)NAN,
                               .ci_low = measured ? interval_low(f) : (double)NAN,
                               .ci_high = measured ? interval_high(f) : (double)NAN,
                               .status = validate_verdict(f)};
    const char *why = c->status == ORGSIM_CHECK_MET ? "" : f->why[0] ? f->why : row->miss;
    snprintf(c->why, sizeof c->why, "%s", why);
}

static int make(struct validate *v, struct orgsim_validation *validation)
{
    for (size_t k = 0; k < VALIDATE_ROWS; k++) {
        struct validate_finding f = {.expected_low = (double)NAN, .expected_high = (double)NAN, .measured = (double)NAN};
        if (v->options->stop && *v->options->stop) return ORGSIM_ERROR_INTERRUPTED;
        int status = validate_rows[k].check(v, &f);
        if (status) return status;
        fill(&validation->check[k], &validate_rows[k], &f);
        validation->count[validation->check[k].status]++;
        validation->n++;
        if (v->options->progress) v->options->progress(v->options->context, k + 1, VALIDATE_ROWS);
    }
    return 0;
}

int validate_open(struct validate *v, const struct orgsim_validate_options *options, struct orgsim_where *where)
{
    *v = (struct validate){.options = options, .kernel = kernel_find(options->isa), .where = where};
    if (!v->kernel)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "leave --isa away, or choose scalar",
                         "instruction set \"%s\" is not known or not supported by this processor", options->isa);
    int status = pool_create(&v->pool, options->threads);
    return status ? error_set(where, status, NULL, 0, 0, "choose fewer threads with -j", "cannot start the threads") : 0;
}

int orgsim_validate(const struct orgsim_validate_options *options, struct orgsim_validation *validation, struct orgsim_where *where)
{
    struct validate v;
    *validation = (struct orgsim_validation){.asked = VALIDATE_ROWS};
    int status = validate_open(&v, options, where);
    if (!status) status = validate_preset_check(&v);
    if (!status && !(validation->check = memory_array(VALIDATE_ROWS, sizeof *validation->check))) status = validate_memory(&v);
    if (!status) status = make(&v, validation);
    validation->worlds = v.worlds;
    memcpy(validation->compared, v.compared, sizeof v.compared);
    validate_presets_free(v.presets);
    pool_free(v.pool);
    return status;
}

void orgsim_validation_free(struct orgsim_validation *validation)
{
    memory_free(validation->check);
    *validation = (struct orgsim_validation){0};
}
