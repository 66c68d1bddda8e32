/* page_against.c: the strongest case against in report.html, from the worst that this run and its studies hold; and what is uncertain, and why
 *
 * Every argument is a sentence about numbers of this run. One that the numbers do not bear out is left out.
 */
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

#include "report/conditions.h"
#include "report/contrary.h"
#include "report/ignorance.h"
#include "report/ledger.h"
#include "report/quantity.h"
#include "report/studies.h"

struct against {
    struct text *html;
    const struct report_plan *plan;
    const struct finding *f;
    int flags;
};

static const char *it(const struct finding *f) { return f->hire ? "the hire" : "the change"; }

static void add_label(struct text *html, const struct finding *f, size_t row)
{
    text_add(html, "\xe2\x80\x9c");
    text_html(html, finding_label(f, row));
    text_add(html, "\xe2\x80\x9d");
}

static struct shown signed_k(const struct against *a, double k) { return shown_k(k, 0, a->flags | SHOWN_SIGN); }

static void open(const struct against *a, const char *what) { text_format(a->html, "<li><strong>%s</strong> ", what); }
static void end(const struct against *a) { text_add(a->html, "</li>\n"); }

/* The answer itself, where it is no "hire". */
static void from_the_answer(const struct against *a)
{
    const struct finding *f = a->f;
    if (f->verdict == VERDICT_PAYS) return;
    open(a, "The answer.");
    if (f->verdict == VERDICT_COSTS) text_format(a->html, "On the mean, %s lowers net value by %s.", it(f), shown_k(fabs(f->npv_difference), 0, a->flags).s);
    else if (finding_has_interval(f) && f->npv_low == 0 && f->npv_high == 0) text_format(a->html, "On the mean, %s changes nothing.", it(f));
    else text_format(a->html, "This run cannot tell %s from doing nothing.", it(f));
    end(a);
}

static void from_a_rival(const struct against *a)
{
    const struct finding *f = a->f;
    size_t best = finding_alternative(f);
    if (best == FINDING_NONE) return;
    double rival = shown_round(shown_round(finding_summary(f, best, ORGSIM_METRIC_npv_k)->mean, 0) -
                                   shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->mean, 0), 0);
    if (rival <= 0 && rival < f->npv_difference) return;
    open(a, "A rival.");
    add_label(a->html, f, best);
    if (rival >= f->npv_difference) text_format(a->html, " does as well or better: %s, where %s brings %s.", signed_k(a, rival).s, it(f), signed_k(a, f->npv_difference).s);
    else text_format(a->html, " brings %s of what %s brings: %s of %s.", shown_share(rival / f->npv_difference, a->flags).s, it(f), signed_k(a, rival).s,
                     signed_k(a, f->npv_difference).s);
    end(a);
}

static void from_bad_luck(const struct against *a)
{
    const struct finding *f = a->f;
    const double *q = f->results->npv_difference_quantiles ? f->results->npv_difference_quantiles + f->headline * 101 : NULL;
    open(a, "Bad luck.");
    text_format(a->html, "With it, %s of programs lose money (without: %s), and one in five ends at or below %s.", shown_share(f->loss, a->flags).s,
                shown_share(f->loss_baseline, a->flags).s, shown_k(f->p20, 0, a->flags).s);
    if (q && q[10] < 0)
        text_format(a->html, " In one world of ten the program ends at least %s worse than it would have without it (same luck in both).",
                    shown_k(fabs(q[10]), 0, a->flags).s);
    end(a);
}

/* The row whose worse end is lowest. */
static const struct orgsim_break_even_row *worst_row(const struct studies *s, bool *at_high)
{
    const struct orgsim_break_even_row *worst = NULL;
    double lowest = INFINITY;
    for (size_t r = 0; r < s->n; r++) {
        const struct orgsim_break_even *b = &s->row[r].found;
        if (assumption_find(s->row[r].name) < 0 || fmin(b->at_low.mean, b->at_high.mean) >= lowest) continue;
        worst = &s->row[r];
        lowest = fmin(b->at_low.mean, b->at_high.mean);
        *at_high = b->at_high.mean < b->at_low.mean;
    }
    return worst;
}

static void add_worst(const struct against *a, const char *name, const struct orgsim_break_even *b, bool at_high)
{
    const struct assumption_info *info = &assumption_table[assumption_find(name)];
    struct text unit = {0};
    quantity_unit(&unit, a->f->scenario, info->unit);
    open(a, "One wrong assumption.");
    text_format(a->html, "If <code>%s</code> (", info->name);
    text_html(a->html, info->meaning);
    text_format(a->html, ") were %s", quantity_shown(at_high ? b->high : b->low, fabs(b->high - b->low), PAGE_PARTS_TYPE).s);
    text_html(a->html, unit.s ? unit.s : "");
    if (isfinite(b->present)) text_format(a->html, " and not %s", quantity_shown(b->present, fabs(b->high - b->low), PAGE_PARTS_TYPE).s);
    text_format(a->html, ", an end of its range, %s would change net value by %s. Its grade is <em>%s</em>.", it(a->f),
                signed_k(a, at_high ? b->at_high.mean : b->at_low.mean).s, info->grade);
    end(a);
    a->html->failed |= unit.failed;
    text_free(&unit);
}

static void from_an_assumption(const struct against *a)
{
    bool at_high = false;
    const struct orgsim_break_even_row *row = a->plan->studies ? worst_row(a->plan->studies, &at_high) : NULL;
    const struct orgsim_attribution *parts = a->plan->attribution;
    if (row) {
        add_worst(a, row->name, &row->found, at_high);
        return;
    }
    if (!parts || parts->worlds == 0) return;
    add_worst(a, "h_seat", &parts->h_seat, parts->h_seat.at_high.mean < parts->h_seat.at_low.mean);
}

/* The rival that beats the headline in most draws. */
static size_t strongest(const struct finding *f, const struct orgsim_ignorance *g)
{
    size_t best = FINDING_NONE;
    for (size_t row = 0; row < f->results->n_arms; row++) {
        if (!finding_is_alternative(f, row)) continue;
        if (best == FINDING_NONE || g->pair[row].pays_share < g->pair[best].pays_share) best = row;
    }
    return best;
}

static void from_all_assumptions(const struct against *a)
{
    const struct orgsim_ignorance *g = a->plan->ignorance;
    if (!ignorance_told(g)) return;
    const struct orgsim_ignorance_pair *p = &g->pair[a->f->baseline];
    size_t rival = strongest(a->f, g);
    open(a, "All assumptions at once.");
    text_format(a->html, "Over %s draws of everything that nobody knows, %s pays in %s; in one draw of ten its mean worth is %s or less.",
                shown_number((double)g->draws, 0, PAGE_PARTS_TYPE).s, it(a->f), shown_share(p->pays_share, a->flags).s, signed_k(a, p->npv_k.p10).s);
    if (rival != FINDING_NONE && g->pair[rival].pays_share < 1) {
        text_add(a->html, " Against ");
        add_label(a->html, a->f, rival);
        text_format(a->html, " it is ahead in %s only.", shown_share(g->pair[rival].pays_share, a->flags).s);
    }
    if (ignorance_published(g) && (p->published_share < p->pays_share || p->published_npv_k.p10 < p->npv_k.p10))
        text_format(a->html, " In the draws as late as published programs it pays in %s (%s at least), and in one of ten its mean worth is %s or less.",
                    shown_share(p->published_share, a->flags).s, shown_share(p->published_low, a->flags).s, signed_k(a, p->published_npv_k.p10).s);
    end(a);
}

/* The choice that one would make knowing only the ranges. */
static void from_the_best_choice(const struct against *a)
{
    const struct studies_voi *v = a->plan->studies ? &a->plan->studies->voi : NULL;
    if (!v || v->points == 0 || v->choice == a->f->headline) return;
    open(a, "Another choice.");
    text_format(a->html, "Over %s draws of everything that nobody knows, ", shown_number((double)v->points, 0, PAGE_PARTS_TYPE).s);
    add_label(a->html, a->f, v->choice);
    text_format(a->html, " has the highest mean net value, and is the best choice in %s of them, ", shown_share(v->choice_share, a->flags).s);
    add_label(a->html, a->f, a->f->headline);
    text_format(a->html, " in %s.", shown_share(v->headline_share, a->flags).s);
    end(a);
}

/* The part of the hire on which most rests. */
static void from_one_part(const struct against *a)
{
    const struct orgsim_attribution *parts = a->plan->attribution;
    if (!parts || parts->worlds == 0 || parts->h_seat.at_present.mean <= 0) return;
    int most = 0;
    for (int l = 1; l < ORGSIM_LEVER_COUNT; l++)
        if (parts->lever[l].state != ORGSIM_CONTRIBUTION_OFF && parts->lever[l].npv_k.mean > parts->lever[most].npv_k.mean) most = l;
    if (parts->lever[most].state != ORGSIM_CONTRIBUTION_SEEN || parts->lever[most].npv_k.mean <= 0) return;
    double left = parts->h_seat.at_present.mean - parts->lever[most].npv_k.mean;
    open(a, "One part that must work.");
    text_format(a->html, "Without %s the hire would change net value by %s; with it, by %s (the first %s worlds).",
                orgsim_lever_meaning((enum orgsim_lever)most), signed_k(a, left).s, signed_k(a, parts->h_seat.at_present.mean).s,
                shown_number((double)parts->worlds, 0, PAGE_PARTS_TYPE).s);
    end(a);
}

/* What this run lets hold already, and what is left of the hire where contrary research holds. */
static void from_research(const struct against *a)
{
    const struct orgsim_attribution *parts = a->plan->attribution;
    if (contrary_any(a->plan->options)) {
        struct text words = {0};
        contrary_words(&words, &a->plan->options->contrary);
        open(a, "Research that says otherwise holds in this run:");
        text_html(a->html, words.s ? words.s : "");
        text_add(a->html, ".");
        end(a);
        a->html->failed |= words.failed;
        text_free(&words);
    }
    int holds = 0;
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) holds += a->plan->options->contrary.strength[c] > 0;
    if (!parts || parts->worlds == 0 || isnan(parts->contrary[0].mean) || holds == ORGSIM_CONTRARY_COUNT) return;
    open(a, "Research that says otherwise.");
    text_format(a->html, "As this run has it, %s changes net value by %s (the first %s worlds). Were it true%s that<ul>\n", it(a->f),
                signed_k(a, parts->h_seat.at_present.mean).s, shown_number((double)parts->worlds, 0, PAGE_PARTS_TYPE).s, holds ? " too" : "");
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        const struct orgsim_contrary_info *info = orgsim_contrary_info((enum orgsim_contrary)c);
        if (a->plan->options->contrary.strength[c] > 0) continue;
        const struct orgsim_estimate *e = &parts->contrary[c];
        text_format(a->html, "<li>%s: <strong>%s</strong>, 95%% interval %s to %s (<code>--contrary %s</code>; ", info->meaning, signed_k(a, e->mean).s,
                    signed_k(a, e->ci_low).s, signed_k(a, e->ci_high).s, info->name);
        text_html(a->html, info->source);
        text_add(a->html, ")</li>\n");
    }
    text_add(a->html, "</ul>");
    end(a);
}

static void from_the_ledgers(const struct against *a)
{
    struct ledger l;
    ledger_of(&l, a->f, a->flags & SHOWN_TWO);
    if (l.no_delay > 0 && l.haircut > 0 && l.book[LEDGER_BURN] >= 0) return;
    open(a, "The money.");
    if (l.book[LEDGER_BURN] < 0) text_format(a->html, "It costs more money than it saves: the burn alone is %s.", shown_k(l.book[LEDGER_BURN], 0, PAGE_PARTS_SIGNED).s);
    if (l.no_delay <= 0) text_format(a->html, " With the cost of delay at zero the change is %s.", shown_k(l.no_delay, 0, PAGE_PARTS_SIGNED).s);
    if (l.haircut <= 0) text_format(a->html, " With cost of delay and benefit cut by half it is %s.", shown_k(l.haircut, 0, PAGE_PARTS_SIGNED).s);
    end(a);
}

static void from_the_evidence(const struct against *a)
{
    int n = 0;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) n += strcmp(assumption_table[i].grade, "assumption") == 0;
    open(a, "The evidence.");
    text_format(a->html, "%d of the %d assumptions have been measured by nobody, and no study measures causally what a person titled TPM adds.", n, ASSUMPTION_COUNT);
    end(a);
}

void page_against_write(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    const struct against a = {html, plan, f, page_parts_flags(plan)};
    page_parts_open(html, f, PAGE_SECTION_against);
    text_format(html, "<p>The worst plausible that this run%s, each by itself:</p>\n<ul>\n", plan->studies && (plan->studies->n || plan->studies->voi.points) ? " and its studies hold" : " holds");
    from_the_answer(&a);
    from_a_rival(&a);
    from_bad_luck(&a);
    from_an_assumption(&a);
    from_all_assumptions(&a);
    from_the_best_choice(&a);
    from_one_part(&a);
    from_research(&a);
    from_the_ledgers(&a);
    from_the_evidence(&a);
    text_add(html, "</ul>\n");
    page_parts_close(html);
}

/* --- how sure ----------------------------------------------------------------------------------------------------------------------- */

static void add_row(const struct against *a, const char *what, const char *how, double low, double high)
{
    text_format(a->html, "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"number\">%s to %s</td></tr>\n", what, how, signed_k(a, low).s, signed_k(a, high).s);
}

static void add_ignorance(const struct against *a)
{
    const struct orgsim_ignorance *g = a->plan->ignorance;
    const struct studies *s = a->plan->studies;
    double low = INFINITY, high = -INFINITY;
    if (ignorance_told(g)) {
        const struct orgsim_ignorance_pair *p = &g->pair[a->f->baseline];
        add_row(a, "Ignorance", "mean change over draws of everything that nobody knows at once, P10 to P90; only measuring shrinks it", p->npv_k.p10, p->npv_k.p90);
    }
    for (size_t r = 0; s && r < s->n; r++) {
        if (assumption_find(s->row[r].name) < 0) continue;
        low = fmin(low, fmin(s->row[r].found.at_low.mean, s->row[r].found.at_high.mean));
        high = fmax(high, fmax(s->row[r].found.at_low.mean, s->row[r].found.at_high.mean));
    }
    if (low <= high) add_row(a, "Ignorance, one at a time", "mean change as any one assumption goes over its range; only measuring shrinks it", low, high);
    else if (a->plan->attribution && a->plan->attribution->worlds && !ignorance_told(g)) {
        const struct orgsim_break_even *b = &a->plan->attribution->h_seat;
        add_row(a, "Ignorance, of one assumption", "mean change as <code>h_seat</code> alone goes over its range; the others are not in it",
                fmin(b->at_low.mean, b->at_high.mean), fmax(b->at_low.mean, b->at_high.mean));
    }
}

void page_against_sure(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    const struct against a = {html, plan, f, page_parts_flags(plan)};
    const double *q = f->results->npv_difference_quantiles ? f->results->npv_difference_quantiles + f->headline * 101 : NULL;
    page_parts_open(html, f, PAGE_SECTION_sure);
    page_parts_table(html, "words", "Change of net value: three uncertainties, never mixed", "What|What it is|#Range");
    if (finding_has_interval(f))
        add_row(&a, "Simulation error", "95% interval of the mean; more worlds shrink it", f->npv_low, f->npv_high);
    if (q) add_row(&a, "Luck", "change in a single program, P10 to P90, same luck in both; nothing shrinks it", q[10], q[90]);
    add_ignorance(&a);
    page_parts_table_close(html);
    if (!ignorance_told(plan->ignorance)) {
        struct text path = {0};
        conditions_scenario(&path, f->scenario);
        text_format(html, "<p class=\"note\">What would happen if many assumptions were wrong at once was not asked%s; this asks it: <code>orgsim run ",
                    f->interrupted ? ", or not answered before the interruption" : "");
        text_html(html, path.s ? path.s : "");
        text_add(html, " --ignorance 200</code></p>\n");
        html->failed |= path.failed;
        text_free(&path);
    }
    page_parts_close(html);
}
