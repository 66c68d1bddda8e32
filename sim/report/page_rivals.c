/* page_rivals.c: what else the money, or nobody's money, could do, in report.html */
#include "report/page_parts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/conditions.h"

/* X(arm, what a reader calls it): the rivals that a business case has to name. The baseline stands for nothing. */
#define RIVALS(X)                                                                                                                            \
    X(em_takes, "an engineering manager takes it")                                                                                           \
    X(pm_takes, "the product manager takes it")                                                                                              \
    X(coordinator, "a coordinator")                                                                                                          \
    X(half_tpm, "half a TPM")                                                                                                                \
    X(engineer, "one more engineer, for the same money")                                                                                     \
    X(decouple, "fewer interfaces between teams, for the same money")

static const struct {
    const char *arm, *words;
} rivals[] = {
#define X(arm, words) {#arm, words},
    RIVALS(X)
#undef X
};
#define RIVAL_COUNT (sizeof rivals / sizeof *rivals)

static bool is_standard(const char *id)
{
    for (size_t i = 0; i < RIVAL_COUNT; i++)
        if (strcmp(rivals[i].arm, id) == 0) return true;
    return false;
}

/* Difference of the displayed means, so that the column adds up. */
static double change(const struct finding *f, size_t row)
{
    return shown_round(shown_round(finding_summary(f, row, ORGSIM_METRIC_npv_k)->mean, 0) -
                           shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->mean, 0),
                       0);
}

static void add_numbers(struct text *html, const struct finding *f, size_t row, int flags)
{
    const struct orgsim_comparison *npv = finding_comparison(f, row, ORGSIM_METRIC_npv_k);
    if (row == f->baseline) page_parts_cell(html, "0");
    else page_parts_interval(html, change(f, row), npv->ci_low, npv->ci_high, 0, flags);
    double p80 = finding_summary(f, row, ORGSIM_METRIC_finish_week)->quantile[FINDING_P80], loss = f->results->npv_loss_probability[row],
           p20 = finding_summary(f, row, ORGSIM_METRIC_npv_k)->quantile[FINDING_P20];
    page_parts_sure(html, shown_number(p80, 1, PAGE_PARTS_TYPE), interval_number(interval_quantile(f, row, ORGSIM_METRIC_finish_week, FINDING_P80), 1, PAGE_PARTS_TYPE));
    page_parts_sure(html, shown_share(loss, flags), interval_percent(interval_share(f, loss), flags));
    page_parts_sure(html, shown_number(p20, 0, flags), interval_number(interval_quantile(f, row, ORGSIM_METRIC_npv_k, FINDING_P20), 0, flags));
    text_add(html, "</tr>\n");
}

static void add_lived(struct text *html, const struct finding *f, size_t row, const char *what, int flags)
{
    page_parts_row(html, f, row);
    page_parts_cell(html, what);
    add_numbers(html, f, row, flags);
}

static void add_table(struct text *html, const struct finding *f, int flags)
{
    page_parts_table(html, "rivals", "Rivals on the same worlds, money in thousands; small: 95% intervals",
                     "Organisation|What it is|#Change of net value|#Finish P80|#Loses money|#P20 of net value");
    add_lived(html, f, f->headline, "what is asked for", flags);
    add_lived(html, f, f->baseline, "nothing", flags);
    for (size_t i = 0; i < RIVAL_COUNT; i++) {
        size_t row = page_parts_arm(f, rivals[i].arm);
        if (row != FINDING_NONE && row != f->headline && row != f->baseline) add_lived(html, f, row, rivals[i].words, flags);
    }
    for (size_t row = 0; row < f->results->n_arms; row++)
        if (finding_is_alternative(f, row) && !is_standard(finding_id(f, row))) add_lived(html, f, row, "another organisation", flags);
    page_parts_table_close(html);
}

/* The rivals that this run did not live, and the line that would. */
static void add_missing(struct text *html, const struct finding *f)
{
    struct text command = {0};
    size_t n = 0;
    for (size_t i = 0; i < RIVAL_COUNT; i++) {
        if (page_parts_arm(f, rivals[i].arm) != FINDING_NONE) continue;
        text_add(html, n++ == 0 ? "<p class=\"note\">Not lived in this run: " : "; ");
        text_add(html, rivals[i].words);
    }
    if (n == 0) return;
    text_add(&command, "orgsim run ");
    conditions_scenario(&command, f->scenario);
    text_add(html, ". Where the scenario has them, this lives them too: <code>");
    text_html(html, command.s ? command.s : "");
    text_format(html, " -n %" PRIu64 " --arms all</code></p>\n", f->results->worlds);
    html->failed |= command.failed;
    text_free(&command);
}

static void add_best(struct text *html, const struct finding *f, int flags)
{
    size_t best = finding_alternative(f);
    if (best == FINDING_NONE) {
        text_add(html, "<p>This run lived no rival but doing nothing.</p>\n");
        return;
    }
    text_add(html, "<p>The best of all others that were lived is <strong>");
    text_html(html, finding_label(f, best));
    text_format(html, "</strong>: %s against the baseline, where <strong>", shown_k(change(f, best), 0, flags | SHOWN_SIGN).s);
    text_html(html, finding_label(f, f->headline));
    text_format(html, "</strong> brings %s.%s</p>\n", shown_k(f->npv_difference, 0, flags | SHOWN_SIGN).s,
                change(f, best) < 0 && f->npv_difference < 0 ? " Doing nothing is better than either." : "");
}

void page_rivals_write(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    int flags = page_parts_flags(plan);
    page_parts_open(html, f, PAGE_SECTION_rivals);
    add_best(html, f, flags);
    add_table(html, f, flags);
    add_missing(html, f);
    page_parts_close(html);
}
