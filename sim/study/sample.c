/* sample.c: single worlds, kept in block order for figures, and how the mean settled */
#include "study/sample.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/memory.h"

#define THINNED_FROM 24 /* blocks: from here on a point is kept for each growth by one in so many; 2^33 blocks give fewer than 490 points */
#define PREFIX_LEAST 16 /* worlds of the first point, inside the first block */

int sample_create(struct sample *s, size_t n_arms, size_t baseline, size_t headline, double budget_k, uint64_t worlds)
{
    *s = (struct sample){.n_arms = n_arms, .baseline = baseline, .headline = headline, .budget_k = budget_k, .next_block = 1,
                         .most = worlds < ORGSIM_SAMPLE_WORLDS ? (size_t)worlds : ORGSIM_SAMPLE_WORLDS};
    s->finish_week = memory_array(n_arms * s->most, sizeof *s->finish_week);
    s->cost_k = memory_array(n_arms * s->most, sizeof *s->cost_k);
    s->joint = memory_array(n_arms, sizeof *s->joint);
    s->gained = memory_array(n_arms, sizeof *s->gained);
    s->lost = memory_array(n_arms, sizeof *s->lost);
    s->running = memory_array(ORGSIM_RUNNING_POINTS, sizeof *s->running);
    return s->finish_week && s->cost_k && s->joint && s->gained && s->lost && s->running ? 0 : ORGSIM_ERROR_MEMORY;
}

void sample_free(struct sample *s)
{
    void *owned[] = {s->finish_week, s->cost_k, s->joint, s->gained, s->lost, s->running};
    for (size_t o = 0; o < sizeof owned / sizeof *owned; o++) memory_free(owned[o]);
    *s = (struct sample){0};
}

static const float *column_of(const float *values, size_t arm, size_t metric, size_t worlds)
{
    return values + (arm * ORGSIM_METRIC_COUNT + metric) * worlds;
}

static void keep_worlds(struct sample *s, const float *values, size_t worlds)
{
    size_t take = s->most - s->kept < worlds ? s->most - s->kept : worlds;
    for (size_t arm = 0; arm < s->n_arms; arm++) {
        const float *finish = column_of(values, arm, ORGSIM_METRIC_finish_week, worlds), *cost = column_of(values, arm, ORGSIM_METRIC_cost_k, worlds);
        const float *cancelled = column_of(values, arm, ORGSIM_METRIC_cancelled, worlds),
                    *censored = column_of(values, arm, ORGSIM_METRIC_censored, worlds);
        for (size_t w = 0; w < take; w++) {
            s->finish_week[arm * s->most + s->kept + w] = cancelled[w] == 0 && censored[w] == 0 ? finish[w] : INFINITY;
            s->cost_k[arm * s->most + s->kept + w] = cost[w];
        }
    }
    s->kept += take;
}

static void count_joint(struct sample *s, const float *values, size_t worlds)
{
    const float *base_time = column_of(values, s->baseline, ORGSIM_METRIC_on_time, worlds),
                *base_cost = column_of(values, s->baseline, ORGSIM_METRIC_cost_k, worlds);
    for (size_t arm = 0; arm < s->n_arms; arm++) {
        const float *on_time = column_of(values, arm, ORGSIM_METRIC_on_time, worlds), *cost = column_of(values, arm, ORGSIM_METRIC_cost_k, worlds);
        for (size_t w = 0; w < worlds; w++) {
            bool here = on_time[w] > 0 && (double)cost[w] <= s->budget_k, there = base_time[w] > 0 && (double)base_cost[w] <= s->budget_k;
            s->joint[arm] += here;
            s->gained[arm] += here && !there;
            s->lost[arm] += !here && there;
        }
    }
}

static void add_point(struct sample *s, const struct moments *m, bool passing)
{
    if (s->passing || s->n_running == ORGSIM_RUNNING_POINTS) s->n_running--;
    double half = m->n > 1 ? gsl_cdf_tdist_Pinv(0.975, (double)(m->n - 1)) * moments_se(m) : NAN;
    s->running[s->n_running++] = (struct orgsim_running){.worlds = m->n, .mean = m->mean, .ci_low = m->mean - half, .ci_high = m->mean + half};
    s->passing = passing;
}

/* The first block is long on a logarithmic axis: points inside it. */
static void add_prefix(struct sample *s, const float *values, size_t worlds)
{
    const float *here = column_of(values, s->headline, ORGSIM_METRIC_npv_k, worlds), *there = column_of(values, s->baseline, ORGSIM_METRIC_npv_k, worlds);
    struct moments m = {0};
    for (size_t w = 0; w < worlds; w++) {
        if (w >= PREFIX_LEAST && (w & (w - 1)) == 0) add_point(s, &m, false);
        moments_add(&m, (double)here[w] - (double)there[w]);
    }
}

void sample_take(struct sample *s, const float *values, size_t worlds, const struct moments *difference)
{
    keep_worlds(s, values, worlds);
    count_joint(s, values, worlds);
    s->worlds += worlds;
    s->blocks++;
    if (s->headline == SIZE_MAX || s->headline == s->baseline) return;
    if (s->blocks == 1) add_prefix(s, values, worlds);
    bool passing = s->blocks < s->next_block;
    if (!passing) s->next_block = s->blocks + 1 + s->blocks / THINNED_FROM;
    add_point(s, difference, passing);
}

int sample_report(const struct sample *s, struct orgsim_results *r)
{
    r->sample_worlds = s->kept;
    r->n_running = s->n_running;
    r->sample_finish_week = memory_array(s->n_arms * s->kept, sizeof *r->sample_finish_week);
    r->sample_cost_k = memory_array(s->n_arms * s->kept, sizeof *r->sample_cost_k);
    r->joint_share = memory_array(s->n_arms, sizeof *r->joint_share);
    r->joint_difference_se = memory_array(s->n_arms, sizeof *r->joint_difference_se);
    r->running = memory_array(s->n_running, sizeof *r->running);
    if (!r->sample_finish_week || !r->sample_cost_k || !r->joint_share || !r->joint_difference_se || !r->running) return ORGSIM_ERROR_MEMORY;
    double n = (double)s->worlds;
    for (size_t arm = 0; arm < s->n_arms; arm++) {
        if (s->kept > 0) {
            memcpy(r->sample_finish_week + arm * s->kept, s->finish_week + arm * s->most, s->kept * sizeof *s->finish_week);
            memcpy(r->sample_cost_k + arm * s->kept, s->cost_k + arm * s->most, s->kept * sizeof *s->cost_k);
        }
        double gained = (double)s->gained[arm], lost = (double)s->lost[arm];
        r->joint_share[arm] = n > 0 ? (double)s->joint[arm] / n : NAN;
        r->joint_difference_se[arm] = n > 1 ? sqrt(fmax(0, gained + lost - (gained - lost) * (gained - lost) / n) / (n * (n - 1))) : NAN;
    }
    if (s->n_running > 0) memcpy(r->running, s->running, s->n_running * sizeof *r->running);
    return 0;
}
