/* test_claims.c: sentences, table, CSV and figures of claims that no engine measured */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>

#include "report/claims.h"

enum { ROWS = 12 };

static struct orgsim_claim_row row_of(enum orgsim_claim claim, enum orgsim_claim_verdict verdict, double mean, double half)
{
    return (struct orgsim_claim_row){.claim = claim, .what = "net value, against another", .unit = "k", .first = "tpm", .second = "costume", .first_settings = "",
                                     .second_settings = "kappa=0,zeta=0", .sign = 1, .first_level = 1000 * mean + 500, .second_level = 500,
                                     .difference = {1000 * mean, 1000 * (mean - half), 1000 * (mean + half)}, .size = {mean, mean - half, mean + half},
                                     .least = 0.01, .n = 64, .verdict = verdict};
}

static struct orgsim_claim_row point_of(unsigned teams, double density, double mean)
{
    struct orgsim_claim_row row = row_of(ORGSIM_CLAIM_size, ORGSIM_CLAIM_SHOWN, mean, 0.01);
    row.sign = 0;
    row.teams = teams;
    row.density = density;
    return row;
}

/* One claim of each kind that a sentence must tell apart, and a curve that crosses between 1 and 2 teams, and between 2 and 4. */
struct made {
    struct orgsim_scenario scenario;
    struct orgsim_claim_row row[ROWS];
    struct orgsim_claims claims;
    struct claims_report report;
};

static void make(struct made *m)
{
    *m = (struct made){.scenario = {.settings = {.name = "Made"}}};
    m->row[0] = row_of(ORGSIM_CLAIM_judgment, ORGSIM_CLAIM_HOLDS, 0.08, 0.02);
    m->row[1] = row_of(ORGSIM_CLAIM_judgment, ORGSIM_CLAIM_SMALLER, 0.004, 0.002);
    m->row[2] = row_of(ORGSIM_CLAIM_judgment, ORGSIM_CLAIM_FAILS, -0.05, 0.02);
    m->row[3] = row_of(ORGSIM_CLAIM_judgment, ORGSIM_CLAIM_UNDECIDED, 0.01, 0.02);
    m->row[4] = row_of(ORGSIM_CLAIM_focus, ORGSIM_CLAIM_SAME, 0, 0);
    m->row[5] = row_of(ORGSIM_CLAIM_debt, ORGSIM_CLAIM_HOLDS, 1.5, 0.5);
    m->row[5].given = true;
    m->row[6] = point_of(1, 0, -0.09);
    m->row[7] = point_of(2, 0.25, -0.02);
    m->row[8] = point_of(4, 0.25, 0.03);
    m->row[9] = point_of(2, 1.2, 0.04);
    m->row[10] = point_of(4, 1.2, 0.05);
    m->row[11] = row_of(ORGSIM_CLAIM_size, ORGSIM_CLAIM_HOLDS, 0.05, 0.01);
    m->claims = (struct orgsim_claims){.n = ROWS, .row = m->row, .worlds = 64};
    for (int c = 0; c < ORGSIM_CLAIM_COUNT; c++) m->claims.verdict[c] = ORGSIM_CLAIM_UNTESTED;
    m->claims.verdict[ORGSIM_CLAIM_judgment] = ORGSIM_CLAIM_PARTLY;
    m->claims.verdict[ORGSIM_CLAIM_focus] = ORGSIM_CLAIM_SAME;
    m->claims.verdict[ORGSIM_CLAIM_debt] = m->claims.verdict[ORGSIM_CLAIM_size] = ORGSIM_CLAIM_HOLDS;
    m->report = (struct claims_report){.scenario = &m->scenario, .claims = &m->claims, .seed = 1, .command = "orgsim claims made"};
}

static void has(const struct text *text, const char *words)
{
    if (!text->s || !strstr(text->s, words)) fail_msg("lacks \"%s\":\n%s", words, text->s ? text->s : "");
}

static void lacks(const struct text *text, const char *words)
{
    if (text->s && strstr(text->s, words)) fail_msg("has \"%s\":\n%s", words, text->s);
}

static void an_answer_tells_small_from_none_from_open(void **state)
{
    (void)state;
    struct made m;
    struct text text = {0};
    make(&m);
    claims_answer(&text, &m.report);
    has(&text, "Of 9 claims 2 hold, 1 shows no difference, 1 holds in part, 5 are not tested here");
    has(&text, "holds in part: 1 of 4 measurements as claimed, 1 the other way, 1 smaller than asked, 1 undecided");
    has(&text, "no difference: 0 of 1 measurements as claimed, 1 without any difference");
    has(&text, "0 in every world");
    has(&text, "1 of 1 measurements as claimed (1 of them only in size");
    has(&text, "+8.0 (+6.0 to +10.0)% of the budget");
    has(&text, "of 7 measurements in 9 claims");
    lacks(&text, "shown");
    text_free(&text);
}

static void the_sentence_of_sizes_says_where_it_crosses(void **state)
{
    (void)state;
    struct made m;
    struct text text = {0};
    make(&m);
    assert_true(claims_teams_sentence(&text, &m.claims));
    has(&text, "With few dependencies (0.25 a package) it pays from 4 teams on, and costs more than it brings up to 2 teams.");
    has(&text, "With many dependencies (1.2 a package) it pays from 2 teams on, and costs more than it brings at 1 team.");
    has(&text, "Sizes tried: 1, 2, 4 teams");
    text_free(&text);
    m.row[8].difference.ci_low = -1; /* no longer sure at the largest */
    assert_true(claims_teams_sentence(&text, &m.claims));
    has(&text, "With few dependencies (0.25 a package) it surely pays at no size up to the largest tried");
    text_free(&text);
    m.claims.n = 6;
    assert_false(claims_teams_sentence(&text, &m.claims));
    assert_true(text.n == 0);
    text_free(&text);
}

static void files_hold_what_was_changed_and_the_curve(void **state)
{
    (void)state;
    struct made m;
    struct text csv = {0}, teams = {0}, json = {0};
    json_error_t error;
    make(&m);
    claims_csv(&csv, &m.report);
    has(&csv, "claim,what,unit,first,second,claimed,first_level,second_level,difference,ci_low,ci_high,verdict,first_settings,second_settings,");
    has(&csv, "judgment,\"net value, against another\",k,tpm,costume,higher,580,500,80,60,100,holds,,\"kappa=0,zeta=0\",no,,,budget,0.08,");
    has(&csv, ",no difference,");
    claims_teams_csv(&teams, &m.claims);
    has(&teams, "teams,density,npv_k,ci_low,ci_high,share_of_budget,share_low,share_high,programs\n1,0,-90,");
    size_t lines = 0;
    for (const char *s = teams.s; *s; s++) lines += *s == '\n';
    assert_int_equal(lines, 6);
    assert_int_equal(claims_json(&json, &m.report), 0);
    json_t *root = json_loads(json.s, 0, &error);
    assert_non_null(root);
    json_t *first = json_array_get(json_object_get(json_array_get(json_object_get(root, "claims"), 0), "measurements"), 0);
    assert_true(fabs(json_number_value(json_object_get(first, "share")) - 0.08) < 1e-12 && json_number_value(json_object_get(first, "to_beat")) == 0.01);
    assert_string_equal(json_string_value(json_object_get(first, "second_settings")), "kappa=0,zeta=0");
    json_decref(root);
    text_free(&csv);
    text_free(&teams);
    text_free(&json);
}

/* Effects in one unit, not multiples of their own error; what the axis cannot hold is marked and told. */
static void figures_show_sizes_and_say_what_is_beyond(void **state)
{
    (void)state;
    struct made m;
    struct figure judgment = {0}, debt = {0}, teams = {0};
    make(&m);
    claims_figure(&judgment, &m.report, ORGSIM_CLAIM_judgment, "claim-judgment");
    has(&judgment.data, "\n8 6 10 3.5\n");
    has(&judgment.data, "\n-5 -7 -3 1.5\n");
    lacks(&judgment.script, "beyond the edge");
    has(&judgment.script, "% of the budget");
    claims_figure(&debt, &m.report, ORGSIM_CLAIM_debt, "claim-debt");
    has(&debt.script, "1 beyond the edge");
    has(&debt.script, "* sign by construction");
    has(&debt.data, "\n150 100 200 0.5\n"); /* the data are whole */
    assert_true(claims_teams_figure(&teams, &m.report, "teams"));
    has(&teams.title, "pays from 2 teams on with many dependencies, from 4 teams on with few");
    has(&teams.data, " -9 -10 -8\n");
    assert_false(figure_failed(&judgment) || figure_failed(&debt) || figure_failed(&teams));
    figure_free(&judgment);
    figure_free(&debt);
    figure_free(&teams);
}

/* Doubling the worlds halves no dot: what is drawn depends on the size alone. */
static void a_dot_does_not_move_with_its_interval(void **state)
{
    (void)state;
    struct made m;
    struct figure wide = {0}, narrow = {0};
    make(&m);
    claims_figure(&wide, &m.report, ORGSIM_CLAIM_judgment, "claim-judgment");
    for (size_t r = 0; r < 4; r++) m.row[r].size.ci_low += 0.001, m.row[r].size.ci_high -= 0.001;
    claims_figure(&narrow, &m.report, ORGSIM_CLAIM_judgment, "claim-judgment");
    has(&wide.data, "\n8 6 10 3.5\n");
    has(&narrow.data, "\n8 6.1 9.9 3.5\n");
    figure_free(&wide);
    figure_free(&narrow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_answer_tells_small_from_none_from_open), cmocka_unit_test(the_sentence_of_sizes_says_where_it_crosses),
                                       cmocka_unit_test(files_hold_what_was_changed_and_the_curve), cmocka_unit_test(figures_show_sizes_and_say_what_is_beyond),
                                       cmocka_unit_test(a_dot_does_not_move_with_its_interval)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
