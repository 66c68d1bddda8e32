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
    draw_lanes_each(&b->n->source, STREAM_PERSON, b->o->persons[person].key, b->persons[person].number, mask, raw);
}

/* The draws of holder `number`: [0] how long until leaving, [1] judgment, [2] how long the seat then stands empty. */
static void person_arrive(struct batch *b, size_t person, lane_i mask, bool from_pool)
{
    const struct constants *a = &b->p->a;
    struct person_state *s = &b->persons[person];
    lane_u raw[4];
    person_draw(b, person, mask, raw);
    s->threshold = lane_select(mask, lane_exponential(raw[0]), s->threshold);
    if (!from_pool) return;
    lane_f pool = a->pool_mu + a->pool_d * (b->o->persons[person].outcome - 0.5f) + a->pool_sd * lane_normal(raw[1]);
    s->judgment = lane_select(mask, lane_min(lane_max(pool, lane_set(0.05f)), lane_set(0.95f)), s->judgment);
}

static lane_i person_holds(const struct batch *b, size_t person, size_t q) { return b->o->seats[q].person == (int)person; }

static void person_leave(struct batch *b, size_t person, lane_i leaves)
{
    const struct constants *a = &b->p->a;
    struct person_state *s = &b->persons[person];
    float weeks = a->repl + b->p->hiring_weeks, discount = (float)b->p->discount_factor[b->tick];
    lane_u raw[4];
    person_draw(b, person, leaves, raw);
    s->vacancy = lane_select(leaves, 2.0f * a->tau_hs * lane_uniform(raw[2]), s->vacancy);
    s->hazard = lane_select(leaves, lane_set(0.0f), s->hazard);
    s->number += lane_one_i(leaves);
    s->left |= leaves;
    b->ledger.seats_left += lane_one(leaves);
    trace_fact(b, ORGSIM_EVENT_seat_left, person, leaves, lane_set(b->t0), s->vacancy, lane_set(0.0f));
    for (size_t q = 0; q < b->o->n_seats; q++) {
        const struct lane_seat *seat = &b->o->seats[q];
        lane_i left = leaves & person_holds(b, person, q);
        lane_f replacement = lane_keep(left, weeks * seat->cost_per_week);
        b->seats[q].trust = lane_select(left, lane_set(a->T0), b->seats[q].trust);
        b->ledger.seat_cost += replacement;
        b->ledger.seat_cost_discounted += replacement * discount;
        b->ledger.delivery_seat_weeks += lane_keep(left & seat->delivery, weeks * (seat->fte * discount));
    }
}

static lane_f person_hazard(const struct batch *b, size_t person)
{
    const struct constants *a = &b->p->a;
    const struct lane_person *of = &b->o->persons[person];
    lane_f sum = lane_set(0.0f), lever = lane_select(of->delivery, b->o->lever[ORGSIM_LEVER_turnover], lane_set(1.0f));
    for (size_t q = 0; q < b->o->n_seats; q++) {
        const struct lane_seat *seat = &b->o->seats[q];
        sum += lane_keep(person_holds(b, person, q), 1.0f + a->kappa * seat->admin_share * (1.0f - seat->empowerment) * b->persons[person].judgment);
    }
    return sum * (lever * a->lam_s / 52 * b->p->dt / of->seats);
}

/* Lanes in which the person is there. */
static lane_i person_step(struct batch *b, size_t person)
{
    const struct lane_person *of = &b->o->persons[person];
    struct person_state *s = &b->persons[person];
    lane_i present = of->exists & (s->vacancy <= 0.0f), stays = lane_not(of->absent);
    if (lane_any(of->exists & stays)) {
        s->hazard += lane_keep(present & stays & b->alive, person_hazard(b, person));
        lane_i leaves = present & stays & b->alive & (s->hazard >= s->threshold);
        if (lane_any(leaves)) person_leave(b, person, leaves);
        present = of->exists & (s->vacancy <= 0.0f);
    }
    lane_i vacant = of->exists & lane_not(present);
    if (!lane_any(vacant)) return present;
    b->ledger.vacant_weeks += lane_keep(vacant & s->left & b->alive, lane_set(b->p->dt));
    s->vacancy -= lane_keep(vacant, lane_set(b->p->dt));
    lane_i arrives = vacant & (s->vacancy <= 0.0f) & s->left;
    if (lane_any(arrives)) {
        person_arrive(b, person, arrives, true);
        trace_fact(b, ORGSIM_EVENT_seat_arrived, person, arrives & b->alive, lane_set(b->t0), s->judgment, lane_one(s->judgment < b->p->a.wrong_J));
        for (size_t q = 0; q < b->o->n_seats; q++)
            b->seats[q].tenure = lane_select(arrives & person_holds(b, person, q), lane_set(0.0f), b->seats[q].tenure);
        b->ledger.wrong_hires += lane_one(arrives & b->alive & (s->judgment < b->p->a.wrong_J));
    }
    return present;
}

static void seat_time(struct batch *b, size_t q)
{
    const struct constants *a = &b->p->a;
    const struct lane_seat *seat = &b->o->seats[q];
    struct seat_state *s = &b->seats[q];
    const lane_f *lever = b->o->lever, all = lane_set(1.0f);
    s->tenure += lane_keep(s->present, lane_set(b->p->dt));
    lane_f ramp = 1.0f - (1 - a->r0) * lane_exp(s->tenure * (-1 / a->tau_ramp));
    s->judgment_time = lane_keep(s->present, seat->fte * (1.0f - seat->admin_share) * seat->switching * ramp);
    s->admin_time = lane_keep(s->present, seat->fte * seat->admin_share * ramp);
    lane_f absorbs = lane_select(seat->delivery, lever[ORGSIM_LEVER_absorption], all), prepares = lane_select(seat->delivery, lever[ORGSIM_LEVER_preparation], all);
    b->admin_time += absorbs * s->admin_time;
    b->trusted_time += absorbs * s->judgment_time * s->trust;
    b->prepared_time += prepares * (s->admin_time + a->k_prep_g * s->judgment_time);
    b->delivery_time += lane_keep(seat->delivery, s->judgment_time + s->admin_time);
    b->overhead_seats += lane_keep(seat->delivery & s->present, lever[ORGSIM_LEVER_overhead] * seat->fte);
}

static void seats_step(struct batch *b)
{
    b->admin_time = b->trusted_time = b->delivery_time = b->overhead_seats = b->prepared_time = lane_set(0.0f);
    for (size_t q = 0; q < b->o->n_seats; q++) b->seats[q].present = lane_set_i(0);
    for (size_t person = 0; person < b->o->n_persons; person++) {
        lane_i present = person_step(b, person);
        for (size_t q = 0; q < b->o->n_seats; q++) {
            lane_i holds = person_holds(b, person, q);
            b->seats[q].present |= holds & present;
            b->seats[q].judgment = lane_select(holds, b->persons[person].judgment, b->seats[q].judgment);
        }
    }
    for (size_t q = 0; q < b->o->n_seats; q++) seat_time(b, q);
}

static void seats_reset(struct batch *b)
{
    for (size_t person = 0; person < b->o->n_persons; person++) {
        const struct lane_person *of = &b->o->persons[person];
        b->persons[person] = (struct person_state){.vacancy = of->start_week, .judgment = of->judgment};
        person_arrive(b, person, of->exists, b->p->first_hire_pool);
    }
    for (size_t q = 0; q < b->o->n_seats; q++) b->seats[q] = (struct seat_state){.trust = lane_set(b->p->a.T0), .tenure = b->o->seats[q].weeks_in_seat};
}
