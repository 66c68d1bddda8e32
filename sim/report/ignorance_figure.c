/* ignorance_figure.c: does it still pay if we are wrong? One mark for each draw, a strip for each rival. */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
#include "report/figure_panel.h"
#include "report/ignorance.h"

#define LEFT 168
#define STRIPS_MOST 6

struct strips {
    const struct finding *f;
    const struct orgsim_ignorance *g;
    size_t rows[STRIPS_MOST], n;
    struct figure_panel panel;
};

static double difference(const struct strips *s, size_t row, uint64_t draw)
{
    const double *npv = s->g->mean + draw * s->g->n_arms * ORGSIM_IGNORANCE_METRIC_COUNT + ORGSIM_IGNORANCE_npv_k;
    return npv[s->g->headline * ORGSIM_IGNORANCE_METRIC_COUNT] - npv[row * ORGSIM_IGNORANCE_METRIC_COUNT];
}

static double strip_y(const struct strips *s, size_t k) { return (double)(s->n - k) - 0.5; }

/* The range of all strips, zero inside it. */
static void panel_of(struct strips *s, double top)
{
    double low = 0, high = 0;
    for (size_t k = 0; k < s->n; k++)
        for (uint64_t d = 0; d < s->g->draws; d++) {
            low = fmin(low, difference(s, s->rows[k], d));
            high = fmax(high, difference(s, s->rows[k], d));
        }
    double room = high > low ? 0.04 * (high - low) : 1;
    s->panel = (struct figure_panel){.left = LEFT, .right = THEME_RIGHT - 8, .top = top, .bottom = THEME_BOTTOM, .x0 = low - room, .x1 = high + room,
                                     .y0 = 0, .y1 = (double)s->n};
}

/* Draws spread evenly over the height of their strip, in their order, which is independent of what they bring. */
static void add_data(struct text *data, const struct strips *s)
{
    for (int gain = 0; gain < 2; gain++) {
        size_t n = 0;
        text_format(data, "# draws in which it %s: change of mean net value in k, height\n", gain ? "pays" : "costs");
        for (size_t k = 0; k < s->n; k++)
            for (uint64_t d = 0; d < s->g->draws; d++) {
                double x = difference(s, s->rows[k], d);
                if ((x > 0) != (gain == 1)) continue;
                theme_number(data, x);
                text_add(data, " ");
                theme_number(data, strip_y(s, k) + 0.5 * (fmod((double)d * 0.6180339887498949, 1) - 0.5));
                text_add(data, "\n");
                n++;
            }
        if (n == 0) text_add(data, "NaN NaN\n");
        text_add(data, "\n\n");
    }
    text_add(data, "# P10, median, P90 in k, height\n");
    for (size_t k = 0; k < s->n; k++) {
        const struct orgsim_range *r = &s->g->pair[s->rows[k]].npv_k;
        const double row[] = {r->p10, r->p50, r->p90, strip_y(s, k)};
        for (int c = 0; c < 4; c++) {
            theme_number(data, row[c]);
            text_add(data, c == 3 ? "\n" : " ");
        }
    }
}

static void add_names(struct text *gp, const struct strips *s)
{
    for (size_t k = 0; k < s->n; k++) {
        char share[80];
        double y = figure_panel_y(&s->panel, strip_y(s, k));
        snprintf(share, sizeof share, "better in %s", shown_share(s->g->pair[s->rows[k]].pays_share, SHOWN_TYPOGRAPHIC).s);
        theme_label(gp, &(struct theme_label){.s = figure_label(s->f, s->rows[k]).s, .screen = true, .x = LEFT - 12, .y = y - 8, .align = THEME_RIGHT_ALIGNED,
                                              .bold = true, .colour = THEME_INK});
        theme_label(gp, &(struct theme_label){.s = share, .screen = true, .x = LEFT - 12, .y = y + 8, .align = THEME_RIGHT_ALIGNED, .colour = THEME_GREY});
    }
}

static void add_words(struct figure *figure, const struct strips *s, struct text *subhead)
{
    const struct orgsim_ignorance_pair *p = &s->g->pair[s->f->baseline];
    ignorance_title(&figure->title, s->f, s->g, SHOWN_TYPOGRAPHIC);
    text_format(subhead, "\xe2\x80\x9c%s\xe2\x80\x9d less each other organisation. A mark is the mean of %s worlds under one draw; a bar goes from P10 to P90, its dot is the median.",
                figure_label(s->f, s->f->headline).s, shown_number((double)s->g->worlds, 0, 0).s);
    text_format(&figure->detail, "%s. Mean change of net value %s %s, P10 %s, P90 %s over draws.", figure->title.s ? figure->title.s : "",
                s->f->scenario->settings.currency, shown_k(p->npv_k.mean, 0, SHOWN_SIGN).s, shown_k(p->npv_k.p10, 0, SHOWN_SIGN).s,
                shown_k(p->npv_k.p90, 0, SHOWN_SIGN).s);
}

void ignorance_figure(struct figure *figure, const struct finding *f, const struct orgsim_ignorance *g, const char *footnote)
{
    struct strips s = {.f = f, .g = g};
    struct text subhead = {0}, *gp = &figure->script;
    size_t *rows = memory_array(f->results->n_arms, sizeof *rows);
    if (!rows) {
        figure->script.failed = true;
        return;
    }
    s.n = ignorance_rivals(f, rows);
    if (s.n > STRIPS_MOST) s.n = STRIPS_MOST;
    for (size_t k = 0; k < s.n; k++) s.rows[k] = rows[k];
    memory_free(rows);
    add_words(figure, &s, &subhead);
    panel_of(&s, figure_head(figure, "ignorance", &subhead, footnote));
    figure_panel_page(gp);
    figure_panel_xaxis(gp, &s.panel, 6, PANEL_MONEY);
    char words[64];
    snprintf(words, sizeof words, "Change of mean net value (%.8s)", f->scenario->settings.currency);
    figure_panel_xlabel(gp, &s.panel, words);
    figure_panel_map(gp, &s.panel, 1);
    double zero = figure_panel_x(&s.panel, 0);
    theme_line(gp, zero, s.panel.top, zero, s.panel.bottom, THEME_GREY, 1);
    add_names(gp, &s);
    add_data(&figure->data, &s);
    theme_plot(gp, "ignorance",
               "plot \"ignorance.dat\" index 0 using (X1($1)):(Y1($2)) with points pt 4 ps 0.45 lw 1 lc rgb \"" THEME_WITHOUT "\" notitle, \\\n"
               "     \"\" index 1 using (X1($1)):(Y1($2)) with points pt 7 ps 0.35 lc rgb \"" THEME_WITH_MIDDLE "\" notitle, \\\n"
               "     \"\" index 2 using (X1($1)):(Y1($4)):(X1($3)-X1($1)):(0) with vectors nohead lw 3 lc rgb \"" THEME_INK "\" notitle, \\\n"
               "     \"\" index 2 using (X1($2)):(Y1($4)) with points pt 7 ps 1.1 lc rgb \"" THEME_INK "\" notitle");
}
