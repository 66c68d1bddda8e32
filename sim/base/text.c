/* text.c: growing strings, escapes, near names, digests (numbers are in number.c) */
#include "base/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

/* Room for n more bytes and the final zero. */
static bool reserve(struct text *t, size_t n)
{
    void *s = t->s;
    if (t->failed) return false;
    if (n > SIZE_MAX / 4 || memory_grow(&s, &t->capacity, t->n + n + 1, 1)) {
        t->failed = true;
        return false;
    }
    t->s = s;
    return true;
}

void text_add_n(struct text *t, const char *s, size_t n)
{
    if (!reserve(t, n)) return;
    memcpy(t->s + t->n, s, n);
    t->n += n;
    t->s[t->n] = '\0';
}

void text_add(struct text *t, const char *s)
{
    text_add_n(t, s, strlen(s));
}

void text_format(struct text *t, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int n = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (n < 0) t->failed = true;
    if (n < 0 || !reserve(t, (size_t)n)) return;
    va_start(values, format);
    vsnprintf(t->s + t->n, (size_t)n + 1, format, values);
    va_end(values);
    t->n += (size_t)n;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

void text_html(struct text *t, const char *s)
{
    text_add_n(t, "", 0);
    for (; *s; s++) {
        switch (*s) {
        case '&': text_add(t, "&amp;"); break;
        case '<': text_add(t, "&lt;"); break;
        case '>': text_add(t, "&gt;"); break;
        case '"': text_add(t, "&quot;"); break;
        case '\'': text_add(t, "&#39;"); break;
        default:
            if (!is_control(*s) || *s == '\n' || *s == '\t') text_add_n(t, s, 1);
        }
    }
}

/* gnuplot reads such a string three times: for commands in backquotes, for backslashes, and for enhanced text. A quote and a backquote are
 * given in octal, which the first reading does not see; signs of enhanced text keep a backslash after the second. A percent sign would be
 * a format in the label of a tic and a doubled one would show elsewhere, so it is spelt out. */
void text_gnuplot(struct text *t, const char *s)
{
    text_add_n(t, "", 0);
    for (const char *c = s; *c; c++) {
        switch (*c) {
        case '\\': text_add(t, "\\\\\\\\"); break;
        case '"': text_add(t, "\\042"); break;
        case '`': text_add(t, "\\140"); break;
        case '%': text_add(t, c == s || c[-1] == ' ' ? "percent" : " percent"); break;
        case '{': case '}': case '^': case '_': case '@': case '&': case '~':
            text_add(t, "\\\\");
            text_add_n(t, c, 1);
            break;
        default:
            if (*c == '\n' || *c == '\t') text_add(t, " ");
            else if (!is_control(*c)) text_add_n(t, c, 1);
        }
    }
}

static bool needs_quotes(const char *s, size_t n)
{
    return n > 0 && (strpbrk(s, ",\"\r\n") || s[0] == '#' || isspace((unsigned char)s[0]) || isspace((unsigned char)s[n - 1]));
}

void text_csv(struct text *t, const char *s)
{
    double number;
    size_t n = strlen(s);
    bool formula = n > 0 && strchr("=+-@\t\r", s[0]) && !text_number(s, &number); /* a spreadsheet would compute it */
    bool quotes = needs_quotes(s, n);
    text_add(t, quotes ? "\"" : "");
    if (formula) text_add(t, "'");
    for (; *s; s++) {
        if (*s == '"') text_add(t, "\"");
        text_add_n(t, s, 1);
    }
    if (quotes) text_add(t, "\"");
}

void text_free(struct text *t)
{
    memory_free(t->s);
    *t = (struct text){0};
}

enum { NAME_MAX_LENGTH = 64 };

static size_t smallest(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours that turn a into b (optimal string alignment); lower and upper case are alike. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][NAME_MAX_LENGTH + 1];
    size_t *two_above = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++) above[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            int x = tolower((unsigned char)a[i - 1]), y = tolower((unsigned char)b[j - 1]);
            row[j] = smallest(smallest(above[j] + 1, row[j - 1] + 1), above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) && y == tolower((unsigned char)a[i - 2]))
                row[j] = smallest(row[j], two_above[j - 2] + 1);
        }
        size_t *spare = two_above;
        two_above = above;
        above = row;
        row = spare;
    }
    return above[m];
}

const char *text_nearest(const char *name, const char *const *candidates, size_t n)
{
    const char *nearest = NULL;
    size_t length = strnlen(name, NAME_MAX_LENGTH + 1);
    if (length == 0 || length > NAME_MAX_LENGTH) return NULL;
    size_t least = (length < 3 ? 1 : length / 3) + 1;
    for (size_t i = 0; i < n; i++) {
        size_t m = strnlen(candidates[i], NAME_MAX_LENGTH + 1);
        if (m > NAME_MAX_LENGTH || (m > length ? m - length : length - m) >= least) continue;
        size_t apart = distance(name, length, candidates[i], m);
        if (apart < least && apart < (length > m ? length : m)) { /* nothing in common is no slip */
            least = apart;
            nearest = candidates[i];
        }
    }
    return nearest;
}

uint64_t text_digest(uint64_t digest, const void *data, size_t n)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < n; i++) digest = (digest ^ bytes[i]) * UINT64_C(0x100000001b3);
    return digest;
}
