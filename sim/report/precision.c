/* precision.c: whether a run became as precise as --precision asked for */
#include "report/precision.h"

#include <math.h>
#include <string.h>

#include "report/quantity.h"

#define TO_SPARE 1.1           /* worlds beyond those that an interval of this width would need */
#define WORLDS_MOST 1099511627776.0 /* 2^40, as of -n */

bool precision_is_missed(const struct orgsim_run_options *o, const struct finding *f)
{
    return o->precision_metric >= 0 && !f->results->precision_reached;
}

double precision_half_width(const struct orgsim_run_options *o, const struct finding *f)
{
    const struct orgsim_comparison *c = finding_comparison(f, f->headline, (enum orgsim_metric)o->precision_metric);
    return (c->ci_high - c->ci_low) / 2;
}

/* "+-USD 50k", "+-0.041 week": money as everywhere, else the unit behind it. */
static void add_width(struct text *text, const struct orgsim_run_options *o, const struct finding *f, const char *number, int flags)
{
    const char *unit = orgsim_metric_info((enum orgsim_metric)o->precision_metric)->unit;
    bool money = !strcmp(unit, "k");
    text_format(text, "%s%s%s%s%s", flags & SHOWN_TYPOGRAPHIC ? "\xc2\xb1" : "+-", money ? f->scenario->settings.currency : "", money ? " " : "", number, money ? "k" : "");
    if (!money) quantity_unit(text, f->scenario, unit);
}

static void add_asked(struct text *text, const struct orgsim_run_options *o, const struct finding *f, int flags)
{
    char digits[TEXT_NUMBER_SIZE];
    add_width(text, o, f, text_of_double(digits, o->precision_half_width), flags); /* as it was typed */
}

static void add_reached(struct text *text, const struct orgsim_run_options *o, const struct finding *f, double half, int flags)
{
    add_width(text, o, f, half >= 100 ? shown_number(half, 0, flags).s : shown_number(half, 6, flags | SHOWN_TWO).s, flags);
}

void precision_words(struct text *text, const struct orgsim_run_options *o, const struct finding *f, int flags)
{
    double half = precision_half_width(o, f), ratio = half / o->precision_half_width, worlds = (double)f->results->worlds;
    double needed = fmax(TO_SPARE * ratio * ratio * worlds, ORGSIM_PRECISION_BLOCKS * ORGSIM_BLOCK_WORLDS);
    text_format(text, "the change of %s was to be known to ", orgsim_metric_info((enum orgsim_metric)o->precision_metric)->id);
    add_asked(text, o, f, flags);
    text_format(text, " (--precision); after %s world%s ", shown_number(worlds, 0, flags).s, worlds == 1 ? "" : "s");
    if (!isfinite(half)) {
        text_add(text, "it has no interval; raise -n.");
        return;
    }
    text_add(text, "it is known to ");
    add_reached(text, o, f, half, flags);
    if (ratio <= 1) text_format(text, ", which counts from %d worlds on; raise -n.", ORGSIM_PRECISION_BLOCKS * ORGSIM_BLOCK_WORLDS);
    else if (needed > WORLDS_MOST) text_add(text, ", and no number of worlds will do.");
    else text_format(text, "; about %s worlds would do%s", shown_number(shown_two(needed, 0), 0, flags).s, f->interrupted ? "." : " (-n).");
}
