/* criticality.c: which teams hold up the end
 *
 *     left_i  = R_i + B_i, of what is accepted or cut 0;   after_i = max over successors (lag + tail);   tail_i = left_i / pace_i + after_i
 *     an open package, which has work left and waits for nobody, would end the program in  max(0, ready_i - t0) + tail_i  weeks,
 *     its team with all of its own in  sum of left over its open packages / engineers + max of after
 *     a team is off the critical path when neither of its ends is within CRITICALITY_SLACK of the latest of all
 *
 * The remaining critical path by what is truly left of the work, every package at the pace that nothing holds up, and the queue of each team.
 * Reads    package.remaining, rework, ready_week, blocked_until, waiting
 * Writes   tail, team.off_critical
 * Registry none
 * Source   critical path method; a team's queue as a critical chain has it (Goldratt 1997)
 * Contrary off_critical_hurts: the only one who asks
 */
#include "engine/state.h"

#define CRITICALITY_SLACK 1.0f /* weeks; assumption: nearer than that, nobody could tell */

static bool criticality_asked(const struct program *p) { return p->contrary[ORGSIM_CONTRARY_off_critical_hurts] > 0; }

static lane_f criticality_left(const struct batch *b, size_t i)
{
    return lane_select(b->closed[i], lane_set(0.0f), b->packages[i].remaining + b->packages[i].rework);
}

static void criticality_tails(struct batch *b)
{
    for (size_t n = b->p->n_packages; n-- > 0;) {
        size_t i = b->p->order[n];
        const struct program_package *k = &b->p->packages[i];
        lane_f after = lane_set(0.0f);
        for (uint32_t l = 0; l < k->n_successors; l++) after = lane_max(after, k->successors[l].lag + b->tail[k->successors[l].package]);
        b->tail[i] = after + k->weeks_per_pw * criticality_left(b, i);
    }
}

/* Each team's end by its longest package and by its queue: the later one. */
static void criticality_ends(struct batch *b)
{
    for (size_t j = 0; j < b->p->n_teams; j++) b->teams[j].end = b->teams[j].queue = b->teams[j].after = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct program_package *k = &b->p->packages[i];
        const struct package_state *s = &b->packages[i];
        struct team_state *team = &b->teams[k->team];
        lane_f left = criticality_left(b, i), wait = lane_floor_zero(lane_max(s->ready_week, s->blocked_until) - b->t0);
        lane_i open = (s->waiting <= 0) & (left > 0.0f);
        team->end = lane_max(team->end, lane_keep(open, wait + b->tail[i]));
        team->queue += lane_keep(open, left);
        team->after = lane_max(team->after, lane_keep(open, b->tail[i] - k->weeks_per_pw * left));
    }
    for (size_t j = 0; j < b->p->n_teams; j++) {
        struct team_state *team = &b->teams[j];
        team->end = lane_max(team->end, team->queue * (1 / program_capacity(&b->p->teams[j])) + team->after);
    }
}

static void criticality_step(struct batch *b)
{
    if (!criticality_asked(b->p)) return;
    lane_f latest = lane_set(0.0f);
    criticality_tails(b);
    criticality_ends(b);
    for (size_t j = 0; j < b->p->n_teams; j++) latest = lane_max(latest, b->teams[j].end);
    for (size_t j = 0; j < b->p->n_teams; j++) b->teams[j].off_critical = lane_one(b->teams[j].end <= latest - CRITICALITY_SLACK);
}
