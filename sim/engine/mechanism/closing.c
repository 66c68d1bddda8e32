/* closing.c: what a team can settle itself
 *
 *     team-altitude items only; hazard  chi0 (1 - phi_j) + chi_s alpha T E  of the seat that owns the kind (delivery or product);
 *     questions while open, risks once known; a resolved risk costs rho_mit I G(age)
 *
 * Reads    focus, roles
 * Writes   item.life (latent, held -> closed or wrong), package.rework, trust
 * Registry chi0 chi_seat rho_mit t_small
 * Source   assumption; decision latency after Standish, loosely
 * Lever    closing=off: chi_s = 0 for delivery seats
 */
#include "engine/state.h"

static lane_f closing_seat_hazard(const struct batch *b, bool product)
{
    const struct role_state *role = &b->roles[product ? ROLE_PRODUCT : ROLE_DELIVERY];
    lane_f lever = product ? lane_set(1.0f) : b->o->lever[ORGSIM_LEVER_closing];
    return (lever * b->p->a.chi_seat) * role->attention * role->trust * role->empowerment;
}

static void closing_item(struct batch *b, size_t k, lane_i open)
{
    const struct program_item *item = &b->p->items[k];
    struct item_state *s = &b->items[k];
    lane_f from_team = b->p->a.chi0 * (1.0f - b->teams[item->team].focus_loss), from_seat = closing_seat_hazard(b, item->product);
    lane_f rate = from_team + from_seat, until = item_window_end(b, k);
    lane_f since = item->kind == ITEM_QUESTION ? s->active_week : s->detected_week;
    lane_f weeks = lane_floor_zero(until - lane_max(since, lane_set(b->t0)));
    s->hazard_local += lane_keep(open, rate * weeks);
    lane_f excess = s->hazard_local - s->local_threshold;
    lane_i closes = open & (excess >= 0.0f) & (weeks > 0.0f);
    if (!lane_any(closes)) return;
    lane_f week = until - excess / lane_max(rate, lane_set(1e-9f)), seat_share = from_seat / lane_max(rate, lane_set(1e-9f));
    if (item->kind == ITEM_RISK) {
        decision_resolve_risk(b, k, closes, week);
    } else {
        const struct role_state *role = &b->roles[item->product ? ROLE_PRODUCT : ROLE_DELIVERY];
        float em = b->p->teams[item->team].em_judgment;
        lane_f lever = item->product ? lane_set(1.0f) : b->o->lever[ORGSIM_LEVER_decision_quality];
        lane_f judgment = em + lever * seat_share * (role->judgment - em);
        decision_answer_question(b, k, closes, week, judgment);
    }
    trust_small_gain(b, item->product ? ROLE_PRODUCT : ROLE_DELIVERY, lane_keep(closes, b->p->a.t_small * seat_share));
}

static void closing_step(struct batch *b)
{
    ITEMS_IN(b, k, 1u << ITEM_HELD | 1u << ITEM_LATENT) {
        const struct program_item *item = &b->p->items[k];
        lane_i held, latent = lane_set_i(0);
        if (item->altitude != ALTITUDE_TEAM) continue;
        bool any = item_in(b, k, ITEM_HELD, &held);
        if (!any) held = lane_set_i(0);
        if (item->kind == ITEM_QUESTION && item_in(b, k, ITEM_LATENT, &latent)) any = true;
        else latent = lane_set_i(0);
        if (any) closing_item(b, k, held | latent);
    }
}
