/* copula.c: the Cholesky factor of a correlation matrix, and the nearest one that has it */
#include "chance/copula.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>

#include "base/error.h"
#include "base/memory.h"

#define SEMIDEFINITE 1e-7    /* an eigenvalue may be so far below zero: what seven decimals in a table leave */
#define DEFINITE 1e-10       /* and is lifted to this for the factor */
#define SYMMETRIC 1e-12
#define PROJECTIONS 100      /* Higham's iteration, at most; it converges linearly */
#define CONVERGED 1e-7

/* Room for an eigendecomposition, made once for all projections. */
struct spectrum { gsl_matrix *matrix, *vectors; gsl_vector *values; gsl_eigen_symmv_workspace *work; };

static void spectrum_free(struct spectrum *s)
{
    if (s->matrix) gsl_matrix_free(s->matrix);
    if (s->vectors) gsl_matrix_free(s->vectors);
    if (s->values) gsl_vector_free(s->values);
    if (s->work) gsl_eigen_symmv_free(s->work);
}

static int spectrum_create(struct spectrum *s, size_t n)
{
    *s = (struct spectrum){gsl_matrix_alloc(n, n), gsl_matrix_alloc(n, n), gsl_vector_alloc(n), gsl_eigen_symmv_alloc(n)};
    return s->matrix && s->vectors && s->values && s->work ? 0 : ORGSIM_ERROR_MEMORY;
}

static double spectrum_decompose(struct spectrum *s, const double *matrix, size_t n)
{
    gsl_matrix_const_view view = gsl_matrix_const_view_array(matrix, n, n);
    gsl_matrix_memcpy(s->matrix, &view.matrix);
    gsl_eigen_symmv(s->matrix, s->values, s->vectors, s->work);
    return gsl_vector_min(s->values);
}

/* matrix = sum of max(value, 0) vector vector': the nearest positive semidefinite matrix */
static void spectrum_compose(const struct spectrum *s, double *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += fmax(gsl_vector_get(s->values, k), 0) * gsl_matrix_get(s->vectors, i, k) * gsl_matrix_get(s->vectors, j, k);
            matrix[i * n + j] = matrix[j * n + i] = sum;
        }
}

/* Alternating projections on the semidefinite and the unit-diagonal matrices with Dykstra's correction (Higham 2002, algorithm 3.3). */
static int nearest_correlation(struct spectrum *s, const double *matrix, size_t n, double *nearest)
{
    size_t cells = n * n;
    double *correction = memory_array(cells, sizeof *correction), *shifted = memory_array(cells, sizeof *shifted);
    int status = correction && shifted ? 0 : ORGSIM_ERROR_MEMORY;
    memcpy(nearest, matrix, cells * sizeof *nearest);
    double change = 1;
    for (int round = 0; !status && round < PROJECTIONS && change > CONVERGED; round++) {
        for (size_t i = 0; i < cells; i++) shifted[i] = nearest[i] - correction[i];
        spectrum_decompose(s, shifted, n);
        change = 0;
        for (size_t i = 0; i < cells; i++) correction[i] = nearest[i];
        spectrum_compose(s, nearest, n);
        for (size_t i = 0; i < cells; i++) {
            double before = correction[i];
            correction[i] = nearest[i] - shifted[i];
            if (i % (n + 1) == 0) nearest[i] = 1;
            change = fmax(change, fabs(nearest[i] - before));
        }
    }
    memory_free(correction);
    memory_free(shifted);
    return status;
}

/* Congruence that restores the unit diagonal after the negative eigenvalues that the iteration left were cut off. */
static void finish_nearest(struct spectrum *s, double *nearest, size_t n)
{
    spectrum_decompose(s, nearest, n);
    spectrum_compose(s, nearest, n);
    for (size_t i = 0; i < n; i++) gsl_vector_set(s->values, i, 1 / sqrt(nearest[i * n + i]));
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            nearest[i * n + j] = i == j ? 1 : nearest[i * n + j] * gsl_vector_get(s->values, i) * gsl_vector_get(s->values, j);
}

static int check_matrix(const double *matrix, size_t n, struct orgsim_where *where)
{
    if (n < 1 || n > COPULA_MEMBERS)
        return error_set(where, ORGSIM_ERROR_SCENARIO, NULL, 0, 0, "correlate fewer inputs", "%zu correlated inputs, where 1 to %d are possible", n,
                         COPULA_MEMBERS);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double r = matrix[i * n + j];
            if (!(fabs(r) <= 1) || fabs(r - matrix[j * n + i]) > SYMMETRIC || (i == j && fabs(r - 1) > SYMMETRIC))
                return error_set(where, ORGSIM_ERROR_SCENARIO, NULL, 0, 0, "give one correlation from -1 to 1 for each pair, and 1 on the diagonal",
                                 "row %zu, column %zu of the correlation matrix holds %g", i + 1, j + 1, r);
        }
    return 0;
}

/* L by GSL. A singular matrix is moved towards independence by as little as makes it definite (correlations change by less than 2e-7),
 * for GSL would end the program over it. */
static int factorise(double *factor, const double *matrix, size_t n, double least)
{
    double move = least < DEFINITE ? DEFINITE - least : 0;
    for (size_t i = 0; i < n * n; i++) factor[i] = i % (n + 1) ? (1 - move) * matrix[i] : 1;
    gsl_matrix_view view = gsl_matrix_view_array(factor, n, n);
    if (gsl_linalg_cholesky_decomp1(&view.matrix)) return ORGSIM_ERROR_INTERNAL;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) factor[i * n + j] = 0;
    return 0;
}

int copula_create(struct copula *copula, const double *matrix, size_t n, double *nearest, struct orgsim_where *where)
{
    struct spectrum spectrum = {0};
    *copula = (struct copula){0};
    int status = check_matrix(matrix, n, where);
    if (status) return status;
    status = spectrum_create(&spectrum, n);
    if (status) goto out;
    double least = spectrum_decompose(&spectrum, matrix, n);
    if (least < -SEMIDEFINITE) {
        if (nearest) status = nearest_correlation(&spectrum, matrix, n, nearest);
        if (status) goto out;
        if (nearest) finish_nearest(&spectrum, nearest, n);
        status = error_set(where, ORGSIM_ERROR_SCENARIO, NULL, 0, 0, "use the nearest valid correlations",
                           "the correlations contradict each other: their matrix has the negative eigenvalue %.3g", least);
        goto out;
    }
    copula->factor = memory_array(n * n, sizeof *copula->factor);
    if (!copula->factor) {
        status = ORGSIM_ERROR_MEMORY;
        goto out;
    }
    copula->n = n;
    status = factorise(copula->factor, matrix, n, least);
out:
    if (status) copula_free(copula);
    spectrum_free(&spectrum);
    if (status == ORGSIM_ERROR_MEMORY) error_set(where, status, NULL, 0, 0, "", "out of memory");
    return status;
}

void copula_free(struct copula *copula)
{
    memory_free(copula->factor);
    *copula = (struct copula){0};
}
