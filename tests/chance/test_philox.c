/* The reference draw: Random123's published vectors, and keys that never meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chance/draw.h"
#include "chance/philox.h"

/* Lines "philox4x32 10" of Random123's kat_vectors: counter, key, block. */
static const uint32_t published[][10] = {
    {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
    {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
    {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
};

static void test_published_vectors(void **state)
{
    (void)state;
    for (size_t row = 0; row < sizeof published / sizeof published[0]; row++) {
        const uint32_t *v = published[row];
        uint64_t seed = v[4] | (uint64_t)v[5] << 32, world = v[0] | (uint64_t)(v[1] >> 16) << 32;
        uint32_t block[4], counter[4] = {v[0], v[1], v[2], v[3]};
        philox_draw(seed, world, v[1] & 0xffff, v[2], v[3], block);
        draw_world(seed, counter);
        assert_memory_equal(block, v + 6, sizeof block);
        assert_memory_equal(counter, v + 6, sizeof counter);
    }
}

static int compare_words(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Worlds of neighbouring seeds, and neighbouring worlds, streams, entities and ordinals of one seed: no two blocks agree in 64 bits.
 * By chance that would happen among 40,000 blocks with probability 4e-11. */
static void test_no_two_draws_meet(void **state)
{
    (void)state;
    enum { SEEDS = 5, WORLDS = 1000, PLACES = 8, N = SEEDS * WORLDS * PLACES };
    uint64_t *seen = malloc(N * sizeof *seen);
    size_t n = 0;
    assert_non_null(seen);
    for (uint64_t seed = 98; seed < 98 + SEEDS; seed++)
        for (uint64_t world = 0; world < WORLDS; world++)
            for (uint32_t place = 0; place < PLACES; place++) {
                uint32_t block[4];
                philox_draw(seed, world, place & 1, place >> 1 & 1, place >> 2, block);
                seen[n++] = block[0] | (uint64_t)block[1] << 32;
            }
    qsort(seen, n, sizeof *seen, compare_words);
    for (size_t i = 1; i < n; i++) assert_true(seen[i] != seen[i - 1]);
    free(seen);
}

/* Each part of the key reaches the block by itself: also the high words of seed and world. */
static void test_every_part_of_the_key_counts(void **state)
{
    (void)state;
    uint32_t base[4], other[4];
    philox_draw(7, 3, 2, 1, 0, base);
    const struct { uint64_t seed, world; uint32_t stream, entity, ordinal; } changed[] = {
        {8, 3, 2, 1, 0}, {7 | UINT64_C(1) << 63, 3, 2, 1, 0}, {7, 4, 2, 1, 0}, {7, 3 | UINT64_C(1) << 47, 2, 1, 0}, {7, 3, 3, 1, 0},
        {7, 3, 2, 2, 0}, {7, 3, 2, 1, 1}};
    for (size_t i = 0; i < sizeof changed / sizeof changed[0]; i++) {
        philox_draw(changed[i].seed, changed[i].world, changed[i].stream, changed[i].entity, changed[i].ordinal, other);
        assert_memory_not_equal(base, other, sizeof base);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_vectors),
        cmocka_unit_test(test_no_two_draws_meet),
        cmocka_unit_test(test_every_part_of_the_key_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
