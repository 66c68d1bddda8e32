/* shown.h: numbers as a person reads them
 *
 * Everything that a person reads (answer, page, figures) and the headline of the JSON passes here. Round first, subtract after: what stands
 * beside each other on a page must add up, so differences of displayed numbers are taken from shown_round() of both.
 */
#ifndef ORGSIM_REPORT_SHOWN_H
#define ORGSIM_REPORT_SHOWN_H

#include "base/text.h"

enum shown_flags {
    SHOWN_SIGN = 1,       /* a plus before what is above zero */
    SHOWN_TYPOGRAPHIC = 2, /* a true minus sign: pages and figures; terminals and JSON keep the hyphen */
    SHOWN_TWO = 4          /* two significant figures, and no more decimals than asked for */
};

struct shown {
    char s[64];
};

/* x to so many decimals, halves away from zero, never a negative zero; infinite and undefined stay so. */
double shown_round(double x, int decimals);

/* The same to two significant figures, but to no more decimals than these: 12,345 is 12,000. */
double shown_two(double x, int decimals);

/* 12,345.6; `never` for infinity, `n/a` for an undefined number. */
struct shown shown_number(double x, int decimals, int flags);

/* A week of the calendar: a decimal only where there is one. */
struct shown shown_week(double x);

/* Thousands of the currency: 412k. */
struct shown shown_k(double x, int decimals, int flags);

/* 31%; `<1%` and `>99%` for what is neither none nor all. */
struct shown shown_share(double share, int flags);

/* Characters (code points) of UTF-8 text, and a copy cut to at most n of them, the last an ellipsis. */
size_t shown_width(const char *s);
void shown_cut(struct text *text, const char *s, size_t n);

/* A label short enough for a sentence. */
#define SHOWN_LABEL_WIDTH 40
struct shown_label {
    char s[4 * SHOWN_LABEL_WIDTH + 8];
};
struct shown_label shown_label(const char *s);

/* One word of a command line, quoted for a shell where needed. */
void shown_shell(struct text *text, const char *s);

/* The text cut into lines of at most `width` characters at blanks, at most `lines` of them; `newline` stands between them. */
void shown_wrap(struct text *text, const char *s, size_t width, size_t lines, const char *newline);

#endif
