/* instructions.c: lives worlds with the kernel of one lane and does nothing else, so that instructions.sh can count what that takes
 *
 *     instructions SCENARIO WORLDS        all organisations that the scenario names baseline and headline
 */
#include <stdio.h>
#include <stdlib.h>

#include <orgsim/orgsim.h>

#include "base/memory.h"
#include "engine/kernel.h"
#include "engine/program.h"
#include "scenario/scenario.h"

#define ARMS 2

static int live(const struct program *program, const struct organisation organisations[ARMS], size_t worlds)
{
    const struct kernel *kernel = kernel_find("scalar");
    void *workspace = kernel->create(program);
    float *values = memory_array(ARMS * ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS, sizeof *values);
    int status = workspace && values ? 0 : ORGSIM_ERROR_MEMORY;
    const struct kernel_task task = {.program = program, .organisations = organisations, .n_organisations = ARMS, .seed = 1, .worlds = worlds,
                                     .values = values};
    if (!status) kernel->live(workspace, &task);
    memory_free(values);
    memory_free(workspace);
    return status;
}

int main(int argc, char **argv)
{
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    struct program program = {0};
    struct organisation organisations[ARMS] = {0};
    const struct orgsim_run_options options = {0};
    size_t worlds = argc == 3 ? (size_t)strtoull(argv[2], NULL, 10) : 0;
    if (worlds < 1 || worlds > ORGSIM_BLOCK_WORLDS) {
        fprintf(stderr, "usage: instructions SCENARIO WORLDS, at most %d\n", ORGSIM_BLOCK_WORLDS);
        return 2;
    }
    int status = orgsim_scenario_load(argv[1], NULL, 0, &scenario, &problems);
    orgsim_problems_free(&problems);
    if (!status) status = program_create(&program, scenario, &options, &where);
    for (size_t a = 0; a < ARMS && !status; a++) {
        size_t row = a == 0 ? scenario->settings.baseline_arm : scenario->settings.headline_arm;
        status = organisation_create(&organisations[a], &program, row, 0, SIZE_MAX, &where);
    }
    if (!status) status = live(&program, organisations, worlds);
    if (status) fprintf(stderr, "instructions: %s\n", where.what[0] ? where.what : "the scenario cannot be lived");
    for (size_t a = 0; a < ARMS; a++) organisation_free(&organisations[a]);
    program_free(&program);
    orgsim_scenario_free(scenario);
    return status ? 1 : 0;
}
