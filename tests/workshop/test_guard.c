/* Who is let in: hosts, origins, tokens, how often; and that tokens are what they should be */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cmocka.h>

#include "workshop/guard.h"
#include "workshop/token.h"

static struct guard guard;

static void only_this_machine_by_its_names(void **state)
{
    static const char *const good[] = {"127.0.0.1:7070", "localhost:7070", "LOCALHOST:7070"};
    static const char *const bad[] = {
        "", "localhost", "localhost:7071", "evil.example:7070", "127.0.0.1.evil.example:7070", "127.0.0.1:70700", "localhost:7070 "};
    (void)state;
    guard_open(&guard, false, 7070, "room", "host");
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) assert_true(guard_knows_host(&guard, good[k]));
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) assert_false(guard_knows_host(&guard, bad[k]));
    assert_false(guard_knows_host(&guard, NULL));
}

static void only_pages_of_its_own(void **state)
{
    (void)state;
    assert_true(guard_knows_origin(NULL, "localhost:7070"));
    assert_true(guard_knows_origin("http://localhost:7070", "localhost:7070"));
    assert_false(guard_knows_origin("http://localhost:7071", "localhost:7070"));
    assert_false(guard_knows_origin("https://localhost:7070", "localhost:7070"));
    assert_false(guard_knows_origin("null", "localhost:7070"));
    assert_false(guard_knows_origin("http://localhost:7070", NULL));
    assert_true(guard_knows_site(NULL) && guard_knows_site("same-origin") && guard_knows_site("none"));
    assert_false(guard_knows_site("cross-site") || guard_knows_site("same-site") || guard_knows_site(""));
}

static enum guard_role role(const char *url, const char *wanted_rest, bool wanted_slash)
{
    const char *rest;
    bool slash;
    enum guard_role found = guard_role(&guard, url, &rest, &slash);
    if (wanted_rest) assert_string_equal(rest, wanted_rest);
    if (found != GUARD_STRANGER) assert_int_equal(slash, wanted_slash);
    return found;
}

static void a_token_is_a_role(void **state)
{
    (void)state;
    guard_open(&guard, true, 7070, "abcdefghjk", "23456789abcdefghjkmnpqrstu");
    assert_int_equal(role("/abcdefghjk/", "", false), GUARD_PERSON);
    assert_int_equal(role("/abcdefghjk/api/state", "api/state", false), GUARD_PERSON);
    assert_int_equal(role("/abcdefghjk", NULL, true), GUARD_PERSON);
    assert_int_equal(role("/23456789abcdefghjkmnpqrstu/api/lead", "api/lead", false), GUARD_FACILITATOR);
    static const char *const strangers[] = {"",
                                            "/",
                                            "/api/state",
                                            "/host/",
                                            "/abcdefghj/",
                                            "/abcdefghjkk/",
                                            "/ABCDEFGHJK/",
                                            "//abcdefghjk/",
                                            "/abcdefghjk%2f",
                                            "/23456789abcdefghjkmnpqrst/",
                                            "/23456789abcdefghjkmnpqrstuv/"};
    for (size_t k = 0; k < sizeof strangers / sizeof *strangers; k++) assert_int_equal(role(strangers[k], NULL, false), GUARD_STRANGER);
    guard_open(&guard, false, 7070, "abcdefghjk", "23456789abcdefghjkmnpqrstu");
    assert_int_equal(role("/", "", false), GUARD_PERSON);
    assert_int_equal(role("/api/state", "api/state", false), GUARD_PERSON);
    assert_int_equal(role("/host/api/lead", "api/lead", false), GUARD_FACILITATOR);
    assert_int_equal(role("/host", NULL, true), GUARD_FACILITATOR);
}

static void an_address_has_only_so_many(void **state)
{
    struct sockaddr_in far = {.sin_family = AF_INET}, here = {.sin_family = AF_INET};
    int guesses = 0;
    (void)state;
    guard_open(&guard, true, 7070, "abcdefghjk", "23456789abcdefghjkmnpqrstu");
    inet_pton(AF_INET, "192.0.2.7", &far.sin_addr);
    inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
    while (guesses < 1000 && guard_allows(&guard, (struct sockaddr *)&far, 60, 1)) guesses++;
    assert_int_equal(guesses, 50);
    assert_true(guard_allows(&guard, (struct sockaddr *)&far, 60, 1001)); /* a second later */
    for (int k = 0; k < 10000; k++) assert_true(guard_allows(&guard, (struct sockaddr *)&here, 60, 1));
    assert_false(guard_allows(&guard, NULL, 1, 1));
}

static void tokens_differ_and_compare(void **state)
{
    char a[TOKEN_HOST + 1], b[TOKEN_HOST + 1];
    int seen[128] = {0}, kinds = 0;
    (void)state;
    for (int k = 0; k < 100; k++) {
        assert_int_equal(token_make(a, TOKEN_HOST), 0);
        assert_int_equal(token_make(b, TOKEN_HOST), 0);
        assert_int_equal(strlen(a), TOKEN_HOST);
        assert_string_not_equal(a, b);
        assert_true(token_same(a, a));
        assert_false(token_same(a, b) || token_same(a, "") || token_same("", a));
        for (const char *c = a; *c; c++) kinds += seen[(unsigned char)*c]++ == 0;
    }
    assert_int_equal(kinds, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_this_machine_by_its_names), cmocka_unit_test(only_pages_of_its_own),     cmocka_unit_test(a_token_is_a_role),
        cmocka_unit_test(an_address_has_only_so_many),    cmocka_unit_test(tokens_differ_and_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
