/* test_exchange.c: processes that share the points of a study all find what one finds alone, and one that cannot go on ends them all */
#include "study/together.h"

/* Everything of one process. */
struct asker {
    struct process process;
    const struct question *question;
    struct orgsim_sweep sweep;
    struct orgsim_sensitivity found;
    struct orgsim_voi voi;
};

/* A sweep when axis is named, the worth of knowing when points are given. */
struct question {
    struct orgsim_sweep_axis axis;
    size_t points;
    struct orgsim_sensitivity_plan plan;
    uint64_t worlds;
};

static int ask(struct process *p)
{
    struct asker *a = (struct asker *)p;
    const struct question *q = a->question;
    if (q->axis.name) return orgsim_sweep(p->scenario, &p->options, &q->axis, 1, &a->sweep, &p->where);
    if (q->points) return orgsim_voi(p->scenario, &p->options, q->points, &a->voi, &p->where);
    return orgsim_sensitivity(p->scenario, &p->options, &q->plan, &a->found, &p->where);
}

static void set_up(struct asker *a, struct table *table, size_t rank, const struct orgsim_scenario *scenario, const struct question *question,
                   const size_t arms[2])
{
    *a = (struct asker){.question = question};
    together_set_up(&a->process, table, rank, scenario, arms, question->worlds, ask);
}

/* All processes at once, as their tests left them. */
static void ask_all(struct asker *a, struct table *table) { together_ask_all(a, sizeof *a, table); }

static void clear(struct asker *p, size_t n)
{
    for (size_t r = 0; r < n; r++) {
        orgsim_sweep_free(&p[r].sweep);
        orgsim_sensitivity_free(&p[r].found);
        orgsim_voi_free(&p[r].voi);
    }
}

static bool same(const struct orgsim_estimate *a, const struct orgsim_estimate *b) { return memcmp(a, b, sizeof *a) == 0; }
static bool same_number(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

static bool same_row(const struct orgsim_sensitivity_row *a, const struct orgsim_sensitivity_row *b)
{
    return !strcmp(a->name, b->name) && a->tried == b->tried && a->inert == b->inert && !a->why == !b->why && (!a->why || !strcmp(a->why, b->why)) &&
           same(&a->at_low, &b->at_low) && same(&a->at_high, &b->at_high) && same(&a->swing, &b->swing) && same(&a->mu_star, &b->mu_star) &&
           same_number(a->mu, b->mu) && same_number(a->sigma, b->sigma) && same_number(a->luck, b->luck) && same(&a->rho, &b->rho) && same(&a->first, &b->first) &&
           same(&a->total, &b->total);
}

static void assert_same(const struct asker *a, const struct asker *b)
{
    assert_int_equal(a->process.status, b->process.status);
    assert_string_equal(a->process.where.what, b->process.where.what);
    assert_true(a->sweep.done == b->sweep.done && a->sweep.impossible == b->sweep.impossible && same(&a->sweep.at_present, &b->sweep.at_present));
    for (size_t c = 0; c < a->sweep.n[0] && a->sweep.npv_k; c++) assert_true(same(&a->sweep.npv_k[c], &b->sweep.npv_k[c]));
    const struct orgsim_sensitivity *f = &a->found, *g = &b->found;
    assert_true(f->n == g->n && f->points == g->points && f->impossible == g->impossible && same(&f->at_present, &g->at_present));
    assert_true(same_number(f->outcome_mean, g->outcome_mean) && same_number(f->outcome_sd, g->outcome_sd) && same_number(f->point_se, g->point_se));
    for (size_t k = 0; k < f->n; k++) assert_true(same_row(&f->row[k], &g->row[k]));
    const struct orgsim_voi *v = &a->voi, *w = &b->voi;
    assert_true(v->points == w->points && v->impossible == w->impossible && v->n == w->n && v->choice == w->choice);
    assert_true(same_number(v->perfect_k, w->perfect_k) && same_number(v->perfect_se_k, w->perfect_se_k) && same_number(v->noise_k, w->noise_k));
    for (size_t k = 0; k < v->n; k++) assert_true(v->row[k].name == w->row[k].name && same_number(v->row[k].worth_k, w->row[k].worth_k));
    for (size_t k = 0; k < v->n_arms; k++) assert_true(same(&v->npv_k[k], &w->npv_k[k]) && same_number(v->best_share[k], w->best_share[k]));
}

static const struct orgsim_sensitivity_range too_far = {"m_max", 1, 4};
static const struct question questions[] = {
    {.axis = {"h_seat", 0, 3, 7}, .worlds = 200},
    {.axis = {"m_max", 2, 3, 5}, .worlds = 64},  /* some cells are impossible */
    {.axis = {"m_max", 3, 4, 5}, .worlds = 64},  /* all of them */
    {.axis = {"h_saet", 0, 3, 7}, .worlds = 64}, /* no such number */
    {.plan = {.method = ORGSIM_SENSITIVITY_tornado, .ranges = &too_far, .n_ranges = 1}, .worlds = 16},
    {.plan = {.method = ORGSIM_SENSITIVITY_morris, .size = 4}, .worlds = 8},
    {.plan = {.method = ORGSIM_SENSITIVITY_morris, .ranges = &too_far, .n_ranges = 1, .size = 4}, .worlds = 8}, /* refused in the middle */
    {.plan = {.method = ORGSIM_SENSITIVITY_rank, .ranges = &too_far, .n_ranges = 1, .size = 60}, .worlds = 8},
    {.plan = {.method = ORGSIM_SENSITIVITY_sobol, .size = 64, .inputs = 3}, .worlds = 8},
    {.points = 130, .worlds = 5},
};

static void all_find_what_one_finds_alone(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    lived_arms(scenario, "none tpm", arms);
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        struct asker alone, together[PROCESSES];
        set_up(&alone, NULL, 0, scenario, &questions[q], arms);
        together_ask(&alone.process);
        for (size_t size = 1; size <= PROCESSES; size++) {
            struct table table = {.size = size};
            for (size_t r = 0; r < size; r++) set_up(&together[r], &table, r, scenario, &questions[q], arms);
            ask_all(together, &table);
            for (size_t r = 0; r < size; r++) assert_same(&together[r], &alone);
            clear(together, size);
        }
        clear(&alone, 1);
    }
    orgsim_scenario_free(scenario);
}

/* More points than the processes live in a round. */
static void rounds_change_nothing(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    static const struct question many[] = {{.plan = {.method = ORGSIM_SENSITIVITY_morris, .size = 40}, .worlds = 2}, {.points = 3200, .worlds = 2}};
    lived_arms(scenario, "none tpm", arms);
    for (size_t q = 0; q < sizeof many / sizeof *many; q++) {
        struct asker alone, together[PROCESSES];
        struct table table = {.size = PROCESSES};
        set_up(&alone, NULL, 0, scenario, &many[q], arms);
        together_ask(&alone.process);
        for (size_t r = 0; r < PROCESSES; r++) set_up(&together[r], &table, r, scenario, &many[q], arms);
        ask_all(together, &table);
        for (size_t r = 0; r < PROCESSES; r++) assert_same(&together[r], &alone);
        assert_true(together[0].process.gathered > 2); /* two rounds or more, and the end */
        clear(together, PROCESSES);
        clear(&alone, 1);
    }
    orgsim_scenario_free(scenario);
}

/* At each of the first allocations, then at every stride-th: points are alike. */
static void fail_one(const struct orgsim_scenario *scenario, const size_t arms[2], const struct question *question, size_t stride)
{
    int status = ORGSIM_ERROR_MEMORY;
    for (size_t nth = 1; status; nth += nth < 150 ? 1 : stride) {
        struct asker together[2];
        struct table table = {.size = 2};
        for (size_t r = 0; r < 2; r++) set_up(&together[r], &table, r, scenario, question, arms);
        together[1].process.options.threads = 1;
        together[1].process.failing_allocation = nth;
        ask_all(together, &table);
        status = together[0].process.status;
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        assert_true(together[1].process.status == status && together[0].process.gathered == together[1].process.gathered);
        assert_true(nth < 1000000);
        clear(together, 2);
    }
}

static void a_failed_allocation_of_one_ends_all(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    static const struct question sweep = {.axis = {"m_max", 2, 3, 3}, .worlds = 2}, voi = {.points = 128, .worlds = 2};
    lived_arms(scenario, "none tpm", arms);
    fail_one(scenario, arms, &sweep, 13);
    fail_one(scenario, arms, &voi, 499);
    orgsim_scenario_free(scenario);
}

static void a_stop_of_one_keeps_the_same_in_all(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct asker together[PROCESSES];
    struct table table = {.size = PROCESSES};
    lived_arms(scenario, "none tpm", arms);
    for (size_t r = 0; r < PROCESSES; r++) set_up(&together[r], &table, r, scenario, &questions[0], arms);
    together[2].process.options.stop = &stopped;
    ask_all(together, &table);
    for (size_t r = 0; r < PROCESSES; r++) { /* the scenario as it is, and the first cell: those of the first two */
        assert_int_equal(together[r].process.status, ORGSIM_ERROR_INTERRUPTED);
        assert_int_equal(together[r].sweep.done, 1);
    }
    clear(together, PROCESSES);
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_find_what_one_finds_alone),
        cmocka_unit_test(rounds_change_nothing),
        cmocka_unit_test(a_failed_allocation_of_one_ends_all),
        cmocka_unit_test(a_stop_of_one_keeps_the_same_in_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
