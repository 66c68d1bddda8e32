/* validate_program.c: generates a program and rewrites its tables */
#include "study/validate_program.h"

#include <string.h>

#include "base/csv.h"
#include "base/error.h"

int validate_program_make(struct text texts[TABLES], size_t teams, uint64_t seed, struct orgsim_where *where)
{
    struct generate_shape shape = generate_usual();
    memset(texts, 0, TABLES * sizeof *texts);
    shape.value[GENERATE_teams] = (double)teams;
    shape.seed = seed;
    return generate_tables(&shape, "generated", texts, where);
}

void validate_program_free(struct text texts[TABLES])
{
    for (enum table t = 0; t < TABLES; t++) text_free(&texts[t]);
}

static const char *keep(void *context, enum table table, const char *column, const char *first, const char *text, char changed[VALIDATE_CELL])
{
    (void)context, (void)table, (void)column, (void)first, (void)changed;
    return text;
}

static void write_row(struct text *out, const struct csv_table *cells, enum table table, size_t row, validate_edit *edit, void *context)
{
    char changed[VALIDATE_CELL];
    for (size_t c = 0; c < cells->n_columns; c++) {
        const char *text = csv_table_cell(cells, row, c);
        if (row != CSV_TABLE_HEADER)
            text = edit(context, table, csv_table_cell(cells, CSV_TABLE_HEADER, c), csv_table_cell(cells, row, 0), text, changed);
        if (c) text_add(out, ",");
        text_csv(out, text);
    }
    text_add(out, "\n");
}

static int rewrite(struct text *text, enum table table, bool reversed, validate_edit *edit, void *context)
{
    struct csv_table cells = {0};
    struct orgsim_problems problems = {0};
    struct text out = {0};
    int status = csv_table_parse(&cells, columns_of[table].file, text->s, text->n, &problems);
    if (status == ORGSIM_ERROR_SCENARIO) status = ORGSIM_ERROR_INTERNAL;
    if (!status) {
        write_row(&out, &cells, table, CSV_TABLE_HEADER, edit, context);
        for (size_t r = 0; r < cells.n_rows; r++) write_row(&out, &cells, table, reversed ? cells.n_rows - 1 - r : r, edit, context);
        text_free(text);
        *text = out;
        if (out.failed) status = ORGSIM_ERROR_MEMORY;
    }
    csv_table_free(&cells);
    orgsim_problems_free(&problems);
    return status;
}

int validate_program_edit(struct text texts[TABLES], validate_edit *edit, void *context)
{
    int status = 0;
    for (enum table t = 0; t < TABLES && !status; t++)
        if (texts[t].n) status = rewrite(&texts[t], t, false, edit, context);
    return status;
}

int validate_program_reverse(struct text texts[TABLES], enum table table)
{
    return texts[table].n ? rewrite(&texts[table], table, true, keep, NULL) : 0;
}
