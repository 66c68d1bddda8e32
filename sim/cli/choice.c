/* choice.c: which organisations of a scenario are run, and against which */
#include "cli/choice.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/spelling.h"
#include "scenario/scenario.h"

#define NO_ARM SIZE_MAX

static const char *const shown_by_default[] = {"none", "coordinator", "costume", "tpm", "engineer", "decouple"};
enum { SHOWN_BY_DEFAULT = sizeof shown_by_default / sizeof shown_by_default[0], NEEDED_FOR_DEFAULT = 4 };

static size_t find_arm(const struct orgsim_scenario *scenario, const char *id)
{
    for (size_t arm = 0; arm < orgsim_scenario_arms(scenario); arm++)
        if (strcmp(orgsim_scenario_arm(scenario, arm), id) == 0) return arm;
    return NO_ARM;
}

static bool is_chosen(const struct choice *choice, size_t arm)
{
    for (size_t i = 0; i < choice->n; i++)
        if (choice->arms[i] == arm) return true;
    return false;
}

static int fail_unknown(const struct orgsim_scenario *scenario, const char *option, const char *id, struct orgsim_where *where)
{
    size_t n = orgsim_scenario_arms(scenario);
    char todo[sizeof where->todo], hint[SPELLING_SIZE];
    const char **ids = memory_array(n, sizeof *ids);
    if (!ids) return ORGSIM_ERROR_MEMORY;
    for (size_t arm = 0; arm < n; arm++) ids[arm] = orgsim_scenario_arm(scenario, arm);
    spelling_hint(hint, id, ids, n);
    struct text known = {0};
    for (size_t arm = 0; arm < n; arm++) text_format(&known, "%s%s", arm ? ", " : "the scenario has ", ids[arm]);
    snprintf(todo, sizeof todo, "%s", hint[0] ? hint + 2 : known.s ? known.s : ""); /* hint without its own "; " */
    text_free(&known);
    memory_free(ids);
    return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, todo, "%s: the scenario has no arm \"%s\"", option, id);
}

static int choose_listed(struct choice *choice, const char *list, const struct orgsim_scenario *scenario, struct orgsim_where *where)
{
    int error = 0;
    for (const char *start = list; !error && start;) {
        size_t length = strcspn(start, ",");
        char *id = memory_string_n(start, length);
        if (!id) return ORGSIM_ERROR_MEMORY;
        size_t arm = find_arm(scenario, id);
        if (arm == NO_ARM) error = fail_unknown(scenario, "--arms", id, where);
        else if (is_chosen(choice, arm))
            error = error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "name it once", "--arms: \"%s\" comes twice", id);
        else choice->arms[choice->n++] = arm;
        memory_free(id);
        start = start[length] ? start + length + 1 : NULL;
    }
    return error;
}

static bool is_shown_by_default(const struct orgsim_scenario *scenario, size_t arm)
{
    if (arm == scenario->settings.baseline_arm || arm == scenario->settings.headline_arm) return true;
    for (size_t i = 0; i < SHOWN_BY_DEFAULT; i++)
        if (strcmp(shown_by_default[i], orgsim_scenario_arm(scenario, arm)) == 0) return true;
    return false;
}

static void choose_default(struct choice *choice, const struct orgsim_scenario *scenario)
{
    bool usual = true;
    for (size_t i = 0; i < NEEDED_FOR_DEFAULT; i++) usual = usual && find_arm(scenario, shown_by_default[i]) != NO_ARM;
    for (size_t arm = 0; arm < orgsim_scenario_arms(scenario); arm++)
        if (!usual || choice->all || is_shown_by_default(scenario, arm)) choice->arms[choice->n++] = arm;
}

static void add_first(struct choice *choice, size_t arm)
{
    if (is_chosen(choice, arm)) return;
    memmove(choice->arms + 1, choice->arms, choice->n * sizeof *choice->arms);
    choice->arms[0] = arm;
    choice->n++;
}

/* A precision is of the headline arm against the baseline: without that pair it would never be reached. */
static int check_precision(const struct choice *choice, const struct options *options, const struct orgsim_scenario *scenario,
                           struct orgsim_where *where)
{
    size_t headline = scenario->settings.headline_arm;
    if (!options->given[OPTION_PRECISION] || (is_chosen(choice, headline) && headline != choice->baseline)) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "add it to --arms or choose another --baseline",
                     "--precision: the headline arm \"%s\" is not compared with the baseline", orgsim_scenario_arm(scenario, headline));
}

int choice_baseline(size_t *baseline, const struct options *options, const struct orgsim_scenario *scenario, struct orgsim_where *where)
{
    *baseline = options->baseline ? find_arm(scenario, options->baseline) : scenario->settings.baseline_arm;
    return *baseline == NO_ARM ? fail_unknown(scenario, "--baseline", options->baseline, where) : 0;
}

int choice_of(struct choice *choice, const struct options *options, const struct orgsim_scenario *scenario, struct orgsim_where *where)
{
    *choice = (struct choice){.arms = memory_array(orgsim_scenario_arms(scenario) + 1, sizeof *choice->arms)};
    if (!choice->arms) return ORGSIM_ERROR_MEMORY;
    int status = choice_baseline(&choice->baseline, options, scenario, where);
    if (status) return status;
    choice->all = options->arms && strcmp(options->arms, "all") == 0;
    if (options->arms && !choice->all) {
        int error = choose_listed(choice, options->arms, scenario, where);
        if (error) return error;
    } else {
        choose_default(choice, scenario);
    }
    add_first(choice, choice->baseline);
    return check_precision(choice, options, scenario, where);
}

void choice_into(struct orgsim_run_options *run, const struct choice *choice)
{
    run->arms = choice->arms;
    run->n_arms = choice->n;
    run->baseline = choice->baseline;
}

void choice_free(struct choice *choice)
{
    memory_free(choice->arms);
    *choice = (struct choice){0};
}
