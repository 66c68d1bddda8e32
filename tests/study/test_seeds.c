/* test_seeds.c: neighbouring seeds share no world, all 64 bits of a seed count, and worlds differ from each other */
#include "study/lived.h"

#include "base/memory.h"
#include "engine/kernel.h"

enum { WORLDS = 512 };

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Outcome hashes of an arm, in the order of worlds. */
static void hashes_of(const struct lived *l, size_t arm, uint64_t *hashes)
{
    for (size_t w = 0; w < l->worlds; w++) hashes[w] = lived_hash_world(l, arm, w);
}

/* How many values are met more than once in the set. */
static size_t repeated(uint64_t *hashes, size_t n)
{
    size_t repeats = 0;
    qsort(hashes, n, sizeof *hashes, compare_hashes);
    for (size_t k = 1; k < n; k++) repeats += hashes[k] == hashes[k - 1];
    return repeats;
}

static void live_seed(struct lived *l, const struct orgsim_scenario *scenario, uint64_t seed, int frictionless)
{
    size_t arms[2];
    struct orgsim_run_options options = lived_options(arms, lived_arms(scenario, "none tpm", arms), WORLDS);
    options.seed = seed;
    options.frictionless = frictionless;
    lived_run(l, scenario, &options);
}

/* No outcome of one run is an outcome of the other, wherever it stands; and none is met twice within a run. */
static void share_no_world(const struct orgsim_scenario *scenario, uint64_t a, uint64_t b, int frictionless)
{
    struct lived first, second;
    uint64_t hashes[2 * WORLDS];
    live_seed(&first, scenario, a, frictionless);
    live_seed(&second, scenario, b, frictionless);
    for (size_t arm = 0; arm < first.arms; arm++) {
        hashes_of(&first, arm, hashes);
        hashes_of(&second, arm, hashes + WORLDS);
        assert_int_equal(repeated(hashes, 2 * (size_t)WORLDS), 0);
        for (size_t w = 0; w < WORLDS; w++) {
            if (!lived_completes(&first, arm, w) || !lived_completes(&second, arm, w)) continue; /* these finish at the horizon */
            assert_true(lived_column(&first, arm, ORGSIM_METRIC_finish_week)[w] != lived_column(&second, arm, ORGSIM_METRIC_finish_week)[w]);
        }
    }
    lived_free(&first);
    lived_free(&second);
}

static void neighbouring_seeds_share_no_world(void **state)
{
    (void)state;
    const char *const names[] = {"startup", "platform-migration"};
    for (size_t s = 0; s < 2; s++) {
        struct orgsim_scenario *scenario = lived_scenario(names[s]);
        share_no_world(scenario, 100, 101, 0);
        orgsim_scenario_free(scenario);
    }
}

/* Frictionless, the finish is a function of the packages' content and of nothing else: no two worlds have the same. */
static void contents_differ(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("platform-migration");
    share_no_world(scenario, 100, 101, 1);
    orgsim_scenario_free(scenario);
}

static void every_part_of_a_seed_counts(void **state)
{
    (void)state;
    const uint64_t pairs[][2] = {
        {100, 100 + (UINT64_C(1) << 32)},
        {100, 100 + (UINT64_C(1) << 63)},
        {0, UINT64_C(1) << 32},
        {UINT64_C(0x0000000100000002), UINT64_C(0x0000000200000001)},
        {0, UINT64_MAX},
        {0, 1},
        {7, 7 * (UINT64_C(1) << 32)},
    };
    struct orgsim_scenario *scenario = lived_scenario("startup");
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) share_no_world(scenario, pairs[p][0], pairs[p][1], 0);
    orgsim_scenario_free(scenario);
}

static void the_same_seed_is_the_same_worlds(void **state)
{
    (void)state;
    struct orgsim_scenario *scenario = lived_scenario("startup");
    struct lived first, second;
    live_seed(&first, scenario, 100, 0);
    live_seed(&second, scenario, 100, 0);
    for (size_t arm = 0; arm < first.arms; arm++) lived_same_arm(&first, arm, &second, arm, WORLDS, "again");
    lived_free(&first);
    lived_free(&second);
    orgsim_scenario_free(scenario);
}

/* Outcomes of the first arm of the worlds from `first_world` on, hashed. */
static void live_from(const struct kernel *kernel, const struct program *program, const struct organisation *organisation, uint64_t first_world,
                      uint64_t *hashes)
{
    struct lived l = {.room = ORGSIM_BLOCK_WORLDS, .arms = 1, .worlds = ORGSIM_BLOCK_WORLDS};
    void *workspace = kernel->create(program);
    l.values = calloc(ORGSIM_METRIC_COUNT * ORGSIM_BLOCK_WORLDS, sizeof *l.values);
    assert_true(workspace && l.values);
    const struct kernel_task task = {.program = program, .organisations = organisation, .n_organisations = 1, .seed = 100,
                                     .first_world = first_world, .worlds = ORGSIM_BLOCK_WORLDS, .values = l.values};
    kernel->live(workspace, &task);
    hashes_of(&l, 0, hashes);
    free(l.values);
    memory_free(workspace);
}

/* Far worlds, among them those of the pilots, are others than near ones: no part of the 48-bit number of a world is lost, in any kernel. */
static void far_worlds_are_others(void **state)
{
    (void)state;
    const uint64_t firsts[] = {0, UINT64_C(1) << 16, (UINT64_C(1) << 32) - 128, UINT64_C(1) << 32, UINT64_C(1) << 44,
                               (UINT64_C(1) << 48) - 128};
    enum { FIRSTS = sizeof firsts / sizeof *firsts };
    struct orgsim_scenario *scenario = lived_scenario("startup");
    const struct orgsim_run_options options = {.seed = 100};
    struct orgsim_where where = {0};
    struct program program;
    struct organisation organisation;
    const struct kernel *kernels[4];
    static uint64_t hashes[4][FIRSTS * ORGSIM_BLOCK_WORLDS];
    assert_int_equal(program_create(&program, scenario, &options, &where), 0);
    assert_int_equal(organisation_create(&organisation, &program, lived_arm(scenario, "tpm"), 0, SIZE_MAX, &where), 0);
    size_t n = kernel_list(kernels);
    for (size_t k = 0; k < n; k++)
        for (size_t f = 0; f < FIRSTS; f++) live_from(kernels[k], &program, &organisation, firsts[f], hashes[k] + f * ORGSIM_BLOCK_WORLDS);
    for (size_t k = 1; k < n; k++) assert_memory_equal(hashes[0], hashes[k], sizeof hashes[0]);
    assert_int_equal(repeated(hashes[0], FIRSTS * ORGSIM_BLOCK_WORLDS), 0);
    organisation_free(&organisation);
    program_free(&program);
    orgsim_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbouring_seeds_share_no_world),
        cmocka_unit_test(contents_differ),
        cmocka_unit_test(every_part_of_a_seed_counts),
        cmocka_unit_test(the_same_seed_is_the_same_worlds),
        cmocka_unit_test(far_worlds_are_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
