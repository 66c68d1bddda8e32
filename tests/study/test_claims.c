/* test_claims.c: measurements against runs and points lived apart, verdicts from their sizes, and what a scenario cannot test */
#include "study/lived.h"

#include <gsl/gsl_cdf.h>

#include <orgsim/claims.h>

#include "scenario/scenario.h"
#include "study/point.h"

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

/* Of rows of that claim that something is claimed by and that were tested. */
static int family_of(const struct orgsim_claims *claims, enum orgsim_claim claim)
{
    int n = 0;
    for (size_t r = 0; r < claims->n; r++) n += claims->row[r].claim == claim && claims->row[r].sign != 0 && claims->row[r].verdict != ORGSIM_CLAIM_UNTESTED;
    return n;
}

static bool near(double x, double expected, double share) { return fabs(x - expected) <= share * (1e-9 + fabs(expected)); }

static double half_of(const struct orgsim_estimate *e) { return (e->ci_high - e->ci_low) / 2; }

/* The run's mean; its interval, made as wide as all of the claim need; its share of the budget. */
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
    assert_true(near(row->difference.mean, run->mean_difference, 1e-5));
    assert_true(near(row->first_level, results.summary[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].mean, 1e-5));
    int family = family_of(&claims, ORGSIM_CLAIM_judgment);
    assert_true(family > 4);
    assert_true(near(half_of(&row->difference), run->se * gsl_cdf_tdist_Pinv(1 - 0.025 / family, WORLDS - 1), 1e-3));
    assert_true(half_of(&row->difference) > 1.2 * (run->ci_high - run->ci_low) / 2);
    assert_int_equal(row->scale, ORGSIM_CLAIM_OF_BUDGET);
    assert_true(near(row->size.mean, row->difference.mean / results.budget_k, 1e-6) && near(row->size.ci_low, row->difference.ci_low / results.budget_k, 1e-6));
    orgsim_results_free(&results);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* One thing at a time: the level of the changed organisation is that of a run in which nothing else was set. */
static void one_thing_at_a_time(void **state)
{
    (void)state;
    static const struct { const char *setting, *what; } alone[] = {{"tpm.tpm.judgment=0.35", "net value, only judgment lowered, to the coordinator's"},
                                                                   {"tpm.tpm.empowerment=0.15", "net value, only empowerment lowered, to the costume's"},
                                                                   {"tpm.tpm.admin_share=0.75", "net value, only more administration, the costume's"},
                                                                   {"tpm.tpm.outcome_evaluated=0.1", "net value, only judged by hygiene, as the costume"}};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    measure(scenario, 2, &claims);
    for (size_t k = 0; k < sizeof alone / sizeof *alone; k++) {
        char path[1024];
        struct orgsim_results results = {0};
        struct orgsim_where where = {0};
        size_t arms[2];
        snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
        struct orgsim_scenario *set = lived_scenario_at(path, &alone[k].setting, 1);
        lived_arms(set, "none tpm", arms);
        struct orgsim_run_options options = lived_options(arms, 2, WORLDS);
        assert_int_equal(orgsim_run(set, &options, &results, &where), 0);
        const struct orgsim_claim_row *row = row_of(&claims, alone[k].what);
        assert_string_equal(row->second_settings, alone[k].setting);
        assert_true(near(row->second_level, results.summary[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].mean, 1e-5));
        orgsim_results_free(&results);
        orgsim_scenario_free(set);
    }
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* Hours a week where both complete, not hours in all: those fall with every week by which a program ends sooner. */
static void hours_are_counted_by_the_week(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    size_t arms[2];
    measure(scenario, 2, &claims);
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, WORLDS);
    struct lived lived = {0};
    lived_run(&lived, scenario, &options);
    const struct orgsim_claim_row *row = row_of(&claims, "coordination of engineering managers");
    double sum[2] = {0}, total[2] = {0};
    size_t n = 0;
    for (size_t w = 0; w < WORLDS; w++) {
        bool complete = lived_completes(&lived, 0, w) && lived_completes(&lived, 1, w);
        for (size_t a = 0; a < 2; a++) {
            double hours = (double)lived_column(&lived, a, ORGSIM_METRIC_coordination_em_h)[w];
            total[a] += hours;
            if (complete) sum[a] += hours / (double)lived_column(&lived, a, ORGSIM_METRIC_finish_week)[w];
        }
        n += complete;
    }
    assert_true(n > WORLDS / 2 && n < WORLDS && row->n == n);
    assert_true(near(row->first_level, sum[1] / (double)n, 1e-5) && near(row->second_level, sum[0] / (double)n, 1e-5));
    assert_true(near(row->size.mean, (sum[1] - sum[0]) / sum[0], 1e-5));
    assert_true(row->size.mean > (total[1] - total[0]) / total[0] + 0.01); /* what duration would have added */
    lived_free(&lived);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* A size is the mean over generated programs, each lived in worlds of its own; its interval is that between programs. */
static void a_size_is_many_programs(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    struct orgsim_where where = {0};
    struct points points = {0};
    struct moments programs = {0}, shares = {0};
    size_t arms[2];
    measure(scenario, 2, &claims);
    lived_arms(scenario, "pm_strategic both", arms);
    struct orgsim_run_options options = lived_options(arms, 2, WORLDS / ORGSIM_CLAIMS_PROGRAMS);
    static const char *const names[] = {"shape.teams", "shape.density", "J_em", "shape.seed"};
    struct point_setting settings[4] = {{.value = 6}, {.value = 1.2}, {.value = 0.65}};
    for (size_t k = 0; k < 4; k++) assert_int_equal(target_find(scenario, names[k], &settings[k].target, &where), 0);
    assert_int_equal(points_open(&points, scenario, &options, &where), 0);
    for (size_t program = 0; program < ORGSIM_CLAIMS_PROGRAMS; program++) {
        struct moments difference;
        settings[3].value = (double)program + 1;
        points.first_world = program * ORGSIM_BLOCK_WORLDS;
        assert_int_equal(point_difference(&points, settings, 4, &difference, &where), 0);
        moments_add(&programs, difference.mean);
        moments_add(&shares, difference.mean / points.budget_k);
    }
    const struct orgsim_claim_row *row = row_of(&claims, "the same, 6 teams with many dependencies");
    assert_int_equal(row->n, ORGSIM_CLAIMS_PROGRAMS);
    assert_true(near(row->difference.mean, programs.mean, 1e-5) && near(row->size.mean, shares.mean, 1e-5));
    double t = gsl_cdf_tdist_Pinv(1 - 0.025 / family_of(&claims, ORGSIM_CLAIM_size), ORGSIM_CLAIMS_PROGRAMS - 1);
    assert_true(near(half_of(&row->size), t * moments_se(&shares), 1e-4));
    points_close(&points);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* The curve begins at one team, and its points are those of the claim with an interval of their own. */
static void the_curve_begins_at_one_team(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    measure(scenario, 2, &claims);
    size_t points = 0, ones = 0;
    for (size_t r = 0; r < claims.n; r++) {
        const struct orgsim_claim_row *row = &claims.row[r], *tested = row_of(&claims, "the same, 12 teams with many dependencies");
        if (row->verdict != ORGSIM_CLAIM_SHOWN) continue;
        assert_true(row->sign == 0 && row->teams > 0);
        points++;
        ones += row->teams == 1;
        if (row->teams != 12 || row->density != tested->density) continue;
        assert_true(row->size.mean == tested->size.mean && half_of(&row->size) < half_of(&tested->size));
    }
    assert_true(points > 10 && ones == 1);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* Growth is counted in shares of the budget: what is twice as much in a program of twice the money has not grown. */
static void growth_is_in_shares(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    measure(scenario, 2, &claims);
    const struct orgsim_claim_row *small = row_of(&claims, "net value of rigour that stays, 3 teams"), *growth = small + 2;
    assert_true(growth->claim == ORGSIM_CLAIM_rigour && small[1].teams == 12);
    assert_true(near(growth->first_level, small[1].size.mean, 1e-9) && near(growth->second_level, small->size.mean, 1e-9));
    assert_true(near(growth->size.mean, small[1].size.mean - small->size.mean, 1e-9));
    assert_true(small[1].difference.mean / small->difference.mean > 1.5 * small[1].size.mean / small->size.mean); /* the programs differ in money */
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

static enum orgsim_claim_verdict expected_of(const struct orgsim_claim_row *row)
{
    if (isnan(row->difference.mean)) return ORGSIM_CLAIM_UNTESTED;
    if (row->sign == 0) return ORGSIM_CLAIM_SHOWN;
    if (row->difference.mean == 0 && row->difference.ci_low == 0) return ORGSIM_CLAIM_SAME;
    bool share = !isnan(row->size.mean);
    const struct orgsim_estimate *e = share ? &row->size : &row->difference;
    double bar = share ? row->least * row->sign : 0;
    if (row->sign > 0 ? e->ci_low > bar : e->ci_high < bar) return ORGSIM_CLAIM_HOLDS;
    if (row->sign > 0 ? e->ci_high < 0 : e->ci_low > 0) return ORGSIM_CLAIM_FAILS;
    return (row->sign > 0 ? e->ci_high < bar : e->ci_low > bar) ? ORGSIM_CLAIM_SMALLER : ORGSIM_CLAIM_UNDECIDED;
}

/* Every verdict follows from its interval and the size to beat; every claim's from its measurements; threads change nothing. */
static void verdicts_follow_from_sizes(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0}, again = {0};
    measure(scenario, 1, &claims);
    measure(scenario, 3, &again);
    size_t n[ORGSIM_CLAIM_COUNT][ORGSIM_CLAIM_VERDICTS] = {{0}}, all[ORGSIM_CLAIM_VERDICTS] = {0};
    for (size_t r = 0; r < claims.n; r++) {
        const struct orgsim_claim_row *row = &claims.row[r];
        assert_memory_equal(&row->difference, &again.row[r].difference, sizeof row->difference);
        assert_memory_equal(&row->size, &again.row[r].size, sizeof row->size);
        enum orgsim_claim_verdict expected = expected_of(row);
        assert_int_equal(row->verdict, expected);
        n[row->claim][expected]++;
        all[expected]++;
    }
    assert_true(all[ORGSIM_CLAIM_HOLDS] && all[ORGSIM_CLAIM_FAILS] && all[ORGSIM_CLAIM_SMALLER] && all[ORGSIM_CLAIM_UNDECIDED]);
    for (int c = 0; c < ORGSIM_CLAIM_COUNT; c++) {
        size_t holds = n[c][ORGSIM_CLAIM_HOLDS], open = n[c][ORGSIM_CLAIM_UNDECIDED], same = n[c][ORGSIM_CLAIM_SAME];
        size_t against = n[c][ORGSIM_CLAIM_FAILS] + n[c][ORGSIM_CLAIM_SMALLER];
        enum orgsim_claim_verdict expected = holds && against + same ? ORGSIM_CLAIM_PARTLY
                                             : against               ? ORGSIM_CLAIM_FAILS
                                             : open                  ? ORGSIM_CLAIM_UNDECIDED
                                             : same                  ? ORGSIM_CLAIM_SAME
                                             : holds                 ? ORGSIM_CLAIM_HOLDS
                                                                     : ORGSIM_CLAIM_UNTESTED;
        assert_int_equal(claims.verdict[c], expected);
    }
    orgsim_claims_free(&claims);
    orgsim_claims_free(&again);
    orgsim_scenario_free(scenario);
}

/* Two worlds decide nothing that is measured in the scenario's own program, not even what follows from how the model is made. */
static void two_worlds_decide_nothing(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    struct orgsim_where where = {0};
    struct orgsim_run_options options = {.seed = 1, .worlds = 2, .threads = 2, .precision_metric = -1};
    assert_int_equal(orgsim_claims(scenario, &options, &claims, &where), 0);
    size_t given = 0;
    for (size_t r = 0; r < claims.n; r++) {
        given += claims.row[r].given;
        if (claims.row[r].teams == 0) assert_int_not_equal(claims.row[r].verdict, ORGSIM_CLAIM_HOLDS);
    }
    assert_true(given > 4);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* With the levers of every delivery seat off, there is no difference, which is another thing than an open question. */
static void a_claim_can_show_no_difference(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    struct orgsim_where where = {0};
    struct orgsim_run_options options = {.seed = 1, .worlds = WORLDS, .threads = 2, .precision_metric = -1, .levers_off = (1U << ORGSIM_LEVER_COUNT) - 1};
    assert_int_equal(orgsim_claims(scenario, &options, &claims, &where), 0);
    assert_int_equal(claims.verdict[ORGSIM_CLAIM_judgment], ORGSIM_CLAIM_FAILS); /* a coordinator is cheaper */
    assert_int_equal(claims.verdict[ORGSIM_CLAIM_focus], ORGSIM_CLAIM_SAME);
    assert_int_equal(claims.verdict[ORGSIM_CLAIM_rigour], ORGSIM_CLAIM_SAME);
    const struct orgsim_claim_row *row = row_of(&claims, "lead of noticing a risk, against a costume");
    assert_true(row->difference.mean == 0 && row->verdict == ORGSIM_CLAIM_SAME);
    orgsim_claims_free(&claims);
    orgsim_scenario_free(scenario);
}

/* An organisation without the seat that a row sets leaves that row untested. */
static void a_seat_that_is_missing_is_not_set(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_claims claims = {0};
    struct scenario_arm *arm = &scenario->arms[lived_arm(scenario, "coordinator")];
    size_t changed = 0;
    for (size_t k = 0; k < arm->n_seats; k++) {
        if (arm->seats[k].role != ROLE_COORDINATOR) continue;
        arm->seats[k].role = ROLE_TPM;
        changed++;
    }
    assert_true(changed == 1);
    measure(scenario, 2, &claims);
    assert_int_equal(row_of(&claims, "net value, a coordinator with a TPM's judgment")->verdict, ORGSIM_CLAIM_UNTESTED);
    assert_int_not_equal(row_of(&claims, "net value, against a coordinator")->verdict, ORGSIM_CLAIM_UNTESTED);
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
    assert_int_equal(row_of(&claims, "risks that struck")->verdict, ORGSIM_CLAIM_UNTESTED);
    assert_int_not_equal(row_of(&claims, "risks that struck, only empowerment lowered")->verdict, ORGSIM_CLAIM_UNTESTED);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_measurement_is_the_comparison_of_a_run),
                                       cmocka_unit_test(one_thing_at_a_time),
                                       cmocka_unit_test(hours_are_counted_by_the_week),
                                       cmocka_unit_test(a_size_is_many_programs),
                                       cmocka_unit_test(the_curve_begins_at_one_team),
                                       cmocka_unit_test(growth_is_in_shares),
                                       cmocka_unit_test(verdicts_follow_from_sizes),
                                       cmocka_unit_test(two_worlds_decide_nothing),
                                       cmocka_unit_test(a_claim_can_show_no_difference),
                                       cmocka_unit_test(what_is_missing_is_not_tested),
                                       cmocka_unit_test(a_seat_that_is_missing_is_not_set),
                                       cmocka_unit_test(too_few_or_too_many_worlds_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
