/* book.h: the tables of a scenario as cells, to be changed and lived again
 *
 * Comments and blank lines are not kept. A failure here is a fault of the test, and ends it.
 */
#ifndef TESTS_STUDY_BOOK_H
#define TESTS_STUDY_BOOK_H

#include "study/lived.h"

#include "base/file.h"

enum { BOOK_ROWS = 128, BOOK_COLUMNS = 20, BOOK_CELL = 128 };

struct sheet {
    const char *name;
    size_t rows, columns; /* row 0 is the header; no rows: the file is not there */
    char cell[BOOK_ROWS][BOOK_COLUMNS][BOOK_CELL];
};

static const char *const book_names[] = {"program", "teams", "features", "packages", "dependencies", "risks",    "questions",
                                         "arms",    "seats", "forums",   "money",    "assumptions",  "calendar", "correlations"};
enum { BOOK_SHEETS = sizeof book_names / sizeof *book_names };

struct book {
    struct sheet sheets[BOOK_SHEETS];
    char folder[64];
}; /* folder: where book_write() put it */

/* One line of CSV into the cells of a row. */
static inline LIVED_UNUSED size_t book_split(const char *line, char cell[BOOK_COLUMNS][BOOK_CELL])
{
    size_t column = 0, n = 0;
    bool quoted = false;
    memset(cell, 0, sizeof(char[BOOK_COLUMNS][BOOK_CELL]));
    for (; *line && *line != '\n'; line++) {
        if (*line == '"') {
            quoted = !quoted;
        } else if (*line == ',' && !quoted) {
            column++;
            n = 0;
        } else {
            cell[column][n++] = *line;
        }
        assert_true(column < BOOK_COLUMNS && n < BOOK_CELL);
    }
    return column + 1;
}

static inline LIVED_UNUSED void book_read_sheet(struct sheet *sheet, const char *path)
{
    char line[2048];
    FILE *file = fopen(path, "rb");
    if (file == NULL) return;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#' || line[0] == '\n') continue;
        assert_true(sheet->rows < BOOK_ROWS);
        size_t columns = book_split(line, sheet->cell[sheet->rows++]);
        if (sheet->rows == 1) sheet->columns = columns;
    }
    fclose(file);
}

/* A scenario that ships. Free with free(). */
static inline LIVED_UNUSED struct book *book_read(const char *scenario)
{
    struct book *book = calloc(1, sizeof *book);
    assert_non_null(book);
    for (size_t f = 0; f < BOOK_SHEETS; f++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/scenarios/%s/%s.csv", ORGSIM_SOURCE, scenario, book_names[f]);
        book->sheets[f].name = book_names[f];
        book_read_sheet(&book->sheets[f], path);
    }
    return book;
}

static inline LIVED_UNUSED struct sheet *book_sheet(struct book *book, const char *name)
{
    for (size_t f = 0; f < BOOK_SHEETS; f++)
        if (!strcmp(book_names[f], name)) return &book->sheets[f];
    fail_msg("no sheet %s", name);
    return NULL;
}

static inline LIVED_UNUSED size_t book_column(const struct sheet *sheet, const char *name)
{
    for (size_t c = 0; c < sheet->columns; c++)
        if (!strcmp(sheet->cell[0][c], name)) return c;
    fail_msg("%s has no column %s", sheet->name, name);
    return 0;
}

static inline LIVED_UNUSED char *book_cell(struct sheet *sheet, size_t row, const char *column)
{
    return sheet->cell[row][book_column(sheet, column)];
}

/* Sets a cell; text may be made of what the cell holds. */
static inline LIVED_UNUSED __attribute__((format(printf, 2, 3))) void book_set(char *cell, const char *format, ...)
{
    char text[BOOK_CELL];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    assert_true(length >= 0 && length < BOOK_CELL);
    memcpy(cell, text, (size_t)length + 1);
}

/* A row like that of `like`, at the end. Returns its number. */
static inline LIVED_UNUSED size_t book_append(struct sheet *sheet, size_t like)
{
    assert_true(sheet->rows < BOOK_ROWS);
    memcpy(sheet->cell[sheet->rows], sheet->cell[like], sizeof sheet->cell[like]);
    return sheet->rows++;
}

static inline LIVED_UNUSED void book_reverse(struct sheet *sheet)
{
    static char kept[BOOK_COLUMNS][BOOK_CELL];
    for (size_t a = 1, b = sheet->rows - 1; sheet->rows > 0 && a < b; a++, b--) {
        memcpy(kept, sheet->cell[a], sizeof kept);
        memcpy(sheet->cell[a], sheet->cell[b], sizeof kept);
        memcpy(sheet->cell[b], kept, sizeof kept);
    }
}

/* Writes the book to a folder of its own and loads it as a scenario. */
static inline LIVED_UNUSED struct orgsim_scenario *book_load(struct book *book)
{
    snprintf(book->folder, sizeof book->folder, "/tmp/orgsim-book-XXXXXX");
    assert_non_null(mkdtemp(book->folder));
    for (size_t f = 0; f < BOOK_SHEETS; f++) {
        const struct sheet *sheet = &book->sheets[f];
        char path[128];
        snprintf(path, sizeof path, "%s/%s.csv", book->folder, sheet->name);
        if (sheet->rows == 0) continue;
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        for (size_t r = 0; r < sheet->rows; r++)
            for (size_t c = 0; c < sheet->columns; c++) fprintf(file, "\"%s\"%c", sheet->cell[r][c], c + 1 < sheet->columns ? ',' : '\n');
        assert_int_equal(fclose(file), 0);
    }
    struct orgsim_scenario *scenario = lived_scenario_at(book->folder, NULL, 0);
    assert_int_equal(file_remove_tree(book->folder, NULL), 0);
    return scenario;
}

#endif
