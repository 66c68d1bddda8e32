/* reference_sponsor.c: what is reported, how management reacts, what product seats drop and accept (model sections 7.1 to 7.3) */
#include <math.h>

#include <gsl/gsl_randist.h>

#include "bench/reference.h"

#define REPORT_WEEKS 2
#define REINFORCEMENTS 2

static double unit(double x) { return fmin(1, fmax(0, x)); }

/* ---- reports ---- */

struct shares { double weight, truth, known; };

static bool report_is_due(const struct reference *r) { return r->t0 > 0 && r->tick % (REPORT_WEEKS * r->p->ticks_per_week) == 0; }

static struct shares team_shares(const struct reference *r, size_t j)
{
    struct shares sum = {0};
    for (size_t i = 0; i < r->p->n_packages; i++) {
        const struct reference_package *s = &r->packages[i];
        if (r->p->packages[i].team != j || s->dropped) continue;
        double x = 1 - s->remaining / s->content, perceived = s->estimate + (s->content - s->estimate) * x;
        sum.weight += s->estimate;
        sum.truth += s->estimate * unit(1 - (s->remaining + s->rework + s->hidden) / s->content);
        sum.known += s->estimate * unit(1 - ((1 - x) * perceived + s->rework) / fmax(perceived, 1e-6));
    }
    return sum;
}

static double what_is_said(struct reference *r, size_t j, double known)
{
    const struct constants *a = &r->p->a;
    r->ledger.team_reports += 1;
    if (!reference_chance(r, a->p_bias * (1 - a->psi * r->roles[BY_DELIVERY].attention * r->roles[BY_DELIVERY].empowerment))) return known;
    r->ledger.biased_reports += 1;
    double planned = r->p->planned_share[j * ((size_t)r->p->horizon_weeks + 1) + (size_t)r->week];
    return reference_chance(r, a->p_opt) ? known + a->hide * fmax(0, planned - known) : a->pess * known;
}

/* By earned schedule: the week of the plan at which this share was due. */
static double forecast(const struct reference *r, double share)
{
    double at = unit(share) * PLAN_CURVE, t = r->t0;
    int cell = at >= PLAN_CURVE ? PLAN_CURVE - 1 : (int)at;
    double low = r->p->plan.curve_time[cell], high = r->p->plan.curve_time[cell + 1];
    return fmax(t, t * r->p->plan_weeks / fmax(low + (at - cell) * (high - low), r->p->a.es_floor * t));
}

void reference_reporting(struct reference *r)
{
    if (!report_is_due(r)) return;
    struct shares all = {0};
    double reported = 0, deadline = r->p->deadline;
    for (size_t j = 0; j < r->p->n_teams; j++) {
        const struct shares team = team_shares(r, j);
        all.weight += team.weight;
        all.truth += team.truth;
        all.known += team.known;
        reported += team.weight * what_is_said(r, j, team.known / fmax(team.weight, 1e-6));
    }
    double whole = fmax(all.weight, 1e-6), truth = forecast(r, all.truth / whole), known = forecast(r, all.known / whole);
    r->reported_share = reported / whole;
    r->forecast_reported = forecast(r, r->reported_share);
    r->ledger.reports += 1;
    r->ledger.gap_unknown += truth - known;
    r->ledger.gap_silent += known - r->forecast_reported;
    if (r->forecast_reported < deadline * (1 + r->p->a.wm_green) && truth > deadline * (1 + r->p->a.wm_red)) r->ledger.watermelon += REPORT_WEEKS;
}

/* ---- cuts ---- */

static void cut_package(struct reference *r, size_t i)
{
    struct reference_package *s = &r->packages[i];
    if (reference_closed(s)) return;
    s->dropped = true;
    s->remaining = s->rework = s->hidden = s->hidden_age = 0;
    r->packages_left--;
    if (!s->done) reference_latch_done(r, i, r->t0);
    reference_tell_integrator(r, i, r->t0);
    for (uint32_t n = 0; n < r->p->packages[i].n_items; n++) {
        size_t k = r->p->packages[i].items[n];
        if (r->items[k].life != LIFE_REALISED) reference_move(r, k, LIFE_ABSENT, r->t0);
    }
}

static void cut_feature(struct reference *r, size_t g)
{
    r->features[g].dropped = true;
    r->ledger.features_dropped += 1;
    for (size_t i = 0; i < r->p->n_packages; i++)
        if (r->p->packages[i].feature == g && !r->p->packages[i].keeps) cut_package(r, i);
}

static double feature_progress(const struct reference *r, size_t g)
{
    double done = 0, all = 0;
    for (size_t i = 0; i < r->p->n_packages; i++) {
        const struct reference_package *s = &r->packages[i];
        if (r->p->packages[i].feature != g) continue;
        done += s->estimate * (1 - s->remaining / s->content);
        all += s->estimate;
    }
    return done / fmax(all, 1e-6);
}

/* A product seat sees through noise whether a feature is worth building; less noise the longer it has looked. */
static double score_noise(const struct reference *r) { return r->p->a.sp0 / sqrt(1 + r->judgment_invested / r->p->a.tau_sig); }

static double score(struct reference *r, size_t g)
{
    return (r->features[g].worth ? 1 : -1) + gsl_ran_gaussian(r->rng, score_noise(r));
}

static double perceived_value(struct reference *r, size_t g)
{
    double sd = score_noise(r), prior = fmin(1 - 1e-4, fmax(1e-4, r->p->features[g].probability));
    double odds = prior / (1 - prior) * exp(2 * score(r, g) / fmax(sd * sd, 1e-4));
    return isinf(odds) ? r->p->features[g].value_mean : r->p->features[g].value_mean * odds / (1 + odds);
}

static bool cut_invisible(struct reference *r)
{
    double best = REFERENCE_NEVER;
    size_t choice = SIZE_MAX;
    for (size_t i = 0; i < r->p->n_packages; i++) {
        const struct program_package *k = &r->p->packages[i];
        const struct reference_package *s = &r->packages[i];
        double price = k->penalty_per_week / k->estimate;
        if (k->kind < PACKAGE_DEBT || k->keeps || reference_closed(s) || s->remaining <= r->p->a.cut_done * s->content || price >= best) continue;
        best = price;
        choice = i;
    }
    if (choice != SIZE_MAX) cut_package(r, choice);
    return choice != SIZE_MAX;
}

static void cut_least_value(struct reference *r)
{
    double best = REFERENCE_NEVER;
    size_t choice = SIZE_MAX;
    for (size_t g = 0; g < r->p->n_features; g++) {
        if (r->features[g].dropped || feature_progress(r, g) >= r->p->a.cut_done) continue;
        double value = perceived_value(r, g);
        if (value >= best) continue;
        best = value;
        choice = g;
    }
    if (choice != SIZE_MAX) cut_feature(r, choice);
}

/* ---- management ---- */

static void reinforce(struct reference *r)
{
    for (size_t j = 0; j < r->p->n_teams; j++) {
        double people = r->p->a.add_frac * (r->teams[j].experienced + r->teams[j].newcomers);
        r->teams[j].vacancies += people;
        r->ledger.cost += people * r->p->reinforcement_cost;
        r->ledger.cost_discounted += people * r->p->reinforcement_cost * r->p->discount_factor[r->tick];
    }
    r->reinforcements++;
}

static void react(struct reference *r)
{
    const struct constants *a = &r->p->a;
    double left = 1 - r->reported_share;
    if (r->forecast_reported <= r->committed_week * (1 + a->tol) || r->t0 - r->last_reaction < a->react_gap) return;
    bool adds = left > a->react_add_share && r->reinforcements < REINFORCEMENTS, cuts = !adds && left > a->react_cut_share;
    if (adds) reinforce(r);
    if (cuts && !cut_invisible(r)) cut_least_value(r);
    r->committed_week += (adds || cuts ? 0.5 : 1) * (r->forecast_reported - r->committed_week);
    r->last_reaction = r->t0;
}

void reference_management(struct reference *r)
{
    const struct constants *a = &r->p->a;
    if (!report_is_due(r)) return;
    double cost = r->ledger.cost - r->ledger.arm_cost;
    if (r->forecast_reported > r->p->deadline * (1 + a->cancel_slip) || cost > a->cancel_cost * r->p->budget) {
        r->alive = false;
        r->cancelled = true;
        r->stop_week = r->t0;
        return;
    }
    if (r->tick % (2 * REPORT_WEEKS * r->p->ticks_per_week) == 0) react(r);
    r->pressure = unit((r->forecast_reported / r->committed_week - 1) / a->press_scale);
}

/* ---- product ---- */

static void review(struct reference *r)
{
    const struct constants *a = &r->p->a;
    double scores[r->p->n_features + 1];
    if (r->roles[BY_PRODUCT].weight <= 0 || !reference_chance(r, r->roles[BY_PRODUCT].empowerment)) return;
    for (size_t g = 0; g < r->p->n_features; g++) scores[g] = score(r, g);
    for (;;) {
        double lowest = -a->crit, dropped = 0;
        size_t choice = SIZE_MAX;
        for (size_t g = 0; g < r->p->n_features; g++) {
            dropped += r->features[g].dropped;
            if (r->features[g].dropped || feature_progress(r, g) >= a->drop_done) continue;
            if (scores[g] < lowest) lowest = scores[g], choice = g;
            for (size_t i = 0; i < r->p->n_packages && r->p->incremental; i++)
                if (r->p->packages[i].feature == g) r->packages[i].promoted = scores[g] > 0;
        }
        if (choice == SIZE_MAX || dropped + 1 > a->drop_max * (double)r->p->n_features + 1e-3) return;
        cut_feature(r, choice);
    }
}

/* A request for more scope, of some size, for some package, worth it or not. */
static void request(struct reference *r)
{
    const struct constants *a = &r->p->a;
    const struct reference_role *product = &r->roles[BY_PRODUCT];
    struct reference_package *host = &r->packages[gsl_rng_uniform_int(r->rng, (unsigned long)r->p->n_packages)];
    double size = a->req_sz * gsl_ran_flat(r->rng, 0.4, 1.6);
    bool worth = reference_chance(r, a->p_valr);
    double chance = a->acc_base - a->acc_slope * product->empowerment * fmin(1, product->judgment / a->acc_J) * (worth ? a->acc_worth : 1);
    if (!reference_chance(r, chance) || reference_closed(host) || host->integration_week < REFERENCE_NEVER) return;
    host->content += size;
    host->estimate += size;
    host->remaining += size;
    if (worth) host->request_value += size * r->p->value_per_effort;
    r->ledger.requests_accepted += 1;
}

void reference_product(struct reference *r)
{
    static const int review_week[PROGRAM_REVIEWS] = {3, 8, 16, 28};
    for (; r->next_request < r->t1; r->next_request += reference_exponential(r, 1 / r->p->request_rate)) request(r);
    if (r->tick % r->p->ticks_per_week != 0) return;
    for (int n = 0; n < PROGRAM_REVIEWS; n++)
        if (r->week == review_week[n]) review(r);
}
