/* test_select.c: the best of many organisations against enumeration, "no TPM" where that is right, budgets, and what is refused */
#include "study/lived.h"

#include <orgsim/optimise.h>

#include "base/memory.h"
#include "scenario/scenario.h"

enum { ENOUGH = 20480 };

#define NONE {1, 0}
static const struct orgsim_objective net_value = {ORGSIM_METRIC_npv_k, ORGSIM_RISK_mean};

static struct orgsim_select_options choice_of(const struct orgsim_count_range *count)
{
    return (struct orgsim_select_options){
        .objective = net_value, .count = count, .budget_k_per_year = (double)NAN, .confidence = 0.95, .indifference = (double)NAN};
}

static void choose(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_select_options *choice,
                   struct orgsim_selection *s)
{
    struct orgsim_where where = {0};
    int status = orgsim_select(scenario, options, choice, s, &where);
    if (status) fail_msg("%s; %s", where.what, where.todo);
}

static void assert_same(const struct orgsim_selection *a, const struct orgsim_selection *b)
{
    assert_true(a->n == b->n && a->decided == b->decided && a->worlds == b->worlds && a->same == b->same);
    assert_true(a->chosen == b->chosen && a->baseline == b->baseline);
    assert_memory_equal(&a->difference, &b->difference, sizeof a->difference);
    for (size_t k = 0; k < a->n; k++) {
        const struct orgsim_candidate *x = &a->candidate[k], *y = &b->candidate[k];
        assert_true(x->value == y->value && x->npv_k == y->npv_k && x->finish_week == y->finish_week && x->worlds == y->worlds && x->left == y->left);
        assert_true(x->cost_k_per_year == y->cost_k_per_year && x->best_npv == y->best_npv && x->best_finish == y->best_finish);
        assert_memory_equal(&x->behind, &y->behind, sizeof x->behind);
    }
}

/* Four staffings that the scenario also has as arms: the same organisations, world by world, on any threads and kernel. */
static void counted_people_are_those_of_the_arms(void **state)
{
    (void)state;
    static const struct orgsim_count_range count[ORGSIM_COUNT_COUNT] = {{0, 1}, {0, 1}, NONE, NONE};
    size_t arms[4];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_selection named, counted;
    lived_arms(scenario, "none coordinator tpm tpm_coordinator", arms); /* the order of the combinations */
    struct orgsim_run_options options = lived_options(arms, 4, ENOUGH);
    struct orgsim_select_options choice = choice_of(NULL);
    choose(scenario, &options, &choice, &named);
    choice.count = count;
    options.threads = 3;
    options.isa = "scalar";
    choose(scenario, &options, &choice, &counted);
    assert_same(&named, &counted);
    assert_true(named.n == 4 && named.same < 4);
    orgsim_selection_free(&named);
    orgsim_selection_free(&counted);
    orgsim_scenario_free(scenario);
}

/* Every arm on the same worlds, and the highest mean: the chosen one is it, or within the indifference. */
static void the_choice_is_that_of_enumeration(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = {.seed = 1, .worlds = ENOUGH, .baseline = lived_arm(scenario, "none"), .precision_metric = -1};
    struct orgsim_select_options choice = choice_of(NULL);
    struct orgsim_selection s;
    struct orgsim_results all = {0};
    struct orgsim_where where = {0};
    choose(scenario, &options, &choice, &s);
    assert_true(s.decided && s.n == orgsim_scenario_arms(scenario));
    options.worlds = 6000;
    options.seed = 2;
    assert_int_equal(orgsim_run(scenario, &options, &all, &where), 0);
    double most = -INFINITY, chosen = (double)NAN;
    for (size_t a = 0; a < all.n_arms; a++) {
        double mean = all.summary[a * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k].mean;
        most = fmax(most, mean);
        if (!strcmp(scenario->arms[a].label, s.candidate[0].label)) chosen = mean;
    }
    assert_true(chosen > most - s.indifference);
    for (size_t k = 1; k < s.n; k++) assert_true(s.candidate[k].value <= s.candidate[0].value && (s.candidate[k].left || s.candidate[k].behind.mean < 0));
    orgsim_results_free(&all);
    orgsim_selection_free(&s);
    orgsim_scenario_free(scenario);
}

/* In a program of three small teams nobody should be hired, and that is what is said, by the mean and by what is kept in four worlds of five. */
static void no_tpm_where_that_is_right(void **state)
{
    (void)state;
    static const struct orgsim_count_range count[ORGSIM_COUNT_COUNT] = {{0, 3}, NONE, NONE, NONE};
    struct orgsim_scenario *scenario = lived_scenario("workshop");
    struct orgsim_run_options options = {.seed = 1, .worlds = ENOUGH, .baseline = lived_arm(scenario, "none"), .precision_metric = -1};
    struct orgsim_select_options choice = choice_of(count);
    for (int risk = ORGSIM_RISK_mean; risk <= ORGSIM_RISK_p80; risk++) {
        struct orgsim_selection s;
        choice.objective.risk = (enum orgsim_risk)risk;
        choose(scenario, &options, &choice, &s);
        assert_true(s.decided && s.same == 0 && s.n == 4);
        assert_string_equal(s.candidate[0].label, "no TPM");
        assert_true(s.chosen == s.baseline && s.difference.mean == 0);
        orgsim_selection_free(&s);
    }
    orgsim_scenario_free(scenario);
}

/* And where many depend on each other, somebody. */
static void somebody_where_that_is_right(void **state)
{
    (void)state;
    static const struct orgsim_count_range count[ORGSIM_COUNT_COUNT] = {{0, 1}, NONE, NONE, NONE};
    struct orgsim_scenario *scenario = lived_scenario("platform-migration");
    struct orgsim_run_options options = {.seed = 1, .worlds = ENOUGH, .baseline = lived_arm(scenario, "none"), .precision_metric = -1};
    struct orgsim_select_options choice = choice_of(count);
    struct orgsim_selection s;
    choose(scenario, &options, &choice, &s);
    assert_string_equal(s.candidate[0].label, "1 TPM");
    assert_true(s.decided && s.same == 1 && s.difference.ci_low > 0 && s.candidate[1].behind.ci_high < 0);
    orgsim_selection_free(&s);
    orgsim_scenario_free(scenario);
}

static void a_budget_leaves_out_what_is_dearer(void **state)
{
    (void)state;
    static const struct orgsim_count_range count[ORGSIM_COUNT_COUNT] = {{0, 2}, {0, 1}, {1, 2}, {0, 1}}, hire[ORGSIM_COUNT_COUNT] = {{1, 2}, NONE, NONE, NONE};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = {.seed = 1, .worlds = 2048, .baseline = lived_arm(scenario, "none"), .precision_metric = -1};
    struct orgsim_select_options choice = choice_of(count);
    struct orgsim_selection s;
    struct orgsim_where where = {0};
    choice.budget_k_per_year = 228.8; /* one TPM; or a coordinator, an engineer, or a PM */
    choose(scenario, &options, &choice, &s);
    assert_int_equal(s.n + s.over_budget, 24);
    size_t found = 0;
    for (size_t k = 0; k < s.n; k++) {
        const struct orgsim_candidate *c = &s.candidate[k];
        assert_true(c->cost_k_per_year < 228.81);
        if (!strcmp(c->label, "1 PM, 1 TPM, no coordinator, no more engineers")) found += fabs(c->cost_k_per_year - 228.8) < 0.01;
        if (!strcmp(c->label, "1 PM, no TPM, 1 coordinator, no more engineers")) found += fabs(c->cost_k_per_year - 124.8) < 0.01;
        if (!strcmp(c->label, "2 PMs, no TPM, no coordinator, no more engineers")) found += fabs(c->cost_k_per_year - 213.2) < 0.01;
        if (!strcmp(c->label, "1 PM, no TPM, no coordinator, no more engineers")) found += c->cost_k_per_year == 0 && k == s.same;
    }
    assert_int_equal(found, 4);
    orgsim_selection_free(&s);
    choice = choice_of(hire);
    choice.budget_k_per_year = 100;
    assert_int_equal(orgsim_select(scenario, &options, &choice, &s, &where), ORGSIM_ERROR_USAGE);
    assert_non_null(strstr(where.what, "nothing costs 100k a year or less; the cheapest, 1 TPM, costs 228.8k"));
    orgsim_selection_free(&s);
    orgsim_scenario_free(scenario);
}

/* The frontier by its definition, from the numbers that stand beside it. */
static void the_frontier_is_what_nothing_as_cheap_beats(void **state)
{
    (void)state;
    static const struct orgsim_count_range count[ORGSIM_COUNT_COUNT] = {{0, 2}, {0, 2}, NONE, {0, 1}};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = {.seed = 1, .worlds = 2048, .baseline = lived_arm(scenario, "none"), .precision_metric = -1};
    struct orgsim_select_options choice = choice_of(count);
    struct orgsim_selection s;
    size_t on = 0;
    choose(scenario, &options, &choice, &s);
    for (size_t i = 0; i < s.n; i++) {
        bool beaten = false;
        for (size_t j = 0; j < s.n; j++)
            beaten |= s.candidate[j].cost_k_per_year <= s.candidate[i].cost_k_per_year && s.candidate[j].npv_k > s.candidate[i].npv_k;
        assert_true(s.candidate[i].best_npv == !beaten);
        on += !beaten;
    }
    assert_true(on >= 1 && on < s.n && s.candidate[s.same].best_npv); /* nothing is as cheap as the baseline */
    orgsim_selection_free(&s);
    orgsim_scenario_free(scenario);
}

static void too_few_worlds_do_not_decide(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_selection s;
    lived_arms(scenario, "none decouple", arms);
    struct orgsim_run_options options = lived_options(arms, 2, 2048);
    struct orgsim_select_options choice = choice_of(NULL);
    choice.indifference = 1e-6;
    choose(scenario, &options, &choice, &s);
    assert_true(!s.decided && s.candidate[0].left && s.candidate[1].left && s.worlds == 2048);
    orgsim_selection_free(&s);
    orgsim_scenario_free(scenario);
}

static void assert_refused(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_select_options *choice,
                           const char *what)
{
    struct orgsim_selection s;
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_select(scenario, options, choice, &s, &where), ORGSIM_ERROR_USAGE);
    if (!strstr(where.what, what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, what);
    orgsim_selection_free(&s);
}

static void what_cannot_be_asked_is_refused(void **state)
{
    (void)state;
    static const struct orgsim_count_range seats[ORGSIM_COUNT_COUNT] = {{0, 16}, NONE, NONE, NONE}, many[ORGSIM_COUNT_COUNT] = {{0, 8}, {0, 8}, {0, 8}, NONE},
                                           most[ORGSIM_COUNT_COUNT] = {NONE, NONE, NONE, {0, 4000000000U}};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = {.seed = 1, .worlds = 2048, .baseline = lived_arm(scenario, "none"), .precision_metric = -1};
    struct orgsim_select_options choice = choice_of(seats), changed;
    assert_refused(scenario, &options, &choice, "17 seats");
    choice.count = many;
    assert_refused(scenario, &options, &choice, "more than 500 combinations");
    choice.count = most;
    assert_refused(scenario, &options, &choice, "more than 500 combinations");
    choice = choice_of(NULL);
    changed = choice;
    changed.confidence = 1;
    assert_refused(scenario, &options, &changed, "cannot be 1 sure");
    changed = choice;
    changed.indifference = 0;
    assert_refused(scenario, &options, &changed, "cannot be told from none");
    changed = choice;
    changed.objective = (struct orgsim_objective){ORGSIM_METRIC_finish_week, ORGSIM_RISK_loss};
    assert_refused(scenario, &options, &changed, "has no loss");
    options.worlds = 2047;
    assert_refused(scenario, &options, &choice, "too few");
    orgsim_scenario_free(scenario);
}

static void a_stop_and_failed_allocations_are_told(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    static const struct orgsim_count_range count[ORGSIM_COUNT_COUNT] = {{0, 1}, NONE, NONE, {0, 1}};
    struct orgsim_scenario *scenario = lived_scenario("workshop");
    struct orgsim_run_options options = {.seed = 1, .worlds = 2048, .threads = 1, .baseline = lived_arm(scenario, "none"), .precision_metric = -1, .stop = &stopped};
    struct orgsim_select_options choice = choice_of(count);
    struct orgsim_selection s;
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_select(scenario, &options, &choice, &s, &where), ORGSIM_ERROR_INTERRUPTED);
    orgsim_selection_free(&s);
    options.stop = NULL;
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth += 1 + nth / 8) {
        memory_fail_at(nth);
        status = orgsim_select(scenario, &options, &choice, &s, &where);
        memory_fail_at(0);
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        orgsim_selection_free(&s);
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counted_people_are_those_of_the_arms), cmocka_unit_test(the_choice_is_that_of_enumeration),
        cmocka_unit_test(no_tpm_where_that_is_right),           cmocka_unit_test(somebody_where_that_is_right),
        cmocka_unit_test(a_budget_leaves_out_what_is_dearer),   cmocka_unit_test(the_frontier_is_what_nothing_as_cheap_beats),
        cmocka_unit_test(too_few_worlds_do_not_decide),         cmocka_unit_test(what_cannot_be_asked_is_refused),
        cmocka_unit_test(a_stop_and_failed_allocations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
