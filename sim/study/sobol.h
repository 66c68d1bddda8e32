/* sobol.h: shares of the variance of an outcome that inputs bring alone (first order) and with all their interactions (total)
 *
 *     S_i = mean f(B) (f(AB_i) - f(A)) / V         T_i = mean (f(A) - f(AB_i))^2 / 2V
 *
 * A and B are independent points, AB_i is A with input i from B. f is taken less its mean, which changes no expectation and much of the error.
 *
 * An outcome that is itself a mean over simulated worlds holds their luck, which would pass for interaction. So each outcome comes twice, from two
 * halves of the worlds that share no luck, and in every product one factor is of one half and one of the other: what is luck in both averages to
 * nothing, in V too. Where an outcome has no luck, both are the same and the formulas are those above.
 *
 * Several independent copies of the design (design_sobol() under other seeds, on worlds of their own) give the interval: jackknife over copies,
 * Student's t.
 *
 * Source: Sobol 1993; first order Saltelli et al. 2010, table 2 (b); total Jansen 1999
 */
#ifndef ORGSIM_STUDY_SOBOL_H
#define ORGSIM_STUDY_SOBOL_H

#include <stddef.h>

#define SOBOL_COPIES_LEAST 3
#define SOBOL_COPIES_MOST 64

/* Shares with 95 % intervals; an estimate may lie a little outside 0..1. All zero when V is not above zero. */
struct sobol_share { double mean, low, high; };
struct sobol_index { struct sobol_share first, total; };

/* Each half [copies][points][dimensions + 2]: f(A), f(B), f(AB_0), ...; index [dimensions]. Returns the variance V, which luck can take below zero. */
double sobol_indices(struct sobol_index *index, const double *one_half, const double *other_half, size_t copies, size_t points, size_t dimensions);

/* The point of the outcome at `place` 0..dimensions + 1 from a point of the unit cube of 2 x dimensions. */
void sobol_point(double *x, const double *pair, size_t dimensions, size_t place);

#endif
