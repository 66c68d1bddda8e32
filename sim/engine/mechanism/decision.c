/* decision.c: what is decided, and whether it was right
 *
 *     risk      B += rho_mit I G(age); with a mitigation from the register its price instead, and its residual probability and impact stay
 *     mismatch  its taint ends
 *     question  right when u < p_r0 + p_r1 J of whoever carried it; a wrong answer is reopened after tau_reop x with B += zeta W, at most
 *               twice, and never once its package is integrated
 *
 * Reads    item.timer, carrier's judgment
 * Writes   item.life (deciding -> closed, wrong, held), package.rework, trust, ledger
 * Registry rho_mit p_r0 p_r1 tau_reop zeta t_close
 * Source   assumption
 * Lever    decision_quality=off: what a delivery seat carried is decided with the manager's judgment
 * Contrary no_delay_effect: rho_mit grows to 1
 */
#include "engine/state.h"

#define DECISION_REOPENINGS 2

/* The register's mitigation is bought when its risk surfaces. */
static void decision_buy_mitigation(struct batch *b, size_t k, lane_i surfaced)
{
    const struct program_item *item = &b->p->items[k];
    if (!item->has_mitigation) return;
    lane_f cost = lane_keep(surfaced, lane_set(item->mitigation_cost));
    b->ledger.cost += cost;
    b->ledger.cost_discounted += cost * (float)b->p->discount_factor[b->tick];
}

/* Resolved in these lanes at `week`. */
static void decision_resolve_risk(struct batch *b, size_t k, lane_i mask, lane_f week)
{
    const struct program_item *item = &b->p->items[k];
    struct item_state *s = &b->items[k];
    lane_i mitigated = item->has_mitigation ? mask & s->surfaced : lane_set_i(0), plain = mask & lane_not(mitigated);
    lane_i remains = mitigated & (b->n->items[k].score < item->residual_threshold);
    const lane_f itself = lane_one(s->life != ITEM_DECIDING);
    lane_f price = lane_keep(plain, item_settling_share(b) * item_impact(b, k, week));
    trace_item(b, ORGSIM_EVENT_resolved, k, mask & lane_not(remains), week, price, itself);
    trace_item(b, ORGSIM_EVENT_residual, k, remains, week, lane_set(0.0f), itself);
    rework_add(b, item->package, price);
    s->impact_factor = lane_select(remains, lane_set(item->residual_factor), s->impact_factor);
    s->settled |= remains;
    s->local_threshold = lane_select(remains, lane_set(NEVER), s->local_threshold); /* nothing more can be done about it */
    item_move(b, k, remains, ITEM_HELD, week);
    lane_i closed = mask & lane_not(remains);
    item_move(b, k, closed, ITEM_CLOSED, week);
}

static void decision_answer_question(struct batch *b, size_t k, lane_i mask, lane_f week, lane_f judgment)
{
    const struct constants *a = &b->p->a;
    struct item_state *s = &b->items[k];
    lane_u raw[4];
    item_draw(b, k, DRAW_DECISION, s->episode, mask, raw);
    lane_i right = mask & (lane_uniform(raw[0]) < a->p_r0 + a->p_r1 * judgment), wrong = mask & lane_not(right);
    b->ledger.questions_closed += lane_one(mask);
    trace_item(b, ORGSIM_EVENT_answered_right, k, right, week, judgment, lane_one(s->life != ITEM_DECIDING));
    trace_item(b, ORGSIM_EVENT_answered_wrong, k, wrong, week, judgment, lane_one(s->life != ITEM_DECIDING));
    s->timer = lane_select(wrong, week + a->tau_reop * lane_exponential(raw[1]), s->timer);
    if (lane_any(right)) item_move(b, k, right, ITEM_CLOSED, week);
    if (lane_any(wrong)) item_move(b, k, wrong, ITEM_WRONG, week);
}

static void decision_made(struct batch *b, size_t k, lane_i decided)
{
    const struct program_item *item = &b->p->items[k];
    struct item_state *s = &b->items[k];
    lane_f judgment, empowerment, week = s->timer;
    lane_i seat;
    item_carrier(b, k, &judgment, &empowerment, &seat);
    if (item->altitude > ALTITUDE_TEAM) {
        b->ledger.decided_above += lane_one(decided);
        b->ledger.latency_weeks += lane_keep(decided, week - s->detected_week);
    }
    if (item->kind == ITEM_RISK) {
        decision_resolve_risk(b, k, decided, week);
        return;
    }
    if (item->kind == ITEM_QUESTION) {
        lane_i without = b->o->lever[ORGSIM_LEVER_decision_quality] <= 0.0f;
        for (size_t q = 0; q < b->o->n_seats; q++)
            judgment = lane_select(without & b->o->seats[q].delivery & item_observed_by_seat(b, k, q), lane_set(b->p->teams[item->team].em_judgment), judgment);
        decision_answer_question(b, k, decided, week, judgment);
    } else {
        trace_item(b, ORGSIM_EVENT_resolved, k, decided, week, lane_set(0.0f), lane_set(0.0f));
        item_move(b, k, decided, ITEM_CLOSED, week);
    }
    trust_observer(b, k, decided, b->p->a.t_close);
}

/* A wrong answer comes back, a new episode with new thresholds. */
static void decision_reopen(struct batch *b, size_t k, lane_i wrong)
{
    const struct program_item *item = &b->p->items[k];
    const struct package_state *package = &b->packages[item->package];
    struct item_state *s = &b->items[k];
    lane_i due = wrong & (s->timer < b->t1);
    if (!lane_any(due)) return;
    lane_i over = (package->done_week <= s->timer) | package->dropped | (b->integration_week[item->package] <= s->timer);
    lane_i late = due & (over | (s->episode >= DECISION_REOPENINGS)), again = due & lane_not(late);
    trace_item(b, ORGSIM_EVENT_stayed_wrong, k, late, s->timer, lane_set(0.0f), lane_set(0.0f));
    item_move(b, k, late, ITEM_CLOSED, s->timer);
    if (!lane_any(again)) return;
    lane_u raw[4];
    s->episode += lane_one_i(again);
    item_draw(b, k, DRAW_EPISODE, s->episode, again, raw);
    lane_f broken = lane_keep(again, b->p->a.zeta * package->worked);
    b->ledger.interest_work += broken;
    trace_item(b, ORGSIM_EVENT_reopened, k, again, s->timer, broken, lane_set(0.0f));
    rework_add(b, item->package, broken);
    s->hazard_detect = lane_select(again, lane_set(0.0f), s->hazard_detect);
    s->hazard_local = lane_select(again, lane_set(0.0f), s->hazard_local);
    s->detect_threshold = lane_select(again, lane_exponential(raw[1]), s->detect_threshold);
    s->local_threshold = lane_select(again, lane_exponential(raw[2]), s->local_threshold);
    b->ledger.questions_opened += lane_one(again);
    item_move(b, k, again, ITEM_LATENT, s->timer);
}

static void decision_step(struct batch *b)
{
    ITEMS_IN(b, k, 1u << ITEM_DECIDING | 1u << ITEM_WRONG) {
        lane_i mask;
        if (item_in(b, k, ITEM_DECIDING, &mask)) {
            lane_i decided = mask & (b->items[k].timer < item_window_end(b, k));
            if (lane_any(decided)) decision_made(b, k, decided);
        }
        if (item_in(b, k, ITEM_WRONG, &mask)) decision_reopen(b, k, mask);
    }
}
