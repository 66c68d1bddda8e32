/* What is true, known and said, and what management does about it. One package of 500 person-weeks and ten engineers: a plan of fifty weeks.
 *
 *     forecast  F = t T_plan / t_es, t_es = plan^-1(share); a program on its plan is forecast to end with it
 *     twice the work: F = 2 T_plan;  an optimistic report hides b of the shortfall: F = 2 T_plan / (1 + b)
 *     hidden rework: only q of the progress is true, F = T_plan / q, and nobody knows
 *     biased with probability p_bias (1 - psi alpha E)
 *
 * Forecasts are nobody's metric; a program is cancelled at its first report when F is above (1 + cancel_slip) D, so a D on either side shows it.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

#define PLAN 50.0
#define PLANNED LAB_CALM, "b_plan=0", "es_floor=0.3", "cancel_slip=99", "cancel_cost=99", "tol=1", "tau_hire=1e6"
#define TWICE "b_est=0.693147181" /* ln 2 */
#define PROGRAM "setting,value\nname,Lab\n"

static double metric(const struct lab *lab, enum orgsim_metric m) { return lab_value(lab, 0, m, 0); }

/* ---- reports ---- */

static bool cancelled_at_once(const char *deadline, const char *work, const char *quality)
{
    struct lab lab;
    char program[128];
    snprintf(program, sizeof program, PROGRAM "horizon_weeks,%d\ndeadline_week,%s\n", atoi(deadline) + 4,
             deadline); /* before the work is done */
    lab_open(&lab, &(struct lab_tables){.program = program},
             (const char *const[]){PLANNED, work, quality, "q_min=0.6", "cancel_slip=0.25", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    bool cancelled = metric(&lab, ORGSIM_METRIC_cancelled) > 0.5;
    lab_close(&lab);
    return cancelled;
}

static void test_forecast(void **state)
{
    (void)state;
    assert_true(cancelled_at_once("39.95", "b_est=0", "q0=1") && !cancelled_at_once("40.05", "b_est=0", "q0=1")); /* F = 50 = 1.25 40 */
    assert_true(cancelled_at_once("79.9", TWICE, "q0=1") && !cancelled_at_once("80.1", TWICE, "q0=1"));           /* F = 100 */
    assert_true(!cancelled_at_once("40.05", "b_est=0", "q0=0.7"));                                                /* nobody knows */
}

/* Twenty reports, to week 40. */
static void live_reports(struct lab *lab, const char *a, const char *b, const char *c, const char *d)
{
    lab_open(lab, &(struct lab_tables){.program = PROGRAM "horizon_weeks,41\n"}, (const char *const[]){PLANNED, a, b, c, d, NULL}, 2, 0);
    lab_live(lab, 1, 1);
}

static void test_what_nobody_knows(void **state)
{
    (void)state;
    struct lab lab;
    live_reports(&lab, "q0=0.8", "q_min=0.6", "p_bias=0", "p_opt=0");
    assert_true(chance_none("unknown", metric(&lab, ORGSIM_METRIC_gap_unknown_weeks), PLAN / 0.8 - PLAN, 0.01));
    assert_true(chance_none("silent", metric(&lab, ORGSIM_METRIC_gap_silent_weeks), 0, 0.001));
    lab_close(&lab);
}

static void test_what_nobody_says(void **state)
{
    (void)state;
    struct lab lab;
    live_reports(&lab, TWICE, "p_bias=1", "p_opt=1", "hide=0.7");
    assert_true(chance_none("hidden", metric(&lab, ORGSIM_METRIC_gap_silent_weeks), 100 - 100 / 1.7, 0.01));
    assert_true(chance_none("unknown", metric(&lab, ORGSIM_METRIC_gap_unknown_weeks), 0, 0.01));
    assert_true(chance_none("said", lab_at_week(&lab, 0, ORGSIM_TIMELINE_progress_reported, 11), 1.7 * 0.1, 1e-4));
    assert_true(chance_none("true", lab_at_week(&lab, 0, ORGSIM_TIMELINE_progress_true, 10), 0.1, 1e-4));
    lab_close(&lab);
    live_reports(&lab, TWICE, "p_bias=1", "p_opt=0", "pess=0.8");
    assert_true(chance_none("exaggerated", metric(&lab, ORGSIM_METRIC_gap_silent_weeks), 100 - 100 / 0.8, 0.02));
    lab_close(&lab);
}

/* Said to slip by 17.6 % and truly by 100 %: green under 20 %, not under 15 %. */
static void test_watermelon(void **state)
{
    (void)state;
    const char *const green[] = {"wm_green=0.2", "wm_green=0.15"};
    for (int k = 0; k < 2; k++) {
        struct lab lab;
        lab_open(&lab, &(struct lab_tables){.program = PROGRAM "horizon_weeks,41\n"},
                 (const char *const[]){PLANNED, TWICE, "p_bias=1", "p_opt=1", "hide=0.7", "wm_red=0.25", green[k], NULL}, 2, 0);
        lab_live(&lab, 1, 1);
        assert_true(chance_none("weeks", metric(&lab, ORGSIM_METRIC_watermelon_weeks), k ? 0 : 40, 1e-6));
        lab_close(&lab);
    }
}

/* Five teams report twenty times. alpha of an old hand: 1 - exp(-span g J / 5). */
static bool bias_agrees(size_t worlds)
{
    struct lab lab;
    const double reports = 5 * 20 * (double)worlds, alpha = 1 - exp(-6 * 0.8 * 0.7 / 5);
    const struct lab_tables tables = {
        .program = PROGRAM "horizon_weeks,41\n",
        .teams = "team,engineers\nA,10\nB,10\nC,10\nD,10\nE,10\n",
        .packages = "package,team,effort_mode_pw\nA,A,500\nB,B,500\nC,C,500\nD,D,500\nE,E,500\n",
        .arms = "arm\nnone\ntpm\n",
        .seats = "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\nnone,pm,0,,,,\ntpm,tpm,1,0.7,0.9,0.2,5000\n"};
    lab_open(&lab, &tables, (const char *const[]){PLANNED, "p_bias=0.6", "p_opt=1", "psi=0.5", "span_tpm=6", NULL}, 2, 0);
    lab_live(&lab, 31, worlds);
    double alone = lab_mean(&lab, 0, ORGSIM_METRIC_reports_biased_share), seen = lab_mean(&lab, 1, ORGSIM_METRIC_reports_biased_share);
    lab_close(&lab);
    return chance_share("biased", alone * reports, reports, 0.6) &&
           chance_share("biased before a seat", seen * reports, reports, 0.6 * (1 - 0.5 * alpha * 0.9));
}

static void test_bias(void **state)
{
    (void)state;
    assert_true(chance_twice(bias_agrees, 512));
}

/* ---- management: F = 100, D = 50, reactions in weeks 4, 12 and 20, each moving D half way: 75, 87.5, 93.75, and then it is near enough ---- */

/* Two reinforcements of a tenth of ten people; nobody of them can be hired in this life. */
static void test_reinforcement_is_paid(void **state)
{
    (void)state;
    double cost[2];
    const char *const money[] = {"item,value\nengineer_per_year,52000\n", "item,value\nengineer_per_year,52000\nreinforcement_cost,7\n"};
    for (int k = 0; k < 2; k++) {
        struct lab lab;
        lab_open(&lab, &(struct lab_tables){.program = PROGRAM "horizon_weeks,90\n", .money = money[k]},
                 (const char *const[]){PLANNED, TWICE, "tol=0.12", "add_frac=0.1", "react_gap=8", "react_add_share=0.45",
                                       "react_cut_share=0.15", NULL},
                 2, 0);
        lab_live(&lab, 1, 1);
        cost[k] = metric(&lab, ORGSIM_METRIC_cost_k);
        lab_close(&lab);
    }
    assert_true(chance_none("price", cost[1] - cost[0], 2 * 0.1 * 10 * 7, 0.01));
}

/* Hired and fluent at once: 40 person-weeks by week 4, then eleven people to week 12, and a tenth more of them to the end. */
static void test_reinforcement_works(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {.program = PROGRAM "horizon_weeks,200\n",
                                      .packages = "package,team,effort_mode_pw,max_engineers\nP,T,500,20\n"};
    lab_open(&lab, &tables,
             (const char *const[]){PLANNED, TWICE, "tol=0.12", "add_frac=0.1", "react_gap=8", "react_add_share=0.45", "react_cut_share=0.15",
                                   "tau_hire=1e-6", "tau_new=1e-6", NULL},
             8, 0);
    lab_live(&lab, 1, 1);
    assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), 12 + (1000 - 4 * 10 - 8 * 11) / 12.1, 0.05));
    lab_close(&lab);
}

static double features_cut(const char *more, double *penalties)
{
    struct lab lab;
    char packages[512], links[256];
    snprintf(packages, sizeof packages,
             "package,team,feature,kind,effort_mode_pw,due_week,penalty_k_per_week\nP,T,,build,500,,\nA,T,FA,build,0.001,,\n"
             "B,T,FB,build,0.001,,\nC,T,FC,build,0.001,,\nD,T,FD,build,0.001,,\n%sEND,T,,integrate,0.001,,\n",
             more);
    snprintf(links, sizeof links, "from,to\nP,A\nP,B\nP,C\nP,D\nA,END\nB,END\nC,END\nD,END\n%s", *more ? "P,X\nX,END\n" : "");
    const struct lab_tables tables = {.program = PROGRAM "horizon_weeks,90\nvalue_horizon_weeks,100\n",
                                      .packages = packages,
                                      .dependencies = links,
                                      .features = "feature,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_"
                                                  "value\nFA,1,1,1,1\nFB,2,2,2,1\nFC,3,3,3,1\nFD,4,4,4,1\n"};
    lab_open(&lab, &tables,
             (const char *const[]){PLANNED, TWICE, "tol=0.12", "react_gap=8", "react_add_share=1", "react_cut_share=0", "cut_done=0.5", NULL},
             2, 0);
    lab_live(&lab, 1, 16);
    double cut = lab_mean(&lab, 0, ORGSIM_METRIC_features_dropped);
    *penalties = metric(&lab, ORGSIM_METRIC_penalties_k);
    lab_close(&lab);
    return cut;
}

/* Work that nobody sees goes before any feature, at the price of its penalty: 3 a week from week 90, when the program is given up, to week 100. */
static void test_cuts(void **state)
{
    (void)state;
    double penalties;
    assert_true(chance_none("features", features_cut("", &penalties), 3, 1e-6));
    assert_true(chance_none("no penalties", penalties, 0, 1e-6));
    assert_true(chance_none("features after a debt", features_cut("X,T,,debt,0.001,60,3\n", &penalties), 2, 1e-6));
    assert_true(chance_none("penalties from week 60", penalties, 3 * 40, 0.01));
}

/* The budget is the staff to week 50; in week 26 for the first time more than half of it is spent on the day of a report. */
static void test_cancelled_for_cost(void **state)
{
    (void)state;
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){.program = PROGRAM "horizon_weeks,200\n"},
             (const char *const[]){PLANNED, "cancel_cost=0.501", "em_factor=1", "c_eng=2", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    assert_true(metric(&lab, ORGSIM_METRIC_cancelled) > 0.5);
    assert_true(chance_none("cost", metric(&lab, ORGSIM_METRIC_cost_k), 26 * 11 * 2, 0.01));
    assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), 200, 1e-6));
    lab_close(&lab);
}

/* Pressure p = (F / D - 1) / p_scale drives people away: F = 1.2 D, a quarter of 0.8, so 1 + 2/4 times as many from the first report on. */
static bool pressure_agrees(size_t worlds)
{
    struct lab lab;
    const double expected = 0.05 * 40 / 52 * (2 + 48 * 1.5);
    lab_open(&lab,
             &(struct lab_tables){.program = PROGRAM "horizon_weeks,50\n",
                                  .teams = "team,engineers\nT,40\n",
                                  .packages = "package,team,effort_mode_pw\nP,T,2000\n"},
             (const char *const[]){PLANNED, "b_est=0.182321557", "press_scale=0.8", "k_press=2", "lam=0.05", "k_loss=0", "tau_hire=1e-6",
                                   "tau_new=1e-6", NULL},
             8, 0);
    lab_live(&lab, 32, worlds);
    double left = lab_mean(&lab, 0, ORGSIM_METRIC_engineers_left);
    lab_close(&lab);
    return chance_near("left under pressure", left, expected, sqrt(expected / (double)worlds), 0.005 * expected);
}

static void test_pressure(void **state)
{
    (void)state;
    assert_true(chance_twice(pressure_agrees, 4096));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forecast),
        cmocka_unit_test(test_what_nobody_knows),
        cmocka_unit_test(test_what_nobody_says),
        cmocka_unit_test(test_watermelon),
        cmocka_unit_test(test_bias),
        cmocka_unit_test(test_reinforcement_is_paid),
        cmocka_unit_test(test_reinforcement_works),
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_cancelled_for_cost),
        cmocka_unit_test(test_pressure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
