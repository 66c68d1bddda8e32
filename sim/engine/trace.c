/* trace.c: the list of what happened */
#include "engine/trace.h"

#include "base/memory.h"

void trace_add(struct trace *trace, const struct orgsim_event *event)
{
    void *events = trace->events;
    if (trace->n == TRACE_MOST || memory_grow(&events, &trace->capacity, trace->n + 1, sizeof *trace->events)) {
        trace->failed = true;
        return;
    }
    trace->events = events;
    trace->events[trace->n++] = *event;
}

void trace_free(struct trace *trace)
{
    memory_free(trace->events);
    *trace = (struct trace){0};
}
