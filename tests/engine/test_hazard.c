/* Who notices what is hidden, and when: a latent item is noticed when the integral of its hazard reaches a unit exponential, so
 *
 *     share noticed before t = 1 - exp(-H(t))
 *
 * One risk sleeps in one long package and wakes at once. Nobody does anything about it, so that it strikes at the package's end, when
 * detection_lead_weeks says how long it had been known by then: 0 where nobody noticed.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

#define WEEKS 50.0 /* 500 person-weeks of ten engineers */

/* Noticed and left alone: nothing is loud enough to be surfaced, nobody settles anything. */
#define LEFT_ALONE LAB_CALM, "x_open=0", "theta=1e6", "chi0=0", "chi_seat=0", "t_surp=0"

static const char one_risk[] = LAB_RISK_COLUMNS "R,technical,P,1,1,1,1,,,cross,,,,,\n";
static const char two_arms[] = "arm\nnone\ntpm\n";

/* H at the moment of notice of each world that noticed, as a share of 1 - exp(-H(end)) uniform; returns how many. */
static size_t noticed(const struct lab *lab, size_t arm, double (*integral)(double week), double *u)
{
    size_t n = 0;
    for (size_t w = 0; w < lab->worlds; w++) {
        double lead = lab_value(lab, arm, ORGSIM_METRIC_detection_lead_weeks, w);
        if (lead > 0) u[n++] = -expm1(-integral(WEEKS - lead));
    }
    return n;
}

static bool agrees(struct lab *lab, size_t arm, size_t worlds, double (*integral)(double week))
{
    double *u = memory_array(worlds, sizeof *u), top = -expm1(-integral(WEEKS));
    assert_non_null(u);
    lab_live(lab, 11, worlds);
    size_t n = noticed(lab, arm, integral, u);
    bool well = chance_share("share that was noticed", (double)n, (double)worlds, top) && chance_uniform("time of notice", u, n, top);
    memory_free(u);
    return well;
}

/* b (v_team + w_EM), nobody distracted. */
static double by_the_team(double week) { return 0.05 * (0.5 + 0.3) * week; }

static bool constant_hazard(size_t worlds)
{
    struct lab lab;
    const struct lab_tables tables = {.risks = one_risk};
    lab_open(&lab, &tables, (const char *const[]){LEFT_ALONE, "det_base=0.05", "v_team=0.5", "w_em=0.3", NULL}, 2, 0);
    bool well = agrees(&lab, 0, worlds, by_the_team);
    lab_close(&lab);
    return well;
}

static void test_constant_hazard(void **state)
{
    (void)state;
    assert_true(chance_twice(constant_hazard, 10000));
}

/* A newcomer in a delivery seat: g = (1 - a) ramp, alpha = 1 - exp(-span g J / teams), h = b w alpha. */
static double attention_of_newcomer(double tenure)
{
    double ramp = 1 - 0.7 * exp(-tenure / 8), g = (1 - 0.2) * ramp;
    return 1 - exp(-3 * g * 0.6 / 1);
}

static double by_the_seat(double week)
{
    const int steps = 2000;
    double sum = 0;
    for (int s = 0; s < steps; s++) sum += attention_of_newcomer(week * (s + 0.5) / steps);
    return 0.08 * 1.25 * sum * week / steps;
}

static bool rising_hazard(size_t worlds)
{
    struct lab lab;
    const struct lab_tables tables = {
        .risks = one_risk, .arms = two_arms, .seats = "arm,role,fte,judgment,empowerment,admin_share\nnone,pm,0,,,\ntpm,tpm,1,0.6,0,0.2\n"};
    lab_open(
        &lab, &tables,
        (const char *const[]){LEFT_ALONE, "det_base=0.08", "v_team=0", "w_em=0", "w_tech=1.25", "span_tpm=3", "r0=0.3", "tau_ramp=8", NULL}, 8,
        0);
    bool well = agrees(&lab, 1, worlds, by_the_seat);
    for (size_t w = 0; w < worlds; w++) well &= lab_value(&lab, 0, ORGSIM_METRIC_detection_lead_weeks, w) <= 0;
    lab_close(&lab);
    return well;
}

static void test_rising_hazard(void **state)
{
    (void)state;
    assert_true(chance_twice(rising_hazard, 10000));
}

/* Three teams at work share the attention of one seat: alpha of one is 1 - exp(-span G / 3). */
static double by_a_shared_seat(double week) { return 0.3 * (1 - exp(-3 * 0.8 * 0.6 / 3)) * week; }

static bool diluted_attention(size_t worlds)
{
    struct lab lab;
    const struct lab_tables tables = {.risks = one_risk,
                                      .teams = "team,engineers\nT,10\nU,10\nV,10\n",
                                      .packages = "package,team,effort_mode_pw\nP,T,500\nQ,U,600\nR,V,600\n",
                                      .seats = "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\nnone,tpm,1,0.6,0,0.2,5000\n"};
    lab_open(&lab, &tables, (const char *const[]){LEFT_ALONE, "det_base=0.3", "v_team=0", "w_em=0", "w_tech=1", "span_tpm=3", NULL}, 8, 0);
    bool well = agrees(&lab, 0, worlds, by_a_shared_seat);
    lab_close(&lab);
    return well;
}

static void test_diluted_attention(void **state)
{
    (void)state;
    assert_true(chance_twice(diluted_attention, 5000));
}

/* Luck is the same, so whoever looks harder is never later: in every single world, not on average. */
static void test_more_attention_is_never_later(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {
        .arms = "arm\nnone\nweak\nable\ntwo\n",
        .risks = one_risk,
        .seats = "arm,seat,role,fte,judgment,empowerment,admin_share\nnone,pm,pm,0,,,\nweak,a,coordinator,1,0.3,0,0.5\nable,a,tpm,1,0.8,0,0.2\n"
                 "two,a,tpm,1,0.8,0,0.2\ntwo,b,tpm,1,0.8,0,0.2\n"};
    lab_open(&lab, &tables, (const char *const[]){LEFT_ALONE, NULL}, 2, 0);
    lab_live(&lab, 5, 2048);
    for (size_t a = 1; a < lab.arms; a++) {
        size_t sooner = 0;
        for (size_t w = 0; w < lab.worlds; w++) {
            double more = lab_value(&lab, a, ORGSIM_METRIC_detection_lead_weeks, w),
                   less = lab_value(&lab, a - 1, ORGSIM_METRIC_detection_lead_weeks, w);
            assert_true(more >= less - 1e-4);
            sooner += more > less + 1e-4;
        }
        assert_true(sooner > lab.worlds / 4);
    }
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constant_hazard),
        cmocka_unit_test(test_rising_hazard),
        cmocka_unit_test(test_diluted_attention),
        cmocka_unit_test(test_more_attention_is_never_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
