/* The right thing: requests that are let in, and features that are given up.
 *
 *     requests come as a Poisson stream of nu packages/40 a week; one is accepted with probability
 *         p_acc - k_acc E min(1, J / J_acc) (worth ? k_worth : 1), p_acc where there is no product seat
 *     reviews in weeks 3, 8, 16, 28, each held with probability E: a feature goes when (worth ? 1 : -1) + sigma_v(t) z < -c_drop,
 *         sigma_v(t) = sigma_v / sqrt(1 + G / tau_v), G = J (1 - a) t of an old hand
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>

#include "support/chance.h"
#include "support/lab.h"

#define SEATS "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\n"
#define REQUESTS "req=16", "p_valr=0.25", "acc_base=0.9", "acc_slope=0.7", "acc_worth=0.3", "acc_J=0.8", "req_sz=5"

static bool requests_agree(size_t worlds)
{
    struct lab lab;
    const double arrive = 16.0 / 40 * 104, fall = 0.7 * 0.8 * 0.5 / 0.8, chance = 0.25 * (0.9 - fall * 0.3) + 0.75 * (0.9 - fall);
    const struct lab_tables tables = {.program = "setting,value\nname,Lab\nhorizon_weeks,104\n",
                                      .packages = "package,team,effort_mode_pw\nP,T,1000000\n",
                                      .arms = "arm\nnone\npm\n",
                                      .seats = SEATS "none,coordinator,0,,,,\npm,pm,1,0.5,0.8,0.2,5000\n"};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, REQUESTS, NULL}, 8, 0);
    lab_live(&lab, 41, worlds);
    double anybody = lab_mean(&lab, 0, ORGSIM_METRIC_requests_accepted), seat = lab_mean(&lab, 1, ORGSIM_METRIC_requests_accepted);
    lab_close(&lab);
    return chance_near("accepted by nobody's leave", anybody, arrive * 0.9, sqrt(arrive * 0.9 / (double)worlds), 1e-3) &&
           chance_near("accepted", seat, arrive * chance, sqrt(arrive * chance / (double)worlds), 0.02);
}

/* What is accepted is work: five person-weeks on average, from two to eight. */
static bool sizes_agree(size_t worlds)
{
    struct lab lab;
    double work = 0, accepted = 0;
    lab_open(&lab, &(struct lab_tables){0}, (const char *const[]){LAB_CALM, REQUESTS, NULL}, 2, 0);
    lab_live(&lab, 42, worlds);
    for (size_t w = 0; w < worlds; w++) {
        double n = lab_value(&lab, 0, ORGSIM_METRIC_requests_accepted, w), more = 10 * lab_value(&lab, 0, ORGSIM_METRIC_finish_week, w) - 500;
        assert_true(more > 2 * n - 0.01 && more < 8 * n + 0.01);
        work += more;
        accepted += n;
    }
    lab_close(&lab);
    return chance_near("size of a request", work / accepted, 5, 6 / sqrt(12) / sqrt(accepted), 1e-3);
}

static void test_requests(void **state)
{
    (void)state;
    assert_true(chance_twice(requests_agree, 2048));
    assert_true(chance_twice(sizes_agree, 1024));
}

#define REVIEWS "sp0=1.5", "tau_sig=5", "crit=0.5", "drop_done=0.7"
#define FEATURES "feature,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value\n"

static double kept_through(double sign, double empowerment)
{
    static const double weeks[] = {3, 8, 16, 28};
    double kept = 1;
    for (int r = 0; r < 4; r++) {
        double noise = 1.5 / sqrt(1 + 0.5 * 0.8 * weeks[r] / 5);
        kept *= 1 - empowerment * gsl_cdf_ugaussian_P((-0.5 - sign) / noise);
    }
    return kept;
}

static bool reviews_agree(size_t worlds)
{
    struct lab lab;
    const struct lab_tables tables = {.program = "setting,value\nname,Lab\nhorizon_weeks,40\n",
                                      .packages = "package,team,feature,effort_mode_pw\nP,T,F,100000\n",
                                      .features = FEATURES "F,1,1,1,0.4\n",
                                      .arms = "arm\nbold\ntimid\n",
                                      .seats = SEATS "bold,pm,1,0.5,0.9,0.2,5000\ntimid,pm,1,0.5,0.2,0.2,5000\n"};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, REVIEWS, "drop_max=1", NULL}, 2, 0);
    lab_live(&lab, 43, worlds);
    double bold = 1 - 0.4 * kept_through(1, 0.9) - 0.6 * kept_through(-1, 0.9),
           timid = 1 - 0.4 * kept_through(1, 0.2) - 0.6 * kept_through(-1, 0.2);
    bool well = chance_share("dropped", lab_sum(&lab, 0, ORGSIM_METRIC_features_dropped), (double)worlds, bold) &&
                chance_share("dropped by the timid", lab_sum(&lab, 1, ORGSIM_METRIC_features_dropped), (double)worlds, timid);
    lab_close(&lab);
    return well;
}

/* No more than f_drop of the features, and nothing that is nearly done: by the first review A is 82 % done and B 75 %. */
static void test_reviews_are_bounded(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {.program = "setting,value\nname,Lab\nhorizon_weeks,40\n",
                                      .teams = "team,engineers\nT,9\n",
                                      .packages =
                                          "package,team,feature,effort_mode_pw,max_engineers\nA,T,FA,9999,3\nB,T,FB,9999,3\nC,T,FC,9999,3\n",
                                      .features = FEATURES "FA,1,1,1,0\nFB,1,1,1,0\nFC,1,1,1,0\n",
                                      .seats = SEATS "none,pm,1,0.9,1,0.2,5000\n"};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, REVIEWS, "sp0=0.1", "drop_max=0.67", NULL}, 2, 0);
    lab_live(&lab, 44, 64);
    for (size_t w = 0; w < lab.worlds; w++)
        assert_true(chance_none("two of three", lab_value(&lab, 0, ORGSIM_METRIC_features_dropped, w), 2, 1e-6));
    lab_close(&lab);
    const struct lab_tables done = {.program = tables.program,
                                    .teams = tables.teams,
                                    .features = tables.features,
                                    .seats = tables.seats,
                                    .packages = "package,team,feature,effort_mode_pw,max_engineers\nA,T,FA,11,3\nB,T,FB,12,3\nC,T,FC,9999,3\n"};
    lab_open(&lab, &done, (const char *const[]){LAB_CALM, REVIEWS, "sp0=0.1", "drop_max=1", NULL}, 2, 0);
    lab_live(&lab, 44, 64);
    for (size_t w = 0; w < lab.worlds; w++)
        assert_true(chance_none("the third", lab_value(&lab, 0, ORGSIM_METRIC_features_dropped, w), 1, 1e-6));
    lab_close(&lab);
}

static void test_reviews(void **state)
{
    (void)state;
    assert_true(chance_twice(reviews_agree, 8192));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_requests), cmocka_unit_test(test_reviews),
                                       cmocka_unit_test(test_reviews_are_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
