/* criticality.c: which teams hold up the end
 *
 *     tail_i = (R_i + B_i) weeks_per_pw_i + max over successors (lag + tail),   of what is accepted or cut only the latter
 *     a package with work left that waits for nobody would end the program in  max(0, ready_i - t0) + tail_i  weeks
 *     a team is off the critical path when no such package of it is within CRITICALITY_SLACK of the latest
 *
 * The remaining critical path by what is truly left of the work, every package at the pace that nothing holds up.
 * Reads    package.remaining, rework, ready_week, blocked_until, waiting
 * Writes   tail, team.off_critical
 * Registry none
 * Source   critical path method
 * Contrary off_critical_hurts: the only one who asks
 */
#include "engine/state.h"

#define CRITICALITY_SLACK 1.0f /* weeks; assumption: nearer than that, nobody could tell */

static bool criticality_asked(const struct program *p) { return p->contrary[ORGSIM_CONTRARY_off_critical_hurts] > 0; }

static void criticality_tails(struct batch *b)
{
    for (size_t n = b->p->n_packages; n-- > 0;) {
        size_t i = b->p->order[n];
        const struct program_package *k = &b->p->packages[i];
        const struct package_state *s = &b->packages[i];
        lane_f after = lane_set(0.0f);
        for (uint32_t l = 0; l < k->n_successors; l++) after = lane_max(after, k->successors[l].lag + b->tail[k->successors[l].package]);
        b->tail[i] = after + k->weeks_per_pw * lane_select(b->closed[i], lane_set(0.0f), s->remaining + s->rework);
    }
}

/* Weeks until package i would end the program; zero where it waits for another, or has nothing left. */
static lane_f criticality_end(const struct batch *b, size_t i)
{
    const struct package_state *s = &b->packages[i];
    lane_i works = (s->waiting <= 0) & lane_not(b->closed[i]) & (s->remaining + s->rework > 0.0f);
    return lane_keep(works, lane_floor_zero(lane_max(s->ready_week, s->blocked_until) - b->t0) + b->tail[i]);
}

static void criticality_step(struct batch *b)
{
    if (!criticality_asked(b->p)) return;
    lane_f latest = lane_set(0.0f);
    criticality_tails(b);
    for (size_t i = 0; i < b->p->n_packages; i++) latest = lane_max(latest, criticality_end(b, i));
    for (size_t j = 0; j < b->p->n_teams; j++) b->teams[j].off_critical = lane_one(latest > 0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        lane_f *off = &b->teams[b->p->packages[i].team].off_critical, end = criticality_end(b, i);
        *off = lane_select((end > 0.0f) & (end > latest - CRITICALITY_SLACK), lane_set(0.0f), *off);
    }
}
