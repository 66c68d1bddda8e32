/* items.c: risks, questions and interface mismatches become items of one machine */
#include "engine/items.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

static double normal_threshold(double probability)
{
    if (probability <= 0) return -INFINITY;
    if (probability >= 1) return INFINITY;
    return gsl_cdf_ugaussian_Pinv(probability);
}

static float severity_of(const struct constants *a, enum altitude altitude)
{
    const float by_altitude[] = {a->sev_team, a->s_x, a->s_x * a->s_exec};
    return by_altitude[altitude];
}

/* Whether a cross-team item of this package reaches beyond its reporting line: then only the executive forum can decide it. */
static bool crosses_units(const struct program *p, size_t package)
{
    const struct orgsim_scenario *s = p->scenario;
    for (size_t d = 0; d < p->n_interfaces; d++) {
        const struct program_interface *face = &p->interfaces[d];
        if ((face->from == package || face->to == package) && s->teams[face->team_from].unit != s->teams[face->team_to].unit) return true;
    }
    return false;
}

static uint32_t path_level(enum altitude altitude, bool beyond_unit)
{
    if (altitude == ALTITUDE_EXECUTIVE || (altitude == ALTITUDE_CROSS && beyond_unit)) return 2;
    return 1;
}

static void weigh_by_category(struct program_item *item, const struct constants *a, enum risk_category category)
{
    const float delivery[] = {a->w_tech, a->w_integ, a->w_exec, a->w_tpm_mkt, a->w_tpm_people};
    const float product[] = {a->w_pm_other, a->w_pm_other, a->w_pm_exec, a->w_pm, a->w_pm_other};
    item->weight_team = a->v_team;
    item->weight_em = a->w_em * (category == RISK_INTEGRATION ? a->em_integ : 1);
    item->weight_delivery = delivery[category];
    item->weight_product = product[category];
}

static int impact_fill(struct program_item *item, const struct program *p, const struct scenario_risk *row)
{
    double reference = p->a.i_ref * p->total_estimate / (double)p->n_packages, scale = p->a.imp;
    if (row->has_mitigation && row->planned) scale *= row->post_impact_factor;
    bool blank = isnan(row->impact_mode_pw);
    struct distribution impact = {0};
    int status = distribution_three_point(&impact, DISTRIBUTION_TRIANGULAR, scale * (blank ? p->a.imp_low * reference : row->impact_low_pw),
                                          scale * (blank ? p->a.imp_mode * reference : row->impact_mode_pw),
                                          scale * (blank ? p->a.imp_high * reference : row->impact_high_pw), NULL);
    if (!status) status = sampler_create(&item->impact, &impact);
    if (!status) item->impact_mean = (float)distribution_mean(&impact);
    distribution_free(&impact);
    return status;
}

/* A mitigation that says nothing of what remains leaves nothing. */
static double residual_probability(const struct scenario_risk *row)
{
    if (!isnan(row->post_probability)) return row->post_probability;
    return row->post_impact_factor == 1 ? 0 : row->probability;
}

static int risk_compile(struct program *p, size_t row_number)
{
    const struct scenario_risk *row = &p->scenario->risks[row_number];
    struct program_item *item = &p->items[row_number];
    double probability = row->has_mitigation && row->planned ? residual_probability(row) : row->probability;
    *item = (struct program_item){
        .kind = ITEM_RISK, .row = (uint32_t)row_number, .package = (uint32_t)row->package, .category = row->category, .altitude = row->altitude,
        .path_level = path_level(row->altitude, crosses_units(p, row->package)), .severity = (float)row->severity * severity_of(&p->a, row->altitude),
        .detect = p->a.det_base * (float)row->detectability, .growth = isnan(row->growth_per_week) ? p->a.growth : (float)row->growth_per_week,
        .delay = (float)row->delay_weeks, .threshold = (float)normal_threshold(probability),
        .residual_threshold = (float)normal_threshold(residual_probability(row)),
        .residual_factor = (float)row->post_impact_factor, .mitigation_cost = (float)row->mitigation_cost_k,
        .has_mitigation = row->has_mitigation && !row->planned, .planned = row->has_mitigation && row->planned, .product = row->category == RISK_MARKET, .opens_at = -1};
    if (item->planned) p->planned_mitigation_cost += item->mitigation_cost;
    weigh_by_category(item, &p->a, row->category);
    return impact_fill(item, p, row);
}

static void question_compile(struct program *p, size_t row_number)
{
    const struct scenario_question *row = &p->scenario->questions[row_number];
    bool product = row->kind == QUESTION_PRODUCT;
    p->items[p->scenario->n_risks + row_number] = (struct program_item){
        .kind = ITEM_QUESTION, .row = (uint32_t)row_number, .package = (uint32_t)row->package, .question = row->kind, .altitude = row->altitude,
        .path_level = path_level(row->altitude, crosses_units(p, row->package)), .severity = severity_of(&p->a, row->altitude), .detect = p->a.rec,
        .weight_team = 1, .weight_delivery = product ? p->a.att_tpm_other : p->a.att_owner, .weight_product = product ? p->a.att_owner : p->a.att_pm_other,
        .growth = p->a.growth, .threshold = 1, .product = product, .opens_at = isnan(row->opens_at_share) ? -1 : (float)row->opens_at_share};
}

static void mismatch_compile(struct program *p, size_t number, size_t dependency)
{
    const struct program_interface *face = &p->interfaces[number];
    const struct scenario_dependency *row = &p->scenario->dependencies[dependency];
    bool beyond = p->scenario->teams[face->team_from].unit != p->scenario->teams[face->team_to].unit;
    struct program_item *item = &p->items[p->scenario->n_risks + p->scenario->n_questions + number];
    *item = (struct program_item){
        .kind = ITEM_MISMATCH, .row = (uint32_t)dependency, .package = face->to, .category = RISK_INTEGRATION, .altitude = ALTITUDE_CROSS,
        .path_level = path_level(ALTITUDE_CROSS, beyond), .severity = severity_of(&p->a, ALTITUDE_CROSS), .detect = p->a.mis_det * p->a.det_base,
        .growth = p->a.growth, .threshold = row->known_at_planning ? (float)row->ambiguity : 1, .opens_at = p->a.x_mis};
    weigh_by_category(item, &p->a, RISK_INTEGRATION);
}

int items_compile(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    if (p->n_items == 0) return 0;
    for (size_t r = 0; r < s->n_risks; r++) {
        int status = risk_compile(p, r);
        if (status) return status;
    }
    for (size_t q = 0; q < s->n_questions; q++) question_compile(p, q);
    size_t number = 0;
    for (size_t d = 0; d < s->n_dependencies; d++)
        if (s->packages[s->dependencies[d].from].team != s->packages[s->dependencies[d].to].team) mismatch_compile(p, number++, d);

    uint32_t stored = 0;
    for (size_t i = 0; i < p->n_packages; i++) {
        p->packages[i].items = p->item_store + stored;
        for (size_t k = 0; k < p->n_items; k++) {
            if (p->items[k].package != i) continue;
            p->item_store[stored++] = (uint32_t)k;
            p->packages[i].n_items++;
        }
    }
    for (size_t k = 0; k < p->n_items; k++) {
        p->items[k].team = p->packages[p->items[k].package].team;
        p->items[k].log_severity = (float)log(fmax(p->items[k].severity, 1e-20));
    }
    return 0;
}
