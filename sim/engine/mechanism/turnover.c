/* turnover.c: engineers leave, and newcomers cost their mentors' time
 *
 *     Lambda_j += lambda/52 n_j (1 + k_press p + k_fire fire_j + k_open min(1, open_j / 3)) dt;  the n-th leaves when Lambda_j passes the sum of n
 *     unit exponentials: X and N shrink in proportion, a vacancy opens, U_i += k_loss W_i / n_j on started, unfinished packages
 *     vacancies -> newcomers at 1/tau_h, newcomers -> experienced at 1/tau_n;  fire_j: 4-week mean of the rework share of the team's capacity
 *
 * Reads    pressure, team.tick_rework, open_questions
 * Writes   team.experienced, newcomers, vacancies, firefighting; package.hidden; ledger
 * Registry lam k_press k_fire k_open tau_hire tau_new k_loss repl fire_tau
 * Source   base rate: LinkedIn 2017, JOLTS; hiring and ramp: Abdel-Hamid & Madnick 1991, Zhou & Mockus 2010; newcomers: Brooks 1975
 */
#include "engine/state.h"

static void turnover_threshold(struct batch *b, size_t j, lane_i mask)
{
    struct team_state *t = &b->teams[j];
    lane_u raw[4];
    draw_lanes_masked(&b->n->source, STREAM_ENGINEER, (uint32_t)j, t->leavers, mask, raw);
    t->leaving_threshold += lane_keep(mask, lane_exponential(raw[0]));
}

static void turnover_knowledge(struct batch *b, size_t j, lane_i leaves, lane_f heads)
{
    for (size_t i = 0; i < b->p->n_packages; i++) {
        struct package_state *s = &b->packages[i];
        if (b->p->packages[i].team != j) continue;
        lane_i unfinished = leaves & b->started[i] & lane_not(b->closed[i]) & (s->remaining + s->rework > 0.0f);
        s->hidden += lane_keep(unfinished, b->p->a.k_loss * s->worked / heads);
    }
}

static void turnover_leave(struct batch *b, size_t j, lane_i leaves)
{
    struct team_state *t = &b->teams[j];
    lane_f heads = lane_max(t->experienced + t->newcomers, lane_set(1.0f));
    lane_f stay = 1.0f - lane_keep(leaves, lane_min(1.0f / heads, lane_set(1.0f)));
    turnover_knowledge(b, j, leaves, heads);
    t->experienced *= stay;
    t->newcomers *= stay;
    t->vacancies += lane_one(leaves);
    t->leavers += lane_one_i(leaves);
    turnover_threshold(b, j, leaves);
    lane_f replacement = lane_keep(leaves, lane_set((b->p->a.repl + b->p->hiring_weeks) * b->p->engineer_cost));
    trace_fact(b, ORGSIM_EVENT_engineer_left, j, leaves, lane_set(b->t1), replacement, lane_set(0.0f));
    b->ledger.engineers_left += lane_one(leaves);
    b->ledger.cost += replacement;
    b->ledger.cost_discounted += replacement * (float)b->p->discount_factor[b->tick];
}

static void turnover_step(struct batch *b)
{
    const struct constants *a = &b->p->a;
    float dt = b->p->dt;
    lane_f hire = 1.0f - lane_exp(lane_set(-dt / a->tau_hire)), ramp = 1.0f - lane_exp(lane_set(-dt / a->tau_new));
    lane_f calm = lane_exp(lane_set(-dt / a->fire_tau));
    for (size_t j = 0; j < b->p->n_teams; j++) {
        struct team_state *t = &b->teams[j];
        lane_f heads = t->experienced + t->newcomers, rework = lane_min(t->tick_rework / lane_max(t->tick_capacity, lane_set(1e-6f)), lane_set(1.0f));
        t->firefighting = calm * t->firefighting + (1.0f - calm) * rework;
        lane_f stress = 1.0f + a->k_press * b->pressure + a->k_fire * t->firefighting + a->k_open * lane_min(t->open_questions * (1.0f / 3), lane_set(1.0f));
        t->leaving += lane_keep(b->alive, (a->lam / 52 * dt) * heads * stress);
        b->ledger.engineer_weeks += lane_keep(b->alive, dt * heads);
        lane_f hired = hire * t->vacancies, fluent = ramp * t->newcomers;
        t->vacancies -= hired;
        t->newcomers += hired - fluent;
        t->experienced += fluent;
        lane_i leaves = b->alive & (t->leaving >= t->leaving_threshold);
        if (lane_any(leaves)) turnover_leave(b, j, leaves);
    }
}

static void turnover_reset(struct batch *b)
{
    for (size_t j = 0; j < b->p->n_teams; j++) {
        b->teams[j] = (struct team_state){.experienced = b->p->teams[j].engineers + b->o->extra_engineers[j]};
        turnover_threshold(b, j, b->alive);
    }
}
