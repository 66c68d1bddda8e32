/* The hours of coordination: how many there are, and that none is lost on the way to whoever carries it.
 *
 *     L = h_dep (1 - rho_K K) n_dep + h_team n (n - 1)/2 density + h_open open + h_seat engineers seats        hours per week
 *     absorbed + product seats + managers + engineers = L
 *
 * Two teams work from the first moment to the horizon on packages that nobody finishes; one dependency between them has begun. The first tick
 * begins before anything has: it has the load of the seats only.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

#define WEEKS 60
#define TWO_TEAMS                                                                                                                              \
    .program = "setting,value\nname,Lab\nhorizon_weeks,60\n", .teams = "team,engineers,unit,site,em_hours_per_week\nA,8,,,7\nB,12,,,5\n",      \
    .packages = "package,team,effort_mode_pw\nA1,A,1000000\nB1,B,1000000\nB2,B,10\n", .dependencies = "from,to,ambiguity\nA1,B2,0\n"
#define SEATS "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\n"
#define LOAD                                                                                                                                   \
    LAB_CALM, "h_dep=50", "h_team=40", "h_seat=0.5", "eps_admin=0.4", "eps_judg=0.2", "T0=0.5", "pm_load=0.2", "pm_cap=30", "k_ctx=1.5",       \
        "phi_max=1", "sw_loss=0"

static double metric(const struct lab *lab, enum orgsim_metric m) { return lab_value(lab, 0, m, 0); }

struct hours {
    double load, absorbed, pm, em, engineers;
};

static void check_hours(const struct lab *lab, const struct hours *h)
{
    assert_true(chance_none("absorbed", metric(lab, ORGSIM_METRIC_coordination_absorbed_h), h->absorbed, 1e-4 * h->load));
    assert_true(chance_none("product seats", metric(lab, ORGSIM_METRIC_coordination_pm_h), h->pm, 1e-4 * h->load));
    assert_true(chance_none("managers", metric(lab, ORGSIM_METRIC_coordination_em_h), h->em, 1e-4 * h->load));
    assert_true(chance_none("engineers", metric(lab, ORGSIM_METRIC_coordination_engineers_h), h->engineers, 1e-4 * h->load));
    assert_true(chance_none("sum", h->absorbed + h->pm + h->em + h->engineers, h->load, 1e-6 * h->load));
}

/* Nobody in a seat: half of the load to either team (one end of the one dependency, one of two active teams), the manager first. */
static void test_without_seats(void **state)
{
    (void)state;
    struct lab lab;
    const double load = 50 + 40 * 0.5 * 2 * 1 / 2, weeks = WEEKS - 0.5,
                 focus = 1.5 * ((load / 2 - 7) / (40 * 8) + (load / 2 - 5) / (40 * 12)) / 2;
    lab_open(&lab, &(struct lab_tables){TWO_TEAMS}, (const char *const[]){LOAD, NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    check_hours(&lab, &(struct hours){load * weeks, 0, 0, (7 + 5) * weeks, (load - 7 - 5) * weeks});
    assert_true(chance_none("focus lost", metric(&lab, ORGSIM_METRIC_focus_loss), focus, 1e-4));
    assert_true(chance_none("load", lab_at_week(&lab, 0, ORGSIM_TIMELINE_coordination_hours, 30), load, 1e-3));
    lab_close(&lab);
}

/* An old hand in either role: 40 (eps_admin c + eps_judg g T) is absorbed, a fifth of the rest lands on the product seat. */
static void test_with_seats(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {TWO_TEAMS, .seats = SEATS "none,tpm,1,0.5,0,0.25,5000\nnone,pm,0.5,0.5,0,0.4,5000\n"};
    const double most = 40 * (0.4 * (0.25 + 0.2) + 0.2 * 0.5 * (0.75 + 0.3)), own = 0.5 * 20, load = 50 + 20 + own;
    const double first = fmin(own, most), rest = load - most, pm = 0.2 * rest, weeks = WEEKS - 0.5;
    lab_open(&lab, &tables, (const char *const[]){LOAD, NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    /* In the first half week nobody is at work yet: what the product seat leaves of the seats' own load has no team to land on. */
    double sum = metric(&lab, ORGSIM_METRIC_coordination_absorbed_h) + metric(&lab, ORGSIM_METRIC_coordination_pm_h) +
                 metric(&lab, ORGSIM_METRIC_coordination_em_h) + metric(&lab, ORGSIM_METRIC_coordination_engineers_h);
    assert_true(own <= most);
    check_hours(&lab, &(struct hours){load * weeks + 0.5 * own, most * weeks + 0.5 * first, pm * weeks, 12 * weeks, (rest - pm - 12) * weeks});
    assert_true(chance_none("all of it", sum, load * weeks + 0.5 * own, 1e-4 * load * weeks));
    lab_close(&lab);
}

/* A seat can absorb no more than there is; a product seat no more than its cap. */
static void test_caps(void **state)
{
    (void)state;
    struct lab lab;
    const double load = 70 + 0.5 * 20, weeks = WEEKS - 0.5;
    const struct lab_tables idle = {TWO_TEAMS, .seats = SEATS "none,coordinator,1,0.5,0,1,5000\n"};
    lab_open(&lab, &idle, (const char *const[]){LOAD, "eps_admin=100", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    check_hours(&lab, &(struct hours){load * weeks + 5, load * weeks + 5, 0, 0, 0});
    lab_close(&lab);
    const struct lab_tables capped = {TWO_TEAMS, .seats = SEATS "none,pm,0.5,0.5,0,0,5000\n"};
    lab_open(&lab, &capped, (const char *const[]){LOAD, "eps_judg=0", "pm_load=0.9", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    check_hours(&lab, &(struct hours){70 * weeks, 0, 15 * weeks, 12 * weeks, (70 - 15 - 12) * weeks});
    lab_close(&lab);
}

/* Sites apart: the dependency costs more. Engineers pay what it costs in time: the package of team A takes longer by 1 / (1 - phi). */
static void test_sites_and_pace(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables apart = {.teams = "team,engineers,unit,site,em_hours_per_week\nA,8,,Rome,0\nB,8,,Oslo,0\n",
                                     .packages = "package,team,effort_mode_pw\nA1,A,160\nB1,B,1000\nB2,B,1000\n",
                                     .dependencies = "from,to\nA1,B2\n"};
    lab_open(&lab, &apart, (const char *const[]){LOAD, "h_dep=60", "h_team=0", "cross_team_slowdown=1.6", NULL}, 8, 0);
    lab_live(&lab, 1, 1);
    assert_true(chance_none("load", lab_at_week(&lab, 0, ORGSIM_TIMELINE_coordination_hours, 10), 60 * 1.6, 1e-3));
    lab_close(&lab);
    /* A1 takes 20 weeks undisturbed. The load stays while B2 is open, half of it with A: phi = 1.5 48 / 320. */
    const struct lab_tables paced = {.teams = "team,engineers,unit,site,em_hours_per_week\nA,8,,Rome,0\nB,8,,Oslo,0\n",
                                     .packages = "package,team,effort_mode_pw\nA1,A,160\nB1,B,16\nB2,B,16\n",
                                     .dependencies = "from,to,lag_weeks\nA1,B2,0\n"};
    lab_open(&lab, &paced, (const char *const[]){LOAD, "h_dep=60", "h_team=0", "cross_team_slowdown=1.6", NULL}, 8, 0);
    lab_live(&lab, 1, 1);
    /* While B1 is open A has half of what goes by active teams, afterwards all of it; A1 is accepted when B2 starts, and then B has all of it. */
    double both = 96 * (0.25 + 0.25), alone = 96 * (0.25 + 0.5), fast = 8 * (1 - 1.5 * both / 320), slow = 8 * (1 - 1.5 * alone / 320);
    double b1 = 2 / (1 - 1.5 * both / 320), a1 = b1 + (160 - fast * b1) / slow, finish = a1 + 2 / (1 - 1.5 * alone / 320);
    assert_true(chance_none("finish", metric(&lab, ORGSIM_METRIC_finish_week), finish, 0.1));
    lab_close(&lab);
}

/* Every hour is carried by somebody, in a program where everything happens at once: the load of every week against the four accounts. */
static void test_hours_are_conserved(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {
        .program = "setting,value\nname,Lab\nhorizon_weeks,26\n",
        .teams = "team,engineers\nA,8\nB,5\nC,6\n",
        .packages = "package,team,effort_mode_pw\nA1,A,60\nB1,B,30\nC1,C,50\nA2,A,500\nB2,B,300\nC2,C,400\n",
        .dependencies = "from,to,ambiguity\nA1,B2,0.5\nB1,C2,0.5\nC1,A2,0.5\nA1,A2,0\n",
        .risks = "risk,category,package,probability,altitude\nR1,technical,A1,0.7,cross\nR2,integration,B2,0.7,cross\n",
        .questions = "question,package,kind,altitude,opens_at_share\nQ1,A1,delivery,cross,\nQ2,B1,product,cross,\nQ3,C2,delivery,team,\n",
        .seats = SEATS "none,tpm,1,0.7,0.8,0.2,0\nnone,pm,1,0.5,0.35,0.4,26\n"};
    lab_open(&lab, &tables, (const char *const[]){"cancel_slip=99", "cancel_cost=99", "s_prog=0", "h_open=8", NULL}, 1, 0);
    lab_live(&lab, 17, 64);
    double load = 0, carried = 0;
    for (size_t week = 1; week <= 26; week++)
        load += lab_at_week(&lab, 0, ORGSIM_TIMELINE_coordination_hours, week); /* of the tick before it */
    assert_true(lab_mean(&lab, 0, ORGSIM_METRIC_censored) > 0.999);
    carried = lab_mean(&lab, 0, ORGSIM_METRIC_coordination_absorbed_h) + lab_mean(&lab, 0, ORGSIM_METRIC_coordination_pm_h) +
              lab_mean(&lab, 0, ORGSIM_METRIC_coordination_em_h) + lab_mean(&lab, 0, ORGSIM_METRIC_coordination_engineers_h);
    assert_true(load > 500);
    assert_true(chance_none("hours", carried, load, 2e-3 * load)); /* the first tick's hours of seats have no team yet */
    lab_close(&lab);
}

/* Rigour: dK/dt = g (1 - K)/tau_K - K/tau_f with one full seat, so K = tau/tau_K (1 - exp(-t/tau)), 1/tau = 1/tau_K + 1/tau_f. The seat goes
 * nowhere here; what h_dep shrinks by says how much there is. */
static void test_rigour(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {TWO_TEAMS, .seats = SEATS "none,tpm,1,0.5,0,0.25,5000\n"};
    lab_open(&lab, &tables, (const char *const[]){LOAD, "h_team=0", "h_seat=0", "rho_rigour=0.3", "tau_rigour=20", "tau_fade=60", NULL}, 8, 0);
    lab_live(&lab, 1, 1);
    for (size_t week = 5; week < WEEKS; week += 10) {
        double tau = 1 / (1.0 / 20 + 1.0 / 60), K = tau / 20 * (1 - exp(-((double)week - 0.125) / tau));
        assert_true(chance_none("load", lab_at_week(&lab, 0, ORGSIM_TIMELINE_coordination_hours, week), 50 * (1 - 0.3 * K), 0.05));
    }
    lab_close(&lab);
}

/* A team whose people are all busy leaves nothing but rounding, and that starts no other package: no interface of it costs an hour. */
static void test_rounding_starts_nothing(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {
        .program = "setting,value\nname,Lab\nhorizon_weeks,60\n", .teams = "team,engineers\nA,7\nB,12\n",
        .packages = "package,team,effort_mode_pw,max_engineers\nA1,A,1000000,3.3\nA2,A,900000,3.7\nA3,A,10,5\nB1,B,10,5\n",
        .dependencies = "from,to,ambiguity\nA3,B1,0\n"};
    lab_open(&lab, &tables, (const char *const[]){LOAD, "ar_sd=0.3", "ar_rho=0.5", NULL}, 2, 0);
    lab_live(&lab, 5, 256);
    for (size_t w = 0; w < lab.worlds; w++) assert_true(lab_value(&lab, 0, ORGSIM_METRIC_coordination_em_h, w) == 0);
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounding_starts_nothing),
        cmocka_unit_test(test_without_seats),  cmocka_unit_test(test_with_seats),          cmocka_unit_test(test_caps),
        cmocka_unit_test(test_sites_and_pace), cmocka_unit_test(test_hours_are_conserved), cmocka_unit_test(test_rigour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
