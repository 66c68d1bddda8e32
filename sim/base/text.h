/* text.h: growing strings, numbers for people and machines, near names, escapes */
#ifndef ORGSIM_BASE_TEXT_H
#define ORGSIM_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A string under construction. Zero it; check `failed` once at the end; free with text_free(). */
struct text { char *s; size_t n, capacity; bool failed; };

void text_add(struct text *t, const char *s);
void text_add_n(struct text *t, const char *s, size_t n);
void text_format(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_html(struct text *t, const char *s);    /* & < > " ' escaped; control characters dropped */
void text_gnuplot(struct text *t, const char *s); /* inside a double-quoted gnuplot string of enhanced text: \ " { } ^ _ @ & ~ % ` and newlines made harmless */
void text_csv(struct text *t, const char *s);     /* one CSV field: quoted where needed; a leading = + - @ or tab of text is preceded by ' */
void text_free(struct text *t);

/* The candidate nearest to `name` by edit distance when that is small enough to be a slip (at most a third of its length, at least 1), else NULL. */
const char *text_nearest(const char *name, const char *const *candidates, size_t n);

/* Strict decimal number over the whole of s (surrounding blanks allowed): no hex, no inf or nan, point as the decimal sign whatever the locale. */
bool text_number(const char *s, double *value);

/* Shortest decimal that reads back as the same float or double; inf, -inf and nan by these names. Returns buf. */
#define TEXT_NUMBER_SIZE 40
char *text_of_float(char buf[TEXT_NUMBER_SIZE], float x);
char *text_of_double(char buf[TEXT_NUMBER_SIZE], double x);

/* x with fixed decimals and thousands separated by commas, true minus sign off ("-"): for people. */
char *text_of_people(char buf[TEXT_NUMBER_SIZE], double x, int decimals);

/* FNV-1a, 64 bits; start with TEXT_DIGEST_START. */
#define TEXT_DIGEST_START UINT64_C(0xcbf29ce484222325)
uint64_t text_digest(uint64_t digest, const void *data, size_t n);

#endif
