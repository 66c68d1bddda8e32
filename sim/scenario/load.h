/* load.h: a scenario under construction
 *
 * First every file is taken apart and its ids are collected (load.c), then rows become structs by the tables of columns.h (cell.c, rows.c
 * and the files named below), then what no single cell can tell is checked (check.c, graph.c). Problems are collected, never thrown:
 * only a lack of memory ends the work early.
 */
#ifndef ORGSIM_SCENARIO_LOAD_H
#define ORGSIM_SCENARIO_LOAD_H

#include "base/csv.h"
#include "scenario/columns.h"
#include "scenario/ids.h"
#include "scenario/scenario.h"

#define LOAD_SEATS_MOST 16 /* in an arm */
#define LOAD_FORUM_ATTENDEES 8
#define LOAD_FORUM_HOURS 0.5

/* Rows whose struct in scenario.h lies elsewhere than in an array of its own. */
struct scenario_seat_row { size_t arm; struct scenario_seat seat; };
struct scenario_forum_row { struct scenario_forum forum; int level; };

struct load_file {
    struct csv_table table;
    bool usable;                   /* read, with all required columns */
    bool broken;                   /* it should be usable and is not: references into it are not held against the scenario */
    size_t column[COLUMNS_MOST];   /* place of each known column in the file, CSV_TABLE_ABSENT */
    struct ids ids;
};

struct load {
    struct orgsim_scenario *scenario;
    struct orgsim_problems *problems;
    struct load_file files[TABLES];
    struct load_extra {            /* files of the folder that distributions read, in the order in which packages name them */
        struct csv_table table;
        const char *file;          /* borrowed from the cell */
        size_t columns[2];
        double *value, *probability;
        size_t n;
        bool usable;
    } *extras;
    struct ids extra_ids;          /* by the cell, such as discrete:FILE.csv */
    size_t extra_points;           /* values copied into distributions so far */
    struct scenario_seat_row *seats; size_t n_seats;
    struct scenario_forum_row *forums; size_t n_forums;
    const struct text *tables;     /* [TABLES] in memory, in place of files; NULL: files of the folder */
    bool currency_known;           /* units of money can be checked */
    int status;                    /* 0 or ORGSIM_ERROR_MEMORY */
};

/* scenario.c: a scenario from tables in memory, none of which names another file; those that are empty are missing. As orgsim_scenario_load(). */
int scenario_from_tables(const struct text tables[TABLES], const char *const *settings, size_t n_settings, struct orgsim_scenario **scenario,
                         struct orgsim_problems *problems);

/* load.c: opens the folder's files, finds columns and ids. 0; ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int load_open(struct load *load, const char *folder);
void load_close(struct load *load);

/* Notes files of the folder that nothing reads. */
void load_strangers(struct load *load);

/* Rows of a table that can be used: 0 when the file is absent or unreadable. */
size_t load_rows(const struct load *load, enum table table);

/* Text of a cell by the column's place in columns_of[table]. "" when absent. */
const char *load_cell(const struct load *load, enum table table, size_t row, size_t column);

/* The same by name, for the few places that know one. */
const char *load_text(const struct load *load, enum table table, size_t row, const char *column);

/* True when no further problem of the table will be listed, so that it need not be worded: the nearest of many names takes its time. */
bool load_is_full(const struct load *load, enum table table);

/* Adds a problem or a note at a cell. */
void load_problem(struct load *load, enum table table, size_t row, size_t column, const char *todo, const char *what_format, ...)
    __attribute__((format(printf, 6, 7)));
void load_note(struct load *load, enum table table, size_t row, size_t column, const char *todo, const char *what_format, ...)
    __attribute__((format(printf, 6, 7)));

/* A problem of a file as a whole; file may also be "--set". */
void load_file_problem(struct load *load, const char *file, const char *todo, const char *what_format, ...)
    __attribute__((format(printf, 4, 5)));

/* cell.c: reads cell `column` of the row into the field at `offset` of `into`, by the rules of `rule` (usually the column itself). */
void cell_read(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, void *into);

/* Number of a cell within the rule's range, or the fallback; a problem gives the fallback too. Returns whether a number stands there. */
bool cell_number(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, double *value);

/* Number or parameter. */
void cell_cell(struct load *load, enum table table, size_t row, size_t column, const struct column *rule, struct scenario_cell *cell);

/* "did you mean ...?" or the alternative, in a buffer that the caller provides. */
#define CELL_TODO 256
const char *cell_todo(char todo[CELL_TODO], const char *nearest, const char *otherwise_format, ...) __attribute__((format(printf, 3, 4)));

/* Efforts and impacts at most, in tables and in the files of distributions. */
#define LOAD_MOST_PERSON_WEEKS 1e6

/* The least that counts as above a bound: less would be lost, or divide to infinity, in single precision. */
#define CELL_LEAST 1e-6

/* Says that a value is out of the rule's range: "it must be ...". */
const char *cell_range(char todo[CELL_TODO], const struct column *rule);
bool cell_in_range(const struct column *rule, double value);

/* Row of an id in a table, or SCENARIO_NONE after a problem at the cell. */
size_t cell_row(struct load *load, enum table table, size_t row, size_t column, enum table target, const char *id);

/* rows.c: all rows of a table into a new array of columns_of[table].row_size each. */
void *rows_read(struct load *load, enum table table, size_t *n);

/* Frees the texts that a table's rows own, and the array. */
void rows_free(enum table table, void *rows, size_t n);

/* The tables with rules of their own: work.c teams, features, packages, dependencies, risks, questions, calendar; effort.c how the effort
 * of a package is distributed (low, mode and high are ordered); the others as they are called. */
void work_read(struct load *load);
void effort_read(struct load *load, size_t row, struct scenario_package *package);
void effort_close(struct load *load);
void program_read(struct load *load);
void arms_read(struct load *load);
void correlations_read(struct load *load);

/* graph.c: what only the whole net of dependencies can tell. */
void graph_check(struct load *load);


/* digest.c */
uint64_t digest_tables(const struct load *load);

#endif
