/* growth.c: how cost grows with a program, with organisations and with worlds
 *
 *     cmake --build build/release --target growth
 *     build/release/tests/bench/growth > growth.csv               a row for each size, and the exponents
 *     build/release/tests/bench/growth FOLDER > growth.csv        and FOLDER/figures/growth.svg
 *     build/release/tests/bench/growth - 4 > growth.csv           only sizes up to a fourth of the largest
 *
 * Programs are those of `orgsim new` with seed 1. Cost is the processor time of one week of one life on one thread of the widest kernel, everything that
 * orgsim_run() does included, so that it does not matter that larger programs last longer; for organisations and worlds it is that of the run.
 */
#include "bench/growth.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/error.h>

#define MOST_SIZES 8
#define PACKAGES 160.0 /* in all, while teams grow */
#define RISKS 100.0
#define QUESTIONS 60.0

/* Of what grows; 0: no more. Teams share their 160 packages. */
static const double sizes[GROWTH_COUNT][MOST_SIZES] = {
    [GROWTH_teams] = {4, 8, 16, 32, 80, 160},
    [GROWTH_packages] = {20, 40, 100, 200, 500, 1000},
    [GROWTH_risks] = {12.5, 25, 50, 100, 200, 400, 800},
    [GROWTH_program] = {5, 10, 20, 50, 100, 200},
    [GROWTH_organisations] = {1, 2, 4, 8, 16},
    [GROWTH_worlds] = {256, 1024, 4096, 16384},
};

const char *growth_what(enum growth growth)
{
    static const char *const words[] = {
#define X(id, what, stays) what,
        GROWTHS(X)
#undef X
    };
    return words[growth];
}

const char *growth_stays(enum growth growth)
{
    static const char *const words[] = {
#define X(id, what, stays) stays,
        GROWTHS(X)
#undef X
    };
    return words[growth];
}

static struct growth_design design_of(enum growth growth, double size)
{
    struct growth_design d = {.growth = growth, .size = size, .shape = generate_usual(), .organisations = 2, .worlds = 128};
    double teams = 20, packages = 5, risks = RISKS, questions = QUESTIONS;
    if (growth == GROWTH_teams) teams = size, packages = PACKAGES / size;
    if (growth == GROWTH_packages) packages = size / teams;
    if (growth == GROWTH_risks) risks = size;
    if (growth == GROWTH_program) teams = size, packages = 10, risks = 5 * size, questions = 6 * size;
    if (growth == GROWTH_organisations) d.organisations = (size_t)size, d.worlds = 1024;
    if (growth == GROWTH_worlds) d.worlds = (uint64_t)size;
    d.shape.value[GENERATE_teams] = teams;
    d.shape.value[GENERATE_packages] = packages;
    d.shape.value[GENERATE_risks] = risks / (teams * packages);
    d.shape.value[GENERATE_questions] = questions / (teams * packages);
    return d;
}

double growth_cost(enum growth growth, const struct growth_point *p)
{
    if (growth == GROWTH_organisations || growth == GROWTH_worlds) return p->seconds;
    return p->seconds / ((double)p->worlds * (double)p->organisations * p->weeks);
}

double growth_exponent(enum growth growth, const struct growth_point *points, size_t n)
{
    double x = 0, y = 0, xx = 0, xy = 0;
    for (size_t k = 0; k < n; k++) {
        double u = log(points[k].size), v = log(growth_cost(growth, &points[k]));
        x += u;
        y += v;
        xx += u * u;
        xy += u * v;
    }
    return ((double)n * xy - x * y) / ((double)n * xx - x * x);
}

static void print_point(enum growth growth, const struct growth_point *p)
{
    double lives = (double)p->worlds * (double)p->organisations;
    printf("%s,%.0f,%llu,%llu,%llu,%llu,%llu,%llu,%.1f,%.4g,%.4g,%.4g,%.3f,%.1f\n", growth_what(growth), p->size, (unsigned long long)p->teams,
           (unsigned long long)p->packages, (unsigned long long)p->risks, (unsigned long long)p->items, (unsigned long long)p->organisations,
           (unsigned long long)p->worlds, p->weeks, p->seconds, 1e3 * p->seconds / lives, 1e6 * p->seconds / (lives * p->weeks),
           1e-6 * (double)p->thread_bytes, 1e-6 * (double)p->peak_bytes);
    fflush(stdout);
}

/* Sizes up to the largest one divided by `part`. */
static int measure(enum growth growth, double part, struct growth_point *points, size_t *n)
{
    double largest = 0;
    for (size_t k = 0; k < MOST_SIZES; k++) largest = fmax(largest, sizes[growth][k]);
    for (size_t k = 0; k < MOST_SIZES && sizes[growth][k] > 0 && sizes[growth][k] <= largest / part; k++) {
        const struct growth_design design = design_of(growth, sizes[growth][k]);
        int status = growth_measure(&design, &points[*n]);
        if (status) return status;
        print_point(growth, &points[(*n)++]);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct growth_point points[GROWTH_COUNT * MOST_SIZES] = {0};
    size_t first[GROWTH_COUNT + 1] = {0}, n = 0;
    double part = argc > 2 ? strtod(argv[2], NULL) : 1;
    if (argc > 3 || !(part >= 1)) {
        fputs("usage: growth [FOLDER|- [PART]]\n", stderr);
        return 2;
    }
    puts("grows,size,teams,packages,risks,items,organisations,worlds,weeks,seconds,ms_per_life,us_per_life_week,thread_mb,peak_mb");
    for (int g = 0; g < GROWTH_COUNT; g++) {
        first[g] = n;
        if (measure((enum growth)g, part, points, &n)) return 1;
    }
    first[GROWTH_COUNT] = n;
    for (int g = 0; g < GROWTH_COUNT; g++)
        printf("# cost grows with the power %.2f of %s (%s)\n", growth_exponent((enum growth)g, points + first[g], first[g + 1] - first[g]),
               growth_what((enum growth)g), growth_stays((enum growth)g));
    bool draws = argc > 1 && strcmp(argv[1], "-") != 0;
    return draws && growth_figure(argv[1], points, first) ? 1 : 0;
}
