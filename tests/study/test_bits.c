/* test_bits.c: the same bits whatever computes them
 *
 * Outcomes are a function of scenario, seed, world, arm, tick and levers. Kernel, threads, company and order of the arms, number of worlds and
 * what is kept of them change no bit of what they have in common.
 */
#include "study/lived.h"

enum { WORLDS = 384 };

static const struct { const char *scenario, *arms; } cases[] = {
    {"startup", "none tpm engineer collapsed_two placebo"}, /* engineer: placed on pilot worlds, which must not depend on the machine either */
    {"platform-migration", "none tpm both decouple"},
};
#define CASES (sizeof cases / sizeof *cases)

struct fixture { struct orgsim_scenario *scenario; size_t arms[8], n_arms; struct orgsim_run_options options; struct lived reference; };

/* The run that all others are compared with: the narrowest kernel on one thread. */
static struct fixture *fixture_create(size_t number)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->scenario = lived_scenario(cases[number].scenario);
    f->n_arms = lived_arms(f->scenario, cases[number].arms, f->arms);
    f->options = lived_options(f->arms, f->n_arms, WORLDS);
    f->options.isa = "scalar";
    lived_run(&f->reference, f->scenario, &f->options);
    return f;
}

static void fixture_free(struct fixture *f)
{
    lived_free(&f->reference);
    orgsim_scenario_free(f->scenario);
    free(f);
}

static int setup(void **state)
{
    static struct fixture *fixtures[CASES];
    for (size_t c = 0; c < CASES; c++) fixtures[c] = fixture_create(c);
    *state = fixtures;
    return 0;
}

static int teardown(void **state)
{
    struct fixture **fixtures = *state;
    for (size_t c = 0; c < CASES; c++) fixture_free(fixtures[c]);
    return 0;
}

/* Everything that results say about the worlds, byte by byte; `quantiles`: those too. */
static void same_results(const struct orgsim_results *a, const struct orgsim_results *b, bool quantiles)
{
    size_t arms = a->n_arms, cells = arms * ORGSIM_METRIC_COUNT, weeks = arms * a->n_weeks * ORGSIM_TIMELINE_COUNT;
    assert_true(arms == b->n_arms && a->n_packages == b->n_packages && a->n_weeks == b->n_weeks && a->worlds == b->worlds);
    for (size_t c = 0; c < cells; c++) {
        assert_memory_equal(&a->summary[c].mean, &b->summary[c].mean, sizeof(double));
        assert_memory_equal(&a->summary[c].se, &b->summary[c].se, sizeof(double));
    }
    for (size_t c = 0; c < cells; c++) assert_memory_equal(&a->comparison[c], &b->comparison[c], offsetof(struct orgsim_comparison, p20));
    assert_true(a->timeline_worlds == b->timeline_worlds);
    assert_memory_equal(a->timeline, b->timeline, weeks * sizeof *a->timeline);
    assert_memory_equal(a->packages, b->packages, arms * a->n_packages * sizeof *a->packages);
    assert_memory_equal(a->npv_loss_probability, b->npv_loss_probability, arms * sizeof(double));
    assert_memory_equal(a->seat_cost_per_week_k, b->seat_cost_per_week_k, arms * sizeof(double));
    for (size_t r = 0; r < arms; r++) {
        assert_true(a->arm[r] == b->arm[r] && !a->arm_note[r] == !b->arm_note[r]);
        if (a->arm_note[r]) assert_string_equal(a->arm_note[r], b->arm_note[r]);
    }
    if (!quantiles) return;
    assert_memory_equal(a->summary, b->summary, cells * sizeof *a->summary);
    assert_memory_equal(a->finish_quantiles, b->finish_quantiles, arms * 101 * sizeof(double));
    assert_memory_equal(a->npv_quantiles, b->npv_quantiles, arms * 101 * sizeof(double));
    assert_memory_equal(a->npv_difference_quantiles, b->npv_difference_quantiles, arms * 101 * sizeof(double));
    assert_memory_equal(a->comparison, b->comparison, cells * sizeof *a->comparison);
    assert_memory_equal(a->finish_intervals, b->finish_intervals, arms * 101 * sizeof *a->finish_intervals);
    assert_memory_equal(a->npv_intervals, b->npv_intervals, arms * 101 * sizeof *a->npv_intervals);
    assert_memory_equal(a->npv_difference_intervals, b->npv_difference_intervals, arms * 101 * sizeof *a->npv_difference_intervals);
    assert_memory_equal(a->finish_shift, b->finish_shift, arms * 101 * sizeof *a->finish_shift);
    assert_memory_equal(a->npv_shift, b->npv_shift, arms * 101 * sizeof *a->npv_shift);
}

static void same_as_reference(const struct fixture *f, const struct orgsim_run_options *options, const char *what)
{
    struct lived l;
    lived_run(&l, f->scenario, options);
    for (size_t arm = 0; arm < f->n_arms; arm++) lived_same_arm(&f->reference, arm, &l, arm, WORLDS, what);
    same_results(&f->reference.results, &l.results, true);
    lived_free(&l);
}

static void kernels_agree(void **state)
{
    struct fixture **fixtures = *state;
    const char *const names[] = {"sse2", "avx2", "avx512", NULL};
    size_t lived = 0;
    for (size_t c = 0; c < CASES; c++) {
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            struct orgsim_run_options options = fixtures[c]->options;
            struct orgsim_where where = {0};
            struct orgsim_results results = {0};
            options.isa = names[k];
            options.worlds = 1;
            int status = orgsim_run(fixtures[c]->scenario, &options, &results, &where);
            if (!status && names[k]) assert_string_equal(results.isa, names[k]);
            orgsim_results_free(&results);
            if (status == ORGSIM_ERROR_USAGE && names[k]) continue; /* this processor has no such instructions */
            assert_int_equal(status, 0);
            options.worlds = WORLDS;
            same_as_reference(fixtures[c], &options, names[k] ? names[k] : "widest");
            lived++;
        }
    }
    assert_true(lived >= CASES);
}

static void threads_agree(void **state)
{
    struct fixture **fixtures = *state;
    const size_t threads[] = {1, 2, 5, 0};
    for (size_t c = 0; c < CASES; c++)
        for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
            struct orgsim_run_options options = fixtures[c]->options;
            options.isa = NULL;
            options.threads = threads[t];
            same_as_reference(fixtures[c], &options, "threads");
        }
}

static void arms_may_stand_in_any_order(void **state)
{
    struct fixture **fixtures = *state;
    for (size_t c = 0; c < CASES; c++) {
        struct fixture *f = fixtures[c];
        struct lived l;
        size_t arms[8];
        for (size_t a = 0; a < f->n_arms; a++) arms[a] = f->arms[f->n_arms - 1 - a];
        struct orgsim_run_options options = lived_options(arms, f->n_arms, WORLDS);
        options.baseline = f->arms[0];
        lived_run(&l, f->scenario, &options);
        assert_true(l.results.baseline == f->n_arms - 1);
        for (size_t a = 0; a < f->n_arms; a++) {
            size_t there = f->n_arms - 1 - a, cell = a * ORGSIM_METRIC_COUNT, other = there * ORGSIM_METRIC_COUNT;
            lived_same_arm(&f->reference, a, &l, there, WORLDS, "order of arms");
            assert_memory_equal(f->reference.results.summary + cell, l.results.summary + other,
                                ORGSIM_METRIC_COUNT * sizeof *l.results.summary);
            assert_memory_equal(f->reference.results.comparison + cell, l.results.comparison + other,
                                ORGSIM_METRIC_COUNT * sizeof *l.results.comparison);
        }
        lived_free(&l);
    }
}

/* Each arm by itself, and twice in one run. */
static void arms_alone_or_in_company(void **state)
{
    struct fixture **fixtures = *state;
    for (size_t c = 0; c < CASES; c++) {
        struct fixture *f = fixtures[c];
        for (size_t a = 0; a < f->n_arms; a++) {
            struct lived l;
            const size_t twice[] = {f->arms[a], f->arms[a]};
            struct orgsim_run_options options = lived_options(twice, a % 2 ? 1 : 2, WORLDS);
            lived_run(&l, f->scenario, &options);
            for (size_t copy = 0; copy < l.arms; copy++) lived_same_arm(&f->reference, a, &l, copy, WORLDS, "alone");
            lived_free(&l);
        }
    }
}

/* World i is the same in every run, also where the last block or the last batch is not full. */
static void fewer_worlds_are_a_prefix(void **state)
{
    struct fixture **fixtures = *state;
    const uint64_t worlds[] = {1, 3, 17, 127, 129, 200};
    for (size_t c = 0; c < CASES; c++)
        for (size_t n = 0; n < sizeof worlds / sizeof *worlds; n++) {
            struct fixture *f = fixtures[c];
            struct lived l;
            struct orgsim_run_options options = lived_options(f->arms, f->n_arms, worlds[n]);
            lived_run(&l, f->scenario, &options);
            assert_true(l.worlds == worlds[n]);
            for (size_t arm = 0; arm < f->n_arms; arm++) lived_same_arm(&f->reference, arm, &l, arm, l.worlds, "prefix");
            lived_free(&l);
        }
}

/* Histograms instead of kept outcomes: from the first block on, and from the second. */
static void what_is_kept_changes_no_mean(void **state)
{
    struct fixture **fixtures = *state;
    for (size_t c = 0; c < CASES; c++)
        for (size_t blocks = 0; blocks < 2; blocks++) {
            struct fixture *f = fixtures[c];
            struct lived l;
            struct orgsim_run_options options = f->options;
            options.isa = NULL;
            options.values_kept_at_most = 1 + blocks * f->n_arms * (ORGSIM_METRIC_COUNT + 1) * ORGSIM_BLOCK_WORLDS;
            lived_run(&l, f->scenario, &options);
            assert_true(!l.results.quantiles_exact && f->reference.results.quantiles_exact);
            same_results(&f->reference.results, &l.results, false);
            lived_free(&l);
        }
}

/* The scalar kernel against the widest, with everything that contrary research adds to the week. */
static void contrarian_switches_agree(void **state)
{
    struct fixture **fixtures = *state;
    for (size_t c = 0; c < CASES; c++) {
        struct fixture *f = fixtures[c];
        struct orgsim_run_options options = f->options;
        struct lived narrow, wide;
        for (int k = 0; k < ORGSIM_CONTRARY_COUNT; k++) options.contrary.strength[k] = orgsim_contrary_info((enum orgsim_contrary)k)->strength;
        lived_run(&narrow, f->scenario, &options);
        options.isa = NULL;
        options.threads = 2;
        lived_run(&wide, f->scenario, &options);
        for (size_t arm = 0; arm < f->n_arms; arm++) lived_same_arm(&narrow, arm, &wide, arm, WORLDS, "contrary");
        same_results(&narrow.results, &wide.results, true);
        assert_true(lived_differing(&narrow, 1, &f->reference, 1, ORGSIM_METRIC_finish_week, WORLDS) > WORLDS / 2);
        lived_free(&narrow);
        lived_free(&wide);
    }
}

/* The tick is part of the model: were the runs above no function of it, they would prove little. */
static void the_tick_is_not_idle(void **state)
{
    struct fixture **fixtures = *state;
    struct lived l;
    struct orgsim_run_options options = fixtures[0]->options;
    options.ticks_per_week = 4;
    lived_run(&l, fixtures[0]->scenario, &options);
    assert_true(lived_differing(&fixtures[0]->reference, 0, &l, 0, ORGSIM_METRIC_finish_week, WORLDS) > WORLDS / 2);
    lived_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels_agree),
        cmocka_unit_test(threads_agree),
        cmocka_unit_test(arms_may_stand_in_any_order),
        cmocka_unit_test(arms_alone_or_in_company),
        cmocka_unit_test(fewer_worlds_are_a_prefix),
        cmocka_unit_test(what_is_kept_changes_no_mean),
        cmocka_unit_test(contrarian_switches_agree),
        cmocka_unit_test(the_tick_is_not_idle),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
