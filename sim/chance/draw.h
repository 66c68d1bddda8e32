/* draw.h: draws in lanes, a pure function of (seed, world, stream, entity, ordinal)
 *
 * A lane draws for its world (see struct draw_source) the same bits as philox_draw(). Transforms turn 32 random bits into uniform, exponential and
 * normal draws by inversion; tests/chance/test_draw.c measures their errors against GSL and tests that they never turn back:
 *
 *     lane_uniform        exact: (k + 1/2) 2^-23
 *     lane_exponential    relative 2.5e-7, from 1.2e-10 to 22.9; falls as the bits rise
 *     lane_normal         relative 8e-7, to 6.3 standard deviations on both sides; rises with the bits
 *
 * Included in lane kernels only.
 */
#ifndef ORGSIM_CHANCE_DRAW_H
#define ORGSIM_CHANCE_DRAW_H

#include "chance/lane.h"
#include "chance/lane_math.h"

/* first_world: a multiple of 16, so that the lanes of a batch never carry out of the low word; first_world + LANES <= 2^48.
 * offsets: lane l is world first_world + (*offsets)[l], none of which carries either; NULL: first_world + l. */
struct draw_source { uint64_t seed, first_world; const lane_u *offsets; };

#define DRAW_ROUNDS 10
#define DRAW_MULTIPLIER_0 UINT32_C(0xd2511f53)
#define DRAW_MULTIPLIER_1 UINT32_C(0xcd9e8d57)
#define DRAW_WEYL_0 UINT32_C(0x9e3779b9)
#define DRAW_WEYL_1 UINT32_C(0xbb67ae85)

/* Philox4x32-10 for one world: replaces the counter by the block. */
static inline __attribute__((unused)) void draw_world(uint64_t seed, uint32_t counter[4])
{
    uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < DRAW_ROUNDS; round++, key0 += DRAW_WEYL_0, key1 += DRAW_WEYL_1) {
        uint64_t product0 = (uint64_t)DRAW_MULTIPLIER_0 * counter[0], product1 = (uint64_t)DRAW_MULTIPLIER_1 * counter[2];
        counter[0] = (uint32_t)(product1 >> 32) ^ counter[1] ^ key0;
        counter[1] = (uint32_t)product1;
        counter[2] = (uint32_t)(product0 >> 32) ^ counter[3] ^ key1;
        counter[3] = (uint32_t)product0;
    }
}

#if LANES > 1

/* A counter of every second lane, each word in the low half of 64 bits; the high halves hold rubbish that nothing reads. */
struct draw_half { lane_wide word[4]; };

LANE_INLINE void draw_round(struct draw_half *c, lane_wide key0, lane_wide key1)
{
    lane_wide product0 = lane_multiply_wide(c->word[0], DRAW_MULTIPLIER_0 + (lane_wide){0});
    lane_wide product1 = lane_multiply_wide(c->word[2], DRAW_MULTIPLIER_1 + (lane_wide){0});
    c->word[0] = (product1 >> 32) ^ c->word[1] ^ key0;
    c->word[1] = product1;
    c->word[2] = (product0 >> 32) ^ c->word[3] ^ key1;
    c->word[3] = product0;
}

LANE_INLINE lane_u draw_lane_numbers(void)
{
    lane_u lane;
    for (uint32_t l = 0; l < LANES; l++) lane[l] = l;
    return lane;
}

LANE_INLINE void draw_vector(const struct draw_source *source, uint32_t stream, lane_u entity, lane_u ordinal, lane_u out[4])
{
    lane_u offsets = source->offsets ? *source->offsets : draw_lane_numbers();
    lane_wide world = (lane_wide)(offsets + (uint32_t)source->first_world), order = (lane_wide)ordinal;
    lane_wide purpose = (uint64_t)((uint32_t)(source->first_world >> 32) << 16 | stream) + (lane_wide){0};
    lane_wide who = (lane_wide)entity;
    struct draw_half even = {{world, purpose, who, order}}, odd = {{world >> 32, purpose, who >> 32, order >> 32}};
    lane_wide key0 = source->seed + (lane_wide){0}, key1 = (source->seed >> 32) + (lane_wide){0};
    for (int round = 0; round < DRAW_ROUNDS; round++, key0 += DRAW_WEYL_0, key1 += DRAW_WEYL_1) {
        draw_round(&even, key0, key1);
        draw_round(&odd, key0, key1);
    }
    for (int word = 0; word < 4; word++) out[word] = (lane_u)((even.word[word] & UINT32_MAX) | odd.word[word] << 32);
}

#endif

/* Draws of all lanes: four words of 32 random bits each. stream < 2^16. */
LANE_INLINE void draw_lanes(const struct draw_source *source, uint32_t stream, uint32_t entity, uint32_t ordinal, lane_u out[4])
{
#if LANES == 1
    uint32_t world = (uint32_t)source->first_world + (source->offsets ? *source->offsets : 0);
    uint32_t counter[4] = {world, (uint32_t)(source->first_world >> 32) << 16 | stream, entity, ordinal};
    draw_world(source->seed, counter);
    for (int word = 0; word < 4; word++) out[word] = counter[word];
#else
    draw_vector(source, stream, lane_set_u(entity), lane_set_u(ordinal), out);
#endif
}

#define DRAW_UNMASKED UINT32_C(0x80000000) /* word of a lane that does not draw: the middle of every transform */

#if LANES > 1

/* One lane draws. Out of line, for it is met often and is no vector's work. */
static __attribute__((noinline, unused)) void draw_alone(const struct draw_source *source, uint32_t stream, uint32_t entity,
                                                         uint32_t ordinal, uint32_t lane, lane_u out[4])
{
    uint64_t world = source->first_world + (source->offsets ? (*source->offsets)[lane] : lane);
    uint32_t counter[4] = {(uint32_t)world, (uint32_t)(world >> 32) << 16 | stream, entity, ordinal};
    draw_world(source->seed, counter);
    lane_i here = draw_lane_numbers() == lane;
    for (int word = 0; word < 4; word++)
        out[word] = (lane_u)lane_select_i(here, lane_set_i((int32_t)counter[word]), lane_set_i((int32_t)DRAW_UNMASKED));
}

#endif

/* Draws of the lanes in the mask, each with its own entity and ordinal; the others get DRAW_UNMASKED. */
LANE_INLINE void draw_lanes_each(const struct draw_source *source, uint32_t stream, lane_u entity, lane_i ordinal, lane_i mask, lane_u out[4])
{
#if LANES == 1
    for (int word = 0; word < 4; word++) out[word] = DRAW_UNMASKED;
    if (mask) draw_lanes(source, stream, entity, (uint32_t)ordinal, out);
#else
    uint32_t lanes = lane_mask_bits(mask);
    if (lanes == 0) {
        for (int word = 0; word < 4; word++) out[word] = lane_set_u(DRAW_UNMASKED);
        return;
    }
    if ((lanes & (lanes - 1)) == 0) { /* two are already faster as a vector */
        uint32_t lane = (uint32_t)__builtin_ctz(lanes);
        draw_alone(source, stream, entity[lane], (uint32_t)ordinal[lane], lane, out);
        return;
    }
    draw_vector(source, stream, entity, (lane_u)ordinal, out);
    for (int word = 0; word < 4; word++) out[word] = (out[word] & (lane_u)mask) | (DRAW_UNMASKED & ~(lane_u)mask);
#endif
}

/* The same with one entity. */
LANE_INLINE void draw_lanes_masked(const struct draw_source *source, uint32_t stream, uint32_t entity, lane_i ordinal, lane_i mask,
                                   lane_u out[4])
{
    draw_lanes_each(source, stream, lane_set_u(entity), ordinal, mask, out);
}

/* Uniform in (0,1), symmetric about 1/2: (k + 1/2) 2^-23 from the upper 23 bits. */
LANE_INLINE lane_f lane_uniform(lane_u raw)
{
    return (lane_to_float((lane_i)(raw >> 9)) + 0.5f) * 0x1p-23f;
}

/* Raw bits k as a place in the upper or the lower half of (0,1), u = (k + 1/2) 2^-32, without loss near either end: tail = min(u, 1-u). */
LANE_INLINE lane_i draw_is_upper(lane_u raw)
{
    return (lane_i)raw < 0;
}

LANE_INLINE lane_f draw_tail(lane_u raw)
{
    lane_i fold = (lane_i)raw >> 31;
    return (lane_to_float((lane_i)raw ^ fold) + 0.5f) * 0x1p-32f;
}

/* -log u of the lanes, u = 1 - tail in the upper half, tail in the lower one. */
LANE_INLINE lane_f draw_exponential_of(lane_f tail, lane_i is_upper)
{
    lane_f u = lane_select(is_upper, 1.0f - tail, tail), mantissa, exponent;
    lane_log_split(u, &mantissa, &exponent);
    lane_f f = lane_select(u >= 0x1.6a09e6p-1f, -tail, mantissa - 1.0f); /* near 1 the tail has digits that u has lost */
    return -lane_log_parts(f, exponent);
}

/* Unit exponential: -log u with u = (k + 1/2) 2^-32. */
LANE_INLINE lane_f lane_exponential(lane_u raw)
{
    return draw_exponential_of(draw_tail(raw), draw_is_upper(raw));
}

/* Standard normal: Phi^-1(u) with u = (k + 1/2) 2^-32. */
LANE_INLINE lane_f lane_normal(lane_u raw)
{
    lane_i from_middle = (lane_i)(raw ^ UINT32_C(0x80000000));
    lane_i fold = from_middle >> 31;
    lane_f centre = (lane_to_float(from_middle ^ fold) + 0.5f) * 0x1p-31f;
    lane_f z = lane_normal_score(draw_tail(raw), centre);
    return lane_select(fold < 0, -z, z);
}

#endif
