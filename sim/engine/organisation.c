/* organisation.c: one arm, as the lanes read it */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/program.h"
#include "scenario/scenario.h"

static const int seat_money_default[SEAT_ROLES] = {
    [ROLE_TPM] = ASSUMPTION_c_tpm, [ROLE_PM] = ASSUMPTION_c_pm, [ROLE_COORDINATOR] = ASSUMPTION_c_coord};

static double cell_value(const struct orgsim_scenario *s, struct scenario_cell cell)
{
    return cell.assumption >= 0 ? assumptions_get(&s->assumptions, cell.assumption) : cell.value;
}

double organisation_seat_cost(const struct orgsim_scenario *s, const struct scenario_seat *seat)
{
    const double salary[SEAT_ROLES] = {s->money.tpm_per_year, s->money.pm_per_year, s->money.coordinator_per_year};
    double load = isnan(s->money.benefit_load) ? 1.43 : s->money.benefit_load;
    if (!isnan(seat->cost_per_year)) return seat->cost_per_year / 52000;
    if (!isnan(salary[seat->role])) return salary[seat->role] * load / 52000 * cell_value(s, seat->fte);
    return assumptions_get(&s->assumptions, seat_money_default[seat->role]) * cell_value(s, seat->fte);
}

double organisation_delivery_cost(const struct orgsim_scenario *s, size_t arm)
{
    double cost = 0;
    for (size_t q = 0; q < s->arms[arm].n_seats; q++)
        if (s->arms[arm].seats[q].role != ROLE_PM) cost += organisation_seat_cost(s, &s->arms[arm].seats[q]);
    return cost;
}

/* The money of one TPM: what the headline arm pays for its delivery seats each week, k. */
static double tpm_money(const struct orgsim_scenario *s) { return organisation_delivery_cost(s, s->settings.headline_arm); }

static void seat_fill(struct seat *seat, const struct orgsim_scenario *s, const struct scenario_seat *row, uint32_t number_in_role)
{
    *seat = (struct seat){
        .role = row->role, .person = (uint32_t)row->person, .key = (uint32_t)row->role * PROGRAM_SEATS + number_in_role,
        .delivery = row->role != ROLE_PM, .fte = (float)cell_value(s, row->fte), .judgment = (float)cell_value(s, row->judgment),
        .empowerment = (float)cell_value(s, row->empowerment), .admin_share = (float)cell_value(s, row->admin_share),
        .outcome = (float)cell_value(s, row->outcome_evaluated), .cost_per_week = (float)organisation_seat_cost(s, row),
        .start_week = (float)row->start_week, .weeks_in_seat = (float)row->weeks_in_seat, .switching = 1};
}

/* A person leaves all seats at once: the hazard is the mean over the seats held. */
static void person_join(struct person *person, const struct seat *seat)
{
    if (person->n_seats == 0) {
        *person = (struct person){.key = seat->key, .judgment = seat->judgment, .start_week = seat->start_week,
                                  .absent = true};
    }
    float n = (float)person->n_seats++;
    person->outcome = (person->outcome * n + seat->outcome) / (n + 1);
    person->delivery |= seat->delivery;
    person->absent &= seat->fte <= 0; /* nobody works in a seat of no time: a cost and nothing else */
}

static void seats_fill(struct organisation *o, const struct program *p, const struct scenario_arm *arm)
{
    uint32_t in_role[SEAT_ROLES] = {0};
    o->n_seats = arm->n_seats;
    o->n_persons = arm->n_persons;
    for (size_t q = 0; q < arm->n_seats; q++) {
        const struct scenario_seat *row = &arm->seats[q];
        seat_fill(&o->seats[q], p->scenario, row, in_role[row->role]++);
        person_join(&o->persons[row->person], &o->seats[q]);
        if (row->em_of_team != SCENARIO_NONE) o->em_hours[row->em_of_team] = fmaxf(0, o->em_hours[row->em_of_team] - 40 * o->seats[q].fte);
    }
    for (size_t q = 0; q < o->n_seats; q++)
        for (size_t other = 0; other < o->n_seats; other++)
            if (other != q && o->seats[other].person == o->seats[q].person && o->seats[other].fte > 0) o->seats[q].switching = 1 - p->a.sw_loss;
}

static void extras_fill(struct organisation *o, const struct program *p, const struct scenario_arm *arm, size_t place_team)
{
    const struct orgsim_scenario *s = p->scenario;
    double money = tpm_money(s), engineers = arm->extra_engineers;
    if (isnan(engineers)) engineers = money / organisation_engineer_cost(s);
    double extra = isnan(arm->extra_cost_per_year) ? money : arm->extra_cost_per_year / 52000;
    o->extra_cost_per_week = (float)extra;
    for (size_t j = 0; j < p->n_teams; j++) {
        bool spread = place_team == SIZE_MAX;
        o->extra_engineers[j] = spread ? (float)(engineers / (double)p->n_teams) : j == place_team ? (float)engineers : 0;
    }
}

static void thresholds_fill(struct organisation *o, const struct program *p, const struct scenario_arm *arm)
{
    double decoupled = 1 - p->a.decoupling_effect;
    double ambiguity = arm->ambiguity_decoupled ? decoupled : cell_value(p->scenario, arm->ambiguity_factor);
    o->h_dep_factor = (float)(arm->h_dep_decoupled ? decoupled : cell_value(p->scenario, arm->h_dep_factor));
    for (size_t k = 0; k < p->n_items; k++)
        o->threshold[k] = p->items[k].threshold * (p->items[k].kind == ITEM_MISMATCH ? (float)ambiguity : 1);
}

int organisation_create(struct organisation *o, const struct program *p, size_t arm, unsigned levers_off, size_t place_team,
                        struct orgsim_where *where)
{
    const struct scenario_arm *row = &p->scenario->arms[arm];
    *o = (struct organisation){.arm = arm};
    o->extra_engineers = memory_array(p->n_teams, sizeof *o->extra_engineers);
    o->em_hours = memory_array(p->n_teams, sizeof *o->em_hours);
    o->threshold = memory_array(p->n_items, sizeof *o->threshold);
    if (!o->extra_engineers || !o->em_hours || !o->threshold) {
        organisation_free(o);
        return error_set(where, ORGSIM_ERROR_MEMORY, p->scenario->path, 0, 0, "try a smaller scenario", "out of memory for arm %s", row->id);
    }
    for (size_t j = 0; j < p->n_teams; j++) o->em_hours[j] = p->teams[j].em_hours;
    for (int l = 0; l < ORGSIM_LEVER_COUNT; l++) o->lever[l] = levers_off >> l & 1 ? 0.0f : 1.0f;
    if (p->frictionless) return 0;
    seats_fill(o, p, row);
    extras_fill(o, p, row, place_team);
    thresholds_fill(o, p, row);
    return 0;
}

void organisation_free(struct organisation *o)
{
    memory_free(o->extra_engineers);
    memory_free(o->em_hours);
    memory_free(o->threshold);
    *o = (struct organisation){0};
}
