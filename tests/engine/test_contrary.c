/* What research says against the hire, where it is let hold.
 *
 *     no_delay_effect:    what lateness costs times 1 less the strength: gamma, growth, standstill, xi_dep, xi_mis; a risk settled in time costs
 *                         rho_mit + strength (1 - rho_mit) of its impact
 *     off_critical_hurts: r_j grows by strength seats n_j while team j is a week or more from holding up the end
 *     optimism_helps:     capacity times 1 + strength [reported share - known share]+
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

static double metric(const struct lab *lab, enum orgsim_metric m) { return lab_value(lab, 0, m, 0); }

static void let_hold(struct lab *lab, enum orgsim_contrary contrary, double strength) { lab->program.contrary[contrary] = (float)strength; }

/* ---- no_delay_effect ---- */

/* A program with mistakes, one grown risk that blocks when it strikes at integration, and a mismatch that breaks what was built on it. */
static void live_late(struct lab *lab, const char *gamma, const char *risk, const char *xi_mis, const char *xi_dep, double strength)
{
    char risks[512];
    snprintf(risks, sizeof risks, LAB_RISK_COLUMNS "R,technical,P,1,20,20,20,%s,team,,,,,\n", risk);
    const struct lab_tables tables = {.packages = "package,team,effort_mode_pw\nP,T,500\nQ,U,300\n", .teams = "team,engineers\nT,10\nU,10\n",
                                      .dependencies = "from,to,ambiguity\nP,Q,1\n", .risks = risks};
    lab_open(lab, &tables, (const char *const[]){LAB_CALM, "q0=0.8", "d0=0.05", "m_max=2", "det_base=0", gamma, xi_mis, xi_dep, NULL}, 2, 0);
    let_hold(lab, ORGSIM_CONTRARY_no_delay_effect, strength);
    lab_live(lab, 3, 40);
}

static bool same_lives(const struct lab *a, const struct lab *b)
{
    return memcmp(a->values, b->values, ORGSIM_METRIC_COUNT * a->worlds * sizeof *a->values) == 0;
}

static void test_nothing_is_dearer_late(void **state)
{
    (void)state;
    struct lab dear, taken, cheap, half, halved;
    live_late(&dear, "gamma=0.05", "8,0.04", "xi_mis=0.25", "xi_dep=0.5", 0);
    live_late(&taken, "gamma=0.05", "8,0.04", "xi_mis=0.25", "xi_dep=0.5", 1);
    live_late(&cheap, "gamma=0", "0,0", "xi_mis=0", "xi_dep=0", 0);
    live_late(&half, "gamma=0.05", "8,0.04", "xi_mis=0.25", "xi_dep=0.5", 0.5);
    live_late(&halved, "gamma=0.025", "4,0.02", "xi_mis=0.125", "xi_dep=0.25", 0);
    assert_true(same_lives(&taken, &cheap) && same_lives(&half, &halved));
    assert_false(same_lives(&dear, &cheap) || same_lives(&dear, &half));
    assert_true(lab_mean(&dear, 0, ORGSIM_METRIC_finish_week) > lab_mean(&half, 0, ORGSIM_METRIC_finish_week));
    assert_true(lab_mean(&half, 0, ORGSIM_METRIC_finish_week) > lab_mean(&taken, 0, ORGSIM_METRIC_finish_week));
    struct lab *all[] = {&dear, &taken, &cheap, &half, &halved};
    for (size_t l = 0; l < sizeof all / sizeof *all; l++) lab_close(all[l]);
}

/* A risk of 20 person-weeks, noticed and settled by the team at once, or never noticed: two weeks of ten engineers in either case. */
static void test_settled_or_struck_costs_the_same(void **state)
{
    (void)state;
    const char *const noticed[] = {"det_base=1000", "det_base=0"};
    for (int late = 0; late < 2; late++)
        for (int holds = 0; holds < 2; holds++) {
            struct lab lab;
            double share = late || holds ? 1 : 0.35;
            lab_open(&lab, &(struct lab_tables){.risks = LAB_RISK_COLUMNS "R,technical,P,1,20,20,20,0,0,team,,,,,\n"},
                     (const char *const[]){LAB_CALM, "chi0=1000", "rho_mit=0.35", "x_open=0", "theta=1000", noticed[late], NULL}, 2, 0);
            let_hold(&lab, ORGSIM_CONTRARY_no_delay_effect, holds);
            lab_live(&lab, 1, 1);
            assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), 50 + 2 * share, 0.01));
            lab_close(&lab);
        }
}

/* ---- off_critical_hurts ---- */

/* A works for 50 weeks, B on `packages`; ten engineers each, a TPM from the start, and nobody but engineers to carry hours. */
static void live_beside(struct lab *lab, const char *packages, const char *dependencies)
{
    const struct lab_tables tables = {.teams = "team,engineers,em_hours_per_week\nA,10,0\nB,10,0\n", .packages = packages, .dependencies = dependencies,
                                      .seats = "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\nnone,tpm,1,0.5,0,0.25,5000\n"};
    lab_open(lab, &tables, (const char *const[]){LAB_CALM, "k_ctx=1", "phi_max=1", NULL}, 2, 0);
    let_hold(lab, ORGSIM_CONTRARY_off_critical_hurts, 2);
    lab_live(lab, 1, 1);
}

/* 2 hours for each of ten engineers of 40 hours: a twentieth of B's pace, from the second tick on, in the first of which nobody was at work. */
static void test_off_the_path(void **state)
{
    (void)state;
    struct lab lab;
    live_beside(&lab, "package,team,effort_mode_pw\nA1,A,500\nB1,B,102\n", NULL);
    double weeks = ceil(2 * (102 - 5) / 9.5) / 2; /* in whole ticks */
    assert_true(chance_none("hours of engineers", metric(&lab, ORGSIM_METRIC_coordination_engineers_h), 20 * weeks, 0.01));
    assert_true(chance_none("load", lab_at_week(&lab, 0, ORGSIM_TIMELINE_coordination_hours, 5), 20, 1e-3));
    assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), 50, 1e-3));
    lab_close(&lab);
}

static void test_on_the_path(void **state)
{
    (void)state;
    struct lab lab;
    live_beside(&lab, "package,team,effort_mode_pw\nA1,A,500\nB1,B,495\n", NULL); /* half a week apart: nobody could tell */
    assert_true(metric(&lab, ORGSIM_METRIC_coordination_engineers_h) == 0);
    lab_close(&lab);
    live_beside(&lab, "package,team,effort_mode_pw\nA1,A,500\nB1,B,100\nA2,A,300\n", "from,to,lag_weeks\nB1,A2,10\n"); /* 10 + 10 + 30 */
    assert_true(lab_at_week(&lab, 0, ORGSIM_TIMELINE_coordination_hours, 9) == 0);
    assert_true(chance_none("waits for integration", lab_at_week(&lab, 0, ORGSIM_TIMELINE_coordination_hours, 15), 20, 1e-3));
    lab_close(&lab);
}

/* A has 20 weeks in one package, B 40 weeks in five that nothing holds up but B's ten engineers: B holds up the end, and A pays. */
static void test_a_queue_holds_up_the_end(void **state)
{
    (void)state;
    struct lab lab;
    live_beside(&lab, "package,team,effort_mode_pw\nA1,A,200\nB1,B,80\nB2,B,80\nB3,B,80\nB4,B,80\nB5,B,80\n", NULL);
    double weeks = ceil(2 * (200 - 5) / 9.5) / 2;
    assert_true(chance_none("hours of A", metric(&lab, ORGSIM_METRIC_coordination_engineers_h), 20 * weeks, 0.01));
    assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), 40, 1e-3));
    lab_close(&lab);
}

/* Two weeks of slack shrink by a twentieth of a week a week; when one is left, B holds up the end, too. */
static void test_until_it_is_on_the_path(void **state)
{
    (void)state;
    struct lab lab;
    live_beside(&lab, "package,team,effort_mode_pw\nA1,A,500\nB1,B,480\n", NULL);
    assert_true(chance_none("hours of engineers", metric(&lab, ORGSIM_METRIC_coordination_engineers_h), 20 * 20, 10.01));
    assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), 50, 1e-3));
    lab_close(&lab);
}

/* ---- optimism_helps ---- */

/* Twice the planned work, and every report hides seven tenths of the shortfall. */
static void test_optimism_helps(void **state)
{
    (void)state;
    const double strength[] = {0, 1, 4};
    for (int k = 0; k < 3; k++) {
        struct lab lab;
        double done = 20, finish = 2;
        lab_open(&lab, &(struct lab_tables){.program = "setting,value\nname,Lab\nhorizon_weeks,120\n"},
                 (const char *const[]){LAB_CALM, "b_plan=0", "es_floor=0.3", "cancel_slip=99", "cancel_cost=99", "tol=1", "tau_hire=1e6", "b_est=0.693147181", "p_bias=1", "p_opt=1", "hide=0.7", NULL}, 2, 0);
        let_hold(&lab, ORGSIM_CONTRARY_optimism_helps, strength[k]);
        lab_live(&lab, 1, 1);
        while (done < 1000) {
            double pace = 10 * (1 + strength[k] * 0.7 * fmax(0, fmin(1, finish / 50) - done / 1000)), weeks = fmin(2, (1000 - done) / pace);
            done += pace * weeks + 1e-9;
            finish += weeks;
        }
        assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), finish, 0.01));
        lab_close(&lab);
    }
}

/* A program that is only a schedule has none of them. */
static void test_frictionless(void **state)
{
    (void)state;
    struct lab lab;
    struct program schedule;
    struct orgsim_where where = {0};
    struct orgsim_run_options options = {.ticks_per_week = 2, .frictionless = 1, .contrary = {{1, 1, 1}}};
    lab_open(&lab, &(struct lab_tables){0}, (const char *const[]){LAB_CALM, NULL}, 2, 0);
    for (int k = 0; k < 2; k++) {
        options.frictionless = k == 0;
        assert_int_equal(program_create(&schedule, lab.scenario, &options, &where), 0);
        for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) assert_true(schedule.contrary[c] == (float)k);
        program_free(&schedule);
    }
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_dearer_late), cmocka_unit_test(test_settled_or_struck_costs_the_same), cmocka_unit_test(test_a_queue_holds_up_the_end),
        cmocka_unit_test(test_off_the_path), cmocka_unit_test(test_on_the_path),
        cmocka_unit_test(test_until_it_is_on_the_path), cmocka_unit_test(test_optimism_helps), cmocka_unit_test(test_frictionless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
