/* fabricate.h: results that no engine made, of known shape, for the tests of the report */
#ifndef ORGSIM_TESTS_REPORT_FABRICATE_H
#define ORGSIM_TESTS_REPORT_FABRICATE_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report/finding.h"

#define FABRICATE_WORLDS 4096
#define FABRICATE_ARMS 7
#define FABRICATE_WEEKS 90
#define FABRICATE_SAMPLE 1500

/* How the arms differ from the baseline; row 0 is the baseline, row 3 (tpm) the headline. */
struct fabricate_shape {
    double week_gain[FABRICATE_ARMS]; /* weeks by which an arm finishes earlier */
    double npv_gain[FABRICATE_ARMS];  /* k by which its net value is higher, on the mean */
    double spread;                    /* sd of the difference of net value, k */
    double never[FABRICATE_ARMS];     /* share that never finishes */
    const char *labels[FABRICATE_ARMS];
};

static const struct fabricate_shape fabricate_pays = {{0, 0.6, 0.9, 3.4, 2.1, 0.7, 1.9},
                                                      {0, 60, -60, 412, 180, 90, 520},
                                                      420,
                                                      {0.005, 0.005, 0.005, 0, 0, 0.005, 0},
                                                      {"EM and PM only", "coordinator", "TPM in a scheduler's costume", "empowered TPM",
                                                       "two more engineers", "EM takes it", "fewer interfaces"}};

struct fabricated {
    struct orgsim_scenario scenario;
    struct orgsim_run_options options;
    struct orgsim_results results;
    struct report_plan plan;
    float *values; /* [arm][metric][world] of one block of FABRICATE_WORLDS */
    struct scenario_arm arms[FABRICATE_ARMS];
    struct scenario_seat seats[FABRICATE_ARMS];
    struct scenario_package packages[2];
    size_t arm[FABRICATE_ARMS];
    char *notes[FABRICATE_ARMS];
    double seat_cost[FABRICATE_ARMS];
};

static inline double fabricate_uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static inline double fabricate_normal(uint64_t *state)
{
    double u = fabricate_uniform(state), v = fabricate_uniform(state);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static inline int fabricate_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline double fabricate_quantile(const double *sorted, double level)
{
    double place = level * (FABRICATE_WORLDS - 1);
    size_t i = (size_t)place;
    if (i + 1 >= FABRICATE_WORLDS || place == (double)i) return sorted[i];
    return isfinite(sorted[i + 1]) ? sorted[i] + (place - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[i + 1];
}

/* Between two of the sorted values; NAN at the ends. */
static inline struct orgsim_interval fabricate_interval(const double *sorted, double level)
{
    uint64_t low, high;
    if (!summary_quantile_ranks(FABRICATE_WORLDS, level, &low, &high)) return (struct orgsim_interval){(double)NAN, (double)NAN};
    return (struct orgsim_interval){sorted[low - 1], sorted[high - 1]};
}

static inline struct orgsim_summary fabricate_summary(double *values, double *quantiles_101, struct orgsim_interval *intervals_101)
{
    struct orgsim_summary s = {0};
    double sum = 0, squares = 0;
    size_t n = 0;
    for (size_t w = 0; w < FABRICATE_WORLDS; w++) {
        if (!isfinite(values[w])) continue;
        sum += values[w];
        squares += values[w] * values[w];
        n++;
    }
    s.mean = n ? sum / (double)n : (double)NAN;
    s.se = n ? sqrt(fmax(0, squares / (double)n - s.mean * s.mean) / (double)n) : (double)NAN;
    static const double levels[ORGSIM_QUANTILES] = {.05, .1, .2, .25, .5, .75, .8, .9, .95};
    qsort(values, FABRICATE_WORLDS, sizeof *values, fabricate_compare);
    for (int q = 0; q < ORGSIM_QUANTILES; q++) {
        struct orgsim_interval interval = fabricate_interval(values, levels[q]);
        s.quantile[q] = fabricate_quantile(values, levels[q]);
        s.quantile_low[q] = interval.low;
        s.quantile_high[q] = interval.high;
    }
    for (int q = 0; q <= 100; q++) intervals_101[q] = fabricate_interval(values, q / 100.0);
    for (int q = 0; quantiles_101 && q <= 100; q++) quantiles_101[q] = fabricate_quantile(values, q / 100.0);
    return s;
}

static inline struct orgsim_comparison fabricate_comparison(double mean, double se)
{
    return (struct orgsim_comparison){.mean_difference = mean,
                                      .se = se,
                                      .ci_low = mean - SUMMARY_Z95 * se,
                                      .ci_high = mean + SUMMARY_Z95 * se,
                                      .both_complete_difference = mean,
                                      .both_complete_se = se};
}

static inline struct orgsim_shift fabricate_shift(double difference, double half)
{
    bool none = !isfinite(difference);
    return (struct orgsim_shift){difference, none ? (double)NAN : difference - half, none ? (double)NAN : difference + half};
}

static inline void fabricate_shifts(struct orgsim_comparison *comparison, const struct orgsim_shift *shift_101)
{
    comparison->p20 = shift_101[20];
    comparison->p50 = shift_101[50];
    comparison->p80 = shift_101[80];
}

static inline void fabricate_scenario(struct fabricated *f, const struct fabricate_shape *shape)
{
    static const char *const ids[FABRICATE_ARMS] = {"none", "coordinator", "costume", "tpm", "engineer", "em_takes", "decouple"};
    static const double cost[FABRICATE_ARMS] = {0, 2.4, 4.4, 4.4, 0, 0, 0};
    f->scenario = (struct orgsim_scenario){.path = "scenarios/atlas",
                                           .digest = UINT64_C(0x0123456789abcdef),
                                           .arms = f->arms,
                                           .n_arms = FABRICATE_ARMS,
                                           .packages = f->packages,
                                           .n_packages = 2};
    f->scenario.settings = (struct scenario_settings){.name = "Atlas <platform> & migration", .currency = "USD", .headline_arm = 3};
    f->scenario.money.benefit_load = 1.43;
    f->packages[0].id = "PAY-1";
    f->packages[1].id = "=PAY-2";
    assumptions_default(&f->scenario.assumptions);
    f->scenario.assumptions.h_seat = 1.5;
    f->scenario.assumption_source[ASSUMPTION_h_seat] = "--set";
    for (size_t a = 0; a < FABRICATE_ARMS; a++) {
        f->arms[a] =
            (struct scenario_arm){.id = (char *)(uintptr_t)ids[a], .label = (char *)(uintptr_t)shape->labels[a], .seats = &f->seats[a]};
        f->seats[a] = (struct scenario_seat){.role = ROLE_TPM, .fte = {1, -1}};
        f->arms[a].n_seats = cost[a] > 0;
        f->seat_cost[a] = cost[a];
        f->arm[a] = a;
    }
    f->options = (struct orgsim_run_options){.seed = 7, .worlds = FABRICATE_WORLDS, .precision_metric = -1};
    f->plan = (struct report_plan){
        .scenario = &f->scenario, .options = &f->options, .command = "orgsim run scenarios/atlas -s 7", .outcomes = true, .figures = true};
}

/* Progress, reports and open questions of an arm that finishes so many weeks earlier. */
static inline void fabricate_timeline(struct orgsim_results *r, size_t a, double gain)
{
    for (size_t week = 0; week < FABRICATE_WEEKS; week++) {
        struct orgsim_band *row = &r->timeline[(a * FABRICATE_WEEKS + week) * ORGSIM_TIMELINE_COUNT];
        double t = (double)week / (46 - 2 * gain), done = fmin(1, t), near = 4 * done * (1 - done), open = 6 * exp(-2 * t) * t * (3 - 0.3 * gain);
        row[ORGSIM_TIMELINE_progress_true] =
            (struct orgsim_band){done, done - 0.12 * near, done, fmin(1, done + 0.1 * near), done - 0.06 * near, fmin(1, done + 0.05 * near)};
        done = fmin(1, done + 0.06 * near);
        row[ORGSIM_TIMELINE_progress_reported] = (struct orgsim_band){.mean = done, .p50 = done};
        row[ORGSIM_TIMELINE_open_decisions] = (struct orgsim_band){.mean = open, .p50 = floor(open)};
    }
}

/* What single worlds, packages and first looks of an arm amount to; finish as it was drawn, before sorting. */
static inline void fabricate_details(struct fabricated *f, size_t a, const double *finish, double gain)
{
    struct orgsim_results *r = &f->results;
    size_t joint = 0;
    for (size_t w = 0; w < FABRICATE_WORLDS; w++) {
        double cost = isfinite(finish[w]) ? 1000 + 140 * finish[w] + 9 * (double)(w * 37 % 100) : 16000;
        joint += finish[w] <= r->deadline_week && cost <= r->budget_k;
        if (w >= FABRICATE_SAMPLE) continue;
        r->sample_finish_week[a * FABRICATE_SAMPLE + w] = (float)finish[w];
        r->sample_cost_k[a * FABRICATE_SAMPLE + w] = (float)cost;
    }
    r->joint_share[a] = (double)joint / FABRICATE_WORLDS;
    r->joint_difference_se[a] = a ? 0.004 : 0;
    for (size_t p = 0; p < 2; p++) r->packages[a * 2 + p] = (struct orgsim_package_result){0.4 + 0.5 * (double)p - 0.05 * gain, 0.8 - 0.3 * (double)p};
    struct orgsim_summary *summary = &r->summary[a * ORGSIM_METRIC_COUNT];
    summary[ORGSIM_METRIC_cost_k].quantile[FINDING_P50] = 8200 - 40 * gain;
    summary[ORGSIM_METRIC_hits_team].mean = 11 + gain;
    summary[ORGSIM_METRIC_misses_team].mean = 9 - gain;
    summary[ORGSIM_METRIC_first_false_alarms_team].mean = 1.5;
    summary[ORGSIM_METRIC_correct_holds_team].mean = 6;
    summary[ORGSIM_METRIC_decision_debt_weeks].mean = 250 - 10 * gain;
    summary[ORGSIM_METRIC_watermelon_weeks].mean = 4 - 0.5 * gain;
    struct orgsim_comparison *comparison = &r->comparison[a * ORGSIM_METRIC_COUNT];
    comparison[ORGSIM_METRIC_escalation_recall] = fabricate_comparison(gain / 20, 0.004);
    comparison[ORGSIM_METRIC_decision_debt_weeks] = fabricate_comparison(-10 * gain, 1.1);
    comparison[ORGSIM_METRIC_watermelon_weeks] = fabricate_comparison(-0.5 * gain, 0.02);
}

static inline void fabricate_arm(struct fabricated *f, const struct fabricate_shape *shape, size_t a, const double *base_finish,
                                 const double *base_npv)
{
    struct orgsim_results *r = &f->results;
    double *finish = malloc(FABRICATE_WORLDS * sizeof *finish), *npv = malloc(FABRICATE_WORLDS * sizeof *npv),
           *difference = malloc(FABRICATE_WORLDS * sizeof *difference);
    uint64_t state = 1000 + a;
    double losses = 0, on_time = 0, never = 0, squares = 0;
    struct orgsim_summary *summary = &r->summary[a * ORGSIM_METRIC_COUNT];
    struct orgsim_comparison *comparison = &r->comparison[a * ORGSIM_METRIC_COUNT];
    for (size_t w = 0; w < FABRICATE_WORLDS; w++) {
        double z = a ? fabricate_normal(&state) : 0;
        bool lost = fabricate_uniform(&state) < shape->never[a];
        finish[w] = lost ? (double)INFINITY : base_finish[w] - shape->week_gain[a] * (1 + 0.3 * z);
        difference[w] = a ? shape->npv_gain[a] + shape->spread * z : 0;
        npv[w] = base_npv[w] + difference[w];
        squares += (difference[w] - shape->npv_gain[a]) * (difference[w] - shape->npv_gain[a]);
        losses += npv[w] < 0;
        on_time += finish[w] <= r->deadline_week;
        never += lost;
        f->values[(a * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week) * FABRICATE_WORLDS + w] = (float)(lost ? 156 : finish[w]);
        f->values[(a * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k) * FABRICATE_WORLDS + w] = (float)npv[w];
    }
    struct orgsim_comparison none = fabricate_comparison(0, 0);
    for (int m = 0; m < ORGSIM_METRIC_COUNT; m++) comparison[m] = none;
    fabricate_timeline(r, a, shape->week_gain[a]);
    fabricate_details(f, a, finish, shape->week_gain[a]);
    double mean = 0;
    for (size_t w = 0; w < FABRICATE_WORLDS; w++) mean += difference[w] / FABRICATE_WORLDS;
    summary[ORGSIM_METRIC_finish_week] = fabricate_summary(finish, &r->finish_quantiles[a * 101], &r->finish_intervals[a * 101]);
    summary[ORGSIM_METRIC_npv_k] = fabricate_summary(npv, &r->npv_quantiles[a * 101], &r->npv_intervals[a * 101]);
    fabricate_summary(difference, &r->npv_difference_quantiles[a * 101], &r->npv_difference_intervals[a * 101]);
    summary[ORGSIM_METRIC_on_time].mean = on_time / FABRICATE_WORLDS;
    summary[ORGSIM_METRIC_censored].mean = never / FABRICATE_WORLDS;
    summary[ORGSIM_METRIC_cost_k].mean = 8412.3 - 40 * shape->week_gain[a];
    comparison[ORGSIM_METRIC_npv_k] = fabricate_comparison(mean, sqrt(squares) / FABRICATE_WORLDS);
    comparison[ORGSIM_METRIC_finish_week] = fabricate_comparison(-shape->week_gain[a], 0.021);
    comparison[ORGSIM_METRIC_finish_week].rescued_share = fmax(0, shape->never[0] - shape->never[a]) + (a ? 0.012 : 0);
    comparison[ORGSIM_METRIC_finish_week].lost_share = fmax(0, shape->never[a] - shape->never[0]);
    comparison[ORGSIM_METRIC_on_time] =
        fabricate_comparison(summary[ORGSIM_METRIC_on_time].mean - r->summary[ORGSIM_METRIC_on_time].mean, 0.004);
    comparison[ORGSIM_METRIC_delivery_seat_weeks] = fabricate_comparison(f->seat_cost[a] > 0 ? 50 : 0, 0.1);
    for (size_t q = 0; q <= 100; q++) {
        r->finish_shift[a * 101 + q] = fabricate_shift(r->finish_quantiles[a * 101 + q] - r->finish_quantiles[q], a ? 0.25 : 0);
        r->npv_shift[a * 101 + q] = fabricate_shift(r->npv_quantiles[a * 101 + q] - r->npv_quantiles[q], a ? 20 : 0);
    }
    fabricate_shifts(&comparison[ORGSIM_METRIC_finish_week], &r->finish_shift[a * 101]);
    fabricate_shifts(&comparison[ORGSIM_METRIC_npv_k], &r->npv_shift[a * 101]);
    r->npv_loss_probability[a] = losses / FABRICATE_WORLDS;
    free(finish);
    free(npv);
    free(difference);
}

/* The mean difference of the headline arm, as it settles. */
static inline void fabricate_running(struct orgsim_results *r)
{
    const struct orgsim_comparison *last = &r->comparison[r->headline * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
    r->running = calloc(ORGSIM_RUNNING_POINTS, sizeof *r->running);
    for (uint64_t worlds = 16; worlds <= FABRICATE_WORLDS; worlds *= 2) {
        double half = 1.96 * last->se * sqrt((double)FABRICATE_WORLDS / (double)worlds), mean = last->mean_difference;
        if (worlds < FABRICATE_WORLDS) mean += half * ((int)r->n_running % 3 - 1) / 2;
        r->running[r->n_running++] = (struct orgsim_running){worlds, mean, mean - half, mean + half};
    }
}

/* Results of `shape`; the caller frees with fabricate_free(). */
static inline struct fabricated *fabricate(const struct fabricate_shape *shape)
{
    struct fabricated *f = calloc(1, sizeof *f);
    fabricate_scenario(f, shape);
    struct orgsim_results *r = &f->results;
    const size_t cells = FABRICATE_ARMS * ORGSIM_METRIC_COUNT;
    *r = (struct orgsim_results){.worlds = FABRICATE_WORLDS,
                                 .n_arms = FABRICATE_ARMS,
                                 .headline = 3,
                                 .arm = f->arm,
                                 .arm_note = f->notes,
                                 .n_packages = 2,
                                 .n_weeks = FABRICATE_WEEKS,
                                 .plan_weeks = 42,
                                 .deadline_week = 44,
                                 .horizon_weeks = 156,
                                 .value_horizon_weeks = 156,
                                 .budget_k = 8000,
                                 .seat_cost_per_week_k = f->seat_cost,
                                 .timeline_worlds = 2048,
                                 .quantiles_exact = 1,
                                 .isa = "scalar"};
    r->summary = calloc(cells, sizeof *r->summary);
    r->comparison = calloc(cells, sizeof *r->comparison);
    r->timeline = calloc((size_t)FABRICATE_ARMS * FABRICATE_WEEKS * ORGSIM_TIMELINE_COUNT, sizeof *r->timeline);
    r->packages = calloc(FABRICATE_ARMS * 2, sizeof *r->packages);
    r->finish_quantiles = calloc(FABRICATE_ARMS * 101, sizeof(double));
    r->npv_quantiles = calloc(FABRICATE_ARMS * 101, sizeof(double));
    r->npv_difference_quantiles = calloc(FABRICATE_ARMS * 101, sizeof(double));
    r->finish_intervals = calloc(FABRICATE_ARMS * 101, sizeof *r->finish_intervals);
    r->npv_intervals = calloc(FABRICATE_ARMS * 101, sizeof *r->npv_intervals);
    r->npv_difference_intervals = calloc(FABRICATE_ARMS * 101, sizeof *r->npv_difference_intervals);
    r->finish_shift = calloc(FABRICATE_ARMS * 101, sizeof *r->finish_shift);
    r->npv_shift = calloc(FABRICATE_ARMS * 101, sizeof *r->npv_shift);
    r->npv_loss_probability = calloc(FABRICATE_ARMS, sizeof(double));
    r->sample_worlds = FABRICATE_SAMPLE;
    r->sample_finish_week = calloc((size_t)FABRICATE_ARMS * FABRICATE_SAMPLE, sizeof(float));
    r->sample_cost_k = calloc((size_t)FABRICATE_ARMS * FABRICATE_SAMPLE, sizeof(float));
    r->joint_share = calloc(FABRICATE_ARMS, sizeof(double));
    r->joint_difference_se = calloc(FABRICATE_ARMS, sizeof(double));
    f->values = calloc(cells * FABRICATE_WORLDS, sizeof *f->values);
    double *finish = malloc(FABRICATE_WORLDS * sizeof *finish), *npv = malloc(FABRICATE_WORLDS * sizeof *npv);
    uint64_t state = 42;
    for (size_t w = 0; w < FABRICATE_WORLDS; w++) {
        double z = fabricate_normal(&state);
        finish[w] = 30 + 21 * exp(0.32 * z);
        npv[w] = 900 - 900 * z + 600 * fabricate_normal(&state);
    }
    for (size_t a = 0; a < FABRICATE_ARMS; a++) fabricate_arm(f, shape, a, finish, npv);
    fabricate_running(r);
    free(finish);
    free(npv);
    return f;
}

static inline void fabricate_free(struct fabricated *f)
{
    free(f->results.summary);
    free(f->results.comparison);
    free(f->results.timeline);
    free(f->results.packages);
    free(f->results.finish_quantiles);
    free(f->results.npv_quantiles);
    free(f->results.npv_difference_quantiles);
    free(f->results.finish_intervals);
    free(f->results.npv_intervals);
    free(f->results.npv_difference_intervals);
    free(f->results.finish_shift);
    free(f->results.npv_shift);
    free(f->results.npv_loss_probability);
    free(f->results.sample_finish_week);
    free(f->results.sample_cost_k);
    free(f->results.joint_share);
    free(f->results.joint_difference_se);
    free(f->results.running);
    free(f->values);
    free(f);
}

#endif
