/* test_case.c: the business case of the page is true whatever the numbers: every answer has its own words, and names stay names */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "report/fabricate.h"
#include "report/page.h"

static void page_of_shape(struct text *html, const struct fabricate_shape *shape, enum report_audience audience)
{
    struct fabricated *f = fabricate(shape);
    struct finding finding;
    struct figures figures = {0};
    f->plan.audience = audience;
    finding_of(&finding, &f->scenario, &f->results, false);
    page_write(html, &f->plan, &finding, &figures);
    assert_false(html->failed);
    fabricate_free(f);
}

static void assert_says(const struct fabricate_shape *shape, const char *const *says, const char *const *says_not)
{
    for (int audience = 0; audience < 2; audience++) {
        struct text html = {0};
        page_of_shape(&html, shape, (enum report_audience)audience);
        for (size_t i = 0; says[i]; i++)
            if (!strstr(html.s, says[i])) fail_msg("the page does not say: %s", says[i]);
        for (size_t i = 0; says_not[i]; i++)
            if (strstr(html.s, says_not[i])) fail_msg("the page says: %s", says_not[i]);
        text_free(&html);
    }
}

static void every_answer_has_its_own_words(void **state)
{
    (void)state;
    struct fabricate_shape pays = fabricate_pays, costs = fabricate_pays, same = fabricate_pays, unsure = fabricate_pays;
    assert_says(&fabricate_pays, (const char *const[]){"<b>The hire pays, but another way pays more</b>", "The decision asked for", "A rival.", "Modelled, not measured", NULL},
                (const char *const[]){"The answer.</strong>", "lowers net value by", NULL});
    pays.npv_gain[3] = 5000;
    assert_says(&pays, (const char *const[]){"<b>Hire</b>", NULL}, (const char *const[]){"another way", NULL});
    costs.npv_gain[3] = -500;
    assert_says(&costs, (const char *const[]){"<b>Do not hire</b>", "The answer.</strong> On the mean, the hire lowers net value by ", "None is needed for what this page does not recommend",
                                              "does as well or better", NULL},
                (const char *const[]){"Look again, with the option to end it", NULL});
    memset(same.npv_gain, 0, sizeof same.npv_gain);
    same.spread = 0;
    assert_says(&same, (const char *const[]){"<b>No difference</b>", "On the mean, the hire changes nothing.", NULL}, (const char *const[]){"Look again, with", NULL});
    unsure.npv_gain[3] = 1;
    assert_says(&unsure, (const char *const[]){"<b>Undecided</b>", "This run cannot tell the hire from doing nothing.", NULL}, (const char *const[]){"Look again, with", NULL});
}

static void nothing_to_compare_has_no_case(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct finding finding;
    struct figures figures = {0};
    struct text html = {0};
    f->results.headline = f->results.baseline;
    finding_of(&finding, &f->scenario, &f->results, false);
    page_write(&html, &f->plan, &finding, &figures);
    static const char *const absent[] = {"The decision asked for", "id=\"money\"", "id=\"against\"", "id=\"mind\"", "id=\"debt\"", "href=\"#rivals\""};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) assert_null(strstr(html.s, absent[i]));
    text_free(&html);
    fabricate_free(f);
}

/* The stop rule names a number between the two means, and only where week 8 tells them apart, on the mean and program by program. */
static void the_stop_rule_has_a_number_or_says_why_not(void **state)
{
    (void)state;
    enum { UNCLEAR, CLEAR, ALIKE, CASES };
    for (int week8 = 0; week8 < CASES; week8++) {
        struct fabricated *f = fabricate(&fabricate_pays);
        struct finding finding;
        struct figures figures = {0};
        struct text html = {0};
        struct orgsim_summary *without = &f->results.summary[ORGSIM_METRIC_closure_rate_week8], *with = without + 3 * ORGSIM_METRIC_COUNT;
        without->mean = 0.2;
        with->mean = 0.3;
        for (int q = 0; q < ORGSIM_QUANTILES; q++) {
            without->quantile[q] = 0.05 * q;     /* .05 .10 .20 .25 .50 .75 .80 ... : 0 .05 .10 .15 .20 .25 .30 ... */
            with->quantile[q] = week8 == ALIKE ? without->quantile[q] + 0.001 : 0.1 + 0.05 * q;
        }
        f->results.comparison[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_closure_rate_week8] = fabricate_comparison(0.1, week8 == UNCLEAR ? 0.2 : 0.01);
        finding_of(&finding, &f->scenario, &f->results, false);
        page_write(&html, &f->plan, &finding, &figures);
        if (week8 == CLEAR) {
            assert_non_null(strstr(html.s, "fewer than <strong>25%</strong> of the questions"));
            assert_non_null(strstr(html.s, "happens in 20% to 25% of programs under \xe2\x80\x9c" "empowered TPM"));
            assert_non_null(strstr(html.s, "and in 50% to 75% under \xe2\x80\x9c" "EM and PM only"));
        } else {
            assert_non_null(strstr(html.s, "this model gives no number to stop by"));
        }
        text_free(&html);
        fabricate_free(f);
    }
}

static void hostile_labels_stay_words_for_both_audiences(void **state)
{
    (void)state;
    struct fabricate_shape shape = fabricate_pays;
    for (size_t a = 0; a < FABRICATE_ARMS; a++) shape.labels[a] = "</td><script>alert('&\"')</script>";
    for (int audience = 0; audience < 2; audience++) {
        struct text html = {0};
        page_of_shape(&html, &shape, (enum report_audience)audience);
        assert_null(strstr(html.s, "<script"));
        assert_non_null(strstr(html.s, "&lt;/td&gt;&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;"));
        text_free(&html);
    }
}

static void two_figures_are_two(void **state)
{
    (void)state;
    assert_string_equal(shown_k(2077, 0, SHOWN_TWO | SHOWN_SIGN).s, "+2,100k");
    assert_string_equal(shown_k(-34.6, 1, SHOWN_TWO).s, "-35k");
    assert_string_equal(shown_k(4.44, 1, SHOWN_TWO).s, "4.4k");
    assert_string_equal(shown_k(0.0444, 1, SHOWN_TWO).s, "0k");
    assert_string_equal(shown_k(0.0444, 2, SHOWN_TWO).s, "0.04k");
    assert_string_equal(shown_k(99.6, 0, SHOWN_TWO).s, "100k");
    assert_string_equal(shown_number(0, 0, SHOWN_TWO).s, "0");
    assert_string_equal(shown_number((double)INFINITY, 0, SHOWN_TWO).s, "never");
    assert_string_equal(shown_number((double)NAN, 0, SHOWN_TWO).s, "n/a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_has_its_own_words),
        cmocka_unit_test(nothing_to_compare_has_no_case),
        cmocka_unit_test(the_stop_rule_has_a_number_or_says_why_not),
        cmocka_unit_test(hostile_labels_stay_words_for_both_audiences),
        cmocka_unit_test(two_figures_are_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
