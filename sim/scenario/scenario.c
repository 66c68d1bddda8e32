/* scenario.c: from a folder to a checked scenario, and back to nothing */
#include "scenario/scenario.h"

#include <string.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "scenario/check.h"
#include "scenario/load.h"
#include "scenario/nulls.h"
#include "scenario/target.h"

static void arms_free(struct orgsim_scenario *s)
{
    for (size_t a = 0; s->arms && a < s->n_arms; a++) {
        for (size_t q = 0; q < s->arms[a].n_seats; q++) memory_free(s->arms[a].seats[q].id);
        memory_free(s->arms[a].seats);
    }
    rows_free(TABLE_ARMS, s->arms, s->n_arms);
}

static void labels_free(char **names, size_t n)
{
    for (size_t k = 0; names && k < n; k++) memory_free(names[k]);
    memory_free((void *)names);
}

void orgsim_scenario_free(struct orgsim_scenario *scenario)
{
    struct orgsim_scenario *s = scenario;
    if (!s) return;
    for (size_t p = 0; s->packages && p < s->n_packages; p++) distribution_free(&s->packages[p].effort);
    arms_free(s);
    rows_free(TABLE_TEAMS, s->teams, s->n_teams);
    rows_free(TABLE_FEATURES, s->features, s->n_features);
    rows_free(TABLE_PACKAGES, s->packages, s->n_packages);
    rows_free(TABLE_DEPENDENCIES, s->dependencies, s->n_dependencies);
    rows_free(TABLE_RISKS, s->risks, s->n_risks);
    rows_free(TABLE_QUESTIONS, s->questions, s->n_questions);
    rows_free(TABLE_CALENDAR, s->calendar, s->n_calendar);
    labels_free(s->unit_names, s->n_units);
    labels_free(s->site_names, s->n_sites);
    for (int f = 0; f < SCENARIO_FORUMS; f++) memory_free(s->forums[f].id);
    for (int k = 0; k < ASSUMPTION_COUNT; k++) memory_free(s->assumption_source[k]);
    copula_free(&s->copula);
    memory_free(s->correlated);
    memory_free(s->settings.name);
    memory_free(s->settings.currency);
    memory_free(s->path);
    memory_free(s->conditions);
    memory_free(s);
}

/* Applies all settings; a wrong one does not hide the next. */
static int settings_apply(struct load *load, const char *const *settings, size_t n)
{
    int result = 0;
    for (size_t k = 0; k < n && !load->status; k++) {
        struct orgsim_where where = {0};
        int status = target_apply(load->scenario, settings[k], &where);
        if (status == ORGSIM_ERROR_MEMORY) load->status = status;
        else if (status) load_file_problem(load, where.file, where.todo, "%s", where.what);
        if (status) result = status;
    }
    return result;
}

/* A grade on which no effect rests is taken away in vain. */
static void grades_check(struct load *load, const char *const *settings, size_t n)
{
    enum grade grade;
    for (size_t k = 0; k < n && !load->status; k++)
        if (nulls_find(settings[k], &grade) && nulls_count(grade) == 0)
            load->status = problems_add(load->problems, 1, "--without-grade", 0, 0, "the numbers stay as they are", "no effect rests on evidence of grade %s", grade_name(grade));
}

/* What a cell of assumptions.csv is told, a setting is told. */
static void settings_check(struct load *load)
{
    const struct orgsim_scenario *s = load->scenario;
    char shown[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    for (int k = 0; k < ASSUMPTION_COUNT && !load->status; k++) {
        double value = assumptions_get(&s->assumptions, k);
        bool within = value >= s->assumption_low[k] && value <= s->assumption_high[k];
        if (within || !s->assumption_source[k] || strcmp(s->assumption_source[k], "--set")) continue;
        load->status = problems_add(load->problems, 1, "--set", 0, 0, "see that you mean it", "%s is %s, outside its range %s to %s", assumption_table[k].name,
                                    text_of_double(shown, value), text_of_double(low, s->assumption_low[k]), text_of_double(high, s->assumption_high[k]));
    }
}

/* Tables into the scenario. Returns the code of orgsim_scenario_load(). */
static int tables_read(struct load *load, const char *const *settings, size_t n_settings)
{
    int usage = 0, status = load_open(load, load->scenario->path);
    if (status) return status;
    work_read(load);
    if (!load->status) arms_read(load);
    if (!load->status) program_read(load);
    if (!load->status) correlations_read(load);
    if (!load->status) usage = settings_apply(load, settings, n_settings);
    if (!load->status) settings_check(load);
    if (!load->status) grades_check(load, settings, n_settings);
    if (!load->status) check_all(load);
    if (!load->status) graph_check(load);
    if (!load->status && !load->tables) load_strangers(load);
    load->scenario->digest = digest_tables(load);
    if (load->status) return load->status;
    return usage ? usage : problems_count(load->problems) ? ORGSIM_ERROR_SCENARIO : 0;
}

static int scenario_make(const char *path, const struct text *tables, const char *const *settings, size_t n_settings,
                         struct orgsim_scenario **scenario, struct orgsim_problems *problems)
{
    *scenario = NULL;
    struct load *load = memory_array(1, sizeof *load);
    if (!load) return ORGSIM_ERROR_MEMORY;
    load->problems = problems;
    load->tables = tables;
    load->scenario = memory_array(1, sizeof *load->scenario);
    int status = load->scenario ? 0 : ORGSIM_ERROR_MEMORY;
    if (!status && !(load->scenario->path = memory_string(path))) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = tables_read(load, settings, n_settings);
    problems_sort(problems);
    load_close(load);
    if (status) orgsim_scenario_free(load->scenario);
    else *scenario = load->scenario;
    memory_free(load);
    return status;
}

int orgsim_scenario_load(const char *path, const char *const *settings, size_t n_settings, struct orgsim_scenario **scenario,
                         struct orgsim_problems *problems)
{
    return scenario_make(path, NULL, settings, n_settings, scenario, problems);
}

int scenario_from_tables(const struct text tables[TABLES], const char *const *settings, size_t n_settings, struct orgsim_scenario **scenario,
                         struct orgsim_problems *problems)
{
    return scenario_make("generated", tables, settings, n_settings, scenario, problems);
}

const char *orgsim_scenario_name(const struct orgsim_scenario *scenario) { return scenario->settings.name; }

size_t orgsim_scenario_arms(const struct orgsim_scenario *scenario) { return scenario->n_arms; }

const char *orgsim_scenario_arm(const struct orgsim_scenario *scenario, size_t arm)
{
    return arm < scenario->n_arms ? scenario->arms[arm].id : NULL;
}

double scenario_cell_value(const struct orgsim_scenario *scenario, struct scenario_cell cell)
{
    return cell.assumption >= 0 ? assumptions_get(&scenario->assumptions, cell.assumption) : cell.value;
}

uint64_t scenario_digest(const struct orgsim_scenario *scenario) { return scenario->digest; }

int scenario_override(struct orgsim_scenario *scenario, const char *name_equals_value, struct orgsim_where *where)
{
    return target_apply(scenario, name_equals_value, where);
}

int scenario_check_values(const struct orgsim_scenario *scenario, struct orgsim_where *where) { return check_values(scenario, where); }
