/* test_text.c: strings, escapes, numbers in any locale, near names, digests */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"

static void test_building(void **state)
{
    (void)state;
    struct text t = {0};
    for (int i = 0; i < 1000; i++) text_format(&t, "%d,", i);
    text_add_n(&t, "end!", 3);
    assert_false(t.failed);
    assert_int_equal(t.n, strlen(t.s));
    assert_string_equal(t.s + t.n - 7, "999,end");
    text_free(&t);
    assert_null(t.s);
    text_free(&t);
}

static void test_out_of_memory_is_remembered(void **state)
{
    (void)state;
    struct text t = {0};
    memory_fail_at(1);
    text_add(&t, "a");
    memory_fail_at(0);
    text_add(&t, "b");
    assert_true(t.failed);
    text_free(&t);
}

typedef void escape(struct text *t, const char *s);

static void check_escape(escape *add, const char *s, const char *expected)
{
    struct text t = {0};
    add(&t, s);
    assert_false(t.failed);
    assert_string_equal(t.s, expected);
    text_free(&t);
}

static void test_html(void **state)
{
    (void)state;
    check_escape(text_html, "<b a=\"1\">R&D's\x01\x7F</b>\n", "&lt;b a=&quot;1&quot;&gt;R&amp;D&#39;s&lt;/b&gt;\n");
    check_escape(text_html, "", "");
    check_escape(text_html, "\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9");
}

static void test_gnuplot(void **state)
{
    (void)state;
    check_escape(text_gnuplot, "a_b^c{d}@e&f~g", "a\\\\_b\\\\^c\\\\{d\\\\}\\\\@e\\\\&f\\\\~g");
    check_escape(text_gnuplot, "\"`rm x`\"", "\\042\\140rm x\\140\\042");
    check_escape(text_gnuplot, "40% or 5 %\n\x02", "40 percent or 5 percent ");
    check_escape(text_gnuplot, "\\n", "\\\\\\\\n");
}

static void test_csv(void **state)
{
    (void)state;
    check_escape(text_csv, "plain", "plain");
    check_escape(text_csv, "", "");
    check_escape(text_csv, "a,b", "\"a,b\"");
    check_escape(text_csv, "say \"hi\"", "\"say \"\"hi\"\"\"");
    check_escape(text_csv, "two\nlines", "\"two\nlines\"");
    check_escape(text_csv, " blank", "\" blank\"");
    check_escape(text_csv, "# no comment", "\"# no comment\"");
    check_escape(text_csv, "=1+1", "'=1+1");
    check_escape(text_csv, "@sum(a,b)", "\"'@sum(a,b)\"");
    check_escape(text_csv, "-x", "'-x");
    check_escape(text_csv, "-5.25", "-5.25");
}

static void test_nearest(void **state)
{
    (void)state;
    const char *names[] = {"coordinator", "costume", "tpm", "none", "half_tpm", "cost_k", "npv_k"};
    size_t n = sizeof names / sizeof names[0];
    assert_string_equal(text_nearest("cordinator", names, n), "coordinator");
    assert_string_equal(text_nearest("CUSTOME", names, n), "costume");
    assert_string_equal(text_nearest("tmp", names, n), "tpm"); /* neighbours swapped: one slip */
    assert_string_equal(text_nearest("tpn", names, n), "tpm");
    assert_string_equal(text_nearest("none", names, n), "none");
    assert_null(text_nearest("engineer", names, n));
    assert_null(text_nearest("x", names, n));
    assert_null(text_nearest("", names, n));
    assert_null(text_nearest("tpm", names, 0));
    char longer[200] = {0};
    memset(longer, 'a', sizeof longer - 1);
    assert_null(text_nearest(longer, names, n));
}

static void test_strict_numbers(void **state)
{
    (void)state;
    const char *good[] = {"1", " -2.5 ", "+.5", "3.", "1e3", "1E-3", "0.1", "007"};
    const double values[] = {1, -2.5, 0.5, 3, 1000, 0.001, 0.1, 7};
    const char *bad[] = {"", " ", ".", "-", "e5", "1e", "1e+", "0x10", "inf", "nan", "1,5", "1 2", "1k", "--1", "1e999", "1_0", "\xA0 1", "1\n"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        double x = -99;
        assert_true(text_number(good[i], &x));
        assert_true(x == values[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double x = -99;
        assert_false(text_number(bad[i], &x));
        assert_true(x == -99);
    }
}

static void check_float(float x, const char *expected)
{
    char buf[TEXT_NUMBER_SIZE];
    assert_string_equal(text_of_float(buf, x), expected);
}

static void check_double(double x, const char *expected)
{
    char buf[TEXT_NUMBER_SIZE];
    assert_string_equal(text_of_double(buf, x), expected);
}

static void test_shortest_numbers(void **state)
{
    (void)state;
    check_float(0, "0");
    check_float(-0.0F, "0");
    check_float(1, "1");
    check_float(0.01F, "0.01");
    check_float(-0.1F, "-0.1");
    check_float(123456.5F, "123456.5");
    check_float(16777216, "16777216");
    check_float(1e10F, "10000000000");
    check_float(0.0001F, "0.0001");
    check_float(1e-7F, "1e-7");
    check_float(1.5e20F, "1.5e20");
    check_float(FLT_MAX, "3.4028235e38");
    check_float(1e-45F, "1e-45");
    check_float(INFINITY, "inf");
    check_float(-INFINITY, "-inf");
    check_float(NAN, "nan");
    check_double(0.1, "0.1");
    check_double(0.1 + 0.2, "0.30000000000000004");
    check_double(-1234567.25, "-1234567.25");
    check_double(1e15, "1e15");
    check_double(1e14, "100000000000000");
    check_double(5e-324, "5e-324");
    check_double(-DBL_MAX, "-1.7976931348623157e308");
    check_double(-INFINITY, "-inf");
}

/* Digits of the decimal in s without zeros at its ends. */
static size_t significant_digits(const char *s)
{
    size_t n = 0, zeros = 0;
    for (; *s && *s != 'e'; s++) {
        if (*s < '0' || *s > '9' || (*s == '0' && n == 0)) continue;
        zeros = *s == '0' ? zeros + 1 : 0;
        n++;
    }
    return n - zeros;
}

static void check_reading_back(float x)
{
    char buf[TEXT_NUMBER_SIZE], library[48];
    if (!isfinite(x) || x == 0) return;
    assert_true(strtof(text_of_float(buf, x), NULL) == x);
    int digits = 1;
    while (snprintf(library, sizeof library, "%.*e", digits - 1, (double)x), strtof(library, NULL) != x) digits++;
    assert_int_equal(significant_digits(buf), digits);
}

static void test_numbers_read_back(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int i = 0; i < 50000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint32_t bits = (uint32_t)(random >> 32);
        float any;
        memcpy(&any, &bits, sizeof any);
        check_reading_back(any);
        check_reading_back((float)((double)bits / 4294967296.0 * pow(10, i % 20 - 7)));
        check_reading_back((float)(bits % 100000) / 100);
        check_reading_back(nextafterf((float)pow(10, i % 20 - 7), i % 2 ? 1e30F : 0));
    }
}

static void test_other_locale(void **state)
{
    (void)state;
    const char *names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE", "nl_NL.UTF-8"};
    const char *set = NULL;
    for (size_t i = 0; !set && i < sizeof names / sizeof names[0]; i++) set = setlocale(LC_ALL, names[i]);
    if (!set) skip(); /* no locale with a decimal comma on this machine */
    char buf[TEXT_NUMBER_SIZE];
    double x = 0;
    bool read = text_number("2.5", &x), comma = text_number("2,5", &x);
    check_float(1e20F, "1e20");
    check_double(0.30000000000000004, "0.30000000000000004");
    text_of_people(buf, 1234.5, 1);
    setlocale(LC_ALL, "C");
    assert_true(read && x == 2.5);
    assert_false(comma);
    assert_string_equal(buf, "1,234.5");
}

static void check_people(double x, int decimals, const char *expected)
{
    char buf[TEXT_NUMBER_SIZE];
    assert_string_equal(text_of_people(buf, x, decimals), expected);
}

static void test_numbers_for_people(void **state)
{
    (void)state;
    check_people(0, 0, "0");
    check_people(999, 0, "999");
    check_people(1000, 0, "1,000");
    check_people(-1234567.891, 2, "-1,234,567.89");
    check_people(-0.004, 2, "0.00");
    check_people(-0.4, 0, "0");
    check_people(999.96, 1, "1,000.0");
    check_people(100000, 3, "100,000.000");
    check_people(INFINITY, 1, "inf");
    check_people(-999999999999999, 9, "-999,999,999,999,999.000000000");
}

static void test_digest(void **state)
{
    (void)state;
    assert_true(text_digest(TEXT_DIGEST_START, "", 0) == TEXT_DIGEST_START);
    assert_true(text_digest(TEXT_DIGEST_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c)); /* published vectors of FNV-1a */
    assert_true(text_digest(TEXT_DIGEST_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
    uint64_t halves = text_digest(text_digest(TEXT_DIGEST_START, "foo", 3), "bar", 3);
    assert_true(halves == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_building),         cmocka_unit_test(test_out_of_memory_is_remembered),
        cmocka_unit_test(test_html),             cmocka_unit_test(test_gnuplot),
        cmocka_unit_test(test_csv),              cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_strict_numbers),   cmocka_unit_test(test_shortest_numbers),
        cmocka_unit_test(test_numbers_read_back), cmocka_unit_test(test_other_locale),
        cmocka_unit_test(test_numbers_for_people), cmocka_unit_test(test_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
