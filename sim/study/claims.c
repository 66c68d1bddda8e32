/* claims.c: what is said of these roles, measured row by row of claims.def
 *
 * Every distinct list of settings is lived once, with the organisations that its rows need; of each world only what a row asks for is kept. A list of a
 * size lives ORGSIM_CLAIMS_PROGRAMS generated programs of that size side by side, each its own part of the worlds; of a program only means are kept.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "study/claims.h"
#include "study/spread.h"

#define SETTINGS_MOST 6
#define LIST_ARMS_MOST 16 /* organisations that the rows of one list are about */
#define PREDICTION_WEEK 8

const struct claims_measurement claims_table[] = {
#define ROW(of, row_claim, row_sign, is_given, size, row_metric, row_unit, n_teams, dense, first, ours, second, theirs, words) \
    {.kind = CLAIMS_##of, .claim = ORGSIM_CLAIM_##row_claim, .sign = row_sign, .given = is_given, .least = size, .metric = ORGSIM_METRIC_##row_metric, \
     .unit = row_unit, .teams = n_teams, .density = dense, .arm = {first, second}, .settings = {ours, theirs}, .what = words},
#define MEAN(claim, sign, least, metric, arm, settings, against, other, what) \
    ROW(MEAN, claim, sign, false, least, metric, NULL, 0, 0, arm, settings, against, other, what)
#define GIVEN(claim, sign, least, metric, arm, settings, against, other, what) \
    ROW(MEAN, claim, sign, true, least, metric, NULL, 0, 0, arm, settings, against, other, what)
#define RATE(claim, sign, least, metric, unit, arm, settings, against, other, what) \
    ROW(RATE, claim, sign, false, least, metric, unit, 0, 0, arm, settings, against, other, what)
#define GIVEN_RATE(claim, sign, least, metric, unit, arm, settings, against, other, what) \
    ROW(RATE, claim, sign, true, least, metric, unit, 0, 0, arm, settings, against, other, what)
#define PROGRAMS(claim, sign, least, teams, density, arm, settings, against, other, what) \
    ROW(PROGRAMS, claim, sign, false, least, npv_k, NULL, teams, density, arm, settings, against, other, what)
#define GIVEN_PROGRAMS(claim, sign, least, teams, density, arm, settings, against, other, what) \
    ROW(PROGRAMS, claim, sign, true, least, npv_k, NULL, teams, density, arm, settings, against, other, what)
#define GROWTH(row_claim, row_sign, size, rows, words) \
    {.kind = CLAIMS_GROWTH, .claim = ORGSIM_CLAIM_##row_claim, .sign = row_sign, .least = size, .metric = ORGSIM_METRIC_npv_k, .settings = {"", ""}, \
     .back = rows, .what = words},
#define AUC(row_claim, row_sign, size, first, second, words) \
    {.kind = CLAIMS_AUC, .claim = ORGSIM_CLAIM_##row_claim, .sign = row_sign, .least = size, .metric = ORGSIM_METRIC_on_time, .settings = {"", ""}, \
     .arm = {"none", "none"}, .predictor = {PREDICTOR_##first, PREDICTOR_##second}, .what = words},
#include "study/claims.def"
};
enum { ROWS = sizeof claims_table / sizeof *claims_table };
_Static_assert(ROWS <= CLAIMS_ROWS_MOST, "raise CLAIMS_ROWS_MOST");
const int claims_rows = ROWS;

const char *orgsim_claim_id(enum orgsim_claim claim)
{
    static const char *const ids[] = {
#define X(id, words) #id,
        ORGSIM_CLAIMS(X)
#undef X
    };
    return ids[claim];
}

const char *orgsim_claim_words(enum orgsim_claim claim)
{
    static const char *const words[] = {
#define X(id, words) words,
        ORGSIM_CLAIMS(X)
#undef X
    };
    return words[claim];
}

/* Worlds that are lived under the same numbers, in the same programs. */
struct list {
    const char *settings;
    unsigned teams;                 /* 0: the scenario's own program, else generated ones */
    double density;
    size_t arms[LIST_ARMS_MOST], n_arms; /* that its rows need */
};

struct study {
    struct points points;
    const struct orgsim_scenario *scenario;
    struct orgsim_run_options options;
    struct list lists[2 * ROWS];    /* in the order in which rows first name them */
    size_t n_lists;
    const struct list *list;        /* being lived */
    uint64_t worlds, each;          /* of a measurement; of each generated program */
    struct claims_worlds worlds_of;
    struct orgsim_where forbidden;  /* why a program cannot be made */
    struct orgsim_claims *out;
};

/* --- living ---------------------------------------------------------------------------------------------------------------------------- */

static size_t arm_find(const struct orgsim_scenario *s, const char *id)
{
    for (size_t a = 0; a < s->n_arms; a++)
        if (!strcmp(s->arms[a].id, id)) return a;
    return SCENARIO_NONE;
}

/* Of an organisation of the scenario among those of a list; n_arms when it is not there. */
static size_t arm_place(const struct list *list, size_t arm)
{
    size_t k = 0;
    while (k < list->n_arms && list->arms[k] != arm) k++;
    return k;
}

static bool is_of(const struct list *list, int r, int side)
{
    const struct claims_measurement *m = &claims_table[r];
    return list->teams == m->teams && list->density == m->density && !strcmp(list->settings, m->settings[side]);
}

static const float *values_of(const struct live_block *block, size_t arm, enum orgsim_metric metric)
{
    return block->values + (arm * ORGSIM_METRIC_COUNT + (size_t)metric) * block->worlds;
}

/* What a row asks of the worlds of a block: a metric, or what there is of it a week of a program that completes. */
static void keep_side(const struct live_block *block, size_t arm, const struct claims_measurement *m, float *to)
{
    const float *value = values_of(block, arm, m->metric), *finish = values_of(block, arm, ORGSIM_METRIC_finish_week);
    const float *cancelled = values_of(block, arm, ORGSIM_METRIC_cancelled), *censored = values_of(block, arm, ORGSIM_METRIC_censored);
    for (size_t w = 0; w < block->worlds; w++) {
        bool complete = cancelled[w] <= 0 && censored[w] <= 0 && finish[w] > 0;
        to[w] = m->kind != CLAIMS_RATE ? value[w] : complete ? value[w] / finish[w] : NAN;
    }
}

/* What is known of the worlds of a block by the week of prediction, and what came of them. */
struct early { double predictor[PREDICTORS][ORGSIM_BLOCK_WORLDS]; bool kept[ORGSIM_BLOCK_WORLDS]; };

static void keep_early(const struct study *s, const struct live_block *block, size_t arm, struct early *out)
{
    const float *const early[PREDICTORS] = {[PREDICTOR_CLOSURE] = values_of(block, arm, ORGSIM_METRIC_closure_rate_week8),
                                            [PREDICTOR_LEAD] = values_of(block, arm, ORGSIM_METRIC_detection_lead_week8)};
    const float *on_time = values_of(block, arm, ORGSIM_METRIC_on_time);
    const float *weeks = block->timeline + arm * s->points.n_weeks * ORGSIM_TIMELINE_COUNT * block->worlds;
    const float *status = weeks + (PREDICTION_WEEK * ORGSIM_TIMELINE_COUNT + ORGSIM_TIMELINE_progress_reported) * block->worlds;
    const float *truth = weeks + (PREDICTION_WEEK * ORGSIM_TIMELINE_COUNT + ORGSIM_TIMELINE_progress_true) * block->worlds;
    for (size_t w = 0; w < block->worlds; w++) {
        out->kept[w] = on_time[w] > 0;
        out->predictor[PREDICTOR_STATUS][w] = (double)status[w];
        out->predictor[PREDICTOR_GLOSS][w] = (double)status[w] - (double)truth[w];
        for (int p = PREDICTOR_CLOSURE; p < PREDICTORS; p++) out->predictor[p][w] = (double)early[p][w];
    }
}

static bool is_wanted(const struct study *s, int r, int side) { return s->worlds_of.row[r].side[side] && is_of(s->list, r, side); }

/* Columns of the sides that want these settings; of the scenario as it is, then what is known early. */
static size_t kept_bytes(const struct study *s)
{
    size_t columns = 0;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) columns += is_wanted(s, r, side);
    return columns * ORGSIM_BLOCK_WORLDS * sizeof(float) + (s->points.timeline_worlds ? sizeof(struct early) : 0);
}

static void keep(void *context, const struct live_block *block, void *kept)
{
    const struct study *s = context;
    float *column = kept;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) {
            if (!is_wanted(s, r, side)) continue;
            keep_side(block, arm_place(s->list, arm_find(s->scenario, claims_table[r].arm[side])), &claims_table[r], column);
            column += ORGSIM_BLOCK_WORLDS;
        }
    size_t none = arm_place(s->list, arm_find(s->scenario, "none"));
    if (block->timeline && none < s->list->n_arms) keep_early(s, block, none, (struct early *)(void *)column);
}

static int take(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    struct study *s = context;
    struct claims_worlds *k = &s->worlds_of;
    const float *column = kept;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) {
            if (!is_wanted(s, r, side)) continue;
            memcpy(k->row[r].side[side] + first_world, column, worlds * sizeof *column);
            column += ORGSIM_BLOCK_WORLDS;
        }
    if (first_world >= s->points.timeline_worlds) return 0;
    const struct early *early = (const void *)column;
    memcpy(k->kept + first_world, early->kept, worlds * sizeof *k->kept);
    for (int p = 0; p < PREDICTORS; p++) memcpy(k->predictor[p] + first_world, early->predictor[p], worlds * sizeof *k->predictor[p]);
    return 0;
}

/* NAME=VALUE,NAME=VALUE */
static int settings_find(const struct orgsim_scenario *scenario, const char *list, struct point_setting *settings, size_t *n, struct orgsim_where *where)
{
    char copy[160], *rest = NULL;
    int status = 0;
    snprintf(copy, sizeof copy, "%s", list);
    for (char *part = strtok_r(copy, ",", &rest); part && !status && *n < SETTINGS_MOST; part = strtok_r(NULL, ",", &rest)) {
        char *equals = strchr(part, '=');
        if (!equals || !text_number(equals + 1, &settings[*n].value)) return ORGSIM_ERROR_INTERNAL;
        *equals = '\0';
        status = target_find(scenario, part, &settings[(*n)++].target, where);
    }
    return status;
}

static int point_of_list(struct study *s, struct orgsim_where *where)
{
    struct point_setting settings[SETTINGS_MOST];
    size_t n = 0;
    s->points.timeline_worlds = s->list->settings[0] ? 0 : s->worlds_of.followed;
    const struct share share = {.bytes = kept_bytes(s), .context = s, .keep = keep, .take = take};
    int status = settings_find(s->scenario, s->list->settings, settings, &n, where);
    if (!status) status = point_share(&s->points, settings, n, &share, where);
    for (int r = 0; r < ROWS; r++)
        if (is_of(s->list, r, 1)) s->worlds_of.row[r].budget[0] = s->points.budget_k;
    return status;
}

/* --- generated programs ------------------------------------------------------------------------------------------------------------------ */

/* What is left of a program: net value, k, by organisation of the list. */
struct program_left { struct moments npv[LIST_ARMS_MOST]; double budget_k; };

struct program_take { size_t n_arms; struct program_left *left; };

static int program_block(void *context, const struct live_block *block)
{
    const struct program_take *t = context;
    for (size_t arm = 0; arm < t->n_arms; arm++)
        for (size_t w = 0; w < block->worlds; w++) moments_add(&t->left->npv[arm], (double)values_of(block, arm, ORGSIM_METRIC_npv_k)[w]);
    return 0;
}

/* The program of that number, in worlds that no other program of the size has. */
static int program_live(void *context, struct spread_worker *worker, size_t number, void *outcome, struct orgsim_where *where)
{
    const struct study *s = context;
    struct program_take t = {s->list->n_arms, outcome};
    char shape[160];
    size_t n = 0;
    snprintf(shape, sizeof shape, "shape.teams=%u,shape.density=%g,shape.seed=%zu", s->list->teams, s->list->density, number + 1);
    worker->points.first_world = number * ((s->each + ORGSIM_BLOCK_WORLDS - 1) / ORGSIM_BLOCK_WORLDS * ORGSIM_BLOCK_WORLDS);
    int status = settings_find(s->scenario, shape, worker->settings, &n, where);
    if (!status) status = settings_find(s->scenario, s->list->settings, worker->settings, &n, where);
    if (!status) status = point_live(&worker->points, worker->settings, n, &t, program_block, where);
    t.left->budget_k = worker->points.budget_k;
    return status;
}

static int program_take(void *context, size_t number, const void *outcome, const struct orgsim_where *why)
{
    struct study *s = context;
    const struct program_left *left = outcome;
    if (why) {
        s->forbidden = *why;
        return ORGSIM_ERROR_USAGE;
    }
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) {
            if (!s->worlds_of.row[r].measured || !is_of(s->list, r, side)) continue;
            s->worlds_of.row[r].mean[side][number] = moments_mean(&left->npv[arm_place(s->list, arm_find(s->scenario, claims_table[r].arm[side]))]);
            s->worlds_of.row[r].budget[number] = left->budget_k;
        }
    return 0;
}

static int programs_of_list(struct study *s, struct orgsim_where *where)
{
    struct orgsim_run_options options = s->options;
    size_t done;
    options.worlds = s->each;
    options.progress = NULL;
    const struct spread_job job = {.scenario = s->scenario, .options = &options, .n_points = ORGSIM_CLAIMS_PROGRAMS, .most_settings = SETTINGS_MOST,
                                   .place_anew = true, .bytes = sizeof(struct program_left), .context = s, .live = program_live, .take = program_take};
    int status = spread_live(&job, &done, where);
    if (status == ORGSIM_ERROR_USAGE && where && !where->what[0]) *where = s->forbidden;
    return status;
}

static int list_live(struct study *s, const struct list *list, struct orgsim_where *where)
{
    s->list = list;
    s->options.arms = list->arms;
    s->options.n_arms = list->n_arms;
    s->options.baseline = list->arms[0];
    return list->teams ? programs_of_list(s, where) : point_of_list(s, where);
}

/* --- what is needed --------------------------------------------------------------------------------------------------------------------- */

/* The scenario has the organisation, and the seat whose numbers are set. */
static bool has_side(const struct study *s, int r, int side)
{
    struct point_setting settings[SETTINGS_MOST];
    struct orgsim_where where = {0};
    size_t n = 0;
    return arm_find(s->scenario, claims_table[r].arm[side]) != SCENARIO_NONE && settings_find(s->scenario, claims_table[r].settings[side], settings, &n, &where) == 0;
}

static void list_add(struct study *s, int r, int side)
{
    size_t k = 0, arm = arm_find(s->scenario, claims_table[r].arm[side]);
    while (k < s->n_lists && !is_of(&s->lists[k], r, side)) k++;
    struct list *list = &s->lists[k];
    if (k == s->n_lists) {
        *list = (struct list){.settings = claims_table[r].settings[side], .teams = claims_table[r].teams, .density = claims_table[r].density};
        s->n_lists++;
    }
    if (arm_place(list, arm) == list->n_arms && list->n_arms < LIST_ARMS_MOST) list->arms[list->n_arms++] = arm;
}

/* Lists and memory of the rows that can be measured. */
static int rows_open(struct study *s)
{
    bool good = true;
    for (int r = 0; r < ROWS && good; r++) {
        const struct claims_measurement *m = &claims_table[r];
        struct claims_kept *kept = &s->worlds_of.row[r];
        if (m->kind == CLAIMS_GROWTH || !has_side(s, r, 0) || !has_side(s, r, 1)) continue;
        kept->measured = m->kind != CLAIMS_AUC;
        for (int side = 0; side < 2; side++) {
            list_add(s, r, side);
            if (m->kind == CLAIMS_MEAN || m->kind == CLAIMS_RATE) good = (kept->side[side] = memory_array(s->worlds, sizeof(float))) != NULL && good;
        }
    }
    return good ? 0 : ORGSIM_ERROR_MEMORY;
}

static int predictors_open(struct study *s)
{
    struct claims_worlds *k = &s->worlds_of;
    bool good = (k->kept = memory_array(s->worlds, sizeof *k->kept)) != NULL;
    for (int p = 0; p < PREDICTORS; p++) good = (k->predictor[p] = memory_array(s->worlds, sizeof *k->predictor[p])) != NULL && good;
    if (arm_find(s->scenario, "none") != SCENARIO_NONE) k->followed = s->worlds / ORGSIM_BLOCK_WORLDS * ORGSIM_BLOCK_WORLDS;
    s->out->row = memory_array(ROWS, sizeof *s->out->row);
    return good && s->out->row ? 0 : ORGSIM_ERROR_MEMORY;
}

/* --- the study ----------------------------------------------------------------------------------------------------------------------------- */

static void study_free(struct study *s)
{
    for (int r = 0; r < ROWS; r++) memory_free(s->worlds_of.row[r].side[0]), memory_free(s->worlds_of.row[r].side[1]);
    for (int p = 0; p < PREDICTORS; p++) memory_free(s->worlds_of.predictor[p]);
    memory_free(s->worlds_of.kept);
    points_close(&s->points);
}

static int study_open(struct study *s, struct orgsim_where *where)
{
    if (s->worlds < 2 || s->worlds > ORGSIM_CLAIMS_WORLDS_MOST)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose -n from 2 to 100000", "%llu world%s measure%s no claim", (unsigned long long)s->worlds,
                         s->worlds == 1 ? "" : "s", s->worlds == 1 ? "s" : "");
    s->worlds_of.worlds = s->worlds;
    s->each = (s->worlds + ORGSIM_CLAIMS_PROGRAMS - 1) / ORGSIM_CLAIMS_PROGRAMS;
    int status = rows_open(s);
    if (!status && s->n_lists == 0)
        return error_set(where, ORGSIM_ERROR_USAGE, s->scenario->path, 0, 0, "use a scenario with the shipped organisations",
                         "the scenario has none of the organisations that the claims are about");
    s->options.block = NULL;
    if (!status) status = predictors_open(s);
    return status ? status : points_open(&s->points, s->scenario, &s->options, where);
}

static int study_live(struct study *s, struct orgsim_where *where)
{
    int status = 0;
    for (size_t k = 0; k < s->n_lists && !status; k++) {
        status = list_live(s, &s->lists[k], where);
        if (!status && s->options.progress) s->options.progress(s->options.context, k + 1, s->n_lists);
    }
    return status ? status : claims_conclude(&s->worlds_of, s->out);
}

int orgsim_claims(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options, struct orgsim_claims *claims,
                  struct orgsim_where *where)
{
    *claims = (struct orgsim_claims){.worlds = options->worlds};
    struct study *s = memory_array(1, sizeof *s);
    if (!s) return ORGSIM_ERROR_MEMORY;
    s->scenario = scenario;
    s->out = claims;
    s->options = *options;
    s->worlds = options->worlds;
    int status = study_open(s, where);
    if (!status) status = study_live(s, where);
    study_free(s);
    memory_free(s);
    return status;
}

void orgsim_claims_free(struct orgsim_claims *claims)
{
    memory_free(claims->row);
    *claims = (struct orgsim_claims){0};
}
