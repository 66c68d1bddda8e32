/* lane.h: worlds side by side
 *
 * A lane is one world. A kernel is this toolkit's arithmetic compiled once for each instruction set with LANES = 1, 4, 8 or 16 worlds
 * in a vector; every operation below is exact IEEE arithmetic per lane, so all kernels give the same bits. LANES = 1 uses plain floats
 * and is the oracle of the others.
 *
 * Arithmetic and comparison are the C operators (vectors of the compiler, gcc and clang). A comparison gives a mask; masks are combined
 * with & and |, negated with lane_not(), never used as numbers: count with lane_one(mask).
 */
#ifndef ORGSIM_CHANCE_LANE_H
#define ORGSIM_CHANCE_LANE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#ifndef LANES
#define LANES 1
#endif

/* Instructions that no plain C gives to both compilers. Each has a plain twin of the same bits, which other processors use. */
#if LANES == 16 && defined(__AVX512F__) && defined(__AVX512DQ__)
#define LANE_AVX512 1
#elif LANES == 8 && defined(__AVX2__)
#define LANE_AVX2 1
#elif LANES == 4 && defined(__SSE2__)
#define LANE_SSE2 1
#endif
#if defined(LANE_AVX512) || defined(LANE_AVX2) || defined(LANE_SSE2)
#include <immintrin.h>
#endif

#if LANES == 1
typedef float lane_f;
typedef int32_t lane_i;
typedef uint32_t lane_u;
typedef uint64_t lane_wide; /* two neighbouring lanes, the even one low; one lane when LANES is 1 */
#else
typedef float lane_f __attribute__((vector_size(4 * LANES)));
typedef int32_t lane_i __attribute__((vector_size(4 * LANES)));
typedef uint32_t lane_u __attribute__((vector_size(4 * LANES)));
typedef uint64_t lane_wide __attribute__((vector_size(4 * LANES)));
#endif

#define LANE_INLINE static inline __attribute__((always_inline, unused))

/* Element access, for the rare loop over single worlds. */
#if LANES == 1
#define lane_get(v, l) ((void)(l), (v))
#define lane_put(v, l, x) ((void)(l), (v) = (x))
#else
#define lane_get(v, l) ((v)[l])
#define lane_put(v, l, x) ((v)[l] = (x))
#endif

LANE_INLINE lane_f lane_set(float x)
{
#if LANES == 1
    return x;
#else
    return x - (lane_f){0}; /* x - 0 keeps -0.0 */
#endif
}

LANE_INLINE lane_i lane_set_i(int32_t x)
{
#if LANES == 1
    return x;
#else
    return x + (lane_i){0};
#endif
}

LANE_INLINE lane_u lane_set_u(uint32_t x)
{
#if LANES == 1
    return x;
#else
    return x + (lane_u){0};
#endif
}

/* a where the mask holds, b elsewhere. */
LANE_INLINE lane_f lane_select(lane_i mask, lane_f a, lane_f b)
{
#if LANES == 1
    return mask ? a : b;
#elif defined(LANE_AVX2)
    return (lane_f)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)mask);
#else
    return (lane_f)(((lane_i)a & mask) | ((lane_i)b & ~mask));
#endif
}

LANE_INLINE lane_i lane_select_i(lane_i mask, lane_i a, lane_i b)
{
#if LANES == 1
    return mask ? a : b;
#elif defined(LANE_AVX2)
    return (lane_i)_mm256_blendv_epi8((__m256i)b, (__m256i)a, (__m256i)mask);
#else
    return (a & mask) | (b & ~mask);
#endif
}

LANE_INLINE lane_i lane_not(lane_i mask)
{
#if LANES == 1
    return !mask;
#else
    return ~mask;
#endif
}

/* 1 where the mask holds, 0 elsewhere. */
LANE_INLINE lane_f lane_one(lane_i mask) { return lane_select(mask, lane_set(1.0f), lane_set(0.0f)); }
LANE_INLINE lane_i lane_one_i(lane_i mask) { return lane_select_i(mask, lane_set_i(1), lane_set_i(0)); }

/* x where the mask holds, 0 elsewhere. */
LANE_INLINE lane_f lane_keep(lane_i mask, lane_f x) { return lane_select(mask, x, lane_set(0.0f)); }

/* a < b ? a : b and a > b ? a : b, also for NAN and signed zeros: b then, as the instructions have it. */
LANE_INLINE lane_f lane_min(lane_f a, lane_f b)
{
#if defined(LANE_AVX512)
    return (lane_f)_mm512_min_ps((__m512)a, (__m512)b);
#elif defined(LANE_AVX2)
    return (lane_f)_mm256_min_ps((__m256)a, (__m256)b);
#elif defined(LANE_SSE2)
    return (lane_f)_mm_min_ps((__m128)a, (__m128)b);
#else
    return lane_select(a < b, a, b);
#endif
}

LANE_INLINE lane_f lane_max(lane_f a, lane_f b)
{
#if defined(LANE_AVX512)
    return (lane_f)_mm512_max_ps((__m512)a, (__m512)b);
#elif defined(LANE_AVX2)
    return (lane_f)_mm256_max_ps((__m256)a, (__m256)b);
#elif defined(LANE_SSE2)
    return (lane_f)_mm_max_ps((__m128)a, (__m128)b);
#else
    return lane_select(a > b, a, b);
#endif
}
LANE_INLINE lane_f lane_floor_zero(lane_f a) { return lane_max(a, lane_set(0.0f)); }
LANE_INLINE lane_f lane_unit(lane_f a) { return lane_min(lane_max(a, lane_set(0.0f)), lane_set(1.0f)); }

LANE_INLINE lane_f lane_to_float(lane_i x)
{
#if LANES == 1
    return (float)x;
#else
    return __builtin_convertvector(x, lane_f);
#endif
}

/* Truncates toward zero; |x| < 2^31. */
LANE_INLINE lane_i lane_to_int(lane_f x)
{
#if LANES == 1
    return (int32_t)x;
#else
    return __builtin_convertvector(x, lane_i);
#endif
}

/* The same 32 bits under another type. */
LANE_INLINE lane_i lane_bits(lane_f x)
{
#if LANES == 1
    union { float f; int32_t i; } u = {.f = x};
    return u.i;
#else
    return (lane_i)x;
#endif
}

LANE_INLINE lane_f lane_from_bits(lane_i x)
{
#if LANES == 1
    union { float f; int32_t i; } u = {.i = x};
    return u.f;
#else
    return (lane_f)x;
#endif
}

/* One bit per lane in which the mask holds, lane 0 lowest. */
LANE_INLINE uint32_t lane_mask_bits(lane_i mask)
{
#if LANES == 1
    return mask ? 1u : 0u;
#elif defined(LANE_AVX512)
    return (uint32_t)_mm512_movepi32_mask((__m512i)mask);
#elif defined(LANE_AVX2)
    return (uint32_t)_mm256_movemask_ps((__m256)mask);
#elif defined(LANE_SSE2)
    return (uint32_t)_mm_movemask_ps((__m128)mask);
#else
    uint32_t bits = 0;
    for (int l = 0; l < LANES; l++) bits |= (uint32_t)(mask[l] & 1) << l;
    return bits;
#endif
}

/* Whether the mask holds in any lane. */
LANE_INLINE bool lane_any(lane_i mask) { return lane_mask_bits(mask) != 0; }

/* Square root, rounded as IEEE 754 wants it on every machine. */
LANE_INLINE lane_f lane_sqrt(lane_f x)
{
#if LANES == 1
    return __builtin_sqrtf(x);
#elif defined(LANE_AVX512)
    return (lane_f)_mm512_sqrt_ps((__m512)x);
#elif defined(LANE_AVX2)
    return (lane_f)_mm256_sqrt_ps((__m256)x);
#elif defined(LANE_SSE2)
    return (lane_f)_mm_sqrt_ps((__m128)x);
#else
    for (int l = 0; l < LANES; l++) x[l] = __builtin_sqrtf(x[l]);
    return x;
#endif
}

/* table[index] of each lane. (Without optimisation gcc's own header converts a mask's sign here.) */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
LANE_INLINE lane_f lane_gather(const float *table, lane_i index)
{
#if LANES == 1
    return table[index];
#elif defined(LANE_AVX512)
    return (lane_f)_mm512_i32gather_ps((__m512i)index, table, 4);
#elif defined(LANE_AVX2)
    return (lane_f)_mm256_i32gather_ps(table, (__m256i)index, 4);
#else
    lane_f x;
    for (int l = 0; l < LANES; l++) x[l] = table[index[l]];
    return x;
#endif
}
#pragma GCC diagnostic pop

/* x of lane place[l] in lane l. */
LANE_INLINE lane_f lane_pick(lane_f x, lane_i place)
{
#if LANES == 1
    (void)place;
    return x;
#elif defined(LANE_AVX512)
    return (lane_f)_mm512_permutexvar_ps((__m512i)place, (__m512)x);
#elif defined(LANE_AVX2)
    return (lane_f)_mm256_permutevar8x32_ps((__m256)x, (__m256i)place);
#else
    lane_f y;
    for (int l = 0; l < LANES; l++) y[l] = x[place[l]];
    return y;
#endif
}

LANE_INLINE lane_i lane_pick_i(lane_i x, lane_i place) { return lane_bits(lane_pick(lane_from_bits(x), place)); }

/* Products of the low halves: 32 by 32 bits to 64. */
LANE_INLINE lane_wide lane_multiply_wide(lane_wide a, lane_wide b)
{
#if defined(LANE_AVX512)
    return (lane_wide)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined(LANE_AVX2)
    return (lane_wide)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#elif defined(LANE_SSE2)
    return (lane_wide)_mm_mul_epu32((__m128i)a, (__m128i)b);
#else
    return (a & UINT32_MAX) * (b & UINT32_MAX);
#endif
}

#endif
