/* attribution_csv.c: attribution.csv */
#include "report/attribution_csv.h"

#include <math.h>
#include <stdio.h>

static void add_row(struct text *text, const char *kind, const char *name, const double value[3], const char *unit, const char *note)
{
    char digits[TEXT_NUMBER_SIZE];
    text_format(text, "%s,%s", kind, name);
    for (int i = 0; i < 3; i++) {
        text_add(text, ",");
        text_add(text, text_of_double(digits, value[i]));
    }
    text_format(text, ",%s,", unit);
    text_csv(text, note);
    text_add(text, "\n");
}

static void add_estimate(struct text *text, const char *kind, const char *name, const struct orgsim_estimate *e, const char *note)
{
    add_row(text, kind, name, (const double[]){e->mean, e->ci_low, e->ci_high}, "k", note);
}

static void add_at(struct text *text, double h_seat, const struct orgsim_estimate *e, const char *note)
{
    char name[TEXT_NUMBER_SIZE + 8], digits[TEXT_NUMBER_SIZE];
    snprintf(name, sizeof name, "h_seat=%s", text_of_double(digits, h_seat));
    add_estimate(text, "difference", name, e, note);
}

static void add_break_even(struct text *text, const struct orgsim_break_even *b)
{
    static const char *const notes[] = {[ORGSIM_BREAK_EVEN_NEVER] = "never pays in this range",
                                        [ORGSIM_BREAK_EVEN_ALWAYS] = "pays over the whole range",
                                        [ORGSIM_BREAK_EVEN_CROSSES] = "pays below this value",
                                        [ORGSIM_BREAK_EVEN_REVERSED] = "pays above this value"};
    struct text note = {0};
    text_add(&note, notes[b->state]);
    if (b->open_low) text_add(&note, "; the interval begins at or below the range");
    if (b->open_high) text_add(&note, "; the interval ends at or above the range");
    add_row(text, "break_even", "h_seat", (const double[]){b->value, b->ci_low, b->ci_high}, "h/wk", note.s ? note.s : "");
    text->failed |= note.failed;
    text_free(&note);
    add_at(text, b->low, &b->at_low, "net value less the baseline's, at the low end of the range");
    add_at(text, b->present, &b->at_present, "the same, as assumed");
    add_at(text, b->high, &b->at_high, "the same, at the high end of the range");
}

void attribution_csv_write(struct text *text, const struct orgsim_attribution *a)
{
    static const char *const notes[] = {[ORGSIM_CONTRIBUTION_OFF] = "off in this run",
                                        [ORGSIM_CONTRIBUTION_NOWHERE] = "the same net value in every world",
                                        [ORGSIM_CONTRIBUTION_UNSEEN] = "the interval covers zero",
                                        [ORGSIM_CONTRIBUTION_SEEN] = "net value with it, less without it"};
    static const struct orgsim_estimate undefined = {(double)NAN, (double)NAN, (double)NAN};
    text_add(text, "kind,name,value,ci_low,ci_high,unit,note\n");
    add_row(text, "worlds", "worlds", (const double[]){(double)a->worlds, (double)NAN, (double)NAN}, "worlds", "the first ones of the run");
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) {
        const struct orgsim_contribution *c = &a->lever[l];
        add_estimate(text, "lever", orgsim_lever_name((enum orgsim_lever)l), c->state == ORGSIM_CONTRIBUTION_OFF ? &undefined : &c->npv_k,
                     notes[c->state]);
    }
    add_estimate(text, "levers", "all", &a->together, "all on less all off; the pay of the seats is in both");
    add_break_even(text, &a->h_seat);
}
