/* optimise_figure.c: what does more staff buy? Cost of each organisation against net value and against the date, and those that nothing as cheap beats. */
#include <math.h>
#include <stdio.h>

#include "report/figure_panel.h"
#include "report/optimise.h"
#include "report/quantity.h"

#define LEFT 84
#define BETWEEN 96

enum side { VALUE, DATE };

static double height(const struct orgsim_candidate *c, enum side side) { return side == VALUE ? c->npv_k : c->finish_week; }
static bool on_frontier(const struct orgsim_candidate *c, enum side side) { return side == VALUE ? c->best_npv : c->best_finish; }

static struct figure_panel panel_of(const struct orgsim_selection *s, enum side side, double top)
{
    double width = (THEME_RIGHT - LEFT - BETWEEN) / 2.0, left = side == VALUE ? LEFT : LEFT + width + BETWEEN;
    double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
    for (size_t k = 0; k < s->n; k++) {
        x0 = fmin(x0, s->candidate[k].cost_k_per_year);
        x1 = fmax(x1, s->candidate[k].cost_k_per_year);
        y0 = fmin(y0, height(&s->candidate[k], side));
        y1 = fmax(y1, height(&s->candidate[k], side));
    }
    double room_x = x1 > x0 ? 0.06 * (x1 - x0) : 1, room_y = y1 > y0 ? 0.08 * (y1 - y0) : 1;
    return (struct figure_panel){.left = left, .right = left + width, .top = top, .bottom = THEME_BOTTOM, .x0 = x0 - room_x, .x1 = x1 + room_x, .y0 = y0 - room_y,
                                 .y1 = y1 + room_y};
}

/* Kinds of points: 0 any, 1 on the frontier of net value, 2 of the date, 3 the baseline, 4 the chosen one; columns cost, net value, finish. */
static void add_block(struct text *data, const struct orgsim_selection *s, int kind)
{
    bool any = false, used[ORGSIM_CANDIDATES_MOST] = {false};
    for (size_t round = 0; round < s->n; round++) { /* by cost, so that lines join neighbours */
        size_t next = s->n;
        for (size_t k = 0; k < s->n; k++)
            if (!used[k] && (next == s->n || s->candidate[k].cost_k_per_year < s->candidate[next].cost_k_per_year)) next = k;
        const struct orgsim_candidate *c = &s->candidate[next];
        used[next] = true;
        if ((kind == 1 && !c->best_npv) || (kind == 2 && !c->best_finish) || (kind == 3 && next != s->same) || (kind == 4 && next != 0)) continue;
        const double row[] = {c->cost_k_per_year, c->npv_k, c->finish_week};
        for (int i = 0; i < 3; i++) {
            theme_number(data, row[i]);
            text_add(data, i == 2 ? " # " : " ");
        }
        text_format(data, "%s\n", c->label);
        any = true;
    }
    if (!any) text_add(data, "NaN NaN NaN\n");
    text_add(data, "\n\n");
}

static void add_data(struct text *data, const struct orgsim_selection *s)
{
    static const char *const heads[] = {"all", "none as cheap has a higher net value", "none as cheap finishes earlier", "the baseline", "the chosen one"};
    text_add(data, "# cost a year in k more than the baseline, mean net value in k, mean finish in weeks; organisation\n");
    for (int kind = 0; kind < 5; kind++) {
        text_format(data, "# %s\n", heads[kind]);
        add_block(data, s, kind);
    }
}

static void add_plot(struct text *plot)
{
    for (int side = 0; side < 2; side++) {
        const char *before = side == 0 ? "plot " : ", \\\n     ";
        int p = side + 1, column = side + 2;
        text_format(plot, "%s\"frontier.dat\" index 0 using (X%d($1)):(Y%d($%d)) with points pt 6 ps 0.7 lw 1.2 lc rgb \"%s\" notitle", before, p, p, column, THEME_LINE);
        text_format(plot, ", \\\n     \"\" index %d using (X%d($1)):(Y%d($%d)) with linespoints pt 7 ps 0.7 lw 1.6 lc rgb \"%s\" notitle", side + 1, p, p, column,
                    THEME_WITH_MIDDLE);
        text_format(plot, ", \\\n     \"\" index 3 using (X%d($1)):(Y%d($%d)) with points pt 7 ps 1.3 lc rgb \"%s\" notitle", p, p, column, THEME_WITHOUT);
        text_format(plot, ", \\\n     \"\" index 4 using (X%d($1)):(Y%d($%d)) with points pt 7 ps 1.5 lc rgb \"%s\" notitle", p, p, column, THEME_WITH);
    }
}

/* A word at a point: to the side where there is room, off the line, which rises with net value and falls with the date. */
static void add_mark(struct text *gp, const struct figure_panel *p, const struct orgsim_candidate *c, enum side side, bool now, const char *word)
{
    double x = figure_panel_x(p, c->cost_k_per_year), y = figure_panel_y(p, height(c, side)) + ((side == VALUE) == now ? 16 : -14);
    bool right = x + 14 + theme_text_width(word, THEME_FONT_SIZE, true) < p->right + 20;
    theme_label(gp, &(struct theme_label){.s = word, .screen = true, .x = right ? x + 6 : x - 6, .y = fmin(fmax(y, p->top + 2), p->bottom - 8),
                                          .align = right ? THEME_LEFT : THEME_RIGHT_ALIGNED, .bold = true, .colour = now ? THEME_WITHOUT : THEME_WITH});
}

static void add_panel(struct text *gp, const struct optimise_report *r, enum side side, double top)
{
    static const char *const names[] = {"Mean net value", "Mean finish, week"};
    const struct orgsim_selection *s = r->selection;
    struct figure_panel panel = panel_of(s, side, top);
    struct text label = {0};
    figure_panel_grid(gp, &panel, 5, side == VALUE ? PANEL_MONEY : PANEL_NUMBER, true);
    figure_panel_xaxis(gp, &panel, 4, PANEL_MONEY);
    text_format(&label, "More staff cost a year, %s", r->scenario->settings.currency);
    figure_panel_xlabel(gp, &panel, label.s ? label.s : "");
    figure_panel_name(gp, &(struct figure_panel){.left = panel.left - 6, .top = top - 8}, names[side], THEME_INK);
    figure_panel_map(gp, &panel, (int)side + 1);
    if (s->same < s->n && s->same != 0) add_mark(gp, &panel, &s->candidate[s->same], side, true, "as now");
    add_mark(gp, &panel, &s->candidate[0], side, false, s->same == 0 ? "as now, chosen" : s->decided ? "chosen" : "leads");
    gp->failed |= label.failed;
    text_free(&label);
}

static void add_detail(struct text *detail, const struct optimise_report *r)
{
    const struct orgsim_selection *s = r->selection;
    text_add(detail, "Organisations that nothing as cheap beats by mean net value:");
    for (size_t k = 0; k < s->n; k++)
        if (on_frontier(&s->candidate[k], VALUE))
            text_format(detail, " %s (%s a year, %s);", s->candidate[k].label, shown_k(s->candidate[k].cost_k_per_year, 0, SHOWN_SIGN).s,
                        shown_k(s->candidate[k].npv_k, 0, 0).s);
    text_format(detail, " the chosen one finishes in week %s on the mean.", shown_number(s->candidate[0].finish_week, 1, 0).s);
}

void optimise_figure(struct figure *figure, const struct optimise_report *r)
{
    struct text subhead = {0}, footnote = {0}, plot = {0}, *gp = &figure->script;
    optimise_title(&figure->title, r, SHOWN_TYPOGRAPHIC);
    text_add(&subhead, "Every organisation by what it costs; the line joins those that nothing as cheap beats");
    text_format(&footnote, "%s worlds at most, seed %llu, the same for all. A simulation of stated assumptions, not a measurement of yours.",
                shown_number((double)r->selection->worlds, 0, 0).s, (unsigned long long)r->seed);
    double top = figure_head(figure, "frontier", &subhead, footnote.s ? footnote.s : "") + 26;
    figure_panel_page(gp);
    for (int side = 0; side < 2; side++) add_panel(gp, r, (enum side)side, top);
    add_data(&figure->data, r->selection);
    add_plot(&plot);
    theme_plot(gp, "frontier", plot.s ? plot.s : "");
    add_detail(&figure->detail, r);
    gp->failed |= plot.failed || footnote.failed;
    text_free(&footnote);
    text_free(&plot);
}
