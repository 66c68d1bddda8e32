/* example.c: a program of one's own that uses the library: it loads and checks a scenario, lives worlds of it, and reads the results of a run
 *
 *     cc example.c -o example $(pkg-config --cflags --libs orgsim)
 *     ./example SCENARIO RESULTS_FOLDER
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <orgsim/orgsim.h>

static void say(const struct orgsim_where *where)
{
    fprintf(stderr, "%s:%zu:%zu: %s; %s\n", where->file, where->line, where->column, where->what, where->todo);
}

/* Every problem at once, notes too. NULL when a problem forbids running. */
static struct orgsim_scenario *load(const char *folder)
{
    const char *const settings[] = {"h_seat=2"}; /* as --set of the command */
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    int error = orgsim_scenario_load(folder, settings, 1, &scenario, &problems);
    for (size_t i = 0; i < problems.n; i++)
        if (!problems.list[i].is_note) say(&problems.list[i].where);
    if (error) fprintf(stderr, "%s: %s\n", folder, orgsim_error_text(error));
    orgsim_problems_free(&problems);
    return scenario;
}

/* Called with each block of worlds, in their order: here the worlds are counted in which the second arm finishes earlier. */
static int count_earlier(void *context, const struct orgsim_block *block)
{
    uint64_t *earlier = context;
    const size_t n = block->worlds;
    const float *baseline = block->values + ORGSIM_METRIC_finish_week * n;
    const float *arm = block->values + (ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week) * n;
    for (size_t w = 0; w < n; w++) *earlier += arm[w] < baseline[w];
    return 0;
}

static size_t find_arm(const struct orgsim_scenario *scenario, const char *id)
{
    size_t arm = 0;
    while (arm + 1 < orgsim_scenario_arms(scenario) && strcmp(orgsim_scenario_arm(scenario, arm), id) != 0) arm++;
    return arm;
}

static int run(const struct orgsim_scenario *scenario)
{
    const size_t arms[] = {find_arm(scenario, "none"), find_arm(scenario, "tpm")};
    uint64_t earlier = 0;
    struct orgsim_results results = {0};
    struct orgsim_where where = {0};
    const struct orgsim_run_options options = {.seed = 1,
                                               .worlds = 256,
                                               .arms = arms,
                                               .n_arms = 2,
                                               .baseline = arms[0],
                                               .precision_metric = -1,
                                               .block = count_earlier,
                                               .context = &earlier};
    int error = orgsim_run(scenario, &options, &results, &where);
    if (error) {
        say(&where);
    } else {
        const struct orgsim_comparison *npv = &results.comparison[1 * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_npv_k];
        printf("%s: %" PRIu64 " worlds, %s earlier in %" PRIu64 "\n", orgsim_scenario_name(scenario), results.worlds,
               orgsim_scenario_arm(scenario, arms[1]), earlier);
        printf("change of %s: %.0f %s (%.0f to %.0f)\n", orgsim_metric_info(ORGSIM_METRIC_npv_k)->id, npv->mean_difference,
               orgsim_metric_info(ORGSIM_METRIC_npv_k)->unit, npv->ci_low, npv->ci_high);
    }
    orgsim_results_free(&results);
    return error;
}

static int read_results(const char *folder)
{
    struct orgsim_saved saved = {0};
    struct orgsim_where where = {0};
    int error = orgsim_saved_read(folder, &saved, &where);
    if (error) say(&where);
    for (size_t arm = 0; !error && arm < saved.n_arms; arm++)
        printf("%-12s finishes in week %.1f\n", saved.arm[arm], saved.summary[arm * ORGSIM_METRIC_COUNT + ORGSIM_METRIC_finish_week].mean);
    orgsim_saved_free(&saved);
    return error;
}

int main(int argc, char **argv)
{
    if (argc != 3) return fprintf(stderr, "usage: example SCENARIO RESULTS_FOLDER\n"), 2;
    struct orgsim_scenario *scenario = load(argv[1]);
    int error = scenario ? run(scenario) : ORGSIM_ERROR_SCENARIO;
    orgsim_scenario_free(scenario);
    if (!error) error = read_results(argv[2]);
    return orgsim_error_status(error);
}
