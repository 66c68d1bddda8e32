/* A schedule that precedence alone makes is found in one pass: every number is that of the same worlds lived week by week.
 *
 * The program decides by itself (limits.c) whether engineers can be too few; a test takes that decision back and lives the same worlds tick by
 * tick. Dates agree to rounding; money differs by what a tick's one discount does to its half weeks.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/chance.h"
#include "support/lab.h"

#define WORLDS 128
#define TEAMS "team,engineers,em_hours_per_week\nA,20,10\nB,12.5,10\nC,3,10\n"
#define PACKAGES                                                                                                                       \
    "package,team,feature,kind,effort_low_pw,effort_mode_pw,effort_high_pw,distribution,max_engineers,due_week,penalty_k_per_week\n"    \
    "A1,A,F,build,20,30,60,triangular,5,,\nA2,A,F,build,10,20,50,pert,4,9,3\nA3,A,G,migration,8,12,30,triangular,2.5,20,1\n"           \
    "B1,B,G,build,15,20,26,triangular,4,,2\nB2,B,,compliance,5,8,20,uniform,2,14,5\nI,B,F,integrate,6,9,14,triangular,3,,\n"           \
    "C1,C,G,build,4,9,20,triangular,3,,\nEND,A,F,integrate,3,5,9,triangular,5,25,4\n"
#define DEPENDENCIES "from,to,lag_weeks\nA1,A3,1.25\nA2,I,0\nB1,I,0.3\nB1,C1,0\nB2,C1,2\nA3,END,0\nI,END,0\nC1,END,0.5\n"
#define FEATURES                                                                                                                        \
    "feature,value_low_k_per_week,value_mode_k_per_week,value_high_k_per_week,probability_of_value\nF,5,20,40,0.8\nG,2,6,30,0.5\n"
#define ARMS "arm,extra_engineers,extra_engineers_team\nnone,,\ntpm,,\nengineer,3,A\n"
#define SEATS "arm,role,fte,judgment\nnone,pm,1,0.5\ntpm,pm,1,0.5\ntpm,tpm,1,0.7\nengineer,pm,1,0.5\n"

static struct lab_tables tables_of(const char *program)
{
    return (struct lab_tables){.program = program, .teams = TEAMS, .packages = PACKAGES, .dependencies = DEPENDENCIES, .features = FEATURES,
                               .arms = ARMS, .seats = SEATS};
}

/* One block of both ways of living: outcomes, package sums and weeks of every arm. */
struct block {
    struct lab lab;
    float *values, *timeline;
    struct package_sums *packages;
};

static void block_live(struct block *b, const char *program, bool week_by_week, int ticks_per_week, const char *isa, size_t worlds)
{
    const struct lab_tables tables = tables_of(program);
    const struct kernel *kernel = kernel_find(isa);
    lab_open(&b->lab, &tables, NULL, ticks_per_week, 1);
    assert_true(b->lab.program.unlimited);
    if (week_by_week) b->lab.program.unlimited = false;
    size_t rows = lab_weeks(&b->lab) * ORGSIM_TIMELINE_COUNT, arms = b->lab.arms;
    b->values = memory_array(arms * ORGSIM_METRIC_COUNT * worlds, sizeof(float));
    b->timeline = memory_array(arms * rows * worlds, sizeof(float));
    b->packages = memory_array(arms * b->lab.program.n_packages, sizeof *b->packages);
    float *scratch = memory_array(rows * 16, sizeof(float));
    void *workspace = kernel->create(&b->lab.program);
    assert_true(b->values && b->timeline && b->packages && scratch && workspace);
    const struct kernel_task task = {.program = &b->lab.program, .organisations = b->lab.organisations, .n_organisations = arms, .seed = 3,
                                     .worlds = worlds, .values = b->values, .packages = b->packages, .timeline = b->timeline,
                                     .timeline_scratch = scratch};
    kernel->live(workspace, &task);
    memory_free(workspace);
    memory_free(scratch);
}

static void block_free(struct block *b)
{
    memory_free(b->values);
    memory_free(b->timeline);
    memory_free(b->packages);
    lab_close(&b->lab);
}

/* How far the two ways may be apart, as a share: dates round, discounts of half weeks do a little more. */
static double room(size_t metric)
{
    switch (metric) {
    case ORGSIM_METRIC_value_k: return 1e-4;
    case ORGSIM_METRIC_npv_k: return 2e-4;
    default: return 2e-5;
    }
}

static void assert_alike(const char *what, double a, double b, double share, double least)
{
    if (!(fabs(a - b) <= share * fmax(fabs(a), fabs(b)) + least)) fail_msg("%s: %.9g in one pass, %.9g week by week", what, a, b);
}

static void compare(const char *program, double censored_low, double censored_high)
{
    struct block pass, weeks;
    block_live(&pass, program, false, 2, NULL, WORLDS);
    block_live(&weeks, program, true, 2, NULL, WORLDS);
    double censored = 0;
    for (size_t arm = 0; arm < pass.lab.arms; arm++)
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++)
            for (size_t w = 0; w < WORLDS; w++) {
                size_t c = (arm * ORGSIM_METRIC_COUNT + m) * WORLDS + w;
                double size = m == ORGSIM_METRIC_npv_k ? 3000 * room(m) : m == ORGSIM_METRIC_slip ? 2e-5 : 1e-4;
                assert_alike(orgsim_metric_info((enum orgsim_metric)m)->id, (double)pass.values[c], (double)weeks.values[c], room(m), size);
                censored += m == ORGSIM_METRIC_censored && arm == 0 ? (double)pass.values[c] : 0;
            }
    assert_true(censored >= censored_low * WORLDS && censored <= censored_high * WORLDS);
    for (size_t i = 0; i < pass.lab.arms * pass.lab.program.n_packages; i++) {
        const struct package_sums *a = &pass.packages[i], *b = &weeks.packages[i];
        assert_alike("critical", a->critical, b->critical, 0, 0);
        assert_alike("worlds", a->n, b->n, 0, 0);
        assert_alike("duration", a->duration, b->duration, 1e-5, 0);
        assert_alike("duration2", a->duration2, b->duration2, 1e-5, 0);
        assert_alike("finish", a->finish, b->finish, 1e-5, 0);
        assert_alike("finish2", a->finish2, b->finish2, 1e-5, 0);
        assert_alike("product", a->product, b->product, 1e-5, 0);
    }
    for (size_t r = 0; r < pass.lab.arms * lab_weeks(&pass.lab) * ORGSIM_TIMELINE_COUNT * WORLDS; r++)
        assert_alike("timeline", (double)pass.timeline[r], (double)weeks.timeline[r], 1e-5, 1e-5);
    block_free(&pass);
    block_free(&weeks);
}

static void test_finished(void **state)
{
    (void)state;
    compare("setting,value\nname,Lab\nhorizon_weeks,80\n", 0, 0);
}

static void test_cut_off_by_the_horizon(void **state)
{
    (void)state;
    compare("setting,value\nname,Lab\nhorizon_weeks,20\nvalue_horizon_weeks,60\n", 0.05, 0.95);
}

static void test_incremental_release(void **state)
{
    (void)state;
    compare("setting,value\nname,Lab\nhorizon_weeks,20\nvalue_horizon_weeks,60\nrelease,incremental\n", 0.05, 0.95);
}

/* Every kernel, every tick and any number of worlds in the block give the same bits. */
static void test_same_bits(void **state)
{
    (void)state;
    const char *program = "setting,value\nname,Lab\nhorizon_weeks,22\n";
    const struct kernel *kernels[4];
    size_t n = kernel_list(kernels);
    struct block all, other;
    block_live(&all, program, false, 2, "scalar", WORLDS);
    size_t arms = all.lab.arms, values = arms * ORGSIM_METRIC_COUNT;
    size_t rows = arms * lab_weeks(&all.lab) * ORGSIM_TIMELINE_COUNT;
    for (size_t k = 1; k < n; k++) {
        block_live(&other, program, false, 8, kernels[k]->isa, WORLDS);
        assert_memory_equal(other.values, all.values, values * WORLDS * sizeof(float));
        assert_memory_equal(other.timeline, all.timeline, rows * WORLDS * sizeof(float));
        assert_memory_equal(other.packages, all.packages, arms * all.lab.program.n_packages * sizeof *all.packages);
        block_free(&other);
        block_live(&other, program, false, 1, kernels[k]->isa, 37);
        for (size_t m = 0; m < values; m++) assert_memory_equal(other.values + m * 37, all.values + m * WORLDS, 37 * sizeof(float));
        block_free(&other);
    }
    block_free(&all);
}

/* ---- who decides: limits.c ---- */

static bool is_unlimited(const char *teams, const char *packages, const char *dependencies, const char *calendar)
{
    struct lab lab;
    const struct lab_tables tables = {.teams = teams, .packages = packages, .dependencies = dependencies, .calendar = calendar};
    lab_open(&lab, &tables, NULL, 2, 1);
    bool unlimited = lab.program.unlimited;
    lab_close(&lab);
    return unlimited;
}

static void test_engineers_that_suffice(void **state)
{
    (void)state;
    const char *four = "team,engineers\nT,4\n", *two = "team,engineers\nT,2\nU,2\n";
    const char *pair = "package,team,effort_mode_pw,max_engineers\nP,T,5,2\nQ,T,5,2\n";
    const char *three = "package,team,effort_mode_pw,max_engineers\nP,T,5,2\nQ,T,5,2\nR,T,5,1\n";
    const char *apart = "package,team,effort_mode_pw,max_engineers\nP,T,5,2\nQ,T,5,2\nR,U,5,1\n";
    const char *none = "from,to\n";
    assert_true(is_unlimited(four, pair, none, NULL));
    assert_false(is_unlimited(four, three, none, NULL));             /* five at once */
    assert_true(is_unlimited(four, three, "from,to\nP,R\n", NULL));  /* the third waits for the first */
    assert_true(is_unlimited(four, three, "from,to\nP,Q\nQ,R\n", NULL));
    assert_false(is_unlimited(two, apart, none, NULL));              /* each team by itself */
    assert_true(is_unlimited(two, apart, "from,to\nP,R\nR,Q\n", NULL)); /* in order by way of the other team */
    assert_true(is_unlimited(four, "package,team,effort_mode_pw\nP,T,5\n", none, NULL)); /* all of the team, and nobody else wants them */
    assert_false(is_unlimited(four, pair, none, "from_week,to_week,team,capacity\n3,4,,0.9\n"));
    assert_true(is_unlimited(four, pair, none, "from_week,to_week,team,capacity\n3,4,,1\n"));
}

static void test_only_when_frictionless(void **state)
{
    (void)state;
    struct lab lab;
    const struct lab_tables tables = {0};
    lab_open(&lab, &tables, NULL, 2, 0);
    assert_false(lab.program.unlimited);
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finished),
        cmocka_unit_test(test_cut_off_by_the_horizon),
        cmocka_unit_test(test_incremental_release),
        cmocka_unit_test(test_same_bits),
        cmocka_unit_test(test_engineers_that_suffice),
        cmocka_unit_test(test_only_when_frictionless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
