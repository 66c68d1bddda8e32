/* elimination.h: the best of k means, with a promise (Kim & Nelson 2001, KN)
 *
 * Observations of all candidates come in rows, made on the same luck, so that candidates are correlated and their differences small. Whoever
 * falls behind another by more than a triangle that closes while rows come in is dropped:
 *
 *     drop i when  mean_i < mean_l - W_il,   W_il = max(0, delta / 2 (h^2 S_il^2 / delta^2 - r) / r)
 *     h^2 = 2 eta (n0 - 1),   eta = ((2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1) / 2
 *
 * S_il^2: variance of the differences over the first n0 rows. With normal rows the last one is the best with probability 1 - alpha, when it leads
 * by delta; otherwise it is one of those within delta of the best.
 */
#ifndef ORGSIM_STUDY_ELIMINATION_H
#define ORGSIM_STUDY_ELIMINATION_H

#include <stdbool.h>
#include <stddef.h>

/* Zero it; free with elimination_free(), also after an error. More is better. */
struct elimination {
    size_t candidates, first;      /* n0 */
    double indifference, h2;       /* delta */
    size_t rows, left;
    bool *alive;                   /* [candidates] */
    size_t *dropped;               /* [candidates] rows seen when it was dropped; 0: not */
    double *sum;                   /* [candidates] */
    double *early;                 /* [first][candidates] */
    double *variance;              /* [candidates][candidates] S^2; from row `first` on */
};

/* confidence inside 0.5..1, first >= 3. indifference may be set later, before the first screening. ORGSIM_ERROR_MEMORY. */
int elimination_create(struct elimination *e, size_t candidates, size_t first, double confidence) __attribute__((warn_unused_result));
void elimination_free(struct elimination *e);

/* A row: [candidates], what stands for a dropped one is ignored. */
void elimination_add(struct elimination *e, const double *row);

/* Drops whoever has fallen behind. True when the choice is made: one is left, or the triangles are closed. Needs `first` rows. */
bool elimination_screen(struct elimination *e);

/* The one with the highest mean of those that are left. */
size_t elimination_best(const struct elimination *e);
double elimination_mean(const struct elimination *e, size_t candidate);

#endif
