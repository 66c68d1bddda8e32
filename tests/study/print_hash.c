/* print_hash.c: prints one hash of outcomes and statistics for each kernel of this build, for a build by another compiler to print the same
 *
 * Usage: print_hash SCENARIOS. Every bit counts but the sign and payload of NANs, which no file shows.
 */
#include <math.h>
#include <stdio.h>

#include "engine/kernel.h"
#include "study/lived.h"

static uint64_t hash_floats(uint64_t hash, const float *x, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        uint32_t bits = UINT32_MAX;
        if (!isnan(x[k])) memcpy(&bits, &x[k], sizeof bits);
        hash = lived_hash(hash, bits, 4);
    }
    return hash;
}

static uint64_t hash_doubles(uint64_t hash, const double *x, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        uint64_t bits = UINT64_MAX;
        if (!isnan(x[k])) memcpy(&bits, &x[k], sizeof bits);
        hash = lived_hash(hash, bits, 8);
    }
    return hash;
}

/* The structs of results hold doubles only. */
static uint64_t hash_results(uint64_t hash, const struct orgsim_results *r)
{
    size_t cells = r->n_arms * ORGSIM_METRIC_COUNT;
    hash = hash_doubles(hash, (const double *)r->summary, cells * sizeof *r->summary / sizeof(double));
    hash = hash_doubles(hash, (const double *)r->comparison, cells * sizeof *r->comparison / sizeof(double));
    size_t bands = r->n_arms * r->n_weeks * ORGSIM_TIMELINE_COUNT;
    hash = hash_doubles(hash, (const double *)r->timeline, bands * sizeof *r->timeline / sizeof(double));
    hash = hash_doubles(hash, (const double *)r->packages, r->n_arms * r->n_packages * sizeof *r->packages / sizeof(double));
    hash = hash_doubles(hash, r->finish_quantiles, r->n_arms * 101);
    const double program[] = {r->plan_weeks, r->deadline_week, r->horizon_weeks, r->value_horizon_weeks, r->budget_k};
    return hash_doubles(hash, program, sizeof program / sizeof *program);
}

static uint64_t hash_scenario(uint64_t hash, const char *folder, const char *name, const char *ids, const char *isa)
{
    char path[1024];
    size_t arms[8];
    struct lived l;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct orgsim_scenario *scenario = lived_scenario_at(path, NULL, 0);
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, ids, arms), 192);
    options.isa = isa;
    lived_run(&l, scenario, &options);
    hash = hash_floats(hash, l.values, l.arms * ORGSIM_METRIC_COUNT * l.room);
    hash = hash_results(hash, &l.results);
    lived_free(&l);
    orgsim_scenario_free(scenario);
    return hash;
}

int main(int argc, char **argv)
{
    const struct kernel *kernels[4];
    if (argc != 2) return 2;
    size_t n = kernel_list(kernels);
    for (size_t k = 0; k < n; k++) {
        uint64_t hash = LIVED_HASH_START;
        hash = hash_scenario(hash, argv[1], "startup", "none tpm engineer collapsed_two", kernels[k]->isa);
        hash = hash_scenario(hash, argv[1], "platform-migration", "none tpm both", kernels[k]->isa);
        printf("%s %016llx\n", kernels[k]->isa, (unsigned long long)hash);
    }
    return 0;
}
