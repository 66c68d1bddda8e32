/* test_finding.c: the verdict, the sentence, the break-even and the terminal answer */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <jansson.h>

#include "report/fabricate.h"

static struct orgsim_comparison *npv(struct fabricated *f) { return &f->results.comparison[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k]; }

/* Gives the headline arm this mean difference and standard error, means and all. */
static void set_npv(struct fabricated *f, double mean, double se)
{
    *npv(f) = fabricate_comparison(mean, se);
    f->results.summary[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].mean = f->results.summary[ORGSIM_METRIC_npv_k].mean + mean;
}

static void assert_says(struct fabricated *f, enum report_verdict verdict, const char *words, const char *not_words)
{
    struct text text = {0};
    assert_int_equal(report_verdict(&f->results), verdict);
    report_answer(&text, &f->plan, &f->results, &(struct report_style){.folder = "./orgsim-results/atlas-1"});
    assert_false(text.failed);
    for (char *s = text.s; *s; s++) {
        if (*s == '\n') *s = ' '; /* lines are folded anywhere */
    }
    assert_non_null(strstr(text.s, words));
    if (not_words) assert_null(strstr(text.s, not_words));
    text_free(&text);
}

static void the_answer_can_say_each_verdict(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    assert_says(f, VERDICT_PAYS, "The hire pays, but another way pays more, if these assumptions hold", "Do not hire");
    set_npv(f, 5000, 10);
    assert_says(f, VERDICT_PAYS, "Hire, if these assumptions hold", "another way");
    set_npv(f, -50, 10);
    assert_says(f, VERDICT_COSTS, "Do not hire", "Undecided");
    set_npv(f, 5, 10);
    assert_says(f, VERDICT_UNDECIDED, "which covers zero", "Do not hire");
    set_npv(f, -5, 10);
    assert_says(f, VERDICT_UNDECIDED, "Undecided", "Do not hire");
    set_npv(f, 0, 0);
    assert_says(f, VERDICT_UNDECIDED, "No difference", "Undecided");
    set_npv(f, 5, (double)NAN);
    assert_says(f, VERDICT_UNDECIDED, "one world has no interval", "n/a");
    f->results.headline = 0;
    assert_says(f, VERDICT_NO_RIVAL, "Nothing to compare", "Break-even");
    assert_says(f, VERDICT_NO_RIVAL, "lose money.", "(under");
    assert_says(f, VERDICT_NO_RIVAL, "compares the organisations of the scenario", "h_seat");
    fabricate_free(f);
}

static void the_answer_gives_the_downside_and_where_to_look(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    assert_says(f, VERDICT_PAYS, "One program in five under \"empowered TPM\" ends at or below USD", NULL);
    assert_says(f, VERDICT_PAYS, "lose money", NULL);
    assert_says(f, VERDICT_PAYS, "same luck in both", NULL);
    assert_says(f, VERDICT_PAYS, "\"fewer interfaces\" does better than the hire", NULL);
    assert_says(f, VERDICT_PAYS, "./orgsim-results/atlas-1/report.html", NULL);
    assert_says(f, VERDICT_PAYS, "orgsim breakeven scenarios/atlas --over h_seat", "h_seat=3"); /* the user has set it already */
    f->scenario.assumption_source[ASSUMPTION_h_seat] = NULL;
    assert_says(f, VERDICT_PAYS, "orgsim run scenarios/atlas --set h_seat=3", "breakeven");
    f->scenario.n_arms++; /* one was not lived, and another way pays more */
    assert_says(f, VERDICT_PAYS, "orgsim run scenarios/atlas --arms all", "h_seat=3");
    f->scenario.n_arms--;
    struct text text = {0};
    report_answer(&text, &f->plan, &f->results, &(struct report_style){.folder = NULL});
    size_t lines = 0;
    for (const char *s = text.s; *s; s++) lines += *s == '\n';
    assert_in_range(lines, 10, 22);
    text_free(&text);
    fabricate_free(f);
}

/* 0.4 + 0.4 k must not be shown as a difference of 1 beside means that are equal. */
static void displayed_differences_are_those_of_displayed_numbers(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct finding finding;
    f->results.summary[ORGSIM_METRIC_npv_k].mean = 100.4;
    f->results.summary[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].mean = 199.6;
    finding_of(&finding, &f->scenario, &f->results, false);
    assert_true(finding.npv_difference == 100);
    f->results.summary[ORGSIM_METRIC_finish_week].quantile[FINDING_P80] = 50.04;
    f->results.summary[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week].quantile[FINDING_P80] = 48.96;
    finding_of(&finding, &f->scenario, &f->results, false);
    assert_true(finding.p80_gap == -1);
    f->results.summary[ORGSIM_METRIC_finish_week].quantile[FINDING_P80] = (double)INFINITY;
    finding_of(&finding, &f->scenario, &f->results, false);
    assert_true(isnan(finding.p80_gap));
    fabricate_free(f);
}

static void the_break_even_is_where_the_mean_difference_vanishes(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct finding finding;
    set_npv(f, 100, 5); /* 50 paid weeks at 4.4 k: it would be nothing at 6.4 k */
    finding_of(&finding, &f->scenario, &f->results, false);
    assert_true(finding.break_even_defined);
    assert_true(finding.planned == 4.4 && finding.break_even == 6.4);
    assert_true(finding.break_even_year == 333); /* 52 times 6.4, not 52 times what 6.4 was rounded from */
    assert_true(finding.break_even_salary == round(52 * 6.4 / 1.43));
    f->seats[3].fte.value = 0.5; /* a half seat at the same pay per week of its own */
    f->seat_cost[3] = 2.2;
    f->results.comparison[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_delivery_seat_weeks].mean_difference = 25;
    finding_of(&finding, &f->scenario, &f->results, false);
    assert_true(finding.break_even == 4.2);
    set_npv(f, -300, 5);
    assert_says(f, VERDICT_COSTS, "would not pay even for nothing", NULL);
    f->arms[3].n_seats = 0;
    assert_says(f, VERDICT_COSTS, "no break-even", "Do not hire");
    fabricate_free(f);
}

static void json_agrees_with_the_answer_and_has_no_infinity(void **state)
{
    (void)state;
    struct fabricate_shape shape = fabricate_pays;
    for (int a = 0; a < FABRICATE_ARMS; a++) shape.never[a] = 0.3;
    struct fabricated *f = fabricate(&shape);
    struct text text = {0};
    assert_int_equal(report_json(&text, &f->plan, &f->results, true), 0);
    json_t *json = json_loads(text.s, 0, NULL);
    assert_non_null(json);
    json_t *headline = json_object_get(json, "headline");
    struct finding finding;
    finding_of(&finding, &f->scenario, &f->results, true);
    assert_true(json_number_value(json_object_get(headline, "mean_difference")) == finding.npv_difference);
    assert_int_equal(json_array_size(json_object_get(json, "arms")), FABRICATE_ARMS);
    assert_int_equal(json_array_size(json_object_get(json, "comparisons")), (FABRICATE_ARMS - 1) * ORGSIM_METRIC_COUNT);
    json_t *arm = json_array_get(json_object_get(json, "arms"), 0), *finish = json_object_get(json_object_get(arm, "metrics"), "finish_week");
    assert_true(json_is_null(json_object_get(finish, "p95")));
    assert_true(json_number_value(json_object_get(arm, "censored_share")) > 0.2);
    assert_true(json_is_true(json_object_get(json_object_get(json, "run"), "interrupted")));
    json_decref(json);
    text_free(&text);
    fabricate_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_can_say_each_verdict),
        cmocka_unit_test(the_answer_gives_the_downside_and_where_to_look),
        cmocka_unit_test(displayed_differences_are_those_of_displayed_numbers),
        cmocka_unit_test(the_break_even_is_where_the_mean_difference_vanishes),
        cmocka_unit_test(json_agrees_with_the_answer_and_has_no_infinity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
