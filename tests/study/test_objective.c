/* test_objective.c: risk measures and the search against the news-vendor, whose best orders are formulas; the search against functions with known lowest places */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <orgsim/error.h>

#include "study/objective.h"
#include "study/simplex.h"

/* --- the news-vendor ---------------------------------------------------------------------------------------------------------------- */

/* Buys q papers for C, sells min(q, demand) for P; demand is uniform on 0..1. With tail share b the best orders are, by formula:
 *   mean      q = (P - C) / P
 *   quantile  q = b                    (of level b)
 *   tail      q = b (P - C) / P        Gotoh & Takano 2007: P (q - q^2 / 2b) - C q at its top */
#define P 10.0
#define C 4.0
enum { DEMANDS = 20000 };

struct vendor {
    struct orgsim_objective objective;
    float profit[DEMANDS];
};

static double worth(struct vendor *v, double q)
{
    for (int d = 0; d < DEMANDS; d++) v->profit[d] = (float)(P * fmin(q, (d + 0.5) / DEMANDS) - C * q);
    return objective_value(&v->objective, v->profit, DEMANDS);
}

static int loss(void *context, const double *x, double *y)
{
    *y = -worth(context, x[0]);
    return 0;
}

static void assert_best(enum orgsim_risk risk, double order, double value)
{
    static struct vendor v;
    v.objective = (struct orgsim_objective){ORGSIM_METRIC_npv_k, risk};
    struct simplex s = {.n = 1, .low = {0}, .high = {1}, .value = loss, .context = &v, .points_most = 200, .tolerance = 1e-5, .x = {0.9}};
    assert_true(fabs(worth(&v, order) - value) < 1e-3);
    assert_int_equal(simplex_search(&s), 0);
    if (!(fabs(s.x[0] - order) < 0.01 && fabs(s.y + value) < 1e-3))
        fail_msg("%s: order %g gives %g, expected %g and %g", orgsim_risk_name(risk), s.x[0], -s.y, order, value);
    assert_true(s.points <= 201 && s.points > 10);
}

static void the_news_vendor_orders_by_formula(void **state)
{
    (void)state;
    const double share = (P - C) / P, b = OBJECTIVE_TAIL, q = b * share;
    assert_best(ORGSIM_RISK_mean, share, P * (share - share * share / 2) - C * share);
    assert_best(ORGSIM_RISK_p80, b, (P - C) * b);
    assert_best(ORGSIM_RISK_cvar, q, P * (q - q * q / (2 * b)) - C * q);
}

/* A demand below C q / P is a loss. */
static void losses_are_counted(void **state)
{
    (void)state;
    static struct vendor v = {.objective = {ORGSIM_METRIC_npv_k, ORGSIM_RISK_loss}};
    assert_true(fabs(worth(&v, 0.5) - 0.2) < 1e-3);
    assert_false(objective_more(&v.objective));
}

/* Of a date the worst are the latest; the tail counts its last world in part. */
static void the_worst_depend_on_the_metric(void **state)
{
    (void)state;
    float weeks[] = {4, 1, 3, 2, 7, 6, 5};
    struct orgsim_objective o = {ORGSIM_METRIC_finish_week, ORGSIM_RISK_cvar};
    assert_true(fabs(objective_value(&o, weeks, 7) - (7 + 0.4 * 6) / 1.4) < 1e-12);
    o.risk = ORGSIM_RISK_p80;
    assert_true(fabs(objective_value(&o, weeks, 7) - 5.8) < 1e-6);
    o.risk = ORGSIM_RISK_mean;
    assert_true(objective_value(&o, weeks, 7) == 4);
    assert_false(objective_more(&o));
    o.metric = ORGSIM_METRIC_on_time;
    assert_true(objective_more(&o));
}

static void what_is_no_objective_is_refused(void **state)
{
    (void)state;
    struct orgsim_where where = {0};
    struct orgsim_objective o = {ORGSIM_METRIC_finish_week, ORGSIM_RISK_loss};
    assert_int_equal(objective_check(&o, &where), ORGSIM_ERROR_USAGE);
    assert_non_null(strstr(where.what, "has no loss"));
    o = (struct orgsim_objective){ORGSIM_METRIC_risks_existing, ORGSIM_RISK_mean};
    assert_int_equal(objective_check(&o, &where), ORGSIM_ERROR_USAGE);
    assert_non_null(strstr(where.what, "neither better nor worse"));
    o = (struct orgsim_objective){ORGSIM_METRIC_npv_k, ORGSIM_RISK_loss};
    assert_int_equal(objective_check(&o, &where), 0);
}

/* --- the search --------------------------------------------------------------------------------------------------------------------- */

static int rosenbrock(void *context, const double *x, double *y)
{
    (void)context;
    *y = pow(1 - x[0], 2) + 100 * pow(x[1] - x[0] * x[0], 2);
    return 0;
}

static int slope(void *context, const double *x, double *y)
{
    (void)context;
    *y = x[0] - 2 * x[1] + x[2];
    return 0;
}

static int hole(void *context, const double *x, double *y)
{
    (void)context;
    *y = x[0] < 0.5 ? (double)INFINITY : x[0];
    return 0;
}

static int refuse(void *context, const double *x, double *y)
{
    (void)x, (void)y;
    return --*(int *)context > 0 ? 0 : ORGSIM_ERROR_INTERRUPTED;
}

static void a_bent_valley_is_followed(void **state)
{
    (void)state;
    struct simplex s = {.n = 2, .low = {-2, -2}, .high = {2, 3}, .value = rosenbrock, .points_most = 2000, .tolerance = 1e-7, .x = {-1.2, 1}};
    assert_int_equal(simplex_search(&s), 0);
    if (!(fabs(s.x[0] - 1) < 1e-3 && fabs(s.x[1] - 1) < 2e-3)) fail_msg("%g %g after %zu", s.x[0], s.x[1], s.points);
}

static void an_edge_is_reached_and_not_left(void **state)
{
    (void)state;
    struct simplex s = {.n = 3, .low = {1, 0, -1}, .high = {2, 5, 1}, .value = slope, .points_most = 1000, .tolerance = 1e-6, .x = {1.5, 2, 1}};
    assert_int_equal(simplex_search(&s), 0);
    assert_true(s.x[0] >= 1 && s.x[0] < 1.001 && s.x[1] <= 5 && s.x[1] > 4.99 && s.x[2] >= -1 && s.x[2] < -0.999);
}

static void what_is_impossible_is_walked_around(void **state)
{
    (void)state;
    struct simplex s = {.n = 1, .low = {0}, .high = {1}, .value = hole, .points_most = 300, .tolerance = 1e-6, .x = {0.9}};
    assert_int_equal(simplex_search(&s), 0);
    assert_true(s.x[0] >= 0.5 && s.x[0] < 0.51);
}

static void an_error_ends_the_search(void **state)
{
    (void)state;
    int left = 5;
    struct simplex s = {.n = 1, .low = {0}, .high = {1}, .value = refuse, .context = &left, .points_most = 300, .tolerance = 1e-6, .x = {0.9}};
    assert_int_equal(simplex_search(&s), ORGSIM_ERROR_INTERRUPTED);
    assert_int_equal(left, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_news_vendor_orders_by_formula), cmocka_unit_test(losses_are_counted),
        cmocka_unit_test(the_worst_depend_on_the_metric),    cmocka_unit_test(what_is_no_objective_is_refused),
        cmocka_unit_test(a_bent_valley_is_followed),         cmocka_unit_test(an_edge_is_reached_and_not_left),
        cmocka_unit_test(what_is_impossible_is_walked_around), cmocka_unit_test(an_error_ends_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
