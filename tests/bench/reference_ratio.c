/* reference_ratio.c: how many times faster the engine is than the same model written in the usual way (reference.h), after both were seen to agree
 *
 *     build/release/tests/bench/reference_ratio scenarios/platform-migration              agreement on 20,000 worlds, then the ratio, on one core
 *     build/release/tests/bench/reference_ratio scenarios/platform-migration 2000 agreement      only whether they agree, on 2,000 worlds
 *     build/release/tests/bench/reference_ratio scenarios/platform-migration 2000 agreement t_surp=0     a fault: the engine alone is told so
 *
 * Agreement: the mean of every metric listed below, under every organisation listed below, within three standard errors of the difference; who
 * fails may double his worlds once. Where they do not agree no ratio is printed, and the exit status is 1. The ratio is the median of paired repetitions over
 * all organisations of the scenario: the same number of worlds, by the widest kernel, by the kernel of one lane, and by the reference.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <orgsim/orgsim.h>

#include "base/memory.h"
#include "base/summary.h"
#include "bench/reference.h"
#include "study/arms.h"
#include "study/live.h"

#define WORLDS 20000
#define ROOM 3.0 /* standard errors */
#define REPETITIONS 5
#define TIMED_WORLDS 256

static const char *const compared_arms[] = {"none", "coordinator", "costume", "tpm"};
#define ARMS (sizeof compared_arms / sizeof *compared_arms)

static const enum orgsim_metric compared[] = {
    ORGSIM_METRIC_finish_week, ORGSIM_METRIC_on_time, ORGSIM_METRIC_cancelled, ORGSIM_METRIC_cost_k, ORGSIM_METRIC_seat_cost_k,
    ORGSIM_METRIC_value_k, ORGSIM_METRIC_npv_k, ORGSIM_METRIC_rework_share, ORGSIM_METRIC_focus_loss, ORGSIM_METRIC_risks_realised,
    ORGSIM_METRIC_detection_lead_weeks, ORGSIM_METRIC_escalation_latency_weeks, ORGSIM_METRIC_decision_debt_weeks,
    ORGSIM_METRIC_engineer_attrition_per_year, ORGSIM_METRIC_escaped_share, ORGSIM_METRIC_gap_unknown_weeks, ORGSIM_METRIC_trust_end};
#define METRICS (sizeof compared / sizeof *compared)

/* Sums of both, [arm][metric]. */
struct sums { struct moments engine[ARMS][ORGSIM_METRIC_COUNT], reference[ARMS][ORGSIM_METRIC_COUNT]; };

struct bench {
    struct orgsim_scenario *scenario, *usual_scenario; /* the engine's and the reference's: the same but for a fault that is planted */
    struct program program, usual_program;
    struct arms arms;
    struct pool *pool;
    struct reference reference;
    size_t chosen[ARMS]; /* in arms */
};

/* Row of each organisation that is compared. */
static int find_rows(const struct orgsim_scenario *s, size_t rows[ARMS])
{
    for (size_t c = 0; c < ARMS; c++) {
        rows[c] = 0;
        while (rows[c] < s->n_arms && strcmp(s->arms[rows[c]].id, compared_arms[c]) != 0) rows[c]++;
        if (rows[c] == s->n_arms) return ORGSIM_ERROR_USAGE;
    }
    return 0;
}

static int load(struct orgsim_scenario **scenario, const char *folder, const char *fault)
{
    struct orgsim_problems problems = {0};
    int status = orgsim_scenario_load(folder, &fault, fault != NULL, scenario, &problems);
    orgsim_problems_free(&problems);
    return status;
}

/* all: every organisation of the scenario, not only those that are compared. */
static int bench_open(struct bench *b, const char *folder, bool all, const char *fault)
{
    struct orgsim_where where = {0};
    size_t rows[ARMS];
    int status = load(&b->scenario, folder, fault);
    if (!status) status = load(&b->usual_scenario, folder, NULL);
    if (!status) status = find_rows(b->scenario, rows);
    const struct orgsim_run_options options = {.seed = 1, .worlds = 1, .threads = 1, .arms = all ? NULL : rows, .n_arms = ARMS,
                                               .baseline = status ? 0 : rows[0], .precision_metric = -1};
    if (!status) status = program_create(&b->program, b->scenario, &options, &where);
    if (!status) status = program_create(&b->usual_program, b->usual_scenario, &options, &where);
    if (!status) status = pool_create(&b->pool, 1);
    if (!status) status = arms_create(&b->arms, &b->program, kernel_find(NULL), b->pool, &options, &where);
    if (!status) status = reference_create(&b->reference, &b->usual_program, 1);
    for (size_t c = 0; !status && c < ARMS; c++)
        while (b->arms.row[b->chosen[c]] != rows[c]) b->chosen[c]++;
    return status;
}

static void bench_close(struct bench *b)
{
    reference_free(&b->reference);
    arms_free(&b->arms);
    pool_free(b->pool);
    program_free(&b->program);
    program_free(&b->usual_program);
    orgsim_scenario_free(b->scenario);
    orgsim_scenario_free(b->usual_scenario);
}

/* ---- agreement ---- */

struct taking { struct bench *b; struct sums *sums; };

static int take_block(void *context, const struct live_block *block)
{
    const struct taking *taking = context;
    for (size_t c = 0; c < ARMS; c++)
        for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) {
            const float *values = block->values + (taking->b->chosen[c] * ORGSIM_METRIC_COUNT + m) * block->worlds;
            for (size_t w = 0; w < block->worlds; w++) moments_add(&taking->sums->engine[c][m], (double)values[w]);
        }
    return 0;
}

static int live_engine(struct bench *b, const struct kernel *kernel, uint64_t first, size_t worlds, struct taking *taking)
{
    struct live_job job = {.program = &b->program, .kernel = kernel, .organisations = b->arms.organisations, .n_organisations = b->arms.n,
                           .seed = 1, .first_world = first, .worlds = worlds, .context = taking, .block = taking ? take_block : NULL};
    uint64_t lived = 0;
    return live_run(b->pool, &job, &lived);
}

static int add_worlds(struct bench *b, size_t first, size_t worlds, struct sums *sums)
{
    struct taking taking = {b, sums};
    double metrics[ORGSIM_METRIC_COUNT];
    for (size_t w = 0; w < worlds; w++)
        for (size_t c = 0; c < ARMS; c++) {
            reference_live(&b->reference, &b->arms.organisations[b->chosen[c]], metrics);
            for (size_t m = 0; m < ORGSIM_METRIC_COUNT; m++) moments_add(&sums->reference[c][m], metrics[m]);
        }
    return live_engine(b, kernel_find(NULL), first, worlds, &taking);
}

/* How far apart the means are, in standard errors of their difference. */
static double apart(const struct moments *x, const struct moments *y)
{
    double difference = moments_mean(x) - moments_mean(y), error = hypot(moments_se(x), moments_se(y));
    return error > 0 ? difference / error : difference == 0 ? 0 : INFINITY;
}

static double farthest(const struct sums *sums)
{
    double most = 0;
    for (size_t c = 0; c < ARMS; c++)
        for (size_t n = 0; n < METRICS; n++) most = fmax(most, fabs(apart(&sums->reference[c][compared[n]], &sums->engine[c][compared[n]])));
    return most;
}

static void print_agreement(const struct sums *sums, size_t worlds)
{
    printf("%zu worlds: mean of the reference, of the engine, and their difference in standard errors\n", worlds);
    for (size_t n = 0; n < METRICS; n++)
        for (size_t c = 0; c < ARMS; c++) {
            const struct moments *x = &sums->reference[c][compared[n]], *y = &sums->engine[c][compared[n]];
            printf("%-28s %-12s %12.6g %12.6g %+6.2f\n", orgsim_metric_info(compared[n])->id, compared_arms[c], moments_mean(x), moments_mean(y), apart(x, y));
        }
}

static int agree(struct bench *b, size_t worlds, bool *agreed)
{
    struct sums *sums = memory_array(1, sizeof *sums);
    int status = sums ? add_worlds(b, 0, worlds, sums) : ORGSIM_ERROR_MEMORY;
    size_t lived = worlds;
    if (!status && farthest(sums) > ROOM) {
        print_agreement(sums, lived);
        puts("more than three standard errors apart: once more with twice the worlds");
        size_t first = (worlds + ORGSIM_BLOCK_WORLDS - 1) / ORGSIM_BLOCK_WORLDS * ORGSIM_BLOCK_WORLDS;
        status = add_worlds(b, first, worlds, sums);
        lived += worlds;
    }
    if (!status) {
        *agreed = farthest(sums) <= ROOM;
        print_agreement(sums, lived);
        printf("%s: at most %.2f standard errors apart in %zu comparisons\n", *agreed ? "they agree" : "they do not agree", farthest(sums), METRICS * ARMS);
    }
    memory_free(sums);
    return status;
}

/* ---- ratio ---- */

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double reference_seconds(struct bench *b)
{
    double metrics[ORGSIM_METRIC_COUNT], start = processor_seconds();
    for (size_t w = 0; w < TIMED_WORLDS; w++)
        for (size_t a = 0; a < b->arms.n; a++) reference_live(&b->reference, &b->arms.organisations[a], metrics);
    return processor_seconds() - start;
}

static int engine_seconds(struct bench *b, const struct kernel *kernel, uint64_t first, double *seconds)
{
    double start = processor_seconds();
    int status = live_engine(b, kernel, first, TIMED_WORLDS, NULL);
    *seconds = processor_seconds() - start;
    return status;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_ratio(const char *kernel, double ratios[REPETITIONS])
{
    qsort(ratios, REPETITIONS, sizeof *ratios, ascending);
    printf("%-8s %8.2f   %.2f to %.2f\n", kernel, ratios[REPETITIONS / 2], ratios[0], ratios[REPETITIONS - 1]);
}

static int measure(struct bench *b)
{
    const struct kernel *kernels[4];
    size_t n = kernel_list(kernels);
    double ratios[4][REPETITIONS], rate[REPETITIONS];
    for (int r = 0; r < REPETITIONS; r++) {
        double usual = reference_seconds(b), seconds;
        rate[r] = (double)(TIMED_WORLDS * b->arms.n) / usual;
        for (size_t k = 0; k < n; k++) {
            int status = engine_seconds(b, kernels[k], (uint64_t)r * TIMED_WORLDS, &seconds);
            if (status) return status;
            ratios[k][r] = usual / seconds;
        }
    }
    qsort(rate, REPETITIONS, sizeof *rate, ascending);
    printf("\n%d worlds x %zu organisations on one core, by processor time, median of %d\n", TIMED_WORLDS, b->arms.n, REPETITIONS);
    printf("the usual way: %.0f world-arms/s\nkernel    times as fast, range\n", rate[REPETITIONS / 2]);
    for (size_t k = 0; k < n; k++) print_ratio(kernels[k]->isa, ratios[k]);
    return 0;
}

int main(int argc, char **argv)
{
    struct bench b = {0};
    size_t worlds = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : WORLDS;
    bool agreed = false, only = argc > 3 && strcmp(argv[3], "agreement") == 0;
    if (argc < 2 || argc > 5 || worlds < 2 || (argc > 3 && !only)) {
        fputs("usage: reference_ratio SCENARIO [WORLDS [agreement [NAME=VALUE]]]\n", stderr);
        return 2;
    }
    int status = bench_open(&b, argv[1], !only, argc > 4 ? argv[4] : NULL);
    if (status) fprintf(stderr, "%s cannot be measured: it is no scenario, or lacks one of the organisations none, coordinator, costume and tpm\n", argv[1]);
    if (!status) status = agree(&b, worlds, &agreed);
    if (!status && agreed && !only) status = measure(&b);
    if (!status && !agreed && !only) puts("no ratio: it would compare different models");
    bench_close(&b);
    return status ? 1 : !agreed;
}
