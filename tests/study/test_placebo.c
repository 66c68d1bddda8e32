/* test_placebo.c: a seat without effect changes nothing but its pay, and with every lever off every delivery seat is such a seat
 *
 * Specification gaps 1 and 2: no rule that ends a program reads the cost of the seats under comparison. Each lever by itself must move what it is
 * named after, or it is dead; and none moves an organisation that has no delivery seat.
 */
#include "study/lived.h"

enum { WORLDS = 384, ALL_OFF = (1 << ORGSIM_LEVER_COUNT) - 1 };

static const char *const scenarios[] = {"startup", "platform-migration"};
#define SCENARIOS (sizeof scenarios / sizeof *scenarios)

/* What a seat without effect may change: money that includes its pay, the weeks it was paid, and whose trust is followed. */
static const size_t may_differ[] = {ORGSIM_METRIC_cost_k, ORGSIM_METRIC_seat_cost_k, ORGSIM_METRIC_npv_k, ORGSIM_METRIC_delivery_seat_weeks};
static const size_t may_differ_of_working_seats[] = {ORGSIM_METRIC_cost_k, ORGSIM_METRIC_seat_cost_k, ORGSIM_METRIC_npv_k,
                                                     ORGSIM_METRIC_delivery_seat_weeks, ORGSIM_METRIC_trust_end};

static bool is_among(size_t metric, const size_t *list, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (list[k] == metric) return true;
    return false;
}

/* Outcomes of arm b equal those of arm a bit for bit, but for the metrics of the list. */
static void same_but(const struct lived *l, size_t a, size_t b, const size_t *list, size_t n, const char *scenario)
{
    size_t faults = 0;
    for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
        size_t differing = lived_differing(l, a, l, b, m, l->worlds);
        if (!differing || is_among(m, list, n)) continue;
        print_error("%s, arm %zu: %s differs in %zu of %zu worlds\n", scenario, b, lived_metric(m), differing, l->worlds);
        faults++;
    }
    assert_int_equal(faults, 0);
}

/* Over time and by package too. `trust`: whose trust is followed is the same. */
static void same_over_time(const struct orgsim_results *r, size_t a, size_t b, bool trust)
{
    size_t row = r->n_weeks * ORGSIM_TIMELINE_COUNT;
    for (size_t c = 0; c < row; c++)
        if (trust || c % ORGSIM_TIMELINE_COUNT != ORGSIM_TIMELINE_trust)
            assert_memory_equal(&r->timeline[a * row + c], &r->timeline[b * row + c], sizeof *r->timeline);
    assert_memory_equal(r->packages + a * r->n_packages, r->packages + b * r->n_packages, r->n_packages * sizeof *r->packages);
}

static void live_contrary(struct lived *l, const char *scenario_name, const char *ids, unsigned levers_off, double contrary)
{
    size_t arms[16];
    struct orgsim_scenario *scenario = lived_scenario(scenario_name);
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, ids, arms), WORLDS);
    options.levers_off = levers_off;
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) options.contrary.strength[c] = contrary;
    lived_run(l, scenario, &options);
    orgsim_scenario_free(scenario);
}

static void live_arms(struct lived *l, const char *scenario_name, const char *ids, unsigned levers_off)
{
    live_contrary(l, scenario_name, ids, levers_off, 0);
}

static void placebo_changes_its_pay_only(void **state)
{
    (void)state;
    for (size_t s = 0; s < SCENARIOS; s++) {
        struct lived l;
        live_arms(&l, scenarios[s], "none placebo", 0);
        same_but(&l, 0, 1, may_differ, sizeof may_differ / sizeof *may_differ, scenarios[s]);
        same_over_time(&l.results, 0, 1, true);
        assert_int_equal(lived_differing(&l, 0, &l, 1, ORGSIM_METRIC_cost_without_seats_k, l.worlds), 0);
        assert_int_equal(lived_differing(&l, 0, &l, 1, ORGSIM_METRIC_seat_cost_k, l.worlds), l.worlds);
        lived_free(&l);
    }
}

/* The pay: weeks lived times the weekly cost, to the rounding of single precision (two sums of some hundred ticks: 2e-5 of the sum). A cancelled
 * world stopped at a fortnightly report. */
static void placebo_costs_its_pay(void **state)
{
    (void)state;
    const double weekly = 228.8 / 52;
    for (size_t s = 0; s < SCENARIOS; s++) {
        struct lived l;
        size_t cancelled = 0;
        live_arms(&l, scenarios[s], "none placebo", 0);
        assert_true(fabs(l.results.seat_cost_per_week_k[1] - weekly) < 1e-12);
        assert_true(l.results.seat_cost_per_week_k[0] == 0);
        for (size_t w = 0; w < l.worlds; w++) {
            double with = lived_column(&l, 1, ORGSIM_METRIC_seat_cost_k)[w], without = lived_column(&l, 0, ORGSIM_METRIC_seat_cost_k)[w];
            double weeks = (with - without) / weekly, room = 2e-5 * with / weekly;
            double lived = lived_column(&l, 0, ORGSIM_METRIC_finish_week)[w];
            if (lived_column(&l, 0, ORGSIM_METRIC_cancelled)[w] > 0) {
                lived = 2 * round(weeks / 2);
                cancelled++;
            }
            assert_true(fabs(weeks - lived) <= room);
            double cost = lived_column(&l, 1, ORGSIM_METRIC_cost_k)[w], rest = lived_column(&l, 1, ORGSIM_METRIC_cost_without_seats_k)[w];
            assert_true(cost == (float)((float)rest + (float)with));
        }
        if (s == 1) assert_true(cancelled > 0); /* both ends are met */
        lived_free(&l);
    }
}

static void all_levers_off_is_the_placebo(void **state)
{
    (void)state;
    for (size_t s = 0; s < SCENARIOS; s++) {
        struct lived l;
        live_arms(&l, scenarios[s], "none placebo tpm coordinator costume half_tpm tpm_coordinator", ALL_OFF);
        for (size_t arm = 1; arm < l.arms; arm++) {
            bool works = arm > 1;
            same_but(&l, 0, arm, works ? may_differ_of_working_seats : may_differ,
                     works ? sizeof may_differ_of_working_seats / sizeof *may_differ : sizeof may_differ / sizeof *may_differ, scenarios[s]);
            same_over_time(&l.results, 0, arm, !works);
        }
        /* the same pay as the placebo's: a working seat that nobody leaves is paid all the time, too */
        assert_int_equal(lived_differing(&l, 1, &l, 2, ORGSIM_METRIC_seat_cost_k, l.worlds), 0);
        assert_int_equal(lived_differing(&l, 1, &l, 2, ORGSIM_METRIC_npv_k, l.worlds), 0);
        lived_free(&l);
    }
}

/* What a seat does against the program is a lever's, too. */
static void contrary_research_spares_the_placebo(void **state)
{
    (void)state;
    struct lived l, usual;
    live_contrary(&l, "platform-migration", "none tpm costume", ALL_OFF, 1);
    live_arms(&usual, "platform-migration", "none tpm costume", ALL_OFF);
    for (size_t arm = 1; arm < l.arms; arm++)
        same_but(&l, 0, arm, may_differ_of_working_seats, sizeof may_differ_of_working_seats / sizeof *may_differ, "contrary");
    assert_true(lived_differing(&l, 0, &usual, 0, ORGSIM_METRIC_finish_week, WORLDS) > WORLDS / 2); /* they are in force */
    lived_free(&l);
    lived_free(&usual);
}

/* The metric that each lever must move at the empowered TPM of the migration, and which way when it is taken away (0: either). */
static const struct { enum orgsim_lever lever; size_t metric; int sign; } moved[] = {
    {ORGSIM_LEVER_detection, ORGSIM_METRIC_hits_delivery, -1},
    {ORGSIM_LEVER_detection, ORGSIM_METRIC_detection_lead_weeks, -1},
    {ORGSIM_LEVER_rework_discovery, ORGSIM_METRIC_gap_unknown_weeks, 1},
    {ORGSIM_LEVER_direct_path, ORGSIM_METRIC_escalation_latency_weeks, 1},
    {ORGSIM_LEVER_absorption, ORGSIM_METRIC_coordination_absorbed_h, -1},
    {ORGSIM_LEVER_absorption, ORGSIM_METRIC_coordination_engineers_h, 1},
    {ORGSIM_LEVER_reporting, ORGSIM_METRIC_reports_biased_share, 1},
    {ORGSIM_LEVER_closing, ORGSIM_METRIC_decision_weeks, 1},
    {ORGSIM_LEVER_decision_quality, ORGSIM_METRIC_decision_debt_interest_k, 0},
    {ORGSIM_LEVER_preparation, ORGSIM_METRIC_escalation_latency_weeks, 1},
    {ORGSIM_LEVER_overhead, ORGSIM_METRIC_coordination_engineers_h, -1},
    {ORGSIM_LEVER_turnover, ORGSIM_METRIC_seats_left, -1},
    {ORGSIM_LEVER_turnover, ORGSIM_METRIC_seat_vacant_weeks, -1},
    {ORGSIM_LEVER_rigour, ORGSIM_METRIC_coordination_em_h, 1},
};

static double mean_difference(const struct lived *a, const struct lived *b, size_t arm, size_t metric)
{
    double sum = 0;
    for (size_t w = 0; w < a->worlds; w++) sum += (double)lived_column(a, arm, metric)[w] - lived_column(b, arm, metric)[w];
    return sum / (double)a->worlds;
}

static void each_lever_moves_its_metric(void **state)
{
    (void)state;
    struct lived on, off;
    unsigned seen = 0;
    size_t faults = 0;
    live_arms(&on, "platform-migration", "none tpm", 0);
    for (size_t k = 0; k < sizeof moved / sizeof *moved; k++) {
        live_arms(&off, "platform-migration", "none tpm", 1u << moved[k].lever);
        lived_same_arm(&on, 0, &off, 0, WORLDS, orgsim_lever_name(moved[k].lever)); /* no delivery seat, nothing to switch off */
        size_t differing = lived_differing(&on, 1, &off, 1, moved[k].metric, WORLDS);
        double moves = mean_difference(&off, &on, 1, moved[k].metric);
        if (differing == 0 || moves * moved[k].sign < 0) {
            print_error("%s off: %s moves by %g, in %zu worlds\n", orgsim_lever_name(moved[k].lever), lived_metric(moved[k].metric), moves,
                        differing);
            faults++;
        }
        seen |= 1u << moved[k].lever;
        lived_free(&off);
    }
    assert_int_equal(faults, 0);
    assert_int_equal(seen, ALL_OFF);
    lived_free(&on);
}

/* Who does not look sees nothing: no look of any kind is the delivery seat's. */
static void detection_off_leaves_no_looks(void **state)
{
    (void)state;
    struct lived l;
    size_t looks = 0;
    live_arms(&l, "platform-migration", "none tpm", 1u << ORGSIM_LEVER_detection);
    for (size_t m = ORGSIM_METRIC_hits_delivery; m <= ORGSIM_METRIC_perceived_team_delivery; m++)
        for (size_t w = 0; w < l.worlds; w++) looks += lived_column(&l, 1, m)[w] > 0;
    assert_int_equal(looks, 0);
    lived_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placebo_changes_its_pay_only),
        cmocka_unit_test(placebo_costs_its_pay),
        cmocka_unit_test(all_levers_off_is_the_placebo),
        cmocka_unit_test(contrary_research_spares_the_placebo),
        cmocka_unit_test(each_lever_moves_its_metric),
        cmocka_unit_test(detection_off_leaves_no_looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
