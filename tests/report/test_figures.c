/* test_figures.c: headlines follow the numbers, scripts and pictures hold what they should, whatever the results */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/fabricate.h"
#include "report/figure_panel.h"
#include "report/figures.h"
#include "report/svg.h"

static char home[] = "/tmp/orgsim-figures-XXXXXX";

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

static size_t count(const char *s, const char *what)
{
    size_t n = 0;
    for (; (s = strstr(s, what)); s += strlen(what)) n++;
    return n;
}

/* The figure of these results; the caller frees it. */
static struct figure made(const struct fabricated *f, enum figure_id id)
{
    struct finding finding;
    struct figure figure = {0};
    finding_of(&finding, &f->scenario, &f->results, false);
    figure_make(id, &figure, &finding, "footnote");
    assert_false(figure_failed(&figure));
    assert_true(figure.title.n > 0 && figure.detail.n > 0 && figure.script.n > 0 && figure.data.n > 0);
    return figure;
}

static void says(const struct fabricated *f, enum figure_id id, const char *words)
{
    struct figure figure = made(f, id);
    if (!strstr(figure.title.s, words)) fail_msg("%s: \"%s\" does not say \"%s\"", figure_name(id), figure.title.s, words);
    figure_free(&figure);
}

static void headlines_follow_the_numbers(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    f->results.joint_share[0] = 0.104;
    f->results.joint_share[3] = 0.296;
    says(f, FIGURE_joint, "10% of programs under \xe2\x80\x9c" "EM and PM only\xe2\x80\x9d, 30% under \xe2\x80\x9c" "empowered TPM\xe2\x80\x9d");
    says(f, FIGURE_fan, "\xe2\x80\x9c" "empowered TPM\xe2\x80\x9d is then");
    says(f, FIGURE_debt, "250 weeks under");
    says(f, FIGURE_debt, "216 under");
    says(f, FIGURE_reported, "4.0 weeks per program under");
    says(f, FIGURE_escalation, "55% under");
    says(f, FIGURE_escalation, "72% under");
    says(f, FIGURE_packages, "=PAY-2 is most often on the critical path: 90% of programs");
    says(f, FIGURE_running, "Enough worlds");
    says(f, FIGURE_finish, "the finish you can promise at 80% moves from week");
    struct orgsim_shift *move = &f->results.comparison[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week].p80;
    move->ci_high = 0.1; /* it may be none */
    says(f, FIGURE_finish, "No clear move of the finish you can promise at 80%: week");
    *move = (struct orgsim_shift){move->difference, (double)NAN, (double)NAN};
    says(f, FIGURE_finish, "No clear move");
    *move = (struct orgsim_shift){0};
    f->results.summary[3 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week].quantile[FINDING_P80] =
        f->results.summary[ORGSIM_METRIC_finish_week].quantile[FINDING_P80];
    says(f, FIGURE_finish, "does not move");
    fabricate_free(f);
}

static void headlines_are_true_when_nothing_differs(void **state)
{
    (void)state;
    struct fabricate_shape equal = fabricate_pays;
    memset(equal.week_gain, 0, sizeof equal.week_gain);
    memset(equal.npv_gain, 0, sizeof equal.npv_gain);
    memset(equal.never, 0, sizeof equal.never);
    equal.spread = 0;
    struct fabricated *f = fabricate(&equal);
    const enum figure_id pairs[] = {FIGURE_joint, FIGURE_debt, FIGURE_reported, FIGURE_escalation, FIGURE_packages};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) says(f, pairs[i], "under both organisations");
    says(f, FIGURE_fan, "never separate");
    says(f, FIGURE_running, "the same under both organisations");
    fabricate_free(f);
}

/* Numbers that differ by chance are called so. */
/* One organisation is not compared with itself: it has no second colour, and no figure asks what it changes. */
static void one_organisation_stands_alone(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct finding finding;
    struct figures figures = {0};
    struct orgsim_where where = {0};
    f->results.headline = f->results.baseline;
    finding_of(&finding, &f->scenario, &f->results, false);
    int status = figures_write(&figures, &finding, "footnote", "alone", true, NULL, &where);
    assert_true(status == 0 || status == ORGSIM_ERROR_TOOL); /* without gnuplot */
    for (int id = 0; id < FIGURE_COUNT; id++) {
        const struct figure *figure = &figures.figure[id];
        bool compares = id == FIGURE_value || id == FIGURE_running;
        if (status == 0) assert_int_equal(figures.svg[id].n > 0, !compares);
        assert_int_equal(figure->title.n > 0, !compares);
        if (compares) continue;
        const char *twice[] = {id == FIGURE_joint || id == FIGURE_reported ? "both" : "against", "both", "either", "for each", " and 2 of", "the other's"};
        for (size_t i = 0; i < sizeof twice / sizeof *twice; i++) {
            if (strstr(figure->title.s, twice[i]) || strstr(figure->detail.s, twice[i]))
                fail_msg("%s: %s\n%s", figure_name((enum figure_id)id), figure->title.s, figure->detail.s);
        }
        if (strstr(figure->script.s, THEME_WITHOUT)) fail_msg("%s has the colour of a second organisation", figure_name((enum figure_id)id));
    }
    figures_free(&figures);
    fabricate_free(f);
}

static void headlines_do_not_claim_what_chance_explains(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct orgsim_results *r = &f->results;
    struct orgsim_comparison *c = &r->comparison[3 * ORGSIM_METRIC_COUNT];
    c[ORGSIM_METRIC_escalation_recall] = c[ORGSIM_METRIC_decision_debt_weeks] = c[ORGSIM_METRIC_watermelon_weeks] = fabricate_comparison(0.1, 1);
    r->joint_share[0] = 0.10;
    r->joint_share[3] = 0.12;
    r->joint_difference_se[3] = 0.02;
    const enum figure_id pairs[] = {FIGURE_joint, FIGURE_debt, FIGURE_reported, FIGURE_escalation};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) says(f, pairs[i], "no clear difference");
    r->running[r->n_running - 1].ci_low = -1;
    says(f, FIGURE_running, "Not enough to tell the sign");
    r->running[r->n_running - 1].ci_low = 1;
    r->running[r->n_running - 2].ci_low = -1;
    says(f, FIGURE_running, "Just enough to tell the sign");
    fabricate_free(f);
}

/* Every world of the sample is a dot, stands in the strip, or is counted as beyond the axes. */
static void every_world_has_its_place(void **state)
{
    (void)state;
    struct fabricate_shape shape = fabricate_pays;
    shape.never[0] = shape.never[3] = 0.3;
    struct fabricated *f = fabricate(&shape);
    struct figure figure = made(f, FIGURE_joint);
    const char *beyond = strstr(figure.detail.s, " dots lie beyond");
    assert_non_null(beyond);
    while (beyond[-1] >= '0' && beyond[-1] <= '9') beyond--;
    size_t lines = count(figure.data.s, "\n"), comments = count(figure.data.s, "#"), medians = 2, blanks = 8;
    assert_int_equal(lines - comments - medians - blanks + (size_t)atol(beyond), 2 * FABRICATE_SAMPLE);
    assert_true(strstr(figure.script.s, "\"never\"") != NULL);
    figure_free(&figure);
    fabricate_free(f);
}

static void nothing_to_show_is_shown_too(void **state)
{
    (void)state;
    struct fabricated *f = fabricate(&fabricate_pays);
    struct orgsim_results *r = &f->results;
    r->sample_worlds = r->n_running = r->n_packages = 0;
    r->n_weeks = 1;
    r->headline = 0;
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) r->summary[m] = (struct orgsim_summary){0};
    r->joint_share[0] = 0;
    for (int id = 0; id < FIGURE_COUNT; id++) {
        struct figure figure = made(f, (enum figure_id)id);
        figure_free(&figure);
    }
    says(f, FIGURE_running, "no second organisation");
    says(f, FIGURE_packages, "No program finishes");
    says(f, FIGURE_escalation, "Nothing needed more than the team");
    fabricate_free(f);
}

static void pictures_are_small_and_described(void **state)
{
    (void)state;
    if (access("/usr/bin/gnuplot", X_OK) != 0) skip();
    struct fabricated *f = fabricate(&fabricate_pays);
    struct finding finding;
    struct figures figures = {0};
    struct orgsim_where where = {0};
    finding_of(&finding, &f->scenario, &f->results, false);
    assert_int_equal(figures_write(&figures, &finding, "footnote", "drawn", true, NULL, &where), 0);
    for (int id = 0; id < FIGURE_COUNT; id++) {
        assert_true(figures.svg[id].n < 60000);
        assert_non_null(strstr(figures.svg[id].s, "role=\"img\""));
    }
    const char *joint = figures.svg[FIGURE_joint].s;
    assert_true(count(joint, "h0M") > 2 * FABRICATE_SAMPLE * 9 / 10);
    figures_free(&figures);
    fabricate_free(f);
}

static void clouds_of_dots_become_paths(void **state)
{
    (void)state;
    struct text svg = {0};
    svg_tidy(&svg,
             "<svg width=\"9\"><title>Gnuplot</title><desc>x</desc>"
             "<use xlink:href='#gpPt6' transform='translate(1.04,2.06) scale(0.90)' color='red'/>\n\t"
             "<use xlink:href='#gpPt6' transform='translate(3.00,4.00) scale(0.90)' color='red'/>\n\t"
             "<use xlink:href='#gpPt6' transform='translate(5.00,6.00) scale(0.90)' color='blue'/></svg>",
             "x", "title", "detail");
    assert_false(svg.failed);
    assert_non_null(strstr(svg.s, "stroke='red' stroke-linecap='round'"));
    assert_non_null(strstr(svg.s, "d='M1 2.1h0M3 4h0'/>"));
    assert_non_null(strstr(svg.s, "<use xlink:href='#x_gpPt6' transform='translate(5.00,6.00) scale(0.90)' color='blue'/>"));
    text_free(&svg);
}

static void panels_map_units_to_pixels(void **state)
{
    (void)state;
    const struct figure_panel linear = {.left = 100, .right = 300, .top = 50, .bottom = 250, .x0 = 10, .x1 = 20, .y0 = -1, .y1 = 1},
                              log = {.left = 100, .right = 300, .top = 50, .bottom = 250, .x0 = 10, .x1 = 1000, .y1 = 1, .log = true};
    assert_true(fabs(figure_panel_x(&linear, 15) - 200) < 1e-9);
    assert_true(fabs(figure_panel_y(&linear, 0.5) - 100) < 1e-9);
    assert_true(fabs(figure_panel_x(&log, 100) - 200) < 1e-9);
    struct text gp = {0};
    figure_panel_map(&gp, &linear, 1);
    assert_non_null(strstr(gp.s, "X1(v) = 100 + (300 - 100) * (hold(v, 10, 20) - (10)) / (20 - (10))"));
    text_free(&gp);
}

/* The gallery of the source tree shows each figure, and the text beside it says which. */
static void the_gallery_is_complete(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    char *readme = NULL, *svg = NULL, path[1024];
    size_t n;
    assert_int_equal(file_read(ORGSIM_SOURCE "/results/README.md", (size_t)1 << 20, &readme, &n, &where), 0);
    for (int id = 0; id < FIGURE_COUNT; id++) {
        snprintf(path, sizeof path, "](gallery/%s.svg)", figure_name((enum figure_id)id));
        assert_non_null(strstr(readme, path));
        assert_non_null(strstr(readme, figure_question((enum figure_id)id)));
        snprintf(path, sizeof path, "%s/results/gallery/%s.svg", ORGSIM_SOURCE, figure_name((enum figure_id)id));
        assert_int_equal(file_read(path, 60000, &svg, &n, &where), 0);
        assert_non_null(strstr(svg, "role=\"img\""));
        memory_free(svg);
    }
    memory_free(readme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headlines_follow_the_numbers),
        cmocka_unit_test(headlines_are_true_when_nothing_differs),
        cmocka_unit_test(one_organisation_stands_alone),
        cmocka_unit_test(headlines_do_not_claim_what_chance_explains),
        cmocka_unit_test(every_world_has_its_place),
        cmocka_unit_test(nothing_to_show_is_shown_too),
        cmocka_unit_test(pictures_are_small_and_described),
        cmocka_unit_test(clouds_of_dots_become_paths),
        cmocka_unit_test(panels_map_units_to_pixels),
        cmocka_unit_test(the_gallery_is_complete),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
