/* figure_write.h: one figure into a folder: script, data and both pictures */
#ifndef ORGSIM_REPORT_FIGURE_WRITE_H
#define ORGSIM_REPORT_FIGURE_WRITE_H

#include "report/figure.h"

#define FIGURE_FILE_SIZE 64 /* of a name with its ending */

/* Writes NAME.gp, NAME.dat, NAME.svg, NAME.png into `folder`/figures, which is made. ORGSIM_ERROR_TOOL: gnuplot is missing or failed, script and
 * data are there; ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int figure_write(const struct figure *figure, const char *folder, const char *name, struct orgsim_where *where);

/* The two halves of it: NAME.gp and NAME.dat into `folder` itself, and both pictures beside them. The svg gets the figure's words as alternative
 * text and is appended to `svg`, as an element for a page; svg NULL: not. ORGSIM_ERROR_INTERRUPTED: *stop was set (stop NULL: never). */
int figure_write_script(const struct figure *figure, const char *folder, const char *name, struct orgsim_where *where);
int figure_write_pictures(const struct figure *figure, const char *folder, const char *name, const volatile int *stop, struct text *svg, struct orgsim_where *where);

/* Content into `folder`/`file`. */
int figure_write_text(const char *folder, const char *file, const struct text *content, struct orgsim_where *where);

#endif
