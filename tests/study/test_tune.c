/* test_tune.c: the search over a role's definition against a grid that was tried one by one, and what is no choice */
#include "study/lived.h"

#include <orgsim/optimise.h>

#include "base/memory.h"
#include "scenario/scenario.h"

enum { WORLDS = 256, GRID = 11 };

static const struct orgsim_objective net_value = {ORGSIM_METRIC_npv_k, ORGSIM_RISK_mean};

static struct orgsim_run_options tune_options(const struct orgsim_scenario *scenario)
{
    return (struct orgsim_run_options){.seed = 1, .worlds = WORLDS, .baseline = lived_arm(scenario, "none"), .precision_metric = -1};
}

/* Mean net value of an arm under a setting, by a run of its own. */
static double run_mean(const char *path, const char *setting, const char *arm, uint64_t seed)
{
    struct orgsim_scenario *scenario = lived_scenario_at(path, &setting, setting ? 1 : 0);
    struct orgsim_results results = {0};
    struct orgsim_where where = {0};
    size_t row = lived_arm(scenario, arm);
    struct orgsim_run_options options = lived_options(&row, 1, WORLDS);
    options.seed = seed;
    assert_int_equal(orgsim_run(scenario, &options, &results, &where), 0);
    double mean = results.summary[ORGSIM_METRIC_npv_k].mean;
    orgsim_results_free(&results);
    orgsim_scenario_free(scenario);
    return mean;
}

/* Administration has a best share in between: too little leaves load, too much leaves no judgment. */
static void the_search_is_as_good_as_a_grid(void **state)
{
    (void)state;
    const struct orgsim_tune_axis axis = {"tpm.tpm.admin_share", 0, 1};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = tune_options(scenario);
    struct orgsim_tuning t;
    struct orgsim_where where = {0};
    double most = -INFINITY;
    char setting[64];
    assert_int_equal(orgsim_tune(scenario, &options, &net_value, &axis, 1, &t, &where), 0);
    for (int k = 0; k < GRID; k++) {
        snprintf(setting, sizeof setting, "%s=%.3f", axis.name, (double)k / (GRID - 1));
        most = fmax(most, run_mean(scenario->path, setting, "tpm", 1));
    }
    snprintf(setting, sizeof setting, "%s=%.6f", axis.name, t.best[0]);
    double found = run_mean(scenario->path, setting, "tpm", 1);
    if (!(found > most - 1)) fail_msg("found %s: %gk; the grid has %gk", setting, found, most);
    assert_true(t.n == 1 && t.arm == lived_arm(scenario, "tpm") && t.present[0] == 0.2 && t.points > 10 && t.best[0] >= 0 && t.best[0] <= 1);
    orgsim_scenario_free(scenario);
}

/* A forum's own cell is reached by the parameter's name, the present design stays what it is, and the gain is of worlds of another seed. */
static void the_gain_is_measured_on_fresh_worlds(void **state)
{
    (void)state;
    const struct orgsim_tune_axis axes[] = {{"slots1", 3, 8}, {"cad1", 1, 4}};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = tune_options(scenario);
    struct orgsim_tuning t, again;
    struct orgsim_where where = {0};
    scenario->forums[0].slots = 4;
    scenario->forums[0].cadence_weeks = 3;
    assert_int_equal(orgsim_tune(scenario, &options, &net_value, axes, 2, &t, &where), 0);
    assert_true(t.present[0] == 4 && t.present[1] == 3 && scenario->forums[0].slots == 4);
    options.threads = 3;
    options.isa = "scalar";
    assert_int_equal(orgsim_tune(scenario, &options, &net_value, axes, 2, &again, &where), 0);
    assert_true(again.best[0] == t.best[0] && again.best[1] == t.best[1] && again.points == t.points && again.at_best == t.at_best);
    struct orgsim_results results = {0};
    size_t arm = lived_arm(scenario, "tpm");
    struct orgsim_run_options fresh = lived_options(&arm, 1, WORLDS);
    fresh.seed = 1 + UINT64_C(0x9e3779b97f4a7c15);
    assert_int_equal(orgsim_run(scenario, &fresh, &results, &where), 0);
    double mean = results.summary[ORGSIM_METRIC_npv_k].mean;
    assert_true(fabs(t.at_present - mean) < 1e-6 * fabs(mean));
    assert_true(fabs(t.at_best - t.at_present - t.difference.mean) < 1e-6 * fabs(mean));
    orgsim_results_free(&results);
    orgsim_scenario_free(scenario);
}

static void assert_refused(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_tune_axis *axes, size_t n,
                           const char *what)
{
    struct orgsim_tuning t;
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_tune(scenario, options, &net_value, axes, n, &t, &where), ORGSIM_ERROR_USAGE);
    if (!strstr(where.what, what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, what);
    assert_int_equal(t.n, 0);
}

static void what_cannot_be_asked_is_refused(void **state)
{
    (void)state;
    static const struct { struct orgsim_tune_axis axes[2]; size_t n; const char *what; } cases[] = {
        {{{"cda1", 1, 2}}, 1, "not known"},
        {{{"h_seat", 0, 1}}, 1, "an assumption, not a choice"},
        {{{"money.tpm_per_year", 1, 2}}, 1, "a price, not a choice"},
        {{{"cad1", 2, 1}}, 1, "reversed"},
        {{{"cad1", 2, 2}}, 1, "empty"},
        {{{"cad1", 1, 2}, {"cad1", 1, 3}}, 2, "comes twice"},
        {{{"tpm.tpm.empowerment", 0, 2}}, 1, "empowerment is 2"},
        {{{"tpm.tpm.empowerment", 0, 1}, {"none.pm.judgment", 0, 1}}, 2, "another arm"},
        {{{"cad1", 1, 2}}, 0, "0 numbers"},
    };
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = tune_options(scenario);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) assert_refused(scenario, &options, cases[c].axes, cases[c].n, cases[c].what);
    options.worlds = 255;
    assert_refused(scenario, &options, cases[3].axes, 1, "too few");
    orgsim_scenario_free(scenario);
}

static void a_stop_is_told(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    const struct orgsim_tune_axis axis = {"cad1", 1, 3};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = tune_options(scenario);
    struct orgsim_tuning t;
    struct orgsim_where where = {0};
    options.stop = &stopped;
    assert_int_equal(orgsim_tune(scenario, &options, &net_value, &axis, 1, &t, &where), ORGSIM_ERROR_INTERRUPTED);
    orgsim_scenario_free(scenario);
}

static void the_first_allocations_may_fail(void **state)
{
    (void)state;
    const struct orgsim_tune_axis axis = {"cad1", 1, 3};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = tune_options(scenario);
    options.worlds = 256;
    options.threads = 1;
    for (size_t nth = 1; nth < 1500; nth += 1 + nth / 4) {
        struct orgsim_tuning t;
        struct orgsim_where where = {0};
        memory_fail_at(nth);
        int status = orgsim_tune(scenario, &options, &net_value, &axis, 1, &t, &where);
        memory_fail_at(0);
        assert_int_equal(status, ORGSIM_ERROR_MEMORY);
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_is_as_good_as_a_grid), cmocka_unit_test(the_gain_is_measured_on_fresh_worlds),
        cmocka_unit_test(what_cannot_be_asked_is_refused), cmocka_unit_test(a_stop_is_told),
        cmocka_unit_test(the_first_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
