/* rework.c: the rework cycle: mistakes that nobody knows, found later at a higher price
 *
 *     q_i = max(q_min, q0 (1 - d_dec)^min(3, open questions) (1 - d_mis)^min(2, hidden mismatches) (1 - d_press p) (1 - d_new N/(X+N)))
 *     work g:      U += (1 - q) g
 *     discovery:   D = U (1 - exp(-d dt)), d = d0 + d_attn alpha_T J_T before integration, d_int after;  U -= D, B += D min(m_max, exp(gamma age))
 *     integration: D = eta_int U at once
 *
 * The age is the mean age of U (first moment). Discovery comes before the work of the tick.
 * Reads    team quality, open_questions, hidden_mismatches, delivery attention
 * Writes   package.hidden, hidden_age, rework, inflow
 * Registry q0 q_min d_dec d_mis d_press d_new d0 d_attn d_int eta_int gamma m_max
 * Source   rework cycle: Cooper 1980, Abdel-Hamid & Madnick 1991; cost of late change both ways: Boehm 1981, Menzies et al. 2016
 * Lever    rework_discovery=off: d_attn = 0
 * Contrary no_delay_effect: gamma shrinks to nothing
 */
#include "engine/state.h"

/* Rework that is now known: it returns to the package. Nothing returns to what is accepted or cut. */
static void rework_add(struct batch *b, size_t i, lane_f amount_pw)
{
    struct package_state *s = &b->packages[i];
    lane_f amount = lane_select(b->closed[i], lane_set(0.0f), amount_pw);
    s->rework += amount;
    s->inflow += amount;
}

/* A share of the hidden rework is found and returns at the price of its age. */
static void rework_reveal(struct batch *b, size_t i, lane_f share)
{
    struct package_state *s = &b->packages[i];
    lane_f age = lane_select(s->hidden > 1e-9f, s->hidden_age / lane_max(s->hidden, lane_set(1e-9f)), lane_set(0.0f));
    lane_f found = s->hidden * share, price = lane_exp(lane_min(item_delay_effect(b) * b->p->a.gamma * age, lane_set(b->p->log_price_cap)));
    s->hidden -= found;
    s->hidden_age *= 1.0f - share;
    rework_add(b, i, found * price);
}

/* Chance of being found in one tick, and in one and a half: what was made in the last tick has waited half of it already. */
struct exposure { lane_f tick, longer; };

static void rework_discovery_step(struct batch *b)
{
    const struct constants *a = &b->p->a;
    const struct role_state *delivery = &b->roles[ROLE_DELIVERY];
    lane_f rate = a->d0 + a->d_attn * b->o->lever[ORGSIM_LEVER_rework_discovery] * delivery->attention * delivery->judgment;
    lane_f early = -b->p->dt * rate, late = lane_set(-b->p->dt * a->d_int);
    struct exposure before = {1.0f - lane_exp(early), 1.0f - lane_exp(1.5f * early)}, after = {1.0f - lane_exp(late), 1.0f - lane_exp(1.5f * late)};
    for (size_t i = 0; i < b->p->n_packages; i++) {
        struct package_state *s = &b->packages[i];
        if (!b->notes[i].started || b->notes[i].finished) continue;
        s->hidden_before = s->hidden;
        lane_i open = b->alive & lane_not(b->closed[i]) & (s->hidden > 0.0f);
        if (!lane_any(open)) continue;
        s->hidden_age += lane_keep(open, 0.5f * b->p->dt * s->hidden_fresh);
        lane_i late_phase = b->integration_week[i] < NEVER;
        lane_f old = lane_select(late_phase, after.tick, before.tick), fresh = lane_select(late_phase, after.longer, before.longer);
        lane_f fresh_part = lane_min(s->hidden_fresh / lane_max(s->hidden, lane_set(1e-9f)), lane_set(1.0f));
        rework_reveal(b, i, lane_keep(open, old + fresh_part * (fresh - old)));
        s->hidden_age += lane_keep(open, b->p->dt * s->hidden);
        s->hidden_fresh = lane_set(0.0f);
    }
}

/* What integration brings to light: eta_int at once, then d_int for the rest of this tick; so nothing of it waits to be looked at any more. */
static void rework_integrate(struct batch *b, size_t i, lane_i mask, lane_f week)
{
    const struct constants *a = &b->p->a;
    lane_f kept = (1 - a->eta_int) * lane_exp(-a->d_int * (b->t1 - week));
    rework_reveal(b, i, lane_keep(mask, 1.0f - kept));
    b->packages[i].hidden_fresh = lane_select(mask, lane_set(0.0f), b->packages[i].hidden_fresh);
}

/* Factor (1 - loss)^min(most, count). */
static lane_f rework_taint(lane_f count, float loss, int most)
{
    lane_f factor = lane_set(1.0f);
    for (int n = 0; n < most; n++) factor = lane_select(count > (float)n + 0.5f, factor * (1 - loss), factor);
    return factor;
}

/* Quality of a team's work this week, before what taints single packages. */
static lane_f rework_team_quality(const struct batch *b, size_t j)
{
    const struct constants *a = &b->p->a;
    const struct team_state *team = &b->teams[j];
    lane_f new_share = team->newcomers / lane_max(team->experienced + team->newcomers, lane_set(1e-6f));
    return a->q0 * (1.0f - a->d_press * b->pressure) * (1.0f - a->d_new * new_share);
}

/* The hidden mistakes that `work` person-weeks leave in package i; what open questions added to them goes to the ledger. */
static void rework_create(struct batch *b, size_t i, lane_f work)
{
    const struct constants *a = &b->p->a;
    struct package_state *s = &b->packages[i];
    lane_f untainted = b->teams[b->p->packages[i].team].quality * rework_taint(s->hidden_mismatches, a->d_mis, 2);
    lane_f tainted = untainted * rework_taint(s->open_questions, a->d_dec, 3);
    lane_f quality = lane_max(tainted, lane_set(a->q_min));
    s->hidden += (1.0f - quality) * work;
    s->hidden_fresh += (1.0f - quality) * work;
    b->ledger.interest_work += (lane_max(untainted, lane_set(a->q_min)) - quality) * work;
}
