/* shown.c: numbers as a person reads them */
#include "report/shown.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char minus_sign[] = "\xe2\x88\x92";
static const char ellipsis[] = "\xe2\x80\xa6";

double shown_round(double x, int decimals)
{
    static const double scale[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    if (!isfinite(x) || fabs(x) > 1e15) return x;
    double s = scale[decimals < 0 ? 0 : decimals > 6 ? 6 : decimals];
    double rounded = round(x * s) / s;
    return rounded == 0 ? 0 : rounded;
}

/* The power of ten of the second figure; 0 for what has no figures. */
static int second_figure(double x) { return isfinite(x) && x != 0 ? (int)floor(log10(fabs(x))) - 1 : 0; }

double shown_two(double x, int decimals)
{
    int place = second_figure(x);
    if (place <= 0) return shown_round(x, -place < decimals ? -place : decimals);
    double unit = pow(10, place);
    return round(x / unit) * unit;
}

struct shown shown_number(double x, int decimals, int flags)
{
    if (flags & SHOWN_TWO) {
        x = shown_two(x, decimals);
        int place = second_figure(x);
        decimals = place > 0 ? 0 : -place < decimals ? -place : decimals;
        flags &= ~SHOWN_TWO;
    }
    struct shown shown;
    if (!isfinite(x)) {
        snprintf(shown.s, sizeof shown.s, "%s", isnan(x) ? "n/a" : "never");
        return shown;
    }
    char digits[TEXT_NUMBER_SIZE];
    double rounded = shown_round(x, decimals);
    text_of_people(digits, fabs(rounded), decimals);
    const char *sign = rounded < 0 ? (flags & SHOWN_TYPOGRAPHIC ? minus_sign : "-") : rounded > 0 && flags & SHOWN_SIGN ? "+" : "";
    snprintf(shown.s, sizeof shown.s, "%s%s", sign, digits);
    return shown;
}

struct shown shown_week(double x) { return shown_number(x, shown_round(x, 1) == shown_round(x, 0) ? 0 : 1, 0); }

struct shown shown_k(double x, int decimals, int flags)
{
    struct shown shown = shown_number(x, decimals, flags);
    if (isfinite(x)) strncat(shown.s, "k", sizeof shown.s - strlen(shown.s) - 1);
    return shown;
}

struct shown shown_share(double share, int flags)
{
    struct shown shown;
    if (isnan(share)) return shown_number(share, 0, flags);
    double percent = shown_round(100 * share, 0);
    const char *sign = percent < 0 ? (flags & SHOWN_TYPOGRAPHIC ? minus_sign : "-") : percent > 0 && flags & SHOWN_SIGN ? "+" : "";
    if (share > 0 && percent == 0) {
        snprintf(shown.s, sizeof shown.s, "<1%%");
    } else if (share < 1 && percent == 100) {
        snprintf(shown.s, sizeof shown.s, ">99%%");
    } else {
        snprintf(shown.s, sizeof shown.s, "%s%.0f%%", sign, fabs(percent));
    }
    return shown;
}

/* Bytes of the first n characters. */
static size_t prefix_bytes(const char *s, size_t n)
{
    size_t i = 0;
    while (s[i] && n > 0) {
        i++;
        while (((unsigned char)s[i] & 0xc0) == 0x80) i++;
        n--;
    }
    return i;
}

size_t shown_width(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

void shown_cut(struct text *text, const char *s, size_t n)
{
    if (shown_width(s) <= n) {
        text_add(text, s);
        return;
    }
    size_t bytes = prefix_bytes(s, n - 1);
    while (bytes > 0 && s[bytes - 1] == ' ') bytes--;
    text_add_n(text, s, bytes);
    text_add(text, ellipsis);
}

struct shown_label shown_label(const char *s)
{
    struct shown_label label;
    bool fits = shown_width(s) <= SHOWN_LABEL_WIDTH;
    size_t bytes = prefix_bytes(s, fits ? SHOWN_LABEL_WIDTH : SHOWN_LABEL_WIDTH - 1);
    while (!fits && bytes > 0 && s[bytes - 1] == ' ') bytes--;
    if (bytes > 4 * SHOWN_LABEL_WIDTH) bytes = 4 * SHOWN_LABEL_WIDTH;
    snprintf(label.s, sizeof label.s, "%.*s%s", (int)bytes, s, fits ? "" : ellipsis);
    return label;
}

void shown_shell(struct text *text, const char *s)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
    if (*s && s[strspn(s, plain)] == '\0') {
        text_add(text, s);
        return;
    }
    text_add(text, "'");
    for (; *s; s++) {
        if (*s == '\'') {
            text_add(text, "'\\''");
        } else {
            text_add_n(text, s, 1);
        }
    }
    text_add(text, "'");
}

void shown_wrap(struct text *text, const char *s, size_t width, size_t lines, const char *newline)
{
    for (size_t line = 1; line < lines && shown_width(s) > width; line++) {
        size_t most = prefix_bytes(s, width + 1), cut = most;
        while (cut > 0 && s[cut] != ' ') cut--;
        if (cut == 0) break; /* one word longer than the line */
        text_add_n(text, s, cut);
        text_add(text, newline);
        s += cut + 1;
    }
    shown_cut(text, s, width);
}
