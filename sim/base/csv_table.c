/* csv_table.c: columns by name, numbers of cells, and problems at their place in a table that csv.c has read */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

static const struct csv_table_place *place_of(const struct csv_table *t, size_t row, size_t column)
{
    size_t r = row == CSV_TABLE_HEADER ? 0 : row + 1;
    return &t->cells[r * t->n_columns + (column == CSV_TABLE_ABSENT ? 0 : column)];
}

const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column)
{
    return column == CSV_TABLE_ABSENT ? "" : table->text + place_of(table, row, column)->text;
}

size_t csv_table_line(const struct csv_table *table, size_t row, size_t column)
{
    return place_of(table, row, column)->line & ~CSV_TABLE_TORN;
}

bool csv_table_is_torn(const struct csv_table *table, size_t row, size_t column)
{
    return column != CSV_TABLE_ABSENT && place_of(table, row, column)->line & CSV_TABLE_TORN;
}

int csv_table_problem(struct csv_table *table, struct orgsim_problems *problems, int is_note, size_t row, size_t column, const char *todo,
                      const char *what_format, ...)
{
    char what[sizeof((struct orgsim_where *)0)->what];
    va_list arguments;
    if (table->n_problems > CSV_TABLE_PROBLEMS || csv_table_is_torn(table, row, column)) return 0;
    if (table->n_problems++ == CSV_TABLE_PROBLEMS)
        return problems_add(problems, 0, table->name, 0, 0, "correct those listed first", "more problems in this file are not listed");
    va_start(arguments, what_format);
    vsnprintf(what, sizeof what, what_format, arguments);
    va_end(arguments);
    return problems_add(problems, is_note, table->name, csv_table_line(table, row, column), column == CSV_TABLE_ABSENT ? 1 : column + 1, todo,
                        "%s", what);
}

struct csv_table_shown csv_table_shown(const char *text)
{
    struct csv_table_shown shown = {{0}};
    size_t n = strlen(text), keep = n;
    if (n > 60)
        for (keep = 57; keep > 0 && ((unsigned char)text[keep] & 0xc0) == 0x80;) keep--;
    for (size_t i = 0; i < keep; i++) shown.s[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7f ? ' ' : text[i];
    if (keep < n) memcpy(shown.s + keep, "...", 3);
    return shown;
}

/* digits,digits with an optional sign and exponent: how half of Europe writes a decimal fraction. */
static bool is_decimal_comma(const char *s)
{
    const char *digits = "0123456789";
    s += *s == '+' || *s == '-';
    size_t before = strspn(s, digits);
    if (s[before] != ',') return false;
    s += before + 1;
    size_t after = strspn(s, digits);
    return before + after > 0 && (!s[after] || s[after] == 'e' || s[after] == 'E');
}

/* Reads 3,5 as 3.5 in place and says so once for the file. */
static enum csv_table_number comma_number(struct csv_table *t, size_t row, size_t column, double *value, struct orgsim_problems *problems,
                                          int *status)
{
    char *s = t->text + place_of(t, row, column)->text;
    struct csv_table_shown before = csv_table_shown(s);
    *strchr(s, ',') = '.';
    if (!text_number(s, value)) return CSV_NUMBER_BAD;
    if (!t->decimal_comma_said) {
        t->decimal_comma_said = true;
        *status = problems_add(problems, 1, t->name, csv_table_line(t, row, column), column + 1, "decimal commas of this file are accepted",
                               "\"%s\" is read as %s", before.s, s);
    }
    return CSV_NUMBER_OK;
}

enum csv_table_number csv_table_number(struct csv_table *table, size_t row, size_t column, double *value, struct orgsim_problems *problems,
                                       int *status)
{
    const char *s = csv_table_cell(table, row, column);
    if (!*s) return CSV_NUMBER_BLANK;
    if (text_number(s, value)) return CSV_NUMBER_OK;
    if (is_decimal_comma(s)) return table->separator == ';' ? comma_number(table, row, column, value, problems, status) : CSV_NUMBER_COMMA;
    size_t n = strlen(s);
    return n > 1 && s[n - 1] == '%' && s[strspn(s, "+-0123456789., ")] == '%' ? CSV_NUMBER_PERCENT : CSV_NUMBER_BAD;
}

static size_t find_column(const struct csv_table_column *columns, size_t n, const char *name)
{
    for (size_t k = 0; k < n; k++)
        if (!strcmp(columns[k].name, name)) return k;
    return n;
}

/* Says that a column is unknown, and which was probably meant. */
static int unknown_column(struct csv_table *t, const struct csv_table_column *columns, size_t n, size_t column,
                          struct orgsim_problems *problems)
{
    struct text todo = {0};
    const char *name = csv_table_cell(t, CSV_TABLE_HEADER, column);
    const char **names = memory_array(n, sizeof *names);
    if (!names) return ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < n; k++) names[k] = columns[k].name;
    const char *nearest = text_nearest(name, names, n);
    if (nearest) text_format(&todo, "did you mean \"%s\"?", nearest);
    else {
        text_add(&todo, "known are ");
        for (size_t k = 0; k < n; k++) text_format(&todo, "%s%s", k ? ", " : "", names[k]);
    }
    int status = todo.failed ? ORGSIM_ERROR_MEMORY
                             : csv_table_problem(t, problems, 0, CSV_TABLE_HEADER, column, todo.s, "column \"%s\" is not known",
                                                 csv_table_shown(name).s);
    text_free(&todo);
    memory_free(names);
    return status;
}

static int header_cell(struct csv_table *t, struct csv_table_column *columns, size_t n, size_t column, struct orgsim_problems *problems)
{
    const char *name = csv_table_cell(t, CSV_TABLE_HEADER, column);
    if (!*name)
        return csv_table_problem(t, problems, 0, CSV_TABLE_HEADER, column, "name it or remove it", "column %zu has no name", column + 1);
    size_t k = find_column(columns, n, name);
    if (k == n) return unknown_column(t, columns, n, column, problems);
    if (columns[k].position != CSV_TABLE_ABSENT)
        return csv_table_problem(t, problems, 0, CSV_TABLE_HEADER, column, "keep one", "column \"%s\" stands twice, first as column %zu", name,
                                 columns[k].position + 1);
    columns[k].position = column;
    return 0;
}

int csv_table_expect(struct csv_table *table, struct csv_table_column *columns, size_t n, struct orgsim_problems *problems)
{
    bool missing = false;
    int status = 0;
    for (size_t k = 0; k < n; k++) columns[k].position = CSV_TABLE_ABSENT;
    for (size_t column = 0; column < table->n_columns && !status; column++) status = header_cell(table, columns, n, column, problems);
    for (size_t k = 0; k < n && !status; k++) {
        if (!columns[k].required || columns[k].position != CSV_TABLE_ABSENT) continue;
        missing = true;
        status =
            csv_table_problem(table, problems, 0, CSV_TABLE_HEADER, CSV_TABLE_ABSENT, "add it", "column \"%s\" is missing", columns[k].name);
    }
    return status ? status : missing ? ORGSIM_ERROR_SCENARIO : 0;
}
