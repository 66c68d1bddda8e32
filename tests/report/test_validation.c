/* The table of checks as it is read: ranges, open ends, what was not measured, why; the same as JSON and CSV, and read back; quantiles as a figure. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/file.h"

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

/* --- quantiles beside real data ------------------------------------------------------------------------------------------------------- */

/* Tasks of which the model gives P10 and P50, and P80 and P90 at twice the data; delays of which the data end after the median. */
static struct orgsim_validation compared(void)
{
    struct orgsim_validation v = table;
    struct orgsim_compared *tasks = &v.compared[ORGSIM_COMPARED_TASKS], *delays = &v.compared[ORGSIM_COMPARED_DECISIONS];
    tasks->of_data = 1234;
    tasks->of_model = 5678;
    delays->of_data = delays->of_model = 10;
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES; k++) {
        tasks->data[k] = 0.1 * (double)(k + 1);
        tasks->model[k] = tasks->data[k] * (k < 10 ? 1.2 : 2);
        delays->data[k] = k < 10 ? 0.1 * (double)(k + 1) : NAN;
        delays->model[k] = 0.1 * (double)(k + 1);
    }
    return v;
}

static void test_figure(void **state)
{
    (void)state;
    struct orgsim_validation v = compared();
    struct figure figure = {0};
    assert_false(validation_compares(&table));
    assert_true(validation_compares(&v));
    validation_figure(&figure, &(struct validation_asked){.seed = 7, .quick = 1}, &v);
    assert_false(figure_failed(&figure));
    /* four of tasks, two met; of delays P10 alone: their median is one by construction, and the data end before P80 */
    assert_string_equal(figure.title.s, "The model gives 3 of 5 marked quantiles of real data within 25%");
    has(&figure.detail, "Task effort over its estimate, times (1,234 tasks, SiP; 5,678 worlds), data and model: P10 0.20 and 0.24, P50 1.00 and 1.20, P80 1.60 and 3.20, P90 1.80 and 3.60.");
    has(&figure.detail, "Decision delay over its median, times (10 requirements; 10 worlds), data and model: P10 0.20 and 0.20, P50 1.00 and 1.00.");
    has(&figure.detail, "Length over plan: not checked, dslib/projects.csv was not there.");
    has(&figure.data, "\n50 1 1.2 1\n");
    has(&figure.data, "\n95 NaN 1.9 0\n");
    has(&figure.script, "an eighth of the worlds");
    has(&figure.script, "not checked: there was no");
    figure_free(&figure);
}

/* --- files, and back ------------------------------------------------------------------------------------------------------------------- */

static void test_csv(void **state)
{
    (void)state;
    struct text text = {0};
    validation_csv(&text, &table);
    has(&text, "id,section,preset,use,statement,source,unit,expected_low,expected_high,measured,ci_low,ci_high,status,why\n");
    has(&text, "\nF1,Facts,product program,held out,a share,somebody 1999,%,60,80,50,49,51,missed,tried this and that\n");
    has(&text, "\nF2,Facts,,,a sign,somebody 2001,,0,inf,nan,nan,nan,not_checked,no data\n");
    has(&text, "\nF3,Facts,,,\"<b> & \"\"quotes\"\"\",");
    text_free(&text);
}

static json_t *written(const struct orgsim_validation *v)
{
    struct text text = {0};
    assert_int_equal(validation_json(&text, &(struct validation_asked){.seed = UINT64_MAX, .quick = 1, .date = "2031-05-06"}, v), 0);
    json_t *json = json_loads(text.s, 0, NULL);
    assert_non_null(json);
    text_free(&text);
    return json;
}

static void test_read_back(void **state)
{
    (void)state;
    struct orgsim_validation v = compared();
    v.worlds = 4321;
    struct validation_saved saved = {0};
    struct figure figure = {0};
    json_t *json = written(&v);
    assert_int_equal(validation_take(&saved, json), 0);
    json_decref(json); /* what was taken stands by itself */
    assert_int_equal(saved.found.n, 4);
    assert_memory_equal(saved.found.count, table.count, sizeof table.count);
    assert_true(saved.asked.seed == UINT64_MAX && saved.asked.quick && saved.found.worlds == 4321);
    assert_string_equal(saved.asked.date, "2031-05-06");
    assert_string_equal(saved.row[1].measured, "50.0 (49.0 to 51.0)%");
    assert_string_equal(saved.row[2].expected, "0 or more");
    assert_string_equal(saved.row[3].statement, "<b> & \"quotes\"");
    assert_int_equal(saved.row[2].status, ORGSIM_CHECK_NOT_CHECKED);
    validation_figure(&figure, &saved.asked, &v);
    assert_string_equal(saved.figure.data.s, figure.data.s);
    assert_string_equal(saved.figure.title.s, figure.title.s);
    figure_free(&figure);
    validation_saved_free(&saved);
    validation_saved_free(&saved);
}

/* One value of the JSON is replaced: in the root, in its first check, or in its first comparison. */
static void assert_refused(const char *in, const char *key, json_t *value)
{
    struct orgsim_validation v = compared();
    struct validation_saved saved = {0};
    json_t *json = written(&v), *part = *in ? json_array_get(json_object_get(json, in), 0) : json;
    if (value) assert_int_equal(json_object_set_new(part, key, value), 0);
    else assert_int_equal(json_object_del(part, key), 0);
    if (validation_take(&saved, json) != ORGSIM_ERROR_IO) fail_msg("%s %s was taken", in, key);
    validation_saved_free(&saved);
    json_decref(json);
}

static void test_what_is_no_validation(void **state)
{
    (void)state;
    static char longer[2000];
    static const char *const words[] = {"id", "section", "preset", "use", "statement", "source", "expected", "measured_shown", "why", "status"};
    memset(longer, 'x', sizeof longer - 1);
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        assert_refused("checks", words[w], NULL);
        assert_refused("checks", words[w], json_integer(3));
        assert_refused("checks", words[w], json_string(longer));
    }
    assert_refused("checks", "status", json_string("fine"));
    assert_refused("", "checks", json_array());
    assert_refused("", "checks", json_string("none"));
    assert_refused("", "version", NULL);
    assert_refused("", "date", json_string(longer));
    assert_refused("", "seed", json_integer(-1));
    assert_refused("", "worlds", json_real(1.5));
    assert_refused("", "compared", json_array());
    assert_refused("compared", "id", json_string("other"));
    assert_refused("compared", "of_data", json_integer(-5));
    assert_refused("compared", "of_data", json_integer(INT64_MAX));
    assert_refused("compared", "model", json_array());
    assert_refused("compared", "data", json_pack("[f]", 1e300));
    json_t *many = json_array();
    for (int k = 0; k < 2000; k++) json_array_append_new(many, json_object());
    assert_refused("", "checks", many);
}

static void test_write(void **state)
{
    (void)state;
    char folder[] = "/tmp/orgsim-validation-XXXXXX";
    struct orgsim_where where = {0};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(validation_write(&(struct validation_asked){.seed = 7}, &table, folder, &where), 0); /* nothing to draw: no figures/ */
    for (int f = 0; f < 3; f++) {
        char *path = file_join(folder, (const char *const[]){"validate.csv", "validate.json", "figures"}[f]);
        assert_int_equal(file_exists(path), f < 2);
        free(path);
    }
    assert_int_equal(validation_write(&(struct validation_asked){.seed = 7}, &table, "/dev/null/x", &where), ORGSIM_ERROR_IO);
    assert_int_equal(file_remove_tree(folder, NULL), 0);
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

static void test_fit(void **state)
{
    (void)state;
    struct orgsim_fit_fact facts[] = {
        {"F1", "programs that end later", "somebody 1999", "%", 1, 60, 80, {72.04, 0.04, 1}, {70, 0, 1}},
        {"F2", "a mean that nobody reaches, in words that are far too long for a table", "somebody 2001", "%", 0, 400, 500, {198, 3.2, 0}, {420, 0.31, 1}},
    };
    struct orgsim_fit fit = {.asked = 3, .n = 1, .tried = 1234, .worlds_search = 512, .worlds_verdict = 8192};
    fit.preset[0] = (struct orgsim_fit_preset){.preset = "very large IT", .n_facts = 2, .fact = facts, .shipped = {3.24, 1}, .found = {0.31, 2}};
    for (size_t i = 0; i < ORGSIM_FIT_SETTINGS; i++) fit.preset[0].setting[i] = (struct orgsim_fit_setting){"b_plan", 0.2, 2.5, 1.6, 1.3};
    const struct validation_asked asked = {.seed = 7};
    struct text text = {0}, json = {0};
    validation_fit(&text, &asked, &fit);
    static const char *const said[] = {"Interrupted: 1 of 3 presets", "What ships is not as good", "what ships meets 1 of 2 fitted facts (loss 3.24), what was found 2 (loss 0.31)", "b_plan",
                                       "0.2 to 2.5        1.6        1.3", "60.0 to 80.0%", "72.0 met     0.04", "198 missed  3.20       420 met     0.31",
                                       "the search finds better", "1,234 settings", "8,192 other worlds", "Seed 7"};
    for (size_t k = 0; k < sizeof said / sizeof *said; k++)
        if (!strstr(text.s, said[k])) fail_msg("the text lacks: %s\n%s", said[k], text.s);
    for (const char *line = text.s, *end; (end = strchr(line, '\n')); line = end + 1) assert_true(end - line <= 120); /* bytes; 110 characters */
    assert_int_equal(validation_fit_json(&json, &asked, &fit), 0);
    json_t *root = json_loads(json.s, 0, NULL), *preset = json_array_get(json_object_get(root, "presets"), 0);
    assert_true(json_is_true(json_object_get(root, "interrupted")) && json_is_true(json_object_get(root, "shipped_is_beaten")));
    assert_string_equal(json_string_value(json_object_get(preset, "verdict")), "the search finds better");
    assert_int_equal(json_array_size(json_object_get(preset, "settings")), ORGSIM_FIT_SETTINGS);
    json_t *fact = json_array_get(json_object_get(preset, "facts"), 1);
    assert_true(json_is_true(json_object_get(json_object_get(fact, "found"), "met")) && json_is_false(json_object_get(json_object_get(fact, "shipped"), "met")));
    assert_true(json_number_value(json_object_get(json_object_get(fact, "shipped"), "measured")) == 198);
    json_decref(root);
    fit.preset[0].found.met = 1; /* as many: what ships is as good, whatever the losses */
    assert_false(validation_fit_is_beaten(&fit));
    text_free(&text);
    text_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text), cmocka_unit_test(test_json), cmocka_unit_test(test_figure), cmocka_unit_test(test_csv),
                                       cmocka_unit_test(test_read_back), cmocka_unit_test(test_what_is_no_validation), cmocka_unit_test(test_write),
                                       cmocka_unit_test(test_observational), cmocka_unit_test(test_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
