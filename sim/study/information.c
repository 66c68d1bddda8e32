/* information.c: expected value of perfect information, about all parameters and about each
 *
 * One parameter: the differences of all arms to the best one are regressed on a cubic of the parameter. What the parameters of the largest effects
 * explain is fitted first, all together, and taken from the outcomes of the others: as parameters are independent that changes no mean and leaves
 * less noise. Luck averages out in the regression. What is left of its bias, a curve that wiggles by chance crosses zero too often, is estimated
 * with the standard error by leaving out one group of points after another (the jackknife).
 */
#include "study/information.h"

#include <math.h>
#include <string.h>

#include <orgsim/error.h>

#include "base/memory.h"

#define GROUPS 32 /* of the jackknife; point k belongs to group k % GROUPS */
#define TERMS 4   /* of a cubic */
#define PASSES 12 /* over the parameters of large effect, at most */

static double clip(double x) { return x > 0 ? x : 0; }

/* The jackknife over estimates without one group each: the estimate without its bias, never below zero, and its standard error. */
static struct information_worth jackknife(double all, const double without[GROUPS])
{
    double mean = 0, squares = 0;
    for (int g = 0; g < GROUPS; g++) mean += without[g] / GROUPS;
    for (int g = 0; g < GROUPS; g++) squares += (without[g] - mean) * (without[g] - mean);
    return (struct information_worth){.worth = clip(GROUPS * all - (GROUPS - 1) * mean), .se = sqrt(squares * (GROUPS - 1) / GROUPS)};
}

/* --- all parameters ----------------------------------------------------------------------------------------------------------------- */

/* E max less max E over the rows of a table, group `without` left out. sum: [arms]. */
static double best_less_mean(const double *table, size_t rows, size_t arms, size_t without, double *sum)
{
    double best = 0, largest = -INFINITY, n = 0;
    memset(sum, 0, arms * sizeof *sum);
    for (size_t k = 0; k < rows; k++) {
        if (k % GROUPS == without) continue;
        const double *row = table + k * arms;
        double top = row[0];
        for (size_t a = 0; a < arms; a++) {
            top = fmax(top, row[a]);
            sum[a] += row[a];
        }
        best += top;
        n++;
    }
    for (size_t a = 0; a < arms; a++) largest = fmax(largest, sum[a]);
    return (best - largest) / n;
}

int information_perfect(const struct information *d, struct information_worth *perfect)
{
    size_t cells = d->points * d->arms;
    double *whole = memory_array(cells, sizeof *whole), *sum = memory_array(d->arms, sizeof *sum), estimate[GROUPS + 1];
    int status = whole && sum ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t c = 0; c < cells && !status; c++) whole[c] = (d->value[0][c] + d->value[1][c]) / 2;
    for (size_t g = 0; g <= GROUPS && !status; g++) {
        double halves = 0;
        for (int h = 0; h < 2; h++) halves += best_less_mean(d->value[h], d->points, d->arms, g, sum) / 2;
        estimate[g] = 2 * best_less_mean(whole, d->points, d->arms, g, sum) - halves;
    }
    if (!status) {
        *perfect = jackknife(estimate[GROUPS], estimate);
        perfect->worth = clip(estimate[GROUPS]); /* a mean over points: leaving some out would only add noise */
    }
    memory_free(whole);
    memory_free(sum);
    return status;
}

/* --- one parameter ------------------------------------------------------------------------------------------------------------------ */

/* What a cubic fit of all arms needs to know of each group of points. */
struct fit {
    const struct information *d;
    double *x;                          /* [points] standardised */
    double mean[TERMS];                 /* of its powers */
    double *target;                     /* [points][arms] */
    double (*gram)[TERMS * TERMS];      /* [GROUPS + 1], the last one of all */
    double *right;                      /* [GROUPS + 1][arms][TERMS] */
    double *coefficient;                /* [arms][TERMS] */
    double *sum, *curve;                /* [arms], [points][arms] */
};

/* Partial regression: what is left of the outcomes, and what each parameter of large effect explains. */
struct partial {
    struct fit fit;
    double *rest;                       /* [points][arms] */
    double *score;                      /* [parameters] share of the variance that a fit of it alone explains */
    double *effect;                     /* [parameters][arms][TERMS] coefficients; all zero: none */
    bool *large;                        /* [parameters] */
    size_t n_large;
};

static void powers(double x, double term[TERMS])
{
    term[0] = 1;
    for (int t = 1; t < TERMS; t++) term[t] = term[t - 1] * x;
}

/* The column of a parameter, `shift` points on, with mean 0 and variance 1; false: it does not vary. */
static bool column(struct fit *f, size_t parameter, size_t shift)
{
    const struct information *d = f->d;
    double mean = 0, square = 0, n = (double)d->points;
    for (size_t k = 0; k < d->points; k++) {
        f->x[k] = d->x[(k + shift) % d->points * d->parameters + parameter];
        mean += f->x[k] / n;
    }
    for (size_t k = 0; k < d->points; k++) square += (f->x[k] - mean) * (f->x[k] - mean) / n;
    if (!(square > 0)) return false;
    memset(f->mean, 0, sizeof f->mean);
    for (size_t k = 0; k < d->points; k++) {
        double term[TERMS];
        f->x[k] = (f->x[k] - mean) / sqrt(square);
        powers(f->x[k], term);
        for (int t = 0; t < TERMS; t++) f->mean[t] += term[t] / n;
    }
    return true;
}

static void add_sums(struct fit *f)
{
    size_t arms = f->d->arms, rights = arms * TERMS;
    memset(f->gram, 0, (GROUPS + 1) * sizeof *f->gram);
    memset(f->right, 0, (GROUPS + 1) * rights * sizeof *f->right);
    for (size_t k = 0; k < f->d->points; k++) {
        double term[TERMS], *gram = f->gram[k % GROUPS], *right = f->right + k % GROUPS * rights;
        powers(f->x[k], term);
        for (int i = 0; i < TERMS; i++)
            for (int j = 0; j < TERMS; j++) gram[i * TERMS + j] += term[i] * term[j];
        for (size_t a = 0; a < arms; a++)
            for (int i = 0; i < TERMS; i++) right[a * TERMS + (size_t)i] += term[i] * f->target[k * arms + a];
    }
    for (size_t g = 0; g < GROUPS; g++) {
        for (int i = 0; i < TERMS * TERMS; i++) f->gram[GROUPS][i] += f->gram[g][i];
        for (size_t i = 0; i < rights; i++) f->right[GROUPS * rights + i] += f->right[g * rights + i];
    }
}

/* Cholesky's factor in the lower triangle; a column that adds nothing to those before it is left out. */
static void factorise(double m[TERMS * TERMS])
{
    for (int j = 0; j < TERMS; j++) {
        double pivot = m[j * TERMS + j], whole = pivot;
        for (int k = 0; k < j; k++) pivot -= m[j * TERMS + k] * m[j * TERMS + k];
        pivot = pivot > 1e-10 * whole ? sqrt(pivot) : INFINITY;
        m[j * TERMS + j] = pivot;
        for (int i = j + 1; i < TERMS; i++) {
            double cell = m[i * TERMS + j];
            for (int k = 0; k < j; k++) cell -= m[i * TERMS + k] * m[j * TERMS + k];
            m[i * TERMS + j] = cell / pivot;
        }
    }
}

static void solve(const double m[TERMS * TERMS], double b[TERMS])
{
    for (int i = 0; i < TERMS; i++) {
        for (int k = 0; k < i; k++) b[i] -= m[i * TERMS + k] * b[k];
        b[i] /= m[i * TERMS + i];
    }
    for (int i = TERMS - 1; i >= 0; i--) {
        for (int k = i + 1; k < TERMS; k++) b[i] -= m[k * TERMS + i] * b[k];
        b[i] /= m[i * TERMS + i];
    }
}

/* Coefficients of every arm from all points but those of group `without`. */
static void fit_solve(struct fit *f, size_t without)
{
    size_t rights = f->d->arms * TERMS;
    double gram[TERMS * TERMS];
    memcpy(gram, f->gram[GROUPS], sizeof gram);
    memcpy(f->coefficient, f->right + GROUPS * rights, rights * sizeof *f->coefficient);
    if (without < GROUPS) {
        for (int i = 0; i < TERMS * TERMS; i++) gram[i] -= f->gram[without][i];
        for (size_t i = 0; i < rights; i++) f->coefficient[i] -= f->right[without * rights + i];
    }
    factorise(gram);
    for (size_t a = 0; a < f->d->arms; a++) solve(gram, f->coefficient + a * TERMS);
}

static double height(const double coefficient[TERMS], double x)
{
    double y = 0;
    for (int t = TERMS; t-- > 0;) y = y * x + coefficient[t];
    return y;
}

/* Worth of knowing the column when the curves are fitted without a group. */
static double fit_worth(struct fit *f, size_t without)
{
    size_t arms = f->d->arms;
    fit_solve(f, without);
    for (size_t k = 0; k < f->d->points; k++)
        for (size_t a = 0; a < arms; a++) f->curve[k * arms + a] = height(f->coefficient + a * TERMS, f->x[k]);
    return best_less_mean(f->curve, f->d->points, arms, without, f->sum);
}

/* Adds (sign 1) or takes away what the coefficients of a parameter explain. The column must be the parameter's. */
static void move(const struct partial *p, size_t parameter, double sign)
{
    size_t arms = p->fit.d->arms;
    for (size_t a = 0; a < arms; a++) {
        const double *effect = p->effect + (parameter * arms + a) * TERMS;
        double mean = 0; /* that is the arm's and not the parameter's */
        for (int t = 0; t < TERMS; t++) mean += effect[t] * p->fit.mean[t];
        for (size_t k = 0; k < p->fit.d->points; k++) p->rest[k * arms + a] += sign * (height(effect, p->fit.x[k]) - mean);
    }
}

static void aim(struct partial *p)
{
    memcpy(p->fit.target, p->rest, p->fit.d->points * p->fit.d->arms * sizeof *p->rest);
    add_sums(&p->fit);
}

/* Differences to the arm of the highest mean: what all arms share in a point is no part of the choice. */
static void differences(struct partial *p)
{
    const struct information *d = p->fit.d;
    size_t best = 0;
    memset(p->fit.sum, 0, d->arms * sizeof *p->fit.sum);
    for (size_t c = 0; c < d->points * d->arms; c++) {
        p->rest[c] = (d->value[0][c] + d->value[1][c]) / 2;
        p->fit.sum[c % d->arms] += p->rest[c];
    }
    for (size_t a = 1; a < d->arms; a++)
        if (p->fit.sum[a] > p->fit.sum[best]) best = a;
    for (size_t k = 0; k < d->points; k++) {
        double reference = p->rest[k * d->arms + best];
        for (size_t a = 0; a < d->arms; a++) p->rest[k * d->arms + a] -= reference;
    }
}

static double variance_of(const struct information *d, const double *table)
{
    double whole = 0;
    for (size_t a = 0; a < d->arms; a++) {
        double sum = 0, square = 0, n = (double)d->points;
        for (size_t k = 0; k < d->points; k++) sum += table[k * d->arms + a] / n;
        for (size_t k = 0; k < d->points; k++) square += pow(table[k * d->arms + a] - sum, 2) / n;
        whole += square;
    }
    return whole;
}

/* Share of the variance of all differences that a fit of one parameter alone explains. */
static void rate(struct partial *p)
{
    const struct information *d = p->fit.d;
    double whole = variance_of(d, p->rest);
    for (size_t q = 0; q < d->parameters && whole > 0; q++) {
        if (!column(&p->fit, q, 0)) continue;
        aim(p);
        fit_worth(&p->fit, GROUPS);
        p->score[q] = variance_of(d, p->fit.curve) / whole;
    }
}

/* Those that explain four times what a meaningless one would, the largest first, as many as the points bear. */
static void choose(struct partial *p)
{
    const struct information *d = p->fit.d;
    double least = 4.0 * (TERMS - 1) / (double)d->points;
    for (size_t most = d->points / (8 * (TERMS - 1)); p->n_large < most; p->n_large++) {
        size_t next = d->parameters;
        for (size_t q = 0; q < d->parameters; q++)
            if (!p->large[q] && p->score[q] > least && (next == d->parameters || p->score[q] > p->score[next])) next = q;
        if (next == d->parameters) return;
        p->large[next] = true;
    }
}

/* Fits the parameters of large effect together, one after the other until none moves: the least squares of all (Gauss and Seidel). */
static void explain(struct partial *p)
{
    const struct information *d = p->fit.d;
    size_t terms = d->arms * TERMS;
    double first = variance_of(d, p->rest), before = first;
    for (int pass = 0; pass < PASSES && p->n_large > 0; pass++) {
        for (size_t q = 0; q < d->parameters; q++) {
            if (!p->large[q] || !column(&p->fit, q, 0)) continue;
            move(p, q, 1);
            aim(p);
            fit_solve(&p->fit, GROUPS);
            memcpy(p->effect + q * terms, p->fit.coefficient, terms * sizeof *p->effect);
            move(p, q, -1);
        }
        double after = variance_of(d, p->rest);
        if (before - after < 1e-6 * first) return;
        before = after;
    }
}

static struct information_worth worth_of(struct partial *p, size_t parameter, double noise)
{
    const struct information *d = p->fit.d;
    double without[GROUPS], all, spent = (double)(p->n_large * (TERMS - 1)) / (double)d->points;
    if (!column(&p->fit, parameter, 0)) return (struct information_worth){0};
    move(p, parameter, 1);
    aim(p);
    move(p, parameter, -1);
    for (size_t g = 0; g < GROUPS; g++) without[g] = fit_worth(&p->fit, g);
    all = fit_worth(&p->fit, GROUPS);
    struct information_worth worth = jackknife(all, without);
    worth.se /= sqrt(1 - spent); /* the fit of many made the rest look smaller than it is */
    worth.clear = all > noise && worth.worth > 2 * worth.se;
    return worth;
}

/* The most that a column without meaning comes out at: one that belongs to other points. */
static double noise_of(struct partial *p)
{
    const struct information *d = p->fit.d;
    double most = 0;
    for (size_t q = 0; q < d->parameters; q++) {
        for (size_t turn = 1; turn <= 2; turn++) {
            if (!column(&p->fit, q, turn * d->points / 3)) continue;
            aim(p);
            most = fmax(most, fit_worth(&p->fit, GROUPS));
        }
    }
    return most;
}

static int partial_create(struct partial *p, const struct information *d)
{
    size_t cells = d->points * d->arms, terms = d->arms * TERMS;
    struct fit *f = &p->fit;
    *p = (struct partial){.fit.d = d};
    f->x = memory_array(d->points, sizeof *f->x);
    f->target = memory_array(cells, sizeof *f->target);
    f->gram = memory_array(GROUPS + 1, sizeof *f->gram);
    f->right = memory_array((GROUPS + 1) * terms, sizeof *f->right);
    f->coefficient = memory_array(terms, sizeof *f->coefficient);
    f->sum = memory_array(d->arms, sizeof *f->sum);
    f->curve = memory_array(cells, sizeof *f->curve);
    p->rest = memory_array(cells, sizeof *p->rest);
    p->score = memory_array(d->parameters, sizeof *p->score);
    p->effect = memory_array(d->parameters * terms, sizeof *p->effect);
    p->large = memory_array(d->parameters, sizeof *p->large);
    bool good = f->x && f->target && f->gram && f->right && f->coefficient && f->sum && f->curve && p->rest && p->score && p->effect && p->large;
    return good ? 0 : ORGSIM_ERROR_MEMORY;
}

static void partial_free(struct partial *p)
{
    void *const owned[] = {p->fit.x,   p->fit.target, p->fit.gram, p->fit.right, p->fit.coefficient, p->fit.sum,
                           p->fit.curve, p->rest,     p->score,    p->effect,    p->large};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) memory_free(owned[i]);
}

int information_partial(const struct information *d, struct information_worth *worth, double *noise)
{
    struct partial p;
    int status = partial_create(&p, d);
    if (!status) {
        differences(&p);
        rate(&p);
        choose(&p);
        explain(&p);
        *noise = noise_of(&p);
        for (size_t q = 0; q < d->parameters; q++) worth[q] = worth_of(&p, q, *noise);
    }
    partial_free(&p);
    return status;
}
