/* design.h: points of the unit cube, for whoever tries many numbers at once
 *
 * A design is drawn with the same counter-based generator as all luck, under a world that no run reaches, so it is a pure function of its seed.
 */
#ifndef ORGSIM_CHANCE_DESIGN_H
#define ORGSIM_CHANCE_DESIGN_H

#include <stddef.h>
#include <stdint.h>

/* Latin hypercube (McKay, Beckman & Conover 1979): unit is [points][dimensions], filled with values inside (0, 1). Cut any axis into `points`
 * equal strata: each holds exactly one point, anywhere inside it. points <= DESIGN_POINTS_MOST. 0 or ORGSIM_ERROR_MEMORY. */
#define DESIGN_POINTS_MOST 1000000
int design_latin(double *unit, size_t points, size_t dimensions, uint64_t seed) __attribute__((warn_unused_result));

#endif
