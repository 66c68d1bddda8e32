/* shape.c: measuring a program's shape, and putting a generated plan in its place */
#include "scenario/shape.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/memory.h"
#include "scenario/load.h"
#include "scenario/variant.h"

const char *shape_name(int field) { return field == SHAPE_SEED ? "seed" : generate_fields[field].name; }

const char *shape_meaning(int field) { return field == SHAPE_SEED ? "seed of the choices of a generated program" : generate_fields[field].meaning; }

/* --- measured ------------------------------------------------------------------------------------------------------------------------- */

static bool integrates(const struct orgsim_scenario *s, size_t package) { return s->packages[package].kind == PACKAGE_INTEGRATE; }

/* Between teams and between packages that are made, not put together: what the generator calls density. */
static bool crosses(const struct orgsim_scenario *s, const struct scenario_dependency *d)
{
    return s->packages[d->from].team != s->packages[d->to].team && !integrates(s, d->from) && !integrates(s, d->to);
}

static double allowed(int field, double value)
{
    const struct generate_field_info *info = &generate_fields[field];
    if (info->whole) value = floor(value + 0.5);
    return fmin(fmax(value, info->low), info->high);
}

struct generate_shape shape_of(const struct orgsim_scenario *s)
{
    struct generate_shape shape = generate_usual();
    double engineers = 0, made = 0, across = 0, ambiguity = 0, packages = (double)s->n_packages;
    for (size_t j = 0; j < s->n_teams; j++) engineers += s->teams[j].engineers;
    for (size_t p = 0; p < s->n_packages; p++) made += !integrates(s, p);
    for (size_t d = 0; d < s->n_dependencies; d++) {
        if (!crosses(s, &s->dependencies[d])) continue;
        across++;
        ambiguity += s->dependencies[d].ambiguity;
    }
    const double value[] = {[GENERATE_teams] = (double)s->n_teams,
                            [GENERATE_engineers] = engineers / (double)s->n_teams,
                            [GENERATE_packages] = made / (double)s->n_teams,
                            [GENERATE_density] = made > 0 ? across / made : 0,
                            [GENERATE_risks] = (double)s->n_risks / packages,
                            [GENERATE_questions] = (double)s->n_questions / packages,
                            [GENERATE_ambiguity] = across > 0 ? ambiguity / across : 0};
    for (int f = 0; f < GENERATE_FIELDS; f++) shape.value[f] = allowed(f, value[f]);
    return shape;
}

/* --- made ------------------------------------------------------------------------------------------------------------------------------ */

int shape_set(struct generate_shape *shape, int field, double value, struct orgsim_where *where)
{
    char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE], shown[TEXT_NUMBER_SIZE];
    if (field == SHAPE_SEED) {
        if (!(value >= 0 && value <= 0x1p53))
            return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, "choose a whole number from 0", "shape.seed is %s", text_of_double(shown, value));
        shape->seed = (uint64_t)floor(value + 0.5);
        return 0;
    }
    const struct generate_field_info *info = &generate_fields[field];
    if (info->whole) value = floor(value + 0.5);
    if (!generate_allows((enum generate_field)field, value)) {
        char todo[128];
        snprintf(todo, sizeof todo, "it must be from %s to %s", text_of_double(low, info->low), text_of_double(high, info->high));
        return error_set(where, ORGSIM_ERROR_USAGE, "", 0, 0, todo, "shape.%s is %s", info->name, text_of_double(shown, value));
    }
    shape->value[field] = value;
    return 0;
}

static int plan_make(struct orgsim_scenario **plan, const struct generate_shape *shape, struct orgsim_where *where)
{
    struct text texts[TABLES] = {{0}};
    struct orgsim_problems problems = {0};
    int status = generate_tables(shape, "a generated program", texts, where);
    if (!status) status = scenario_from_tables(texts, NULL, 0, plan, &problems);
    if (status == ORGSIM_ERROR_SCENARIO) { /* the generator keeps to the format; whoever breaks it should hear where */
        status = ORGSIM_ERROR_USAGE;
        if (where && problems.n) *where = problems.list[0].where;
    }
    orgsim_problems_free(&problems);
    for (enum table table = 0; table < TABLES; table++) text_free(&texts[table]);
    return status;
}

static size_t round_team(size_t team, const struct orgsim_scenario *plan) { return team == SCENARIO_NONE ? team : team % plan->n_teams; }

/* What the plan does not bring. Dates are those of the new plan. */
static void rest_take(struct orgsim_scenario *v, const struct orgsim_scenario *of)
{
    struct scenario_settings settings = of->settings;
    settings.horizon_weeks = settings.value_horizon_weeks = settings.deadline_week = (double)NAN;
    v->settings = settings;
    v->path = of->path;
    v->digest = of->digest;
    v->assumptions = of->assumptions;
    memcpy(v->assumption_low, of->assumption_low, sizeof v->assumption_low);
    memcpy(v->assumption_high, of->assumption_high, sizeof v->assumption_high);
    memcpy(v->forums, of->forums, sizeof v->forums);
    v->money = of->money;
}

static void teams_round(struct orgsim_scenario *v)
{
    for (size_t a = 0; a < v->n_arms; a++) {
        v->arms[a].extra_team = round_team(v->arms[a].extra_team, v);
        for (size_t q = 0; q < v->arms[a].n_seats; q++) v->arms[a].seats[q].em_of_team = round_team(v->arms[a].seats[q].em_of_team, v);
    }
}

int shape_create(struct shaped *shaped, const struct orgsim_scenario *of, const struct generate_shape *shape, struct orgsim_where *where)
{
    *shaped = (struct shaped){0};
    int status = plan_make(&shaped->plan, shape, where);
    if (status) return status;
    struct orgsim_scenario with_arms = *shaped->plan; /* borrows: variant_create() copies what may change */
    with_arms.arms = of->arms;
    with_arms.n_arms = of->n_arms;
    status = variant_create(&shaped->variant, &with_arms);
    if (status) return status;
    rest_take(shaped->variant, of);
    teams_round(shaped->variant);
    return 0;
}

void shape_free(struct shaped *shaped)
{
    variant_free(shaped->variant);
    orgsim_scenario_free(shaped->plan);
    *shaped = (struct shaped){0};
}
