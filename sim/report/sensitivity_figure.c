/* sensitivity_figure.c: what the figures of all methods share: the words around, the names of the rows */
#include "report/sensitivity.h"
#include "report/sensitivity_bars.h"

#define ROWS 8     /* at most */
#define MEANING 45 /* characters */

static const struct {
    void (*words)(struct text *subhead, struct text *footnote, const struct sensitivity_report *r);
    void (*draw)(struct figure *figure, const struct sensitivity_report *r, double top);
} methods[ORGSIM_SENSITIVITY_METHOD_COUNT] = {
#define X(name, worlds, size, least, unit, meaning) {sensitivity_##name##_words, sensitivity_##name##_draw},
    ORGSIM_SENSITIVITY_METHODS(X)
#undef X
};

size_t sensitivity_bars(const struct sensitivity_report *r)
{
    size_t n = 0;
    while (n < ROWS && n < r->found->n && r->found->row[n].tried && !r->found->row[n].inert) n++;
    return n;
}

void sensitivity_bar_name(struct text *gp, const struct figure_panel *p, const struct orgsim_sensitivity_row *row, size_t k)
{
    struct text meaning = {0};
    double y = figure_panel_y(p, (double)k + 0.5);
    shown_cut(&meaning, row->meaning ? row->meaning : "", MEANING);
    bool lines = meaning.n > 0;
    theme_label(gp, &(struct theme_label){.s = row->name, .screen = true, .x = SENSITIVITY_LEFT - 8, .y = lines ? y - 7 : y, .align = THEME_RIGHT_ALIGNED, .bold = true,
                                          .size = THEME_FONT_SIZE - 1});
    if (lines)
        theme_label(gp, &(struct theme_label){.s = meaning.s, .screen = true, .x = SENSITIVITY_LEFT - 8, .y = y + 6, .align = THEME_RIGHT_ALIGNED, .size = THEME_FOOTNOTE,
                                              .colour = THEME_GREY});
    gp->failed |= meaning.failed;
    text_free(&meaning);
}

void sensitivity_figure(struct figure *figure, const struct sensitivity_report *r)
{
    struct text subhead = {0}, footnote = {0};
    sensitivity_title(&figure->title, r, SHOWN_TYPOGRAPHIC);
    sensitivity_title(&figure->detail, r, SHOWN_TYPOGRAPHIC);
    text_add(&figure->detail, ".");
    methods[r->found->method].words(&subhead, &footnote, r);
    double top = figure_head(figure, "sensitivity", &subhead, footnote.s ? footnote.s : "");
    figure_panel_page(&figure->script);
    methods[r->found->method].draw(figure, r, top);
    theme_plot(&figure->script, "sensitivity", "plot NaN notitle");
    text_free(&footnote);
}
