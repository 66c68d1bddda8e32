/* csv.c: a table read strictly, by libcsv
 *
 * libcsv is given one line at a time, so that the line of every cell is known although quoted cells may hold line breaks. Its traps,
 * and what is done here: it drops blank lines silently (they are skipped here first), leaves the byte order mark in the first header cell
 * (removed before), accepts an open quote at the end unless CSV_STRICT_FINI is set, and its error must be read before csv_fini().
 */
#include "base/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <csv.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#define LONG_CELLS_NOTED 8 /* of a file */

struct reader {
    struct csv_table *table;
    struct orgsim_problems *problems;
    size_t line;                /* being read */
    size_t cell_line;           /* where the cell under way begins */
    size_t row_line;            /* where the row under way begins */
    size_t next, cell_next;     /* offsets behind the line being read, and behind the line where the cell under way begins */
    size_t column;              /* cells of the row under way so far */
    size_t row_cells, row_text; /* where the row under way began in the table */
    size_t doubtful;            /* up to this line a bad quote further up may explain what is odd: it is not listed */
    bool in_row, has_header, carriage_returns;
    size_t n_long;              /* cells over several lines */
    bool overfull; /* a cell past the header says something */
    int status;
};

static bool is_doubtful(const struct reader *r) { return r->doubtful && r->line <= r->doubtful; }

static void reader_fail(struct reader *r, size_t line, size_t column, const char *todo, const char *what)
{
    int status = problems_add(r->problems, 0, r->table->name, line, column, todo, "%s", what);
    if (!r->status) r->status = status ? status : ORGSIM_ERROR_SCENARIO;
}

static void reader_note(struct reader *r, size_t line, const char *todo, const char *what)
{
    int status = problems_add(r->problems, 1, r->table->name, line, line ? 1 : 0, todo, "%s", what);
    if (!r->status) r->status = status;
}

/* A problem that does not stop the reading; listed at most CSV_TABLE_PROBLEMS times. */
static void reader_say(struct reader *r, size_t line, size_t column, const char *todo, const char *what)
{
    int status = 0;
    if (is_doubtful(r)) return;
    if (r->table->n_problems < CSV_TABLE_PROBLEMS) status = problems_add(r->problems, 0, r->table->name, line, column, todo, "%s", what);
    if (r->table->n_problems == CSV_TABLE_PROBLEMS)
        status = problems_add(r->problems, 0, r->table->name, 0, 0, "correct those listed first", "more problems in this file are not listed");
    r->table->n_problems++;
    if (!r->status) r->status = status;
}

/* Length of the UTF-8 sequence at s (n bytes left), 0 when it is malformed, overlong, a surrogate or past U+10FFFF. */
static size_t utf8_length(const unsigned char *s, size_t n)
{
    if (s[0] < 0x80) return 1;
    size_t length = s[0] >= 0xc2 && s[0] <= 0xdf ? 2 : (s[0] & 0xf0) == 0xe0 ? 3 : s[0] >= 0xf0 && s[0] <= 0xf4 ? 4 : 0;
    if (!length || length > n) return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return length;
}

bool csv_table_is_utf8(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t length = utf8_length((const unsigned char *)s + i, n - i);
        if (!length) return false;
        i += length;
    }
    return true;
}

static bool is_control(char c) { return (unsigned char)c < 0x20 || c == 0x7f; }

/* Says what is wrong with the bytes of a cell and makes them harmless. */
static void cell_clean(struct reader *r, char *s, size_t n)
{
    bool nul = memchr(s, 0, n) != NULL, control = false;
    for (size_t i = 0; i < n; i++)
        if (is_control(s[i]) && s[i] != '\n' && s[i] != '\t') {
            control = true;
            s[i] = '?';
        }
    bool utf8 = csv_table_is_utf8(s, n);
    for (size_t i = 0; !utf8 && i < n; i++)
        if ((unsigned char)s[i] >= 0x80) s[i] = '?';
    if (nul) reader_say(r, r->cell_line, r->column, "save the file as UTF-8 text", "the cell holds a NUL byte");
    else if (control) reader_say(r, r->cell_line, r->column, "remove it", "the cell holds a control character");
    if (!utf8) reader_say(r, r->cell_line, r->column, "save the file as UTF-8", "the cell is not UTF-8");
}

/* A cell may hold line breaks, and rows of the table too when a quote is missing: nothing else would name that as the cause. */
static void note_lines(struct reader *r)
{
    char what[96];
    if (r->n_long == LONG_CELLS_NOTED) return;
    r->n_long++;
    snprintf(what, sizeof what, "the cell runs from line %zu to line %zu", r->cell_line, r->line);
    int status = problems_add(r->problems, 1, r->table->name, r->cell_line, r->column, "close its quote in the first line if that is not meant", "%s", what);
    if (!r->status) r->status = status;
}

/* libcsv has the bytes of a cell. */
static void on_cell(void *bytes, size_t n, void *context)
{
    struct reader *r = context;
    struct csv_table *t = r->table;
    if (r->status) return;
    if (++r->column > CSV_TABLE_COLUMNS) {
        reader_fail(r, r->cell_line, r->column, "at most 10000 columns are read", "too many columns");
        return;
    }
    char *s = t->text + t->n_text;
    if (n) memcpy(s, bytes, n);
    s[n] = 0;
    cell_clean(r, s, n);
    if (r->line > r->cell_line) note_lines(r);
    if (!r->has_header || r->column <= t->n_columns) {
        if (t->n_cells >= CSV_TABLE_CELLS) reader_fail(r, r->cell_line, r->column, "at most 16000000 cells are read", "too many cells");
        if (!r->status) r->status = memory_grow((void **)&t->cells, &t->capacity, t->n_cells + 1, sizeof *t->cells);
        if (r->status) return;
        t->cells[t->n_cells++] = (struct csv_table_place){(uint32_t)t->n_text, (uint32_t)r->cell_line};
        t->n_text += n + 1;
    } else if (n) {
        r->overfull = true; /* blank cells past the header are what spreadsheets leave behind */
    }
    r->cell_line = r->line;
    r->cell_next = r->next;
}

/* Blank from end to end, or a comment that a spreadsheet has put in quotes. */
static bool row_is_skipped(const struct reader *r)
{
    const struct csv_table *t = r->table;
    if (t->n_cells > r->row_cells && t->text[t->cells[r->row_cells].text] == '#') return true;
    for (size_t i = r->row_cells; i < t->n_cells; i++)
        if (t->text[t->cells[i].text]) return false;
    return !r->overfull;
}

static void header_end(struct reader *r)
{
    struct csv_table *t = r->table;
    while (t->n_cells && !t->text[t->cells[t->n_cells - 1].text]) t->n_cells--;
    t->n_columns = t->n_cells;
    r->has_header = true;
}

/* Says when the row does not fit the header, and fills it up. */
static void row_end(struct reader *r)
{
    struct csv_table *t = r->table;
    char what[96];
    size_t n = t->n_cells - r->row_cells;
    const uint32_t torn = is_doubtful(r) ? CSV_TABLE_TORN : 0;
    if (r->overfull) {
        snprintf(what, sizeof what, "the row has %zu cells, the header %zu", r->column, t->n_columns);
        reader_say(r, r->row_line, t->n_columns + 1, "quote cells that hold a comma; write numbers with a decimal point", what);
    } else if (n < t->n_columns) {
        snprintf(what, sizeof what, "the row has %zu cells, the header %zu", n, t->n_columns);
        reader_say(r, r->row_line, n, "leave a cell blank rather than out", what);
    }
    if (++t->n_rows > CSV_TABLE_ROWS) reader_fail(r, r->row_line, 1, "at most 1000000 rows are read", "too many rows");
    for (; !r->status && n < t->n_columns; n++) {
        r->status = memory_grow((void **)&t->cells, &t->capacity, t->n_cells + 1, sizeof *t->cells);
        if (!r->status) t->cells[t->n_cells++] = (struct csv_table_place){0, (uint32_t)r->row_line | torn}; /* the text begins with "" */
    }
}

static void on_row(int end, void *context)
{
    (void)end;
    struct reader *r = context;
    r->in_row = false;
    if (r->status) return;
    if (row_is_skipped(r)) {
        r->table->n_cells = r->row_cells;
        r->table->n_text = r->row_text;
    } else if (!r->has_header) {
        header_end(r);
    } else {
        row_end(r);
    }
}

static void row_begin(struct reader *r)
{
    r->in_row = true;
    r->overfull = false;
    r->column = 0;
    r->cell_line = r->row_line = r->line;
    r->cell_next = r->next;
    r->row_cells = r->table->n_cells;
    r->row_text = r->table->n_text;
}

/* A line between rows that holds nothing for the table. */
static bool line_is_skipped(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && (s[i] == ' ' || s[i] == '\t')) i++;
    return i == n || s[i] == '#';
}

/* Length of the line at s, and of the line end behind it. */
static size_t line_length(const char *s, size_t n, size_t *end)
{
    size_t i = 0;
    while (i < n && s[i] != '\n' && s[i] != '\r') i++;
    *end = i == n ? 0 : s[i] == '\r' && i + 1 < n && s[i + 1] == '\n' ? 2 : 1;
    return i;
}

static void parse_failed(struct reader *r, struct csv_parser *parser)
{
    if (r->status) return;
    if (csv_error(parser) != CSV_EPARSE) r->status = ORGSIM_ERROR_MEMORY;
    else if (is_doubtful(r)) r->status = ORGSIM_ERROR_SCENARIO;
    else if (r->cell_line != r->line)
        reader_fail(r, r->cell_line, r->column + 1, "close the quote, and double quotes inside the cell",
                    "a quote opens here and text follows the next quote, lines further down");
    else reader_fail(r, r->cell_line, r->column + 1, "quote the whole cell and double the quotes inside it", "a stray quote in the cell");
}

static void *never_grow(void *old, size_t size)
{
    (void)old;
    (void)size;
    return NULL;
}

static void parser_set_up(struct csv_parser *parser, char separator, unsigned char *buffer, size_t size)
{
    csv_set_realloc_func(parser, never_grow);
    csv_set_free_func(parser, memory_free);
    csv_set_delim(parser, (unsigned char)separator);
    parser->entry_buf = buffer;
    parser->entry_size = size;
}

static int parser_restart(struct reader *r, struct csv_parser *parser)
{
    unsigned char *buffer = parser->entry_buf;
    const size_t size = parser->entry_size;
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI)) r->status = ORGSIM_ERROR_MEMORY;
    parser_set_up(parser, r->table->separator, buffer, size);
    r->in_row = false;
    return r->status;
}

/* After a bad quote below the header: the row keeps the cells before it, so that its id is still known, and the reading goes on with the
 * line below the one where the quote stands. False when it cannot go on. */
static bool row_tear(struct reader *r, struct csv_parser *parser)
{
    struct csv_table *t = r->table;
    if (r->status != ORGSIM_ERROR_SCENARIO || !r->has_header || r->column >= CSV_TABLE_COLUMNS || t->n_rows >= CSV_TABLE_ROWS ||
        t->n_cells >= CSV_TABLE_CELLS || t->n_torn == CSV_TABLE_PROBLEMS)
        return false;
    r->status = 0;
    for (size_t n = t->n_cells - r->row_cells; !r->status && n < t->n_columns; n++) {
        r->status = memory_grow((void **)&t->cells, &t->capacity, t->n_cells + 1, sizeof *t->cells);
        if (!r->status) t->cells[t->n_cells++] = (struct csv_table_place){0, (uint32_t)r->cell_line | CSV_TABLE_TORN};
    }
    t->n_rows++;
    t->n_torn++;
    parser_restart(r, parser);
    if (r->line > r->cell_line && r->line > r->doubtful) r->doubtful = r->line;
    r->line = r->cell_line;
    r->next = r->cell_next;
    return !r->status;
}

/* A column's name never runs over a line, so a quote that is still open there is a mistake: the header is read again without its quotes, and
 * the rest of the file with it. */
static void header_mend(struct reader *r, struct csv_parser *parser, const char *s, size_t length)
{
    if (r->in_row && !r->status) reader_fail(r, r->cell_line, r->column + 1, "close it", "a quote is opened in the header and not closed on its line");
    if (r->status != ORGSIM_ERROR_SCENARIO || r->column >= CSV_TABLE_COLUMNS) return;
    r->status = 0;
    r->table->n_cells = r->row_cells;
    r->table->n_text = r->row_text;
    r->table->n_torn++;
    if (parser_restart(r, parser)) return;
    row_begin(r);
    for (size_t i = 0; i < length && !r->status; i++)
        if (s[i] != '"' && csv_parse(parser, s + i, 1, on_cell, on_row, r) != 1) parse_failed(r, parser);
    if (!r->status && csv_parse(parser, "\n", 1, on_cell, on_row, r) != 1) parse_failed(r, parser);
}

static void parse_lines(struct reader *r, struct csv_parser *parser, const char *s, size_t n)
{
    while (r->next < n && !r->status) {
        size_t i = r->next, end, length = line_length(s + i, n - i, &end);
        r->line++;
        if (end && s[i + length] == '\r') r->carriage_returns = true;
        r->next += length + end;
        if (!r->in_row && line_is_skipped(s + i, length)) continue;
        if (!r->in_row) row_begin(r);
        if (csv_parse(parser, s + i, length, on_cell, on_row, r) != length || csv_parse(parser, "\n", 1, on_cell, on_row, r) != 1)
            parse_failed(r, parser);
        if (!r->has_header && (r->status || r->in_row)) header_mend(r, parser, s + i, length);
        if (r->status) row_tear(r, parser);
    }
    if (r->status) return;
    if (csv_fini(parser, on_cell, on_row, r) != 0 && !r->status) {
        if (csv_error(parser) == CSV_EPARSE) reader_fail(r, r->cell_line, r->column + 1, "close it", "a quote is opened here and never closed");
        else r->status = ORGSIM_ERROR_MEMORY;
        if (row_tear(r, parser)) parse_lines(r, parser, s, n);
    }
}

/* The first line with cells tells what separates them: whatever of , ; and tab is most frequent outside quotes. */
static char separator_of(const char *s, size_t n)
{
    size_t length = 0, end = 0, comma = 0, semicolon = 0, tab = 0;
    for (size_t i = 0; i < n; i += length + end) {
        length = line_length(s + i, n - i, &end);
        if (line_is_skipped(s + i, length)) continue;
        bool quoted = false;
        for (size_t k = i; k < i + length; k++) {
            quoted ^= s[k] == '"';
            comma += !quoted && s[k] == ',';
            semicolon += !quoted && s[k] == ';';
            tab += !quoted && s[k] == '\t';
        }
        break;
    }
    return semicolon > comma ? ';' : tab > comma ? '\t' : ',';
}

/* Runs libcsv with a buffer that holds any cell of the file, so that all memory comes through base/memory.h. */
static void read_all(struct reader *r, const char *data, size_t n)
{
    struct csv_table *t = r->table;
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI)) {
        r->status = ORGSIM_ERROR_MEMORY;
        return;
    }
    parser_set_up(&parser, t->separator, memory_array(n + 2, 1), n + 2);
    t->text = memory_array(n + 3, 1);
    t->n_text = 1; /* offset 0 is "" */
    if (!parser.entry_buf || !t->text) r->status = ORGSIM_ERROR_MEMORY;
    else parse_lines(r, &parser, data, n);
    csv_free(&parser);
}

int csv_table_parse(struct csv_table *table, const char *name, const char *data, size_t n, struct orgsim_problems *problems)
{
    struct reader r = {.table = table, .problems = problems};
    if (!(table->name = memory_string(name))) return ORGSIM_ERROR_MEMORY;
    if (n > CSV_TABLE_BYTES) {
        reader_fail(&r, 0, 0, "split it, or leave out what the model does not need", "the file is larger than 64 MB");
        return r.status;
    }
    if (n >= 2 && (!memcmp(data, "\xff\xfe", 2) || !memcmp(data, "\xfe\xff", 2))) {
        reader_fail(&r, 1, 1, "save it as UTF-8", "the file is UTF-16");
        return r.status;
    }
    if (n >= 3 && !memcmp(data, "\xef\xbb\xbf", 3)) {
        reader_note(&r, 1, "accepted", "the file begins with a byte order mark (BOM)");
        data += 3;
        n -= 3;
    }
    table->separator = separator_of(data, n);
    if (table->separator == ';') reader_note(&r, 1, "accepted", "semicolons separate the cells");
    if (table->separator == '\t') reader_fail(&r, 1, 1, "save it with commas", "tabs separate the cells");
    if (!r.status) read_all(&r, data, n);
    if (r.status) table->n_torn = 0; /* given up: nothing of the table can be used */
    else if (table->n_torn) r.status = ORGSIM_ERROR_SCENARIO;
    if (!r.status && r.carriage_returns) reader_note(&r, 1, "accepted", "lines end in carriage returns (CRLF)");
    if (!r.status && !r.has_header) reader_fail(&r, 0, 0, "begin with a row of column names", "the file has no header");
    return r.status;
}

int csv_table_read(struct csv_table *table, const char *path, struct orgsim_problems *problems)
{
    struct orgsim_where where = {0};
    char *data = NULL;
    size_t n = 0;
    int status = file_read(path, CSV_TABLE_BYTES, &data, &n, &where);
    if (!status) {
        status = csv_table_parse(table, path, data, n, problems);
    } else if (status != ORGSIM_ERROR_MEMORY) {
        int added = problems_add(problems, 0, path, 0, 0, where.todo, "%s", where.what);
        status = added ? added : ORGSIM_ERROR_SCENARIO;
    }
    memory_free(data);
    return status;
}

void csv_table_free(struct csv_table *table)
{
    memory_free(table->name);
    memory_free(table->text);
    memory_free(table->cells);
    *table = (struct csv_table){0};
}
