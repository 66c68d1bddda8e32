/* test_finding.c: the verdict, the sentence, the break-even and the terminal answer */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <jansson.h>

#include "report/fabricate.h"
#include "report/interval.h"

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
    size_t n = 0;
    for (const char *s = text.s; *s; s++) { /* lines are folded anywhere, with blanks before the next one */
        char c = *s == '\n' ? ' ' : *s;
        if (c != ' ' || n == 0 || text.s[n - 1] != ' ') text.s[n++] = c;
    }
    text.s[n] = '\0';
    if (!strstr(text.s, words)) fprintf(stderr, "%s\n", text.s);
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
    double rival = f->results.summary[6 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].mean - f->results.summary[ORGSIM_METRIC_npv_k].mean;
    set_npv(f, rival + 5, 10); /* ahead by less than chance explains */
    assert_says(f, VERDICT_PAYS, "The hire pays, and another way may pay more, if these assumptions hold", "does better");
    assert_says(f, VERDICT_PAYS, "\"fewer interfaces\" cannot be told from \"empowered TPM\"", "does better");
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
    assert_says(f, VERDICT_PAYS, "\"fewer interfaces\" does better than \"empowered TPM\"", NULL);
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

static struct orgsim_comparison *finish(struct fabricated *f) { return &f->results.comparison[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week]; }

/* Whatever is headlined has its interval beside it, and what its interval does not tell from nothing is no move. */
static void headlined_quantiles_and_shares_have_intervals(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct orgsim_summary *summary = &f->results.summary[3 * ORGSIM_METRIC_COUNT];
    summary[ORGSIM_METRIC_npv_k].quantile[FINDING_P20] = -200;
    summary[ORGSIM_METRIC_npv_k].quantile_low[FINDING_P20] = -260.4;
    summary[ORGSIM_METRIC_npv_k].quantile_high[FINDING_P20] = -150;
    f->results.npv_loss_probability[3] = 1024.0 / FABRICATE_WORLDS;
    assert_says(f, VERDICT_PAYS, "ends at or below USD -200k (95% interval -260k to -150k), and 25% (24% to 26%) lose money", NULL);
    summary[ORGSIM_METRIC_finish_week].quantile[FINDING_P80] = 50;
    f->results.summary[ORGSIM_METRIC_finish_week].quantile[FINDING_P80] = 53;
    finish(f)->p80 = (struct orgsim_shift){-3, -3.42, -2.6};
    assert_says(f, VERDICT_PAYS, "Date -3.0 weeks at P80 (95% interval -3.4 to -2.6);", "no clear move");
    finish(f)->p80 = (struct orgsim_shift){-3, -6.5, 0.5};
    assert_says(f, VERDICT_PAYS, "Date no clear move: -3.0 weeks at P80 (95% interval -6.5 to +0.5);", NULL);
    finish(f)->p80 = (struct orgsim_shift){-3, -(double)INFINITY, -1};
    assert_says(f, VERDICT_PAYS, "-3.0 weeks at P80 (95% interval -1.0 or less);", "no clear move");
    finish(f)->p80 = (struct orgsim_shift){-3, (double)NAN, (double)NAN};
    assert_says(f, VERDICT_PAYS, "-3.0 weeks at P80 (too few worlds for an interval);", "95% interval nan");
    summary[ORGSIM_METRIC_finish_week].quantile_high[FINDING_P80] = (double)INFINITY;
    assert_says(f, VERDICT_PAYS, " open ", NULL);
    summary[ORGSIM_METRIC_finish_week].quantile_high[FINDING_P80] = summary[ORGSIM_METRIC_finish_week].quantile_low[FINDING_P80] = (double)NAN;
    assert_says(f, VERDICT_PAYS, " n/a ", " open ");
    fabricate_free(f);
}

static void intervals_as_they_are_shown(void **state)
{
    (void)state;
    const double inf = (double)INFINITY, nan = (double)NAN;
    assert_string_equal(interval_number((struct orgsim_interval){88.41, 93.8}, 1, 0).s, "88.4 to 93.8");
    assert_string_equal(interval_number((struct orgsim_interval){88.41, inf}, 1, 0).s, "88.4 to never");
    assert_string_equal(interval_number((struct orgsim_interval){inf, inf}, 1, 0).s, "never");
    assert_string_equal(interval_number((struct orgsim_interval){-3, inf}, 1, SHOWN_SIGN).s, "-3.0 or more");
    assert_string_equal(interval_number((struct orgsim_interval){-inf, -1}, 1, SHOWN_SIGN).s, "-1.0 or less");
    assert_string_equal(interval_number((struct orgsim_interval){nan, nan}, 1, 0).s, "");
    assert_string_equal(interval_k((struct orgsim_interval){-12345, 20}, 0, SHOWN_TWO).s, "-12,000k to 20k");
    assert_string_equal(interval_percent((struct orgsim_interval){0.001, 0.214}, 0).s, "<1% to 21%");
    assert_true(interval_reach(90, (struct orgsim_interval){88, 95}) == 5 && isinf(interval_reach(90, (struct orgsim_interval){88, inf})));
    assert_true(isinf(interval_reach(inf, (struct orgsim_interval){88, inf})) && interval_reach(inf, (struct orgsim_interval){inf, inf}) == 0);
    assert_true(isnan(interval_reach(90, (struct orgsim_interval){nan, nan})));
}

/* A run that ended before it was as precise as was asked for says so, and how many worlds would do. */
static void a_precision_that_was_not_reached_is_told(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    set_npv(f, 400, 100);
    assert_says(f, VERDICT_PAYS, "Precision", "Not reached");
    f->options.precision_metric = ORGSIM_METRIC_npv_k;
    f->options.precision_half_width = 98;
    assert_says(f, VERDICT_PAYS, "Not reached the change of npv_k was to be known to +-USD 98k (--precision); after 4,096 worlds it is known to +-USD 196k;", NULL);
    assert_says(f, VERDICT_PAYS, "about 18,000 worlds would do (-n).", NULL); /* four times as many, and a tenth to spare */
    f->results.precision_reached = 1;
    assert_says(f, VERDICT_PAYS, "Precision", "Not reached");
    f->results.precision_reached = 0;
    set_npv(f, 400, 10);
    assert_says(f, VERDICT_PAYS, "which counts from 2560 worlds on", NULL);
    set_npv(f, 400, (double)NAN);
    assert_says(f, VERDICT_UNDECIDED, "it has no interval; raise -n.", "nan");
    f->options.precision_metric = ORGSIM_METRIC_finish_week;
    f->options.precision_half_width = 0.01;
    assert_says(f, VERDICT_UNDECIDED, "the change of finish_week was to be known to +-0.01 week", "USD 0");
    struct text text = {0};
    assert_int_equal(report_json(&text, &f->plan, &f->results, false), 0);
    json_t *json = json_loads(text.s, 0, NULL), *precision = json_object_get(json_object_get(json, "run"), "precision");
    assert_true(json_is_false(json_object_get(precision, "reached")));
    assert_true(fabs(json_number_value(json_object_get(precision, "half_width_reached")) - SUMMARY_Z95 * finish(f)->se) < 1e-9);
    json_decref(json);
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
    assert_true(json_number_value(json_object_get(finish, "p50_ci_low")) < json_number_value(json_object_get(finish, "p50")));
    assert_true(json_number_value(json_object_get(finish, "p50_ci_high")) > json_number_value(json_object_get(finish, "p50")));
    assert_true(json_number_value(json_object_get(headline, "p20_ci_low")) < finding.p20 && json_number_value(json_object_get(headline, "p20_ci_high")) > finding.p20);
    assert_true(json_number_value(json_object_get(headline, "loss_probability_ci_high")) > json_number_value(json_object_get(headline, "loss_probability_ci_low")));
    assert_true(json_is_null(json_object_get(headline, "p80_finish_difference_ci_low"))); /* never under both */
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
        cmocka_unit_test(headlined_quantiles_and_shares_have_intervals),
        cmocka_unit_test(intervals_as_they_are_shown),
        cmocka_unit_test(a_precision_that_was_not_reached_is_told),
        cmocka_unit_test(displayed_differences_are_those_of_displayed_numbers),
        cmocka_unit_test(the_break_even_is_where_the_mean_difference_vanishes),
        cmocka_unit_test(json_agrees_with_the_answer_and_has_no_infinity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
