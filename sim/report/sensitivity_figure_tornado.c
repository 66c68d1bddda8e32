/* sensitivity_figure_tornado.c: which assumption matters? Bars from the worse end of each range to its better one, the widest on top. */
#include "report/sensitivity.h"

#include <math.h>
#include <stdio.h>

#include "report/quantity.h"
#include "report/sensitivity_bars.h"

#define VALUES 44      /* pixels beside the bars, for what stands at their ends */

static struct figure_panel panel_of(const struct sensitivity_report *r, double top)
{
    double present = r->found->at_present.mean, low = fmin(0, present), high = fmax(0, present);
    for (size_t k = 0; k < sensitivity_bars(r); k++) {
        struct sensitivity_ends ends = sensitivity_ends(&r->found->row[k]);
        low = fmin(low, ends.worse->mean);
        high = fmax(high, ends.better->mean);
    }
    double room = high > low ? 0.03 * (high - low) : 1;
    size_t rows = sensitivity_bars(r);
    return (struct figure_panel){.left = SENSITIVITY_LEFT + VALUES, .right = THEME_RIGHT - VALUES, .top = top + 14, .bottom = THEME_BOTTOM, .x0 = low - room,
                                 .x1 = high + room, .y0 = rows > 0 ? (double)rows : 1, .y1 = 0};
}

static void end_value(struct text *gp, const struct orgsim_sensitivity_row *row, double value, double x, double y, bool left)
{
    theme_label(gp, &(struct theme_label){.s = sensitivity_value(row, value, SHOWN_TYPOGRAPHIC).s, .screen = true, .x = left ? x - 5 : x + 5, .y = y,
                                          .align = left ? THEME_RIGHT_ALIGNED : THEME_LEFT, .size = THEME_FOOTNOTE, .colour = THEME_INK});
}

/* Worse than now in a light colour, better in a full one, so that the two sides differ in grey too. */
static void row_bar(struct text *gp, const struct figure_panel *p, const struct orgsim_sensitivity_row *row, size_t k, double present)
{
    struct sensitivity_ends ends = sensitivity_ends(row);
    double top = figure_panel_y(p, (double)k + 0.5 - SENSITIVITY_BAR), bottom = figure_panel_y(p, (double)k + 0.5 + SENSITIVITY_BAR), middle = (top + bottom) / 2;
    double worse = figure_panel_x(p, ends.worse->mean), better = figure_panel_x(p, ends.better->mean), now = figure_panel_x(p, present);
    if (worse < now) figure_panel_fill(gp, worse, top, fmin(now, better), bottom, THEME_WITHOUT_MIDDLE);
    if (better > now) figure_panel_fill(gp, fmax(now, worse), top, better, bottom, THEME_WITH);
    end_value(gp, row, ends.worse_value, fmin(worse, now), middle, true);
    end_value(gp, row, ends.better_value, fmax(better, now), middle, false);
}

static void upright(struct text *gp, const struct figure_panel *p, double value, const char *words, const char *colour, double width)
{
    double x = figure_panel_x(p, value);
    theme_line(gp, x, p->top - 2, x, p->bottom, colour, width);
    theme_label(gp, &(struct theme_label){.s = words, .screen = true, .x = x, .y = p->top - 11, .align = THEME_CENTRE, .size = THEME_FONT_SIZE - 1,
                                          .colour = THEME_INK});
}

static void data(struct text *out, const struct sensitivity_report *r)
{
    text_add(out, "# number: value and mean difference of net value in k at its worse end, the same at its better end, swing and its 95 % interval\n");
    for (size_t k = 0; k < sensitivity_bars(r); k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        struct sensitivity_ends ends = sensitivity_ends(row);
        const double parts[] = {ends.worse_value, ends.worse->mean, ends.better_value, ends.better->mean, row->swing.mean, row->swing.ci_low, row->swing.ci_high};
        text_format(out, "# %s\n", row->name);
        for (int c = 0; c < 7; c++) {
            theme_number(out, parts[c]);
            text_add(out, c == 6 ? "\n" : " ");
        }
    }
}

static void detail(struct text *text, const struct sensitivity_report *r)
{
    for (size_t k = 0; k < sensitivity_bars(r) && k < 3; k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        struct sensitivity_ends ends = sensitivity_ends(row);
        text_format(text, " %s: %s at %s, %s at %s.", row->name, shown_k(ends.worse->mean, 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s,
                    sensitivity_value(row, ends.worse_value, SHOWN_TYPOGRAPHIC).s, shown_k(ends.better->mean, 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s,
                    sensitivity_value(row, ends.better_value, SHOWN_TYPOGRAPHIC).s);
    }
}

/* Widest error of the swings that are drawn. */
static double error_of(const struct sensitivity_report *r)
{
    double most = 0;
    for (size_t k = 0; k < sensitivity_bars(r); k++) most = fmax(most, r->found->row[k].swing.mean - r->found->row[k].swing.ci_low);
    return most;
}

void sensitivity_tornado_words(struct text *subhead, struct text *footnote, const struct sensitivity_report *r)
{
    text_format(subhead, "Mean net value against \xe2\x80\x9c%s\xe2\x80\x9d from the worse to the better end of a range",
                shown_label(quantity_arm(r->scenario, r->baseline)).s);
    text_format(footnote, "%s worlds, seed %llu, the same at every point; swings to \xc2\xb1%s. A simulation of stated assumptions, not a measurement.",
                shown_number((double)r->found->worlds, 0, 0).s, (unsigned long long)r->seed, shown_k(error_of(r), 0, 0).s);
}

void sensitivity_tornado_draw(struct figure *figure, const struct sensitivity_report *r, double top)
{
    struct text label = {0}, *gp = &figure->script;
    double present = r->found->at_present.mean;
    struct figure_panel panel = panel_of(r, top);
    figure_panel_xaxis(gp, &panel, 5, PANEL_MONEY);
    for (size_t k = 0; k < sensitivity_bars(r); k++) {
        sensitivity_bar_name(gp, &panel, &r->found->row[k], k);
        row_bar(gp, &panel, &r->found->row[k], k, present);
    }
    bool apart = fabs(figure_panel_x(&panel, 0) - figure_panel_x(&panel, present)) > 70;
    upright(gp, &panel, 0, "break-even", THEME_INK, 1.6);
    upright(gp, &panel, present, apart ? "as assumed" : "", THEME_GREY, 1);
    text_format(&label, "change of mean net value, %s", r->scenario->settings.currency);
    figure_panel_xlabel(gp, &panel, label.s ? label.s : "");
    gp->failed |= label.failed;
    data(&figure->data, r);
    detail(&figure->detail, r);
    text_free(&label);
}
