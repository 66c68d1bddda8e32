/* tool.h: other programs, started without a shell */
#ifndef ORGSIM_REPORT_TOOL_H
#define ORGSIM_REPORT_TOOL_H

#include <orgsim/error.h>

#include "base/text.h"

/* Runs argv (NULL at its end) in `folder` (NULL: the present one) with no input, and waits. What it prints on both streams is appended to
 * `output`, at most TOOL_OUTPUT bytes. A terminal's Ctrl-C reaches this process only. *status: its exit status, 127 when it could not be started, 128 + n after signal n.
 * 0; ORGSIM_ERROR_TOOL when no process could be made; ORGSIM_ERROR_MEMORY. */
#define TOOL_OUTPUT 4096
int tool_run(const char *const *argv, const char *folder, struct text *output, int *status) ORGSIM_MUST_CHECK;

/* The same, but ends the tool and what it started when *stop is set, which gives ORGSIM_ERROR_INTERRUPTED; stop NULL: never. */
int tool_run_until(const volatile int *stop, const char *const *argv, const char *folder, struct text *output, int *status) ORGSIM_MUST_CHECK;

#endif
