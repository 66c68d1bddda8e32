/* test_voi.c: what to measure first: the headline is true of the numbers beside it, also when nothing is worth measuring */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include <jansson.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/fabricate.h"
#include "report/voi.h"

static char home[] = "/tmp/orgsim-voi-XXXXXX";

static int enter(void **state)
{
    (void)state;
    return !mkdtemp(home) || chdir(home);
}

static int leave(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    return chdir("/") || file_remove_tree(home, &where);
}

/* Two arms, three assumptions; the tests change what they ask about. */
struct made {
    struct fabricated *f;
    size_t arm[2];
    struct orgsim_estimate npv_k[2];
    double best_share[2];
    struct orgsim_voi_row row[3];
    struct orgsim_voi voi;
    struct voi_report report;
};

static struct made *make(void)
{
    struct made *m = memory_array(1, sizeof *m);
    assert_non_null(m);
    m->f = fabricate(&fabricate_pays);
    m->arm[1] = 1;
    m->npv_k[0] = (struct orgsim_estimate){-1500, -1600, -1400};
    m->npv_k[1] = (struct orgsim_estimate){250, 150, 350};
    m->best_share[0] = 0.25;
    m->best_share[1] = 0.75;
    m->row[0] = (struct orgsim_voi_row){"h_seat", "h/wk", "hours, \"each\" week", "Count, then divide.", 0, 3, 0.3, 123.4, 12.3, 1};
    m->row[1] = (struct orgsim_voi_row){"span_tpm", "teams", "span", "Ask for names.", 2, 12, 6, 4.56, 1, 1};
    m->row[2] = (struct orgsim_voi_row){"r0", "1", "start", "Ask peers.", 0.1, 0.5, 0.3, 0, 0, 0};
    m->voi = (struct orgsim_voi){.points = 2048, .worlds = 32, .n_arms = 2, .arm = m->arm, .npv_k = m->npv_k, .best_share = m->best_share, .choice = 1,
                                 .perfect_k = 345.6, .perfect_se_k = 20, .noise_k = 0.7, .n = 3, .row = m->row};
    m->report = (struct voi_report){.scenario = &m->f->scenario, .voi = &m->voi, .seed = 1, .path = "x", .command = "orgsim voi x"};
    return m;
}

static void drop(struct made *m)
{
    fabricate_free(m->f);
    memory_free(m);
}

static void assert_title(const struct made *m, const char *begin)
{
    struct text title = {0};
    voi_title(&title, &m->report, 0);
    if (strncmp(title.s, begin, strlen(begin)) != 0) fail_msg("\"%s\" does not begin with \"%s\"", title.s, begin);
    text_free(&title);
}

static void assert_answer(const struct made *m, const char *has, bool is)
{
    struct text answer = {0}, line = {0};
    voi_answer(&answer, &m->report, false);
    for (const char *s = answer.s; *s; s++) text_add_n(&line, *s == '\n' ? " " : s, 1);
    if ((strstr(line.s, has) != NULL) != is) fail_msg("\"%s\": %s\n%s", has, is ? "lacks it" : "has it", answer.s);
    text_free(&answer);
    text_free(&line);
}

static void headlines_follow_the_numbers(void **state)
{
    (void)state;
    struct made *m = make();
    assert_title(m, "Measure h_seat first: to know it before the choice is worth up to ");
    assert_answer(m, " 120k", true);
    assert_answer(m, "worth up to USD 350k (standard error 20k)", true);
    assert_answer(m, "How to measure it: Count, then divide.", true);
    assert_answer(m, "The other one is worth nothing, or too little to tell (numbers without meaning came out at up to USD 0.7k)", true);
    m->row[0].clear = m->row[1].clear = 0;
    assert_title(m, "No single measurement is clearly worth anything; to know every assumption is worth up to USD 350k");
    assert_answer(m, "Next", false);
    assert_answer(m, "Each of the 3 alone", true);
    m->voi.perfect_k = 30;
    assert_title(m, "No measurement is clearly worth anything: ");
    m->voi.perfect_k = m->voi.perfect_se_k = m->best_share[0] = 0;
    m->best_share[1] = 1;
    assert_title(m, "No measurement is worth anything: ");
    assert_answer(m, "wherever the assumptions lie", true);
    assert_answer(m, "100% of cases", true);
    drop(m);
}

static void money_has_two_figures(void **state)
{
    (void)state;
    static const struct { double k; const char *s; } cases[] = {{123.4, "120k"},  {99.6, "100k"}, {12345, "12,000k"}, {1.26, "1.3k"},  {0.96, "1.0k"},
                                                                {0.12, "0.1k"},   {0.01, "<0.1k"}, {0, "0"},           {-3, "0"},       {9.96, "10k"},
                                                                {(double)NAN, "0"}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) assert_string_equal(voi_money(cases[c].k).s, cases[c].s);
}

static void tables_and_json_hold_what_was_found(void **state)
{
    (void)state;
    struct made *m = make();
    struct text csv = {0}, json = {0};
    voi_csv(&csv, &m->report);
    assert_non_null(strstr(csv.s, "\nh_seat,h/wk,0.3,0,3,123.4,12.3,1,\"hours, \"\"each\"\" week\",\"Count, then divide.\"\n"));
    assert_int_equal(voi_json(&json, &m->report), 0);
    json_t *root = json_loads(json.s, 0, NULL), *rows = json_object_get(root, "assumptions");
    assert_int_equal(json_array_size(rows), 3);
    assert_true(json_real_value(json_object_get(json_array_get(rows, 0), "worth_k")) == 123.4);
    assert_true(json_real_value(json_object_get(json_object_get(root, "perfect"), "worth_k")) == 345.6);
    assert_int_equal(json_array_size(json_object_get(root, "arms")), 2);
    json_decref(root);
    text_free(&csv);
    text_free(&json);
    drop(m);
}

/* Drawn for real, also where there is nothing to draw a bar for. */
static void the_figure_says_what_the_answer_says(void **state)
{
    (void)state;
    struct made *m = make();
    for (int nothing = 0; nothing < 2; nothing++) {
        struct orgsim_where where = {0};
        struct text title = {0};
        char *svg = NULL;
        size_t n = 0;
        if (nothing) m->row[0].clear = m->row[1].clear = 0, m->voi.perfect_k = m->voi.perfect_se_k = 0;
        int status = voi_write(&m->report, nothing ? "nothing" : "some", &where);
        if (status == ORGSIM_ERROR_TOOL) skip();
        if (status) fail_msg("%s: %s", where.file, where.what);
        assert_int_equal(file_read(nothing ? "nothing/figures/voi.svg" : "some/figures/voi.svg", 1 << 22, &svg, &n, &where), 0);
        voi_title(&title, &m->report, SHOWN_TYPOGRAPHIC);
        assert_non_null(strstr(svg, title.s));
        assert_true((strstr(svg, "span_tpm") != NULL) == !nothing);
        assert_null(strstr(svg, "r0:"));
        memory_free(svg);
        text_free(&title);
    }
    drop(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headlines_follow_the_numbers),
        cmocka_unit_test(money_has_two_figures),
        cmocka_unit_test(tables_and_json_hold_what_was_found),
        cmocka_unit_test(the_figure_says_what_the_answer_says),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
