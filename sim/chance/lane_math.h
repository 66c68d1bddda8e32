/* lane_math.h: elementary functions in lanes, made of + - * / and bits only
 *
 * The same bits for every LANES, compiler and level of optimisation. Errors are the largest against libm and GSL in double precision,
 * as tests/chance/test_lane_math.c measures and bounds them:
 *
 *     lane_log                relative 8e-8                x > 0; below 2^-126 it is log 2^-126, and so for x <= 0
 *     lane_exp                relative 9e-8                clamped to 1.2e-38..2.4e38; never 0, infinite or NAN
 *     lane_normal_cdf         relative 5e-7 for z > -12.9  above 0: absolute 1.4e-7
 *     lane_normal_quantile    relative 9e-7                p clamped to 2^-33..1 - 2^-24
 *
 * Coefficients: minimax fits (Lawson's weights) made for these intervals.
 */
#ifndef ORGSIM_CHANCE_LANE_MATH_H
#define ORGSIM_CHANCE_LANE_MATH_H

#include "chance/lane.h"

/* log(1 + f) + exponent log 2, f in sqrt(1/2)-1 .. sqrt(2)-1 */
LANE_INLINE lane_f lane_log_parts(lane_f f, lane_f exponent)
{
    lane_f p = -0.0763449773f * f + 0.127615775f;
    p = p * f - 0.131601822f;
    p = p * f + 0.142017579f;
    p = p * f - 0.166233574f;
    p = p * f + 0.200012269f;
    p = p * f - 0.25000821f;
    p = p * f + 0.333333317f;
    lane_f square = f * f;
    lane_f small = square * (p * f) - 0.5f * square;
    small += exponent * -2.12194440e-4f; /* log 2 in two parts: the first has so few bits that its multiples are exact */
    return (f + small) + exponent * 0.693359375f;
}

LANE_INLINE void lane_log_split(lane_f x, lane_f *mantissa, lane_f *exponent)
{
    lane_i bits = lane_bits(x);
    lane_i power = (bits - 0x3f3504f3) >> 23; /* mantissa from sqrt(1/2) on */
    *mantissa = lane_from_bits((lane_i)((lane_u)bits - ((lane_u)power << 23)));
    *exponent = lane_to_float(power);
}

/* Natural logarithm. */
LANE_INLINE lane_f lane_log(lane_f x)
{
    lane_f mantissa, exponent;
    lane_log_split(lane_max(x, lane_set(0x1p-126f)), &mantissa, &exponent);
    return lane_log_parts(mantissa - 1.0f, exponent);
}

/* exp(x + rest) where rest is small beside 1; x in range */
LANE_INLINE lane_f lane_exp_parts(lane_f x, lane_f rest)
{
    lane_f shifted = x * 1.44269504f + 12582912.0f; /* 1.5 * 2^23: rounds to the nearest whole number */
    lane_f whole = shifted - 12582912.0f;
    lane_f r = (x - whole * 0.693359375f) + (whole * 2.12194440e-4f + rest);
    lane_f p = 0.0013814602f * r + 0.0083687152f;
    p = p * r + 0.0416683879f;
    p = p * r + 0.166665206f;
    p = p * r + 0.499999934f;
    p = 1.0f + (r + p * (r * r));
    return p * lane_from_bits((lane_i)((lane_u)(lane_bits(shifted) + 127) << 23)); /* the low bits of shifted are whole; the rest is shifted out */
}

/* Exponential, clamped to finite positive numbers. */
LANE_INLINE lane_f lane_exp(lane_f x)
{
    x = lane_max(lane_min(x, lane_set(88.37f)), lane_set(-87.33f));
    return lane_exp_parts(x, lane_set(0.0f));
}

/* Phi(-z) for 0 <= z <= 13: exp(-z^2/2) times Mills' ratio over sqrt(2 pi) */
LANE_INLINE lane_f lane_normal_tail(lane_f z)
{
    lane_f p = 0.00402017481f * z + 0.0399840702f;
    p = p * z + 0.181306462f;
    p = p * z + 0.435685926f;
    p = p * z + 0.5f;
    lane_f q = 0.0100769406f * z + 0.100232582f;
    q = q * z + 0.464379547f;
    q = q * z + 1.19448299f;
    q = q * z + 1.66925677f;
    q = q * z + 1.0f;
    lane_f head = lane_from_bits(lane_bits(z) & ~0xfff); /* its square is exact, the rest is passed on: exp would double the error */
    return lane_exp_parts(-0.5f * (head * head), -0.5f * ((z - head) * (z + head))) * (p / q);
}

/* Distribution function of the standard normal. */
LANE_INLINE lane_f lane_normal_cdf(lane_f z)
{
    lane_f below = lane_normal_tail(lane_min(lane_max(z, -z), lane_set(12.9f)));
    return lane_select(z > 0.0f, 1.0f - below, below);
}

/* Normal score of a tail: z >= 0 with Phi(-z) = tail, where centre = 1 - 2 tail is given apart because it loses its digits near 0.
 *
 *     z = centre h(w),  w = -log(1 - centre^2) = -log(4 tail (1 - tail)),  0 <= w < 21.5
 *
 * Never falls as the tail shrinks: w is rounded to a grid so coarse that h rises by more than its rounding error from one point to the next. */
LANE_INLINE lane_f lane_normal_score(lane_f tail, lane_f centre)
{
    lane_f spread = lane_select(tail < 0.25f, 4.0f * (tail - tail * tail), 1.0f - centre * centre);
    lane_f w = -lane_log(spread);
    lane_f grid = lane_select(w < 6.0f, lane_set(48.0f), lane_set(192.0f)); /* steps of 2^-18 and 2^-16 */
    w = (w + grid) - grid;
    lane_f p = 1.91614729e-7f * w + 5.93780005e-5f;
    p = p * w + 0.00113837586f;
    p = p * w + 0.0125251977f;
    p = p * w + 0.0910107929f;
    p = p * w + 0.447453383f;
    p = p * w + 1.25331413f;
    lane_f q = 3.74406908e-6f * w + 0.000248592839f;
    q = q * w + 0.00231206535f;
    q = q * w + 0.0346577553f;
    q = q * w + 0.0952164744f;
    q = q * w + 1.0f;
    return centre * (p / q);
}

/* Inverse of the distribution function of the standard normal. */
LANE_INLINE lane_f lane_normal_quantile(lane_f p)
{
    p = lane_max(lane_min(p, lane_set(0x1.fffffep-1f)), lane_set(0x1p-33f));
    lane_i upper = p > 0.5f;
    lane_f tail = lane_select(upper, 1.0f - p, p);
    lane_f z = lane_normal_score(tail, 2.0f * (0.5f - tail));
    return lane_select(upper, z, -z);
}

#endif
