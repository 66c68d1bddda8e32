/* unknowns.c: from the unit cube to a scenario in which every unknown parameter has a value */
#include "study/unknowns.h"

#include <string.h>

#include "scenario/variant.h"
#include "study/arms.h"

/* low and high of these are the 10th and 90th percentile (chance/distribution.h); what lies beyond is left out, because the model was never
 * tried there. */
static bool has_tails(const struct distribution *d) { return d->kind == DISTRIBUTION_LOGNORMAL || d->kind == DISTRIBUTION_NORMAL; }

bool unknowns_is_known(const struct orgsim_scenario *s, int k)
{
    return s->assumption_low[k] == s->assumption_high[k] || (s->assumption_source[k] && !strncmp(s->assumption_source[k], "--", 2));
}

int unknowns_distribution(struct distribution *range, const struct orgsim_scenario *s, int k, struct orgsim_where *where)
{
    double value = assumptions_get(&s->assumptions, k), low = s->assumption_low[k], high = s->assumption_high[k];
    enum distribution_kind kind = (enum distribution_kind)distribution_kind_find(assumption_table[k].distribution);
    return distribution_three_point(range, kind, value < low ? value : low, value, value > high ? value : high, where);
}

static int add(struct unknowns *u, const struct orgsim_scenario *s, int k, struct orgsim_where *where)
{
    int status = unknowns_distribution(&u->range[u->n], s, k, where);
    if (!status) u->assumption[u->n++] = k;
    return status;
}

int unknowns_place(struct orgsim_scenario *variant, const struct points *points, const struct orgsim_run_options *options, struct orgsim_where *where)
{
    struct program program = {0};
    struct arms arms = {0};
    int status = program_create(&program, variant, options, where);
    if (status) return status;
    status = arms_create(&arms, &program, points->kernel, points->pool, options, where);
    for (size_t a = 0; a < arms.n && !status; a++) {
        struct scenario_arm *arm = &variant->arms[arms.row[a]];
        if (arm->placement != PLACE_BEST) continue;
        arm->placement = arms.place[a] == SIZE_MAX ? PLACE_SPREAD : PLACE_TEAM;
        if (arm->placement == PLACE_TEAM) arm->extra_team = arms.place[a];
    }
    arms_free(&arms);
    program_free(&program);
    return status;
}

int unknowns_open(struct unknowns *u, const struct orgsim_scenario *scenario, struct orgsim_where *where)
{
    int status = 0;
    *u = (struct unknowns){0};
    for (int k = 0; k < ASSUMPTION_COUNT && !status; k++)
        if (!unknowns_is_known(scenario, k)) status = add(u, scenario, k, where);
    return status;
}

void unknowns_close(struct unknowns *u)
{
    for (size_t p = 0; p < u->n; p++) distribution_free(&u->range[p]);
    *u = (struct unknowns){0};
}

double unknowns_quantile(const struct distribution *d, double unit) { return distribution_quantile(d, has_tails(d) ? 0.1 + 0.8 * unit : unit); }

double unknowns_value(const struct unknowns *u, size_t p, double unit) { return unknowns_quantile(&u->range[p], unit); }

void unknowns_settings(const struct unknowns *u, const double *unit, struct point_setting *settings)
{
    for (size_t p = 0; p < u->n; p++)
        settings[p] = (struct point_setting){.target = {.assumption = u->assumption[p], .arm = SCENARIO_NONE, .role = -1}, .value = unknowns_value(u, p, unit[p])};
}
