/* copula_lanes.h: correlated normals in lanes. Included in lane kernels only. */
#ifndef ORGSIM_CHANCE_COPULA_LANES_H
#define ORGSIM_CHANCE_COPULA_LANES_H

#include <stddef.h>

#include "chance/lane.h"

/* z' = L z over n members, in place: on entry independent standard normals, on return correlated ones. `factor` is [n][n], the lower triangle
 * of L row by row, struct copula's as float. The last member is made first, since the others need only the members before them. */
LANE_INLINE void copula_lanes(const float *factor, size_t n, lane_f *members)
{
    for (size_t row = n; row-- > 0;) {
        const float *weight = factor + row * n;
        lane_f sum = weight[0] * members[0];
        for (size_t column = 1; column <= row; column++) sum += weight[column] * members[column];
        members[row] = sum;
    }
}

#endif
