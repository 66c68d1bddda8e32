/* attribution.c: the headline organisation with each lever off, the h_seat at which it stops paying, and what contrary research leaves of it
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
#include "study/crossing.h"
#include "study/share.h"

#define LIVES_MOST (ORGSIM_LEVER_COUNT + 3) /* baseline, headline, all levers off, each lever off */

enum { BASELINE, HEADLINE, ALL_OFF, LEVER_OFF }; /* places among the lives */

struct study {
    const struct orgsim_run_options *options;
    const struct kernel *kernel;
    struct program program;
    struct arms arms;
    struct pool *pool;
    uint64_t worlds;
    struct orgsim_where *where;
};

/* Net value of life 1, the headline organisation, less that of each life. */
struct pairs {
    size_t n;
    struct moments difference[LIVES_MOST];
    bool differs[LIVES_MOST];
};

/* Differences of a block, [life][ORGSIM_BLOCK_WORLDS]. */
static void keep(void *context, const struct live_block *block, void *kept)
{
    const struct pairs *pairs = context;
    double *difference = kept;
    const float *headline = block->values + (HEADLINE * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * block->worlds;
    for (size_t k = 0; k < pairs->n; k++, difference += ORGSIM_BLOCK_WORLDS) {
        const float *npv = block->values + (k * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * block->worlds;
        for (size_t w = 0; w < block->worlds; w++) difference[w] = (double)headline[w] - (double)npv[w];
    }
}

static int take(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    struct pairs *pairs = context;
    const double *difference = kept;
    (void)first_world;
    for (size_t k = 0; k < pairs->n; k++, difference += ORGSIM_BLOCK_WORLDS)
        for (size_t w = 0; w < worlds; w++) {
            moments_add(&pairs->difference[k], difference[w]);
            pairs->differs[k] |= difference[w] != 0;
        }
    return 0;
}

static int live_pairs(struct study *s, const struct program *program, const struct organisation *lives, size_t n, struct pairs *pairs)
{
    *pairs = (struct pairs){.n = n};
    const struct live_job job = {.program = program, .kernel = s->kernel, .organisations = lives, .n_organisations = n, .seed = s->options->seed,
                                 .worlds = s->worlds, .stop = s->options->stop};
    const struct share share = {.bytes = n * ORGSIM_BLOCK_WORLDS * sizeof(double), .context = pairs, .keep = keep, .take = take};
    return share_live(&share, s->pool, &job, s->options, 0, s->where);
}

/* --- levers ------------------------------------------------------------------------------------------------------------------------- */

static struct orgsim_contribution contribution(const struct pairs *pairs, size_t life, bool off)
{
    struct orgsim_contribution c = {.npv_k = crossing_estimate(&pairs->difference[life])};
    c.state = off                                            ? ORGSIM_CONTRIBUTION_OFF
              : !pairs->differs[life]                        ? ORGSIM_CONTRIBUTION_NOWHERE
              : c.npv_k.ci_low <= 0 && c.npv_k.ci_high >= 0 ? ORGSIM_CONTRIBUTION_UNSEEN
                                                             : ORGSIM_CONTRIBUTION_SEEN;
    return c;
}

/* A life without a lever is the organisation itself, placement of engineers and all, but for that one factor: a borrowing copy. */
static int levers_study(struct study *s, struct orgsim_attribution *a, struct moments *present)
{
    struct organisation *lives = memory_array(LIVES_MOST, sizeof *lives);
    struct pairs pairs;
    if (!lives) return ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < LIVES_MOST; k++) lives[k] = s->arms.organisations[k == BASELINE ? BASELINE : HEADLINE];
    for (size_t l = 0; l < ORGSIM_LEVER_COUNT; l++) lives[ALL_OFF].lever[l] = lives[LEVER_OFF + l].lever[l] = 0;
    int status = live_pairs(s, &s->program, lives, LIVES_MOST, &pairs);
    if (status) goto out;
    for (size_t l = 0; l < ORGSIM_LEVER_COUNT; l++) a->lever[l] = contribution(&pairs, LEVER_OFF + l, s->options->levers_off >> l & 1);
    a->together = crossing_estimate(&pairs.difference[ALL_OFF]);
    *present = pairs.difference[BASELINE];
out:
    memory_free(lives);
    return status;
}

/* --- break-even --------------------------------------------------------------------------------------------------------------------- */

/* The program is what it was but for one number that the lanes read, so a borrowing copy will do. */
static int measure(void *context, double h_seat, struct moments *difference)
{
    struct study *s = context;
    struct program program = s->program;
    struct pairs pairs;
    program.a.h_seat = (float)h_seat;
    int status = live_pairs(s, &program, s->arms.organisations, 2, &pairs);
    if (!status) *difference = pairs.difference[BASELINE];
    return status;
}

static int break_even_study(struct study *s, struct orgsim_break_even *b, const struct moments *present)
{
    const struct assumption_info *info = &assumption_table[ASSUMPTION_h_seat];
    struct crossing_curve curve = {.measure = measure, .context = s};
    crossing_know(&curve, s->program.a.h_seat, present);
    *b = (struct orgsim_break_even){.present = assumptions_get(&s->program.scenario->assumptions, ASSUMPTION_h_seat),
                                    .at_present = crossing_estimate(present)};
    return crossing_find(&curve, info->low, info->high, b);
}

/* --- contrarian switches ------------------------------------------------------------------------------------------------------------ */

static int contrary_study(struct study *s, struct orgsim_attribution *a)
{
    int status = 0;
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT && !status; c++) {
        struct program program = s->program;
        struct pairs pairs;
        if (program.contrary[c] <= 0) program.contrary[c] = (float)orgsim_contrary_info((enum orgsim_contrary)c)->strength;
        status = live_pairs(s, &program, s->arms.organisations, 2, &pairs);
        if (!status) a->contrary[c] = crossing_estimate(&pairs.difference[BASELINE]);
    }
    return status;
}

/* --- all --------------------------------------------------------------------------------------------------------------------------- */

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
    struct study s = {.options = &pair, .worlds = worlds, .where = where};
    struct moments present;
    int status = study_create(&s, scenario, &pair, where);
    if (!status) status = levers_study(&s, attribution, &present);
    if (!status) status = break_even_study(&s, &attribution->h_seat, &present);
    if (!status) status = contrary_study(&s, attribution);
    if (!status) attribution->worlds = worlds;
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, scenario->path, 0, 0, "leave it out with --no-attribution", "out of memory");
    study_free(&s);
    return status;
}
