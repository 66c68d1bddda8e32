/* test_bench.c: what orgsim_bench() says of a scenario holds together, whatever the machine */
#include "study/lived.h"

#include <orgsim/bench.h>

#include "engine/kernel.h"
#include "scenario/scenario.h"

enum { WORLDS = 160, REPETITIONS = 3 };

static struct orgsim_bench measured(const struct orgsim_scenario *scenario, size_t threads)
{
    size_t arms[2];
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, WORLDS);
    struct orgsim_where where = {0};
    struct orgsim_bench bench = {0};
    options.threads = threads;
    assert_int_equal(orgsim_bench(scenario, &options, REPETITIONS, &bench, &where), 0);
    return bench;
}

static void is_ordered(const struct orgsim_bench_rate *rate)
{
    assert_true(rate->slowest > 0 && rate->slowest <= rate->median && rate->median <= rate->fastest);
}

static void sizes_are_those_of_the_tables(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    const struct orgsim_bench bench = measured(scenario, 1);
    assert_true(bench.arms == 2 && bench.worlds == WORLDS && bench.repetitions == REPETITIONS);
    assert_true(bench.teams == scenario->n_teams && bench.packages == scenario->n_packages);
    assert_true(bench.items > scenario->n_risks + scenario->n_questions && bench.items <= scenario->n_risks + scenario->n_questions + scenario->n_dependencies);
    assert_int_equal(bench.entities, bench.teams + bench.packages + bench.items);
    assert_true(bench.peak_memory > bench.memory_per_thread && bench.memory_per_thread > bench.entities * sizeof(float));
    orgsim_scenario_free(scenario);
}

/* Worlds end at their finish, or when they are cancelled, which is before the horizon: the first block of worlds says so. */
static void weeks_are_those_that_were_lived(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    size_t arms[2];
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, ORGSIM_BLOCK_WORLDS);
    struct orgsim_results results = {0};
    struct orgsim_where where = {0};
    const struct orgsim_bench bench = measured(scenario, 1);
    assert_int_equal(orgsim_run(scenario, &options, &results, &where), 0);
    double finish = 0.5 * (results.summary[ORGSIM_METRIC_finish_week].mean + results.summary[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week].mean);
    double cancelled = 0.5 * (results.summary[ORGSIM_METRIC_cancelled].mean + results.summary[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_cancelled].mean);
    assert_true(bench.weeks <= finish + 1e-3 && bench.weeks >= finish - 156 * cancelled - 1e-3 && bench.weeks > 10);
    orgsim_results_free(&results);
    orgsim_scenario_free(scenario);
}

static void rates_are_ordered_and_start_with_one(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    const struct orgsim_bench bench = measured(scenario, 3);
    const struct orgsim_bench_kernel *scalar = &bench.kernels[0];
    assert_string_equal(scalar->isa, "scalar");
    assert_true(scalar->ratio_to_scalar == 1 && scalar->ratio_alike == 1 && bench.threads[0].ratio_to_one == 1);
    for (size_t k = 0; k < bench.n_kernels; k++) {
        const struct orgsim_bench_kernel *of = &bench.kernels[k];
        is_ordered(&of->world_arms_per_second);
        double week = of->ns_per_entity_week * 1e-9 * bench.weeks * (double)bench.entities * of->world_arms_per_second.median;
        assert_true(fabs(week - 1) < 1e-9);
        for (int kind = 0; kind < ORGSIM_BENCH_DRAW_COUNT; kind++) is_ordered(&of->draws_per_second[kind]);
    }
    assert_true(bench.n_threads == 3 && bench.threads[0].threads == 1 && bench.threads[1].threads == 2 && bench.threads[2].threads == 3);
    for (size_t t = 0; t < bench.n_threads; t++) is_ordered(&bench.threads[t].world_arms_per_second);
    orgsim_scenario_free(scenario);
}

/* What is timed are draws of the kind that it says: their mean is that of the distribution, to five standard errors. */
static void draws_have_the_mean_of_their_kind(void **state)
{
    (void)state;
    const struct kernel *kernels[ORGSIM_BENCH_KERNELS];
    size_t n = kernel_list(kernels);
    const double mean[ORGSIM_BENCH_DRAW_COUNT] = {0.5, 1, 0}, deviation[ORGSIM_BENCH_DRAW_COUNT] = {0.288675, 1, 1};
    enum { DRAWS = 1 << 14 };
    for (size_t k = 0; k < n; k++)
        for (int kind = 0; kind < ORGSIM_BENCH_DRAW_COUNT; kind++)
            assert_true(fabs((double)kernels[k]->draw(kind, 7, DRAWS) / DRAWS - mean[kind]) < 5 * deviation[kind] / sqrt(DRAWS));
}

static void bad_repetitions_are_refused(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    size_t arms[2];
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, WORLDS);
    struct orgsim_where where = {0};
    struct orgsim_bench bench;
    assert_int_equal(orgsim_bench(scenario, &options, 0, &bench, &where), ORGSIM_ERROR_USAGE);
    assert_int_equal(orgsim_bench(scenario, &options, 100, &bench, &where), ORGSIM_ERROR_USAGE);
    assert_non_null(strstr(where.what, "repetitions"));
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_those_of_the_tables),
        cmocka_unit_test(weeks_are_those_that_were_lived),
        cmocka_unit_test(rates_are_ordered_and_start_with_one),
        cmocka_unit_test(draws_have_the_mean_of_their_kind),
        cmocka_unit_test(bad_repetitions_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
