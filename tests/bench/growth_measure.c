/* growth_measure.c: one point: a generated scenario, loaded, compiled, lived and summed up as orgsim run does it */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <orgsim/orgsim.h>

#include "base/file.h"
#include "base/memory.h"
#include "bench/growth.h"
#include "engine/kernel.h"
#include "engine/program.h"
#include "scenario/scenario.h"

#define REPETITIONS 3
#define MOST_ORGANISATIONS 16

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int generate(const struct growth_design *design, const char *folder)
{
    struct text tables[TABLES] = {0};
    struct orgsim_where where = {0};
    int status = generate_tables(&design->shape, "Growth", tables, &where);
    for (int t = 0; t < TABLES; t++) {
        char *path = file_join(folder, columns_of[t].file);
        if (!status && tables[t].n > 0) status = path ? file_write(path, tables[t].s, tables[t].n, &where) : ORGSIM_ERROR_MEMORY;
        memory_free(path);
        text_free(&tables[t]);
    }
    if (status) fprintf(stderr, "growth: %s; %s\n", where.what, where.todo);
    return status;
}

static int load(const struct growth_design *design, struct orgsim_scenario **scenario)
{
    char folder[] = "/tmp/orgsim-growth-XXXXXX";
    struct orgsim_problems problems = {0};
    if (!mkdtemp(folder)) return ORGSIM_ERROR_IO;
    int status = generate(design, folder);
    if (!status) status = orgsim_scenario_load(folder, NULL, 0, scenario, &problems);
    if (status && problems.n) fprintf(stderr, "growth: %s\n", problems.list[0].where.what);
    orgsim_problems_free(&problems);
    if (file_remove_tree(folder, NULL) && !status) status = ORGSIM_ERROR_IO;
    return status;
}

/* Weeks of a life, over the first worlds. */
static int count_weeks(const struct growth_design *design, const struct program *program, struct growth_point *point)
{
    const struct kernel *kernel = kernel_find(NULL);
    struct organisation organisation;
    struct orgsim_where where = {0};
    size_t worlds = kernel->lanes;
    int status = organisation_create(&organisation, program, 0, 0, SIZE_MAX, &where);
    if (status) return status;
    void *workspace = kernel->create(program);
    float *values = memory_array(ORGSIM_METRIC_COUNT * worlds, sizeof *values);
    status = workspace && values ? 0 : ORGSIM_ERROR_MEMORY;
    const struct kernel_task task = {.program = program, .organisations = &organisation, .n_organisations = 1, .seed = design->shape.seed,
                                     .worlds = worlds, .values = values, .weeks = &point->weeks};
    if (!status) kernel->live(workspace, &task);
    point->weeks /= (double)worlds;
    point->thread_bytes = kernel->bytes(program);
    memory_free(values);
    memory_free(workspace);
    organisation_free(&organisation);
    return status;
}

static int compile(const struct growth_design *design, const struct orgsim_scenario *scenario, struct growth_point *point)
{
    const struct orgsim_run_options options = {.worlds = 1};
    struct orgsim_where where = {0};
    struct program program;
    double start = processor_seconds();
    int status = program_create(&program, scenario, &options, &where);
    point->compile_seconds = processor_seconds() - start;
    if (status) return status;
    point->teams = program.n_teams;
    point->packages = program.n_packages;
    point->items = program.n_items;
    point->risks = scenario->n_risks;
    status = count_weeks(design, &program, point);
    program_free(&program);
    return status;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The first organisations, but for those whose engineers are placed by pilot worlds, which are no part of what is measured. */
static void choose(const struct orgsim_scenario *scenario, size_t arms[MOST_ORGANISATIONS])
{
    size_t n = 0;
    for (size_t a = 0; a < scenario->n_arms && n < MOST_ORGANISATIONS; a++)
        if (scenario->arms[a].extra_engineers == 0) arms[n++] = a;
}

static int run(const struct growth_design *design, const struct orgsim_scenario *scenario, struct growth_point *point)
{
    size_t arms[MOST_ORGANISATIONS] = {0};
    double seconds[REPETITIONS];
    choose(scenario, arms);
    const struct orgsim_run_options options = {.seed = design->shape.seed, .worlds = design->worlds, .threads = 1, .arms = arms,
                                               .n_arms = design->organisations, .baseline = arms[0], .precision_metric = -1};
    int status = 0;
    for (int r = 0; r < REPETITIONS && !status; r++) {
        struct orgsim_results results = {0};
        struct orgsim_where where = {0};
        double start = processor_seconds();
        status = orgsim_run(scenario, &options, &results, &where);
        seconds[r] = processor_seconds() - start;
        orgsim_results_free(&results);
    }
    qsort(seconds, REPETITIONS, sizeof *seconds, ascending);
    point->seconds = seconds[REPETITIONS / 2];
    point->organisations = design->organisations;
    point->worlds = design->worlds;
    return status;
}

static int measure(const struct growth_design *design, struct growth_point *point)
{
    struct orgsim_scenario *scenario = NULL;
    struct rusage usage;
    int status = load(design, &scenario);
    if (!status) status = compile(design, scenario, point);
    if (!status) status = run(design, scenario, point);
    orgsim_scenario_free(scenario);
    if (!getrusage(RUSAGE_SELF, &usage)) point->peak_bytes = (uint64_t)usage.ru_maxrss * 1024;
    const double counted[GROWTH_COUNT] = {[GROWTH_teams] = (double)point->teams, [GROWTH_packages] = (double)point->packages,
                                          [GROWTH_risks] = (double)point->risks, [GROWTH_program] = (double)point->teams,
                                          [GROWTH_organisations] = (double)point->organisations, [GROWTH_worlds] = (double)point->worlds};
    point->size = counted[design->growth];
    return status;
}

int growth_measure(const struct growth_design *design, struct growth_point *point)
{
    int ends[2], child_status = 0;
    if (pipe(ends)) return ORGSIM_ERROR_IO;
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) return ORGSIM_ERROR_IO;
    if (child == 0) {
        struct growth_point measured = {0};
        int status = measure(design, &measured);
        bool told = write(ends[1], &measured, sizeof measured) == (ssize_t)sizeof measured;
        _exit(status || !told);
    }
    close(ends[1]);
    bool heard = read(ends[0], point, sizeof *point) == (ssize_t)sizeof *point;
    close(ends[0]);
    if (waitpid(child, &child_status, 0) != child || child_status != 0 || !heard) {
        fprintf(stderr, "growth: %s %g could not be measured\n", growth_what(design->growth), design->size);
        return ORGSIM_ERROR_INTERNAL;
    }
    return 0;
}
