/* attribution_csv.h: attribution.csv, what each part of the hire is worth and how much of everybody's time it may cost */
#ifndef ORGSIM_REPORT_ATTRIBUTION_CSV_H
#define ORGSIM_REPORT_ATTRIBUTION_CSV_H

#include <orgsim/attribution.h>

#include "base/text.h"

/* Columns kind,name,value,ci_low,ci_high,unit,note, as results/README.md says. */
void attribution_csv_write(struct text *text, const struct orgsim_attribution *attribution);

#endif
