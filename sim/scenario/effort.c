/* effort.c: how the effort of a package is distributed, from three points or from a file of the folder */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "scenario/load.h"

#define POINTS_MOST 4000000 /* values of all packages together */
#define KINDS 2

static const char *const prefix[KINDS] = {"discrete:", "empirical:"};
static const enum distribution_kind prefix_kind[KINDS] = {DISTRIBUTION_DISCRETE, DISTRIBUTION_EMPIRICAL};

static const char *const kind_words[] = {
#define X(name, word) word,
    DISTRIBUTIONS(X)
#undef X
};

static size_t column_of(void) { return columns_find(TABLE_PACKAGES, "distribution"); }

/* A distribution refuses its parameters: its own words, at the cell. */
static void refused(struct load *load, size_t row, int status, const struct orgsim_where *where)
{
    if (status == ORGSIM_ERROR_MEMORY) load->status = status;
    else if (status) load_problem(load, TABLE_PACKAGES, row, column_of(), where->todo, "%s", where->what);
}

/* Values and probabilities of one file, checked cell by cell. */
static void extra_values(struct load *load, struct load_extra *extra, bool discrete)
{
    const struct csv_table_column column[KINDS] = {{"value", true, 0}, {"probability", true, 0}};
    double *into[KINDS] = {extra->value, extra->probability};
    for (size_t row = 0; row < extra->n; row++)
        for (size_t k = 0; k < (discrete ? KINDS : 1); k++) {
            int status = 0;
            enum csv_table_number kind = csv_table_number(&extra->table, row, extra->columns[k], &into[k][row], load->problems, &status);
            if (kind != CSV_NUMBER_OK || !(into[k][row] >= 0 && into[k][row] <= LOAD_MOST_PERSON_WEEKS)) {
                extra->usable = false;
                if (!status)
                    status = csv_table_problem(&extra->table, load->problems, 0, row, extra->columns[k], "write a number from 0 to 1000000",
                                               "%s is \"%s\"", column[k].name,
                                               csv_table_shown(csv_table_cell(&extra->table, row, extra->columns[k])).s);
            }
            if (status && !load->status) load->status = status;
        }
}

static void extra_open(struct load *load, struct load_extra *extra, const char *path, bool discrete)
{
    struct csv_table_column columns[KINDS] = {{"value", true, 0}, {"probability", discrete, 0}};
    int status = csv_table_read(&extra->table, path, load->problems);
    if (!status) status = csv_table_expect(&extra->table, columns, discrete ? KINDS : 1, load->problems);
    if (status == ORGSIM_ERROR_MEMORY) load->status = status;
    if (status) return;
    extra->n = extra->table.n_rows;
    extra->columns[0] = columns[0].position;
    extra->columns[1] = discrete ? columns[1].position : CSV_TABLE_ABSENT;
    extra->value = memory_array(extra->n, sizeof *extra->value);
    extra->probability = memory_array(extra->n, sizeof *extra->probability);
    extra->usable = extra->value && extra->probability;
    if (!extra->usable) load->status = ORGSIM_ERROR_MEMORY;
    else extra_values(load, extra, discrete);
}

/* The file that a cell names, read once. NULL after a problem. */
static struct load_extra *extra_find(struct load *load, size_t row, const char *cell, const char *file, bool discrete)
{
    if (!load->extras) {
        load->extras = memory_array(load_rows(load, TABLE_PACKAGES), sizeof *load->extras);
        if (!load->extras || ids_create(&load->extra_ids, load_rows(load, TABLE_PACKAGES))) load->status = ORGSIM_ERROR_MEMORY;
        if (load->status) return NULL;
    }
    size_t number = ids_add(&load->extra_ids, cell, load->extra_ids.n);
    if (number != IDS_NONE) return load->extras[number].usable ? &load->extras[number] : NULL;
    struct load_extra *extra = &load->extras[load->extra_ids.n - 1];
    extra->file = file;
    char *path = file_join(load->scenario->path, file);
    if (!path) load->status = ORGSIM_ERROR_MEMORY;
    else if (!file_exists(path))
        load_problem(load, TABLE_PACKAGES, row, column_of(), "put it beside packages.csv", "file \"%s\" is not in the folder",
                     csv_table_shown(file).s);
    else extra_open(load, extra, path, discrete);
    memory_free(path);
    return extra->usable && !load->status ? extra : NULL;
}

static bool stays_in_folder(const char *file) { return *file && *file != '.' && !strpbrk(file, "/\\"); }

static void effort_from_file(struct load *load, size_t row, struct scenario_package *package, size_t k, const char *cell)
{
    const char *file = cell + strlen(prefix[k]);
    struct orgsim_where where = {0};
    char todo[CELL_TODO];
    if (!stays_in_folder(file)) {
        snprintf(todo, sizeof todo, "name a file of this folder, such as %sefforts.csv", prefix[k]);
        load_problem(load, TABLE_PACKAGES, row, column_of(), todo, "\"%s\" is not a file of the folder", csv_table_shown(file).s);
        return;
    }
    const struct load_extra *extra = extra_find(load, row, cell, file, prefix_kind[k] == DISTRIBUTION_DISCRETE);
    if (!extra) return;
    load->extra_points += extra->n;
    if (load->extra_points > POINTS_MOST) {
        load_problem(load, TABLE_PACKAGES, row, column_of(), "use shorter files, at most 4000000 values for all packages together",
                     "distributions from files hold too many values");
        return;
    }
    int status = distribution_points(&package->effort, prefix_kind[k], extra->value, extra->probability, extra->n, &where);
    refused(load, row, status, &where);
    if (!status) distribution_scale(&package->effort, 1 / package->effort_mode_pw);
}

static void effort_from_points(struct load *load, size_t row, struct scenario_package *package, int kind)
{
    struct orgsim_where where = {0};
    int status = distribution_three_point(&package->effort, (enum distribution_kind)kind, package->effort_low_pw, package->effort_mode_pw,
                                          package->effort_high_pw, &where);
    refused(load, row, status, &where);
    if (!status) distribution_scale(&package->effort, 1 / package->effort_mode_pw);
}

void effort_read(struct load *load, size_t row, struct scenario_package *package)
{
    const char *cell = load_cell(load, TABLE_PACKAGES, row, column_of());
    char todo[CELL_TODO];
    for (size_t k = 0; k < KINDS; k++)
        if (!strncmp(cell, prefix[k], strlen(prefix[k]))) {
            effort_from_file(load, row, package, k, cell);
            return;
        }
    int kind = *cell                                              ? distribution_kind_find(cell)
               : package->effort_low_pw < package->effort_high_pw ? DISTRIBUTION_TRIANGULAR
                                                                  : DISTRIBUTION_CONSTANT;
    if (kind < 0) {
        cell_todo(todo, text_nearest(cell, kind_words, DISTRIBUTION_KINDS),
                  "known are constant, uniform, triangular, pert, normal, lognormal, "
                  "exponential, gamma, beta, discrete:FILE.csv, empirical:FILE.csv");
        load_problem(load, TABLE_PACKAGES, row, column_of(), todo, "distribution \"%s\" is not known", csv_table_shown(cell).s);
    } else if (kind == DISTRIBUTION_DISCRETE || kind == DISTRIBUTION_EMPIRICAL) {
        snprintf(todo, sizeof todo, "write %s:FILE.csv", cell);
        load_problem(load, TABLE_PACKAGES, row, column_of(), todo, "distribution \"%s\" needs a file", cell);
    } else {
        effort_from_points(load, row, package, kind);
    }
}

void effort_close(struct load *load)
{
    for (size_t k = 0; k < load->extra_ids.n; k++) {
        csv_table_free(&load->extras[k].table);
        memory_free(load->extras[k].value);
        memory_free(load->extras[k].probability);
    }
    memory_free(load->extras);
    ids_free(&load->extra_ids);
}
