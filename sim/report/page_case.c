/* page_case.c: the business case in report.html: the decision asked for, the money in three ledgers, decision debt */
#include "report/page_parts.h"

#include <math.h>

#include "report/ledger.h"

/* --- the decision ------------------------------------------------------------------------------------------------------------------- */

static void add_label(struct text *html, const struct finding *f, size_t row)
{
    text_add(html, "\xe2\x80\x9c");
    text_html(html, finding_label(f, row));
    text_add(html, "\xe2\x80\x9d");
}

static void add_price(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    int flags = page_parts_flags(plan);
    if (!f->hire) {
        text_add(html, " It adds no delivery seat.");
        return;
    }
    double planned = f->results->seat_cost_per_week_k[f->headline] - f->results->seat_cost_per_week_k[f->baseline];
    if (f->n_seats == 1) text_add(html, " It adds one delivery seat, at ");
    else text_format(html, " It adds %zu delivery seats, at ", f->n_seats);
    text_html(html, f->scenario->settings.currency);
    text_format(html, " %s a week, %s a year, benefits included%s.", shown_k(planned, 1, flags).s, shown_k(52 * shown_round(planned, 1), 0, flags).s,
                f->n_seats == 1 ? "" : ", for all of them");
}

void page_case_decision(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    if (finding_is_alone(f)) return;
    text_add(html, "<p class=\"decision\"><strong>The decision asked for:</strong> shall ");
    add_label(html, f, f->headline);
    text_add(html, " take the place of ");
    add_label(html, f, f->baseline);
    text_add(html, " in this program?");
    add_price(html, plan, f);
    text_add(html, "</p>\n");
}

/* --- three ledgers ------------------------------------------------------------------------------------------------------------------ */

static void add_line(struct text *html, const char *book, const char *what, double k, bool sum)
{
    text_format(html, "<tr%s><th scope=\"row\">%s</th><td>%s</td><td class=\"number\">%s</td></tr>\n", sum ? " class=\"sum\"" : "", book, what,
                shown_number(k, 0, PAGE_PARTS_SIGNED).s);
}

static void add_ledger(struct text *html, const struct ledger *l)
{
    page_parts_table(html, "words ledger", "Change of mean net value, thousands", "Ledger|What|#Change");
    for (int book = 0; book < LEDGER_BOOKS; book++) {
        for (int line = 0; line < LEDGER_COUNT; line++) {
            if (ledger_book_of((enum ledger_line)line) != (enum ledger_book)book) continue;
            add_line(html, ledger_book_words((enum ledger_book)book), ledger_line_words((enum ledger_line)line), l->line[line], false);
        }
        add_line(html, ledger_book_words((enum ledger_book)book), "together", l->book[book], true);
    }
    add_line(html, "Net value", "all three ledgers", l->total, true);
    add_line(html, "Net value", "with the cost of delay at zero: time is worth nothing", l->no_delay, false);
    add_line(html, "Net value", "with a haircut: cost of delay and benefit cut by 50%, burn in full", l->haircut, false);
    page_parts_table_close(html);
}

static const char *then(double k) { return k > 0 ? "above zero" : k < 0 ? "below zero" : "at zero"; }

/* The company's own rate, wherever the scenario says it. */
static double rate_of(const struct finding *f)
{
    double own = f->scenario->money.discount_rate;
    return isnan(own) ? f->scenario->assumptions.disc : own;
}

void page_case_money(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    struct ledger l;
    ledger_of(&l, f, plan->audience == REPORT_DIRECTOR);
    page_parts_open(html, f, PAGE_SECTION_money);
    text_format(html,
                "<p>With the cost of delay at zero the change is <strong>%s</strong>, %s; with cost of delay and benefit cut by half it is "
                "<strong>%s</strong>, %s.</p>\n",
                shown_k(l.no_delay, 0, PAGE_PARTS_SIGNED).s, then(l.no_delay), shown_k(l.haircut, 0, PAGE_PARTS_SIGNED).s, then(l.haircut));
    add_ledger(html, &l);
    text_format(html,
                "<p class=\"note\">Thousands of ");
    text_html(html, f->scenario->settings.currency);
    text_format(html,
                ", means over pairs of worlds, discounted at %s%% a year; above zero is good. Which programs finish under one organisation only "
                "depends on the two having the same luck. Soft benefits (morale, hours freed, people who stay) are not counted: what they do "
                "to time and money is in the lines already, and counting them again would count them twice.</p>\n",
                shown_number(100 * rate_of(f), 1, SHOWN_TWO).s);
    page_parts_close(html);
}

/* --- decision debt ------------------------------------------------------------------------------------------------------------------ */

static void add_debt(struct text *html, const struct finding *f, size_t row, int flags)
{
    double weeks = finding_summary(f, row, ORGSIM_METRIC_decision_debt_weeks)->mean,
           interest = finding_summary(f, row, ORGSIM_METRIC_decision_debt_interest_k)->mean;
    page_parts_row(html, f, row);
    page_parts_cell(html, shown_number(weeks, 0, flags).s);
    page_parts_cell(html, weeks > 0 ? shown_number(interest / weeks, 2, flags).s : "n/a");
    page_parts_cell(html, shown_number(interest, 0, flags).s);
    text_add(html, "</tr>\n");
}

void page_case_debt(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    const struct orgsim_comparison *interest = finding_comparison(f, f->headline, ORGSIM_METRIC_decision_debt_interest_k);
    bool clear = interest->ci_low > 0 || interest->ci_high < 0;
    int flags = page_parts_flags(plan);
    page_parts_open(html, f, PAGE_SECTION_debt);
    text_add(html, "<p>A question that stays open charges interest: work goes on without the answer and is done again. ");
    add_label(html, f, f->headline);
    if (clear)
        text_format(html, " %s the interest of a program by %s (95%% interval of the change %s to %s).</p>\n",
                    interest->mean_difference < 0 ? "lowers" : "raises", shown_k(fabs(interest->mean_difference), 0, flags).s,
                    shown_k(interest->ci_low, 0, flags | SHOWN_SIGN).s, shown_k(interest->ci_high, 0, flags | SHOWN_SIGN).s);
    else text_add(html, " makes no clear difference to the interest of a program.</p>\n");
    page_parts_table(html, "", "Decision debt of a program, mean: weeks open \xc3\x97 interest a week",
                     "Organisation|#Question-weeks open|#Interest a week, k|#Score, k");
    add_debt(html, f, f->baseline, flags);
    add_debt(html, f, f->headline, flags);
    page_parts_table_close(html);
    text_add(html, "<p class=\"note\">The score is rework caused by open, wrong and defaulted questions, at the pay of an engineer. The model counts "
                   "nothing else that waiting costs; time that it costs the program is in the ledgers above.</p>\n");
    page_parts_close(html);
}
