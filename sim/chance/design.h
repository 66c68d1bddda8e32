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

/* Trajectories of Morris 1991: unit is [trajectories][dimensions + 1][dimensions] on the levels 1/8, 3/8, 5/8, 7/8; from one point to the next one
 * coordinate moves by half, moved[trajectories][dimensions] says which, each once in random order. */
void design_trajectories(double *unit, size_t *moved, size_t trajectories, size_t dimensions, uint64_t seed);

/* The first points of a Sobol sequence from its origin on, each axis shifted digit by digit by a random number of 30 bits: unit is
 * [points][dimensions] inside (0, 1). Seeds give independent copies of the same evenness. points <= DESIGN_POINTS_MOST; GSL knows 40 dimensions.
 * Source: Sobol 1967; Cranley & Patterson 1976; L'Ecuyer & Lemieux 2002 for the digital shift. 0 or ORGSIM_ERROR_MEMORY. */
#define DESIGN_SOBOL_DIMENSIONS 40
int design_sobol(double *unit, size_t points, size_t dimensions, uint64_t seed) __attribute__((warn_unused_result));

#endif
