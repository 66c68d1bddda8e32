/* sweep.c: the answer of orgsim sweep */
#include "report/sweep.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/file.h"
#include "report/conditions.h"
#include "report/figure_write.h"
#include "report/manifest.h"
#include "report/quantity.h"

#define WIDTH 112
#define COLUMNS_MOST 9 /* of the table of two numbers; the file has all */

double sweep_mean(const struct orgsim_sweep *s, size_t first, size_t second) { return s->npv_k[first * s->n[1] + second].mean; }

size_t sweep_pays(const struct orgsim_sweep *s, size_t *lived)
{
    size_t pays = 0;
    *lived = 0;
    for (size_t c = 0; c < s->n[0] * s->n[1]; c++) {
        *lived += isnan(s->npv_k[c].mean) ? 0U : 1U;
        pays += s->npv_k[c].mean > 0 ? 1U : 0U;
    }
    return pays;
}

static struct shown value_of(const struct orgsim_sweep *s, size_t axis, double value)
{
    bool whole = true;
    for (size_t k = 0; k < s->n[axis]; k++) whole = whole && s->value[axis][k] == floor(s->value[axis][k]);
    if (whole && value == floor(value)) return shown_number(value, 0, 0);
    return quantity_shown(value, s->value[axis][s->n[axis] - 1] - s->value[axis][0], 0);
}

void sweep_title(struct text *text, const struct sweep_report *r, int flags)
{
    const struct orgsim_sweep *s = r->sweep;
    const char *open = flags & SHOWN_TYPOGRAPHIC ? "\xe2\x80\x9c" : "\"", *close = flags & SHOWN_TYPOGRAPHIC ? "\xe2\x80\x9d" : "\"";
    size_t lived, pays = sweep_pays(s, &lived), all = s->n[0] * s->n[1];
    text_format(text, "%s%s%s pays ", open, shown_label(quantity_arm(r->scenario, r->scenario->settings.headline_arm)).s, close);
    if (pays == lived && lived == all) text_add(text, "at every value tried of ");
    else if (pays == 0 && lived == all) text_add(text, "at no value tried of ");
    else text_format(text, "at %zu of %zu %s%s of ", pays, lived, s->n_axes == 1 ? "value" : "combination", lived == 1 ? "" : "s");
    text_add(text, r->axes[0].name);
    if (s->n_axes == 2) text_format(text, " and %s", r->axes[1].name);
    if (s->impossible) text_format(text, " (%zu more %s impossible)", s->impossible, s->impossible == 1 ? "is" : "are");
    if (s->done < all) text_format(text, " (interrupted: %zu more were not lived)", all - s->done);
}

static void add_wrapped(struct text *out, struct text *words)
{
    shown_wrap(out, words->s ? words->s : "", WIDTH, 8, "\n");
    text_add(out, "\n");
    out->failed |= words->failed;
    text_free(words);
}

static struct shown k_of(double mean)
{
    struct shown none = {"-"};
    return isnan(mean) ? none : shown_k(mean, 0, SHOWN_SIGN);
}

static void add_axis_words(struct text *text, const struct sweep_report *r, size_t axis)
{
    const struct orgsim_sweep *s = r->sweep;
    text_format(text, "%s", r->axes[axis].name);
    quantity_unit(text, r->scenario, s->unit[axis]);
    if (s->meaning[axis]) text_format(text, " (%s)", s->meaning[axis]);
    if (!isnan(s->present[axis])) text_format(text, ", now %s", value_of(s, axis, s->present[axis]).s);
}

/* One number: a line a value, the present one between its neighbours. */
static void add_line_table(struct text *text, const struct sweep_report *r)
{
    const struct orgsim_sweep *s = r->sweep;
    for (size_t k = 0; k < s->n[0]; k++) {
        const struct orgsim_estimate *e = &s->npv_k[k];
        text_format(text, "%14s  %12s", value_of(s, 0, s->value[0][k]).s, k_of(e->mean).s);
        if (!isnan(e->mean)) text_format(text, "  (%s to %s)", shown_k(e->ci_low, 0, SHOWN_SIGN).s, shown_k(e->ci_high, 0, SHOWN_SIGN).s);
        text_add(text, "\n");
    }
}

static void add_grid_table(struct text *text, const struct sweep_report *r)
{
    const struct orgsim_sweep *s = r->sweep;
    size_t columns = s->n[1] < COLUMNS_MOST ? s->n[1] : COLUMNS_MOST;
    text_format(text, "%14s", "");
    for (size_t k = 0; k < columns; k++) text_format(text, " %11s", value_of(s, 1, s->value[1][k]).s);
    text_add(text, columns < s->n[1] ? "  ...\n" : "\n");
    for (size_t k = 0; k < s->n[0]; k++) {
        text_format(text, "%14s", value_of(s, 0, s->value[0][k]).s);
        for (size_t j = 0; j < columns; j++) text_format(text, " %11s", k_of(sweep_mean(s, k, j)).s);
        text_add(text, "\n");
    }
}

void sweep_answer(struct text *text, const struct sweep_report *r)
{
    const struct orgsim_sweep *s = r->sweep;
    struct text words = {0};
    sweep_title(&words, r, 0);
    text_format(&words, " against \"%s\". As the scenario is, the change is %s %s (95%% interval %s to %s).", quantity_arm(r->scenario, r->baseline),
                r->scenario->settings.currency, shown_k(s->at_present.mean, 0, SHOWN_SIGN).s, shown_k(s->at_present.ci_low, 0, SHOWN_SIGN).s,
                shown_k(s->at_present.ci_high, 0, SHOWN_SIGN).s);
    add_wrapped(text, &words);
    text_format(&words, "\nChange of mean net value in %s, by ", r->scenario->settings.currency);
    add_axis_words(&words, r, 0);
    if (s->n_axes == 2) {
        text_add(&words, " in lines and ");
        add_axis_words(&words, r, 1);
        text_add(&words, " in columns");
    }
    add_wrapped(text, &words);
    if (s->n_axes == 1) add_line_table(text, r);
    else add_grid_table(text, r);
    text_format(&words, "\n%s; %s worlds, seed %llu, the same in every cell.",
                s->generated ? "Every cell's program is generated in that shape, and otherwise in the shape of this scenario; all but the plan is as it is" : "All else as it is", shown_number((double)s->worlds, 0, 0).s,
                (unsigned long long)r->seed);
    if (s->impossible) text_format(&words, " %zu cell%s left empty: the scenario forbids these numbers together.", s->impossible,
                                   s->impossible == 1 ? " is" : "s are");
    if (s->done < s->n[0] * s->n[1]) text_format(&words, " Interrupted: %zu of %zu cells were lived.", s->done, s->n[0] * s->n[1]);
    add_wrapped(text, &words);
}

void sweep_csv(struct text *text, const struct sweep_report *r)
{
    const struct orgsim_sweep *s = r->sweep;
    char digits[TEXT_NUMBER_SIZE];
    for (size_t a = 0; a < s->n_axes; a++) text_format(text, "%s,", r->axes[a].name);
    text_add(text, "npv_k_mean_difference,ci_low,ci_high,worlds\n");
    for (size_t c = 0; c < s->n[0] * s->n[1]; c++) {
        const size_t place[ORGSIM_SWEEP_AXES] = {c / s->n[1], c % s->n[1]};
        for (size_t a = 0; a < s->n_axes; a++) text_format(text, "%s,", text_of_double(digits, s->value[a][place[a]]));
        text_format(text, "%s,", text_of_double(digits, s->npv_k[c].mean));
        text_format(text, "%s,", text_of_double(digits, s->npv_k[c].ci_low));
        text_format(text, "%s,%llu\n", text_of_double(digits, s->npv_k[c].ci_high), (unsigned long long)s->worlds);
    }
}

static json_t *axis_json(const struct sweep_report *r, size_t axis)
{
    const struct orgsim_sweep *s = r->sweep;
    json_t *values = json_array();
    for (size_t k = 0; values && k < s->n[axis]; k++)
        if (json_array_append_new(values, manifest_number(s->value[axis][k]))) return json_decref(values), NULL;
    return json_pack("{s:s, s:s, s:o, s:o}", "name", r->axes[axis].name, "unit", s->unit[axis] ? s->unit[axis] : "", "present",
                     manifest_number(s->present[axis]), "values", values);
}

int sweep_json(struct text *text, const struct sweep_report *r)
{
    const struct orgsim_sweep *s = r->sweep;
    json_t *axes = json_array(), *cells = json_array();
    bool good = axes && cells;
    for (size_t a = 0; a < s->n_axes && good; a++) good = json_array_append_new(axes, axis_json(r, a)) == 0;
    for (size_t c = 0; c < s->n[0] * s->n[1] && good; c++)
        good = json_array_append_new(cells, json_pack("{s:o, s:o, s:o}", "mean", manifest_number(s->npv_k[c].mean), "ci_low",
                                                      manifest_number(s->npv_k[c].ci_low), "ci_high", manifest_number(s->npv_k[c].ci_high))) == 0;
    json_t *json = good ? json_pack("{s:o, s:s, s:s, s:I, s:o, s:O, s:O, s:I, s:I, s:b}", "conditions", conditions_json(r->scenario), "headline_arm", r->scenario->arms[r->scenario->settings.headline_arm].id,
                                    "baseline_arm", r->scenario->arms[r->baseline].id, "worlds", (json_int_t)s->worlds, "seed", manifest_seed(r->seed), "axes",
                                    axes, "npv_k", cells, "done", (json_int_t)s->done, "impossible", (json_int_t)s->impossible, "interrupted",
                                    s->done < s->n[0] * s->n[1])
                        : NULL;
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    json_decref(axes);
    json_decref(cells);
    return status;
}

int sweep_write(const struct sweep_report *r, const char *folder, struct orgsim_where *where)
{
    struct text answer = {0}, csv = {0}, json = {0};
    struct figure figure = {0};
    int status = file_make_folder(folder, where);
    sweep_answer(&answer, r);
    text_format(&answer, "\n%s\n", r->command);
    sweep_csv(&csv, r);
    if (!status && sweep_json(&json, r)) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = figure_write_text(folder, "answer.txt", &answer, where);
    if (!status) status = figure_write_text(folder, "sweep.csv", &csv, where);
    if (!status) status = figure_write_text(folder, "sweep.json", &json, where);
    sweep_figure(&figure, r);
    if (!status) status = figure_write(&figure, folder, "sweep", where);
    figure_free(&figure);
    text_free(&answer);
    text_free(&csv);
    text_free(&json);
    return status;
}
