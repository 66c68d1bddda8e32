/* test_progress.c: the line of progress says how far, how fast and how long still */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/progress.h"

static void test_line(void **state)
{
    (void)state;
    char line[PROGRESS_LINE_SIZE];
    assert_string_equal(progress_line(line, 4096, 10240, 2, false, "worlds"), "4,096 of 10,240 worlds, 2,048 a second, 3 s left");
    assert_string_equal(progress_line(line, 100, 13600, 1, false, "worlds"), "100 of 13,600 worlds, 100 a second, 2 min 15 s left");
    assert_string_equal(progress_line(line, 1, 7321, 1, false, "worlds"), "1 of 7,321 worlds, 1 a second, 2 h 02 min left");
    assert_string_equal(progress_line(line, 500, 1000, 5, true, "worlds"), "500 of at most 1,000 worlds, 100 a second, at most 5 s left");
    assert_string_equal(progress_line(line, 1, UINT64_C(1) << 40, 1, false, "worlds"), "1 of 1,099,511,627,776 worlds, 1 a second, days left");
    assert_string_equal(progress_line(line, 50, 200, 10, false, "draws"), "50 of 200 draws, 5 a second, 30 s left");
}

static void test_start_and_end(void **state)
{
    (void)state;
    char line[PROGRESS_LINE_SIZE];
    assert_string_equal(progress_line(line, 0, 1000, 3, false, "worlds"), "0 of 1,000 worlds");
    assert_string_equal(progress_line(line, 128, 1000, 0, false, "worlds"), "0 of 1,000 worlds");
    assert_string_equal(progress_line(line, 1000, 1000, 4, false, "worlds"), "1,000 of 1,000 worlds, 250 a second, 0 s left");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_line), cmocka_unit_test(test_start_and_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
