/* figure_write.h: one figure into a folder: script, data and both pictures */
#ifndef ORGSIM_REPORT_FIGURE_WRITE_H
#define ORGSIM_REPORT_FIGURE_WRITE_H

#include "report/figure.h"

/* Writes NAME.gp, NAME.dat, NAME.svg, NAME.png into `folder`/figures, which is made. ORGSIM_ERROR_TOOL: gnuplot is missing or failed, script and
 * data are there; ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int figure_write(const struct figure *figure, const char *folder, const char *name, struct orgsim_where *where);

/* Content into `folder`/`name`. */
int figure_write_text(const char *folder, const char *name, const struct text *content, struct orgsim_where *where);

#endif
