/* figure.c: what the figures share */
#include "report/figure.h"

#include <stdio.h>

const char *figure_name(enum figure_id id)
{
    static const char *const names[] = {
#define X(name, question) #name,
        FIGURES(X)
#undef X
    };
    return names[id];
}

const char *figure_question(enum figure_id id)
{
    static const char *const questions[] = {
#define X(name, question) question,
        FIGURES(X)
#undef X
    };
    return questions[id];
}

void figure_make(enum figure_id id, struct figure *figure, const struct finding *finding, const char *footnote)
{
    static void (*const make[])(struct figure *, const struct finding *, const char *) = {
#define X(name, question) figure_##name,
        FIGURES(X)
#undef X
    };
    make[id](figure, finding, footnote);
}

void figure_free(struct figure *figure)
{
    text_free(&figure->script);
    text_free(&figure->data);
    text_free(&figure->title);
    text_free(&figure->detail);
}

bool figure_failed(const struct figure *figure)
{
    return figure->script.failed || figure->data.failed || figure->title.failed || figure->detail.failed;
}

struct figure_label figure_label(const struct finding *finding, size_t row)
{
    struct text cut = {0};
    struct figure_label label;
    shown_cut(&cut, finding_label(finding, row), THEME_LABEL_CHARACTERS);
    snprintf(label.s, sizeof label.s, "%s", cut.failed || !cut.s ? finding_id(finding, row) : cut.s);
    text_free(&cut);
    return label;
}

void figure_threshold(struct text *gp, const char *s, double pixel, double top)
{
    double half = theme_text_width(s, THEME_FONT_SIZE - 1, false) / 2;
    enum theme_align align = pixel + half > THEME_WIDTH - 8 ? THEME_RIGHT_ALIGNED : pixel - half < 8 ? THEME_LEFT : THEME_CENTRE;
    theme_label(gp, &(struct theme_label){
                        .s = s, .screen = true, .x = pixel, .y = top, .align = align, .size = THEME_FONT_SIZE - 1, .colour = THEME_INK});
}
