/* figure_joint.c: on time and on budget? Finish against cost of single worlds, one panel for each organisation, the corner that meets both shaded. */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/summary.h"
#include "report/figure.h"
#include "report/figure_panel.h"
#include "report/interval.h"

#define LEFT 84
#define BETWEEN 26
#define NEVER_WIDTH 34 /* of the strip for programs that never finish, pixels */
#define TAIL 0.99      /* share of the worlds inside the axes, at least */

struct joint {
    const struct finding *f;
    const float *finish[2], *cost[2]; /* baseline, headline */
    size_t n, beyond;
    double share[2];
    bool never, clear; /* somebody never finishes; the shares differ beyond chance */
    double week, budget;
    struct figure_panel panel[2];
};

static size_t row_of(const struct finding *f, int of) { return of ? f->headline : f->baseline; }

static void read_worlds(struct joint *j)
{
    const struct finding *f = j->f;
    const struct orgsim_results *r = f->results;
    j->n = r->sample_worlds;
    j->week = r->deadline_week;
    j->budget = r->budget_k;
    for (int of = 0; of < 2; of++) {
        size_t row = row_of(f, of);
        j->finish[of] = r->sample_finish_week + row * j->n;
        j->cost[of] = r->sample_cost_k + row * j->n;
        j->share[of] = r->joint_share[row];
        for (size_t w = 0; w < j->n; w++) j->never |= !isfinite(j->finish[of][w]);
    }
    j->clear = fabs(j->share[1] - j->share[0]) > SUMMARY_Z95 * r->joint_difference_se[f->headline];
}

/* Least value and the one that leaves only the tail outside. */
static bool range_of(const float *values, size_t n, double *low, double *high)
{
    float *sorted = memory_array(n, sizeof *sorted);
    size_t finite = 0;
    if (!sorted) return false;
    for (size_t w = 0; w < n; w++) {
        if (isfinite(values[w])) sorted[finite++] = values[w];
    }
    summary_sort(sorted, finite);
    if (finite > 0) {
        *low = fmin(*low, (double)sorted[0]);
        *high = fmax(*high, summary_quantile(sorted, finite, TAIL));
    }
    memory_free(sorted);
    return true;
}

static bool set_panels(struct joint *j, double top)
{
    double x0 = j->week, x1 = j->week, y0 = j->budget, y1 = j->budget;
    for (int of = 0; of < 2; of++) {
        if (!range_of(j->finish[of], j->n, &x0, &x1) || !range_of(j->cost[of], j->n, &y0, &y1)) return false;
    }
    if (x1 - x0 < 1) { /* nobody finishes, or all in the week that was promised */
        x0 = 0.5 * j->week;
        x1 = 1.5 * j->week;
    }
    double x_room = 0.06 * fmax(x1 - x0, 1), y_room = 0.06 * fmax(y1 - y0, 1);
    for (int of = 0; of < 2; of++) {
        struct figure_edges side = figure_side(j->f, of, LEFT, BETWEEN);
        j->panel[of] = (struct figure_panel){.left = side.left, .right = side.right - (j->never ? NEVER_WIDTH : 0), .top = top, .bottom = THEME_BOTTOM,
                                             .x0 = x0 - x_room, .x1 = x1 + x_room, .y0 = y0 - y_room, .y1 = y1 + y_room};
    }
    return true;
}

static void add_title(struct text *title, const struct joint *j)
{
    if (j->share[0] == 0 && j->share[1] == 0) {
        text_format(title, "No program is both on time and on budget under %s", finding_is_alone(j->f) ? figure_quoted(j->f, j->f->headline).s : "either organisation");
        return;
    }
    figure_pair(title, j->f, "On time and on budget together", " of programs", shown_share(j->share[0], 0).s, shown_share(j->share[1], 0).s, j->clear);
}

static void add_panel(struct text *gp, const struct joint *j, int of)
{
    const struct figure_panel *p = &j->panel[of];
    double week = figure_panel_x(p, j->week), budget = figure_panel_y(p, j->budget);
    double edge = j->never ? p->right + NEVER_WIDTH : p->right;
    figure_panel_fill(gp, p->left, budget, week, p->bottom, THEME_SHADE);
    figure_panel_grid(gp, p, 5, PANEL_MONEY, of == figure_first(j->f));
    figure_panel_xaxis(gp, p, 5, PANEL_NUMBER);
    figure_panel_map(gp, p, of + 1);
    theme_line(gp, week, p->top, week, p->bottom, THEME_GREY, 1);
    theme_line(gp, p->left, budget, edge, budget, THEME_GREY, 1);
    figure_panel_name(gp, &(struct figure_panel){.left = p->left - 6, .top = p->top - 16}, figure_label(j->f, row_of(j->f, of)).s, figure_colour(of));
    char words[128];
    snprintf(words, sizeof words, "%s on time and on budget", shown_share(j->share[of], 0).s);
    theme_label(gp, &(struct theme_label){.s = words, .screen = true, .x = p->left, .y = p->top - 10, .colour = figure_colour(of)});
    snprintf(words, sizeof words, "week %s", shown_week(j->week).s);
    theme_label(gp, &(struct theme_label){.s = words, .screen = true, .x = week + 5, .y = p->top + 8, .size = THEME_FONT_SIZE - 1.5});
    theme_label(gp, &(struct theme_label){
                        .s = "budget", .screen = true, .x = p->right - 4, .y = budget + 9, .align = THEME_RIGHT_ALIGNED, .size = THEME_FONT_SIZE - 1.5});
    if (j->never) theme_line(gp, p->right + 8, p->bottom, edge, p->bottom, THEME_LINE, 1);
}

/* Dots of a slice of the worlds; those that never finish stand in the strip, spread by their number. */
static void add_data(struct text *data, struct joint *j, int of)
{
    const struct figure_panel *p = &j->panel[of];
    text_format(data, "# %s: finish week, cost in k\n", finding_id(j->f, row_of(j->f, of)));
    size_t n = 0;
    for (size_t w = 0; w < j->n; w++) {
        double finish = j->finish[of][w], cost = j->cost[of][w];
        if (!isfinite(finish)) continue;
        if (finish > p->x1 || cost > p->y1) {
            j->beyond++;
            continue;
        }
        theme_number(data, finish);
        text_add(data, " ");
        theme_number(data, cost);
        text_add(data, "\n");
        n++;
    }
    if (n == 0) text_add(data, "NaN NaN\n"); /* nothing to draw, but a block of its own */
    text_format(data, "\n\n# %s: never finishing: place in the strip, cost in k\n", finding_id(j->f, row_of(j->f, of)));
    n = 0;
    for (size_t w = 0; w < j->n; w++) {
        if (isfinite(j->finish[of][w])) continue;
        theme_number(data, fmod((double)w * 0.6180339887498949, 1));
        text_add(data, " ");
        theme_number(data, j->cost[of][w]);
        text_add(data, "\n");
        n++;
    }
    if (n == 0) text_add(data, "NaN NaN\n");
    text_add(data, "\n\n");
}

static void add_medians(struct text *data, const struct joint *j)
{
    text_add(data, "# medians: finish week, cost in k\n");
    for (int of = figure_first(j->f); of < 2; of++) {
        size_t row = row_of(j->f, of);
        theme_number(data, j->f->results->finish_quantiles[row * 101 + 50]);
        text_add(data, " ");
        theme_number(data, finding_summary(j->f, row, ORGSIM_METRIC_cost_k)->quantile[FINDING_P50]);
        text_add(data, "\n");
    }
}

/* Blocks of data: worlds that finish and those that never do, of each organisation, then the medians, a line each. */
static void add_plot(struct text *plot, const struct joint *j)
{
    int first = figure_first(j->f), medians = 2 * (2 - first);
    for (int of = first; of < 2; of++) {
        text_format(plot, "%s index %d using (X%d($1)):(Y%d($2)) with points pt 7 ps 0.2 lc rgb \"%s\" notitle, \\\n",
                    of == first ? "plot \"joint.dat\"" : "     \"\"", 2 * (of - first), of + 1, of + 1, figure_colour(of));
        text_format(plot, "     \"\" index %d using (%.0f + %d * $1):(Y%d($2)) with points pt 7 ps 0.2 lc rgb \"%s\" notitle, \\\n",
                    2 * (of - first) + 1, j->panel[of].right + 12, NEVER_WIDTH - 16, of + 1, figure_colour(of));
    }
    for (int of = first; of < 2; of++) {
        int line = of - first;
        text_format(plot, "     \"\" index %d every ::%d::%d using (X%d($1)):(Y%d($2)) with points pt 7 ps 0.75 lc rgb \"white\" notitle, \\\n", medians,
                    line, line, of + 1, of + 1);
        text_format(plot, "     \"\" index %d every ::%d::%d using (X%d($1)):(Y%d($2)) with points pt 7 ps 0.55 lc rgb \"%s\" notitle%s", medians, line,
                    line, of + 1, of + 1, THEME_INK, of ? "" : ", \\\n");
    }
}

static void add_words(struct text *gp, const struct joint *j)
{
    for (int of = figure_first(j->f); of < 2; of++) {
        const struct figure_panel *p = &j->panel[of];
        figure_panel_xlabel(gp, p, "Finish of the program (week)");
        if (j->never)
            theme_label(gp, &(struct theme_label){.s = "never",
                                                  .screen = true,
                                                  .x = p->right + NEVER_WIDTH / 2.0 + 4,
                                                  .y = p->bottom + 16,
                                                  .align = THEME_CENTRE,
                                                  .colour = THEME_GREY});
    }
    theme_label(gp, &(struct theme_label){
                        .s = "Cost", .screen = true, .x = LEFT - 8, .y = j->panel[1].top - 26, .align = THEME_RIGHT_ALIGNED, .colour = THEME_GREY});
}

static void add_detail(struct text *detail, const struct joint *j)
{
    const struct finding *f = j->f;
    text_format(detail, "Finish week against cost of %zu simulated programs%s. Finished by week %s within the planned budget of %s %s, of all programs: ", j->n,
                finding_is_alone(f) ? "" : " under each organisation", shown_week(j->week).s, f->scenario->settings.currency, shown_k(j->budget, 0, 0).s);
    for (int of = figure_first(f); of < 2; of++)
        text_format(detail, "%s (95%% interval %s) under %s%s", shown_share(j->share[of], 0).s, interval_percent(interval_share(f, j->share[of]), 0).s,
                    figure_quoted(f, row_of(f, of)).s, of ? "" : ", ");
    text_format(detail, ". The cost includes the seats under comparison. %zu dots lie beyond the axes.", j->beyond);
}

void figure_joint(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct joint j = {.f = f};
    struct text subhead = {0}, plot = {0}, *gp = &figure->script;
    read_worlds(&j);
    add_title(&figure->title, &j);
    text_format(&subhead, "Each dot is one program, %s%s. Shaded: by week %s within %s %s. Black: the median.", shown_number((double)j.n, 0, 0).s,
                finding_is_alone(f) ? " in all" : " for each", shown_week(j.week).s, f->scenario->settings.currency, shown_k(j.budget, 0, 0).s);
    double top = figure_head(figure, "joint", &subhead, footnote) + 22;
    if (!set_panels(&j, top)) gp->failed = true;
    figure_panel_page(gp);
    for (int of = figure_first(f); of < 2 && !gp->failed; of++) {
        add_panel(gp, &j, of);
        add_data(&figure->data, &j, of);
    }
    add_words(gp, &j);
    add_medians(&figure->data, &j);
    add_plot(&plot, &j);
    theme_plot(gp, "joint", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
    add_detail(&figure->detail, &j);
}
