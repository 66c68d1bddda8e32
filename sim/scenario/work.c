/* work.c: teams, features, packages, dependencies, risks, questions and calendar */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"

/* Numbers of distinct labels; blank is a label of its own. */
static void labels_read(struct load *load, const char *column, size_t offset, char ***names, size_t *n)
{
    struct orgsim_scenario *s = load->scenario;
    struct ids labels = {0};
    *names = memory_array(s->n_teams, sizeof **names);
    if (!*names || ids_create(&labels, s->n_teams)) load->status = ORGSIM_ERROR_MEMORY;
    for (size_t row = 0; row < s->n_teams && !load->status; row++) {
        const char *label = load_text(load, TABLE_TEAMS, row, column);
        size_t number = ids_add(&labels, label, *n);
        if (number == IDS_NONE) {
            number = (*n)++;
            if (!((*names)[number] = memory_string(label))) load->status = ORGSIM_ERROR_MEMORY;
        }
        memcpy((char *)&s->teams[row] + offset, &number, sizeof number);
    }
    ids_free(&labels);
}

static void teams_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    s->teams = rows_read(load, TABLE_TEAMS, &s->n_teams);
    if (!load->status) labels_read(load, "unit", offsetof(struct scenario_team, unit), &s->unit_names, &s->n_units);
    if (!load->status) labels_read(load, "site", offsetof(struct scenario_team, site), &s->site_names, &s->n_sites);
}

/* Three points low, mode, high, whose first column is `low`. True if they are in order. */
static bool points_ordered(struct load *load, enum table table, size_t row, size_t low, const double point[3])
{
    const struct column *columns = columns_of[table].columns + low;
    char shown[TEXT_NUMBER_SIZE], other[TEXT_NUMBER_SIZE];
    for (size_t k = 0; k < 3; k += 2) {
        if (k == 0 ? !(point[0] > point[1]) : !(point[2] < point[1])) continue;
        load_problem(load, table, row, low + k, "order them low, mode, high", "%s is %s, %s %s %s", columns[k].name,
                     text_of_double(shown, point[k]), k == 0 ? "above" : "below", columns[1].name, text_of_double(other, point[1]));
        return false;
    }
    return true;
}

/* Three points that are given together or not at all. */
static void points_check(struct load *load, enum table table, size_t row, const char *column, const double point[3])
{
    const size_t low = columns_find(table, column);
    size_t given = 0, blank = 0;
    for (size_t k = 0; k < 3; k++) {
        bool there = *load_cell(load, table, row, low + k);
        given += there;
        if (!there) blank = k;
    }
    if (given == 1 || given == 2)
        load_problem(load, table, row, low + blank, "give low, mode and high, or none of them", "%s is blank",
                     columns_of[table].columns[low + blank].name);
    else if (given == 3) points_ordered(load, table, row, low, point);
}

static void packages_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    const size_t low = columns_find(TABLE_PACKAGES, "effort_low_pw");
    s->packages = rows_read(load, TABLE_PACKAGES, &s->n_packages);
    for (size_t row = 0; row < s->n_packages && !load->status; row++) {
        struct scenario_package *p = &s->packages[row];
        if (isnan(p->effort_low_pw)) p->effort_low_pw = p->effort_mode_pw;
        if (isnan(p->effort_high_pw)) p->effort_high_pw = p->effort_mode_pw;
        if (isnan(p->max_engineers) && p->team != SCENARIO_NONE) p->max_engineers = s->teams[p->team].engineers;
        const double point[3] = {p->effort_low_pw, p->effort_mode_pw, p->effort_high_pw};
        if (p->effort_mode_pw > 0 && points_ordered(load, TABLE_PACKAGES, row, low, point)) effort_read(load, row, p);
    }
}

static void risk_finish(struct load *load, size_t row, struct scenario_risk *risk)
{
    const double point[3] = {risk->impact_low_pw, risk->impact_mode_pw, risk->impact_high_pw};
    char shown[TEXT_NUMBER_SIZE], other[TEXT_NUMBER_SIZE];
    points_check(load, TABLE_RISKS, row, "impact_low_pw", point);
    risk->has_mitigation =
        *risk->mitigation || risk->mitigation_cost_k > 0 || risk->planned || !isnan(risk->post_probability) || risk->post_impact_factor < 1;
    if (risk->post_probability > risk->probability)
        load_problem(load, TABLE_RISKS, row, columns_find(TABLE_RISKS, "post_probability"), "a mitigation must not make the risk more likely",
                     "post_probability is %s, above probability %s", text_of_double(shown, risk->post_probability),
                     text_of_double(other, risk->probability));
}

static void features_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    s->features = rows_read(load, TABLE_FEATURES, &s->n_features);
    for (size_t row = 0; row < s->n_features && !load->status; row++) {
        const double point[3] = {s->features[row].value_low_k, s->features[row].value_mode_k, s->features[row].value_high_k};
        points_check(load, TABLE_FEATURES, row, "value_low_k_per_week", point);
    }
}

static void calendar_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    s->calendar = rows_read(load, TABLE_CALENDAR, &s->n_calendar);
    for (size_t row = 0; row < s->n_calendar && !load->status; row++)
        if (s->calendar[row].to_week <= s->calendar[row].from_week)
            load_problem(load, TABLE_CALENDAR, row, columns_find(TABLE_CALENDAR, "to_week"), "it must lie after from_week",
                         "to_week is not after from_week");
}

void work_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    teams_read(load);
    if (!load->status) features_read(load);
    if (!load->status) packages_read(load);
    if (!load->status) s->dependencies = rows_read(load, TABLE_DEPENDENCIES, &s->n_dependencies);
    if (!load->status) s->risks = rows_read(load, TABLE_RISKS, &s->n_risks);
    for (size_t row = 0; row < s->n_risks && !load->status; row++) risk_finish(load, row, &s->risks[row]);
    if (!load->status) s->questions = rows_read(load, TABLE_QUESTIONS, &s->n_questions);
    if (!load->status) calendar_read(load);
}
