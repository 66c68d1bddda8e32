/* theme.c: the look of every figure, in one place */
#include "report/theme.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "report/shown.h"

#define MARGIN 26 /* of the words, pixels */
#define HEADLINE_CHARACTERS 71
#define SUBHEAD_CHARACTERS 118
#define FOOTNOTE_CHARACTERS 128

static const char *const align_words[] = {"left", "center", "right"};

void theme_number(struct text *gp, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(gp, isfinite(x) ? text_of_double(digits, round(x * 1e4) / 1e4) : "NaN");
}

/* Labels are not formats, so a percent sign may stand, which text_gnuplot() spells out for the sake of tics. */
static void add_escaped(struct text *gp, const char *s)
{
    while (*s) {
        size_t n = strcspn(s, "%");
        char *part = memory_string_n(s, n);
        if (!part) {
            gp->failed = true;
            return;
        }
        text_gnuplot(gp, part);
        memory_free(part);
        s += n;
        for (; *s == '%'; s++) text_add(gp, "%");
    }
}

void theme_label(struct text *gp, const struct theme_label *label)
{
    text_add(gp, "set label \"");
    add_escaped(gp, label->s);
    text_add(gp, label->screen ? "\" at screen " : "\" at first ");
    theme_number(gp, label->screen ? label->x / THEME_WIDTH : label->x);
    text_add(gp, label->screen ? ", screen " : ", first ");
    theme_number(gp, label->screen ? 1 - label->y / THEME_HEIGHT : label->y);
    text_format(gp, " %s front textcolor rgb \"%s\" font face.\"%s,\".", align_words[label->align], label->colour ? label->colour : THEME_INK,
                label->bold ? ":Bold" : "");
    if (label->size == THEME_HEADLINE) {
        text_add(gp, "headline");
    } else {
        text_add(gp, "\"");
        theme_number(gp, label->size > 0 ? label->size : THEME_FONT_SIZE);
        text_add(gp, "\"");
    }
    if (label->dx != 0 || label->dy != 0) {
        text_add(gp, " offset screen ");
        theme_number(gp, label->dx / THEME_WIDTH);
        text_add(gp, ", screen ");
        theme_number(gp, label->dy / THEME_HEIGHT);
    }
    text_add(gp, "\n");
}

/* The least width at which two lines hold the text, so that the second is not one word. */
static size_t balanced(const char *s, size_t width)
{
    size_t n = shown_width(s);
    if (n <= width) return width;
    for (size_t w = (n + 1) / 2; w < width; w++) {
        struct text two = {0};
        shown_wrap(&two, s, w, 2, "\n");
        bool whole = !two.failed && two.n == strlen(s) && strncmp(two.s + two.n - 1, s + two.n - 1, 1) == 0;
        text_free(&two);
        if (whole) return w;
    }
    return width;
}

/* Lines of text below each other from the pixel row *y on. */
static void add_lines(struct text *gp, const char *s, size_t width, size_t lines, double *y, double step, struct theme_label label)
{
    struct text wrapped = {0};
    shown_wrap(&wrapped, s, lines > 1 ? balanced(s, width) : width, lines, "\n");
    for (char *line = wrapped.s, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = '\0';
        label.s = line;
        label.screen = true;
        label.x = MARGIN;
        label.y = *y;
        theme_label(gp, &label);
        *y += step;
        if (!next) break;
    }
    gp->failed |= wrapped.failed;
    text_free(&wrapped);
}

double theme_head(struct text *gp, const char *name, const struct theme_words *words)
{
    text_format(gp, "# %s.gp: draws %s.svg and %s.png from %s.dat: gnuplot -d %s.gp\n", name, name, name, name, name);
    text_add(gp, "set encoding utf8\n"
                 "if (!exists(\"face\")) face = \"Inter\"\n");
    text_format(gp, "if (!exists(\"headline\")) headline = \"%d\"\n", THEME_HEADLINE);
    text_format(gp, "set border 1 lw 1 lc rgb \"%s\"\nset tics nomirror out scale 0.5 textcolor rgb \"%s\"\n", THEME_LINE, THEME_GREY);
    text_add(gp, "unset key\n");
    double y = 30, foot = THEME_HEIGHT - 14;
    add_lines(gp, words->headline, HEADLINE_CHARACTERS, 2, &y, 23, (struct theme_label){.size = THEME_HEADLINE, .bold = true});
    y += 3;
    add_lines(gp, words->subhead, SUBHEAD_CHARACTERS, 2, &y, 17, (struct theme_label){.colour = THEME_GREY});
    add_lines(gp, words->footnote, FOOTNOTE_CHARACTERS, 1, &foot, 12, (struct theme_label){.size = THEME_FOOTNOTE, .colour = THEME_GREY});
    return y + 20;
}

void theme_box(struct text *gp, double left, double right, double top, double bottom)
{
    text_add(gp, "set lmargin at screen ");
    theme_number(gp, left / THEME_WIDTH);
    text_add(gp, "\nset rmargin at screen ");
    theme_number(gp, right / THEME_WIDTH);
    text_add(gp, "\nset tmargin at screen ");
    theme_number(gp, 1 - top / THEME_HEIGHT);
    text_add(gp, "\nset bmargin at screen ");
    theme_number(gp, 1 - bottom / THEME_HEIGHT);
    text_add(gp, "\n");
}

void theme_xlabel(struct text *gp, double left, double right, const char *s)
{
    theme_label(gp, &(struct theme_label){
                        .s = s, .screen = true, .x = (left + right) / 2, .y = THEME_BOTTOM + 39, .align = THEME_CENTRE, .colour = THEME_GREY});
}

void theme_line(struct text *gp, double x0, double y0, double x1, double y1, const char *colour, double width)
{
    text_add(gp, "set arrow from first ");
    theme_number(gp, x0);
    text_add(gp, ", first ");
    theme_number(gp, y0);
    text_add(gp, " to first ");
    theme_number(gp, x1);
    text_add(gp, ", first ");
    theme_number(gp, y1);
    text_add(gp, " nohead back dt solid lc rgb ");
    text_format(gp, "\"%s\" lw ", colour);
    theme_number(gp, width);
    text_add(gp, "\n");
}

double theme_step(double range, int wanted)
{
    if (!(range > 0)) return 1;
    double raw = range / wanted, power = pow(10, floor(log10(raw)));
    double part = raw / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

void theme_xtics(struct text *gp, double low, double high, int wanted, bool k)
{
    double range = high - low, step = theme_step(range, wanted);
    int decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    const char *comma = "";
    text_add(gp, "set xtics (");
    for (double n = ceil(low / step - 1e-9); n * step <= high + 1e-9 * range; n++) {
        double x = n * step;
        struct shown s = k ? shown_k(x, decimals, SHOWN_TYPOGRAPHIC | SHOWN_SIGN) : shown_number(x, decimals, SHOWN_TYPOGRAPHIC);
        text_format(gp, "%s\"%s\" ", comma, x == 0 ? "0" : s.s);
        theme_number(gp, x);
        comma = ", ";
    }
    text_add(gp, ")\n");
}

void theme_plot(struct text *gp, const char *name, const char *plot)
{
    text_format(gp,
                "set terminal svg size %d,%d font face.\",%d\" background rgb \"white\" butt\n"
                "set output \"%s.svg\"\n%s\n",
                THEME_WIDTH, THEME_HEIGHT, THEME_FONT_SIZE, name, plot);
    text_format(gp,
                "# Points of pngcairo are 4/3 pixels: a font scale of 1.5 is twice the size.\n"
                "set terminal pngcairo size %d,%d font face.\",%d\" fontscale 1.5 linewidth 2 pointscale 2 background rgb \"white\" butt\n"
                "set output \"%s.png\"\nreplot\nunset output\n",
                2 * THEME_WIDTH, 2 * THEME_HEIGHT, THEME_FONT_SIZE, name);
}

double theme_text_width(const char *s, double size, bool bold) { return (double)shown_width(s) * size * (bold ? 0.6 : 0.55); }
