/* philox.c: the reference draw, by Random123 itself */
#include "chance/philox.h"

#include <Random123/philox.h>

void philox_draw(uint64_t seed, uint64_t world, uint32_t stream, uint32_t entity, uint32_t ordinal, uint32_t out[4])
{
    philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    philox4x32_ctr_t counter = {{(uint32_t)world, (uint32_t)(world >> 32) << 16 | stream, entity, ordinal}};
    philox4x32_ctr_t block = philox4x32_R(10, counter, key);
    for (int word = 0; word < 4; word++) out[word] = block.v[word];
}
