/* figure_debt.c: how much decision debt builds up? Questions open in each week, and the weeks of being open summed up to then. */
#include <math.h>
#include <stdio.h>

#include "report/figure.h"
#include "report/figure_panel.h"

#define LEFT 56
#define BETWEEN 56
#define NAMES 142 /* pixels to the right of the second panel */

struct debt {
    const struct finding *f;
    size_t last; /* week */
    double open_most, sum_most;
    struct figure_panel open, sum;
};

static double open_in(const struct finding *f, size_t row, size_t week)
{
    return figure_band(f, row, week, ORGSIM_TIMELINE_open_decisions)->mean;
}

/* Open weeks of all questions up to the end of `last`. */
static double sum_to(const struct finding *f, size_t row, size_t last)
{
    double sum = 0;
    for (size_t week = 0; week <= last; week++) sum += open_in(f, row, week);
    return sum;
}

static void measure(struct debt *d)
{
    for (size_t row = 0; row < d->f->results->n_arms; row++) {
        for (size_t week = 0; week <= d->last; week++) d->open_most = fmax(d->open_most, open_in(d->f, row, week));
        d->sum_most = fmax(d->sum_most, sum_to(d->f, row, d->last));
    }
}

static bool is_other(const struct finding *f, size_t row) { return row != f->headline && row != f->baseline; }

static void add_curve(struct text *data, const struct debt *d, size_t row)
{
    double sum = 0;
    text_format(data, "# %s: week, questions open, open weeks up to then\n", finding_id(d->f, row));
    for (size_t week = 0; week <= d->last; week++) {
        double open = open_in(d->f, row, week);
        sum += open;
        text_format(data, "%zu ", week);
        theme_number(data, open);
        text_add(data, " ");
        theme_number(data, sum);
        text_add(data, "\n");
    }
    text_add(data, "\n\n");
}

static void add_plot(struct text *plot, const struct debt *d)
{
    const struct finding *f = d->f;
    size_t others = f->results->n_arms - (finding_is_alone(f) ? 1 : 2);
    int with = 1 - figure_first(f);
    text_add(plot, "plot ");
    for (int panel = 1; panel <= 2; panel++) {
        for (size_t i = 0; i < others; i++)
            text_format(plot, "\"debt.dat\" index %zu using (X%d($1)):(Y%d($%d)) with lines lw 1 lc rgb \"%s\" notitle, \\\n     ",
                        (size_t)with + 1 + i, panel, panel, panel + 1, THEME_LINE);
        text_format(plot, "\"debt.dat\" index %d using (X%d($1)):(Y%d($%d)) with lines lw 2.4 lc rgb \"%s\" notitle", with, panel, panel,
                    panel + 1, THEME_WITH);
        if (!finding_is_alone(f))
            text_format(plot, ", \\\n     \"debt.dat\" index 0 using (X%d($1)):(Y%d($%d)) with lines lw 2.2 dt (10,4) lc rgb \"%s\" notitle",
                        panel, panel, panel + 1, THEME_WITHOUT);
        text_add(plot, panel == 1 ? ", \\\n     " : "");
    }
}

static void add_panels(struct text *gp, struct debt *d, double top)
{
    double width = (THEME_RIGHT - LEFT - BETWEEN - NAMES) / 2.0, last = d->last > 0 ? (double)d->last : 1;
    d->open = (struct figure_panel){.left = LEFT, .right = LEFT + width, .top = top, .bottom = THEME_BOTTOM, .x1 = last};
    d->sum = d->open;
    d->sum.left = d->open.right + BETWEEN;
    d->sum.right = d->sum.left + width;
    d->open.y1 = d->open_most > 0 ? 1.06 * d->open_most : 1;
    d->sum.y1 = d->sum_most > 0 ? 1.06 * d->sum_most : 1;
    struct figure_panel *panels[] = {&d->open, &d->sum};
    const char *names[] = {"Questions open", "Weeks open, summed so far"};
    for (int i = 0; i < 2; i++) {
        figure_panel_grid(gp, panels[i], 5, PANEL_NUMBER, true);
        figure_panel_xaxis(gp, panels[i], 6, PANEL_NUMBER);
        figure_panel_xlabel(gp, panels[i], "Week");
        figure_panel_name(gp, panels[i], names[i], THEME_INK);
        figure_panel_map(gp, panels[i], i + 1);
    }
}

static void add_detail(struct text *detail, const struct finding *f, int decimals)
{
    text_add(detail, "Mean number of open questions in each week, and the weeks for which questions stood open summed up to then: ");
    for (int of = figure_first(f); of < 2; of++) {
        size_t row = of ? f->headline : f->baseline;
        text_format(detail, "%s%s under %s%s", shown_number(finding_summary(f, row, ORGSIM_METRIC_decision_debt_weeks)->mean, decimals, 0).s,
                    of == figure_first(f) ? " over the whole program" : "", figure_quoted(f, row).s, of ? ". " : ", ");
    }
    text_format(detail, "The interest on that debt, rework at the cost of an engineer: %s ", f->scenario->settings.currency);
    for (int of = figure_first(f); of < 2; of++)
        text_format(detail, "%s%s",
                    shown_k(finding_summary(f, of ? f->headline : f->baseline, ORGSIM_METRIC_decision_debt_interest_k)->mean, 0, 0).s,
                    of ? "." : " against ");
}

void figure_debt(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct debt d = {.f = f, .last = figure_last_week(f)};
    struct text subhead = {0}, plot = {0}, *gp = &figure->script;
    measure(&d);
    double a = finding_summary(f, f->baseline, ORGSIM_METRIC_decision_debt_weeks)->mean,
           b = finding_summary(f, f->headline, ORGSIM_METRIC_decision_debt_weeks)->mean;
    int decimals = fmin(a, b) < 20 ? 1 : 0;
    figure_pair(&figure->title, f, "Decision debt per program", " weeks", shown_number(a, decimals, 0).s, shown_number(b, decimals, 0).s,
                figure_clear(f, ORGSIM_METRIC_decision_debt_weeks));
    bool others = f->results->n_arms > (finding_is_alone(f) ? 1 : 2);
    text_format(&subhead, "Each week that a question stays open adds one. Mean of the first %s worlds%s",
                shown_number((double)f->results->timeline_worlds, 0, 0).s, others ? "; grey: the other organisations" : "");
    add_panels(gp, &d, figure_head(figure, "debt", &subhead, footnote) + 6);
    figure_panel_page(gp);
    size_t w = d.last;
    figure_curve_names(gp, f, d.sum.right + 8, figure_panel_y(&d.sum, sum_to(f, f->baseline, w)),
                       figure_panel_y(&d.sum, sum_to(f, f->headline, w)));
    if (!finding_is_alone(f)) add_curve(&figure->data, &d, f->baseline);
    add_curve(&figure->data, &d, f->headline);
    for (size_t row = 0; row < f->results->n_arms; row++) {
        if (is_other(f, row)) add_curve(&figure->data, &d, row);
    }
    add_plot(&plot, &d);
    theme_plot(gp, "debt", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
    add_detail(&figure->detail, f, decimals);
}
