/* test_shown.c: numbers, labels and command lines as a person reads them */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "report/report.h"
#include "report/shown.h"

static void numbers_round_half_away_and_have_no_negative_zero(void **state)
{
    (void)state;
    assert_string_equal(shown_number(-0.04, 1, SHOWN_SIGN).s, "0.0");
    assert_string_equal(shown_number(2.5, 0, 0).s, "3");
    assert_string_equal(shown_number(-2.5, 0, 0).s, "-3");
    assert_string_equal(shown_number(1234567.4, 0, SHOWN_SIGN).s, "+1,234,567");
    assert_string_equal(shown_number(-1, 0, SHOWN_TYPOGRAPHIC).s, "\xe2\x88\x92"
                                                                  "1");
    assert_string_equal(shown_number((double)INFINITY, 1, 0).s, "never");
    assert_string_equal(shown_number((double)NAN, 1, 0).s, "n/a");
    assert_string_equal(shown_k(412.4, 0, SHOWN_SIGN).s, "+412k");
    assert_string_equal(shown_week(44).s, "44");
    assert_string_equal(shown_week(44.26).s, "44.3");
}

static void shares_do_not_hide_the_rare(void **state)
{
    (void)state;
    assert_string_equal(shown_share(0, 0).s, "0%");
    assert_string_equal(shown_share(0.001, 0).s, "<1%");
    assert_string_equal(shown_share(0.126, 0).s, "13%");
    assert_string_equal(shown_share(0.999, 0).s, ">99%");
    assert_string_equal(shown_share(1, 0).s, "100%");
}

static void text_is_cut_between_characters(void **state)
{
    (void)state;
    struct text text = {0};
    shown_cut(&text, "na\xc3\xafve \xc3\xa9quipe", 6);
    assert_string_equal(text.s, "na\xc3\xafve\xe2\x80\xa6");
    assert_int_equal(shown_width(text.s), 6);
    text_free(&text);
    shown_wrap(&text, "one two three four", 9, 2, "\n");
    assert_string_equal(text.s, "one two\nthree fo\xe2\x80\xa6");
    text_free(&text);
}

static void assert_command(const char *expected, int argc, const char *const *argv)
{
    struct text text = {0};
    report_command_line(&text, argc, (char *const *)(uintptr_t)argv);
    assert_string_equal(text.s, expected);
    text_free(&text);
}

static void the_command_drops_what_does_not_matter(void **state)
{
    (void)state;
    const char *const separate[] = {"/usr/bin/orgsim", "run", "a b", "-j", "4", "-n", "100", "-o", "x", "--isa", "avx2"};
    assert_command("orgsim run 'a b' -n 100", 11, separate);
    const char *const attached[] = {"orgsim", "run", "-j4", "--threads=2", "--output=x", "-ox", "--set", "h_seat=3", "it's"};
    assert_command("orgsim run --set h_seat=3 'it'\\''s'", 9, attached);
    const char *const tricky[] = {"orgsim", "run", "-s", "-j", "--", "-j"};
    assert_command("orgsim run -s -j -- -j", 6, tricky);
    const char *const shown[] = {"orgsim", "run", "-qj4", "-vqn", "7", "-q", "--color", "never", "--force", "--json=x", "--quiet", "--frictionless"};
    assert_command("orgsim run -n 7 --frictionless", 12, shown);
    const char *const other[] = {"orgsim", "run", "--seed", "3", "--no-outcomes", "--ignorance", "5"};
    assert_command("orgsim run --seed 3 --no-outcomes --ignorance 5", 7, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_round_half_away_and_have_no_negative_zero),
        cmocka_unit_test(shares_do_not_hide_the_rare),
        cmocka_unit_test(text_is_cut_between_characters),
        cmocka_unit_test(the_command_drops_what_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
