/* growth.h: what a program costs to live as it grows, one size at a time */
#ifndef TESTS_BENCH_GROWTH_H
#define TESTS_BENCH_GROWTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "scenario/generate.h"

/* X(id, what grows, what else stays): in the order of the table and the figure */
#define GROWTHS(X)                                                                                                                         \
    X(teams, "teams", "as many packages, risks and questions in all")                                                                       \
    X(packages, "packages", "20 teams; as many risks and questions in all")                                                                 \
    X(risks, "risks", "20 teams of 5 packages")                                                                                             \
    X(program, "all of these", "10 packages a team, half a risk and 0.6 questions a package")                                               \
    X(organisations, "organisations", "20 teams of 5 packages")                                                                             \
    X(worlds, "worlds", "20 teams of 5 packages")

enum growth {
#define X(id, what, stays) GROWTH_##id,
    GROWTHS(X)
#undef X
    GROWTH_COUNT
};

/* A point: what is asked for. */
struct growth_design {
    enum growth growth;
    double size;                   /* of what grows, as asked for */
    struct generate_shape shape;
    size_t organisations;          /* the first ones of the scenario */
    uint64_t worlds;
};

/* What it is, and what it cost on one thread of the widest kernel. Plain values: it comes through a pipe. */
struct growth_point {
    double size;                   /* of what grows, counted */
    uint64_t teams, packages, risks, items, organisations, worlds;
    double weeks;                  /* that a life lasts on the mean */
    double compile_seconds;        /* from the tables in memory to the program that the lanes read */
    double seconds;                /* of the processor, for orgsim_run() as a whole */
    uint64_t thread_bytes, peak_bytes; /* of the lanes' state; of the whole process */
};

/* Median over some runs, in a process of its own, so that its peak of memory is its own. 0 or an error, said on stderr. */
int growth_measure(const struct growth_design *design, struct growth_point *point);

/* Processor time of one week of one life, or of the whole run where organisations or worlds grow. */
double growth_cost(enum growth growth, const struct growth_point *point);

/* Slope of the least-squares line through log cost over log size. */
double growth_exponent(enum growth growth, const struct growth_point *points, size_t n);

const char *growth_what(enum growth growth);
const char *growth_stays(enum growth growth);

/* A log-log figure in the house's look into `folder`/figures: cost over size, both relative to the first point. */
int growth_figure(const char *folder, const struct growth_point *points, const size_t first[GROWTH_COUNT + 1]);

#endif
