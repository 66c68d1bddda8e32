/* critical_path.c: how fast is the schedule of --frictionless, against the critical path as it is usually written in C?
 *
 *     critical_path FILE.sm [WORLDS]
 *
 * The usual way: an array of activities with their predecessors, one GSL draw (mt19937) for each activity, the longest path in doubles, world
 * after world. Both draw Triangular(0.8 d, d, 1.6 d) for each duration d, precedence only, and both sum up mean and standard deviation of the
 * finish. All are timed in turn in one run on one thread; a ratio is the median over the turns. When mean or deviation differ by more than four
 * standard errors, between the two or from the published ones, no ratio is printed and the program fails. The last line lives, counts and summarises
 * everything that orgsim run reports, on one thread too.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <gsl/gsl_rng.h>

#include <orgsim/run.h>
#include <orgsim/scenario.h>

#include "base/file.h"
#include "base/memory.h"
#include "scenario/import_psplib.h"
#include "scenario/template.h"
#include "study/arms.h"
#include "study/live.h"

enum { TURNS = 7, WAYS = 6, STANDARD_ERRORS = 4 };

/* Mean and standard deviation of the finish (facts of three independent tools, 20 million runs each). */
static const struct {
    const char *file;
    double mean, deviation;
} published[] = {{"j12010_1.sm", 126.293, 4.839}, {"j301_1.sm", 43.827, 2.327}};

static double now_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- sums of the finish, about a shift that keeps their digits ---- */

struct sums {
    double n, shift, first, second, third, fourth;
};

static inline void sums_add(struct sums *s, double x)
{
    double d = x - s->shift;
    s->n += 1;
    s->first += d;
    s->second += d * d;
    s->third += d * d * d;
    s->fourth += d * d * d * d;
}

struct found {
    double mean, deviation, mean_se, deviation_se;
};

static struct found found_of(const struct sums *s)
{
    double m = s->first / s->n, raw2 = s->second / s->n, raw3 = s->third / s->n, raw4 = s->fourth / s->n;
    double m2 = raw2 - m * m, m4 = raw4 - 4 * m * raw3 + 6 * m * m * raw2 - 3 * m * m * m * m, deviation = sqrt(m2);
    return (struct found){.mean = s->shift + m,
                          .deviation = deviation,
                          .mean_se = deviation / sqrt(s->n),
                          .deviation_se = sqrt((m4 - m2 * m2) / s->n) / (2 * deviation)};
}

/* ---- the usual way ---- */

struct activity {
    double low, mode, high;
    double finish;
    size_t n_predecessors;
    size_t *predecessors;
};

struct network {
    struct activity *activities;
    size_t n;
    gsl_rng *rng;
};

static void fault(const char *what)
{
    fprintf(stderr, "critical_path: %s\n", what);
    exit(1);
}

static void *need(void *pointer)
{
    if (!pointer) fault("out of memory");
    return pointer;
}

static void network_create(struct network *net, const struct import_psplib *p)
{
    net->n = p->n_jobs;
    net->activities = need(memory_array(net->n, sizeof *net->activities));
    net->rng = need(gsl_rng_alloc(gsl_rng_mt19937));
    for (size_t i = 0; i < net->n; i++) {
        struct activity *a = &net->activities[i];
        *a = (struct activity){.low = 0.8 * p->duration[i], .mode = p->duration[i], .high = 1.6 * p->duration[i]};
        a->predecessors = need(memory_array(net->n, sizeof *a->predecessors));
    }
    for (size_t i = 0; i < net->n; i++)
        for (uint32_t l = p->first[i]; l < p->first[i + 1]; l++) {
            struct activity *to = &net->activities[p->successor[l]];
            to->predecessors[to->n_predecessors++] = i;
        }
}

static void network_free(struct network *net)
{
    for (size_t i = 0; i < net->n; i++) memory_free(net->activities[i].predecessors);
    memory_free(net->activities);
    gsl_rng_free(net->rng);
}

static double triangular(gsl_rng *rng, double low, double mode, double high)
{
    double u = gsl_rng_uniform(rng), width = high - low;
    if (width <= 0) return mode;
    if (u * width < mode - low) return low + sqrt(u * width * (mode - low));
    return high - sqrt((1 - u) * width * (high - mode));
}

static double network_finish(struct network *net)
{
    for (size_t i = 0; i < net->n; i++) {
        struct activity *a = &net->activities[i];
        double start = 0;
        for (size_t k = 0; k < a->n_predecessors; k++) {
            double finish = net->activities[a->predecessors[k]].finish;
            if (finish > start) start = finish;
        }
        a->finish = start + triangular(net->rng, a->low, a->mode, a->high);
    }
    return net->activities[net->n - 1].finish; /* the dummy at the end waits for everything */
}

static double usual_way(struct network *net, uint64_t worlds, struct sums *sums)
{
    double start = now_seconds();
    for (uint64_t w = 0; w < worlds; w++) sums_add(sums, network_finish(net));
    return now_seconds() - start;
}

/* ---- orgsim ---- */

static void load(const struct import_psplib *p, struct orgsim_scenario **scenario)
{
    char folder[] = "/tmp/orgsim-bench-XXXXXX";
    struct text texts[TABLES] = {{0}};
    struct template_files files = {0};
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    int error = mkdtemp(folder) ? 0 : ORGSIM_ERROR_IO;
    import_psplib_tables(p, "bench", texts);
    for (enum table table = 0; table < TABLES && !error; table++)
        if (texts[table].n) error = template_add(&files, columns_of[table].file, &texts[table]);
    if (!error) error = template_write(folder, &files, &where);
    if (!error) error = orgsim_scenario_load(folder, NULL, 0, scenario, &problems);
    if (error) fault("the scenario cannot be made");
    for (enum table table = 0; table < TABLES; table++) text_free(&texts[table]);
    template_free(&files);
    orgsim_problems_free(&problems);
    if (file_remove_tree(folder, NULL)) fault("a temporary folder stays");
}

static int take(void *context, const struct live_block *block)
{
    const float *finish = block->values + ORGSIM_METRIC_finish_week * block->worlds;
    for (size_t w = 0; w < block->worlds; w++) sums_add(context, (double)finish[w]);
    return 0;
}

static double lanes(const struct program *program, const struct arms *arms, struct pool *one, const struct kernel *kernel, uint64_t worlds,
                    struct sums *sums)
{
    struct live_job job = {.program = program,
                           .kernel = kernel,
                           .organisations = arms->organisations,
                           .n_organisations = arms->n,
                           .seed = 1,
                           .worlds = worlds,
                           .context = sums,
                           .block = take};
    uint64_t lived = 0;
    double start = now_seconds();
    if (live_run(one, &job, &lived) || lived != worlds) fault("the worlds cannot be lived");
    return now_seconds() - start;
}

static double whole_run(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options)
{
    struct orgsim_results results = {0};
    double start = now_seconds();
    if (orgsim_run(scenario, options, &results, NULL)) fault("the run fails");
    double seconds = now_seconds() - start;
    orgsim_results_free(&results);
    return seconds;
}

/* ---- the table ---- */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, TURNS, sizeof *values, compare_doubles);
    return values[TURNS / 2];
}

static bool near(const char *what, double a, double b, double se)
{
    if (fabs(a - b) <= STANDARD_ERRORS * se) return true;
    fprintf(stderr, "critical_path: %s: %.4f against %.4f, standard error %.4f\n", what, a, b, se);
    return false;
}

static bool agrees(const struct found *usual, const struct found *ours, const char *file)
{
    bool good = near("means", ours->mean, usual->mean, hypot(ours->mean_se, usual->mean_se)) &
                near("standard deviations", ours->deviation, usual->deviation, hypot(ours->deviation_se, usual->deviation_se));
    const char *base = strrchr(file, '/');
    for (size_t k = 0; k < sizeof published / sizeof *published; k++) {
        if (strcmp(base ? base + 1 : file, published[k].file) != 0) continue;
        good &= near("published mean", ours->mean, published[k].mean, hypot(ours->mean_se, 0.0005));
        good &= near("published standard deviation", ours->deviation, published[k].deviation, hypot(ours->deviation_se, 0.0005));
    }
    return good;
}

struct contest {
    const char *names[WAYS];
    double seconds[WAYS][TURNS];
    struct sums sums[WAYS];
    size_t n;
};

static void print_row(struct contest *c, size_t way, uint64_t worlds)
{
    double ratios[TURNS];
    for (int t = 0; t < TURNS; t++) ratios[t] = c->seconds[0][t] / c->seconds[way][t];
    double ratio = median(ratios), seconds = median(c->seconds[way]);
    if (c->sums[way].n > 0) {
        struct found f = found_of(&c->sums[way]);
        printf("%-22s %12.0f %8.2f   %.3f +- %.3f   %.3f +- %.3f\n", c->names[way], (double)worlds / seconds, ratio, f.mean, f.mean_se,
               f.deviation, f.deviation_se);
    } else printf("%-22s %12.0f %8.2f\n", c->names[way], (double)worlds / seconds, ratio);
}

static void hold(struct contest *c, struct network *net, const struct orgsim_scenario *scenario, uint64_t worlds)
{
    const struct kernel *kernels[4];
    const size_t arm = 0;
    struct orgsim_run_options options = {
        .seed = 1, .worlds = worlds, .threads = 1, .arms = &arm, .n_arms = 1, .baseline = 0, .frictionless = 1, .precision_metric = -1};
    struct program program;
    struct arms arms = {0};
    struct pool *one = NULL;
    if (program_create(&program, scenario, &options, NULL) || pool_create(&one, 1) ||
        arms_create(&arms, &program, kernel_find(NULL), one, &options, NULL))
        fault("the program cannot be made");
    if (!program.unlimited) fault("precedence alone does not make this schedule");
    size_t n = kernel_list(kernels);
    c->names[0] = "the usual way";
    for (size_t k = 0; k < n; k++) c->names[1 + k] = kernels[k]->isa;
    c->names[1 + n] = "all of orgsim run";
    c->n = n + 2;
    for (size_t way = 0; way < c->n; way++) c->sums[way].shift = program.plan_weeks;
    for (int t = 0; t < TURNS; t++) {
        c->seconds[0][t] = usual_way(net, worlds, &c->sums[0]);
        for (size_t k = 0; k < n; k++) {
            c->sums[1 + k] = (struct sums){.shift = program.plan_weeks}; /* the same worlds in every turn */
            c->seconds[1 + k][t] = lanes(&program, &arms, one, kernels[k], worlds, &c->sums[1 + k]);
        }
        c->seconds[1 + n][t] = whole_run(scenario, &options);
    }
    arms_free(&arms);
    pool_free(one);
    program_free(&program);
}

int main(int argc, char **argv)
{
    struct import_psplib project;
    struct network net = {0};
    struct orgsim_scenario *scenario = NULL;
    struct contest contest = {.n = 0};
    struct orgsim_problems problems = {0};
    char *data = NULL;
    size_t n = 0;
    if (argc < 2) fault("usage: critical_path FILE.sm [WORLDS]");
    uint64_t worlds = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
    if (worlds < 1000) fault("at least 1000 worlds");
    if (file_read(argv[1], IMPORT_PSPLIB_BYTES, &data, &n, NULL)) fault("the file cannot be read");
    if (import_psplib_read(&project, argv[1], data, n, &problems)) fault(problems.n ? problems.list[0].where.what : "out of memory");
    network_create(&net, &project);
    load(&project, &scenario);
    hold(&contest, &net, scenario, worlds);
    struct found usual = found_of(&contest.sums[0]);
    for (size_t way = 1; way + 1 < contest.n; way++) {
        struct found ours = found_of(&contest.sums[way]);
        if (!agrees(&usual, &ours, argv[1])) return 1;
    }
    printf("%s: %zu jobs, %llu worlds a turn, one thread, medians of %d turns\n", argv[1], project.n_jobs, (unsigned long long)worlds, TURNS);
    printf("way                        worlds/s    ratio   mean finish          standard deviation\n");
    for (size_t way = 0; way < contest.n; way++) print_row(&contest, way, worlds);
    network_free(&net);
    import_psplib_free(&project);
    orgsim_scenario_free(scenario);
    orgsim_problems_free(&problems);
    memory_free(data);
    return 0;
}
