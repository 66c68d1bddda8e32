/* columns.h: every table of a scenario folder and every column of it, in one place
 *
 * Reading, range checks, messages, --set and the documentation of the format (columns_document.c) follow from these tables.
 */
#ifndef ORGSIM_SCENARIO_COLUMNS_H
#define ORGSIM_SCENARIO_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum table {
    TABLE_PROGRAM, TABLE_TEAMS, TABLE_FEATURES, TABLE_PACKAGES, TABLE_DEPENDENCIES, TABLE_RISKS, TABLE_QUESTIONS, TABLE_ARMS, TABLE_SEATS,
    TABLE_FORUMS, TABLE_MONEY, TABLE_ASSUMPTIONS, TABLE_CALENDAR, TABLE_CORRELATIONS, TABLES
};

enum column_type {
    COLUMN_ID,     /* char *: not blank, once in its table */
    COLUMN_TEXT,   /* char * */
    COLUMN_NUMBER, /* double; a word of `words` is NAN */
    COLUMN_WORD,   /* an enum: one of `words` */
    COLUMN_YESNO,  /* bool */
    COLUMN_ROW,    /* size_t: the row of another table, by its id */
    COLUMN_CELL,   /* struct scenario_cell: a number or the name of a registry parameter */
    COLUMN_OWN,    /* read by the code of its table */
    COLUMN_REMARK  /* for people only */
};

/* A column of a table, or a setting of program.csv, an item of money.csv (then `name` is what stands in the first column). */
struct column {
    const char *name;
    enum column_type type;
    bool required;             /* column and cell */
    bool above;                /* the value must be above `low` itself */
    double low, high;          /* of numbers */
    double fallback;           /* of a blank cell: number, place in `words`, 0 or 1; of a text, 1: the row's id */
    const char *const *words;  /* ends with NULL */
    enum table target;         /* of COLUMN_ROW */
    size_t offset;             /* in the row's struct */
    const char *unit;          /* of numbers; for settings the accepted spellings, separated by |, with $ for the currency */
    const char *meaning;
    const char *blank;         /* what a blank cell means, where the fallback does not say it */
};

struct table_format {
    const char *file;
    const char *noun;          /* of a row, in messages */
    bool required;             /* the file must be there */
    bool rows_required;        /* and hold a row */
    size_t most_rows;
    const struct column *columns;
    size_t n_columns;
    size_t row_size;           /* of the struct that a row fills; 0: none */
    const char *meaning;
    const char *example;       /* a row, with every column */
};

extern const struct table_format columns_of[TABLES];

/* The rows that program.csv and money.csv may have. */
extern const struct column columns_settings[], columns_money[];
extern const size_t columns_n_settings, columns_n_money;

/* At most so many columns in a table. */
#define COLUMNS_MOST 24

/* Place of a column of a table; it must exist. */
size_t columns_find(enum table table, const char *name);

/* Column of that name in an array, or NULL. */
const struct column *columns_named(const struct column *columns, size_t n, const char *name);

/* The reference of the format, as scenarios/README.md holds it. */
void columns_document(struct text *text);

/* Comment lines that tell, above its header row, what a table is and what its columns mean. */
void columns_comment(struct text *text, enum table table);

/* The header row: every column, with its end of line. */
void columns_header(struct text *text, enum table table);

/* Table that is read from a file of that name, or TABLES. */
enum table columns_table_of(const char *file);

/* The nearest name in an array of columns, or NULL. */
const char *columns_nearest(const struct column *columns, size_t n, const char *name);

#endif
