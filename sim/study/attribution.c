/* attribution.c: the headline organisation with each lever off, and the h_seat at which it stops paying
 *
 * Everything is paired by world, on the first worlds of the run, so that a difference of a thousand worlds is as sharp as it can be.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <orgsim/attribution.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/summary.h"
#include "study/arms.h"
#include "study/live.h"

#define Z95 1.959963984540054
#define LIVES_MOST (ORGSIM_LEVER_COUNT + 3) /* baseline, headline, all levers off, each lever off */
#define POINTS_MOST 32
#define STEPS_MOST 6   /* of one root, beyond the points that are known: the difference is nearly straight in h_seat */
#define CLOSE 0.1      /* a root is found where the curve is this near to zero, in standard errors */

enum { BASELINE, HEADLINE, ALL_OFF, LEVER_OFF }; /* places among the lives */

struct study {
    const struct orgsim_run_options *options;
    const struct kernel *kernel;
    struct program program;
    struct arms arms;
    struct pool *pool;
    uint64_t worlds;
};

/* Net value of life 1, the headline organisation, less that of each life. */
struct pairs {
    size_t n;
    struct moments difference[LIVES_MOST];
    bool differs[LIVES_MOST];
};

struct point { double h_seat, mean, se; };

struct curve {
    struct study *study;
    struct point point[POINTS_MOST]; /* ascending h_seat */
    size_t n;
};

static int take_block(void *context, const struct live_block *block)
{
    struct pairs *pairs = context;
    const float *headline = block->values + (HEADLINE * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * block->worlds;
    for (size_t k = 0; k < pairs->n; k++) {
        const float *npv = block->values + (k * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * block->worlds;
        for (size_t w = 0; w < block->worlds; w++) {
            moments_add(&pairs->difference[k], (double)headline[w] - (double)npv[w]);
            pairs->differs[k] |= headline[w] != npv[w];
        }
    }
    return 0;
}

static int live_pairs(struct study *s, const struct program *program, const struct organisation *lives, size_t n, struct pairs *pairs)
{
    uint64_t lived = 0;
    *pairs = (struct pairs){.n = n};
    struct live_job job = {.program = program, .kernel = s->kernel, .organisations = lives, .n_organisations = n, .seed = s->options->seed,
                           .worlds = s->worlds, .stop = s->options->stop, .context = pairs, .block = take_block};
    int status = live_run(s->pool, &job, &lived);
    return status ? status : lived < s->worlds ? ORGSIM_ERROR_INTERRUPTED : 0;
}

static struct orgsim_estimate estimate(double mean, double se)
{
    return (struct orgsim_estimate){mean, mean - Z95 * se, mean + Z95 * se};
}

static struct orgsim_estimate pair_estimate(const struct moments *m) { return estimate(moments_mean(m), moments_se(m)); }

/* --- levers ------------------------------------------------------------------------------------------------------------------------- */

static struct orgsim_contribution contribution(const struct pairs *pairs, size_t life, bool off)
{
    struct orgsim_contribution c = {.npv_k = pair_estimate(&pairs->difference[life])};
    c.state = off                                            ? ORGSIM_CONTRIBUTION_OFF
              : !pairs->differs[life]                        ? ORGSIM_CONTRIBUTION_NOWHERE
              : c.npv_k.ci_low <= 0 && c.npv_k.ci_high >= 0 ? ORGSIM_CONTRIBUTION_UNSEEN
                                                             : ORGSIM_CONTRIBUTION_SEEN;
    return c;
}

/* A life without a lever is the organisation itself, placement of engineers and all, but for that one factor: a borrowing copy. */
static int levers_study(struct study *s, struct orgsim_attribution *a, struct point *present)
{
    struct organisation *lives = memory_array(LIVES_MOST, sizeof *lives);
    struct pairs pairs;
    if (!lives) return ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < LIVES_MOST; k++) lives[k] = s->arms.organisations[k == BASELINE ? BASELINE : HEADLINE];
    for (size_t l = 0; l < ORGSIM_LEVER_COUNT; l++) lives[ALL_OFF].lever[l] = lives[LEVER_OFF + l].lever[l] = 0;
    int status = live_pairs(s, &s->program, lives, LIVES_MOST, &pairs);
    if (status) goto out;
    for (size_t l = 0; l < ORGSIM_LEVER_COUNT; l++) a->lever[l] = contribution(&pairs, LEVER_OFF + l, s->options->levers_off >> l & 1);
    a->together = pair_estimate(&pairs.difference[ALL_OFF]);
    *present = (struct point){s->program.a.h_seat, moments_mean(&pairs.difference[BASELINE]), moments_se(&pairs.difference[BASELINE])};
out:
    memory_free(lives);
    return status;
}

/* --- break-even --------------------------------------------------------------------------------------------------------------------- */

static void curve_insert(struct curve *curve, struct point point)
{
    size_t at = curve->n++;
    for (; at > 0 && curve->point[at - 1].h_seat > point.h_seat; at--) curve->point[at] = curve->point[at - 1];
    curve->point[at] = point;
}

/* The program is what it was but for one number that the lanes read, so a borrowing copy will do. */
static int curve_add(struct curve *curve, double h_seat)
{
    struct program program = curve->study->program;
    struct pairs pairs;
    for (size_t k = 0; k < curve->n; k++)
        if (curve->point[k].h_seat == h_seat) return 0;
    if (curve->n == POINTS_MOST) return 0;
    program.a.h_seat = (float)h_seat;
    int status = live_pairs(curve->study, &program, curve->study->arms.organisations, 2, &pairs);
    if (!status) curve_insert(curve, (struct point){h_seat, moments_mean(&pairs.difference[BASELINE]), moments_se(&pairs.difference[BASELINE])});
    return status;
}

static const struct point *curve_at(const struct curve *curve, double h_seat)
{
    for (size_t k = 0; k < curve->n; k++)
        if (curve->point[k].h_seat == h_seat) return &curve->point[k];
    return NULL;
}

static double height(const struct point *point, double z) { return point->mean + z * point->se; }

/* First pair of neighbours inside low..high between which mean + z se changes its sign; NULL: none. */
static const struct point *bracket(const struct curve *curve, double z, double low, double high)
{
    for (size_t k = 0; k + 1 < curve->n; k++) {
        const struct point *p = &curve->point[k];
        if (p->h_seat >= low && p[1].h_seat <= high && (height(p, z) > 0) != (height(p + 1, z) > 0)) return p;
    }
    return NULL;
}

static double interpolated(const struct point *p, double z)
{
    double left = height(p, z), right = height(p + 1, z);
    return p->h_seat + (p[1].h_seat - p->h_seat) * left / (left - right);
}

/* Where mean + z se crosses zero: secants inside the bracket, and a bisection when they are slow. */
static int root(struct curve *curve, double z, double low, double high, double *value)
{
    const struct point *p = bracket(curve, z, low, high);
    int status = 0;
    for (int step = 0; p && step < STEPS_MOST && !status; step++) {
        double h = step % 3 == 2 ? (p->h_seat + p[1].h_seat) / 2 : interpolated(p, z);
        bool narrow = p[1].h_seat - p->h_seat < (high - low) / 1024;
        if (narrow || fabs(height(p, z)) < CLOSE * p->se || fabs(height(p + 1, z)) < CLOSE * p[1].se) break;
        status = curve_add(curve, (double)(float)h);
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
static int interval_end(struct curve *curve, const struct orgsim_break_even *b, double z, double end, double *value, int *open)
{
    int status = root(curve, z, b->low, b->high, value);
    *open = isnan(*value);
    if (*open) *value = end;
    return status;
}

static int break_even_study(struct study *s, struct orgsim_break_even *b, const struct point *present)
{
    const struct assumption_info *info = &assumption_table[ASSUMPTION_h_seat];
    struct curve curve = {.study = s};
    curve_insert(&curve, *present);
    *b = (struct orgsim_break_even){.low = info->low, .high = info->high, .present = assumptions_get(&s->program.scenario->assumptions, ASSUMPTION_h_seat),
                                    .at_present = estimate(present->mean, present->se), .value = (double)NAN, .ci_low = (double)NAN, .ci_high = (double)NAN};
    int status = curve_add(&curve, b->low);
    if (!status) status = curve_add(&curve, b->high);
    if (status) return status;
    const struct point *at_low = curve_at(&curve, b->low), *at_high = curve_at(&curve, b->high);
    b->at_low = estimate(at_low->mean, at_low->se);
    b->at_high = estimate(at_high->mean, at_high->se);
    b->state = state_of(b->at_low.mean, b->at_high.mean);
    if (b->state == ORGSIM_BREAK_EVEN_NEVER || b->state == ORGSIM_BREAK_EVEN_ALWAYS) return 0;
    double z = b->state == ORGSIM_BREAK_EVEN_CROSSES ? -Z95 : Z95;
    status = root(&curve, 0, b->low, b->high, &b->value);
    if (!status) status = interval_end(&curve, b, z, b->low, &b->ci_low, &b->open_low);
    if (!status) status = interval_end(&curve, b, -z, b->high, &b->ci_high, &b->open_high);
    return status;
}

/* --- both --------------------------------------------------------------------------------------------------------------------------- */

static bool has_delivery_seat(const struct scenario_arm *arm)
{
    for (size_t q = 0; q < arm->n_seats; q++)
        if (arm->seats[q].role != ROLE_PM) return true;
    return false;
}

static bool is_lived(const struct orgsim_run_options *o, size_t arm)
{
    for (size_t a = 0; o->arms && a < o->n_arms; a++)
        if (o->arms[a] == arm) return true;
    return !o->arms;
}

static bool anything_to_study(const struct orgsim_scenario *s, const struct orgsim_run_options *o, uint64_t worlds)
{
    size_t headline = s->settings.headline_arm;
    return worlds >= 2 && !o->frictionless && headline < s->n_arms && headline != o->baseline && is_lived(o, headline) &&
           has_delivery_seat(&s->arms[headline]);
}

static int study_create(struct study *s, const struct orgsim_scenario *scenario, const struct orgsim_run_options *pair, struct orgsim_where *where)
{
    s->kernel = kernel_find(pair->isa);
    if (!s->kernel)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose scalar", "instruction set \"%s\" is not known or not supported by this processor", pair->isa);
    int status = program_create(&s->program, scenario, pair, where);
    if (!status) status = pool_create(&s->pool, pair->threads);
    if (!status) status = arms_create(&s->arms, &s->program, s->kernel, s->pool, pair, where);
    return status;
}

static void study_free(struct study *s)
{
    arms_free(&s->arms);
    pool_free(s->pool);
    program_free(&s->program);
}

int orgsim_attribution(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, uint64_t worlds,
                       struct orgsim_attribution *attribution, struct orgsim_where *where)
{
    if (worlds == 0) worlds = ORGSIM_ATTRIBUTION_WORLDS;
    if (worlds > options->worlds) worlds = options->worlds;
    memset(attribution, 0, sizeof *attribution);
    if (!anything_to_study(scenario, options, worlds)) return 0;

    const size_t both[] = {[BASELINE] = options->baseline, [HEADLINE] = scenario->settings.headline_arm};
    struct orgsim_run_options pair = *options;
    pair.arms = both;
    pair.n_arms = 2;
    struct study s = {.options = &pair, .worlds = worlds};
    struct point present;
    int status = study_create(&s, scenario, &pair, where);
    if (!status) status = levers_study(&s, attribution, &present);
    if (!status) status = break_even_study(&s, &attribution->h_seat, &present);
    if (!status) attribution->worlds = worlds;
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, scenario->path, 0, 0, "leave it out with --no-attribution", "out of memory");
    study_free(&s);
    return status;
}
