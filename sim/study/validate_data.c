/* validate_data.c: tables of the data folder, read strictly */
#include "study/validate_data.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/summary.h"

int validate_data_path(struct validate *v, struct validate_finding *f, const char *name, char **path)
{
    const char *folder = v->options->data;
    *path = NULL;
    f->not_checked = true;
    if (!folder) {
        snprintf(f->why, sizeof f->why, "needs %s of a folder that the environment variable ORGSIM_DATA names", name);
        return 0;
    }
    if (!file_is_folder(folder))
        return error_set(v->where, ORGSIM_ERROR_USAGE, folder, 0, 0, "let ORGSIM_DATA name the folder of raw data, or unset it",
                         "there is no such folder");
    char *joined = file_join(folder, name);
    if (!joined) return validate_memory(v);
    if (file_exists(joined)) {
        *path = joined;
        f->not_checked = false;
        return 0;
    }
    snprintf(f->why, sizeof f->why, "%s is not in the folder that ORGSIM_DATA names", name);
    memory_free(joined);
    return 0;
}

/* The first problem of the file that is no note. */
static int refused(struct validate_data *d, int status)
{
    for (size_t p = 0; p < d->problems.n; p++)
        if (!d->problems.list[p].is_note) {
            *d->v->where = d->problems.list[p].where;
            return ORGSIM_ERROR_SCENARIO;
        }
    if (status == ORGSIM_ERROR_MEMORY) return validate_memory(d->v);
    return status;
}

int validate_data_refuse(struct validate_data *d, size_t row, size_t c, const char *what)
{
    size_t column = d->column[c];
    const char *cell = csv_table_cell(&d->table, row, column);
    return error_set(d->v->where, ORGSIM_ERROR_SCENARIO, d->table.name, csv_table_line(&d->table, row, column), column + 1,
                     "mend the file, or take it out of the folder", "\"%s\" %s", csv_table_shown(cell).s, what);
}

static int find_columns(struct validate_data *d, const char *const *columns)
{
    for (size_t c = 0; columns[c]; c++) {
        d->column[c] = CSV_TABLE_ABSENT;
        for (size_t k = 0; k < d->table.n_columns; k++)
            if (!strcmp(csv_table_cell(&d->table, CSV_TABLE_HEADER, k), columns[c])) d->column[c] = k;
        if (d->column[c] == CSV_TABLE_ABSENT)
            return error_set(d->v->where, ORGSIM_ERROR_SCENARIO, d->table.name, 1, 0, "add the column, or take the file out of the folder",
                             "there is no column \"%s\"", columns[c]);
    }
    return 0;
}

int validate_data_open(struct validate_data *d, struct validate *v, struct validate_finding *f, const char *name, const char *const *columns,
                       bool *there)
{
    char *path;
    *d = (struct validate_data){.v = v};
    int status = validate_data_path(v, f, name, &path);
    *there = path != NULL;
    if (status || !path) return status;
    status = csv_table_read(&d->table, path, &d->problems);
    if (status || problems_count(&d->problems)) status = refused(d, status);
    if (!status) status = find_columns(d, columns);
    if (!status && d->table.n_rows == 0) {
        *there = false;
        f->not_checked = true;
        snprintf(f->why, sizeof f->why, "%s holds no rows", name);
    }
    memory_free(path);
    return status;
}

void validate_data_close(struct validate_data *d)
{
    csv_table_free(&d->table);
    orgsim_problems_free(&d->problems);
    *d = (struct validate_data){0};
}

int validate_data_number(struct validate_data *d, size_t row, size_t c, double low, double high, double *value)
{
    char range[96];
    int status = 0;
    enum csv_table_number read = csv_table_number(&d->table, row, d->column[c], value, &d->problems, &status);
    if (status) return validate_memory(d->v);
    if (read == CSV_NUMBER_BLANK) *value = (double)NAN;
    else if (read != CSV_NUMBER_OK) return validate_data_refuse(d, row, c, "is not a number");
    else if (*value < low || *value > high) {
        snprintf(range, sizeof range, "is not from %g to %g", low, high);
        return validate_data_refuse(d, row, c, range);
    }
    return 0;
}

int validate_data_day(struct validate_data *d, size_t row, size_t c, double *day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334},
                     length[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *s = csv_table_cell(&d->table, row, d->column[c]);
    int part[3];
    for (int k = 0; k < 3; k++) {
        const char *at = s + 3 * k;
        if (strlen(s) != 8 || at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9' || (k < 2 && at[2] != '/'))
            return validate_data_refuse(d, row, c, "is not a date like 12/31/01");
        part[k] = 10 * (at[0] - '0') + at[1] - '0';
    }
    int month = part[0], year = part[2] + (part[2] < 70 ? 2000 : 1900);
    if (month < 1 || month > 12 || part[1] < 1 || part[1] > length[month - 1])
        return validate_data_refuse(d, row, c, "is no day of the calendar");
    *day = 365.0 * year + (year - 1) / 4 + before[month - 1] + part[1] + (month > 2 && year % 4 == 0);
    return 0;
}

double validate_data_distance(float *x, size_t n, float *y, size_t m)
{
    double worst = 0;
    summary_sort(x, n);
    summary_sort(y, m);
    for (size_t i = 0, j = 0; i < n && j < m;) {
        float at = x[i] < y[j] ? x[i] : y[j];
        while (i < n && x[i] <= at) i++;
        while (j < m && y[j] <= at) j++;
        worst = fmax(worst, fabs((double)i / (double)n - (double)j / (double)m));
    }
    return worst;
}

double validate_data_level(size_t k) { return (double)(k + 1) / (ORGSIM_COMPARED_QUANTILES + 1); }

void validate_data_quantiles(const float *sorted, size_t n, double quantile[ORGSIM_COMPARED_QUANTILES])
{
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES; k++) quantile[k] = summary_quantile(sorted, n, validate_data_level(k));
}
