/* realisation.c: a risk that nobody closed in time strikes
 *
 *     an active risk strikes when the integral of h_real reaches nature's unit exponential, at the latest at integration (integration.c)
 *     effect: B += I G(age);  the package is blocked for the drawn delay;  successors' B += xi_dep W
 *
 * Reads    item.active_week, package integration
 * Writes   item.life (open -> realised), package.rework, blocked_until, ledger
 * Registry real_h xi_dep growth gcap
 * Contrary no_delay_effect: growth, standstill and xi_dep shrink to nothing
 * Source   assumption
 */
#include "engine/state.h"

static void realise(struct batch *b, size_t k, lane_i strikes, lane_f week)
{
    const struct program_item *item = &b->p->items[k];
    const struct program_package *package = &b->p->packages[item->package];
    struct package_state *s = &b->packages[item->package];
    lane_i unseen = strikes & (b->items[k].life == ITEM_LATENT);
    lane_f impact = lane_keep(strikes, item_impact(b, k, week)), spread = lane_set(0.0f);
    rework_add(b, item->package, impact);
    lane_f delay = item_delay_effect(b) * b->n->items[k].delay;
    s->blocked_until = lane_select(strikes, lane_max(s->blocked_until, week + delay), s->blocked_until);
    for (uint32_t l = 0; l < package->n_successors; l++) {
        size_t next = package->successors[l].package;
        lane_f broken = lane_keep(strikes, item_delay_effect(b) * b->p->a.xi_dep * b->packages[next].worked);
        rework_add(b, next, broken);
        spread += lane_keep(lane_not(b->closed[next]), broken);
    }
    trace_event(b, ORGSIM_EVENT_realised, k, strikes, week, trace_who(b, k), impact, delay, spread);
    b->ledger.risks_realised += lane_one(strikes);
    b->ledger.lead_weeks += lane_keep(strikes & lane_not(unseen), lane_floor_zero(week - b->items[k].detected_week));
    trust_surprise(b, k, unseen);
    item_move(b, k, strikes, ITEM_REALISED, week);
}

static void realisation_step(struct batch *b)
{
    lane_f rate = lane_set(b->p->a.real_h);
    ITEMS_IN(b, k, ITEM_OPEN_LIVES) {
        struct item_state *s = &b->items[k];
        lane_i open;
        if (b->p->items[k].kind != ITEM_RISK || !item_any_open(b, k, &open)) continue;
        lane_f until = item_window_end(b, k);
        lane_f weeks = lane_floor_zero(until - lane_max(s->active_week, lane_set(b->t0)));
        s->hazard_real += lane_keep(open, rate * weeks);
        lane_f excess = s->hazard_real - b->n->items[k].real_threshold;
        lane_i strikes = open & (excess >= 0.0f) & (weeks > 0.0f);
        if (lane_any(strikes)) realise(b, k, strikes, until - excess / lane_max(rate, lane_set(1e-9f)));
    }
}
