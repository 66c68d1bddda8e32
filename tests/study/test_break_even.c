/* test_break_even.c: design points against runs that were asked for one by one, and break-evens against their closed form */
#include "study/lived.h"

#include "base/memory.h"
#include "scenario/scenario.h"
#include "study/crossing.h"
#include "study/point.h"

enum { WORLDS = 256 };

static struct orgsim_run_options pair_options(const struct orgsim_scenario *scenario, size_t arms[2])
{
    lived_arms(scenario, "none tpm", arms);
    return lived_options(arms, 2, WORLDS);
}

/* --- design points ------------------------------------------------------------------------------------------------------------------ */

struct taken {
    const struct lived *expected;
    size_t worlds, differing;
};

static int take(void *context, const struct live_block *block)
{
    struct taken *t = context;
    for (size_t a = 0; a < 2; a++)
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++)
            t->differing += memcmp(block->values + (a * ORGSIM_METRIC_COUNT + m) * block->worlds, lived_column(t->expected, a, m) + t->worlds,
                                   block->worlds * sizeof(float)) != 0;
    t->worlds += block->worlds;
    return 0;
}

static void assert_point(struct points *points, const struct point_setting *settings, size_t n, const struct lived *expected)
{
    struct taken taken = {.expected = expected};
    struct orgsim_where where = {0};
    assert_int_equal(point_live(points, settings, n, &taken, take, &where), 0);
    assert_int_equal(taken.worlds, WORLDS);
    assert_int_equal(taken.differing, 0);
}

/* In any order, on any number of threads, with what stood in between. */
static void a_point_has_the_bits_of_a_run(void **state)
{
    (void)state;
    static const char *const changed[] = {"h_seat=2", "tpm.tpm.judgment=0.4", "money.engineer_per_year=100000"};
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup"), *other = lived_scenario_at(scenario->path, changed, 3);
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct point_setting settings[3] = {{.value = 2}, {.value = 0.4}, {.value = 100000}};
    static const char *const names[] = {"h_seat", "tpm.tpm.judgment", "money.engineer_per_year"};
    struct lived plain, expected;
    struct points points;
    struct orgsim_where where = {0};
    for (int s = 0; s < 3; s++) assert_int_equal(target_find(scenario, names[s], &settings[s].target, &where), 0);
    lived_run(&plain, scenario, &options);
    lived_run(&expected, other, &options);
    assert_true(lived_differing(&plain, 1, &expected, 1, ORGSIM_METRIC_npv_k, WORLDS) > WORLDS / 2);
    for (size_t threads = 1; threads <= 3; threads += 2) {
        options.threads = threads;
        assert_int_equal(points_open(&points, scenario, &options, &where), 0);
        assert_point(&points, settings, 3, &expected);
        assert_point(&points, NULL, 0, &plain); /* the scenario itself was not touched */
        assert_point(&points, settings, 3, &expected);
        points_close(&points);
    }
    lived_free(&plain);
    lived_free(&expected);
    orgsim_scenario_free(scenario);
    orgsim_scenario_free(other);
}

/* --- one number --------------------------------------------------------------------------------------------------------------------- */

/* Net value is linear in the pay of the seat, so that the crossing is known: pay + mean difference / mean weeks of pay. */
static void the_break_even_of_pay_is_its_closed_form(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_break_even b;
    struct orgsim_where where = {0};
    struct lived l;
    double npv = 0, weeks = 0;
    lived_run(&l, scenario, &options);
    for (size_t w = 0; w < WORLDS; w++) {
        npv += (double)lived_column(&l, 1, ORGSIM_METRIC_npv_k)[w] - (double)lived_column(&l, 0, ORGSIM_METRIC_npv_k)[w];
        weeks += (double)lived_column(&l, 1, ORGSIM_METRIC_delivery_seat_weeks)[w];
    }
    assert_int_equal(orgsim_breakeven(scenario, &options, "tpm.tpm.cost_per_year", (double)NAN, (double)NAN, &b, &where), 0);
    double expected = b.present + 52000 * npv / weeks;
    assert_int_equal(b.state, ORGSIM_BREAK_EVEN_CROSSES);
    assert_true(fabs(b.value - expected) < 1e-3 * expected);
    assert_true(b.ci_low < b.value && b.value < b.ci_high && !b.open_low && !b.open_high);
    assert_true(fabs(b.at_present.mean - npv / WORLDS) < 1e-6);
    lived_free(&l);
    orgsim_scenario_free(scenario);
}

static bool same(const struct orgsim_break_even *a, const struct orgsim_break_even *b)
{
    return a->state == b->state && a->value == b->value && a->ci_low == b->ci_low && a->ci_high == b->ci_high &&
           a->at_low.mean == b->at_low.mean && a->at_high.mean == b->at_high.mean;
}

static void threads_and_kernels_change_no_bit(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_break_even one, other;
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_breakeven(scenario, &options, "h_seat", 0, 2, &one, &where), 0);
    options.threads = 3;
    options.isa = "scalar";
    assert_int_equal(orgsim_breakeven(scenario, &options, "h_seat", 0, 2, &other, &where), 0);
    assert_true(one.state == ORGSIM_BREAK_EVEN_CROSSES && same(&one, &other));
    orgsim_scenario_free(scenario);
}

static void assert_refused(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const char *name, double low,
                           double high, const char *what)
{
    struct orgsim_break_even b;
    struct orgsim_where where = {0};
    assert_int_equal(orgsim_breakeven(scenario, options, name, low, high, &b, &where), ORGSIM_ERROR_USAGE);
    if (!strstr(where.what, what) || !where.todo[0]) fail_msg("%s: \"%s; %s\" lacks \"%s\"", name, where.what, where.todo, what);
}

static void what_cannot_be_asked_is_refused(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms), changed = options;
    assert_refused(scenario, &options, "h_saet", 0, 1, "not known");
    assert_refused(scenario, &options, "h_seat", 3, 1, "reversed");
    assert_refused(scenario, &options, "h_seat", 1, 1, "empty");
    assert_refused(scenario, &options, "h_seat", -1, 1, "h_seat is -1");
    assert_refused(scenario, &options, "m_max", 1, 3, "rework loop gain");
    assert_refused(scenario, &options, "none.tpm.judgment", 0, 1, "no seat of role tpm");
    assert_refused(scenario, &options, "tpm.tpm.start_week", (double)NAN, (double)NAN, "no range of its own");
    changed.worlds = 1;
    assert_refused(scenario, &changed, "h_seat", 0, 1, "one world");
    changed = options;
    changed.baseline = arms[1];
    assert_refused(scenario, &changed, "h_seat", 0, 1, "headline arm");
    orgsim_scenario_free(scenario);
}

static void a_stop_is_told(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_break_even b;
    struct orgsim_break_even_table table = {0};
    struct orgsim_where where = {0};
    options.stop = &stopped;
    assert_int_equal(orgsim_breakeven(scenario, &options, "h_seat", 0, 1, &b, &where), ORGSIM_ERROR_INTERRUPTED);
    assert_int_equal(orgsim_breakeven_table(scenario, &options, &table, &where), ORGSIM_ERROR_INTERRUPTED);
    assert_int_equal(table.n, 0);
    orgsim_break_even_table_free(&table);
    orgsim_scenario_free(scenario);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    int status = ORGSIM_ERROR_MEMORY;
    options.worlds = 16;
    for (size_t nth = 1; status; nth++) {
        struct orgsim_break_even b;
        struct orgsim_where where = {0};
        memory_fail_at(nth);
        status = orgsim_breakeven(scenario, &options, "h_seat", 0, 3, &b, &where);
        memory_fail_at(0);
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        assert_true(nth < 20000);
    }
    orgsim_scenario_free(scenario);
}

/* --- the table ---------------------------------------------------------------------------------------------------------------------- */

static double room(const struct orgsim_break_even_row *row)
{
    const struct orgsim_break_even *b = &row->found;
    return !row->tried || isnan(b->value) || isnan(b->present) ? (double)INFINITY : fabs(b->value - b->present) / (b->high - b->low);
}

static void the_table_holds_every_number_nearest_first(void **state)
{
    (void)state;
    size_t arms[2], seen = 0;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_break_even_table table = {0};
    struct orgsim_break_even alone;
    struct orgsim_where where = {0};
    options.worlds = 64;
    assert_int_equal(orgsim_breakeven_table(scenario, &options, &table, &where), 0);
    assert_true(table.n > ASSUMPTION_COUNT * 3 / 4);
    for (size_t r = 0; r < table.n; r++) {
        const struct orgsim_break_even_row *row = &table.row[r];
        assert_true(row->tried || row->why);
        if (r > 0) assert_true(room(row) >= room(row - 1));
        if (strcmp(row->name, "h_seat") && strcmp(row->name, "J_tpm") && strcmp(row->name, "tpm.tpm.cost_per_year")) continue;
        seen++;
        assert_int_equal(orgsim_breakeven(scenario, &options, row->name, (double)NAN, (double)NAN, &alone, &where), 0);
        assert_true(alone.state == row->found.state && alone.at_low.mean == row->found.at_low.mean &&
                    (isnan(alone.value) || alone.value == row->found.value));
    }
    assert_int_equal(seen, 3);
    orgsim_break_even_table_free(&table);
    orgsim_scenario_free(scenario);
}

/* A curve that is nearly flat where it first crosses: the bounds cross elsewhere, and their own first crossings are not this one's. */
static void the_interval_holds_the_crossing(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("platform-migration");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_break_even found;
    struct orgsim_where where = {0};
    options.worlds = 512;
    options.threads = 0;
    assert_int_equal(orgsim_breakeven(scenario, &options, "cancel_cost", 0, 4, &found, &where), 0);
    assert_int_equal(found.state, ORGSIM_BREAK_EVEN_REVERSED);
    assert_true(found.ci_low <= found.value && found.value <= found.ci_high);
    orgsim_scenario_free(scenario);
}

/* A line that crosses zero between 7 and 8, measured at whole numbers only, with an error of 40 for each of n worlds. */
struct stairs { double slope; int n; };

static int stairs_measure(void *context, double x, struct moments *difference)
{
    const struct stairs *s = context;
    assert_true(x == floor(x));
    for (int w = 0; w < s->n; w++) moments_add(difference, s->slope * (x - 7.4) + (w % 2 ? 40 : -40));
    return 0;
}

static struct orgsim_break_even stairs_found(double slope, int n)
{
    struct stairs stairs = {slope, n};
    struct crossing_curve curve = {.measure = stairs_measure, .context = &stairs, .whole = true};
    struct orgsim_break_even found = {0};
    assert_int_equal(crossing_find(&curve, 1, 40, &found), 0);
    return found;
}

/* Where only whole numbers make sense, the crossing is the outermost of them that pays, and more worlds narrow its interval down to that one. */
static void whole_numbers_are_not_interpolated(void **state)
{
    (void)state;
    for (int rising = 0; rising < 2; rising++) {
        double pays = rising ? 8 : 7, last = INFINITY;
        for (int n = 16; n <= 16 << 12; n <<= 4) {
            struct orgsim_break_even found = stairs_found(rising ? 10 : -10, n);
            double width = found.ci_high - found.ci_low;
            assert_int_equal(found.state, rising ? ORGSIM_BREAK_EVEN_REVERSED : ORGSIM_BREAK_EVEN_CROSSES);
            assert_true(found.value == pays && found.ci_low <= pays && found.ci_high >= pays && !found.open_low && !found.open_high);
            assert_true(width <= last && (n > 16 || width >= 3));
            last = width;
        }
        assert_true(last == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_has_the_bits_of_a_run),
        cmocka_unit_test(the_break_even_of_pay_is_its_closed_form),
        cmocka_unit_test(the_interval_holds_the_crossing),
        cmocka_unit_test(whole_numbers_are_not_interpolated),
        cmocka_unit_test(threads_and_kernels_change_no_bit),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
        cmocka_unit_test(a_stop_is_told),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(the_table_holds_every_number_nearest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
