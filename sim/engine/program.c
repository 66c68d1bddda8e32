/* program.c: compiles a checked scenario into what the lanes read */
#include "engine/program.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/items.h"
#include "engine/limits.h"

#define WEEKS_PER_YEAR 52.0

static void constants_fill(struct constants *c, const struct assumptions *a, bool frictionless)
{
#define X(name, ...) c->name = (float)a->name;
    ASSUMPTIONS(X)
#undef X
    if (!frictionless) return;
    /* Only a schedule: no common luck, no mistakes, no coordination, nobody leaves, nobody reacts. */
    c->b_est = c->s_prog = c->s_team = c->ar_sd = 0;
    c->q0 = c->q_min = 1;
    c->h_dep = c->h_team = c->h_open = c->h_seat = 0;
    c->lam = c->lam_s = c->p_bias = c->req = 0;
    c->tol = c->cancel_slip = c->cancel_cost = INFINITY;
}

static int tables_allocate(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    p->n_teams = s->n_teams;
    p->n_packages = s->n_packages;
    p->n_features = s->n_features;
    for (size_t d = 0; d < s->n_dependencies; d++)
        p->n_interfaces += s->packages[s->dependencies[d].from].team != s->packages[s->dependencies[d].to].team;
    p->n_items = p->frictionless ? 0 : s->n_risks + s->n_questions + p->n_interfaces;
    size_t weeks = (size_t)p->horizon_weeks + 1;
    p->order = memory_array(p->n_packages, sizeof *p->order);
    p->teams = memory_array(p->n_teams, sizeof *p->teams);
    p->packages = memory_array(p->n_packages, sizeof *p->packages);
    p->items = memory_array(p->n_items, sizeof *p->items);
    p->interfaces = memory_array(p->n_interfaces, sizeof *p->interfaces);
    p->features = memory_array(p->n_features, sizeof *p->features);
    p->planned_share = memory_array(p->n_teams * weeks, sizeof *p->planned_share);
    p->calendar = memory_array(p->n_teams * weeks, sizeof *p->calendar);
    p->discount_factor = memory_array((size_t)p->horizon_ticks + 1, sizeof *p->discount_factor);
    p->link_store = memory_array(s->n_dependencies, sizeof *p->link_store);
    p->cover_store = memory_array(p->n_packages, sizeof *p->cover_store);
    p->item_store = memory_array(p->n_items, sizeof *p->item_store);
    p->correlated_package = memory_array(p->n_packages, sizeof *p->correlated_package);
    p->correlated_item = memory_array(p->n_items, sizeof *p->correlated_item);
    return p->order && p->teams && p->packages && p->items && p->interfaces && p->features && p->planned_share && p->calendar &&
           p->discount_factor && p->link_store && p->cover_store && p->item_store && p->correlated_package && p->correlated_item
               ? 0 : ORGSIM_ERROR_MEMORY;
}

static double estimate_of(const struct orgsim_scenario *s, size_t i)
{
    double allowance = s->settings.effort_basis == EFFORT_HISTORICAL ? 1 + s->assumptions.b_plan : 1;
    return s->packages[i].effort_mode_pw / allowance;
}

/* The plan's input in one allocation; `all`: also links that planners did not know. */
static int plan_input_create(struct plan_input *in, const struct orgsim_scenario *s, bool all)
{
    size_t n = s->n_packages, m = s->n_dependencies;
    double *effort = memory_array(2 * n + s->n_teams + m, sizeof *effort);
    uint32_t *team = memory_array(2 * n + 1 + m, sizeof *team);
    if (!effort || !team) {
        memory_free(effort);
        memory_free(team);
        return ORGSIM_ERROR_MEMORY;
    }
    double *most = effort + n, *engineers = effort + 2 * n, *lag = engineers + s->n_teams;
    uint32_t *first = team + n, *to = first + n + 1;
    for (size_t i = 0; i < n; i++) {
        effort[i] = estimate_of(s, i);
        most[i] = s->packages[i].max_engineers;
        team[i] = (uint32_t)s->packages[i].team;
    }
    for (size_t j = 0; j < s->n_teams; j++) engineers[j] = s->teams[j].engineers;
    uint32_t links = 0;
    for (size_t i = 0; i < n; i++) {
        first[i] = links;
        for (size_t d = 0; d < m; d++) {
            const struct scenario_dependency *dep = &s->dependencies[d];
            if (dep->from != i || !(all || dep->known_at_planning)) continue;
            lag[links] = dep->lag_weeks;
            to[links++] = (uint32_t)dep->to;
        }
    }
    first[n] = links;
    *in = (struct plan_input){.n_packages = n, .n_teams = s->n_teams, .effort = effort, .max_engineers = most, .engineers = engineers,
                              .team = team, .first = first, .to = to, .lag = lag};
    return 0;
}

static void plan_input_free(struct plan_input *in)
{
    memory_free((void *)in->effort);
    memory_free((void *)in->team);
}

static double or_default(double value, double fallback) { return isnan(value) ? fallback : value; }

/* What follows from several numbers that are possible each: more than a machine can hold of it. */
#define HORIZON_MOST 100000
#define REQUESTS_MOST 100000

static int refuse_size(const struct program *p, const char *what, double size, const char *todo, struct orgsim_where *where)
{
    return error_set(where, ORGSIM_ERROR_USAGE, p->scenario->path, 0, 0, todo, "%s %.0f; at most 100000 are possible", what, size);
}

static int horizons_fill(struct program *p, struct orgsim_where *where)
{
    const struct scenario_settings *set = &p->scenario->settings;
    p->plan_weeks = (float)(p->plan.weeks * (1 + p->a.b_plan * !p->frictionless));
    double weeks = or_default(set->horizon_weeks, fmax(156, 3 * p->plan_weeks));
    if (weeks > HORIZON_MOST) return refuse_size(p, "the weeks that would be lived are", weeks, "give horizon_weeks, or lower b_plan", where);
    p->deadline = (float)or_default(set->deadline_week, p->plan_weeks);
    p->horizon_weeks = (int)ceil(weeks);
    p->horizon = (float)p->horizon_weeks;
    p->value_horizon = (float)or_default(set->value_horizon_weeks, fmax(156, 3.5 * p->plan_weeks));
    p->horizon_ticks = p->horizon_weeks * p->ticks_per_week;
    return 0;
}

static int plan_fill(struct program *p, struct orgsim_where *where)
{
    struct plan_input known = {0}, all = {0};
    int status = plan_input_create(&known, p->scenario, false);
    if (!status) status = plan_input_create(&all, p->scenario, true);
    if (!status) status = plan_create(&p->plan, &known, where);
    if (status) goto out;
    status = horizons_fill(p, where);
    if (!status) status = tables_allocate(p);
    if (!status) status = plan_order(&p->plan, &all, p->order);
    if (status) goto out;
    double stretch = p->plan_weeks / fmax(p->plan.weeks, 1e-9);
    for (int k = 0; k <= PLAN_CURVE; k++) p->plan.curve_time[k] *= (float)stretch;
    for (size_t j = 0; j < p->n_teams; j++)
        for (int w = 0; w <= p->horizon_weeks; w++)
            p->planned_share[j * ((size_t)p->horizon_weeks + 1) + (size_t)w] = (float)plan_share(&p->plan, &known, (uint32_t)j, w / stretch);
out:
    plan_input_free(&known);
    plan_input_free(&all);
    return status;
}

static void calendar_fill(struct program *p)
{
    size_t weeks = (size_t)p->horizon_weeks + 1;
    for (size_t c = 0; c < p->n_teams * weeks; c++) p->calendar[c] = 1;
    for (size_t r = 0; r < p->scenario->n_calendar; r++) {
        const struct scenario_calendar *row = &p->scenario->calendar[r];
        for (size_t j = 0; j < p->n_teams; j++) {
            if (row->team != SCENARIO_NONE && row->team != j) continue;
            for (size_t w = 0; w < weeks; w++)
                if ((double)w >= row->from_week && (double)w < row->to_week) p->calendar[j * weeks + w] *= (float)row->capacity;
        }
    }
}

static double loaded_per_week(const struct orgsim_scenario *s, double salary, double fallback_k)
{
    return isnan(salary) ? fallback_k : salary * or_default(s->money.benefit_load, 1.43) / (1000 * WEEKS_PER_YEAR);
}

double organisation_engineer_cost(const struct orgsim_scenario *s)
{
    return loaded_per_week(s, s->money.engineer_per_year, s->assumptions.c_eng);
}

static void teams_fill(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    double engineer = organisation_engineer_cost(s), weekly = 0;
    for (size_t j = 0; j < p->n_teams; j++) {
        const struct scenario_team *row = &s->teams[j];
        p->teams[j] = (struct program_team){
            .engineers = (float)row->engineers, .em_judgment = (float)or_default(row->em_judgment, s->assumptions.J_em),
            .em_empowerment = (float)or_default(row->em_empowerment, s->assumptions.E_team),
            .em_hours = (float)or_default(row->em_hours_per_week, s->assumptions.h_em),
            .em_cost = (float)loaded_per_week(s, s->money.em_per_year, s->assumptions.em_factor * engineer)};
        weekly += row->engineers * engineer + p->teams[j].em_cost;
    }
    p->engineer_cost = (float)engineer;
    p->budget = (float)(weekly * p->deadline);
    p->discount = (float)(log1p(or_default(s->money.discount_rate, s->assumptions.disc)) / WEEKS_PER_YEAR);
    p->reinforcement_cost = (float)or_default(s->money.reinforcement_cost, 0);
    p->hiring_weeks = (float)(or_default(s->money.hiring_fee_share, 0) * WEEKS_PER_YEAR / or_default(s->money.benefit_load, 1.43));
    for (int t = 0; t <= p->horizon_ticks; t++) p->discount_factor[t] = exp(-(double)p->discount * (t + 0.5) * p->dt);
}

static void interfaces_fill(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    size_t n = 0;
    for (size_t d = 0; d < s->n_dependencies; d++) {
        size_t from = s->packages[s->dependencies[d].from].team, to = s->packages[s->dependencies[d].to].team;
        if (from == to) continue;
        p->interfaces[n++] = (struct program_interface){
            .from = (uint32_t)s->dependencies[d].from, .to = (uint32_t)s->dependencies[d].to, .team_from = (uint32_t)from, .team_to = (uint32_t)to,
            .weight = s->teams[from].site == s->teams[to].site ? 1.0f : p->a.cross_team_slowdown};
        p->teams[from].n_cross++;
        p->teams[to].n_cross++;
    }
    double pairs = (double)p->n_teams * ((double)p->n_teams - 1);
    p->density = pairs > 0 ? (float)((double)p->n_interfaces / pairs) : 0;
}

static void links_fill(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    uint32_t n = 0;
    for (size_t i = 0; i < p->n_packages; i++) {
        p->packages[i].successors = p->link_store + n;
        for (size_t d = 0; d < s->n_dependencies; d++) {
            if (s->dependencies[d].from != i) continue;
            p->link_store[n++] = (struct program_link){.package = (uint32_t)s->dependencies[d].to, .lag = (float)s->dependencies[d].lag_weeks};
            p->packages[i].n_successors++;
            p->packages[s->dependencies[d].to].predecessors++;
        }
    }
}

/* The package that integrates each one: the earliest integrate package among its descendants, else the terminal one that ends its path,
 * else itself. `best` holds the rank in the plan's order, walked from the end. */
static void integrators_fill(struct program *p)
{
    for (size_t n = p->n_packages; n-- > 0;) {
        uint32_t i = p->order[n], best = i;
        size_t rank = SIZE_MAX;
        bool found = false;
        for (uint32_t l = 0; l < p->packages[i].n_successors; l++) {
            uint32_t j = p->packages[i].successors[l].package;
            bool own = p->packages[j].kind == PACKAGE_INTEGRATE || p->packages[j].n_successors == 0;
            uint32_t candidate = own ? j : p->packages[j].integrator;
            size_t candidate_rank = 0;
            while (p->order[candidate_rank] != candidate) candidate_rank++;
            bool integrates = p->packages[candidate].kind == PACKAGE_INTEGRATE;
            if (rank == SIZE_MAX || (integrates && !found) || (integrates == found && candidate_rank < rank)) {
                best = candidate;
                rank = candidate_rank;
                found = integrates;
            }
        }
        p->packages[i].integrator = best;
    }
    uint32_t stored = 0;
    for (size_t i = 0; i < p->n_packages; i++) {
        p->packages[i].covers = p->cover_store + stored;
        for (size_t j = 0; j < p->n_packages; j++) {
            if (p->packages[j].integrator != i) continue;
            p->cover_store[stored++] = (uint32_t)j;
            p->packages[i].n_covers++;
        }
        bool others = p->packages[i].n_covers > (p->packages[i].integrator == i);
        p->packages[i].integrates = p->packages[i].n_covers > 0;
        p->packages[i].keeps = others || p->packages[i].kind == PACKAGE_INTEGRATE;
    }
}

static int packages_fill(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    int status = 0;
    for (size_t i = 0; i < p->n_packages && !status; i++) {
        const struct scenario_package *row = &s->packages[i];
        struct program_package *k = &p->packages[i];
        k->team = (uint32_t)row->team;
        k->feature = row->feature == SCENARIO_NONE ? UINT32_MAX : (uint32_t)row->feature;
        k->kind = row->kind;
        k->estimate = (float)estimate_of(s, i);
        k->max_engineers = (float)row->max_engineers;
        k->pace = fminf(k->max_engineers, program_capacity(&p->teams[k->team]));
        k->weeks_per_pw = 1 / k->pace;
        k->due_week = (float)or_default(row->due_week, INFINITY);
        k->penalty_per_week = (float)row->penalty_k_per_week;
        p->has_penalties |= k->penalty_per_week > 0;
        status = sampler_create(&k->effort, &row->effort);
        p->total_estimate += k->estimate;
    }
    if (status) return status;
    links_fill(p);
    integrators_fill(p);
    return 0;
}

static double annuity(const struct program *p, double launch)
{
    double r = p->discount, left = fmax(0, p->value_horizon - launch), adopt = p->a.tau_adopt;
    double flat = r < 1e-4 ? left * (1 - r * left / 2) : -expm1(-r * left) / r;
    double ramp = adopt > 0 ? -expm1(-(r + 1 / adopt) * left) / (r + 1 / adopt) : 0;
    return exp(-r * launch) * (flat - ramp);
}

static int features_fill(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    double program_value = p->a.bcr * p->budget / fmax(annuity(p, p->deadline), 1e-9), expected = 0;
    int status = 0;
    for (size_t i = 0; i < p->n_packages; i++)
        if (p->packages[i].feature != UINT32_MAX) p->features[p->packages[i].feature].estimate_share += p->packages[i].estimate / p->total_estimate;
    for (size_t g = 0; g < p->n_features && !status; g++) {
        const struct scenario_feature *row = &s->features[g];
        struct program_feature *f = &p->features[g];
        struct distribution value = {0};
        f->request = row->origin == ORIGIN_REQUEST;
        f->probability = (float)or_default(row->probability_of_value, p->a.p_val * (f->request ? p->a.pval_request : 1));
        double scale = program_value * f->estimate_share / fmax(f->probability, 1e-6);
        bool blank = isnan(row->value_mode_k);
        status = distribution_three_point(&value, DISTRIBUTION_TRIANGULAR, blank ? 0.3 * scale : row->value_low_k,
                                          blank ? 0.9 * scale : row->value_mode_k, blank ? 1.8 * scale : row->value_high_k, NULL);
        if (!status) status = sampler_create(&f->value, &value);
        if (!status) f->value_mean = (float)distribution_mean(&value);
        expected += f->probability * f->value_mean;
        distribution_free(&value);
    }
    p->value_per_effort = (float)(p->a.req_worth * expected / p->total_estimate);
    p->request_rate = p->a.req * (float)p->n_packages / 40;
    double requests = (double)p->request_rate * p->horizon;
    p->n_requests = (size_t)ceil(requests + 6 * sqrt(requests));
    return status;
}

static void forums_fill(struct program *p)
{
    const struct scenario_forum *row = p->scenario->forums;
    const float cadence[] = {p->a.cad1, p->a.cad2}, slots[] = {p->a.slots1, p->a.slots2}, background[] = {p->a.bg1, p->a.bg2};
    for (int f = 0; f < SCENARIO_FORUMS; f++) {
        double own = or_default(row[f].slots, slots[f]) - or_default(row[f].background_slots, background[f]);
        p->forums[f] = (struct program_forum){.cadence = (float)or_default(row[f].cadence_weeks, cadence[f]),
                                              .capacity = (float)fmax(p->a.forum_min, own),
                                              .hours_per_slot = (float)(row[f].attendees * row[f].attendee_hours)};
    }
    p->forum_hour_cost = (float)(or_default(p->scenario->money.attendee_hour, 0) / 1000);
}

static int correlations_fill(struct program *p)
{
    const struct orgsim_scenario *s = p->scenario;
    for (size_t i = 0; i < p->n_packages; i++) p->correlated_package[i] = UINT32_MAX;
    for (size_t k = 0; k < p->n_items; k++) p->correlated_item[k] = UINT32_MAX;
    p->n_correlated = s->n_correlated;
    p->copula_factor = memory_array(s->n_correlated * s->n_correlated, sizeof *p->copula_factor);
    if (!p->copula_factor) return ORGSIM_ERROR_MEMORY;
    for (size_t c = 0; c < s->n_correlated * s->n_correlated; c++) p->copula_factor[c] = (float)s->copula.factor[c];
    for (size_t c = 0; c < s->n_correlated; c++) {
        if (!s->correlated[c].is_risk) p->correlated_package[s->correlated[c].row] = (uint32_t)c;
        else if (s->correlated[c].row < p->n_items) p->correlated_item[s->correlated[c].row] = (uint32_t)c;
    }
    return 0;
}

int program_create(struct program *p, const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                   struct orgsim_where *where)
{
    *p = (struct program){.scenario = scenario, .frictionless = options->frictionless != 0,
                          .ticks_per_week = options->ticks_per_week ? options->ticks_per_week : 2,
                          .first_hire_pool = scenario->settings.first_hire == FIRST_HIRE_POOL,
                          .incremental = scenario->settings.release == RELEASE_INCREMENTAL};
    p->dt = 1.0f / (float)p->ticks_per_week;
    constants_fill(&p->a, &scenario->assumptions, p->frictionless);
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT && !p->frictionless; c++) p->contrary[c] = (float)options->contrary.strength[c];
    p->log_growth_cap = (float)log(scenario->assumptions.gcap);
    p->log_threshold = (float)log(scenario->assumptions.theta);
    p->log_price_cap = (float)log(scenario->assumptions.m_max);
    int status = plan_fill(p, where);
    if (status) goto out;
    calendar_fill(p);
    teams_fill(p);
    interfaces_fill(p);
    forums_fill(p);
    status = packages_fill(p);
    if (!status) status = features_fill(p);
    if (!status && p->n_requests > REQUESTS_MOST)
        status = refuse_size(p, "the requests for more scope would be", (double)p->n_requests, "lower req, or horizon_weeks", where);
    if (!status) status = items_compile(p);
    if (!status) status = correlations_fill(p);
    if (!status) status = limits_find(p);
out:
    if (status) {
        program_free(p);
        return status == ORGSIM_ERROR_MEMORY ? error_set(where, status, scenario->path, 0, 0, "try a smaller scenario", "out of memory") : status;
    }
    return 0;
}

void program_free(struct program *p)
{
    for (size_t i = 0; p->packages && i < p->n_packages; i++) sampler_free(&p->packages[i].effort);
    for (size_t k = 0; p->items && k < p->n_items; k++) sampler_free(&p->items[k].impact);
    for (size_t g = 0; p->features && g < p->n_features; g++) sampler_free(&p->features[g].value);
    plan_free(&p->plan);
    void *owned[] = {p->order, p->teams, p->packages, p->items, p->interfaces, p->features, p->planned_share, p->calendar,
                     p->discount_factor, p->link_store, p->cover_store, p->item_store, p->correlated_package, p->correlated_item,
                     p->copula_factor};
    for (size_t o = 0; o < sizeof owned / sizeof *owned; o++) memory_free(owned[o]);
    *p = (struct program){0};
}
