/* sensitivity_bars.h: the figure of each method: rows of numbers from the top, a bar in each
 *
 * Each method of ORGSIM_SENSITIVITY_METHODS has its words (subhead and footnote) and its drawing below the pixel row `top`, with data and detail.
 */
#ifndef ORGSIM_REPORT_SENSITIVITY_BARS_H
#define ORGSIM_REPORT_SENSITIVITY_BARS_H

#include "report/figure_panel.h"
#include "report/sensitivity.h"

#define SENSITIVITY_LEFT 262 /* pixels: names end before it */
#define SENSITIVITY_BAR 0.3  /* half of a bar's height, in rows */

/* How many numbers are drawn: the first ones, as far as they do anything. */
size_t sensitivity_bars(const struct sensitivity_report *report);

/* Name and meaning to the left of row k. */
void sensitivity_bar_name(struct text *gp, const struct figure_panel *panel, const struct orgsim_sensitivity_row *row, size_t k);

#define X(name, worlds, size, least, unit, meaning)                                                                                          \
    void sensitivity_##name##_words(struct text *subhead, struct text *footnote, const struct sensitivity_report *report);                   \
    void sensitivity_##name##_draw(struct figure *figure, const struct sensitivity_report *report, double top);
ORGSIM_SENSITIVITY_METHODS(X)
#undef X

#endif
