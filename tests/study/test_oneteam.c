/* test_oneteam.c: where nothing crosses teams the hire must not pay
 *
 * One team of six with six packages, a few risks and questions of its own, and nobody outside to depend on: a TPM has nothing to see that the team
 * does not see, and costs a salary. The mean difference of net value is below zero with its whole interval.
 */
#include "study/lived.h"

#include "scenario/folder.h"

enum { WORLDS = 4000 };

static const struct folder_file oneteam[] = {
    {"program.csv", "setting,value,unit,source\nname,One team,,\nbaseline_arm,none,,\nheadline_arm,tpm,,\nrelease,together,,\n"},
    {"teams.csv", "team,name,engineers\nCORE,Core,6\n"},
    {"features.csv", "feature,name,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value\n"
                     "FIND,Search,10,20,40,0.6\n"
                     "SHOP,Basket,10,20,40,0.6\n"},
    {"packages.csv", "package,team,feature,kind,effort_low_pw,effort_mode_pw,effort_high_pw,max_engineers\n"
                     "P1,CORE,FIND,build,14,18,28,3\n"
                     "P2,CORE,FIND,build,10,14,22,3\n"
                     "P3,CORE,FIND,build,8,12,20,3\n"
                     "P4,CORE,SHOP,build,14,18,28,3\n"
                     "P5,CORE,SHOP,build,10,14,22,3\n"
                     "P6,CORE,SHOP,build,8,12,20,3\n"},
    {"dependencies.csv", "from,to\n"},
    {"risks.csv", "risk,category,package,probability,impact_low_pw,impact_mode_pw,impact_high_pw,delay_weeks,altitude\n"
                  "R1,technical,P1,0.4,1,2,5,0,team\n"
                  "R2,technical,P4,0.4,1,3,6,0,team\n"
                  "R3,execution,P3,0.3,1,2,4,1,team\n"
                  "R4,people,P5,0.3,1,2,4,1,team\n"},
    {"questions.csv", "question,package,kind,altitude\nQ1,P1,delivery,team\nQ2,P2,product,team\nQ3,P4,delivery,team\nQ4,P6,product,team\n"},
    {"arms.csv", "arm,label\nnone,EM and PM only\ntpm,with an empowered TPM\n"},
    {"seats.csv", "arm,seat,role,fte,judgment,empowerment,admin_share,outcome_evaluated,weeks_in_seat\n"
                  "none,pm,pm,1,0.5,0.35,0.4,0.5,26\n"
                  "tpm,pm,pm,1,0.5,0.35,0.4,0.5,26\n"
                  "tpm,tpm,tpm,1,J_tpm,E_tpm,a_tpm,0.9,0\n"},
};

static void a_single_team_does_not_need_one(void **state)
{
    (void)state;
    char folder[64] = "/tmp/orgsim-oneteam-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t f = 0; f < sizeof oneteam / sizeof *oneteam; f++) folder_write(folder, oneteam[f].name, oneteam[f].text, strlen(oneteam[f].text));
    struct orgsim_scenario *scenario = lived_scenario_at(folder, NULL, 0);
    size_t arms[2];
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none tpm", arms), WORLDS);
    struct lived l;
    lived_run(&l, scenario, &options);
    const struct orgsim_comparison *npv = &l.results.comparison[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
    const struct orgsim_comparison *finish = &l.results.comparison[ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week];
    if (npv->ci_high >= 0)
        print_error("net value %g k (%g to %g), finish %g weeks\n", npv->mean_difference, npv->ci_low, npv->ci_high, finish->mean_difference);
    assert_true(npv->mean_difference < 0 && npv->ci_high < 0);
    /* it is a real program, which most worlds finish */
    assert_true(l.results.summary[ORGSIM_METRIC_cancelled].mean + l.results.summary[ORGSIM_METRIC_censored].mean < 0.2);
    lived_free(&l);
    orgsim_scenario_free(scenario);
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_single_team_does_not_need_one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
