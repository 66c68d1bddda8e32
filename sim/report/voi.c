/* voi.c: the answer of orgsim voi */
#include "report/voi.h"

#include <math.h>
#include <stdio.h>

#include "base/error.h"
#include "base/file.h"
#include "report/conditions.h"
#include "report/figure_write.h"
#include "report/manifest.h"
#include "report/quantity.h"

#define WIDTH 112
#define EXPLAINED 3 /* assumptions of which it is told how to measure them, and */
#define LISTED 10   /* that stand in the table, unless all are asked for */

size_t voi_clear(const struct orgsim_voi *v)
{
    size_t n = 0;
    while (n < v->n && v->row[n].clear) n++;
    return n;
}

struct shown voi_money(double k)
{
    if (!(k > 0)) return (struct shown){"0"};
    if (k < 0.095) return (struct shown){"<0.1k"};
    double unit = fmax(0.1, pow(10, floor(log10(k)) - 1)), rounded = round(k / unit) * unit;
    return shown_k(rounded, rounded < 9.95 ? 1 : 0, 0);
}

/* Of knowing everything: told from zero. */
static bool perfect_clear(const struct orgsim_voi *v) { return v->perfect_k > 2 * v->perfect_se_k; }

/* One arm was the best at every point, whichever worlds one looks at. */
static bool always(const struct orgsim_voi *v) { return v->perfect_k == 0 && v->perfect_se_k == 0; }

static bool interrupted(const struct orgsim_voi *v) { return v->points + v->impossible < v->asked; }

static struct shown_label choice_label(const struct voi_report *r)
{
    return shown_label(quantity_arm(r->scenario, r->voi->arm[r->voi->choice]));
}

void voi_title(struct text *text, const struct voi_report *r, int flags)
{
    const struct orgsim_voi *v = r->voi;
    const char *open = flags & SHOWN_TYPOGRAPHIC ? "\xe2\x80\x9c" : "\"", *close = flags & SHOWN_TYPOGRAPHIC ? "\xe2\x80\x9d" : "\"";
    const char *currency = r->scenario->settings.currency;
    if (voi_clear(v) > 0) {
        text_format(text, "Measure %s first: to know it before the choice is worth up to %s %s", v->row[0].name, currency, voi_money(v->row[0].worth_k).s);
    } else if (always(v)) {
        text_format(text, "No measurement is worth anything: %s%s%s is the best choice wherever the assumptions lie", open, choice_label(r).s, close);
    } else if (perfect_clear(v)) {
        text_format(text, "No single measurement is clearly worth anything; to know every assumption is worth up to %s %s", currency, voi_money(v->perfect_k).s);
    } else {
        text_format(text, "No measurement is clearly worth anything: %s%s%s stays the choice", open, choice_label(r).s, close);
    }
}

static void add_wrapped(struct text *out, struct text *words, const char *indent)
{
    struct text newline = {0};
    text_format(&newline, "\n%s", indent);
    text_add(out, indent);
    shown_wrap(out, words->s ? words->s : "", WIDTH - shown_width(indent), 8, newline.s ? newline.s : "\n");
    text_add(out, "\n");
    out->failed |= words->failed || newline.failed;
    text_free(words);
    text_free(&newline);
}

static void add_arms(struct text *text, const struct voi_report *r)
{
    const struct orgsim_voi *v = r->voi;
    size_t width = 12;
    for (size_t a = 0; a < v->n_arms; a++) {
        size_t w = shown_width(shown_label(quantity_arm(r->scenario, v->arm[a])).s);
        width = w > width ? w : width;
    }
    text_format(text, "\n%-*s  %14s  %-26s  %s\n", (int)width, "organisation", "mean net value", "(95% interval)", "best choice in");
    for (size_t a = 0; a < v->n_arms; a++) {
        const struct orgsim_estimate *e = &v->npv_k[a];
        struct shown_label label = shown_label(quantity_arm(r->scenario, v->arm[a]));
        struct text interval = {0};
        text_format(&interval, "(%s to %s)", shown_k(e->ci_low, 0, 0).s, shown_k(e->ci_high, 0, 0).s);
        text_format(text, "%s%*s  %14s  %-26s  %s of cases\n", label.s, (int)(width - shown_width(label.s)), "", shown_k(e->mean, 0, 0).s,
                    interval.s ? interval.s : "", shown_share(v->best_share[a], 0).s);
        text->failed |= interval.failed;
        text_free(&interval);
    }
}

static void add_row(struct text *text, const struct voi_report *r, const struct orgsim_voi_row *row, bool explain)
{
    struct text range = {0}, money = {0}, words = {0};
    double span = row->high - row->low;
    text_format(&range, "%s to %s", quantity_shown(row->low, span, 0).s, quantity_shown(row->high, span, 0).s);
    quantity_unit(&range, r->scenario, row->unit);
    text_format(&money, "%s %s", r->scenario->settings.currency, voi_money(row->worth_k).s);
    text_format(text, "%-22s %11s  %-16s %9s   %s\n", row->name, money.s ? money.s : "", voi_money(row->se_k).s, quantity_shown(row->present, span, 0).s,
                range.s ? range.s : "");
    text->failed |= range.failed || money.failed;
    text_free(&range);
    text_free(&money);
    if (!explain) return;
    text_format(&words, "%s", row->meaning);
    add_wrapped(text, &words, "    ");
    text_format(&words, "How to measure it: %s", row->measure);
    add_wrapped(text, &words, "    ");
}

static void add_table(struct text *text, const struct voi_report *r, bool all)
{
    const struct orgsim_voi *v = r->voi;
    size_t clear = voi_clear(v), shown = all ? v->n : clear < LISTED ? clear : LISTED;
    struct text words = {0};
    if (shown > 0) text_format(text, "\n%-22s %11s  %-16s %9s   %s\n", "assumption", "worth up to", "(standard error)", "now", "range of our ignorance");
    for (size_t k = 0; k < shown; k++) add_row(text, r, &v->row[k], k < EXPLAINED && k < clear);
    if (clear > shown) text_format(&words, "%zu more are clearly worth something: --verbose, --json or -o. ", clear - shown);
    if (clear < v->n) {
        if (v->n - clear == 1) text_format(&words, "The %s is worth nothing, or too little to tell", clear > 0 ? "other one" : "only one");
        else text_format(&words, "Each of the %s%zu alone is worth nothing, or too little to tell", clear > 0 ? "other " : "", v->n - clear);
        if (v->noise_k > 0) text_format(&words, " (numbers without meaning came out at up to %s %s)", r->scenario->settings.currency, voi_money(v->noise_k).s);
        text_add(&words, ".");
    }
    if (words.n > 0) add_wrapped(text, &words, "");
}

static void add_finding(struct text *text, const struct voi_report *r)
{
    const struct orgsim_voi *v = r->voi;
    struct text words = {0};
    if (interrupted(v)) text_format(&words, "Interrupted: %zu of %zu points were lived. ", v->points + v->impossible, v->asked);
    voi_title(&words, r, 0);
    text_format(&words, ". Over all that nobody knows, \"%s\" has the highest mean net value; it is the best choice in %s of the cases.", choice_label(r).s,
                shown_share(v->best_share[v->choice], 0).s);
    if (v->perfect_k > 0 && (voi_clear(v) > 0 || !perfect_clear(v)))
        text_format(&words, " To know all %zu assumptions before the choice would be worth up to %s %s (standard error %s).", v->n,
                    r->scenario->settings.currency, voi_money(v->perfect_k).s, voi_money(v->perfect_se_k).s);
    add_wrapped(text, &words, "");
}

void voi_answer(struct text *text, const struct voi_report *r, bool all)
{
    const struct orgsim_voi *v = r->voi;
    struct text words = {0};
    add_finding(text, r);
    add_arms(text, r);
    add_table(text, r, all);
    text_format(&words,
                "\"Worth up to\" is what perfect knowledge would add to mean net value by a better choice among these organisations; a real "
                "measurement is worth less, and costs something. %s points of our ignorance, all assumptions drawn at once over their ranges; %s worlds at "
                "each, seed %llu, the same for all organisations.",
                shown_number((double)v->points, 0, 0).s, shown_number((double)v->worlds, 0, 0).s, (unsigned long long)r->seed);
    if (v->impossible) text_format(&words, " %zu points were left out: the scenario forbids their numbers together.", v->impossible);
    text_add(text, "\n");
    add_wrapped(text, &words, "");
    if (voi_clear(v) == 0) return;
    text_add(text, "Next  orgsim voi ");
    conditions_scenario(text, r->scenario);
    text_format(text, " --set %s=VALUE   (once it is measured: what is worth knowing then)\n", v->row[0].name);
}

/* --- files -------------------------------------------------------------------------------------------------------------------------- */

static void add_cell(struct text *text, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_format(text, "%s,", text_of_double(digits, x));
}

void voi_csv(struct text *text, const struct voi_report *r)
{
    text_add(text, "parameter,unit,value,low,high,worth_k,se_k,clear,meaning,measure\n");
    for (size_t k = 0; k < r->voi->n; k++) {
        const struct orgsim_voi_row *row = &r->voi->row[k];
        text_format(text, "%s,", row->name);
        text_csv(text, row->unit);
        text_add(text, ",");
        add_cell(text, row->present);
        add_cell(text, row->low);
        add_cell(text, row->high);
        add_cell(text, row->worth_k);
        add_cell(text, row->se_k);
        text_format(text, "%d,", row->clear);
        text_csv(text, row->meaning);
        text_add(text, ",");
        text_csv(text, row->measure);
        text_add(text, "\n");
    }
}

static json_t *row_json(const struct orgsim_voi_row *row)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:b, s:s, s:s}", "parameter", row->name, "unit", row->unit, "value", manifest_number(row->present),
                     "low", manifest_number(row->low), "high", manifest_number(row->high), "worth_k", manifest_number(row->worth_k), "se_k",
                     manifest_number(row->se_k), "clear", row->clear, "meaning", row->meaning, "measure", row->measure);
}

static json_t *arm_json(const struct voi_report *r, size_t a)
{
    const struct orgsim_estimate *e = &r->voi->npv_k[a];
    return json_pack("{s:s, s:o, s:o, s:o, s:o}", "arm", r->scenario->arms[r->voi->arm[a]].id, "npv_k", manifest_number(e->mean), "ci_low",
                     manifest_number(e->ci_low), "ci_high", manifest_number(e->ci_high), "best_share", manifest_number(r->voi->best_share[a]));
}

int voi_json(struct text *text, const struct voi_report *r)
{
    const struct orgsim_voi *v = r->voi;
    struct text title = {0};
    json_t *arms = json_array(), *rows = json_array();
    voi_title(&title, r, 0);
    bool good = arms && rows && !title.failed;
    for (size_t a = 0; a < v->n_arms && good; a++) good = json_array_append_new(arms, arm_json(r, a)) == 0;
    for (size_t k = 0; k < v->n && good; k++) good = json_array_append_new(rows, row_json(&v->row[k])) == 0;
    json_t *json = good ? json_pack("{s:s, s:b, s:o, s:o, s:s, s:O, s:{s:o, s:o}, s:o, s:O, s:I, s:I, s:I, s:o}", "headline", title.s, "interrupted", interrupted(v), "scenario_digest", manifest_digest(r->scenario), "conditions",
                                  conditions_json(r->scenario), "choice",
                                    r->scenario->arms[v->arm[v->choice]].id, "arms", arms, "perfect", "worth_k", manifest_number(v->perfect_k), "se_k",
                                    manifest_number(v->perfect_se_k), "noise_k", manifest_number(v->noise_k), "assumptions", rows, "points",
                                    (json_int_t)v->points, "impossible", (json_int_t)v->impossible, "worlds", (json_int_t)v->worlds, "seed",
                                    manifest_seed(r->seed))
                        : NULL;
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    json_decref(arms);
    json_decref(rows);
    text_free(&title);
    return status;
}

int voi_write(const struct voi_report *r, const char *folder, struct orgsim_where *where)
{
    struct text answer = {0}, csv = {0}, json = {0};
    struct figure figure = {0};
    int status = file_make_folder(folder, where);
    voi_answer(&answer, r, true);
    text_format(&answer, "\n%s\n", r->command);
    voi_csv(&csv, r);
    if (!status && voi_json(&json, r)) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = figure_write_text(folder, "answer.txt", &answer, where);
    if (!status) status = figure_write_text(folder, "voi.csv", &csv, where);
    if (!status) status = figure_write_text(folder, "voi.json", &json, where);
    voi_figure(&figure, r);
    if (!status) status = figure_write(&figure, folder, "voi", where);
    figure_free(&figure);
    text_free(&answer);
    text_free(&csv);
    text_free(&json);
    return status;
}
