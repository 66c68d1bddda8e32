/* digest.c: one number for the contents of all tables
 *
 * Tables in the order of columns.h, columns in the order of their table, rows in the order of the file, each cell with its length; then the
 * files that distributions read. Paths, line ends, comments, quotes, the order of columns and blank columns do not enter.
 */
#include <string.h>

#include "base/text.h"
#include "scenario/load.h"

static uint64_t digest_text(uint64_t digest, const char *s)
{
    uint64_t n = strlen(s);
    unsigned char length[8];
    for (int k = 0; k < 8; k++) length[k] = (unsigned char)(n >> (8 * k));
    return text_digest(text_digest(digest, length, sizeof length), s, n);
}

uint64_t digest_tables(const struct load *load)
{
    uint64_t digest = TEXT_DIGEST_START;
    for (enum table table = 0; table < TABLES; table++) {
        digest = digest_text(digest, columns_of[table].file);
        for (size_t row = 0; row < load_rows(load, table); row++)
            for (size_t k = 0; k < columns_of[table].n_columns; k++) digest = digest_text(digest, load_cell(load, table, row, k));
    }
    for (size_t f = 0; f < load->extra_ids.n; f++) {
        const struct load_extra *extra = &load->extras[f];
        digest = digest_text(digest, load->extra_ids.names[f]);
        for (size_t row = 0; row < extra->n; row++)
            for (size_t k = 0; k < 2; k++) digest = digest_text(digest, csv_table_cell(&extra->table, row, extra->columns[k]));
    }
    return digest;
}
