/* explain.h: choosing the world that is told
 *
 * Worlds are searched by an ordinary run; differences are the headline arm less the baseline, in the same world.
 */
#ifndef ORGSIM_STUDY_EXPLAIN_H
#define ORGSIM_STUDY_EXPLAIN_H

#include <orgsim/explain.h>

/* Outcomes of the worlds searched, one array of n for each. Zero it; free with explain_worlds_free(). */
struct explain_worlds {
    size_t n, room;
    float *finish[2];      /* baseline, headline */
    float *npv[2], *lead[2];
};

/* Room for n worlds. 0 or ORGSIM_ERROR_MEMORY. */
int explain_worlds_create(struct explain_worlds *worlds, size_t n);
void explain_worlds_free(struct explain_worlds *worlds);

double explain_worlds_difference(const struct explain_worlds *worlds, size_t world);

/* The world of this choice (not ORGSIM_WORLD_number), the lowest number among equals; SIZE_MAX when there is none. n >= 1.
 * ORGSIM_ERROR_MEMORY. */
int explain_worlds_choose(const struct explain_worlds *worlds, enum orgsim_world_choice choice, size_t *world);

#endif
