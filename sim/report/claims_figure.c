/* claims_figure.c: one claim: what was measured, on which side of nothing it lies, and how surely
 *
 * Measurements have different units, so each is drawn in multiples of the half-width of its own interval: beyond one, it is sure. The side that
 * is claimed is always to the right.
 */
#include <math.h>
#include <stdio.h>

#include "report/claims.h"
#include "report/figure_panel.h"

#define LEFT 366
#define REACH 8.0 /* half-widths; what lies beyond is drawn at the edge */
#define WHAT_CHARACTERS 48

/* How many half-widths of its interval a difference lies on the side that is claimed. */
static double height_of(const struct orgsim_claim_row *row)
{
    double half = (row->difference.ci_high - row->difference.ci_low) / 2;
    if (!(half > 0)) return row->difference.mean == 0 ? 0 : REACH * (row->difference.mean > 0 ? row->sign : -row->sign);
    return fmax(-REACH, fmin(REACH, row->sign * row->difference.mean / half));
}

static void add_name(struct text *gp, const struct orgsim_claim_row *row, double y)
{
    struct text what = {0}, numbers = {0};
    shown_cut(&what, row->what, WHAT_CHARACTERS);
    bool money = row->unit[0] == 'k' && !row->unit[1];
    const double values[] = {row->difference.mean, row->difference.ci_low, row->difference.ci_high};
    double size = fmax(fabs(values[1]), fabs(values[2]));
    for (int v = 0; v < 3; v++)
        text_format(&numbers, v == 0 ? "%s" : v == 1 ? " (%s to " : "%s)",
                    money ? shown_k(values[v], 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s : shown_number(values[v], size < 1 ? 3 : size < 100 ? 1 : 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s);
    if (!money) text_format(&numbers, " %s", row->unit[0] == '1' ? "" : row->unit);
    theme_label(gp, &(struct theme_label){.s = what.s ? what.s : "", .screen = true, .x = LEFT - 14, .y = y - 8, .align = THEME_RIGHT_ALIGNED, .colour = THEME_INK});
    theme_label(gp, &(struct theme_label){.s = numbers.s ? numbers.s : "", .screen = true, .x = LEFT - 14, .y = y + 8, .align = THEME_RIGHT_ALIGNED,
                                          .size = THEME_FOOTNOTE, .colour = THEME_GREY});
    gp->failed |= what.failed | numbers.failed;
    text_free(&what);
    text_free(&numbers);
}

static size_t rows_of(const struct claims_report *r, enum orgsim_claim claim, const struct orgsim_claim_row *rows[16])
{
    size_t n = 0;
    for (size_t k = 0; k < r->claims->n && n < 16; k++)
        if (r->claims->row[k].claim == claim && r->claims->row[k].verdict != ORGSIM_CLAIM_UNTESTED) rows[n++] = &r->claims->row[k];
    return n;
}

/* Sure on the claimed side, sure on the other, and neither: three blocks, so that they differ by form as well as colour. */
static void add_data(struct text *data, const struct orgsim_claim_row *const rows[16], size_t n)
{
    static const enum orgsim_claim_verdict verdicts[] = {ORGSIM_CLAIM_HOLDS, ORGSIM_CLAIM_FAILS, ORGSIM_CLAIM_UNDECIDED};
    for (int v = 0; v < 3; v++) {
        size_t found = 0;
        text_format(data, "# %s: half-widths on the side that is claimed, row, half-width\n", claims_verdict(verdicts[v]));
        for (size_t k = 0; k < n; k++) {
            if (rows[k]->verdict != verdicts[v]) continue;
            theme_number(data, height_of(rows[k]));
            text_format(data, " %g 1\n", (double)(n - k) - 0.5);
            found++;
        }
        if (!found) text_add(data, "NaN NaN NaN\n");
        text_add(data, "\n\n");
    }
}

static void add_sides(struct text *gp, const struct figure_panel *p)
{
    double zero = figure_panel_x(p, 0);
    figure_panel_fill(gp, figure_panel_x(p, -1), p->top + 8, figure_panel_x(p, 1), p->bottom, "#F1F3F5");
    theme_line(gp, zero, p->top + 8, zero, p->bottom, THEME_GREY, 1);
    theme_label(gp, &(struct theme_label){.s = "as claimed", .screen = true, .x = zero + 12, .y = p->top, .bold = true, .colour = THEME_WITH});
    theme_label(gp, &(struct theme_label){.s = "the other way", .screen = true, .x = zero - 12, .y = p->top, .align = THEME_RIGHT_ALIGNED, .bold = true, .colour = THEME_WITHOUT});
}

void claims_figure(struct figure *figure, const struct claims_report *r, enum orgsim_claim claim, const char *name)
{
    const struct orgsim_claim_row *rows[16];
    size_t n = rows_of(r, claim, rows);
    struct text subhead = {0}, footnote = {0}, result = {0}, *gp = &figure->script;
    claims_sentence(&result, r, claim, SHOWN_TYPOGRAPHIC);
    text_format(&figure->title, "%s: %s", claims_verdict(r->claims->verdict[claim]), orgsim_claim_words(claim));
    if (figure->title.s && figure->title.s[0] >= 'a' && figure->title.s[0] <= 'z') figure->title.s[0] = (char)(figure->title.s[0] - 'a' + 'A');
    text_format(&subhead, "Differences on the same worlds, in half-widths of their own 95%% interval; the grey band is not sure");
    text_format(&footnote, "%s worlds, seed %llu, %.60s. Modelled, not measured.",
                shown_number((double)r->claims->worlds, 0, 0).s, (unsigned long long)r->seed, orgsim_scenario_name(r->scenario));
    text_format(&figure->detail, "%s.", result.s ? result.s : "");
    double top = figure_head(figure, name, &subhead, footnote.s ? footnote.s : "");
    struct figure_panel panel = {.left = LEFT, .right = THEME_RIGHT - 8, .top = top + 4, .bottom = THEME_BOTTOM, .x0 = -REACH - 0.5, .x1 = REACH + 0.5, .y0 = 0,
                                 .y1 = (double)n};
    figure_panel_page(gp);
    figure_panel_xaxis(gp, &panel, 6, PANEL_NUMBER);
    figure_panel_xlabel(gp, &panel, "half-widths of the interval");
    figure_panel_map(gp, &panel, 1);
    add_sides(gp, &panel);
    for (size_t k = 0; k < n; k++) add_name(gp, rows[k], figure_panel_y(&panel, (double)(n - k) - 0.5));
    add_data(&figure->data, rows, n);
    struct text plot = {0};
    static const struct { const char *colour; int point; } looks[] = {{THEME_WITH, 7}, {THEME_WITHOUT, 5}, {THEME_GREY, 6}};
    for (int v = 0; v < 3; v++)
        text_format(&plot, "%s\"%s.dat\" index %d using (X1($1-$3)):(Y1($2)):(X1($1+$3)-X1($1-$3)):(0) with vectors nohead lw 2 lc rgb \"%s\" notitle, \\\n"
                           "     \"\" index %d using (X1($1)):(Y1($2)) with points pt %d ps 1.2 lc rgb \"%s\" notitle",
                    v == 0 ? "plot " : ", \\\n     ", name, v, looks[v].colour, v, looks[v].point, looks[v].colour);
    theme_plot(gp, name, plot.s ? plot.s : "plot NaN notitle");
    gp->failed |= subhead.failed | footnote.failed | result.failed | plot.failed;
    text_free(&plot);
    text_free(&footnote);
    text_free(&result);
}
