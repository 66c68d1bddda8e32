/* figure_reported.c: do the reports tell the truth? Reported against true progress, the gap shaded and, below, enlarged. */
#include <math.h>
#include <stdio.h>

#include "report/figure.h"
#include "report/figure_panel.h"

#define LEFT 66
#define BETWEEN 30
#define STRIP 112 /* height of the enlarged gap with its name, pixels */

struct reported {
    const struct finding *f;
    size_t last;               /* week */
    double low, high;          /* of the gap, points */
    double widest[2];          /* points; baseline, headline */
    size_t widest_week[2];
    struct figure_panel panel[4]; /* progress and gap of the baseline, of the headline */
};

static size_t row_of(const struct finding *f, int of) { return of ? f->headline : f->baseline; }

static double truth(const struct reported *r, int of, size_t week) { return figure_band(r->f, row_of(r->f, of), week, ORGSIM_TIMELINE_progress_true)->mean; }

static double gap_in(const struct reported *r, int of, size_t week)
{
    return 100 * (figure_band(r->f, row_of(r->f, of), week, ORGSIM_TIMELINE_progress_reported)->mean - truth(r, of, week));
}

/* Points. A report stands for two weeks and ages meanwhile: the mean of a week and the one before. */
static double gap_of(const struct reported *r, int of, size_t week)
{
    return week == 0 ? gap_in(r, of, 0) : (gap_in(r, of, week - 1) + gap_in(r, of, week)) / 2;
}

static void measure(struct reported *r)
{
    for (int of = 0; of < 2; of++) {
        for (size_t week = 0; week <= r->last; week++) {
            double gap = gap_of(r, of, week);
            r->low = fmin(r->low, gap);
            r->high = fmax(r->high, gap);
            if (gap <= r->widest[of]) continue;
            r->widest[of] = gap;
            r->widest_week[of] = week;
        }
    }
}

static void set_panels(struct reported *r, double top)
{
    double room = fmax(0.12 * (r->high - r->low), 0.2), last = r->last > 0 ? (double)r->last : 1;
    for (int of = 0; of < 2; of++) {
        struct figure_edges side = figure_side(r->f, of, LEFT, BETWEEN);
        struct figure_panel *progress = &r->panel[2 * of], *gap = progress + 1;
        *progress = (struct figure_panel){.left = side.left, .right = side.right, .top = top, .bottom = THEME_BOTTOM - STRIP, .x1 = last, .y1 = 1.02};
        *gap = (struct figure_panel){.left = side.left, .right = side.right, .top = THEME_BOTTOM - STRIP + 26, .bottom = THEME_BOTTOM, .x1 = last,
                                     .y0 = r->low - room, .y1 = r->high + room};
    }
}

static void add_data(struct text *data, const struct reported *r)
{
    for (int of = figure_first(r->f); of < 2; of++) {
        text_format(data, "# %s: week, true progress, reported progress, gap in points (mean of two weeks, the cycle of reports)\n", finding_id(r->f, row_of(r->f, of)));
        for (size_t week = 0; week <= r->last; week++) {
            const double row[] = {truth(r, of, week), truth(r, of, week) + gap_of(r, of, week) / 100, gap_of(r, of, week)};
            text_format(data, "%zu", week);
            for (int i = 0; i < 3; i++) {
                text_add(data, " ");
                theme_number(data, row[i]);
            }
            text_add(data, "\n");
        }
        text_add(data, "\n\n");
    }
}

static void add_plot(struct text *plot, int first)
{
    for (int of = first; of < 2; of++) {
        int n = 2 * of + 1, gap = n + 1, block = of - first;
        text_format(plot, "%s index %d using (X%d($1)):(Y%d($2)):(Y%d($3)) with filledcurves fs solid noborder fc rgb \"%s\" notitle, \\\n",
                    of == first ? "plot \"reported.dat\"" : "     \"\"", block, n, n, n, figure_light(of));
        text_format(plot, "     \"\" index %d using (X%d($1)):(Y%d($2)) with lines lw 2.2 lc rgb \"%s\" notitle, \\\n", block, n, n, figure_colour(of));
        text_format(plot, "     \"\" index %d using (X%d($1)):(Y%d($3)) with lines lw 1.6 dt (5,3) lc rgb \"%s\" notitle, \\\n", block, n, n, THEME_INK);
        text_format(plot, "     \"\" index %d using (X%d($1)):(Y%d($4)):(Y%d(0)) with filledcurves fs solid noborder fc rgb \"%s\" notitle, \\\n", block, gap,
                    gap, gap, figure_light(of));
        text_format(plot, "     \"\" index %d using (X%d($1)):(Y%d($4)) with lines lw 1.6 lc rgb \"%s\" notitle%s", block, gap, gap, figure_colour(of),
                    of ? "" : ", \\\n");
    }
}

static void add_panel(struct text *gp, const struct reported *r, int of)
{
    const struct figure_panel *progress = &r->panel[2 * of], *gap = progress + 1;
    figure_panel_grid(gp, progress, 3, PANEL_SHARE, of == figure_first(r->f));
    theme_line(gp, progress->left, progress->bottom, progress->right, progress->bottom, THEME_LINE, 1);
    figure_panel_name(gp, progress, figure_label(r->f, row_of(r->f, of)).s, figure_colour(of));
    figure_panel_grid(gp, gap, 4, PANEL_NUMBER, of == figure_first(r->f));
    theme_line(gp, gap->left, figure_panel_y(gap, 0), gap->right, figure_panel_y(gap, 0), THEME_GREY, 1);
    figure_panel_xaxis(gp, gap, 6, PANEL_NUMBER);
    figure_panel_xlabel(gp, gap, "Week");
    char words[128];
    struct shown most = shown_number(r->widest[of], 1, SHOWN_SIGN | SHOWN_TYPOGRAPHIC);
    if (r->widest[of] > 0) snprintf(words, sizeof words, "Reported less true, points: at most %s in week %zu", most.s, r->widest_week[of]);
    else snprintf(words, sizeof words, "Reported less true, points: never ahead");
    theme_label(gp, &(struct theme_label){
                        .s = words, .screen = true, .x = gap->left + 6, .y = gap->top - 8, .size = THEME_FONT_SIZE - 1, .colour = THEME_GREY});
    figure_panel_map(gp, progress, 2 * of + 1);
    figure_panel_map(gp, gap, 2 * of + 2);
}

static void add_detail(struct text *detail, const struct reported *r)
{
    text_add(detail, "Reported against true progress, week by week. The reports run ahead by at most ");
    for (int of = figure_first(r->f); of < 2; of++)
        text_format(detail, "%s%s under %s%s", shown_number(r->widest[of], 1, 0).s, of == figure_first(r->f) ? " points" : "",
                    figure_quoted(r->f, row_of(r->f, of)).s, of ? ". " : " and ");
    text_add(detail, "Weeks reported green that truly are red: ");
    for (int of = figure_first(r->f); of < 2; of++)
        text_format(detail, "%s%s", shown_number(finding_summary(r->f, row_of(r->f, of), ORGSIM_METRIC_watermelon_weeks)->mean, 1, 0).s,
                    of ? " per program." : " against ");
}

void figure_reported(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct reported r = {.f = f, .last = figure_last_week(f)};
    struct text subhead = {0}, plot = {0}, *gp = &figure->script;
    measure(&r);
    double a = finding_summary(f, f->baseline, ORGSIM_METRIC_watermelon_weeks)->mean,
           b = finding_summary(f, f->headline, ORGSIM_METRIC_watermelon_weeks)->mean;
    figure_pair(&figure->title, f, "Green on paper, truly red", " weeks per program", shown_number(a, 1, 0).s, shown_number(b, 1, 0).s,
                figure_clear(f, ORGSIM_METRIC_watermelon_weeks));
    text_format(&subhead, "Progress as it is (solid) and as last reported (dashed, black), mean of the first %s worlds; the gap is shaded",
                shown_number((double)f->results->timeline_worlds, 0, 0).s);
    set_panels(&r, figure_head(figure, "reported", &subhead, footnote) + 6);
    figure_panel_page(gp);
    for (int of = figure_first(f); of < 2; of++) add_panel(gp, &r, of);
    add_data(&figure->data, &r);
    add_plot(&plot, figure_first(f));
    theme_plot(gp, "reported", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
    add_detail(&figure->detail, &r);
}
