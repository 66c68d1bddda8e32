/* summary.c: moments, order statistics and histograms that merge
 *
 * Moments follow Welford (1962) and Chan, Golub and LeVeque (1979). Floats are ordered through their bits: with the sign bit flipped for
 * positive and all bits flipped for negative numbers, unsigned order is numerical order.
 */
#include "base/summary.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void moments_add(struct moments *m, double x)
{
    double before = x - m->mean;
    m->n++;
    m->mean += before / (double)m->n;
    m->m2 += before * (x - m->mean);
}

void moments_merge(struct moments *into, const struct moments *from)
{
    if (from->n == 0) return;
    if (into->n == 0) {
        *into = *from;
        return;
    }
    double a = (double)into->n, b = (double)from->n, apart = from->mean - into->mean;
    into->mean += apart * (b / (a + b));
    into->m2 += from->m2 + apart * apart * (a * b / (a + b));
    into->n += from->n;
}

double moments_mean(const struct moments *m)
{
    return m->n ? m->mean : (double)NAN;
}

double moments_variance(const struct moments *m)
{
    return m->n < 2 ? (double)NAN : m->m2 / (double)(m->n - 1);
}

double moments_se(const struct moments *m)
{
    return m->n < 2 ? (double)NAN : sqrt(moments_variance(m) / (double)m->n);
}

void summary_share_interval(double hits, double n, double *low, double *high)
{
    double z2 = SUMMARY_Z95 * SUMMARY_Z95, share = hits / n, middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    double half = SUMMARY_Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    *low = hits > 0 ? middle - half : share; /* exactly zero, and below exactly one, which rounding would miss */
    *high = hits < n ? middle + half : share;
}

/* Between the order statistics at floor(h) and above; an infinite one is not mixed with a finite one below it. */
static double interpolate(double low, double high, double share)
{
    if (share <= 0 || low == high || isinf(low)) return low;
    return low + share * (high - low);
}

/* Splits the rank (n - 1) level into a whole and a share; a level outside 0..1 is taken to its end. */
static uint64_t rank_of(uint64_t n, double level, double *share)
{
    double rank = (double)(n - 1) * fmin(fmax(level, 0), 1);
    uint64_t whole = (uint64_t)rank;
    if (whole > n - 1) whole = n - 1;
    *share = whole == n - 1 ? 0 : rank - (double)whole;
    return whole;
}

double summary_quantile(const float *sorted, size_t n, double level)
{
    if (n == 0 || isnan(level)) return (double)NAN;
    double share;
    size_t low = (size_t)rank_of(n, level, &share);
    return interpolate((double)sorted[low], (double)sorted[low + (share > 0)], share);
}

#define TAIL 0.025      /* beyond each end of an interval */
#define WEIGHT_NONE 1e-20 /* of a number of hits, against the likeliest one: what is smaller adds nothing */

/* How many of n values lie below the quantile is binomial. Weights are relative to that of `mode` hits; each follows from its neighbour. */
struct binomial { uint64_t n, mode; double odds; };

static double weight_down(const struct binomial *b, double weight, uint64_t k) /* from that of k hits to that of k - 1 */
{
    return weight * (double)k / ((double)(b->n - k + 1) * b->odds);
}

static double weight_up(const struct binomial *b, double weight, uint64_t k) /* from k to k + 1 */
{
    return weight * (double)(b->n - k) * b->odds / (double)(k + 1);
}

static double sum_below(const struct binomial *b)
{
    double sum = 0, weight = 1;
    for (uint64_t k = b->mode; k > 0 && weight > WEIGHT_NONE; k--) sum += weight = weight_down(b, weight, k);
    return sum;
}

static double sum_above(const struct binomial *b)
{
    double sum = 0, weight = 1;
    for (uint64_t k = b->mode; k < b->n && weight > WEIGHT_NONE; k++) sum += weight = weight_up(b, weight, k);
    return sum;
}

bool summary_quantile_ranks(uint64_t n, double level, uint64_t *low, uint64_t *high)
{
    if (n == 0 || !(level > 0 && level < 1)) return false;
    const struct binomial b = {.n = n, .mode = (uint64_t)((double)n * level), .odds = level / (1 - level)};
    double below = sum_below(&b), above = sum_above(&b), tail = TAIL * (below + 1 + above), weight = 1;
    for (*low = b.mode; *low > 0 && below > tail; --*low) below -= weight = weight_down(&b, weight, *low);
    weight = 1;
    for (*high = b.mode + 1; *high <= n && above > tail; ++*high) above -= weight = weight_up(&b, weight, *high - 1);
    return *low > 0 && *high <= n;
}

static uint32_t key_of(float x)
{
    uint32_t bits;
    if (isnan(x)) return UINT32_MAX;
    memcpy(&bits, &x, sizeof bits);
    return bits >> 31 ? ~bits : bits | UINT32_C(0x80000000);
}

static float float_of(uint32_t key)
{
    float x;
    uint32_t bits = key >> 31 ? key & UINT32_C(0x7FFFFFFF) : ~key;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static int compare_floats(const void *left, const void *right)
{
    float a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    uint32_t x = key_of(a), y = key_of(b);
    return (x > y) - (x < y);
}

enum { DIGIT_BITS = 11, DIGITS = 3, DIGIT_VALUES = 1 << DIGIT_BITS };

/* One stable pass of counting sort by the digit at `shift`. */
static void sort_by_digit(const uint32_t *from, uint32_t *to, size_t n, unsigned shift)
{
    size_t start[DIGIT_VALUES + 1] = {0};
    for (size_t i = 0; i < n; i++) start[(from[i] >> shift & (DIGIT_VALUES - 1)) + 1]++;
    for (size_t d = 0; d < DIGIT_VALUES; d++) start[d + 1] += start[d];
    for (size_t i = 0; i < n; i++) to[start[from[i] >> shift & (DIGIT_VALUES - 1)]++] = from[i];
}

void summary_sort(float *values, size_t n)
{
    if (n < 2 || memcmp(values, values + 1, (n - 1) * sizeof *values) == 0) return; /* all the same: columns of what did not happen */
    uint32_t *keys = n < DIGIT_VALUES / 8 ? NULL : memory_array(n, 2 * sizeof *keys);
    if (!keys) { /* few values, or no memory for the other side of the passes */
        qsort(values, n, sizeof *values, compare_floats);
        return;
    }
    uint32_t *from = keys, *to = keys + n;
    for (size_t i = 0; i < n; i++) from[i] = key_of(values[i]);
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        sort_by_digit(from, to, n, digit * DIGIT_BITS);
        uint32_t *other = from;
        from = to;
        to = other;
    }
    for (size_t i = 0; i < n; i++) values[i] = float_of(from[i]);
    memory_free(keys);
}

/* A value goes to the nearest number with 16 bits, so that 0, 1 and small whole numbers stay exact and others move by 2^-8 at most. */
static size_t bin_of(float x)
{
    uint32_t bits;
    if (isnan(x)) return HISTOGRAM_BINS - 1;
    memcpy(&bits, &x, sizeof bits);
    if (!isinf(x)) bits += UINT32_C(0x8000);
    if (!isinf(x) && (bits & UINT32_C(0x7F800000)) == UINT32_C(0x7F800000)) bits -= UINT32_C(0x10000); /* finite stays finite */
    bits &= UINT32_C(0xFFFF0000);
    if (bits == UINT32_C(0x80000000)) bits = 0; /* minus zero is zero */
    return (bits >> 31 ? ~bits & UINT32_C(0xFFFF0000) : bits | UINT32_C(0x80000000)) >> 16;
}

static double value_of_bin(size_t bin)
{
    uint32_t key = (uint32_t)bin << 16;
    return (double)float_of(key >> 31 ? key : key | UINT32_C(0xFFFF));
}

static uint32_t add_counts(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

void histogram_add(struct histogram *h, float x)
{
    size_t bin = bin_of(x);
    h->count[bin] = add_counts(h->count[bin], 1);
    h->n++;
}

void histogram_merge(struct histogram *into, const struct histogram *from)
{
    for (size_t bin = 0; bin < HISTOGRAM_BINS; bin++) into->count[bin] = add_counts(into->count[bin], from->count[bin]);
    into->n += from->n;
}

/* The bin after `bin` that holds something; `bin` itself when there is none. */
static size_t next_bin(const struct histogram *h, size_t bin)
{
    for (size_t next = bin + 1; next < HISTOGRAM_BINS; next++)
        if (h->count[next]) return next;
    return bin;
}

double histogram_quantile(const struct histogram *h, double level)
{
    if (h->n == 0 || isnan(level)) return (double)NAN;
    double share;
    uint64_t rank = rank_of(h->n, level, &share), below = 0;
    size_t bin = 0, last = 0;
    for (; bin < HISTOGRAM_BINS; bin++) {
        if (h->count[bin]) last = bin;
        below += h->count[bin];
        if (below > rank) break;
    }
    size_t high = below > rank + 1 ? last : next_bin(h, last);
    return interpolate(value_of_bin(last), value_of_bin(high), share);
}

/* Half-way to the next bin, which is where values are rounded to another one. */
static double edge_of_bin(size_t bin, bool upper)
{
    double value = value_of_bin(bin), next = value_of_bin(upper ? bin + 1 : bin - 1);
    double edge = isfinite(value) && isfinite(next) ? value + (next - value) / 2 : value;
    return fabs(edge) < (double)FLT_MIN ? 0 : edge;
}

double histogram_edge(const struct histogram *h, uint64_t rank, bool upper)
{
    uint64_t below = 0;
    for (size_t bin = 0; rank > 0 && bin < HISTOGRAM_BINS; bin++) {
        below += h->count[bin];
        if (below >= rank) return bin > 0 && bin + 1 < HISTOGRAM_BINS ? edge_of_bin(bin, upper) : value_of_bin(bin);
    }
    return (double)NAN;
}
