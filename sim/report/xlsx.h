/* xlsx.h: a run as a workbook: the money with live formulas, ledgers, organisations, assumptions */
#ifndef ORGSIM_REPORT_XLSX_H
#define ORGSIM_REPORT_XLSX_H

#include "report/finding.h"

/* Writes the workbook, which appears complete or not at all. Words of the scenario are text even where they begin with = + - @.
 * ORGSIM_ERROR_TOOL: built without libxlsxwriter (named, with its package); ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int xlsx_write(const char *path, const struct report_plan *plan, const struct finding *finding, struct orgsim_where *where) ORGSIM_MUST_CHECK;

#endif
