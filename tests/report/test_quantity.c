/* test_quantity.c: a value keeps its digits in a wide range, and no more than it needs in a narrow one */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/quantity.h"

static void digits_follow_the_range(void **state)
{
    (void)state;
    assert_string_equal(quantity_shown(0.3, 3, 0).s, "0.30");
    assert_string_equal(quantity_shown(2.238, 3, 0).s, "2.24");
    assert_string_equal(quantity_shown(228800, 3e6, 0).s, "228,800");
    assert_string_equal(quantity_shown(0, 1e6, 0).s, "0");
}

static void a_small_value_of_a_wide_range_is_not_rounded_away(void **state)
{
    (void)state;
    assert_string_equal(quantity_shown(0.3, 1e6, 0).s, "0.3");
    assert_string_equal(quantity_shown(4.4, 1e6, 0).s, "4.4");
    assert_string_equal(quantity_shown(0.14, 1e6, 0).s, "0.14");
    assert_string_equal(quantity_shown(-0.3, 1e6, 0).s, quantity_shown(-0.3, 30, 0).s);
    assert_string_equal(quantity_shown(4, 1e6, 0).s, "4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(digits_follow_the_range), cmocka_unit_test(a_small_value_of_a_wide_range_is_not_rounded_away)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
