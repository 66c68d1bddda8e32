/* attention.c: how much of a team's life a program-wide seat sees
 *
 *     alpha_r = 1 - exp(-span_r G_r / max(1, active teams)),   G_r = sum of g J over the seats of role r; the PM's g shrinks by its load / 40
 *
 * More teams dilute it, more people saturate it. E, T and J of a role are means over the seats present, weighted by g J.
 * Reads    seats, pm_load, active_teams
 * Writes   roles, judgment_invested
 * Registry span_tpm span_pm
 * Source   assumption
 */
#include "engine/state.h"

static void attention_step(struct batch *b)
{
    const float span[ROLES] = {b->p->a.span_tpm, b->p->a.span_pm};
    for (int r = 0; r < ROLES; r++) b->roles[r] = (struct role_state){0};
    for (size_t q = 0; q < b->o->n_seats; q++) {
        const struct lane_seat *seat = &b->o->seats[q];
        struct seat_state *s = &b->seats[q];
        s->judgment_time = lane_select(seat->product, s->judgment_time * lane_floor_zero(1.0f - b->pm_load * (1.0f / 40)), s->judgment_time);
        for (int r = 0; r < ROLES; r++) {
            struct role_state *role = &b->roles[r];
            lane_f weight = lane_keep(seat_is(seat, r), s->judgment_time * s->judgment);
            role->weight += weight;
            role->judgment += weight * s->judgment;
            role->empowerment += weight * seat->empowerment;
            role->trust += weight * s->trust;
        }
    }
    lane_f per_team = 1.0f / lane_max(b->active_teams, lane_set(1.0f));
    for (int r = 0; r < ROLES; r++) {
        struct role_state *role = &b->roles[r];
        lane_f inverse = 1.0f / lane_max(role->weight, lane_set(1e-12f));
        role->judgment *= inverse;
        role->empowerment *= inverse;
        role->trust *= inverse;
        role->attention = 1.0f - lane_exp(-span[r] * role->weight * per_team);
    }
    lane_f followed = lane_select(b->o->has_delivery, b->roles[ROLE_DELIVERY].trust, b->roles[ROLE_PRODUCT].trust);
    b->trust_followed = lane_select(b->alive, followed, b->trust_followed);
    b->judgment_invested += b->p->dt * b->roles[ROLE_PRODUCT].weight;
}
