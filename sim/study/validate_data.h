/* validate_data.h: raw data from the folder that the user names
 *
 * Nothing of it ships. Files are taken for hostile: at most 64 MB, read strictly by column name, every number in its range; what is wrong is an error
 * with file and line. A file that is not there leaves its check not made.
 */
#ifndef ORGSIM_STUDY_VALIDATE_DATA_H
#define ORGSIM_STUDY_VALIDATE_DATA_H

#include "base/csv.h"
#include "study/validate.h"

#define VALIDATE_DATA_COLUMNS 16

/* A table of the folder, with the columns that are read; others are ignored. Zero it; free with validate_data_close(), also after an error. */
struct validate_data {
    struct validate *v;
    struct csv_table table;
    struct orgsim_problems problems;
    size_t column[VALIDATE_DATA_COLUMNS];
};

/* Path of `name` (may hold a slash) in the folder, newly allocated, into *path; NULL there, and the finding not checked with the reason, when there is
 * no folder or no such file. ORGSIM_ERROR_USAGE: the folder does not exist; ORGSIM_ERROR_MEMORY. */
int validate_data_path(struct validate *v, struct validate_finding *f, const char *name, char **path);

/* Opens a table and finds its columns (`columns` ends with NULL). *there: whether it exists and holds rows. ORGSIM_ERROR_SCENARIO when it is malformed. */
int validate_data_open(struct validate_data *d, struct validate *v, struct validate_finding *f, const char *name, const char *const *columns,
                       bool *there);
void validate_data_close(struct validate_data *d);

/* Number of column c of `columns`, NAN where the cell is blank. ORGSIM_ERROR_SCENARIO when it is no number or not within low..high. */
int validate_data_number(struct validate_data *d, size_t row, size_t c, double low, double high, double *value);

/* Day of a date MM/DD/YY, 1970 to 2069, counted from an arbitrary one. ORGSIM_ERROR_SCENARIO when it is none. */
int validate_data_day(struct validate_data *d, size_t row, size_t c, double *day);

/* Says what is wrong with a cell; returns ORGSIM_ERROR_SCENARIO. */
int validate_data_refuse(struct validate_data *d, size_t row, size_t c, const char *what);

/* Largest distance between the distributions of two samples (Kolmogorov & Smirnov); sorts both. */
double validate_data_distance(float *x, size_t n, float *y, size_t m);

/* The quantiles of a comparison, of a sorted sample. */
void validate_data_quantiles(const float *sorted, size_t n, double quantile[ORGSIM_COMPARED_QUANTILES]);

/* Level of quantile k of a comparison. */
double validate_data_level(size_t k);

#endif
