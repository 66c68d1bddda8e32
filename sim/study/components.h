/* components.h: how much of the variance of a table lies between its rows, between its columns, and in neither
 *
 * Rows are draws of our ignorance and columns are worlds: every row meets every column once, so the model is y = m + row + column + rest, all
 * random (Searle, Casella & McCulloch 1992). Rows are given one after the other; of the cells only margins are kept.
 */
#ifndef ORGSIM_STUDY_COMPONENTS_H
#define ORGSIM_STUDY_COMPONENTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/summary.h"

/* Zero it; free with components_free(), also after an error. */
struct components {
    uint64_t columns;
    double *column_sum;        /* [columns] */
    struct moments row, rows;  /* cells of the row under way; means of finished rows */
    double within;             /* squared deviations of cells from the mean of their row */
};

/* Estimated variances, never below zero, and the standard error of the grand mean when both rows and columns are samples. */
struct component_parts { double mean, rows, columns, rest, mean_se; };

int components_create(struct components *components, uint64_t columns) __attribute__((warn_unused_result));
void components_free(struct components *components);

/* A cell of the row under way; each column once. */
void components_add(struct components *components, uint64_t column, double value);

/* Ends the row: its mean and the standard error of that over its columns. */
void components_row(struct components *components, double *mean, double *se);

/* At least two rows and two columns, else NANs. */
struct component_parts components_parts(const struct components *components);

#endif
