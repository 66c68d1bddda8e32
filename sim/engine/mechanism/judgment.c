/* judgment.c: surface now, or let the team own it?
 *
 *     perceived severity  ln S + sigma(J) z > ln theta,   S = severity G(age) s_altitude,   sigma(J) = sigma_0 (1 - J) + sigma_1 J
 *     and dares:          u > mum (1 - E_o)(1 - safety)
 *
 * The look is taken when the item is noticed and every tau_rev while it is held. A seat goes straight to whoever can decide with probability E
 * (timer tau_dir / (0.25 + 0.75 T) x); otherwise the item is prepared for the first forum (tau_prep x). Only first looks are counted as hit, miss,
 * false alarm or correct hold; discriminability counts what was perceived, apart from the courage to say it.
 * Reads    carrier's judgment and empowerment, seat trust
 * Writes   item.life (held -> preparing or deciding), level, timer, settled, looks; ledger.looks
 * Registry sig_max sig_min theta sev_team s_x s_exec mum safety tau_rev tau_prep tau_dir tdir_floor
 * Source   signal detection: Green & Swets 1966; mum effect: Rosen & Tesser 1970, Keil & Robey 2001
 * Lever    direct_path=off: delivery seats go through the forums
 */
#include "engine/state.h"

enum { LOOK_DRAW_NOISE, LOOK_DRAW_DARE, LOOK_DRAW_DIRECT, LOOK_DRAW_TIMER };

static void judgment_count(struct batch *b, size_t k, lane_i first, lane_i perceived, lane_i surfaces)
{
    const struct item_state *s = &b->items[k];
    bool above = b->p->items[k].altitude > ALTITUDE_TEAM;
    for (int who = 0; who < LOOK_OBSERVERS; who++) {
        lane_i mine = lane_set_i(0);
        if (who == LOOK_TEAM) mine = s->observer == OBSERVER_TEAM;
        if (who == LOOK_EM) mine = s->observer == OBSERVER_EM;
        for (size_t q = 0; who >= LOOK_PM && q < b->o->n_seats; q++)
            mine |= seat_is(&b->o->seats[q], who == LOOK_DELIVERY ? ROLE_DELIVERY : ROLE_PRODUCT) & item_observed_by_seat(b, k, q);
        mine &= first;
        struct look_counts *c = &b->ledger.looks[who];
        *(above ? &c->hit : &c->false_alarm) += lane_one(mine & surfaces);
        *(above ? &c->miss : &c->correct_hold) += lane_one(mine & lane_not(surfaces));
        *(above ? &c->seen_above : &c->seen_team) += lane_one(mine & perceived);
    }
}

/* Seats that may go straight, and the trust they are heard with. */
static lane_i judgment_direct(const struct batch *b, size_t k, lane_f u, lane_f *trust)
{
    lane_i direct = lane_set_i(0);
    *trust = lane_set(0.0f);
    for (size_t q = 0; q < b->o->n_seats; q++) {
        const struct lane_seat *seat = &b->o->seats[q];
        lane_f chance = seat->empowerment * lane_select(seat->delivery, b->o->lever[ORGSIM_LEVER_direct_path], lane_set(1.0f));
        lane_i mine = item_observed_by_seat(b, k, q) & b->seats[q].present & (u < chance);
        direct |= mine;
        *trust = lane_select(mine, b->seats[q].trust, *trust);
    }
    return direct;
}

/* The item was never anything but the team's: somebody's time was spent, and it goes back for good. */
static void judgment_false_alarm(struct batch *b, size_t k, lane_i mask)
{
    b->ledger.false_alarms += lane_one(mask);
    b->items[k].settled |= mask;
    trust_observer(b, k, mask, -b->p->a.t_fa);
}

static void judgment_surface(struct batch *b, size_t k, lane_i surfaces, lane_f week, const lane_u raw[4])
{
    const struct constants *a = &b->p->a;
    struct item_state *s = &b->items[k];
    lane_f trust, wait = lane_exponential(raw[LOOK_DRAW_TIMER]);
    lane_i direct = surfaces & judgment_direct(b, k, lane_uniform(raw[LOOK_DRAW_DIRECT]), &trust), chain = surfaces & lane_not(direct);
    if (b->p->items[k].kind == ITEM_RISK) {
        lane_i fresh = surfaces & lane_not(s->surfaced);
        b->ledger.risks_surfaced += lane_one(fresh);
        decision_buy_mitigation(b, k, fresh);
        if (b->p->items[k].has_mitigation)
            trace_item(b, ORGSIM_EVENT_mitigated, k, fresh, week, lane_set(b->p->items[k].mitigation_cost), lane_set(0.0f));
    }
    s->surfaced |= surfaces;
    if (lane_any(direct)) {
        if (b->p->items[k].altitude == ALTITUDE_TEAM) {
            trace_item(b, ORGSIM_EVENT_false_alarm, k, direct, week, lane_set(0.0f), lane_set(0.0f));
            judgment_false_alarm(b, k, direct);
        } else {
            lane_f delay = a->tau_dir * wait / (a->tdir_floor + (1 - a->tdir_floor) * trust);
            s->timer = lane_select(direct, week + delay, s->timer);
            item_move(b, k, direct, ITEM_DECIDING, week);
            trace_item(b, ORGSIM_EVENT_direct, k, direct, week, s->timer, lane_set(0.0f));
            trust_observer(b, k, direct, a->t_hit);
        }
    }
    if (!lane_any(chain)) return;
    s->timer = lane_select(chain, week + a->tau_prep * wait, s->timer);
    s->level = lane_select_i(chain, lane_set_i(1), s->level);
    item_move(b, k, chain, ITEM_PREPARING, week);
    trace_item(b, ORGSIM_EVENT_surfaced, k, chain, week, s->timer, lane_set(0.0f));
}

static void judgment_look(struct batch *b, size_t k, lane_i looks)
{
    const struct constants *a = &b->p->a;
    struct item_state *s = &b->items[k];
    lane_f judgment, empowerment, week = s->timer;
    lane_i seat;
    lane_u raw[4];
    item_carrier(b, k, &judgment, &empowerment, &seat);
    item_draw(b, k, DRAW_LOOK, s->looks, looks, raw);
    lane_f noise = (a->sig_max + (a->sig_min - a->sig_max) * judgment) * lane_normal(raw[LOOK_DRAW_NOISE]);
    lane_i perceived = looks & (b->n->items[k].log_severity + item_log_growth(b, k, week, 1) + noise > b->p->log_threshold);
    lane_i dares = lane_uniform(raw[LOOK_DRAW_DARE]) > a->mum * (1 - a->safety) * (1.0f - empowerment);
    lane_i surfaces = perceived & dares, first = looks & (s->looks == 0);
    if (lane_any(first)) judgment_count(b, k, first, perceived, surfaces);
    s->looks += lane_one_i(looks);
    trace_item(b, ORGSIM_EVENT_held_unseen, k, looks & lane_not(perceived), week, lane_to_float(s->looks), lane_set(0.0f));
    trace_item(b, ORGSIM_EVENT_held_unsaid, k, perceived & lane_not(dares), week, lane_to_float(s->looks), lane_set(0.0f));
    s->timer = lane_select(looks, week + a->tau_rev, s->timer);
    if (lane_any(surfaces)) judgment_surface(b, k, surfaces, week, raw);
}

static void judgment_step(struct batch *b)
{
    ITEMS_IN(b, k, 1u << ITEM_HELD) {
        lane_i held;
        if (!item_in(b, k, ITEM_HELD, &held)) continue;
        lane_i looks = held & lane_not(b->items[k].settled) & (b->items[k].timer < item_window_end(b, k));
        if (lane_any(looks)) judgment_look(b, k, looks);
    }
}
