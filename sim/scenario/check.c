/* check.c: what no single cell can tell, beside the net of dependencies (graph.c) */
#include "scenario/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"

static const struct {
    enum assumption slots, background;
    const char *slots_name, *background_name, *level;
} forum_rows[SCENARIO_FORUMS] = {
    {ASSUMPTION_slots1, ASSUMPTION_bg1, "slots1", "bg1", "cross"},
    {ASSUMPTION_slots2, ASSUMPTION_bg2, "slots2", "bg2", "executive"},
};

/* A check of values that break only together: fills what and todo when they do. */
static bool rework_diverges(const struct orgsim_scenario *s, char what[CELL_TODO], char todo[CELL_TODO])
{
    double gain = (1 - s->assumptions.q_min) * s->assumptions.m_max;
    if (gain < 1) return false;
    snprintf(what, CELL_TODO, "rework loop gain (1 - q_min) m_max = (1 - %g) %g = %.4g: every repair breaks as much as it mends",
             s->assumptions.q_min, s->assumptions.m_max, gain);
    snprintf(todo, CELL_TODO, "raise q_min or lower m_max until it is below 1");
    return true;
}

static bool forum_overflows(const struct orgsim_scenario *s, int f, char what[CELL_TODO], char todo[CELL_TODO])
{
    const struct scenario_forum *forum = &s->forums[f];
    double slots = isnan(forum->slots) ? assumptions_get(&s->assumptions, (int)forum_rows[f].slots) : forum->slots;
    double background =
        isnan(forum->background_slots) ? assumptions_get(&s->assumptions, (int)forum_rows[f].background) : forum->background_slots;
    if (slots > background) return false;
    snprintf(what, CELL_TODO, "forum \"%s\" has %g slots and a background load of %g: its queue never drains", csv_table_shown(forum->id).s,
             slots, background);
    snprintf(todo, CELL_TODO, "give it more slots than other programs use");
    return true;
}

/* As many engineers as the hire costs, where an engineer costs nothing. */
static bool engineers_are_free(const struct orgsim_scenario *s, const struct scenario_arm *arm, char what[CELL_TODO], char todo[CELL_TODO])
{
    double price = isnan(s->money.engineer_per_year) ? s->assumptions.c_eng : s->money.engineer_per_year;
    if (!isnan(arm->extra_engineers) || price > 0) return false;
    snprintf(what, CELL_TODO, "arm \"%s\" has as many engineers as the hire costs (tpm_money), and engineers cost nothing", csv_table_shown(arm->id).s);
    snprintf(todo, CELL_TODO, "give them a salary (money.csv, engineer_per_year), or the arm a number");
    return true;
}

int check_values(const struct orgsim_scenario *s, struct orgsim_where *where)
{
    char what[CELL_TODO], todo[CELL_TODO];
    if (rework_diverges(s, what, todo)) return error_set(where, ORGSIM_ERROR_SCENARIO, "", 0, 0, todo, "%s", what);
    for (size_t a = 0; a < s->n_arms; a++)
        if (engineers_are_free(s, &s->arms[a], what, todo)) return error_set(where, ORGSIM_ERROR_SCENARIO, "", 0, 0, todo, "%s", what);
    for (int f = 0; f < SCENARIO_FORUMS; f++)
        if (forum_overflows(s, f, what, todo)) return error_set(where, ORGSIM_ERROR_SCENARIO, "", 0, 0, todo, "%s", what);
    return 0;
}

/* Tells a problem of two parameters where assumptions.csv sets one of them, else of --set. */
static void tell_parameters(struct load *load, const char *one, const char *other, const char *what, const char *todo)
{
    const struct ids *ids = &load->files[TABLE_ASSUMPTIONS].ids;
    size_t a = ids_find(ids, one), b = ids_find(ids, other), row = a != IDS_NONE ? a : b;
    if (row != IDS_NONE) load_problem(load, TABLE_ASSUMPTIONS, row, columns_find(TABLE_ASSUMPTIONS, "value"), todo, "%s", what);
    else load_file_problem(load, "--set", todo, "%s", what);
}

static void forum_check(struct load *load, int f)
{
    char what[CELL_TODO], todo[CELL_TODO];
    const size_t slots = columns_find(TABLE_FORUMS, "slots"), background = columns_find(TABLE_FORUMS, "background_slots");
    if (!forum_overflows(load->scenario, f, what, todo)) return;
    for (size_t row = 0; row < load->n_forums; row++) {
        bool has_slots = *load_cell(load, TABLE_FORUMS, row, slots), has_background = *load_cell(load, TABLE_FORUMS, row, background);
        if (load->forums[row].level != f || (!has_slots && !has_background)) continue;
        load_problem(load, TABLE_FORUMS, row, has_slots ? slots : background, todo, "%s", what);
        return;
    }
    tell_parameters(load, forum_rows[f].slots_name, forum_rows[f].background_name, what, todo);
}

static void values_check(struct load *load)
{
    char what[CELL_TODO], todo[CELL_TODO];
    if (rework_diverges(load->scenario, what, todo)) tell_parameters(load, "m_max", "q_min", what, todo);
    for (int f = 0; f < SCENARIO_FORUMS; f++) forum_check(load, f);
}

/* Features that no package serves, teams that have none. */
static void unused_check(struct load *load)
{
    const struct orgsim_scenario *s = load->scenario;
    bool *feature = memory_array(s->n_features, sizeof *feature), *team = memory_array(s->n_teams, sizeof *team);
    if (!feature || !team) load->status = ORGSIM_ERROR_MEMORY;
    /* Where a package names one that is not there, another may only look unused. */
    const size_t named = columns_find(TABLE_PACKAGES, "feature");
    bool features_known = !load->files[TABLE_PACKAGES].broken, teams_known = features_known;
    for (size_t p = 0; p < s->n_packages && !load->status; p++) {
        if (s->packages[p].feature != SCENARIO_NONE) feature[s->packages[p].feature] = true;
        else if (*load_cell(load, TABLE_PACKAGES, p, named) || load->files[TABLE_PACKAGES].table.n_torn) features_known = false;
        if (s->packages[p].team != SCENARIO_NONE) team[s->packages[p].team] = true;
        else teams_known = false;
    }
    for (size_t g = 0; g < s->n_features && !load->status && features_known; g++)
        if (!feature[g])
            load_problem(load, TABLE_FEATURES, g, 0, "name it in column feature of packages.csv, or remove it",
                         "no package serves feature \"%s\"", csv_table_shown(s->features[g].id).s);
    for (size_t j = 0; j < s->n_teams && !load->status && teams_known; j++)
        if (!team[j])
            load_note(load, TABLE_TEAMS, j, 0, "it costs money and does nothing", "team \"%s\" has no package",
                      csv_table_shown(s->teams[j].id).s);
    memory_free(feature);
    memory_free(team);
}

static void penalties_check(struct load *load)
{
    const struct orgsim_scenario *s = load->scenario;
    for (size_t p = 0; p < s->n_packages; p++)
        if (s->packages[p].penalty_k_per_week > 0 && isnan(s->packages[p].due_week))
            load_note(load, TABLE_PACKAGES, p, columns_find(TABLE_PACKAGES, "penalty_k_per_week"), "give due_week",
                      "a penalty without a due week is only paid when the package is cut");
}

/* Row of seats.csv that became seat q of arm a. */
static size_t seat_row(const struct load *load, size_t a, size_t q)
{
    size_t n = 0;
    for (size_t row = 0; row < load->n_seats; row++)
        if (load->seats[row].arm == a && n++ == q) return row;
    return SCENARIO_NONE;
}

/* A cell that names a parameter takes its value, which must suit the cell. */
static void parameter_check(struct load *load, enum table table, size_t row, size_t column, const struct scenario_cell *cell)
{
    const struct column *rule = &columns_of[table].columns[column];
    char todo[CELL_TODO], shown[TEXT_NUMBER_SIZE];
    double value = scenario_cell_value(load->scenario, *cell);
    if (cell->assumption < 0 || !*load_cell(load, table, row, column) || cell_in_range(rule, value)) return;
    load_problem(load, table, row, column, cell_range(todo, rule), "%s follows %s, which is %s", rule->name,
                 assumption_table[cell->assumption].name, text_of_double(shown, value));
}

static void seat_check(struct load *load, size_t a, size_t q)
{
    const struct table_format *format = &columns_of[TABLE_SEATS];
    const struct scenario_arm *arm = &load->scenario->arms[a];
    const size_t row = seat_row(load, a, q);
    struct scenario_seat_row seat = {a, arm->seats[q]};
    double fte = 0;
    char shown[TEXT_NUMBER_SIZE];
    for (size_t k = 0; k < format->n_columns; k++)
        if (format->columns[k].type == COLUMN_CELL)
            parameter_check(load, TABLE_SEATS, row, k,
                            (const struct scenario_cell *)(const void *)((const char *)&seat + format->columns[k].offset));
    for (size_t k = 0; k <= q; k++)
        if (arm->seats[k].person == seat.seat.person) fte += scenario_cell_value(load->scenario, arm->seats[k].fte);
    if (fte > 1 + 1e-9)
        load_note(load, TABLE_SEATS, row, columns_find(TABLE_SEATS, "fte"), "lower fte, or make them two people",
                  "the seats of one person take %s full-time", text_of_double(shown, fte));
}

static bool has_delivery_seat(const struct scenario_arm *arm)
{
    for (size_t q = 0; q < arm->n_seats; q++)
        if (arm->seats[q].role != ROLE_PM) return true;
    return false;
}

static void arm_check(struct load *load, size_t a)
{
    const struct orgsim_scenario *s = load->scenario;
    const struct scenario_arm *arm = &s->arms[a], *headline = &s->arms[s->settings.headline_arm];
    const char *columns[] = {"extra_engineers", "extra_cost_per_year"};
    const double values[] = {arm->extra_engineers, arm->extra_cost_per_year};
    char what[CELL_TODO], todo[CELL_TODO];
    if (engineers_are_free(s, arm, what, todo)) load_problem(load, TABLE_ARMS, a, columns_find(TABLE_ARMS, columns[0]), todo, "%s", what);
    parameter_check(load, TABLE_ARMS, a, columns_find(TABLE_ARMS, "ambiguity_factor"), &arm->ambiguity_factor);
    parameter_check(load, TABLE_ARMS, a, columns_find(TABLE_ARMS, "h_dep_factor"), &arm->h_dep_factor);
    for (size_t k = 0; k < 2; k++)
        if (isnan(values[k]) && !has_delivery_seat(headline) && !load->files[TABLE_SEATS].broken)
            load_problem(load, TABLE_ARMS, a, columns_find(TABLE_ARMS, columns[k]), "give a number, or another headline_arm",
                         "tpm_money is the pay of the headline arm's delivery seats, and arm \"%s\" has none", csv_table_shown(headline->id).s);
    for (size_t q = 0; q < arm->n_seats; q++) seat_check(load, a, q);
}

/* Answers name organisations by their labels. */
static void labels_check(struct load *load)
{
    const struct orgsim_scenario *s = load->scenario;
    for (size_t a = 0; a < s->n_arms && !load->status; a++)
        for (size_t b = 0; b < a; b++) {
            if (!s->arms[a].label || !s->arms[b].label || strcmp(s->arms[a].label, s->arms[b].label)) continue;
            load_note(load, TABLE_ARMS, a, columns_find(TABLE_ARMS, "label"), "readers cannot tell them apart: give each a label of its own",
                      "two organisations are called \"%s\"", csv_table_shown(s->arms[a].label).s);
            break;
        }
}

void check_all(struct load *load)
{
    const struct orgsim_scenario *s = load->scenario;
    values_check(load);
    unused_check(load);
    if (!load->status) penalties_check(load);
    labels_check(load);
    for (size_t a = 0; a < s->n_arms && !load->status; a++) arm_check(load, a);
}
