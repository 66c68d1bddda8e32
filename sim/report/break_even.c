/* break_even.c: the answer of orgsim breakeven */
#include "report/break_even.h"

#include <math.h>
#include <stdio.h>

#include "report/conditions.h"
#include "report/manifest.h"
#include "report/quantity.h"
#include "report/shown.h"

#define WIDTH 112
#define ROWS_SHOWN 12

static struct shown value_shown(const struct orgsim_break_even *b, double value)
{
    return b->whole ? shown_number(value, 0, 0) : quantity_shown(value, b->high - b->low, 0);
}

/* On which side of the crossing it pays. */
static const char *side(const struct orgsim_break_even *b)
{
    bool below = b->state == ORGSIM_BREAK_EVEN_CROSSES;
    return b->whole ? (below ? "at most" : "at least") : below ? "below" : "above";
}

static void add_estimate(struct text *text, const struct orgsim_scenario *s, const struct orgsim_estimate *e)
{
    text_format(text, "%s %s (95%% interval %s to %s)", s->settings.currency, shown_k(e->mean, 0, SHOWN_SIGN).s,
                shown_k(e->ci_low, 0, SHOWN_SIGN).s, shown_k(e->ci_high, 0, SHOWN_SIGN).s);
}

static void add_interval(struct text *text, const struct orgsim_break_even *b)
{
    if (b->whole && b->ci_low == b->ci_high && !b->open_low && !b->open_high) {
        text_add(text, "no other in the 95% interval");
        return;
    }
    text_format(text, "95%% interval %s%s to %s%s", b->open_low ? "at most " : "", value_shown(b, b->ci_low).s, value_shown(b, b->ci_high).s,
                b->open_high ? " or more" : "");
}

static void add_present(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_row *row)
{
    const struct orgsim_break_even *b = &row->found;
    if (isnan(b->present)) return;
    text_format(text, " It is %s", value_shown(b, b->present).s);
    quantity_unit(text, asked->scenario, row->unit);
    text_format(text, " in this scenario, where the change is ");
    add_estimate(text, asked->scenario, &b->at_present);
    text_add(text, ".");
}

static void add_finding(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_row *row)
{
    const struct orgsim_scenario *s = asked->scenario;
    const struct orgsim_break_even *b = &row->found;
    const char *headline = quantity_arm(s, s->settings.headline_arm), *baseline = quantity_arm(s, asked->baseline);
    switch (b->state) {
    case ORGSIM_BREAK_EVEN_NEVER:
    case ORGSIM_BREAK_EVEN_ALWAYS:
        text_format(text, "No crossing in range: \"%s\" pays against \"%s\" at %s of %s from %s to %s", headline, baseline,
                    b->state == ORGSIM_BREAK_EVEN_ALWAYS ? "both ends" : "neither end", row->name, value_shown(b, b->low).s,
                    value_shown(b, b->high).s);
        quantity_unit(text, s, row->unit);
        text_add(text, ".");
        return;
    case ORGSIM_BREAK_EVEN_CROSSES:
    case ORGSIM_BREAK_EVEN_REVERSED: break;
    }
    text_format(text, "\"%s\" pays against \"%s\" while %s is %s %s", headline, baseline, row->name,
                side(b), value_shown(b, b->value).s);
    quantity_unit(text, s, row->unit);
    text_add(text, " (");
    add_interval(text, b);
    text_add(text, ").");
}

static void add_wrapped(struct text *out, struct text *words)
{
    shown_wrap(out, words->s ? words->s : "", WIDTH, 8, "\n");
    text_add(out, "\n");
    out->failed |= words->failed;
    text_free(words);
}

static void add_end(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even *b, double value, const char *what,
                    const struct orgsim_estimate *e)
{
    text_format(text, "  %-8s %-12s ", what, value_shown(b, value).s);
    add_estimate(text, asked->scenario, e);
    text_add(text, "\n");
}

void break_even_answer(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_row *row)
{
    const struct orgsim_break_even *b = &row->found;
    struct text words = {0};
    add_finding(&words, asked, row);
    add_present(&words, asked, row);
    add_wrapped(text, &words);
    text_format(text, "\nChange of mean net value by %s", row->name);
    if (row->meaning) text_format(text, " (%s)", row->meaning);
    text_add(text, "\n");
    add_end(text, asked, b, b->low, "low", &b->at_low);
    if (!isnan(b->present)) add_end(text, asked, b, b->present, "now", &b->at_present);
    add_end(text, asked, b, b->high, "high", &b->at_high);
    text_format(&words,
                "\n%s; %s worlds, seed %llu, the same at every value. The intervals are those of the simulation; whether the "
                "assumptions fit is another question.",
                b->generated ? "One program of each shape is generated, with everything else as it is, and others of that shape would differ; \"now\" is this scenario's own program" : "All else as it is",
                shown_number((double)asked->worlds, 0, 0).s, (unsigned long long)asked->seed);
    add_wrapped(text, &words);
    text_add(text, "Next  orgsim breakeven ");
    conditions_scenario(text, asked->scenario);
    text_add(text, "   (every number, the nearest to turning the answer first)\n");
}

static bool crosses(const struct orgsim_break_even_row *row) { return row->tried && !isnan(row->found.value); }

static void add_row(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_row *row)
{
    const struct orgsim_break_even *b = &row->found;
    struct text unit = {0}, range = {0}, interval = {0};
    quantity_unit(&unit, asked->scenario, row->unit);
    text_format(&range, "%s to %s", value_shown(b, b->low).s, value_shown(b, b->high).s);
    text_format(&interval, "%s to %s%s", value_shown(b, b->ci_low).s, value_shown(b, b->ci_high).s,
                b->open_low || b->open_high ? " (open)" : "");
    text_format(text, "%-24s %10s  %-5s %10s  %-22s %-20s%s\n", row->name, isnan(b->present) ? "as paid" : value_shown(b, b->present).s,
                side(b), value_shown(b, b->value).s, interval.s ? interval.s : "",
                range.s ? range.s : "", unit.s ? unit.s : "");
    text->failed |= unit.failed || range.failed || interval.failed;
    text_free(&unit);
    text_free(&range);
    text_free(&interval);
}

static void add_headline(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_table *t, size_t crossings)
{
    const struct orgsim_scenario *s = asked->scenario;
    const char *headline = quantity_arm(s, s->settings.headline_arm), *baseline = quantity_arm(s, asked->baseline);
    struct text words = {0};
    bool pays_now = t->n > 0 && t->row[0].found.at_present.mean > 0;
    if (t->n < t->asked) text_format(&words, "Interrupted: %zu of %zu numbers were tried. ", t->n, t->asked);
    text_format(&words, "\"%s\" %s against \"%s\" as assumed", headline, pays_now ? "pays" : "does not pay", baseline);
    if (crossings == 0) text_format(&words, ", and no single number turns that anywhere in its range.");
    else text_format(&words, "; %zu of %zu numbers turn that within their range when they alone are wrong.", crossings, t->n);
    add_wrapped(text, &words);
}

void break_even_table_answer(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_table *t, bool all)
{
    size_t crossings = 0, untried = 0;
    for (size_t r = 0; r < t->n; r++) {
        crossings += crosses(&t->row[r]);
        untried += !t->row[r].tried;
    }
    add_headline(text, asked, t, crossings);
    if (crossings > 0)
        text_format(text, "\n%-24s %10s  %-16s  %-22s %-20s\n", "number, nearest first", "now", "it pays", "(95% interval)", "range searched");
    for (size_t r = 0; r < crossings && (all || r < ROWS_SHOWN); r++) add_row(text, asked, &t->row[r]);
    if (crossings > ROWS_SHOWN && !all) text_format(text, "%zu more with --verbose or --json\n", crossings - ROWS_SHOWN);
    if (untried > 0) text_format(text, "%zu range%s the scenario forbids at an end; --json says why\n", untried, untried == 1 ? "" : "s");
    struct text words = {0};
    text_format(
        &words,
        "\nEach number alone, over its range of ignorance, all else as it is; %s worlds, seed %llu, the same at every value. Numbers that "
        "are wrong together are another question.",
        shown_number((double)asked->worlds, 0, 0).s, (unsigned long long)asked->seed);
    add_wrapped(text, &words);
    text_add(text, "Next  orgsim breakeven ");
    conditions_scenario(text, asked->scenario);
    text_format(text, " --over %s\n", t->n > 0 ? t->row[0].name : "h_seat");
}

/* --- JSON --------------------------------------------------------------------------------------------------------------------------- */

json_t *break_even_estimate_object(const struct orgsim_estimate *e)
{
    return json_pack("{s:o, s:o, s:o}", "mean", manifest_number(e->mean), "ci_low", manifest_number(e->ci_low), "ci_high",
                     manifest_number(e->ci_high));
}

json_t *break_even_object(const struct orgsim_break_even_row *row)
{
    static const char *const states[] = {[ORGSIM_BREAK_EVEN_NEVER] = "never",
                                         [ORGSIM_BREAK_EVEN_ALWAYS] = "always",
                                         [ORGSIM_BREAK_EVEN_CROSSES] = "below",
                                         [ORGSIM_BREAK_EVEN_REVERSED] = "above"};
    const struct orgsim_break_even *b = &row->found;
    if (!row->tried) return json_pack("{s:s, s:n, s:s}", "over", row->name, "crosses", "why", row->why ? row->why : "");
    return json_pack("{s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:s, s:b, s:b, s:o, s:o, s:o, s:s, s:{s:o, s:o, s:o}}", "over", row->name, "crosses",
                     !isnan(b->value), "value", manifest_number(b->value), "ci_low", manifest_number(b->ci_low), "ci_high",
                     manifest_number(b->ci_high), "at_low", manifest_number(b->at_low.mean), "at_high", manifest_number(b->at_high.mean),
                     "pays", states[b->state], "open_low", b->open_low, "open_high", b->open_high, "low", manifest_number(b->low), "high",
                     manifest_number(b->high), "present", manifest_number(b->present), "unit", row->unit ? row->unit : "", "npv_k", "at_low",
                     break_even_estimate_object(&b->at_low), "at_present", break_even_estimate_object(&b->at_present), "at_high", break_even_estimate_object(&b->at_high));
}

static int print(struct text *text, json_t *json)
{
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    return status;
}

static bool add_asked(json_t *json, const struct break_even_asked *asked, bool interrupted)
{
    const struct orgsim_scenario *s = asked->scenario;
    return json && !json_object_set_new(json, "interrupted", json_boolean(interrupted)) && !json_object_set_new(json, "scenario_digest", manifest_digest(s)) && !json_object_set_new(json, "conditions", conditions_json(s)) && !json_object_set_new(json, "headline_arm", json_string(s->arms[s->settings.headline_arm].id)) &&
           !json_object_set_new(json, "baseline_arm", json_string(s->arms[asked->baseline].id)) &&
           !json_object_set_new(json, "worlds", json_integer((json_int_t)asked->worlds)) &&
           !json_object_set_new(json, "seed", manifest_seed(asked->seed));
}

int break_even_json(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_row *row)
{
    json_t *json = break_even_object(row);
    if (add_asked(json, asked, false)) return print(text, json);
    json_decref(json);
    return ORGSIM_ERROR_MEMORY;
}

int break_even_table_json(struct text *text, const struct break_even_asked *asked, const struct orgsim_break_even_table *t)
{
    json_t *json = json_object(), *numbers = json_array();
    bool good = add_asked(json, asked, t->n < t->asked) && numbers;
    for (size_t r = 0; r < t->n && good; r++) good = json_array_append_new(numbers, break_even_object(&t->row[r])) == 0;
    good = good && json_object_set(json, "numbers", numbers) == 0;
    json_decref(numbers);
    if (good) return print(text, json);
    json_decref(json);
    return ORGSIM_ERROR_MEMORY;
}
