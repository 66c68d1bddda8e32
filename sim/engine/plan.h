/* plan.h: the schedule that planners commit to
 *
 * A fluid list schedule: every team's engineers work on its ready packages in planned order, at most max_engineers on each, with the
 * estimated efforts and no friction. The committed plan stretches it by the planners' allowance:  T_plan = T_schedule (1 + b_plan).
 */
#ifndef ORGSIM_ENGINE_PLAN_H
#define ORGSIM_ENGINE_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include <orgsim/error.h>

#define PLAN_CURVE 64

/* What the schedule reads; links are by package, CSR: successors of i are to[first[i] .. first[i + 1]). */
struct plan_input {
    size_t n_packages, n_teams;
    const double *effort, *max_engineers, *engineers; /* [package] pw, [package], [team] */
    const uint32_t *team;                             /* [package] */
    const uint32_t *first, *to;
    const double *lag;                                /* [link] weeks */
};

struct plan {
    double weeks;                  /* of the schedule, without allowance */
    double *start, *finish, *tail; /* [package] weeks; tail: longest remaining path, by shortest durations */
    float curve_time[PLAN_CURVE + 1]; /* inverse of the planned share of effort: week of the schedule at which share k/PLAN_CURVE is done */
};

/* The links must be free of cycles. */
int plan_create(struct plan *plan, const struct plan_input *input, struct orgsim_where *where);
void plan_free(struct plan *plan);

/* order (out, [n_packages]): by planned start, predecessors first; input may hold links that the plan did not know. */
int plan_order(const struct plan *plan, const struct plan_input *input, uint32_t *order);

/* Share of the packages' effort (of one team, or of all when team is UINT32_MAX) done at a week of the unstretched schedule. */
double plan_share(const struct plan *plan, const struct plan_input *input, uint32_t team, double week);

#endif
