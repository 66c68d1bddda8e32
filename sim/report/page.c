/* page.c: report.html, one file that needs nothing else */
#include "report/page.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/page_style.h"

#define TYPE SHOWN_TYPOGRAPHIC
#define SIGNED (SHOWN_TYPOGRAPHIC | SHOWN_SIGN)

static const char *const not_modelled[] = {
    "translation between executives and engineers",
    "pay as a lever: a higher salary costs more and attracts nobody better",
    "politics",
    "morale beyond attrition",
    "learning across programs",
};

static void add_words(struct text *html, void (*words)(struct text *, const struct finding *, int), const struct finding *f)
{
    struct text plain = {0};
    words(&plain, f, TYPE);
    text_html(html, plain.s ? plain.s : "");
    html->failed |= plain.failed;
    text_free(&plain);
}

static void add_head(struct text *html, const struct finding *f)
{
    text_add(html, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    text_html(html, f->scenario->settings.name);
    text_add(html, "</title>\n<style>\n");
    text_add(html, page_style);
    text_add(html, "</style>\n</head>\n<body>\n<main>\n");
}

/* The verdict's words in bold, the rest plain. */
static void add_sentence(struct text *html, const struct finding *f)
{
    static const char *const classes[] = {
        [VERDICT_PAYS] = "pays", [VERDICT_COSTS] = "costs", [VERDICT_UNDECIDED] = "undecided", [VERDICT_NO_RIVAL] = "undecided"};
    const char *verdict = finding_verdict_words(f);
    struct text plain = {0};
    finding_sentence(&plain, f, TYPE);
    text_format(html, "<p class=\"finding %s\"><b>%s</b>", classes[f->verdict], verdict);
    if (plain.s && plain.n > strlen(verdict)) text_html(html, plain.s + strlen(verdict));
    text_add(html, "</p>\n");
    html->failed |= plain.failed;
    text_free(&plain);
}

static void add_first_screen(struct text *html, const struct finding *f)
{
    text_add(html, "<h1>");
    text_html(html, f->scenario->settings.name);
    text_format(html, " \xc2\xb7 %s simulated worlds%s</h1>\n", shown_number((double)f->results->worlds, 0, TYPE).s,
                f->interrupted ? " \xc2\xb7 interrupted: only the finished blocks are counted" : "");
    add_sentence(html, f);
    if (f->verdict == VERDICT_NO_RIVAL) return;
    text_add(html, "<p class=\"downside\">");
    add_words(html, finding_downside, f);
    text_add(html, "</p>\n<div class=\"true\">\n<p><strong>What would have to be true: ");
    add_words(html, finding_break_even, f);
    text_add(
        html,
        "</strong></p>\n<p>No study measures causally what a person titled TPM adds. These are consequences of stated assumptions, listed "
        "below with "
        "their sources, not a measurement of your organisation. The intervals cover the luck of the simulation, not our ignorance about the "
        "assumptions.</p>\n</div>\n");
}

static void add_cell(struct text *html, const char *s) { text_format(html, "<td>%s</td>", s); }

static void add_label_cell(struct text *html, const struct finding *f, size_t row)
{
    const char *note = f->results->arm_note ? f->results->arm_note[row] : NULL;
    text_format(html, "<tr class=\"%s\"><td>", row == f->headline ? "headline" : row == f->baseline ? "baseline" : "");
    text_html(html, finding_label(f, row));
    if (note && *note) {
        text_add(html, " <small>");
        text_html(html, note);
        text_add(html, "</small>");
    }
    text_add(html, "</td>");
}

static void add_arm(struct text *html, const struct finding *f, size_t row)
{
    const struct orgsim_summary *finish = finding_summary(f, row, ORGSIM_METRIC_finish_week),
                                *npv = finding_summary(f, row, ORGSIM_METRIC_npv_k);
    const struct orgsim_comparison *difference = finding_comparison(f, row, ORGSIM_METRIC_npv_k);
    double mean = shown_round(npv->mean, 0), baseline = shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->mean, 0);
    add_label_cell(html, f, row);
    add_cell(html, shown_number(finish->quantile[FINDING_P50], 1, TYPE).s);
    add_cell(html, shown_number(finish->quantile[FINDING_P80], 1, TYPE).s);
    add_cell(html, shown_share(finding_summary(f, row, ORGSIM_METRIC_on_time)->mean, TYPE).s);
    add_cell(html, shown_number(finding_summary(f, row, ORGSIM_METRIC_cost_k)->mean, 0, TYPE).s);
    add_cell(html, shown_number(mean, 0, TYPE).s);
    add_cell(html, shown_number(npv->quantile[FINDING_P20], 0, TYPE).s);
    add_cell(html, shown_share(f->results->npv_loss_probability[row], TYPE).s);
    if (row == f->baseline) {
        add_cell(html, "baseline");
    } else {
        text_format(html, "<td>%s <small>%s to %s</small></td>", shown_number(shown_round(mean - baseline, 0), 0, SIGNED).s,
                    shown_number(difference->ci_low, 0, SIGNED).s, shown_number(difference->ci_high, 0, SIGNED).s);
    }
    text_add(html, "</tr>\n");
}

static void add_arms(struct text *html, const struct finding *f)
{
    text_add(html,
             "<h2>The organisations, each living through the same worlds</h2>\n<p class=\"note\">Finish in weeks, money in thousands of ");
    text_html(html, f->scenario->settings.currency);
    text_format(html,
                ". The committed date is week %s. <em>Never</em>: cancelled, or still running at week %s. The change of net value is the mean "
                "over pairs of "
                "worlds, with its 95%% interval.</p>\n",
                shown_week(f->results->deadline_week).s, shown_week(f->results->horizon_weeks).s);
    text_add(html,
             "<div class=\"wide\"><table>\n<thead><tr><th>Organisation</th><th>Finish P50</th><th>P80</th><th>On time</th><th>Mean cost</th>"
             "<th>Mean net value</th><th>P20</th><th>Loses money</th><th>Change of net value</th></tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < f->results->n_arms; row++) add_arm(html, f, row);
    text_add(html, "</tbody></table></div>\n");
    if (f->rival == FINDING_NONE) return;
    text_add(html, "<p>The best of the rivals that spend the money otherwise, or nothing, is <strong>");
    text_html(html, finding_label(f, f->rival));
    const struct orgsim_comparison *rival = finding_comparison(f, f->rival, ORGSIM_METRIC_npv_k);
    double change = shown_round(shown_round(finding_summary(f, f->rival, ORGSIM_METRIC_npv_k)->mean, 0) -
                                    shown_round(finding_summary(f, f->baseline, ORGSIM_METRIC_npv_k)->mean, 0),
                                0);
    text_format(html, "</strong>: %s against the baseline (95%% interval %s to %s), where the headline organisation brings %s.</p>\n",
                shown_k(change, 0, SIGNED).s, shown_k(rival->ci_low, 0, SIGNED).s, shown_k(rival->ci_high, 0, SIGNED).s,
                shown_k(f->npv_difference, 0, SIGNED).s);
}

static void add_figures(struct text *html, const struct figures *figures)
{
    for (int id = 0; id < FIGURE_COUNT; id++) {
        text_format(html, "<h2>%s</h2>\n", figure_question((enum figure_id)id));
        if (figures->svg[id].s) {
            text_add(html, "<figure>\n");
            text_add(html, figures->svg[id].s);
            text_add(html, "</figure>\n");
        } else {
            text_add(html, "<p>");
            text_html(html, figures->figure[id].title.s ? figures->figure[id].title.s : "");
            text_format(html,
                        ". <small>The figure was not drawn; <code>gnuplot -d %s.gp</code> in <code>figures/</code> draws it.</small></p>\n",
                        figure_name((enum figure_id)id));
        }
    }
}

static void add_pair(struct text *html, const struct finding *f, size_t row)
{
    const struct orgsim_comparison *finish = finding_comparison(f, row, ORGSIM_METRIC_finish_week);
    const struct orgsim_comparison *on_time = finding_comparison(f, row, ORGSIM_METRIC_on_time),
                                   *cost = finding_comparison(f, row, ORGSIM_METRIC_cost_k);
    double half = FINDING_Z95 * finish->both_complete_se;
    add_label_cell(html, f, row);
    if (isfinite(finish->both_complete_difference)) {
        text_format(html, "<td>%s <small>%s to %s</small></td>", shown_number(finish->both_complete_difference, 1, SIGNED).s,
                    shown_number(finish->both_complete_difference - half, 1, SIGNED).s,
                    shown_number(finish->both_complete_difference + half, 1, SIGNED).s);
    } else {
        add_cell(html, "n/a");
    }
    text_format(html, "<td>%s</td><td>%s</td>", shown_share(finish->rescued_share, TYPE).s, shown_share(finish->lost_share, TYPE).s);
    text_format(html, "<td>%s <small>%s to %s</small></td>", shown_number(100 * on_time->mean_difference, 1, SIGNED).s,
                shown_number(100 * on_time->ci_low, 1, SIGNED).s, shown_number(100 * on_time->ci_high, 1, SIGNED).s);
    text_format(html, "<td>%s <small>%s to %s</small></td></tr>\n", shown_number(cost->mean_difference, 0, SIGNED).s,
                shown_number(cost->ci_low, 0, SIGNED).s, shown_number(cost->ci_high, 0, SIGNED).s);
}

static void add_pairs(struct text *html, const struct finding *f)
{
    text_add(
        html,
        "<h2>What changes against the baseline</h2>\n<p class=\"note\">Means over pairs of worlds with 95% intervals. <em>Rescued</em> "
        "programs finish "
        "only under that organisation, <em>lost</em> ones only under the baseline; these two shares depend on the two having the same "
        "luck.</p>\n"
        "<div class=\"wide\"><table>\n<thead><tr><th>Organisation</th><th>Finish where both complete, weeks</th><th>Rescued</th><th>Lost</th>"
        "<th>On time, points</th><th>Cost, k</th></tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < f->results->n_arms; row++) {
        if (row != f->baseline) add_pair(html, f, row);
    }
    text_add(html, "</tbody></table></div>\n");
}

static bool changed(const struct finding *f, int i)
{
    return assumptions_get(&f->scenario->assumptions, i) != assumption_table[i].default_value;
}

static void add_number(struct text *html, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_html(html, text_of_double(digits, x));
}

static void add_assumption(struct text *html, const struct finding *f, int i)
{
    const struct assumption_info *info = &assumption_table[i];
    text_format(html, "<tr%s><td><code>%s</code></td><td>", changed(f, i) ? " class=\"changed\"" : "", info->name);
    text_html(html, info->meaning);
    text_add(html, "</td><td class=\"number\">");
    add_number(html, assumptions_get(&f->scenario->assumptions, i));
    if (strcmp(info->unit, "1") != 0) {
        text_add(html, " ");
        text_html(html, info->unit);
    }
    text_add(html, "</td><td class=\"number\">");
    add_number(html, info->low);
    text_add(html, " to ");
    add_number(html, info->high);
    text_format(html, "</td><td>%s</td><td>", info->grade);
    if (changed(f, i)) {
        text_add(html, "<strong>changed from ");
        add_number(html, info->default_value);
        text_add(html, "</strong> (");
        text_html(html, f->scenario->assumption_source[i] ? f->scenario->assumption_source[i] : "the scenario");
        text_add(html, "); ");
    }
    text_html(html, info->source);
    text_add(html, "</td></tr>\n");
}

static void add_assumptions(struct text *html, const struct finding *f)
{
    int unmeasured = 0, n_changed = 0;
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        unmeasured += strcmp(assumption_table[i].grade, "assumption") == 0;
        n_changed += changed(f, i);
    }
    text_format(html,
                "<h2>Assumptions</h2>\n<p class=\"note\">%d of %d have not been measured by anybody (grade <em>assumption</em>); %d differ%s "
                "from the default "
                "and stand%s first. The range is our ignorance, not luck. Each can be changed: <code>--set NAME=VALUE</code>.</p>\n",
                unmeasured, ASSUMPTION_COUNT, n_changed, n_changed == 1 ? "s" : "", n_changed == 1 ? "s" : "");
    text_add(html, "<div class=\"wide\"><table class=\"words\">\n<thead><tr><th>Name</th><th>Meaning</th><th class=\"number\">Value</th>"
                   "<th class=\"number\">Range</th><th>Grade</th><th>Source</th></tr></thead>\n<tbody>\n");
    for (int pass = 1; pass >= 0; pass--) {
        for (int i = 0; i < ASSUMPTION_COUNT; i++) {
            if (changed(f, i) == (pass == 1)) add_assumption(html, f, i);
        }
    }
    text_add(html, "</tbody></table></div>\n<h2>What is not modelled</h2>\n<ul>\n");
    for (size_t i = 0; i < sizeof not_modelled / sizeof *not_modelled; i++) text_format(html, "<li>%s</li>\n", not_modelled[i]);
    text_add(html, "</ul>\n");
}

static void add_reproduce(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    struct text command = {0}, why = {0};
    finding_next(&command, &why, f, f->results->worlds);
    text_add(html, "<h2>Run it again</h2>\n<pre>");
    text_html(html, plan->command);
    text_format(html,
                "</pre>\n<p class=\"note\">orgsim %s, seed %" PRIu64 ", %s worlds, scenario %016" PRIx64
                ", quantiles %s. The same line gives the same "
                "numbers on any machine, with any number of threads.</p>\n<p>Next: <code>",
                ORGSIM_VERSION, plan->options->seed, shown_number((double)f->results->worlds, 0, TYPE).s, f->scenario->digest,
                f->results->quantiles_exact ? "exact" : "from a histogram (within 0.4%)");
    text_html(html, command.s ? command.s : "");
    text_add(html, "</code> <small>(");
    text_html(html, why.s ? why.s : "");
    text_add(html, ")</small></p>\n</main>\n</body>\n</html>\n");
    html->failed |= command.failed | why.failed;
    text_free(&command);
    text_free(&why);
}

void page_write(struct text *html, const struct report_plan *plan, const struct finding *f, const struct figures *figures)
{
    add_head(html, f);
    add_first_screen(html, f);
    add_arms(html, f);
    add_figures(html, figures);
    add_pairs(html, f);
    add_assumptions(html, f);
    add_reproduce(html, plan, f);
}
