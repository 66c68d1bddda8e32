/* sensitivity_tornado.c: each number alone, as a sentence and a table from the widest swing on */
#include "report/sensitivity.h"

#include <math.h>

#include "report/conditions.h"
#include "report/quantity.h"
#include "report/sensitivity_method.h"

struct counts { size_t tried, turn, inert, unclear; };

static struct counts count(const struct sensitivity_report *r)
{
    struct counts c = {0};
    for (size_t k = 0; k < r->found->n; k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        if (!row->tried) continue;
        c.tried++;
        c.turn += sensitivity_turns(r, row) ? 1U : 0U;
        c.inert += row->inert ? 1U : 0U;
        c.unclear += !row->inert && !(row->swing.ci_low > 0) ? 1U : 0U;
    }
    return c;
}

static struct shown k_of(double k) { return shown_k(k, 0, SHOWN_SIGN); }

static struct shown value_of(const struct orgsim_sensitivity_row *row, double value) { return sensitivity_value(row, value, 0); }

void sensitivity_tornado_title(struct text *text, const struct sensitivity_report *r, int flags)
{
    struct counts c = count(r);
    const struct orgsim_estimate *now = &r->found->at_present;
    bool pays = now->mean > 0, settled = now->ci_low > 0 || now->ci_high < 0;
    sensitivity_headline(text, r, flags);
    text_format(text, " %s as assumed%s; ", pays ? "pays" : "does not pay", settled ? "" : ", within the simulation's error");
    if (c.turn == 0) text_format(text, "none of %zu numbers turns that alone", c.tried);
    else text_format(text, "%zu of %zu numbers turn%s that alone", c.turn, c.tried, c.turn == 1 ? "s" : "");
    if (c.tried > 0) text_format(text, ", and %s moves it most", r->found->row[0].name);
}

static void add_row(struct text *text, const struct sensitivity_report *r, const struct orgsim_sensitivity_row *row)
{
    struct sensitivity_ends ends = sensitivity_ends(row);
    struct text unit = {0};
    quantity_unit(&unit, r->scenario, row->unit);
    text_format(text, "%-24s %10s %10s %9s %10s %9s %8s +-%-6s%s%s\n", row->name, value_of(row, row->present).s, value_of(row, ends.worse_value).s,
                k_of(ends.worse->mean).s, value_of(row, ends.better_value).s, k_of(ends.better->mean).s, shown_k(row->swing.mean, 0, 0).s,
                shown_k(row->swing.mean - row->swing.ci_low, 0, 0).s, sensitivity_turns(r, row) ? " turns" : "", unit.s ? unit.s : "");
    text->failed |= unit.failed;
    text_free(&unit);
}

void sensitivity_tornado_table(struct text *text, const struct sensitivity_report *r, bool all)
{
    const struct orgsim_sensitivity *s = r->found;
    size_t shown = 0, some = 0;
    text_format(text, "%-24s %10s %10s %9s %10s %9s %8s\n", "number, largest swing 1st", "now", "worse at", "", "better at", "", "swing");
    for (size_t k = 0; k < s->n && s->row[k].tried; k++) {
        if (s->row[k].inert) continue;
        some++;
        if (!all && shown == SENSITIVITY_ROWS_SHOWN) continue;
        add_row(text, r, &s->row[k]);
        shown++;
    }
    if (some > shown) text_format(text, "%zu more with --verbose or --json\n", some - shown);
}

void sensitivity_tornado_rest(struct text *text, const struct sensitivity_report *r)
{
    struct counts c = count(r);
    struct text words = {0};
    text_format(&words, "%zu of %zu numbers change nothing in this scenario.", c.inert, c.tried);
    if (c.unclear > 0) text_format(&words, " The swing of %zu more is not told from none at so many worlds.", c.unclear);
    sensitivity_wrapped(text, &words);
    for (size_t k = 0; k < r->found->n; k++)
        if (!r->found->row[k].tried) {
            text_format(&words, "%s was not tried from %s to %s: %s.", r->found->row[k].name, value_of(&r->found->row[k], r->found->row[k].low).s,
                        value_of(&r->found->row[k], r->found->row[k].high).s, r->found->row[k].why ? r->found->row[k].why : "");
            sensitivity_wrapped(text, &words);
        }
    text_format(&words,
                "Each number alone over its range of ignorance, all else as it is; %s worlds, seed %llu, the same at every point. +- is the 95%% interval "
                "that the simulation leaves; it shrinks with more worlds. Numbers that are wrong together are another question.",
                shown_number((double)r->found->worlds, 0, 0).s, (unsigned long long)r->seed);
    sensitivity_wrapped(text, &words);
    text_add(text, "Next  orgsim breakeven ");
    conditions_scenario(text, r->scenario);
    text_format(text, " --over %s\n", r->found->n > 0 ? r->found->row[0].name : "h_seat");
}

