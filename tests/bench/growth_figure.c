/* growth_figure.c: cost over size, both on logarithmic scales and relative to the smallest */
#include <math.h>
#include <stdio.h>

#include <orgsim/error.h>

#include "bench/growth.h"
#include "report/figure_panel.h"
#include "report/figure_write.h"
#include "report/shown.h"

#define LEFT 84
#define NAMES 190 /* pixels to the right of the panel */
#define LINE_APART 17

/* Colours and dashes: told apart in grey too, and named at their ends. */
static const struct { const char *colour, *dash; double width; const char *words; } style[GROWTH_COUNT] = {
    [GROWTH_teams] = {THEME_GREY, "(6,4)", 1.8, THEME_GREY}, [GROWTH_packages] = {THEME_WITH, "solid", 2.4, THEME_WITH},
    [GROWTH_risks] = {THEME_WITH_MIDDLE, "(2,3)", 2.4, THEME_WITH}, [GROWTH_program] = {THEME_INK, "solid", 2.4, THEME_INK},
    [GROWTH_organisations] = {THEME_WITHOUT, "(8,3)", 2, THEME_WITHOUT}, [GROWTH_worlds] = {THEME_WITHOUT_MIDDLE, "(2,3)", 2.4, THEME_WITHOUT}};

struct drawing {
    const struct growth_point *points;
    const size_t *first;
    struct figure_panel panel; /* y: decimal logarithm */
};

static double times_size(const struct drawing *d, int g, size_t k) { return d->points[k].size / d->points[d->first[g]].size; }

static double times_cost(const struct drawing *d, int g, size_t k)
{
    return growth_cost((enum growth)g, &d->points[k]) / growth_cost((enum growth)g, &d->points[d->first[g]]);
}

static double exponent(const struct drawing *d, int g)
{
    return growth_exponent((enum growth)g, d->points + d->first[g], d->first[g + 1] - d->first[g]);
}

static void set_panel(struct drawing *d, double top)
{
    double most_x = 10, most_y = 10, least_y = 1;
    for (int g = 0; g < GROWTH_COUNT; g++)
        for (size_t k = d->first[g]; k < d->first[g + 1]; k++) {
            most_x = fmax(most_x, times_size(d, g, k));
            most_y = fmax(most_y, times_cost(d, g, k));
            least_y = fmin(least_y, times_cost(d, g, k));
        }
    d->panel = (struct figure_panel){.left = LEFT, .right = THEME_RIGHT - NAMES, .top = top, .bottom = THEME_BOTTOM, .x0 = 1, .x1 = most_x,
                                     .y0 = fmin(0, log10(least_y) - 0.05), .y1 = log10(most_y) + 0.05, .log = true};
}

static void add_grid(struct text *gp, const struct drawing *d)
{
    const struct figure_panel *p = &d->panel;
    for (int power = 0; power <= p->y1; power++) {
        double y = figure_panel_y(p, power);
        theme_line(gp, p->left, y, p->right, y, THEME_FAINT, 1);
        theme_label(gp, &(struct theme_label){.s = shown_number(pow(10, power), 0, 0).s, .screen = true, .x = p->left - 8, .y = y,
                                              .align = THEME_RIGHT_ALIGNED, .colour = THEME_GREY});
    }
    theme_label(gp, &(struct theme_label){.s = "times the processor time", .screen = true, .x = p->left - 8, .y = p->top - 12, .colour = THEME_GREY});
}

static void add_data(struct text *data, const struct drawing *d)
{
    text_add(data, "# times as large, decimal logarithm of the times as dear; a block for each line\n");
    for (int g = 0; g < GROWTH_COUNT; g++) {
        for (size_t k = d->first[g]; k < d->first[g + 1]; k++) {
            theme_number(data, times_size(d, g, k));
            text_add(data, " ");
            theme_number(data, log10(times_cost(d, g, k)));
            text_add(data, "\n");
        }
        text_add(data, "\n\n");
    }
}

/* Its name, at the right edge from the top down, moved apart where they meet; above its end where the line ends early. */
static void add_name(struct text *gp, const struct drawing *d, int g, double *last)
{
    char words[80];
    double x = figure_panel_x(&d->panel, times_size(d, g, d->first[g + 1] - 1));
    double y = figure_panel_y(&d->panel, log10(times_cost(d, g, d->first[g + 1] - 1)));
    bool early = x < d->panel.left + 0.8 * (d->panel.right - d->panel.left);
    snprintf(words, sizeof words, "%s: power %.2f", growth_what((enum growth)g), exponent(d, g));
    struct theme_label label = {.s = words, .screen = true, .x = x - 8, .y = y - 8, .align = THEME_RIGHT_ALIGNED, .bold = g == GROWTH_program,
                                .colour = style[g].words};
    if (!early) {
        label.x = d->panel.right + 10;
        label.y = *last = fmax(y, *last + LINE_APART);
        label.align = THEME_LEFT;
    }
    theme_label(gp, &label);
}

static void add_names(struct text *gp, const struct drawing *d)
{
    int order[GROWTH_COUNT];
    double last = 0;
    for (int g = 0; g < GROWTH_COUNT; g++) {
        int at = g;
        for (; at > 0 && times_cost(d, order[at - 1], d->first[order[at - 1] + 1] - 1) < times_cost(d, g, d->first[g + 1] - 1); at--)
            order[at] = order[at - 1];
        order[at] = g;
    }
    for (int n = 0; n < GROWTH_COUNT; n++) add_name(gp, d, order[n], &last);
}

static void add_plot(struct text *gp)
{
    struct text plot = {0};
    for (int g = 0; g < GROWTH_COUNT; g++)
        text_format(&plot, "%s index %d using (X1($1)):(Y1($2)) with linespoints dt %s lw %.1f pt 7 ps 0.5 lc rgb \"%s\" notitle",
                    g == 0 ? "plot \"growth.dat\"" : ", \\\n     \"\"", g, style[g].dash, style[g].width, style[g].colour);
    theme_plot(gp, "growth", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
}

static void add_words(struct figure *figure, const struct drawing *d)
{
    const struct growth_point *largest = &d->points[d->first[GROWTH_program + 1] - 1];
    text_format(&figure->title, "A program twice as large costs %.1f times as much a week; one world of %llu teams and %s packages takes %.0f ms",
                pow(2, exponent(d, GROWTH_program)), (unsigned long long)largest->teams, shown_number((double)largest->packages, 0, 0).s,
                1e3 * largest->seconds / ((double)largest->worlds * (double)largest->organisations));
    text_add(&figure->detail, "Processor time over size, on logarithmic scales:");
    for (int g = 0; g < GROWTH_COUNT; g++)
        text_format(&figure->detail, " %s, power %.2f (%s)%s", growth_what((enum growth)g), exponent(d, g), growth_stays((enum growth)g),
                    g + 1 < GROWTH_COUNT ? ";" : ".");
}

int growth_figure(const char *folder, const struct growth_point *points, const size_t first[GROWTH_COUNT + 1])
{
    struct drawing d = {.points = points, .first = first};
    struct figure figure = {0};
    struct orgsim_where where = {0};
    add_words(&figure, &d);
    const struct theme_words words = {
        figure.title.s, "Processor time of one week of one life while a program grows; of a whole run while organisations or worlds do",
        "Programs of orgsim new, seed 1, one thread of the widest kernel, median of three. Lines are relative to their smallest size."};
    set_panel(&d, theme_head(&figure.script, "growth", &words) + 14);
    figure_panel_page(&figure.script);
    add_grid(&figure.script, &d);
    figure_panel_xaxis(&figure.script, &d.panel, 5, PANEL_NUMBER);
    figure_panel_xlabel(&figure.script, &d.panel, "Times as large (both scales logarithmic)");
    figure_panel_map(&figure.script, &d.panel, 1);
    add_names(&figure.script, &d);
    add_data(&figure.data, &d);
    add_plot(&figure.script);
    int status = figure_write(&figure, folder, "growth", &where);
    if (status) fprintf(stderr, "growth: %s: %s; %s\n", where.file, where.what, where.todo);
    figure_free(&figure);
    return status;
}
