/* The rework cycle without noise against its differential equations. One package, r engineers, w = r while there is anything to do:
 *
 *     dR/dt = -(w - w_B)              content, worked on when no known rework is left
 *     dB/dt = d U m - w_B             known rework, worked on first
 *     dU/dt = (1 - q) w - d U         hidden rework; at integration eta U of it comes to light at once, and d becomes d_int
 *
 * d is d0 before integration; finished when R = B = 0 and U has fallen to the tolerance. A Runge-Kutta solution in double precision stands
 * against the engine's ticks: the promise is half a percent at an eighth of a week.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

/* ---- the differential equations ---- */

struct cycle {
    double content, pace, q, d0, d_int, eta, tolerance;
    double idle; /* weeks between the first clearing and integration */
    double R, B, U, worked_on_rework;
    double now, integration, finish;
};

struct slope {
    double R, B, U, rework;
};

static struct slope slope_of(const struct cycle *c, double B, double U)
{
    double found = U * (c->now >= c->integration ? c->d_int : c->d0), on_rework = B > 0 ? c->pace : fmin(found, c->pace);
    double on_content = c->R > 0 ? c->pace - on_rework : 0;
    return (struct slope){.R = -on_content, .B = found - on_rework, .U = (1 - c->q) * (on_content + on_rework) - found, .rework = on_rework};
}

static void cycle_step(struct cycle *c, double dt)
{
    struct slope a = slope_of(c, c->B, c->U), b = slope_of(c, c->B + dt / 2 * a.B, c->U + dt / 2 * a.U);
    struct slope e = slope_of(c, c->B + dt / 2 * b.B, c->U + dt / 2 * b.U), f = slope_of(c, c->B + dt * e.B, c->U + dt * e.U);
    c->R = fmax(0, c->R + dt / 6 * (a.R + 2 * b.R + 2 * e.R + f.R));
    c->B = fmax(0, c->B + dt / 6 * (a.B + 2 * b.B + 2 * e.B + f.B));
    c->U += dt / 6 * (a.U + 2 * b.U + 2 * e.U + f.U);
    c->worked_on_rework += dt / 6 * (a.rework + 2 * b.rework + 2 * e.rework + f.rework);
    c->now += dt;
}

/* Runs to `until`, or to the end when that comes first. */
static void cycle_run(struct cycle *c, double until)
{
    const double dt = 1.0 / 4096;
    while (c->now < until - dt / 2 && !(c->finish < INFINITY)) {
        cycle_step(c, dt);
        if (c->R <= 0 && c->B <= 0 && isinf(c->integration)) c->integration = c->now + c->idle;
        if (c->now >= c->integration && c->eta > 0) {
            c->B += c->eta * c->U;
            c->U *= 1 - c->eta;
            c->eta = 0;
        }
        if (c->R <= 0 && c->B <= 0 && c->now >= c->integration && c->U <= c->tolerance * c->content) c->finish = c->now;
    }
}

static struct cycle cycle_start(double content, double pace, double idle)
{
    return (struct cycle){.content = content,
                          .pace = pace,
                          .q = 0.8,
                          .d0 = 0.05,
                          .d_int = 0.35,
                          .eta = 0.7,
                          .tolerance = 0.01,
                          .idle = idle,
                          .R = content,
                          .integration = INFINITY,
                          .finish = INFINITY};
}

/* ---- the engine ---- */

#define MISTAKES LAB_CALM, "q0=0.8", "q_min=0.6", "d0=0.05", "d_int=0.35", "eta_int=0.7", "u_tol=0.01", "gamma=0"

static void test_one_package(void **state)
{
    (void)state;
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){0}, (const char *const[]){MISTAKES, NULL}, 8, 0);
    lab_live(&lab, 1, 1);
    struct cycle c = cycle_start(500, 10, 0);
    for (size_t week = 1; week <= 80; week++) {
        cycle_run(&c, (double)week);
        if (c.finish < INFINITY) break;
        double share = 1 - (c.R + c.B + c.U) / c.content;
        assert_true(chance_none("progress", lab_at_week(&lab, 0, ORGSIM_TIMELINE_progress_true, week), share, 0.003));
    }
    assert_true(c.finish < 80);
    double rework = lab_value(&lab, 0, ORGSIM_METRIC_rework_share, 0), found = rework / (1 - rework) * c.content;
    assert_true(chance_none("finish", lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0), c.finish, 0.005 * c.finish));
    assert_true(chance_none("rework", found, c.worked_on_rework, 0.005 * c.worked_on_rework));
    assert_true(chance_none("escaped", lab_value(&lab, 0, ORGSIM_METRIC_escaped_share, 0), 0.01, 1e-4));
    lab_close(&lab);
}

/* The integration waits ten weeks, in which hidden rework goes on being found at the low rate. */
static void test_wait_before_integration(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {.teams = "team,engineers\nT,10\nU,6\n",
                                      .packages = "package,team,kind,effort_mode_pw\nP,T,build,300\nI,U,integrate,60\n",
                                      .dependencies = "from,to,lag_weeks\nP,I,10\n"};
    lab_open(&lab, &tables, (const char *const[]){MISTAKES, NULL}, 8, 0);
    lab_live(&lab, 1, 1);
    struct cycle first = cycle_start(300, 10, 10), last = cycle_start(60, 6, 0);
    cycle_run(&first, 300);
    cycle_run(&last, 300);
    double finish = fmax(first.finish, first.integration + last.finish), rework = lab_value(&lab, 0, ORGSIM_METRIC_rework_share, 0);
    double expected = first.worked_on_rework + last.worked_on_rework;
    assert_true(chance_none("finish", lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0), finish, 0.005 * finish));
    assert_true(chance_none("rework", rework / (1 - rework) * 360, expected, 0.005 * expected));
    lab_close(&lab);
}

static double finish_with_tick(int ticks_per_week)
{
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){0}, (const char *const[]){MISTAKES, NULL}, ticks_per_week, 0);
    lab_live(&lab, 1, 1);
    double finish = lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0);
    lab_close(&lab);
    return finish;
}

static void test_ticks_converge(void **state)
{
    (void)state;
    struct cycle c = cycle_start(500, 10, 0);
    cycle_run(&c, 300);
    for (int ticks = 2; ticks <= 8; ticks *= 2) assert_true(chance_none("finish", finish_with_tick(ticks), c.finish, 0.01 * c.finish));
}

/* The price of age: with nothing found before integration the mean age of what then comes to light is half of the T weeks of work, so its price
 * is min(m_max, exp(gamma T/2)); what that rework breaks is found in the next tick, at no price, and again: B / q altogether. */
static double rework_at_price(const char *gamma)
{
    struct lab lab;
    lab_open(&lab, &(struct lab_tables){0},
             (const char *const[]){LAB_CALM, "q0=0.8", "q_min=0.6", "d0=0", "d_int=1e6", "eta_int=1", "m_max=2", gamma, NULL}, 8, 0);
    lab_live(&lab, 1, 1);
    double share = lab_value(&lab, 0, ORGSIM_METRIC_rework_share, 0);
    lab_close(&lab);
    return share / (1 - share) * 500;
}

static void test_price_of_age(void **state)
{
    (void)state;
    const double hidden = 0.2 * 500;
    assert_true(chance_none("rework at no price", rework_at_price("gamma=0"), hidden / 0.8, 0.01 * hidden));
    assert_true(chance_none("rework of an age", rework_at_price("gamma=0.02"), hidden * exp(0.02 * 25) / 0.8, 0.01 * hidden));
    assert_true(chance_none("rework at the highest price", rework_at_price("gamma=0.04"), hidden * 2 / 0.8, 0.01 * hidden));
}

/* Every source of bad work multiplies: q = q0 (1 - d_dec)^min(3, questions), floor q_min; all of it comes to light at integration. */
static double hidden_at_integration(const char *questions, const char *q0)
{
    struct lab lab;
    const struct lab_tables tables = {.questions = questions};
    lab_open(&lab, &tables,
             (const char *const[]){LAB_CALM, q0, "q_min=0.6", "d_dec=0.1", "eta_int=1", "d_int=1e6", "chi0=0", "rec=0", "p_default=1", NULL}, 8,
             0);
    lab_live(&lab, 1, 1);
    double share = lab_value(&lab, 0, ORGSIM_METRIC_rework_share, 0);
    lab_close(&lab);
    return share / (1 - share) * 500;
}

#define QUESTIONS "question,package,kind,altitude,opens_at_share\n"

static void test_quality(void **state)
{
    (void)state;
    const double q = 0.9, tainted = 0.9 * 0.9 * 0.9, worst = 0.9 * 0.9 * 0.9 * 0.9;
    assert_true(chance_none("no question", hidden_at_integration(QUESTIONS, "q0=0.9"), (1 - q) * 500 / q, 1));
    assert_true(chance_none("two questions from the middle on", hidden_at_integration(QUESTIONS "A,P,,,0.5\nB,P,,,0.5\n", "q0=0.9"),
                            ((1 - q) * 250 + (1 - tainted) * 250) / q, 1));
    assert_true(chance_none("four count as three", hidden_at_integration(QUESTIONS "A,P,,,0\nB,P,,,0\nC,P,,,0\nD,P,,,0\n", "q0=0.9"),
                            (1 - worst) * 500 / q, 1));
    assert_true(chance_none("floor", hidden_at_integration(QUESTIONS "A,P,,,0\nB,P,,,0\nC,P,,,0\n", "q0=0.65"), (1 - 0.6) * 500 / 0.65, 2));
}

/* ---- tick by tick: one package of ten engineers, half a week at a time, as the equations say it ----
 *
 * What a tick made has waited half of it when the next one looks, and is that old: found with 1 - exp(-1.5 d dt), at the price of its age. At
 * integration, which is the first clearing, eta + (1 - eta)(1 - exp(-d_int (t1 - t))) of U is found; what is left of the tick's mistakes
 * has been looked at until t1, and waits no longer than any other. */

struct ticks { double content, q, d, d_int, eta, gamma, tolerance; };

static double found_of(double *U, double *moment, double share, double gamma)
{
    double age = *U > 0 ? *moment / *U : 0, found = *U * share;
    *U -= found;
    *moment *= 1 - share;
    return found * fmin(2.4, exp(gamma * age));
}

static double finish_by_ticks(const struct ticks *k)
{
    const double dt = 0.5, pace = 10;
    double R = k->content, B = 0, U = 0, moment = 0, fresh = 0, cleared = 0, integrated = INFINITY;
    for (double t = 0;; t += dt) {
        double rate = isinf(integrated) ? k->d : k->d_int, before = U, at = t;
        double old = 1 - exp(-rate * dt), longer = 1 - exp(-1.5 * rate * dt), part = U > 0 ? fresh / U : 0;
        moment += fresh * dt / 2;
        B += found_of(&U, &moment, old + part * (longer - old), k->gamma);
        moment += U * dt;
        fresh = 0;
        while (R + B > 0 && at < t + dt) {
            double work = fmin(R + B, pace * (t + dt - at)), on_rework = fmin(work, B);
            B -= on_rework;
            R -= work - on_rework;
            at += work / pace;
            U += (1 - k->q) * work;
            fresh += (1 - k->q) * work;
            if (R + B > 1e-12) break;
            R = B = 0;
            cleared = at;
            if (!isinf(integrated)) break;
            integrated = at;
            B += found_of(&U, &moment, 1 - (1 - k->eta) * exp(-k->d_int * (t + dt - at)), k->gamma);
            fresh = 0;
        }
        if (isinf(integrated) || R + B > 0 || U > k->tolerance) continue;
        double crossing = before > k->tolerance && U < before ? t + dt * log(before / k->tolerance) / log(before / U) : 0;
        return fmax(cleared, crossing);
    }
}

static double finish_of_engine(const struct ticks *k)
{
    struct lab lab;
    char packages[64], text[6][32];
    const double value[] = {k->q, k->d, k->d_int, k->eta, k->gamma, k->tolerance / k->content};
    const char *const name[] = {"q0", "d0", "d_int", "eta_int", "gamma", "u_tol"};
    for (int s = 0; s < 6; s++) snprintf(text[s], sizeof text[s], "%s=%.9g", name[s], value[s]);
    snprintf(packages, sizeof packages, "package,team,effort_mode_pw\nP,T,%.9g\n", k->content);
    lab_open(&lab, &(struct lab_tables){.packages = packages},
             (const char *const[]){LAB_CALM, "q_min=0.6", "m_max=2.4", text[0], text[1], text[2], text[3], text[4], text[5], NULL}, 2, 0);
    lab_live(&lab, 1, 1);
    double finish = lab_value(&lab, 0, ORGSIM_METRIC_finish_week, 0);
    lab_close(&lab);
    return finish;
}

static void check_ticks(const char *what, const struct ticks *k)
{
    assert_true(chance_none(what, finish_of_engine(k), finish_by_ticks(k), 2e-5));
}

static void test_age_in_its_first_tick(void **state)
{
    (void)state;
    check_ticks("a young program", &(struct ticks){.content = 10, .q = 0.6, .d = 1, .gamma = 1, .tolerance = 10});
    check_ticks("an older one", &(struct ticks){.content = 40, .q = 0.7, .d = 0.5, .gamma = 0.3, .tolerance = 40});
}

static void test_what_integration_has_looked_at(void **state)
{
    (void)state;
    check_ticks("in the middle of a tick", &(struct ticks){.content = 12, .q = 0.8, .d_int = 1, .eta = 0.3, .tolerance = 0.12});
    check_ticks("late in a tick", &(struct ticks){.content = 14, .q = 0.6, .d_int = 2, .eta = 0, .tolerance = 0.14});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_package),    cmocka_unit_test(test_wait_before_integration),
        cmocka_unit_test(test_ticks_converge), cmocka_unit_test(test_price_of_age),
        cmocka_unit_test(test_quality),        cmocka_unit_test(test_age_in_its_first_tick),
        cmocka_unit_test(test_what_integration_has_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
