/* test_coverage_slow.c: on the model itself, how often the intervals of small runs hold what a run of many worlds finds */
#include "study/lived.h"

#include "base/summary.h"

enum { RUNS = 300, WORLDS = 512, MANY = 200000, ARMS = 2, NONE = 0, TPM = 1 };

/* What is headlined, of one run. */
enum { PROMISE, PROMISE_BEFORE, MOVE, MEDIAN_MOVE, WORSE_FIFTH, WORSE_FIFTH_MOVE, ON_TIME, LOSES, MEAN, HEADLINED };
static const char *const names[HEADLINED] = {"P80 of finish", "P80 of finish, baseline", "its move", "move of P50", "P20 of net value", "its move",
                                             "share on time", "share that loses money", "mean change of net value"};
struct headlined { double value[HEADLINED], low[HEADLINED], high[HEADLINED]; };

static void set(struct headlined *h, int what, double value, double low, double high)
{
    h->value[what] = value;
    h->low[what] = low;
    h->high[what] = high;
}

static void set_quantile(struct headlined *h, int what, double value, struct orgsim_interval interval) { set(h, what, value, interval.low, interval.high); }

static void set_shift(struct headlined *h, int what, struct orgsim_shift shift) { set(h, what, shift.difference, shift.ci_low, shift.ci_high); }

static void set_share(struct headlined *h, int what, double share, uint64_t worlds)
{
    double low, high;
    summary_share_interval(share * (double)worlds, (double)worlds, &low, &high);
    set(h, what, share, low, high);
}

static struct headlined headlined_of(struct orgsim_scenario *scenario, uint64_t seed, uint64_t worlds)
{
    size_t arms[ARMS];
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none tpm", arms), worlds);
    struct orgsim_results r = {0};
    struct orgsim_where where = {0};
    struct headlined h;
    const size_t tpm = TPM * 101, none = NONE * 101;
    options.seed = seed;
    options.threads = 0;
    assert_int_equal(orgsim_run(scenario, &options, &r, &where), 0);
    set_quantile(&h, PROMISE, r.finish_quantiles[tpm + 80], r.finish_intervals[tpm + 80]);
    set_quantile(&h, PROMISE_BEFORE, r.finish_quantiles[none + 80], r.finish_intervals[none + 80]);
    set_shift(&h, MOVE, r.finish_shift[tpm + 80]);
    set_shift(&h, MEDIAN_MOVE, r.finish_shift[tpm + 50]);
    set_quantile(&h, WORSE_FIFTH, r.npv_quantiles[tpm + 20], r.npv_intervals[tpm + 20]);
    set_shift(&h, WORSE_FIFTH_MOVE, r.npv_shift[tpm + 20]);
    set_share(&h, ON_TIME, r.summary[TPM * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_on_time].mean, worlds);
    set_share(&h, LOSES, r.npv_loss_probability[TPM], worlds);
    const struct orgsim_comparison *npv = &r.comparison[TPM * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
    set(&h, MEAN, npv->mean_difference, npv->ci_low, npv->ci_high);
    orgsim_results_free(&r);
    return h;
}

/* 300 runs: 95 % would be held by 91 to 98 % of them but once in a thousand; ranks are whole numbers, so a little more is held. */
static void check_scenario(const char *name)
{
    struct orgsim_scenario *scenario = lived_scenario(name);
    const struct headlined truth = headlined_of(scenario, 1000003, MANY);
    int held[HEADLINED] = {0};
    double width[HEADLINED] = {0};
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        const struct headlined h = headlined_of(scenario, seed, WORLDS);
        for (int k = 0; k < HEADLINED; k++) {
            held[k] += h.low[k] <= truth.value[k] && truth.value[k] <= h.high[k];
            width[k] += (h.high[k] - h.low[k]) / RUNS;
        }
    }
    for (int k = 0; k < HEADLINED; k++)
        print_message("%s: %-26s %9.3f, mean width %9.3f, held by %.3f of %d runs\n", name, names[k], truth.value[k], width[k], (double)held[k] / RUNS, RUNS);
    for (int k = 0; k < HEADLINED; k++) assert_in_range(held[k], 273, 298);
    orgsim_scenario_free(scenario);
}

static void intervals_hold_on_the_model(void **state)
{
    (void)state;
    check_scenario("platform-migration");
    check_scenario("workshop");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(intervals_hold_on_the_model)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
