/* explain_worlds.c: which world is told: the typical one, the best, the worst, one that the hire lost, the surprise */
#include "study/explain.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "base/memory.h"

#define LOST_QUANTILE 0.05

int explain_worlds_create(struct explain_worlds *worlds, size_t n)
{
    worlds->room = n;
    for (int side = 0; side < 2; side++) {
        worlds->finish[side] = memory_array(n, sizeof(float));
        worlds->npv[side] = memory_array(n, sizeof(float));
        worlds->lead[side] = memory_array(n, sizeof(float));
        if (!worlds->finish[side] || !worlds->npv[side] || !worlds->lead[side]) return ORGSIM_ERROR_MEMORY;
    }
    return 0;
}

void explain_worlds_free(struct explain_worlds *worlds)
{
    for (int side = 0; side < 2; side++) {
        memory_free(worlds->finish[side]);
        memory_free(worlds->npv[side]);
        memory_free(worlds->lead[side]);
    }
    *worlds = (struct explain_worlds){0};
}

double explain_worlds_difference(const struct explain_worlds *worlds, size_t world)
{
    return (double)worlds->npv[1][world] - worlds->npv[0][world];
}

static double value_of(const struct explain_worlds *w, size_t world, int column)
{
    if (column < 2) return w->finish[column][world];
    return explain_worlds_difference(w, world);
}

/* Distance from the medians, each in interquartile ranges. */
static void add_distance(const struct explain_worlds *w, int column, double *sorted, double *distance)
{
    for (size_t i = 0; i < w->n; i++) sorted[i] = value_of(w, i, column);
    gsl_sort(sorted, 1, w->n);
    double median = gsl_stats_quantile_from_sorted_data(sorted, 1, w->n, 0.5);
    double range = gsl_stats_quantile_from_sorted_data(sorted, 1, w->n, 0.75) - gsl_stats_quantile_from_sorted_data(sorted, 1, w->n, 0.25);
    for (size_t i = 0; range > 0 && i < w->n; i++) distance[i] += fabs(value_of(w, i, column) - median) / range;
}

static void score_typical(const struct explain_worlds *w, double *scratch, double *score)
{
    for (int column = 0; column < 3; column++) add_distance(w, column, scratch, score);
}

/* The hire made it worse, and by more than its pay: the program came later. */
static bool lost_time(const struct explain_worlds *w, size_t world)
{
    return explain_worlds_difference(w, world) < 0 && w->finish[1][world] > w->finish[0][world];
}

/* Worlds that were not lost are out of the question; those that only lost the pay are told when there is no other. */
static void score_lost(const struct explain_worlds *w, double *sorted, double *score)
{
    bool some_lost_time = false;
    for (size_t i = 0; i < w->n; i++) some_lost_time |= lost_time(w, i);
    for (size_t i = 0; i < w->n; i++) sorted[i] = explain_worlds_difference(w, i);
    gsl_sort(sorted, 1, w->n);
    double wanted = gsl_stats_quantile_from_sorted_data(sorted, 1, w->n, LOST_QUANTILE);
    for (size_t i = 0; i < w->n; i++) {
        double difference = explain_worlds_difference(w, i);
        bool told = some_lost_time ? lost_time(w, i) : difference < 0;
        score[i] = told ? fabs(difference - wanted) : INFINITY;
    }
}

/* Early against late discovery, among worlds that both organisations finish: one that lives longer has more time to notice. Worlds that never
 * finish stand at the horizon, the latest finish there is. */
static void score_surprise(const struct explain_worlds *w, double *score)
{
    float latest = 0;
    for (size_t i = 0; i < w->n; i++) latest = fmaxf(latest, fmaxf(w->finish[0][i], w->finish[1][i]));
    for (size_t i = 0; i < w->n; i++) {
        bool finished = w->finish[0][i] < latest && w->finish[1][i] < latest;
        score[i] = (double)w->lead[0][i] - (double)w->lead[1][i] + (finished ? 0 : latest);
    }
}

int explain_worlds_choose(const struct explain_worlds *w, enum orgsim_world_choice choice, size_t *world)
{
    double *score = memory_array(w->n, sizeof *score), *scratch = memory_array(w->n, sizeof *scratch);
    int status = score && scratch ? 0 : ORGSIM_ERROR_MEMORY;
    *world = SIZE_MAX;
    if (status) goto out;
    if (choice == ORGSIM_WORLD_typical) score_typical(w, scratch, score);
    if (choice == ORGSIM_WORLD_lost) score_lost(w, scratch, score);
    if (choice == ORGSIM_WORLD_surprise) score_surprise(w, score);
    for (size_t i = 0; i < w->n; i++) {
        if (choice == ORGSIM_WORLD_best) score[i] = -explain_worlds_difference(w, i);
        if (choice == ORGSIM_WORLD_worst) score[i] = explain_worlds_difference(w, i);
        if (isfinite(score[i]) && (*world == SIZE_MAX || score[i] < score[*world])) *world = i;
    }
out:
    memory_free(score);
    memory_free(scratch);
    return status;
}
