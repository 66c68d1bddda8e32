/* The life of a risk, a question and an interface mismatch, one step at a time, in a package of fifty weeks (500 person-weeks, ten engineers):
 *
 *     activation    wakes when the progress of its package passes the drawn share, uniform from 0 to x_open
 *     realisation   strikes at hazard h_real: the package gains I exp(g age), and stands still for the drawn delay
 *     closing       a team's own question is settled at hazard chi_0 (1 - phi) + chi_s alpha T E
 *     decision      right with p_r0 + p_r1 J; a wrong one comes back, twice at most, and breaks zeta of the work; a risk costs rho_mit I
 *     integration   what is still open strikes, is decided by default, or breaks xi_mis of the work
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

#define WEEKS 50.0
#define QUESTION "question,package,kind,altitude,opens_at_share\n"
#define SEATS "arm,role,fte,judgment,empowerment,admin_share,weeks_in_seat\n"
#define UNSEEN LAB_CALM, "chi0=0", "chi_seat=0", "rec=0", "det_base=0"
/* A seat that sees everything at once and goes straight to whoever decides. */
#define AT_ONCE                                                                                                                                \
    LAB_CALM, "chi0=0", "chi_seat=0", "rec=1e6", "det_base=1e6", "v_team=0", "w_em=0", "w_tech=1", "att_owner=1e6", "theta=1e-9", "mum=0",     \
        "tau_dir=1e-6", "x_open=0"
#define DIRECT_SEAT SEATS "none,tpm,1,0.6,1,0.2,5000\n"

static double finish_of(const struct lab *lab, size_t world) { return lab_value(lab, 0, ORGSIM_METRIC_finish_week, world); }

/* ---- activation: open until integration decides it in week 50 ---- */

static bool opening_agrees(size_t worlds)
{
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){.questions = QUESTION "Q,P,delivery,team,\n"},
             (const char *const[]){UNSEEN, "p_default=1", "x_open=0.6", NULL}, 2, 0);
    lab_live(&lab, 51, worlds);
    double *share = memory_array(worlds, sizeof *share);
    assert_non_null(share);
    for (size_t w = 0; w < worlds; w++) share[w] = 1 - lab_value(&lab, 0, ORGSIM_METRIC_decision_weeks, w) / WEEKS;
    bool well = chance_uniform("share at which it opens", share, worlds, 0.6);
    memory_free(share);
    lab_close(&lab);
    return well;
}

static void test_activation(void **state)
{
    (void)state;
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){.questions = QUESTION "Q,P,delivery,team,0.33\n"}, (const char *const[]){UNSEEN, "p_default=1", NULL},
             2, 0);
    lab_live(&lab, 1, 1);
    assert_true(chance_none("open", lab_value(&lab, 0, ORGSIM_METRIC_decision_weeks, 0), WEEKS * (1 - 0.33), 1e-3));
    assert_true(chance_none("at week 16", lab_at_week(&lab, 0, ORGSIM_TIMELINE_open_decisions, 16), 0, 1e-6));
    assert_true(chance_none("at week 17", lab_at_week(&lab, 0, ORGSIM_TIMELINE_open_decisions, 17), 1, 1e-6));
    lab_close(&lab);
    assert_true(chance_twice(opening_agrees, 4096));
}

/* Acceptance opens C late in a tick, and its team stops for good at the end of some week. However little was done of C, its question is open from then on. */
static void live_until(struct lab *lab, double content, int stop)
{
    char packages[160], calendar[96];
    snprintf(packages, sizeof packages, "package,team,kind,effort_mode_pw\nA,T,build,%.9g\nI,T,integrate,10\nC,U,build,1000\n", content);
    snprintf(calendar, sizeof calendar, "from_week,to_week,team,capacity\n%d,400,U,0\n", stop);
    const struct lab_tables tables = {.program = "setting,value\nname,Lab\nhorizon_weeks,40\n", .teams = "team,engineers\nT,10\nU,10\n",
                                      .packages = packages, .dependencies = "from,to\nA,I\nI,C\n", .calendar = calendar,
                                      .questions = QUESTION "Q,C,delivery,team,0\n"};
    lab_open(lab, &tables, (const char *const[]){UNSEEN, "q0=0.9", "eta_int=0.5", "d_int=0.7", "u_tol=0.01", NULL}, 2, 0);
    lab_live(lab, 1, 1);
}

static void test_opened_by_acceptance(void **state)
{
    (void)state;
    size_t short_starts = 0;
    for (double content = 20; content < 26; content += 0.5) {
        struct lab never;
        live_until(&never, content, 0);
        double before = lab_at_week(&never, 0, ORGSIM_TIMELINE_progress_true, 40);
        lab_close(&never);
        for (int stop = 4; stop < 16; stop++) {
            struct lab lab;
            live_until(&lab, content, stop);
            double work = (lab_at_week(&lab, 0, ORGSIM_TIMELINE_progress_true, 40) - before) * (1010 + content);
            assert_true((work > 1e-3) == (lab_value(&lab, 0, ORGSIM_METRIC_decision_debt_weeks, 0) > 0));
            short_starts += work > 1e-3 && work < 4;
            lab_close(&lab);
        }
    }
    assert_true(short_starts > 2);
}

/* ---- realisation: 20 person-weeks that grow by 4 % a week tell in the finish when they struck ---- */

static bool strikes_agree(size_t worlds)
{
    struct lab lab;
    const double rate = 0.03, top = -expm1(-rate * WEEKS);
    size_t n = 0;
    lab_open(&lab, &(struct lab_tables){.risks = LAB_RISK_COLUMNS "R,technical,P,1,20,20,20,,0.04,cross,,,,,\n"},
             (const char *const[]){UNSEEN, "x_open=0", "real_h=0.03", "gcap=1e6", NULL}, 2, 0);
    lab_live(&lab, 52, worlds);
    double *u = memory_array(worlds, sizeof *u);
    assert_non_null(u);
    for (size_t w = 0; w < worlds; w++) {
        double struck = log((finish_of(&lab, w) - WEEKS) * 10 / 20) / 0.04;
        assert_true(struck > -0.01 && struck < WEEKS + 0.01 && lab_value(&lab, 0, ORGSIM_METRIC_risks_realised, w) > 0.5);
        if (struck < WEEKS - 0.01) u[n++] = -expm1(-rate * struck);
    }
    bool well = chance_share("struck before integration", (double)n, (double)worlds, top) && chance_uniform("time of the strike", u, n, top);
    memory_free(u);
    lab_close(&lab);
    return well;
}

/* At integration at the latest, with a standstill that is uniform from 0 to twice its mean. */
static bool delays_agree(size_t worlds)
{
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){.risks = LAB_RISK_COLUMNS "R,technical,P,1,30,30,30,4,0,cross,,,,,\n"},
             (const char *const[]){UNSEEN, NULL}, 2, 0);
    lab_live(&lab, 53, worlds);
    double *delay = memory_array(worlds, sizeof *delay);
    assert_non_null(delay);
    for (size_t w = 0; w < worlds; w++) delay[w] = finish_of(&lab, w) - WEEKS - 30.0 / 10;
    bool well = chance_uniform("standstill", delay, worlds, 8);
    memory_free(delay);
    lab_close(&lab);
    return well;
}

static void test_realisation(void **state)
{
    (void)state;
    assert_true(chance_twice(strikes_agree, 8192));
    assert_true(chance_twice(delays_agree, 4096));
}

/* ---- closing ---- */

static bool closing_agrees(double rate, const char *seats, size_t worlds)
{
    struct lab lab;
    const double top = -expm1(-rate * WEEKS);
    size_t n = 0;
    lab_open(&lab, &(struct lab_tables){.questions = QUESTION "Q,P,delivery,team,0\n", .seats = seats},
             (const char *const[]){LAB_CALM, "rec=0", "chi0=0.02", "chi_seat=0.4", "p_r0=1", "p_default=1", "T0=0.5", "t_small=0", "span_tpm=2",
                                   "span_pm=9", NULL},
             8, 0);
    lab_live(&lab, 54, worlds);
    double *u = memory_array(worlds, sizeof *u), closed = lab_sum(&lab, 0, ORGSIM_METRIC_decision_closure_rate);
    assert_non_null(u);
    for (size_t w = 0; w < worlds; w++)
        if (lab_value(&lab, 0, ORGSIM_METRIC_decision_closure_rate, w) > 0.5)
            u[n++] = -expm1(-rate * lab_value(&lab, 0, ORGSIM_METRIC_decision_weeks, w));
    bool well = chance_share("closed in time", closed, (double)worlds, top) && chance_uniform("time of closing", u, n, top);
    memory_free(u);
    lab_close(&lab);
    return well;
}

static bool team_closes(size_t worlds) { return closing_agrees(0.02, NULL, worlds); }
static bool owner_closes(size_t worlds)
{
    return closing_agrees(0.02 + 0.4 * (1 - exp(-2 * 0.8 * 0.6)) * 0.5 * 0.3, SEATS "none,tpm,1,0.6,0.3,0.2,5000\nnone,pm,1,0.9,0.9,0,5000\n",
                          worlds);
}

static void test_closing(void **state)
{
    (void)state;
    assert_true(chance_twice(team_closes, 4096));
    assert_true(chance_twice(owner_closes, 4096)); /* the product seat has no say in a question of delivery */
}

/* ---- decision ---- */

/* Opens half way, at 250 person-weeks, and comes back in the same week when it was answered wrongly. Interest is priced at 1 k a person-week. */
static bool decisions_agree(size_t worlds)
{
    struct lab lab;
    const double right = 0.5 + 0.4 * 0.6;
    double times[4] = {0};
    const struct lab_tables tables = {.questions = QUESTION "Q,P,delivery,cross,0.5\n",
                                      .seats = DIRECT_SEAT,
                                      .money = "item,value\nengineer_per_year,52000\nbenefit_load,1\n"};
    lab_open(&lab, &tables, (const char *const[]){AT_ONCE, "p_r0=0.5", "p_r1=0.4", "tau_reop=1e-6", "zeta=0.01", "p_default=1", NULL}, 8, 0);
    lab_live(&lab, 55, worlds);
    for (size_t w = 0; w < worlds; w++) {
        double back = lab_value(&lab, 0, ORGSIM_METRIC_decision_debt_interest_k, w) / (0.01 * 250), n = floor(back + 0.5);
        assert_true(fabs(back - n) < 0.05 && n < 3);
        times[(int)n]++;
    }
    lab_close(&lab);
    return chance_share("right at once", times[0], (double)worlds, right) &&
           chance_share("came back once", times[1], (double)worlds, (1 - right) * right) &&
           chance_share("came back twice", times[2], (double)worlds, (1 - right) * (1 - right));
}

static double finish_with_risk(const char *seats, const char *risk, double *cost)
{
    struct lab lab;
    char risks[512];
    snprintf(risks, sizeof risks, "%s%s\n", LAB_RISK_COLUMNS, risk);
    lab_open(&lab, &(struct lab_tables){.risks = risks, .seats = seats},
             (const char *const[]){AT_ONCE, "rho_mit=0.3", "imp=1", "sev_team=1", NULL}, 8, 0);
    lab_live(&lab, 1, 1);
    double finish = finish_of(&lab, 0), weekly = (double)(10 * lab.program.engineer_cost + lab.program.teams[0].em_cost);
    *cost = lab_value(&lab, 0, ORGSIM_METRIC_cost_without_seats_k, 0) - weekly * finish;
    lab_close(&lab);
    return finish;
}

static void test_decided_risks(void **state)
{
    (void)state;
    double cost;
    assert_true(chance_none("untouched", finish_with_risk(NULL, "R,technical,P,1,40,40,40,,0,cross,,,,,", &cost), WEEKS + 4, 1e-3));
    assert_true(chance_none("resolved", finish_with_risk(DIRECT_SEAT, "R,technical,P,1,40,40,40,,0,cross,,,,,", &cost), WEEKS + 0.3 * 4, 1e-3));
    /* A mitigation takes the place of the repair; what remains of the risk strikes with what remains of its impact. */
    assert_true(
        chance_none("mitigated", finish_with_risk(DIRECT_SEAT, "R,technical,P,1,40,40,40,,0,cross,plan B,25,no,0,1", &cost), WEEKS, 1e-3));
    assert_true(chance_none("its price", cost, 25, 0.05));
    assert_true(chance_none("half of it remains", finish_with_risk(DIRECT_SEAT, "R,technical,P,1,40,40,40,,0,cross,plan B,25,no,1,0.5", &cost),
                            WEEKS + 2, 1e-3));
    assert_true(chance_none("bought beforehand", finish_with_risk(NULL, "R,technical,P,1,40,40,40,,0,cross,plan B,25,yes,1,0.25", &cost),
                            WEEKS + 1, 1e-3));
    assert_true(chance_none("its price", cost, 25, 0.05));
    assert_true(chance_none("not surfaced, not bought", finish_with_risk(NULL, "R,technical,P,1,40,40,40,,0,cross,plan B,25,no,0,1", &cost),
                            WEEKS + 4, 1e-3));
    assert_true(chance_none("no price", cost, 0, 0.05));
}

static void test_decision(void **state)
{
    (void)state;
    assert_true(chance_twice(decisions_agree, 4096));
}

/* ---- integration ---- */

static bool defaults_agree(size_t worlds)
{
    struct lab lab;
    size_t wrong = 0;
    lab_open(&lab, &(struct lab_tables){.questions = QUESTION "Q,P,delivery,cross,0.4\n"},
             (const char *const[]){UNSEEN, "p_default=0.3", "zeta=0.05", NULL}, 2, 0);
    lab_live(&lab, 56, worlds);
    for (size_t w = 0; w < worlds; w++) {
        bool broke = finish_of(&lab, w) > WEEKS + 1;
        assert_true(chance_none("finish", finish_of(&lab, w), broke ? WEEKS + 0.05 * WEEKS : WEEKS, 1e-3));
        wrong += broke;
    }
    lab_close(&lab);
    return chance_share("wrong by default", (double)wrong, (double)worlds, 0.7);
}

/* An interface between two teams that nobody looked at breaks a share of the later package; known and unambiguous, it breaks nothing. */
static double finish_with_interface(const char *dependency)
{
    struct lab lab;
    char links[128];
    snprintf(links, sizeof links, "from,to,ambiguity,known_at_planning\n%s", dependency);
    const struct lab_tables tables = {
        .teams = "team,engineers\nA,10\nB,10\n", .packages = "package,team,effort_mode_pw\nA1,A,100\nB1,B,400\n", .dependencies = links};
    lab_open(&lab, &tables, (const char *const[]){UNSEEN, "xi_mis=0.05", "mis_det=0", NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    double finish = finish_of(&lab, 0);
    lab_close(&lab);
    return finish;
}

static void test_integration(void **state)
{
    (void)state;
    assert_true(chance_twice(defaults_agree, 2048));
    assert_true(chance_none("a clear interface", finish_with_interface("A1,B1,0,yes\n"), WEEKS, 1e-3));
    assert_true(chance_none("a mismatch", finish_with_interface("A1,B1,1,yes\n"), WEEKS + 0.05 * 40, 1e-3));
    assert_true(chance_none("a forgotten interface", finish_with_interface("A1,B1,0,no\n"), WEEKS + 0.05 * 40, 1e-3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opened_by_acceptance),
        cmocka_unit_test(test_activation), cmocka_unit_test(test_realisation),   cmocka_unit_test(test_closing),
        cmocka_unit_test(test_decision),   cmocka_unit_test(test_decided_risks), cmocka_unit_test(test_integration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
