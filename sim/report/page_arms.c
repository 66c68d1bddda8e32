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
    page_parts_cell(html, shown_number(finish->quantile[FINDING_P50], 1, TYPE).s);
    page_parts_cell(html, shown_number(finish->quantile[FINDING_P80], 1, TYPE).s);
    page_parts_cell(html, shown_share(finding_summary(f, row, ORGSIM_METRIC_on_time)->mean, TYPE).s);
    page_parts_cell(html, shown_number(finding_summary(f, row, ORGSIM_METRIC_cost_k)->mean, 0, TYPE).s);
    page_parts_cell(html, shown_number(npv->mean, 0, TYPE).s);
    page_parts_cell(html, shown_number(npv->quantile[FINDING_P20], 0, TYPE).s);
    page_parts_cell(html, shown_share(f->results->npv_loss_probability[row], TYPE).s);
    if (row == f->baseline) page_parts_cell(html, "baseline");
    else add_npv_change(html, f, row);
    text_add(html, "</tr>\n");
}

static void add_pair(struct text *html, const struct finding *f, size_t row)
{
    const struct orgsim_comparison *finish = finding_comparison(f, row, ORGSIM_METRIC_finish_week);
    const struct orgsim_comparison *on_time = finding_comparison(f, row, ORGSIM_METRIC_on_time),
                                   *cost = finding_comparison(f, row, ORGSIM_METRIC_cost_k);
    double half = SUMMARY_Z95 * finish->both_complete_se, weeks = finish->both_complete_difference;
    page_parts_row(html, f, row);
    if (isfinite(weeks)) page_parts_interval(html, weeks, weeks - half, weeks + half, 1, TYPE);
    else page_parts_cell(html, "n/a");
    page_parts_cell(html, shown_share(finish->rescued_share, TYPE).s);
    page_parts_cell(html, shown_share(finish->lost_share, TYPE).s);
    page_parts_interval(html, 100 * on_time->mean_difference, 100 * on_time->ci_low, 100 * on_time->ci_high, 1, TYPE);
    page_parts_interval(html, cost->mean_difference, cost->ci_low, cost->ci_high, 0, TYPE);
    text_add(html, "</tr>\n");
}

static void add_changes(struct text *html, const struct finding *f)
{
    text_add(html, "<p class=\"note\"><em>Rescued</em> programs finish only under that organisation, <em>lost</em> ones only under the "
                   "baseline; these two shares depend on the two having the same luck.</p>\n");
    page_parts_table(html, "", "What each changes against the baseline",
                     "Organisation|#Finish where both complete, weeks|#Rescued|#Lost|#On time, points|#Cost, k");
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
                "cancelled, or still running at week %s. Changes are means over pairs of worlds against the baseline, with their 95%% "
                "intervals.</p>\n",
                shown_week(f->results->deadline_week).s, shown_week(f->results->horizon_weeks).s);
    page_parts_table(html, "", "Every organisation by itself",
                     "Organisation|#Finish P50|#Finish P80|#On time|#Mean cost|#Mean net value|#P20 of net value|#Loses money|#Change of net value");
    for (size_t row = 0; row < f->results->n_arms; row++) add_arm(html, f, row);
    page_parts_table_close(html);
    if (f->results->n_arms > 1) add_changes(html, f);
    page_parts_close(html);
}
