/* sensitivity_figure_together.c: bars of mu*, of rank correlations, and of shares alone within shares in all */
#include "report/sensitivity.h"

#include <math.h>

#include "report/quantity.h"
#include "report/sensitivity_bars.h"

#define VALUES 40 /* pixels to the right of the bars */

/* What is drawn of a row: a dark bar from zero, a light one behind it to `behind`, and the interval of the longer one. */
struct bar {
    double dark, behind;
    const struct orgsim_estimate *interval;
    struct shown value;
};

typedef struct bar bar_of(const struct orgsim_sensitivity_row *row);

static struct bar morris_bar(const struct orgsim_sensitivity_row *row)
{
    return (struct bar){row->mu_star.mean, row->mu_star.mean, &row->mu_star, shown_k(row->mu_star.mean, 0, 0)};
}

static struct bar rank_bar(const struct orgsim_sensitivity_row *row)
{
    return (struct bar){row->rho.mean, row->rho.mean, &row->rho, shown_number(row->rho.mean, 2, SHOWN_SIGN | SHOWN_TYPOGRAPHIC)};
}

static struct bar sobol_bar(const struct orgsim_sensitivity_row *row)
{
    double first = fmax(0, row->first.mean);
    return (struct bar){fmin(first, row->total.mean), row->total.mean, &row->total, shown_share(fmin(1, fmax(0, row->total.mean)), 0)};
}

static struct figure_panel panel_of(const struct sensitivity_report *r, bar_of *of, double top)
{
    double low = 0, high = 0;
    size_t rows = sensitivity_bars(r);
    for (size_t k = 0; k < rows; k++) {
        struct bar bar = of(&r->found->row[k]);
        low = fmin(low, fmin(bar.interval->ci_low, bar.behind));
        high = fmax(high, fmax(bar.interval->ci_high, bar.behind));
    }
    double room = high > low ? 0.03 * (high - low) : 1;
    return (struct figure_panel){.left = SENSITIVITY_LEFT + 12, .right = THEME_RIGHT - VALUES, .top = top + 14, .bottom = THEME_BOTTOM, .x0 = low < 0 ? low - room : 0,
                                 .x1 = high + room, .y0 = rows > 0 ? (double)rows : 1, .y1 = 0};
}

static void fill(struct text *gp, const struct figure_panel *p, double value, double top, double bottom, const char *colour)
{
    double zero = figure_panel_x(p, 0), end = figure_panel_x(p, value);
    if (end != zero) figure_panel_fill(gp, fmin(zero, end), top, fmax(zero, end), bottom, colour);
}

static void draw_row(struct text *gp, const struct figure_panel *p, struct bar bar, size_t k)
{
    double top = figure_panel_y(p, (double)k + 0.5 - SENSITIVITY_BAR), bottom = figure_panel_y(p, (double)k + 0.5 + SENSITIVITY_BAR), middle = (top + bottom) / 2;
    if (bar.behind != bar.dark) fill(gp, p, bar.behind, top, bottom, THEME_WITH_LIGHT);
    fill(gp, p, bar.dark, top, bottom, bar.dark < 0 ? THEME_WITHOUT_MIDDLE : THEME_WITH);
    double low = figure_panel_x(p, fmax(p->x0, bar.interval->ci_low)), high = figure_panel_x(p, bar.interval->ci_high);
    theme_line(gp, low, middle, high, middle, THEME_INK, 1);
    theme_line(gp, low, middle - 3, low, middle + 3, THEME_INK, 1);
    theme_line(gp, high, middle - 3, high, middle + 3, THEME_INK, 1);
    theme_label(gp, &(struct theme_label){.s = bar.value.s, .screen = true, .x = fmax(high, figure_panel_x(p, 0)) + 6, .y = middle, .size = THEME_FOOTNOTE,
                                          .colour = THEME_INK});
}

static void add_data(struct text *data, const struct sensitivity_report *r, bar_of *of, const char *head)
{
    text_add(data, head);
    for (size_t k = 0; k < sensitivity_bars(r); k++) {
        struct bar bar = of(&r->found->row[k]);
        const double parts[] = {bar.dark, bar.behind, bar.interval->ci_low, bar.interval->ci_high};
        text_format(data, "# %s\n", r->found->row[k].name);
        for (int c = 0; c < 4; c++) {
            theme_number(data, parts[c]);
            text_add(data, c == 3 ? "\n" : " ");
        }
    }
}

static void draw(struct figure *figure, const struct sensitivity_report *r, double top, bar_of *of, enum figure_panel_unit unit, const char *axis, const char *head)
{
    struct text *gp = &figure->script;
    struct figure_panel panel = panel_of(r, of, top);
    figure_panel_xaxis(gp, &panel, 5, unit);
    for (size_t k = 0; k < sensitivity_bars(r); k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        sensitivity_bar_name(gp, &panel, row, k);
        draw_row(gp, &panel, of(row), k);
        if (k < 3) text_format(&figure->detail, " %s: %s.", row->name, of(row).value.s);
    }
    theme_line(gp, figure_panel_x(&panel, 0), panel.top, figure_panel_x(&panel, 0), panel.bottom, THEME_GREY, 1);
    figure_panel_xlabel(gp, &panel, axis);
    add_data(&figure->data, r, of, head);
}

static void footnote_of(struct text *footnote, const struct sensitivity_report *r)
{
    text_format(footnote, "%s points of %s worlds, seed %llu; lines are 95%% intervals. A simulation of stated assumptions, not a measurement.",
                shown_number((double)r->found->points, 0, 0).s, shown_number((double)r->found->worlds, 0, 0).s, (unsigned long long)r->seed);
}

void sensitivity_morris_words(struct text *subhead, struct text *footnote, const struct sensitivity_report *r)
{
    text_format(subhead, "How far net value against \xe2\x80\x9c%s\xe2\x80\x9d changes while one number crosses its range and the others stand anywhere",
                shown_label(quantity_arm(r->scenario, r->baseline)).s);
    footnote_of(footnote, r);
}

void sensitivity_morris_draw(struct figure *figure, const struct sensitivity_report *r, double top)
{
    struct text axis = {0};
    text_format(&axis, "mean size of the change (\xce\xbc*), %s", r->scenario->settings.currency);
    draw(figure, r, top, morris_bar, PANEL_MONEY, axis.s ? axis.s : "", "# mu* in k, the same, its 95 % interval\n");
    text_free(&axis);
}

void sensitivity_rank_words(struct text *subhead, struct text *footnote, const struct sensitivity_report *r)
{
    text_format(subhead, "Rank correlation of each number with the change of mean net value against \xe2\x80\x9c%s\xe2\x80\x9d, all drawn at once",
                shown_label(quantity_arm(r->scenario, r->baseline)).s);
    footnote_of(footnote, r);
}

void sensitivity_rank_draw(struct figure *figure, const struct sensitivity_report *r, double top)
{
    draw(figure, r, top, rank_bar, PANEL_NUMBER, "rank correlation: above zero, more of it is better for the hire", "# rank correlation, the same, its 95 % interval\n");
}

void sensitivity_sobol_words(struct text *subhead, struct text *footnote, const struct sensitivity_report *r)
{
    text_format(subhead, "Share of the variance of mean net value against \xe2\x80\x9c%s\xe2\x80\x9d: dark alone, light together with others",
                shown_label(quantity_arm(r->scenario, r->baseline)).s);
    footnote_of(footnote, r);
}

void sensitivity_sobol_draw(struct figure *figure, const struct sensitivity_report *r, double top)
{
    draw(figure, r, top, sobol_bar, PANEL_SHARE, "share of the variance; shares in all may add up to more than 100%", "# share alone, in all, 95 % interval of the latter\n");
}
