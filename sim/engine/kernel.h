/* kernel.h: the door between the engine and the lanes: one kernel for each instruction set */
#ifndef ORGSIM_ENGINE_KERNEL_H
#define ORGSIM_ENGINE_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "engine/program.h"
#include "engine/trace.h"

/* Sums over worlds of one package under one arm, for criticality and cruciality (correlation of its duration with the finish). */
struct package_sums { double critical, n, duration, duration2, finish, finish2, product; };

/* What a kernel is asked to live, and where it writes. */
struct kernel_task {
    const struct program *program;
    const struct organisation *organisations;
    size_t n_organisations;
    uint64_t seed, first_world;    /* first_world: a multiple of 16 */
    size_t worlds;                 /* at most ORGSIM_BLOCK_WORLDS */
    bool alike;                    /* every lane lives the first world of its batch, under one organisation: for measuring what it costs that lives differ */
    float *values;                 /* [arm][metric][worlds] */
    double *weeks;                 /* weeks that these worlds lived, all organisations together, are added to it; or NULL */
    struct package_sums *packages; /* [arm][package], added to */
    float *timeline;               /* [arm][week][metric][worlds], or NULL */
    float *timeline_scratch;       /* [week][metric][16] of the calling thread, when timeline is wanted */
    struct trace *trace;           /* [arm] the kernel of one lane writes down what happens in the last world; NULL: nobody asks */
};

struct kernel {
    const char *isa;
    size_t lanes;
    void *(*create)(const struct program *program); /* a workspace for one thread, NULL when out of memory; free with memory_free() */
    size_t (*bytes)(const struct program *program);  /* of that workspace */
    void (*live)(void *workspace, const struct kernel_task *task);
    /* Sum over the worlds of `draws` draws in all: uniform (0), exponential (1) or normal (2). For measuring how fast they are. */
    float (*draw)(int kind, uint64_t seed, uint32_t draws);
};

/* Kernel of this name that the processor supports, NULL if none; name NULL: the widest. */
const struct kernel *kernel_find(const char *isa);

/* All kernels of this build that the processor supports, narrowest first; returns how many. */
size_t kernel_list(const struct kernel *list[4]);

#endif
