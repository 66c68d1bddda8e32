/* figure_finish.c: what date can I promise? Two S-curves, with the gap at 80 % drawn and labelled. */
#include <math.h>
#include <stdio.h>

#include "report/figure.h"
#include "report/interval.h"

#define LEFT 66
#define LEVEL_TOP 104 /* upper end of the y axis, percent */
#define NEVER_LABELLED 90
#define CURVE_END 97 /* percent: beyond it the tail would squeeze the rest */

struct curves {
    const struct finding *f;
    const double *with, *without; /* weeks at 0..100 percent */
    double low, high;             /* of the x axis, weeks */
    double top;                   /* of the plot, pixels */
    double never[2];              /* share that never finishes: with, without */
};

/* Highest percentage that is reached within the horizon. */
static int end_of(const double *curve)
{
    int level = 100;
    while (level > 0 && !isfinite(curve[level])) level--;
    return isfinite(curve[level]) ? level : -1;
}

static double pixel_of(const struct curves *c, double week) { return LEFT + (THEME_RIGHT - LEFT) * (week - c->low) / (c->high - c->low); }

static void set_range(struct curves *c, double label_width)
{
    double deadline = c->f->results->deadline_week;
    c->low = c->high = deadline;
    double label = (double)INFINITY;
    const double *both[] = {c->with, c->without};
    for (int i = 0; i < 2; i++) {
        int end = end_of(both[i]);
        if (end < 0) continue;
        c->low = fmin(c->low, both[i][1 < end ? 1 : end]);
        c->high = fmax(c->high, both[i][end < CURVE_END ? end : CURVE_END]);
        label = fmin(label, both[i][end < 38 ? end : 38]);
    }
    double range = c->high - c->low > 0 ? c->high - c->low : 1;
    c->low -= 0.04 * range;
    c->high += 0.05 * range;
    /* Room for the name to the left of the left curve. */
    double share = (label_width + 14) / (THEME_RIGHT - LEFT);
    if (!isfinite(label)) return;
    c->low = fmin(c->low, (label - share * c->high) / (1 - share));
    /* The line of the committed date would cross the name: a little more room lets it stand to the left of the line. */
    double aside = (label_width + 20) / (THEME_RIGHT - LEFT), low = (deadline - aside * c->high) / (1 - aside);
    bool crosses = deadline < label && pixel_of(c, label) - pixel_of(c, deadline) < label_width + 16;
    if (crosses && low > c->low - 0.2 * (c->high - c->low)) c->low = fmin(c->low, low);
}

static double row_of(const struct curves *c, double level) { return THEME_BOTTOM - (THEME_BOTTOM - c->top) * level / LEVEL_TOP; }

/* Right edge of a name that should end at x: it steps aside from the line of the committed date where there is room. */
static double left_of(const struct curves *c, double x, double width)
{
    double line = pixel_of(c, c->f->results->deadline_week);
    bool crosses = line < x + 4 && line > x - width - 4;
    return crosses && line - 8 - width > LEFT + 8 ? line - 8 : x;
}

/* Left edge of a name that should begin at x: beyond the lines at 80 % if they are in the way, and inside the plot. */
static double right_of(const struct curves *c, double x, double width)
{
    const double p80[] = {c->f->p80, c->f->p80_baseline};
    for (int i = 0; i < 2; i++) {
        double line = isfinite(p80[i]) ? pixel_of(c, p80[i]) : 0;
        if (line > x - 6 && line < x + width + 6) x = line + 8;
    }
    return fmin(x, THEME_RIGHT - width);
}

static void add_names(struct text *gp, const struct curves *c)
{
    const double *curve[] = {c->with, c->without};
    const size_t row[] = {c->f->headline, c->f->baseline};
    const char *colour[] = {THEME_WITH, THEME_WITHOUT};
    int end[] = {end_of(c->with), end_of(c->without)};
    int left = end[0] < 0 || (end[1] >= 0 && c->without[end[1] < 50 ? end[1] : 50] < c->with[end[0] < 50 ? end[0] : 50]) ? 1 : 0;
    for (int i = 0; i < (finding_is_alone(c->f) ? 1 : 2); i++) {
        if (end[i] < 0) continue;
        int level = i == left ? 38 : 58;
        if (level > end[i] * 3 / 4) level = end[i] * 3 / 4;
        struct figure_label name = figure_label(c->f, row[i]);
        double x = pixel_of(c, curve[i][level]), width = theme_text_width(name.s, THEME_FONT_SIZE, true);
        x = i == left ? left_of(c, x - 12, width) : right_of(c, x + 12, width);
        theme_label(gp, &(struct theme_label){.s = name.s,
                                              .screen = true,
                                              .x = x,
                                              .y = row_of(c, level),
                                              .align = i == left ? THEME_RIGHT_ALIGNED : THEME_LEFT,
                                              .bold = true,
                                              .colour = colour[i]});
    }
}

/* The share that never finishes, at the end of each curve; the lower one below its curve, so that the two do not meet. */
static void add_never(struct text *gp, const struct curves *c)
{
    const double *curve[] = {c->with, c->without};
    const char *colour[] = {THEME_WITH, THEME_WITHOUT};
    int end[] = {end_of(c->with), end_of(c->without)};
    for (int i = 0; i < (finding_is_alone(c->f) ? 1 : 2); i++) {
        char words[128];
        if (end[i] > NEVER_LABELLED) continue; /* too near the top to be labelled: the subhead says it */
        snprintf(words, sizeof words, "%s never finish", shown_share(c->never[i], 0).s);
        bool above = end[i] > end[1 - i] || (end[i] == end[1 - i] && i == 0);
        double y = end[i] < 0 ? 0 : curve[i][end[i]] > 0 ? end[i] : 0;
        theme_label(gp, &(struct theme_label){.s = words,
                                              .x = c->high,
                                              .y = y,
                                              .dx = -4,
                                              .dy = above || y < 8 ? 10 : -11,
                                              .align = THEME_RIGHT_ALIGNED,
                                              .size = THEME_FONT_SIZE - 1,
                                              .colour = colour[i]});
    }
}

static void add_gap(struct text *gp, const struct curves *c)
{
    const struct finding *f = c->f;
    if (isfinite(f->p80)) theme_line(gp, f->p80, 0, f->p80, 80, THEME_WITH_LIGHT, 1.5);
    if (isfinite(f->p80_baseline) && !finding_is_alone(f)) theme_line(gp, f->p80_baseline, 0, f->p80_baseline, 80, THEME_WITHOUT_LIGHT, 1.5);
    if (!isfinite(f->p80_gap) || f->p80_gap == 0) return;
    char words[128];
    snprintf(words, sizeof words, "%s weeks", shown_number(f->p80_gap, 1, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s);
    double left = fmin(f->p80, f->p80_baseline), right = fmax(f->p80, f->p80_baseline);
    bool roomy = pixel_of(c, right) - pixel_of(c, left) > 78;
    double heads = pixel_of(c, right) - pixel_of(c, left) > 26 ? 5 : 0;
    text_add(gp, "set arrow from first ");
    theme_number(gp, left);
    text_add(gp, ", first 80 to first ");
    theme_number(gp, right);
    text_format(gp, ", first 80 %s front lc rgb \"%s\" lw 1.3\n", heads > 0 ? "heads size screen 0.008,25 filled" : "nohead", THEME_INK);
    theme_label(gp, &(struct theme_label){.s = words,
                                          .x = roomy ? (left + right) / 2 : right,
                                          .y = 80,
                                          .dx = roomy ? 0 : 10,
                                          .dy = roomy ? 11 : -6,
                                          .align = roomy ? THEME_CENTRE : THEME_LEFT,
                                          .bold = true});
}

static void add_title(struct text *title, const struct finding *f)
{
    struct shown_label with = shown_label(finding_label(f, f->headline)), without = shown_label(finding_label(f, f->baseline));
    struct shown a = shown_number(f->p80_baseline, 1, SHOWN_TYPOGRAPHIC), b = shown_number(f->p80, 1, SHOWN_TYPOGRAPHIC);
    const struct interval_move move = interval_move(f, f->headline);
    if (finding_is_alone(f) && isfinite(f->p80)) {
        text_format(title, "At 80%%, week %s can be promised under \xe2\x80\x9c%s\xe2\x80\x9d", b.s, with.s);
    } else if (finding_is_alone(f)) {
        text_format(title, "At 80%%, no week can be promised under \xe2\x80\x9c%s\xe2\x80\x9d", with.s);
    } else if (isfinite(f->p80_gap) && !move.clear && !move.nowhere) {
        text_format(title, "No clear move of the finish you can promise at 80%%: week %s under \xe2\x80\x9c%s\xe2\x80\x9d, %s under \xe2\x80\x9c%s\xe2\x80\x9d",
                    a.s, without.s, b.s, with.s);
    } else if (f->p80_gap == 0) {
        text_format(title,
                    "The week that can be promised at 80%% does not move: %s under \xe2\x80\x9c%s\xe2\x80\x9d and \xe2\x80\x9c%s\xe2\x80\x9d",
                    a.s, without.s, with.s);
    } else if (isfinite(f->p80_gap)) {
        text_format(title, "Under \xe2\x80\x9c%s\xe2\x80\x9d, the finish you can promise at 80%% moves from week %s to %s", with.s, a.s, b.s);
    } else if (isfinite(f->p80)) {
        text_format(title, "At 80%%, week %s can be promised under \xe2\x80\x9c%s\xe2\x80\x9d, no week under \xe2\x80\x9c%s\xe2\x80\x9d", b.s,
                    with.s, without.s);
    } else if (isfinite(f->p80_baseline)) {
        text_format(title, "At 80%%, week %s can be promised under \xe2\x80\x9c%s\xe2\x80\x9d, no week under \xe2\x80\x9c%s\xe2\x80\x9d", a.s,
                    without.s, with.s);
    } else {
        text_add(title, "No week can be promised at 80% under either organisation");
    }
}

/* The 95 % interval of what the title says: of the move, or of the week where there is no other. */
static void add_sure(struct text *words, const struct finding *f, int flags)
{
    const struct interval_move move = interval_move(f, f->headline);
    struct interval_words own = interval_number(interval_quantile(f, f->headline, ORGSIM_METRIC_finish_week, FINDING_P80), 1, flags);
    if (!finding_is_alone(f) && move.known)
        text_format(words, ". At 80%%: %s weeks, 95%% interval %s", shown_number(f->p80_gap, 1, flags | SHOWN_SIGN).s, interval_number(move.weeks, 1, flags | SHOWN_SIGN).s);
    else if (*own.s) text_format(words, ". At 80%%%s: 95%% interval week %s", finding_is_alone(f) ? "" : " (solid)", own.s);
}

static void add_subhead(struct text *subhead, const struct curves *c)
{
    text_add(subhead, "Chance that the program has finished by each week");
    add_sure(subhead, c->f, SHOWN_TYPOGRAPHIC);
    if (c->never[0] + c->never[1] <= 0) return;
    if (finding_is_alone(c->f)) text_format(subhead, ". Never finished: %s", shown_share(c->never[0], 0).s);
    else text_format(subhead, ". Never finished: %s (dashed) and %s (solid)", shown_share(c->never[1], 0).s, shown_share(c->never[0], 0).s);
}

static void add_data(struct text *data, const double *curve, const char *what)
{
    text_format(data, "# %s: week, percent of programs finished by then\n", what);
    for (int level = 0; level <= end_of(curve); level++) {
        theme_number(data, curve[level]);
        text_format(data, " %d\n", level);
    }
    if (end_of(curve) < 0) text_add(data, "NaN NaN\n"); /* nothing to draw, but a block of its own */
    text_add(data, "\n\n");
}

static double never_of(const struct finding *f, size_t row)
{
    return finding_summary(f, row, ORGSIM_METRIC_censored)->mean + finding_summary(f, row, ORGSIM_METRIC_cancelled)->mean;
}

static void add_axes(struct text *gp, const struct curves *c)
{
    theme_box(gp, LEFT, THEME_RIGHT, c->top, THEME_BOTTOM);
    text_add(gp, "set xrange [");
    theme_number(gp, c->low);
    text_add(gp, ":");
    theme_number(gp, c->high);
    text_format(gp, "]\nset yrange [0:%d]\nset ytics 0,20,100 format \"%%.0f%%%%\" scale 0\n", LEVEL_TOP);
    text_format(gp, "set grid ytics back lt 1 dt (1,3) lw 1 lc rgb \"%s\"\n", THEME_LINE);
    theme_xlabel(gp, LEFT, THEME_RIGHT, "Finish of the program (week)");
    theme_xtics(gp, c->low, c->high, 8, false);
}

static void add_detail(struct text *detail, const struct curves *c)
{
    const struct finding *f = c->f;
    struct shown half[] = {shown_number(c->with[50], 1, 0), shown_number(c->without[50], 1, 0)};
    struct shown most[] = {shown_number(f->p80, 1, 0), shown_number(f->p80_baseline, 1, 0)};
    text_format(detail, "Chance that the program has finished by each week, committed to week %s. Week kept in half of the programs: ",
                shown_week(f->results->deadline_week).s);
    if (finding_is_alone(f)) text_format(detail, "%s; in 80%% of them: %s", half[0].s, most[0].s);
    else text_format(detail, "%s against %s; in 80%% of them: %s against %s", half[0].s, half[1].s, most[0].s, most[1].s);
    struct interval_words own[] = {interval_number(interval_quantile(f, f->headline, ORGSIM_METRIC_finish_week, FINDING_P80), 1, 0),
                                   interval_number(interval_quantile(f, f->baseline, ORGSIM_METRIC_finish_week, FINDING_P80), 1, 0)};
    if (*own[0].s && finding_is_alone(f)) text_format(detail, " (95%% interval %s)", own[0].s);
    else if (*own[0].s) text_format(detail, " (95%% intervals %s and %s)", own[0].s, own[1].s);
    const struct interval_move move = interval_move(f, f->headline);
    if (move.known && !finding_is_alone(f))
        text_format(detail, ". It moves by %s weeks, 95%% interval %s, on the same worlds", shown_number(f->p80_gap, 1, SHOWN_SIGN).s, interval_number(move.weeks, 1, SHOWN_SIGN).s);
    text_add(detail, ".");
}

static void add_plot(struct text *plot, const struct finding *f)
{
    int with = 1 - figure_first(f);
    text_format(plot, "plot \"finish.dat\" index %d using 1:2 with lines lw 2.4 lc rgb \"" THEME_WITH "\" notitle, \\\n", with);
    if (!finding_is_alone(f))
        text_add(plot, "     \"\" index 0 using 1:2 with lines lw 2 dt (10,4) lc rgb \"" THEME_WITHOUT "\" notitle, \\\n"
                       "     \"\" index 0 using ($2 == 80 ? $1 : NaN):2 with points pt 7 ps 0.5 lc rgb \"" THEME_WITHOUT "\" notitle, \\\n");
    text_format(plot, "     \"\" index %d using ($2 == 80 ? $1 : NaN):2 with points pt 7 ps 0.5 lc rgb \"" THEME_WITH "\" notitle", with);
}

void figure_finish(struct figure *figure, const struct finding *f, const char *footnote)
{
    struct curves c = {
        .f = f, .with = &f->results->finish_quantiles[f->headline * 101], .without = &f->results->finish_quantiles[f->baseline * 101]};
    c.never[0] = never_of(f, f->headline);
    c.never[1] = never_of(f, f->baseline);
    double deadline = f->results->deadline_week;
    add_title(&figure->title, f);
    add_detail(&figure->detail, &c);
    struct text *gp = &figure->script;
    struct text subhead = {0}, plot = {0};
    add_subhead(&subhead, &c);
    c.top = theme_head(gp, "finish", &(struct theme_words){figure->title.s ? figure->title.s : "", subhead.s ? subhead.s : "", footnote});
    gp->failed |= subhead.failed;
    text_free(&subhead);
    struct figure_label with = figure_label(f, f->headline), without = figure_label(f, f->baseline);
    set_range(&c, fmax(theme_text_width(with.s, THEME_FONT_SIZE, true), theme_text_width(without.s, THEME_FONT_SIZE, true)));
    add_axes(gp, &c);
    theme_line(gp, deadline, 0, deadline, LEVEL_TOP, THEME_LINE, 1);
    char words[128];
    snprintf(words, sizeof words, "committed date, week %s", shown_week(deadline).s);
    figure_threshold(gp, words, pixel_of(&c, deadline), c.top - 8);
    theme_label(gp, &(struct theme_label){.s = "80% confidence",
                                          .screen = true,
                                          .x = LEFT + 6,
                                          .y = row_of(&c, 80) - 9,
                                          .size = THEME_FONT_SIZE - 1.5,
                                          .colour = THEME_GREY});
    add_gap(gp, &c);
    add_names(gp, &c);
    add_never(gp, &c);
    add_plot(&plot, f);
    theme_plot(gp, "finish", plot.s ? plot.s : "");
    gp->failed |= plot.failed;
    text_free(&plot);
    if (!finding_is_alone(f)) add_data(&figure->data, c.without, finding_id(f, f->baseline));
    add_data(&figure->data, c.with, finding_id(f, f->headline));
}
