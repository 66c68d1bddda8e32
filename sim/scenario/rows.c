/* rows.c: the rows of a table become structs, column by column */
#include <string.h>

#include "base/memory.h"
#include "scenario/load.h"

void *rows_read(struct load *load, enum table table, size_t *n)
{
    const struct table_format *format = &columns_of[table];
    char *rows = memory_array(load_rows(load, table), format->row_size);
    *n = 0;
    if (!rows) {
        load->status = ORGSIM_ERROR_MEMORY;
        return NULL;
    }
    for (size_t row = 0; row < load_rows(load, table) && !load->status; row++) {
        *n = row + 1;
        for (size_t k = 0; k < format->n_columns && !load->status; k++)
            cell_read(load, table, row, k, &format->columns[k], rows + row * format->row_size);
    }
    return rows;
}

void rows_free(enum table table, void *rows, size_t n)
{
    const struct table_format *format = &columns_of[table];
    for (size_t row = 0; rows && row < n; row++)
        for (size_t k = 0; k < format->n_columns; k++) {
            const struct column *column = &format->columns[k];
            char *text;
            if (column->type != COLUMN_ID && column->type != COLUMN_TEXT) continue;
            memcpy(&text, (char *)rows + row * format->row_size + column->offset, sizeof text);
            memory_free(text);
        }
    memory_free(rows);
}
