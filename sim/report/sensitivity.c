/* sensitivity.c: the answer of orgsim sensitivity, and what its methods share */
#include "report/sensitivity_method.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/quantity.h"

#define WIDTH 112

struct sensitivity_ends sensitivity_ends(const struct orgsim_sensitivity_row *row)
{
    if (row->at_low.mean <= row->at_high.mean) return (struct sensitivity_ends){row->low, row->high, &row->at_low, &row->at_high};
    return (struct sensitivity_ends){row->high, row->low, &row->at_high, &row->at_low};
}

bool sensitivity_interrupted(const struct orgsim_sensitivity *found)
{
    return found->method == ORGSIM_SENSITIVITY_tornado && found->n < found->considered; /* the others keep nothing then */
}

bool sensitivity_turns(const struct sensitivity_report *r, const struct orgsim_sensitivity_row *row)
{
    bool pays = r->found->at_present.mean > 0;
    return row->tried && (pays != (row->at_low.mean > 0) || pays != (row->at_high.mean > 0));
}

struct shown sensitivity_value(const struct orgsim_sensitivity_row *row, double value, int flags)
{
    struct shown shown = {"blank"};
    if (isnan(value)) return shown;
    shown = quantity_shown(value, row->high - row->low, flags);
    if (!strchr(shown.s, '.')) return shown;
    size_t n = strlen(shown.s);
    while (shown.s[n - 1] == '0') shown.s[--n] = '\0';
    if (shown.s[n - 1] == '.') shown.s[n - 1] = '\0';
    return shown;
}

void sensitivity_headline(struct text *text, const struct sensitivity_report *r, int flags)
{
    bool print = flags & SHOWN_TYPOGRAPHIC;
    text_format(text, "%s%s%s", print ? "\xe2\x80\x9c" : "\"", shown_label(quantity_arm(r->scenario, r->scenario->settings.headline_arm)).s,
                print ? "\xe2\x80\x9d" : "\"");
}

static const struct {
    void (*title)(struct text *text, const struct sensitivity_report *r, int flags);
    void (*table)(struct text *text, const struct sensitivity_report *r, bool all);
    void (*rest)(struct text *text, const struct sensitivity_report *r);
} methods[ORGSIM_SENSITIVITY_METHOD_COUNT] = {
#define X(name, worlds, size, least, unit, meaning) {sensitivity_##name##_title, sensitivity_##name##_table, sensitivity_##name##_rest},
    ORGSIM_SENSITIVITY_METHODS(X)
#undef X
};

void sensitivity_title(struct text *text, const struct sensitivity_report *r, int flags) { methods[r->found->method].title(text, r, flags); }

void sensitivity_wrapped(struct text *out, struct text *words)
{
    shown_wrap(out, words->s ? words->s : "", WIDTH, 8, "\n");
    text_add(out, "\n");
    out->failed |= words->failed;
    text_free(words);
}

void sensitivity_answer(struct text *text, const struct sensitivity_report *r, bool all)
{
    const struct orgsim_sensitivity *s = r->found;
    struct text words = {0};
    if (sensitivity_interrupted(s)) text_format(&words, "Interrupted: %zu of %zu numbers were moved. ", s->n, s->considered);
    sensitivity_title(&words, r, 0);
    text_format(&words, ". Against \"%s\" the change of mean net value as assumed is %s %s (95%% interval %s to %s).", quantity_arm(r->scenario, r->baseline),
                r->scenario->settings.currency, shown_k(s->at_present.mean, 0, SHOWN_SIGN).s, shown_k(s->at_present.ci_low, 0, SHOWN_SIGN).s,
                shown_k(s->at_present.ci_high, 0, SHOWN_SIGN).s);
    sensitivity_wrapped(text, &words);
    text_add(text, "\n");
    methods[s->method].table(text, r, all);
    text_add(text, "\n");
    methods[s->method].rest(text, r);
}
