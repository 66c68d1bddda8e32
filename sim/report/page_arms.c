/* page_arms.c: the organisations of a run in report.html: all of them, and what they change */
#include "report/page_parts.h"

#include <math.h>

#define TYPE PAGE_PARTS_TYPE
#define SIGNED PAGE_PARTS_SIGNED

/* Difference of the displayed means, so that a column adds up. */
static double npv_change(const struct finding *f, size_t row)
{
    return shown_round(shown_round(finding_summary(f, row, ORGSIM_METRIC_npv_k)->mean, 0) -
                           shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->mean, 0),
                       0);
}

static void add_npv_change(struct text *html, const struct finding *f, size_t row)
{
    const struct orgsim_comparison *npv = finding_comparison(f, row, ORGSIM_METRIC_npv_k);
    page_parts_interval(html, npv_change(f, row), npv->ci_low, npv->ci_high, 0, TYPE);
}

static void add_arm(struct text *html, const struct finding *f, size_t row)
{
    const struct orgsim_summary *finish = finding_summary(f, row, ORGSIM_METRIC_finish_week),
                                *npv = finding_summary(f, row, ORGSIM_METRIC_npv_k);
    page_parts_row(html, f, row);
    double on_time = finding_summary(f, row, ORGSIM_METRIC_on_time)->mean, cost = finding_summary(f, row, ORGSIM_METRIC_cost_k)->mean,
           loss = f->results->npv_loss_probability[row];
    page_parts_sure(html, shown_number(finish->quantile[FINDING_P50], 1, TYPE), interval_number(interval_quantile(f, row, ORGSIM_METRIC_finish_week, FINDING_P50), 1, TYPE));
    page_parts_sure(html, shown_number(finish->quantile[FINDING_P80], 1, TYPE), interval_number(interval_quantile(f, row, ORGSIM_METRIC_finish_week, FINDING_P80), 1, TYPE));
    page_parts_sure(html, shown_share(on_time, TYPE), interval_percent(interval_share(f, on_time), TYPE));
    page_parts_sure(html, shown_number(cost, 0, TYPE), interval_number(interval_mean(f, row, ORGSIM_METRIC_cost_k), 0, TYPE));
    page_parts_sure(html, shown_number(npv->mean, 0, TYPE), interval_number(interval_mean(f, row, ORGSIM_METRIC_npv_k), 0, TYPE));
    page_parts_sure(html, shown_number(npv->quantile[FINDING_P20], 0, TYPE), interval_number(interval_quantile(f, row, ORGSIM_METRIC_npv_k, FINDING_P20), 0, TYPE));
    page_parts_sure(html, shown_share(loss, TYPE), interval_percent(interval_share(f, loss), TYPE));
    if (row == f->baseline) page_parts_cell(html, "baseline");
    else add_npv_change(html, f, row);
    text_add(html, "</tr>\n");
}

/* The week that four programs in five keep, as the displayed weeks differ. */
static void add_move(struct text *html, const struct finding *f, size_t row)
{
    double here = finding_summary(f, row, ORGSIM_METRIC_finish_week)->quantile[FINDING_P80],
           there = finding_summary(f, f->baseline, ORGSIM_METRIC_finish_week)->quantile[FINDING_P80];
    const struct interval_move move = interval_move(f, row);
    if (!isfinite(here) || !isfinite(there)) page_parts_cell(html, "n/a");
    else page_parts_sure(html, shown_number(shown_round(here, 1) - shown_round(there, 1), 1, SIGNED), move.known ? interval_number(move.weeks, 1, SIGNED) : (struct interval_words){""});
}

static void add_pair(struct text *html, const struct finding *f, size_t row)
{
    const struct orgsim_comparison *finish = finding_comparison(f, row, ORGSIM_METRIC_finish_week);
    const struct orgsim_comparison *on_time = finding_comparison(f, row, ORGSIM_METRIC_on_time),
                                   *cost = finding_comparison(f, row, ORGSIM_METRIC_cost_k);
    double half = SUMMARY_Z95 * finish->both_complete_se, weeks = finish->both_complete_difference;
    page_parts_row(html, f, row);
    add_move(html, f, row);
    if (isfinite(weeks)) page_parts_interval(html, weeks, weeks - half, weeks + half, 1, TYPE);
    else page_parts_cell(html, "n/a");
    page_parts_sure(html, shown_share(finish->rescued_share, TYPE), interval_percent(interval_share(f, finish->rescued_share), TYPE));
    page_parts_sure(html, shown_share(finish->lost_share, TYPE), interval_percent(interval_share(f, finish->lost_share), TYPE));
    page_parts_interval(html, 100 * on_time->mean_difference, 100 * on_time->ci_low, 100 * on_time->ci_high, 1, TYPE);
    page_parts_interval(html, cost->mean_difference, cost->ci_low, cost->ci_high, 0, TYPE);
    text_add(html, "</tr>\n");
}

static void add_changes(struct text *html, const struct finding *f)
{
    text_add(html, "<p class=\"note\"><em>Rescued</em> programs finish only under that organisation, <em>lost</em> ones only under the "
                   "baseline; these two shares depend on the two having the same luck.</p>\n");
    page_parts_table(html, "", "What each changes against the baseline",
                     "Organisation|#Finish P80, weeks|#Finish where both complete, weeks|#Rescued|#Lost|#On time, points|#Cost, k");
    for (size_t row = 0; row < f->results->n_arms; row++) {
        if (row != f->baseline) add_pair(html, f, row);
    }
    page_parts_table_close(html);
}

void page_arms_write(struct text *html, const struct finding *f)
{
    page_parts_open(html, f, PAGE_SECTION_organisations);
    text_add(html, "<p class=\"note\">Finish in weeks, money in thousands of ");
    text_html(html, f->scenario->settings.currency);
    text_format(html,
                ". Half of the programs are finished by the week P50, four in five by P80. The committed date is week %s. <em>Never</em>: "
                "cancelled, or still running at week %s. Changes are means over pairs of worlds against the baseline. Small: 95%% "
                "intervals, of the simulation\xe2\x80\x99s luck alone.</p>\n",
                shown_week(f->results->deadline_week).s, shown_week(f->results->horizon_weeks).s);
    page_parts_table(html, "", "Every organisation by itself",
                     "Organisation|#Finish P50|#Finish P80|#On time|#Mean cost|#Mean net value|#P20 of net value|#Loses money|#Change of net value");
    for (size_t row = 0; row < f->results->n_arms; row++) add_arm(html, f, row);
    page_parts_table_close(html);
    if (f->results->n_arms > 1) add_changes(html, f);
    page_parts_close(html);
}
