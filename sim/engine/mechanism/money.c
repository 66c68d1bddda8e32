/* money.c: what the weeks cost
 *
 *     engineers (X + N) c_eng, one EM for each team, forum time, penalties of late non-product work; seats in an account of their own, so that
 *     a seat without effect changes nothing but its pay. What the arm adds (engineers, fewer interfaces) is kept apart for the rule that cancels.
 *     discounted at exp(-r t) of the middle of the tick; a world that ends inside the tick pays for the part it lived
 *
 * Reads    teams, seats
 * Writes   ledger
 * Registry c_eng em_factor
 * Source   BLS and ECEC (see the registry)
 */
#include "engine/state.h"

static void money_seats(struct batch *b, lane_f weeks, float discount)
{
    for (size_t q = 0; q < b->o->n_seats; q++) {
        const struct lane_seat *seat = &b->o->seats[q];
        lane_i paid = b->seats[q].present;
        lane_f pay = lane_keep(paid, weeks * seat->cost_per_week);
        b->ledger.seat_cost += pay;
        b->ledger.seat_cost_discounted += pay * discount;
        b->ledger.delivery_seat_weeks += lane_keep(paid & seat->delivery, weeks * (seat->fte * discount));
    }
}

/* Penalties of packages that are overdue in this tick. */
static lane_f money_penalties(const struct batch *b, lane_f end)
{
    lane_f sum = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct program_package *k = &b->p->packages[i];
        if (k->penalty_per_week <= 0 || k->due_week >= b->t1) continue;
        const struct package_state *s = &b->packages[i];
        lane_f until = lane_select(s->accepted, lane_min(s->accepted_week, end), end);
        sum += k->penalty_per_week * lane_floor_zero(until - fmaxf(k->due_week, b->t0));
    }
    return sum;
}

static void money_step(struct batch *b)
{
    lane_f end = lane_select(b->ended, lane_max(lane_min(b->finish_week, lane_set(b->t1)), lane_set(b->t0)), lane_set(b->t1));
    lane_f weeks = lane_keep(b->alive | b->ended, end - b->t0), people = lane_set(0.0f), extra = lane_set(0.0f);
    float managers = 0, discount = (float)b->p->discount_factor[b->tick];
    for (size_t j = 0; j < b->p->n_teams; j++) {
        lane_f heads = b->teams[j].experienced + b->teams[j].newcomers;
        people += heads;
        extra += heads * b->o->extra_share[j];
        managers += b->p->teams[j].em_cost;
    }
    lane_f arm = weeks * (extra * b->p->engineer_cost + b->o->extra_cost_per_week);
    lane_f cost = weeks * ((people * b->p->engineer_cost + managers) + b->o->extra_cost_per_week);
    lane_f penalties = lane_keep(b->alive | b->ended, money_penalties(b, end));
    b->ledger.arm_cost += arm;
    b->ledger.cost += cost;
    b->ledger.cost_discounted += cost * discount;
    b->ledger.penalties += penalties;
    b->ledger.penalties_discounted += penalties * discount;
    money_seats(b, weeks, discount);
}
