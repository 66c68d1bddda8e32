/* page_rests.c: the assumptions that the answer rests on in report.html: how far each alone moves it, with grade, source and owner */
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

#include "report/conditions.h"
#include "report/quantity.h"
#include "report/studies.h"

enum { ROWS_DIRECTOR = 8, ROWS_ENGINEER = 24, SOURCE_DIRECTOR = 80 };

/* Who in a company can say, or find out, what the number is there: from this row of the registry on. In the order of the registry. */
static const struct {
    int from;
    const char *owner;
} owners[] = {
    {ASSUMPTION_r0, "who hires for the seat"},
    {ASSUMPTION_h_dep, "engineering managers"},
    {ASSUMPTION_b_est, "head of planning"},
    {ASSUMPTION_q0, "head of quality"},
    {ASSUMPTION_det_base, "who keeps the risk register"},
    {ASSUMPTION_sig_max, "engineering managers"},
    {ASSUMPTION_cad1, "who chairs the forums"},
    {ASSUMPTION_chi0, "who decides: directors"},
    {ASSUMPTION_T0, "engineering managers"},
    {ASSUMPTION_lam, "head of people"},
    {ASSUMPTION_lam_s, "who hires for the seat"},
    {ASSUMPTION_p_bias, "sponsor of the program"},
    {ASSUMPTION_sp0, "head of product"},
    {ASSUMPTION_bcr, "finance"},
    {ASSUMPTION_cross_team_slowdown, "engineering managers"},
};

/* Numbers that say what a delivery seat is: shown while nobody has ranked all of them. */
static const int of_the_seat[] = {ASSUMPTION_h_seat, ASSUMPTION_J_tpm, ASSUMPTION_E_tpm, ASSUMPTION_a_tpm, ASSUMPTION_span_tpm, ASSUMPTION_T0, ASSUMPTION_tau_ramp};

static const char *owner_of(int assumption)
{
    size_t i = sizeof owners / sizeof *owners;
    while (i > 1 && owners[i - 1].from > assumption) i--;
    return owners[i - 1].owner;
}

static void add_value(struct text *html, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_html(html, text_of_double(digits, shown_two(x, 6) == x ? x : shown_round(x, 4)));
}

/* Name and meaning, until the next cell. */
static void add_name(struct text *html, int a)
{
    text_format(html, "<tr><th scope=\"row\"><code>%s</code> <small>", assumption_table[a].name);
    text_html(html, assumption_table[a].meaning);
    text_add(html, "</small></th>");
}

static void add_range(struct text *html, const struct finding *f, int a, double low, double high)
{
    text_add(html, "<td class=\"number\">");
    add_value(html, assumptions_get(&f->scenario->assumptions, a));
    if (strcmp(assumption_table[a].unit, "1") != 0) {
        text_add(html, " ");
        text_html(html, assumption_table[a].unit);
    }
    text_add(html, " <small>");
    add_value(html, low);
    text_add(html, " to ");
    add_value(html, high);
    text_add(html, "</small></td>");
}

/* All of it, or as much as a director reads. */
static void add_source(struct text *html, const struct report_plan *plan, const char *source)
{
    struct text cut = {0};
    if (plan->audience == REPORT_DIRECTOR) shown_cut(&cut, source, SOURCE_DIRECTOR);
    text_html(html, cut.s ? cut.s : source);
    html->failed |= cut.failed;
    text_free(&cut);
}

static void add_trust(struct text *html, const struct report_plan *plan, const struct finding *f, int a)
{
    const char *changed = f->scenario->assumption_source[a];
    text_format(html, "<td>%s</td><td>", assumption_table[a].grade);
    if (changed && *changed) {
        text_html(html, changed);
        text_add(html, "; ");
    }
    add_source(html, plan, assumption_table[a].source);
    text_format(html, "</td><td>%s</td></tr>\n", owner_of(a));
}

/* --- ranked: a tornado in a table --------------------------------------------------------------------------------------------------- */

struct scale {
    double low, high; /* of the axis, which holds zero and every row shown */
};

static double share_of(const struct scale *s, double k) { return s->high > s->low ? 100 * (k - s->low) / (s->high - s->low) : 0; }

static void add_bar(struct text *html, const struct scale *scale, const struct orgsim_break_even *b, bool turns)
{
    double left = share_of(scale, fmin(b->at_low.mean, b->at_high.mean)), right = share_of(scale, fmax(b->at_low.mean, b->at_high.mean));
    text_format(html, "<td class=\"swing\"><span class=\"track\"><span class=\"%s\" style=\"left:%.1f%%;width:%.1f%%\"></span>",
                turns ? "span turns" : "span", left, fmax(right - left, 0.5));
    text_format(html, "<span class=\"zero\" style=\"left:%.1f%%\"></span></span></td>", share_of(scale, 0));
}

static void add_ranked_row(struct text *html, const struct report_plan *plan, const struct finding *f, const struct scale *scale, const struct orgsim_break_even_row *row)
{
    int a = assumption_find(row->name);
    add_name(html, a);
    add_range(html, f, a, row->found.low, row->found.high);
    text_format(html, "<td class=\"number\">%s</td>", shown_number(row->found.at_low.mean, 0, page_parts_flags(plan) | SHOWN_SIGN).s);
    text_format(html, "<td class=\"number\">%s</td>", shown_number(row->found.at_high.mean, 0, page_parts_flags(plan) | SHOWN_SIGN).s);
    add_bar(html, scale, &row->found, studies_turns(row));
    add_trust(html, plan, f, a);
}

/* Rows of the registry, the widest first, at most so many. */
static size_t choose(const struct studies *s, size_t most, const struct orgsim_break_even_row **rows)
{
    size_t n = 0;
    for (size_t r = 0; r < s->n && n < most; r++)
        if (assumption_find(s->row[r].name) >= 0) rows[n++] = &s->row[r];
    return n;
}

static void add_ranked(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    const struct studies *s = plan->studies;
    const struct orgsim_break_even_row *rows[ROWS_ENGINEER];
    size_t n = choose(s, plan->audience == REPORT_DIRECTOR ? ROWS_DIRECTOR : ROWS_ENGINEER, rows), tried = 0, turning = 0;
    struct scale scale = {0, 0};
    for (size_t r = 0; r < n; r++) {
        scale.low = fmin(scale.low, fmin(rows[r]->found.at_low.mean, rows[r]->found.at_high.mean));
        scale.high = fmax(scale.high, fmax(rows[r]->found.at_low.mean, rows[r]->found.at_high.mean));
    }
    for (size_t r = 0; r < s->n; r++) {
        bool registry = assumption_find(s->row[r].name) >= 0;
        tried += registry;
        turning += registry && studies_turns(&s->row[r]);
    }
    text_format(html,
                "<p>Each of %zu assumptions was moved alone over its range of ignorance, all else as it is, on the same %s worlds. <strong>", tried,
                shown_number((double)s->worlds, 0, PAGE_PARTS_TYPE).s);
    if (turning) text_format(html, "%zu of them turn%s the sign of the answer.", turning, turning == 1 ? "s" : "");
    else text_add(html, "None of them turns the sign of the answer by itself.");
    text_add(html, "</strong> Several that are wrong together may.</p>\n");
    page_parts_table(html, "rests", "What moves the change of mean net value most, thousands",
                     "Assumption|#Assumed, and range|#At the low end|#At the high end|Low to high; the line is zero|Grade|Source|Owner");
    for (size_t r = 0; r < n; r++) add_ranked_row(html, plan, f, &scale, rows[r]);
    page_parts_table_close(html);
}

/* --- not ranked yet ----------------------------------------------------------------------------------------------------------------- */

static void add_plain_row(struct text *html, const struct report_plan *plan, const struct finding *f, int a)
{
    add_name(html, a);
    add_range(html, f, a, assumption_table[a].low, assumption_table[a].high);
    add_trust(html, plan, f, a);
}

static void add_plain(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    text_add(html, "<p>Nobody has yet asked which assumptions move this answer most. This does, and the page then shows it here: <code>orgsim breakeven ");
    struct text path = {0};
    conditions_scenario(&path, f->scenario);
    text_html(html, path.s ? path.s : "");
    text_format(html, " --json=RUN_DIR/%s</code>. Until then, those that say what a delivery seat is:</p>\n", STUDIES_BREAK_EVEN);
    html->failed |= path.failed;
    text_free(&path);
    page_parts_table(html, "rests", "Assumptions about delivery seats", "Assumption|#Assumed, and range|Grade|Source|Owner");
    for (size_t i = 0; i < sizeof of_the_seat / sizeof *of_the_seat; i++) add_plain_row(html, plan, f, of_the_seat[i]);
    page_parts_table_close(html);
}

void page_rests_write(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    page_parts_open(html, f, PAGE_SECTION_rests);
    if (plan->studies && plan->studies->n) add_ranked(html, plan, f);
    else add_plain(html, plan, f);
    text_add(html, "<p class=\"note\">The owner is who in a company could say what the number is there. Grade <em>assumption</em>: measured by "
                   "nobody.</p>\n");
    page_parts_close(html);
}
