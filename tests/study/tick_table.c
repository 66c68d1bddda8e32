/* tick_table.c: prints the table of sim/README.md that compares the default tick with an eighth of a week
 *
 *     cmake --build build/release --target tick_table && build/release/tests/tick_table scenarios/platform-migration 10000
 *
 * Levels are compared by their ratio, paired differences by the standard error of their own difference, on the same worlds.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/orgsim.h>

#include "base/memory.h"
#include "base/summary.h"

#define ARMS 4
#define FINE 8

static const char *const arm_names[ARMS] = {"none", "coordinator", "costume", "tpm"};

/* Outcomes of every world, [arm][metric][world]. */
struct kept { float *values; size_t worlds; };

static int keep(void *context, const struct orgsim_block *block)
{
    struct kept *kept = context;
    for (size_t row = 0; row < ARMS * ORGSIM_METRIC_COUNT; row++)
        memcpy(kept->values + row * kept->worlds + block->first_world, block->values + row * block->worlds, block->worlds * sizeof(float));
    return 0;
}

static int live(const struct orgsim_scenario *scenario, int ticks, struct kept *kept, struct orgsim_results *results)
{
    size_t arms[ARMS], found = 0;
    for (size_t a = 0; a < orgsim_scenario_arms(scenario); a++)
        for (size_t n = 0; n < ARMS; n++)
            if (strcmp(orgsim_scenario_arm(scenario, a), arm_names[n]) == 0) arms[n] = a, found++;
    if (found != ARMS) return ORGSIM_ERROR_USAGE;
    struct orgsim_run_options options = {.seed = 1, .worlds = kept->worlds, .arms = arms, .n_arms = ARMS, .baseline = arms[0],
                                         .ticks_per_week = ticks, .precision_metric = -1, .block = keep, .context = kept};
    struct orgsim_where where = {0};
    return orgsim_run(scenario, &options, results, &where);
}

static void print_levels(const struct orgsim_results *coarse, const struct orgsim_results *fine)
{
    puts("| metric | arm | half a week | an eighth | ratio less 1 |\n|---|---|---:|---:|---:|");
    static const int metrics[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_cost_k, ORGSIM_METRIC_value_k, ORGSIM_METRIC_npv_k, ORGSIM_METRIC_on_time,
                                  ORGSIM_METRIC_rework_share, ORGSIM_METRIC_focus_loss, ORGSIM_METRIC_risks_realised,
                                  ORGSIM_METRIC_detection_lead_weeks, ORGSIM_METRIC_escalation_latency_weeks, ORGSIM_METRIC_decision_debt_weeks,
                                  ORGSIM_METRIC_engineer_attrition_per_year, ORGSIM_METRIC_escaped_share, ORGSIM_METRIC_cancelled};
    for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++)
        for (size_t a = 0; a < ARMS; a += ARMS - 1) {
            size_t cell = a * ORGSIM_METRIC_COUNT + (size_t)metrics[m];
            double x = coarse->summary[cell].mean, y = fine->summary[cell].mean;
            printf("| %s | %s | %.5g | %.5g | %+.2f %% |\n", orgsim_metric_info((enum orgsim_metric)metrics[m])->id, arm_names[a], x, y, 100 * (x / y - 1));
        }
    for (size_t a = 0; a < ARMS; a += ARMS - 1) {
        double x = coarse->summary[a * ORGSIM_METRIC_COUNT].quantile[4], y = fine->summary[a * ORGSIM_METRIC_COUNT].quantile[4];
        printf("| finish_week P50 | %s | %.5g | %.5g | %+.2f %% |\n", arm_names[a], x, y, 100 * (x / y - 1));
    }
}

static void print_differences(const struct kept *coarse, const struct kept *fine)
{
    puts("\n| paired difference with `none` | arm | half a week | an eighth | apart | standard error of that | share of the level |\n"
         "|---|---|---:|---:|---:|---:|---:|");
    static const int metrics[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_cost_k, ORGSIM_METRIC_npv_k};
    for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++)
        for (size_t a = 1; a < ARMS; a++) {
            struct moments x = {0}, y = {0}, apart = {0}, level = {0};
            size_t row = (a * ORGSIM_METRIC_COUNT + (size_t)metrics[m]) * coarse->worlds, base = (size_t)metrics[m] * coarse->worlds;
            for (size_t w = 0; w < coarse->worlds; w++) {
                double dx = (double)coarse->values[row + w] - (double)coarse->values[base + w];
                double dy = (double)fine->values[row + w] - (double)fine->values[base + w];
                moments_add(&x, dx);
                moments_add(&y, dy);
                moments_add(&apart, dx - dy);
                moments_add(&level, fabs((double)fine->values[base + w]));
            }
            printf("| %s | %s | %.4g | %.4g | %+.3g | %.2g | %.2f %% |\n", orgsim_metric_info((enum orgsim_metric)metrics[m])->id, arm_names[a],
                   moments_mean(&x), moments_mean(&y), moments_mean(&apart), moments_se(&apart), 100 * moments_mean(&apart) / moments_mean(&level));
        }
}

int main(int argc, char **argv)
{
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct orgsim_results coarse = {0}, fine = {0};
    size_t worlds = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : 10000;
    if (argc < 2 || worlds < 2 || orgsim_scenario_load(argv[1], NULL, 0, &scenario, &problems)) {
        fputs("usage: tick_table SCENARIO [WORLDS]\n", stderr);
        return 2;
    }
    struct kept half = {.values = memory_array(ARMS * ORGSIM_METRIC_COUNT * worlds, sizeof(float)), .worlds = worlds};
    struct kept eighth = {.values = memory_array(ARMS * ORGSIM_METRIC_COUNT * worlds, sizeof(float)), .worlds = worlds};
    int status = half.values && eighth.values ? 0 : ORGSIM_ERROR_MEMORY;
    if (!status) status = live(scenario, 2, &half, &coarse);
    if (!status) status = live(scenario, FINE, &eighth, &fine);
    if (!status) {
        print_levels(&coarse, &fine);
        print_differences(&half, &eighth);
    }
    orgsim_results_free(&coarse);
    orgsim_results_free(&fine);
    memory_free(half.values);
    memory_free(eighth.values);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return status;
}
