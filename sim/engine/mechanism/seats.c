/* seats.c: who is here, and what is their time spent on
 *
 *     ramp(tau) = 1 - (1 - r0) exp(-tau / tau_ramp)
 *     g = fte ramp (1 - a) k_sw      judgment time        c = fte ramp a      administration time       (full-time equivalents)
 *     a holder leaves when the integral of  lambda_s (1 + kappa J a (1 - E))  reaches nature's unit exponential; one person in two seats
 *     leaves both, at the mean of their hazards. The seat stands empty for 2 tau_hs u; the successor's judgment comes from a pool that the
 *     seat's definition selects:  J = clip(mu_p + Delta_p (o - 1/2) + sigma_p z, .05, .95), and trust starts again at T0.
 *
 * Writes   persons, seats, admin_time, judgment_time, trusted_time, delivery_time, overhead_seats, prepared_time
 * Registry r0 tau_ramp sw_loss lam_s kappa tau_hs pool_mu pool_d pool_sd T0 wrong_J repl k_prep_g
 * Source   empowerment and turnover: Seibert et al. 2011 (the ratio); assumption (the rest)
 * Lever    turnover=off: no hazard of delivery seats
 */
#include "engine/state.h"

static void person_draw(const struct batch *b, size_t person, lane_i mask, lane_u raw[4])
{
    draw_lanes_masked(&b->n->source, STREAM_PERSON, b->o->persons[person].key, b->persons[person].number, mask, raw);
}

/* The draws of holder `number`: [0] how long until leaving, [1] judgment, [2] how long the seat then stands empty. */
static void person_arrive(struct batch *b, size_t person, lane_i mask, bool from_pool)
{
    const struct constants *a = &b->p->a;
    const struct person *of = &b->o->persons[person];
    struct person_state *s = &b->persons[person];
    lane_u raw[4];
    person_draw(b, person, mask, raw);
    s->threshold = lane_select(mask, lane_exponential(raw[0]), s->threshold);
    if (!from_pool) return;
    lane_f pool = a->pool_mu + a->pool_d * (of->outcome - 0.5f) + a->pool_sd * lane_normal(raw[1]);
    s->judgment = lane_select(mask, lane_min(lane_max(pool, lane_set(0.05f)), lane_set(0.95f)), s->judgment);
}

static void person_leave(struct batch *b, size_t person, lane_i leaves)
{
    const struct constants *a = &b->p->a;
    struct person_state *s = &b->persons[person];
    lane_u raw[4];
    person_draw(b, person, leaves, raw);
    s->vacancy = lane_select(leaves, 2.0f * a->tau_hs * lane_uniform(raw[2]), s->vacancy);
    s->hazard = lane_select(leaves, lane_set(0.0f), s->hazard);
    s->number += lane_one_i(leaves);
    s->left |= leaves;
    b->ledger.seats_left += lane_one(leaves);
    trace_fact(b, ORGSIM_EVENT_seat_left, person, leaves, lane_set(b->t0), s->vacancy, lane_set(0.0f));
    for (size_t q = 0; q < b->o->n_seats; q++) {
        if (b->o->seats[q].person != person) continue;
        b->seats[q].trust = lane_select(leaves, lane_set(a->T0), b->seats[q].trust);
        const struct seat *seat = &b->o->seats[q];
        float weeks = a->repl + b->p->hiring_weeks, discount = (float)b->p->discount_factor[b->tick];
        lane_f replacement = lane_keep(leaves, lane_set(weeks * seat->cost_per_week));
        b->ledger.seat_cost += replacement;
        b->ledger.seat_cost_discounted += replacement * discount;
        if (seat->delivery) b->ledger.delivery_seat_weeks += lane_keep(leaves, lane_set(weeks * (seat->fte * discount)));
    }
}

static lane_f person_hazard(const struct batch *b, size_t person)
{
    const struct constants *a = &b->p->a;
    lane_f sum = lane_set(0.0f);
    for (size_t q = 0; q < b->o->n_seats; q++) {
        const struct seat *seat = &b->o->seats[q];
        if (seat->person != person) continue;
        sum += 1.0f + a->kappa * seat->admin_share * (1 - seat->empowerment) * b->persons[person].judgment;
    }
    float lever = b->o->persons[person].delivery ? b->o->lever[ORGSIM_LEVER_turnover] : 1;
    return sum * (lever * a->lam_s / 52 * b->p->dt / (float)b->o->persons[person].n_seats);
}

static lane_i person_step(struct batch *b, size_t person)
{
    const struct person *of = &b->o->persons[person];
    struct person_state *s = &b->persons[person];
    lane_i present = s->vacancy <= 0.0f;
    if (!of->absent) {
        s->hazard += lane_keep(present & b->alive, person_hazard(b, person));
        lane_i leaves = present & b->alive & (s->hazard >= s->threshold);
        if (lane_any(leaves)) person_leave(b, person, leaves);
        present = s->vacancy <= 0.0f;
    }
    if (!lane_any(lane_not(present))) return present;
    b->ledger.vacant_weeks += lane_keep(lane_not(present) & s->left & b->alive, lane_set(b->p->dt));
    s->vacancy -= lane_keep(lane_not(present), lane_set(b->p->dt));
    lane_i arrives = lane_not(present) & (s->vacancy <= 0.0f) & s->left;
    if (lane_any(arrives)) {
        person_arrive(b, person, arrives, true);
        trace_fact(b, ORGSIM_EVENT_seat_arrived, person, arrives & b->alive, lane_set(b->t0), s->judgment, lane_one(s->judgment < b->p->a.wrong_J));
        for (size_t q = 0; q < b->o->n_seats; q++)
            if (b->o->seats[q].person == person) b->seats[q].tenure = lane_select(arrives, lane_set(0.0f), b->seats[q].tenure);
        b->ledger.wrong_hires += lane_one(arrives & b->alive & (s->judgment < b->p->a.wrong_J));
    }
    return present;
}

static void seat_time(struct batch *b, size_t q, lane_i present)
{
    const struct constants *a = &b->p->a;
    const struct seat *seat = &b->o->seats[q];
    struct seat_state *s = &b->seats[q];
    const float *lever = b->o->lever;
    bool d = seat->delivery;
    s->tenure += lane_keep(present, lane_set(b->p->dt));
    lane_f ramp = 1.0f - (1 - a->r0) * lane_exp(s->tenure * (-1 / a->tau_ramp));
    s->present = present;
    s->judgment_time = lane_keep(present, seat->fte * (1 - seat->admin_share) * seat->switching * ramp);
    s->admin_time = lane_keep(present, seat->fte * seat->admin_share * ramp);
    float absorbs = d ? lever[ORGSIM_LEVER_absorption] : 1, prepares = d ? lever[ORGSIM_LEVER_preparation] : 1;
    b->admin_time += absorbs * s->admin_time;
    b->trusted_time += absorbs * s->judgment_time * s->trust;
    b->prepared_time += prepares * (s->admin_time + a->k_prep_g * s->judgment_time);
    if (!d) return;
    b->delivery_time += s->judgment_time + s->admin_time;
    b->overhead_seats += lane_keep(present, lane_set(lever[ORGSIM_LEVER_overhead] * seat->fte));
}

static void seats_step(struct batch *b)
{
    lane_i present[PROGRAM_SEATS];
    b->admin_time = b->trusted_time = b->delivery_time = b->overhead_seats = b->prepared_time = lane_set(0.0f);
    for (size_t person = 0; person < b->o->n_persons; person++) present[person] = person_step(b, person);
    for (size_t q = 0; q < b->o->n_seats; q++) seat_time(b, q, present[b->o->seats[q].person]);
}

static void seats_reset(struct batch *b)
{
    for (size_t person = 0; person < b->o->n_persons; person++) {
        const struct person *of = &b->o->persons[person];
        b->persons[person] = (struct person_state){.vacancy = lane_set(of->start_week), .judgment = lane_set(of->judgment)};
        person_arrive(b, person, b->alive, b->p->first_hire_pool);
    }
    for (size_t q = 0; q < b->o->n_seats; q++) b->seats[q] = (struct seat_state){.trust = lane_set(b->p->a.T0), .tenure = lane_set(b->o->seats[q].weeks_in_seat)};
}
