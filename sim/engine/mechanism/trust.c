/* trust.c: leadership without authority
 *
 *     hit                      T += t_hit (1 - T)           closed question or mismatch   T += t_cl (1 - T)
 *     closed at team level     T += t_small share (1 - T)   false alarm                   T -= t_fa T
 *     surprise (a risk of the seat's categories strikes undetected)                       T -= t_su T
 *     forgetting               T += (T0 - T)(1 - exp(-t_fg dt))
 *
 * It scales absorption, local closing and the direct path, and starts again at T0 with every new holder.
 * Writes   seat.trust
 * Registry T0 t_hit t_close t_small t_fa t_surp t_forget
 * Source   assumption
 */
#include "engine/state.h"

/* The seat that observed item k gains `gain` of what is missing (positive) or loses that share of what is there (negative). */
static void trust_observer(struct batch *b, size_t k, lane_i mask, float gain)
{
    for (size_t q = 0; q < b->o->n_seats; q++) {
        lane_i who = mask & item_observed_by_seat(b, k, q) & b->seats[q].present;
        lane_f *trust = &b->seats[q].trust;
        *trust = lane_select(who, *trust + gain * (gain > 0 ? 1.0f - *trust : *trust), *trust);
    }
}

static void trust_small_gain(struct batch *b, enum role role, lane_f gain)
{
    for (size_t q = 0; q < b->o->n_seats; q++)
        b->seats[q].trust += lane_keep(b->seats[q].present & seat_is(&b->o->seats[q], role), gain * (1.0f - b->seats[q].trust));
}

static void trust_surprise(struct batch *b, size_t k, lane_i mask)
{
    enum risk_category category = b->p->items[k].category;
    if (category == RISK_PEOPLE) return;
    for (size_t q = 0; q < b->o->n_seats; q++) {
        lane_i surprised = mask & b->seats[q].present & seat_is(&b->o->seats[q], category == RISK_MARKET ? ROLE_PRODUCT : ROLE_DELIVERY);
        lane_f *trust = &b->seats[q].trust;
        *trust = lane_select(surprised, *trust * (1 - b->p->a.t_surp), *trust);
    }
}

static void trust_step(struct batch *b)
{
    float T0 = b->p->a.T0, keep = b->p->a.t_forget * b->p->dt;
    for (size_t q = 0; q < b->o->n_seats; q++) {
        lane_f share = 1.0f - lane_exp(lane_set(-keep));
        b->seats[q].trust += lane_keep(b->alive, (T0 - b->seats[q].trust) * share);
    }
}
