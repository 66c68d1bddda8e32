/* test_ignorance.c: every draw against a run of its own, the ranges it obeys, and what is refused */
#include "study/lived.h"

#include <orgsim/ignorance.h>

#include "base/text.h"
#include "scenario/assumptions.h"
#include "scenario/scenario.h"

enum { DRAWS = 24, WORLDS = 130, ARMS = 3 };

static void ask(const struct orgsim_scenario *scenario, size_t threads, struct orgsim_ignorance *ignorance)
{
    size_t arms[ARMS];
    struct orgsim_where where = {0};
    lived_arms(scenario, "none tpm coordinator", arms);
    struct orgsim_run_options options = lived_options(arms, ARMS, 100000);
    options.threads = threads;
    assert_int_equal(orgsim_ignorance(scenario, &options, DRAWS, WORLDS, ignorance, &where), 0);
    assert_true(ignorance->draws == DRAWS && ignorance->impossible == 0 && ignorance->worlds == WORLDS && ignorance->n_arms == ARMS && ignorance->headline == 1);
}

/* The 24 draws, each as a run with --set of all its numbers: the same means. */
static void a_draw_is_a_run_with_its_numbers(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_ignorance ignorance = {0};
    ask(scenario, 2, &ignorance);
    char settings[ASSUMPTION_COUNT][96], digits[TEXT_NUMBER_SIZE], path[1024];
    const char *given[ASSUMPTION_COUNT];
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    for (size_t k = 0; k < DRAWS; k += 11) {
        for (size_t p = 0; p < ignorance.n_parameters; p++) {
            snprintf(settings[p], sizeof settings[p], "%s=%s", ignorance.parameter[p], text_of_double(digits, ignorance.value[k * ignorance.n_parameters + p]));
            given[p] = settings[p];
        }
        struct orgsim_scenario *one = lived_scenario_at(path, given, ignorance.n_parameters);
        struct orgsim_results results = {0};
        struct orgsim_where where = {0};
        size_t arms[ARMS];
        lived_arms(one, "none tpm coordinator", arms);
        struct orgsim_run_options options = lived_options(arms, ARMS, WORLDS);
        assert_int_equal(orgsim_run(one, &options, &results, &where), 0);
        for (size_t a = 0; a < ARMS; a++)
            for (int m = 0; m < ORGSIM_IGNORANCE_METRIC_COUNT; m++) {
                double expected = results.summary[a * ORGSIM_METRIC_COUNT + (size_t)orgsim_ignorance_metric((enum orgsim_ignorance_metric)m)].mean;
                double found = ignorance.mean[(k * ARMS + a) * ORGSIM_IGNORANCE_METRIC_COUNT + (size_t)m];
                if (fabs(found - expected) > 1e-9 * (1 + fabs(expected))) fail_msg("draw %zu, arm %zu, metric %d: %.12g, not %.12g", k, a, m, found, expected);
            }
        orgsim_results_free(&results);
        orgsim_scenario_free(one);
    }
    orgsim_ignorance_free(&ignorance);
    orgsim_scenario_free(scenario);
}

static void shares_and_ranges_follow_from_the_draws(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_ignorance ignorance = {0}, again = {0};
    ask(scenario, 1, &ignorance);
    ask(scenario, 3, &again);
    for (size_t a = 0; a < ARMS; a += 2) {
        const struct orgsim_ignorance_pair *pair = &ignorance.pair[a];
        double pays = 0, sum = 0;
        for (size_t k = 0; k < DRAWS; k++) {
            const double *mean = ignorance.mean + k * ARMS * ORGSIM_IGNORANCE_METRIC_COUNT + ORGSIM_IGNORANCE_npv_k;
            double difference = mean[ORGSIM_IGNORANCE_METRIC_COUNT] - mean[a * ORGSIM_IGNORANCE_METRIC_COUNT];
            pays += difference > 0;
            sum += difference;
        }
        assert_true(pair->pays_share == pays / DRAWS && pair->pays_low <= pair->pays_share && pair->pays_high >= pair->pays_share);
        assert_true(fabs(pair->npv_k.mean - sum / DRAWS) < 0.01 && pair->npv_k.p10 < pair->npv_k.p50 && pair->npv_k.p50 < pair->npv_k.p90);
        assert_true(pair->pays_surely_share <= pair->pays_share && pair->pays_surely_share + pair->costs_surely_share <= 1);
        assert_true(pair->ignorance_variance > 0 && pair->luck_variance > 0 && pair->both_variance > 0 && pair->simulation_se > 0);
    }
    assert_memory_equal(ignorance.mean, again.mean, DRAWS * ARMS * ORGSIM_IGNORANCE_METRIC_COUNT * sizeof *again.mean);
    assert_memory_equal(ignorance.pair, again.pair, ARMS * sizeof *again.pair);
    orgsim_ignorance_free(&ignorance);
    orgsim_ignorance_free(&again);
    orgsim_scenario_free(scenario);
}

/* What is said of the draws as late as published programs follows from exactly those draws. */
static void draws_as_published_are_those_that_slip_so(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_ignorance ignorance = {0};
    ask(scenario, 2, &ignorance);
    double pays = 0, sum = 0, level = 0;
    uint64_t n = 0;
    for (size_t k = 0; k < DRAWS; k++) {
        const double *none = ignorance.mean + k * ARMS * ORGSIM_IGNORANCE_METRIC_COUNT, *tpm = none + ORGSIM_IGNORANCE_METRIC_COUNT;
        if (none[ORGSIM_IGNORANCE_slip] < 0.1 || none[ORGSIM_IGNORANCE_slip] > 0.6) continue;
        double difference = tpm[ORGSIM_IGNORANCE_npv_k] - none[ORGSIM_IGNORANCE_npv_k];
        pays += difference > 0;
        sum += difference;
        level += tpm[ORGSIM_IGNORANCE_npv_k];
        n++;
    }
    const struct orgsim_ignorance_pair *pair = &ignorance.pair[0];
    assert_in_range(n, 2, DRAWS - 1); /* else this test says nothing */
    assert_true(ignorance.published == n && pair->published_share == pays / (double)n);
    assert_true(pair->published_low <= pair->published_share && pair->published_share <= pair->published_high);
    assert_true(fabs(pair->published_npv_k.mean - sum / (double)n) < 0.01);
    assert_true(fabs(ignorance.published_range[ORGSIM_IGNORANCE_METRIC_COUNT + ORGSIM_IGNORANCE_npv_k].mean - level / (double)n) < 0.01);
    orgsim_ignorance_free(&ignorance);
    orgsim_scenario_free(scenario);
}

/* Published programs have no delivery seat, so a baseline with one is not held against them; and nothing is held against itself. */
static void a_baseline_with_a_seat_is_no_published_program(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_ignorance ignorance = {0};
    struct orgsim_where where = {0};
    size_t arms[ARMS];
    lived_arms(scenario, "coordinator tpm none", arms);
    struct orgsim_run_options options = lived_options(arms, ARMS, 100000);
    options.baseline = arms[0];
    assert_int_equal(orgsim_ignorance(scenario, &options, DRAWS, 16, &ignorance, &where), 0);
    assert_true(ignorance.published == 0 && isnan(ignorance.pair[0].published_share) && isnan(ignorance.published_range[0].mean));
    orgsim_ignorance_free(&ignorance);
    options.baseline = arms[1];
    assert_int_equal(orgsim_ignorance(scenario, &options, DRAWS, 16, &ignorance, &where), 0);
    assert_true(ignorance.headline == SIZE_MAX && ignorance.draws == DRAWS);
    orgsim_ignorance_free(&ignorance);
    orgsim_scenario_free(scenario);
}

/* All parameters are drawn, none leaves its range, and what the user set is known. */
static void draws_obey_ranges_and_settings(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    const char *settings[] = {"h_seat=1"};
    struct orgsim_scenario *scenario = lived_scenario("startup"), *told = lived_scenario_at(path, settings, 1);
    struct orgsim_ignorance all = {0}, less = {0};
    ask(scenario, 2, &all);
    ask(told, 2, &less);
    assert_true(all.n_parameters == ASSUMPTION_COUNT && less.n_parameters == ASSUMPTION_COUNT - 1);
    for (size_t p = 0; p < all.n_parameters; p++) {
        int k = assumption_find(all.parameter[p]);
        double low = scenario->assumption_low[k], high = scenario->assumption_high[k], least = INFINITY, most = -INFINITY;
        for (size_t d = 0; d < DRAWS; d++) {
            least = fmin(least, all.value[d * all.n_parameters + p]);
            most = fmax(most, all.value[d * all.n_parameters + p]);
        }
        double slack = 1e-9 * (1 + fabs(high));
        if (least < low - slack || most > high + slack || most - least < 0.3 * (high - low))
            fail_msg("%s was drawn from %g to %g, its range is %g to %g", all.parameter[p], least, most, low, high);
    }
    for (size_t p = 0; p < less.n_parameters; p++) assert_string_not_equal(less.parameter[p], "h_seat");
    orgsim_ignorance_free(&all);
    orgsim_ignorance_free(&less);
    orgsim_scenario_free(scenario);
    orgsim_scenario_free(told);
}

/* Nothing unknown: every draw is the same, and all variance is luck. */
static void who_knows_everything_is_not_ignorant(void **state)
{
    (void)state;
    char settings[ASSUMPTION_COUNT][96], digits[TEXT_NUMBER_SIZE], path[1024];
    const char *given[ASSUMPTION_COUNT];
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    for (int k = 0; k < ASSUMPTION_COUNT; k++) {
        snprintf(settings[k], sizeof settings[k], "%s=%s", assumption_table[k].name, text_of_double(digits, assumption_table[k].default_value));
        given[k] = settings[k];
    }
    struct orgsim_scenario *scenario = lived_scenario_at(path, given, ASSUMPTION_COUNT);
    struct orgsim_ignorance ignorance = {0};
    ask(scenario, 2, &ignorance);
    assert_true(ignorance.n_parameters == 0 && ignorance.pair[0].ignorance_variance == 0 && ignorance.pair[0].luck_variance > 0);
    assert_true(ignorance.pair[0].both_variance <= 1e-6 * ignorance.pair[0].luck_variance);
    assert_true(ignorance.pair[0].pays_share == 0 || ignorance.pair[0].pays_share == 1);
    orgsim_ignorance_free(&ignorance);
    orgsim_scenario_free(scenario);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    size_t arms[2];
    lived_arms(scenario, "none tpm", arms);
    const struct { uint64_t draws, worlds; int frictionless; const char *what; } cases[] = {
        {19, 0, 0, "19 draws"}, {10001, 0, 0, "10001 draws"}, {20, 1, 0, "one world"}, {20, 0, 1, "frictionless"}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct orgsim_run_options options = lived_options(arms, 2, 1000);
        options.frictionless = cases[c].frictionless;
        struct orgsim_ignorance ignorance = {0};
        struct orgsim_where where = {0};
        assert_int_equal(orgsim_ignorance(scenario, &options, cases[c].draws, cases[c].worlds, &ignorance, &where), ORGSIM_ERROR_USAGE);
        if (!strstr(where.what, cases[c].what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, cases[c].what);
        assert_true(ignorance.draws == 0);
        orgsim_ignorance_free(&ignorance);
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_draw_is_a_run_with_its_numbers), cmocka_unit_test(shares_and_ranges_follow_from_the_draws),
                                       cmocka_unit_test(draws_as_published_are_those_that_slip_so), cmocka_unit_test(a_baseline_with_a_seat_is_no_published_program),
        cmocka_unit_test(draws_obey_ranges_and_settings), cmocka_unit_test(who_knows_everything_is_not_ignorant),
                                       cmocka_unit_test(what_makes_no_sense_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
