/* Who holds the seats, and the trust they have: every count below has a closed form once all else is still.
 *
 *     time of a newcomer        g + c = 1 - (1 - r0) exp(-tau / tau_ramp)
 *     leaving                   rate lambda_s (1 + kappa J a (1 - E)) a year; the seat is empty for 2 tau_hs u
 *     successor                 J = clip(mu_p + Delta_p (o - 1/2) + sigma_p z, 0.05, 0.95)
 *     trust                     one event, then exp(-t_fg t) of it is left
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

/* A program that nobody finishes, for a life of exactly so many weeks. */
#define ENDLESS(weeks) .program = "setting,value\nname,Lab\nhorizon_weeks," weeks "\n", .packages = "package,team,effort_mode_pw\nP,T,1000000\n"

/* ---- time ---- */

/* A seat of administration only absorbs eps 40 h a week once it knows its way; a load of h_seat 10 engineers is more than that. */
static double absorbed(const char *seats, int ticks_per_week)
{
    struct lab lab;
    const struct lab_tables tables = {ENDLESS("52"), .seats = seats};
    lab_open(&lab, &tables,
             (const char *const[]){LAB_CALM, "h_seat=168", "eps_admin=1.5", "eps_judg=0.5", "r0=0.25", "tau_ramp=10", "T0=0.4", "sw_loss=0.2",
                                   NULL},
             ticks_per_week, 0);
    lab_live(&lab, 1, 1);
    double hours = lab_value(&lab, 0, ORGSIM_METRIC_coordination_absorbed_h, 0);
    lab_close(&lab);
    return hours;
}

static double worked_weeks(double from) /* integral of the ramp over the weeks from a start to week 52 */
{
    double weeks = 52 - from;
    return weeks - (1 - 0.25) * 10 * (1 - exp(-weeks / 10));
}

#define SEATS "arm,seat,person,role,fte,admin_share,start_week,weeks_in_seat\n"

static void test_ramp(void **state)
{
    (void)state;
    const double admin = 40 * 1.5, judgment = 40 * 0.5 * 0.4, fluent = 52;
    assert_true(chance_none("newcomer", absorbed(SEATS "none,a,,coordinator,1,1,0,0\n", 8), admin * worked_weeks(0), 0.005 * admin * 52));
    assert_true(chance_none("old hand", absorbed(SEATS "none,a,,coordinator,1,1,0,5000\n", 2), admin * fluent, 1e-3 * admin));
    assert_true(chance_none("half a seat", absorbed(SEATS "none,a,,coordinator,0.5,1,0,5000\n", 2), 0.5 * admin * fluent, 1e-3 * admin));
    assert_true(chance_none("trusted judgment", absorbed(SEATS "none,a,,tpm,1,0.25,0,5000\n", 2), (0.25 * admin + 0.75 * judgment) * fluent,
                            1e-3 * admin));
    assert_true(
        chance_none("comes in week 20", absorbed(SEATS "none,a,,coordinator,1,1,20,0\n", 8), admin * worked_weeks(20), 0.01 * admin * 32));
    /* One person in two seats loses judgment time in both, and no other time. */
    assert_true(chance_none("two hats", absorbed(SEATS "none,a,Kim,tpm,0.5,0.5,0,5000\nnone,b,Kim,tpm,0.5,0.5,0,5000\n", 2),
                            (0.5 * admin + 0.8 * 0.5 * judgment) * fluent, 1e-3 * admin));
}

/* ---- leaving ---- */

#define POOL(mu, sd) "pool_mu=" mu, "pool_d=0", "pool_sd=" sd
#define LEAVING_WEEKS 1000.0

/* Ticks in the seat: until a unit exponential is reached at r dt a tick, 1/(1 - exp(-r dt)) of them; the last one is already empty. Ticks of
 * vacancy: ceil(2 tau_hs u / dt), tau_hs / dt + 1/2 on average. */
static bool leaving_agrees(const char *seats, double rate_per_year, size_t worlds)
{
    struct lab lab;
    const double dt = 0.5, tau = 6, cycle = dt / (1 - exp(-rate_per_year / 52 * dt)) - dt + tau + dt / 2;
    const struct lab_tables tables = {ENDLESS("1000"), .seats = seats};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, "lam_s=2", "kappa=2", "tau_hs=6", POOL("0.6", "0"), NULL}, 2, 0);
    lab_live(&lab, 14, worlds);
    double left = lab_sum(&lab, 0, ORGSIM_METRIC_seats_left), empty = lab_sum(&lab, 0, ORGSIM_METRIC_seat_vacant_weeks);
    double *counts = memory_array(worlds, sizeof *counts);
    assert_non_null(counts);
    for (size_t w = 0; w < worlds; w++) counts[w] = lab_value(&lab, 0, ORGSIM_METRIC_seats_left, w);
    /* A renewal process that starts with a full seat is half a cycle ahead of its mean rate at most. */
    bool well = chance_mean("leavers", counts, worlds, LEAVING_WEEKS / cycle, 0.5);
    well &= chance_near("vacancy", empty / left, tau + dt / 2, tau / sqrt(3) / sqrt(left), 0.01 * tau);
    memory_free(counts);
    lab_close(&lab);
    return well;
}

#define HOLDER "arm,seat,person,role,fte,judgment,empowerment,admin_share\n"

static bool empowered_leave(size_t worlds) { return leaving_agrees(HOLDER "none,a,,tpm,1,0.6,1,0.75\n", 2, worlds); }
static bool costumes_leave(size_t worlds)
{
    return leaving_agrees(HOLDER "none,a,,tpm,1,0.6,0.1,0.75\n", 2 * (1 + 2 * 0.6 * 0.75 * 0.9), worlds);
}

/* One person in two seats leaves both, at the mean of their hazards. */
static bool two_hats_leave(size_t worlds)
{
    double rate = 2 * (1 + 2 * 0.6 * (0.8 * 1.0 + 0.2 * 0.5) / 2);
    return leaving_agrees(HOLDER "none,a,Kim,tpm,0.5,0.6,0,0.8\nnone,b,Kim,pm,0.5,0.6,0.5,0.2\n", rate, worlds);
}

static void test_leaving(void **state)
{
    (void)state;
    assert_true(chance_twice(empowered_leave, 128));
    assert_true(chance_twice(costumes_leave, 128));
    assert_true(chance_twice(two_hats_leave, 128));
}

/* ---- the pool ---- */

/* Share of successors below a line; a line beside the clipping points is met by nobody or by all. */
static bool pool_agrees(const char *line, double outcome, double expected, size_t worlds)
{
    struct lab lab;
    char seats[128];
    snprintf(seats, sizeof seats, "arm,role,fte,empowerment,outcome_evaluated\nnone,tpm,1,1,%g\n", outcome);
    const struct lab_tables tables = {ENDLESS("400"), .seats = seats};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, "lam_s=20", "tau_hs=0.1", "pool_mu=0.5", "pool_d=0.25", "pool_sd=0.2", line, NULL},
             8, 0);
    lab_live(&lab, 15, worlds);
    double left = lab_sum(&lab, 0, ORGSIM_METRIC_seats_left), wrong = lab_sum(&lab, 0, ORGSIM_METRIC_wrong_hires);
    lab_close(&lab);
    return chance_near("wrong hires", wrong / left, expected, sqrt(expected * (1 - expected) / left),
                       (double)worlds / left); /* one seat may be empty at the end */
}

static double below(double line, double outcome) { return gsl_cdf_ugaussian_P((line - 0.5 - 0.25 * (outcome - 0.5)) / 0.2); }
static bool pool_hygiene(size_t worlds) { return pool_agrees("wrong_J=0.4", 0.1, below(0.4, 0.1), worlds); }
static bool pool_outcomes(size_t worlds) { return pool_agrees("wrong_J=0.4", 0.9, below(0.4, 0.9), worlds); }
static bool pool_upper(size_t worlds) { return pool_agrees("wrong_J=0.7", 0.5, below(0.7, 0.5), worlds); }
static bool pool_least(size_t worlds) { return pool_agrees("wrong_J=0.049", 0.5, 0, worlds); }
static bool pool_most(size_t worlds) { return pool_agrees("wrong_J=0.951", 0.5, 1, worlds); }

static void test_pool(void **state)
{
    (void)state;
    bool (*const cases[])(size_t) = {pool_hygiene, pool_outcomes, pool_upper, pool_least, pool_most};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) assert_true(chance_twice(cases[c], 64));
}

/* ---- trust ---- */

static double trust_after(const char *risks, const char *questions, const char *setting)
{
    struct lab lab;
    const struct lab_tables tables = {.program = "setting,value\nname,Lab\nhorizon_weeks,80\n",
                                      .risks = risks,
                                      .questions = questions,
                                      .features = NULL,
                                      .seats = "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\nnone,tpm,1,1,1,0,5000\n"};
    lab_open(&lab, &tables,
             (const char *const[]){LAB_CALM,        "T0=0.4",   "t_hit=0.2",    "t_close=0.1", "t_small=0.05", "t_fa=0.3", "t_surp=0.15",
                                   "t_forget=0.02", "x_open=0", "det_base=1e6", "rec=1e6",     "theta=1e-9",   "v_team=0", "w_em=0",
                                   "w_tech=1",      "mum=0",    "tau_dir=1e-6", "chi0=0",      "chi_seat=0",   "p_r0=1",   "imp=1e-9",
                                   setting,         NULL},
             8, 0);
    lab_live(&lab, 1, 1);
    double trust = lab_value(&lab, 0, ORGSIM_METRIC_trust_end, 0);
    assert_true(chance_none("finish", lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0), 50, 1e-3));
    lab_close(&lab);
    return trust;
}

static double faded(double event) { return 0.4 + (event - 0.4) * exp(-0.02 * 50); }

#define RISK "risk,category,package,probability,altitude\n"
#define QUESTION "question,package,kind,altitude,opens_at_share\n"

static void test_trust(void **state)
{
    (void)state;
    const double hit = 0.4 + 0.2 * 0.6;
    assert_true(chance_none("nothing happens", trust_after(RISK, QUESTION, "r0=0.3"), 0.4, 1e-6));
    assert_true(chance_none("a hit", trust_after(RISK "R,technical,P,1,cross\n", QUESTION, "r0=0.3"), faded(hit), 1e-3));
    assert_true(chance_none("a false alarm", trust_after(RISK "R,technical,P,1,team\n", QUESTION, "r0=0.3"), faded(0.4 * (1 - 0.3)), 1e-3));
    /* Struck at once, before anybody looks. */
    assert_true(chance_none("a surprise", trust_after(RISK "R,technical,P,1,cross\n", QUESTION, "real_h=1e6"), faded(0.4 * (1 - 0.15)), 1e-3));
    assert_true(chance_none("not its surprise", trust_after(RISK "R,market,P,1,cross\n", QUESTION, "real_h=1e6"), 0.4, 1e-6));
    /* Closed by the seat alone; the engineers, 1 / (1 + 1.5) of the sight, hold no question of the team's. */
    assert_true(
        chance_none("a small gain", trust_after(RISK, QUESTION "Q,P,delivery,team,0\n", "chi_seat=1e6"), faded(0.4 + 0.05 * 0.6), 1e-3));
    double closed = trust_after(RISK, QUESTION "Q,P,delivery,cross,0\n", "att_owner=1e6");
    assert_true(chance_none("heard and closed", closed, faded(hit + 0.1 * (1 - hit)), 1e-3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ramp),
        cmocka_unit_test(test_leaving),
        cmocka_unit_test(test_pool),
        cmocka_unit_test(test_trust),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
