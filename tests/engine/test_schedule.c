/* The frictionless program is a schedule: its end is known beforehand from the critical path, and with few engineers from a list schedule.
 *
 * The answers come from code of this file, which shares nothing with the plan or the week: the longest path by relaxation over the links, and a
 * schedule that goes from event to event. PSPLIB's instances with random durations have answers on which three other tools agree.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

#define MOST 128
#define LINKS 512

struct link {
    int from, to;
    double lag;
};
struct net {
    int teams, packages, links;
    double engineers[8];
    int team[MOST];
    double effort[MOST], low[MOST], high[MOST], most[MOST]; /* low and high as multiples of the effort; 0: fixed */
    struct link link[LINKS];
};

/* ---- what must come out ---- */

static double duration(const struct net *n, int i) { return n->effort[i] / fmin(n->most[i], n->engineers[n->team[i]]); }

/* Longest path, every package at full pace as soon as all before it are done. */
static double critical_path(const struct net *n)
{
    double start[MOST] = {0}, end = 0;
    for (int pass = 0; pass < n->packages; pass++)
        for (int l = 0; l < n->links; l++) {
            const struct link *k = &n->link[l];
            start[k->to] = fmax(start[k->to], start[k->from] + duration(n, k->from) + k->lag);
        }
    for (int i = 0; i < n->packages; i++) end = fmax(end, start[i] + duration(n, i));
    return end;
}

struct list_schedule {
    double start[MOST], finish[MOST], end;
};

static double ready_at(const struct net *n, const struct list_schedule *s, int i)
{
    double at = 0;
    for (int l = 0; l < n->links; l++)
        if (n->link[l].to == i) at = fmax(at, s->finish[n->link[l].from] + n->link[l].lag);
    return at;
}

/* In the order of a list every package that is ready takes as many engineers as it can use and its team has left; this holds until one of
 * them ends or another becomes ready. */
static void list_schedule(const struct net *n, const uint32_t *list, struct list_schedule *s)
{
    double left[MOST], now = 0;
    *s = (struct list_schedule){0};
    for (int i = 0; i < n->packages; i++) {
        left[i] = n->effort[i];
        s->start[i] = s->finish[i] = INFINITY;
    }
    for (int open = n->packages; open > 0;) {
        double free[8], pace[MOST] = {0}, step = INFINITY;
        memcpy(free, n->engineers, sizeof free);
        for (int p = 0; p < n->packages; p++) {
            int i = (int)list[p], team = n->team[i];
            double ready = ready_at(n, s, i);
            if (left[i] <= 0) continue;
            if (ready > now) {
                step = fmin(step, ready - now);
                continue;
            }
            pace[i] = fmin(n->most[i], free[team]);
            free[team] -= pace[i];
            if (pace[i] > 0) step = fmin(step, left[i] / pace[i]);
            if (pace[i] > 0 && isinf(s->start[i])) s->start[i] = now;
        }
        assert_true(isfinite(step));
        now += step;
        for (int i = 0; i < n->packages; i++) {
            if (left[i] <= 0) continue;
            left[i] -= pace[i] * step;
            if (left[i] > 1e-9) continue;
            left[i] = 0;
            s->finish[i] = now;
            open--;
        }
    }
    s->end = now;
}

/* ---- the engine's own ---- */

static void net_open(struct lab *lab, const struct net *n, int ticks_per_week, const char *calendar)
{
    static char teams[256], packages[MOST * 64], links[LINKS * 32];
    int t = snprintf(teams, sizeof teams, "team,engineers\n");
    int p = snprintf(packages, sizeof packages, "package,team,effort_low_pw,effort_mode_pw,effort_high_pw,max_engineers\n");
    int d = snprintf(links, sizeof links, "from,to,lag_weeks\n");
    for (int j = 0; j < n->teams; j++) t += snprintf(teams + t, sizeof teams - (size_t)t, "T%d,%.9g\n", j, n->engineers[j]);
    for (int i = 0; i < n->packages; i++)
        p += snprintf(packages + p, sizeof packages - (size_t)p, "P%d,T%d,%.9g,%.9g,%.9g,%.9g\n", i, n->team[i],
                      n->effort[i] * (n->low[i] > 0 ? n->low[i] : 1), n->effort[i], n->effort[i] * (n->high[i] > 0 ? n->high[i] : 1),
                      n->most[i]);
    for (int l = 0; l < n->links; l++)
        d += snprintf(links + d, sizeof links - (size_t)d, "P%d,P%d,%.9g\n", n->link[l].from, n->link[l].to, n->link[l].lag);
    const struct lab_tables tables = {.teams = teams, .packages = packages, .dependencies = links, .calendar = calendar};
    lab_open(lab, &tables, NULL, ticks_per_week, 1);
}

static double net_finish(const struct net *n, int ticks_per_week, const char *calendar)
{
    struct lab lab;
    net_open(&lab, n, ticks_per_week, calendar);
    lab_live(&lab, 1, 16);
    double finish = lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0);
    for (size_t w = 1; w < lab.worlds; w++) assert_true(lab_value(&lab, 0, ORGSIM_METRIC_finish_week, w) == finish); /* nothing is drawn */
    lab_close(&lab);
    return finish;
}

static uint32_t dice = 1;
static double roll(void) /* 0 <= roll < 1, the same on every machine */
{
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 8) * 0x1p-24;
}

/* Links go forward and two steps at most, so that there are long paths and parallel ones. */
static void random_net(struct net *n, int teams, int packages, bool unit)
{
    *n = (struct net){.teams = teams, .packages = packages};
    for (int j = 0; j < teams; j++) n->engineers[j] = unit ? 1 + floor(3 * roll()) : 5000;
    for (int i = 0; i < packages; i++) {
        n->team[i] = (int)(roll() * teams);
        n->most[i] = unit ? 1 : 1 + floor(4 * roll());
        n->effort[i] = unit ? 1 + floor(5 * roll()) : 0.5 + 9 * roll();
        for (int h = i + 1; h < packages && h < i + 7; h++)
            if (roll() < 0.3) n->link[n->links++] = (struct link){i, h, unit ? floor(2 * roll()) : roll() < 0.3 ? 2 * roll() : 0};
    }
}

static void test_critical_path(void **state)
{
    (void)state;
    dice = 20;
    for (int k = 0; k < 12; k++) {
        struct net n;
        random_net(&n, 1 + k % 3, 6 + 2 * k, false);
        for (int ticks = 1; ticks <= 8; ticks *= 2) assert_true(chance_none("weeks", net_finish(&n, ticks, NULL), critical_path(&n), 1e-4));
    }
}

/* Hand-made, every event on a whole tick, answers worked out on paper. */
static const struct {
    const char *what;
    struct net net;
    double end;
} cases[] = {
    {"one after the other: the first takes everybody", {.teams = 1, .packages = 2, .engineers = {4}, .effort = {8, 8}, .most = {4, 4}}, 4},
    {"the long one leaves two of four to the other for three weeks",
     {.teams = 1, .packages = 2, .engineers = {4}, .effort = {6, 8}, .most = {2, 4}},
     3.5},
    {"two teams, a lag, three shared by two and one",
     {.teams = 2,
      .packages = 4,
      .engineers = {2, 3},
      .team = {0, 1, 1, 1},
      .effort = {4, 6, 3, 6},
      .most = {2, 2, 1, 3},
      .links = 1,
      .link = {{0, 3, 1}}},
     5},
    {"what others wait for comes first",
     {.teams = 2,
      .packages = 3,
      .engineers = {2, 2},
      .team = {0, 0, 1},
      .effort = {4, 2, 8},
      .most = {2, 2, 2},
      .links = 1,
      .link = {{1, 2, 0}}},
     5},
    {"a lone engineer",
     {.teams = 1, .packages = 4, .engineers = {1}, .effort = {2, 1, 3, 0.5}, .most = {1, 1, 1, 1}, .links = 2, .link = {{0, 3, 0}, {1, 3, 0}}},
     6.5},
};

static void test_limited_engineers(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const struct net *n = &cases[c].net;
        struct list_schedule expected;
        struct lab lab;
        net_open(&lab, n, 2, NULL);
        const struct plan *plan = &lab.program.plan;
        list_schedule(n, lab.program.order, &expected);
        if (expected.end != cases[c].end) fail_msg("%s: the list schedule ends at %g", cases[c].what, expected.end);
        assert_true(chance_none("weeks", plan->weeks, cases[c].end, 1e-9));
        for (int i = 0; i < n->packages; i++) {
            assert_true(chance_none("weeks", plan->start[i], expected.start[i], 1e-9));
            assert_true(chance_none("weeks", plan->finish[i], expected.finish[i], 1e-9));
        }
        lab_close(&lab);
        for (int ticks = 2; ticks <= 8; ticks *= 2) assert_true(chance_none("weeks", net_finish(n, ticks, NULL), cases[c].end, 1e-4));
    }
}

/* Whole weeks, one engineer to a package: every event lies on a tick, whatever the tick. */
static void test_random_lists(void **state)
{
    (void)state;
    dice = 7;
    for (int k = 0; k < 20; k++) {
        struct net n;
        struct lab lab;
        struct list_schedule expected;
        random_net(&n, 1 + k % 3, 8 + k, true);
        net_open(&lab, &n, 1, NULL);
        list_schedule(&n, lab.program.order, &expected);
        lab_close(&lab);
        assert_true(chance_none("weeks", net_finish(&n, 1, NULL), expected.end, 1e-4));
        assert_true(chance_none("weeks", net_finish(&n, 8, NULL), expected.end, 1e-4));
        assert_true(expected.end >= critical_path(&n) - 1e-9);
    }
}

/* The inverse of the plan's curve is that of forty halvings, none of them left out. */
static void test_inverse_of_the_curve(void **state)
{
    (void)state;
    dice = 11;
    for (int k = 0; k < 30; k++) {
        struct net n;
        struct lab lab;
        random_net(&n, 1 + k % 3, 4 + 3 * k, k % 2);
        net_open(&lab, &n, 1, NULL);
        const struct program *p = &lab.program;
        double effort[MOST], weeks = p->plan.weeks;
        uint32_t team[MOST];
        for (int i = 0; i < n.packages; i++) {
            effort[i] = lab.scenario->packages[i].effort_mode_pw;
            team[i] = (uint32_t)n.team[i];
        }
        const struct plan_input in = {.n_packages = (size_t)n.packages, .n_teams = (size_t)n.teams, .effort = effort, .team = team};
        for (int c = 1; c <= PLAN_CURVE; c++) {
            double low = 0, high = weeks;
            for (int step = 0; step < 40; step++) {
                double middle = 0.5 * (low + high);
                if (plan_share(&p->plan, &in, UINT32_MAX, middle) < (double)c / PLAN_CURVE) low = middle;
                else high = middle;
            }
            float stretched = (float)high * (float)((double)p->plan_weeks / weeks); /* as the program keeps it */
            assert_true(chance_none("weeks", (double)p->plan.curve_time[c], (double)stretched, 0));
        }
        lab_close(&lab);
    }
}

/* An integration starts when its last part is done, and what waits for it starts when it is done. */
static void test_integration_in_the_middle(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {
        .teams = "team,engineers\nA,2\nB,3\n",
        .packages = "package,team,kind,effort_mode_pw\nA1,A,build,5\nB1,B,build,3\nI,A,integrate,4\nB2,B,build,7.5\nEND,A,integrate,3\n",
        .dependencies = "from,to\nA1,I\nB1,I\nI,B2\nB2,END\n"};
    lab_open(&lab, &tables, NULL, 2, 1);
    lab_live(&lab, 1, 1);
    assert_true(chance_none("weeks", lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0), 2.5 + 2 + 2.5 + 1.5, 1e-4));
    lab_close(&lab);
}

/* Starts and ends inside a tick, and what it opens goes on with the rest of the tick. */
static void test_short_integration(void **state)
{
    (void)state;
    const struct lab_tables tables = {.packages =
                                          "package,team,kind,effort_mode_pw\nA,T,build,53\nI,T,integrate,2\nB,T,build,34\nEND,T,integrate,1\n",
                                      .dependencies = "from,to\nA,I\nI,B\nB,END\n"};
    for (int ticks = 1; ticks <= 8; ticks *= 2) {
        struct lab lab;
        lab_open(&lab, &tables, NULL, ticks, 1);
        lab_live(&lab, 1, 1);
        assert_true(chance_none("weeks", lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0), 5.3 + 0.2 + 3.4 + 0.1, 1e-4));
        lab_close(&lab);
    }
}

static void test_calendar(void **state)
{
    (void)state;
    const struct net n = {.teams = 1, .packages = 1, .engineers = {2}, .effort = {20}, .most = {2}};
    assert_true(chance_none("weeks", net_finish(&n, 2, NULL), 10, 1e-4));
    assert_true(chance_none("weeks", net_finish(&n, 2, "from_week,to_week,team,capacity\n3,5,,0\n"), 12, 1e-4));
    assert_true(chance_none("weeks", net_finish(&n, 2, "from_week,to_week,team,capacity\n2,6,T0,0.5\n"), 12, 1e-4));
    assert_true(chance_none("weeks", net_finish(&n, 2, "from_week,to_week,team,capacity\n12,16,T0,0.5\n"), 10, 1e-4));
}

/* ---- PSPLIB (Kolisch & Sprecher 1997): every duration d becomes Triangular(0.8 d, d, 1.6 d), precedence only ---- */

#define INSTANT 1e-6 /* person-weeks of source and sink, whose duration is 0 */

static bool psplib_read(const char *name, struct net *n)
{
    char path[1024], line[256];
    int section = 0, job, mode, successors, to, used;
    const char *data = getenv("ORGSIM_DATA");
    snprintf(path, sizeof path, "%s/psplib/%s", data ? data : ORGSIM_SOURCE "/../shared/data", name);
    FILE *file = fopen(path, "r");
    if (file == NULL) return false;
    *n = (struct net){.teams = 1, .engineers = {10000}};
    while (fgets(line, sizeof line, file)) {
        if (strstr(line, "PRECEDENCE RELATIONS")) section = 1;
        if (strstr(line, "REQUESTS/DURATIONS")) section = 2;
        if (strstr(line, "RESOURCEAVAILABILITIES")) section = 0;
        if (section == 0 || sscanf(line, "%d %d %d%n", &job, &mode, &successors, &used) != 3) continue;
        if (section == 1) {
            const char *at = line + used;
            for (int s = 0; s < successors && sscanf(at, "%d%n", &to, &used) == 1; s++, at += used)
                n->link[n->links++] = (struct link){job - 1, to - 1, 0};
        } else {
            n->effort[job - 1] = successors > 0 ? successors : INSTANT;
            n->low[job - 1] = successors > 0 ? 0.8 : 1;
            n->high[job - 1] = successors > 0 ? 1.6 : 1;
            n->most[job - 1] = 1;
            n->packages = job;
        }
    }
    fclose(file);
    return true;
}

static bool psplib_agrees(const char *name, size_t worlds, double mean, double sd)
{
    struct net n;
    struct lab lab;
    assert_true(psplib_read(name, &n));
    net_open(&lab, &n, 1, NULL);
    lab_live(&lab, 1, worlds);
    double m = lab_mean(&lab, 0, ORGSIM_METRIC_finish_week), m2 = 0, m4 = 0;
    for (size_t w = 0; w < worlds; w++) {
        double d = lab_value(&lab, 0, ORGSIM_METRIC_finish_week, w) - m;
        m2 += d * d / (double)worlds;
        m4 += d * d * d * d / (double)worlds;
    }
    lab_close(&lab);
    double found = sqrt(m2), se = found / sqrt((double)worlds), se_sd = sqrt((m4 - m2 * m2) / (double)worlds) / (2 * found);
    print_message("%s: mean %.3f +- %.3f, sd %.3f +- %.3f\n", name, m, se, found, se_sd);
    return chance_near("mean", m, mean, se, 0.0005) && chance_near("sd", found, sd, se_sd, 0.0005);
}

static bool psplib_120(size_t worlds) { return psplib_agrees("j12010_1.sm", worlds, 126.293, 4.839); }
static bool psplib_30(size_t worlds) { return psplib_agrees("j301_1.sm", worlds, 43.827, 2.327); }

static void test_psplib(void **state)
{
    (void)state;
    struct net n;
    if (!psplib_read("j12010_1.sm", &n) || !psplib_read("j301_1.sm", &n)) {
        print_message("skipped: j12010_1.sm and j301_1.sm of PSPLIB are not here; ORGSIM_DATA names the folder above psplib/\n");
        skip();
        return;
    }
    assert_true(chance_twice(psplib_120, 20000));
    assert_true(chance_twice(psplib_30, 20000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_critical_path),
        cmocka_unit_test(test_limited_engineers),
        cmocka_unit_test(test_random_lists),
        cmocka_unit_test(test_inverse_of_the_curve),
        cmocka_unit_test(test_integration_in_the_middle),
        cmocka_unit_test(test_short_integration),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_psplib),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
