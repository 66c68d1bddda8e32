/* generate_plan.c: packages in layers, features, balanced loads and a net of dependencies without cycles */
#include "scenario/generate_plan.h"

#include "base/memory.h"
#include "chance/philox.h"

#define PERSON_WEEKS_PER_ENGINEER 3.5 /* of a package of middling size */
#define PACKAGES_PER_FEATURE 6
#define SHARE_WITHOUT_FEATURE 0.2 /* foundations, debt, compliance and migrations */
#define TRIES_PER_EDGE 40

double generate_draw(const struct generate_plan *plan, enum generate_draw stream, size_t entity, size_t ordinal, int word)
{
    uint32_t out[4];
    philox_draw(plan->shape.seed, 0, (uint32_t)stream, (uint32_t)entity, (uint32_t)ordinal, out);
    return out[word] * 0x1p-32;
}

static size_t draw_below(const struct generate_plan *plan, enum generate_draw stream, size_t entity, size_t ordinal, int word, size_t n)
{
    return (size_t)(generate_draw(plan, stream, entity, ordinal, word) * (double)n);
}

static int add_package(struct generate_plan *plan, struct generate_package package)
{
    int status = memory_grow((void **)&plan->packages, &plan->packages_capacity, plan->n_packages + 1, sizeof *plan->packages);
    if (!status) plan->packages[plan->n_packages++] = package;
    return status;
}

static bool has_edge(const struct generate_plan *plan, size_t from, size_t to)
{
    for (size_t e = 0; e < plan->n_edges; e++)
        if (plan->edges[e].from == from && plan->edges[e].to == to) return true;
    return false;
}

static int add_edge(struct generate_plan *plan, size_t from, size_t to)
{
    int status = memory_grow((void **)&plan->edges, &plan->edges_capacity, plan->n_edges + 1, sizeof *plan->edges);
    if (!status) plan->edges[plan->n_edges++] = (struct generate_edge){from, to};
    return status;
}

/* Debt, compliance and migrations are the last third of what serves no feature. */
static enum package_kind kind_of(const struct generate_plan *plan, size_t entity)
{
    static const enum package_kind kinds[] = {PACKAGE_DEBT, PACKAGE_COMPLIANCE, PACKAGE_MIGRATION};
    if (generate_draw(plan, GENERATE_DRAW_KIND, entity, 0, 1) < 0.5) return PACKAGE_BUILD;
    return kinds[draw_below(plan, GENERATE_DRAW_KIND, entity, 0, 2, 3)];
}

/* Efforts of a team differ by a factor of about two and add up to the same for every team. */
static int make_team(struct generate_plan *plan, size_t team)
{
    double sum = 0, total = PERSON_WEEKS_PER_ENGINEER * plan->shape.value[GENERATE_engineers] * (double)plan->per_team;
    size_t first = plan->n_packages;
    int status = 0;
    for (size_t k = 0; k < plan->per_team && !status; k++) {
        size_t entity = team * plan->per_team + k;
        bool serves = generate_draw(plan, GENERATE_DRAW_KIND, entity, 0, 0) >= SHARE_WITHOUT_FEATURE;
        struct generate_package package = {.team = team, .number = k + 1, .feature = SCENARIO_NONE};
        if (serves) package.feature = draw_below(plan, GENERATE_DRAW_FEATURE, entity, 0, 0, plan->n_features);
        else package.kind = kind_of(plan, entity);
        package.effort_pw = 0.65 + 0.7 * generate_draw(plan, GENERATE_DRAW_EFFORT, entity, 0, 0);
        sum += package.effort_pw;
        status = add_package(plan, package);
    }
    for (size_t p = first; p < plan->n_packages; p++) {
        double effort = plan->packages[p].effort_pw * total / sum;
        plan->packages[p].effort_pw = (double)(long)(2 * effort + 0.5) / 2;
        if (plan->packages[p].effort_pw < 1) plan->packages[p].effort_pw = 1;
    }
    return status;
}

static size_t served_by(const struct generate_plan *plan, size_t feature)
{
    size_t n = 0;
    for (size_t p = 0; p < plan->n_packages; p++) n += plan->packages[p].feature == feature;
    return n;
}

/* A feature that nobody drew gets a package that can be spared; there are several packages for each feature. */
static void serve_all(struct generate_plan *plan)
{
    for (size_t g = 0; g < plan->n_features; g++) {
        if (served_by(plan, g)) continue;
        for (size_t p = 0; p < plan->n_packages; p++) {
            struct generate_package *package = &plan->packages[p];
            if (package->feature != SCENARIO_NONE && served_by(plan, package->feature) < 2) continue;
            package->feature = g;
            package->kind = PACKAGE_BUILD;
            break;
        }
    }
}

/* Within a team a package waits for one of the two before it. */
static int join_teams(struct generate_plan *plan)
{
    int status = 0;
    for (size_t p = 0; p < plan->n_packages && !status; p++) {
        size_t number = plan->packages[p].number;
        if (number == 1) continue;
        size_t back = number > 2 ? 1 + draw_below(plan, GENERATE_DRAW_INSIDE, p, 0, 0, 2) : 1;
        status = add_edge(plan, p - back, p);
    }
    return status;
}

/* Between teams: from a package to one of another team that is as late or later in its own team's order; ties go by the order of teams, so
 * that there is no cycle. Half of them stay within a feature, where there is one to be found. */
static int join_across(struct generate_plan *plan)
{
    size_t wanted = (size_t)(plan->shape.value[GENERATE_density] * (double)plan->n_packages + 0.5), n = plan->n_packages;
    int status = 0;
    for (size_t d = 0; d < wanted && !status; d++)
        for (size_t attempt = 0; attempt < TRIES_PER_EDGE; attempt++) {
            size_t a = draw_below(plan, GENERATE_DRAW_EDGE, d, attempt, 0, n), b = draw_below(plan, GENERATE_DRAW_EDGE, d, attempt, 1, n);
            const struct generate_package *from = &plan->packages[a], *to = &plan->packages[b];
            bool within = generate_draw(plan, GENERATE_DRAW_EDGE, d, 0, 2) < 0.5 && attempt < TRIES_PER_EDGE / 2;
            bool ordered = from->number < to->number || (from->number == to->number && from->team < to->team);
            if (!ordered || from->team == to->team || (within && from->feature != to->feature) || has_edge(plan, a, b)) continue;
            status = add_edge(plan, a, b);
            break;
        }
    return status;
}

static bool leads_within(const struct generate_plan *plan, size_t p, size_t feature)
{
    for (size_t e = 0; e < plan->n_edges; e++)
        if (plan->edges[e].from == p && (feature == SCENARIO_NONE || plan->packages[plan->edges[e].to].feature == feature)) return true;
    return false;
}

/* The team of a feature with the least to do hosts what brings the feature together. */
static size_t host_of(const struct generate_plan *plan, size_t feature, const size_t *hosted)
{
    size_t best = SCENARIO_NONE;
    for (size_t p = 0; p < plan->n_packages; p++) {
        size_t team = plan->packages[p].team;
        if (plan->packages[p].feature == feature && (best == SCENARIO_NONE || hosted[team] < hosted[best])) best = team;
    }
    return best;
}

static int integrate(struct generate_plan *plan, size_t feature, size_t *hosted, size_t n_built)
{
    bool launch = feature == SCENARIO_NONE;
    size_t team = launch ? 0 : host_of(plan, feature, hosted), p = plan->n_packages;
    double effort = (launch ? 1.0 : 0.8) * plan->shape.value[GENERATE_engineers];
    int status = add_package(
        plan, (struct generate_package){team, plan->per_team + ++hosted[team], feature, PACKAGE_INTEGRATE, effort < 1 ? 1 : effort, launch});
    for (size_t k = 0; k < (launch ? p : n_built) && !status; k++) {
        bool ends = launch ? !leads_within(plan, k, SCENARIO_NONE) : plan->packages[k].feature == feature && !leads_within(plan, k, feature);
        if (ends) status = add_edge(plan, k, p);
    }
    return status;
}

static int integrate_all(struct generate_plan *plan)
{
    size_t n_built = plan->n_packages, *hosted = memory_array(plan->n_teams, sizeof *hosted);
    int status = hosted ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t g = 0; g < plan->n_features && !status; g++) status = integrate(plan, g, hosted, n_built);
    if (!status) status = integrate(plan, SCENARIO_NONE, hosted, n_built);
    memory_free(hosted);
    return status;
}

/* When a package can start: what it waits for is done, and its team, which takes one after the other, is free. */
static double start_of(const struct generate_plan *plan, size_t p, const double *finish, double team_free)
{
    double start = team_free;
    for (size_t e = 0; e < plan->n_edges; e++)
        if (plan->edges[e].to == p && finish[plan->edges[e].from] > start) start = finish[plan->edges[e].from];
    return start;
}

/* The whole teams at work in the order of layers, each package in turn: every dependency points forward in that order. */
static int schedule(struct generate_plan *plan)
{
    size_t n_built = plan->n_teams * plan->per_team;
    double *finish = memory_array(plan->n_packages, sizeof *finish), *team_free = memory_array(plan->n_teams, sizeof *team_free);
    int status = finish && team_free ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < plan->n_packages && !status; k++) {
        size_t p = k < n_built ? k % plan->n_teams * plan->per_team + k / plan->n_teams : k, team = plan->packages[p].team;
        finish[p] = start_of(plan, p, finish, team_free[team]) + plan->packages[p].effort_pw / plan->shape.value[GENERATE_engineers];
        team_free[team] = finish[p];
        if (finish[p] > plan->weeks) plan->weeks = finish[p];
    }
    memory_free(finish);
    memory_free(team_free);
    return status;
}

int generate_plan_make(struct generate_plan *plan, const struct generate_shape *shape)
{
    int status = 0;
    *plan = (struct generate_plan){
        .shape = *shape, .n_teams = (size_t)shape->value[GENERATE_teams], .per_team = (size_t)shape->value[GENERATE_packages]};
    plan->n_features = (plan->n_teams * plan->per_team + PACKAGES_PER_FEATURE / 2) / PACKAGES_PER_FEATURE;
    if (!plan->n_features) plan->n_features = 1;
    for (size_t j = 0; j < plan->n_teams && !status; j++) status = make_team(plan, j);
    if (!status) serve_all(plan);
    if (!status) status = join_teams(plan);
    if (!status) status = join_across(plan);
    if (!status) status = integrate_all(plan);
    if (!status) status = schedule(plan);
    return status;
}

void generate_plan_free(struct generate_plan *plan)
{
    memory_free(plan->packages);
    memory_free(plan->edges);
    plan->packages = NULL;
    plan->edges = NULL;
}
