/* integration.c: what comes to light when the parts are put together
 *
 *     hidden rework: D = eta_int U at once, then discovery at d_int (rework.c), and what comes back is worked on in the same tick (work.c)
 *     open risks strike; open questions are decided by default (right with p_default, else B += zeta W); mismatches break xi_mis W
 *
 * Reads    integration_week
 * Writes   package.integrated, hidden, rework; item.life (open -> realised, closed); ledger
 * Registry eta_int p_default zeta xi_mis
 * Contrary no_delay_effect: xi_mis shrinks to nothing
 * Source   defects cluster at integration: Boehm 1981; assumption (the rates)
 */
#include "engine/state.h"

/* Weeks between noticing a resolved risk and the integration at which it would have struck. */
static void integration_lead(struct batch *b, size_t k, lane_i here, lane_f week)
{
    const struct item_state *s = &b->items[k];
    lane_i resolved = here & (s->life == ITEM_CLOSED);
    b->ledger.lead_weeks += lane_keep(resolved, lane_floor_zero(week - s->detected_week));
    b->ledger.risks_surfaced_early += lane_one(here & s->surfaced);
}

static void integration_default(struct batch *b, size_t k, lane_i open, lane_f week)
{
    const struct program_item *item = &b->p->items[k];
    struct item_state *s = &b->items[k];
    lane_u raw[4];
    item_draw(b, k, DRAW_DECISION, s->episode, open, raw);
    lane_i wrong = open & (lane_uniform(raw[2]) >= b->p->a.p_default);
    lane_f broken = lane_keep(wrong, b->p->a.zeta * b->packages[item->package].worked);
    b->ledger.interest_work += broken;
    rework_add(b, item->package, broken);
    trace_item(b, ORGSIM_EVENT_defaulted_right, k, open & lane_not(wrong), week, lane_set(0.0f), lane_set(0.0f));
    trace_item(b, ORGSIM_EVENT_defaulted_wrong, k, wrong, week, broken, lane_set(0.0f));
    item_move(b, k, open, ITEM_CLOSED, week);
}

static void integration_item(struct batch *b, size_t k, lane_i here, lane_f week)
{
    const struct program_item *item = &b->p->items[k];
    lane_i open;
    if (item->kind == ITEM_RISK) integration_lead(b, k, here, week);
    if (!item_any_open(b, k, &open)) return;
    open &= here;
    if (!lane_any(open)) return;
    if (item->kind == ITEM_RISK) {
        realise(b, k, open, week);
    } else if (item->kind == ITEM_QUESTION) {
        integration_default(b, k, open, week);
    } else {
        lane_f broken = lane_keep(open, item_delay_effect(b) * b->p->a.xi_mis * b->packages[item->package].worked);
        trace_item(b, ORGSIM_EVENT_revealed, k, open, week, broken, lane_set(0.0f));
        rework_add(b, item->package, broken);
        item_move(b, k, open, ITEM_CLOSED, week);
    }
}

static void integration_step(struct batch *b)
{
    for (size_t i = 0; i < b->p->n_packages; i++) {
        struct package_state *s = &b->packages[i];
        if (!b->notes[i].integrating) continue;
        b->notes[i].integrating = false;
        lane_i here = b->alive & (b->integration_week[i] <= b->t1) & lane_not(s->integrated | s->dropped);
        if (!lane_any(here)) continue;
        for (uint32_t n = 0; n < b->p->packages[i].n_items; n++) integration_item(b, b->p->packages[i].items[n], here, b->integration_week[i]);
        s->integrated |= here;
        trace_fact(b, ORGSIM_EVENT_integrated, i, here, b->integration_week[i], lane_set(0.0f), lane_set(0.0f));
        b->notes[i].integrated = true;
    }
}
