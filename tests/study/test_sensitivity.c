/* test_sensitivity.c: the tornado against the break-even's points, which numbers are moved and how far, the methods beside each other, what is refused */
#include "study/lived.h"

#include "base/memory.h"

enum { WORLDS = 64, FEW = 32 };

static const struct orgsim_sensitivity_plan plain = {.method = ORGSIM_SENSITIVITY_tornado};

static struct orgsim_run_options pair_options(const struct orgsim_scenario *scenario, size_t arms[2])
{
    lived_arms(scenario, "none tpm", arms);
    return lived_options(arms, 2, WORLDS);
}

static const struct orgsim_sensitivity_row *row_of(const struct orgsim_sensitivity *s, const char *name)
{
    for (size_t k = 0; k < s->n; k++)
        if (!strcmp(s->row[k].name, name)) return &s->row[k];
    return NULL;
}

static bool same(const struct orgsim_estimate *a, const struct orgsim_estimate *b) { return memcmp(a, b, sizeof *a) == 0; }

/* Ends and present value are those of the break-even, to the bit; the swing is theirs, and paired: its error is below that of unpaired ends. */
static void ends_are_what_their_numbers_give(void **state)
{
    (void)state;
    size_t arms[2], smaller = 0;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_break_even b;
    struct orgsim_sensitivity s = {0};
    assert_int_equal(orgsim_breakeven(scenario, &options, "h_seat", 0, 3, &b, &where), 0);
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plain, &s, &where), 0);
    const struct orgsim_sensitivity_row *h = row_of(&s, "h_seat");
    assert_true(h && h->tried && h->low == b.low && h->high == b.high && h->present == b.present);
    assert_true(same(&h->at_low, &b.at_low) && same(&h->at_high, &b.at_high) && same(&s.at_present, &b.at_present));
    assert_true(s.points == 2 * s.n + 1 && s.worlds == WORLDS);
    for (size_t k = 0; k < s.n; k++) {
        const struct orgsim_sensitivity_row *r = &s.row[k];
        double best = fmax(s.at_present.mean, fmax(r->at_low.mean, r->at_high.mean)), worst = fmin(s.at_present.mean, fmin(r->at_low.mean, r->at_high.mean));
        assert_true(r->tried && fabs(r->swing.mean - (best - worst)) < 1e-6 * (1 + fabs(best)));
        assert_true(k == 0 || r->swing.mean <= s.row[k - 1].swing.mean);
        if (r->inert) assert_true(r->swing.mean == 0 && same(&r->at_low, &s.at_present) && same(&r->at_high, &s.at_present));
        smaller += r->swing.mean - r->swing.ci_low < r->at_low.mean - r->at_low.ci_low;
    }
    assert_true(3 * smaller > 2 * s.n); /* a number that moves much has an error of its own */
    orgsim_sensitivity_free(&s);
    orgsim_scenario_free(scenario);
}

static void threads_change_no_bit(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_sensitivity one = {0}, three = {0};
    options.worlds = 16;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plain, &one, &where), 0);
    options.threads = 3;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plain, &three, &where), 0);
    assert_true(one.n == three.n && same(&one.at_present, &three.at_present));
    for (size_t k = 0; k < one.n; k++) {
        assert_string_equal(one.row[k].name, three.row[k].name);
        assert_true(same(&one.row[k].at_low, &three.row[k].at_low) && same(&one.row[k].swing, &three.row[k].swing));
    }
    orgsim_sensitivity_free(&one);
    orgsim_sensitivity_free(&three);
    orgsim_scenario_free(scenario);
}

static bool near(double a, double b) { return fabs(a - b) < 1e-9 * fmax(1, fabs(b)); }

/* A salary is as uncertain as c_tpm, a judgment given as a number as J_tpm; what --set makes known stays; a range of the caller's stands. */
static void every_number_has_the_range_that_is_known(void **state)
{
    (void)state;
    size_t arms[2];
    static const char *const settings[] = {"h_seat=1", "tpm.tpm.judgment=0.75"};
    static const struct orgsim_sensitivity_range ranges[] = {{"money.attendee_hour", 80, 160}, {"span_tpm", 5, 7}};
    const struct orgsim_sensitivity_plan plan = {.ranges = ranges, .n_ranges = 2};
    char path[1024];
    snprintf(path, sizeof path, "%s/scenarios/startup", ORGSIM_SOURCE);
    struct orgsim_scenario *scenario = lived_scenario_at(path, settings, 2);
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_sensitivity s = {0};
    options.worlds = 2;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plan, &s, &where), 0);
    assert_null(row_of(&s, "h_seat"));
    const struct orgsim_sensitivity_row *pay = row_of(&s, "tpm.tpm.cost_per_year"), *judgment = row_of(&s, "tpm.tpm.judgment");
    assert_true(pay && near(pay->low, pay->present * 3.2 / 4.4) && near(pay->high, pay->present * 6 / 4.4) && !pay->grade);
    assert_true(judgment && near(judgment->low, 0.75 - 0.3) && near(judgment->high, 0.75 + 0.2));
    const struct orgsim_sensitivity_row *hour = row_of(&s, "money.attendee_hour"), *span = row_of(&s, "span_tpm");
    assert_true(hour && hour->low == 80 && hour->high == 160 && span && span->low == 5 && span->high == 7 && !strcmp(span->grade, "assumption"));
    assert_non_null(row_of(&s, "money.discount_rate"));
    orgsim_sensitivity_free(&s);
    orgsim_scenario_free(scenario);
}

/* m_max = 4 breaks the rework loop: that row stays, untried, with the reason. */
static void a_range_that_cannot_be_lived_is_told(void **state)
{
    (void)state;
    size_t arms[2];
    static const struct orgsim_sensitivity_range range = {"m_max", 2, 3};
    const struct orgsim_sensitivity_plan plan = {.ranges = &range, .n_ranges = 1};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_sensitivity s = {0};
    options.worlds = 2;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plan, &s, &where), 0);
    const struct orgsim_sensitivity_row *last = &s.row[s.n - 1];
    assert_string_equal(last->name, "m_max");
    assert_true(!last->tried && strstr(last->why, "rework loop gain"));
    orgsim_sensitivity_free(&s);
    orgsim_scenario_free(scenario);
}

static void bad_questions_are_refused(void **state)
{
    (void)state;
    static const struct { struct orgsim_sensitivity_range ranges[2]; size_t n; uint64_t worlds; const char *what; } cases[] = {
        {{{"h_saet", 0, 3}}, 1, 8, "not known"},
        {{{"h_seat", 3, 0}}, 1, 8, "reversed"},
        {{{"h_seat", 1, 1}}, 1, 8, "empty"},
        {{{"h_seat", -1, 1}}, 1, 8, "h_seat is -1 at one end"},
        {{{"E_tpm", 0, 2}}, 1, 8, "E_tpm is 2 at one end"},
        {{{"h_seat", 0, 1}, {"h_seat", 0, 2}}, 2, 8, "given twice"},
        {{{NULL, 0, 0}}, 0, 1, "one world has no interval"},
    };
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct orgsim_where where = {0};
        struct orgsim_sensitivity s = {0};
        const struct orgsim_sensitivity_plan plan = {.ranges = cases[c].ranges, .n_ranges = cases[c].n};
        options.worlds = cases[c].worlds;
        assert_int_equal(orgsim_sensitivity(scenario, &options, &plan, &s, &where), ORGSIM_ERROR_USAGE);
        if (!strstr(where.what, cases[c].what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, cases[c].what);
        orgsim_sensitivity_free(&s);
    }
    orgsim_scenario_free(scenario);
}

static void stop_later(void *context, uint64_t done, uint64_t total)
{
    (void)total;
    if (done == 22) *(volatile int *)context = 1;
}

static void a_stop_keeps_the_rows_that_are_whole(void **state)
{
    (void)state;
    size_t arms[2];
    volatile int stop = 0;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_sensitivity s = {0};
    options.worlds = 2;
    options.stop = &stop;
    options.progress = stop_later;
    options.context = (void *)&stop;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plain, &s, &where), ORGSIM_ERROR_INTERRUPTED);
    assert_true(s.n >= 10 && s.n < 14);
    for (size_t k = 0; k < s.n; k++) assert_true(s.row[k].tried);
    orgsim_sensitivity_free(&s);
    orgsim_scenario_free(scenario);
}

static struct orgsim_sensitivity_plan small_plan(enum orgsim_sensitivity_method method)
{
    static const size_t sizes[ORGSIM_SENSITIVITY_METHOD_COUNT] = {[ORGSIM_SENSITIVITY_morris] = 4, [ORGSIM_SENSITIVITY_rank] = 50, [ORGSIM_SENSITIVITY_sobol] = 64};
    return (struct orgsim_sensitivity_plan){.method = method, .size = sizes[method], .inputs = method == ORGSIM_SENSITIVITY_sobol ? 3 : 0};
}

static void find(struct orgsim_sensitivity *s, enum orgsim_sensitivity_method method, size_t threads)
{
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    const struct orgsim_sensitivity_plan plan = small_plan(method);
    options.worlds = FEW;
    options.threads = threads;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plan, s, &where), 0);
    orgsim_scenario_free(scenario);
}

/* Numbers that change nothing alone change nothing in company that is drawn at random either, unless it wakes them; what moves the answer, moves it. */
static void methods_tell_of_the_same_program(void **state)
{
    (void)state;
    struct orgsim_sensitivity alone = {0}, morris = {0}, rank = {0}, sobol = {0};
    size_t inert_in_both = 0, inert = 0;
    find(&alone, ORGSIM_SENSITIVITY_tornado, 1);
    find(&morris, ORGSIM_SENSITIVITY_morris, 1);
    find(&rank, ORGSIM_SENSITIVITY_rank, 1);
    find(&sobol, ORGSIM_SENSITIVITY_sobol, 1);
    assert_true(alone.n == morris.n && morris.n == rank.n && morris.considered == morris.n);
    assert_true(morris.points == 4 * (morris.n + 1) && rank.points == 50 && same(&morris.at_present, &alone.at_present));
    for (size_t k = 0; k < morris.n; k++) {
        const struct orgsim_sensitivity_row *row = &morris.row[k];
        inert += row->inert != 0;
        inert_in_both += row->inert && row_of(&alone, row->name)->inert;
        assert_true(row->tried && row->mu_star.mean >= fabs(row->mu) - 1e-9 && row->mu_star.ci_low <= row->mu_star.mean);
        assert_true(k == 0 || row->mu_star.mean <= morris.row[k - 1].mu_star.mean);
    }
    assert_true(inert_in_both > 10 && 2 * inert_in_both > inert);
    assert_true(row_of(&morris, "h_seat")->mu < 0 && row_of(&rank, "h_seat")->rho.mean < 0);
    for (size_t k = 0; k < rank.n; k++) assert_true(fabs(rank.row[k].rho.mean) <= 1 && rank.row[k].rho.ci_low <= rank.row[k].rho.ci_high);
    assert_true(sobol.n == 3 && sobol.considered == morris.n && sobol.points == 4 * (morris.n + 1) + 64 * 5 && sobol.outcome_sd > 0);
    for (size_t k = 1; k < sobol.n; k++) assert_true(sobol.row[k].total.mean <= sobol.row[k - 1].total.mean);
    assert_true(same(&sobol.at_present, &alone.at_present));
    orgsim_sensitivity_free(&alone);
    orgsim_sensitivity_free(&morris);
    orgsim_sensitivity_free(&rank);
    orgsim_sensitivity_free(&sobol);
}

static void threads_change_no_share(void **state)
{
    (void)state;
    struct orgsim_sensitivity one = {0}, three = {0};
    find(&one, ORGSIM_SENSITIVITY_sobol, 1);
    find(&three, ORGSIM_SENSITIVITY_sobol, 3);
    for (size_t k = 0; k < 3; k++) {
        assert_string_equal(one.row[k].name, three.row[k].name);
        assert_true(same(&one.row[k].first, &three.row[k].first) && same(&one.row[k].total, &three.row[k].total));
    }
    orgsim_sensitivity_free(&one);
    orgsim_sensitivity_free(&three);
}

/* m_max towards 3 breaks the rework loop where work is seldom right: a random design leaves such points out, a built one is refused. */
static void impossible_points_are_left_out_or_refused(void **state)
{
    (void)state;
    size_t arms[2];
    static const struct orgsim_sensitivity_range range = {"m_max", 2, 3};
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    struct orgsim_where where = {0};
    struct orgsim_sensitivity s = {0};
    options.worlds = 8;
    struct orgsim_sensitivity_plan plan = small_plan(ORGSIM_SENSITIVITY_rank);
    plan.ranges = &range;
    plan.n_ranges = 1;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plan, &s, &where), 0);
    assert_true(s.impossible > 0 && s.impossible < 30 && s.points == 50);
    orgsim_sensitivity_free(&s);
    plan.method = ORGSIM_SENSITIVITY_morris;
    assert_int_equal(orgsim_sensitivity(scenario, &options, &plan, &s, &where), ORGSIM_ERROR_USAGE);
    assert_true(strstr(where.what, "impossible together") && s.n == 0);
    orgsim_sensitivity_free(&s);
    orgsim_scenario_free(scenario);
}

static void bad_designs_are_refused(void **state)
{
    (void)state;
    static const struct { struct orgsim_sensitivity_plan plan; const char *what; } cases[] = {
        {{.method = ORGSIM_SENSITIVITY_tornado, .size = 9}, "no design to size"}, {{.method = ORGSIM_SENSITIVITY_morris, .size = 3}, "too few for morris"},
        {{.method = ORGSIM_SENSITIVITY_rank, .size = 100000}, "too many for rank"}, {{.method = ORGSIM_SENSITIVITY_rank, .inputs = 4}, "takes all numbers"},
        {{.method = ORGSIM_SENSITIVITY_sobol, .size = 100}, "cannot be dealt"},     {{.method = ORGSIM_SENSITIVITY_sobol, .inputs = 21}, "too many"},
        {{.method = ORGSIM_SENSITIVITY_sobol, .inputs = 1}, "too few"},
    };
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct orgsim_run_options options = pair_options(scenario, arms);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct orgsim_where where = {0};
        struct orgsim_sensitivity s = {0};
        assert_int_equal(orgsim_sensitivity(scenario, &options, &cases[c].plan, &s, &where), ORGSIM_ERROR_USAGE);
        if (!strstr(where.what, cases[c].what) || !where.todo[0]) fail_msg("\"%s; %s\" lacks \"%s\"", where.what, where.todo, cases[c].what);
        orgsim_sensitivity_free(&s);
    }
    orgsim_scenario_free(scenario);
}

/* There are tens of thousands of allocations: every one at first, then ever fewer. */
static void any_failed_allocation_is_told(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("workshop");
    struct orgsim_run_options options = pair_options(scenario, arms);
    options.worlds = 2;
    for (int method = 0; method < ORGSIM_SENSITIVITY_METHOD_COUNT; method++) {
        const struct orgsim_sensitivity_plan small = small_plan((enum orgsim_sensitivity_method)method);
        int status = ORGSIM_ERROR_MEMORY;
        for (size_t nth = 1; status; nth += 1 + nth / 3) {
            struct orgsim_sensitivity s = {0};
            struct orgsim_where where = {0};
            memory_fail_at(nth);
            status = orgsim_sensitivity(scenario, &options, &small, &s, &where);
            memory_fail_at(0);
            assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
            orgsim_sensitivity_free(&s);
        }
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_what_their_numbers_give),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(every_number_has_the_range_that_is_known),
        cmocka_unit_test(a_range_that_cannot_be_lived_is_told),
        cmocka_unit_test(bad_questions_are_refused),
        cmocka_unit_test(a_stop_keeps_the_rows_that_are_whole),
        cmocka_unit_test(methods_tell_of_the_same_program),
        cmocka_unit_test(threads_change_no_share),
        cmocka_unit_test(impossible_points_are_left_out_or_refused),
        cmocka_unit_test(bad_designs_are_refused),
        cmocka_unit_test(any_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
