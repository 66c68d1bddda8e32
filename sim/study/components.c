/* components.c: analysis of variance of a crossed table without replication
 *
 *     sums of squares   total = rows + columns + rest
 *     expectations      MS rows = rest + C var(row);  MS columns = rest + R var(column);  MS rest = rest      (R rows, C columns)
 *     grand mean        var = var(row) / R + var(column) / C + rest / (R C)
 */
#include "study/components.h"

#include <math.h>

#include "base/memory.h"
#include <orgsim/error.h>

int components_create(struct components *c, uint64_t columns)
{
    *c = (struct components){.columns = columns};
    c->column_sum = memory_array(columns, sizeof *c->column_sum);
    return c->column_sum ? 0 : ORGSIM_ERROR_MEMORY;
}

void components_free(struct components *c)
{
    memory_free(c->column_sum);
    *c = (struct components){0};
}

void components_add(struct components *c, uint64_t column, double value)
{
    c->column_sum[column] += value;
    moments_add(&c->row, value);
}

void components_row(struct components *c, double *mean, double *se)
{
    *mean = moments_mean(&c->row);
    *se = moments_se(&c->row);
    moments_add(&c->rows, *mean);
    c->within += c->row.m2;
    c->row = (struct moments){0};
}

struct component_parts components_parts(const struct components *c)
{
    const double nan = (double)NAN, r = (double)c->rows.n, n = (double)c->columns;
    struct component_parts parts = {nan, nan, nan, nan, nan};
    if (r < 2 || n < 2) return parts;
    struct moments columns = {0};
    for (uint64_t k = 0; k < c->columns; k++) moments_add(&columns, c->column_sum[k] / r);
    double rest = (c->within - r * columns.m2) / ((r - 1) * (n - 1)); /* squares within rows hold those of columns and the rest */
    if (!(rest > 0)) rest = 0;
    parts.mean = moments_mean(&c->rows);
    parts.rest = rest;
    parts.rows = fmax(0, moments_variance(&c->rows) - rest / n);
    parts.columns = fmax(0, moments_variance(&columns) - rest / r);
    parts.mean_se = sqrt(parts.rows / r + parts.columns / n + rest / (r * n));
    return parts;
}
