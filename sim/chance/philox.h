/* philox.h: one random block from a key, with no state between blocks
 *
 * Philox4x32-10 as Random123 publishes it. A world's luck is a pure function of who draws: the seed is the key, and world, stream, entity
 * and ordinal fill the counter without overlap, so two different draws never share a counter and two seeds never share a world.
 *
 *     key     = seed low, seed high
 *     counter = world low, world high (16 bits) and stream (16 bits), entity, ordinal
 *
 * Source: Salmon, Moraes, Dror & Shaw 2011. chance/draw.h holds the same function in lanes.
 */
#ifndef ORGSIM_CHANCE_PHILOX_H
#define ORGSIM_CHANCE_PHILOX_H

#include <stdint.h>

/* Four words, each uniform over 32 bits. world < 2^48, stream < 2^16. */
void philox_draw(uint64_t seed, uint64_t world, uint32_t stream, uint32_t entity, uint32_t ordinal, uint32_t out[4]);

#endif
