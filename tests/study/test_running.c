/* test_running.c: when a run ends: by precision, by a wish to stop, by an error of the caller, by lack of memory, by wrong options */
#include "study/lived.h"

#include "base/memory.h"
#include "scenario/folder.h"

enum { ARMS = 2, MOST_WORLDS = 30 * ORGSIM_BLOCK_WORLDS };

/* none and tpm of the startup, many blocks; what shorter runs must reproduce. */
struct fixture { struct orgsim_scenario *scenario; size_t arms[ARMS]; struct orgsim_run_options options; struct lived all; };
static struct fixture fixture;

static int setup(void **state)
{
    (void)state;
    fixture.scenario = lived_scenario("startup");
    fixture.options = lived_options(fixture.arms, lived_arms(fixture.scenario, "none tpm", fixture.arms), MOST_WORLDS);
    lived_run(&fixture.all, fixture.scenario, &fixture.options);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    lived_free(&fixture.all);
    orgsim_scenario_free(fixture.scenario);
    return 0;
}

/* The run that ended early is the run of that many worlds: outcomes, statistics and timeline. */
static void same_as_shorter_run(const struct lived *l)
{
    struct lived shorter;
    struct orgsim_run_options options = fixture.options;
    options.worlds = l->worlds;
    lived_run(&shorter, fixture.scenario, &options);
    const struct orgsim_results *a = &l->results, *b = &shorter.results;
    assert_true(a->worlds == l->worlds && a->timeline_worlds == b->timeline_worlds);
    for (size_t arm = 0; arm < ARMS; arm++) lived_same_arm(l, arm, &shorter, arm, l->worlds, "shorter run");
    assert_memory_equal(a->summary, b->summary, ARMS * ORGSIM_METRIC_COUNT * sizeof *a->summary);
    assert_memory_equal(a->comparison, b->comparison, ARMS * ORGSIM_METRIC_COUNT * sizeof *a->comparison);
    assert_memory_equal(a->timeline, b->timeline, ARMS * a->n_weeks * ORGSIM_TIMELINE_COUNT * sizeof *a->timeline);
    assert_memory_equal(a->packages, b->packages, ARMS * a->n_packages * sizeof *a->packages);
    lived_free(&shorter);
}

/* ---- precision ---- */

/* Half-width of the 95 % interval of the paired difference over the first n worlds. */
static double half_width(size_t metric, size_t n)
{
    const float *there = lived_column(&fixture.all, 0, metric), *here = lived_column(&fixture.all, 1, metric);
    long double sum = 0, square = 0;
    for (size_t w = 0; w < n; w++) sum += (long double)here[w] - there[w];
    for (size_t w = 0; w < n; w++) {
        long double d = (long double)here[w] - there[w] - sum / (long double)n;
        square += d * d;
    }
    return 1.96 * (double)sqrtl(square / (long double)(n - 1) / (long double)n);
}

/* First boundary, of 20 blocks or more, at which the interval is this narrow; all blocks when there is none. */
static size_t blocks_expected(size_t metric, double wanted)
{
    for (size_t blocks = 20; blocks < MOST_WORLDS / ORGSIM_BLOCK_WORLDS; blocks++)
        if (half_width(metric, blocks * ORGSIM_BLOCK_WORLDS) <= wanted) return blocks;
    return MOST_WORLDS / ORGSIM_BLOCK_WORLDS;
}

static void check_precision(size_t metric, double wanted)
{
    const size_t threads[] = {1, 2};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        struct lived l;
        struct orgsim_run_options options = fixture.options;
        options.precision_metric = (int)metric;
        options.precision_half_width = wanted;
        options.threads = threads[t];
        lived_run(&l, fixture.scenario, &options);
        assert_int_equal(l.blocks, blocks_expected(metric, wanted));
        if (l.blocks < MOST_WORLDS / ORGSIM_BLOCK_WORLDS) same_as_shorter_run(&l);
        lived_free(&l);
    }
}

static void precision_stops_at_the_first_boundary(void **state)
{
    (void)state;
    for (size_t blocks = 22; blocks < 30; blocks += 5) {
        double wanted = half_width(ORGSIM_METRIC_npv_k, blocks * ORGSIM_BLOCK_WORLDS) * (1 + 1e-9);
        assert_true(blocks_expected(ORGSIM_METRIC_npv_k, wanted) > 20);
        check_precision(ORGSIM_METRIC_npv_k, wanted);
    }
    check_precision(ORGSIM_METRIC_finish_week, 1e9); /* narrow from the start, believed after 20 blocks */
    assert_int_equal(blocks_expected(ORGSIM_METRIC_finish_week, 1e9), 20);
    check_precision(ORGSIM_METRIC_npv_k, 1e-9);      /* never: all worlds are lived, and that is no error */
}

/* ---- stopping ---- */

struct stopper { struct lived *lived; volatile int stop; size_t after, seen; };

static int stop_after(void *context, const struct orgsim_block *block)
{
    struct stopper *s = context;
    if (++s->seen == s->after) __atomic_store_n(&s->stop, 1, __ATOMIC_RELAXED);
    return lived_take(s->lived, block);
}

static void a_wish_to_stop_keeps_finished_blocks(void **state)
{
    (void)state;
    const size_t threads[] = {1, 2, 5};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        struct lived l = {.room = MOST_WORLDS};
        struct stopper stopper = {.lived = &l, .after = 3};
        struct orgsim_where where = {0};
        struct orgsim_run_options options = fixture.options;
        l.values = calloc(ARMS * ORGSIM_METRIC_COUNT * l.room, sizeof *l.values);
        options.threads = threads[t];
        options.stop = &stopper.stop;
        options.block = stop_after;
        options.context = &stopper;
        assert_int_equal(orgsim_run(fixture.scenario, &options, &l.results, &where), ORGSIM_ERROR_INTERRUPTED);
        assert_true(stopper.seen >= 3 && stopper.seen <= 3 + 2 * threads[t] && l.worlds == stopper.seen * ORGSIM_BLOCK_WORLDS);
        same_as_shorter_run(&l);
        lived_free(&l);
    }
}

static void a_wish_before_the_start_lives_nothing(void **state)
{
    (void)state;
    const volatile int stop = 1;
    struct lived l;
    struct orgsim_run_options options = fixture.options;
    options.stop = &stop;
    assert_int_equal(lived_try(&l, fixture.scenario, &options), ORGSIM_ERROR_INTERRUPTED);
    assert_true(l.worlds == 0 && l.results.worlds == 0 && l.results.n_arms == ARMS && l.results.timeline_worlds == 0);
    lived_free(&l);
}

/* ---- errors of the caller ---- */

struct failing { size_t at, seen; int error; };

static int fail_at(void *context, const struct orgsim_block *block)
{
    struct failing *f = context;
    (void)block;
    return ++f->seen == f->at ? f->error : 0;
}

static void an_error_of_the_block_callback_ends_the_run(void **state)
{
    (void)state;
    const size_t threads[] = {1, 2, 5};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++)
        for (size_t at = 1; at <= 5; at += 2) {
            struct failing failing = {.at = at, .error = ORGSIM_ERROR_IO};
            struct orgsim_results results;
            struct orgsim_where where = {0};
            struct orgsim_run_options options = fixture.options;
            options.threads = threads[t];
            options.block = fail_at;
            options.context = &failing;
            memset(&results, 0xa5, sizeof results); /* the run zeroes it, whatever it held */
            assert_int_equal(orgsim_run(fixture.scenario, &options, &results, &where), ORGSIM_ERROR_IO);
            assert_true(failing.seen == at && results.worlds == 0);
            orgsim_results_free(&results);
            orgsim_results_free(&results); /* legal twice */
        }
}

static void wrong_options_are_refused(void **state)
{
    (void)state;
    const size_t nobody[] = {1000}, only_tpm[] = {fixture.arms[1]};
    struct orgsim_run_options wrong[8];
    size_t n = sizeof wrong / sizeof *wrong;
    for (size_t k = 0; k < n; k++) wrong[k] = fixture.options;
    wrong[0].worlds = 0;
    wrong[1].worlds = (UINT64_C(1) << 40) + 1;
    wrong[2].ticks_per_week = 3;
    wrong[3].ticks_per_week = -1;
    wrong[4].isa = "mmx";
    wrong[5].arms = nobody;
    wrong[5].n_arms = 1;
    wrong[6].arms = only_tpm; /* the baseline is not lived */
    wrong[6].n_arms = 1;
    wrong[7].baseline = 1000;
    for (size_t k = 0; k < n; k++) {
        struct orgsim_results results;
        struct orgsim_where where = {0};
        memset(&results, 0xa5, sizeof results);
        assert_int_equal(orgsim_run(fixture.scenario, &wrong[k], &results, &where), ORGSIM_ERROR_USAGE);
        assert_true(where.what[0] && where.todo[0]);
        orgsim_results_free(&results);
    }
}

static void one_world_is_a_run(void **state)
{
    (void)state;
    struct lived l;
    struct orgsim_run_options options = fixture.options;
    options.worlds = 1;
    lived_run(&l, fixture.scenario, &options);
    for (size_t arm = 0; arm < ARMS; arm++)
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            const struct orgsim_summary *s = &l.results.summary[arm * ORGSIM_METRIC_COUNT + m];
            const struct orgsim_comparison *c = &l.results.comparison[arm * ORGSIM_METRIC_COUNT + m];
            bool pooled = m >= ORGSIM_METRIC_escalation_precision && m <= ORGSIM_METRIC_escalation_dprime_delivery;
            if (!pooled) assert_true(s->mean == lived_column(&l, arm, m)[0]);
            assert_true(isnan(s->se));                       /* one world says nothing about the spread */
            assert_true(arm == 0 || isnan(c->se));
            assert_true(isnan(c->ci_low) && isnan(c->ci_high));
            for (size_t q = 1; q < ORGSIM_QUANTILES; q++) assert_true(s->quantile[q] == s->quantile[0]);
        }
    lived_free(&l);
}

/* ---- memory ---- */

/* Small, with an arm whose engineers are placed on pilot worlds. */
static const struct folder_file small[] = {
    {"program.csv", "setting,value,unit,source\nname,Small,,\nhorizon_weeks,30,weeks,\nbaseline_arm,none,,\nheadline_arm,tpm,,\n"},
    {"teams.csv", "team,engineers\nA,4\nB,3\n"},
    {"features.csv", "feature,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value\nF,1,2,3,0.5\n"},
    {"packages.csv", "package,team,feature,effort_low_pw,effort_mode_pw,effort_high_pw,distribution\n"
                     "P,A,F,4,6,9,triangular\nQ,B,F,2,3,4,lognormal\n"},
    {"dependencies.csv", "from,to,ambiguity\nP,Q,0.5\n"},
    {"risks.csv", "risk,category,package,probability,impact_low_pw,impact_mode_pw,impact_high_pw\nR,technical,P,0.5,1,2,4\n"},
    {"arms.csv", "arm,label,extra_engineers,extra_engineers_team\nnone,none,,\ntpm,tpm,,\nengineer,engineer,tpm_money,best\n"},
    {"seats.csv", "arm,seat,role\nnone,pm,pm\ntpm,pm,pm\ntpm,tpm,tpm\nengineer,pm,pm\n"},
};

/* Makes the nth allocation fail for n = 1, 1 + step, ... until none does. What can do without (sorting) may still succeed, with the same
 * results. */
static void check_allocations(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, size_t step)
{
    struct orgsim_results whole = {0};
    struct orgsim_where where = {0};
    size_t cells = options->n_arms * ORGSIM_METRIC_COUNT, failures = 0;
    bool finished = false;
    assert_int_equal(orgsim_run(scenario, options, &whole, &where), 0);
    for (size_t nth = 1; nth < 2000 && !finished; nth += step) {
        struct orgsim_results results = {0};
        memset(&where, 0, sizeof where);
        memory_fail_at(nth);
        int status = orgsim_run(scenario, options, &results, &where);
        finished = memory_fail_at(0) < nth;
        assert_true(status == 0 || (status == ORGSIM_ERROR_MEMORY && !finished));
        if (status) assert_true(where.what[0] && where.todo[0]);
        else assert_memory_equal(whole.summary, results.summary, cells * sizeof *whole.summary);
        failures += status != 0;
        orgsim_results_free(&results);
    }
    assert_true(finished && failures > 50 / step);
    orgsim_results_free(&whole);
}

static void every_lack_of_memory_is_survived(void **state)
{
    (void)state;
    char folder[64] = "/tmp/orgsim-running-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t f = 0; f < sizeof small / sizeof *small; f++) folder_write(folder, small[f].name, small[f].text, strlen(small[f].text));
    struct orgsim_scenario *scenario = lived_scenario_at(folder, NULL, 0);
    size_t arms[3];
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none engineer tpm", arms), 3);
    check_allocations(scenario, &options, 5); /* the pilot is lived every time */
    options.n_arms = 1;
    options.worlds = 300;
    check_allocations(scenario, &options, 1);
    options.values_kept_at_most = 200 * (ORGSIM_METRIC_COUNT + 1); /* histograms from the second block on */
    check_allocations(scenario, &options, 7);
    orgsim_scenario_free(scenario);
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(precision_stops_at_the_first_boundary), cmocka_unit_test(a_wish_to_stop_keeps_finished_blocks),
        cmocka_unit_test(a_wish_before_the_start_lives_nothing), cmocka_unit_test(an_error_of_the_block_callback_ends_the_run),
        cmocka_unit_test(wrong_options_are_refused),             cmocka_unit_test(one_world_is_a_run),
        cmocka_unit_test(every_lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
