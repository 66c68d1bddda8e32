/* trace_lanes.h: how mechanisms write down what happens
 *
 * One call where a state changes. Kernels of several lanes compile to nothing here; that of one lane looks at a pointer.
 * Included in lane kernels only.
 */
#ifndef ORGSIM_ENGINE_TRACE_LANES_H
#define ORGSIM_ENGINE_TRACE_LANES_H

#include "engine/state.h"
#include "engine/trace.h"

/* x, y, z: see ORGSIM_EVENTS. */
LANE_INLINE void trace_event(const struct batch *b, enum orgsim_event_kind kind, size_t subject, lane_i mask, lane_f week, int32_t who,
                             lane_f x, lane_f y, lane_f z)
{
    if (LANES != 1 || !b->trace || !lane_any(mask)) return;
    const struct orgsim_event event = {.kind = kind, .week = lane_get(week, 0), .subject = (uint32_t)subject, .who = who,
                                       .x = lane_get(x, 0), .y = lane_get(y, 0), .z = lane_get(z, 0)};
    trace_add(b->trace, &event);
}

/* Whoever noticed the item, once it is known. */
LANE_INLINE int32_t trace_who(const struct batch *b, size_t k)
{
    const struct item_state *s = &b->items[k];
    return lane_get(s->life, 0) > ITEM_LATENT ? lane_get(s->observer, 0) : ORGSIM_WHO_NOBODY;
}

LANE_INLINE void trace_item(const struct batch *b, enum orgsim_event_kind kind, size_t k, lane_i mask, lane_f week, lane_f x, lane_f y)
{
    if (LANES != 1 || !b->trace) return;
    trace_event(b, kind, k, mask, week, trace_who(b, k), x, y, lane_set(0.0f));
}

/* Of anything else. */
LANE_INLINE void trace_fact(const struct batch *b, enum orgsim_event_kind kind, size_t subject, lane_i mask, lane_f week, lane_f x, lane_f y)
{
    if (LANES != 1 || !b->trace) return;
    trace_event(b, kind, subject, mask, week, ORGSIM_WHO_NOBODY, x, y, lane_set(0.0f));
}

#endif
