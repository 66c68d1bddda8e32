/* figure_running.c: were there enough worlds? The mean difference of net value and its interval while worlds were added. */
#include <math.h>
#include <stdio.h>

#include "report/figure.h"
#include "report/figure_panel.h"

#define LEFT 84
#define NAMES 96 /* pixels to the right of the panel */

struct running {
    const struct finding *f;
    const struct orgsim_running *point;
    size_t n;
    uint64_t clear; /* worlds from which on the interval left out zero; 0: it does not at the end */
    struct figure_panel panel;
};

static void measure(struct running *r)
{
    r->point = r->f->results->running;
    r->n = r->f->results->n_running;
    for (size_t i = r->n; i-- > 0;) {
        const struct orgsim_running *p = &r->point[i], *last = &r->point[r->n - 1];
        if (!(p->ci_low > 0 || p->ci_high < 0) || (p->mean > 0) != (last->mean > 0)) break;
        r->clear = p->worlds;
    }
}

static void add_title(struct text *title, const struct running *r)
{
    const struct finding *f = r->f;
    const int flags = SHOWN_SIGN | SHOWN_TYPOGRAPHIC;
    struct shown mean = shown_k(f->npv_difference, 0, flags), half = shown_k(f->npv_half_width, 0, 0);
    struct shown clear = shown_number((double)r->clear, 0, 0), worlds = shown_number((double)f->results->worlds, 0, 0);
    const char *currency = f->scenario->settings.currency;
    if (r->n == 0) {
        text_add(title, "There is no second organisation, so there is no difference to settle");
    } else if (!isfinite(f->npv_half_width)) {
        text_format(title, "One world settles nothing: in it, net value differs by %s %s", currency, mean.s);
    } else if (r->clear == 0 && f->npv_half_width == 0) {
        text_add(title, "Net value is the same under both organisations, however many worlds are lived");
    } else if (r->clear == 0) {
        text_format(title, "Not enough to tell the sign: after %s worlds net value differs by %s %s, give or take %s", worlds.s, currency, mean.s, half.s);
    } else if (r->clear == f->results->worlds) {
        text_format(title, "Just enough to tell the sign: after %s worlds net value differs by %s %s, give or take %s", worlds.s, currency, mean.s, half.s);
    } else {
        text_format(title, "Enough worlds: net value differs by %s %s, give or take %s; the sign is settled from world %s on", currency, mean.s, half.s,
                    clear.s);
    }
}

static void set_panel(struct running *r, double top)
{
    double low = 0, high = 0, first = 1, last = 10;
    for (size_t i = 0; i < r->n; i++) {
        low = fmin(low, r->point[i].mean);
        high = fmax(high, r->point[i].mean);
        if (i < 2 && r->n > 3) continue; /* the widest intervals would squeeze the rest */
        if (isfinite(r->point[i].ci_low)) low = fmin(low, r->point[i].ci_low);
        if (isfinite(r->point[i].ci_high)) high = fmax(high, r->point[i].ci_high);
    }
    if (r->n > 0) {
        last = (double)r->point[r->n - 1].worlds;
        first = r->n > 1 ? (double)r->point[0].worlds : fmax(1, last / 2);
        if (!(last > first)) last = first + 1;
    }
    double room = high > low ? 0.08 * (high - low) : 1;
    r->panel = (struct figure_panel){.left = LEFT, .right = THEME_RIGHT - NAMES, .top = top, .bottom = THEME_BOTTOM, .x0 = first, .x1 = last,
                                     .y0 = low - room, .y1 = high + room, .log = true};
}

static void add_data(struct text *data, const struct running *r)
{
    text_add(data, "# worlds, mean difference of net value in k, 95 % interval\n");
    for (size_t i = 0; i < r->n; i++) {
        const double row[] = {(double)r->point[i].worlds, r->point[i].mean, r->point[i].ci_low, r->point[i].ci_high};
        for (int c = 0; c < 4; c++) {
            theme_number(data, row[c]);
            text_add(data, c == 3 ? "\n" : " ");
        }
    }
    if (r->n == 0) text_add(data, "NaN NaN NaN NaN\n"); /* nothing to draw */
}

static void add_words(struct text *gp, const struct running *r)
{
    const struct finding *f = r->f;
    double x = r->panel.right + 8, y = figure_panel_y(&r->panel, r->point[r->n - 1].mean);
    char words[80];
    snprintf(words, sizeof words, "\xc2\xb1%s", shown_k(f->npv_half_width, 0, 0).s);
    theme_label(gp, &(struct theme_label){.s = shown_k(f->npv_difference, 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s,
                                          .screen = true,
                                          .x = x,
                                          .y = y - 7,
                                          .bold = true,
                                          .colour = THEME_WITH});
    if (isfinite(f->npv_half_width)) theme_label(gp, &(struct theme_label){.s = words, .screen = true, .x = x, .y = y + 8, .colour = THEME_WITH});
}

void figure_running(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct running r = {.f = f};
    struct text subhead = {0}, *gp = &figure->script;
    measure(&r);
    add_title(&figure->title, &r);
    text_format(&subhead, "Mean difference of net value (%.8s), %s less %s, and its 95%% interval as worlds are added", f->scenario->settings.currency,
                figure_quoted(f, f->headline).s, figure_quoted(f, f->baseline).s);
    set_panel(&r, figure_head(figure, "running", &subhead, footnote));
    figure_panel_page(gp);
    figure_panel_grid(gp, &r.panel, 5, PANEL_MONEY, true);
    figure_panel_xaxis(gp, &r.panel, 6, PANEL_NUMBER);
    figure_panel_xlabel(gp, &r.panel, "Worlds (logarithmic scale)");
    figure_panel_map(gp, &r.panel, 1);
    double zero = figure_panel_y(&r.panel, 0);
    theme_line(gp, r.panel.left, zero, r.panel.right, zero, THEME_GREY, 1);
    if (r.n > 0) add_words(gp, &r);
    add_data(&figure->data, &r);
    theme_plot(gp, "running",
               r.n > 1 ? "plot \"running.dat\" using (X1($1)):(Y1($3)):(Y1($4)) with filledcurves fs solid noborder fc rgb \"" THEME_WITH_LIGHT
                         "\" notitle, \\\n     \"\" using (X1($1)):(Y1($2)) with lines lw 2.4 lc rgb \"" THEME_WITH "\" notitle"
                       : "plot \"running.dat\" using (X1($1)):(Y1($2)):(Y1($3)):(Y1($4)) with yerrorbars pt 7 ps 0.6 lw 1.6 lc rgb \"" THEME_WITH
                         "\" notitle");
    text_format(&figure->detail, "Mean difference of net value after more and more worlds, with its 95%% interval: %s %s, half-width %s, after %s worlds.",
                f->scenario->settings.currency, shown_k(f->npv_difference, 0, SHOWN_SIGN).s, shown_k(f->npv_half_width, 0, 0).s,
                shown_number((double)f->results->worlds, 0, 0).s);
}
