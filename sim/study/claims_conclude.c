/* claims_conclude.c: what the measurements come to
 *
 * Each measurement of a claim gets an interval of the level 1 - 0.05 / m, m the measurements of that claim: all of them hold at once in 95 of 100 cases
 * (Bonferroni 1936; simplest, and right whatever the measurements have to do with each other). A share of a level that is itself a mean gets the error of
 * both (the delta method). Where generated programs stand for all of a size, the interval is that between programs: what luck one program had is in it.
 */
#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/memory.h"
#include "base/summary.h"
#include "study/claims.h"
#include "study/discrimination.h"

#define LEVEL 0.05

static const char *const predictor_words[] = {"reported progress", "polish", "closure rate", "lead of noticing"};

/* Standard errors on each side of an interval of row r's mean of n. */
static double reach(const struct claims_worlds *k, int r, uint64_t n)
{
    int family = 0;
    for (int i = 0; i < claims_rows; i++) family += claims_table[i].claim == claims_table[r].claim && claims_table[i].sign != 0 && claims_is_tested(k, i);
    if (claims_table[r].sign == 0 || family == 0) family = 1;
    return n > 1 ? gsl_cdf_tdist_Pinv(1 - LEVEL / 2 / family, (double)n - 1) : (double)NAN;
}

static struct orgsim_estimate around(double mean, double half)
{
    return (struct orgsim_estimate){mean, mean - half, mean + half};
}

static struct orgsim_estimate scaled(struct orgsim_estimate e, double by) { return (struct orgsim_estimate){e.mean * by, e.ci_low * by, e.ci_high * by}; }

static double difference_at(const struct claims_kept *kept, uint64_t world) { return (double)kept->side[0][world] - (double)kept->side[1][world]; }

/* Worlds in which a side is not defined (nothing of the kind came up, or it did not complete) are left out on both. */
static void conclude_mean(const struct claims_worlds *k, int r, struct orgsim_claim_row *row)
{
    const struct claims_kept *kept = &k->row[r];
    struct moments level[2] = {{0}}, difference = {0}, share = {0};
    for (uint64_t w = 0; w < k->worlds; w++) {
        double d = difference_at(kept, w);
        if (!isfinite(d)) continue;
        for (int side = 0; side < 2; side++) moments_add(&level[side], (double)kept->side[side][w]);
        moments_add(&difference, d);
    }
    row->n = difference.n;
    row->first_level = moments_mean(&level[0]);
    row->second_level = moments_mean(&level[1]);
    double factor = reach(k, r, row->n), size = fabs(row->second_level), ratio = difference.mean / size;
    row->difference = around(moments_mean(&difference), factor * moments_se(&difference));
    if (row->scale == ORGSIM_CLAIM_OF_BUDGET) {
        row->size = scaled(row->difference, 1 / kept->budget[0]);
    } else if (size > 0) {
        double towards = row->second_level < 0 ? -ratio : ratio;
        for (uint64_t w = 0; w < k->worlds; w++)
            if (isfinite(difference_at(kept, w))) moments_add(&share, (difference_at(kept, w) - towards * (double)kept->side[1][w]) / size);
        row->size = around(ratio, factor * moments_se(&share));
    } else if (difference.n > 0 && difference.mean == 0 && difference.m2 == 0) {
        row->size = around(0, 0);
    }
}

static void conclude_programs(const struct claims_worlds *k, int r, struct orgsim_claim_row *row)
{
    const struct claims_kept *kept = &k->row[r];
    struct moments level[2] = {{0}}, difference = {0}, share = {0};
    for (size_t program = 0; program < ORGSIM_CLAIMS_PROGRAMS; program++) {
        double d = kept->mean[0][program] - kept->mean[1][program];
        for (int side = 0; side < 2; side++) moments_add(&level[side], kept->mean[side][program]);
        moments_add(&difference, d);
        moments_add(&share, d / kept->budget[program]);
    }
    row->n = difference.n;
    double factor = reach(k, r, row->n);
    row->first_level = moments_mean(&level[0]);
    row->second_level = moments_mean(&level[1]);
    row->difference = around(moments_mean(&difference), factor * moments_se(&difference));
    row->size = around(moments_mean(&share), factor * moments_se(&share));
}

/* Shares of the budget, so that a large program is no more than a small one by being large. */
static void conclude_growth(const struct claims_worlds *k, int r, struct orgsim_claim_row *row)
{
    const struct claims_kept *kept[2] = {&k->row[r - 1], &k->row[r - 1 - claims_table[r].back]};
    struct moments level[2] = {{0}}, difference = {0};
    for (size_t program = 0; program < ORGSIM_CLAIMS_PROGRAMS; program++) {
        double share[2];
        for (int which = 0; which < 2; which++) {
            share[which] = (kept[which]->mean[0][program] - kept[which]->mean[1][program]) / kept[which]->budget[program];
            moments_add(&level[which], share[which]);
        }
        moments_add(&difference, share[0] - share[1]);
    }
    row->n = difference.n;
    row->first_level = moments_mean(&level[0]);
    row->second_level = moments_mean(&level[1]);
    row->difference = row->size = around(moments_mean(&difference), reach(k, r, row->n) * moments_se(&difference));
}

/* A number that points the other way tells as much: it is turned round. */
static bool point_rightly(double *x[2], size_t n, const struct discrimination *found)
{
    const bool turn[2] = {found->first < 0.5, found->second < 0.5};
    for (int p = 0; p < 2; p++)
        for (size_t i = 0; turn[p] && i < n; i++) x[p][i] = -x[p][i];
    return turn[0] || turn[1];
}

static int conclude_auc(const struct claims_worlds *k, int r, struct orgsim_claim_row *row)
{
    size_t worlds = (size_t)k->followed, n = 0;
    double *x[2] = {memory_array(worlds, sizeof **x), memory_array(worlds, sizeof **x)};
    bool *kept = memory_array(worlds, sizeof *kept);
    struct discrimination found = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    int status = x[0] && x[1] && kept ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t w = 0; w < worlds && !status; w++) {
        for (int p = 0; p < 2; p++) x[p][n] = k->predictor[claims_table[r].predictor[p]][w];
        kept[n] = k->kept[w];
        n += isfinite(x[0][n]) && isfinite(x[1][n]); /* in a world without a question by that week nobody can tell */
    }
    if (!status) status = discrimination_compare(&found, x[0], x[1], kept, n);
    if (!status && point_rightly(x, n, &found)) status = discrimination_compare(&found, x[0], x[1], kept, n);
    row->n = n;
    row->first_level = found.first;
    row->second_level = found.second;
    row->difference = row->size = around(found.difference, reach(k, r, n) * found.se);
    memory_free(x[0]);
    memory_free(x[1]);
    memory_free(kept);
    return status;
}

bool claims_is_tested(const struct claims_worlds *k, int r)
{
    if (claims_table[r].kind == CLAIMS_GROWTH) return claims_is_tested(k, r - 1) && claims_is_tested(k, r - 1 - claims_table[r].back);
    if (claims_table[r].kind == CLAIMS_AUC) return k->followed > 0;
    return k->row[r].measured;
}

static enum orgsim_claim_verdict verdict_of(const struct orgsim_claim_row *row)
{
    if (isnan(row->difference.mean)) return ORGSIM_CLAIM_UNTESTED;
    if (row->sign == 0) return ORGSIM_CLAIM_SHOWN;
    if (row->difference.mean == 0 && row->difference.ci_high == 0) return ORGSIM_CLAIM_SAME;
    bool shares = !isnan(row->size.mean);
    struct orgsim_estimate e = shares ? row->size : row->difference;
    double least = shares ? row->least : 0, low = row->sign > 0 ? e.ci_low : -e.ci_high, high = row->sign > 0 ? e.ci_high : -e.ci_low;
    if (low > least) return ORGSIM_CLAIM_HOLDS;
    if (high < 0) return ORGSIM_CLAIM_FAILS;
    return high < least ? ORGSIM_CLAIM_SMALLER : ORGSIM_CLAIM_UNDECIDED;
}

static void row_begin(int r, struct orgsim_claim_row *row)
{
    const struct claims_measurement *m = &claims_table[r];
    bool auc = m->kind == CLAIMS_AUC, growth = m->kind == CLAIMS_GROWTH, money = !strcmp(orgsim_metric_info(m->metric)->unit, "k") && m->kind != CLAIMS_RATE;
    const struct orgsim_estimate none = {(double)NAN, (double)NAN, (double)NAN};
    *row = (struct orgsim_claim_row){.claim = m->claim, .what = m->what, .sign = m->sign, .given = m->given, .least = m->least, .teams = m->teams,
                                     .unit = auc ? "area under the curve" : growth ? "share of the budget" : m->unit ? m->unit : orgsim_metric_info(m->metric)->unit,
                                     .first = auc ? predictor_words[m->predictor[0]] : growth ? "larger" : m->arm[0],
                                     .second = auc ? predictor_words[m->predictor[1]] : growth ? "smaller" : m->arm[1],
                                     .first_settings = m->settings[0], .second_settings = m->settings[1], .density = m->density,
                                     .scale = auc ? ORGSIM_CLAIM_OF_AREA : money ? ORGSIM_CLAIM_OF_BUDGET : ORGSIM_CLAIM_OF_SECOND,
                                     .first_level = (double)NAN, .second_level = (double)NAN, .difference = none, .size = none};
}

static int row_conclude(const struct claims_worlds *k, int r, struct orgsim_claim_row *row)
{
    int status = 0;
    row_begin(r, row);
    if (claims_is_tested(k, r)) switch (claims_table[r].kind) {
        case CLAIMS_MEAN:
        case CLAIMS_RATE: conclude_mean(k, r, row); break;
        case CLAIMS_PROGRAMS: conclude_programs(k, r, row); break;
        case CLAIMS_GROWTH: conclude_growth(k, r, row); break;
        case CLAIMS_AUC: status = conclude_auc(k, r, row); break;
        }
    row->verdict = verdict_of(row);
    return status;
}

static enum orgsim_claim_verdict claim_verdict(const struct orgsim_claims *c, enum orgsim_claim claim)
{
    size_t n[ORGSIM_CLAIM_VERDICTS] = {0};
    for (size_t r = 0; r < c->n; r++) n[c->row[r].verdict] += c->row[r].claim == claim;
    size_t against = n[ORGSIM_CLAIM_FAILS] + n[ORGSIM_CLAIM_SMALLER];
    if (n[ORGSIM_CLAIM_HOLDS] && against + n[ORGSIM_CLAIM_SAME]) return ORGSIM_CLAIM_PARTLY;
    if (against) return ORGSIM_CLAIM_FAILS;
    if (n[ORGSIM_CLAIM_UNDECIDED]) return ORGSIM_CLAIM_UNDECIDED;
    if (n[ORGSIM_CLAIM_SAME]) return ORGSIM_CLAIM_SAME;
    return n[ORGSIM_CLAIM_HOLDS] ? ORGSIM_CLAIM_HOLDS : ORGSIM_CLAIM_UNTESTED;
}

int claims_conclude(const struct claims_worlds *k, struct orgsim_claims *claims)
{
    int status = 0;
    for (int r = 0; r < claims_rows && !status; r++) status = row_conclude(k, r, &claims->row[r]);
    if (status) return status;
    claims->n = (size_t)claims_rows;
    for (int c = 0; c < ORGSIM_CLAIM_COUNT; c++) claims->verdict[c] = claim_verdict(claims, (enum orgsim_claim)c);
    return 0;
}
