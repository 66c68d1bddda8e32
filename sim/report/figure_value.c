/* figure_value.c: does it pay, and how badly can it fail? Fifty differences of net value, losses coloured. */
#include <math.h>
#include <stdio.h>

#include "report/dots.h"
#include "report/figure.h"
#include "report/interval.h"

#define LEFT 60
#define EQUAL_COLUMNS 10 /* of the block when nothing differs */

struct values {
    const struct finding *f;
    struct dots dots;
    struct dots_axis axis;
    int worse, better;
    double p10, p90;
    double top;
};

/* Worlds in which nothing differs stand on the line itself; the columns beside it make room. */
static void make_room(struct values *v)
{
    int equal = DOTS - v->worse - v->better, n = 0;
    if (equal == 0) return;
    for (size_t i = 0; i < DOTS; i++) {
        double x = v->dots.value[i];
        if (x > 0) v->dots.x[i] += v->axis.column / 2;
        if (x < 0) v->dots.x[i] -= v->axis.column / 2;
        if (x != 0) continue;
        v->dots.x[i] = 0;
        v->dots.y[i] = v->axis.pitch * (n++ + 0.5);
    }
    double most = v->axis.pitch * equal;
    if (most <= v->axis.height) return;
    for (size_t i = 0; i < DOTS; i++) {
        if (v->dots.value[i] == 0) v->dots.y[i] *= v->axis.height / most;
    }
}

/* Fifty times nothing: a block about the line, on an axis of a unit each way. */
static void place_equal(struct values *v)
{
    v->axis.low = -1;
    v->axis.high = v->axis.last = 1;
    v->axis.pitch = 22;
    v->axis.column = 2 * v->axis.pitch / v->axis.width;
    v->axis.radius = 0.46 * v->axis.column;
    for (int i = 0; i < DOTS; i++) {
        v->dots.x[i] = v->axis.column * (i % EQUAL_COLUMNS - (EQUAL_COLUMNS - 1) / 2.0);
        v->dots.y[i] = v->axis.pitch * (floor((double)i / EQUAL_COLUMNS) + 0.5);
    }
}

static void add_title(struct text *title, const struct values *v)
{
    const int flags = SHOWN_SIGN | SHOWN_TYPOGRAPHIC;
    if (v->worse + v->better == 0) {
        text_add(title, "Net value is the same under both organisations in all 50 of 50 programs");
        return;
    }
    text_format(title, "Net value changes by %s %s on average; from P10 to P90, %s to %s", v->f->scenario->settings.currency,
                shown_k(v->f->npv_difference, 0, flags).s, shown_k(v->p10, 0, flags).s, shown_k(v->p90, 0, flags).s);
}

static void add_data(struct text *data, const struct values *v)
{
    static const char *const kinds[] = {"worse", "equal", "better"};
    for (int kind = -1; kind <= 1; kind++) {
        size_t n = 0;
        text_format(data, "# %s: x, y, difference of net value in k\n", kinds[kind + 1]);
        for (size_t i = 0; i < DOTS; i++) {
            double x = v->dots.value[i];
            if ((x > 0) - (x < 0) != kind) continue;
            theme_number(data, v->dots.x[i]);
            text_add(data, " ");
            theme_number(data, v->dots.y[i]);
            text_add(data, " ");
            theme_number(data, x);
            text_add(data, "\n");
            n++;
        }
        if (n == 0) text_add(data, "NaN NaN NaN\n"); /* nothing to draw, but a block of its own */
        text_add(data, "\n\n");
    }
}

static void add_axes(struct text *gp, const struct values *v)
{
    theme_box(gp, LEFT, THEME_RIGHT, v->top, THEME_BOTTOM);
    text_add(gp, "set xrange [");
    theme_number(gp, v->axis.low);
    text_add(gp, ":");
    theme_number(gp, v->axis.high);
    text_add(gp, "]\nset yrange [0:");
    theme_number(gp, THEME_BOTTOM - v->top);
    text_add(gp, "]\nunset ytics\n");
    char words[64];
    snprintf(words, sizeof words, "Difference of net value per program (%.8s)", v->f->scenario->settings.currency);
    theme_xlabel(gp, LEFT, THEME_RIGHT, words);
    bool equal = v->worse + v->better == 0;
    double last = v->axis.high - 0.02 * (v->axis.high - v->axis.low); /* so that the last number stays on the page */
    theme_xtics(gp, equal ? 0 : v->axis.low, equal ? 0 : last, 7, true);
}

static double pixel_of(const struct values *v, double x)
{
    return LEFT + (THEME_RIGHT - LEFT) * (x - v->axis.low) / (v->axis.high - v->axis.low);
}

/* The counts on both sides of the line; where one side is too narrow, its count is put further down on the other. */
static void add_counts(struct text *gp, const struct values *v)
{
    char words[2][32];
    snprintf(words[0], sizeof words[0], "%d of 50 worse", v->worse);
    snprintf(words[1], sizeof words[1], "%d of 50 better", v->better);
    double at = pixel_of(v, 0);
    for (int side = 0; side < 2; side++) {
        double width = theme_text_width(words[side], THEME_FONT_SIZE, true) + 16;
        bool fits = side == 0 ? at - LEFT + 40 > width : THEME_RIGHT - at + 10 > width;
        bool right = (side == 1) == fits;
        theme_label(gp, &(struct theme_label){.s = words[side],
                                              .screen = true,
                                              .x = at + (right ? 14 : -14),
                                              .y = v->top + 8 + (fits ? 0 : 17),
                                              .align = right ? THEME_LEFT : THEME_RIGHT_ALIGNED,
                                              .bold = true,
                                              .colour = side == 0 ? THEME_WITHOUT : THEME_WITH});
    }
}

/* " (95% interval a to b)". */
struct behind { char s[sizeof(struct interval_words) + 24]; };

static struct behind behind(struct orgsim_interval interval)
{
    struct interval_words words = interval_k(interval, 0, SHOWN_SIGN);
    struct behind text = {""};
    if (*words.s) snprintf(text.s, sizeof text.s, " (95%% interval %s)", words.s);
    return text;
}

void figure_value(struct figure *figure, const struct finding *f, const char *footnote)
{
    const double *quantiles = &f->results->npv_difference_quantiles[f->headline * 101];
    const struct orgsim_interval *interval = &f->results->npv_difference_intervals[f->headline * 101];
    struct values v = {.f = f, .p10 = shown_round(quantiles[10], 0), .p90 = shown_round(quantiles[90], 0)};
    dots_of(&v.dots, quantiles);
    for (size_t i = 0; i < DOTS; i++) {
        v.worse += v.dots.value[i] < 0;
        v.better += v.dots.value[i] > 0;
    }
    add_title(&figure->title, &v);
    text_format(&figure->detail,
                "Difference of net value per program between two organisations that share the same luck: mean %s %s%s, P10 %s%s, P90 %s%s; %d of 50 "
                "equally likely "
                "differences are losses. How many lose depends on how much luck the two share.",
                f->scenario->settings.currency, shown_k(f->npv_difference, 0, SHOWN_SIGN).s, behind((struct orgsim_interval){f->npv_low, f->npv_high}).s,
                shown_k(v.p10, 0, SHOWN_SIGN).s, behind(interval[10]).s, shown_k(v.p90, 0, SHOWN_SIGN).s, behind(interval[90]).s, v.worse);
    struct text subhead = {0}, *gp = &figure->script;
    text_format(
        &subhead,
        "\xe2\x80\x9c%s\xe2\x80\x9d less \xe2\x80\x9c%s\xe2\x80\x9d, same luck in both. Each dot is 1 of 50 equally likely differences.",
        figure_label(f, f->headline).s, figure_label(f, f->baseline).s);
    v.top = theme_head(gp, "value", &(struct theme_words){figure->title.s ? figure->title.s : "", subhead.s ? subhead.s : "", footnote}) + 4;
    gp->failed |= subhead.failed;
    text_free(&subhead);
    v.axis = (struct dots_axis){.width = THEME_RIGHT - LEFT, .height = THEME_BOTTOM - v.top - 44, .pitch_most = 27, .anchor = 0};
    if (v.worse + v.better == 0) {
        place_equal(&v);
    } else {
        dots_place(&v.dots, 1, &v.axis);
        make_room(&v);
    }
    add_axes(gp, &v);
    theme_line(gp, 0, 0, 0, THEME_BOTTOM - v.top, THEME_GREY, 1);
    figure_threshold(gp, "break-even", pixel_of(&v, 0), v.top - 8);
    if (v.worse + v.better > 0) add_counts(gp, &v);
    text_add(gp, "radius = ");
    theme_number(gp, v.axis.radius);
    text_add(gp, "\n");
    theme_plot(gp, "value",
               "plot \"value.dat\" index 0 using 1:2:(radius) with circles fs solid border fc rgb \"" THEME_WITHOUT "\" notitle, \\\n"
               "     \"\" index 1 using 1:2:(radius) with circles fs solid border fc rgb \"" THEME_LINE "\" notitle, \\\n"
               "     \"\" index 2 using 1:2:(radius) with circles fs solid border fc rgb \"" THEME_WITH "\" notitle");
    add_data(&figure->data, &v);
}
