/* page_mind.c: what would change our mind in report.html: which numbers, what to watch by week 8, and when to stop */
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

#include "report/conditions.h"
#include "report/quantity.h"
#include "report/studies.h"

enum { CROSSINGS_SHOWN = 4, WORTHS_SHOWN = 3 };

static void add_label(struct text *html, const struct finding *f, size_t row)
{
    text_add(html, "\xe2\x80\x9c");
    text_html(html, finding_label(f, row));
    text_add(html, "\xe2\x80\x9d");
}

/* --- which numbers ------------------------------------------------------------------------------------------------------------------ */

static void add_crossing(struct text *html, const struct finding *f, const struct orgsim_break_even_row *row)
{
    const struct orgsim_break_even *b = &row->found;
    struct text unit = {0};
    quantity_unit(&unit, f->scenario, row->unit);
    text_add(html, "<li>It pays while <code>");
    text_html(html, row->name);
    text_add(html, "</code>");
    if (row->meaning && *row->meaning) {
        text_add(html, " (");
        text_html(html, row->meaning);
        text_add(html, ")");
    }
    text_format(html, " is %s <strong>%s", b->state == ORGSIM_BREAK_EVEN_CROSSES ? "below" : "above",
                quantity_shown(b->value, fabs(b->high - b->low), PAGE_PARTS_TYPE).s);
    text_html(html, unit.s ? unit.s : "");
    text_add(html, "</strong>");
    if (isfinite(b->present)) text_format(html, "; assumed %s", quantity_shown(b->present, fabs(b->high - b->low), PAGE_PARTS_TYPE).s);
    text_add(html, ".</li>\n");
    html->failed |= unit.failed;
    text_free(&unit);
}

/* Pay is what the first line is about. */
static bool is_pay(const char *name) { return strstr(name, ".cost_per_year") || strcmp(name, "c_tpm") == 0; }

/* Numbers in whose range the answer turns: from the table of break-evens, or the one that every run looks for. */
static size_t add_crossings(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    size_t n = 0;
    for (size_t r = 0; plan->studies && r < plan->studies->n && n < CROSSINGS_SHOWN; r++) {
        if (!isfinite(plan->studies->row[r].found.value) || is_pay(plan->studies->row[r].name)) continue;
        add_crossing(html, f, &plan->studies->row[r]);
        n++;
    }
    bool own = plan->attribution && plan->attribution->worlds && isfinite(plan->attribution->h_seat.value);
    if (n || !own || (plan->studies && plan->studies->n)) return n;
    struct orgsim_break_even_row row = {.name = (char *)(uintptr_t)"h_seat", .unit = "h/wk", .found = plan->attribution->h_seat};
    row.meaning = assumption_table[ASSUMPTION_h_seat].meaning;
    add_crossing(html, f, &row);
    return 1;
}

static void add_numbers(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    struct text words = {0};
    finding_break_even(&words, f, page_parts_flags(plan));
    text_add(html, "<p>What the answer turns on, each number by itself and all else as it is:</p>\n<ul>\n<li>");
    if (words.s && words.s[0]) {
        char first[2] = {words.s[0], '\0'};
        if (first[0] >= 'a' && first[0] <= 'z') first[0] = (char)(first[0] - 'a' + 'A');
        text_add(html, first);
        text_html(html, words.s + 1);
    }
    text_add(html, "</li>\n");
    size_t n = add_crossings(html, plan, f);
    if (n == 0) text_format(html, "<li>No other is known to turn it%s.</li>\n", plan->studies && plan->studies->n ? " within its range of ignorance"
                                                                                 : ": nobody has looked for all of them yet (<code>orgsim breakeven</code>)");
    text_add(html, "</ul>\n");
    html->failed |= words.failed;
    text_free(&words);
}

/* --- what to measure ---------------------------------------------------------------------------------------------------------------- */

static void add_worth(struct text *html, const struct finding *f, const struct studies_worth *w, int flags)
{
    const struct assumption_info *info = &assumption_table[w->assumption];
    text_format(html, "<li><code>%s</code> (", info->name);
    text_html(html, info->meaning);
    text_add(html, "): worth up to ");
    text_html(html, f->scenario->settings.currency);
    text_format(html, " %s to know before the choice. ", shown_k(w->worth_k, 1, flags).s);
    text_html(html, info->measure);
    text_add(html, "</li>\n");
}

static void add_measure(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    const struct studies_voi *v = plan->studies ? &plan->studies->voi : NULL;
    size_t n = 0;
    if (!v || v->points == 0) {
        struct text path = {0};
        conditions_scenario(&path, f->scenario);
        text_add(html, "<p class=\"note\">What to measure first was not asked; this asks it: <code>orgsim voi ");
        text_html(html, path.s ? path.s : "");
        text_format(html, " --json=RUN_DIR/%s</code></p>\n", STUDIES_VOI);
        html->failed |= path.failed;
        text_free(&path);
        return;
    }
    int flags = page_parts_flags(plan);
    for (size_t r = 0; r < v->n && n < WORTHS_SHOWN; r++) {
        if (!v->row[r].clear) continue;
        if (n++ == 0) text_add(html, "<p>What to measure first:</p>\n<ul>\n");
        add_worth(html, f, &v->row[r], flags);
    }
    text_add(html, n ? "</ul>\n" : "<p>No single assumption is clearly worth measuring before this choice. ");
    text_format(html, "%sTo know all of them would be worth up to %s, over %s draws of everything that nobody knows.</p>\n", n ? "<p class=\"note\">" : "",
                shown_k(v->perfect_k, 1, flags).s, shown_number((double)v->points, 0, PAGE_PARTS_TYPE).s);
}

/* --- what to watch ------------------------------------------------------------------------------------------------------------------ */

/* X(metric, when, words) : leading indicators first; the others are known only at the end */
#define WATCHED(X)                                                                                                                           \
    X(closure_rate_week8, "by week 8", "decisions closed, of those opened")                                                                  \
    X(detection_lead_week8, "by week 8", "weeks for which open risks have been known")                                                       \
    X(false_alarms_week8, "by week 8", "false alarms")                                                                                       \
    X(escalation_recall, "at the end", "escalation quality: raised at the first look, of what deserved it")                                  \
    X(escalation_precision, "at the end", "escalation quality: deserved it, of what was raised")                                             \
    X(surfaced_before_integration, "at the end", "risks surfaced before integration")

static const struct {
    enum orgsim_metric metric;
    const char *when, *words;
} watched[] = {
#define X(metric, when, words) {ORGSIM_METRIC_##metric, when, words},
    WATCHED(X)
#undef X
};

static bool is_share(enum orgsim_metric metric) { return strcmp(orgsim_metric_info(metric)->unit, "share") == 0; }

static struct shown level(enum orgsim_metric metric, double x)
{
    return is_share(metric) ? shown_share(x, PAGE_PARTS_TYPE) : shown_number(x, 1, PAGE_PARTS_TYPE);
}

static void add_watched(struct text *html, const struct finding *f, size_t i)
{
    enum orgsim_metric metric = watched[i].metric;
    const struct orgsim_comparison *c = finding_comparison(f, f->headline, metric);
    double scale = is_share(metric) ? 100 : 1;
    text_format(html, "<tr><th scope=\"row\">%s <small>%s</small></th><td>%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td>",
                watched[i].words, orgsim_metric_info(metric)->id, watched[i].when, level(metric, finding_summary(f, f->baseline, metric)->mean).s,
                level(metric, finding_summary(f, f->headline, metric)->mean).s);
    text_format(html, "<td class=\"number\">%s%s <small>%s to %s</small></td></tr>\n", shown_number(scale * c->mean_difference, 1, PAGE_PARTS_SIGNED).s,
                is_share(metric) ? " points" : "", shown_number(scale * c->ci_low, 1, PAGE_PARTS_SIGNED).s,
                shown_number(scale * c->ci_high, 1, PAGE_PARTS_SIGNED).s);
}

static void add_watch(struct text *html, const struct finding *f)
{
    page_parts_table(html, "words watch", "What tells the two organisations apart, means over programs",
                     "What to watch|When|#Without|#With|#Change and 95% interval");
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) add_watched(html, f, i);
    page_parts_table_close(html);
    text_add(html, "<p class=\"note\">Without: ");
    add_label(html, f, f->baseline);
    text_add(html, ". With: ");
    add_label(html, f, f->headline);
    text_add(html, ".</p>\n");
}

/* --- when to stop ------------------------------------------------------------------------------------------------------------------- */

/* Half-way between the two means, as it is shown. */
static double threshold_of(const struct finding *f, enum orgsim_metric metric)
{
    double middle = (finding_summary(f, f->baseline, metric)->mean + finding_summary(f, f->headline, metric)->mean) / 2;
    return is_share(metric) ? shown_round(middle, 2) : shown_round(middle, 1);
}

/* How many of the saved quantiles lie below x. */
static int quantiles_below(const struct orgsim_summary *s, double x)
{
    int below = 0;
    while (below < ORGSIM_QUANTILES && s->quantile[below] < x) below++;
    return below;
}

/* Of the indicators at week 8, the first of which more is better, which is clearly higher under the headline, and whose threshold single programs of the
 * two organisations miss more and less often; -1: none. */
static int indicator(const struct finding *f)
{
    static const enum orgsim_metric metrics[] = {ORGSIM_METRIC_closure_rate_week8, ORGSIM_METRIC_detection_lead_week8};
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        double threshold = threshold_of(f, metrics[i]);
        bool tells = quantiles_below(finding_summary(f, f->headline, metrics[i]), threshold) < quantiles_below(finding_summary(f, f->baseline, metrics[i]), threshold);
        if (finding_comparison(f, f->headline, metrics[i])->ci_low > 0 && tells) return (int)metrics[i];
    }
    return -1;
}

/* Share of programs below x, as closely as the saved quantiles tell. */
static void add_share_below(struct text *html, const struct orgsim_summary *s, double x)
{
    int below = quantiles_below(s, x);
    double low = below > 0 ? orgsim_quantile_levels[below - 1] : 0, high = below < ORGSIM_QUANTILES ? orgsim_quantile_levels[below] : 1;
    if (below == 0) text_format(html, "at most %s", shown_share(high, PAGE_PARTS_TYPE).s);
    else if (below == ORGSIM_QUANTILES) text_format(html, "at least %s", shown_share(low, PAGE_PARTS_TYPE).s);
    else text_format(html, "%s to %s", shown_share(low, PAGE_PARTS_TYPE).s, shown_share(high, PAGE_PARTS_TYPE).s);
}

static void add_stop(struct text *html, const struct finding *f)
{
    int found = indicator(f);
    text_add(html, "<p class=\"stop\"><strong>Stop rule.</strong> ");
    if (found < 0) {
        text_add(html, "None: at week 8 neither the decisions closed nor the time that risks have been known tell a program with the hire from one without it: luck moves "
                       "both more than the hire does, so this model gives no number to stop by. Watch the table above over a longer time.</p>\n");
        return;
    }
    enum orgsim_metric metric = (enum orgsim_metric)found;
    double threshold = threshold_of(f, metric);
    text_format(html,
                metric == ORGSIM_METRIC_closure_rate_week8
                    ? "Look again, with the option to end it, if by week 8 fewer than <strong>%s</strong> of the questions opened so far are closed."
                    : "Look again, with the option to end it, if at week 8 the open risks have been known for less than <strong>%s weeks</strong> on the mean.",
                level(metric, threshold).s);
    text_add(html, " By luck alone that happens in ");
    add_share_below(html, finding_summary(f, f->headline, metric), threshold);
    text_add(html, " of programs under ");
    add_label(html, f, f->headline);
    text_add(html, ", and in ");
    add_share_below(html, finding_summary(f, f->baseline, metric), threshold);
    text_add(html, " under ");
    add_label(html, f, f->baseline);
    text_add(html, ": one sign among several, not a verdict.</p>\n");
}

/* What holds for programs that nobody is hired for, too: is this the program that was modelled? */
static void add_fit(struct text *html, const struct finding *f)
{
    const struct orgsim_summary *s = finding_summary(f, f->baseline, ORGSIM_METRIC_closure_rate_week8);
    text_add(html, "<p>Without the hire, six programs in ten have closed ");
    text_format(html, "%s to %s of their questions by week 8. Outside of that the program may not be the one modelled here: measure, change the scenario, run again.</p>\n",
                shown_share(s->quantile[FINDING_P20], PAGE_PARTS_TYPE).s, shown_share(s->quantile[FINDING_P80], PAGE_PARTS_TYPE).s);
}

void page_mind_write(struct text *html, const struct report_plan *plan, const struct finding *f)
{
    page_parts_open(html, f, PAGE_SECTION_mind);
    add_numbers(html, plan, f);
    add_measure(html, plan, f);
    add_watch(html, f);
    if (f->verdict == VERDICT_PAYS) add_stop(html, f);
    else text_add(html, "<p class=\"stop\"><strong>Stop rule.</strong> None is needed for what this page does not recommend; if it is done nevertheless, "
                        "watch the first lines of the table.</p>\n");
    add_fit(html, f);
    page_parts_close(html);
}
