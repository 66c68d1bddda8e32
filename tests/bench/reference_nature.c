/* reference_nature.c: what a world is, drawn with GSL before anybody acts, and the draws of its life (nature.c and model section 7.0) */
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "bench/reference.h"

bool reference_chance(struct reference *r, double probability) { return gsl_rng_uniform(r->rng) < probability; }
double reference_normal(struct reference *r) { return gsl_ran_ugaussian(r->rng); }
double reference_exponential(struct reference *r, double mean) { return gsl_ran_exponential(r->rng, mean); }

/* Whether something of this rate, per week, happens between two moments, and when: the wait is exponential and forgets what went before. */
bool reference_strikes(struct reference *r, double rate, double from, double until, double *week)
{
    if (rate <= 0 || until <= from) return false;
    *week = from + gsl_ran_exponential(r->rng, 1 / rate);
    return *week < until;
}

static double triangular_at(const struct reference_triangle *t, double u)
{
    double width = t->high - t->low, rise = t->mode - t->low, fall = t->high - t->mode;
    if (width <= 0) return t->mode;
    return u * width < rise ? t->low + sqrt(u * width * rise) : t->high - sqrt((1 - u) * width * fall);
}

static double pert(gsl_rng *rng, const struct distribution *d)
{
    double width = d->c - d->a;
    return d->a + width * gsl_ran_beta(rng, 1 + 4 * (d->b - d->a) / width, 1 + 4 * (d->c - d->b) / width);
}

static double draw(gsl_rng *rng, const struct distribution *d)
{
    const struct reference_triangle triangle = {d->a, d->b, d->c};
    switch (d->kind) {
    case DISTRIBUTION_CONSTANT: return d->a;
    case DISTRIBUTION_UNIFORM: return gsl_ran_flat(rng, d->a, d->b);
    case DISTRIBUTION_TRIANGULAR: return triangular_at(&triangle, gsl_rng_uniform(rng));
    case DISTRIBUTION_PERT: return pert(rng, d);
    case DISTRIBUTION_NORMAL: return d->a + gsl_ran_gaussian(rng, d->b);
    case DISTRIBUTION_LOGNORMAL: return gsl_ran_lognormal(rng, d->a, d->b);
    case DISTRIBUTION_EXPONENTIAL: return d->a + gsl_ran_exponential(rng, d->b);
    case DISTRIBUTION_GAMMA: return gsl_ran_gamma(rng, d->a, d->b);
    default: return distribution_quantile(d, gsl_rng_uniform_pos(rng));
    }
}

/* Inputs that correlations.csv names move together: z' = L z. */
static void nature_members(struct reference *r)
{
    size_t n = r->p->n_correlated;
    for (size_t c = 0; c < n; c++) r->members[c] = reference_normal(r);
    for (size_t c = n; c-- > 0;) {
        double sum = 0;
        for (size_t d = 0; d <= c; d++) sum += r->p->copula_factor[c * n + d] * r->members[d];
        r->members[c] = sum;
    }
}

static void nature_package(struct reference *r, size_t i, double program_normal)
{
    const struct program *p = r->p;
    const struct program_package *k = &p->packages[i];
    const struct distribution *effort = &p->scenario->packages[i].effort;
    double ratio = p->correlated_package[i] == UINT32_MAX
                       ? draw(r->rng, effort)
                       : distribution_quantile(effort, gsl_cdf_ugaussian_P(r->members[p->correlated_package[i]]));
    double common = p->a.b_est + p->a.s_prog * program_normal + p->a.s_team * r->team_normal[k->team];
    double content = k->estimate * fmax(ratio, 0.01) * exp(common);
    r->packages[i] = (struct reference_package){
        .content = content, .remaining = content, .estimate = k->estimate, .done_week = REFERENCE_NEVER, .accepted_week = REFERENCE_NEVER,
        .integration_week = REFERENCE_NEVER, .waiting = (int)k->predecessors, .covered_left = (int)k->n_covers, .worked_tick = -1};
}

static void nature_item(struct reference *r, size_t k, double program_normal)
{
    const struct program *p = r->p;
    const struct program_item *item = &p->items[k];
    struct reference_item *s = &r->items[k];
    *s = (struct reference_item){.detected_week = REFERENCE_NEVER, .impact_factor = 1, .log_severity = item->log_severity};
    if (item->kind == ITEM_RISK) {
        double own = p->correlated_item[k] == UINT32_MAX ? reference_normal(r) : r->members[p->correlated_item[k]];
        s->score = -sqrt(p->a.rho_r) * program_normal + sqrt(1 - p->a.rho_r) * own;
        s->impact = triangular_at(&r->impact[k], gsl_rng_uniform(r->rng));
        if (item->impact_mean > 0) s->log_severity += log(fmax(s->impact / item->impact_mean, 1e-6));
        s->delay = item->delay > 0 ? gsl_ran_flat(r->rng, 0, 2.0 * item->delay) : 0;
    } else {
        s->score = gsl_rng_uniform(r->rng);
        s->log_severity += p->a.sev_sd * reference_normal(r);
    }
    s->open_share = item->opens_at >= 0 ? item->opens_at : gsl_ran_flat(r->rng, 0, p->a.x_open);
    s->life = s->score < r->o->threshold[k] ? LIFE_DORMANT : LIFE_ABSENT;
}

/* The teams' luck of a new week: it comes and goes slowly. */
void reference_noise(struct reference *r)
{
    double rho = r->p->a.ar_rho, sd = r->p->a.ar_sd;
    for (size_t j = 0; j < r->p->n_teams; j++) {
        struct reference_team *team = &r->teams[j];
        double z = reference_normal(r);
        team->noise_state = r->week == 0 ? z : rho * team->noise_state + sqrt(1 - rho * rho) * z;
        team->noise = exp(sd * team->noise_state - 0.5 * sd * sd);
    }
}

void reference_nature(struct reference *r)
{
    const struct program *p = r->p;
    double program_normal = reference_normal(r);
    nature_members(r);
    for (size_t j = 0; j < p->n_teams; j++) r->team_normal[j] = reference_normal(r);
    for (size_t i = 0; i < p->n_packages; i++) nature_package(r, i, program_normal);
    for (size_t k = 0; k < p->n_items; k++) nature_item(r, k, program_normal);
    for (size_t g = 0; g < p->n_features; g++) {
        bool worth = reference_chance(r, p->features[g].probability);
        r->features[g] = (struct reference_feature){.worth = worth, .value = worth ? triangular_at(&r->value[g], gsl_rng_uniform(r->rng)) : 0};
    }
    r->next_request = p->request_rate > 0 ? reference_exponential(r, 1 / p->request_rate) : REFERENCE_NEVER;
    for (int f = 0; f < SCENARIO_FORUMS; f++) {
        double phase = gsl_rng_uniform(r->rng);
        r->forums[f] = (struct reference_forum){.phase = phase, .meeting = phase * p->forums[f].cadence};
    }
}
