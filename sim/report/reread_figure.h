/* reread_figure.h: the figures of a folder of results, as they were drawn */
#ifndef ORGSIM_REPORT_REREAD_FIGURE_H
#define ORGSIM_REPORT_REREAD_FIGURE_H

#include "report/figures.h"

/* Reads figures/NAME.txt and NAME.svg. What is not there stays empty, and so does a drawing with what no drawing of orgsim holds (a script,
 * something to fetch). ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int reread_figure_all(struct figures *figures, const char *folder, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* A file of figures/, freed by the caller; NULL where there is none. Its drawing, as above. */
int reread_figure_file(char **data, const char *folder, const char *name, const char *ending, struct orgsim_where *where) ORGSIM_MUST_CHECK;
int reread_figure_drawing(struct text *drawing, const char *folder, const char *name, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Whether an svg may stand in the page: nothing in it acts or fetches. */
bool reread_figure_is_harmless(const char *svg);

#endif
