/* reference_items.c: risks, questions and interface mismatches: they wake, strike, are closed by teams, are noticed, meet integration
 * (item.c; model sections 7.9 to 7.12 and 7.16) */
#include <math.h>

#include "bench/reference.h"

static bool open_life(enum reference_life life) { return life >= LIFE_LATENT && life <= LIFE_DECIDING; }
static bool known_life(enum reference_life life) { return life >= LIFE_HELD && life <= LIFE_DECIDING; }

bool reference_open(const struct reference_item *item) { return open_life(item->life); }

/* The one door through which an item changes state: whatever is counted over open items is counted here. */
void reference_move(struct reference *r, size_t k, enum reference_life to, double week)
{
    const struct program_item *item = &r->p->items[k];
    struct reference_item *s = &r->items[k];
    int opens = open_life(to) - open_life(s->life), known = known_life(to) - known_life(s->life);
    bool above = item->altitude > ALTITUDE_TEAM;
    if (item->kind == ITEM_QUESTION) {
        r->packages[item->package].open_questions += opens;
        r->teams[item->team].open_questions += opens;
        if (above) r->open_cross += opens;
        if (opens < 0) r->ledger.question_weeks += week - s->active_week;
    } else {
        if (above) r->open_cross += known;
        if (item->kind == ITEM_MISMATCH) r->packages[item->package].hidden_mismatches += opens;
        else if (opens < 0) r->ledger.exposure_weeks += week - s->active_week;
    }
    if (opens > 0) s->active_week = week;
    s->life = to;
}

double reference_log_growth(const struct reference *r, size_t k, double week)
{
    return fmin(r->p->items[k].growth * fmax(0, week - r->items[k].active_week), r->p->log_growth_cap);
}

double reference_impact(const struct reference *r, size_t k, double week)
{
    return r->items[k].impact * r->items[k].impact_factor * exp(reference_log_growth(r, k, week));
}

/* An item acts in a tick only until its package's integration. */
double reference_window_end(const struct reference *r, size_t k)
{
    return fmin(r->packages[r->p->items[k].package].integration_week, r->t1);
}

/* ---- work uncovers what was dormant ---- */

static void wake(struct reference *r, const struct reference_package *package, size_t k)
{
    struct reference_item *s = &r->items[k];
    if (s->life != LIFE_DORMANT || package->progress_to < s->open_share) return;
    double part = (s->open_share - package->progress_from) / fmax(package->progress_to - package->progress_from, 1e-12);
    double week = package->worked_from + fmin(1, fmax(0, part)) * (package->worked_to - package->worked_from);
    reference_move(r, k, LIFE_LATENT, week);
    if (r->p->items[k].kind == ITEM_RISK) r->ledger.risks_active += 1;
    if (r->p->items[k].kind == ITEM_QUESTION) r->ledger.questions_opened += 1;
}

void reference_activation(struct reference *r)
{
    for (size_t k = 0; k < r->p->n_items; k++) {
        const struct reference_package *package = &r->packages[r->p->items[k].package];
        if (package->worked_tick == r->tick && package->worked_to > r->t0) wake(r, package, k);
    }
}

/* ---- a risk that nobody closed in time strikes ---- */

void reference_realise(struct reference *r, size_t k, double week)
{
    const struct program_item *item = &r->p->items[k];
    const struct program_package *package = &r->p->packages[item->package];
    struct reference_item *s = &r->items[k];
    bool unseen = s->life == LIFE_LATENT;
    reference_rework_add(r, item->package, reference_impact(r, k, week));
    r->packages[item->package].blocked_until = fmax(r->packages[item->package].blocked_until, week + s->delay);
    for (uint32_t l = 0; l < package->n_successors; l++) {
        uint32_t next = package->successors[l].package;
        reference_rework_add(r, next, r->p->a.xi_dep * r->packages[next].worked);
    }
    r->ledger.risks_realised += 1;
    if (unseen) reference_trust_surprise(r, k);
    else r->ledger.lead_weeks += fmax(0, week - s->detected_week);
    reference_move(r, k, LIFE_REALISED, week);
}

void reference_realisation(struct reference *r)
{
    double week;
    for (size_t k = 0; k < r->p->n_items; k++) {
        if (r->p->items[k].kind != ITEM_RISK || !reference_open(&r->items[k])) continue;
        if (reference_strikes(r, r->p->a.real_h, fmax(r->items[k].active_week, r->t0), reference_window_end(r, k), &week)) reference_realise(r, k, week);
    }
}

/* ---- teams settle what is theirs ---- */

static void close_here(struct reference *r, size_t k)
{
    const struct program_item *item = &r->p->items[k];
    int owner = item->product ? BY_PRODUCT : BY_DELIVERY;
    const struct reference_role *role = &r->roles[owner];
    double from_team = r->p->a.chi0 * (1 - r->teams[item->team].focus_loss);
    double from_seat = r->p->a.chi_seat * role->attention * role->trust * role->empowerment, rate = from_team + from_seat, week;
    double since = item->kind == ITEM_QUESTION ? r->items[k].active_week : r->items[k].detected_week;
    if (r->items[k].for_good || !reference_strikes(r, rate, fmax(since, r->t0), reference_window_end(r, k), &week)) return;
    double em = r->p->teams[item->team].em_judgment, share = from_seat / rate;
    if (item->kind == ITEM_RISK) reference_resolve_risk(r, k, week);
    else reference_answer(r, k, week, em + share * (role->judgment - em));
    reference_trust_gain(r, owner, r->p->a.t_small * share);
}

void reference_closing(struct reference *r)
{
    for (size_t k = 0; k < r->p->n_items; k++) {
        const struct program_item *item = &r->p->items[k];
        enum reference_life life = r->items[k].life;
        if (item->altitude != ALTITUDE_TEAM) continue;
        if (life == LIFE_HELD || (life == LIFE_LATENT && item->kind == ITEM_QUESTION)) close_here(r, k);
    }
}

/* ---- somebody notices ---- */

struct shares { double team, em, product, delivery; };

static int role_observer(const struct reference *r, bool delivery, double at, double share, int otherwise)
{
    double per_weight = share / fmax(r->roles[delivery ? BY_DELIVERY : BY_PRODUCT].weight, 1e-12);
    for (size_t q = 0; q < r->o->n_seats; q++) {
        if (r->o->seats[q].delivery != delivery) continue;
        double part = per_weight * r->seats[q].judgment_time * r->persons[r->o->seats[q].person].judgment;
        if (part <= 0) continue;
        otherwise = OBSERVED_BY_SEAT + (int)q;
        if (at < part) break;
        at -= part;
    }
    return otherwise;
}

static int who_noticed(struct reference *r, const struct shares *share)
{
    double at = gsl_rng_uniform(r->rng) * (share->team + share->em + share->product + share->delivery) - share->team;
    if (at < 0) return OBSERVED_BY_TEAM;
    if (at < share->em) return OBSERVED_BY_EM;
    at -= share->em;
    if (at < share->product) return role_observer(r, false, at, share->product, OBSERVED_BY_EM);
    return role_observer(r, true, at - share->product, share->delivery, OBSERVED_BY_EM);
}

void reference_detection(struct reference *r)
{
    for (size_t k = 0; k < r->p->n_items; k++) {
        const struct program_item *item = &r->p->items[k];
        struct reference_item *s = &r->items[k];
        if (s->life != LIFE_LATENT) continue;
        const struct shares share = {item->weight_team * (1 - r->teams[item->team].focus_loss), item->weight_em * r->teams[item->team].em_vigilance,
                                     item->weight_product * r->roles[BY_PRODUCT].attention, item->weight_delivery * r->roles[BY_DELIVERY].attention};
        double rate = item->detect * (share.team + share.em + share.product + share.delivery), week;
        if (!reference_strikes(r, rate, fmax(s->active_week, r->t0), reference_window_end(r, k), &week)) continue;
        s->observer = who_noticed(r, &share);
        s->detected_week = s->timer = week;
        reference_move(r, k, LIFE_HELD, week);
    }
}

/* ---- what comes to light when the parts are put together ---- */

static void meet_integration(struct reference *r, size_t k, double week)
{
    const struct program_item *item = &r->p->items[k];
    const struct constants *a = &r->p->a;
    struct reference_item *s = &r->items[k];
    if (item->kind == ITEM_RISK) {
        if (s->life == LIFE_CLOSED) r->ledger.lead_weeks += fmax(0, week - s->detected_week);
        if (s->surfaced) r->ledger.risks_surfaced_early += 1;
    }
    if (!reference_open(s)) return;
    if (item->kind == ITEM_RISK) {
        reference_realise(r, k, week);
        return;
    }
    double broken = a->xi_mis * r->packages[item->package].worked;
    if (item->kind == ITEM_QUESTION) {
        broken = reference_chance(r, a->p_default) ? 0 : a->zeta * r->packages[item->package].worked;
        r->ledger.interest_work += broken;
    }
    reference_rework_add(r, item->package, broken);
    reference_move(r, k, LIFE_CLOSED, week);
}

void reference_integration(struct reference *r)
{
    for (size_t i = 0; i < r->p->n_packages; i++) {
        struct reference_package *s = &r->packages[i];
        if (!s->integrating || s->integrated || s->dropped) continue;
        for (uint32_t n = 0; n < r->p->packages[i].n_items; n++) meet_integration(r, r->p->packages[i].items[n], s->integration_week);
        s->integrating = false;
        s->integrated = true;
    }
}
