/* page_attribution.c: where the worth of the hire comes from, and what it may cost everybody else, in report.html */
#include "report/page_parts.h"

#include <inttypes.h>
#include <math.h>

#define TYPE PAGE_PARTS_TYPE
#define SIGNED PAGE_PARTS_SIGNED

/* rework_discovery as a person would say it. */
static void add_name(struct text *html, int lever)
{
    for (const char *s = orgsim_lever_name((enum orgsim_lever)lever); *s; s++) text_add_n(html, *s == '_' ? " " : s, 1);
}

/* Levers by falling worth; equal ones in the order of the table. */
static void order_levers(const struct orgsim_attribution *a, int order[ORGSIM_LEVER_COUNT])
{
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) {
        int at = l;
        for (; at > 0 && a->lever[order[at - 1]].npv_k.mean < a->lever[l].npv_k.mean; at--) order[at] = order[at - 1];
        order[at] = l;
    }
}

static double largest(const struct orgsim_attribution *a)
{
    double most = 0;
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) most = fmax(most, fabs(a->lever[l].npv_k.mean));
    return most;
}

/* A bar says at a glance what the numbers beside it say. */
static void add_lever(struct text *html, const struct orgsim_contribution *c, int lever, double most)
{
    double share = most > 0 ? shown_round(100 * fabs(c->npv_k.mean) / most, 0) : 0;
    text_add(html, "<tr><th scope=\"row\">");
    add_name(html, lever);
    text_format(html, "</th><td>%s</td>", orgsim_lever_meaning((enum orgsim_lever)lever));
    if (c->state == ORGSIM_CONTRIBUTION_OFF) {
        text_add(html, "<td class=\"number\">off in this run</td><td></td></tr>\n");
        return;
    }
    text_format(html, "<td class=\"number\">%s <small>%s to %s</small></td>", shown_number(c->npv_k.mean, 0, SIGNED).s,
                shown_number(c->npv_k.ci_low, 0, SIGNED).s, shown_number(c->npv_k.ci_high, 0, SIGNED).s);
    text_format(html, "<td class=\"scale\"><span class=\"bar%s\" style=\"width:%.0f%%\"></span></td></tr>\n", c->npv_k.mean < 0 ? " less" : "", share);
}

static void add_worth(struct text *html, const struct finding *f, const struct orgsim_attribution *a)
{
    int order[ORGSIM_LEVER_COUNT];
    order_levers(a, order);
    page_parts_open(html, f, PAGE_SECTION_worth);
    text_add(html, "<p><strong>");
    text_html(html, finding_label(f, f->headline));
    text_format(html,
                "</strong> lived the first %s worlds again with each of its parts switched off, one at a time. What is lost without a part is "
                "what it is worth here; below zero, it costs more than it brings. All together are worth <strong>%s</strong> (95%% interval %s "
                "to %s), before the pay of the seats.</p>\n<p class=\"note\">Net value in thousands of ",
                shown_number((double)a->worlds, 0, TYPE).s, shown_k(a->together.mean, 0, SIGNED).s, shown_k(a->together.ci_low, 0, SIGNED).s,
                shown_k(a->together.ci_high, 0, SIGNED).s);
    text_html(html, f->scenario->settings.currency);
    text_add(html, ". The parts do not add up: two that help with the same trouble are each worth little while the other is there, and some "
                   "work only together.</p>\n");
    page_parts_table(html, "words worth", "Parts of the hire by worth", "Part|What it is|#Worth|Size");
    for (int k = 0; k < ORGSIM_LEVER_COUNT; k++) add_lever(html, &a->lever[order[k]], order[k], largest(a));
    page_parts_table_close(html);
    page_parts_close(html);
}

static void add_nothing(struct text *html, const struct finding *f, const struct orgsim_attribution *a)
{
    size_t n = 0;
    page_parts_open(html, f, PAGE_SECTION_nothing);
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) {
        const struct orgsim_contribution *c = &a->lever[l];
        if (c->state != ORGSIM_CONTRIBUTION_NOWHERE && c->state != ORGSIM_CONTRIBUTION_UNSEEN) continue;
        if (n++ == 0) text_add(html, "<p>A case for the hire should not rest on these:</p>\n<ul>\n");
        text_add(html, "<li><strong>");
        add_name(html, l);
        text_format(html, "</strong> (%s): ", orgsim_lever_meaning((enum orgsim_lever)l));
        if (c->state == ORGSIM_CONTRIBUTION_NOWHERE) {
            text_add(html, "the net value of every single world is the same without it.</li>\n");
        } else {
            int decimals = fmax(fabs(c->npv_k.ci_low), fabs(c->npv_k.ci_high)) < 10 ? 1 : 0;
            text_format(html, "%s, an interval of %s to %s that covers zero.</li>\n", shown_k(c->npv_k.mean, decimals, SIGNED).s,
                        shown_k(c->npv_k.ci_low, decimals, SIGNED).s, shown_k(c->npv_k.ci_high, decimals, SIGNED).s);
        }
    }
    text_add(html, n ? "</ul>\n<p class=\"note\">" : "<p>Nothing: each part that was on changed the mean net value.</p>\n<p class=\"note\">");
    text_format(html, "Judged by the net value of %s worlds, with 95%% intervals%s.</p>\n", shown_number((double)a->worlds, 0, TYPE).s,
                n ? ": what is too small to be seen there, or matters for something else only, counts as nothing" : "");
    page_parts_close(html);
}

static void add_hours_sentence(struct text *html, const struct orgsim_break_even *b)
{
    struct shown low = shown_number(b->low, 0, TYPE), high = shown_number(b->high, 0, TYPE);
    switch (b->state) {
    case ORGSIM_BREAK_EVEN_NEVER:
        text_format(html, "<strong>The hire never pays</strong>, even if it cost nobody an hour: over the whole range of %s to %s hours it "
                          "lowers the mean net value, or leaves it.</p>\n", low.s, high.s);
        return;
    case ORGSIM_BREAK_EVEN_ALWAYS:
        text_format(html, "<strong>The hire pays over the whole range</strong> of %s to %s hours.</p>\n", low.s, high.s);
        return;
    case ORGSIM_BREAK_EVEN_CROSSES:
    case ORGSIM_BREAK_EVEN_REVERSED: break;
    }
    text_format(html, "<strong>The hire pays while this is %s than %s hours</strong> (95%% interval %s%s to %s%s).</p>\n",
                b->state == ORGSIM_BREAK_EVEN_CROSSES ? "less" : "more", shown_number(b->value, 2, TYPE).s, b->open_low ? "at most " : "",
                shown_number(b->ci_low, 2, TYPE).s, shown_number(b->ci_high, 2, TYPE).s, b->open_high ? " or more" : "");
}

static void add_hours_row(struct text *html, double hours, const struct orgsim_estimate *e, const char *what)
{
    text_format(html, "<tr><th scope=\"row\">%s <small>%s</small></th>", shown_number(hours, 2, TYPE).s, what);
    page_parts_interval(html, e->mean, e->ci_low, e->ci_high, 0, TYPE);
    text_add(html, "</tr>\n");
}

/* The source of h_seat: published hints put one hour in the middle of its range, above what is assumed. */
#define HINTED_HOURS 1

static void add_hint(struct text *html, const struct orgsim_break_even *b)
{
    if (b->state == ORGSIM_BREAK_EVEN_REVERSED || !(b->present < HINTED_HOURS)) return;
    bool pays = b->state == ORGSIM_BREAK_EVEN_ALWAYS || (b->state == ORGSIM_BREAK_EVEN_CROSSES && b->ci_low > HINTED_HOURS);
    bool costs = b->state == ORGSIM_BREAK_EVEN_NEVER || (b->state == ORGSIM_BREAK_EVEN_CROSSES && b->ci_high < HINTED_HOURS);
    text_format(html, "<p>Published hints put it near one hour, more than is assumed here: there %s.</p>\n",
                pays ? "the hire would still pay" : costs ? "the hire would cost more than it brings" : "this run cannot tell whether it pays");
}

static void add_hours(struct text *html, const struct finding *f, const struct orgsim_attribution *a)
{
    const struct orgsim_break_even *b = &a->h_seat;
    page_parts_open(html, f, PAGE_SECTION_hours);
    text_format(html,
                "<p>Meetings, questions, reports: a delivery seat also takes time from everyone else. This run assumes %s hours a week of every "
                "engineer for each full-time seat (<code>h_seat</code>, which nobody has measured). ",
                shown_number(b->present, 2, TYPE).s);
    add_hours_sentence(html, b);
    add_hint(html, b);
    text_format(html, "<p class=\"note\">The first %s worlds, lived again at other values of it with the same luck; money in thousands of ",
                shown_number((double)a->worlds, 0, TYPE).s);
    text_html(html, f->scenario->settings.currency);
    text_add(html, a->worlds < f->results->worlds ? ". Fewer worlds than above, so the change at the assumed value differs a little.</p>\n" : ".</p>\n");
    page_parts_table(html, "narrow", "Change of net value by the hours that a seat costs each engineer", "Hours a week|#Change of net value");
    add_hours_row(html, b->low, &b->at_low, "lowest");
    if (b->present != b->low && b->present != b->high) add_hours_row(html, b->present, &b->at_present, "assumed");
    add_hours_row(html, b->high, &b->at_high, "highest");
    page_parts_table_close(html);
    page_parts_close(html);
}

void page_attribution_write(struct text *html, const struct finding *f, const struct orgsim_attribution *a)
{
    if (finding_cut_short(f, a)) {
        text_add(html, "<section aria-label=\"Left out\">\n<p class=\"note\">Left out because the run was interrupted: what each part of the hire "
                       "is worth, what changed nothing, how much of everybody\xe2\x80\x99s time the hire may cost, and "
                       "<code>attribution.csv</code>.</p>\n</section>\n");
    }
    if (!a || a->worlds == 0) return;
    add_worth(html, f, a);
    add_nothing(html, f, a);
    add_hours(html, f, a);
}
