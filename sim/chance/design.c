/* design.c: Latin hypercubes (one point in each stratum of every axis, strata shuffled axis by axis), trajectories, shifted Sobol points */
#include "chance/design.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_qrng.h>

#include <orgsim/error.h>

#include "base/memory.h"
#include "chance/philox.h"

#define DESIGN_WORLD (UINT64_C(1) << 47) /* beyond the worlds of runs and of pilots */

/* Two uniforms inside (0, 1): 53 bits for the place in the order, 32 for the place in the stratum. */
struct pair { double order, inside; };

enum { STREAM_LATIN, STREAM_ORDER, STREAM_START, STREAM_SHIFT };

static struct pair draw(uint64_t seed, uint32_t stream, size_t dimension, size_t point)
{
    uint32_t word[4];
    philox_draw(seed, DESIGN_WORLD, stream, (uint32_t)dimension, (uint32_t)point, word);
    return (struct pair){((double)word[0] * 0x1p21 + (double)(word[1] >> 11) + 0.5) * 0x1p-53, ((double)word[2] + 0.5) * 0x1p-32};
}

/* Fisher and Yates. */
static void shuffle(size_t *order, size_t points, uint32_t stream, size_t dimension, uint64_t seed)
{
    for (size_t k = 0; k < points; k++) order[k] = k;
    for (size_t k = points; k-- > 1;) {
        size_t other = (size_t)(draw(seed, stream, dimension, k).order * (double)(k + 1)), held = order[k];
        order[k] = order[other];
        order[other] = held;
    }
}

int design_latin(double *unit, size_t points, size_t dimensions, uint64_t seed)
{
    size_t *order = points <= DESIGN_POINTS_MOST ? memory_array(points, sizeof *order) : NULL;
    if (!order) return ORGSIM_ERROR_MEMORY;
    for (size_t d = 0; d < dimensions; d++) {
        shuffle(order, points, STREAM_LATIN, d, seed);
        for (size_t k = 0; k < points; k++) unit[k * dimensions + d] = ((double)order[k] + draw(seed, STREAM_LATIN, d, k).inside) / (double)points;
    }
    memory_free(order);
    return 0;
}

void design_trajectories(double *unit, size_t *moved, size_t trajectories, size_t dimensions, uint64_t seed)
{
    for (size_t t = 0; t < trajectories; t++, moved += dimensions) {
        for (size_t d = 0; d < dimensions; d++) unit[d] = (floor(4 * draw(seed, STREAM_START, d, t).order) + 0.5) / 4;
        shuffle(moved, dimensions, STREAM_ORDER, t, seed);
        for (size_t step = 0; step < dimensions; step++, unit += dimensions) {
            memcpy(unit + dimensions, unit, dimensions * sizeof *unit);
            unit[dimensions + moved[step]] += unit[moved[step]] < 0.5 ? 0.5 : -0.5;
        }
        unit += dimensions;
    }
}

/* In thirty binary digits, which is how many GSL gives. */
static double shifted(double x, uint32_t shift)
{
    return ((double)((uint32_t)(x * 0x1p30) ^ shift) + 0.5) * 0x1p-30;
}

int design_sobol(double *unit, size_t points, size_t dimensions, uint64_t seed)
{
    if (points > DESIGN_POINTS_MOST || dimensions == 0 || dimensions > DESIGN_SOBOL_DIMENSIONS) return ORGSIM_ERROR_MEMORY;
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimensions);
    if (!sequence) return ORGSIM_ERROR_MEMORY;
    for (size_t d = 0; d < dimensions && points > 0; d++) unit[d] = 0; /* the origin, which GSL leaves out */
    for (size_t k = 1; k < points; k++) gsl_qrng_get(sequence, unit + k * dimensions);
    for (size_t d = 0; d < dimensions; d++) {
        uint32_t shift = (uint32_t)(draw(seed, STREAM_SHIFT, d, 0).order * 0x1p30);
        for (size_t k = 0; k < points; k++) unit[k * dimensions + d] = shifted(unit[k * dimensions + d], shift);
    }
    gsl_qrng_free(sequence);
    return 0;
}
