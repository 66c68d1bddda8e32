/* saved_table.h: a table of a folder of results, read back: columns by name, numbers to the bit, errors with file, line and column */
#ifndef ORGSIM_REPORT_SAVED_TABLE_H
#define ORGSIM_REPORT_SAVED_TABLE_H

#include <orgsim/error.h>

#include "base/csv.h"

/* Set where, zero the rest; free with csv_table_free(&table.csv), also after an error. */
struct saved_table {
    struct csv_table csv;
    size_t column[48]; /* places of the columns that were asked for */
    struct orgsim_where *where;
};

/* Opens a table and finds the columns, names separated by commas, each of which must be there. ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int saved_table_open(struct saved_table *table, const char *folder, const char *name, const char *columns) ORGSIM_MUST_CHECK;

/* A cell of the column that was asked for in that place; plain: a text as it was before it was made harmless for spreadsheets. */
const char *saved_table_cell(const struct saved_table *table, size_t row, size_t wanted);
const char *saved_table_plain(const struct saved_table *table, size_t row, size_t wanted);

/* A number, inf or nan; the same for n columns from `first` on. */
int saved_table_number(struct saved_table *table, size_t row, size_t wanted, double *value) ORGSIM_MUST_CHECK;
int saved_table_numbers(struct saved_table *table, size_t row, size_t first, double *const *values, size_t n) ORGSIM_MUST_CHECK;

/* ORGSIM_ERROR_IO that names the cell. */
int saved_table_fail(struct saved_table *table, size_t row, size_t wanted, const char *what);

#endif
