/* test_conformance.c: readings that only whole runs show: the organisations that ship are distinct, engineers for the same money are placed where
 * they help, and the default tick is fine enough. The table tests/conformance.csv says which line of code each of them stands for.
 */
#include "study/lived.h"

#include "scenario/folder.h"

enum { ARMS = 32 };

/* Any two but the baseline and the placebo live different lives in some world, apart from what is paid for them. */
static bool same_life(const struct lived *l, size_t a, size_t b)
{
    static const size_t lives[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_value_k, ORGSIM_METRIC_cost_without_seats_k};
    for (size_t m = 0; m < sizeof lives / sizeof *lives; m++)
        if (lived_differing(l, a, l, b, lives[m], l->worlds)) return false;
    return true;
}

static void every_organisation_is_another(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"startup", "platform-migration"};
    for (size_t s = 0; s < 2; s++) {
        struct orgsim_scenario *scenario = lived_scenario(scenarios[s]);
        size_t arms[ARMS], n = orgsim_scenario_arms(scenario), none = lived_arm(scenario, "none"), placebo = lived_arm(scenario, "placebo");
        assert_true(n >= 13 && n <= ARMS);
        for (size_t a = 0; a < n; a++) arms[a] = a;
        struct orgsim_run_options options = lived_options(arms, n, 64);
        struct lived l;
        lived_run(&l, scenario, &options);
        for (size_t a = 0; a < n; a++)
            for (size_t b = a + 1; b < n; b++)
                if (same_life(&l, a, b) != (a == none && b == placebo))
                    fail_msg("%s: %s and %s", scenarios[s], orgsim_scenario_arm(scenario, a), orgsim_scenario_arm(scenario, b));
        lived_free(&l);
        orgsim_scenario_free(scenario);
    }
}

/* Team B has thirty times the work of team A. */
static const struct folder_file uneven[] = {
    {"program.csv", "setting,value\nname,Uneven\nbaseline_arm,none\nheadline_arm,tpm\n"},
    {"teams.csv", "team,engineers\nA,4\nB,4\n"},
    {"packages.csv", "package,team,feature,effort_mode_pw,max_engineers\nSHORT,A,F,10,20\nLONG,B,F,300,20\n"},
    {"dependencies.csv", "from,to\n"},
    {"risks.csv", "risk,category,package,probability\n"},
    {"questions.csv", "question,package,kind,altitude,opens_at_share\n"},
    {"features.csv", "feature,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value\nF,50,60,70,1\n"},
    {"arms.csv", "arm,extra_engineers,extra_engineers_team\nnone,,\ntpm,,\nengineer,tpm_money,best\n"},
    {"seats.csv", "arm,role\nnone,pm\ntpm,pm\ntpm,tpm\nengineer,pm\n"},
};

static void engineers_go_where_they_help(void **state)
{
    (void)state;
    char folder[64] = "/tmp/orgsim-uneven-XXXXXX";
    size_t arms[ARMS];
    struct lived l;
    assert_non_null(mkdtemp(folder));
    for (size_t f = 0; f < sizeof uneven / sizeof *uneven; f++) folder_write(folder, uneven[f].name, uneven[f].text, strlen(uneven[f].text));
    struct orgsim_scenario *scenario = lived_scenario_at(folder, NULL, 0);
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none engineer", arms), 64);
    lived_run(&l, scenario, &options);
    assert_non_null(l.results.arm_note[1]);
    assert_non_null(strstr(l.results.arm_note[1], "team B"));
    assert_true(l.results.comparison[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week].mean_difference < -5);
    lived_free(&l);
    orgsim_scenario_free(scenario);
    folder_remove(folder);
}

/* The same worlds with the default tick and with an eighth of a week. Differences are compared world by world: half a percent of the baseline's
 * level, or two standard errors of the difference between the ticks. */
static struct moment { double mean, se; } moment_of_gap(const struct lived *a, const struct lived *b, size_t arm, size_t base, size_t metric)
{
    double sum = 0, square = 0, n = (double)a->worlds;
    for (size_t w = 0; w < a->worlds; w++) {
        double gap = (double)lived_column(a, arm, metric)[w] - lived_column(b, arm, metric)[w];
        if (base != SIZE_MAX) gap -= (double)lived_column(a, base, metric)[w] - lived_column(b, base, metric)[w];
        sum += gap;
        square += gap * gap;
    }
    return (struct moment){sum / n, sqrt((square / n - sum / n * (sum / n)) / n)};
}

static void the_tick_is_fine_enough(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"startup", "platform-migration"};
    static const size_t levels[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_cost_k};
    for (size_t s = 0; s < 2; s++) {
        struct orgsim_scenario *scenario = lived_scenario(scenarios[s]);
        size_t arms[ARMS];
        struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none tpm", arms), 2048);
        struct lived half, eighth;
        lived_run(&half, scenario, &options);
        options.ticks_per_week = 8;
        lived_run(&eighth, scenario, &options);
        for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
            double level = eighth.results.summary[levels[k]].mean;
            struct moment none = moment_of_gap(&half, &eighth, 0, SIZE_MAX, levels[k]), paired = moment_of_gap(&half, &eighth, 1, 0, levels[k]);
            assert_true(fabs(none.mean) <= fmax(0.005 * level, 2 * none.se));
            assert_true(fabs(paired.mean) <= fmax(0.005 * level, 2 * paired.se));
        }
        lived_free(&half);
        lived_free(&eighth);
        orgsim_scenario_free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_organisation_is_another), cmocka_unit_test(engineers_go_where_they_help), cmocka_unit_test(the_tick_is_fine_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
