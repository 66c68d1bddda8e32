/* test_attribution.c: what each lever is worth, and the h_seat at which the hire stops paying, against runs that were asked for one by one */
#include "study/lived.h"

#include "base/memory.h"

enum { WORLDS = 256 };

struct fixture { struct orgsim_scenario *scenario; size_t arms[2]; struct orgsim_run_options options; };

/* The shipped startup with at most one setting. */
static struct fixture fixture_of(const char *setting)
{
    struct fixture f;
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    f.scenario = lived_scenario_at(path, &setting, setting ? 1 : 0);
    lived_arms(f.scenario, "none tpm", f.arms);
    f.options = lived_options(f.arms, 2, WORLDS);
    f.options.arms = NULL; /* all of the scenario */
    return f;
}

static struct orgsim_attribution attribute(const struct fixture *f, uint64_t worlds)
{
    struct orgsim_attribution a = {0};
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_attribution(f->scenario, &f->options, worlds, &a, &where), 0);
    return a;
}

/* Mean and interval of the net value of arm 1 less that of arm 0 of two runs of the two arms. */
static struct orgsim_estimate difference(const struct lived *with, size_t arm, const struct lived *without, size_t arm_without)
{
    const float *x = lived_column(with, arm, ORGSIM_METRIC_npv_k), *y = lived_column(without, arm_without, ORGSIM_METRIC_npv_k);
    double sum = 0, squares = 0;
    for (size_t w = 0; w < WORLDS; w++) sum += (double)x[w] - (double)y[w];
    for (size_t w = 0; w < WORLDS; w++) squares += ((double)x[w] - (double)y[w] - sum / WORLDS) * ((double)x[w] - (double)y[w] - sum / WORLDS);
    double half = 1.959963984540054 * sqrt(squares / (WORLDS - 1) / WORLDS);
    return (struct orgsim_estimate){sum / WORLDS, sum / WORLDS - half, sum / WORLDS + half};
}

static void assert_estimate(const struct orgsim_estimate *actual, const struct orgsim_estimate *expected)
{
    assert_true(fabs(actual->mean - expected->mean) < 1e-6);
    assert_true(fabs(actual->ci_low - expected->ci_low) < 1e-6);
    assert_true(fabs(actual->ci_high - expected->ci_high) < 1e-6);
}

static void live_pair(struct lived *l, const struct fixture *f, unsigned levers_off)
{
    struct orgsim_run_options o = lived_options(f->arms, 2, WORLDS);
    o.levers_off = levers_off;
    lived_run(l, f->scenario, &o);
}

static void each_lever_is_worth_what_a_run_without_it_loses(void **state)
{
    (void)state;
    struct fixture f = fixture_of(NULL);
    struct orgsim_attribution a = attribute(&f, 0);
    const unsigned all = (1u << ORGSIM_LEVER_COUNT) - 1;
    struct lived on, off;
    assert_int_equal(a.worlds, WORLDS);
    live_pair(&on, &f, 0);
    for (int l = 0; l <= ORGSIM_LEVER_COUNT; l++) {
        live_pair(&off, &f, l < ORGSIM_LEVER_COUNT ? 1u << l : all);
        struct orgsim_estimate expected = difference(&on, 1, &off, 1), *actual = l < ORGSIM_LEVER_COUNT ? &a.lever[l].npv_k : &a.together;
        assert_estimate(actual, &expected);
        if (l < ORGSIM_LEVER_COUNT) {
            bool same = lived_differing(&on, 1, &off, 1, ORGSIM_METRIC_npv_k, WORLDS) == 0, covers = expected.ci_low <= 0 && expected.ci_high >= 0;
            assert_int_equal(a.lever[l].state, same ? ORGSIM_CONTRIBUTION_NOWHERE : covers ? ORGSIM_CONTRIBUTION_UNSEEN : ORGSIM_CONTRIBUTION_SEEN);
        }
        lived_free(&off);
    }
    struct orgsim_estimate present = difference(&on, 1, &on, 0);
    assert_estimate(&a.h_seat.at_present, &present);
    assert_int_equal(a.lever[ORGSIM_LEVER_detection].state, ORGSIM_CONTRIBUTION_SEEN);
    lived_free(&on);
    orgsim_scenario_free(f.scenario);
}

/* Each switch at its usual strength, or at that of the run. */
static void contrary_research_leaves_what_a_run_finds(void **state)
{
    (void)state;
    struct fixture f = fixture_of(NULL);
    for (int given = -1; given < ORGSIM_CONTRARY_COUNT; given++) {
        if (given >= 0) f.options.contrary = (struct orgsim_contraries){0};
        if (given >= 0) f.options.contrary.strength[given] = 0.5;
        struct orgsim_attribution a = attribute(&f, 0);
        for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
            struct orgsim_run_options o = lived_options(f.arms, 2, WORLDS);
            struct lived l;
            o.contrary = f.options.contrary;
            if (c != given) o.contrary.strength[c] = orgsim_contrary_info((enum orgsim_contrary)c)->strength;
            lived_run(&l, f.scenario, &o);
            struct orgsim_estimate expected = difference(&l, 1, &l, 0);
            assert_estimate(&a.contrary[c], &expected);
            assert_true(c == given ? a.contrary[c].mean == a.h_seat.at_present.mean : a.contrary[c].mean != a.h_seat.at_present.mean);
            lived_free(&l);
        }
    }
    orgsim_scenario_free(f.scenario);
}

/* The difference that a run gives when the scenario says h_seat itself. */
static struct orgsim_estimate difference_at(double h_seat)
{
    char setting[64];
    struct lived l;
    snprintf(setting, sizeof setting, "h_seat=%.17g", h_seat);
    struct fixture f = fixture_of(setting);
    live_pair(&l, &f, 0);
    struct orgsim_estimate e = difference(&l, 1, &l, 0);
    lived_free(&l);
    orgsim_scenario_free(f.scenario);
    return e;
}

static void the_break_even_is_where_a_run_finds_nothing(void **state)
{
    (void)state;
    struct fixture f = fixture_of(NULL);
    struct orgsim_attribution a = attribute(&f, WORLDS);
    const struct orgsim_break_even *b = &a.h_seat;
    struct orgsim_estimate low = difference_at(0), high = difference_at(3);
    assert_estimate(&b->at_low, &low);
    assert_estimate(&b->at_high, &high);
    assert_int_equal(b->state, ORGSIM_BREAK_EVEN_CROSSES);
    assert_true(b->low <= b->ci_low && b->ci_low < b->value && b->value < b->ci_high && b->ci_high <= b->high);
    struct orgsim_estimate at = difference_at(b->value), at_ci_low = difference_at(b->ci_low), at_ci_high = difference_at(b->ci_high);
    double se = (at.ci_high - at.mean) / 1.959963984540054;
    assert_true(fabs(at.mean) < 0.3 * se);
    assert_true(b->open_low || fabs(at_ci_low.ci_low) < 0.3 * se);
    assert_true(b->open_high || fabs(at_ci_high.ci_high) < 0.3 * se);
    orgsim_scenario_free(f.scenario);
}

static void without_a_crossing_it_says_so(void **state)
{
    (void)state;
    struct fixture dear = fixture_of("tpm.tpm.cost_per_year=20000000"), dear_enough = fixture_of(NULL);
    struct orgsim_attribution a = attribute(&dear, WORLDS);
    assert_int_equal(a.h_seat.state, ORGSIM_BREAK_EVEN_NEVER);
    assert_true(isnan(a.h_seat.value) && isnan(a.h_seat.ci_low) && isnan(a.h_seat.ci_high));
    orgsim_scenario_free(dear.scenario);
    dear_enough.options.levers_off = 1u << ORGSIM_LEVER_overhead; /* nobody else is kept busy, so hours do not matter */
    a = attribute(&dear_enough, WORLDS);
    assert_int_equal(a.h_seat.state, ORGSIM_BREAK_EVEN_ALWAYS);
    assert_true(a.h_seat.at_low.mean == a.h_seat.at_high.mean);
    assert_int_equal(a.lever[ORGSIM_LEVER_overhead].state, ORGSIM_CONTRIBUTION_OFF);
    orgsim_scenario_free(dear_enough.scenario);
}

static bool same_estimate(const struct orgsim_estimate *a, const struct orgsim_estimate *b) { return memcmp(a, b, sizeof *a) == 0; }

static void assert_same(const struct orgsim_attribution *a, const struct orgsim_attribution *b)
{
    assert_int_equal(a->worlds, b->worlds);
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) assert_true(a->lever[l].state == b->lever[l].state && same_estimate(&a->lever[l].npv_k, &b->lever[l].npv_k));
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) assert_true(same_estimate(&a->contrary[c], &b->contrary[c]));
    assert_true(same_estimate(&a->together, &b->together));
    assert_true(same_estimate(&a->h_seat.at_low, &b->h_seat.at_low) && same_estimate(&a->h_seat.at_high, &b->h_seat.at_high));
    assert_true(a->h_seat.value == b->h_seat.value && a->h_seat.ci_low == b->h_seat.ci_low && a->h_seat.ci_high == b->h_seat.ci_high);
}

static void threads_and_kernels_change_no_bit(void **state)
{
    (void)state;
    struct fixture f = fixture_of(NULL);
    struct orgsim_attribution one = attribute(&f, WORLDS);
    f.options.threads = 3;
    struct orgsim_attribution three = attribute(&f, WORLDS);
    f.options.isa = "scalar";
    struct orgsim_attribution scalar = attribute(&f, WORLDS);
    assert_same(&one, &three);
    assert_same(&one, &scalar);
    orgsim_scenario_free(f.scenario);
}

static void there_may_be_nothing_to_attribute(void **state)
{
    (void)state;
    struct fixture f = fixture_of(NULL);
    struct orgsim_run_options usual = f.options;
    f.options.baseline = f.arms[1]; /* the headline organisation itself */
    assert_int_equal(attribute(&f, 0).worlds, 0);
    f.options = usual;
    f.options.arms = f.arms;
    f.options.n_arms = 1; /* it is not lived */
    assert_int_equal(attribute(&f, 0).worlds, 0);
    f.options = usual;
    f.options.frictionless = 1;
    assert_int_equal(attribute(&f, 0).worlds, 0);
    f.options = usual;
    assert_int_equal(attribute(&f, 1).worlds, 0);
    f.options.worlds = 100; /* never more than the run has */
    assert_int_equal(attribute(&f, 1024).worlds, 100);
    orgsim_scenario_free(f.scenario);
}

static void an_interruption_leaves_nothing(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    struct fixture f = fixture_of(NULL);
    struct orgsim_attribution a = {0};
    struct orgsim_where where = {0};
    f.options.stop = &stopped;
    assert_int_equal(orgsim_attribution(f.scenario, &f.options, 0, &a, &where), ORGSIM_ERROR_INTERRUPTED);
    assert_int_equal(a.worlds, 0);
    f.options.stop = NULL;
    f.options.isa = "abacus";
    assert_int_equal(orgsim_attribution(f.scenario, &f.options, 0, &a, &where), ORGSIM_ERROR_USAGE);
    assert_non_null(strstr(where.what, "abacus"));
    orgsim_scenario_free(f.scenario);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct fixture f = fixture_of(NULL);
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth++) {
        struct orgsim_attribution a = {0};
        struct orgsim_where where = {0};
        memory_fail_at(nth);
        status = orgsim_attribution(f.scenario, &f.options, 16, &a, &where);
        memory_fail_at(0);
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        assert_int_equal(a.worlds, status ? 0 : 16);
        assert_true(nth < 20000);
    }
    orgsim_scenario_free(f.scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lever_is_worth_what_a_run_without_it_loses),
        cmocka_unit_test(contrary_research_leaves_what_a_run_finds),
        cmocka_unit_test(the_break_even_is_where_a_run_finds_nothing),
        cmocka_unit_test(without_a_crossing_it_says_so),
        cmocka_unit_test(threads_and_kernels_change_no_bit),
        cmocka_unit_test(there_may_be_nothing_to_attribute),
        cmocka_unit_test(an_interruption_leaves_nothing),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
