/* test_bounds.c: a number at the ends of what it may be, and a table that is full of such numbers, lives worlds whose outcomes are numbers
 *
 * The kernels count in single precision. Without bounds a great number times nothing was no number, and every comparison with it false: the answer
 * turned round. A scenario may refuse an end, but with a reason.
 */
#include "study/lived.h"

#include "base/text.h"
#include "scenario/columns.h"
#include "scenario/load.h"
#include "scenario/target.h"

enum { WORLDS = 64 };

/* Defined in every world; of the others some may have nothing to measure, which is no number, but never an infinite one. */
static const size_t always[] = {
    ORGSIM_METRIC_finish_week, ORGSIM_METRIC_slip, ORGSIM_METRIC_on_time, ORGSIM_METRIC_cost_k, ORGSIM_METRIC_cost_without_seats_k,
    ORGSIM_METRIC_seat_cost_k, ORGSIM_METRIC_value_k, ORGSIM_METRIC_npv_k, ORGSIM_METRIC_cancelled, ORGSIM_METRIC_censored,
    ORGSIM_METRIC_escaped_share, ORGSIM_METRIC_risks_realised, ORGSIM_METRIC_decision_debt_weeks, ORGSIM_METRIC_decision_debt_interest_k,
    ORGSIM_METRIC_coordination_absorbed_h, ORGSIM_METRIC_coordination_em_h, ORGSIM_METRIC_coordination_engineers_h, ORGSIM_METRIC_coordination_pm_h,
    ORGSIM_METRIC_focus_loss, ORGSIM_METRIC_rework_share, ORGSIM_METRIC_engineers_left, ORGSIM_METRIC_seats_left, ORGSIM_METRIC_trust_end,
    ORGSIM_METRIC_requests_accepted, ORGSIM_METRIC_forum_hours, ORGSIM_METRIC_penalties_k, ORGSIM_METRIC_delivery_seat_weeks};

static bool is_always(size_t metric)
{
    for (size_t k = 0; k < sizeof always / sizeof *always; k++)
        if (always[k] == metric) return true;
    return false;
}

static size_t faults_of(const struct lived *l, const char *what)
{
    size_t faults = 0;
    for (size_t a = 0; a < l->arms; a++)
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            size_t bad = 0;
            for (size_t w = 0; w < l->worlds; w++) {
                double x = (double)lived_column(l, a, m)[w];
                bad += isinf(x) || (isnan(x) && is_always(m));
            }
            if (bad) print_error("%s, arm %zu: %s is no number in %zu of %zu worlds\n", what, a, lived_metric(m), bad, l->worlds);
            faults += bad > 0;
        }
    return faults;
}

/* Faults of the outcomes; a scenario that is refused has none, if it says why. */
static size_t live_with(const char *path, const char *const *settings, size_t n_settings, const char *what, size_t *refused)
{
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    size_t arms[2], faults = 0;
    int status = orgsim_scenario_load(path, settings, n_settings, &scenario, &problems);
    if (status) {
        faults = problems.n == 0 || !problems.list[0].where.todo[0];
        ++*refused;
    } else {
        struct lived l;
        struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none tpm", arms), WORLDS);
        int lived = lived_try(&l, scenario, &options);
        if (lived) print_message("%s: %s\n", what, orgsim_error_text(lived));
        faults = lived ? lived != ORGSIM_ERROR_USAGE : faults_of(&l, what);
        *refused += lived != 0;
        lived_free(&l);
    }
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return faults;
}

static const char *startup(void) { return ORGSIM_SOURCE "/scenarios/startup"; }

static size_t live_ends(const char *name, const struct column *domain, size_t *refused)
{
    size_t faults = 0;
    const double ends[] = {domain->above ? domain->low + CELL_LEAST : domain->low, domain->high, 1e-42};
    for (int end = 0; end < 3; end++) {
        if (end == 2 && !cell_in_range(domain, ends[end])) continue; /* so little that single precision hardly holds it */
        char setting[256], digits[TEXT_NUMBER_SIZE];
        assert_true(isfinite(ends[end]));
        assert_true(cell_in_range(domain, ends[end]));
        snprintf(setting, sizeof setting, "%s=%s", name, text_of_double(digits, ends[end]));
        faults += live_with(startup(), (const char *const[]){setting}, 1, setting, refused);
    }
    return faults;
}

static void parameters_at_their_ends_live(void **state)
{
    (void)state;
    size_t faults = 0, refused = 0;
    for (int k = 0; k < ASSUMPTION_COUNT; k++) {
        const struct column domain = target_domain(k);
        faults += live_ends(domain.name, &domain, &refused);
    }
    assert_int_equal(faults, 0);
    assert_in_range(refused, 1, 12); /* q_min, m_max and the forums' slots, and what more weeks or requests follow from than can be lived */
}

static void prices_and_seats_at_their_ends_live(void **state)
{
    (void)state;
    size_t faults = 0, refused = 0;
    char name[128];
    for (size_t k = 0; k < columns_n_money; k++) {
        snprintf(name, sizeof name, "money.%s", columns_money[k].name);
        faults += live_ends(name, &columns_money[k], &refused);
    }
    for (size_t k = 0; k < columns_of[TABLE_SEATS].n_columns; k++) {
        const struct column *column = &columns_of[TABLE_SEATS].columns[k];
        if (column->type != COLUMN_CELL && column->type != COLUMN_NUMBER) continue;
        snprintf(name, sizeof name, "tpm.tpm.%s", column->name);
        faults += live_ends(name, column, &refused);
    }
    assert_int_equal(faults, 0);
    assert_int_equal(refused, 1); /* engineers who cost nothing, of whom an arm has as many as the hire costs */
}

/* Beyond an end nothing is lived: the message has the bound. */
static void beyond_the_ends_is_refused(void **state)
{
    (void)state;
    static const char *const settings[] = {"h_seat=169", "h_seat=1e308", "det_base=1e7", "span_tpm=1e38", "b_est=11", "b_est=-11", "tau_ramp=1e-300"};
    static const char *const bounds[] = {"0 to 168", "0 to 168", "0 to 1000000", "0 to 1000000", "-10 to 10", "-10 to 10", "above 0"};
    for (size_t k = 0; k < sizeof settings / sizeof *settings; k++) {
        struct orgsim_scenario *scenario = NULL;
        struct orgsim_problems problems = {0};
        assert_int_equal(orgsim_scenario_load(startup(), &settings[k], 1, &scenario, &problems), ORGSIM_ERROR_USAGE);
        assert_non_null(strstr(problems.list[0].where.todo, bounds[k]));
        orgsim_problems_free(&problems);
    }
}

/* Every number of every table has two finite ends. */
static void every_number_has_bounds(void **state)
{
    (void)state;
    for (int table = 0; table < TABLES; table++)
        for (size_t k = 0; k < columns_of[table].n_columns; k++) {
            const struct column *column = &columns_of[table].columns[k];
            if (column->type != COLUMN_CELL && column->type != COLUMN_NUMBER) continue;
            if (!(isfinite(column->low) && isfinite(column->high) && column->low < column->high)) fail_msg("%s, %s has no bound", columns_of[table].file, column->name);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parameters_at_their_ends_live), cmocka_unit_test(prices_and_seats_at_their_ends_live),
                                       cmocka_unit_test(beyond_the_ends_is_refused), cmocka_unit_test(every_number_has_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
