/* optimise.c: the answer of orgsim optimise */
#include "report/optimise.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "report/figure_write.h"
#include "report/quantity.h"

#define WIDTH 112
#define LISTED 10 /* candidates in the table, unless all are asked for */

/* --- words ---------------------------------------------------------------------------------------------------------------------------- */

static const char *metric_words(enum orgsim_metric metric)
{
    switch (metric) {
    case ORGSIM_METRIC_npv_k: return "net value";
    case ORGSIM_METRIC_finish_week: return "finish";
    case ORGSIM_METRIC_value_k: return "value";
    case ORGSIM_METRIC_cost_k: return "cost";
    default: return orgsim_metric_info(metric)->id;
    }
}

void optimise_objective(struct text *text, const struct orgsim_objective *o)
{
    const char *words = metric_words(o->metric);
    switch (o->risk) {
    case ORGSIM_RISK_mean: text_format(text, "mean %s", words); return;
    case ORGSIM_RISK_p80: text_format(text, "%s kept in four worlds of five", words); return;
    case ORGSIM_RISK_cvar: text_format(text, "mean %s of the worst fifth of the worlds", words); return;
    case ORGSIM_RISK_loss: text_add(text, "probability of a net value below zero"); return;
    case ORGSIM_RISK_COUNT: return;
    }
}

struct shown optimise_value(const struct orgsim_objective *o, double value, int flags)
{
    const struct orgsim_metric_info *info = orgsim_metric_info(o->metric);
    struct shown shown;
    if (o->risk == ORGSIM_RISK_loss || !strcmp(info->unit, "share")) {
        shown = shown_number(100 * value, 1, flags);
        strncat(shown.s, "%", sizeof shown.s - strlen(shown.s) - 1);
    } else if (!strcmp(info->unit, "k")) {
        shown = shown_k(value, 0, flags);
    } else {
        shown = shown_number(value, info->decimals, flags);
    }
    return shown;
}

static const char *money(const struct optimise_report *r)
{
    bool is_money = !strcmp(orgsim_metric_info(r->objective.metric)->unit, "k") && r->objective.risk != ORGSIM_RISK_loss;
    return is_money ? r->scenario->settings.currency : "";
}

static void add_amount(struct text *text, const struct optimise_report *r, double value, int flags)
{
    bool weeks = !strncmp(orgsim_metric_info(r->objective.metric)->unit, "week", 4);
    text_format(text, "%s%s%s%s", money(r), *money(r) ? " " : "", optimise_value(&r->objective, value, flags).s, weeks ? " weeks" : "");
}

static void add_change(struct text *text, const struct optimise_report *r, const struct orgsim_estimate *e)
{
    add_amount(text, r, e->mean, SHOWN_SIGN);
    text_format(text, " (95%% interval %s to %s)", optimise_value(&r->objective, e->ci_low, SHOWN_SIGN).s, optimise_value(&r->objective, e->ci_high, SHOWN_SIGN).s);
}

static void add_quoted(struct text *text, const char *label, int flags)
{
    bool typographic = flags & SHOWN_TYPOGRAPHIC;
    text_format(text, "%s%s%s", typographic ? "\xe2\x80\x9c" : "\"", label, typographic ? "\xe2\x80\x9d" : "\"");
}

static void add_wrapped(struct text *out, struct text *words)
{
    shown_wrap(out, words->s ? words->s : "", WIDTH, 12, "\n");
    text_add(out, "\n");
    out->failed |= words->failed;
    text_free(words);
}

/* --- a selection ---------------------------------------------------------------------------------------------------------------------- */

static size_t left(const struct orgsim_selection *s)
{
    size_t n = 0;
    for (size_t k = 0; k < s->n; k++) n += s->candidate[k].left != 0;
    return n;
}

static void selection_title(struct text *text, const struct optimise_report *r, int flags)
{
    const struct orgsim_selection *s = r->selection;
    struct text objective = {0};
    optimise_objective(&objective, &r->objective);
    const char *what = objective.s ? objective.s : "";
    if (!s->decided) {
        text_add(text, "Not decided: ");
        add_quoted(text, s->candidate[0].label, flags);
        text_format(text, " leads %zu other%s that may be better by %s", left(s) - 1, left(s) == 2 ? "" : "s", what);
    } else {
        text_add(text, s->same == 0 ? "Change nothing: " : "Choose ");
        add_quoted(text, s->candidate[0].label, flags);
        text_add(text, s->same == 0 ? " is " : ": ");
        if (s->n == 1) text_add(text, "all there is");
        else text_format(text, "the best of %zu organisations by %s", s->n, what);
    }
    text->failed |= objective.failed;
    text_free(&objective);
}

static void selection_finding(struct text *text, const struct optimise_report *r)
{
    const struct orgsim_selection *s = r->selection;
    struct text words = {0};
    selection_title(&words, r, 0);
    text_add(&words, ". ");
    if (s->same != 0) {
        text_add(&words, "It comes to ");
        add_amount(&words, r, s->chosen, 0);
        text_add(&words, "; against ");
        add_quoted(&words, quantity_arm(r->scenario, r->baseline), 0);
        text_add(&words, " that changes it by ");
        add_change(&words, r, &s->difference);
        text_format(&words, ", on %s worlds on which no choice was made.", shown_number((double)s->fresh_worlds, 0, 0).s);
    } else {
        text_add(&words, "It comes to ");
        add_amount(&words, r, s->chosen, 0);
        text_add(&words, ".");
    }
    add_wrapped(text, &words);
}

static struct shown cost_shown(double k) { return shown_k(k, 0, SHOWN_SIGN); }

static void add_candidate(struct text *text, const struct optimise_report *r, size_t k, size_t width)
{
    const struct orgsim_candidate *c = &r->selection->candidate[k];
    struct text interval = {0};
    size_t n = shown_width(c->label);
    if (k > 0)
        text_format(&interval, "%s (%s to %s)", optimise_value(&r->objective, c->behind.mean, SHOWN_SIGN).s, optimise_value(&r->objective, c->behind.ci_low, SHOWN_SIGN).s,
                    optimise_value(&r->objective, c->behind.ci_high, SHOWN_SIGN).s);
    text_format(text, "%s%*s  %9s  %12s  %-30s %7s%s\n", c->label, (int)(n < width ? width - n : 0), "", cost_shown(c->cost_k_per_year).s,
                optimise_value(&r->objective, c->value, 0).s, k == 0 ? (r->selection->decided ? "chosen" : "leads") : interval.s ? interval.s : "", shown_number((double)c->worlds, 0, 0).s,
                c->left && k > 0 ? "  left" : "");
    text->failed |= interval.failed;
    text_free(&interval);
}

static void selection_table(struct text *text, const struct optimise_report *r, bool all)
{
    const struct orgsim_selection *s = r->selection;
    size_t shown = all || s->n < LISTED ? s->n : LISTED, width = 12;
    for (size_t k = 0; k < s->n; k++)
        if (k < shown || k == s->same) width = shown_width(s->candidate[k].label) > width ? shown_width(s->candidate[k].label) : width;
    text_format(text, "\n%-*s  %9s  %12s  %-30s %7s\n", (int)width, "organisation", "k a year", metric_words(r->objective.metric), "against the first (95%)", "worlds");
    for (size_t k = 0; k < shown; k++) add_candidate(text, r, k, width);
    if (s->same < s->n && s->same >= shown) add_candidate(text, r, s->same, width);
    if (s->n > shown) text_format(text, "All %zu with --verbose, --json or -o.\n", s->n);
}

static void selection_answer(struct text *text, const struct optimise_report *r, bool all)
{
    const struct orgsim_selection *s = r->selection;
    struct text words = {0};
    selection_finding(text, r);
    selection_table(text, r, all);
    text_add(text, "\n");
    if (s->decided && s->n > 1) {
        text_format(&words, "With %s%% confidence the first is the best of them, or within ", shown_number(100 * s->confidence, s->confidence > 0.99 ? 1 : 0, 0).s);
        add_amount(&words, r, s->indifference, 0);
        text_add(&words, " of the best. ");
    } else if (!s->decided) {
        text_format(&words, "%s worlds are not enough to choose among those that are left; more with -n, or say with --indifference what is too small to matter. ",
                    shown_number((double)s->worlds, 0, 0).s);
    }
    text_format(&words, "All lived the same worlds, seed %llu, until they were clearly behind. Cost: planned, of all seats and what else is added, more than the "
                        "baseline's.",
                (unsigned long long)r->seed);
    if (s->over_budget)
        text_format(&words, " %zu that cost more than %s a year were left out.", s->over_budget, shown_k(r->budget_k_per_year, 0, 0).s);
    text_add(&words, " The assumptions are taken as they stand: orgsim voi says which of them could turn the choice.");
    add_wrapped(text, &words);
}

/* --- a tuning ------------------------------------------------------------------------------------------------------------------------- */

static bool clear_gain(const struct optimise_report *r)
{
    const struct orgsim_estimate *e = &r->tuning->difference;
    bool more = r->objective.risk != ORGSIM_RISK_loss && orgsim_metric_info(r->objective.metric)->sign > 0;
    return more ? e->ci_low > 0 : e->ci_high < 0;
}

static struct shown axis_shown(const struct optimise_report *r, size_t k, double value)
{
    return isnan(value) ? (struct shown){"-"} : quantity_shown(value, r->axes[k].high - r->axes[k].low, 0);
}

static void tuning_title(struct text *text, const struct optimise_report *r, int flags)
{
    const struct orgsim_tuning *t = r->tuning;
    struct shown_label label = shown_label(quantity_arm(r->scenario, t->arm));
    struct text objective = {0};
    optimise_objective(&objective, &r->objective);
    if (!clear_gain(r)) {
        text_format(text, "No clear gain: the present design of ");
        add_quoted(text, label.s, flags);
        text_format(text, " is as good as any that was found, by %s", objective.s ? objective.s : "");
    } else {
        for (size_t k = 0; k < t->n; k++)
            text_format(text, "%s%s %s", k == 0 ? "Best found: " : k + 1 == t->n ? " and " : ", ", r->axes[k].name, axis_shown(r, k, t->best[k]).s);
        text_format(text, " for ");
        add_quoted(text, label.s, flags);
    }
    text->failed |= objective.failed;
    text_free(&objective);
}

static void tuning_answer(struct text *text, const struct optimise_report *r)
{
    const struct orgsim_tuning *t = r->tuning;
    struct text words = {0};
    tuning_title(&words, r, 0);
    text_add(&words, clear_gain(r) ? ". That changes " : ". The best design found changes ");
    optimise_objective(&words, &r->objective);
    text_add(&words, " from ");
    add_amount(&words, r, t->at_present, 0);
    text_add(&words, " by ");
    add_change(&words, r, &t->difference);
    text_format(&words, ", on %s worlds that the search never saw.", shown_number((double)t->worlds, 0, 0).s);
    add_wrapped(text, &words);
    text_format(text, "\n%-28s %10s  %10s   %s\n", "number", "now", "best found", "range");
    for (size_t k = 0; k < t->n; k++) {
        text_format(text, "%-28s %10s  %10s   %s to %s", r->axes[k].name, axis_shown(r, k, t->present[k]).s, axis_shown(r, k, t->best[k]).s,
                    axis_shown(r, k, r->axes[k].low).s, axis_shown(r, k, r->axes[k].high).s);
        quantity_unit(text, r->scenario, t->unit[k]);
        text_add(text, t->at_edge[k] ? "   at the end of its range\n" : "\n");
    }
    text_format(&words,
                "%s designs were tried on %s common worlds, seed %llu, from three starts. A search finds a good place, not surely the best one; and the model "
                "takes a better definition for granted: what it costs to get there is not in it.",
                shown_number((double)t->points, 0, 0).s, shown_number((double)t->worlds, 0, 0).s, (unsigned long long)r->seed);
    text_add(text, "\n");
    add_wrapped(text, &words);
}

void optimise_title(struct text *text, const struct optimise_report *r, int flags)
{
    if (r->selection) selection_title(text, r, flags);
    else tuning_title(text, r, flags);
}

void optimise_answer(struct text *text, const struct optimise_report *r, bool all)
{
    if (r->selection) selection_answer(text, r, all);
    else tuning_answer(text, r);
}

/* --- files ---------------------------------------------------------------------------------------------------------------------------- */

static void add_numbers(struct text *text, const double *x, size_t n)
{
    char digits[TEXT_NUMBER_SIZE];
    for (size_t k = 0; k < n; k++) text_format(text, ",%s", text_of_double(digits, x[k]));
}

void optimise_csv(struct text *text, const struct optimise_report *r)
{
    if (r->selection) {
        text_add(text, "organisation,cost_k_per_year,value,npv_k,finish_week,behind,ci_low,ci_high,worlds,left,best_npv,best_finish\n");
        for (size_t k = 0; k < r->selection->n; k++) {
            const struct orgsim_candidate *c = &r->selection->candidate[k];
            text_csv(text, c->label);
            add_numbers(text, (double[]){c->cost_k_per_year, c->value, c->npv_k, c->finish_week, c->behind.mean, c->behind.ci_low, c->behind.ci_high}, 7);
            text_format(text, ",%llu,%d,%d,%d\n", (unsigned long long)c->worlds, c->left, c->best_npv, c->best_finish);
        }
        return;
    }
    text_add(text, "number,present,best,low,high,at_edge\n");
    for (size_t k = 0; k < r->tuning->n; k++) {
        text_csv(text, r->axes[k].name);
        add_numbers(text, (double[]){r->tuning->present[k], r->tuning->best[k], r->axes[k].low, r->axes[k].high}, 4);
        text_format(text, ",%d\n", r->tuning->at_edge[k]);
    }
}

int optimise_write(const struct optimise_report *r, const char *folder, struct orgsim_where *where)
{
    struct text answer = {0}, csv = {0}, json = {0};
    struct figure figure = {0};
    int status = file_make_folder(folder, where);
    optimise_answer(&answer, r, true);
    text_format(&answer, "\n%s\n", r->command);
    optimise_csv(&csv, r);
    if (!status && optimise_json(&json, r)) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = figure_write_text(folder, "answer.txt", &answer, where);
    if (!status) status = figure_write_text(folder, "optimise.csv", &csv, where);
    if (!status) status = figure_write_text(folder, "optimise.json", &json, where);
    if (!status && r->selection) {
        optimise_figure(&figure, r);
        status = figure_write(&figure, folder, "frontier", where);
    }
    figure_free(&figure);
    text_free(&answer);
    text_free(&csv);
    text_free(&json);
    return status;
}
