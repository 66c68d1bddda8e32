/* load.c: opens the files of a scenario folder and collects the ids of their rows */
#include "scenario/load.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

static void load_status(struct load *load, int status)
{
    if (status && !load->status) load->status = status;
}

/* Line breaks and the like would break the one line that a problem has. */
static void one_line(char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f) *s = ' ';
}

bool load_is_full(const struct load *load, enum table table) { return load->files[table].table.n_problems > CSV_TABLE_PROBLEMS; }

#define FORMAT_INTO(what, format)                                                                                                              \
    char what[sizeof((struct orgsim_where *)0)->what];                                                                                         \
    va_list arguments;                                                                                                                         \
    va_start(arguments, format);                                                                                                               \
    vsnprintf(what, sizeof what, format, arguments);                                                                                           \
    va_end(arguments);                                                                                                                         \
    one_line(what)

void load_problem(struct load *load, enum table table, size_t row, size_t column, const char *todo, const char *what_format, ...)
{
    FORMAT_INTO(what, what_format);
    struct load_file *file = &load->files[table];
    load_status(load, csv_table_problem(&file->table, load->problems, 0, row, file->column[column], todo, "%s", what));
}

void load_note(struct load *load, enum table table, size_t row, size_t column, const char *todo, const char *what_format, ...)
{
    FORMAT_INTO(what, what_format);
    struct load_file *file = &load->files[table];
    load_status(load, csv_table_problem(&file->table, load->problems, 1, row, file->column[column], todo, "%s", what));
}

void load_file_problem(struct load *load, const char *file, const char *todo, const char *what_format, ...)
{
    FORMAT_INTO(what, what_format);
    load_status(load, problems_add(load->problems, 0, file, 0, 0, todo, "%s", what));
}

size_t load_rows(const struct load *load, enum table table) { return load->files[table].usable ? load->files[table].table.n_rows : 0; }

const char *load_cell(const struct load *load, enum table table, size_t row, size_t column)
{
    const struct load_file *file = &load->files[table];
    return csv_table_cell(&file->table, row, file->column[column]);
}

const char *load_text(const struct load *load, enum table table, size_t row, const char *column)
{
    return load_cell(load, table, row, columns_find(table, column));
}

static void missing_file(struct load *load, enum table table, const char *path)
{
    load->files[table].broken = columns_of[table].required;
    if (columns_of[table].required)
        load_file_problem(load, path, "add it, at least its header", "the file is missing; a scenario needs it for %s",
                          columns_of[table].meaning);
}

static void find_columns(struct load *load, enum table table)
{
    const struct table_format *format = &columns_of[table];
    struct load_file *file = &load->files[table];
    struct csv_table_column columns[COLUMNS_MOST];
    for (size_t k = 0; k < format->n_columns; k++)
        columns[k] = (struct csv_table_column){format->columns[k].name, format->columns[k].required, 0};
    int status = csv_table_expect(&file->table, columns, format->n_columns, load->problems);
    file->usable = status == 0;
    if (status == ORGSIM_ERROR_MEMORY) load_status(load, status);
    for (size_t k = 0; k < format->n_columns; k++) file->column[k] = columns[k].position;
}

/* Too many rows are refused before anything is made of them. */
static void count_rows(struct load *load, enum table table)
{
    const struct table_format *format = &columns_of[table];
    struct load_file *file = &load->files[table];
    char todo[CELL_TODO];
    if (file->table.n_rows > format->most_rows) {
        snprintf(todo, sizeof todo, "at most %zu are possible", format->most_rows);
        load_file_problem(load, file->table.name, todo, "the table has %zu rows", file->table.n_rows);
        file->usable = false;
    } else if (format->rows_required && !file->table.n_rows) {
        snprintf(todo, sizeof todo, "add at least one %s", format->noun);
        load_file_problem(load, file->table.name, todo, "the table is empty");
    }
}

static void collect_ids(struct load *load, enum table table)
{
    struct load_file *file = &load->files[table];
    if (!file->usable || columns_of[table].columns[0].type != COLUMN_ID) return;
    load_status(load, ids_create(&file->ids, file->table.n_rows));
    for (size_t row = 0; row < file->table.n_rows && !load->status; row++) {
        const char *id = load_cell(load, table, row, 0);
        size_t first = *id ? ids_add(&file->ids, id, row) : IDS_NONE;
        if (first != IDS_NONE)
            load_problem(load, table, row, 0, "give each row an id of its own", "%s \"%s\" stands already in line %zu", columns_of[table].noun,
                         csv_table_shown(id).s, csv_table_line(&file->table, first, file->column[0]));
    }
}

/* A table of plain rows can be used although bad quotes took some of its cells. */
static bool is_salvaged(const struct load *load, enum table table)
{
    const bool plain = table == TABLE_TEAMS || table == TABLE_FEATURES || table == TABLE_PACKAGES || table == TABLE_DEPENDENCIES ||
                       table == TABLE_RISKS || table == TABLE_QUESTIONS;
    return plain && load->files[table].table.n_torn > 0;
}

/* A row that lost its id, or that stray quotes drew into a cell of another row, leaves those that name it without a target. */
static bool lost_an_id(const struct load *load, enum table table)
{
    const struct load_file *file = &load->files[table];
    for (size_t row = 0; file->table.n_torn && row < load_rows(load, table); row++)
        for (size_t k = 0; k < file->table.n_columns; k++)
            if ((k == file->column[0] && csv_table_is_torn(&file->table, row, k)) || strchr(csv_table_cell(&file->table, row, k), '\n')) return true;
    return false;
}

/* The cells of a table, from its file or from memory. */
static int take_apart(struct load *load, enum table table, const char *path)
{
    struct csv_table *cells = &load->files[table].table;
    if (!load->tables) return csv_table_read(cells, path, load->problems);
    return csv_table_parse(cells, path, load->tables[table].s, load->tables[table].n, load->problems);
}

static bool is_there(const struct load *load, enum table table, const char *path)
{
    return load->tables ? load->tables[table].n > 0 : file_exists(path);
}

static void open_file(struct load *load, enum table table, const char *folder)
{
    char *path = file_join(folder, columns_of[table].file);
    if (!path) {
        load_status(load, ORGSIM_ERROR_MEMORY);
        return;
    }
    if (!is_there(load, table, path)) {
        missing_file(load, table, path);
    } else {
        int status = take_apart(load, table, path);
        if (status == ORGSIM_ERROR_MEMORY) load_status(load, status);
        if (status == ORGSIM_ERROR_SCENARIO && is_salvaged(load, table)) status = 0;
        if (!status) find_columns(load, table);
        if (!status && !load->status) count_rows(load, table);
        if (!status && !load->status) collect_ids(load, table);
        load->files[table].broken =
            !load->files[table].usable || (columns_of[table].rows_required && !load_rows(load, table)) || lost_an_id(load, table);
    }
    memory_free(path);
}

int load_open(struct load *load, const char *folder)
{
    if (!load->tables && !file_is_folder(folder)) {
        load_file_problem(load, folder, "name the folder that holds the scenario's tables", "there is no such folder");
        return load->status ? load->status : ORGSIM_ERROR_SCENARIO;
    }
    for (enum table table = 0; table < TABLES && !load->status; table++) open_file(load, table, folder);
    return load->status;
}

void load_close(struct load *load)
{
    for (enum table table = 0; table < TABLES; table++) {
        csv_table_free(&load->files[table].table);
        ids_free(&load->files[table].ids);
    }
    effort_close(load);
    rows_free(TABLE_SEATS, load->seats, load->n_seats);
    rows_free(TABLE_FORUMS, load->forums, load->n_forums);
}

static bool is_known_file(const struct load *load, const char *name)
{
    for (enum table table = 0; table < TABLES; table++)
        if (!strcmp(columns_of[table].file, name)) return true;
    for (size_t k = 0; k < load->extra_ids.n; k++)
        if (!strcmp(load->extras[k].file, name)) return true;
    return false;
}

static int is_csv(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return n > 4 && !strcmp(entry->d_name + n - 4, ".csv") && entry->d_name[0] != '.';
}

static void note_stranger(struct load *load, const char *name)
{
    const char *files[TABLES];
    char todo[CELL_TODO];
    for (enum table table = 0; table < TABLES; table++) files[table] = columns_of[table].file;
    char *path = file_join(load->scenario->path, name);
    if (!path) {
        load_status(load, ORGSIM_ERROR_MEMORY);
        return;
    }
    load_status(load,
                problems_add(load->problems, 1, path, 0, 0, cell_todo(todo, text_nearest(name, files, TABLES), "remove it if it is not needed"),
                             "nothing reads this file"));
    memory_free(path);
}

/* By bytes, in any locale. */
static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

void load_strangers(struct load *load)
{
    struct dirent **entries = NULL;
    int n = scandir(load->scenario->path, &entries, is_csv, by_name);
    for (int k = 0; k < n; k++) {
        if (!load->status && !is_known_file(load, entries[k]->d_name)) note_stranger(load, entries[k]->d_name);
        free(entries[k]);
    }
    free((void *)entries);
}
