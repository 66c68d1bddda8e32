/* test_sweep.c: every cell of a grid against the break-even's points, and what a grid refuses */
#include "study/lived.h"

#include "base/memory.h"

enum { WORLDS = 128 };

static struct orgsim_run_options pair_options(const struct orgsim_scenario *scenario, size_t arms[2])
{
    lived_arms(scenario, "none tpm", arms);
    return lived_options(arms, 2, WORLDS);
}

static bool same(const struct orgsim_estimate *a, const struct orgsim_estimate *b) { return memcmp(a, b, sizeof *a) == 0; }

/* One number: the ends are those of the break-even; a grid of two holds the line where its second number is the present one. */
static void cells_are_what_their_numbers_give(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_break_even b;
    struct orgsim_sweep line = {0}, grid = {0};
    const struct orgsim_sweep_axis axes[2] = {{"h_seat", 0, 3, 4}, {"E_tpm", 0.4, 0.8, 2}};
    assert_int_equal(orgsim_breakeven(scenario, &options, "h_seat", 0, 3, &b, &where), 0);
    assert_int_equal(orgsim_sweep(scenario, &options, axes, 1, &line, &where), 0);
    assert_true(line.n[0] == 4 && line.n[1] == 1 && line.done == 4 && line.value[0][1] == 1);
    assert_true(same(&line.npv_k[0], &b.at_low) && same(&line.npv_k[3], &b.at_high) && same(&line.at_present, &b.at_present));
    options.threads = 3;
    assert_int_equal(orgsim_sweep(scenario, &options, axes, 2, &grid, &where), 0);
    assert_true(grid.done == 8 && grid.present[1] == 0.8);
    for (size_t k = 0; k < 4; k++) assert_true(same(&grid.npv_k[k * 2 + 1], &line.npv_k[k]) && !same(&grid.npv_k[k * 2], &line.npv_k[k]));
    orgsim_sweep_free(&line);
    orgsim_sweep_free(&grid);
    orgsim_scenario_free(scenario);
}

/* Two threads share the four blocks of each of three cells, three threads take a cell each: the same bits, also where engineers are placed. */
static void threads_share_worlds_or_cells(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    const struct orgsim_sweep_axis axis = {"prod_new", 0.3, 0.7, 3};
    lived_arms(scenario, "engineer tpm", arms);
    options.baseline = arms[0];
    options.worlds = 4 * ORGSIM_BLOCK_WORLDS;
    struct orgsim_sweep by_threads[3] = {{0}};
    for (size_t t = 0; t < 3; t++) {
        struct orgsim_where where = {0};
        options.threads = t + 1;
        assert_int_equal(orgsim_sweep(scenario, &options, &axis, 1, &by_threads[t], &where), 0);
        assert_int_equal(by_threads[t].done, 3);
        for (size_t c = 0; c < 3; c++) assert_true(same(&by_threads[t].npv_k[c], &by_threads[0].npv_k[c]));
    }
    for (size_t t = 0; t < 3; t++) orgsim_sweep_free(&by_threads[t]);
    orgsim_scenario_free(scenario);
}

/* A cell whose numbers the scenario forbids stays empty and is counted; a grid of such cells is refused with the reason. */
static void what_cannot_be_stays_empty(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_sweep sweep = {0};
    const struct orgsim_sweep_axis some = {"m_max", 2, 3, 3}, none = {"m_max", 3, 4, 2};
    assert_int_equal(orgsim_sweep(scenario, &options, &some, 1, &sweep, &where), 0);
    assert_true(sweep.impossible == 2 && !isnan(sweep.npv_k[0].mean) && isnan(sweep.npv_k[2].mean));
    orgsim_sweep_free(&sweep);
    assert_int_equal(orgsim_sweep(scenario, &options, &none, 1, &sweep, &where), ORGSIM_ERROR_USAGE);
    assert_non_null(strstr(where.what, "rework loop gain"));
    orgsim_sweep_free(&sweep);
    orgsim_scenario_free(scenario);
}

static void bad_grids_are_refused(void **state)
{
    (void)state;
    static const struct { struct orgsim_sweep_axis axes[2]; size_t n; const char *what; } cases[] = {
        {{{"h_saet", 0, 3, 4}}, 1, "not known"},         {{{"h_seat", 3, 0, 4}}, 1, "reversed"},
        {{{"h_seat", 1, 1, 4}}, 1, "empty"},             {{{"h_seat", 0, 3, 1}}, 1, "a grid of 1 point"},
        {{{"h_seat", 0, 3, 200}, {"E_tpm", 0, 1, 200}}, 2, "more than 10000 cells"},
        {{{"h_seat", 0, 3, (size_t)-1}}, 1, "more than 10000 cells"},
        {{{"h_seat", 0, 3, 2}, {"h_seat", 0, 1, 2}}, 2, "on both axes"},
    };
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct orgsim_where where = {0};
        struct orgsim_sweep sweep = {0};
        assert_int_equal(orgsim_sweep(scenario, &options, cases[c].axes, cases[c].n, &sweep, &where), ORGSIM_ERROR_USAGE);
        if (!strstr(where.what, cases[c].what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, cases[c].what);
        orgsim_sweep_free(&sweep);
    }
    orgsim_scenario_free(scenario);
}

static void a_stop_and_any_failed_allocation_are_told(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    const struct orgsim_sweep_axis axis = {"h_seat", 0, 3, 2};
    struct orgsim_sweep sweep = {0};
    struct orgsim_where where = {0};
    options.stop = &stopped;
    assert_int_equal(orgsim_sweep(scenario, &options, &axis, 1, &sweep, &where), ORGSIM_ERROR_INTERRUPTED);
    assert_int_equal(sweep.done, 0);
    orgsim_sweep_free(&sweep);
    options.stop = NULL;
    options.worlds = 16;
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth++) {
        memory_fail_at(nth);
        status = orgsim_sweep(scenario, &options, &axis, 1, &sweep, &where);
        memory_fail_at(0);
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        assert_true(nth < 20000);
        orgsim_sweep_free(&sweep);
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_what_their_numbers_give),
        cmocka_unit_test(threads_share_worlds_or_cells),
        cmocka_unit_test(what_cannot_be_stays_empty),
        cmocka_unit_test(bad_grids_are_refused),
        cmocka_unit_test(a_stop_and_any_failed_allocation_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
