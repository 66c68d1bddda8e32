/* design.c: Latin hypercubes: one point in each stratum of every axis, strata shuffled axis by axis */
#include "chance/design.h"

#include <orgsim/error.h>

#include "base/memory.h"
#include "chance/philox.h"

#define DESIGN_WORLD (UINT64_C(1) << 47) /* beyond the worlds of runs and of pilots */

/* Two uniforms inside (0, 1): 53 bits for the place in the order, 32 for the place in the stratum. */
struct pair { double order, inside; };

static struct pair draw(uint64_t seed, size_t dimension, size_t point)
{
    uint32_t word[4];
    philox_draw(seed, DESIGN_WORLD, 0, (uint32_t)dimension, (uint32_t)point, word);
    return (struct pair){((double)word[0] * 0x1p21 + (double)(word[1] >> 11) + 0.5) * 0x1p-53, ((double)word[2] + 0.5) * 0x1p-32};
}

/* Fisher and Yates. */
static void shuffle(size_t *order, size_t points, size_t dimension, uint64_t seed)
{
    for (size_t k = 0; k < points; k++) order[k] = k;
    for (size_t k = points; k-- > 1;) {
        size_t other = (size_t)(draw(seed, dimension, k).order * (double)(k + 1)), held = order[k];
        order[k] = order[other];
        order[other] = held;
    }
}

int design_latin(double *unit, size_t points, size_t dimensions, uint64_t seed)
{
    size_t *order = points <= DESIGN_POINTS_MOST ? memory_array(points, sizeof *order) : NULL;
    if (!order) return ORGSIM_ERROR_MEMORY;
    for (size_t d = 0; d < dimensions; d++) {
        shuffle(order, points, d, seed);
        for (size_t k = 0; k < points; k++) unit[k * dimensions + d] = ((double)order[k] + draw(seed, d, k).inside) / (double)points;
    }
    memory_free(order);
    return 0;
}
