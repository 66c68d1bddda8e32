/* arms.c: the organisations, their seats and the people in them */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/load.h"

/* What a blank cell of a seat means, by role. */
static const struct role_usual {
    struct scenario_cell judgment, empowerment, admin_share, outcome_evaluated;
    double weeks_in_seat;
} role_usual[SEAT_ROLES] = {
    [ROLE_TPM] = {{0, ASSUMPTION_J_tpm}, {0, ASSUMPTION_E_tpm}, {0, ASSUMPTION_a_tpm}, {0.9, -1}, 0},
    [ROLE_PM] = {{0.5, -1}, {0.35, -1}, {0.4, -1}, {0.5, -1}, 26},
    [ROLE_COORDINATOR] = {{0.35, -1}, {0.1, -1}, {0.9, -1}, {0.1, -1}, 0},
};

static bool is_blank(const struct scenario_cell *cell) { return cell->assumption < 0 && isnan(cell->value); }

static void seat_usual(struct scenario_seat *seat)
{
    const struct role_usual *usual = &role_usual[seat->role];
    if (is_blank(&seat->judgment)) seat->judgment = usual->judgment;
    if (is_blank(&seat->empowerment)) seat->empowerment = usual->empowerment;
    if (is_blank(&seat->admin_share)) seat->admin_share = usual->admin_share;
    if (is_blank(&seat->outcome_evaluated)) seat->outcome_evaluated = usual->outcome_evaluated;
    if (isnan(seat->weeks_in_seat)) seat->weeks_in_seat = usual->weeks_in_seat;
}

/* A factor on dependencies: a number, a parameter, or `decoupled`. */
static void factor_read(struct load *load, size_t row, const char *column, struct scenario_cell *cell, bool *decoupled)
{
    const size_t k = columns_find(TABLE_ARMS, column);
    *decoupled = !strcmp(load_cell(load, TABLE_ARMS, row, k), "decoupled");
    *cell = (struct scenario_cell){1, -1};
    if (!*decoupled) cell_cell(load, TABLE_ARMS, row, k, &columns_of[TABLE_ARMS].columns[k], cell);
}

static void placement_read(struct load *load, size_t row, struct scenario_arm *arm)
{
    const size_t k = columns_find(TABLE_ARMS, "extra_engineers_team");
    const char *text = load_cell(load, TABLE_ARMS, row, k);
    arm->extra_team = SCENARIO_NONE;
    arm->placement = PLACE_SPREAD;
    if (!strcmp(text, "best")) arm->placement = PLACE_BEST;
    else if (*text && strcmp(text, "spread")) {
        arm->extra_team = cell_row(load, TABLE_ARMS, row, k, TABLE_TEAMS, text);
        arm->placement = PLACE_TEAM;
    }
}

/* Ids of arms stand in --set ARM.ROLE.FIELD and --arms a,b. */
static void arm_id_check(struct load *load, size_t row, const char *id)
{
    if (id[strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")])
        load_problem(load, TABLE_ARMS, row, 0, "use only letters, digits, _ and -", "arm \"%s\" cannot be named in --set and --arms",
                     csv_table_shown(id).s);
}

/* The seat's id: given, or the role; once in its arm. */
static void seat_id(struct load *load, size_t row, const struct scenario_arm *arm, struct scenario_seat *seat)
{
    static const char *const role[SEAT_ROLES] = {"tpm", "pm", "coordinator"};
    const size_t column = columns_find(TABLE_SEATS, "seat");
    const char *id = load_cell(load, TABLE_SEATS, row, column);
    if (!*id) id = role[seat->role];
    for (size_t k = 0; k < arm->n_seats; k++)
        if (!strcmp(arm->seats[k].id, id))
            load_problem(load, TABLE_SEATS, row, column, "give each seat of an arm an id of its own", "arm \"%s\" has a seat \"%s\" already",
                         csv_table_shown(arm->id).s, csv_table_shown(id).s);
    if (!(seat->id = memory_string(id))) load->status = ORGSIM_ERROR_MEMORY;
}

/* Who sits there. labels[k] is the label of the arm's seat k, "" for a person of its own. */
static void seat_person(struct load *load, size_t row, struct scenario_arm *arm, struct scenario_seat *seat,
                        const char *labels[LOAD_SEATS_MOST])
{
    const size_t column = columns_find(TABLE_SEATS, "person");
    const char *label = labels[arm->n_seats] = load_cell(load, TABLE_SEATS, row, column);
    seat->em_of_team = SCENARIO_NONE;
    seat->person = SCENARIO_NONE;
    for (size_t k = 0; *label && k < arm->n_seats; k++)
        if (!strcmp(labels[k], label)) seat->person = arm->seats[k].person;
    if (seat->person == SCENARIO_NONE) seat->person = arm->n_persons++;
    if (!strncmp(label, "em:", 3)) seat->em_of_team = cell_row(load, TABLE_SEATS, row, column, TABLE_TEAMS, label + 3);
}

/* Moves the rows of seats.csv that belong to an arm into it. */
static void arm_seats(struct load *load, size_t number)
{
    struct scenario_arm *arm = &load->scenario->arms[number];
    const char *labels[LOAD_SEATS_MOST];
    size_t n = 0;
    for (size_t row = 0; row < load->n_seats; row++) n += load->seats[row].arm == number;
    arm->seats = memory_array(n < LOAD_SEATS_MOST ? n : LOAD_SEATS_MOST, sizeof *arm->seats);
    if (!arm->seats) load->status = ORGSIM_ERROR_MEMORY;
    for (size_t row = 0; row < load->n_seats && !load->status; row++) {
        if (load->seats[row].arm != number) continue;
        if (arm->n_seats == LOAD_SEATS_MOST) {
            load_problem(load, TABLE_SEATS, row, 0, "at most 16 are possible", "arm \"%s\" has %zu seats", csv_table_shown(arm->id).s, n);
            break;
        }
        struct scenario_seat *seat = &arm->seats[arm->n_seats];
        *seat = load->seats[row].seat;
        seat_usual(seat);
        seat_person(load, row, arm, seat, labels);
        seat_id(load, row, arm, seat);
        arm->n_seats++;
    }
}

void arms_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    s->arms = rows_read(load, TABLE_ARMS, &s->n_arms);
    for (size_t row = 0; row < s->n_arms && !load->status; row++) {
        struct scenario_arm *arm = &s->arms[row];
        arm_id_check(load, row, arm->id);
        placement_read(load, row, arm);
        factor_read(load, row, "ambiguity_factor", &arm->ambiguity_factor, &arm->ambiguity_decoupled);
        factor_read(load, row, "h_dep_factor", &arm->h_dep_factor, &arm->h_dep_decoupled);
    }
    if (!load->status) load->seats = rows_read(load, TABLE_SEATS, &load->n_seats);
    for (size_t number = 0; number < s->n_arms && !load->status; number++) arm_seats(load, number);
}
