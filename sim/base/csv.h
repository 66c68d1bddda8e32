/* csv.h: a table read strictly, with the true place of every cell
 *
 * The first row that is neither blank nor a comment is the header. Lines that begin with # and rows whose cells are all blank are skipped.
 * A byte order mark, CRLF and semicolons are accepted and said in a note; everything else that is odd is a problem with its line and column
 * (the column counts cells from 1). Text is UTF-8 without control characters.
 */
#ifndef ORGSIM_BASE_CSV_H
#define ORGSIM_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <orgsim/error.h>

#define CSV_TABLE_BYTES ((size_t)64 << 20)
#define CSV_TABLE_COLUMNS 10000
#define CSV_TABLE_ROWS 1000000
#define CSV_TABLE_CELLS 16000000
#define CSV_TABLE_PROBLEMS 100          /* of one file that are listed */
#define CSV_TABLE_ABSENT ((size_t)-1)   /* a column that the file does not have: its cells are blank */
#define CSV_TABLE_HEADER ((size_t)-1)   /* as a row: the header */

#define CSV_TABLE_TORN (UINT32_C(1) << 31)

struct csv_table_place {
    uint32_t text, line; /* offset of the cell in the text, line where it begins; CSV_TABLE_TORN is added where a bad quote took the cell */
};

/* Zero it before csv_table_read(); free with csv_table_free(), also after an error. */
struct csv_table {
    char *name;                     /* path, as messages show it */
    size_t n_columns, n_rows;       /* the header is not counted */
    char separator;
    char *text;
    struct csv_table_place *cells;  /* [1 + n_rows][n_columns], the header first */
    size_t n_text, n_cells, capacity;
    size_t n_problems;
    bool decimal_comma_said;
    size_t n_torn;                  /* rows that a bad quote cut short */
};

/* Reads a file. 0; ORGSIM_ERROR_SCENARIO when it cannot be taken apart into cells (the problems say why); ORGSIM_ERROR_MEMORY.
 * A row with too many or too few cells is a problem, but not an error: missing cells are blank. After a bad quote below the header the
 * reading goes on with the next line: n_torn is above 0 then, the result is an error, yet all other cells can be used. */
int csv_table_read(struct csv_table *table, const char *path, struct orgsim_problems *problems);

/* The same from memory; `name` is shown in messages. */
int csv_table_parse(struct csv_table *table, const char *name, const char *data, size_t n, struct orgsim_problems *problems);

void csv_table_free(struct csv_table *table);

/* A column that a file may have; `position` receives its place, CSV_TABLE_ABSENT when it is not there. */
struct csv_table_column {
    const char *name;
    bool required;
    size_t position;
};

/* Finds the columns by name. Unknown, repeated, unnamed and missing columns are problems. ORGSIM_ERROR_SCENARIO if a required one is missing. */
int csv_table_expect(struct csv_table *table, struct csv_table_column *columns, size_t n, struct orgsim_problems *problems);

/* Text of a cell, blanks around it removed; "" when absent. Owned by the table. */
const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column);

/* True where a bad quote took the cell: it is blank, and problems at it are not listed again. */
bool csv_table_is_torn(const struct csv_table *table, size_t row, size_t column);

/* Line of a cell; of its row when the column is absent. */
size_t csv_table_line(const struct csv_table *table, size_t row, size_t column);

enum csv_table_number { CSV_NUMBER_OK, CSV_NUMBER_BLANK, CSV_NUMBER_COMMA, CSV_NUMBER_PERCENT, CSV_NUMBER_BAD };

/* Number of a cell. A decimal comma is read where semicolons separate cells (a note says so once; the cell then shows a point);
 * elsewhere it is CSV_NUMBER_COMMA. *status becomes ORGSIM_ERROR_MEMORY when the note could not be kept. */
enum csv_table_number csv_table_number(struct csv_table *table, size_t row, size_t column, double *value, struct orgsim_problems *problems,
                                       int *status);

/* Adds a problem or note at a cell; past CSV_TABLE_PROBLEMS only one more, which says that there are more. 0 or ORGSIM_ERROR_MEMORY. */
int csv_table_problem(struct csv_table *table, struct orgsim_problems *problems, int is_note, size_t row, size_t column, const char *todo,
                      const char *what_format, ...) __attribute__((format(printf, 7, 8)));

/* A cell as a message shows it: at most 60 bytes, cut between characters, without control characters. */
struct csv_table_shown {
    char s[72];
};
struct csv_table_shown csv_table_shown(const char *text);

/* True if the n bytes are well-formed UTF-8. */
bool csv_table_is_utf8(const char *s, size_t n);

#endif
