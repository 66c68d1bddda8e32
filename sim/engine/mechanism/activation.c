/* activation.c: work uncovers what was dormant
 *
 *     an item becomes active when the progress of its package passes the drawn share x: t_act interpolated on the part of the tick worked
 *
 * From then on a risk is latent, a question is open and an interface mismatch taints the work.
 * Reads    package.progress_from, progress_to, worked_from, worked_to
 * Writes   item.life (dormant -> latent), active_week
 * Registry x_open x_mis
 * Source   assumption
 */
#include "engine/state.h"

static void activate(struct batch *b, struct package_state *s, size_t k, lane_i dormant)
{
    lane_f share = b->n->items[k].open_share;
    lane_i wakes = dormant & (s->progress_to >= share) & (s->worked_to > b->t0);
    s->next_share = lane_min(s->next_share, lane_select(dormant & lane_not(wakes), share, lane_set(NEVER)));
    if (!lane_any(wakes)) return;
    lane_f part = lane_unit((share - s->progress_from) / lane_max(s->progress_to - s->progress_from, lane_set(1e-12f)));
    lane_f week = s->worked_from + part * (s->worked_to - s->worked_from);
    item_move(b, k, wakes, ITEM_LATENT, week);
    trace_item(b, ORGSIM_EVENT_activated, k, wakes, week, item_impact(b, k, week), lane_set(0.0f));
    if (b->p->items[k].kind == ITEM_RISK) b->ledger.risks_active += lane_one(wakes);
    if (b->p->items[k].kind == ITEM_QUESTION) b->ledger.questions_opened += lane_one(wakes);
}

static void activation_step(struct batch *b)
{
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct program_package *package = &b->p->packages[i];
        if (!b->notes[i].progressed || !b->notes[i].dormant) continue;
        struct package_state *s = &b->packages[i];
        bool any = false;
        b->notes[i].progressed = false;
        if (!lane_any((s->progress_to >= s->next_share) & (s->worked_to > b->t0))) continue;
        s->next_share = lane_set(NEVER);
        for (uint32_t n = 0; n < package->n_items; n++) {
            lane_i dormant;
            if (!item_in(b, package->items[n], ITEM_DORMANT, &dormant)) continue;
            activate(b, s, package->items[n], dormant);
            any = true;
        }
        b->notes[i].dormant = any;
    }
}
