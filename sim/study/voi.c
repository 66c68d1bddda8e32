/* voi.c: the choice among arms at many points of our ignorance, and what it would be worth to know each assumption before it */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/voi.h>

#include "base/error.h"
#include "base/memory.h"
#include "chance/design.h"
#include "study/crossing.h"
#include "study/information.h"
#include "study/spread.h"
#include "study/unknowns.h"

_Static_assert(ORGSIM_VOI_POINTS_LEAST == INFORMATION_POINTS_LEAST, "what is promised is what the estimators need");

#define BATCH 16 /* first worlds are multiples of it */

struct study {
    struct unknowns unknowns;
    struct orgsim_run_options options;
    size_t n_arms;
    double *x;       /* [points][unknowns] values */
    double *half[2]; /* [points][arms] mean net value over the even and over the odd worlds of a point, k; NAN where the scenario forbids its numbers */
    struct orgsim_where reason; /* of the last such point */
};

static int check(const struct orgsim_scenario *s, const struct orgsim_run_options *o, size_t points, struct orgsim_where *where)
{
    if (points < ORGSIM_VOI_POINTS_LEAST || points > ORGSIM_VOI_POINTS_MOST)
        return error_set(where, ORGSIM_ERROR_USAGE, "--points", 0, 0, "choose 128 to 100000, for example --points 2048", "%zu points cannot be used", points);
    if ((o->arms ? o->n_arms : s->n_arms) < 2)
        return error_set(where, ORGSIM_ERROR_USAGE, "--arms", 0, 0, "name two organisations or more", "with one organisation there is nothing to choose");
    if (o->worlds < 2) return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose -n 2 or more", "one world for each point does not tell luck from knowledge");
    if (o->frictionless)
        return error_set(where, ORGSIM_ERROR_USAGE, "--frictionless", 0, 0, "leave it away", "a frictionless program has none of the parameters that nobody knows");
    return 0;
}

/* --- points ------------------------------------------------------------------------------------------------------------------------- */

struct sums { double *of[2]; size_t arms; }; /* over even and odd worlds, [arms] each */

static int add_block(void *context, const struct live_block *block)
{
    const struct sums *sums = context;
    for (size_t a = 0; a < sums->arms; a++) {
        const float *npv = block->values + (a * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * block->worlds;
        for (size_t w = 0; w < block->worlds; w++) sums->of[w % 2][a] += (double)npv[w];
    }
    return 0;
}

/* Every point has worlds of its own, so that luck does not join what it would be worth to know. */
static int live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct study *s = context;
    const uint64_t worlds = s->options.worlds, stride = (worlds + BATCH - 1) / BATCH * BATCH;
    struct sums sums = {{outcome, (double *)outcome + s->n_arms}, s->n_arms};
    for (size_t p = 0; p < s->unknowns.n; p++)
        worker->settings[p] = (struct point_setting){.target = {.assumption = s->unknowns.assumption[p], .arm = SCENARIO_NONE, .role = -1},
                                                     .value = s->x[number * s->unknowns.n + p]};
    worker->points.first_world = (uint64_t)number * stride;
    int status = point_live(&worker->points, worker->settings, s->unknowns.n, &sums, add_block, where);
    for (size_t a = 0; a < s->n_arms; a++)
        for (size_t h = 0; h < 2; h++) sums.of[h][a] /= (double)((worlds + 1 - h) / 2);
    return status;
}

static int take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    struct study *s = context;
    const double *mean = outcome;
    if (why) s->reason = *why;
    for (size_t h = 0; h < 2; h++)
        for (size_t a = 0; a < s->n_arms; a++) s->half[h][number * s->n_arms + a] = why ? (double)NAN : mean[h * s->n_arms + a];
    return 0;
}

static int allocate(struct study *s, struct orgsim_voi *v, const struct orgsim_scenario *scenario, size_t points)
{
    v->asked = points;
    v->n = s->unknowns.n;
    v->n_arms = s->n_arms = s->options.arms ? s->options.n_arms : scenario->n_arms;
    v->arm = memory_array(v->n_arms, sizeof *v->arm);
    v->npv_k = memory_array(v->n_arms, sizeof *v->npv_k);
    v->best_share = memory_array(v->n_arms, sizeof *v->best_share);
    v->row = memory_array(v->n, sizeof *v->row);
    s->x = memory_array(points, v->n * sizeof *s->x);
    for (int h = 0; h < 2; h++) s->half[h] = memory_array(points, v->n_arms * sizeof *s->half[h]);
    if (!v->arm || !v->npv_k || !v->best_share || !v->row || !s->x || !s->half[0] || !s->half[1]) return ORGSIM_ERROR_MEMORY;
    for (size_t a = 0; a < v->n_arms; a++) v->arm[a] = s->options.arms ? s->options.arms[a] : a;
    return 0;
}

/* Moves the points that the scenario allows together. Returns how many. */
static size_t compact(struct study *s, const struct orgsim_voi *v, size_t lived)
{
    size_t n = 0;
    for (size_t k = 0; k < lived; k++) {
        if (isnan(s->half[0][k * v->n_arms])) continue;
        memmove(s->x + n * v->n, s->x + k * v->n, v->n * sizeof *s->x);
        for (int h = 0; h < 2; h++) memmove(s->half[h] + n * v->n_arms, s->half[h] + k * v->n_arms, v->n_arms * sizeof *s->half[h]);
        n++;
    }
    return n;
}

static int points_live(struct study *s, struct orgsim_voi *v, const struct orgsim_scenario *scenario, size_t points, struct orgsim_where *where)
{
    const struct spread_job job = {.scenario = scenario, .options = &s->options, .n_points = points, .most_settings = v->n,
                                   .bytes = 2 * v->n_arms * sizeof(double), .context = s, .live = live, .take = take};
    size_t lived = 0;
    int status = design_latin(s->x, points, v->n, s->options.seed);
    for (size_t c = 0; c < points * v->n && !status; c++) s->x[c] = unknowns_value(&s->unknowns, c % v->n, s->x[c]);
    if (!status) status = spread_live(&job, &lived, where);
    if (status && status != ORGSIM_ERROR_INTERRUPTED) return status;
    v->points = compact(s, v, lived);
    v->impossible = lived - v->points;
    if (v->points >= ORGSIM_VOI_POINTS_LEAST) return status;
    v->points = 0;
    if (status) return status;
    if (where) *where = s->reason;
    return ORGSIM_ERROR_USAGE;
}

/* --- what it comes to --------------------------------------------------------------------------------------------------------------- */

/* Share of the points in which an arm is the best, by the whole of their worlds (half 2) or by one half of them, times `weight`. */
static void add_shares(const struct study *s, struct orgsim_voi *v, int half, double weight)
{
    for (size_t k = 0; k < v->points; k++) {
        const double *first = s->half[half % 2] + k * v->n_arms, *second = s->half[half == 2 ? 1 : half] + k * v->n_arms;
        size_t best = 0;
        for (size_t a = 1; a < v->n_arms; a++)
            if (first[a] + second[a] > first[best] + second[best]) best = a;
        v->best_share[best] += weight / (double)v->points;
    }
}

/* Luck mistakes the best arm in some points; that error halves when worlds double, and is taken away as in information_perfect(). */
static void rate_arms(const struct study *s, struct orgsim_voi *v)
{
    add_shares(s, v, 2, 2);
    for (int h = 0; h < 2; h++) add_shares(s, v, h, -0.5);
    for (size_t a = 0; a < v->n_arms; a++) {
        struct moments m = {0};
        v->best_share[a] = fmin(1, fmax(0, v->best_share[a]));
        for (size_t k = 0; k < v->points; k++) moments_add(&m, (s->half[0][k * v->n_arms + a] + s->half[1][k * v->n_arms + a]) / 2);
        v->npv_k[a] = crossing_estimate(&m);
        if (v->npv_k[a].mean > v->npv_k[v->choice].mean) v->choice = a;
    }
}

static void row_fill(struct orgsim_voi_row *row, const struct orgsim_scenario *s, int assumption, const struct information_worth *worth)
{
    const struct assumption_info *info = &assumption_table[assumption];
    *row = (struct orgsim_voi_row){.name = info->name, .unit = info->unit, .meaning = info->meaning, .measure = info->measure,
                                   .low = s->assumption_low[assumption], .high = s->assumption_high[assumption],
                                   .present = assumptions_get(&s->assumptions, assumption), .worth_k = worth->worth, .se_k = worth->se,
                                   .clear = worth->clear};
}

static int dearer(const void *a, const void *b)
{
    const struct orgsim_voi_row *x = a, *y = b;
    if (x->clear != y->clear) return x->clear ? -1 : 1;
    if (x->worth_k != y->worth_k) return x->worth_k > y->worth_k ? -1 : 1;
    return assumption_find(x->name) - assumption_find(y->name);
}

static int conclude(const struct study *s, struct orgsim_voi *v, const struct orgsim_scenario *scenario)
{
    const struct information d = {.points = v->points, .parameters = v->n, .arms = v->n_arms, .x = s->x, .value = {s->half[0], s->half[1]}};
    struct information_worth perfect, *worth = memory_array(v->n, sizeof *worth);
    int status = worth ? information_perfect(&d, &perfect) : ORGSIM_ERROR_MEMORY;
    if (!status) status = information_partial(&d, worth, &v->noise_k);
    if (!status) {
        rate_arms(s, v);
        v->perfect_k = perfect.worth;
        v->perfect_se_k = perfect.se;
        for (size_t p = 0; p < v->n; p++) row_fill(&v->row[p], scenario, s->unknowns.assumption[p], &worth[p]);
        qsort(v->row, v->n, sizeof *v->row, dearer);
    }
    memory_free(worth);
    return status;
}

int orgsim_voi(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, size_t points, struct orgsim_voi *voi,
               struct orgsim_where *where)
{
    struct study s = {.options = *options};
    *voi = (struct orgsim_voi){.worlds = options->worlds};
    s.options.block = NULL;
    int status = check(scenario, options, points, where);
    if (!status) status = unknowns_open(&s.unknowns, scenario, where);
    if (!status && s.unknowns.n == 0)
        status = error_set(where, ORGSIM_ERROR_USAGE, "--set", 0, 0, "leave some assumptions free", "every assumption is fixed, so there is nothing to learn");
    if (!status) status = allocate(&s, voi, scenario, points);
    if (!status) status = points_live(&s, voi, scenario, points, where);
    if ((!status || status == ORGSIM_ERROR_INTERRUPTED) && voi->points > 0) {
        int concluded = conclude(&s, voi, scenario);
        if (concluded) status = concluded;
    }
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, scenario->path, 0, 0, "ask for fewer points or worlds", "out of memory for %zu points", points);
    unknowns_close(&s.unknowns);
    memory_free(s.x);
    for (int h = 0; h < 2; h++) memory_free(s.half[h]);
    return status;
}

void orgsim_voi_free(struct orgsim_voi *voi)
{
    memory_free(voi->arm);
    memory_free(voi->npv_k);
    memory_free(voi->best_share);
    memory_free(voi->row);
    *voi = (struct orgsim_voi){0};
}
