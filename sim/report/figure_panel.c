/* figure_panel.c: several plots on the page of one figure */
#include "report/figure_panel.h"

#include <math.h>

#include "report/shown.h"

#define TIC 4       /* length, pixels */
#define TIC_APART 52 /* least distance of numbers on a logarithmic axis, pixels */

void figure_panel_page(struct text *gp)
{
    text_add(gp, "unset border\nunset tics\n");
    theme_box(gp, 0, THEME_WIDTH, 0, THEME_HEIGHT);
    text_format(gp, "set xrange [0:%d]\nset yrange [%d:0]\n", THEME_WIDTH, THEME_HEIGHT);
    text_add(gp, "hold(v, low, high) = v < low ? low * 1.0 : v > high ? high * 1.0 : v * 1.0\n");
}

static double along(const struct figure_panel *p, double x) { return p->log ? log10(x / p->x0) / log10(p->x1 / p->x0) : (x - p->x0) / (p->x1 - p->x0); }

double figure_panel_x(const struct figure_panel *p, double x) { return p->left + (p->right - p->left) * along(p, x); }

double figure_panel_y(const struct figure_panel *p, double y) { return p->bottom - (p->bottom - p->top) * (y - p->y0) / (p->y1 - p->y0); }

/* v in units, held between numbers[0] and [1], as pixels between numbers[2] and [3]. */
static void add_map(struct text *gp, char axis, int number, const double numbers[4], bool log)
{
    char n[4][TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    for (int i = 0; i < 4; i++) text_of_double(n[i], numbers[i]);
    text_of_double(low, fmin(numbers[0], numbers[1]));
    text_of_double(high, fmax(numbers[0], numbers[1]));
    if (log) {
        text_format(gp, "%c%d(v) = %s + (%s - %s) * log10(hold(v, %s, %s) / %s) / log10(%s * 1.0 / %s)\n", axis, number, n[2], n[3], n[2], low, high,
                    n[0], n[1], n[0]);
    } else {
        text_format(gp, "%c%d(v) = %s + (%s - %s) * (hold(v, %s, %s) - (%s)) / (%s - (%s))\n", axis, number, n[2], n[3], n[2], low, high, n[0], n[1],
                    n[0]);
    }
}

void figure_panel_map(struct text *gp, const struct figure_panel *p, int number)
{
    add_map(gp, 'X', number, (double[]){p->x0, p->x1, p->left, p->right}, p->log);
    add_map(gp, 'Y', number, (double[]){p->y0, p->y1, p->bottom, p->top}, false);
}

static struct shown number_of(double x, double step, enum figure_panel_unit unit)
{
    int decimals = step < 0.01 ? 3 : step < 0.1 ? 2 : step < 1 ? 1 : 0;
    if (unit == PANEL_SHARE) return shown_share(x, 0);
    struct shown s = unit == PANEL_MONEY ? shown_k(x, decimals, SHOWN_TYPOGRAPHIC) : shown_number(x, decimals, SHOWN_TYPOGRAPHIC);
    return x == 0 ? (struct shown){"0"} : s;
}

static void xtic(struct text *gp, const struct figure_panel *p, double x, double step, enum figure_panel_unit unit)
{
    double at = figure_panel_x(p, x);
    theme_line(gp, at, p->bottom, at, p->bottom + TIC, THEME_LINE, 1);
    theme_label(gp, &(struct theme_label){.s = number_of(x, step, unit).s,
                                          .screen = true,
                                          .x = at,
                                          .y = p->bottom + 16,
                                          .align = THEME_CENTRE,
                                          .colour = THEME_GREY});
}

static void xtics_log(struct text *gp, const struct figure_panel *p, enum figure_panel_unit unit)
{
    static const double parts[] = {1, 2, 5};
    double last = -TIC_APART;
    for (double power = pow(10, floor(log10(p->x0))); power <= p->x1; power *= 10) {
        for (int i = 0; i < 3; i++) {
            double x = power * parts[i], at = figure_panel_x(p, x);
            if (x < p->x0 || x > p->x1 * 1.001 || at - last < TIC_APART) continue;
            xtic(gp, p, x, x, unit);
            last = at;
        }
    }
}

void figure_panel_xaxis(struct text *gp, const struct figure_panel *p, int wanted, enum figure_panel_unit unit)
{
    theme_line(gp, p->left, p->bottom, p->right, p->bottom, THEME_LINE, 1);
    if (p->log) {
        xtics_log(gp, p, unit);
        return;
    }
    double step = theme_step(p->x1 - p->x0, wanted);
    for (double n = ceil(p->x0 / step - 1e-9); n * step <= p->x1 + 1e-6 * step; n++) xtic(gp, p, n * step, step, unit);
}

void figure_panel_grid(struct text *gp, const struct figure_panel *p, int wanted, enum figure_panel_unit unit, bool labelled)
{
    double step = theme_step(p->y1 - p->y0, wanted);
    for (double n = ceil(p->y0 / step - 1e-9); n * step <= p->y1 + 1e-6 * step; n++) {
        double at = figure_panel_y(p, n * step);
        text_add(gp, "set arrow from first ");
        theme_number(gp, p->left);
        text_add(gp, ", first ");
        theme_number(gp, at);
        text_add(gp, " to first ");
        theme_number(gp, p->right);
        text_add(gp, ", first ");
        theme_number(gp, at);
        text_format(gp, " nohead back dt solid lw 1 lc rgb \"%s\"\n", THEME_FAINT);
        if (!labelled) continue;
        theme_label(gp, &(struct theme_label){.s = number_of(n * step, step, unit).s,
                                              .screen = true,
                                              .x = p->left - 8,
                                              .y = at,
                                              .align = THEME_RIGHT_ALIGNED,
                                              .colour = THEME_GREY});
    }
}

void figure_panel_xlabel(struct text *gp, const struct figure_panel *p, const char *s)
{
    theme_label(gp, &(struct theme_label){
                        .s = s, .screen = true, .x = (p->left + p->right) / 2, .y = p->bottom + 37, .align = THEME_CENTRE, .colour = THEME_GREY});
}

void figure_panel_name(struct text *gp, const struct figure_panel *p, const char *s, const char *colour)
{
    theme_label(gp, &(struct theme_label){.s = s, .screen = true, .x = p->left + 6, .y = p->top - 10, .bold = true, .colour = colour});
}

void figure_panel_fill(struct text *gp, double left, double top, double right, double bottom, const char *colour)
{
    text_add(gp, "set object rectangle from first ");
    theme_number(gp, left);
    text_add(gp, ", first ");
    theme_number(gp, top);
    text_add(gp, " to first ");
    theme_number(gp, right);
    text_add(gp, ", first ");
    theme_number(gp, bottom);
    text_format(gp, " back fs solid noborder fc rgb \"%s\"\n", colour);
}
