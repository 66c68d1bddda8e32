/* test_checks.c: validate.json in a folder of results becomes the appendix of its page; what does not belong there is refused, and nothing that a hostile
 * text or drawing can do */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "report/page_parts.h"
#include "report/studies.h"

static struct orgsim_check checks[] = {
    {.id = "T1", .section = "Luck", .preset = "", .use = "", .statement = "a mean", .source = "closed form", .unit = "weeks", .decimals = 1, .expected_low = 7,
     .expected_high = 7, .measured = 7, .ci_low = 6.9, .ci_high = 7.1, .status = ORGSIM_CHECK_MET},
    {.id = "V1", .section = "Facts & <figures>", .preset = "product program", .use = "held out", .statement = "<script>alert(1)</script>", .source = "\"><img src=x>",
     .unit = "%", .decimals = 1, .expected_low = -8, .expected_high = -6, .measured = -3, .ci_low = -4, .ci_high = -2, .status = ORGSIM_CHECK_MISSED, .why = "tried <b>this</b>"},
    {.id = "V2", .section = "Facts & <figures>", .preset = "product program", .use = "held out", .statement = "another", .source = "somebody", .unit = "", .expected_low = 1,
     .expected_high = 2, .measured = 3, .ci_low = 3, .ci_high = 3, .status = ORGSIM_CHECK_MISSED, .why = "tried <b>this</b>"},
    {.id = "D1", .section = "Raw data", .preset = "data only", .use = "input", .statement = "ratios", .source = "a file", .unit = "", .expected_low = 0, .expected_high = 1,
     .measured = NAN, .ci_low = NAN, .ci_high = NAN, .status = ORGSIM_CHECK_NOT_CHECKED, .why = "needs a file"}};

static char home[64] = "/tmp/orgsim-checks-XXXXXX";
static const struct studies_run run = {.digest = "0", .version = ORGSIM_VERSION};

static void spill(const char *path, const char *data)
{
    struct orgsim_where where = {0};
    assert_int_equal(file_write(path, data, strlen(data), &where), 0);
}

static int begin(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    return !mkdtemp(home) || chdir(home) || file_make_folder("figures", &where);
}

static int end(void **state)
{
    (void)state;
    return chdir("/") || file_remove_tree(home, NULL);
}

/* Writes the checks, and figures/validate.* as if gnuplot had drawn them. */
static void write_validation(const char *svg)
{
    struct orgsim_validation v = {.n = 4, .check = checks, .count = {1, 2, 1, 0}, .worlds = 12345};
    const struct validation_asked asked = {.seed = 9, .date = "2031-05-06"};
    struct orgsim_compared *c = &v.compared[ORGSIM_COMPARED_TENURE];
    struct text json = {0};
    struct figure figure = {0};
    c->of_data = c->of_model = 20;
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES; k++) c->data[k] = c->model[k] = (double)k + 1;
    assert_int_equal(validation_json(&json, &asked, &v), 0);
    validation_figure(&figure, &asked, &v);
    spill("validate.json", json.s);
    spill("figures/validate.dat", figure.data.s);
    spill("figures/validate.svg", svg);
    text_free(&json);
    figure_free(&figure);
}

/* The sentence among the limits and the appendix, as the folder gives them. */
static void read_page(struct text *html)
{
    struct studies studies = {0};
    struct orgsim_where where = {0};
    const struct report_plan plan = {.studies = &studies};
    assert_int_equal(studies_read(&studies, ".", &run, &where), 0);
    page_checks_sentence(html, &plan);
    if (page_checks_has(&plan)) page_checks_write(html, &plan, &(struct finding){0});
    assert_false(html->failed);
    studies_free(&studies);
}

static void test_nobody_asked(void **state)
{
    (void)state;
    struct text html = {0};
    page_checks_sentence(&html, &(struct report_plan){0}); /* the page that a run writes */
    assert_non_null(strstr(html.s, "<code>orgsim validate -o RUN_DIR --force</code>"));
    text_free(&html);
    unlink("validate.json");
    read_page(&html);
    assert_non_null(strstr(html.s, "was not checked for this page"));
    assert_null(strstr(html.s, "id=\"checks\""));
    text_free(&html);
}

static void test_appendix(void **state)
{
    (void)state;
    static const char *const said[] = {
        "<strong>1 of 4 checks are met.</strong> Missed: 2 of 2 in \xe2\x80\x9c" "Facts &amp; &lt;figures&gt;\xe2\x80\x9d (V1, V2). Not checked for lack of data: 1.",
        "<a href=\"#checks\">", "<h2 id=\"checks\">", "On 2031-05-06 orgsim " ORGSIM_VERSION, "12,345 worlds, seed 9.", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "Expected \xe2\x88\x92" "8.0 to \xe2\x88\x92" "6.0%, measured \xe2\x88\x92" "3.0 (\xe2\x88\x92" "4.0 to \xe2\x88\x92" "2.0)%.", "Tried &lt;b&gt;this&lt;/b&gt;.",
        "<br>As V1.", "Not checked, and why: 1", "Needs a file.", "<strong>Luck</strong>: 1 of 1 met", "<td><strong>missed</strong></td>", "<td>not checked</td>",
        "product program, held out; somebody", "<title>drawn</title>", "Data: <code>figures/validate.dat</code>"};
    struct text html = {0};
    write_validation("<svg role=\"img\"><title>drawn</title></svg>");
    read_page(&html);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!strstr(html.s, said[i])) fail_msg("the page lacks %s", said[i]);
    assert_null(strstr(html.s, "<script"));
    assert_null(strstr(html.s, "<img"));
    text_free(&html);
}

/* A drawing that acts, one of other numbers, or none: what it would show is told. */
static void test_other_drawings(void **state)
{
    (void)state;
    for (int fault = 0; fault < 3; fault++) {
        struct text html = {0};
        write_validation(fault == 0 ? "<svg onload=\"x()\"/>" : "<svg><title>drawn</title></svg>");
        if (fault == 1) spill("figures/validate.dat", "# of another day\n");
        if (fault == 2) unlink("figures/validate.dat");
        read_page(&html);
        assert_null(strstr(html.s, "<svg"));
        assert_non_null(strstr(html.s, "The model gives 4 of 4 marked quantiles of real data within 25%. Task effort over its estimate: not checked"));
        text_free(&html);
    }
}

static void assert_refused(const char *json, const char *words)
{
    struct studies studies = {0};
    struct orgsim_where where = {0};
    spill("validate.json", json);
    assert_int_equal(studies_read(&studies, ".", &run, &where), ORGSIM_ERROR_IO);
    if (!strstr(where.what, words)) fail_msg("\"%s\" does not say \"%s\"", where.what, words);
    assert_non_null(strstr(where.todo, "orgsim validate --json=FILE, or remove it"));
    assert_non_null(strstr(where.file, "validate.json"));
    studies_free(&studies);
    studies_free(&studies);
}

static void test_what_does_not_belong(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    char *json;
    size_t n;
    write_validation("<svg/>");
    assert_int_equal(file_read("validate.json", 1 << 20, &json, &n, &where), 0);
    *strstr(json, ORGSIM_VERSION) = '9';
    assert_refused(json, "another version");
    json[n / 2] = '\0';
    assert_refused(json, "is not JSON");
    free(json);
    assert_refused("", "is not JSON");
    assert_refused("[]", "is not what orgsim validate writes");
    assert_refused("{\"version\": \"" ORGSIM_VERSION "\", \"effects\": []}", "is not what orgsim validate writes");
    unlink("validate.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_asked),
        cmocka_unit_test(test_appendix),
        cmocka_unit_test(test_other_drawings),
        cmocka_unit_test(test_what_does_not_belong),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
