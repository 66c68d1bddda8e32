/* figures.h: the folder figures/ of the results */
#ifndef ORGSIM_REPORT_FIGURES_H
#define ORGSIM_REPORT_FIGURES_H

#include "report/figure.h"

/* The drawn figures as the page shows them. Zero it; free with figures_free(). */
struct figures {
    struct figure figure[FIGURE_COUNT];
    struct text svg[FIGURE_COUNT]; /* an <svg> element for a page; empty when it was not drawn */
};

/* Makes scripts and data in `folder` (made here), draws them when `draw` is set until *stop is (NULL: all), and gives each svg its alternative text.
 * ORGSIM_ERROR_TOOL: gnuplot is missing or failed, ORGSIM_ERROR_INTERRUPTED: *stop was set; scripts and data are there. ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int figures_write(struct figures *figures, const struct finding *finding, const char *footnote, const char *folder, bool draw,
                  const volatile int *stop, struct orgsim_where *where) ORGSIM_MUST_CHECK;

void figures_free(struct figures *figures);

#endif
