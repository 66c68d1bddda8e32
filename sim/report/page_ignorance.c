/* page_ignorance.c: whether the answer holds if the assumptions are wrong, in report.html */
#include "report/ignorance.h"
#include "report/page_parts.h"

#include "base/memory.h"

#define TYPE PAGE_PARTS_TYPE
#define SIGNED PAGE_PARTS_SIGNED

static void add_rival(struct text *html, const struct finding *f, const struct orgsim_ignorance *g, size_t row)
{
    const struct orgsim_ignorance_pair *p = &g->pair[row];
    page_parts_row(html, f, row);
    text_format(html, "<td class=\"number\">%s <small>%s to %s</small></td><td class=\"number\">%s</td><td class=\"number\">%s</td>",
                shown_share(p->pays_share, TYPE).s, shown_share(p->pays_low, TYPE).s, shown_share(p->pays_high, TYPE).s,
                shown_share(p->pays_surely_share, TYPE).s, shown_share(p->costs_surely_share, TYPE).s);
    text_format(html, "<td class=\"number\">%s <small>%s to %s</small></td><td class=\"number\">%s</td></tr>\n", shown_number(p->npv_k.mean, 0, SIGNED).s,
                shown_number(p->npv_k.p10, 0, SIGNED).s, shown_number(p->npv_k.p90, 0, SIGNED).s, shown_share(ignorance_share(p), TYPE).s);
}

void page_ignorance_write(struct text *html, const struct finding *f, const struct orgsim_ignorance *g)
{
    size_t *rows = ignorance_told(g) ? memory_array(f->results->n_arms, sizeof *rows) : NULL;
    if (!ignorance_told(g)) return;
    if (!rows) {
        html->failed = true;
        return;
    }
    struct text words = {0};
    ignorance_title(&words, f, g, TYPE);
    page_parts_open(html, f, PAGE_SECTION_ignorance);
    text_add(html, "<p><strong>");
    text_html(html, words.s ? words.s : "");
    text_format(html, ".</strong> Each draw gives all %s parameters that nobody knows exactly a value inside its range, all at once, and lives the same %s "
                      "worlds under every organisation: the draws differ in what we assume, never in luck.</p>\n",
                shown_number((double)g->n_parameters, 0, TYPE).s, shown_number((double)g->worlds, 0, TYPE).s);
    page_parts_table(html, "words", "The headline organisation against each other one, over what nobody knows",
                     "Against|#Pays in|#Surely pays|#Surely costs|#Change of mean net value, P10 to P90|#Ignorance");
    size_t n = ignorance_rivals(f, rows);
    for (size_t k = 0; k < n; k++) add_rival(html, f, g, rows[k]);
    page_parts_table_close(html);
    text_format(html, "<p class=\"note\">Net value in thousands. \xe2\x80\x9cSurely\xe2\x80\x9d: the 95%% interval over the worlds of that draw leaves out zero. "
                      "\xe2\x80\x9cIgnorance\xe2\x80\x9d: its share of the variance of one program\xe2\x80\x99s difference; the rest is luck. Error of the mean by "
                      "simulation alone: \xc2\xb1%s against the first row. Files: <code>ignorance.csv</code>, <code>ignorance_draws.csv</code>, "
                      "<code>figures/ignorance.svg</code>.</p>\n",
                shown_k(SUMMARY_Z95 * g->pair[f->baseline].simulation_se, 0, TYPE).s);
    page_parts_close(html);
    html->failed |= words.failed;
    text_free(&words);
    memory_free(rows);
}
