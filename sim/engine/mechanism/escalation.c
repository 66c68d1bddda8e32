/* escalation.c: the way through the forums
 *
 *     forum f meets at (phase + n) C_f; an item that is prepared before the meeting takes the next ticket, ticket = ++arrived
 *     meeting: served = min(arrived, served + max(floor, slots - background)); tickets up to `served` are heard, first come first served
 *     heard: team altitude      -> a false alarm: the slot is burnt, trust falls, back to the team for good
 *            unprepared         u < p_unp exp(-k_unp (sum c + 0.7 sum g))   -> prepare again
 *            softened on the way u < p_gw (1 - psi alpha_T E_T)             -> again after tau_retry
 *            not high enough    -> the next level;  else decided after tau_dec x
 *
 * Two counters and one ticket per item are an exact queue of fixed size.
 * Reads    prepared_time, delivery attention and empowerment
 * Writes   item.life (preparing -> queued -> preparing, deciding, held), ticket, level, timer; forum counters; forum_hours
 * Registry cad1 cad2 slots1 slots2 bg1 bg2 forum_min tau_prep tau_dec p_gw psi tau_retry p_unp k_unp k_prep_g
 * Source   message softening: Rosen & Tesser 1970; fixed-cadence service
 * Lever    preparation=off, reporting=off (psi = 0)
 */
#include "engine/state.h"

/* Weeks, and slots: what is ready at the very moment of a meeting is too late for it, and a ticket that its slots just reach is heard,
 * however float rounds. */
#define ESCALATION_TIE 1e-3f

enum { SERVICE_DRAW_UNPREPARED, SERVICE_DRAW_SOFTENED, SERVICE_DRAW_TIMER };

static void escalation_queue(struct batch *b)
{
    ITEMS_IN(b, k, 1u << ITEM_PREPARING) {
        struct item_state *s = &b->items[k];
        lane_i preparing;
        if (!item_in(b, k, ITEM_PREPARING, &preparing)) continue;
        lane_i ready = preparing & (s->timer < item_window_end(b, k));
        if (!lane_any(ready)) continue;
        for (int f = 0; f < SCENARIO_FORUMS; f++) {
            struct forum_state *forum = &b->forums[f];
            lane_i joins = ready & (s->level == f + 1) & (s->timer < forum->meeting - ESCALATION_TIE);
            if (!lane_any(joins)) continue;
            forum->arrived += lane_one(joins);
            s->ticket = lane_select(joins, forum->arrived, s->ticket);
            item_move(b, k, joins, ITEM_QUEUED, s->timer);
            trace_item(b, ORGSIM_EVENT_queued, k, joins, s->timer, lane_set((float)f + 1), s->ticket - forum->served - 1.0f);
        }
    }
}

/* Holds the meetings that fall into this tick; returns whether any did. */
static bool escalation_meet(struct batch *b, lane_i met[SCENARIO_FORUMS])
{
    bool any = false;
    for (int f = 0; f < SCENARIO_FORUMS; f++) {
        struct forum_state *forum = &b->forums[f];
        met[f] = b->alive & (forum->meeting < b->t1);
        if (!lane_any(met[f])) continue;
        any = true;
        lane_f served = lane_min(forum->arrived, forum->served + b->p->forums[f].capacity);
        forum->served = lane_select(met[f], served, forum->served);
    }
    return any;
}

static void escalation_schedule(struct batch *b, int f, lane_i met)
{
    struct forum_state *forum = &b->forums[f];
    forum->meetings += lane_one_i(met);
    lane_f next = (b->n->forum_phase[f] + lane_to_float(forum->meetings)) * b->p->forums[f].cadence;
    forum->meeting = lane_select(met, next, forum->meeting);
}

static void escalation_hear(struct batch *b, size_t k, int f, lane_i heard)
{
    const struct constants *a = &b->p->a;
    const struct program_item *item = &b->p->items[k];
    const struct role_state *delivery = &b->roles[ROLE_DELIVERY];
    struct item_state *s = &b->items[k];
    lane_f week = b->forums[f].meeting;
    lane_u raw[4];
    item_draw(b, k, DRAW_SERVICE, s->services, heard, raw);
    s->services += lane_one_i(heard);
    lane_f hours = lane_keep(heard, lane_set(b->p->forums[f].hours_per_slot)), cost = hours * b->p->forum_hour_cost;
    b->ledger.forum_hours += hours;
    b->ledger.cost += cost;
    b->ledger.cost_discounted += cost * (float)b->p->discount_factor[b->tick];
    if (item->altitude == ALTITUDE_TEAM) {
        trace_item(b, ORGSIM_EVENT_false_alarm, k, heard, week, lane_set((float)f + 1), lane_set(0.0f));
        judgment_false_alarm(b, k, heard);
        item_move(b, k, heard, ITEM_HELD, week);
        return;
    }
    lane_f wait = lane_exponential(raw[SERVICE_DRAW_TIMER]);
    lane_f honest = b->o->lever[ORGSIM_LEVER_reporting] * a->psi * delivery->attention * delivery->empowerment;
    lane_i unprepared = heard & (lane_uniform(raw[SERVICE_DRAW_UNPREPARED]) < a->p_unp * lane_exp(-a->k_unp * b->prepared_time));
    lane_i softened = heard & lane_not(unprepared) & (lane_uniform(raw[SERVICE_DRAW_SOFTENED]) < a->p_gw * (1.0f - honest));
    lane_i through = heard & lane_not(unprepared | softened);
    lane_i higher = item->path_level > (uint32_t)f + 1 ? through : lane_set_i(0);
    lane_i decides = through & lane_not(higher);
    s->timer = lane_select(unprepared, week + a->tau_prep * wait, s->timer);
    s->timer = lane_select(softened, week + a->tau_retry, s->timer);
    s->timer = lane_select(higher, week, s->timer);
    s->timer = lane_select(decides, week + a->tau_dec * wait, s->timer);
    s->level += lane_one_i(higher);
    const lane_f forum = lane_set((float)f + 1);
    trace_item(b, ORGSIM_EVENT_unprepared, k, unprepared, week, forum, s->timer);
    trace_item(b, ORGSIM_EVENT_softened, k, softened, week, forum, s->timer);
    trace_item(b, ORGSIM_EVENT_raised, k, higher, week, forum, s->timer);
    trace_item(b, ORGSIM_EVENT_heard, k, decides, week, forum, s->timer);
    item_move(b, k, heard & lane_not(decides), ITEM_PREPARING, week);
    if (!lane_any(decides)) return;
    item_move(b, k, decides, ITEM_DECIDING, week);
    trust_observer(b, k, decides, a->t_hit);
}

static void escalation_hear_all(struct batch *b, const lane_i met[SCENARIO_FORUMS])
{
    ITEMS_IN(b, k, 1u << ITEM_QUEUED) {
        struct item_state *s = &b->items[k];
        lane_i queued;
        if (!item_in(b, k, ITEM_QUEUED, &queued)) continue;
        lane_f until = item_window_end(b, k);
        for (int f = 0; f < SCENARIO_FORUMS; f++) {
            lane_i heard = queued & met[f] & (s->level == f + 1) & (s->ticket <= b->forums[f].served + ESCALATION_TIE) & (b->forums[f].meeting < until);
            queued &= lane_not(heard);
            if (lane_any(heard)) escalation_hear(b, k, f, heard);
        }
    }
}

/* A forum that meets more than once in a tick is gone through meeting by meeting. */
static void escalation_step(struct batch *b)
{
    lane_i met[SCENARIO_FORUMS];
    escalation_queue(b);
    while (escalation_meet(b, met)) {
        escalation_hear_all(b, met);
        for (int f = 0; f < SCENARIO_FORUMS; f++) escalation_schedule(b, f, met[f]);
        escalation_queue(b);
    }
}

static void escalation_reset(struct batch *b)
{
    for (int f = 0; f < SCENARIO_FORUMS; f++)
        b->forums[f] = (struct forum_state){.meeting = b->n->forum_phase[f] * b->p->forums[f].cadence};
}
