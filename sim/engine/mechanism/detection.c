/* detection.c: who notices what is hidden
 *
 * A latent item is noticed when the integral of its detection hazard reaches the unit exponential that nature drew for it:
 *
 *     risk      h = b_k [ v_team (1 - phi_j) + w_EM f_j + w_T(category) alpha_T + w_P(category) alpha_P ]        per week
 *     question  h = rho_rec [ (1 - phi_j) + 1.5 alpha of the seat that owns the kind + a little of the other ]
 *     mismatch  h = b_mis b_k with the weights of integration risks
 *
 * One uniform against the shares says who it was, in the order team, EM, product seats, delivery seats. The weights belong to a program-wide
 * delivery seat whatever its title: a coordinator has the same and gets little, because g J is small.
 * Reads    team focus and vigilance, attention of the roles
 * Writes   item.life (latent -> held), detected_week, observer, timer (the first look)
 * Registry det_base mis_det rec v_team w_em em_integ w_tech w_integ w_exec w_tpm_mkt w_tpm_people w_pm w_pm_exec w_pm_other att_*
 * Source   that attention and not procedure finds risks: de Bakker et al. 2010; the weights are assumptions
 * Lever    detection=off: w_T = 0
 */
#include "engine/state.h"

struct detection_shares { lane_f team, em, product, delivery; };

static struct detection_shares detection_shares(const struct batch *b, const struct program_item *item)
{
    const struct team_state *team = &b->teams[item->team];
    lane_f lever = b->o->lever[ORGSIM_LEVER_detection];
    return (struct detection_shares){
        .team = item->weight_team * (1.0f - team->focus_loss), .em = item->weight_em * team->em_vigilance,
        .product = item->weight_product * b->roles[ROLE_PRODUCT].attention,
        .delivery = (lever * item->weight_delivery) * b->roles[ROLE_DELIVERY].attention};
}

/* Walks the shares in order; within a role the seats by g J. */
static lane_i detection_observer(const struct batch *b, const struct detection_shares *share, lane_f u)
{
    lane_f at = u * (share->team + share->em + share->product + share->delivery) - share->team;
    lane_i observer = lane_select_i(at < 0.0f, lane_set_i(OBSERVER_TEAM), lane_set_i(OBSERVER_EM)), found = at < share->em;
    at -= share->em;
    for (int r = ROLES - 1; r >= 0; r--) {
        lane_f per_weight = (r == ROLE_PRODUCT ? share->product : share->delivery) / lane_max(b->roles[r].weight, lane_set(1e-12f));
        for (size_t q = 0; q < b->o->n_seats; q++) {
            lane_f part = lane_keep(seat_is(&b->o->seats[q], r), per_weight * b->seats[q].judgment_time * b->seats[q].judgment);
            lane_i here = lane_not(found) & (part > 0.0f);
            observer = lane_select_i(here, lane_set_i(OBSERVER_SEAT + (int32_t)q), observer); /* the last one seen keeps rounding's remainder */
            found |= here & (at < part);
            at -= lane_keep(here, part);
        }
    }
    return observer;
}

static void detect(struct batch *b, size_t k, lane_i latent)
{
    const struct program_item *item = &b->p->items[k];
    struct item_state *s = &b->items[k];
    struct detection_shares share = detection_shares(b, item);
    lane_f rate = item->detect * (share.team + share.em + share.product + share.delivery), until = item_window_end(b, k);
    lane_f weeks = lane_floor_zero(until - lane_max(s->active_week, lane_set(b->t0)));
    s->hazard_detect += lane_keep(latent, rate * weeks);
    lane_f excess = s->hazard_detect - s->detect_threshold;
    lane_i noticed = latent & (excess >= 0.0f) & (weeks > 0.0f);
    if (!lane_any(noticed)) return;
    lane_u raw[4];
    item_draw(b, k, DRAW_EPISODE, s->episode, noticed, raw);
    lane_f week = until - excess / lane_max(rate, lane_set(1e-9f));
    s->observer = lane_select_i(noticed, detection_observer(b, &share, lane_uniform(raw[0])), s->observer);
    s->detected_week = lane_select(noticed, week, s->detected_week);
    s->timer = lane_select(noticed, week, s->timer);
    item_move(b, k, noticed, ITEM_HELD, week);
    trace_item(b, ORGSIM_EVENT_detected, k, noticed, week, lane_set(0.0f), lane_set(0.0f));
}

static void detection_step(struct batch *b)
{
    ITEMS_IN(b, k, 1u << ITEM_LATENT) {
        lane_i latent;
        if (item_in(b, k, ITEM_LATENT, &latent)) detect(b, k, latent);
    }
}
