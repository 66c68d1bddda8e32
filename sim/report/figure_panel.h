/* figure_panel.h: several plots on the page of one figure
 *
 * The page itself is the plot, in pixels from the upper left corner; a panel is a part of it with axes of its own. Data keep their units: the script
 * maps them by the functions X1(), Y1() of the first panel, X2(), Y2() of the second and so on, which hold what lies outside at the edge.
 */
#ifndef ORGSIM_REPORT_FIGURE_PANEL_H
#define ORGSIM_REPORT_FIGURE_PANEL_H

#include "report/theme.h"

enum figure_panel_unit { PANEL_NUMBER, PANEL_SHARE, PANEL_MONEY };

struct figure_panel {
    double left, right, top, bottom; /* pixels */
    double x0, x1, y0, y1;           /* units: at the left, right, lower and upper edge */
    bool log;                        /* of x */
};

/* The page as the plot; no axes but those of the panels. */
void figure_panel_page(struct text *gp);

/* Functions X<number>, Y<number> of the script; panels are numbered from 1, in order. */
void figure_panel_map(struct text *gp, const struct figure_panel *panel, int number);

/* Pixels of a place. */
double figure_panel_x(const struct figure_panel *panel, double x);
double figure_panel_y(const struct figure_panel *panel, double y);

/* Lower axis with tics and their numbers at round steps, about `wanted` of them. */
void figure_panel_xaxis(struct text *gp, const struct figure_panel *panel, int wanted, enum figure_panel_unit unit);

/* Faint lines at round steps, about `wanted` of them; numbers to their left when `labelled`. */
void figure_panel_grid(struct text *gp, const struct figure_panel *panel, int wanted, enum figure_panel_unit unit, bool labelled);

/* What the x axis shows, below its numbers. */
void figure_panel_xlabel(struct text *gp, const struct figure_panel *panel, const char *s);

/* A bold name at the upper left corner of the panel. */
void figure_panel_name(struct text *gp, const struct figure_panel *panel, const char *s, const char *colour);

/* A filled rectangle behind the plot, corners in pixels. */
void figure_panel_fill(struct text *gp, double left, double top, double right, double bottom, const char *colour);

#endif
