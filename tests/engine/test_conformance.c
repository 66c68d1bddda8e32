/* Readings that the code settles where a description in words leaves them open, as far as no other test has them. The table
 * tests/conformance.csv says which line of code each of them stands for.
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
#define QUESTION "question,package,kind,altitude,opens_at_share\n"
#define SEATS "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\n"

static double metric(const struct lab *lab, size_t arm, enum orgsim_metric m) { return lab_value(lab, arm, m, 0); }

/* Mean and spread of n values that should be standard normal. */
static bool is_standard_normal(double *z, size_t n)
{
    bool well = chance_mean("mean", z, n, 0, 1e-3);
    for (size_t k = 0; k < n; k++) z[k] *= z[k];
    return well & chance_mean("variance", z, n, 1, 1e-3);
}

/* ---- what a seat costs is read by no rule ---- */

/* The budget is the staff to week 50, and half of it is spent in week 26, whoever else is paid. */
static void test_pay_of_seats_cancels_nothing(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {.program = "setting,value\nname,Lab\nhorizon_weeks,200\n", .arms = "arm,extra_cost_per_year\nnone,\nseat,\npurchase,5200000\n",
                                      .seats = "arm,role,fte,cost_per_year\nnone,pm,0,0\nseat,tpm,0,5200000\npurchase,pm,0,0\n"};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, "b_plan=0", "es_floor=0.3", "cancel_slip=99", "cancel_cost=0.501", "tol=1", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    for (size_t a = 0; a < 3; a++) {
        double own = a == 2 ? 26 * 100 : 0;
        assert_true(metric(&lab, a, ORGSIM_METRIC_cancelled) > 0.5);
        assert_true(chance_none("cost", metric(&lab, a, ORGSIM_METRIC_cost_without_seats_k) - own, metric(&lab, 0, ORGSIM_METRIC_cost_without_seats_k), 0.01));
    }
    assert_true(chance_none("pay", metric(&lab, 1, ORGSIM_METRIC_seat_cost_k), 26 * 100, 0.01));
    lab_close(&lab);
}

/* ---- time ---- */

static void test_moments_lie_inside_the_tick(void **state)
{
    (void)state;
    struct lab lab;
    int inside = 0;
    for (int k = 0; k < 20; k++) {
        char tolerance[32];
        snprintf(tolerance, sizeof tolerance, "u_tol=%g", 0.01 + 0.001 * k);
        lab_open(&lab, &(struct lab_tables){0}, (const char *const[]){LAB_CALM, "q0=0.95", "q_min=0.6", "eta_int=0", tolerance, NULL}, 2, 0);
        lab_live(&lab, 1, 1);
        double ticks = 2 * metric(&lab, 0, ORGSIM_METRIC_finish_week);
        inside += fabs(ticks - round(ticks)) > 1e-3;
        lab_close(&lab);
    }
    assert_true(inside > 15);
    lab_open(&lab, &(struct lab_tables){.questions = QUESTION "Q,P,delivery,team,0.337\n"},
             (const char *const[]){LAB_CALM, "chi0=0", "chi_seat=0", "rec=0", "p_default=1", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    assert_true(chance_none("open", metric(&lab, 0, ORGSIM_METRIC_decision_weeks), WEEKS * (1 - 0.337), 1e-3));
    lab_close(&lab);
}

/* Eleven person-weeks: integration in week 1.1, in the middle of the second tick. Whoever has not noticed by then does not, nor looks at it. */
static bool noticed_before_integration(size_t worlds)
{
    struct lab lab;
    size_t noticed = 0;
    bool well = true;
    lab_open(&lab, &(struct lab_tables){.packages = "package,team,effort_mode_pw\nP,T,11\n", .risks = LAB_RISK_COLUMNS "R,technical,P,1,1,1,1,,,cross,,,,,\n"},
             (const char *const[]){LAB_CALM, "x_open=0", "theta=1e6", "chi0=0", "chi_seat=0", "det_base=1", "v_team=1", "w_em=0", NULL}, 1, 0);
    lab_live(&lab, 3, worlds);
    for (size_t w = 0; w < worlds; w++) {
        double lead = lab_value(&lab, 0, ORGSIM_METRIC_detection_lead_weeks, w);
        well &= lead >= 0 && lead < 1.1001 && (lab_value(&lab, 0, ORGSIM_METRIC_misses_team, w) > 0) == (lead > 0);
        noticed += lead > 0;
    }
    lab_close(&lab);
    return well & chance_share("noticed", (double)noticed, (double)worlds, 1 - exp(-1.1));
}

static void test_nothing_acts_after_integration(void **state)
{
    (void)state;
    assert_true(chance_twice(noticed_before_integration, 2048));
}

static void test_luck_hangs_on_the_calendar(void **state)
{
    (void)state;
    struct lab fine, coarse;
    const char *const settings[] = {LAB_CALM, "ar_sd=0.3", "ar_rho=0.5", NULL};
    double least = INFINITY, most = 0;
    lab_open(&fine, &(struct lab_tables){0}, settings, 8, 0);
    lab_live(&fine, 5, 64);
    for (int ticks = 1; ticks <= 4; ticks *= 2) {
        lab_open(&coarse, &(struct lab_tables){0}, settings, ticks, 0);
        lab_live(&coarse, 5, 64);
        for (size_t w = 0; w < 64; w++) {
            double finish = lab_value(&fine, 0, ORGSIM_METRIC_finish_week, w);
            assert_true(chance_none("finish", lab_value(&coarse, 0, ORGSIM_METRIC_finish_week, w), finish, 1e-3));
            least = fmin(least, finish);
            most = fmax(most, finish);
        }
        lab_close(&coarse);
    }
    assert_true(most > least + 2);
    lab_close(&fine);
}

/* ---- nature ---- */

/* One factor for the program, or one for the team: the sum of two packages is as uncertain as one, and so is the later of two. */
static bool common_luck(const char *teams, const char *packages, const char *setting, double sd, size_t worlds)
{
    struct lab lab;
    double *z = memory_array(worlds, sizeof *z);
    assert_non_null(z);
    lab_open(&lab, &(struct lab_tables){.teams = teams, .packages = packages}, (const char *const[]){LAB_CALM, setting, NULL}, 2, 0);
    lab_live(&lab, 7, worlds);
    for (size_t w = 0; w < worlds; w++) z[w] = log(lab_value(&lab, 0, ORGSIM_METRIC_finish_week, w) / WEEKS) / sd;
    bool well = is_standard_normal(z, worlds);
    memory_free(z);
    lab_close(&lab);
    return well;
}

static bool program_luck(size_t worlds)
{
    return common_luck("team,engineers\nT,10\nU,10\n", "package,team,effort_mode_pw\nP,T,500\nQ,U,500\n", "s_prog=0.3", 0.3, worlds);
}

static bool team_luck(size_t worlds) { return common_luck(NULL, "package,team,effort_mode_pw\nP,T,250\nQ,T,250\n", "s_team=0.4", 0.4, worlds); }

static void test_common_luck(void **state)
{
    (void)state;
    assert_true(chance_twice(program_luck, 4096));
    assert_true(chance_twice(team_luck, 4096));
}

/* Two risks of probability one half under one factor: both exist with 1/4 + asin(rho) / 2 pi. */
static bool risks_go_together(size_t worlds)
{
    struct lab lab;
    double n[3] = {0}, together = 0.25 + asin(0.36) / (2 * 3.14159265358979);
    lab_open(&lab, &(struct lab_tables){.risks = "risk,category,package,probability\nA,technical,P,0.5\nB,technical,P,0.5\n"},
             (const char *const[]){LAB_CALM, "rho_r=0.36", NULL}, 1, 0);
    lab_live(&lab, 8, worlds);
    for (size_t w = 0; w < worlds; w++) n[(int)(lab_value(&lab, 0, ORGSIM_METRIC_risks_existing, w) + 0.5)]++;
    lab_close(&lab);
    return chance_share("both", n[2], (double)worlds, together) && chance_share("neither", n[0], (double)worlds, together);
}

static void test_risks_go_together(void **state)
{
    (void)state;
    assert_true(chance_twice(risks_go_together, 8192));
}

/* ---- plan and money ---- */

static void plan_of(const char *program, double estimate, double schedule, double plan)
{
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){.program = program}, (const char *const[]){LAB_CALM, "b_plan=0.25", "cancel_slip=99", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    assert_true(chance_none("estimate", (double)lab.program.packages[0].estimate, estimate, 1e-3));
    assert_true(chance_none("schedule", lab.program.plan.weeks, schedule, 1e-6));
    assert_true(chance_none("plan", (double)lab.program.plan_weeks, plan, 1e-3));
    assert_true(chance_none("finish without friction", metric(&lab, 0, ORGSIM_METRIC_finish_week), schedule, 1e-3));
    lab_close(&lab);
}

static void test_effort_is_frictionless(void **state)
{
    (void)state;
    plan_of("setting,value\nname,Lab\n", 500, 50, 62.5);
    plan_of("setting,value\nname,Lab\neffort_basis,historical\n", 400, 40, 50);
}

/* 208000 a year against 104000 with half as much again for benefits: four thirds of an engineer. */
static void test_engineers_for_the_same_money(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {.program = "setting,value\nname,Lab\nhorizon_weeks,200\nbaseline_arm,none\nheadline_arm,tpm\n",
                                      .arms = "arm,extra_engineers\nnone,\ntpm,\nengineer,tpm_money\n",
                                      .seats = "arm,role,fte,cost_per_year\nnone,pm,0,0\ntpm,tpm,1,208000\nengineer,pm,0,0\n",
                                      .packages = "package,team,effort_mode_pw,max_engineers\nP,T,500,20\n",
                                      .money = "item,value\nengineer_per_year,104000\nbenefit_load,1.5\n"};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, NULL}, 2, 0);
    assert_true(chance_none("engineers", (double)lab.organisations[2].extra_engineers[0], 4.0 / 3, 1e-5));
    lab_live(&lab, 1, 1);
    assert_true(chance_none("finish", metric(&lab, 2, ORGSIM_METRIC_finish_week), 500 / (10 + 4.0 / 3), 1e-3));
    assert_true(chance_none("as dear by the week", metric(&lab, 2, ORGSIM_METRIC_cost_k) / metric(&lab, 2, ORGSIM_METRIC_finish_week),
                            metric(&lab, 1, ORGSIM_METRIC_cost_k) / metric(&lab, 1, ORGSIM_METRIC_finish_week), 0.01));
    lab_close(&lab);
}

/* ---- who sees what ---- */

/* Twenty risks, each looked at every week until somebody thinks it severe. */
static void test_first_looks_only(void **state)
{
    (void)state;
    struct lab lab;
    char risks[1024];
    int at = snprintf(risks, sizeof risks, "risk,category,package,probability,altitude\n");
    for (int k = 0; k < 20; k++) at += snprintf(risks + at, sizeof risks - (size_t)at, "R%d,technical,P,1,%s\n", k, k % 2 ? "team" : "cross");
    lab_open(&lab, &(struct lab_tables){.risks = risks},
             (const char *const[]){LAB_CALM, "det_base=1e4", "chi0=0", "chi_seat=0", "tau_rev=1", "theta=1.5", NULL}, 2, 0);
    lab_live(&lab, 2, 64);
    for (size_t w = 0; w < lab.worlds; w++) {
        double looks = 0;
        for (int m = ORGSIM_METRIC_hits_team; m <= ORGSIM_METRIC_perceived_team_delivery; m++)
            if ((m - ORGSIM_METRIC_hits_team) % 6 < 4) looks += lab_value(&lab, 0, (enum orgsim_metric)m, w);
        assert_true(chance_none("looks", looks, 20, 1e-6));
    }
    lab_close(&lab);
}

/* Load without end fills the manager's hours: b w (1 - omega) is left. The seat that makes the load sees and absorbs nothing. */
static bool busy_managers_see_less(size_t worlds)
{
    struct lab lab;
    size_t noticed = 0;
    lab_open(&lab, &(struct lab_tables){.risks = LAB_RISK_COLUMNS "R,technical,P,1,1,1,1,,,cross,,,,,\n", .seats = SEATS "none,coordinator,1,0.5,0,1,5000\n"},
             (const char *const[]){LAB_CALM, "x_open=0", "theta=1e6", "chi0=0", "chi_seat=0", "det_base=0.05", "v_team=0", "w_em=1", "w_tech=0", "em_blind=0.6",
                                   "h_seat=168", "eps_admin=0", "eps_judg=0", "phi_max=0", NULL}, 8, 0);
    lab_live(&lab, 9, worlds);
    for (size_t w = 0; w < worlds; w++) noticed += lab_value(&lab, 0, ORGSIM_METRIC_detection_lead_weeks, w) > 0;
    lab_close(&lab);
    return chance_share("noticed", (double)noticed, (double)worlds, 1 - exp(-0.05 * (1 - 0.6) * WEEKS));
}

static void test_busy_managers_see_less(void **state)
{
    (void)state;
    assert_true(chance_twice(busy_managers_see_less, 8192));
}

/* A seat of attention alpha and judgment J is worth as much as a team that finds d_attn alpha J more by itself. */
static void test_judgment_finds_mistakes(void **state)
{
    (void)state;
    struct lab seat, team;
    char rate[64];
    snprintf(rate, sizeof rate, "d0=%.9g", 0.3 * (1 - exp(-2 * 0.8 * 0.5)) * 0.5);
    lab_open(&seat, &(struct lab_tables){.seats = SEATS "none,tpm,1,0.5,0,0.2,5000\n"},
             (const char *const[]){LAB_CALM, "q0=0.8", "q_min=0.6", "gamma=0.02", "d_attn=0.3", "span_tpm=2", NULL}, 2, 0);
    lab_open(&team, &(struct lab_tables){0}, (const char *const[]){LAB_CALM, "q0=0.8", "q_min=0.6", "gamma=0.02", rate, NULL}, 2, 0);
    lab_live(&seat, 1, 1);
    lab_live(&team, 1, 1);
    assert_true(chance_none("finish", metric(&seat, 0, ORGSIM_METRIC_finish_week), metric(&team, 0, ORGSIM_METRIC_finish_week), 1e-3));
    assert_true(chance_none("rework", metric(&seat, 0, ORGSIM_METRIC_rework_share), metric(&team, 0, ORGSIM_METRIC_rework_share), 1e-5));
    lab_close(&seat);
    lab_close(&team);
}

/* With the same numbers a coordinator is a TPM, in a program where everything happens, world by world and bit by bit. */
static void test_a_title_changes_nothing(void **state)
{
    (void)state;
    struct lab lab;
    size_t helped = 0;
    const struct lab_tables tables = {
        .program = "setting,value\nname,Lab\nhorizon_weeks,100\n", .teams = "team,engineers\nA,8\nB,5\n", .arms = "arm\nnone\ntpm\ncoordinator\n",
        .packages = "package,team,effort_mode_pw\nA1,A,60\nB1,B,30\nA2,A,100\nB2,B,60\n", .dependencies = "from,to,ambiguity\nA1,B2,0.5\nB1,A2,0.5\n",
        .risks = "risk,category,package,probability,altitude\nR1,technical,A1,0.7,cross\nR2,integration,B2,0.7,executive\nR3,market,A2,0.5,team\n",
        .questions = QUESTION "Q1,A1,delivery,cross,\nQ2,B1,product,team,\n",
        .seats = "arm,role,fte,judgment,empowerment,admin_share,outcome_evaluated,cost_per_year\nnone,pm,0,,,,,\ntpm,tpm,1,0.6,0.7,0.3,0.5,200000\n"
                 "coordinator,coordinator,1,0.6,0.7,0.3,0.5,200000\n"};
    lab_open(&lab, &tables, (const char *const[]){"lam_s=0", NULL}, 2, 0);
    lab_live(&lab, 10, 64);
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++)
        assert_memory_equal(lab_worlds(&lab, 1, (enum orgsim_metric)m), lab_worlds(&lab, 2, (enum orgsim_metric)m), 64 * sizeof(float));
    for (size_t w = 0; w < 64; w++)
        helped += lab_value(&lab, 1, ORGSIM_METRIC_finish_week, w) != lab_value(&lab, 0, ORGSIM_METRIC_finish_week, w);
    assert_true(helped > 60);
    lab_close(&lab);
}

/* ---- forums and decisions ---- */

/* Mean wait of n questions that open together, heard by a forum whose other programs leave it a tenth of a slot; it hears a half. */
static void live_queue(struct lab *lab, int n)
{
    char questions[512];
    int at = snprintf(questions, sizeof questions, QUESTION);
    for (int k = 0; k < n; k++) at += snprintf(questions + at, sizeof questions - (size_t)at, "Q%d,P,delivery,cross,0.2\n", k);
    lab_open(lab, &(struct lab_tables){.forums = "forum,level,cadence_weeks,slots,background_slots\nsync,cross,1,3,2.9\n", .questions = questions},
             (const char *const[]){LAB_CALM, "rec=1e6", "theta=1e-9", "mum=0", "tau_prep=1e-6", "tau_dec=1e-6", "p_unp=0", "p_gw=0", "chi0=0", "chi_seat=0",
                                   "p_r0=1", "p_r1=0", "forum_min=0.5", NULL}, 2, 0);
    lab_live(lab, 3, 64);
}

static void test_least_of_a_forum(void **state)
{
    (void)state;
    struct lab one, many;
    live_queue(&one, 1);
    live_queue(&many, 5);
    for (size_t w = 0; w < 64; w++) {
        double more = lab_value(&many, 0, ORGSIM_METRIC_escalation_latency_weeks, w) - lab_value(&one, 0, ORGSIM_METRIC_escalation_latency_weeks, w);
        assert_true(chance_none("every second meeting", more, (0 + 2 + 4 + 6 + 8) / 5.0, 1e-3));
    }
    lab_close(&one);
    lab_close(&many);
}

/* Every answer is wrong, and given at once. One that would come back after week 50, when its package is integrated and another still has 50
 * weeks to go, does not; one that comes back before waits for the next tick. */
static void test_nothing_reopens_after_integration(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {.teams = "team,engineers\nT,10\nU,10\n", .packages = "package,team,effort_mode_pw\nP,T,500\nLONG,U,1000\n",
                                      .questions = QUESTION "Q,P,delivery,cross,0.9\n", .seats = SEATS "none,tpm,1,0.6,1,0.2,5000\n"};
    lab_open(&lab, &tables,
             (const char *const[]){LAB_CALM, "chi0=0", "chi_seat=0", "rec=1e6", "att_owner=1e6", "theta=1e-9", "mum=0", "tau_dir=1e-6", "p_r0=0", "p_r1=0",
                                   "tau_reop=20", "zeta=0", NULL}, 2, 0);
    lab_live(&lab, 12, 256);
    for (size_t w = 0; w < lab.worlds; w++) assert_true(lab_value(&lab, 0, ORGSIM_METRIC_decision_debt_weeks, w) <= 2 * 0.5 + 0.01); /* two ticks */
    lab_close(&lab);
}

/* Surfaced at once and never decided: one in fifty weeks of exposure. */
static void test_surfaced_by_exposure(void **state)
{
    (void)state;
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){.risks = "risk,category,package,probability,altitude\nR,technical,P,1,cross\n"},
             (const char *const[]){LAB_CALM, "x_open=0", "det_base=1e6", "theta=1e-9", "mum=0", "tau_prep=1e6", "chi0=0", "chi_seat=0", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    assert_true(chance_none("surfaced", metric(&lab, 0, ORGSIM_METRIC_surfaced_before_integration), 1, 1e-6));
    assert_true(chance_none("a week", metric(&lab, 0, ORGSIM_METRIC_surfaced_per_exposure_week), 1 / WEEKS, 1e-5));
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pay_of_seats_cancels_nothing), cmocka_unit_test(test_moments_lie_inside_the_tick),
        cmocka_unit_test(test_nothing_acts_after_integration), cmocka_unit_test(test_luck_hangs_on_the_calendar), cmocka_unit_test(test_common_luck),
        cmocka_unit_test(test_risks_go_together), cmocka_unit_test(test_effort_is_frictionless), cmocka_unit_test(test_engineers_for_the_same_money),
        cmocka_unit_test(test_first_looks_only), cmocka_unit_test(test_busy_managers_see_less), cmocka_unit_test(test_judgment_finds_mistakes),
        cmocka_unit_test(test_a_title_changes_nothing), cmocka_unit_test(test_least_of_a_forum),
        cmocka_unit_test(test_nothing_reopens_after_integration), cmocka_unit_test(test_surfaced_by_exposure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
