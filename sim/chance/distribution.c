/* distribution.c: distributions in double, by GSL */
#include "chance/distribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/error.h"
#include "base/memory.h"

#define P90_SCORE 1.2815515655446004 /* Phi^-1(0.9) */
#define LARGEST 1e15                 /* of a value: its square is finite in float */
#define LOGNORMAL_RATIO 1e6          /* of P90 to P10, at most */
#define GAMMA_SHAPE 1e5              /* at most; above it is a normal to every digit that is drawn */
#define SUM_TOLERANCE 1e-6           /* of probabilities: what rounding in a file leaves */

static const char *const words[DISTRIBUTION_KINDS] = {
#define X(name, word) word,
    DISTRIBUTIONS(X)
#undef X
};

int distribution_kind_find(const char *word)
{
    for (int kind = 0; kind < DISTRIBUTION_KINDS; kind++)
        if (!strcmp(word, words[kind])) return kind;
    return -1;
}

static int refuse(struct orgsim_where *where, const char *todo, const char *what, double value)
{
    return error_set(where, ORGSIM_ERROR_SCENARIO, NULL, 0, 0, todo, what, value);
}

static int check_order(double low, double mode, double high, struct orgsim_where *where)
{
    const double all[] = {low, mode, high};
    for (size_t i = 0; i < 3; i++)
        if (!(fabs(all[i]) <= LARGEST))
            return refuse(where, "give numbers below 1e15", "%g cannot be the low, mode or high of a distribution", all[i]);
    if (!(low <= mode)) return refuse(where, "order them low <= mode <= high", "the mode is below the low value %g", low);
    if (!(mode <= high)) return refuse(where, "order them low <= mode <= high", "the high value is below the mode %g", mode);
    return 0;
}

static int set_lognormal(struct distribution *d, double low, double high, struct orgsim_where *where)
{
    if (!(low > 0)) return refuse(where, "give a low value above 0, or use pert", "a lognormal distribution cannot have %g as its P10", low);
    if (high > low * LOGNORMAL_RATIO)
        return refuse(where, "narrow the range", "a lognormal P90 is %g times its P10, above a million", high / low);
    d->a = 0.5 * (log(low) + log(high));
    d->b = (log(high) - log(low)) / (2 * P90_SCORE);
    return 0;
}

static int set_normal(struct distribution *d, double low, double mode, double high, struct orgsim_where *where)
{
    if (fabs(low + high - 2 * mode) > 1e-6 * (high - low))
        return refuse(where, "put the mode midway between low and high, or use lognormal, pert or triangular",
                      "a normal distribution is symmetric: its middle would be %g", 0.5 * (low + high));
    d->a = mode;
    d->b = (high - low) / (2 * P90_SCORE);
    return 0;
}

static int set_gamma(struct distribution *d, double mean, double sd, double low, struct orgsim_where *where)
{
    if (!(low >= 0)) return refuse(where, "give a low value of 0 or more", "a gamma distribution cannot reach %g", low);
    d->a = mean / sd * (mean / sd);
    d->b = sd * (sd / mean);
    if (d->a > GAMMA_SHAPE)
        return refuse(where, "use normal for so narrow a range", "a gamma distribution of shape %g has no shape of its own", d->a);
    return 0;
}

static void set_beta(struct distribution *d, double low, double high, double mean, double sd)
{
    double share = (mean - low) / (high - low), spread = sd / (high - low);
    double sum = share * (1 - share) / (spread * spread) - 1;
    d->a = share * sum;
    d->b = (1 - share) * sum;
    d->c = low;
    d->d = high;
}

int distribution_three_point(struct distribution *d, enum distribution_kind kind, double low, double mode, double high, struct orgsim_where *where)
{
    *d = (struct distribution){.kind = DISTRIBUTION_CONSTANT, .a = mode};
    if (kind == DISTRIBUTION_CONSTANT) {
        if (fabs(mode) <= LARGEST) return 0;
        return refuse(where, "give a number below 1e15", "%g cannot be a constant", mode);
    }
    int status = check_order(low, mode, high, where);
    if (status || low == high) return status;
    double mean = (low + 4 * mode + high) / 6, sd = (high - low) / 6;
    struct distribution made = {.kind = kind};
    switch (kind) {
    case DISTRIBUTION_UNIFORM: made.a = low, made.b = high; break;
    case DISTRIBUTION_TRIANGULAR:
    case DISTRIBUTION_PERT: made.a = low, made.b = mode, made.c = high; break;
    case DISTRIBUTION_NORMAL: status = set_normal(&made, low, mode, high, where); break;
    case DISTRIBUTION_LOGNORMAL: status = set_lognormal(&made, low, high, where); break;
    case DISTRIBUTION_EXPONENTIAL:
        if (low == mode) return refuse(where, "give a mode above the low value", "an exponential distribution from %g has its mean there", low);
        made.a = low, made.b = mode - low;
        break;
    case DISTRIBUTION_GAMMA: status = set_gamma(&made, mean, sd, low, where); break;
    case DISTRIBUTION_BETA: set_beta(&made, low, high, mean, sd); break;
    default:
        return error_set(where, ORGSIM_ERROR_SCENARIO, NULL, 0, 0, "use pert, triangular, lognormal or another of the three-point kinds",
                         "low, mode and high do not make a distribution of this kind");
    }
    if (!status) *d = made;
    return status;
}

struct weighted { double value, weight; };

static int compare_values(const void *a, const void *b)
{
    double x = ((const struct weighted *)a)->value, y = ((const struct weighted *)b)->value;
    return (x > y) - (x < y);
}

static int check_points(const double *value, const double *probability, size_t n, struct orgsim_where *where)
{
    double sum = 0;
    if (n == 0) return error_set(where, ORGSIM_ERROR_SCENARIO, NULL, 0, 0, "give at least one value", "a distribution needs values and has none");
    for (size_t i = 0; i < n; i++) {
        if (!(fabs(value[i]) <= LARGEST)) return refuse(where, "give numbers below 1e15", "%g cannot be a value of a distribution", value[i]);
        if (!probability) continue;
        if (!(probability[i] >= 0 && probability[i] <= 1))
            return refuse(where, "give probabilities from 0 to 1", "%g is not a probability", probability[i]);
        sum += probability[i];
    }
    if (probability && !(fabs(sum - 1) <= SUM_TOLERANCE))
        return refuse(where, "make the probabilities sum to 1", "the probabilities sum to %.7g", sum);
    return 0;
}

/* Sorts by value and makes the weights cumulative, the last one exactly 1. */
static void accumulate(struct distribution *d, struct weighted *points)
{
    double sum = 0;
    qsort(points, d->n, sizeof *points, compare_values);
    for (size_t i = 0; i < d->n; i++) {
        sum += points[i].weight;
        d->value[i] = points[i].value;
        if (d->weight) d->weight[i] = sum;
    }
    for (size_t i = 0; d->weight && i < d->n; i++) d->weight[i] = d->weight[i] < sum ? d->weight[i] / sum : 1;
}

int distribution_points(struct distribution *d, enum distribution_kind kind, const double *value, const double *probability, size_t n,
                        struct orgsim_where *where)
{
    *d = (struct distribution){.kind = DISTRIBUTION_CONSTANT};
    bool discrete = kind == DISTRIBUTION_DISCRETE;
    if ((!discrete && kind != DISTRIBUTION_EMPIRICAL) || (discrete && !probability))
        return error_set(where, ORGSIM_ERROR_SCENARIO, NULL, 0, 0, "use discrete with values and probabilities, or empirical with values",
                         "points do not make a distribution of this kind");
    int status = check_points(value, discrete ? probability : NULL, n, where);
    if (status) return status;
    struct weighted *points = memory_array(n, sizeof *points);
    d->value = memory_array(n, sizeof *d->value);
    if (discrete) d->weight = memory_array(n, sizeof *d->weight);
    if (!points || !d->value || (discrete && !d->weight)) {
        distribution_free(d);
        status = error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
        goto out;
    }
    d->kind = kind;
    d->n = n;
    for (size_t i = 0; i < n; i++) points[i] = (struct weighted){value[i], discrete ? probability[i] : 0};
    accumulate(d, points);
out:
    memory_free(points);
    return status;
}

void distribution_free(struct distribution *d)
{
    memory_free(d->value);
    memory_free(d->weight);
    *d = (struct distribution){.kind = DISTRIBUTION_CONSTANT};
}

static double point_weight(const struct distribution *d, size_t i)
{
    if (d->kind == DISTRIBUTION_EMPIRICAL) return 1 / (double)d->n;
    return i ? d->weight[i] - d->weight[i - 1] : d->weight[0];
}

static double points_mean(const struct distribution *d)
{
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) sum += point_weight(d, i) * d->value[i];
    return sum;
}

static double points_sd(const struct distribution *d)
{
    double mean = points_mean(d), sum = 0;
    for (size_t i = 0; i < d->n; i++) sum += point_weight(d, i) * (d->value[i] - mean) * (d->value[i] - mean);
    return sqrt(sum);
}

double distribution_mean(const struct distribution *d)
{
    switch (d->kind) {
    case DISTRIBUTION_UNIFORM: return 0.5 * (d->a + d->b);
    case DISTRIBUTION_TRIANGULAR: return (d->a + d->b + d->c) / 3;
    case DISTRIBUTION_PERT: return (d->a + 4 * d->b + d->c) / 6;
    case DISTRIBUTION_LOGNORMAL: return exp(d->a + 0.5 * d->b * d->b);
    case DISTRIBUTION_EXPONENTIAL: return d->a + d->b;
    case DISTRIBUTION_GAMMA: return d->a * d->b;
    case DISTRIBUTION_BETA: return d->c + (d->d - d->c) * d->a / (d->a + d->b);
    case DISTRIBUTION_DISCRETE:
    case DISTRIBUTION_EMPIRICAL: return points_mean(d);
    default: return d->a; /* CONSTANT, NORMAL */
    }
}

double distribution_sd(const struct distribution *d)
{
    double a = d->a, b = d->b, c = d->c, width = d->d - d->c, sum = a + b;
    switch (d->kind) {
    case DISTRIBUTION_UNIFORM: return (b - a) / sqrt(12);
    case DISTRIBUTION_TRIANGULAR: return sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18);
    case DISTRIBUTION_PERT: return sqrt((4 * b + c - 5 * a) * (5 * c - 4 * b - a) / 252);
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_EXPONENTIAL: return b;
    case DISTRIBUTION_LOGNORMAL: return exp(a + 0.5 * b * b) * sqrt(expm1(b * b));
    case DISTRIBUTION_GAMMA: return sqrt(a) * b;
    case DISTRIBUTION_BETA: return width * sqrt(a * b / (sum + 1)) / sum;
    case DISTRIBUTION_DISCRETE:
    case DISTRIBUTION_EMPIRICAL: return points_sd(d);
    default: return 0;
    }
}

size_t distribution_point(const struct distribution *d, double u)
{
    if (d->kind == DISTRIBUTION_EMPIRICAL) {
        double place = ceil(u * (double)d->n) - 1;
        return place <= 0 ? 0 : place >= (double)d->n ? d->n - 1 : (size_t)place;
    }
    size_t low = 0, high = d->n - 1; /* the first point whose cumulative weight reaches u lies in low..high */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u <= d->weight[middle]) high = middle;
        else low = middle + 1;
    }
    return low;
}

/* Beta variate of a tail, from the end where it is near 0: GSL keeps all digits there. */
static double beta_quantile(double alpha, double beta, double low, double high, double tail, bool upper)
{
    return upper ? high - (high - low) * gsl_cdf_beta_Pinv(tail, beta, alpha) : low + (high - low) * gsl_cdf_beta_Pinv(tail, alpha, beta);
}

static double triangular_quantile(double low, double mode, double high, double tail, bool upper)
{
    double split = (mode - low) / (high - low), below = upper ? 1 - tail : tail, above = upper ? tail : 1 - tail;
    if (below < split) return low + sqrt(below * (high - low) * (mode - low));
    return high - sqrt(above * (high - low) * (high - mode));
}

static double tail_quantile(const struct distribution *d, double tail, bool upper)
{
    double a = d->a, b = d->b;
    switch (d->kind) {
    case DISTRIBUTION_UNIFORM: return upper ? b - (b - a) * tail : a + (b - a) * tail;
    case DISTRIBUTION_TRIANGULAR: return triangular_quantile(a, b, d->c, tail, upper);
    case DISTRIBUTION_PERT: return beta_quantile(1 + 4 * (b - a) / (d->c - a), 1 + 4 * (d->c - b) / (d->c - a), a, d->c, tail, upper);
    case DISTRIBUTION_BETA: return beta_quantile(a, b, d->c, d->d, tail, upper);
    case DISTRIBUTION_NORMAL: return a + (upper ? gsl_cdf_gaussian_Qinv(tail, b) : gsl_cdf_gaussian_Pinv(tail, b));
    case DISTRIBUTION_LOGNORMAL: return upper ? gsl_cdf_lognormal_Qinv(tail, a, b) : gsl_cdf_lognormal_Pinv(tail, a, b);
    case DISTRIBUTION_EXPONENTIAL: return a + (upper ? gsl_cdf_exponential_Qinv(tail, b) : gsl_cdf_exponential_Pinv(tail, b));
    case DISTRIBUTION_GAMMA: return upper ? gsl_cdf_gamma_Qinv(tail, a, b) : gsl_cdf_gamma_Pinv(tail, a, b);
    case DISTRIBUTION_DISCRETE:
    case DISTRIBUTION_EMPIRICAL: return d->value[distribution_point(d, upper ? 1 - tail : tail)];
    default: return a;
    }
}

double distribution_quantile(const struct distribution *d, double u)
{
    return tail_quantile(d, u, false);
}

double distribution_upper_quantile(const struct distribution *d, double above)
{
    return tail_quantile(d, above, true);
}

void distribution_scale(struct distribution *d, double factor)
{
    switch (d->kind) {
    case DISTRIBUTION_LOGNORMAL: d->a += log(factor); break;
    case DISTRIBUTION_GAMMA: d->b *= factor; break;
    case DISTRIBUTION_BETA: d->c *= factor, d->d *= factor; break;
    case DISTRIBUTION_DISCRETE:
    case DISTRIBUTION_EMPIRICAL:
        for (size_t i = 0; i < d->n; i++) d->value[i] *= factor;
        break;
    default: d->a *= factor, d->b *= factor, d->c *= factor;
    }
}
