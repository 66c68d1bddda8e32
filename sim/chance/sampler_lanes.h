/* sampler_lanes.h: values of a sampler in lanes
 *
 * A place in (0,1) comes as its tail = min(u, 1 - u) and the half it lies in, so that both ends keep all their digits.
 * Included in lane kernels only.
 */
#ifndef ORGSIM_CHANCE_SAMPLER_LANES_H
#define ORGSIM_CHANCE_SAMPLER_LANES_H

#include "chance/draw.h"
#include "chance/sampler.h"

#define SAMPLER_LEAST 0x1p-33f                     /* the smallest tail of 32 bits */
#define SAMPLER_LEAST_SEGMENT (94 * SAMPLER_PARTS) /* its exponent in float's bits, in parts of octaves */

static __attribute__((noinline, unused)) lane_f sampler_table(const float *table, lane_f tail, lane_i upper)
{
    lane_i bits = lane_bits(lane_min(tail, lane_set(0x1.fffffep-2f)));
    lane_i segment = (bits >> (23 - SAMPLER_PARTS_LOG2)) - SAMPLER_LEAST_SEGMENT;
    lane_i middle = ((bits >> (23 - SAMPLER_PARTS_LOG2)) & (SAMPLER_PARTS - 1)) * 2 + 1;
    lane_f mantissa = lane_from_bits((bits & 0x7fffff) | 0x3f800000);
    lane_f m = mantissa - (1.0f + lane_to_float(middle) * (0.5f / SAMPLER_PARTS));
    lane_i at = segment + lane_select_i(upper, lane_set_i(SAMPLER_SEGMENTS), lane_set_i(0));
    lane_f slope = lane_gather(table + 2 * SAMPLER_SEGMENTS, at), curvature = lane_gather(table + 4 * SAMPLER_SEGMENTS, at);
    return lane_gather(table, at) + m * (slope + m * curvature);
}

static __attribute__((noinline, unused)) lane_f sampler_points(const struct sampler *s, lane_f tail, lane_i upper)
{
    lane_f value = lane_set(0.0f);
    for (int l = 0; l < LANES; l++) lane_put(value, l, sampler_point(s, lane_get(tail, l), lane_get(upper, l)));
    return value;
}

LANE_INLINE lane_f sampler_triangular(const struct sampler *s, lane_f tail, lane_i upper)
{
    lane_f below = lane_select(upper, 1.0f - tail, tail), above = lane_select(upper, tail, 1.0f - tail);
    lane_i rising = below < s->c;
    lane_f from_end = lane_sqrt(lane_select(rising, below * s->d, above * s->e));
    return lane_select(rising, lane_min(s->a + from_end, lane_set(s->f)), lane_max(s->b - from_end, lane_set(s->f)));
}

LANE_INLINE lane_f sampler_normal(lane_f tail, lane_i upper)
{
    lane_f z = lane_normal_score(tail, 2.0f * (0.5f - tail));
    return lane_select(upper, z, -z);
}

/* Value of the place: 2^-33 <= tail <= 1/2. */
LANE_INLINE lane_f sampler_at(const struct sampler *s, lane_f tail, lane_i upper)
{
    switch (s->kind) {
    case DISTRIBUTION_UNIFORM: return lane_min(s->a + s->c * lane_select(upper, 1.0f - tail, tail), lane_set(s->b));
    case DISTRIBUTION_TRIANGULAR: return sampler_triangular(s, tail, upper);
    case DISTRIBUTION_EXPONENTIAL: return s->a + s->b * draw_exponential_of(tail, lane_not(upper));
    case DISTRIBUTION_NORMAL: return s->a + s->b * sampler_normal(tail, upper);
    case DISTRIBUTION_LOGNORMAL: return lane_exp(s->a + s->b * sampler_normal(tail, upper));
    case DISTRIBUTION_PERT:
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_BETA: return sampler_table(s->table, tail, upper);
    case DISTRIBUTION_DISCRETE:
    case DISTRIBUTION_EMPIRICAL: return sampler_points(s, tail, upper);
    default: return lane_set(s->a);
    }
}

/* From 32 random bits. */
LANE_INLINE lane_f sampler_lanes(const struct sampler *s, lane_u raw)
{
    return sampler_at(s, draw_tail(raw), draw_is_upper(raw));
}

/* From a uniform, 0 <= u <= 1; the ends count as 2^-33 and 1 - 2^-24. */
LANE_INLINE lane_f sampler_lanes_uniform(const struct sampler *s, lane_f u)
{
    u = lane_min(lane_max(u, lane_set(SAMPLER_LEAST)), lane_set(0x1.fffffep-1f));
    lane_i upper = u > 0.5f;
    return sampler_at(s, lane_select(upper, 1.0f - u, u), upper);
}

/* From a standard normal, such as a copula gives: u = Phi(z), with all digits of both tails. */
LANE_INLINE lane_f sampler_lanes_normal(const struct sampler *s, lane_f z)
{
    if (s->kind == DISTRIBUTION_NORMAL) return s->a + s->b * z;
    if (s->kind == DISTRIBUTION_LOGNORMAL) return lane_exp(s->a + s->b * z);
    lane_f tail = lane_normal_tail(lane_min(lane_max(z, -z), lane_set(12.9f)));
    return sampler_at(s, lane_min(lane_max(tail, lane_set(SAMPLER_LEAST)), lane_set(0.5f)), z > 0.0f);
}

#endif
