/* morris.h: elementary effects, a screening of many inputs with few points
 *
 * Along a trajectory one input moves at a time from wherever the others happen to be; the change of the outcome over the move is an elementary
 * effect. The mean of their absolute values (mu*) says how much an input matters, their standard deviation (sigma) how much that depends on where
 * the others stand: interaction, or a bend.
 *
 * An outcome that is a mean over simulated worlds holds their luck. It comes twice, from two halves of the worlds that share none: their differences
 * tell how large an effect luck alone would feign, and the products of the two halves' effects how large the effects are without it.
 *
 * Source: Morris 1991; mu*: Campolongo, Cariboni & Saltelli 2007
 */
#ifndef ORGSIM_STUDY_MORRIS_H
#define ORGSIM_STUDY_MORRIS_H

#include <stddef.h>

/* In units of the outcome, for a move over the whole unit interval. Interval of mu*: 95 %, Student's t over trajectories, which are independent. */
struct morris_effect {
    double mu, mu_star, mu_star_low, mu_star_high, sigma; /* of the means of both halves */
    double luck;   /* mean absolute effect that luck would feign where there is none */
    double square; /* mean square of the effects, luck taken out; may come out below zero */
};

/* unit and moved as of design_trajectories(), each half [trajectories][dimensions + 1], effect [dimensions]; trajectories >= 2. */
void morris_effects(struct morris_effect *effect, const double *unit, const size_t *moved, const double *one_half, const double *other_half,
                    size_t trajectories, size_t dimensions);

#endif
