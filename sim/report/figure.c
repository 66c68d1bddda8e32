/* figure.c: what the figures share */
#include "report/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define CURVE_NAMES_APART 16 /* pixels */

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

bool figure_is_made(enum figure_id id, const struct finding *finding)
{
    return !finding_is_alone(finding) || (id != FIGURE_value && id != FIGURE_running);
}

void figure_make(enum figure_id id, struct figure *figure, const struct finding *finding, const char *footnote)
{
    static void (*const make[])(struct figure *, const struct finding *, const char *) = {
#define X(name, question) figure_##name,
        FIGURES(X)
#undef X
    };
    const struct orgsim_results *r = finding->results;
    bool weekly = id == FIGURE_fan || id == FIGURE_debt || id == FIGURE_reported;
    struct text words = {0};
    if (weekly && r->timeline_worlds < r->worlds)
        text_format(&words, "First %s of ", shown_number((double)r->timeline_worlds, 0, 0).s);
    text_add(&words, footnote);
    make[id](figure, finding, words.s ? words.s : "");
    figure->script.failed |= words.failed;
    text_free(&words);
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

struct figure_quoted figure_quoted(const struct finding *finding, size_t row)
{
    struct figure_quoted quoted;
    snprintf(quoted.s, sizeof quoted.s, "\xe2\x80\x9c%s\xe2\x80\x9d", figure_label(finding, row).s);
    return quoted;
}

int figure_first(const struct finding *finding) { return finding_is_alone(finding) ? 1 : 0; }

struct figure_edges figure_side(const struct finding *finding, int of, double left, double between)
{
    double half = (THEME_RIGHT - left - between) / 2;
    if (finding_is_alone(finding)) return (struct figure_edges){left, THEME_RIGHT};
    return (struct figure_edges){left + of * (half + between), left + of * (half + between) + half};
}

const char *figure_colour(int of) { return of ? THEME_WITH : THEME_WITHOUT; }
const char *figure_light(int of) { return of ? THEME_WITH_LIGHT : THEME_WITHOUT_LIGHT; }

const struct orgsim_band *figure_band(const struct finding *finding, size_t row, size_t week, enum orgsim_timeline metric)
{
    const struct orgsim_results *r = finding->results;
    return &r->timeline[(row * r->n_weeks + week) * ORGSIM_TIMELINE_COUNT + (size_t)metric];
}

size_t figure_last_week(const struct finding *finding)
{
    const struct orgsim_results *r = finding->results;
    double here = r->finish_quantiles[finding->headline * 101 + 90], there = r->finish_quantiles[finding->baseline * 101 + 90];
    double week = ceil(fmax(fmax(here, there), 4));
    size_t last = r->n_weeks > 0 ? r->n_weeks - 1 : 0;
    return week < (double)last ? (size_t)week : last;
}

double figure_head(struct figure *figure, const char *name, struct text *subhead, const char *footnote)
{
    double top = theme_head(&figure->script, name, &(struct theme_words){figure->title.s ? figure->title.s : "", subhead->s ? subhead->s : "", footnote});
    figure->script.failed |= subhead->failed;
    text_free(subhead);
    return top;
}

bool figure_clear(const struct finding *finding, enum orgsim_metric metric)
{
    const struct orgsim_comparison *c = finding_comparison(finding, finding->headline, metric);
    return c->ci_low > 0 || c->ci_high < 0;
}

void figure_pair(struct text *title, const struct finding *finding, const char *lead, const char *unit, const char *a, const char *b, bool clear)
{
    struct figure_quoted without = figure_quoted(finding, finding->baseline), with = figure_quoted(finding, finding->headline);
    if (finding_is_alone(finding)) {
        text_format(title, "%s: %s%s under %s", lead, b, unit, with.s);
    } else if (strcmp(a, b) == 0) {
        text_format(title, "%s: %s%s under both organisations", lead, a, unit);
    } else {
        text_format(title, "%s: %s%s%s under %s, %s under %s", lead, clear ? "" : "no clear difference, ", a, unit, without.s, b, with.s);
    }
}

void figure_curve_names(struct text *gp, const struct finding *finding, double x, double without, double with)
{
    bool upper = without < with; /* pixels grow downwards */
    double apart = fabs(without - with), push = !finding_is_alone(finding) && apart < CURVE_NAMES_APART ? (CURVE_NAMES_APART - apart) / 2 : 0;
    const double y[] = {without + (upper ? -push : push), with + (upper ? push : -push)};
    for (int of = figure_first(finding); of < 2; of++) {
        theme_label(gp, &(struct theme_label){.s = figure_label(finding, of ? finding->headline : finding->baseline).s,
                                              .screen = true,
                                              .x = x,
                                              .y = y[of],
                                              .size = THEME_FONT_SIZE - 1,
                                              .bold = true,
                                              .colour = figure_colour(of)});
    }
}
