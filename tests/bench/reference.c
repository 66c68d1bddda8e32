/* reference.c: one life after the other, tick after tick, in the order of week.c */
#include "bench/reference.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_rng.h>

#include "base/memory.h"

/* What risks cost, in person-weeks: of their row, or in proportion to the program's mean package. */
static struct reference_triangle impact_of(const struct program *p, const struct scenario_risk *row)
{
    double mean = p->a.i_ref * p->total_estimate / (double)p->n_packages, scale = p->a.imp;
    if (row->has_mitigation && row->planned) scale *= row->post_impact_factor;
    if (isnan(row->impact_mode_pw))
        return (struct reference_triangle){scale * p->a.imp_low * mean, scale * p->a.imp_mode * mean, scale * p->a.imp_high * mean};
    return (struct reference_triangle){scale * row->impact_low_pw, scale * row->impact_mode_pw, scale * row->impact_high_pw};
}

static struct reference_triangle value_of(const struct program *p, size_t g)
{
    const struct scenario_feature *row = &p->scenario->features[g];
    if (!isnan(row->value_mode_k)) return (struct reference_triangle){row->value_low_k, row->value_mode_k, row->value_high_k};
    double scale = p->features[g].value_mean; /* of 0.3, 0.9 and 1.8 times the feature's share of the program's value: the mean is once */
    return (struct reference_triangle){0.3 * scale, 0.9 * scale, 1.8 * scale};
}

int reference_create(struct reference *r, const struct program *p, unsigned long seed)
{
    memset(r, 0, sizeof *r);
    r->p = p;
    r->dt = p->dt;
    r->rng = gsl_rng_alloc(gsl_rng_mt19937);
    r->impact = memory_array(p->n_items, sizeof *r->impact);
    r->value = memory_array(p->n_features, sizeof *r->value);
    r->members = memory_array(p->n_correlated, sizeof *r->members);
    r->team_normal = memory_array(p->n_teams, sizeof *r->team_normal);
    r->packages = memory_array(p->n_packages, sizeof *r->packages);
    r->items = memory_array(p->n_items, sizeof *r->items);
    r->teams = memory_array(p->n_teams, sizeof *r->teams);
    r->features = memory_array(p->n_features, sizeof *r->features);
    if (!r->rng || !r->impact || !r->value || !r->members || !r->team_normal || !r->packages || !r->items || !r->teams || !r->features)
        return ORGSIM_ERROR_MEMORY;
    gsl_rng_set(r->rng, seed);
    for (size_t k = 0; k < p->n_items; k++)
        if (p->items[k].kind == ITEM_RISK) r->impact[k] = impact_of(p, &p->scenario->risks[p->items[k].row]);
    for (size_t g = 0; g < p->n_features; g++) r->value[g] = value_of(p, g);
    return 0;
}

void reference_free(struct reference *r)
{
    if (r->rng) gsl_rng_free(r->rng);
    void *owned[] = {r->impact, r->value, r->members, r->team_normal, r->packages, r->items, r->teams, r->features};
    for (size_t n = 0; n < sizeof owned / sizeof *owned; n++) memory_free(owned[n]);
    memset(r, 0, sizeof *r);
}

static void reset(struct reference *r)
{
    const struct program *p = r->p;
    r->alive = true;
    r->finished = r->cancelled = r->censored = false;
    r->finish_week = r->stop_week = p->horizon;
    r->packages_left = (int)p->n_packages;
    r->ledger = (struct reference_ledger){.cost = p->planned_mitigation_cost, .cost_discounted = p->planned_mitigation_cost};
    r->open_cross = r->rigour = r->pm_load = r->pressure = r->judgment_invested = r->reported_share = r->trust_followed = 0;
    r->committed_week = r->forecast_reported = p->deadline;
    r->last_reaction = -REFERENCE_NEVER;
    r->reinforcements = 0;
    memset(r->roles, 0, sizeof r->roles);
    reference_people_reset(r);
    reference_nature(r);
}

/* Leading indicators, read at the start of week 8. */
static void week_eight(struct reference *r)
{
    struct reference_ledger *l = &r->ledger;
    double lead = 0, known = 0;
    for (size_t k = 0; k < r->p->n_items; k++) {
        const struct reference_item *s = &r->items[k];
        if (r->p->items[k].kind != ITEM_RISK || s->life < LIFE_HELD || s->life > LIFE_DECIDING) continue;
        lead += r->t0 - s->detected_week;
        known += 1;
    }
    l->lead_week8 = lead / fmax(known, 1);
    l->closure_week8 = l->questions_closed / fmax(l->questions_opened, 1);
    l->false_alarms_week8 = l->false_alarms;
}

static void end_if_complete(struct reference *r)
{
    if (r->packages_left > 0) return;
    r->finish_week = 0;
    for (size_t i = 0; i < r->p->n_packages; i++)
        if (r->packages[i].accepted) r->finish_week = fmax(r->finish_week, r->packages[i].accepted_week);
    r->finished = true;
    r->alive = false;
}

static void live_tick(struct reference *r)
{
    reference_reporting(r);
    reference_management(r);
    if (!r->alive) return;
    reference_product(r);
    reference_seats(r);
    reference_coordination(r);
    reference_attention(r);
    reference_discovery(r);
    reference_work(r);
    reference_work_again(r);
    reference_activation(r);
    reference_realisation(r);
    reference_closing(r);
    reference_detection(r);
    reference_judgment(r);
    reference_escalation(r);
    reference_decision(r);
    reference_integration(r);
    reference_acceptance(r);
    reference_work_again(r);
    reference_activation(r);
    reference_trust(r);
    reference_turnover(r);
    reference_rigour(r);
    end_if_complete(r);
    reference_money(r, r->finished);
}

void reference_live(struct reference *r, const struct organisation *organisation, double metrics[ORGSIM_METRIC_COUNT])
{
    r->o = organisation;
    reset(r);
    for (r->tick = 0; r->tick < r->p->horizon_ticks && r->alive; r->tick++) {
        r->week = r->tick / r->p->ticks_per_week;
        r->t0 = r->tick * r->dt;
        r->t1 = r->t0 + r->dt;
        if (r->tick % r->p->ticks_per_week == 0) {
            reference_noise(r);
            if (r->week == 8) week_eight(r);
        }
        live_tick(r);
    }
    r->censored = r->alive;
    reference_outcome(r, metrics);
}
