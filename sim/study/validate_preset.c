/* validate_preset.c: the calibrated programs, lived and looked at week by week */
#include "study/validate_preset.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/validate_program.h"

static const struct {
    const char *word, *horizon;
    size_t teams;
    double value[VALIDATE_SETTING_COUNT];
} presets_table[] = {
#define X(name, word, teams, horizon, ...) {word, #horizon, teams, {__VA_ARGS__}},
    VALIDATE_PRESETS(X)
#undef X
};

static const char *const settings_table[] = {
#define X(name, low, high) #name,
    VALIDATE_SETTINGS(X)
#undef X
};

const char *validate_preset_word(enum validate_preset preset) { return presets_table[preset].word; }
const double *validate_preset_values(enum validate_preset preset) { return presets_table[preset].value; }

int validate_preset_tables(enum validate_preset preset, struct text texts[TABLES], struct orgsim_where *where)
{
    int status = validate_program_make(texts, presets_table[preset].teams, 1, where);
    if (!status) text_format(&texts[TABLE_PROGRAM], "horizon_weeks,%s,,\n", presets_table[preset].horizon);
    return !status && texts[TABLE_PROGRAM].failed ? ORGSIM_ERROR_MEMORY : status;
}

void validate_preset_settings(const struct validate *v, const double value[VALIDATE_SETTING_COUNT], const char *const *more, struct validate_settings *settings)
{
    char number[TEXT_NUMBER_SIZE];
    size_t n = 0;
    for (; n < VALIDATE_SETTING_COUNT; n++) {
        snprintf(settings->own[n], sizeof settings->own[n], "%s=%s", settings_table[n], text_of_double(number, value[n]));
        settings->list[n] = settings->own[n];
    }
    for (size_t k = 0; k < v->options->n_settings && n + 1 < VALIDATE_SETTINGS_MOST; k++) settings->list[n++] = v->options->settings[k];
    for (size_t k = 0; more && more[k] && n + 1 < VALIDATE_SETTINGS_MOST; k++) settings->list[n++] = more[k];
    settings->list[n] = NULL;
}

/* The options' settings in a preset's program, which says what is wrong with them. */
static int check_settings(struct validate *v, struct text texts[TABLES])
{
    struct validate_settings settings;
    struct orgsim_problems problems = {0};
    struct orgsim_scenario *scenario = NULL;
    size_t n = 0;
    validate_preset_settings(v, presets_table[VALIDATE_PRODUCT].value, NULL, &settings);
    while (settings.list[n]) n++;
    int status = scenario_from_tables(texts, settings.list, n, &scenario, &problems);
    for (size_t k = problems.n; k-- > 0;)
        if (status && !problems.list[k].is_note) *v->where = problems.list[k].where;
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return status == ORGSIM_ERROR_SCENARIO ? ORGSIM_ERROR_USAGE : status == ORGSIM_ERROR_MEMORY ? validate_memory(v) : status;
}

int validate_preset_check(struct validate *v)
{
    struct text texts[TABLES] = {0};
    const struct orgsim_validate_options *o = v->options;
    if (o->n_settings > ORGSIM_VALIDATE_SETTINGS)
        return error_set(v->where, ORGSIM_ERROR_USAGE, "--set", 0, 0, "leave some away", "%d settings at most", ORGSIM_VALIDATE_SETTINGS);
    for (size_t k = 0; k < o->n_settings; k++)
        if (memchr(o->settings[k], '.', strcspn(o->settings[k], "=")))
            return error_set(v->where, ORGSIM_ERROR_USAGE, "--set", 0, 0, "name an assumption, such as p_val=0.5",
                             "%s: validate has no prices, seats or dates to set", o->settings[k]);
    if (!o->n_settings) return 0;
    int status = validate_preset_tables(VALIDATE_PRODUCT, texts, v->where);
    if (!status) status = check_settings(v, texts);
    validate_program_free(texts);
    return status;
}

int validate_preset_vary(struct validate_lab *lab, struct validate *v, enum validate_preset preset, struct text texts[TABLES],
                         const char *const *arms, const char *const *more, uint64_t worlds)
{
    struct validate_settings settings;
    struct text own[TABLES] = {0};
    struct validate_case of = {.settings = settings.list, .arms = arms, .worlds = validate_worlds(v, worlds)};
    int status = texts ? 0 : validate_preset_tables(preset, own, v->where);
    validate_preset_settings(v, presets_table[preset].value, more, &settings);
    validate_lab_tables(&of, texts ? texts : own);
    if (!status) status = validate_lab_live(lab, v, &of);
    validate_program_free(own);
    return status;
}

/* --- one world, week by week ---------------------------------------------------------------------------------------------------------- */

/* The progress of one world of a block. */
struct course {
    const struct program *program;
    const struct live_block *block;
    size_t world, weeks; /* weeks: begun before its end */
    double finish;
};

static double at_week(const struct course *c, enum orgsim_timeline metric, size_t week)
{
    return (double)c->block->timeline[(week * ORGSIM_TIMELINE_COUNT + (size_t)metric) * c->block->worlds + c->world];
}

/* First week in which that share is reported; the number of weeks when never. */
static size_t reported(const struct course *c, double share)
{
    size_t week = 0;
    while (week < c->weeks && at_week(c, ORGSIM_TIMELINE_progress_reported, week) < share) week++;
    return week;
}

/* Week of the plan at which that share was due. */
static double planned_week(const struct program *p, double share)
{
    double at = share * PLAN_CURVE;
    size_t cell = at >= PLAN_CURVE ? PLAN_CURVE - 1 : (size_t)at;
    double low = (double)p->plan.curve_time[cell], high = (double)p->plan.curve_time[cell + 1];
    return low + (at - (double)cell) * (high - low);
}

/* Earned schedule: weeks left by plan over pace so far. */
static float left_over_forecast(const struct course *c, double share)
{
    size_t week = reported(c, share);
    if (week == 0 || week >= c->weeks) return NAN;
    double earned = planned_week(c->program, at_week(c, ORGSIM_TIMELINE_progress_reported, week));
    double forecast = (double)week * ((double)c->program->plan_weeks / fmax(earned, 1e-3) - 1);
    return forecast > 0 ? (float)log((c->finish - (double)week) / forecast) : NAN;
}

static float ahead(const struct course *c)
{
    double sum = 0;
    for (size_t week = 0; week < c->weeks; week++)
        sum += at_week(c, ORGSIM_TIMELINE_progress_reported, week) - at_week(c, ORGSIM_TIMELINE_progress_true, week);
    return (float)(sum / (double)c->weeks);
}

static void see(void *context, const struct program *program, const struct live_block *block)
{
    struct validate_population *p = context;
    for (size_t w = 0; w < block->worlds; w++) {
        size_t k = (size_t)block->first_world + w;
        struct course c = {
            .program = program, .block = block, .world = w, .finish = (double)block->values[ORGSIM_METRIC_finish_week * block->worlds + w]};
        bool completed =
            block->values[ORGSIM_METRIC_cancelled * block->worlds + w] == 0 && block->values[ORGSIM_METRIC_censored * block->worlds + w] == 0;
        c.weeks = completed && c.finish > 1 ? (size_t)c.finish : 0;
        p->ahead[k] = c.weeks ? ahead(&c) : NAN;
        p->last_tenth[k] = c.weeks ? (float)(1 - (double)reported(&c, 0.9) / c.finish) : NAN;
        p->early[k] = c.weeks ? left_over_forecast(&c, 0.25) : NAN;
        p->late[k] = c.weeks ? left_over_forecast(&c, 0.75) : NAN;
    }
}

/* --- populations ------------------------------------------------------------------------------------------------------------------------ */

static int populate(struct validate *v, enum validate_preset preset, const double *value, uint64_t worlds, struct validate_population *p)
{
    static const char *const arms[] = {"none", NULL};
    struct validate_settings settings;
    struct text texts[TABLES] = {0};
    struct validate_case of = {
        .settings = settings.list, .arms = arms, .worlds = validate_worlds(v, worlds), .timeline = true, .context = p, .see = see};
    float **kept[] = {&p->ahead, &p->last_tenth, &p->early, &p->late};
    int status = validate_preset_tables(preset, texts, v->where);
    for (size_t k = 0; k < sizeof kept / sizeof *kept && !status; k++) {
        *kept[k] = memory_array((size_t)of.worlds, sizeof **kept[k]);
        if (!*kept[k]) status = validate_memory(v);
    }
    validate_preset_settings(v, value, NULL, &settings);
    validate_lab_tables(&of, texts);
    if (!status) status = validate_lab_live(&p->lab, v, &of);
    p->lab.of = NULL; /* it does not outlive this call */
    p->lived = !status;
    validate_program_free(texts);
    return status;
}

static int presets_make(struct validate *v)
{
    if (!v->presets) v->presets = memory_array(1, sizeof *v->presets);
    return v->presets ? 0 : validate_memory(v);
}

int validate_preset_live(struct validate *v, enum validate_preset preset, const struct validate_population **population)
{
    int status = presets_make(v);
    if (status) return status;
    struct validate_population *p = &v->presets->population[preset];
    *population = p;
    return p->lived ? 0 : populate(v, preset, presets_table[preset].value, VALIDATE_POPULATION, p);
}

static void population_free(struct validate_population *p)
{
    validate_lab_close(&p->lab);
    memory_free(p->ahead);
    memory_free(p->last_tenth);
    memory_free(p->early);
    memory_free(p->late);
    *p = (struct validate_population){0};
}

int validate_preset_try(struct validate *v, enum validate_preset preset, const double value[VALIDATE_SETTING_COUNT], uint64_t worlds)
{
    int status = presets_make(v);
    if (status) return status;
    population_free(&v->presets->population[preset]);
    return populate(v, preset, value, worlds, &v->presets->population[preset]);
}

void validate_presets_free(struct validate_presets *presets)
{
    for (int k = 0; presets && k < VALIDATE_PRESET_COUNT; k++) population_free(&presets->population[k]);
    memory_free(presets);
}

/* --- samples ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_kept(const struct validate_lab *lab, size_t w, bool all)
{
    return all || (validate_lab_worlds(lab, 0, ORGSIM_METRIC_cancelled)[w] == 0 && validate_lab_worlds(lab, 0, ORGSIM_METRIC_censored)[w] == 0);
}

static int sample(struct validate *v, const struct validate_lab *lab, enum orgsim_metric metric, double unit, double less, bool all,
                  struct validate_sample *s)
{
    const float *x = validate_lab_worlds(lab, 0, metric);
    *s = (struct validate_sample){.x = memory_array(lab->worlds, sizeof *s->x)};
    if (!s->x) return validate_memory(v);
    for (size_t w = 0; w < lab->worlds; w++)
        if (is_kept(lab, w, all)) s->x[s->n++] = (float)((double)x[w] / unit - less);
    return 0;
}

int validate_sample_slip(struct validate *v, const struct validate_lab *lab, struct validate_sample *s)
{
    return sample(v, lab, ORGSIM_METRIC_slip, 1, 0, false, s);
}

int validate_sample_cost(struct validate *v, const struct validate_lab *lab, bool cancelled, struct validate_sample *s)
{
    return sample(v, lab, ORGSIM_METRIC_cost_without_seats_k, (double)lab->program.budget, 1, cancelled, s);
}

void validate_sample_free(struct validate_sample *s)
{
    memory_free(s->x);
    *s = (struct validate_sample){0};
}
