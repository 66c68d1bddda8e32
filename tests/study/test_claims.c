/* test_claims.c: measurements against the run's own comparisons, verdicts from their intervals, and what a scenario cannot test */
#include "study/lived.h"

#include <orgsim/claims.h>

#include "scenario/scenario.h"

enum { WORLDS = 256 };

static void measure(const struct orgsim_scenario *scenario, size_t threads, struct orgsim_claims *claims)
{
    struct orgsim_run_options options = {.seed = 1, .worlds = WORLDS, .threads = threads, .precision_metric = -1};
    struct orgsim_where where = {0};
    int status = orgsim_claims(scenario, &options, claims, &where);
    if (status) print_error("%s; %s\n", where.what, where.todo);
    assert_int_equal(status, 0);
    assert_true(claims->n > 20 && claims->worlds == WORLDS);
}

static const struct orgsim_claim_row *row_of(const struct orgsim_claims *claims, const char *what)
{
    for (size_t r = 0; r < claims->n; r++)
        if (!strcmp(claims->row[r].what, what)) return &claims->row[r];
    fail_msg("no measurement \"%s\"", what);
    return NULL;
}

static void a_measurement_is_the_comparison_of_a_run(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    struct orgsim_results results = {0};
    struct orgsim_where where = {0};
    size_t arms[3];
    measure(scenario, 2, &claims);
    lived_arms(scenario, "coordinator tpm costume", arms);
    struct orgsim_run_options options = lived_options(arms, 3, WORLDS);
    assert_int_equal(orgsim_run(scenario, &options, &results, &where), 0);
    const struct orgsim_comparison *run = &results.comparison[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
    const struct orgsim_claim_row *row = row_of(&claims, "net value, against a coordinator");
    assert_true(fabs(row->difference.mean - run->mean_difference) < 1e-6 * (1 + fabs(run->mean_difference)));
    double half = (run->ci_high - run->ci_low) / 2;
    assert_true(fabs((row->difference.ci_high - row->difference.ci_low) / 2 - half) < 0.01 * half);
    assert_true(fabs(row->first_level - results.summary[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].mean) < 1e-6 * fabs(row->first_level));
    orgsim_results_free(&results);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* Every verdict follows from its interval; every claim's from its measurements; threads change nothing. */
static void verdicts_follow_from_intervals(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0}, again = {0};
    measure(scenario, 1, &claims);
    measure(scenario, 3, &again);
    size_t n[ORGSIM_CLAIM_COUNT][ORGSIM_CLAIM_UNTESTED + 1] = {{0}};
    for (size_t r = 0; r < claims.n; r++) {
        const struct orgsim_claim_row *row = &claims.row[r];
        assert_memory_equal(&row->difference, &again.row[r].difference, sizeof row->difference);
        bool above = row->difference.ci_low > 0, below = row->difference.ci_high < 0;
        enum orgsim_claim_verdict expected = isnan(row->difference.mean)             ? ORGSIM_CLAIM_UNTESTED
                                             : !above && !below                      ? ORGSIM_CLAIM_UNDECIDED
                                             : (row->sign > 0 ? above : below)       ? ORGSIM_CLAIM_HOLDS
                                                                                     : ORGSIM_CLAIM_FAILS;
        assert_int_equal(row->verdict, expected);
        n[row->claim][expected]++;
    }
    for (int c = 0; c < ORGSIM_CLAIM_COUNT; c++) {
        if (claims.verdict[c] == ORGSIM_CLAIM_HOLDS) assert_true(n[c][ORGSIM_CLAIM_HOLDS] > 0 && !n[c][ORGSIM_CLAIM_FAILS] && !n[c][ORGSIM_CLAIM_UNDECIDED]);
        assert_int_equal(claims.verdict[c] == ORGSIM_CLAIM_FAILS, n[c][ORGSIM_CLAIM_FAILS] > 0 && !n[c][ORGSIM_CLAIM_HOLDS]);
        assert_int_equal(claims.verdict[c] == ORGSIM_CLAIM_PARTLY, n[c][ORGSIM_CLAIM_FAILS] > 0 && n[c][ORGSIM_CLAIM_HOLDS] > 0);
        if (claims.verdict[c] == ORGSIM_CLAIM_UNTESTED) assert_int_equal(n[c][ORGSIM_CLAIM_HOLDS] + n[c][ORGSIM_CLAIM_FAILS] + n[c][ORGSIM_CLAIM_UNDECIDED], 0);
    }
    orgsim_claims_free(&claims);
    orgsim_claims_free(&again);
    orgsim_scenario_free(scenario);
}

/* With the levers of every delivery seat off, nothing is left of what is said of judgment. */
static void a_claim_can_fail(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    struct orgsim_where where = {0};
    struct orgsim_run_options options = {.seed = 1, .worlds = WORLDS, .threads = 2, .precision_metric = -1, .levers_off = (1U << ORGSIM_LEVER_COUNT) - 1};
    assert_int_equal(orgsim_claims(scenario, &options, &claims, &where), 0);
    assert_int_not_equal(claims.verdict[ORGSIM_CLAIM_judgment], ORGSIM_CLAIM_HOLDS);
    assert_int_not_equal(claims.verdict[ORGSIM_CLAIM_focus], ORGSIM_CLAIM_HOLDS);
    assert_true(row_of(&claims, "lead of noticing a risk, against a costume")->difference.mean == 0);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* An organisation that the scenario lacks leaves its measurements untested, and no other. */
static void what_is_missing_is_not_tested(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    char renamed[] = "someone", *kept = scenario->arms[lived_arm(scenario, "costume")].id;
    size_t costume = lived_arm(scenario, "costume");
    scenario->arms[costume].id = renamed;
    measure(scenario, 2, &claims);
    assert_int_equal(claims.verdict[ORGSIM_CLAIM_costume], ORGSIM_CLAIM_UNTESTED);
    assert_int_equal(claims.verdict[ORGSIM_CLAIM_voice], ORGSIM_CLAIM_UNTESTED);
    assert_int_not_equal(claims.verdict[ORGSIM_CLAIM_focus], ORGSIM_CLAIM_UNTESTED);
    scenario->arms[costume].id = kept;
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

static void too_few_or_too_many_worlds_are_refused(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    const uint64_t worlds[] = {0, 1, ORGSIM_CLAIMS_WORLDS_MOST + 1};
    for (size_t k = 0; k < 3; k++) {
        struct orgsim_claims claims = {0};
        struct orgsim_where where = {0};
        struct orgsim_run_options options = {.seed = 1, .worlds = worlds[k], .threads = 1, .precision_metric = -1};
        assert_int_equal(orgsim_claims(scenario, &options, &claims, &where), ORGSIM_ERROR_USAGE);
        assert_true(where.what[0] && where.todo[0] && claims.n == 0);
        orgsim_claims_free(&claims);
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_measurement_is_the_comparison_of_a_run), cmocka_unit_test(verdicts_follow_from_intervals),
                                       cmocka_unit_test(a_claim_can_fail), cmocka_unit_test(what_is_missing_is_not_tested),
                                       cmocka_unit_test(too_few_or_too_many_worlds_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
