/* The way through a forum that meets every C weeks, with an unknown phase:
 *
 *     an item that comes at a given time waits uniformly from 0 to C, C/2 on average
 *     the n-th of a queue that is there before the first meeting, with s slots a meeting, waits ceil(n/s) - 1 meetings more
 *     an item that is heard in vain comes again: the slots that it takes are geometric
 *
 * Everything else on the way (noticing, preparing, deciding) takes a millionth of a week here. escalation_latency_weeks is then the wait.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

/* Seen at once, loud, prepared and decided in no time, and never in vain. */
#define IN_NO_TIME                                                                                                                             \
    LAB_CALM, "rec=1e6", "det_base=1e6", "theta=1e-9", "mum=0", "tau_prep=1e-6", "tau_dec=1e-6", "p_unp=0", "p_gw=0", "x_open=0", "chi0=0",    \
        "chi_seat=0", "p_r0=1", "p_r1=0"

static bool lone_item(size_t worlds)
{
    struct lab lab;
    const double cadence = 6;
    const struct lab_tables tables = {.forums = "forum,level,cadence_weeks,slots,background_slots\nsync,cross,6,5,2\n",
                                      .questions = "question,package,kind,altitude,opens_at_share\nQ,P,delivery,cross,0.25\n"};
    lab_open(&lab, &tables, (const char *const[]){IN_NO_TIME, NULL}, 2, 0);
    lab_live(&lab, 3, worlds);
    double *wait = memory_array(worlds, sizeof *wait);
    assert_non_null(wait);
    for (size_t w = 0; w < worlds; w++) {
        wait[w] = lab_value(&lab, 0, ORGSIM_METRIC_escalation_latency_weeks, w);
        assert_true(wait[w] > 0 && wait[w] < cadence + 1e-3);
    }
    bool well =
        chance_mean("wait for the forum", wait, worlds, cadence / 2, 1e-4) && chance_uniform("wait for the forum", wait, worlds, cadence);
    memory_free(wait);
    lab_close(&lab);
    return well;
}

static void test_wait_of_a_lone_item(void **state)
{
    (void)state;
    assert_true(chance_twice(lone_item, 8192));
}

/* Mean wait of n cross-team questions that open together in week 10. The forum's phase is luck, the same in every laboratory. */
static void live_queue(struct lab *lab, int n, const char *forum)
{
    static char questions[4096];
    int at = snprintf(questions, sizeof questions, "question,package,kind,altitude,opens_at_share\n");
    for (int k = 0; k < n; k++) at += snprintf(questions + at, sizeof questions - (size_t)at, "Q%d,P,delivery,cross,0.2\n", k);
    const struct lab_tables tables = {.forums = forum, .questions = questions};
    lab_open(lab, &tables, (const char *const[]){IN_NO_TIME, NULL}, 2, 0);
    lab_live(lab, 3, 512);
}

static void check_queue(int n, double slots, double cadence, const char *forum)
{
    struct lab one, many;
    double more = 0;
    for (int k = 1; k <= n; k++) more += (ceil(k / slots - 1e-9) - ceil(1 / slots)) * cadence / n;
    live_queue(&one, 1, forum);
    live_queue(&many, n, forum);
    for (size_t w = 0; w < one.worlds; w++)
        assert_true(fabs(lab_value(&many, 0, ORGSIM_METRIC_escalation_latency_weeks, w) -
                         lab_value(&one, 0, ORGSIM_METRIC_escalation_latency_weeks, w) - more) < 1e-3);
    lab_close(&one);
    lab_close(&many);
}

static void test_saturated_queue(void **state)
{
    (void)state;
    check_queue(12, 3, 2, "forum,level,cadence_weeks,slots,background_slots\nsync,cross,2,5,2\n");
    check_queue(11, 2, 1, "forum,level,cadence_weeks,slots,background_slots\nsync,cross,1,5,3\n");
    check_queue(7, 0.5, 1,
                "forum,level,cadence_weeks,slots,background_slots\nsync,cross,1,3,2.5\n"); /* every second meeting hears the program */
}

/* Slots of 1.2 a meeting: ten meetings hear twelve items to the slot, however float adds. */
static void test_slots_that_just_reach(void **state)
{
    (void)state;
    check_queue(12, 1.2, 2, "forum,level,cadence_weeks,slots,background_slots\nsync,cross,2,4,2.8\n");
}

/* A softened item is ready again three weeks later, at the very moment of a weekly meeting, and that is too late for it: every time costs four. */
static void test_ready_at_the_moment_of_a_meeting(void **state)
{
    (void)state;
    struct lab plain, softened;
    const struct lab_tables tables = {.forums = "forum,level,cadence_weeks,slots,background_slots\nsync,cross,1,5,2\n",
                                      .questions = "question,package,kind,altitude,opens_at_share\nQ,P,delivery,cross,0.25\n"};
    const char *const often[] = {IN_NO_TIME, "p_gw=0.5", "tau_retry=3", NULL};
    size_t again = 0;
    lab_open(&plain, &tables, (const char *const[]){IN_NO_TIME, NULL}, 2, 0);
    lab_open(&softened, &tables, often, 2, 0);
    lab_live(&plain, 3, 1024);
    lab_live(&softened, 3, 1024);
    for (size_t w = 0; w < plain.worlds; w++) {
        double first = lab_value(&plain, 0, ORGSIM_METRIC_escalation_latency_weeks, w);
        double more = lab_value(&softened, 0, ORGSIM_METRIC_escalation_latency_weeks, w) - first;
        if (lab_value(&softened, 0, ORGSIM_METRIC_escalation_latency_weeks, w) == 0) continue; /* integration came before it was heard */
        assert_true(fabs(more - 4 * round(more / 4)) < 1e-3);
        again += more > 1;
    }
    assert_true(again > 256);
    lab_close(&plain);
    lab_close(&softened);
}

/* First come, first served. Six risks come in week 0, one question in week 8; the forum meets every 20 weeks and hears two items, or four.
 * The question (decision_weeks counts questions only) is heard when the seven tickets before and including its own are served. */

static double served_at(double first, double cadence, double slots)
{
    const double arrival[7] = {0, 0, 0, 0, 0, 0, 8};
    int heard = 0;
    for (double meeting = first;; meeting += cadence) {
        int waiting = 0;
        for (int k = 0; k < 7; k++) waiting += arrival[k] < meeting;
        heard = (int)fmin(waiting, heard + slots);
        if (heard == 7) return meeting - arrival[6];
    }
}

static void check_order(const char *forum, double slots)
{
    static const char packages[] = "package,team,effort_mode_pw\nP,T,2000\nA,U,80\nB,U,2000\n", links[] = "from,to\nA,B\n";
    struct lab phase, queue;
    struct lab_tables tables = {.forums = forum,
                                .packages = packages,
                                .dependencies = links,
                                .teams = "team,engineers\nT,10\nU,10\n",
                                .questions = "question,package,kind,altitude,opens_at_share\nQ,P,delivery,cross,0\n"};
    lab_open(&phase, &tables, (const char *const[]){IN_NO_TIME, NULL}, 2, 0);
    lab_live(&phase, 9, 256);
    tables.questions = "question,package,kind,altitude,opens_at_share\nQ,B,delivery,cross,0\n";
    tables.risks = "risk,category,package,probability,altitude\nR1,technical,P,1,cross\nR2,technical,P,1,cross\nR3,technical,P,1,cross\n"
                   "R4,technical,P,1,cross\nR5,technical,P,1,cross\nR6,technical,P,1,cross\n";
    lab_open(&queue, &tables, (const char *const[]){IN_NO_TIME, "rho_mit=0", NULL}, 2, 0);
    lab_live(&queue, 9, 256);
    for (size_t w = 0; w < 256; w++) {
        double first = lab_value(&phase, 0, ORGSIM_METRIC_escalation_latency_weeks, w);
        assert_true(fabs(lab_value(&queue, 0, ORGSIM_METRIC_decision_weeks, w) - served_at(first, 20, slots)) < 1e-3);
    }
    lab_close(&phase);
    lab_close(&queue);
}

static void test_first_come_first_served(void **state)
{
    (void)state;
    check_order("forum,level,cadence_weeks,slots,background_slots\nsync,cross,20,4,2\n", 2);
    check_order("forum,level,cadence_weeks,slots,background_slots\nsync,cross,20,5,1\n", 4);
}

/* Heard in vain when unprepared (p_unp) or softened on the way (p_gw): slots until decided are geometric with (1 - p_unp)(1 - p_gw), once for
 * every level of forum on the way. forum_hours counts slots: one person, one hour. */
static bool slots_agree(const char *altitude, double levels, size_t worlds)
{
    struct lab lab;
    char questions[128];
    snprintf(questions, sizeof questions, "question,package,kind,altitude,opens_at_share\nQ,P,delivery,%s,0.1\n", altitude);
    const struct lab_tables tables = {.questions = questions,
                                      .forums = "forum,level,cadence_weeks,slots,background_slots,attendees,attendee_hours\n"
                                                "sync,cross,0.7,9,1,1,1\nboard,executive,0.9,9,1,1,1\n"};
    lab_open(&lab, &tables, (const char *const[]){IN_NO_TIME, "p_unp=0.35", "p_gw=0.3", "tau_retry=0.3", NULL}, 2, 0);
    lab_live(&lab, 4, worlds);
    double success = (1 - 0.35) * (1 - 0.3), *slots = memory_array(worlds, sizeof *slots);
    assert_non_null(slots);
    for (size_t w = 0; w < worlds; w++) slots[w] = lab_value(&lab, 0, ORGSIM_METRIC_forum_hours, w);
    bool well = chance_mean("slots until decided", slots, worlds, levels / success, 1e-4);
    size_t at_once = 0;
    for (size_t w = 0; w < worlds; w++) at_once += slots[w] < levels + 0.5;
    well &= chance_share("decided without a slot in vain", (double)at_once, (double)worlds, pow(success, levels));
    memory_free(slots);
    lab_close(&lab);
    return well;
}

static bool cross_slots(size_t worlds) { return slots_agree("cross", 1, worlds); }
static bool executive_slots(size_t worlds) { return slots_agree("executive", 2, worlds); }

static void test_slots_in_vain(void **state)
{
    (void)state;
    assert_true(chance_twice(cross_slots, 8192));
    assert_true(chance_twice(executive_slots, 8192));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wait_of_a_lone_item),
        cmocka_unit_test(test_saturated_queue),
        cmocka_unit_test(test_slots_that_just_reach),
        cmocka_unit_test(test_ready_at_the_moment_of_a_meeting),
        cmocka_unit_test(test_first_come_first_served),
        cmocka_unit_test(test_slots_in_vain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
