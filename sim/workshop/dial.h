/* dial.h: the sliders: five numbers at most that a person may move, each in notches
 *
 * A slider stands for a NAME as of --set. It has a notch for each value that it can take, so that what people ask for is finite, and the same
 * for all who ask the same.
 */
#ifndef ORGSIM_WORKSHOP_DIAL_H
#define ORGSIM_WORKSHOP_DIAL_H

#include <jansson.h>

#include "scenario/scenario.h"
#include "study/point.h"

/* X(id, lowest, highest, step, what it is: SEAT (a field of the headline arm's delivery seat), ASSUMPTION, DATE (shares of the date)) */
#define DIALS(X)                                                                                                                             \
    X(judgment, 0.3, 0.95, 0.05, SEAT)                                                                                                       \
    X(empowerment, 0, 1, 0.1, SEAT)                                                                                                          \
    X(admin_share, 0, 0.9, 0.1, SEAT)                                                                                                        \
    X(h_dep, 0, 18, 1, ASSUMPTION)                                                                                                           \
    X(deadline_week, 0.7, 2, 0.05, DATE)

enum { DIAL_judgment, DIAL_empowerment, DIAL_admin_share, DIAL_h_dep, DIAL_deadline_week, DIAL_COUNT };

struct dial {
    const char *id;
    struct target target;
    bool used;           /* the scenario has what it moves */
    double low, step;    /* value of a notch: low + step * notch */
    double present;      /* the scenario's own value, which is the start notch, whatever the grid says */
    int notches, start;  /* notches: the highest one */
};

/* deadline: the date of the scenario as it is, weeks. ORGSIM_ERROR_USAGE does not happen for a loaded scenario; ORGSIM_ERROR_MEMORY. */
int dial_all(struct dial dials[DIAL_COUNT], const struct orgsim_scenario *scenario, double deadline, struct orgsim_where *where);

double dial_value(const struct dial *dial, int notch);

/* Settings of the notches; unmoved dials set nothing. Returns how many. */
size_t dial_settings(const struct dial dials[DIAL_COUNT], const int notch[DIAL_COUNT], struct point_setting settings[DIAL_COUNT]);

/* Steps from the start, over all dials. */
int dial_moved(const struct dial dials[DIAL_COUNT], const int notch[DIAL_COUNT]);

/* Array of {id, values, start}; NULL when out of memory. */
json_t *dial_json(const struct dial dials[DIAL_COUNT]);

#endif
