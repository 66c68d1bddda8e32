/* The table of checks as it is read: ranges, open ends, what was not measured, why; and the same as JSON. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "report/validation.h"

static struct orgsim_check rows[] = {
    {.id = "T1",
     .section = "Luck",
     .preset = "",
     .use = "",
     .statement = "a mean",
     .source = "closed form",
     .unit = "weeks",
     .decimals = 2,
     .expected_low = 70,
     .expected_high = 70,
     .measured = 70.004,
     .ci_low = 69.9,
     .ci_high = 70.1,
     .status = ORGSIM_CHECK_MET},
    {.id = "F1",
     .section = "Facts",
     .preset = "product program",
     .use = "held out",
     .statement = "a share",
     .source = "somebody 1999",
     .unit = "%",
     .decimals = 1,
     .expected_low = 60,
     .expected_high = 80,
     .measured = 50,
     .ci_low = 49,
     .ci_high = 51,
     .status = ORGSIM_CHECK_MISSED,
     .why = "tried this and that"},
    {.id = "F2",
     .section = "Facts",
     .preset = "",
     .use = "",
     .statement = "a sign",
     .source = "somebody 2001",
     .unit = "",
     .expected_low = 0,
     .expected_high = INFINITY,
     .measured = NAN,
     .ci_low = NAN,
     .ci_high = NAN,
     .status = ORGSIM_CHECK_NOT_CHECKED,
     .why = "no data"},
    {.id = "F3",
     .section = "Facts",
     .preset = "",
     .use = "",
     .statement = "<b> & \"quotes\"",
     .source = "somebody 2002",
     .unit = "",
     .expected_low = NAN,
     .expected_high = NAN,
     .measured = NAN,
     .ci_low = NAN,
     .ci_high = NAN,
     .status = ORGSIM_CHECK_CANNOT,
     .why = "no mechanism"},
};
static const struct orgsim_validation table = {.n = 4, .check = rows, .count = {1, 1, 1, 1}};

static void has(const struct text *text, const char *s)
{
    if (!strstr(text->s, s)) fail_msg("lacks \"%s\":\n%s", s, text->s);
}

static void test_text(void **state)
{
    (void)state;
    struct text text = {0};
    validation_answer(&text, &(struct validation_asked){.seed = 7, .quick = 1}, &table);
    has(&text, "1 of 4 checks are met; 1 missed, 1 not checked");
    has(&text, "\nLuck\nT1   met");
    has(&text, "expected 70.00 weeks, measured 70.00 (69.90 to 70.10) weeks");
    has(&text, "a share [product program; held out]");
    has(&text, "expected 60.0 to 80.0%, measured 50.0 (49.0 to 51.0)%");
    has(&text, "tried this and that");
    has(&text, "expected 0 or more, measured nothing");
    has(&text, "F3   cannot");
    has(&text, "Seed 7, an eighth of the worlds");
    has(&text, "ORGSIM_DATA");
    text_free(&text);
}

static void test_json(void **state)
{
    (void)state;
    struct text text = {0};
    assert_int_equal(validation_json(&text, &(struct validation_asked){.seed = UINT64_MAX}, &table), 0);
    json_t *json = json_loads(text.s, 0, NULL), *checks = json_object_get(json, "checks"), *missed = json_array_get(checks, 1);
    assert_int_equal(json_array_size(checks), 4);
    assert_string_equal(json_string_value(json_object_get(missed, "status")), "missed");
    assert_string_equal(json_string_value(json_object_get(missed, "expected")), "60.0 to 80.0%");
    assert_true(json_number_value(json_object_get(missed, "ci_low")) == 49);
    assert_true(json_is_null(json_object_get(json_array_get(checks, 2), "expected_high")));
    assert_true(json_is_null(json_object_get(json_array_get(checks, 3), "measured")));
    assert_string_equal(json_string_value(json_object_get(json, "seed")), "18446744073709551615");
    json_decref(json);
    text_free(&text);
}

static const struct orgsim_observational industry = {
    .programs = 1000, .given = 300, .slip_given = 30, .slip_others = -10, .slip_given_without = 36,
    .effect = {{40, 38, 42}, {39, 37, 41}, {-5, -7, -3}, {-6, -6.5, -5.5}, {-4, -4.5, -3.5}}};

static void test_observational(void **state)
{
    (void)state;
    struct text text = {0}, json = {0};
    validation_observed(&text, &(struct validation_asked){.seed = 7}, &industry);
    has(&text, "with a TPM they end 40.0 points of their plan later.");
    has(&text, "6.0 points earlier. The sign is wrong.");
    has(&text, "+40.0   +38.0 to +42.0");
    has(&text, "Of 1,000 programs the 300 that looked worst got a TPM.");
    assert_int_equal(validation_observed_json(&json, &(struct validation_asked){.seed = 7}, &industry), 0);
    json_t *object = json_loads(json.s, 0, NULL), *effect = json_array_get(json_object_get(object, "effects"), 2);
    assert_string_equal(json_string_value(json_object_get(effect, "id")), "trouble");
    assert_true(json_number_value(json_object_get(effect, "slip_points")) == -5);
    json_decref(object);
    text_free(&text);
    text_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text), cmocka_unit_test(test_json), cmocka_unit_test(test_observational)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
