/* page.h: report.html, one file that needs nothing else */
#ifndef ORGSIM_REPORT_PAGE_H
#define ORGSIM_REPORT_PAGE_H

#include "report/figures.h"

void page_write(struct text *html, const struct report_plan *plan, const struct finding *finding, const struct figures *figures);

#endif
