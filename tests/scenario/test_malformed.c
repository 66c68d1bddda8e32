/* test_malformed.c: each way to spoil a scenario has its message, at its place, and no other */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario/folder.h"

enum { BAD, NOTED };

/* In `file`, `find` (NULL: the whole text; the file is removed when `put` is NULL too) becomes `put`; exactly `message` is said. */
struct mutation {
    const char *file, *find, *put;
    int outcome;
    const char *message;
};

static const struct mutation mutations[] = {
    /* files */
    {"teams.csv", NULL, NULL, BAD, "teams.csv: the file is missing; a scenario needs it for who does the work; add it, at least its header"},
    {"seats.csv", NULL, NULL, BAD,
     "seats.csv: the file is missing; a scenario needs it for who coordinates in each organisation; add it, at least its header"},
    {"risks.csv", NULL, NULL, BAD, "risks.csv: the file is missing; a scenario needs it for the register; add it, at least its header"},
    {"program.csv", NULL, "", BAD, "program.csv: the file has no header; begin with a row of column names"},
    {"forum.csv", NULL, "forum,level\n", NOTED, "note: forum.csv: nothing reads this file; did you mean \"forums.csv\"?"},
    {"notes-of-2019.csv", NULL, "a\n", NOTED, "note: notes-of-2019.csv: nothing reads this file; remove it if it is not needed"},
    {"arms.csv", NULL, "arm,label\n", BAD, "arms.csv: the table is empty; add at least one arm"},

    /* how a file is written */
    {"questions.csv", "question,", "\xef\xbb\xbfquestion,", NOTED,
     "note: questions.csv:1:1: the file begins with a byte order mark (BOM); accepted"},
    {"questions.csv", ",0.3\n", ",0.3\r\n", NOTED, "note: questions.csv:1:1: lines end in carriage returns (CRLF); accepted"},
    {"calendar.csv", NULL, "from_week;to_week;team;capacity\n12;14;WEB;0.2\n", NOTED,
     "note: calendar.csv:1:1: semicolons separate the cells; accepted"},
    {"calendar.csv", "12,14,,0.2", "12,14,,\"0,2\"", BAD,
     "calendar.csv:2:4: capacity \"0,2\" has a decimal comma; write a decimal point, and no thousands separators"},
    {"calendar.csv", "12,14,,0.2,", "12,14,,0,2,", BAD,
     "calendar.csv:2:6: the row has 6 cells, the header 5; quote cells that hold a comma; write numbers with a decimal point"},
    {"teams.csv", "DATA,Data,4,Platform,Pune,,,", "DATA,Data,4,Platform,Pune", BAD,
     "teams.csv:6:5: the row has 5 cells, the header 8; leave a cell blank rather than out"},
    {"features.csv", "F1,Checkout", "F1,\"Checkout", BAD, "features.csv:2:2: a quote is opened here and never closed; close it"},
    {"features.csv", "Checkout", "The \"new\" checkout", BAD,
     "features.csv:2:2: a stray quote in the cell; quote the whole cell and double the quotes inside it"},
    {"teams.csv", "Payments", "Zahlungs\xfc", BAD, "teams.csv:3:2: the cell is not UTF-8; save the file as UTF-8"},
    {"teams.csv", "Payments", "Pay\x1b[1m", BAD, "teams.csv:3:2: the cell holds a control character; remove it"},

    /* columns */
    {"teams.csv", "em_judgment", "em_judgement", BAD, "teams.csv:2:6: column \"em_judgement\" is not known; did you mean \"em_judgment\"?"},
    {"teams.csv", "site", "name", BAD, "teams.csv:2:5: column \"name\" stands twice, first as column 2; keep one"},
    {"calendar.csv", "team", "", BAD, "calendar.csv:1:3: column 3 has no name; name it or remove it"},
    {"questions.csv", "opens_at_share", "why", BAD,
     "questions.csv:1:6: column \"why\" is not known; known are question, name, package, kind, altitude, opens_at_share"},

    /* cells */
    {"teams.csv", "Payments,6", "Payments,six", BAD, "teams.csv:3:3: engineers \"six\" is not a number; write a plain number (unit: people)"},
    {"teams.csv", "Payments,6", "Payments,0", BAD, "teams.csv:3:3: engineers is 0; it must be above 0 and at most 10000"},
    {"teams.csv", "Payments,6", "Payments,", BAD, "teams.csv:3:3: engineers is blank; write a number"},
    {"teams.csv", "0.6,0.2,10", "1.6,0.2,10", BAD, "teams.csv:5:6: em_judgment is 1.6; it must be from 0 to 1"},
    {"risks.csv", "technical,P1,0.3", "technical,P1,30%", BAD, "risks.csv:2:5: probability \"30%\" has a percent sign; write 50 % as 0.5"},
    {"risks.csv", "technical,P1,0.3", "technical,P1,1.3", BAD, "risks.csv:2:5: probability is 1.3; it must be from 0 to 1"},
    {"risks.csv", "market", "marketing", BAD, "risks.csv:4:3: category \"marketing\" is not known; did you mean \"market\"?"},
    {"risks.csv", "technical", "", BAD, "risks.csv:2:3: category is blank; write one of its words"},
    {"risks.csv", "12,yes", "12,maybe", BAD, "risks.csv:4:16: planned is \"maybe\"; write yes or no"},
    {"risks.csv", ",1,2,5,", ",1,,5,", BAD, "risks.csv:2:7: impact_mode_pw is blank; give low, mode and high, or none of them"},
    {"risks.csv", ",1,2,5,", ",3,2,5,", BAD, "risks.csv:2:6: impact_low_pw is 3, above impact_mode_pw 2; order them low, mode, high"},
    {"risks.csv", "yes,0.1,0.5", "yes,0.4,0.5", BAD,
     "risks.csv:4:17: post_probability is 0.4, above probability 0.2; a mitigation must not make the risk more likely"},
    {"packages.csv", "WEB,F1,build", "WEB,F1,biuld", BAD, "packages.csv:3:5: kind \"biuld\" is not known; did you mean \"build\"?"},
    {"packages.csv", "6,8,14", "6,8,7", BAD, "packages.csv:3:8: effort_high_pw is 7, below effort_mode_pw 8; order them low, mode, high"},
    {"packages.csv", "lognormal", "lognromal", BAD, "packages.csv:4:9: distribution \"lognromal\" is not known; did you mean \"lognormal\"?"},
    {"packages.csv", "lognormal", "discrete", BAD, "packages.csv:4:9: distribution \"discrete\" needs a file; write discrete:FILE.csv"},
    {"packages.csv", "lognormal", "discrete:../secret.csv", BAD,
     "packages.csv:4:9: \"../secret.csv\" is not a file of the folder; name a file of this folder, such as discrete:efforts.csv"},
    {"packages.csv", "lognormal", "empirical:/etc/passwd", BAD,
     "packages.csv:4:9: \"/etc/passwd\" is not a file of the folder; name a file of this folder, such as empirical:efforts.csv"},
    {"packages.csv", "lognormal", "empirical:past.csv", BAD,
     "packages.csv:4:9: file \"past.csv\" is not in the folder; put it beside packages.csv"},
    {"dependencies.csv", "P1,P2,1,", "P1,P2,-1,", BAD, "dependencies.csv:2:3: lag_weeks is -1; it must be from 0 to 2600"},
    {"dependencies.csv", "P1,P2,1,", "P1,P2,1 week,", BAD,
     "dependencies.csv:2:3: lag_weeks \"1 week\" is not a number; write a plain number (unit: weeks)"},
    {"calendar.csv", "20,21,", "20,20,", BAD, "calendar.csv:3:2: to_week is not after from_week; it must lie after from_week"},

    /* references and ids */
    {"packages.csv", "P2,Checkout,WEB", "P2,Checkout,WEBB", BAD, "packages.csv:3:3: team \"WEBB\" is not in teams.csv; did you mean \"WEB\"?"},
    {"packages.csv", "P3,Warehouse,DATA", "P3,Warehouse,Logistics", BAD,
     "packages.csv:4:3: team \"Logistics\" is not in teams.csv; add it there or correct the name"},
    {"dependencies.csv", "P2,P4", "P2,P9", BAD, "dependencies.csv:4:2: package \"P9\" is not in packages.csv; did you mean \"P1\"?"},
    {"dependencies.csv", "P1,P3", ",P3", BAD, "dependencies.csv:3:1: from is blank; name one"},
    {"questions.csv", "Q2,", "Q1,", BAD, "questions.csv:3:1: question \"Q1\" stands already in line 2; give each row an id of its own"},
    {"questions.csv", "Q2,", ",", BAD, "questions.csv:3:1: question is blank; give each row an id of its own"},
    {"seats.csv", "engineer,pm", "engineers,pm", BAD, "seats.csv:5:1: arm \"engineers\" is not in arms.csv; did you mean \"engineer\"?"},
    {"seats.csv", "em:WEB", "em:WEG", BAD, "seats.csv:9:3: team \"WEG\" is not in teams.csv; did you mean \"WEB\"?"},
    {"seats.csv", "one,em,", "one,pm,", BAD, "seats.csv:9:2: arm \"one\" has a seat \"pm\" already; give each seat of an arm an id of its own"},
    {"seats.csv", "J_tpm", "J_tmp", BAD,
     "seats.csv:4:6: judgment \"J_tmp\" is neither a number nor a parameter of the registry; did you mean \"J_tpm\"?"},
    {"seats.csv", "J_tpm", "m_max", BAD, "seats.csv:4:6: judgment follows m_max, which is 2.2; it must be from 0 to 1"},
    {"seats.csv", "one,tpm,Kim,tpm,0.5", "one,tpm,Kim,tpm,0.75", NOTED,
     "note: seats.csv:8:5: the seats of one person take 1.25 full-time; lower fte, or make them two people"},
    {"arms.csv", "one,", "one.b,", BAD, NULL},
    {"arms.csv", "tpm_money,best", "tpm_mony,best", BAD,
     "arms.csv:4:3: extra_engineers \"tpm_mony\" is neither a number nor tpm_money; did you mean \"tpm_money\"?"},
    {"arms.csv", "1.5,WEB", "1.5,WBE", BAD, "arms.csv:6:4: team \"WBE\" is not in teams.csv; did you mean \"WEB\"?"},

    /* settings */
    {"program.csv", "headline_arm,tpm", "headline_arm,tmp", BAD, "program.csv:6:2: arm \"tmp\" is not in arms.csv; did you mean \"tpm\"?"},
    {"program.csv", "baseline_arm,none", "baseline_arm,nobody", BAD,
     "program.csv:5:2: arm \"nobody\" is not in arms.csv; add it there or correct the name"},
    {"program.csv", "headline_arm,tpm", "headline_arm,none", BAD, NULL},
    {"program.csv", "deadline_week,", "deadline_weeks,", BAD,
     "program.csv:4:1: setting \"deadline_weeks\" is not known; did you mean \"deadline_week\"?"},
    {"program.csv", "40,weeks", "40,days", BAD, "program.csv:4:3: the unit of deadline_week is \"days\"; it is in week"},
    {"program.csv", "release,incremental", "deadline_week,30", BAD,
     "program.csv:7:1: setting \"deadline_week\" stands already in line 4; keep one"},
    {"program.csv", "incremental", "incrementally", BAD,
     "program.csv:7:2: release \"incrementally\" is not known; did you mean \"incremental\"?"},
    {"program.csv", "EUR", "euro", BAD, "program.csv:8:2: currency is \"euro\"; write three capital letters, such as EUR"},
    {"program.csv", "156", "30", BAD, "program.csv:3:2: horizon_weeks is 30; put it well past deadline_week, 40"},
    {"money.csv", "EUR/year", "USD/year", BAD, "money.csv:2:3: the unit of engineer_per_year is \"USD/year\"; it is in EUR/year"},
    {"money.csv", "0.08", "8%", BAD, "money.csv:4:2: discount_rate \"8%\" has a percent sign; write 50 % as 0.5"},
    {"money.csv", "benefit_load", "benefits_load", BAD, "money.csv:3:1: item \"benefits_load\" is not known; did you mean \"benefit_load\"?"},
    {"assumptions.csv", "tau_ramp", "tau_rampp", BAD, "assumptions.csv:2:1: parameter \"tau_rampp\" is not known; did you mean \"tau_ramp\"?"},
    {"assumptions.csv", "tau_ramp,10", "tau_ramp,30", NOTED,
     "note: assumptions.csv:2:2: tau_ramp is 30, outside its range 6 to 16; give low and high too if the source supports it"},
    {"assumptions.csv", "tau_ramp,10", "tau_ramp,0", BAD, "assumptions.csv:2:2: tau_ramp is 0; it must be above 0"},
    {"assumptions.csv", "0.8,1.2", "1.2,0.8", BAD, "assumptions.csv:3:3: low of theta is above its high; exchange them, or give both"},
    {"assumptions.csv", "theta,,0.8,1.2", "m_max,2.5,1.2,2.6", BAD,
     "assumptions.csv:3:2: rework loop gain (1 - q_min) m_max = (1 - 0.6) 2.5 = 1: every repair breaks as much as it mends; "
     "raise q_min or lower m_max until it is below 1"},
    {"forums.csv", "cross,2,5,2.5", "cross,2,5,5", BAD,
     "forums.csv:2:4: forum \"sync\" has 5 slots and a background load of 5: its queue never drains; give it more slots than other programs "
     "use"},
    {"assumptions.csv", "theta,,0.8,1.2", "bg2,4.5,,4.5", BAD,
     "assumptions.csv:3:2: forum \"board\" has 4 slots and a background load of 4.5: its queue never drains; give it more slots than other "
     "programs use"},
    {"forums.csv", "executive", "cross", BAD, "forums.csv:3:2: the level has a forum already, \"sync\"; keep one, or give the other level"},
    {"forums.csv", "board,executive,4,,,6,\n", "board,executive,4,,,6,\nx,cross,,,,,\n", BAD,
     "forums.csv: the table has 3 rows; at most 2 are possible"},

    /* the net */
    {"dependencies.csv", "P3,P4,0.5,0.3,\n", "P3,P4,0.5,0.3,\nP4,P1,,,\n", BAD,
     "dependencies.csv:6:2: dependency cycle P1 -> P2 -> P4 -> P1; remove one of these dependencies, or split a package"},
    {"dependencies.csv", "P3,P4,0.5,0.3,\n", "P3,P4,0.5,0.3,\nP2,P2,,,\n", BAD,
     "dependencies.csv:6:2: dependency cycle P2 -> P2; remove one of these dependencies, or split a package"},
    {"dependencies.csv", "P3,P4,0.5,0.3,\n", "P3,P4,0.5,0.3,\nP1,P2,,,\n", BAD,
     "dependencies.csv:6:1: dependency P1 -> P2 stands already in line 2; keep one"},
    {"dependencies.csv", "P2,P4,,0.3,yes\nP3,P4,0.5,0.3,\n", "", BAD,
     "packages.csv:5:5: package \"P4\" integrates nothing: no dependency leads into it; add dependencies into it, or make it a build package"},
    {"dependencies.csv", "P1,P3,,0.2,no\nP2,P4,,0.3,yes\nP3,P4,0.5,0.3,\n", "P2,P4,,0.3,yes\n", NOTED,
     "note: packages.csv:4:1: package \"P3\" depends on nothing and nothing depends on it; add its dependencies if it has any"},
    {"dependencies.csv", "P3,P4,0.5,0.3,\n", "P3,P4,0.5,0.3,\nP1,P4,,0.2,\n", NOTED,
     "note: dependencies.csv:6:4: ambiguity inside one team is ignored; leave it blank; a team knows its own interfaces"},
    {"risks.csv", "integration,P4,0.7", "integration,P4,0.35", NOTED,
     "note: risks.csv:3:1: risk \"R2\" seems to restate the ambiguity of dependency P2 -> P4; remove one of the two if they mean the same "
     "mismatch"},
    {"packages.csv", "DATA,F2", "DATA,F1", BAD,
     "features.csv:3:1: no package serves feature \"F2\"; name it in column feature of packages.csv, or remove it"},
    {"teams.csv", "DATA,Data", "OPS,Operations,3,Core,Berlin,,,\nDATA,Data", NOTED,
     "note: teams.csv:6:1: team \"OPS\" has no package; it costs money and does nothing"},
    {"packages.csv", ",30,2", ",,2", NOTED,
     "note: packages.csv:4:12: a penalty without a due week is only paid when the package is cut; give due_week"},

    /* correlations */
    {"correlations.csv", "P1,P2,0.4", "P1,P2,1.4", BAD, "correlations.csv:2:3: rho is 1.4; it must be from -1 to 1"},
    {"correlations.csv", "P2,R1", "P2,R11", BAD,
     "correlations.csv:3:2: \"R11\" is neither in packages.csv nor in risks.csv; did you mean \"R1\"?"},
    {"correlations.csv", "P1,P2", "P2,P2", BAD, "correlations.csv:2:2: an input is correlated with itself; name two different ones"},
    {"correlations.csv", "P2,R1,0.3", "P2,P1,0.3", BAD, "correlations.csv:3:1: the pair stands already further up; keep one"},
};

static char folder[64];

/* Writes the good text of a file with one place changed. */
static void spoil(const struct mutation *m)
{
    char path[256], text[8192];
    const char *good = NULL;
    for (size_t k = 0; k < FOLDER_FILES; k++)
        if (!strcmp(folder_good[k].name, m->file)) good = folder_good[k].text;
    if (!m->find && !m->put) {
        snprintf(path, sizeof path, "%s/%s", folder, m->file);
        assert_int_equal(remove(path), 0);
    } else if (!m->find) {
        folder_write(folder, m->file, m->put, strlen(m->put));
    } else {
        const char *at = strstr(good, m->find);
        assert_non_null(at);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, m->put, at + strlen(m->find));
        folder_write(folder, m->file, text, strlen(text));
    }
}

/* Loads the folder; returns the status, and the number of problems. */
static int load(struct orgsim_problems *problems)
{
    struct orgsim_scenario *s = NULL;
    *problems = (struct orgsim_problems){0};
    int status = orgsim_scenario_load(folder, NULL, 0, &s, problems);
    assert_true((status == 0) == (s != NULL));
    orgsim_scenario_free(s);
    return status;
}

static void each_mutation_has_its_message(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t k = 0; k < sizeof mutations / sizeof *mutations; k++) {
        const struct mutation *m = &mutations[k];
        struct orgsim_problems problems;
        char text[1200];
        folder_create(folder);
        spoil(m);
        int status = load(&problems);
        bool right = status == (m->outcome == BAD ? ORGSIM_ERROR_SCENARIO : 0);
        if (m->message) right &= problems.n == 1 && !strcmp(folder_message(text, folder, &problems.list[0]), m->message);
        else right &= problems.n > 1;
        for (size_t i = 0; !right && i < problems.n; i++) print_message("%zu: %s\n", k, folder_message(text, folder, &problems.list[i]));
        if (!right) print_message("%zu: expected %s (status %d)\n", k, m->message, status);
        failed += !right;
        orgsim_problems_free(&problems);
        folder_remove(folder);
    }
    assert_int_equal(failed, 0);
}

static void assert_says(const struct orgsim_problems *problems, size_t k, const char *message)
{
    char text[1200];
    assert_true(k < problems->n);
    assert_string_equal(folder_message(text, folder, &problems->list[k]), message);
}

static void put(const char *name, const char *text) { folder_write(folder, name, text, strlen(text)); }

static void all_problems_are_told_at_once(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("teams.csv", "team,engineers\nPAY,x\nWEB,-1\nDATA,4\n");
    put("dependencies.csv", "from,to\nP1,P2\nP2,P1\nP3,P4\nP4,P3\nP1,P5\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 5);
    assert_says(&problems, 0, "teams.csv:2:2: engineers \"x\" is not a number; write a plain number (unit: people)");
    assert_says(&problems, 1, "teams.csv:3:2: engineers is -1; it must be above 0 and at most 10000");
    assert_says(&problems, 2, "dependencies.csv:3:2: dependency cycle P1 -> P2 -> P1; remove one of these dependencies, or split a package");
    assert_says(&problems, 3, "dependencies.csv:5:2: dependency cycle P3 -> P4 -> P3; remove one of these dependencies, or split a package");
    assert_says(&problems, 4, "dependencies.csv:6:2: package \"P5\" is not in packages.csv; did you mean \"P1\"?");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void an_unreadable_table_spares_the_others(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("packages.csv", "package,team\nP1,PAY\n"); /* no effort: nothing of it is usable */
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "packages.csv:1:1: column \"effort_mode_pw\" is missing; add it");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void seats_are_bounded(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    char text[1024] = "arm,seat,role\ntpm,tpm,tpm\n";
    folder_create(folder);
    for (size_t k = 1; k <= 16; k++) snprintf(text + strlen(text), sizeof text - strlen(text), "tpm,c%zu,coordinator\n", k);
    put("seats.csv", text);
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "seats.csv:18:1: arm \"tpm\" has 17 seats; at most 16 are possible");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void rows_are_bounded(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    char *text = malloc(1002 * 12 + 64);
    assert_non_null(text);
    folder_create(folder);
    size_t n = (size_t)sprintf(text, "team,engineers\n");
    for (size_t k = 0; k <= 1000; k++) n += (size_t)sprintf(text + n, "T%zu,5\n", k);
    put("teams.csv", text);
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "teams.csv: the table has 1001 rows; at most 1000 are possible");
    orgsim_problems_free(&problems);
    folder_remove(folder);
    free(text);
}

static void effort_files_are_checked(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("packages.csv", "package,team,effort_mode_pw,feature,distribution\nP1,PAY,10,F1,discrete:api.csv\nP2,WEB,8,F2,discrete:api.csv\n"
                        "P3,DATA,9,,\nP4,PAY,3,,\n");
    put("api.csv", "value,probability\n5,0.5\nx,0.5\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_says(&problems, 0, "api.csv:3:1: value is \"x\"; write a number that is at least 0");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void impossible_correlations_are_offered_a_way_out(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("correlations.csv", "a,b,rho\nP1,P2,0.9\nP2,R1,0.9\nR1,P1,-0.9\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 3);
    double offer[3];
    const double given[3] = {0.9, 0.9, -0.9};
    for (size_t k = 0; k < 3; k++) {
        char text[1200], expected[200];
        assert_int_equal(sscanf(problems.list[k].where.todo, "the nearest valid value is %lf", &offer[k]), 1);
        snprintf(expected, sizeof expected,
                 "correlations.csv:%zu:3: rho %g is not possible together with the others (the matrix is not positive semidefinite); "
                 "the nearest valid value is %.4f",
                 k + 2, given[k], offer[k]);
        assert_string_equal(folder_message(text, folder, &problems.list[k]), expected);
        assert_true(offer[k] * given[k] > 0 && offer[k] / given[k] < 1);
    }
    orgsim_problems_free(&problems);
    char text[200];
    snprintf(text, sizeof text, "a,b,rho\nP1,P2,%.4f\nP2,R1,%.4f\nR1,P1,%.4f\n", offer[0], offer[1], offer[2]);
    put("correlations.csv", text); /* what was offered is accepted */
    assert_int_equal(load(&problems), 0);
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

static void unlisted_pairs_are_offered_too(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    folder_create(folder);
    put("correlations.csv", "a,b,rho\nP1,P2,0.9\nP2,R1,0.9\n"); /* P1 and R1 cannot be independent then */
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 3);
    size_t k = 0;
    while (k < 3 && problems.list[k].where.line) k++;
    assert_true(k < 3);
    assert_string_equal(problems.list[k].where.what, "\"P1\" and \"R1\" are not listed, so independent");
    orgsim_problems_free(&problems);
    folder_remove(folder);
}

/* A long chain closed to a ring is named from its lowest row, its middle left out. */
static void long_cycles_are_shortened(void **state)
{
    (void)state;
    struct orgsim_problems problems;
    char *packages = malloc(64 * 300), *dependencies = malloc(64 * 300);
    assert_true(packages && dependencies);
    folder_create(folder);
    size_t p = (size_t)sprintf(packages, "package,team,effort_mode_pw\n"), d = (size_t)sprintf(dependencies, "from,to\n");
    for (size_t k = 0; k < 300; k++) {
        p += (size_t)sprintf(packages + p, "step-%zu,%s,1\n", k, k % 3 ? k % 3 == 1 ? "WEB" : "DATA" : "PAY");
        d += (size_t)sprintf(dependencies + d, "step-%zu,step-%zu\n", k, (k + 1) % 300);
    }
    put("packages.csv", packages);
    put("dependencies.csv", dependencies);
    put("risks.csv", "risk,category,package,probability\n");
    put("questions.csv", "question,package\n");
    put("features.csv", "feature\n");
    put("correlations.csv", "a,b,rho\n");
    assert_int_equal(load(&problems), ORGSIM_ERROR_SCENARIO);
    assert_int_equal(problems.n, 1);
    assert_int_equal(problems.list[0].where.line, 301);
    assert_non_null(strstr(problems.list[0].where.what, "dependency cycle step-0 -> step-1 -> "));
    assert_non_null(strstr(problems.list[0].where.what, " more) -> step-0"));
    orgsim_problems_free(&problems);
    folder_remove(folder);
    free(packages);
    free(dependencies);
}

/* A spoilt scenario under a lack of memory: still either told or refused, never a crash. */
static void memory_failures_with_problems(void **state)
{
    (void)state;
    bool finished = false;
    folder_create(folder);
    put("dependencies.csv", "from,to\nP1,P2\nP2,P1\nP1,P5\n");
    put("correlations.csv", "a,b,rho\nP1,P2,0.9\nP2,R1,0.9\nR1,P1,-0.9\n");
    put("extra.csv", "x\n");
    for (size_t nth = 1; nth < 5000 && !finished; nth++) {
        struct orgsim_problems problems;
        memory_fail_at(nth);
        int status = load(&problems);
        finished = memory_fail_at(0) < nth;
        assert_true(status == ORGSIM_ERROR_SCENARIO || (status == ORGSIM_ERROR_MEMORY && !finished)); /* a suggestion may be lost in silence */
        orgsim_problems_free(&problems);
    }
    assert_true(finished);
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mutation_has_its_message),
        cmocka_unit_test(all_problems_are_told_at_once),
        cmocka_unit_test(an_unreadable_table_spares_the_others),
        cmocka_unit_test(seats_are_bounded),
        cmocka_unit_test(rows_are_bounded),
        cmocka_unit_test(effort_files_are_checked),
        cmocka_unit_test(impossible_correlations_are_offered_a_way_out),
        cmocka_unit_test(unlisted_pairs_are_offered_too),
        cmocka_unit_test(long_cycles_are_shortened),
        cmocka_unit_test(memory_failures_with_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
