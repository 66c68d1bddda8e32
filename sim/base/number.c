/* number.c: numbers to text and back, the same in every locale (declared in text.h)
 *
 * Outcome files hold millions of floats, so the usual ones are written without the C library: a decimal of 6 to 9 digits is tried in double
 * arithmetic, where powers of ten are exact, and accepted when it surely reads back as the same float.
 */
#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* value = 0.d1d2d3... * 10^(point), point = number of digits before the decimal point */
struct decimal {
    char digits[20];
    int n, point;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *skip_digits(const char *s)
{
    while (is_digit(*s)) s++;
    return s;
}

/* The end of [sign] digits [. digits] [e [sign] digits] at s, or NULL. */
static const char *number_end(const char *s)
{
    if (*s == '+' || *s == '-') s++;
    const char *start = s;
    s = skip_digits(s);
    size_t digits = (size_t)(s - start);
    if (*s == '.') {
        const char *fraction = ++s;
        s = skip_digits(s);
        digits += (size_t)(s - fraction);
    }
    if (digits == 0) return NULL;
    if (*s != 'e' && *s != 'E') return s;
    s++;
    if (*s == '+' || *s == '-') s++;
    return is_digit(*s) ? skip_digits(s) : NULL;
}

/* strtod() under the C locale, for this thread only. */
static double read_double(const char *s)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) return (double)NAN;
    locale_t before = uselocale(plain);
    double value = strtod(s, NULL);
    uselocale(before);
    freelocale(plain);
    return value;
}

bool text_number(const char *s, double *value)
{
    while (is_blank(*s)) s++;
    const char *end = number_end(s);
    if (!end) return false;
    while (is_blank(*end)) end++;
    if (*end) return false;
    double number = read_double(s);
    if (!isfinite(number)) return false;
    *value = number;
    return true;
}

/* Writes the decimal as a person would: plain unless very large or small. */
static char *put_decimal(char *buf, bool negative, const struct decimal *d)
{
    char *out = buf;
    int n = d->n;
    while (n > 1 && d->digits[n - 1] == '0') n--;
    if (negative) *out++ = '-';
    if (d->point > 15 || d->point < -4) {
        *out++ = d->digits[0];
        if (n > 1) *out++ = '.';
        memcpy(out, d->digits + 1, (size_t)(n - 1));
        snprintf(out + n - 1, 16, "e%d", d->point - 1);
        return buf;
    }
    if (d->point <= 0) {
        *out++ = '0';
        *out++ = '.';
        for (int i = d->point; i < 0; i++) *out++ = '0';
    }
    for (int i = 0; i < n; i++) {
        if (i > 0 && i == d->point) *out++ = '.';
        *out++ = d->digits[i];
    }
    for (int i = n; i < d->point; i++) *out++ = '0';
    *out = '\0';
    return buf;
}

/* Infinite, not a number, or zero; NULL when x is none of these. */
static char *put_special(char *buf, double x)
{
    if (isnan(x)) return strcpy(buf, "nan");
    if (isinf(x)) return strcpy(buf, x < 0 ? "-inf" : "inf");
    return x == 0 ? strcpy(buf, "0") : NULL;
}

/* The n digits nearest to x, by the C library. Its decimal sign is skipped, whatever it is. */
static void digits_by_library(double x, int n, struct decimal *d, char text[48])
{
    snprintf(text, 48, "%.*e", n - 1, x);
    const char *exponent = strchr(text, 'e');
    d->n = 0;
    for (const char *c = text; c < exponent; c++)
        if (is_digit(*c)) d->digits[d->n++] = *c;
    d->point = atoi(exponent + 1) + 1;
}

char *text_of_double(char buf[TEXT_NUMBER_SIZE], double x)
{
    if (put_special(buf, x)) return buf;
    struct decimal d = {0};
    char text[48];
    double size = fabs(x);
    for (int n = size < DBL_MIN ? 1 : DBL_DIG; n <= DBL_DECIMAL_DIG; n++) {
        digits_by_library(size, n, &d, text);
        if (strtod(text, NULL) == size) break; /* same locale as snprintf: consistent */
    }
    return put_decimal(buf, x < 0, &d);
}

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { POWERS = sizeof powers / sizeof powers[0] };

static double scale(double x, int by)
{
    return by < 0 ? x / powers[-by] : x * powers[by];
}

/* Whether x lies exactly between two floats: then rounding it to one of them could go another way than rounding the decimal behind it. */
static bool is_between_floats(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (bits & UINT64_C(0x1FFFFFFF)) == UINT64_C(0x10000000);
}

enum verdict { READS_BACK, READS_OTHERWISE, UNSURE };

/* The decimal of n digits nearest to x, which has `point` digits before its point. */
static enum verdict digits_by_arithmetic(float x, int n, int point, struct decimal *d)
{
    double whole = nearbyint(scale((double)x, n - point)), back = scale(whole, point - n);
    if (is_between_floats(back)) return UNSURE;
    if ((float)back != x) return READS_OTHERWISE;
    if (whole >= powers[n]) { /* rounded up to a power of ten */
        whole /= 10;
        point++;
    }
    uint32_t left = (uint32_t)whole;
    for (int i = n - 1; i >= 0; i--, left /= 10) d->digits[i] = (char)('0' + left % 10);
    d->n = n;
    d->point = point;
    return READS_BACK;
}

static bool shorten_by_arithmetic(float x, struct decimal *d)
{
    int point = x < 1 ? -5 : 1;
    if (x < 1e-6F || x >= 1e12F) return false; /* beyond exact powers of ten */
    while ((double)x >= scale(1, point)) point++;
    enum verdict verdict = READS_OTHERWISE;
    for (int n = FLT_DIG; n <= FLT_DECIMAL_DIG && verdict == READS_OTHERWISE; n++) verdict = digits_by_arithmetic(x, n, point, d);
    return verdict == READS_BACK;
}

char *text_of_float(char buf[TEXT_NUMBER_SIZE], float x)
{
    if (put_special(buf, (double)x)) return buf;
    struct decimal d = {0};
    char text[48];
    float size = fabsf(x);
    if (shorten_by_arithmetic(size, &d)) return put_decimal(buf, x < 0, &d);
    for (int n = size < FLT_MIN ? 1 : FLT_DIG; n <= FLT_DECIMAL_DIG; n++) {
        digits_by_library((double)size, n, &d, text);
        if (strtof(text, NULL) == size) break;
    }
    return put_decimal(buf, x < 0, &d);
}

char *text_of_people(char buf[TEXT_NUMBER_SIZE], double x, int decimals)
{
    char text[48];
    if (!isfinite(x) || fabs(x) >= 1e15) return text_of_double(buf, x);
    if (decimals < 0) decimals = 0;
    if (decimals > 9) decimals = 9;
    snprintf(text, sizeof text, "%.*f", decimals, fabs(x));
    const char *digit = text;
    size_t whole = strspn(text, "0123456789"), fraction = (size_t)decimals;
    const char *after = text + strlen(text) - fraction;
    bool zero = strspn(text, "0") == whole && strspn(after, "0") == fraction;
    char *out = buf;
    if (x < 0 && !zero) *out++ = '-';
    for (size_t left = whole; left > 0; left--) {
        *out++ = *digit++;
        if (left > 1 && left % 3 == 1) *out++ = ',';
    }
    if (fraction) *out++ = '.';
    memcpy(out, after, fraction + 1);
    return buf;
}
