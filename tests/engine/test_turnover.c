/* Engineers leave: the n-th when the team's hazard reaches the sum of n unit exponentials, a Poisson process of rate lambda for each head
 * while nothing disturbs them.
 *
 *     disturbed  lambda (1 + k_press p + k_fire fire + k_open min(1, open / 3))
 *     a leaver costs c_rep weeks of pay, and leaves k_loss of the own part of the work as hidden rework
 *     newcomers  a vacancy is filled at 1/tau_h, a newcomer is fluent at 1/tau_n, and works at p_new - m_new until then
 *
 * Vacancies are filled within a tick here (but in the last test), so that the headcount stays what it was.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_randist.h>

#include "support/chance.h"
#include "support/lab.h"

#define TWO_YEARS .program = "setting,value\nname,Lab\nhorizon_weeks,104\n", .teams = "team,engineers\nT,40\n"
#define ENDLESS .packages = "package,team,effort_mode_pw\nP,T,1000000\n"
#define CHURN LAB_CALM, "tau_hire=1e-6", "tau_new=1e-6", "k_loss=0", "repl=1e-6"

/* Leavers of each world: their mean, and the share of every count, against Poisson. */
static bool poisson_agrees(const struct lab_tables *tables, const char *const *settings, double mean, double slack, size_t worlds)
{
    struct lab lab;
    double seen[16] = {0}, left = 0;
    bool well = true;
    lab_open(&lab, tables, settings, 8, 0);
    lab_live(&lab, 21, worlds);
    for (size_t w = 0; w < worlds; w++) {
        double n = lab_value(&lab, 0, ORGSIM_METRIC_engineers_left, w);
        left += n;
        if (n < 15.5) seen[(int)(n + 0.5)]++;
    }
    lab_close(&lab);
    well &= chance_near("leavers of a world", left / (double)worlds, mean, sqrt(mean / (double)worlds), slack * mean);
    for (unsigned n = 0; n < 16; n++) {
        double p = gsl_ran_poisson_pdf(n, mean);
        if (p * (double)worlds > 50)
            well &= chance_near("worlds with so many leavers", seen[n] / (double)worlds, p, sqrt(p * (1 - p) / (double)worlds), slack * p * 3);
    }
    return well;
}

static bool undisturbed(size_t worlds)
{
    const struct lab_tables tables = {TWO_YEARS, ENDLESS};
    return poisson_agrees(&tables, (const char *const[]){CHURN, "lam=0.05", NULL}, 0.05 * 40 * 2, 0.003, worlds);
}

/* Three questions stay open from the first moment to the end: full weight of k_open. One weighs a third. */
static bool open_questions(size_t worlds)
{
    const struct lab_tables three = {TWO_YEARS, ENDLESS,
                                     .questions = "question,package,kind,altitude,opens_at_share\nA,P,,,0\nB,P,,,0\nC,P,,,0\nD,P,,,0\n"};
    const struct lab_tables one = {TWO_YEARS, ENDLESS, .questions = "question,package,kind,altitude,opens_at_share\nA,P,,,0\n"};
    const char *const settings[] = {CHURN, "lam=0.05", "k_open=0.6", "chi0=0", "chi_seat=0", "rec=0", NULL};
    return poisson_agrees(&three, settings, 0.05 * 40 * 2 * 1.6, 0.003, worlds) &&
           poisson_agrees(&one, settings, 0.05 * 40 * 2 * 1.2, 0.003, worlds);
}

static void test_poisson(void **state)
{
    (void)state;
    assert_true(chance_twice(undisturbed, 8192));
    assert_true(chance_twice(open_questions, 4096));
}

static void test_attrition(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {TWO_YEARS, ENDLESS};
    lab_open(&lab, &tables, (const char *const[]){CHURN, "lam=0.05", NULL}, 2, 0);
    lab_live(&lab, 2, 512);
    for (size_t w = 0; w < lab.worlds; w++) {
        double left = lab_value(&lab, 0, ORGSIM_METRIC_engineers_left, w);
        assert_true(
            chance_none("a year", lab_value(&lab, 0, ORGSIM_METRIC_engineer_attrition_per_year, w), left / (2 * 40), 0.002 * left / 80 + 1e-6));
    }
    lab_close(&lab);
}

/* The same luck with and without a price: what is left is leavers times weeks of pay, and the fee for hiring. */
static void test_replacement(void **state)
{
    (void)state;
    struct lab free_of_charge, paid;
    const struct lab_tables tables = {TWO_YEARS, ENDLESS,
                                      .money = "item,value\nengineer_per_year,104000\nbenefit_load,1.5\nhiring_fee_share,0.25\n"};
    const struct lab_tables no_fee = {TWO_YEARS, ENDLESS, .money = "item,value\nengineer_per_year,104000\nbenefit_load,1.5\n"};
    lab_open(&free_of_charge, &no_fee, (const char *const[]){CHURN, "lam=0.05", NULL}, 2, 0);
    lab_open(&paid, &tables, (const char *const[]){CHURN, "lam=0.05", "repl=10", NULL}, 2, 0);
    lab_live(&free_of_charge, 2, 256);
    lab_live(&paid, 2, 256);
    for (size_t w = 0; w < 256; w++) {
        double left = lab_value(&paid, 0, ORGSIM_METRIC_engineers_left, w), pay = 104 * 1.5 / 52;
        double more = lab_value(&paid, 0, ORGSIM_METRIC_cost_k, w) - lab_value(&free_of_charge, 0, ORGSIM_METRIC_cost_k, w);
        assert_true(chance_none("replacement", more, left * (10 * pay + 0.25 * 104), 0.05));
    }
    lab_close(&free_of_charge);
    lab_close(&paid);
}

/* One leaver, of forty, takes k_loss / 40 of what was done: with eta_int = 1, d_int at once and q = 1 it comes back whole, hidden rework that is
 * worked on once. A leaver at time t leaves k_loss t behind (40 t person-weeks done, over 40); a second one likewise. */
static bool knowledge_agrees(size_t worlds)
{
    struct lab lab;
    const struct lab_tables tables = {.teams = "team,engineers\nT,40\n", .packages = "package,team,effort_mode_pw\nP,T,2000\n"};
    lab_open(
        &lab, &tables,
        (const char *const[]){LAB_CALM, "tau_hire=1e-6", "tau_new=1e-6", "repl=1e-6", "lam=0.1", "k_loss=0.02", "eta_int=1", "d_int=1e6", NULL},
        8, 0);
    lab_live(&lab, 23, worlds);
    double *rework = memory_array(worlds, sizeof *rework);
    assert_non_null(rework);
    for (size_t w = 0; w < worlds; w++) {
        double share = lab_value(&lab, 0, ORGSIM_METRIC_rework_share, w);
        rework[w] = share / (1 - share) * 2000;
    }
    /* 4 leavers a year over the 50 weeks that it takes, each at a time that is uniform over them; the repair takes no time worth mentioning. */
    double expected = 0.1 * 40 / 52 * 0.02 * 50 * 50 / 2;
    bool well = chance_mean("lost work", rework, worlds, expected, 0.01 * expected);
    memory_free(rework);
    lab_close(&lab);
    return well;
}

static void test_lost_knowledge(void **state)
{
    (void)state;
    assert_true(chance_twice(knowledge_agrees, 4096));
}

/* Nobody is hired: n heads become n - k as k leave, and the hazard shrinks with them: a pure death process, n (1 - exp(-lambda t)) have left. */
static bool unfilled(size_t worlds)
{
    struct lab lab;
    const struct lab_tables tables = {TWO_YEARS, ENDLESS};
    lab_open(&lab, &tables, (const char *const[]){LAB_CALM, "tau_hire=1e6", "repl=1e-6", "lam=0.3", NULL}, 8, 0);
    lab_live(&lab, 24, worlds);
    double left = lab_mean(&lab, 0, ORGSIM_METRIC_engineers_left), p = 1 - exp(-0.3 * 2);
    lab_close(&lab);
    return chance_near("left for good", left, 40 * p, sqrt(40 * p * (1 - p) / (double)worlds), 0.003 * 40 * p);
}

static void test_unfilled(void **state)
{
    (void)state;
    assert_true(chance_twice(unfilled, 2048));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_poisson),        cmocka_unit_test(test_attrition), cmocka_unit_test(test_replacement),
        cmocka_unit_test(test_lost_knowledge), cmocka_unit_test(test_unfilled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
