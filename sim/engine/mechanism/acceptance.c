/* acceptance.c: when a package counts as finished
 *
 *     accepted when integrated, R = B = 0 and U <= u_tol content; the moment is the last of clearing, integration and the crossing
 *     t0 + dt ln(U0 / tol) / ln(U0 / U1) of the tolerance inside this tick. What is left hidden escapes to the customer.
 *     An integration is done when all that it covers is accepted.
 *
 * Reads    package state
 * Writes   package.accepted, accepted_week; integrator.done; packages_left
 * Registry u_tol
 * Source   assumption
 */
#include "engine/state.h"

static lane_f acceptance_crossing(const struct batch *b, const struct package_state *s, lane_f tolerance)
{
    lane_i crosses = (s->hidden_before > tolerance) & (s->hidden < s->hidden_before);
    if (!lane_any(crosses)) return lane_set(0.0f);
    lane_f from = lane_log(lane_max(s->hidden_before, lane_set(1e-20f))), to = lane_log(lane_max(s->hidden, lane_set(1e-20f)));
    lane_f level = lane_log(lane_max(tolerance, lane_set(1e-20f)));
    lane_f part = lane_unit((from - level) / lane_max(from - to, lane_set(1e-12f)));
    return lane_keep(crosses, b->t0 + b->p->dt * part);
}

/* Tells the integrator that one more of its packages is accepted, or cut. */
static void acceptance_tell_integrator(struct batch *b, size_t i, lane_i mask, lane_f week)
{
    size_t integrator = b->p->packages[i].integrator;
    struct package_state *s = &b->packages[integrator];
    s->covered_left -= lane_one_i(mask);
    s->covered_accepted_week = lane_select(mask, lane_max(s->covered_accepted_week, week), s->covered_accepted_week);
    lane_i complete = mask & (s->covered_left <= 0) & b->started[integrator] & lane_not(s->done | s->dropped) & (s->remaining + s->rework <= 0.0f);
    if (lane_any(complete)) work_latch_done(b, integrator, complete, lane_max(s->cleared_week, s->covered_accepted_week));
}

static void acceptance_step(struct batch *b)
{
    for (size_t i = 0; i < b->p->n_packages; i++) {
        struct package_state *s = &b->packages[i];
        if (!b->notes[i].integrated || b->notes[i].finished) continue;
        lane_f tolerance = b->p->a.u_tol * s->content;
        lane_i accepted = b->alive & s->integrated & lane_not(b->closed[i]) & (s->remaining + s->rework <= 0.0f) &
                          (s->hidden <= tolerance);
        if (!lane_any(accepted)) continue;
        lane_f week = lane_max(lane_max(s->cleared_week, b->integration_week[i]), acceptance_crossing(b, s, tolerance));
        s->accepted |= accepted;
        s->hidden = lane_select(accepted & (s->hidden_before > tolerance), tolerance, s->hidden); /* accepted at the crossing, not after it */
        b->closed[i] |= accepted;
        b->notes[i].finished = !lane_any(b->alive & lane_not(b->closed[i]));
        s->accepted_week = lane_select(accepted, week, s->accepted_week);
        trace_fact(b, ORGSIM_EVENT_accepted, i, accepted, week, lane_set(0.0f), lane_set(0.0f));
        b->packages_left -= lane_one_i(accepted);
        b->structure_changed = true;
        acceptance_tell_integrator(b, i, accepted, week);
    }
}
