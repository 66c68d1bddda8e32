/* coordination.c: the load that EMs and PMs carry when nobody else does
 *
 *     L        = h_dep (1 - rho_K K) n_ax + h_team n_at (n_at - 1)/2 density + h_open n_open + h_seat engineers seats      hours per week
 *     absorbed = min(L, 40 (eps_admin sum c + eps_judg sum g T)),  r = L - absorbed
 *     PM       : r_P = min(pi_PM r, cap fte);  team j: r_j = (r - r_P) (dep_j / sum dep + active_j / n_at) / 2
 *     EM       : e_j = min(r_j, h_EM), vigilance f_j = 1 - omega e_j / h_EM;  engineers: phi_j = min(phi_max, k_ctx (r_j - e_j) / (40 n_j))
 *
 * n_ax: cross-team dependencies with one end started and the successor not accepted, more dear between sites; n_at: active teams;
 * n_open: open cross-team items. Whatever a seat is called, its hours relieve; and each seat is one more person to talk to.
 * Reads    package flags, seats' time, open_cross, rigour, team.off_critical
 * Writes   team.focus_loss, team.em_vigilance, pm_load, coordination_load
 * Registry h_dep h_team h_open h_seat eps_admin eps_judg pm_load pm_cap em_blind phi_max k_ctx cross_team_slowdown rho_rigour
 * Source   n^2 load: Abdel-Hamid & Madnick 1991, Chernoguz 2011; sites: Herbsleb & Mockus 2003; the rest assumption
 * Lever    absorption=off, overhead=off
 * Contrary off_critical_hurts: r_j grows by its strength times seats times n_j where team j is off the critical path; nobody absorbs that
 */
#include "engine/state.h"

/* Counts that change only when a package starts, is accepted or is cut. */
static void coordination_count(struct batch *b)
{
    const struct program *p = b->p;
    for (size_t j = 0; j < p->n_teams; j++) b->teams[j].active_packages = b->teams[j].active_interfaces = lane_set(0.0f);
    for (size_t i = 0; i < p->n_packages; i++) {
        if (b->notes[i].started && !b->notes[i].finished)
            b->teams[p->packages[i].team].active_packages += lane_one(b->started[i] & lane_not(b->closed[i]));
    }
    b->active_interface_load = b->total_interfaces = b->active_teams = lane_set(0.0f);
    for (size_t d = 0; d < p->n_interfaces; d++) {
        const struct program_interface *face = &p->interfaces[d];
        if (b->notes[face->to].finished || !(b->notes[face->from].started || b->notes[face->to].started)) continue;
        lane_f active = lane_one((b->started[face->from] | b->started[face->to]) & lane_not(b->closed[face->to]));
        b->active_interface_load += face->weight * active;
        b->total_interfaces += 2.0f * active;
        b->teams[face->team_from].active_interfaces += active;
        b->teams[face->team_to].active_interfaces += active;
    }
    for (size_t j = 0; j < p->n_teams; j++) b->active_teams += lane_one(b->teams[j].active_packages > 0.0f);
    b->structure_changed = false;
}

static void coordination_team(struct batch *b, size_t j, lane_f residual, lane_f per_interface, lane_f per_team)
{
    const struct constants *a = &b->p->a;
    struct team_state *team = &b->teams[j];
    lane_f hours = b->o->em_hours[j];
    lane_i active = team->active_packages > 0.0f;
    lane_f share = 0.5f * team->active_interfaces * per_interface + 0.5f * lane_keep(active, per_team);
    lane_f load = residual * share, heads = lane_max(team->experienced + team->newcomers, lane_set(0.5f));
    if (criticality_asked(b->p)) {
        lane_f disturbed = lane_keep(active, b->p->contrary[ORGSIM_CONTRARY_off_critical_hurts] * b->overhead_seats * heads * team->off_critical);
        load += disturbed;
        b->coordination_load += disturbed;
    }
    lane_f em = lane_min(load, hours), blind = lane_select(hours > 0.0f, a->em_blind / lane_max(hours, lane_set(1e-9f)), lane_set(0.0f));
    team->em_vigilance = 1.0f - blind * em - a->em_blind * lane_one((hours <= 0.0f) & (load > 0.0f));
    team->focus_loss = lane_min(a->k_ctx * (load - em) / (40.0f * heads), lane_set(a->phi_max));
    lane_f weeks = lane_keep(b->alive, lane_set(b->p->dt));
    b->ledger.em_h += weeks * em;
    b->ledger.engineers_h += weeks * (load - em);
    b->ledger.focus_loss += lane_keep(active, weeks * team->focus_loss);
    b->ledger.active_team_weeks += lane_keep(active, weeks);
}

static void coordination_step(struct batch *b)
{
    const struct constants *a = &b->p->a;
    if (b->structure_changed) coordination_count(b);
    lane_f engineers = lane_set(0.0f), teams = b->active_teams;
    for (size_t j = 0; j < b->p->n_teams; j++) engineers += b->teams[j].experienced + b->teams[j].newcomers;
    lane_f load = a->h_dep * b->o->h_dep_factor * (1.0f - a->rho_rigour * b->rigour) * b->active_interface_load +
                  0.5f * a->h_team * b->p->density * teams * lane_floor_zero(teams - 1.0f) + a->h_open * b->open_cross +
                  a->h_seat * engineers * b->overhead_seats;
    lane_f absorbed = lane_min(load, 40.0f * (a->eps_admin * b->admin_time + a->eps_judg * b->trusted_time));
    lane_f residual = load - absorbed, product_seats = lane_set(0.0f);
    for (size_t q = 0; q < b->o->n_seats; q++)
        product_seats += lane_keep(b->seats[q].present & b->o->seats[q].product, b->o->seats[q].fte);
    lane_f carried = lane_min(a->pm_load * residual, a->pm_cap * product_seats), weeks = lane_keep(b->alive, lane_set(b->p->dt));
    b->coordination_load = load;
    b->pm_load = lane_select(product_seats > 0.0f, carried / lane_max(product_seats, lane_set(1e-6f)), lane_set(0.0f));
    b->ledger.absorbed_h += weeks * absorbed;
    b->ledger.pm_h += weeks * carried;
    lane_f per_interface = lane_select(b->total_interfaces > 0.0f, 1.0f / lane_max(b->total_interfaces, lane_set(1.0f)), lane_set(0.0f));
    lane_f per_team = 1.0f / lane_max(teams, lane_set(1.0f));
    for (size_t j = 0; j < b->p->n_teams; j++) coordination_team(b, j, residual - carried, per_interface, per_team);
}
