/* crossing.c: secants on a curve of measured means, and its two bounds */
#include "study/crossing.h"

#include <math.h>

#define STEPS_MOST 6 /* of one root, beyond the points that are known: most curves are nearly straight */
#define CLOSE 0.1    /* a root is found where the curve is this near to zero, in standard errors */

static struct orgsim_estimate estimate(double mean, double se) { return (struct orgsim_estimate){mean, mean - SUMMARY_Z95 * se, mean + SUMMARY_Z95 * se}; }

struct orgsim_estimate crossing_estimate(const struct moments *m) { return estimate(moments_mean(m), moments_se(m)); }

static const struct crossing_point *point_at(const struct crossing_curve *curve, double x)
{
    for (size_t k = 0; k < curve->n; k++)
        if (curve->point[k].x == x) return &curve->point[k];
    return NULL;
}

void crossing_know(struct crossing_curve *curve, double x, const struct moments *difference)
{
    if (curve->n == CROSSING_POINTS_MOST || point_at(curve, x)) return;
    size_t at = curve->n++;
    for (; at > 0 && curve->point[at - 1].x > x; at--) curve->point[at] = curve->point[at - 1];
    curve->point[at] = (struct crossing_point){x, moments_mean(difference), moments_se(difference)};
}

static int add(struct crossing_curve *curve, double x)
{
    struct moments difference = {0};
    if (curve->n == CROSSING_POINTS_MOST || point_at(curve, x)) return 0;
    int status = curve->measure(curve->context, x, &difference);
    if (!status) crossing_know(curve, x, &difference);
    return status;
}

static double height(const struct crossing_point *point, double z) { return point->mean + z * point->se; }

/* First pair of neighbours inside low..high between which mean + z se changes its sign; NULL: none. */
static const struct crossing_point *bracket(const struct crossing_curve *curve, double z, double low, double high)
{
    for (size_t k = 0; k + 1 < curve->n; k++) {
        const struct crossing_point *p = &curve->point[k];
        if (p->x >= low && p[1].x <= high && (height(p, z) > 0) != (height(p + 1, z) > 0)) return p;
    }
    return NULL;
}

static double interpolated(const struct crossing_point *p, double z)
{
    double left = height(p, z), right = height(p + 1, z);
    return p->x + (p[1].x - p->x) * left / (left - right);
}

/* The whole numbers on both sides of where mean + z se crosses zero, by bisection; *value: the one at which it is above zero. */
static int root_whole(struct crossing_curve *curve, double z, double low, double high, double *value)
{
    const struct crossing_point *p = bracket(curve, z, low, high);
    int status = 0;
    while (p && p[1].x - p->x > 1 && curve->n < CROSSING_POINTS_MOST && !status) {
        status = add(curve, floor((p->x + p[1].x) / 2));
        if (!status) p = bracket(curve, z, low, high);
    }
    *value = !p || status ? (double)NAN : height(p, z) > 0 ? p->x : p[1].x;
    return status;
}

/* Where mean + z se crosses zero: secants inside the bracket, and a bisection when they are slow. */
static int root(struct crossing_curve *curve, double z, double low, double high, double *value)
{
    if (curve->whole) return root_whole(curve, z, low, high, value);
    const struct crossing_point *p = bracket(curve, z, low, high);
    int status = 0;
    for (int step = 0; p && step < STEPS_MOST && !status; step++) {
        double x = step % 3 == 2 ? (p->x + p[1].x) / 2 : interpolated(p, z);
        bool narrow = p[1].x - p->x < (high - low) / 1024;
        if (narrow || fabs(height(p, z)) < CLOSE * p->se || fabs(height(p + 1, z)) < CLOSE * p[1].se) break;
        status = add(curve, (double)(float)x); /* in the precision of the lanes */
        if (!status) p = bracket(curve, z, low, high);
    }
    *value = p && !status ? interpolated(p, z) : (double)NAN;
    return status;
}

static enum orgsim_break_even_state state_of(double at_low, double at_high)
{
    if (at_low > 0) return at_high > 0 ? ORGSIM_BREAK_EVEN_ALWAYS : ORGSIM_BREAK_EVEN_CROSSES;
    return at_high > 0 ? ORGSIM_BREAK_EVEN_REVERSED : ORGSIM_BREAK_EVEN_NEVER;
}

/* An end of the interval: where the bound that is z standard errors from the mean crosses zero, or `end` of the range if it never does. */
static int interval_end(struct crossing_curve *curve, const struct orgsim_break_even *b, double z, double end, double *value, int *open)
{
    bool below = end < b->value;
    int status = root(curve, z, b->low, b->high, value);
    if (!status && (below ? *value > b->value : *value < b->value)) { /* of another crossing: look on the right side of this one */
        double middle = (double)(float)b->value;
        status = add(curve, middle);
        if (!status) status = root(curve, z, below ? b->low : middle, below ? middle : b->high, value);
        if (below ? *value > b->value : *value < b->value) *value = b->value; /* by less than the lanes' precision */
    }
    *open = isnan(*value);
    if (*open) *value = end;
    return status;
}

int crossing_find(struct crossing_curve *curve, double low, double high, struct orgsim_break_even *b)
{
    b->low = low;
    b->high = high;
    b->value = b->ci_low = b->ci_high = (double)NAN;
    b->open_low = b->open_high = 0;
    int status = add(curve, low);
    if (!status) status = add(curve, high);
    if (status) return status;
    const struct crossing_point *at_low = point_at(curve, low), *at_high = point_at(curve, high);
    b->at_low = estimate(at_low->mean, at_low->se);
    b->at_high = estimate(at_high->mean, at_high->se);
    b->state = state_of(b->at_low.mean, b->at_high.mean);
    if (b->state == ORGSIM_BREAK_EVEN_NEVER || b->state == ORGSIM_BREAK_EVEN_ALWAYS) return 0;
    double z = b->state == ORGSIM_BREAK_EVEN_CROSSES ? -SUMMARY_Z95 : SUMMARY_Z95;
    status = root(curve, 0, low, high, &b->value);
    if (!status) status = interval_end(curve, b, z, low, &b->ci_low, &b->open_low);
    if (!status) status = interval_end(curve, b, -z, high, &b->ci_high, &b->open_high);
    return status;
}
