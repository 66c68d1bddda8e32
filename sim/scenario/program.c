/* program.c: program.csv, money.csv, assumptions.csv and forums.csv, whose rows are settings rather than things */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"
#include "scenario/target.h"

/* True if `unit` is one of the spellings in `accepted` (separated by |, $ stands for the currency). */
static bool unit_matches(const char *accepted, const char *unit, const char *currency)
{
    while (*accepted) {
        char spelling[48] = "";
        size_t n = 0;
        for (; *accepted && *accepted != '|'; accepted++) {
            if (*accepted == '$') n += (size_t)snprintf(spelling + n, sizeof spelling - n, "%s", currency);
            else spelling[n++] = *accepted;
        }
        spelling[n] = 0;
        if (!strcasecmp(spelling, unit)) return true;
        accepted += *accepted == '|';
    }
    return false;
}

static void unit_check(struct load *load, enum table table, size_t row, const struct column *rule)
{
    const char *unit = load_text(load, table, row, "unit"), *currency = load->scenario->settings.currency;
    char todo[CELL_TODO];
    if (!*unit || !*rule->unit || !currency || (strchr(rule->unit, '$') && !load->currency_known)) return;
    if (unit_matches(rule->unit, unit, currency)) return;
    const char *first = *rule->unit == '$' ? strchr(rule->unit, '/') : rule->unit;
    int length = first ? (int)strcspn(first, "|") : 0;
    snprintf(todo, sizeof todo, "it is in %s%.*s", *rule->unit == '$' ? currency : "", length, first ? first : "");
    load_problem(load, table, row, columns_find(table, "unit"), todo, "the unit of %s is \"%s\"", rule->name, csv_table_shown(unit).s);
}

/* What a setting is when the table does not name it. */
static void setting_default(struct load *load, const struct column *rule, void *into)
{
    void *field = (char *)into + rule->offset;
    int word = rule->type == COLUMN_WORD ? (int)rule->fallback : 0;
    size_t none = SCENARIO_NONE;
    if (rule->type == COLUMN_NUMBER) memcpy(field, &rule->fallback, sizeof rule->fallback);
    else if (rule->type == COLUMN_WORD) memcpy(field, &word, sizeof word);
    else if (rule->type == COLUMN_ROW) memcpy(field, &none, sizeof none);
    else if (rule->type == COLUMN_TEXT) {
        char *text = memory_string("");
        if (!text) load->status = ORGSIM_ERROR_MEMORY;
        memcpy(field, &text, sizeof text);
    }
}

/* Rows of name and value into a struct. */
static void settings_read(struct load *load, enum table table, const struct column *rules, size_t n, void *into)
{
    size_t seen[COLUMNS_MOST] = {0}; /* row + 1 */
    char todo[CELL_TODO];
    const size_t value = columns_find(table, "value");
    for (size_t row = 0; row < load_rows(load, table) && !load->status; row++) {
        const char *name = load_cell(load, table, row, 0);
        const struct column *rule = columns_named(rules, n, name);
        if (!rule) {
            load_problem(load, table, row, 0, cell_todo(todo, columns_nearest(rules, n, name), "remove the row"), "%s \"%s\" is not known",
                         columns_of[table].noun, csv_table_shown(name).s);
        } else if (seen[rule - rules]) {
            load_problem(load, table, row, 0, "keep one", "%s \"%s\" stands already in line %zu", columns_of[table].noun, name,
                         csv_table_line(&load->files[table].table, seen[rule - rules] - 1, 0));
        } else {
            seen[rule - rules] = row + 1;
            cell_read(load, table, row, value, rule, into);
            unit_check(load, table, row, rule);
        }
    }
    for (size_t k = 0; k < n; k++)
        if (!seen[k]) setting_default(load, &rules[k], into);
}

/* Row of a setting, or SCENARIO_NONE. */
static size_t setting_row(const struct load *load, enum table table, const char *name)
{
    for (size_t row = 0; row < load_rows(load, table); row++)
        if (!strcmp(load_cell(load, table, row, 0), name)) return row;
    return SCENARIO_NONE;
}

static void currency_read(struct load *load)
{
    const size_t row = setting_row(load, TABLE_PROGRAM, "currency"), value = columns_find(TABLE_PROGRAM, "value");
    const char *text = row == SCENARIO_NONE ? "" : load_cell(load, TABLE_PROGRAM, row, value);
    load->currency_known = !load->files[TABLE_PROGRAM].broken;
    if (*text && (strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)) {
        load_problem(load, TABLE_PROGRAM, row, value, "write three capital letters, such as EUR", "currency is \"%s\"",
                     csv_table_shown(text).s);
        text = "";
        load->currency_known = false;
    }
    load->scenario->settings.currency = memory_string(*text ? text : "USD");
    if (!load->scenario->settings.currency) load->status = ORGSIM_ERROR_MEMORY;
}

/* The last part of the folder's path. */
static char *folder_name(const char *path)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/') end--;
    size_t begin = end;
    while (begin > 0 && path[begin - 1] != '/') begin--;
    return memory_string_n(path + begin, end - begin);
}

static void name_default(struct load *load)
{
    struct scenario_settings *settings = &load->scenario->settings;
    if (load->status || *settings->name) return;
    memory_free(settings->name);
    if (!(settings->name = folder_name(load->scenario->path))) load->status = ORGSIM_ERROR_MEMORY;
}

static void arms_default(struct load *load)
{
    struct scenario_settings *settings = &load->scenario->settings;
    const struct ids *arms = &load->files[TABLE_ARMS].ids;
    size_t none = ids_find(arms, "none"), tpm = ids_find(arms, "tpm");
    if (settings->baseline_arm == SCENARIO_NONE) settings->baseline_arm = none != IDS_NONE ? none : 0;
    if (settings->headline_arm == SCENARIO_NONE) settings->headline_arm = tpm != IDS_NONE ? tpm : settings->baseline_arm == 0 && arms->n > 1;
}

static void horizon_check(struct load *load)
{
    const struct scenario_settings *settings = &load->scenario->settings;
    const size_t row = setting_row(load, TABLE_PROGRAM, "horizon_weeks");
    char shown[TEXT_NUMBER_SIZE], todo[CELL_TODO];
    if (row == SCENARIO_NONE || !(settings->deadline_week >= settings->horizon_weeks)) return;
    snprintf(todo, sizeof todo, "put it well past deadline_week, %s", text_of_double(shown, settings->deadline_week));
    load_problem(load, TABLE_PROGRAM, row, columns_find(TABLE_PROGRAM, "value"), todo, "horizon_weeks is %s",
                 text_of_double(shown, settings->horizon_weeks));
}

static void assumption_bounds(struct load *load, size_t row, int k)
{
    struct orgsim_scenario *s = load->scenario;
    struct column rule = target_domain(k);
    rule.name = "low";
    rule.fallback = s->assumption_low[k];
    cell_number(load, TABLE_ASSUMPTIONS, row, columns_find(TABLE_ASSUMPTIONS, "low"), &rule, &s->assumption_low[k]);
    rule.name = "high";
    rule.fallback = s->assumption_high[k];
    cell_number(load, TABLE_ASSUMPTIONS, row, columns_find(TABLE_ASSUMPTIONS, "high"), &rule, &s->assumption_high[k]);
    if (s->assumption_low[k] > s->assumption_high[k])
        load_problem(load, TABLE_ASSUMPTIONS, row, columns_find(TABLE_ASSUMPTIONS, "low"), "exchange them, or give both",
                     "low of %s is above its high", assumption_table[k].name);
}

static void assumption_read(struct load *load, size_t row, int k)
{
    struct orgsim_scenario *s = load->scenario;
    const struct column rule = target_domain(k);
    const size_t column = columns_find(TABLE_ASSUMPTIONS, "value");
    const char *source = load_text(load, TABLE_ASSUMPTIONS, row, "source");
    char shown[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    double value;
    assumption_bounds(load, row, k);
    if (!cell_number(load, TABLE_ASSUMPTIONS, row, column, &rule, &value) || load->status) return;
    assumptions_set(&s->assumptions, k, value);
    if (value < s->assumption_low[k] || value > s->assumption_high[k])
        load_note(load, TABLE_ASSUMPTIONS, row, column, "give low and high too if the source supports it",
                  "%s is %s, outside its range %s to %s", rule.name, text_of_double(shown, value), text_of_double(low, s->assumption_low[k]),
                  text_of_double(high, s->assumption_high[k]));
    s->assumption_source[k] = memory_string(*source ? source : "assumptions.csv");
    if (!s->assumption_source[k]) load->status = ORGSIM_ERROR_MEMORY;
}

static void assumptions_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    char todo[CELL_TODO];
    assumptions_default(&s->assumptions);
    for (int k = 0; k < ASSUMPTION_COUNT; k++) {
        s->assumption_low[k] = assumption_table[k].low;
        s->assumption_high[k] = assumption_table[k].high;
    }
    for (size_t row = 0; row < load_rows(load, TABLE_ASSUMPTIONS) && !load->status; row++) {
        const char *name = load_cell(load, TABLE_ASSUMPTIONS, row, 0);
        int k = assumption_find(name);
        if (k < 0)
            load_problem(load, TABLE_ASSUMPTIONS, row, 0, cell_todo(todo, assumption_nearest(name), "remove the row"),
                         "parameter \"%s\" is not known", csv_table_shown(name).s);
        else if (!s->assumption_source[k]) assumption_read(load, row, k);
    }
}

static void forums_default(struct load *load)
{
    static const char *const ids[SCENARIO_FORUMS] = {"cross", "executive"};
    for (int f = 0; f < SCENARIO_FORUMS; f++) {
        struct scenario_forum *forum = &load->scenario->forums[f];
        if (forum->id || load->status) continue;
        *forum = (struct scenario_forum){memory_string(ids[f]), NAN, NAN, NAN, LOAD_FORUM_ATTENDEES, LOAD_FORUM_HOURS};
        if (!forum->id) load->status = ORGSIM_ERROR_MEMORY;
    }
}

static void forums_read(struct load *load)
{
    load->forums = rows_read(load, TABLE_FORUMS, &load->n_forums);
    for (size_t row = 0; row < load->n_forums && !load->status; row++) {
        struct scenario_forum *forum = &load->scenario->forums[load->forums[row].level];
        if (forum->id) {
            load_problem(load, TABLE_FORUMS, row, columns_find(TABLE_FORUMS, "level"), "keep one, or give the other level",
                         "the level has a forum already, \"%s\"", csv_table_shown(forum->id).s);
            continue;
        }
        *forum = load->forums[row].forum;
        load->forums[row].forum.id = NULL; /* moved */
    }
    forums_default(load);
}

void program_read(struct load *load)
{
    struct orgsim_scenario *s = load->scenario;
    currency_read(load);
    settings_read(load, TABLE_PROGRAM, columns_settings, columns_n_settings, &s->settings);
    name_default(load);
    arms_default(load);
    horizon_check(load);
    settings_read(load, TABLE_MONEY, columns_money, columns_n_money, &s->money);
    if (!load->status) assumptions_read(load);
    if (!load->status) forums_read(load);
}
