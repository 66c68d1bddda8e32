/* sampler.c: closed forms and tables of quantiles */
#include "chance/sampler.h"

#include <math.h>
#include <string.h>

#include <orgsim/error.h>

#include "base/memory.h"

static void compile_triangular(struct sampler *s, const struct distribution *d)
{
    double width = d->c - d->a;
    s->a = (float)d->a;
    s->b = (float)d->c;
    s->c = (float)((d->b - d->a) / width);
    s->d = (float)(width * (d->b - d->a));
    s->e = (float)(width * (d->c - d->b));
    s->f = (float)d->b;
}

static double tail_quantile(const struct distribution *d, int upper, double tail)
{
    return upper ? distribution_upper_quantile(d, tail) : distribution_quantile(d, tail);
}

/* One tail: in each segment the parabola through its ends and its middle, in the distance m of the mantissa from the middle. */
static int compile_tail(float *table, const struct distribution *d, int upper)
{
    const double half = 0.5 / SAMPLER_PARTS;
    double from = tail_quantile(d, upper, ldexp(1, -SAMPLER_OCTAVES - 1));
    for (size_t segment = 0; segment < SAMPLER_SEGMENTS; segment++) {
        double octave = ldexp(1, (int)(segment / SAMPLER_PARTS) - SAMPLER_OCTAVES - 1);
        double mantissa = 1 + ((double)(segment % SAMPLER_PARTS) + 0.5) / SAMPLER_PARTS;
        double middle = tail_quantile(d, upper, octave * mantissa), to = tail_quantile(d, upper, octave * (mantissa + half));
        if (!isfinite(from + middle + to)) return ORGSIM_ERROR_INTERNAL;
        table[segment] = (float)middle;
        table[segment + 2 * SAMPLER_SEGMENTS] = (float)((to - from) / (2 * half));
        table[segment + 4 * SAMPLER_SEGMENTS] = (float)((to + from - 2 * middle) / (2 * half * half));
        from = to;
    }
    return 0;
}

static int compile_table(struct sampler *s, const struct distribution *d)
{
    s->table = memory_lanes((size_t)6 * SAMPLER_SEGMENTS, sizeof *s->table);
    if (!s->table) return ORGSIM_ERROR_MEMORY;
    int status = compile_tail(s->table, d, 0);
    return status ? status : compile_tail(s->table + SAMPLER_SEGMENTS, d, 1);
}

static int copy_array(double **to, const double *from, size_t n)
{
    if (!from) return 0;
    *to = memory_array(n, sizeof **to);
    if (!*to) return ORGSIM_ERROR_MEMORY;
    memcpy(*to, from, n * sizeof **to);
    return 0;
}

static int compile_points(struct sampler *s, const struct distribution *d)
{
    s->points.kind = d->kind;
    s->points.n = d->n;
    int status = copy_array(&s->points.value, d->value, d->n);
    return status ? status : copy_array(&s->points.weight, d->weight, d->n);
}

int sampler_create(struct sampler *sampler, const struct distribution *distribution)
{
    const struct distribution *d = distribution;
    int status = 0;
    *sampler = (struct sampler){.kind = d->kind, .a = (float)d->a, .b = (float)d->b};
    switch (d->kind) {
    case DISTRIBUTION_UNIFORM: sampler->c = (float)(d->b - d->a); break;
    case DISTRIBUTION_TRIANGULAR: compile_triangular(sampler, d); break;
    case DISTRIBUTION_PERT:
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_BETA: status = compile_table(sampler, d); break;
    case DISTRIBUTION_DISCRETE:
    case DISTRIBUTION_EMPIRICAL: status = compile_points(sampler, d); break;
    default: break;
    }
    if (status) sampler_free(sampler);
    return status;
}

void sampler_free(struct sampler *sampler)
{
    memory_free(sampler->table);
    distribution_free(&sampler->points);
    *sampler = (struct sampler){.kind = DISTRIBUTION_CONSTANT};
}

float sampler_point(const struct sampler *sampler, float tail, int upper)
{
    double u = upper ? 1 - (double)tail : (double)tail;
    return (float)sampler->points.value[distribution_point(&sampler->points, u)];
}
