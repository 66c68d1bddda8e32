/* simplex.c: gsl_multimin's nmsimplex2 in bent coordinates */
#include "study/simplex.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_multimin.h>

#include <orgsim/error.h>

#define STEP 0.6 /* of the bent coordinates at first; the box is pi long */

struct search {
    struct simplex *s;
    int status;
    double worst; /* stands for infinity, which would stop the simplex from shrinking */
};

static double unbend(const struct simplex *s, size_t i, double t) { return s->low[i] + (s->high[i] - s->low[i]) * (1 - cos(t)) / 2; }

static double bend(const struct simplex *s, size_t i, double x)
{
    double share = (x - s->low[i]) / (s->high[i] - s->low[i]);
    return acos(1 - 2 * fmin(1, fmax(0, share)));
}

static double height(const gsl_vector *t, void *context)
{
    struct search *search = context;
    struct simplex *s = search->s;
    double x[SIMPLEX_MOST], y = INFINITY;
    if (search->status) return search->worst;
    for (size_t i = 0; i < s->n; i++) x[i] = unbend(s, i, gsl_vector_get(t, i));
    search->status = s->value(s->context, x, &y);
    s->points++;
    if (search->status || !isfinite(y)) return search->worst;
    search->worst = fmax(search->worst, fabs(y) * 4 + 1);
    if (y < s->y) {
        s->y = y;
        memcpy(s->x, x, s->n * sizeof *x);
    }
    return y;
}

int simplex_search(struct simplex *s)
{
    struct search search = {.s = s, .worst = 1e9};
    gsl_multimin_fminimizer *minimizer = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, s->n);
    gsl_vector *start = gsl_vector_alloc(s->n), *step = gsl_vector_alloc(s->n);
    gsl_multimin_function function = {.f = height, .n = s->n, .params = &search};
    int status = minimizer && start && step ? 0 : ORGSIM_ERROR_MEMORY;
    s->points = 0;
    s->y = INFINITY;
    for (size_t i = 0; i < s->n && !status; i++) {
        double t = bend(s, i, s->x[i]);
        gsl_vector_set(start, i, t);
        gsl_vector_set(step, i, t > M_PI / 2 ? -STEP : STEP); /* into the box */
    }
    if (!status && gsl_multimin_fminimizer_set(minimizer, &function, start, step)) status = ORGSIM_ERROR_MEMORY;
    while (!status && !search.status && s->points < s->points_most) {
        if (gsl_multimin_fminimizer_iterate(minimizer)) break; /* it cannot move any more */
        if (gsl_multimin_fminimizer_size(minimizer) < s->tolerance * M_PI) break;
    }
    gsl_multimin_fminimizer_free(minimizer);
    gsl_vector_free(start);
    gsl_vector_free(step);
    return status ? status : search.status;
}
