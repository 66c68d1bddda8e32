/* reference_path.c: from a look to a decision: surface or not, the way through the forums, what is decided (model sections 7.13 to 7.15) */
#include <math.h>

#include <gsl/gsl_randist.h>

#include "bench/reference.h"

#define MEETING_TIE 1e-3 /* weeks and slots, as in escalation.c: what is ready at the moment of a meeting is too late for it */
#define REOPENINGS 2

struct carrier { double judgment, empowerment; bool seat; };

/* Whoever noticed the item carries it while somebody sits there; else the team's manager. */
static struct carrier carrier_of(const struct reference *r, size_t k)
{
    const struct program_team *team = &r->p->teams[r->p->items[k].team];
    int q = r->items[k].observer - OBSERVED_BY_SEAT;
    if (q >= 0 && r->seats[q].present)
        return (struct carrier){r->persons[r->o->seats[q].person].judgment, r->o->seats[q].empowerment, true};
    return (struct carrier){team->em_judgment, team->em_empowerment, false};
}

static void spend(struct reference *r, double cost)
{
    r->ledger.cost += cost;
    r->ledger.cost_discounted += cost * r->p->discount_factor[r->tick];
}

/* ---- judgment ---- */

static void count_first_look(struct reference *r, size_t k, bool perceived, bool surfaces)
{
    int observer = r->items[k].observer, who = observer;
    if (observer >= OBSERVED_BY_SEAT) who = r->o->seats[observer - OBSERVED_BY_SEAT].delivery ? LOOKED_DELIVERY : LOOKED_PM;
    struct reference_looks *c = &r->ledger.looks[who];
    if (r->p->items[k].altitude > ALTITUDE_TEAM) {
        *(surfaces ? &c->hit : &c->miss) += 1;
        c->seen_above += perceived;
    } else {
        *(surfaces ? &c->false_alarm : &c->correct_hold) += 1;
        c->seen_team += perceived;
    }
}

static void false_alarm(struct reference *r, size_t k)
{
    r->ledger.false_alarms += 1;
    r->items[k].settled = true;
    reference_trust_observer(r, k, -r->p->a.t_fa);
}

static void go_straight(struct reference *r, size_t k, double week, double trust)
{
    const struct constants *a = &r->p->a;
    if (r->p->items[k].altitude == ALTITUDE_TEAM) {
        false_alarm(r, k);
        return;
    }
    r->items[k].timer = week + reference_exponential(r, a->tau_dir) / (a->tdir_floor + (1 - a->tdir_floor) * trust);
    reference_move(r, k, LIFE_DECIDING, week);
    reference_trust_observer(r, k, a->t_hit);
}

static void surface(struct reference *r, size_t k, const struct carrier *carrier, double week)
{
    struct reference_item *s = &r->items[k];
    const struct program_item *item = &r->p->items[k];
    if (item->kind == ITEM_RISK && !s->surfaced) {
        r->ledger.risks_surfaced += 1;
        if (item->has_mitigation) spend(r, item->mitigation_cost);
    }
    s->surfaced = true;
    if (carrier->seat && reference_chance(r, carrier->empowerment)) {
        go_straight(r, k, week, r->seats[s->observer - OBSERVED_BY_SEAT].trust);
        return;
    }
    s->timer = week + reference_exponential(r, r->p->a.tau_prep);
    s->level = 1;
    reference_move(r, k, LIFE_PREPARING, week);
}

static void look(struct reference *r, size_t k)
{
    const struct constants *a = &r->p->a;
    struct reference_item *s = &r->items[k];
    const struct carrier carrier = carrier_of(r, k);
    double week = s->timer, sd = a->sig_max + (a->sig_min - a->sig_max) * carrier.judgment;
    bool perceived = s->log_severity + reference_log_growth(r, k, week) + gsl_ran_gaussian(r->rng, sd) > r->p->log_threshold;
    bool surfaces = perceived && !reference_chance(r, a->mum * (1 - a->safety) * (1 - carrier.empowerment));
    if (s->looks++ == 0) count_first_look(r, k, perceived, surfaces);
    s->timer = week + a->tau_rev;
    if (surfaces) surface(r, k, &carrier, week);
}

void reference_judgment(struct reference *r)
{
    for (size_t k = 0; k < r->p->n_items; k++) {
        const struct reference_item *s = &r->items[k];
        if (s->life == LIFE_HELD && !s->settled && s->timer < reference_window_end(r, k)) look(r, k);
    }
}

/* ---- forums ---- */

static void join_queue(struct reference *r)
{
    for (size_t k = 0; k < r->p->n_items; k++) {
        struct reference_item *s = &r->items[k];
        if (s->life != LIFE_PREPARING || s->timer >= reference_window_end(r, k)) continue;
        struct reference_forum *forum = &r->forums[s->level - 1];
        if (s->timer >= forum->meeting - MEETING_TIE) continue;
        s->ticket = ++forum->arrived;
        reference_move(r, k, LIFE_QUEUED, s->timer);
    }
}

/* The message gets through or not, and goes to a decision, higher, or back. */
static void present(struct reference *r, size_t k, int f, double week)
{
    const struct constants *a = &r->p->a;
    const struct reference_role *delivery = &r->roles[BY_DELIVERY];
    struct reference_item *s = &r->items[k];
    if (reference_chance(r, a->p_unp * exp(-a->k_unp * r->prepared_time))) {
        s->timer = week + reference_exponential(r, a->tau_prep);
    } else if (reference_chance(r, a->p_gw * (1 - a->psi * delivery->attention * delivery->empowerment))) {
        s->timer = week + a->tau_retry;
    } else if (r->p->items[k].path_level > (uint32_t)f + 1) {
        s->timer = week;
        s->level++;
    } else {
        s->timer = week + reference_exponential(r, a->tau_dec);
        reference_move(r, k, LIFE_DECIDING, week);
        reference_trust_observer(r, k, a->t_hit);
        return;
    }
    reference_move(r, k, LIFE_PREPARING, week);
}

static void hear(struct reference *r, size_t k, int f)
{
    double week = r->forums[f].meeting, hours = r->p->forums[f].hours_per_slot;
    r->ledger.forum_hours += hours;
    spend(r, hours * r->p->forum_hour_cost);
    if (r->p->items[k].altitude > ALTITUDE_TEAM) {
        present(r, k, f, week);
        return;
    }
    false_alarm(r, k);
    reference_move(r, k, LIFE_HELD, week);
}

static bool forum_meets(const struct reference *r, int f) { return r->forums[f].meeting < r->t1; }

static void hold_meetings(struct reference *r)
{
    bool meets[SCENARIO_FORUMS];
    for (int f = 0; f < SCENARIO_FORUMS; f++) {
        struct reference_forum *forum = &r->forums[f];
        meets[f] = forum_meets(r, f);
        if (meets[f]) forum->served = fmin(forum->arrived, forum->served + r->p->forums[f].capacity);
    }
    for (size_t k = 0; k < r->p->n_items; k++) {
        const struct reference_item *s = &r->items[k];
        if (s->life != LIFE_QUEUED || !meets[s->level - 1]) continue;
        const struct reference_forum *forum = &r->forums[s->level - 1];
        if (s->ticket <= forum->served + MEETING_TIE && forum->meeting < reference_window_end(r, k)) hear(r, k, s->level - 1);
    }
    for (int f = 0; f < SCENARIO_FORUMS; f++)
        if (meets[f]) r->forums[f].meeting = (r->forums[f].phase + ++r->forums[f].meetings) * r->p->forums[f].cadence;
}

void reference_escalation(struct reference *r)
{
    join_queue(r);
    while (forum_meets(r, 0) || forum_meets(r, 1)) {
        hold_meetings(r);
        join_queue(r);
    }
}

/* ---- decisions ---- */

/* With a mitigation in the register its price was paid when the risk surfaced, and what it leaves stays. */
void reference_resolve_risk(struct reference *r, size_t k, double week)
{
    const struct program_item *item = &r->p->items[k];
    struct reference_item *s = &r->items[k];
    bool mitigated = item->has_mitigation && s->surfaced;
    if (!mitigated) reference_rework_add(r, item->package, r->p->a.rho_mit * reference_impact(r, k, week));
    if (!mitigated || s->score >= item->residual_threshold) {
        reference_move(r, k, LIFE_CLOSED, week);
        return;
    }
    s->impact_factor = item->residual_factor;
    s->settled = s->for_good = true;
    reference_move(r, k, LIFE_HELD, week);
}

void reference_answer(struct reference *r, size_t k, double week, double judgment)
{
    bool right = reference_chance(r, r->p->a.p_r0 + r->p->a.p_r1 * judgment);
    r->ledger.questions_closed += 1;
    if (!right) r->items[k].timer = week + reference_exponential(r, r->p->a.tau_reop);
    reference_move(r, k, right ? LIFE_CLOSED : LIFE_WRONG, week);
}

static void decide(struct reference *r, size_t k)
{
    const struct program_item *item = &r->p->items[k];
    struct reference_item *s = &r->items[k];
    double week = s->timer;
    if (item->altitude > ALTITUDE_TEAM) {
        r->ledger.decided_above += 1;
        r->ledger.latency_weeks += week - s->detected_week;
    }
    if (item->kind == ITEM_RISK) {
        reference_resolve_risk(r, k, week);
        return;
    }
    if (item->kind == ITEM_QUESTION) reference_answer(r, k, week, carrier_of(r, k).judgment);
    else reference_move(r, k, LIFE_CLOSED, week);
    reference_trust_observer(r, k, r->p->a.t_close);
}

/* A wrong answer comes back, unless its package is past caring. */
static void reopen(struct reference *r, size_t k)
{
    const struct reference_package *package = &r->packages[r->p->items[k].package];
    struct reference_item *s = &r->items[k];
    bool over = package->done_week <= s->timer || package->dropped || package->integration_week <= s->timer;
    if (over || s->episode >= REOPENINGS) {
        reference_move(r, k, LIFE_CLOSED, s->timer);
        return;
    }
    double broken = r->p->a.zeta * package->worked;
    s->episode++;
    r->ledger.interest_work += broken;
    r->ledger.questions_opened += 1;
    reference_rework_add(r, r->p->items[k].package, broken);
    reference_move(r, k, LIFE_LATENT, s->timer);
}

void reference_decision(struct reference *r)
{
    for (size_t k = 0; k < r->p->n_items; k++) {
        const struct reference_item *s = &r->items[k];
        if (s->life == LIFE_DECIDING && s->timer < reference_window_end(r, k)) decide(r, k);
        if (s->life == LIFE_WRONG && s->timer < r->t1) reopen(r, k);
    }
}
