/* folder.h: a small good scenario in a folder of its own, for tests to read and to spoil */
#ifndef TESTS_SCENARIO_FOLDER_H
#define TESTS_SCENARIO_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/scenario.h>

#include "base/file.h"
#include "base/memory.h"

struct folder_file {
    const char *name, *text;
};

static const struct folder_file folder_good[] = {
    {"program.csv", "setting,value,unit,source\n"
                    "name,Atlas,,\n"
                    "horizon_weeks,156,weeks,\n"
                    "deadline_week,40,weeks,board\n"
                    "baseline_arm,none,,\n"
                    "headline_arm,tpm,,\n"
                    "release,incremental,,\n"
                    "currency,EUR,,\n"},
    {"teams.csv", "# who does the work\n"
                  "team,name,engineers,unit,site,em_judgment,em_empowerment,em_hours_per_week\n"
                  "PAY,Payments,6,Core,Berlin,,,\n"
                  "\n"
                  "WEB,Web,5,Core,Berlin,0.6,0.2,10\n"
                  "DATA,Data,4,Platform,Pune,,,\n"},
    {"features.csv", "feature,name,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value,origin\n"
                     "F1,Checkout,10,20,40,0.5,strategy\n"
                     "F2,Reports,,,,,request\n"},
    {"packages.csv", "package,name,team,feature,kind,effort_low_pw,effort_mode_pw,effort_high_pw,distribution,max_engineers,due_week,penalty_k_per_week\n"
                     "P1,\"API, version 2\",PAY,F1,build,8,10,16,triangular,4,,\n"
                     "P2,Checkout,WEB,F1,build,6,8,14,,,,\n"
                     "P3,Warehouse,DATA,F2,migration,5,9,20,lognormal,3,30,2\n"
                     "P4,Launch,PAY,F1,integrate,2,3,6,pert,,,\n"},
    {"dependencies.csv", "from,to,lag_weeks,ambiguity,known_at_planning\n"
                         "P1,P2,1,0.4,yes\n"
                         "P1,P3,,0.2,no\n"
                         "P2,P4,,0.3,yes\n"
                         "P3,P4,0.5,0.3,\n"},
    {"risks.csv", "risk,name,category,package,probability,impact_low_pw,impact_mode_pw,impact_high_pw,delay_weeks,detectability,growth_per_week,"
                  "altitude,severity,mitigation,mitigation_cost_k,planned,post_probability,post_impact_factor\n"
                  "R1,Old protocol,technical,P1,0.3,1,2,5,1,1.2,0.02,team,1,,,,,\n"
                  "R2,Data contracts,integration,P4,0.7,,,,,,,cross,,,,,,\n"
                  "R3,Rival launches,market,P2,0.2,1,1,2,,,,executive,2,survey,12,yes,0.1,0.5\n"},
    {"questions.csv", "question,name,package,kind,altitude,opens_at_share\n"
                      "Q1,What is done,P2,delivery,cross,0.3\n"
                      "Q2,Which tariff,P2,product,team,\n"},
    {"arms.csv", "arm,label,extra_engineers,extra_engineers_team,ambiguity_factor,h_dep_factor,extra_cost_per_year\n"
                 "none,EM and PM only,,,,,\n"
                 "tpm,Empowered TPM,,,,,\n"
                 "engineer,More engineers,tpm_money,best,,,\n"
                 "decouple,Fewer interfaces,,,decoupled,decoupled,tpm_money\n"
                 "one,One person,1.5,WEB,0.9,decoupling_effect,1000\n"},
    {"seats.csv", "arm,seat,person,role,fte,judgment,empowerment,admin_share,outcome_evaluated,cost_per_year,start_week,weeks_in_seat\n"
                  "none,pm,,pm,1,0.5,0.35,0.4,0.5,,,26\n"
                  "tpm,pm,,pm,,,,,,,,\n"
                  "tpm,tpm,,tpm,1,J_tpm,E_tpm,0.2,0.9,229000,4,\n"
                  "engineer,pm,,pm,,,,,,,,\n"
                  "decouple,pm,,pm,,,,,,,,\n"
                  "one,pm,Kim,pm,0.5,,,,,,,\n"
                  "one,tpm,Kim,tpm,0.5,,,,,,,\n"
                  "one,em,em:WEB,coordinator,0.2,,,,,,,\n"},
    {"forums.csv", "forum,level,cadence_weeks,slots,background_slots,attendees,attendee_hours\n"
                   "sync,cross,2,5,2.5,10,0.5\n"
                   "board,executive,4,,,6,\n"},
    {"money.csv", "item,value,unit,source\n"
                  "engineer_per_year,131000,EUR/year,\n"
                  "benefit_load,1.4,,\n"
                  "discount_rate,0.08,per year,\n"},
    {"assumptions.csv", "parameter,value,low,high,source\n"
                        "tau_ramp,10,6,,our survey\n"
                        "theta,,0.8,1.2,\n"},
    {"calendar.csv", "from_week,to_week,team,capacity,why\n"
                     "12,14,,0.2,holidays\n"
                     "20,21,WEB,0,freeze\n"},
    {"correlations.csv", "a,b,rho\n"
                         "P1,P2,0.4\n"
                         "P2,R1,0.3\n"},
};
#define FOLDER_FILES (sizeof folder_good / sizeof *folder_good)

/* A file of the folder, n bytes. */
static inline void folder_write(const char *folder, const char *name, const char *data, size_t n)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, n, file) != n || fclose(file)) abort();
}

/* A new folder with the good scenario; `folder` is a buffer of 64 bytes. */
static inline char *folder_create(char *folder)
{
    strcpy(folder, "/tmp/orgsim-scenario-XXXXXX");
    if (!mkdtemp(folder)) abort();
    for (size_t k = 0; k < FOLDER_FILES; k++) folder_write(folder, folder_good[k].name, folder_good[k].text, strlen(folder_good[k].text));
    return folder;
}

static inline void folder_remove(const char *folder)
{
    if (file_remove_tree(folder, NULL)) abort();
}

/* "file:line:column: what; what to do", the file without its folder; line and column only when known. */
static inline const char *folder_message(char text[1200], const char *folder, const struct orgsim_problem *problem)
{
    const struct orgsim_where *w = &problem->where;
    const char *file = strncmp(w->file, folder, strlen(folder)) ? w->file : w->file + strlen(folder) + (w->file[strlen(folder)] == '/');
    if (w->line) snprintf(text, 1200, "%s%s:%zu:%zu: %s; %s", problem->is_note ? "note: " : "", file, w->line, w->column, w->what, w->todo);
    else snprintf(text, 1200, "%s%s: %s; %s", problem->is_note ? "note: " : "", file, w->what, w->todo);
    return text;
}

#endif
