/* attribution_csv.h: attribution.csv, written and read back */
#ifndef ORGSIM_REPORT_ATTRIBUTION_CSV_H
#define ORGSIM_REPORT_ATTRIBUTION_CSV_H

#include <orgsim/attribution.h>

#include "base/text.h"

/* The whole file: what each lever of the headline arm is worth, and how its net value moves with the hours that its seats cost. */
void attribution_csv_write(struct text *text, const struct orgsim_attribution *attribution);

/* From the folder; attribution->worlds stays 0 where there is no such file. ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int attribution_csv_read(struct orgsim_attribution *attribution, const char *folder, struct orgsim_where *where) ORGSIM_MUST_CHECK;

#endif
