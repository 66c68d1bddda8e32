/* cell.c: one cell becomes one value, by the rule of its column */
#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"

static_assert(sizeof(enum package_kind) == sizeof(int), "words are stored as int");

const char *cell_todo(char todo[CELL_TODO], const char *nearest, const char *otherwise_format, ...)
{
    va_list arguments;
    va_start(arguments, otherwise_format);
    if (nearest) snprintf(todo, CELL_TODO, "did you mean \"%s\"?", csv_table_shown(nearest).s);
    else vsnprintf(todo, CELL_TODO, otherwise_format, arguments);
    va_end(arguments);
    return todo;
}

bool cell_in_range(const struct column *rule, double value)
{
    return value >= (rule->above ? rule->low + CELL_LEAST : rule->low) && value <= rule->high;
}

const char *cell_range(char todo[CELL_TODO], const struct column *rule)
{
    char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE], least[TEXT_NUMBER_SIZE];
    text_of_double(low, rule->low);
    text_of_double(high, rule->high);
    if (rule->above) snprintf(todo, CELL_TODO, "it must be above %s and at most %s (%s is the least)", low, high, text_of_double(least, rule->low + CELL_LEAST));
    else snprintf(todo, CELL_TODO, "it must be from %s to %s", low, high);
    return todo;
}

static size_t word_find(const struct column *rule, const char *word)
{
    for (size_t k = 0; rule->words && rule->words[k]; k++)
        if (!strcmp(rule->words[k], word)) return k;
    return SCENARIO_NONE;
}

static size_t words_count(const struct column *rule)
{
    size_t n = 0;
    while (rule->words && rule->words[n]) n++;
    return n;
}

/* The words of a column, for a message. */
static const char *word_list(char list[CELL_TODO], const struct column *rule)
{
    size_t used = (size_t)snprintf(list, CELL_TODO, "known are ");
    for (size_t k = 0; rule->words[k] && used < CELL_TODO; k++)
        used += (size_t)snprintf(list + used, CELL_TODO - used, "%s%s", k ? ", " : "", rule->words[k]);
    return list;
}

static void word_problem(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, const char *word)
{
    char todo[CELL_TODO], list[CELL_TODO];
    cell_todo(todo, text_nearest(word, rule->words, words_count(rule)), "%s", word_list(list, rule));
    load_problem(load, table, row, column, todo, "%s \"%s\" is not known", rule->name, csv_table_shown(word).s);
}

static void number_problem(struct load *load, enum table table, size_t row, size_t column, const struct column *rule,
                           enum csv_table_number kind)
{
    const char *cell = load_cell(load, table, row, column);
    char todo[CELL_TODO];
    struct csv_table_shown shown = csv_table_shown(cell);
    if (kind == CSV_NUMBER_COMMA) {
        load_problem(load, table, row, column, "write a decimal point, and no thousands separators", "%s \"%s\" has a decimal comma",
                     rule->name, shown.s);
    } else if (kind == CSV_NUMBER_PERCENT) {
        load_problem(load, table, row, column, "write 50 % as 0.5", "%s \"%s\" has a percent sign", rule->name, shown.s);
    } else if (words_count(rule)) {
        const char *nearest = text_nearest(cell, rule->words, words_count(rule));
        load_problem(load, table, row, column, cell_todo(todo, nearest, "write a number or %s", rule->words[0]),
                     "%s \"%s\" is neither a number nor %s", rule->name, shown.s, rule->words[0]);
    } else {
        const char *unit = rule->unit ? rule->unit : "1";
        if (strchr(unit, '|') || !*unit || !strcmp(unit, "1")) snprintf(todo, sizeof todo, "write a plain number");
        else snprintf(todo, sizeof todo, "write a plain number (unit: %s)", unit);
        load_problem(load, table, row, column, todo, "%s \"%s\" is not a number", rule->name, shown.s);
    }
}

bool cell_number(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, double *value)
{
    char todo[CELL_TODO], shown[TEXT_NUMBER_SIZE];
    struct load_file *file = &load->files[table];
    int status = 0;
    double x = NAN;
    enum csv_table_number kind = csv_table_number(&file->table, row, file->column[column], &x, load->problems, &status);
    if (status && !load->status) load->status = status;
    *value = rule->fallback;
    if (kind == CSV_NUMBER_BLANK) {
        if (rule->required) load_problem(load, table, row, column, "write a number", "%s is blank", rule->name);
    } else if (kind != CSV_NUMBER_OK) {
        number_problem(load, table, row, column, rule, kind);
    } else if (!cell_in_range(rule, x)) {
        load_problem(load, table, row, column, cell_range(todo, rule), "%s is %s", rule->name, text_of_double(shown, x));
    } else {
        *value = x;
        return true;
    }
    return false;
}

void cell_cell(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, struct scenario_cell *cell)
{
    const char *text = load_cell(load, table, row, column);
    char todo[CELL_TODO];
    double x;
    *cell = (struct scenario_cell){rule->fallback, -1};
    if (!*text || text_number(text, &x) || !((*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z') || *text == '_')) {
        cell_number(load, table, row, column, rule, &cell->value);
        return;
    }
    cell->assumption = assumption_find(text);
    if (cell->assumption < 0)
        load_problem(load, table, row, column, cell_todo(todo, assumption_nearest(text), "write a number, or the name of a parameter"),
                     "%s \"%s\" is neither a number nor a parameter of the registry", rule->name, csv_table_shown(text).s);
}

size_t cell_row(struct load *load, enum table table, size_t row, size_t column, enum table target, const char *id)
{
    const struct load_file *file = &load->files[target];
    char todo[CELL_TODO];
    size_t found = ids_find(&file->ids, id);
    if (found != IDS_NONE) return found;
    if (!file->broken && !load_is_full(load, table))
        load_problem(load, table, row, column, cell_todo(todo, ids_nearest(&file->ids, id), "add it there or correct the name"),
                     "%s \"%s\" is not in %s", columns_of[target].noun, csv_table_shown(id).s, columns_of[target].file);
    return SCENARIO_NONE;
}

/* On one line, as tables and headlines need it: a cell may hold line breaks. */
static void read_text(struct load *load, const char *text, void *field)
{
    char *copy = memory_string(text);
    if (!copy) load->status = ORGSIM_ERROR_MEMORY;
    for (char *s = copy; s && *s; s++)
        if (*s == '\n' || *s == '\t') *s = ' ';
    memcpy(field, &copy, sizeof copy);
}

static void read_word(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, const char *text, void *field)
{
    int value = (int)rule->fallback;
    size_t k = word_find(rule, text);
    if (k != SCENARIO_NONE) value = (int)k;
    else if (*text) word_problem(load, table, row, column, rule, text);
    else if (rule->required) load_problem(load, table, row, column, "write one of its words", "%s is blank", rule->name);
    memcpy(field, &value, sizeof value);
}

static void read_yesno(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, const char *text, void *field)
{
    bool yes = !strcasecmp(text, "yes") || !strcasecmp(text, "true") || !strcmp(text, "1");
    bool no = !strcasecmp(text, "no") || !strcasecmp(text, "false") || !strcmp(text, "0");
    bool value = *text ? yes : rule->fallback > 0;
    if (*text && !yes && !no) load_problem(load, table, row, column, "write yes or no", "%s is \"%s\"", rule->name, csv_table_shown(text).s);
    memcpy(field, &value, sizeof value);
}

static void read_row(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, const char *text, void *field)
{
    size_t value = SCENARIO_NONE;
    if (*text) value = cell_row(load, table, row, column, rule->target, text);
    else if (rule->required) load_problem(load, table, row, column, "name one", "%s is blank", rule->name);
    memcpy(field, &value, sizeof value);
}

static void read_number(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, const char *text,
                        void *field)
{
    double value = NAN;
    if (word_find(rule, text) == SCENARIO_NONE) cell_number(load, table, row, column, rule, &value);
    memcpy(field, &value, sizeof value);
}

void cell_read(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, void *into)
{
    const char *text = load_cell(load, table, row, column);
    void *field = (char *)into + rule->offset;
    switch (rule->type) {
    case COLUMN_ID:
        if (!*text) load_problem(load, table, row, column, "give each row an id of its own", "%s is blank", rule->name);
        read_text(load, text, field);
        break;
    case COLUMN_TEXT: read_text(load, *text || rule->fallback < 1 ? text : load_cell(load, table, row, 0), field); break;
    case COLUMN_NUMBER: read_number(load, table, row, column, rule, text, field); break;
    case COLUMN_WORD: read_word(load, table, row, column, rule, text, field); break;
    case COLUMN_YESNO: read_yesno(load, table, row, column, rule, text, field); break;
    case COLUMN_ROW: read_row(load, table, row, column, rule, text, field); break;
    case COLUMN_CELL: cell_cell(load, table, row, column, rule, field); break;
    case COLUMN_OWN:
    case COLUMN_REMARK: break;
    }
}
