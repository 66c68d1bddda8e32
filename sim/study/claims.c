/* claims.c: what is said of these roles, measured row by row of claims.def
 *
 * Every distinct list of settings is lived once with all organisations that any row needs; of each world only what a row asks for is kept.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <orgsim/claims.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "study/crossing.h"
#include "study/discrimination.h"
#include "study/point.h"

#define SETTINGS_MOST 4
#define PREDICTION_WEEK 8

enum kind { KIND_MEAN, KIND_GROWTH, KIND_AUC };
enum predictor { PREDICTOR_STATUS, PREDICTOR_GLOSS, PREDICTOR_CLOSURE, PREDICTOR_LEAD, PREDICTORS };
static const char *const predictor_words[] = {"reported progress", "polish", "closure rate", "lead of noticing"};

struct measurement {
    enum kind kind;
    enum orgsim_claim claim;
    int sign;
    enum orgsim_metric metric;
    const char *arm[2], *settings[2];
    size_t back;
    enum predictor predictor[2];
    const char *what;
};

static const struct measurement table[] = {
#define MEAN(claim, sign, metric, arm, settings, against, other, what) \
    {KIND_MEAN, ORGSIM_CLAIM_##claim, sign, ORGSIM_METRIC_##metric, {arm, against}, {settings, other}, 0, {0, 0}, what},
#define GROWTH(claim, sign, back, what) {KIND_GROWTH, ORGSIM_CLAIM_##claim, sign, ORGSIM_METRIC_npv_k, {NULL, NULL}, {NULL, NULL}, back, {0, 0}, what},
#define AUC(claim, sign, first, second, what) \
    {KIND_AUC, ORGSIM_CLAIM_##claim, sign, ORGSIM_METRIC_on_time, {"none", "none"}, {"", ""}, 0, {PREDICTOR_##first, PREDICTOR_##second}, what},
#include "study/claims.def"
#undef MEAN
#undef GROWTH
#undef AUC
};
enum { ROWS = sizeof table / sizeof *table };

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

struct study {
    struct points points;
    const struct orgsim_scenario *scenario;
    struct orgsim_run_options options;
    size_t *arms;                   /* of the scenario, those that a row needs */
    size_t place[ROWS][2];          /* of a row's organisations among arms; SCENARIO_NONE: the scenario has none of that name */
    float *side[ROWS][2];           /* [worlds] values of a mean's two sides */
    double *predictor[PREDICTORS];  /* [worlds] in the baseline organisation as it is */
    bool *kept;
    const char *settings;           /* being lived */
    struct orgsim_claims *out;
};

/* --- living ---------------------------------------------------------------------------------------------------------------------------- */

static size_t arm_find(const struct orgsim_scenario *s, const char *id)
{
    for (size_t a = 0; a < s->n_arms; a++)
        if (!strcmp(s->arms[a].id, id)) return a;
    return SCENARIO_NONE;
}

static size_t arm_place(struct study *s, const char *id)
{
    size_t arm = arm_find(s->scenario, id);
    for (size_t k = 0; arm != SCENARIO_NONE && k < s->options.n_arms; k++)
        if (s->arms[k] == arm) return k;
    if (arm == SCENARIO_NONE) return arm;
    s->arms[s->options.n_arms] = arm;
    return s->options.n_arms++;
}

static const float *values_of(const struct live_block *block, size_t arm, enum orgsim_metric metric)
{
    return block->values + (arm * ORGSIM_METRIC_COUNT + (size_t)metric) * block->worlds;
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

static bool is_wanted(const struct study *s, int r, int side)
{
    return table[r].kind == KIND_MEAN && s->side[r][side] && !strcmp(table[r].settings[side], s->settings);
}

/* Columns of the sides that want these settings; of the scenario as it is, then what is known early. */
static size_t kept_bytes(const struct study *s)
{
    size_t columns = 0;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) columns += is_wanted(s, r, side);
    return columns * ORGSIM_BLOCK_WORLDS * sizeof(float) + (s->settings[0] ? 0 : sizeof(struct early));
}

static void keep(void *context, const struct live_block *block, void *kept)
{
    const struct study *s = context;
    float *column = kept;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) {
            if (!is_wanted(s, r, side)) continue;
            memcpy(column, values_of(block, s->place[r][side], table[r].metric), block->worlds * sizeof *column);
            column += ORGSIM_BLOCK_WORLDS;
        }
    size_t none = arm_find(s->scenario, "none");
    for (size_t k = 0; block->timeline && k < s->options.n_arms; k++)
        if (s->arms[k] == none) keep_early(s, block, k, (struct early *)(void *)column);
}

static int take(void *context, uint64_t first_world, size_t worlds, const void *kept)
{
    struct study *s = context;
    const float *column = kept;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) {
            if (!is_wanted(s, r, side)) continue;
            memcpy(s->side[r][side] + first_world, column, worlds * sizeof *column);
            column += ORGSIM_BLOCK_WORLDS;
        }
    if (first_world >= s->points.timeline_worlds) return 0;
    const struct early *early = (const void *)column;
    memcpy(s->kept + first_world, early->kept, worlds * sizeof *s->kept);
    for (int p = 0; p < PREDICTORS; p++) memcpy(s->predictor[p] + first_world, early->predictor[p], worlds * sizeof *s->predictor[p]);
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

static int settings_live(struct study *s, const char *list, struct orgsim_where *where)
{
    struct point_setting settings[SETTINGS_MOST];
    size_t n = 0;
    s->settings = list;
    s->points.timeline_worlds = list[0] ? 0 : s->options.worlds / ORGSIM_BLOCK_WORLDS * ORGSIM_BLOCK_WORLDS;
    int status = settings_find(s->scenario, list, settings, &n, where);
    const struct share share = {.bytes = kept_bytes(s), .context = s, .keep = keep, .take = take};
    return status ? status : point_share(&s->points, settings, n, &share, where);
}

/* Lists of settings in the order in which rows first name them; returns how many. */
static size_t lists_of(const struct study *s, const char *lists[2 * ROWS])
{
    size_t n = 0;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) {
            bool known = table[r].kind == KIND_GROWTH || s->place[r][side] == SCENARIO_NONE;
            for (size_t k = 0; k < n && !known; k++) known = !strcmp(lists[k], table[r].settings[side]);
            if (!known) lists[n++] = table[r].settings[side];
        }
    return n;
}

/* --- what it comes to ------------------------------------------------------------------------------------------------------------------- */

static enum orgsim_claim_verdict verdict_of(const struct orgsim_estimate *e, int sign)
{
    if (isnan(e->mean)) return ORGSIM_CLAIM_UNTESTED;
    if (e->ci_low > 0) return sign > 0 ? ORGSIM_CLAIM_HOLDS : ORGSIM_CLAIM_FAILS;
    if (e->ci_high < 0) return sign < 0 ? ORGSIM_CLAIM_HOLDS : ORGSIM_CLAIM_FAILS;
    return ORGSIM_CLAIM_UNDECIDED;
}

static double difference_at(const struct study *s, int r, size_t world) { return (double)s->side[r][0][world] - (double)s->side[r][1][world]; }

/* Worlds in which a side is not defined (nothing of the kind came up) are left out on both. */
static void conclude_mean(struct study *s, int r, struct orgsim_claim_row *row)
{
    struct moments level[2] = {{0}}, difference = {0};
    for (size_t w = 0; w < s->options.worlds; w++) {
        double d = difference_at(s, r, w);
        if (!isfinite(d)) continue;
        moments_add(&level[0], (double)s->side[r][0][w]);
        moments_add(&level[1], (double)s->side[r][1][w]);
        moments_add(&difference, d);
    }
    row->first_level = moments_mean(&level[0]);
    row->second_level = moments_mean(&level[1]);
    row->difference = crossing_estimate(&difference);
}

static void conclude_growth(struct study *s, int r, struct orgsim_claim_row *row)
{
    struct moments level[2] = {{0}}, difference = {0};
    int last = r - 1, earlier = last - (int)table[r].back;
    for (size_t w = 0; w < s->options.worlds; w++) {
        moments_add(&level[0], difference_at(s, last, w));
        moments_add(&level[1], difference_at(s, earlier, w));
        moments_add(&difference, difference_at(s, last, w) - difference_at(s, earlier, w));
    }
    row->first_level = moments_mean(&level[0]);
    row->second_level = moments_mean(&level[1]);
    row->difference = crossing_estimate(&difference);
}

/* A number that points the other way tells as much: it is turned round. */
static bool point_rightly(double *x[2], size_t n, const struct discrimination *found)
{
    const bool turn[2] = {found->first < 0.5, found->second < 0.5};
    for (int p = 0; p < 2; p++)
        for (size_t i = 0; turn[p] && i < n; i++) x[p][i] = -x[p][i];
    return turn[0] || turn[1];
}

static int conclude_auc(struct study *s, int r, struct orgsim_claim_row *row)
{
    size_t worlds = s->options.worlds / ORGSIM_BLOCK_WORLDS * ORGSIM_BLOCK_WORLDS, n = 0;
    double *x[2] = {memory_array(worlds, sizeof **x), memory_array(worlds, sizeof **x)};
    bool *kept = memory_array(worlds, sizeof *kept);
    struct discrimination found = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    int status = x[0] && x[1] && kept ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t w = 0; w < worlds && !status; w++) {
        x[0][n] = s->predictor[table[r].predictor[0]][w];
        x[1][n] = s->predictor[table[r].predictor[1]][w];
        kept[n] = s->kept[w];
        n += isfinite(x[0][n]) && isfinite(x[1][n]); /* in a world without a question by that week nobody can tell */
    }
    if (!status) status = discrimination_compare(&found, x[0], x[1], kept, n);
    if (!status && point_rightly(x, n, &found)) status = discrimination_compare(&found, x[0], x[1], kept, n);
    row->first_level = found.first;
    row->second_level = found.second;
    row->difference = (struct orgsim_estimate){found.difference, found.difference - SUMMARY_Z95 * found.se, found.difference + SUMMARY_Z95 * found.se};
    memory_free(x[0]);
    memory_free(x[1]);
    memory_free(kept);
    return status;
}

static bool is_tested(const struct study *s, int r)
{
    if (table[r].kind == KIND_GROWTH) return is_tested(s, r - 1) && is_tested(s, r - 1 - (int)table[r].back);
    return s->place[r][0] != SCENARIO_NONE && s->place[r][1] != SCENARIO_NONE;
}

static int row_conclude(struct study *s, int r, struct orgsim_claim_row *row)
{
    const struct measurement *m = &table[r];
    int status = 0;
    bool auc = m->kind == KIND_AUC;
    *row = (struct orgsim_claim_row){.claim = m->claim, .what = m->what, .unit = auc ? "area under the curve" : orgsim_metric_info(m->metric)->unit, .sign = m->sign,
                                     .first = auc ? predictor_words[m->predictor[0]] : m->kind == KIND_GROWTH ? "larger" : m->arm[0],
                                     .second = auc ? predictor_words[m->predictor[1]] : m->kind == KIND_GROWTH ? "smaller" : m->arm[1],
                                     .first_level = (double)NAN, .second_level = (double)NAN,
                                     .difference = {(double)NAN, (double)NAN, (double)NAN}};
    if (!is_tested(s, r)) row->verdict = ORGSIM_CLAIM_UNTESTED;
    else if (m->kind == KIND_MEAN) conclude_mean(s, r, row);
    else if (m->kind == KIND_GROWTH) conclude_growth(s, r, row);
    else status = conclude_auc(s, r, row);
    row->verdict = verdict_of(&row->difference, m->sign);
    return status;
}

static enum orgsim_claim_verdict claim_verdict(const struct orgsim_claims *c, enum orgsim_claim claim)
{
    size_t n[ORGSIM_CLAIM_UNTESTED + 1] = {0};
    for (size_t r = 0; r < c->n; r++) n[c->row[r].verdict] += c->row[r].claim == claim;
    if (n[ORGSIM_CLAIM_HOLDS] && n[ORGSIM_CLAIM_FAILS]) return ORGSIM_CLAIM_PARTLY;
    if (n[ORGSIM_CLAIM_FAILS]) return ORGSIM_CLAIM_FAILS;
    if (n[ORGSIM_CLAIM_UNDECIDED]) return ORGSIM_CLAIM_UNDECIDED;
    return n[ORGSIM_CLAIM_HOLDS] ? ORGSIM_CLAIM_HOLDS : ORGSIM_CLAIM_UNTESTED;
}

/* --- the study ----------------------------------------------------------------------------------------------------------------------------- */

static int allocate(struct study *s)
{
    size_t worlds = s->options.worlds;
    bool good = (s->kept = memory_array(worlds, sizeof *s->kept)) != NULL;
    for (int p = 0; p < PREDICTORS; p++) good = (s->predictor[p] = memory_array(worlds, sizeof *s->predictor[p])) && good;
    for (int r = 0; r < ROWS && good; r++)
        for (int side = 0; side < 2 && good; side++)
            if (table[r].kind == KIND_MEAN && is_tested(s, r)) good = (s->side[r][side] = memory_array(worlds, sizeof(float))) != NULL;
    s->out->row = memory_array(ROWS, sizeof *s->out->row);
    return good && s->out->row ? 0 : ORGSIM_ERROR_MEMORY;
}

static void study_free(struct study *s)
{
    for (int r = 0; r < ROWS; r++) memory_free(s->side[r][0]), memory_free(s->side[r][1]);
    for (int p = 0; p < PREDICTORS; p++) memory_free(s->predictor[p]);
    memory_free(s->kept);
    memory_free(s->arms);
    points_close(&s->points);
}

static int study_open(struct study *s, struct orgsim_where *where)
{
    if (s->options.worlds < 2 || s->options.worlds > ORGSIM_CLAIMS_WORLDS_MOST)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "choose -n from 2 to 100000", "%llu worlds measure no claim", (unsigned long long)s->options.worlds);
    s->arms = memory_array(s->scenario->n_arms + 2 * ROWS, sizeof *s->arms);
    if (!s->arms) return ORGSIM_ERROR_MEMORY;
    for (int r = 0; r < ROWS; r++)
        for (int side = 0; side < 2; side++) s->place[r][side] = table[r].kind == KIND_GROWTH ? SCENARIO_NONE : arm_place(s, table[r].arm[side]);
    if (s->options.n_arms == 0)
        return error_set(where, ORGSIM_ERROR_USAGE, s->scenario->path, 0, 0, "use a scenario with the shipped organisations",
                         "the scenario has none of the organisations that the claims are about");
    s->options.arms = s->arms;
    s->options.baseline = s->arms[0];
    s->options.block = NULL;
    int status = allocate(s);
    return status ? status : points_open(&s->points, s->scenario, &s->options, where);
}

static int study_live(struct study *s, struct orgsim_where *where)
{
    const char *lists[2 * ROWS];
    size_t n = lists_of(s, lists);
    int status = 0;
    for (size_t k = 0; k < n && !status; k++) {
        status = settings_live(s, lists[k], where);
        if (!status && s->options.progress) s->options.progress(s->options.context, k + 1, n);
    }
    for (int r = 0; r < ROWS && !status; r++) status = row_conclude(s, r, &s->out->row[r]);
    if (!status) s->out->n = ROWS;
    for (int c = 0; c < ORGSIM_CLAIM_COUNT && !status; c++) s->out->verdict[c] = claim_verdict(s->out, (enum orgsim_claim)c);
    return status;
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
    s->options.n_arms = 0;
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
