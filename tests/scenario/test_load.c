/* test_load.c: a good scenario becomes exactly what its tables say */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario/columns.h"
#include "scenario/folder.h"
#include "scenario/scenario.h"
#include "scenario/target.h"

static char folder[64];

/* noted: the one note that is told; NULL: none is. */
static struct orgsim_scenario *load_noted(const char *const *settings, size_t n, const char *noted)
{
    struct orgsim_scenario *s = NULL;
    struct orgsim_problems problems = {0};
    char text[1200];
    int status = orgsim_scenario_load(folder, settings, n, &s, &problems);
    for (size_t k = 0; k < problems.n; k++) print_message("%s\n", folder_message(text, folder, &problems.list[k]));
    assert_int_equal(status, 0);
    assert_int_equal(problems.n, noted != NULL);
    if (noted) assert_string_equal(folder_message(text, folder, &problems.list[0]), noted);
    orgsim_problems_free(&problems);
    return s;
}

static struct orgsim_scenario *load_with(const char *const *settings, size_t n) { return load_noted(settings, n, NULL); }

static int set_up(void **state)
{
    (void)state;
    folder_create(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

static void put(const char *name, const char *text) { folder_write(folder, name, text, strlen(text)); }

static void rows_are_as_written(void **state)
{
    (void)state;
    struct orgsim_scenario *s = load_with(NULL, 0);
    assert_string_equal(orgsim_scenario_name(s), "Atlas");
    assert_string_equal(s->settings.currency, "EUR");
    assert_true(s->settings.horizon_weeks == 156 && s->settings.deadline_week == 40 && isnan(s->settings.value_horizon_weeks));
    assert_int_equal(s->settings.release, RELEASE_INCREMENTAL);
    assert_int_equal(s->settings.first_hire, FIRST_HIRE_GIVEN);
    assert_int_equal(s->n_teams, 3);
    assert_string_equal(s->teams[1].name, "Web");
    assert_true(s->teams[1].em_judgment == 0.6 && isnan(s->teams[0].em_judgment));
    assert_int_equal(s->n_units, 2);
    assert_int_equal(s->teams[1].unit, 0);
    assert_int_equal(s->teams[2].unit, 1);
    assert_string_equal(s->site_names[s->teams[2].site], "Pune");
    assert_int_equal(s->n_packages, 4);
    assert_string_equal(s->packages[0].name, "API, version 2");
    assert_int_equal(s->packages[2].team, 2);
    assert_int_equal(s->packages[2].kind, PACKAGE_MIGRATION);
    assert_true(s->packages[1].max_engineers == 5); /* blank: everyone of the team */
    assert_true(s->packages[2].due_week == 30 && s->packages[2].penalty_k_per_week == 2 && isnan(s->packages[0].due_week));
    assert_int_equal(s->packages[1].effort.kind, DISTRIBUTION_TRIANGULAR);
    assert_int_equal(s->packages[2].effort.kind, DISTRIBUTION_LOGNORMAL);
    assert_int_equal(s->n_dependencies, 4);
    assert_true(s->dependencies[0].lag_weeks == 1 && s->dependencies[0].known_at_planning);
    assert_false(s->dependencies[1].known_at_planning);
    assert_true(s->dependencies[3].known_at_planning && s->dependencies[3].to == 3);
    orgsim_scenario_free(s);
}

static void register_is_as_written(void **state)
{
    (void)state;
    struct orgsim_scenario *s = load_with(NULL, 0);
    assert_int_equal(s->n_risks, 3);
    assert_int_equal(s->risks[0].category, RISK_TECHNICAL);
    assert_true(s->risks[0].impact_high_pw == 5 && s->risks[0].detectability == 1.2 && s->risks[0].severity == 1 &&
                !s->risks[0].has_mitigation);
    assert_true(isnan(s->risks[1].impact_mode_pw) && isnan(s->risks[1].growth_per_week) && isnan(s->risks[1].post_probability));
    assert_int_equal(s->risks[1].altitude, ALTITUDE_CROSS);
    assert_true(s->risks[2].has_mitigation && s->risks[2].planned && s->risks[2].mitigation_cost_k == 12 &&
                s->risks[2].post_impact_factor == 0.5);
    assert_string_equal(s->risks[2].mitigation, "survey");
    assert_int_equal(s->n_questions, 2);
    assert_int_equal(s->questions[1].kind, QUESTION_PRODUCT);
    assert_true(s->questions[0].opens_at_share == 0.3 && isnan(s->questions[1].opens_at_share));
    assert_true(s->features[0].value_mode_k == 20 && isnan(s->features[1].value_mode_k) && s->features[1].origin == ORIGIN_REQUEST);
    assert_true(s->forums[0].slots == 5 && s->forums[0].attendees == 10 && isnan(s->forums[1].slots) && s->forums[1].attendee_hours == 0.5);
    assert_true(s->money.engineer_per_year == 131000 && s->money.benefit_load == 1.4 && isnan(s->money.tpm_per_year));
    assert_true(s->assumptions.tau_ramp == 10 && s->assumption_low[ASSUMPTION_tau_ramp] == 6 && s->assumption_high[ASSUMPTION_tau_ramp] == 16);
    assert_string_equal(s->assumption_source[ASSUMPTION_tau_ramp], "our survey");
    assert_true(s->assumptions.theta == 1 && s->assumption_low[ASSUMPTION_theta] == 0.8);
    assert_null(s->assumption_source[ASSUMPTION_theta]);
    assert_int_equal(s->n_calendar, 2);
    assert_true(s->calendar[0].team == SCENARIO_NONE && s->calendar[1].team == 1 && s->calendar[1].capacity == 0);
    assert_int_equal(s->n_correlated, 3);
    assert_true(s->correlated[2].is_risk && s->correlated[2].row == 0 && s->correlated[1].row == 1);
    assert_int_equal(s->copula.n, 3);
    assert_true(fabs(s->copula.factor[3] - 0.4) < 1e-12);
    orgsim_scenario_free(s);
}

static void seats_are_as_written(void **state)
{
    (void)state;
    struct orgsim_scenario *s = load_with(NULL, 0);
    assert_int_equal(orgsim_scenario_arms(s), 5);
    assert_string_equal(orgsim_scenario_arm(s, 4), "one");
    assert_null(orgsim_scenario_arm(s, 5));
    assert_true(s->settings.baseline_arm == 0 && s->settings.headline_arm == 1);
    const struct scenario_arm *tpm = &s->arms[1], *one = &s->arms[4];
    assert_int_equal(tpm->n_seats, 2);
    assert_int_equal(tpm->n_persons, 2);
    assert_int_equal(tpm->seats[1].judgment.assumption, ASSUMPTION_J_tpm);
    assert_true(scenario_cell_value(s, tpm->seats[1].judgment) == s->assumptions.J_tpm);
    assert_true(scenario_cell_value(s, tpm->seats[0].empowerment) == 0.35 && tpm->seats[0].weeks_in_seat == 26);
    assert_true(tpm->seats[1].cost_per_year == 229000 && tpm->seats[1].start_week == 4 && tpm->seats[1].weeks_in_seat == 0);
    assert_true(isnan(tpm->seats[0].cost_per_year));
    assert_true(isnan(s->arms[2].extra_engineers) && s->arms[2].placement == PLACE_BEST);
    assert_true(s->arms[3].ambiguity_decoupled && s->arms[3].h_dep_decoupled && isnan(s->arms[3].extra_cost_per_year));
    assert_true(one->extra_engineers == 1.5 && one->placement == PLACE_TEAM && one->extra_team == 1);
    assert_true(one->ambiguity_factor.value == 0.9 && one->h_dep_factor.assumption == ASSUMPTION_decoupling_effect);
    assert_int_equal(one->n_seats, 3);
    assert_int_equal(one->n_persons, 2);
    assert_true(one->seats[0].person == one->seats[1].person && one->seats[2].person == 1);
    assert_true(one->seats[2].em_of_team == 1 && one->seats[0].em_of_team == SCENARIO_NONE);
    orgsim_scenario_free(s);
}

static void optional_files_may_be_absent(void **state)
{
    (void)state;
    const char *optional[] = {"questions.csv", "forums.csv", "money.csv", "assumptions.csv", "calendar.csv", "correlations.csv"};
    char path[256];
    for (size_t k = 0; k < sizeof optional / sizeof *optional; k++) {
        snprintf(path, sizeof path, "%s/%s", folder, optional[k]);
        assert_int_equal(remove(path), 0);
    }
    put("program.csv", "setting,value\n");
    put("risks.csv", "risk,category,package,probability\n");
    put("seats.csv", "arm,role\n");
    put("arms.csv", "arm\nlean\nnone\ntpm\n");
    struct orgsim_scenario *s = load_with(NULL, 0);
    assert_string_equal(orgsim_scenario_name(s), strrchr(folder, '/') + 1);
    assert_string_equal(s->settings.currency, "USD");
    assert_true(s->settings.baseline_arm == 1 && s->settings.headline_arm == 2);
    assert_true(s->n_risks == 0 && s->arms[2].n_seats == 0 && s->arms[2].extra_engineers == 0 && s->arms[2].ambiguity_factor.value == 1);
    assert_string_equal(s->arms[2].label, "tpm");
    assert_string_equal(s->forums[1].id, "executive");
    assert_true(isnan(s->forums[1].slots) && isnan(s->money.discount_rate) && s->copula.n == 0);
    orgsim_scenario_free(s);
}

static void efforts_come_from_files(void **state)
{
    (void)state;
    put("packages.csv", "package,team,effort_mode_pw,feature,distribution\n"
                        "P1,PAY,10,F1,discrete:api.csv\n"
                        "P2,WEB,8,F2,empirical:web.csv\n"
                        "P3,DATA,9,,empirical:web.csv\n"
                        "P4,PAY,3,,\n");
    put("api.csv", "probability,value\n0.25,10\n0.75,5\n");
    put("web.csv", "value\n8\n12\n16\n");
    struct orgsim_scenario *s = load_with(NULL, 0);
    uint64_t digest = scenario_digest(s);
    assert_int_equal(s->packages[0].effort.kind, DISTRIBUTION_DISCRETE);
    assert_int_equal(s->packages[0].effort.n, 2);
    assert_int_equal(s->packages[1].effort.kind, DISTRIBUTION_EMPIRICAL);
    assert_true(s->packages[1].effort.value[2] == 2);
    assert_true(fabs(s->packages[2].effort.value[0] - 8.0 / 9) < 1e-12);
    assert_int_equal(s->packages[3].effort.kind, DISTRIBUTION_CONSTANT);
    orgsim_scenario_free(s);
    put("web.csv", "value\n8\n12\n17\n");
    s = load_with(NULL, 0);
    assert_true(scenario_digest(s) != digest);
    orgsim_scenario_free(s);
}

static void digest_is_of_the_cells(void **state)
{
    (void)state;
    struct orgsim_scenario *s = load_with(NULL, 0);
    const uint64_t digest = scenario_digest(s);
    orgsim_scenario_free(s);
    folder_remove(folder);
    folder_create(folder); /* another path */
    put("dependencies.csv",
        "known_at_planning,from,ambiguity,lag_weeks,to\n# comment\nyes,\"P1\",0.4,1,P2\nno,P1,0.2,,P3\nyes,P2,0.3,,P4\n,P3,0.3,0.5,P4");
    s = load_with(NULL, 0);
    assert_true(scenario_digest(s) == digest);
    orgsim_scenario_free(s);
    put("dependencies.csv", "\xef\xbb\xbf" "from;to;lag_weeks;ambiguity;known_at_planning\r\nP1;P2;1;0,4;yes\r\nP1;P3;;0,2;no\r\n"
                            "P2;P4;;0,3;yes\r\nP3;P4;0,5;0,3;\r\n");
    struct orgsim_problems notes = {0};
    assert_int_equal(orgsim_scenario_load(folder, NULL, 0, &s, &notes), 0);
    assert_int_equal(notes.n, 4);
    assert_true(scenario_digest(s) == digest);
    orgsim_problems_free(&notes);
    orgsim_scenario_free(s);
    put("dependencies.csv", "from,to,lag_weeks,ambiguity,known_at_planning\nP1,P2,1,0.4,yes\nP1,P3,,0.2,no\nP2,P4,,0.31,yes\nP3,P4,0.5,0.3,\n");
    s = load_with(NULL, 0);
    assert_true(scenario_digest(s) != digest);
    orgsim_scenario_free(s);
}

static void settings_override(void **state)
{
    (void)state;
    const char *settings[] = {"tau_ramp=12", "money.tpm_per_year=150000", "*.pm.judgment=0.45", "tpm.tpm.judgment=0.8", "q_min=0.65",
                              "m_max=2.6"};
    struct orgsim_scenario *s = load_noted(settings, 6, "note: --set: m_max is 2.6, outside its range 1 to 2.4; see that you mean it");
    assert_true(s->assumptions.tau_ramp == 12 && s->money.tpm_per_year == 150000);
    assert_string_equal(s->assumption_source[ASSUMPTION_tau_ramp], "--set");
    for (size_t a = 0; a < s->n_arms; a++) assert_true(scenario_cell_value(s, s->arms[a].seats[0].judgment) == 0.45);
    assert_true(scenario_cell_value(s, s->arms[1].seats[1].judgment) == 0.8);
    assert_true(s->arms[4].seats[1].judgment.assumption == ASSUMPTION_J_tpm);
    struct target target;
    struct orgsim_where where = {0};
    assert_int_equal(target_find(s, "tpm.tpm.cost_per_year", &target, &where), 0);
    assert_true(target_get(s, &target) == 229000);
    assert_int_equal(target_find(s, "program.deadline_week", &target, &where), 0);
    assert_true(target_get(s, &target) == 40);
    assert_int_equal(scenario_override(s, "program.deadline_week=52.5", &where), 0);
    assert_true(target_get(s, &target) == 52.5 && s->settings.deadline_week == 52.5);
    assert_int_equal(scenario_override(s, "program.deadline_week=156", &where), ORGSIM_ERROR_USAGE); /* the horizon */
    assert_int_equal(scenario_override(s, "m_max=3", &where), 0);
    assert_int_equal(scenario_check_values(s, &where), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(scenario_override(s, "m_max=2", &where), 0);
    assert_int_equal(scenario_check_values(s, &where), 0);
    orgsim_scenario_free(s);
}

/* A setting that is wrong, and what is said. */
static const struct {
    const char *setting, *message;
} wrong[] = {
    {"tau_rmp=3", "--set: parameter \"tau_rmp\" is not known; did you mean \"tau_ramp\"?"},
    {"zzzzz=3", "--set: parameter \"zzzzz\" is not known; name a parameter, money.ITEM or ARM.ROLE.FIELD"},
    {"program.deadline_weak=3", "--set: setting \"deadline_weak\" is not known; did you mean \"deadline_week\"?"},
    {"program.name=3", "--set: setting \"name\" is not known; only deadline_week can be moved"},
    {"program.deadline_week=0", "--set: deadline_week is 0; it must be above 0 and at most 2600 (1e-6 is the least)"},
    {"tau_ramp", "--set: \"tau_ramp\" sets nothing; write NAME=VALUE"},
    {"tau_ramp=soon", "--set: value \"soon\" of tau_ramp is not a number; write a number with a decimal point"},
    {"tau_ramp=0", "--set: tau_ramp is 0; it must be above 0 and at most 1000000 (1e-6 is the least)"},
    {"q0=1.5", "--set: q0 is 1.5; it must be from 0 to 1"},
    {"money.tpm_per_yaer=1", "--set: money item \"tpm_per_yaer\" is not known; did you mean \"tpm_per_year\"?"},
    {"money.benefit_load=0.5", "--set: benefit_load is 0.5; it must be from 1 to 10"},
    {"tmp.tpm.judgment=1", "--set: arm \"tmp\" is not known; did you mean \"tpm\"?"},
    {"tpm.tpn.judgment=1", "--set: role \"tpn\" is not known; did you mean \"tpm\"?"},
    {"tpm.tpm.judgement=1", "--set: seat field \"judgement\" is not known; did you mean \"judgment\"?"},
    {"tpm.tpm.judgment=1.2", "--set: judgment is 1.2; it must be from 0 to 1"},
    {"none.tpm.judgment=1", "--set: arm \"none\" has no seat of role tpm; choose a seat that is there"},
    {"shape.teams=4", "--set: the shape of a program cannot be set; vary it with orgsim sweep --vary, or make a program of that shape with orgsim new"},
    {"tpm.tpm=1", "--set: \"tpm.tpm\" is not a name of a value; write a parameter, money.ITEM, program.deadline_week or ARM.ROLE.FIELD"},
};

static void wrong_settings_are_named(void **state)
{
    (void)state;
    char text[1200];
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct orgsim_scenario *s = NULL;
        struct orgsim_problems problems = {0};
        assert_int_equal(orgsim_scenario_load(folder, &wrong[k].setting, 1, &s, &problems), ORGSIM_ERROR_USAGE);
        assert_null(s);
        assert_int_equal(problems.n, 1);
        assert_string_equal(folder_message(text, folder, &problems.list[0]), wrong[k].message);
        orgsim_problems_free(&problems);
    }
}

static void a_missing_folder_is_named(void **state)
{
    (void)state;
    struct orgsim_scenario *s = NULL;
    struct orgsim_problems problems = {0};
    char text[1200];
    assert_int_equal(orgsim_scenario_load("/nonexistent/atlas", NULL, 0, &s, &problems), ORGSIM_ERROR_SCENARIO);
    assert_null(s);
    assert_string_equal(folder_message(text, "-", &problems.list[0]),
                        "/nonexistent/atlas: there is no such folder; name the folder that holds the scenario's tables");
    orgsim_problems_free(&problems);
    orgsim_scenario_free(NULL);
}

/* Every allocation fails once; nothing leaks, nothing half-made is handed out. */
static void memory_failures_are_survived(void **state)
{
    (void)state;
    bool finished = false;
    const char *settings[] = {"tau_ramp=12"};
    put("web.csv", "value\n8\n12\n16\n");
    put("packages.csv",
        "package,team,effort_mode_pw,feature,distribution\nP1,PAY,10,F1,empirical:web.csv\nP2,WEB,8,F2,\nP3,DATA,9,,\nP4,PAY,3,,\n");
    for (size_t nth = 1; nth < 5000 && !finished; nth++) {
        struct orgsim_scenario *s = NULL;
        struct orgsim_problems problems = {0};
        memory_fail_at(nth);
        int status = orgsim_scenario_load(folder, settings, 1, &s, &problems);
        finished = memory_fail_at(0) < nth;
        assert_int_equal(status, finished ? 0 : ORGSIM_ERROR_MEMORY);
        assert_true((s != NULL) == finished);
        orgsim_problems_free(&problems);
        orgsim_scenario_free(s);
    }
    assert_true(finished);
}

/* Every column can be documented from its table. */
static void columns_are_described(void **state)
{
    (void)state;
    for (enum table table = 0; table < TABLES; table++) {
        assert_true(columns_of[table].n_columns <= COLUMNS_MOST);
        assert_non_null(columns_of[table].meaning);
        for (size_t k = 0; k < columns_of[table].n_columns; k++) {
            const struct column *column = &columns_of[table].columns[k];
            assert_non_null(column->meaning);
            assert_true(column->type != COLUMN_WORD || column->words);
            assert_true(column->type != COLUMN_NUMBER || (column->unit && column->high > column->low));
        }
    }
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(rows_are_as_written),       TEST(register_is_as_written),       TEST(seats_are_as_written),  TEST(optional_files_may_be_absent),
        TEST(efforts_come_from_files),   TEST(digest_is_of_the_cells),       TEST(settings_override),     TEST(wrong_settings_are_named),
        TEST(a_missing_folder_is_named), TEST(memory_failures_are_survived), TEST(columns_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
