/* select.c: many organisations on the same worlds, block by block, until the best is known */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/optimise.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/arms.h"
#include "study/crossing.h"
#include "study/elimination.h"
#include "study/objective.h"
#include "study/staffing.h"

#define FRESH_FIRST (UINT64_C(1) << 45) /* beyond the worlds of runs and of pilots */
#define FIRST_WORLDS ((uint64_t)ORGSIM_SELECT_BLOCKS * ORGSIM_BLOCK_WORLDS)
#define WEEKS 52

/* What is kept of every block and candidate. */
enum kept { KEPT_score, KEPT_npv, KEPT_finish, KEPT_COUNT };

struct contest {
    const struct orgsim_select_options *choice;
    struct orgsim_run_options options;
    struct staffing staffing;
    struct points points;
    struct program program;
    struct arms arms;              /* candidates, then the baseline */
    size_t *list;                  /* arms of the scenario of `arms` */
    size_t *position;              /* [n] place in `arms` of the candidates within the budget */
    size_t n, rows, rows_most;
    double *cost;                  /* [n] k a year more than the baseline */
    double *kept[KEPT_COUNT];      /* [rows_most][n]; NAN once dropped */
    struct elimination elimination;
    struct organisation *field;    /* [n] those that live the block, borrowed */
    size_t *who, living;           /* [living] candidates of the field */
    struct orgsim_where *where;
};

/* --- candidates --------------------------------------------------------------------------------------------------------------------- */

static int check(const struct orgsim_select_options *choice, const struct orgsim_run_options *o, struct orgsim_where *where)
{
    int status = objective_check(&choice->objective, where);
    if (status) return status;
    if (o->worlds < FIRST_WORLDS)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose -n 2048 or more", "%llu worlds are too few: every organisation lives %llu before one is dropped",
                         (unsigned long long)o->worlds, (unsigned long long)FIRST_WORLDS);
    if (!(choice->confidence > 0.5 && choice->confidence < 1))
        return error_set(where, ORGSIM_ERROR_USAGE, "--confidence", 0, 0, "choose more than 0.5 and less than 1, for example 0.95", "a choice cannot be %g sure",
                         choice->confidence);
    if (!isnan(choice->indifference) && !(choice->indifference > 0))
        return error_set(where, ORGSIM_ERROR_USAGE, "--indifference", 0, 0, "choose more than 0", "a difference of %g cannot be told from none", choice->indifference);
    return 0;
}

static int list_make(struct contest *c, const struct orgsim_scenario *s)
{
    size_t candidates = c->choice->count ? c->staffing.n : c->options.arms ? c->options.n_arms : s->n_arms;
    c->list = memory_array(candidates + 1, sizeof *c->list);
    if (!c->list) return ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < candidates; k++) c->list[k] = c->choice->count ? c->staffing.first + k : c->options.arms ? c->options.arms[k] : k;
    c->list[candidates] = c->choice->count ? c->staffing.variant->settings.baseline_arm : c->options.baseline;
    c->options.baseline = c->list[candidates];
    c->options.arms = c->list;
    c->options.n_arms = candidates + 1;
    return 0;
}

/* Planned, k a year: all seats, engineers and what else the arm adds. */
static double staff_cost(const struct program *p, const struct organisation *o)
{
    double week = (double)o->extra_cost_per_week;
    for (size_t q = 0; q < o->n_seats; q++) week += (double)o->seats[q].cost_per_week;
    for (size_t j = 0; j < p->n_teams; j++) week += (double)o->extra_engineers[j] * (double)p->engineer_cost;
    return WEEKS * week;
}

static void add_label(struct text *text, const struct contest *c, size_t position)
{
    const struct scenario_arm *arm = &c->program.scenario->arms[c->list[position]];
    if (c->choice->count) staffing_label(text, &c->staffing, position);
    else text_add(text, arm->label ? arm->label : arm->id);
}

/* Whoever is within the budget is in. */
static int field_make(struct contest *c, struct orgsim_selection *out, struct orgsim_where *where)
{
    size_t all = c->arms.n - 1, cheapest = 0;
    double baseline = staff_cost(&c->program, &c->arms.organisations[all]), least = INFINITY;
    c->position = memory_array(all, sizeof *c->position);
    c->cost = memory_array(all, sizeof *c->cost);
    if (!c->position || !c->cost) return ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < all; k++) {
        double cost = staff_cost(&c->program, &c->arms.organisations[k]) - baseline;
        if (cost < least) cheapest = k, least = cost;
        if (!isnan(c->choice->budget_k_per_year) && cost > c->choice->budget_k_per_year + 1e-3) continue;
        c->position[c->n] = k;
        c->cost[c->n++] = cost;
    }
    out->over_budget = all - c->n;
    if (c->n > 0) return 0;
    struct text label = {0};
    add_label(&label, c, cheapest);
    int status = error_set(where, ORGSIM_ERROR_USAGE, "--budget", 0, 0, "raise it, or widen the ranges",
                           "nothing costs %gk a year or less; the cheapest, %.120s, costs %.1fk a year more than the baseline", c->choice->budget_k_per_year,
                           label.s ? label.s : "", least);
    text_free(&label);
    return status;
}

static int contest_open(struct contest *c, struct orgsim_selection *out, const struct orgsim_scenario *scenario, struct orgsim_where *where)
{
    int status = check(c->choice, &c->options, where);
    if (!status && c->choice->count) status = staffing_create(&c->staffing, scenario, c->options.baseline, c->choice->count, where);
    const struct orgsim_scenario *s = c->choice->count ? c->staffing.variant : scenario;
    if (!status) status = list_make(c, s);
    if (!status) status = points_open(&c->points, s, &c->options, where);
    if (!status && c->choice->count) status = staffing_place(&c->staffing, &c->points, where);
    if (!status) status = program_create(&c->program, s, &c->options, where);
    if (!status) status = arms_create(&c->arms, &c->program, c->points.kernel, c->points.pool, &c->options, where);
    if (!status) status = field_make(c, out, where);
    if (status) return status;
    c->rows_most = (size_t)(c->options.worlds / ORGSIM_BLOCK_WORLDS);
    c->field = memory_array(c->n, sizeof *c->field);
    c->who = memory_array(c->n, sizeof *c->who);
    for (int m = 0; m < KEPT_COUNT; m++) {
        c->kept[m] = memory_array(c->rows_most, c->n * sizeof *c->kept[m]);
        if (!c->kept[m]) return ORGSIM_ERROR_MEMORY;
    }
    if (!c->field || !c->who) return ORGSIM_ERROR_MEMORY;
    return elimination_create(&c->elimination, c->n, ORGSIM_SELECT_BLOCKS, c->choice->confidence);
}

static void contest_close(struct contest *c)
{
    elimination_free(&c->elimination);
    for (int m = 0; m < KEPT_COUNT; m++) memory_free(c->kept[m]);
    memory_free(c->field);
    memory_free(c->who);
    memory_free(c->position);
    memory_free(c->cost);
    memory_free(c->list);
    arms_free(&c->arms);
    program_free(&c->program);
    points_close(&c->points);
    staffing_free(&c->staffing);
}

/* --- rounds ------------------------------------------------------------------------------------------------------------------------- */

static double sign(const struct contest *c) { return objective_more(&c->choice->objective) ? 1 : -1; }

/* Numbers of the living candidates, one of each kind after the other. */
static void keep(void *context, const struct live_block *block, void *kept)
{
    const struct contest *c = context;
    static const struct orgsim_objective npv = {ORGSIM_METRIC_npv_k, ORGSIM_RISK_mean}, finish = {ORGSIM_METRIC_finish_week, ORGSIM_RISK_mean};
    double *row = kept;
    for (size_t k = 0; k < c->living; k++) {
        row[KEPT_score * c->living + k] = sign(c) * objective_of_block(&c->choice->objective, block, k);
        row[KEPT_npv * c->living + k] = objective_of_block(&npv, block, k);
        row[KEPT_finish * c->living + k] = objective_of_block(&finish, block, k);
    }
}

static int take(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    struct contest *c = context;
    const double *told = kept;
    (void)first_world, (void)worlds;
    for (int m = 0; m < KEPT_COUNT; m++) {
        double *row = c->kept[m] + c->rows * c->n;
        for (size_t k = 0; k < c->n; k++) row[k] = (double)NAN;
        for (size_t k = 0; k < c->living; k++) row[c->who[k]] = told[(size_t)m * c->living + k];
    }
    elimination_add(&c->elimination, c->kept[KEPT_score] + c->rows * c->n);
    c->rows++;
    if (c->options.progress) c->options.progress(c->options.context, c->rows * ORGSIM_BLOCK_WORLDS, c->options.worlds);
    return 0;
}

static int live(struct contest *c, const struct organisation *organisations, size_t n, uint64_t first, uint64_t worlds, const struct share *share)
{
    const struct live_job job = {.program = &c->program, .kernel = c->points.kernel, .organisations = organisations, .n_organisations = n,
                                 .seed = c->options.seed, .first_world = first, .worlds = worlds, .stop = c->options.stop};
    return share_live(share, c->points.pool, &job, &c->options, 0, c->where);
}

static int round_live(struct contest *c)
{
    size_t rows = c->rows_most - c->rows < ORGSIM_SELECT_BLOCKS ? c->rows_most - c->rows : ORGSIM_SELECT_BLOCKS;
    c->living = 0;
    for (size_t k = 0; k < c->n; k++) {
        if (!c->elimination.alive[k]) continue;
        c->field[c->living] = c->arms.organisations[c->position[k]];
        c->who[c->living++] = k;
    }
    const struct share share = {.bytes = KEPT_COUNT * c->living * sizeof(double), .context = c, .keep = keep, .take = take};
    return live(c, c->field, c->living, (uint64_t)c->rows * ORGSIM_BLOCK_WORLDS, (uint64_t)rows * ORGSIM_BLOCK_WORLDS, &share);
}

/* What is too small to matter, unless the user says it. */
static double indifference_of(const struct contest *c)
{
    const char *unit = orgsim_metric_info(c->choice->objective.metric)->unit;
    double mean = 0;
    if (!isnan(c->choice->indifference)) return c->choice->indifference;
    if (c->choice->objective.risk == ORGSIM_RISK_loss || !strcmp(unit, "share")) return 0.01;
    if (!strcmp(unit, "k")) return 0.01 * (double)c->program.budget;
    if (!strcmp(unit, "week")) return 0.5;
    for (size_t k = 0; k < c->n; k++) mean += fabs(elimination_mean(&c->elimination, k)) / (double)c->n;
    return fmax(0.01 * mean, 1e-9);
}

static int contest_hold(struct contest *c, struct orgsim_selection *out)
{
    int status = 0;
    for (bool decided = false; !decided && c->rows < c->rows_most && !status;) {
        status = round_live(c);
        if (status) return status;
        if (c->elimination.indifference == 0) c->elimination.indifference = indifference_of(c);
        decided = elimination_screen(&c->elimination);
        out->decided = decided;
    }
    out->worlds = (uint64_t)c->rows * ORGSIM_BLOCK_WORLDS;
    out->indifference = c->elimination.indifference;
    return status;
}

/* --- what came of it ---------------------------------------------------------------------------------------------------------------- */

struct fresh {
    const struct orgsim_objective *objective;
    struct moments chosen, baseline, difference;
};

static void keep_fresh(void *context, const struct live_block *block, void *kept)
{
    const struct fresh *f = context;
    double *value = kept;
    for (size_t a = 0; a < 2; a++) value[a] = objective_of_block(f->objective, block, a);
}

static int take_fresh(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    struct fresh *f = context;
    const double *value = kept;
    (void)first_world, (void)worlds;
    moments_add(&f->chosen, value[0]);
    moments_add(&f->baseline, value[1]);
    moments_add(&f->difference, value[0] - value[1]);
    return 0;
}

/* On worlds on which no choice was made, so that luck in the choice is not counted as gain. */
static int measure_fresh(struct contest *c, struct orgsim_selection *out, size_t best)
{
    struct fresh f = {.objective = &c->choice->objective};
    struct organisation pair[2] = {c->arms.organisations[c->position[best]], c->arms.organisations[c->arms.n - 1]};
    const struct share share = {.bytes = 2 * sizeof(double), .context = &f, .keep = keep_fresh, .take = take_fresh};
    int status = live(c, pair, 2, FRESH_FIRST, ORGSIM_SELECT_FRESH, &share);
    out->fresh_worlds = ORGSIM_SELECT_FRESH;
    out->chosen = moments_mean(&f.chosen);
    out->baseline = moments_mean(&f.baseline);
    out->difference = crossing_estimate(&f.difference);
    return status;
}

/* Of the chosen one on all its worlds, plus the difference to it on the worlds that both lived. */
static double mean_of(const struct contest *c, enum kept what, size_t candidate, size_t best, struct moments *difference)
{
    struct moments level = {0};
    *difference = (struct moments){0};
    for (size_t r = 0; r < c->rows; r++) {
        const double *row = c->kept[what] + r * c->n;
        moments_add(&level, row[best]);
        if (!isnan(row[candidate])) moments_add(difference, row[candidate] - row[best]);
    }
    return moments_mean(&level) + moments_mean(difference);
}

static struct orgsim_estimate turned(struct orgsim_estimate e, double sign)
{
    return sign > 0 ? e : (struct orgsim_estimate){-e.mean, -e.ci_high, -e.ci_low};
}

static int candidate_fill(const struct contest *c, struct orgsim_candidate *out, size_t k, size_t best)
{
    struct moments difference;
    struct text label = {0};
    add_label(&label, c, c->position[k]);
    if (label.failed || !label.s) {
        text_free(&label);
        return ORGSIM_ERROR_MEMORY;
    }
    *out = (struct orgsim_candidate){.label = label.s, .cost_k_per_year = c->cost[k], .left = c->elimination.alive[k]};
    out->npv_k = mean_of(c, KEPT_npv, k, best, &difference);
    out->finish_week = mean_of(c, KEPT_finish, k, best, &difference);
    out->value = sign(c) * mean_of(c, KEPT_score, k, best, &difference);
    out->behind = turned(crossing_estimate(&difference), sign(c));
    out->worlds = difference.n * ORGSIM_BLOCK_WORLDS;
    return 0;
}

static void frontier(struct orgsim_selection *out)
{
    for (size_t i = 0; i < out->n; i++) {
        struct orgsim_candidate *x = &out->candidate[i];
        x->best_npv = x->best_finish = 1;
        for (size_t j = 0; j < out->n; j++) {
            const struct orgsim_candidate *y = &out->candidate[j];
            bool cheaper = y->cost_k_per_year < x->cost_k_per_year, as_cheap = y->cost_k_per_year <= x->cost_k_per_year;
            if ((as_cheap && y->npv_k > x->npv_k) || (cheaper && y->npv_k >= x->npv_k)) x->best_npv = 0;
            if ((as_cheap && y->finish_week < x->finish_week) || (cheaper && y->finish_week <= x->finish_week)) x->best_finish = 0;
        }
    }
}

/* The chosen one first, then those that are left, then the dropped ones, the better first. */
static void order(struct orgsim_selection *out, const struct contest *c, size_t best, size_t same)
{
    for (size_t i = 0; i < out->n; i++) {
        size_t top = i;
        for (size_t j = i; j < out->n; j++) {
            const struct orgsim_candidate *x = &out->candidate[j], *y = &out->candidate[top];
            bool first = i == 0 ? j == best : x->left != y->left ? x->left > y->left : sign(c) * x->value > sign(c) * y->value;
            if (first) top = j;
        }
        struct orgsim_candidate held = out->candidate[i];
        out->candidate[i] = out->candidate[top];
        out->candidate[top] = held;
        if (same == i) same = top;
        else if (same == top) same = i;
    }
    out->same = same;
}

static size_t same_of(const struct contest *c)
{
    for (size_t k = 0; k < c->n; k++)
        if (c->choice->count ? c->position[k] == c->staffing.same : c->list[c->position[k]] == c->options.baseline) return k;
    return c->n;
}

static int conclude(struct contest *c, struct orgsim_selection *out)
{
    size_t best = elimination_best(&c->elimination);
    int status = 0;
    out->candidate = memory_array(c->n, sizeof *out->candidate);
    if (!out->candidate) return ORGSIM_ERROR_MEMORY;
    out->n = c->n;
    out->confidence = c->choice->confidence;
    for (size_t k = 0; k < c->n && !status; k++) status = candidate_fill(c, &out->candidate[k], k, best);
    if (status) return status;
    frontier(out);
    order(out, c, best, same_of(c));
    return measure_fresh(c, out, best);
}

int orgsim_select(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, const struct orgsim_select_options *choice,
                  struct orgsim_selection *selection, struct orgsim_where *where)
{
    struct contest c = {.choice = choice, .options = *options, .where = where};
    *selection = (struct orgsim_selection){0};
    c.options.block = NULL;
    int status = contest_open(&c, selection, scenario, where);
    if (!status) status = contest_hold(&c, selection);
    if (!status) status = conclude(&c, selection);
    if (status == ORGSIM_ERROR_MEMORY && where && !where->what[0])
        error_set(where, status, scenario->path, 0, 0, "ask for fewer candidates or worlds", "out of memory for this choice");
    contest_close(&c);
    return status;
}

void orgsim_selection_free(struct orgsim_selection *selection)
{
    for (size_t k = 0; k < selection->n; k++) memory_free(selection->candidate[k].label);
    memory_free(selection->candidate);
    *selection = (struct orgsim_selection){0};
}
