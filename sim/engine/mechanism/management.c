/* management.c: management reacts to what is reported
 *
 *     pressure p = [(F_rep / D - 1) / 0.4]01 at every report; every second report, when F_rep / D - 1 > tol and 8 weeks have passed since the last
 *     reaction: share left > 0.45 and fewer than 2 reinforcements: add a_add n_j to every team; else share left > 0.15: cut, non-product
 *     work first (at the price of its penalty), then the feature of the lowest perceived value that is less than half done; each moves D half
 *     way to the forecast; else D = F_rep. Cancelled when the reported slip on the first plan > 160 %, or the cost without what the arm
 *     adds > 2.6 budgets. Late truth means a late, dear reaction.
 *
 * Reads    forecast_reported, reported_share, ledger.cost
 * Writes   pressure, committed_week, team.vacancies, packages cut, cancelled
 * Registry tol react_gap react_add_share react_cut_share add_frac press_scale cancel_slip cancel_cost cut_done
 * Source   late staffing: Abdel-Hamid 1989; assumption (the rule)
 */
#include "engine/state.h"

#define MANAGEMENT_REINFORCEMENTS 2

/* The package is taken out of the program in these lanes: nobody waits for it any more. */
static void management_cut_package(struct batch *b, size_t i, lane_i mask)
{
    struct package_state *s = &b->packages[i];
    lane_i cut = mask & lane_not(b->closed[i]);
    if (!lane_any(cut)) return;
    lane_f now = lane_set(b->t0), none = lane_set(0.0f);
    lane_i blocks = cut & lane_not(s->done);
    trace_fact(b, ORGSIM_EVENT_cut, i, cut, now, lane_set(0.0f), lane_set(0.0f));
    s->dropped |= cut;
    b->closed[i] |= cut;
    b->notes[i].finished = !lane_any(b->alive & lane_not(b->closed[i]));
    s->remaining = lane_select(cut, none, s->remaining);
    s->inflow = lane_select(cut, s->worked, s->inflow);
    s->rework = lane_select(cut, none, s->rework);
    s->hidden = lane_select(cut, none, s->hidden);
    s->hidden_age = lane_select(cut, none, s->hidden_age);
    b->packages_left -= lane_one_i(cut);
    b->structure_changed = true;
    if (lane_any(blocks)) work_latch_done(b, i, blocks, now);
    acceptance_tell_integrator(b, i, cut, now);
    for (uint32_t n = 0; n < b->p->packages[i].n_items; n++) {
        size_t k = b->p->packages[i].items[n];
        lane_i forgotten = cut & (b->items[k].life != ITEM_REALISED);
        trace_item(b, ORGSIM_EVENT_forgotten, k, forgotten & item_open(b->items[k].life), now, lane_set(0.0f), lane_set(0.0f));
        item_move(b, k, forgotten, ITEM_ABSENT, now);
    }
}

/* Share of a feature's effort that is done. */
static lane_f management_feature_progress(const struct batch *b, size_t g)
{
    lane_f done = lane_set(0.0f), all = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        if (b->p->packages[i].feature != g) continue;
        const struct package_state *s = &b->packages[i];
        done += s->estimate * (1.0f - s->remaining / s->content);
        all += s->estimate;
    }
    return done / lane_max(all, lane_set(1e-6f));
}

static void management_cut_feature(struct batch *b, size_t g, lane_i mask)
{
    lane_i fresh = mask & lane_not(b->features[g].dropped);
    if (!lane_any(fresh)) return;
    b->features[g].dropped |= fresh;
    trace_fact(b, ORGSIM_EVENT_feature_dropped, g, fresh, lane_set(b->t0), lane_set(0.0f), lane_set(0.0f));
    b->ledger.features_dropped += lane_one(fresh);
    for (size_t i = 0; i < b->p->n_packages; i++)
        if (b->p->packages[i].feature == g && !b->p->packages[i].keeps) management_cut_package(b, i, fresh);
}

/* Debt, compliance and migration go first: the open one with the smallest penalty for its effort. Returns the lanes that found one. */
static lane_i management_cut_invisible(struct batch *b, lane_i mask)
{
    lane_f best = lane_set(NEVER);
    lane_i choice = lane_set_i(-1);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct program_package *k = &b->p->packages[i];
        const struct package_state *s = &b->packages[i];
        if (k->kind < PACKAGE_DEBT || k->keeps) continue;
        lane_f price = lane_set(k->penalty_per_week / k->estimate);
        lane_i better = mask & lane_not(b->closed[i]) & (s->remaining > b->p->a.cut_done * s->content) & (price < best);
        best = lane_select(better, price, best);
        choice = lane_select_i(better, lane_set_i((int32_t)i), choice);
    }
    for (size_t i = 0; i < b->p->n_packages; i++)
        if (b->p->packages[i].kind >= PACKAGE_DEBT && lane_any(choice == (int32_t)i)) management_cut_package(b, i, choice == (int32_t)i);
    return choice >= 0;
}

/* The feature of the lowest perceived value: its expected value given what a PM could tell by now (product.c). */
static void management_cut_value(struct batch *b, lane_i mask)
{
    lane_f best = lane_set(NEVER);
    lane_i choice = lane_set_i(-1);
    for (size_t g = 0; g < b->p->n_features; g++) {
        lane_f value = product_expected_value(b, g, STREAM_MANAGEMENT, (uint32_t)b->week);
        lane_i better = mask & lane_not(b->features[g].dropped) & (management_feature_progress(b, g) < b->p->a.cut_done) & (value < best);
        best = lane_select(better, value, best);
        choice = lane_select_i(better, lane_set_i((int32_t)g), choice);
    }
    for (size_t g = 0; g < b->p->n_features; g++) management_cut_feature(b, g, choice == (int32_t)g);
}

static void management_reinforce(struct batch *b, lane_i mask)
{
    lane_f added = lane_set(0.0f);
    for (size_t j = 0; j < b->p->n_teams; j++) {
        lane_f people = lane_keep(mask, b->p->a.add_frac * (b->teams[j].experienced + b->teams[j].newcomers));
        lane_f cost = people * b->p->reinforcement_cost;
        b->teams[j].vacancies += people;
        added += people;
        b->ledger.cost += cost;
        b->ledger.cost_discounted += cost * (float)b->p->discount_factor[b->tick];
    }
    trace_fact(b, ORGSIM_EVENT_reinforced, 0, mask, lane_set(b->t0), added, lane_set(0.0f));
    b->reinforcements += lane_one_i(mask);
}

static void management_react(struct batch *b)
{
    const struct constants *a = &b->p->a;
    lane_f forecast = b->forecast_reported, left = 1.0f - b->reported_share;
    lane_i acts = b->alive & (forecast > b->committed_week * (1 + a->tol)) & (b->t0 - b->last_reaction >= a->react_gap);
    if (!lane_any(acts)) return;
    lane_i adds = acts & (left > a->react_add_share) & (b->reinforcements < MANAGEMENT_REINFORCEMENTS);
    lane_i cuts = acts & lane_not(adds) & (left > a->react_cut_share);
    if (lane_any(adds)) management_reinforce(b, adds);
    if (lane_any(cuts)) {
        lane_i done = management_cut_invisible(b, cuts);
        management_cut_value(b, cuts & lane_not(done));
    }
    lane_f moved = lane_select(adds | cuts, b->committed_week + 0.5f * (forecast - b->committed_week), forecast);
    trace_fact(b, ORGSIM_EVENT_date_moved, 0, acts, lane_set(b->t0), b->committed_week, moved);
    b->committed_week = lane_select(acts, moved, b->committed_week);
    b->last_reaction = lane_select(acts, lane_set(b->t0), b->last_reaction);
}

static void management_step(struct batch *b)
{
    if (b->p->frictionless || b->t0 <= 0 || b->tick % (REPORT_WEEKS * b->p->ticks_per_week) != 0) return;
    const struct constants *a = &b->p->a;
    lane_f cost = b->ledger.cost - b->ledger.arm_cost;
    lane_i hopeless = (b->forecast_reported > b->p->deadline * (1 + a->cancel_slip)) | (cost > a->cancel_cost * b->p->budget);
    b->stop_week = lane_select(b->alive & hopeless, lane_set(b->t0), b->stop_week);
    trace_fact(b, ORGSIM_EVENT_cancelled, 0, b->alive & hopeless, lane_set(b->t0), b->forecast_reported, cost);
    b->cancelled |= b->alive & hopeless;
    b->alive &= lane_not(hopeless);
    if (b->tick % (2 * REPORT_WEEKS * b->p->ticks_per_week) == 0) management_react(b);
    b->pressure = lane_select(b->alive, lane_unit((b->forecast_reported / b->committed_week - 1.0f) / a->press_scale), b->pressure);
}
