/* svg.h: what gnuplot drew, as a figure of our own */
#ifndef ORGSIM_REPORT_SVG_H
#define ORGSIM_REPORT_SVG_H

#include "base/text.h"

/* Appends `drawn` from its <svg on: with title and description for those who do not see it, names that are unique on a page, fonts to fall
 * back on, circles as circles instead of polygons (a tenth of the size), and clouds of dots as one path. text->failed when it is not an svg of gnuplot. */
void svg_tidy(struct text *svg, const char *drawn, const char *name, const char *title, const char *detail);

#endif
