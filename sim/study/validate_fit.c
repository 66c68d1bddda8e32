/* validate_fit.c: finds the numbers of the calibrated programs again, so that nobody has to believe who chose them
 *
 * For each preset, on the organisation without a delivery seat and over the rows marked "fitted" alone: points of a shifted Sobol sequence over
 * the ranges of VALIDATE_SETTINGS, then Nelder and Mead's simplex from the best of them, and once more from where it came to. What ships is no
 * starting point. The loss of a fact measured at m, of the published range low..high, is
 *
 *     d = (m - (low + high) / 2) / ((high - low) / 2)        loss = ln(1 + d^4)
 *
 * small inside the range, 0.69 at its ends, then ever slower: a fact that no point reaches does not draw the others out of their ranges, as a
 * sum of squares would (after Cauchy's loss; Black & Anandan 1996). What is found is rounded to two digits, and judged on the worlds of
 * orgsim_validate(), which the search has not seen.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "chance/design.h"
#include "study/simplex.h"
#include "study/validate_fit.h"
#include "study/validate_preset.h"

static const struct validate_fit_size whole = {.design = VALIDATE_FIT_DESIGN_MOST, .starts = 2, .steps = 250, .worlds = 2048},
                                      small = {.design = 128, .starts = 2, .steps = 60, .worlds = 2048}; /* --quick */
#define LOSS_UNDEFINED 40 /* of a fact that cannot be measured: no program is completed */
#define TOLERANCE 0.004   /* of the ranges: two digits are kept */
#define FRESH_SEED UINT64_C(0x9e3779b97f4a7c15) /* added to the seed: other worlds than those of the verdict */

static const struct {
    const char *name;
    double low, high;
} ranges[] = {
#define X(name, low, high) {#name, low, high},
    VALIDATE_SETTINGS(X)
#undef X
};

_Static_assert(VALIDATE_SETTING_COUNT <= SIMPLEX_MOST && VALIDATE_SETTING_COUNT == ORGSIM_FIT_SETTINGS && VALIDATE_PRESET_COUNT == ORGSIM_FIT_PRESETS,
               "the search takes every setting");

struct point {
    double x[VALIDATE_SETTING_COUNT], loss;
};

struct search {
    struct validate v;
    struct orgsim_validate_options here, elsewhere; /* the options without settings; the same with the worlds of the search */
    struct orgsim_fit *out;
    enum validate_preset preset;
    const struct validate_fit_size *size;
    struct point design[VALIDATE_FIT_DESIGN_MOST];
};

/* --- one point -------------------------------------------------------------------------------------------------------------------------- */

static bool is_fitted(const struct validate_row *row, enum validate_preset preset)
{
    return !strcmp(row->use, "fitted") && !strcmp(row->preset, validate_preset_word(preset));
}

double validate_fit_loss(double measured, double low, double high)
{
    double half = (high - low) / 2, d = (measured - low - half) / half;
    return isfinite(d) ? log1p(d * d * d * d) : LOSS_UNDEFINED;
}

static struct orgsim_fit_measured measured(const struct validate_finding *f)
{
    return (struct orgsim_fit_measured){f->measured, validate_fit_loss(f->measured, f->expected_low, f->expected_high), validate_verdict(f) == ORGSIM_CHECK_MET};
}

/* Lives the preset with values x, and looks at every fitted fact; facts[k] of the preset may be NULL. */
static int look(struct search *s, const double *x, uint64_t worlds, struct orgsim_fit_fact *facts, bool shipped, struct orgsim_fit_total *total)
{
    *total = (struct orgsim_fit_total){0};
    int status = validate_preset_try(&s->v, s->preset, x, worlds);
    size_t n = 0;
    for (size_t k = 0; k < VALIDATE_ROWS && !status; k++) {
        const struct validate_row *row = &validate_rows[k];
        struct validate_finding f = {.measured = (double)NAN};
        if (!is_fitted(row, s->preset)) continue;
        status = row->check(&s->v, &f);
        struct orgsim_fit_measured m = measured(&f);
        total->loss += m.loss;
        total->met += (size_t)m.met;
        if (!facts) continue;
        struct orgsim_fit_fact *fact = &facts[n++];
        *fact = (struct orgsim_fit_fact){row->id, row->statement, row->source, row->unit, row->decimals, f.expected_low, f.expected_high,
                                         fact->shipped, fact->found};
        *(shipped ? &fact->shipped : &fact->found) = m;
    }
    return status;
}

/* --- the search ------------------------------------------------------------------------------------------------------------------------- */

static void tell(struct search *s)
{
    const struct orgsim_validate_options *o = s->v.options;
    s->out->tried++;
    if (o->progress) o->progress(o->context, s->out->tried, VALIDATE_PRESET_COUNT * validate_fit_most(s->size));
}

static int try(struct search *s, const double *x, uint64_t worlds, double *loss)
{
    struct orgsim_fit_total total;
    if (s->v.options->stop && *s->v.options->stop) return ORGSIM_ERROR_INTERRUPTED;
    int status = look(s, x, worlds, NULL, false, &total);
    *loss = total.loss;
    if (!status) tell(s);
    return status;
}

static int height(void *context, const double *x, double *y)
{
    struct search *s = context;
    return try(s, x, s->size->worlds, y);
}

static int by_loss(const void *a, const void *b)
{
    double x = ((const struct point *)a)->loss, y = ((const struct point *)b)->loss;
    return x < y ? -1 : x > y;
}

/* Points over the whole ranges, the best first. */
static int spread(struct search *s)
{
    double *unit = memory_array(s->size->design * VALIDATE_SETTING_COUNT, sizeof *unit);
    int status = unit ? design_sobol(unit, s->size->design, VALIDATE_SETTING_COUNT, s->elsewhere.seed) : ORGSIM_ERROR_MEMORY;
    if (status) status = validate_memory(&s->v);
    for (size_t k = 0; k < s->size->design && !status; k++) {
        struct point *p = &s->design[k];
        for (size_t i = 0; i < VALIDATE_SETTING_COUNT; i++)
            p->x[i] = ranges[i].low + (ranges[i].high - ranges[i].low) * unit[k * VALIDATE_SETTING_COUNT + i];
        status = try(s, p->x, s->size->worlds / 4, &p->loss);
    }
    if (!status) qsort(s->design, s->size->design, sizeof *s->design, by_loss);
    memory_free(unit);
    return status;
}

/* From the best of them downhill, and once more from the lowest place, with a new simplex: it may have shrunk too soon. */
static int descend(struct search *s, struct point *best)
{
    int status = 0;
    *best = (struct point){.loss = INFINITY};
    for (size_t start = 0; start <= s->size->starts && !status; start++) {
        struct simplex simplex = {.n = VALIDATE_SETTING_COUNT, .value = height, .context = s, .points_most = s->size->steps, .tolerance = TOLERANCE};
        memcpy(simplex.x, start < s->size->starts ? s->design[start].x : best->x, sizeof best->x);
        for (size_t i = 0; i < VALIDATE_SETTING_COUNT; i++) simplex.low[i] = ranges[i].low, simplex.high[i] = ranges[i].high;
        status = simplex_search(&simplex);
        if (status == ORGSIM_ERROR_MEMORY) status = validate_memory(&s->v);
        if (status || !(simplex.y < best->loss)) continue;
        best->loss = simplex.y;
        memcpy(best->x, simplex.x, sizeof best->x);
    }
    return status;
}

static double two_digits(double x)
{
    double power = x == 0 ? 0 : 1 - floor(log10(fabs(x))), unit = pow(10, fabs(power));
    return power > 0 ? round(x * unit) / unit : round(x / unit) * unit;
}

/* --- the verdict ------------------------------------------------------------------------------------------------------------------------ */

static int fit_preset(struct search *s, struct orgsim_fit_preset *p)
{
    const double *shipped = validate_preset_values(s->preset);
    double found[VALIDATE_SETTING_COUNT];
    struct point best;
    p->preset = validate_preset_word(s->preset);
    for (size_t k = 0; k < VALIDATE_ROWS; k++) p->n_facts += is_fitted(&validate_rows[k], s->preset);
    p->fact = memory_array(p->n_facts, sizeof *p->fact);
    if (!p->fact) return validate_memory(&s->v);
    s->v.options = &s->elsewhere;
    int status = spread(s);
    if (!status) status = descend(s, &best);
    s->v.options = &s->here;
    for (size_t i = 0; i < VALIDATE_SETTING_COUNT && !status; i++) {
        found[i] = two_digits(best.x[i]);
        p->setting[i] = (struct orgsim_fit_setting){ranges[i].name, ranges[i].low, ranges[i].high, shipped[i], found[i]};
    }
    if (!status) status = look(s, shipped, VALIDATE_POPULATION, p->fact, true, &p->shipped);
    if (!status) status = look(s, found, VALIDATE_POPULATION, p->fact, false, &p->found);
    return status;
}

int validate_fit_sized(const struct orgsim_validate_options *options, const struct validate_fit_size *size, struct orgsim_fit *fit, struct orgsim_where *where)
{
    *fit = (struct orgsim_fit){.asked = VALIDATE_PRESET_COUNT};
    struct search *s = memory_array(1, sizeof *s);
    if (!s) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "close other programs", "out of memory");
    s->here = *options;
    s->here.n_settings = 0;
    int status = validate_open(&s->v, &s->here, where);
    s->out = fit;
    s->size = size;
    s->elsewhere = s->here;
    s->elsewhere.seed += FRESH_SEED;
    fit->worlds_search = validate_worlds(&s->v, size->worlds);
    fit->worlds_verdict = validate_worlds(&s->v, VALIDATE_POPULATION);
    for (s->preset = 0; s->preset < VALIDATE_PRESET_COUNT && !status; s->preset++) {
        status = fit_preset(s, &fit->preset[fit->n]);
        fit->n += !status;
    }
    validate_presets_free(s->v.presets);
    pool_free(s->v.pool);
    memory_free(s);
    return status;
}

int orgsim_fit(const struct orgsim_validate_options *options, struct orgsim_fit *fit, struct orgsim_where *where)
{
    return validate_fit_sized(options, options->quick ? &small : &whole, fit, where);
}

void orgsim_fit_free(struct orgsim_fit *fit)
{
    for (size_t k = 0; k < ORGSIM_FIT_PRESETS; k++) memory_free(fit->preset[k].fact);
    *fit = (struct orgsim_fit){0};
}
