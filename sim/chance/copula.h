/* copula.h: inputs that move together (Gaussian copula)
 *
 *     z' = L z, z independent standard normals, L L' = correlation matrix; u_i = Phi(z'_i) keeps every marginal exactly as stated
 *
 * Source: Nelsen 2006, section 2; nearest correlation matrix: Higham 2002.
 */
#ifndef ORGSIM_CHANCE_COPULA_H
#define ORGSIM_CHANCE_COPULA_H

#include <stddef.h>

#include <orgsim/error.h>

#define COPULA_MEMBERS 256 /* at most */

struct copula { size_t n; double *factor; /* [n][n] lower triangle of L, row by row */ };

/* matrix is [n][n], symmetric with unit diagonal. One that is not positive semidefinite is refused with ORGSIM_ERROR_SCENARIO, and
 * nearest (may be NULL; [n][n]) receives the nearest correlation matrix, which is accepted. A singular one is accepted, its factor exact to
 * 2e-7. where may be NULL. */
int copula_create(struct copula *copula, const double *matrix, size_t n, double *nearest, struct orgsim_where *where);
void copula_free(struct copula *copula);

#endif
