/* sweep_figure.c: where does it stop paying? A line with its band over one number, a map with the zero line over two. */
#include <math.h>
#include <stdio.h>

#include "report/figure_panel.h"
#include "report/quantity.h"
#include "report/sweep.h"

#define LEFT 84
#define NAMES 96 /* pixels to the right of the panel */
#define ROWS_NAMED 12

/* Diverging about zero, darkest first on either side. */
static const char *const losses[] = {"#8C3A04", "#D9823B", "#F6D2B3"}, *const gains[] = {"#06467A", "#4A98C9", "#BBD7EA"};
#define NEUTRAL "#F7F7F7"
#define CELL_SIGNED 14 /* pixels of the smallest cell with a sign */

static double low_of(const struct orgsim_sweep *s, size_t axis) { return s->value[axis][0]; }
static double high_of(const struct orgsim_sweep *s, size_t axis) { return s->value[axis][s->n[axis] - 1]; }

static bool here(const struct orgsim_sweep *s, size_t axis) { return s->present[axis] >= low_of(s, axis) && s->present[axis] <= high_of(s, axis); }

static void axis_words(struct text *text, const struct sweep_report *r, size_t axis)
{
    struct text unit = {0};
    text_add(text, r->axes[axis].name);
    quantity_unit(&unit, r->scenario, r->sweep->unit[axis]);
    if (unit.n > 0) text_format(text, ",%s", unit.s);
    text_free(&unit);
}

static void add_xlabel(struct text *gp, const struct figure_panel *panel, const struct sweep_report *r)
{
    struct text words = {0};
    axis_words(&words, r, 0);
    figure_panel_xlabel(gp, panel, words.s ? words.s : "");
    text_free(&words);
}

/* --- one number --------------------------------------------------------------------------------------------------------------------- */

static struct figure_panel line_panel(const struct orgsim_sweep *s, double top)
{
    double low = 0, high = 0;
    for (size_t k = 0; k < s->n[0]; k++) {
        if (isnan(s->npv_k[k].mean)) continue;
        low = fmin(low, s->npv_k[k].ci_low);
        high = fmax(high, s->npv_k[k].ci_high);
    }
    double room = high > low ? 0.08 * (high - low) : 1;
    return (struct figure_panel){.left = LEFT, .right = THEME_RIGHT - NAMES, .top = top, .bottom = THEME_BOTTOM, .x0 = low_of(s, 0), .x1 = high_of(s, 0),
                                 .y0 = low - room, .y1 = high + room};
}

static void line_data(struct text *data, const struct orgsim_sweep *s)
{
    text_add(data, "# value, mean difference of net value in k, 95 % interval\n");
    for (size_t k = 0; k < s->n[0]; k++) {
        const double row[] = {s->value[0][k], s->npv_k[k].mean, s->npv_k[k].ci_low, s->npv_k[k].ci_high};
        for (int c = 0; c < 4; c++) {
            theme_number(data, row[c]);
            text_add(data, c == 3 ? "\n" : " ");
        }
    }
}

static void line_end(struct text *gp, const struct figure_panel *panel, const struct orgsim_sweep *s)
{
    const struct orgsim_estimate *e = &s->npv_k[s->n[0] - 1];
    if (isnan(e->mean)) return;
    theme_label(gp, &(struct theme_label){.s = shown_k(e->mean, 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s, .screen = true, .x = panel->right + 8,
                                          .y = figure_panel_y(panel, e->mean), .bold = true, .colour = THEME_WITH});
}

static void line_figure(struct figure *figure, const struct sweep_report *r, double top)
{
    const struct orgsim_sweep *s = r->sweep;
    struct text *gp = &figure->script;
    struct figure_panel panel = line_panel(s, top);
    figure_panel_page(gp);
    figure_panel_grid(gp, &panel, 5, PANEL_MONEY, true);
    figure_panel_xaxis(gp, &panel, 6, PANEL_NUMBER);
    add_xlabel(gp, &panel, r);
    figure_panel_map(gp, &panel, 1);
    double zero = figure_panel_y(&panel, 0);
    theme_line(gp, panel.left, zero, panel.right, zero, THEME_GREY, 1);
    if (here(s, 0)) {
        double at = figure_panel_x(&panel, s->present[0]);
        theme_line(gp, at, panel.top + 8, at, panel.bottom, THEME_LINE, 1);
        figure_threshold(gp, "you are here", at, panel.top);
    }
    line_end(gp, &panel, s);
    line_data(&figure->data, s);
    theme_plot(gp, "sweep",
               "plot \"sweep.dat\" using (X1($1)):(Y1($3)):(Y1($4)) with filledcurves fs solid noborder fc rgb \"" THEME_WITH_LIGHT
               "\" notitle, \\\n     \"\" using (X1($1)):(Y1($2)) with linespoints pt 7 ps 0.5 lw 2.4 lc rgb \"" THEME_WITH "\" notitle");
}

/* --- two numbers -------------------------------------------------------------------------------------------------------------------- */

static double largest(const struct orgsim_sweep *s)
{
    double most = 0;
    for (size_t c = 0; c < s->n[0] * s->n[1]; c++)
        if (!isnan(s->npv_k[c].mean)) most = fmax(most, fabs(s->npv_k[c].mean));
    return most;
}

static const char *colour_of(double mean, double most)
{
    double share = most > 0 ? fabs(mean) / most : 0;
    const char *const *side = mean < 0 ? losses : gains;
    return share < 0.02 ? NEUTRAL : side[share > 2.0 / 3 ? 0 : share > 1.0 / 3 ? 1 : 2];
}

/* Cells are centred on their values: the panel reaches half a step beyond the outer ones. */
static struct figure_panel map_panel(const struct orgsim_sweep *s, double top)
{
    double half[2];
    for (size_t a = 0; a < 2; a++) half[a] = (high_of(s, a) - low_of(s, a)) / (double)(s->n[a] - 1) / 2;
    return (struct figure_panel){.left = LEFT, .right = THEME_RIGHT - NAMES, .top = top, .bottom = THEME_BOTTOM, .x0 = low_of(s, 0) - half[0],
                                 .x1 = high_of(s, 0) + half[0], .y0 = low_of(s, 1) - half[1], .y1 = high_of(s, 1) + half[1]};
}

static double edge_x(const struct figure_panel *p, const struct orgsim_sweep *s, size_t k) { return p->left + (p->right - p->left) * (double)k / (double)s->n[0]; }
static double edge_y(const struct figure_panel *p, const struct orgsim_sweep *s, size_t j) { return p->bottom - (p->bottom - p->top) * (double)j / (double)s->n[1]; }

/* The values of the second number at the middle of their rows, as many as have room. */
static void map_rows(struct text *gp, const struct figure_panel *p, const struct orgsim_sweep *s)
{
    size_t step = 1 + (s->n[1] - 1) / ROWS_NAMED;
    for (size_t j = 0; j < s->n[1]; j += step)
        theme_label(gp, &(struct theme_label){.s = quantity_shown(s->value[1][j], high_of(s, 1) - low_of(s, 1), SHOWN_TYPOGRAPHIC).s, .screen = true,
                                              .x = p->left - 8, .y = figure_panel_y(p, s->value[1][j]), .align = THEME_RIGHT_ALIGNED, .colour = THEME_GREY});
}

static bool turns(double a, double b) { return !isnan(a) && !isnan(b) && (a > 0) != (b > 0); }

static void map_cells(struct text *gp, const struct figure_panel *p, const struct orgsim_sweep *s)
{
    double most = largest(s);
    for (size_t k = 0; k < s->n[0]; k++)
        for (size_t j = 0; j < s->n[1]; j++)
            if (!isnan(sweep_mean(s, k, j)))
                figure_panel_fill(gp, edge_x(p, s, k), edge_y(p, s, j + 1), edge_x(p, s, k + 1), edge_y(p, s, j), colour_of(sweep_mean(s, k, j), most));
    for (size_t k = 0; k < s->n[0]; k++) /* the zero line, between cells of different sign */
        for (size_t j = 0; j < s->n[1]; j++) {
            double mean = sweep_mean(s, k, j);
            if (k + 1 < s->n[0] && turns(mean, sweep_mean(s, k + 1, j)))
                theme_line(gp, edge_x(p, s, k + 1), edge_y(p, s, j), edge_x(p, s, k + 1), edge_y(p, s, j + 1), THEME_INK, 2.4);
            if (j + 1 < s->n[1] && turns(mean, sweep_mean(s, k, j + 1)))
                theme_line(gp, edge_x(p, s, k), edge_y(p, s, j + 1), edge_x(p, s, k + 1), edge_y(p, s, j + 1), THEME_INK, 2.4);
        }
}

/* A minus in each cell that loses, so that a grey print tells losses from gains; left out where cells are too small for it. */
static void map_losses(struct text *gp, const struct figure_panel *p, const struct orgsim_sweep *s)
{
    double width = (p->right - p->left) / (double)s->n[0], height = (p->bottom - p->top) / (double)s->n[1], most = largest(s);
    if (width < CELL_SIGNED || height < CELL_SIGNED) return;
    for (size_t k = 0; k < s->n[0]; k++)
        for (size_t j = 0; j < s->n[1]; j++) {
            double mean = sweep_mean(s, k, j);
            if (!(mean < 0)) continue;
            theme_label(gp, &(struct theme_label){.s = "\xe2\x88\x92", .screen = true, .x = edge_x(p, s, k) + width / 2, .y = edge_y(p, s, j) - height / 2,
                                                  .align = THEME_CENTRE, .bold = true, .colour = -mean > most / 3 ? "#FFFFFF" : THEME_INK});
        }
}

/* Seven steps from the greatest loss to the greatest gain, with the numbers at both ends and at zero. */
static void map_legend(struct text *gp, const struct figure_panel *p, double most)
{
    const char *const steps[] = {gains[0], gains[1], gains[2], NEUTRAL, losses[2], losses[1], losses[0]};
    double left = p->right + 16, height = 20, top = p->top + 18;
    for (int k = 0; k < 7; k++) figure_panel_fill(gp, left, top + k * height, left + 14, top + (k + 1) * height, steps[k]);
    const double at[] = {0, 3.5, 7}, value[] = {most, 0, -most};
    for (int k = 0; k < 3; k++)
        theme_label(gp, &(struct theme_label){.s = k == 1 ? "0" : shown_k(value[k], 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s, .screen = true, .x = left + 20,
                                              .y = top + at[k] * height, .size = THEME_FOOTNOTE, .colour = THEME_GREY});
}

static void map_here(struct text *gp, const struct figure_panel *p, const struct orgsim_sweep *s)
{
    if (!here(s, 0) || !here(s, 1)) return;
    double x = figure_panel_x(p, s->present[0]), y = figure_panel_y(p, s->present[1]);
    bool right = x > (p->left + p->right) / 2;
    figure_panel_fill(gp, x - 5, y - 5, x + 5, y + 5, "#FFFFFF");
    figure_panel_fill(gp, x - 3, y - 3, x + 3, y + 3, THEME_INK);
    double width = theme_text_width("you are here", THEME_FOOTNOTE, true) + 8, from = right ? x - 8 - width : x + 8;
    figure_panel_fill(gp, from, y - 9, from + width, y + 9, "#FFFFFF");
    theme_label(gp, &(struct theme_label){.s = "you are here", .screen = true, .x = from + 4, .y = y, .size = THEME_FOOTNOTE, .bold = true, .colour = THEME_INK});
}

static void map_data(struct text *data, const struct orgsim_sweep *s)
{
    text_add(data, "# first number, second number, mean difference of net value in k, 95 % interval\n");
    for (size_t c = 0; c < s->n[0] * s->n[1]; c++) {
        const double row[] = {s->value[0][c / s->n[1]], s->value[1][c % s->n[1]], s->npv_k[c].mean, s->npv_k[c].ci_low, s->npv_k[c].ci_high};
        for (int k = 0; k < 5; k++) {
            theme_number(data, row[k]);
            text_add(data, k == 4 ? "\n" : " ");
        }
    }
}

static void map_figure(struct figure *figure, const struct sweep_report *r, double top)
{
    const struct orgsim_sweep *s = r->sweep;
    struct text *gp = &figure->script, words = {0};
    struct figure_panel panel = map_panel(s, top + 14);
    figure_panel_page(gp);
    figure_panel_xaxis(gp, &panel, 6, PANEL_NUMBER);
    add_xlabel(gp, &panel, r);
    map_rows(gp, &panel, s);
    axis_words(&words, r, 1);
    theme_label(gp, &(struct theme_label){.s = words.s ? words.s : "", .screen = true, .x = 26, .y = panel.top - 12, .colour = THEME_GREY});
    text_free(&words);
    map_cells(gp, &panel, s);
    map_losses(gp, &panel, s);
    map_legend(gp, &panel, largest(s));
    map_here(gp, &panel, s);
    map_data(&figure->data, s);
    theme_plot(gp, "sweep", "plot NaN notitle");
}

void sweep_figure(struct figure *figure, const struct sweep_report *r)
{
    struct text subhead = {0}, footnote = {0};
    sweep_title(&figure->title, r, SHOWN_TYPOGRAPHIC);
    text_format(&subhead, "Change of mean net value (%s) against \xe2\x80\x9c%s\xe2\x80\x9d%s", r->scenario->settings.currency,
                shown_label(quantity_arm(r->scenario, r->baseline)).s,
                r->sweep->n_axes == 1 ? ", and its 95% interval" : "; the dark line is zero, a minus is a loss");
    text_format(&footnote, "%s worlds, seed %llu, %s. A simulation of stated assumptions, not a measurement of your organisation.",
                shown_number((double)r->sweep->worlds, 0, 0).s, (unsigned long long)r->seed,
                r->sweep->generated ? "generated programs" : "the same at every value");
    double top = figure_head(figure, "sweep", &subhead, footnote.s ? footnote.s : "");
    if (r->sweep->n_axes == 1) line_figure(figure, r, top);
    else map_figure(figure, r, top);
    text_add(&figure->detail, figure->title.s ? figure->title.s : "");
    text_format(&figure->detail, ". As the scenario is, the change is %s %s.", r->scenario->settings.currency, shown_k(r->sweep->at_present.mean, 0, SHOWN_SIGN).s);
    text_free(&footnote);
}
