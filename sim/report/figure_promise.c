/* figure_promise.c: how often is the date kept? Fifty dots for each organisation, filled where it is. */
#include <math.h>
#include <stdio.h>

#include "report/dots.h"
#include "report/figure.h"
#include "report/interval.h"

#define LEFT 176
#define BETWEEN 18 /* pixels between the two panels */

struct panels {
    const struct finding *f;
    struct dots dots[2]; /* baseline above, headline below */
    struct dots_axis axis;
    int kept[2];
    double top, height;
};

static int count_kept(const struct dots *dots, double deadline)
{
    int n = 0;
    for (size_t i = 0; i < DOTS; i++) n += dots->value[i] <= deadline;
    return n;
}

static void add_title(struct text *title, const struct panels *p)
{
    const struct finding *f = p->f;
    if (finding_is_alone(f)) {
        text_format(title, "Promise week %s: kept in %d of 50 programs under \xe2\x80\x9c%s\xe2\x80\x9d", shown_week(f->results->deadline_week).s,
                    p->kept[1], figure_label(f, f->headline).s);
        return;
    }
    text_format(title, "Promise week %s: kept in %d of 50 programs under \xe2\x80\x9c%s\xe2\x80\x9d, in %d under \xe2\x80\x9c%s\xe2\x80\x9d",
                shown_week(f->results->deadline_week).s, p->kept[0], figure_label(f, f->baseline).s, p->kept[1],
                figure_label(f, f->headline).s);
}

/* Base line of a panel in the units of the y axis: pixels above the lower edge of the plot. */
static double base_of(const struct panels *p, int panel) { return panel == 0 ? p->height + BETWEEN : 0; }

static void add_detail(struct text *detail, const struct panels *p)
{
    text_format(detail, "Fifty equally likely outcomes%s, filled where the program finishes by week %s; never finishing: ",
                finding_is_alone(p->f) ? "" : " for each organisation", shown_week(p->f->results->deadline_week).s);
    if (!finding_is_alone(p->f)) text_format(detail, "%zu and ", p->dots[0].n_never);
    text_format(detail, "%zu of 50. Of all programs on time: ", p->dots[1].n_never);
    for (int of = figure_first(p->f); of < 2; of++) {
        double share = finding_summary(p->f, of ? p->f->headline : p->f->baseline, ORGSIM_METRIC_on_time)->mean;
        text_format(detail, "%s (95%% interval %s)%s", shown_share(share, 0).s, interval_percent(interval_share(p->f, share), 0).s, of ? "." : " and ");
    }
}

/* Filled and empty dots of each organisation. */
static void add_plot(struct text *plot, const struct finding *f)
{
    int first = figure_first(f);
    for (int of = first; of < 2; of++) {
        text_format(plot, "%s index %d using 1:2:(radius) with circles fs solid border fc rgb \"%s\" notitle, \\\n",
                    of == first ? "plot \"promise.dat\"" : "     \"\"", 2 * (of - first), figure_colour(of));
        text_format(plot, "     \"\" index %d using 1:2:(radius) with circles fs empty border rgb \"%s\" lc rgb \"%s\" notitle%s",
                    2 * (of - first) + 1, figure_colour(of), figure_colour(of), of ? "" : ", \\\n");
    }
}

static void add_data(struct text *data, const struct panels *p)
{
    for (int panel = figure_first(p->f); panel < 2; panel++) {
        text_format(data, "# %s: x, y, finish week\n", finding_id(p->f, panel == 0 ? p->f->baseline : p->f->headline));
        for (int kept = 1; kept >= 0; kept--) {
            size_t n = 0;
            for (size_t i = 0; i < DOTS; i++) {
                if ((p->dots[panel].value[i] <= p->f->results->deadline_week) != kept) continue;
                theme_number(data, p->dots[panel].x[i]);
                text_add(data, " ");
                theme_number(data, base_of(p, panel) + p->dots[panel].y[i]);
                text_add(data, isfinite(p->dots[panel].value[i]) ? " " : " never # ");
                theme_number(data, p->dots[panel].value[i]);
                text_add(data, "\n");
                n++;
            }
            if (n == 0) text_add(data, "NaN NaN NaN\n"); /* nothing to draw, but a block of its own */
            text_add(data, "\n\n");
        }
    }
}

static void add_side(struct text *gp, const struct panels *p, int panel)
{
    struct text name = {0};
    shown_wrap(&name, finding_label(p->f, panel == 0 ? p->f->baseline : p->f->headline), 19, 3, "\n");
    const char *colour = panel == 0 ? THEME_WITHOUT : THEME_WITH;
    double y = THEME_BOTTOM - base_of(p, panel) - p->height * 0.62;
    for (char *line = name.s; line && *line;) {
        char *end = line;
        while (*end && *end != '\n') end++;
        bool last = *end == '\0';
        *end = '\0';
        theme_label(gp, &(struct theme_label){.s = line, .screen = true, .x = 26, .y = y, .bold = true, .colour = colour});
        y += 16;
        if (last) break;
        line = end + 1;
    }
    char words[32];
    snprintf(words, sizeof words, "%d of 50", p->kept[panel]);
    theme_label(gp, &(struct theme_label){.s = words, .screen = true, .x = 26, .y = y + 2, .colour = colour});
    gp->failed |= name.failed;
    text_free(&name);
}

static void add_axes(struct text *gp, const struct panels *p)
{
    theme_box(gp, LEFT, THEME_RIGHT, p->top, THEME_BOTTOM);
    text_add(gp, "set xrange [");
    theme_number(gp, p->axis.low);
    text_add(gp, ":");
    theme_number(gp, p->axis.high);
    text_add(gp, "]\nset yrange [0:");
    theme_number(gp, THEME_BOTTOM - p->top);
    text_add(gp, "]\nunset ytics\n");
    theme_xlabel(gp, LEFT, THEME_RIGHT, "Finish of the program (week). Each dot is 1 of 50 equally likely outcomes.");
    theme_xtics(gp, p->axis.low, p->axis.last, 8, false);
    if (!finding_is_alone(p->f)) theme_line(gp, p->axis.low, base_of(p, 0), p->axis.high, base_of(p, 0), THEME_LINE, 1);
    if (p->dots[0].n_never + p->dots[1].n_never > 0) {
        text_add(gp, "set xtics add (\"never\" ");
        theme_number(gp, p->axis.never_centre);
        text_add(gp, ")\n");
    }
}

void figure_promise(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct panels p = {.f = f};
    double deadline = f->results->deadline_week;
    dots_of(&p.dots[0], &f->results->finish_quantiles[f->baseline * 101]);
    dots_of(&p.dots[1], &f->results->finish_quantiles[f->headline * 101]);
    for (int panel = 0; panel < 2; panel++) p.kept[panel] = count_kept(&p.dots[panel], deadline);
    add_title(&figure->title, &p);
    add_detail(&figure->detail, &p);
    char subhead[160];
    snprintf(subhead, sizeof subhead, "Filled dots finish by week %s, the committed date", shown_week(deadline).s);
    struct text *gp = &figure->script, plot = {0};
    p.top = theme_head(gp, "promise", &(struct theme_words){figure->title.s ? figure->title.s : "", subhead, footnote}) + 4;
    p.height = finding_is_alone(f) ? THEME_BOTTOM - p.top : (THEME_BOTTOM - p.top - BETWEEN) / 2;
    p.axis = (struct dots_axis){.width = THEME_RIGHT - LEFT, .height = p.height, .pitch_most = 21, .anchor = deadline};
    dots_place(&p.dots[figure_first(f)], (size_t)(2 - figure_first(f)), &p.axis);
    add_axes(gp, &p);
    theme_line(gp, deadline, 0, deadline, THEME_BOTTOM - p.top, THEME_GREY, 1);
    char words[128];
    snprintf(words, sizeof words, "week %s", shown_week(deadline).s);
    figure_threshold(gp, words, LEFT + (THEME_RIGHT - LEFT) * (deadline - p.axis.low) / (p.axis.high - p.axis.low), p.top - 8);
    for (int panel = figure_first(f); panel < 2; panel++) add_side(gp, &p, panel);
    text_add(gp, "radius = ");
    theme_number(gp, p.axis.radius);
    text_add(gp, "\n");
    add_plot(&plot, f);
    theme_plot(gp, "promise", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
    add_data(&figure->data, &p);
}
