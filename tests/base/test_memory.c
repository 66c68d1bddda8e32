/* test_memory.c: zeroed, aligned, checked for overflow, and failing when told to */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include <orgsim/error.h>

static void test_zeroed_and_aligned(void **state)
{
    (void)state;
    unsigned char *a = memory_array(1000, 3), *b = memory_lanes(7, 4);
    assert_non_null(a);
    assert_non_null(b);
    assert_int_equal((uintptr_t)b % 64, 0);
    for (size_t i = 0; i < 3000; i++) assert_int_equal(a[i], 0);
    for (size_t i = 0; i < 28; i++) assert_int_equal(b[i], 0);
    memory_free(a);
    memory_free(b);
    memory_free(NULL);
}

static void test_nothing_and_too_much(void **state)
{
    (void)state;
    volatile size_t huge = SIZE_MAX; /* volatile: the compiler would warn of it */
    void *nothing = memory_array(0, 8), *no_lanes = memory_lanes(0, 8);
    assert_non_null(nothing);
    assert_non_null(no_lanes);
    memory_free(nothing);
    memory_free(no_lanes);
    assert_null(memory_array(huge / 2, 4));
    assert_null(memory_lanes(huge / 2, 4));
    assert_null(memory_array(huge, 1));
    assert_null(memory_lanes(huge / 2 - 1, 1));
}

static void test_growth_doubles(void **state)
{
    (void)state;
    void *p = NULL;
    size_t capacity = 0, grown = 0;
    for (size_t n = 1; n <= 1000; n++) {
        size_t before = capacity;
        assert_int_equal(memory_grow(&p, &capacity, n, sizeof(int)), 0);
        assert_true(capacity >= n);
        grown += capacity != before;
        ((int *)p)[n - 1] = (int)n;
    }
    assert_true(grown <= 10);
    for (int n = 1; n <= 1000; n++) assert_int_equal(((int *)p)[n - 1], n);
    void *same = p;
    size_t kept = capacity;
    volatile size_t huge = SIZE_MAX;
    assert_int_equal(memory_grow(&p, &capacity, huge, 8), ORGSIM_ERROR_MEMORY);
    assert_ptr_equal(p, same);
    assert_int_equal(capacity, kept);
    memory_free(p);
}

static void test_strings(void **state)
{
    (void)state;
    char *a = memory_string("cost"), *b = memory_string_n("cost", 2), *c = memory_string_n("cost", 99);
    assert_string_equal(a, "cost");
    assert_string_equal(b, "co");
    assert_string_equal(c, "cost");
    memory_free(a);
    memory_free(b);
    memory_free(c);
}

static void test_the_nth_fails(void **state)
{
    (void)state;
    for (size_t nth = 1; nth <= 4; nth++) {
        void *p[4] = {0};
        size_t capacity = 0;
        memory_fail_at(nth);
        p[0] = memory_array(1, 1);
        p[1] = memory_lanes(1, 1);
        p[2] = memory_string("x");
        int error = memory_grow(&p[3], &capacity, 1, 1);
        assert_int_equal(memory_fail_at(0), 4);
        assert_int_equal(error, nth == 4 ? ORGSIM_ERROR_MEMORY : 0);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(p[i] == NULL, i + 1 == nth);
            memory_free(p[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zeroed_and_aligned), cmocka_unit_test(test_nothing_and_too_much), cmocka_unit_test(test_growth_doubles),
        cmocka_unit_test(test_strings),            cmocka_unit_test(test_the_nth_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
