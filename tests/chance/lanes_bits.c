/* Lanes of any width against scalar arithmetic, Random123, and one committed digest of everything that is drawn. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"
#include "chance/copula_lanes.h"
#include "chance/lanes_bits.h"
#include "chance/philox.h"
#include "chance/sampler_lanes.h"

static int32_t bits_of(float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static const float odd[] = {0.0f,  -0.0f, 1.0f,   -1.0f, 0.5f, 3e38f, -3e38f, 1e-38f, 7.25f, -7.25f, 2.0f, 16777216.0f,
                            0.1f, -0.1f, 1e-20f, 123.0f};
#define ODD 16

static void check_toolkit(lane_f a, lane_f b, lane_i mask)
{
    lane_f smaller = lane_min(a, b), larger = lane_max(a, b), chosen = lane_select(mask, a, b), root = lane_sqrt(larger * larger);
    lane_i chosen_i = lane_select_i(mask, lane_set_i(5), lane_set_i(-7)), other = lane_not(mask);
    lane_i place = lane_to_int(lane_unit(a) * 15.0f);
    lane_f gathered = lane_gather(odd, place);
    uint32_t bits = lane_mask_bits(mask), other_bits = lane_mask_bits(other);
    assert_int_equal(lane_any(mask), bits != 0);
    for (int l = 0; l < LANES; l++) {
        float x = lane_get(a, l), y = lane_get(b, l);
        int holds = lane_get(mask, l) != 0;
        assert_int_equal(bits >> l & 1, holds);
        assert_int_equal(other_bits >> l & 1, !holds);
        assert_int_equal(bits_of(lane_get(smaller, l)), bits_of(x < y ? x : y));
        assert_int_equal(bits_of(lane_get(larger, l)), bits_of(x > y ? x : y));
        assert_int_equal(bits_of(lane_get(chosen, l)), bits_of(holds ? x : y));
        assert_int_equal(lane_get(chosen_i, l), holds ? 5 : -7);
        float square = (x > y ? x : y) * (x > y ? x : y);
        assert_int_equal(bits_of(lane_get(root, l)), bits_of((float)sqrt((double)square)));
        assert_int_equal(bits_of(lane_get(gathered, l)), bits_of(odd[lane_get(place, l)]));
    }
}

void lanes_test_toolkit(void **state)
{
    (void)state;
    for (int shift = 0; shift < ODD; shift++) {
        lane_f a = lane_set(0.0f), b = lane_set(0.0f);
        for (int l = 0; l < LANES; l++) {
            lane_put(a, l, odd[l % ODD]);
            lane_put(b, l, odd[(l + shift) % ODD]);
        }
        check_toolkit(a, b, a < b);
        check_toolkit(b, a, (a <= b) & (b > 0.0f));
        check_toolkit(a, b, a == a);
        check_toolkit(a, b, a != a);
    }
    lane_f nan = lane_set(NAN), one = lane_set(1.0f); /* as the instructions: the second argument */
    assert_true(lane_get(lane_min(nan, one), 0) == 1.0f && isnan(lane_get(lane_min(one, nan), 0)));
    assert_int_equal(bits_of(lane_get(lane_set(-0.0f), LANES - 1)), bits_of(-0.0f));
}

/* Worlds around the places where their number outgrows a word. */
static const uint64_t first_worlds[] = {0, 16, 4096, (UINT64_C(1) << 32) - 16, UINT64_C(1) << 32, (UINT64_C(1) << 48) - 16};
#define FIRST_WORLDS (sizeof first_worlds / sizeof first_worlds[0])

void lanes_test_draws(void **state)
{
    (void)state;
    for (size_t f = 0; f < FIRST_WORLDS; f++)
        for (uint32_t k = 0; k < 50; k++) {
            struct draw_source source = {.seed = k * UINT64_C(0x9e3779b97f4a7c15), .first_world = first_worlds[f]};
            uint32_t stream = k * 1310 % 65536, entity = k * 99991, ordinal = UINT32_MAX - k * 77777;
            lane_u out[4];
            draw_lanes(&source, stream, entity, ordinal, out);
            for (uint32_t l = 0; l < LANES; l++) {
                uint32_t block[4];
                philox_draw(source.seed, source.first_world + l, stream, entity, ordinal, block);
                for (int word = 0; word < 4; word++) assert_true(lane_get(out[word], l) == block[word]);
            }
        }
}

static uint64_t world_of(const struct draw_source *source, uint32_t l)
{
    return source->first_world + (source->offsets ? lane_get(*source->offsets, l) : l);
}

static void check_masked(const struct draw_source *source, uint32_t lanes)
{
    lane_i ordinal = lane_set_i(0), mask;
    lane_f chosen = lane_set(0.0f);
    for (uint32_t l = 0; l < LANES; l++) {
        lane_put(ordinal, l, (int32_t)(l * l + lanes % 7));
        lane_put(chosen, l, lanes >> l & 1 ? 1.0f : 0.0f);
    }
    mask = chosen > 0.5f;
    lane_u out[4];
    draw_lanes_masked(source, 9, 3, ordinal, mask, out);
    for (uint32_t l = 0; l < LANES; l++) {
        uint32_t block[4] = {DRAW_UNMASKED, DRAW_UNMASKED, DRAW_UNMASKED, DRAW_UNMASKED};
        if (lanes >> l & 1) philox_draw(source->seed, world_of(source, l), 9, 3, (uint32_t)lane_get(ordinal, l), block);
        for (int word = 0; word < 4; word++) assert_true(lane_get(out[word], l) == block[word]);
    }
}

void lanes_test_masked_draws(void **state)
{
    (void)state;
    for (size_t f = 0; f < FIRST_WORLDS; f++) {
        struct draw_source source = {.seed = 77 + f, .first_world = first_worlds[f]};
        for (uint32_t lanes = 0; lanes < 1u << (LANES < 8 ? LANES : 8); lanes++) check_masked(&source, lanes);
        for (int l = 0; l < LANES; l++) check_masked(&source, 1u << l);
        check_masked(&source, (1u << (LANES - 1) << 1) - 1);
    }
}

/* Lanes that are not neighbours, and two of them the same world. */
void lanes_test_chosen_worlds(void **state)
{
    (void)state;
    for (size_t f = 0; f < 3; f++) {
        lane_u offsets = lane_set_u(0), out[4];
        for (uint32_t l = 0; l < LANES; l++) lane_put(offsets, l, (l == LANES - 1 ? 5 : l * 37 + 5) % 128);
        struct draw_source source = {.seed = 31 + f, .first_world = first_worlds[2 * f] & ~(uint64_t)127, .offsets = &offsets};
        draw_lanes(&source, 4, 8, 15, out);
        for (uint32_t l = 0; l < LANES; l++) {
            uint32_t block[4];
            philox_draw(source.seed, world_of(&source, l), 4, 8, 15, block);
            for (int word = 0; word < 4; word++) assert_true(lane_get(out[word], l) == block[word]);
        }
        for (uint32_t l = 0; l < LANES; l++) check_masked(&source, 1u << l);
        check_masked(&source, (1u << (LANES - 1) << 1) - 1);
        check_masked(&source, 0x5555u & ((1u << (LANES - 1) << 1) - 1));
    }
}

/* Samplers made by hand from exact numbers, so that no libm and no GSL is in the digest. */
enum { CLOSED = 5, QUANTITIES = 16, WORLDS = 4096 };
static const struct sampler closed[CLOSED] = {
    {.kind = DISTRIBUTION_UNIFORM, .a = -2, .b = 5, .c = 7},
    {.kind = DISTRIBUTION_TRIANGULAR, .a = 0.75f, .b = 1.75f, .c = 0.25f, .d = 0.25f, .e = 0.75f, .f = 1},
    {.kind = DISTRIBUTION_EXPONENTIAL, .a = 1.5f, .b = 2.25f},
    {.kind = DISTRIBUTION_NORMAL, .a = -3, .b = 0.375f},
    {.kind = DISTRIBUTION_LOGNORMAL, .a = 0.25f, .b = 0.5f},
};

static void fill_table(float *table)
{
    for (int i = 0; i < 6 * SAMPLER_SEGMENTS; i++) table[i] = (float)(i * 37 % 101) / 101.0f;
}

/* Everything that lanes can compute from one block of raw bits, each result once for each world. */
static void compute(const struct draw_source *source, const struct sampler *table, lane_f out[QUANTITIES])
{
    static const float factor[9] = {1, 0, 0, 0.5f, 0.875f, 0, 0.25f, -0.5f, 0.8125f};
    lane_u raw[4];
    draw_lanes(source, 2, 5, 11, raw);
    lane_f signed_value = lane_to_float((lane_i)raw[3]) * 0x1p-25f; /* -64..64 */
    out[0] = lane_from_bits((lane_i)raw[0]);
    out[1] = lane_uniform(raw[0]);
    out[2] = lane_exponential(raw[0]);
    out[3] = lane_normal(raw[0]);
    out[4] = lane_log(lane_exponential(raw[1]));
    out[5] = lane_exp(signed_value * 2.0f);
    out[6] = lane_normal_cdf(signed_value * 0.125f);
    out[7] = lane_normal_quantile(lane_uniform(raw[2]));
    for (int k = 0; k < CLOSED; k++) out[8 + k] = sampler_lanes(&closed[k], raw[k % 4]);
    out[13] = sampler_lanes(table, raw[1]) + sampler_lanes_uniform(table, lane_uniform(raw[2]));
    out[14] = sampler_lanes_normal(&closed[1], lane_normal(raw[3]));
    lane_f members[3] = {lane_normal(raw[0]), lane_normal(raw[1]), lane_normal(raw[2])};
    copula_lanes(factor, 3, members);
    out[15] = members[0] + members[1] * members[2];
}

#define DIGEST UINT64_C(0x8907ca1e50b4ed7d)

void lanes_test_bits(void **state)
{
    (void)state;
    struct sampler table = {.kind = DISTRIBUTION_PERT, .table = memory_lanes((size_t)6 * SAMPLER_SEGMENTS, sizeof(float))};
    int32_t(*bits)[WORLDS] = memory_array(QUANTITIES, sizeof *bits);
    assert_true(table.table && bits);
    fill_table(table.table);
    for (uint64_t world = 0; world < WORLDS; world += LANES) {
        struct draw_source source = {.seed = 12345, .first_world = world};
        lane_f out[QUANTITIES];
        compute(&source, &table, out);
        for (int q = 0; q < QUANTITIES; q++)
            for (int l = 0; l < LANES; l++) bits[q][world + (uint64_t)l] = lane_get(lane_bits(out[q]), l);
    }
    uint64_t digest = TEXT_DIGEST_START;
    for (int q = 0; q < QUANTITIES; q++) {
        digest = text_digest(digest, bits[q], sizeof bits[q]);
        print_message("quantity %2d: %016llx\n", q, (unsigned long long)digest);
    }
    memory_free(bits);
    sampler_free(&table);
    assert_true(digest == DIGEST);
}
