/* theme.h: the look of every figure, in one place
 *
 * A figure is a gnuplot script beside its data. Its page is THEME_WIDTH by THEME_HEIGHT pixels; places are given in pixels from the upper left
 * corner, or in the units of the axes. Three sizes of text: headline (the finding), subhead (what is shown), footnote (worlds, seed, caveat).
 * The two organisations differ by colour, by dash and by label, so that figures survive a grey printer.
 */
#ifndef ORGSIM_REPORT_THEME_H
#define ORGSIM_REPORT_THEME_H

#include <stdbool.h>

#include "base/text.h"

#define THEME_WIDTH 720
#define THEME_HEIGHT 432
#define THEME_RIGHT 700  /* right edge of the plot */
#define THEME_BOTTOM 360 /* its lower edge: tics, axis label and footnote follow */

#define THEME_WITH "#0072B2"
#define THEME_WITHOUT "#C8510A"
#define THEME_WITH_LIGHT "#BBD7EA"
#define THEME_WITHOUT_LIGHT "#F6D2B3"
#define THEME_WITH_MIDDLE "#79AFD6"
#define THEME_WITHOUT_MIDDLE "#E3A06E"
#define THEME_SHADE "#DDE6EC" /* where targets are met */
#define THEME_INK "#111827"
#define THEME_GREY "#5B6675"
#define THEME_LINE "#9AA3AD"
#define THEME_FAINT "#E3E7EB"

#define THEME_FONT_SIZE 12
#define THEME_HEADLINE 17
#define THEME_FOOTNOTE 9.5
#define THEME_LABEL_CHARACTERS 22 /* of an organisation, in the plot */

enum theme_align { THEME_LEFT, THEME_CENTRE, THEME_RIGHT_ALIGNED };

struct theme_words {
    const char *headline, *subhead, *footnote;
};

/* Head of a script: setting, axes without a box, the words. Returns the pixel row at which the plot may begin. */
double theme_head(struct text *gp, const char *name, const struct theme_words *words);

/* Edges of the plot, pixels. */
void theme_box(struct text *gp, double left, double right, double top, double bottom);

struct theme_label {
    const char *s;
    bool screen; /* x, y: pixels from the upper left corner; else units of the axes */
    double x, y;
    double dx, dy; /* pixels to the right and up from there */
    enum theme_align align;
    double size; /* 0: THEME_FONT_SIZE */
    bool bold;
    const char *colour;
};
void theme_label(struct text *gp, const struct theme_label *label);

/* What the x axis shows, below the middle of left..right. */
void theme_xlabel(struct text *gp, double left, double right, const char *s);

/* A line without heads between two places in units of the axes. */
void theme_line(struct text *gp, double x0, double y0, double x1, double y1, const char *colour, double width);

/* A round step (1, 2 or 5 times a power of ten) of which about `wanted` make the range; 1 for no range. */
double theme_step(double range, int wanted);

/* Tics of the x axis at multiples of a round step inside [low, high]; about `wanted` of them. k: labels as thousands of money with their sign. */
void theme_xtics(struct text *gp, double low, double high, int wanted, bool k);

/* End of a script: the plot command, once for NAME.svg and once for NAME.png at twice the size. */
void theme_plot(struct text *gp, const char *name, const char *plot);

/* A number as scripts and data want it. */
void theme_number(struct text *gp, double x);

/* Width in pixels that a label of the plot takes, about. */
double theme_text_width(const char *s, double size, bool bold);

#endif
