/* claims_figure.c: one claim: how large each measured difference is, how surely, and the size that it must beat
 *
 * All measurements of a claim share an axis: a difference as a share of the budget where it is money, else of the second's level. The side that is claimed
 * is always to the right. An axis that reached the largest share would flatten all others, so it ends at EDGE: what lies beyond is marked, and told.
 */
#include <math.h>
#include <stdio.h>

#include "report/claims.h"
#include "report/figure_panel.h"

#define LEFT 366
#define EDGE 50.0 /* % */
#define ROOM 0.4  /* least share of the other side, for its name */
#define ROWS 16
#define WHAT_CHARACTERS 56
#define FOOTNOTE_CHARACTERS 126
#define NAME_CHARACTERS 12 /* of the scenario, at least */
#define CAVEAT ". Modelled, not measured."

struct view {
    const struct orgsim_claim_row *row[ROWS];
    size_t n, beyond, given, without; /* rows; of them beyond the edge, with a given sign, that are no share */
    double low, edge;                 /* %: the ends of the axis */
};

/* In %, to the right when as claimed. */
static struct orgsim_estimate towards(const struct orgsim_claim_row *row)
{
    double s = 100 * row->sign;
    const struct orgsim_estimate *e = &row->size;
    return s > 0 ? (struct orgsim_estimate){s * e->mean, s * e->ci_low, s * e->ci_high} : (struct orgsim_estimate){s * e->mean, s * e->ci_high, s * e->ci_low};
}

static void view_make(struct view *v, const struct claims_report *r, enum orgsim_claim claim)
{
    *v = (struct view){.edge = 0.5, .low = 0};
    for (size_t k = 0; k < r->claims->n && v->n < ROWS; k++) {
        const struct orgsim_claim_row *row = &r->claims->row[k];
        if (row->claim != claim || row->sign == 0 || row->verdict == ORGSIM_CLAIM_UNTESTED) continue;
        v->row[v->n++] = row;
        v->given += row->given ? 1U : 0U;
        v->without += isnan(row->size.mean) ? 1U : 0U;
        if (isnan(towards(row).ci_low)) continue; /* fmax() and fmin() would take the other for it */
        v->edge = fmax(v->edge, fmax(1.1 * towards(row).ci_high, 150 * row->least));
        v->low = fmin(v->low, 1.1 * towards(row).ci_low);
    }
    v->edge = fmin(fmax(v->edge, -ROOM * v->low), EDGE);
    v->low = fmax(fmin(v->low, -ROOM * v->edge), -EDGE);
    for (size_t k = 0; k < v->n; k++) v->beyond += towards(v->row[k]).ci_high > v->edge || towards(v->row[k]).ci_low < v->low ? 1U : 0U;
}

static void add_name(struct text *gp, const struct orgsim_claim_row *row, double y)
{
    struct text words = {0}, what = {0}, numbers = {0};
    text_format(&words, "%s%s", row->what, row->given ? " *" : "");
    shown_cut(&what, words.s ? words.s : "", WHAT_CHARACTERS);
    claims_size(&numbers, row, SHOWN_SIGN | SHOWN_TYPOGRAPHIC);
    theme_label(gp, &(struct theme_label){.s = what.s ? what.s : "", .screen = true, .x = LEFT - 14, .y = y - 6, .align = THEME_RIGHT_ALIGNED,
                                          .size = THEME_FONT_SIZE - 1, .colour = THEME_INK});
    theme_label(gp, &(struct theme_label){.s = numbers.s ? numbers.s : "", .screen = true, .x = LEFT - 14, .y = y + 7, .align = THEME_RIGHT_ALIGNED,
                                          .size = THEME_FOOTNOTE, .colour = THEME_GREY});
    gp->failed |= words.failed | what.failed | numbers.failed;
    text_free(&words);
    text_free(&what);
    text_free(&numbers);
}

/* The size to beat, and an arrow at the edge that the interval passes. */
static void add_marks(struct text *gp, const struct figure_panel *p, const struct orgsim_claim_row *row, double y)
{
    struct orgsim_estimate e = towards(row);
    double least = figure_panel_x(p, 100 * row->least);
    if (!isnan(e.mean) && row->least > 0) theme_line(gp, least, y - 9, least, y + 9, THEME_LINE, 2);
    if (e.ci_high > p->x1)
        theme_label(gp, &(struct theme_label){.s = "\xe2\x80\xba", .screen = true, .x = p->right + 3, .y = y - 1, .size = THEME_HEADLINE, .bold = true, .colour = THEME_INK});
    if (e.ci_low < p->x0)
        theme_label(gp, &(struct theme_label){.s = "\xe2\x80\xb9", .screen = true, .x = p->left - 3, .y = y - 1, .align = THEME_RIGHT_ALIGNED, .size = THEME_HEADLINE,
                                              .bold = true, .colour = THEME_INK});
}

/* Sure and large enough, sure on the other side or too small, and neither: three blocks, so that they differ by form as well as colour. */
static int look_of(enum orgsim_claim_verdict verdict)
{
    return verdict == ORGSIM_CLAIM_HOLDS ? 0 : verdict == ORGSIM_CLAIM_FAILS || verdict == ORGSIM_CLAIM_SMALLER ? 1 : 2;
}

static void add_data(struct text *data, const struct view *v)
{
    static const char *const looks[] = {"as claimed", "the other way, or smaller than asked", "undecided, or no difference"};
    for (int look = 0; look < 3; look++) {
        size_t found = 0;
        text_format(data, "# %s: %% on the side that is claimed, its interval, row\n", looks[look]);
        for (size_t k = 0; k < v->n; k++) {
            struct orgsim_estimate e = towards(v->row[k]);
            if (look_of(v->row[k]->verdict) != look || isnan(e.mean)) continue;
            const double values[] = {e.mean, e.ci_low, e.ci_high, (double)(v->n - k) - 0.5};
            for (int c = 0; c < 4; c++) {
                theme_number(data, values[c]);
                text_add(data, c == 3 ? "\n" : " ");
            }
            found++;
        }
        if (!found) text_add(data, "NaN NaN NaN NaN\n");
        text_add(data, "\n\n");
    }
}

static void add_sides(struct text *gp, const struct figure_panel *p)
{
    double zero = figure_panel_x(p, 0);
    theme_line(gp, zero, p->top + 8, zero, p->bottom, THEME_GREY, 1);
    theme_label(gp, &(struct theme_label){.s = "as claimed", .screen = true, .x = zero + 12, .y = p->top, .bold = true, .colour = THEME_WITH});
    theme_label(gp, &(struct theme_label){.s = "the other way", .screen = true, .x = zero - 12, .y = p->top, .align = THEME_RIGHT_ALIGNED, .bold = true, .colour = THEME_WITHOUT});
}

static void add_plot(struct text *gp, const char *name, const struct view *view)
{
    static const struct { const char *colour; int point; } looks[] = {{THEME_WITH, 7}, {THEME_WITHOUT, 5}, {THEME_GREY, 6}};
    struct text plot = {0};
    for (int v = 0; v < 3; v++)
        text_format(&plot, "%s\"%s.dat\" index %d using (X1($2)):(Y1($4)):(X1($3)-X1($2)):(0) with vectors nohead lw 2 lc rgb \"%s\" notitle, \\\n"
                           "     \"\" index %d using ($1 < %g || $1 > %g ? NaN : X1($1)):(Y1($4)) with points pt %d ps 1.1 lc rgb \"%s\" notitle",
                    v == 0 ? "plot " : ", \\\n     ", name, v, looks[v].colour, v, view->low, view->edge, looks[v].point, looks[v].colour);
    theme_plot(gp, name, plot.s ? plot.s : "plot NaN notitle");
    gp->failed |= plot.failed;
    text_free(&plot);
}

static void add_words(struct figure *figure, struct text *subhead, struct text *footnote, const struct claims_report *r, const struct view *v, enum orgsim_claim claim)
{
    struct text result = {0};
    claims_sentence(&result, r, claim);
    text_format(&figure->title, "%s: %s", claims_verdict(r->claims->verdict[claim]), orgsim_claim_words(claim));
    if (figure->title.s && figure->title.s[0] >= 'a' && figure->title.s[0] <= 'z') figure->title.s[0] = (char)(figure->title.s[0] - 'a' + 'A');
    text_format(subhead, "Differences with 95%% intervals that hold all at once. Tick: the size to beat; dot: as claimed, square: not, ring: open");
    if (v->given) text_add(footnote, "* sign by construction. ");
    if (v->beyond) text_format(footnote, "\xe2\x80\xb9 \xe2\x80\xba %zu beyond the edge. ", v->beyond);
    if (v->without) text_format(footnote, "%zu without a dot: a share of nothing. ", v->without);
    text_format(footnote, "%s worlds, seed %llu, ", shown_number((double)r->claims->worlds, 0, 0).s, (unsigned long long)r->seed);
    size_t used = shown_width(footnote->s ? footnote->s : "") + shown_width(CAVEAT);
    shown_cut(footnote, orgsim_scenario_name(r->scenario), used + NAME_CHARACTERS < FOOTNOTE_CHARACTERS ? FOOTNOTE_CHARACTERS - used : NAME_CHARACTERS);
    text_add(footnote, CAVEAT);
    text_format(&figure->detail, "%s.", result.s ? result.s : "");
    figure->detail.failed |= result.failed;
    text_free(&result);
}

void claims_figure(struct figure *figure, const struct claims_report *r, enum orgsim_claim claim, const char *name)
{
    struct view v;
    struct text subhead = {0}, footnote = {0}, *gp = &figure->script;
    view_make(&v, r, claim);
    add_words(figure, &subhead, &footnote, r, &v, claim);
    double top = figure_head(figure, name, &subhead, footnote.s ? footnote.s : "");
    struct figure_panel panel = {.left = LEFT, .right = THEME_RIGHT - 8, .top = top + 4, .bottom = THEME_BOTTOM, .x0 = v.low, .x1 = v.edge, .y0 = 0, .y1 = (double)v.n};
    figure_panel_page(gp);
    figure_panel_xaxis(gp, &panel, 6, PANEL_NUMBER);
    figure_panel_xlabel(gp, &panel, claim == ORGSIM_CLAIM_polish ? "points of area, as claimed" : "% of the budget (money) or of the second, as claimed");
    figure_panel_map(gp, &panel, 1);
    add_sides(gp, &panel);
    for (size_t k = 0; k < v.n; k++) {
        double y = figure_panel_y(&panel, (double)(v.n - k) - 0.5);
        add_name(gp, v.row[k], y);
        add_marks(gp, &panel, v.row[k], y);
    }
    add_data(&figure->data, &v);
    add_plot(gp, name, &v);
    gp->failed |= subhead.failed | footnote.failed;
    text_free(&footnote);
}
