/* test_exchange_searches.c: processes that part the worlds of each point of a search, or its rows and draws, all find what one finds alone */
#include "study/together.h"

#include "base/text.h"

struct question { const char *name; int (*ask)(struct process *process); uint64_t worlds; };

/* One process, and all that it found, written out. */
struct asker { struct process process; struct text found; };

static struct text *found_by(struct process *p) { return &((struct asker *)p)->found; }

static void add_estimate(struct text *t, const struct orgsim_estimate *e) { text_format(t, " %a %a %a", e->mean, e->ci_low, e->ci_high); }

static void add_break_even(struct text *t, const struct orgsim_break_even *b)
{
    text_format(t, "%d %a %a %a %d %d %d", (int)b->state, b->value, b->ci_low, b->ci_high, b->open_low, b->open_high, b->whole);
    add_estimate(t, &b->at_low);
    add_estimate(t, &b->at_high);
    add_estimate(t, &b->at_present);
}

/* --- the questions -------------------------------------------------------------------------------------------------------------------- */

static int ask_break_even(struct process *p)
{
    struct orgsim_break_even b;
    int status = orgsim_breakeven(p->scenario, &p->options, "h_seat", NAN, NAN, &b, &p->where);
    if (!status) add_break_even(found_by(p), &b);
    return status;
}

static int ask_impossible_break_even(struct process *p)
{
    struct orgsim_break_even b;
    return orgsim_breakeven(p->scenario, &p->options, "m_max", 1, 4, &b, &p->where);
}

static int ask_table(struct process *p)
{
    struct orgsim_break_even_table table;
    int status = orgsim_breakeven_table(p->scenario, &p->options, &table, &p->where);
    for (size_t r = 0; r < table.n; r++) {
        text_format(found_by(p), "\n%s %s ", table.row[r].name, table.row[r].why ? table.row[r].why : "");
        add_break_even(found_by(p), &table.row[r].found);
    }
    orgsim_break_even_table_free(&table);
    return status;
}

static int ask_claims(struct process *p)
{
    struct orgsim_claims claims;
    struct orgsim_run_options options = p->options;
    options.arms = NULL;
    options.n_arms = 0;
    int status = orgsim_claims(p->scenario, &options, &claims, &p->where);
    for (size_t r = 0; r < claims.n; r++) {
        text_format(found_by(p), "\n%s %d %a %a", claims.row[r].what, (int)claims.row[r].verdict, claims.row[r].first_level, claims.row[r].second_level);
        add_estimate(found_by(p), &claims.row[r].difference);
    }
    orgsim_claims_free(&claims);
    return status;
}

static int ask_selection(struct process *p)
{
    static const struct orgsim_select_options choice = {.objective = {ORGSIM_METRIC_npv_k, ORGSIM_RISK_cvar}, .budget_k_per_year = NAN, .confidence = 0.9, .indifference = NAN};
    struct orgsim_selection s;
    int status = orgsim_select(p->scenario, &p->options, &choice, &s, &p->where);
    text_format(found_by(p), "%d %a %a %a", s.decided, s.indifference, s.chosen, s.baseline);
    add_estimate(found_by(p), &s.difference);
    for (size_t k = 0; k < s.n; k++) {
        text_format(found_by(p), "\n%s %a %a %a", s.candidate[k].label, s.candidate[k].value, s.candidate[k].npv_k, s.candidate[k].finish_week);
        add_estimate(found_by(p), &s.candidate[k].behind);
    }
    orgsim_selection_free(&s);
    return status;
}

static int ask_tuning(struct process *p)
{
    static const struct orgsim_objective objective = {ORGSIM_METRIC_npv_k, ORGSIM_RISK_mean};
    static const struct orgsim_tune_axis axes[] = {{"slots1", 1, 6}}; /* few of them never drain the queue: forbidden */
    struct orgsim_tuning t;
    int status = orgsim_tune(p->scenario, &p->options, &objective, axes, 1, &t, &p->where);
    text_format(found_by(p), "%a %a %a %llu", t.best[0], t.at_present, t.at_best, (unsigned long long)t.points);
    add_estimate(found_by(p), &t.difference);
    return status;
}

static int ask_ignorance(struct process *p)
{
    struct orgsim_ignorance i;
    int status = orgsim_ignorance(p->scenario, &p->options, 20, 0, &i, &p->where);
    text_format(found_by(p), "%llu %llu", (unsigned long long)i.draws, (unsigned long long)i.impossible);
    for (size_t k = 0; k < i.draws * i.n_arms * ORGSIM_IGNORANCE_METRIC_COUNT; k++) text_format(found_by(p), " %a", i.mean[k]);
    for (size_t a = 0; a < i.n_arms && i.draws; a++) text_format(found_by(p), "\n%a %a %a", i.pair[a].pays_share, i.pair[a].both_variance, i.pair[a].simulation_se);
    orgsim_ignorance_free(&i);
    return status;
}

static int ask_attribution(struct process *p)
{
    struct orgsim_attribution a;
    int status = orgsim_attribution(p->scenario, &p->options, 0, &a, &p->where);
    for (size_t l = 0; l < ORGSIM_LEVER_COUNT; l++) {
        text_format(found_by(p), "\n%d", (int)a.lever[l].state);
        add_estimate(found_by(p), &a.lever[l].npv_k);
    }
    for (size_t c = 0; c < ORGSIM_CONTRARY_COUNT; c++) add_estimate(found_by(p), &a.contrary[c]);
    add_break_even(found_by(p), &a.h_seat);
    return status;
}

static const struct question questions[] = {
    {"break-even", ask_break_even, 700},
    {"break-even of an impossible range", ask_impossible_break_even, 64},
    {"table", ask_table, 32},
    {"claims", ask_claims, 140},
    {"selection", ask_selection, 2100},
    {"tuning", ask_tuning, 256},
    {"ignorance", ask_ignorance, 140},
    {"attribution", ask_attribution, 300},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

static void set_up(struct asker *a, struct table *table, size_t rank, const struct orgsim_scenario *scenario, const struct question *q, const size_t arms[2])
{
    *a = (struct asker){0};
    together_set_up(&a->process, table, rank, scenario, arms, q->worlds, q->ask);
}

/* --- tests ---------------------------------------------------------------------------------------------------------------------------- */

static void all_find_what_one_finds_alone(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    lived_arms(scenario, "none tpm", arms);
    for (size_t q = 0; q < QUESTIONS; q++) {
        struct asker alone, together[PROCESSES];
        set_up(&alone, NULL, 0, scenario, &questions[q], arms);
        together_ask(&alone.process);
        assert_true(alone.process.status ? alone.process.status == ORGSIM_ERROR_USAGE && alone.process.where.what[0] : alone.found.n > 20);
        for (size_t size = 2; size <= PROCESSES; size++) {
            struct table table = {.size = size};
            for (size_t r = 0; r < size; r++) set_up(&together[r], &table, r, scenario, &questions[q], arms);
            together_ask_all(together, sizeof *together, &table);
            for (size_t r = 0; r < size; r++) {
                if (together[r].process.status != alone.process.status) fail_msg("%s: process %zu of %zu ends with %d", questions[q].name, r, size, together[r].process.status);
                assert_string_equal(together[r].process.where.what, alone.process.where.what);
                assert_string_equal(together[r].found.s ? together[r].found.s : "", alone.found.s ? alone.found.s : "");
                text_free(&together[r].found);
            }
        }
        text_free(&alone.found);
    }
    orgsim_scenario_free(scenario);
}

/* One of two runs out of memory, ever later: both end with it, and have met as often. */
static void a_failed_allocation_of_one_ends_all(void **state)
{
    (void)state;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    lived_arms(scenario, "none tpm", arms);
    for (size_t q = 0; q < QUESTIONS; q++) {
        int status = ORGSIM_ERROR_MEMORY;
        for (size_t nth = 1; status == ORGSIM_ERROR_MEMORY; nth += 1 + nth) {
            struct asker together[2];
            struct table table = {.size = 2};
            for (size_t r = 0; r < 2; r++) set_up(&together[r], &table, r, scenario, &questions[q], arms);
            together[1].process.options.threads = 1;
            together[1].process.failing_allocation = nth;
            together_ask_all(together, sizeof *together, &table);
            status = together[0].process.status;
            assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY || status == ORGSIM_ERROR_USAGE);
            assert_true(together[1].process.status == status && together[0].process.gathered == together[1].process.gathered);
            for (size_t r = 0; r < 2; r++) text_free(&together[r].found);
        }
    }
    orgsim_scenario_free(scenario);
}

static void a_stop_of_one_ends_all(void **state)
{
    (void)state;
    static const volatile int stopped = 1;
    size_t arms[2];
    struct orgsim_scenario *scenario = lived_scenario("startup");
    lived_arms(scenario, "none tpm", arms);
    for (size_t q = 0; q < QUESTIONS; q++) {
        struct asker together[PROCESSES];
        struct table table = {.size = PROCESSES};
        if (questions[q].ask == ask_impossible_break_even) continue; /* which is refused whoever is stopped */
        for (size_t r = 0; r < PROCESSES; r++) set_up(&together[r], &table, r, scenario, &questions[q], arms);
        together[1].process.options.stop = &stopped;
        together_ask_all(together, sizeof *together, &table);
        for (size_t r = 0; r < PROCESSES; r++) {
            assert_int_equal(together[r].process.status, ORGSIM_ERROR_INTERRUPTED);
            text_free(&together[r].found);
        }
    }
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_find_what_one_finds_alone),
        cmocka_unit_test(a_failed_allocation_of_one_ends_all),
        cmocka_unit_test(a_stop_of_one_ends_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
