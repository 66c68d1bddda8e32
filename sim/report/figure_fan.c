/* figure_fan.c: when do the organisations separate? Progress week by week, with bands; in each panel the other's median as a ghost. */
#include <math.h>
#include <stdio.h>

#include "report/figure.h"
#include "report/figure_panel.h"

#define LEFT 66
#define BETWEEN 30
#define HARDLY 1 /* points: medians of a thousand worlds move by as much */
#define DONE 0.9 /* a program of which so much is done counts as nearly finished, in the text for those who do not see the figure */

struct fan {
    const struct finding *f;
    size_t last, widest; /* weeks */
    double gap;          /* of the medians in the widest week, headline less baseline, points as shown */
    struct figure_panel panel[2];
};

static const struct orgsim_band *band_of(const struct fan *fan, int of, size_t week)
{
    return figure_band(fan->f, of ? fan->f->headline : fan->f->baseline, week, ORGSIM_TIMELINE_progress_true);
}

static void measure(struct fan *fan)
{
    double most = 0;
    for (size_t week = 0; week <= fan->last; week++) {
        double gap = band_of(fan, 1, week)->p50 - band_of(fan, 0, week)->p50;
        if (fabs(gap) <= fabs(most)) continue;
        most = gap;
        fan->widest = week;
    }
    fan->gap = shown_round(100 * most, 0);
}

/* First week at which so much is done at the median, or -1. */
static int done_week(const struct fan *fan, int of)
{
    for (size_t week = 0; week < fan->f->results->n_weeks; week++) {
        if (band_of(fan, of, week)->p50 >= DONE) return (int)week;
    }
    return -1;
}

static void add_title(struct text *title, const struct fan *fan)
{
    int done = done_week(fan, 1);
    if (finding_is_alone(fan->f) && done < 0) {
        text_format(title, "The median program is never 90%% done under %s", figure_quoted(fan->f, fan->f->headline).s);
        return;
    }
    if (finding_is_alone(fan->f)) {
        text_format(title, "The median program is 90%% done in week %d under %s", done, figure_quoted(fan->f, fan->f->headline).s);
        return;
    }
    if (fan->gap == 0) {
        text_add(title, "The organisations never separate: at the median, progress stays within half a point");
        return;
    }
    if (fabs(fan->gap) <= HARDLY) {
        text_format(title, "The organisations hardly separate: at most %.0f point apart at the median, in week %zu", fabs(fan->gap),
                    fan->widest);
        return;
    }
    text_format(title, "Progress separates most in week %zu: %s is then %.0f points ahead at the median", fan->widest,
                figure_quoted(fan->f, fan->gap > 0 ? fan->f->headline : fan->f->baseline).s, fabs(fan->gap));
}

static void add_detail(struct text *detail, const struct fan *fan)
{
    text_add(detail, "Share of the program done week by week: median and bands that hold half and eight in ten of the programs.");
    for (int of = figure_first(fan->f); of < 2; of++) {
        int week = done_week(fan, of);
        text_format(detail, " Under %s ", figure_quoted(fan->f, of ? fan->f->headline : fan->f->baseline).s);
        if (week < 0) text_add(detail, "the median program never comes to 90%.");
        else text_format(detail, "the median program is 90%% done in week %d.", week);
    }
}

static void add_data(struct text *data, const struct fan *fan)
{
    for (int of = figure_first(fan->f); of < 2; of++) {
        text_format(data, "# %s: week, progress at P10, P25, P50, P75, P90\n", finding_id(fan->f, of ? fan->f->headline : fan->f->baseline));
        for (size_t week = 0; week <= fan->last; week++) {
            const struct orgsim_band *b = band_of(fan, of, week);
            const double row[] = {b->p10, b->p25, b->p50, b->p75, b->p90};
            text_format(data, "%zu", week);
            for (int i = 0; i < 5; i++) {
                text_add(data, " ");
                theme_number(data, row[i]);
            }
            text_add(data, "\n");
        }
        text_add(data, "\n\n");
    }
}

static void add_plot(struct text *plot, const struct fan *fan)
{
    const char *middle[] = {THEME_WITHOUT_MIDDLE, THEME_WITH_MIDDLE};
    int first = figure_first(fan->f);
    for (int of = first; of < 2; of++) {
        int n = of + 1, block = of - first;
        text_format(plot, "%s index %d using (X%d($1)):(Y%d($2)):(Y%d($6)) with filledcurves fs solid noborder fc rgb \"%s\" notitle, \\\n",
                    of == first ? "plot \"fan.dat\"" : "     \"\"", block, n, n, n, figure_light(of));
        text_format(plot,
                    "     \"\" index %d using (X%d($1)):(Y%d($3)):(Y%d($5)) with filledcurves fs solid noborder fc rgb \"%s\" notitle, \\\n",
                    block, n, n, n, middle[of]);
        if (first == 0)
            text_format(plot, "     \"\" index %d using (X%d($1)):(Y%d($4)) with lines lw 1.4 dt (2,3) lc rgb \"%s\" notitle, \\\n", 1 - of, n,
                        n, THEME_INK);
        text_format(plot, "     \"\" index %d using (X%d($1)):(Y%d($4)) with lines lw 2.4 %slc rgb \"%s\" notitle%s", block, n, n,
                    of ? "" : "dt (10,4) ", figure_colour(of), of ? "" : ", \\\n");
    }
}

void figure_fan(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct fan fan = {.f = f, .last = figure_last_week(f)};
    struct text subhead = {0}, plot = {0}, *gp = &figure->script;
    measure(&fan);
    add_title(&figure->title, &fan);
    add_detail(&figure->detail, &fan);
    text_format(&subhead, "Share of the program done, first %s worlds: median, half and 8 in 10 of the programs.%s",
                shown_number((double)f->results->timeline_worlds, 0, 0).s, finding_is_alone(f) ? "" : " Dotted: the other's median.");
    double top = figure_head(figure, "fan", &subhead, footnote) + 6;
    figure_panel_page(gp);
    for (int of = figure_first(f); of < 2; of++) {
        struct figure_edges side = figure_side(f, of, LEFT, BETWEEN);
        struct figure_panel *p = &fan.panel[of];
        *p = (struct figure_panel){
            .left = side.left, .right = side.right, .top = top, .bottom = THEME_BOTTOM, .x1 = (double)fan.last, .y1 = 1.02};
        if (fan.last == 0) p->x1 = 1;
        figure_panel_grid(gp, p, 6, PANEL_SHARE, of == figure_first(f));
        figure_panel_xaxis(gp, p, 6, PANEL_NUMBER);
        figure_panel_xlabel(gp, p, "Week");
        figure_panel_name(gp, p, figure_label(f, of ? f->headline : f->baseline).s, figure_colour(of));
        figure_panel_map(gp, p, of + 1);
    }
    add_data(&figure->data, &fan);
    add_plot(&plot, &fan);
    theme_plot(gp, "fan", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
}
