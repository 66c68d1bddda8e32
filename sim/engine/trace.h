/* trace.h: what happened in one world under one organisation, written down as it happens
 *
 * Only the kernel of one lane records, and only when it is asked to: kernels agree to the bit, so the story is that of every run. A trace is a
 * list that grows; when memory ends, or when it is full, the rest is left out and says so.
 */
#ifndef ORGSIM_ENGINE_TRACE_H
#define ORGSIM_ENGINE_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include <orgsim/explain.h>

#define TRACE_MOST ((size_t)1 << 20) /* events of one life; a large program has some ten thousand */

/* Zero it before use; free with trace_free(). */
struct trace {
    struct orgsim_event *events;
    size_t n, capacity;
    bool failed; /* out of memory, or full */
};

void trace_add(struct trace *trace, const struct orgsim_event *event);
void trace_free(struct trace *trace);

#endif
