/* When a package counts as finished, and when a world ends.
 *
 *     accepted   nothing left to do and U <= u_tol content. After integration at T hidden rework is found at d_int and repaired at once, and each
 *                repair hides 1 - q of itself: U = U_T exp(-q d_int (t - T)), so accepted at T + ln(U_T / tolerance) / (q d_int)
 *     finish     the last acceptance;  an integration is done when all that it covers is accepted
 *     censored   at the horizon
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

#define HIDING LAB_CALM, "q0=0.95", "q_min=0.6", "eta_int=0"

static double outcome(const struct lab_tables *tables, const char *const *settings, int ticks_per_week, enum orgsim_metric metric)
{
    struct lab lab;
    lab_open(&lab, tables, settings, ticks_per_week, 0);
    lab_live(&lab, 1, 1);
    double value = lab_value(&lab, 0, metric, 0);
    lab_close(&lab);
    return value;
}

/* 25 of 500 person-weeks are hidden in week 50, few enough that what is found in a week can be repaired in it. Room: half a tick. */
static void test_crossing(void **state)
{
    (void)state;
    static const struct {
        const char *discovery, *tolerance;
        double d, tol;
    } cases[] = {{"d_int=0.35", "u_tol=0.01", 0.35, 0.01},
                 {"d_int=0.35", "u_tol=0.03", 0.35, 0.03},
                 {"d_int=0.1", "u_tol=0.01", 0.1, 0.01},
                 {"d_int=0.1", "u_tol=0.05", 0.1, 0.05}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const char *const settings[] = {HIDING, cases[c].discovery, cases[c].tolerance, NULL};
        double wait = log(0.05 / cases[c].tol) / (0.95 * cases[c].d);
        assert_true(
            chance_none("finish", outcome(&(struct lab_tables){0}, settings, 8, ORGSIM_METRIC_finish_week), 50 + wait, 0.01 * wait + 0.0625));
        assert_true(chance_none("escaped", outcome(&(struct lab_tables){0}, settings, 8, ORGSIM_METRIC_escaped_share), cases[c].tol, 1e-4));
    }
}

/* A tenth comes back whole in week 50.25, inside a tick, and is worked on from that moment; a hundredth is hidden again and tolerated. */
static void test_repair_goes_on(void **state)
{
    (void)state;
    const struct lab_tables tables = {.packages = "package,team,effort_mode_pw\nP,T,502.5\n"};
    const char *const settings[] = {LAB_CALM, "q0=0.9", "q_min=0.6", "eta_int=1", "d_int=0", "u_tol=0.02", NULL};
    for (int ticks = 1; ticks <= 8; ticks *= 2)
        assert_true(chance_none("finish", outcome(&tables, settings, ticks, ORGSIM_METRIC_finish_week), 50.25 * 1.1, 1e-3));
    assert_true(chance_none("escaped", outcome(&tables, settings, 2, ORGSIM_METRIC_escaped_share), 0.01, 1e-5));
}

/* Two ends, and an integration that waits for the later of its parts to be accepted. */
static void test_last_acceptance(void **state)
{
    (void)state;
    const struct lab_tables two = {.teams = "team,engineers\nA,10\nB,10\n", .packages = "package,team,effort_mode_pw\nA1,A,100\nB1,B,173\n"};
    assert_true(chance_none("two ends", outcome(&two, (const char *const[]){LAB_CALM, NULL}, 2, ORGSIM_METRIC_finish_week), 17.3, 1e-3));
    const struct lab_tables parts = {
        .teams = "team,engineers\nA,10\nB,10\nC,10\n",
        .packages = "package,team,kind,effort_mode_pw\nA1,A,build,100\nB1,B,build,200\nI,C,integrate,10\nZ,A,build,50\nEND,B,integrate,1\n",
        .dependencies = "from,to\nA1,I\nB1,I\nI,Z\nZ,END\n"};
    const char *const settings[] = {HIDING, "d_int=0.25", "u_tol=0.02", NULL};
    /* I starts in week 20, B1 is accepted later by ln(0.05 / 0.02) / (q d); Z follows, then END, which has its own wait when it is done. */
    double wait = log(0.05 / 0.02) / (0.95 * 0.25), finish = 20 + wait + 5 + 0.1 + wait;
    assert_true(chance_none("parts", outcome(&parts, settings, 8, ORGSIM_METRIC_finish_week), finish, 0.01 * finish));
}

static void test_horizon(void **state)
{
    (void)state;
    const struct lab_tables tight = {.program = "setting,value\nname,Lab\nhorizon_weeks,50\n"},
                            wide = {.program = "setting,value\nname,Lab\nhorizon_weeks,51\n"};
    const struct lab_tables tighter = {.program = "setting,value\nname,Lab\nhorizon_weeks,49\n"};
    const char *const settings[] = {LAB_CALM, NULL};
    assert_true(outcome(&tighter, settings, 2, ORGSIM_METRIC_censored) > 0.5);
    assert_true(chance_none("restricted", outcome(&tighter, settings, 2, ORGSIM_METRIC_finish_week), 49, 1e-6));
    assert_true(outcome(&wide, settings, 2, ORGSIM_METRIC_censored) < 0.5);
    assert_true(chance_none("finish", outcome(&wide, settings, 2, ORGSIM_METRIC_finish_week), 50, 1e-3));
    assert_true(chance_none("at the last moment", outcome(&tight, settings, 2, ORGSIM_METRIC_finish_week), 50, 1e-3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_crossing), cmocka_unit_test(test_repair_goes_on),
                                       cmocka_unit_test(test_last_acceptance), cmocka_unit_test(test_horizon)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
