/* precision.h: whether a run became as precise as --precision asked for */
#ifndef ORGSIM_REPORT_PRECISION_H
#define ORGSIM_REPORT_PRECISION_H

#include "report/finding.h"

/* A precision was asked for, and the run ended before it was reached: by its number of worlds, or because it was interrupted. */
bool precision_is_missed(const struct orgsim_run_options *options, const struct finding *finding);

/* Half the 95 % interval of the metric that was asked for, in its unit; NAN where there is none. */
double precision_half_width(const struct orgsim_run_options *options, const struct finding *finding);

/* What was asked for, what came of it, and how many worlds would do. */
void precision_words(struct text *text, const struct orgsim_run_options *options, const struct finding *finding, int flags);

#endif
