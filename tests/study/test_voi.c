/* test_voi.c: what it would be worth to know, at points of our ignorance, and what is refused */
#include "study/lived.h"

#include <orgsim/voi.h>

#include "base/memory.h"
#include "scenario/scenario.h"

enum { POINTS = 128, WORLDS = 16 };

static struct orgsim_run_options voi_options(const struct orgsim_scenario *scenario, size_t arms[3])
{
    lived_arms(scenario, "none coordinator tpm", arms);
    return lived_options(arms, 3, WORLDS);
}

static const struct orgsim_voi_row *row_of(const struct orgsim_voi *v, const char *name)
{
    for (size_t k = 0; k < v->n; k++)
        if (!strcmp(v->row[k].name, name)) return &v->row[k];
    return NULL;
}

static void threads_and_kernels_change_no_bit(void **state)
{
    (void)state;
    size_t arms[3];
    struct orgsim_scenario *scenario = lived_scenario("workshop");
    struct orgsim_run_options options = voi_options(scenario, arms);
    struct orgsim_voi one, other;
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_voi(scenario, &options, POINTS, &one, &where), 0);
    options.threads = 3;
    options.isa = "scalar";
    assert_int_equal(orgsim_voi(scenario, &options, POINTS, &other, &where), 0);
    assert_true(one.points == POINTS && one.n == ASSUMPTION_COUNT && one.n_arms == 3 && one.impossible == 0);
    assert_true(one.perfect_k == other.perfect_k && one.perfect_se_k == other.perfect_se_k && one.noise_k == other.noise_k);
    assert_memory_equal(one.npv_k, other.npv_k, 3 * sizeof *one.npv_k);
    for (size_t k = 0; k < one.n; k++)
        assert_true(one.row[k].name == other.row[k].name && one.row[k].worth_k == other.row[k].worth_k && one.row[k].se_k == other.row[k].se_k);
    orgsim_voi_free(&one);
    orgsim_voi_free(&other);
    orgsim_scenario_free(scenario);
}

/* Rows lead with what is clear; each says how to measure it; knowing one is never worth more than knowing all, beyond the errors. */
static void the_answer_hangs_together(void **state)
{
    (void)state;
    static const char *const known[] = {"tau_ramp=8"};
    size_t arms[2];
    double shares = 0;
    struct orgsim_scenario *scenario = lived_scenario("startup"), *fixed = lived_scenario_at(scenario->path, known, 1);
    struct orgsim_voi v;
    struct orgsim_where where = {0};
    lived_arms(scenario, "none decouple", arms);
    struct orgsim_run_options options = lived_options(arms, 2, WORLDS);
    options.threads = 0;
    assert_int_equal(orgsim_voi(fixed, &options, 1024, &v, &where), 0);
    assert_true(v.n == ASSUMPTION_COUNT - 1 && !row_of(&v, "tau_ramp"));
    for (size_t k = 0; k < v.n; k++) {
        const struct orgsim_voi_row *row = &v.row[k];
        assert_true(row->low < row->high && row->measure && row->meaning && row->worth_k >= 0 && row->se_k >= 0);
        assert_true(row->worth_k <= v.perfect_k + 5 * (row->se_k + v.perfect_se_k));
        if (row->clear) assert_true(row->worth_k > 2 * row->se_k);
        if (k > 0) assert_true(v.row[k - 1].clear > row->clear || (v.row[k - 1].clear == row->clear && v.row[k - 1].worth_k >= row->worth_k));
    }
    for (size_t a = 0; a < 2; a++) {
        shares += v.best_share[a];
        assert_true(v.npv_k[a].mean <= v.npv_k[v.choice].mean && v.npv_k[a].ci_low < v.npv_k[a].mean);
    }
    assert_true(fabs(shares - 1) < 0.02);
    assert_true(!strcmp(v.row[0].name, "decoupling_effect") && v.row[0].clear); /* all that tells the two apart hangs on it */
    assert_false(row_of(&v, "J_tpm")->clear);                                    /* neither has a TPM */
    orgsim_voi_free(&v);
    orgsim_scenario_free(scenario);
    orgsim_scenario_free(fixed);
}

/* A seat without effect that costs its pay: nobody would choose it, whatever is learnt. */
static void nothing_is_worth_knowing_where_nothing_turns_the_choice(void **state)
{
    (void)state;
    static const char *const dear[] = {"*.tpm.cost_per_year=90000000"};
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("workshop"), *other = lived_scenario_at(scenario->path, dear, 1);
    struct orgsim_voi v;
    struct orgsim_where where = {0};
    lived_arms(scenario, "none tpm", arms);
    struct orgsim_run_options options = lived_options(arms, 2, WORLDS);
    assert_int_equal(orgsim_voi(other, &options, POINTS, &v, &where), 0);
    assert_true(v.choice == 0 && v.best_share[0] == 1 && v.perfect_k == 0 && v.perfect_se_k == 0 && v.noise_k == 0);
    for (size_t k = 0; k < v.n; k++) assert_true(v.row[k].worth_k == 0 && !v.row[k].clear);
    orgsim_voi_free(&v);
    orgsim_scenario_free(scenario);
    orgsim_scenario_free(other);
}

static void assert_refused(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, size_t points, const char *what)
{
    struct orgsim_voi v;
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_voi(scenario, options, points, &v, &where), ORGSIM_ERROR_USAGE);
    if (!strstr(where.what, what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, what);
    orgsim_voi_free(&v);
}

static void what_cannot_be_asked_is_refused(void **state)
{
    (void)state;
    size_t arms[3];
    struct orgsim_scenario *scenario = lived_scenario("workshop");
    struct orgsim_run_options options = voi_options(scenario, arms), changed = options;
    assert_refused(scenario, &options, 127, "127 points");
    assert_refused(scenario, &options, 100001, "100001 points");
    changed.n_arms = 1;
    assert_refused(scenario, &changed, POINTS, "nothing to choose");
    changed = options;
    changed.worlds = 1;
    assert_refused(scenario, &changed, POINTS, "one world");
    changed = options;
    changed.frictionless = 1;
    assert_refused(scenario, &changed, POINTS, "frictionless");
    orgsim_scenario_free(scenario);
}

static void a_stop_and_failed_allocations_are_told(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    size_t arms[3];
    struct orgsim_scenario *scenario = lived_scenario("workshop");
    struct orgsim_run_options options = voi_options(scenario, arms);
    struct orgsim_voi v;
    struct orgsim_where where = {0};
    options.stop = &stopped;
    assert_int_equal(orgsim_voi(scenario, &options, POINTS, &v, &where), ORGSIM_ERROR_INTERRUPTED);
    assert_int_equal(v.points, 0);
    orgsim_voi_free(&v);
    options.stop = NULL;
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth += 1 + nth / 3) { /* steps that grow: each try lives points */
        memory_fail_at(nth);
        status = orgsim_voi(scenario, &options, POINTS, &v, &where);
        memory_fail_at(0);
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        orgsim_voi_free(&v);
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_and_kernels_change_no_bit),
        cmocka_unit_test(the_answer_hangs_together),
        cmocka_unit_test(nothing_is_worth_knowing_where_nothing_turns_the_choice),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
        cmocka_unit_test(a_stop_and_failed_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
