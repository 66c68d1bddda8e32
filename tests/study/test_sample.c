/* test_sample.c: what figures get of single worlds, held against the outcomes of those worlds */
#include "study/lived.h"

#include "study/sample.h"

enum { ARMS = 2, WORLDS = 2 * ORGSIM_BLOCK_WORLDS + 40, MANY_BLOCKS = 20000 };

struct fixture { struct orgsim_scenario *scenario; struct lived run; };
static struct fixture fixture;

static int setup(void **state)
{
    (void)state;
    size_t arms[ARMS];
    fixture.scenario = lived_scenario("startup");
    struct orgsim_run_options options = lived_options(arms, lived_arms(fixture.scenario, "none tpm", arms), WORLDS);
    options.threads = 2;
    lived_run(&fixture.run, fixture.scenario, &options);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    lived_free(&fixture.run);
    orgsim_scenario_free(fixture.scenario);
    return 0;
}

static void the_sample_is_the_first_worlds(void **state)
{
    (void)state;
    const struct orgsim_results *r = &fixture.run.results;
    assert_int_equal(r->sample_worlds, WORLDS);
    for (size_t arm = 0; arm < ARMS; arm++) {
        const float *finish = lived_column(&fixture.run, arm, ORGSIM_METRIC_finish_week), *cost = lived_column(&fixture.run, arm, ORGSIM_METRIC_cost_k);
        for (size_t w = 0; w < WORLDS; w++) {
            float expected = lived_completes(&fixture.run, arm, w) ? finish[w] : INFINITY;
            assert_memory_equal(&r->sample_finish_week[arm * WORLDS + w], &expected, sizeof expected);
            assert_memory_equal(&r->sample_cost_k[arm * WORLDS + w], &cost[w], sizeof *cost);
        }
    }
}

static bool both_kept(size_t arm, size_t w)
{
    return lived_column(&fixture.run, arm, ORGSIM_METRIC_on_time)[w] > 0 &&
           (double)lived_column(&fixture.run, arm, ORGSIM_METRIC_cost_k)[w] <= fixture.run.results.budget_k;
}

static void joint_shares_count_worlds(void **state)
{
    (void)state;
    const struct orgsim_results *r = &fixture.run.results;
    double kept[ARMS] = {0}, sum = 0, square = 0;
    for (size_t w = 0; w < WORLDS; w++) {
        double d = (double)both_kept(1, w) - (double)both_kept(0, w);
        for (size_t arm = 0; arm < ARMS; arm++) kept[arm] += both_kept(arm, w);
        sum += d;
        square += d * d;
    }
    for (size_t arm = 0; arm < ARMS; arm++) assert_true(fabs(r->joint_share[arm] - kept[arm] / WORLDS) < 1e-12);
    double variance = (square - sum * sum / WORLDS) / (WORLDS - 1);
    assert_true(fabs(r->joint_difference_se[1] - sqrt(variance / WORLDS)) < 1e-12);
    assert_true(r->joint_difference_se[0] == 0);
    assert_true(r->joint_share[1] > 0 && r->joint_share[1] < 1);
}

static void the_running_mean_ends_in_the_comparison(void **state)
{
    (void)state;
    const struct orgsim_results *r = &fixture.run.results;
    const uint64_t worlds[] = {16, 32, 64, 128, 256, WORLDS};
    const float *there = lived_column(&fixture.run, 0, ORGSIM_METRIC_npv_k), *here = lived_column(&fixture.run, 1, ORGSIM_METRIC_npv_k);
    assert_int_equal(r->n_running, sizeof worlds / sizeof *worlds);
    for (size_t i = 0; i < r->n_running; i++) {
        double sum = 0;
        assert_int_equal(r->running[i].worlds, worlds[i]);
        for (size_t w = 0; w < worlds[i]; w++) sum += (double)here[w] - (double)there[w];
        assert_true(fabs(r->running[i].mean - sum / (double)worlds[i]) < 1e-6);
        assert_true(r->running[i].ci_low < r->running[i].mean && r->running[i].ci_high > r->running[i].mean);
    }
    const struct orgsim_comparison *c = &r->comparison[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
    const struct orgsim_running *last = &r->running[r->n_running - 1];
    assert_true(last->mean == c->mean_difference && last->ci_low == c->ci_low && last->ci_high == c->ci_high);
}

static void bands_are_in_order(void **state)
{
    (void)state;
    const struct orgsim_results *r = &fixture.run.results;
    for (size_t row = 0; row < ARMS * r->n_weeks * ORGSIM_TIMELINE_COUNT; row++) {
        const struct orgsim_band *b = &r->timeline[row];
        assert_true(b->p10 <= b->p25 && b->p25 <= b->p50 && b->p50 <= b->p75 && b->p75 <= b->p90);
    }
}

/* However many blocks: at most so many points, never far apart, the last one all worlds; the sample stops growing. */
static void a_long_run_is_thinned(void **state)
{
    (void)state;
    struct sample sample;
    struct orgsim_results r = {0};
    struct moments moved = {0};
    float *values = calloc((size_t)ARMS * ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS, sizeof *values);
    assert_non_null(values);
    assert_int_equal(sample_create(&sample, ARMS, 0, 1, 100, (uint64_t)1 << 40), 0);
    for (uint64_t block = 0; block < MANY_BLOCKS; block++) {
        moved.n += ORGSIM_BLOCK_WORLDS;
        moved.m2 += 1;
        sample_take(&sample, values, ORGSIM_BLOCK_WORLDS, &moved);
    }
    assert_int_equal(sample_report(&sample, &r), 0);
    assert_int_equal(r.sample_worlds, ORGSIM_SAMPLE_WORLDS);
    assert_true(r.n_running <= ORGSIM_RUNNING_POINTS);
    assert_true(r.running[r.n_running - 1].worlds == (uint64_t)MANY_BLOCKS * ORGSIM_BLOCK_WORLDS);
    for (size_t i = 30; i < r.n_running; i++) {
        assert_true(r.running[i].worlds > r.running[i - 1].worlds);
        assert_true((double)r.running[i].worlds <= 1.1 * (double)r.running[i - 1].worlds);
    }
    orgsim_results_free(&r);
    sample_free(&sample);
    free(values);
}

/* Without a second organisation there is nothing to settle. */
static void no_rival_no_running_mean(void **state)
{
    (void)state;
    struct lived l;
    size_t arms[1];
    struct orgsim_run_options options = lived_options(arms, lived_arms(fixture.scenario, "none", arms), 64);
    lived_run(&l, fixture.scenario, &options);
    assert_int_equal(l.results.n_running, 0);
    assert_int_equal(l.results.sample_worlds, 64);
    lived_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_the_first_worlds), cmocka_unit_test(joint_shares_count_worlds),
        cmocka_unit_test(the_running_mean_ends_in_the_comparison), cmocka_unit_test(bands_are_in_order),
        cmocka_unit_test(a_long_run_is_thinned), cmocka_unit_test(no_rival_no_running_mean),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
