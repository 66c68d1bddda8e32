/* contrary.h: the contrarian switches that a run lets hold, in words */
#ifndef ORGSIM_REPORT_CONTRARY_H
#define ORGSIM_REPORT_CONTRARY_H

#include <stdbool.h>

#include <orgsim/run.h>

#include "base/text.h"

/* A frictionless run lives none of them. */
bool contrary_any(const struct orgsim_run_options *options);

/* "what is found late costs no more than what is found early (no_delay_effect=1); ...", of those that are on. */
void contrary_words(struct text *text, const struct orgsim_contraries *contrary);

#endif
