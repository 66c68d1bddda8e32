/* test_optimise.c: what is said of a choice and of a search is true of the numbers beside it */
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
#include "report/optimise.h"

static char home[] = "/tmp/orgsim-optimise-XXXXXX";

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

/* Three organisations, or two numbers of a seat; the tests change what they ask about. */
struct made {
    struct fabricated *f;
    struct orgsim_candidate candidate[3];
    struct orgsim_selection selection;
    struct orgsim_tune_axis axes[2];
    struct orgsim_tuning tuning;
    struct optimise_report report;
};

static char two[] = "2 TPMs", one[] = "1 TPM", none[] = "no TPM";

static struct made *make(bool selection)
{
    struct made *m = memory_array(1, sizeof *m);
    assert_non_null(m);
    m->f = fabricate(&fabricate_pays);
    m->candidate[0] = (struct orgsim_candidate){one, 228.8, 4096, 4000.4, 4000.4, 70.24, {0, 0, 0}, 1, 1, 1};
    m->candidate[1] = (struct orgsim_candidate){two, 457.6, 4096, 3950, 3950, 69, {-50.4, -90, -10}, 0, 0, 1};
    m->candidate[2] = (struct orgsim_candidate){none, 0, 2048, 2000, 2000, 78, {-2000.4, -2100, -1900}, 0, 1, 1};
    m->selection = (struct orgsim_selection){.n = 3, .candidate = m->candidate, .decided = 1, .confidence = 0.95, .indifference = 119.3, .worlds = 4096,
                                             .fresh_worlds = 4096, .chosen = 4010, .baseline = 2010, .difference = {2000, 1900, 2100}, .same = 2};
    m->axes[0] = (struct orgsim_tune_axis){"tpm.tpm.empowerment", 0.2, 1};
    m->axes[1] = (struct orgsim_tune_axis){"slots1", 3, 8};
    m->tuning = (struct orgsim_tuning){.n = 2, .present = {0.8, 5}, .best = {1, 7.16}, .unit = {"share", "slots"}, .at_edge = {1, 0}, .worlds = 2048, .points = 120,
                                       .at_present = 4000, .at_best = 4300, .difference = {300, 250, 350}};
    m->report = (struct optimise_report){.scenario = &m->f->scenario, .objective = {ORGSIM_METRIC_npv_k, ORGSIM_RISK_mean}, .baseline = 0,
                                         .selection = selection ? &m->selection : NULL, .tuning = selection ? NULL : &m->tuning, .axes = m->axes,
                                         .budget_k_per_year = 500, .seed = 1, .path = "x", .command = "orgsim optimise x"};
    return m;
}

static void drop(struct made *m)
{
    fabricate_free(m->f);
    memory_free(m);
}

static void assert_says(const struct made *m, const char *has)
{
    struct text answer = {0}, line = {0};
    optimise_answer(&answer, &m->report, false);
    for (const char *s = answer.s; *s; s++) text_add_n(&line, *s == '\n' ? " " : s, 1);
    if (!strstr(line.s, has)) fail_msg("\"%s\" is not in\n%s", has, answer.s);
    text_free(&answer);
    text_free(&line);
}

static void a_choice_is_said_as_it_is(void **state)
{
    (void)state;
    struct made *m = make(true);
    assert_says(m, "Choose \"1 TPM\": the best of 3 organisations by mean net value. It comes to ");
    assert_says(m, "4,010k");
    assert_says(m, "+2,000k (95% interval +1,900k to +2,100k), on 4,096 worlds on which no choice was made.");
    assert_says(m, "With 95% confidence the first is the best of them, or within ");
    assert_says(m, "-50k (-90k to -10k)");
    m->selection.over_budget = 4;
    assert_says(m, "4 that cost more than 500k a year were left out.");
    m->selection.decided = 0;
    m->candidate[1].left = 1;
    assert_says(m, "Not decided: \"1 TPM\" leads 1 other that may be better by mean net value");
    assert_says(m, "4,096 worlds are not enough to choose");
    drop(m);
}

static void no_change_is_said_as_no_change(void **state)
{
    (void)state;
    struct made *m = make(true);
    m->selection.same = 0;
    assert_says(m, "Change nothing: \"1 TPM\" is the best of 3 organisations by mean net value. It comes to ");
    m->report.objective = (struct orgsim_objective){ORGSIM_METRIC_npv_k, ORGSIM_RISK_loss};
    m->selection.chosen = 0.247;
    assert_says(m, "by probability of a net value below zero. It comes to 24.7%.");
    m->report.objective = (struct orgsim_objective){ORGSIM_METRIC_finish_week, ORGSIM_RISK_p80};
    m->selection.chosen = 91.94;
    assert_says(m, "by finish kept in four worlds of five. It comes to 91.9 weeks.");
    m->selection.n = 1;
    assert_says(m, "Change nothing: \"1 TPM\" is all there is.");
    drop(m);
}

static void a_search_is_said_as_it_is(void **state)
{
    (void)state;
    struct made *m = make(false);
    assert_says(m, "Best found: tpm.tpm.empowerment 1.000 and slots1 7.16 for ");
    assert_says(m, "by USD +300k (95% interval +250k to +350k), on 2,048 worlds that the search never saw.");
    assert_says(m, "at the end of its range");
    m->tuning.difference = (struct orgsim_estimate){10, -20, 40};
    assert_says(m, "No clear gain: the present design of ");
    m->report.objective = (struct orgsim_objective){ORGSIM_METRIC_finish_week, ORGSIM_RISK_mean};
    m->tuning.difference = (struct orgsim_estimate){-2, -3, -1}; /* fewer weeks are better */
    assert_says(m, "Best found: ");
    drop(m);
}

static void files_hold_what_was_found(void **state)
{
    (void)state;
    for (int selection = 0; selection < 2; selection++) {
        struct made *m = make(selection != 0);
        struct text csv = {0}, json = {0};
        optimise_csv(&csv, &m->report);
        assert_non_null(strstr(csv.s, selection ? "\n2 TPMs,457.6,3950,3950,69,-50.4,-90,-10,4096,0,0,1\n" : "\nslots1,5,7.16,3,8,0\n"));
        assert_int_equal(optimise_json(&json, &m->report), 0);
        json_t *root = json_loads(json.s, 0, NULL);
        assert_non_null(json_string_value(json_object_get(root, "headline")));
        assert_int_equal(json_array_size(json_object_get(root, selection ? "candidates" : "numbers")), selection ? 3 : 2);
        assert_string_equal(json_string_value(json_object_get(root, "metric")), "npv_k");
        json_decref(root);
        text_free(&csv);
        text_free(&json);
        drop(m);
    }
}

/* Drawn for real: the frontier, also where the baseline is the chosen one and alone. */
static void the_figure_is_drawn(void **state)
{
    (void)state;
    struct made *m = make(true);
    for (int alone = 0; alone < 2; alone++) {
        struct orgsim_where where = {0};
        char *svg = NULL;
        size_t n = 0;
        if (alone) m->selection.n = 1, m->selection.same = 0;
        int status = optimise_write(&m->report, alone ? "alone" : "some", &where);
        if (status == ORGSIM_ERROR_TOOL) skip();
        if (status) fail_msg("%s: %s", where.file, where.what);
        assert_int_equal(file_read(alone ? "alone/figures/frontier.svg" : "some/figures/frontier.svg", 1 << 22, &svg, &n, &where), 0);
        assert_non_null(strstr(svg, alone ? "as now, chosen" : "chosen"));
        assert_true((strstr(svg, ">as now<") != NULL) == !alone);
        assert_non_null(strstr(svg, "Organisations that nothing as cheap beats by mean net value: 1 TPM"));
        memory_free(svg);
    }
    drop(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_choice_is_said_as_it_is), cmocka_unit_test(no_change_is_said_as_no_change), cmocka_unit_test(a_search_is_said_as_it_is),
        cmocka_unit_test(files_hold_what_was_found), cmocka_unit_test(the_figure_is_drawn),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
