/* page_ignorance.c: whether the answer holds if the assumptions are wrong, in report.html */
#include "report/ignorance.h"
#include "report/page_parts.h"

#include "base/memory.h"

#define TYPE PAGE_PARTS_TYPE
#define SIGNED PAGE_PARTS_SIGNED

static void add_share(struct text *html, double share, double low, double high)
{
    text_format(html, "<td class=\"number\">%s <small>%s to %s</small></td>", shown_share(share, TYPE).s, shown_share(low, TYPE).s, shown_share(high, TYPE).s);
}

static void add_rival(struct text *html, const struct finding *f, const struct orgsim_ignorance *g, size_t row)
{
    const struct orgsim_ignorance_pair *p = &g->pair[row];
    page_parts_row(html, f, row);
    add_share(html, p->pays_share, p->pays_low, p->pays_high);
    if (ignorance_published(g)) add_share(html, p->published_share, p->published_low, p->published_high);
    page_parts_cell(html, shown_share(p->pays_surely_share, TYPE).s);
    page_parts_cell(html, shown_share(p->costs_surely_share, TYPE).s);
    text_format(html, "<td class=\"number\">%s <small>%s to %s</small></td><td class=\"number\">%s</td></tr>\n", shown_number(p->npv_k.mean, 0, SIGNED).s,
                shown_number(p->npv_k.p10, 0, SIGNED).s, shown_number(p->npv_k.p90, 0, SIGNED).s, shown_share(ignorance_share(p), TYPE).s);
}

/* One measure of an organisation by itself: as the scenario stands, over all draws, over those as published. */
static void add_level(struct text *html, const struct finding *f, const struct orgsim_ignorance *g, size_t row, enum orgsim_ignorance_metric metric)
{
    size_t cell = row * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)metric;
    const struct orgsim_metric_info *info = orgsim_metric_info(orgsim_ignorance_metric(metric));
    const struct orgsim_range *ranges[] = {&g->range[cell], &g->published_range[cell]};
    bool share = metric == ORGSIM_IGNORANCE_on_time;
    double here = finding_summary(f, row, orgsim_ignorance_metric(metric))->mean;
    page_parts_row(html, f, row);
    text_format(html, "<td>%s</td><td class=\"number\">%s</td>", metric == ORGSIM_IGNORANCE_npv_k ? "net value" : share ? "on time" : "mean finish, weeks",
                (share ? shown_share(here, TYPE) : shown_number(here, info->decimals, TYPE)).s);
    for (int k = 0; k < (ignorance_published(g) ? 2 : 1); k++)
        text_format(html, "<td class=\"number\">%s to %s</td>", (share ? shown_share(ranges[k]->p10, TYPE) : shown_number(ranges[k]->p10, info->decimals, TYPE)).s,
                    (share ? shown_share(ranges[k]->p90, TYPE) : shown_number(ranges[k]->p90, info->decimals, TYPE)).s);
    text_add(html, "</tr>\n");
}

static void add_levels(struct text *html, const struct finding *f, const struct orgsim_ignorance *g)
{
    static const enum orgsim_ignorance_metric metrics[] = {ORGSIM_IGNORANCE_npv_k, ORGSIM_IGNORANCE_finish_week, ORGSIM_IGNORANCE_on_time};
    static const char *const where[] = {"inside", "above", "below"};
    const size_t rows[] = {f->baseline, f->headline};
    int extreme = ignorance_extreme(f, g, f->headline);
    text_format(html, "<p><strong>Levels are known less well than changes.</strong> As the scenario stands, mean net value with the change lies %s the range that holds "
                      "eight in ten draws%s.</p>\n",
                where[extreme > 0 ? 1 : extreme < 0 ? 2 : 0],
                extreme == 0 ? "" : ": read the dates, costs and chances of loss of this page as one end of what is possible, and what the organisations differ by as its answer");
    page_parts_table(html, "words", "Each organisation by itself, over the same draws",
                     ignorance_published(g) ? "Organisation|What|#As the scenario stands|#All draws, P10 to P90|#As late as published, P10 to P90"
                                            : "Organisation|What|#As the scenario stands|#All draws, P10 to P90");
    for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++)
        for (size_t k = 0; k < 2; k++) add_level(html, f, g, rows[k], metrics[m]);
    page_parts_table_close(html);
}

static void add_lead(struct text *html, const struct finding *f, const struct orgsim_ignorance *g)
{
    struct text words = {0};
    ignorance_title(&words, f, g, TYPE);
    text_add(html, "<p><strong>");
    text_html(html, words.s ? words.s : "");
    text_format(html, ".</strong> Each draw gives all %s parameters that nobody knows exactly a value inside its range, all at once, and lives the same %s "
                      "worlds under every organisation: the draws differ in what we assume, never in luck.",
                shown_number((double)g->n_parameters, 0, TYPE).s, shown_number((double)g->worlds, 0, TYPE).s);
    if (g->published > 0)
        text_format(html, "%s In %s draws the baseline is as late on the mean as published programs (+%.0f to +%.0f%%, around the +30 to +40%% of "
                          "Mol\xc3\xb8kken &amp; J\xc3\xb8rgensen 2003): what they say is what remains after seeing how late programs are%s.",
                    2 * g->published < g->draws ? " Drawn apart, parameters that were fitted together make most programs later, or earlier, than programs are." : "",
                    shown_number((double)g->published, 0, TYPE).s, 100 * ORGSIM_IGNORANCE_SLIP_LEAST, 100 * ORGSIM_IGNORANCE_SLIP_MOST,
                    ignorance_published(g) ? "" : ", but they are too few to be told: ask for more draws");
    text_add(html, "</p>\n");
    html->failed |= words.failed;
    text_free(&words);
}

static void add_side(struct text *html, const char *what, double here, const struct orgsim_range *range, int flags)
{
    if (here > range->p90) text_format(html, " %s above what nine draws in ten give (P90 %s).", what, shown_k(range->p90, 0, flags | SHOWN_SIGN).s);
    else if (here < range->p10) text_format(html, " %s below what nine draws in ten give (P10 %s).", what, shown_k(range->p10, 0, flags | SHOWN_SIGN).s);
}

void page_ignorance_front(struct text *html, const struct finding *f, const struct orgsim_ignorance *g, int flags)
{
    struct text sides = {0};
    if (!ignorance_told(g)) return;
    add_side(&sides, "Mean net value with the change lies", finding_summary(f, f->headline, ORGSIM_METRIC_npv_k)->mean,
             &g->range[f->headline * ORGSIM_IGNORANCE_METRIC_COUNT + ORGSIM_IGNORANCE_npv_k], flags);
    add_side(&sides, "The mean change of net value lies", f->npv_difference, &g->pair[f->baseline].npv_k, flags);
    if (sides.n) text_format(html, "<p class=\"note\"><strong>One end of what is possible.</strong>%s <a href=\"#%s\">Does it hold?</a></p>\n", sides.s ? sides.s : "",
                             page_parts_id(PAGE_SECTION_ignorance));
    html->failed |= sides.failed;
    text_free(&sides);
}

void page_ignorance_write(struct text *html, const struct finding *f, const struct orgsim_ignorance *g)
{
    size_t *rows = ignorance_told(g) ? memory_array(f->results->n_arms, sizeof *rows) : NULL;
    if (!ignorance_told(g)) return;
    if (!rows) {
        html->failed = true;
        return;
    }
    page_parts_open(html, f, PAGE_SECTION_ignorance);
    add_lead(html, f, g);
    page_parts_table(html, "words", "The headline organisation against each other one, over what nobody knows",
                     ignorance_published(g) ? "Against|#Pays in|#As late as published|#Surely pays|#Surely costs|#Change of mean net value, P10 to P90|#Ignorance"
                                            : "Against|#Pays in|#Surely pays|#Surely costs|#Change of mean net value, P10 to P90|#Ignorance");
    size_t n = ignorance_rivals(f, rows);
    for (size_t k = 0; k < n; k++) add_rival(html, f, g, rows[k]);
    page_parts_table_close(html);
    text_format(html, "<p class=\"note\">Net value in thousands. \xe2\x80\x9cSurely\xe2\x80\x9d: the 95%% interval over the worlds of that draw leaves out zero. "
                      "\xe2\x80\x9cIgnorance\xe2\x80\x9d: its share of the variance of one program\xe2\x80\x99s difference; the rest is luck. Error of the mean by "
                      "simulation alone: \xc2\xb1%s against the first row. Files: <code>ignorance.csv</code>, <code>ignorance_draws.csv</code>, "
                      "<code>figures/ignorance.svg</code>.</p>\n",
                shown_k(SUMMARY_Z95 * g->pair[f->baseline].simulation_se, 0, TYPE).s);
    add_levels(html, f, g);
    page_parts_close(html);
    memory_free(rows);
}
