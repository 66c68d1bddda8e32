/* test_metamorphic.c: what may be changed in a scenario without changing its answer, and how the answer must follow
 *
 * Twice the costs: twice the money and nothing else. Other names, or a risk that cannot happen: the same bits. Rows in another order: the same
 * distribution. A package cut in two that follow each other: the same frictionless date. (Levers that are all off: test_placebo.c. More attention:
 * test_monotone.c.)
 */
#include "study/book.h"

#include "support/chance.h"

enum { WORLDS = 256 };

#define ARMS "none coordinator costume tpm collapsed_one em_takes decouple"

static void live(struct lived *l, struct orgsim_scenario *scenario, const char *ids, uint64_t worlds)
{
    size_t arms[16];
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, ids, arms), worlds);
    lived_run(l, scenario, &options);
    orgsim_scenario_free(scenario);
}

/* ---- twice the costs ---- */

static void twice(char *cell)
{
    char *end;
    double value = strtod(cell, &end);
    if (end != cell && *end == '\0') book_set(cell, "%.17g", 2 * value);
}

static void double_column(struct book *book, const char *sheet, const char *column)
{
    struct sheet *s = book_sheet(book, sheet);
    for (size_t r = 1; r < s->rows; r++) twice(book_cell(s, r, column));
}

static void double_costs(struct book *book)
{
    static const char *const rates[] = {"benefit_load", "hiring_fee_share", "discount_rate"};
    struct sheet *money = book_sheet(book, "money");
    for (size_t r = 1; r < money->rows; r++) {
        bool rate = false;
        for (size_t k = 0; k < sizeof rates / sizeof *rates; k++) rate |= !strcmp(book_cell(money, r, "item"), rates[k]);
        if (!rate) twice(book_cell(money, r, "value"));
    }
    double_column(book, "seats", "cost_per_year");
    double_column(book, "arms", "extra_cost_per_year");
    double_column(book, "risks", "mitigation_cost_k");
    double_column(book, "packages", "penalty_k_per_week");
}

/* 2: doubles, in every bit; 1: stays, in every bit; 0: the net value, a difference of both. */
static int factor_of(size_t metric)
{
    static const size_t money[] = {ORGSIM_METRIC_cost_k, ORGSIM_METRIC_cost_without_seats_k, ORGSIM_METRIC_seat_cost_k,
                                   ORGSIM_METRIC_penalties_k, ORGSIM_METRIC_decision_debt_interest_k};
    for (size_t k = 0; k < sizeof money / sizeof *money; k++)
        if (money[k] == metric) return 2;
    return metric == ORGSIM_METRIC_npv_k ? 0 : 1;
}

static void twice_the_costs_is_twice_the_money(void **state)
{
    (void)state;
    struct book *book = book_read("startup");
    struct lived once, dear;
    live(&once, book_load(book), ARMS, WORLDS);
    double_costs(book);
    live(&dear, book_load(book), ARMS, WORLDS);
    free(book);
    for (size_t arm = 0; arm < once.arms; arm++) {
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            const float *a = lived_column(&once, arm, m), *b = lived_column(&dear, arm, m),
                        *value = lived_column(&once, arm, ORGSIM_METRIC_value_k);
            for (size_t w = 0; w < WORLDS; w++) {
                int factor = factor_of(m);
                bool holds = factor ? b[w] == (float)factor * a[w] : fabsf(b[w] - (2 * a[w] - value[w])) <= 1e-6f * (fabsf(b[w]) + value[w]);
                if (!holds) fail_msg("arm %zu, world %zu: %s is %.9g and was %.9g", arm, w, lived_metric(m), (double)b[w], (double)a[w]);
            }
        }
        assert_true(lived_differing(&once, arm, &dear, arm, ORGSIM_METRIC_cost_k, WORLDS) == WORLDS);
        assert_true(lived_differing(&once, arm, &dear, arm, ORGSIM_METRIC_penalties_k, WORLDS) > 0);
    }
    lived_free(&once);
    lived_free(&dear);
}

/* ---- other names, and a risk that cannot happen ---- */

/* Columns of ids and of words for people. */
static bool is_id(const char *column)
{
    static const char *const ids[] = {"team", "package", "feature", "risk", "question", "from", "to", "seat", "person", "a", "b", "forum"};
    for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
        if (!strcmp(ids[k], column)) return true;
    return false;
}

static bool is_word(const char *column)
{
    static const char *const words[] = {"name", "label", "unit", "site", "source", "why", "mitigation"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (!strcmp(words[k], column)) return true;
    return false;
}

/* Ids get other first letters, so that no order by name stays. */
static void rename_cell(const char *sheet, const char *column, char *cell)
{
    const char *team = !strncmp(cell, "em:", 3) ? cell + 3 : NULL;
    if (*cell == '\0') return;
    if (team) book_set(cell, "em:%c%.100s", 'Z' - team[strlen(team) - 1] % 20, team);
    else if (is_id(column)) book_set(cell, "%c%.100s", 'Z' - cell[strlen(cell) - 1] % 20, cell);
    else if (is_word(column) && strcmp(sheet, "money") && strcmp(sheet, "assumptions") && strcmp(sheet, "program"))
        book_set(cell, "other words for %.100s", cell);
}

static void other_names_change_nothing(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"startup", "platform-migration"};
    for (size_t s = 0; s < sizeof scenarios / sizeof *scenarios; s++) {
        struct book *book = book_read(scenarios[s]);
        struct lived before, after;
        live(&before, book_load(book), ARMS, WORLDS);
        for (size_t f = 0; f < BOOK_SHEETS; f++)
            for (size_t r = 1; r < book->sheets[f].rows; r++)
                for (size_t c = 0; c < book->sheets[f].columns; c++)
                    rename_cell(book->sheets[f].name, book->sheets[f].cell[0][c], book->sheets[f].cell[r][c]);
        live(&after, book_load(book), ARMS, WORLDS);
        free(book);
        for (size_t arm = 0; arm < before.arms; arm++) lived_same_arm(&before, arm, &after, arm, WORLDS, scenarios[s]);
        lived_free(&before);
        lived_free(&after);
    }
}

static void a_risk_that_cannot_happen_changes_nothing(void **state)
{
    (void)state;
    struct book *book = book_read("platform-migration");
    struct sheet *risks = book_sheet(book, "risks");
    struct lived without, with, likely;
    live(&without, book_load(book), ARMS, WORLDS);
    size_t row = book_append(risks, 1);
    book_set(book_cell(risks, row, "risk"), "R999");
    book_set(book_cell(risks, row, "probability"), "0");
    book_set(book_cell(risks, row, "mitigation"), "%s", "");
    book_set(book_cell(risks, row, "mitigation_cost_k"), "%s", "");
    book_set(book_cell(risks, row, "planned"), "%s", "");
    book_set(book_cell(risks, row, "post_impact_factor"), "%s", "");
    live(&with, book_load(book), ARMS, WORLDS);
    book_set(book_cell(risks, row, "probability"), "1");
    live(&likely, book_load(book), ARMS, WORLDS);
    free(book);
    for (size_t arm = 0; arm < without.arms; arm++) {
        lived_same_arm(&without, arm, &with, arm, WORLDS, "a risk of probability 0");
        assert_true(lived_differing(&without, arm, &likely, arm, ORGSIM_METRIC_finish_week, WORLDS) > WORLDS / 2); /* and it can be told */
    }
    lived_free(&without);
    lived_free(&with);
    lived_free(&likely);
}

/* ---- rows in another order ---- */

static bool mean_is_kept(const struct lived *a, const struct lived *b, size_t arm, size_t metric)
{
    double *difference = malloc(a->worlds * sizeof *difference);
    assert_non_null(difference);
    for (size_t w = 0; w < a->worlds; w++) difference[w] = (double)lived_column(b, arm, metric)[w] - (double)lived_column(a, arm, metric)[w];
    bool holds = chance_mean(lived_metric(metric), difference, a->worlds, 0, 0);
    free(difference);
    return holds;
}

static bool order_of_rows_does_not_matter(size_t worlds)
{
    static const char *const turned[] = {"teams", "packages", "features", "dependencies", "risks", "questions", "correlations"};
    static const size_t metrics[] = {ORGSIM_METRIC_finish_week,
                                     ORGSIM_METRIC_on_time,
                                     ORGSIM_METRIC_cost_k,
                                     ORGSIM_METRIC_value_k,
                                     ORGSIM_METRIC_npv_k,
                                     ORGSIM_METRIC_risks_realised,
                                     ORGSIM_METRIC_decision_debt_weeks,
                                     ORGSIM_METRIC_detection_lead_weeks,
                                     ORGSIM_METRIC_engineers_left,
                                     ORGSIM_METRIC_features_dropped};
    struct book *book = book_read("startup");
    struct lived forth, back;
    bool holds = true;
    live(&forth, book_load(book), "none tpm", worlds);
    for (size_t s = 0; s < sizeof turned / sizeof *turned; s++) book_reverse(book_sheet(book, turned[s]));
    live(&back, book_load(book), "none tpm", worlds);
    free(book);
    assert_true(forth.results.plan_weeks == back.results.plan_weeks);
    for (size_t arm = 0; arm < forth.arms; arm++) {
        assert_true(lived_differing(&forth, arm, &back, arm, ORGSIM_METRIC_finish_week, worlds) > worlds / 2); /* other luck */
        for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++) holds &= mean_is_kept(&forth, &back, arm, metrics[m]);
    }
    lived_free(&forth);
    lived_free(&back);
    return holds;
}

static void rows_in_another_order_change_no_distribution(void **state)
{
    (void)state;
    assert_true(chance_twice(order_of_rows_does_not_matter, 4096));
}

/* ---- a package in two parts ---- */

/* Certain efforts, and so many engineers that only max_engineers and what waits for what decide. */
static struct book *book_of_certain_efforts(void)
{
    struct book *book = book_read("startup");
    struct sheet *packages = book_sheet(book, "packages"), *teams = book_sheet(book, "teams");
    for (size_t r = 1; r < packages->rows; r++) {
        book_set(book_cell(packages, r, "effort_low_pw"), "%s", "");
        book_set(book_cell(packages, r, "effort_high_pw"), "%s", "");
    }
    for (size_t r = 1; r < teams->rows; r++) book_set(book_cell(teams, r, "engineers"), "1000");
    return book;
}

static double frictionless_finish(struct book *book)
{
    struct lived l;
    size_t arms[1];
    struct orgsim_scenario *scenario = book_load(book);
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none", arms), 1);
    options.frictionless = 1;
    lived_run(&l, scenario, &options);
    double finish = lived_column(&l, 0, ORGSIM_METRIC_finish_week)[0];
    assert_true(fabs(finish - l.results.plan_weeks) < 1e-3);
    lived_free(&l);
    orgsim_scenario_free(scenario);
    return finish;
}

/* A quarter of the work first; what came after the package comes after the rest. */
static void split(struct book *book, size_t row)
{
    struct sheet *packages = book_sheet(book, "packages"), *dependencies = book_sheet(book, "dependencies");
    size_t rest = book_append(packages, row), links = dependencies->rows;
    char id[BOOK_CELL];
    snprintf(id, sizeof id, "%s", book_cell(packages, row, "package"));
    double effort = strtod(book_cell(packages, row, "effort_mode_pw"), NULL);
    book_set(book_cell(packages, row, "effort_mode_pw"), "%.17g", effort / 4);
    book_set(book_cell(packages, rest, "effort_mode_pw"), "%.17g", effort - effort / 4);
    book_set(book_cell(packages, rest, "package"), "REST");
    if (!strcmp(book_cell(packages, row, "kind"), "integrate")) book_set(book_cell(packages, row, "kind"), "build");
    for (size_t d = 1; d < links; d++)
        if (!strcmp(book_cell(dependencies, d, "from"), id)) book_set(book_cell(dependencies, d, "from"), "REST");
    size_t link = book_append(dependencies, 1);
    for (size_t c = 0; c < dependencies->columns; c++) book_set(dependencies->cell[link][c], "%s", "");
    book_set(book_cell(dependencies, link, "from"), "%s", id);
    book_set(book_cell(dependencies, link, "to"), "REST");
}

static void a_package_in_two_parts_keeps_the_date(void **state)
{
    (void)state;
    struct book *whole = book_of_certain_efforts(), *parts = malloc(sizeof *parts);
    assert_non_null(parts);
    double finish = frictionless_finish(whole);
    size_t n = book_sheet(whole, "packages")->rows;
    assert_true(finish > 10 && n > 10);
    for (size_t row = 1; row < n; row++) {
        memcpy(parts, whole, sizeof *parts);
        split(parts, row);
        assert_true(chance_none(book_cell(book_sheet(parts, "packages"), row, "package"), frictionless_finish(parts), finish, 1e-4));
    }
    free(whole);
    free(parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_the_costs_is_twice_the_money),        cmocka_unit_test(other_names_change_nothing),
        cmocka_unit_test(a_risk_that_cannot_happen_changes_nothing), cmocka_unit_test(rows_in_another_order_change_no_distribution),
        cmocka_unit_test(a_package_in_two_parts_keeps_the_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
