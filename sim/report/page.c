/* page.c: report.html, one file that needs nothing else
 *
 * The order is that of a business case that somebody forwards: the decision asked for, the answer with its downside, four numbers and what would
 * have to be true; pictures; the money; what it rests on; rivals; what would change our mind; the case against; debt; how sure. Then, for
 * those who check it, organisations, parts, all pictures and assumptions. Last what is not modelled, how to reproduce it, and
 * what the simulator gets right and misses.
 */
#include "report/page.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/conditions.h"
#include "report/ignorance.h"
#include "report/page_parts.h"
#include "report/page_style.h"
#include "report/precision.h"

#define TYPE PAGE_PARTS_TYPE

static const char *const not_modelled[] = {
    "translation between executives and engineers",
    "pay as a lever: a higher salary costs more and attracts nobody better",
    "politics",
    "morale beyond attrition",
    "learning across programs",
};

static void add_words(struct text *html, void (*words)(struct text *, const struct finding *, int), const struct finding *f, int flags)
{
    struct text plain = {0};
    words(&plain, f, flags);
    text_html(html, plain.s ? plain.s : "");
    html->failed |= plain.failed;
    text_free(&plain);
}

static void add_head(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    text_add(html, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    text_html(html, f->scenario->settings.name);
    text_add(html, "</title>\n<style>\n");
    for (const char *const *part = page_style; *part; part++) text_add(html, *part);
    text_add(html, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#finding\">Skip to the finding</a>\n<header>\n<h1>");
    text_html(html, f->scenario->settings.name);
    text_format(html, "</h1>\n<p>%s simulated world%s \xc2\xb7 <strong>Modelled, not measured</strong>%s%s</p>\n</header>\n<main>\n",
                shown_number((double)f->results->worlds, 0, TYPE).s, f->results->worlds == 1 ? "" : "s",
                plan->audience == REPORT_DIRECTOR ? " \xc2\xb7 money to two significant figures" : "",
                f->interrupted ? " \xc2\xb7 interrupted: only the finished blocks are counted" : "");
}

/* The verdict's words in bold, the rest plain. */
static void add_sentence(struct text *html, const struct finding *f, int flags)
{
    static const char *const classes[] = {
        [VERDICT_PAYS] = "pays", [VERDICT_COSTS] = "costs", [VERDICT_UNDECIDED] = "undecided", [VERDICT_NO_RIVAL] = "undecided"};
    const char *verdict = finding_verdict_words(f);
    struct text plain = {0};
    finding_sentence(&plain, f, flags);
    text_format(html, "<h2 id=\"finding\" tabindex=\"-1\" class=\"finding %s\"><b>%s</b>", classes[f->verdict], verdict);
    if (plain.s && plain.n > strlen(verdict)) text_html(html, plain.s + strlen(verdict));
    text_add(html, "</h2>\n");
    html->failed |= plain.failed;
    text_free(&plain);
}

static void add_number(struct text *html, const char *what, const char *number, const char *beside)
{
    text_format(html, "<div><dt>%s</dt><dd><strong>%s</strong> <span>%s</span></dd></div>\n", what, number, beside);
}

static void add_date_number(struct text *html, const struct finding *f)
{
    struct text number = {0}, beside = {0};
    const struct interval_move move = interval_move(f, f->headline);
    if (!isfinite(f->p80_gap)) text_add(&number, isfinite(f->p80) ? "now reached" : isfinite(f->p80_baseline) ? "now never" : "never");
    else if (move.nowhere || (move.clear && f->p80_gap == 0)) text_add(&number, "no change");
    else if (!move.clear) text_add(&number, "no clear change");
    else text_format(&number, "%s weeks %s", shown_number(fabs(f->p80_gap), 1, TYPE).s, f->p80_gap < 0 ? "earlier" : "later");
    text_format(&beside, "week %s instead of %s", shown_number(f->p80, 1, TYPE).s, shown_number(f->p80_baseline, 1, TYPE).s);
    if (move.known) text_format(&beside, "; 95%% interval of the change %s", interval_number(move.weeks, 1, TYPE | SHOWN_SIGN).s);
    else if (isfinite(f->p80_gap)) text_add(&beside, "; too few worlds for an interval");
    else text_format(&beside, "; 95%% interval %s", interval_number(interval_quantile(f, f->headline, ORGSIM_METRIC_finish_week, FINDING_P80), 1, TYPE).s);
    add_number(html, "Date kept in 4 programs of 5", number.s ? number.s : "", beside.s ? beside.s : "");
    html->failed |= number.failed | beside.failed;
    text_free(&number);
    text_free(&beside);
}

static void add_net_value_number(struct text *html, const struct finding *f, int flags)
{
    struct text number = {0}, beside = {0};
    text_html(&number, f->scenario->settings.currency);
    text_format(&number, " %s", shown_k(f->npv_difference, 0, flags | SHOWN_SIGN).s);
    if (!finding_has_interval(f)) text_add(&beside, "one world has no interval");
    else text_format(&beside, "95%% interval %s to %s", shown_k(f->npv_low, 0, flags | SHOWN_SIGN).s,
                     shown_k(f->npv_high, 0, flags | SHOWN_SIGN).s);
    add_number(html, "Mean change of net value", number.s ? number.s : "", beside.s ? beside.s : "");
    html->failed |= number.failed | beside.failed;
    text_free(&number);
    text_free(&beside);
}

/* A share under the headline organisation, beside the baseline's. */
static void add_share_number(struct text *html, const struct finding *f, const char *what, double with, double without)
{
    struct text beside = {0};
    text_format(&beside, "instead of %s; 95%% intervals %s and %s", shown_share(without, TYPE).s, interval_percent(interval_share(f, with), TYPE).s,
                interval_percent(interval_share(f, without), TYPE).s);
    add_number(html, what, shown_share(with, TYPE).s, beside.s ? beside.s : "");
    html->failed |= beside.failed;
    text_free(&beside);
}

static void add_numbers(struct text *html, const struct finding *f, int flags)
{
    struct text on_time = {0};
    text_format(&on_time, "On time, by week %s", shown_week(f->results->deadline_week).s);
    text_add(html, "<dl class=\"numbers\">\n");
    add_date_number(html, f);
    add_net_value_number(html, f, flags);
    add_share_number(html, f, "Chance of losing money", f->loss, f->loss_baseline);
    add_share_number(html, f, on_time.s ? on_time.s : "", finding_summary(f, f->headline, ORGSIM_METRIC_on_time)->mean,
                     finding_summary(f, f->baseline, ORGSIM_METRIC_on_time)->mean);
    text_add(html, "</dl>\n");
    html->failed |= on_time.failed;
    text_free(&on_time);
}

/* What is told below the finding of a run that is not of the scenario as it stands. */
static void add_conditions(struct text *html, const struct finding *f)
{
    if (!*conditions_of(f->scenario)) return;
    text_add(html, "<p class=\"note\">Not the scenario as it stands: this run was asked with <code>");
    text_html(html, conditions_of(f->scenario));
    text_add(html, "</code>.</p>\n");
}

/* What was asked for with --precision and did not come. */
static void add_precision(struct text *html, const struct report_plan *plan, const struct finding *f, int flags)
{
    struct text words = {0};
    if (!precision_is_missed(plan->options, f)) return;
    precision_words(&words, plan->options, f, flags);
    text_add(html, "<p class=\"note\"><strong>Not as precise as was asked for:</strong> ");
    text_html(html, words.s ? words.s : "");
    text_add(html, "</p>\n");
    html->failed |= words.failed;
    text_free(&words);
}

static void add_first_screen(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    int flags = page_parts_flags(plan);
    text_add(html, "<section aria-labelledby=\"finding\">\n");
    page_case_decision(html, plan, f);
    add_sentence(html, f, flags);
    if (finding_is_alone(f)) {
        add_conditions(html, f);
    } else {
        text_add(html, "<p class=\"downside\">");
        add_words(html, finding_downside, f, flags);
        text_add(html, "</p>\n");
        add_conditions(html, f);
        add_precision(html, plan, f, flags);
        add_numbers(html, f, flags);
        page_ignorance_front(html, f, plan->ignorance, flags);
        text_add(html, "<div class=\"true\">\n<p><strong>What would have to be true: ");
        add_words(html, finding_break_even, f, flags);
        text_add(html, "</strong></p>\n<p>No study measures causally what a person titled TPM adds. These are consequences of stated assumptions, "
                       "listed below with their sources, not a measurement of your organisation. The intervals cover the luck of the simulation, "
                       "not our ignorance about the assumptions.</p>\n</div>\n");
    }
    text_add(html, "</section>\n");
}

static void add_contents(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    text_add(html, "<nav aria-label=\"Contents\">\n<ul>\n");
    for (int s = 0; s < PAGE_SECTION_COUNT; s++) {
        enum page_section section = (enum page_section)s;
        if (page_parts_has(plan, f, section)) text_format(html, "<li><a href=\"#%s\">%s</a></li>\n", page_parts_id(section), page_parts_title(f, section));
    }
    text_add(html, "</ul>\n</nav>\n");
}

/* What date, how often, does it pay: for everybody. The others for those who look closer. */
static bool is_leading(enum figure_id id) { return id == FIGURE_finish || id == FIGURE_promise || id == FIGURE_value; }

static void add_figures(struct text *html, const struct finding *f, const struct figures *figures, enum page_section section)
{
    page_parts_open(html, f, section);
    for (int id = 0; id < FIGURE_COUNT; id++)
        if (is_leading((enum figure_id)id) == (section == PAGE_SECTION_figures) && figure_is_made((enum figure_id)id, f))
            page_parts_figure(html, figure_name((enum figure_id)id), figure_question((enum figure_id)id), &figures->figure[id], &figures->svg[id]);
    page_parts_close(html);
}

static void add_missing(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    page_parts_open(html, f, PAGE_SECTION_missing);
    text_add(html, "<ul>\n");
    for (size_t i = 0; i < sizeof not_modelled / sizeof *not_modelled; i++) text_format(html, "<li>%s</li>\n", not_modelled[i]);
    text_add(html, "</ul>\n");
    page_checks_sentence(html, plan);
    page_parts_close(html);
}

static void add_reproduce(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    struct text command = {0}, why = {0};
    finding_next(&command, &why, f, f->results->worlds);
    page_parts_open(html, f, PAGE_SECTION_again);
    text_add(html, "<pre>");
    text_html(html, plan->command);
    text_format(html,
                "</pre>\n<dl class=\"facts\">\n<div><dt>Version</dt><dd>orgsim %s</dd></div>\n<div><dt>Seed</dt><dd>%" PRIu64
                "</dd></div>\n<div><dt>Worlds</dt><dd>%s</dd></div>\n<div><dt>Digest of the scenario</dt><dd><code>%016" PRIx64
                "</code></dd></div>\n<div><dt>Quantiles</dt><dd>%s</dd></div>\n</dl>\n<p class=\"note\">%s The folder of this page holds every number as CSV.</p>\n<p>Next: <code>",
                ORGSIM_VERSION, plan->options->seed, shown_number((double)f->results->worlds, 0, TYPE).s, f->scenario->digest,
                f->results->quantiles_exact ? "exact" : "from a histogram (within 0.4%)",
                f->interrupted ? "The line was interrupted: with as many worlds as are counted here (<code>-n</code>) it gives these numbers."
                               : "The same line gives the same numbers on any machine, with any number of threads.");
    text_html(html, command.s ? command.s : "");
    text_add(html, "</code> <small>(");
    text_html(html, why.s ? why.s : "");
    text_add(html, ")</small></p>\n");
    page_parts_close(html);
    html->failed |= command.failed | why.failed;
    text_free(&command);
    text_free(&why);
}

/* The attribution writes its three sections, and says when they were left out. */
static void add_section(struct text *html, const struct report_plan *plan, const struct finding *f, const struct figures *figures, enum page_section section)
{
    switch (section) {
    case PAGE_SECTION_figures:
    case PAGE_SECTION_more: add_figures(html, f, figures, section); break;
    case PAGE_SECTION_money: page_case_money(html, plan, f); break;
    case PAGE_SECTION_rests: page_rests_write(html, plan, f); break;
    case PAGE_SECTION_rivals: page_rivals_write(html, plan, f); break;
    case PAGE_SECTION_mind: page_mind_write(html, plan, f); break;
    case PAGE_SECTION_against: page_against_write(html, plan, f); break;
    case PAGE_SECTION_debt: page_case_debt(html, plan, f); break;
    case PAGE_SECTION_sure: page_against_sure(html, plan, f); break;
    case PAGE_SECTION_ignorance: page_ignorance_write(html, f, plan->ignorance); break;
    case PAGE_SECTION_organisations:
        page_arms_write(html, f);
        page_attribution_write(html, f, plan->attribution);
        break;
    case PAGE_SECTION_assumptions: page_assumptions_write(html, f); break;
    case PAGE_SECTION_missing: add_missing(html, plan, f); break;
    case PAGE_SECTION_again: add_reproduce(html, plan, f); break;
    case PAGE_SECTION_checks: page_checks_write(html, plan, f); break;
    case PAGE_SECTION_worth:
    case PAGE_SECTION_nothing:
    case PAGE_SECTION_hours:
    case PAGE_SECTION_COUNT: break;
    }
}

void page_write(struct text *html, const struct report_plan *plan, const struct finding *f, const struct figures *figures)
{
    add_head(html, plan, f);
    add_first_screen(html, plan, f);
    add_contents(html, plan, f);
    for (int s = 0; s < PAGE_SECTION_COUNT; s++)
        if (page_parts_has(plan, f, (enum page_section)s)) add_section(html, plan, f, figures, (enum page_section)s);
    text_add(html, "</main>\n</body>\n</html>\n");
}
