/* saved_table.c: a table of a folder of results, read back */
#include "report/saved_table.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

int saved_table_fail(struct saved_table *table, size_t row, size_t wanted, const char *what)
{
    size_t column = table->column[wanted];
    return error_set(table->where, ORGSIM_ERROR_IO, table->csv.name, csv_table_line(&table->csv, row, column), column + 1,
                     "the file was changed after orgsim wrote it; run again", "%s \"%s\"", what,
                     csv_table_shown(csv_table_cell(&table->csv, row, column)).s);
}

/* Opens a table and finds the columns, names separated by commas, each of which must be there. */
int saved_table_open(struct saved_table *table, const char *folder, const char *name, const char *columns)
{
    struct orgsim_problems problems = {0};
    char *path = file_join(folder, name);
    int status = path ? csv_table_read(&table->csv, path, &problems) : error_set(table->where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    for (size_t i = 0; i < problems.n; i++) {
        if (problems.list[i].is_note) continue;
        if (table->where) *table->where = problems.list[i].where;
        if (!status || status == ORGSIM_ERROR_SCENARIO) status = ORGSIM_ERROR_IO;
        break;
    }
    orgsim_problems_free(&problems);
    for (size_t k = 0; !status && *columns; k++) {
        size_t length = strcspn(columns, ","), c = 0;
        for (; c < table->csv.n_columns; c++) {
            const char *header = csv_table_cell(&table->csv, CSV_TABLE_HEADER, c);
            if (strlen(header) == length && strncmp(header, columns, length) == 0) break;
        }
        if (c == table->csv.n_columns)
            status = error_set(table->where, ORGSIM_ERROR_IO, path, 1, 0, "the file was changed after orgsim wrote it; run again",
                               "column \"%.*s\" is missing", (int)length, columns);
        table->column[k] = c;
        columns += length + (columns[length] == ',');
    }
    memory_free(path);
    return status;
}

const char *saved_table_cell(const struct saved_table *table, size_t row, size_t wanted)
{
    return csv_table_cell(&table->csv, row, table->column[wanted]);
}

/* A text as it was before it was made harmless for spreadsheets. */
const char *saved_table_plain(const struct saved_table *table, size_t row, size_t wanted)
{
    const char *s = saved_table_cell(table, row, wanted);
    return s[0] == '\'' && s[1] && strchr("=+-@\t", s[1]) ? s + 1 : s;
}

int saved_table_number(struct saved_table *table, size_t row, size_t wanted, double *value)
{
    const char *s = saved_table_cell(table, row, wanted);
    bool negative = *s == '-';
    if (strcmp(s + negative, "inf") == 0) *value = negative ? -(double)INFINITY : (double)INFINITY;
    else if (strcmp(s + negative, "nan") == 0) *value = (double)NAN;
    else if (!text_number(s, value)) return saved_table_fail(table, row, wanted, "this is not a number:");
    return ORGSIM_OK;
}

/* Columns first.. into values that lie side by side. */
int saved_table_numbers(struct saved_table *table, size_t row, size_t first, double *const *values, size_t n)
{
    int status = ORGSIM_OK;
    for (size_t k = 0; !status && k < n; k++) status = saved_table_number(table, row, first + k, values[k]);
    return status;
}
