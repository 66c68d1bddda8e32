/* ending.c: how a world ends
 *
 *     finished  when all kept packages are accepted; finish = the last acceptance
 *     cancelled by management (management.c); censored at the horizon
 *
 * Reads    packages_left
 * Writes   alive, ended, finish_week
 * Source   assumption
 */
#include "engine/state.h"

static void ending_step(struct batch *b)
{
    b->ended = b->alive & (b->packages_left <= 0);
    if (!lane_any(b->ended)) return;
    lane_f last = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++)
        last = lane_max(last, lane_select(b->packages[i].accepted, b->packages[i].accepted_week, lane_set(0.0f)));
    b->finish_week = lane_select(b->ended, last, b->finish_week);
    trace_fact(b, ORGSIM_EVENT_finished, 0, b->ended, last, lane_set(0.0f), lane_set(0.0f));
    b->alive &= lane_not(b->ended);
}
