/* bench.c: orgsim bench: how fast this processor lives worlds, and what it costs */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include <orgsim/bench.h>

#include "base/error.h"
#include "base/memory.h"
#include "cli/choice.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/question.h"

#define BENCH_WORLDS 1024 /* unless -n says otherwise */
#define BENCH_REPETITIONS 5

/* ---- the answer as text ---- */

/* A rate and its range, each of so many units. */
static void add_rate(struct text *text, const struct orgsim_bench_rate *rate, double unit, int decimals)
{
    char median[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    struct text range = {0};
    text_format(&range, "%s to %s", text_of_people(low, rate->slowest / unit, decimals), text_of_people(high, rate->fastest / unit, decimals));
    text_format(text, "%13s %20s", text_of_people(median, rate->median / unit, decimals), range.s ? range.s : "");
    text_free(&range);
}

static void describe_kernels(struct text *text, const struct orgsim_bench *bench)
{
    text_add(text, "kernel    lanes  world-arms/s                range   to scalar  were worlds alike  ns/entity-week   (one thread, by processor time)\n");
    for (size_t k = 0; k < bench->n_kernels; k++) {
        const struct orgsim_bench_kernel *of = &bench->kernels[k];
        text_format(text, "%-8s %6d ", of->isa, of->lanes);
        add_rate(text, &of->world_arms_per_second, 1, 0);
        text_format(text, " %11.2f %18.2f %15.2f\n", of->ratio_to_scalar, of->ratio_alike, of->ns_per_entity_week);
    }
}

static void describe_threads(struct text *text, const struct orgsim_bench *bench)
{
    text_add(text, "threads          world-arms/s                range      to one   (by the clock: other programs slow it)\n");
    for (size_t t = 0; t < bench->n_threads; t++) {
        const struct orgsim_bench_threads *of = &bench->threads[t];
        text_format(text, "%7zu         ", of->threads);
        add_rate(text, &of->world_arms_per_second, 1, 0);
        text_format(text, " %11.2f\n", of->ratio_to_one);
    }
}

static void describe_draws(struct text *text, const struct orgsim_bench *bench)
{
    text_add(text, "draw        kernel  millions/s                range   to scalar\n");
    for (int kind = 0; kind < ORGSIM_BENCH_DRAW_COUNT; kind++)
        for (size_t k = 0; k < bench->n_kernels; k++) {
            const struct orgsim_bench_kernel *of = &bench->kernels[k];
            text_format(text, "%-11s %-7s", orgsim_bench_draw_id((enum orgsim_bench_draw)kind), of->isa);
            add_rate(text, &of->draws_per_second[kind], 1e6, 0);
            text_format(text, " %11.2f\n", of->draws_ratio_to_scalar[kind]);
        }
}

static void describe(struct text *text, const char *path, const struct orgsim_bench *bench)
{
    text_format(text, "%s: %zu teams, %zu packages, %zu items; %llu worlds x %zu organisations of %.1f weeks; median of %d\n", path, bench->teams,
                bench->packages, bench->items, (unsigned long long)bench->worlds, bench->arms, bench->weeks, bench->repetitions);
    describe_kernels(text, bench);
    describe_threads(text, bench);
    describe_draws(text, bench);
    text_format(text, "memory: %.2f MB for the worlds of one thread, %.1f MB at most so far\n", 1e-6 * (double)bench->memory_per_thread,
                1e-6 * (double)bench->peak_memory);
}

/* ---- the answer as JSON ---- */

static json_t *number_or_null(double x) { return isfinite(x) ? json_real(x) : json_null(); }

static void set_rate(json_t *object, const char *name, const struct orgsim_bench_rate *rate)
{
    json_object_set_new(object, name, json_real(rate->median));
    json_object_set_new(object, "slowest", json_real(rate->slowest));
    json_object_set_new(object, "fastest", json_real(rate->fastest));
}

static json_t *json_of_draws(const struct orgsim_bench_kernel *of)
{
    json_t *draws = json_object();
    for (int kind = 0; kind < ORGSIM_BENCH_DRAW_COUNT; kind++) {
        json_t *draw = json_object();
        set_rate(draw, "per_second", &of->draws_per_second[kind]);
        json_object_set_new(draw, "ratio_to_scalar", json_real(of->draws_ratio_to_scalar[kind]));
        json_object_set_new(draws, orgsim_bench_draw_id((enum orgsim_bench_draw)kind), draw);
    }
    return draws;
}

static json_t *json_of_kernels(const struct orgsim_bench *bench)
{
    json_t *kernels = json_array();
    for (size_t k = 0; k < bench->n_kernels; k++) {
        const struct orgsim_bench_kernel *of = &bench->kernels[k];
        json_t *kernel = json_object();
        json_object_set_new(kernel, "isa", json_string(of->isa));
        json_object_set_new(kernel, "lanes", json_integer(of->lanes));
        set_rate(kernel, "world_arms_per_second", &of->world_arms_per_second);
        json_object_set_new(kernel, "ratio_to_scalar", json_real(of->ratio_to_scalar));
        json_object_set_new(kernel, "ratio_alike", json_real(of->ratio_alike));
        json_object_set_new(kernel, "ns_per_entity_week", number_or_null(of->ns_per_entity_week));
        json_object_set_new(kernel, "draws", json_of_draws(of));
        json_array_append_new(kernels, kernel);
    }
    return kernels;
}

static json_t *json_of_threads(const struct orgsim_bench *bench)
{
    json_t *counts = json_array();
    for (size_t t = 0; t < bench->n_threads; t++) {
        json_t *count = json_object();
        json_object_set_new(count, "threads", json_integer((json_int_t)bench->threads[t].threads));
        set_rate(count, "world_arms_per_second", &bench->threads[t].world_arms_per_second);
        json_object_set_new(count, "ratio_to_one", json_real(bench->threads[t].ratio_to_one));
        json_array_append_new(counts, count);
    }
    return counts;
}

static json_t *json_of(const char *path, const struct orgsim_bench *bench)
{
    const struct { const char *name; uint64_t value; } sizes[] = {
        {"worlds", bench->worlds}, {"arms", bench->arms}, {"repetitions", (uint64_t)bench->repetitions}, {"teams", bench->teams},
        {"packages", bench->packages}, {"items", bench->items}, {"memory_per_thread_bytes", bench->memory_per_thread},
        {"peak_memory_bytes", bench->peak_memory}};
    json_t *root = json_object();
    json_object_set_new(root, "scenario", json_string(path));
    json_object_set_new(root, "kernels", json_of_kernels(bench));
    json_object_set_new(root, "threads", json_of_threads(bench));
    json_object_set_new(root, "weeks", number_or_null(bench->weeks));
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) json_object_set_new(root, sizes[n].name, json_integer((json_int_t)sizes[n].value));
    return root;
}

/* What the first scenario gave, and under "scenarios" what each did. */
static void add_json(struct text *text, const struct options *o, const struct orgsim_bench *benches)
{
    json_t *root = json_of(o->arguments[0], &benches[0]), *all = json_array();
    for (size_t s = 0; s < o->n_arguments; s++) json_array_append_new(all, json_of(o->arguments[s], &benches[s]));
    json_object_set_new(root, "scenarios", all);
    char *dump = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
    json_decref(root);
    if (dump) text_format(text, "%s\n", dump);
    else text->failed = true;
    free(dump); /* jansson's own allocation */
}

/* ---- the command ---- */

static int measure(const struct options *o, const struct orgsim_scenario *scenario, struct orgsim_bench *bench)
{
    struct choice choice = {0};
    struct orgsim_where where = {0};
    int error = choice_of(&choice, o, scenario, &where);
    struct orgsim_run_options run = {.seed = o->seed, .worlds = o->given[OPTION_WORLDS] ? o->worlds : BENCH_WORLDS, .threads = o->threads,
                                     .arms = choice.arms, .n_arms = choice.n, .baseline = choice.baseline, .ticks_per_week = o->ticks_per_week,
                                     .frictionless = o->given[OPTION_FRICTIONLESS], .levers_off = o->levers_off, .contrary = o->contrary, .precision_metric = -1,
                                     .stop = interrupt_watch()};
    if (!error) error = orgsim_bench(scenario, &run, BENCH_REPETITIONS, bench, &where);
    choice_free(&choice);
    return error ? message_error(error, &where) : 0;
}

static int measure_folder(const struct options *o, const char *path, struct orgsim_bench *bench)
{
    struct orgsim_scenario *scenario = NULL;
    int status = question_scenario(o, path, &scenario);
    if (!status) status = measure(o, scenario, bench);
    orgsim_scenario_free(scenario);
    return status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    (void)invocation;
    struct text text = {0}, json = {0};
    struct orgsim_bench *benches = memory_array(o->n_arguments, sizeof *benches);
    int status = benches ? 0 : message_error(ORGSIM_ERROR_MEMORY, NULL);
    for (size_t s = 0; s < o->n_arguments && !status; s++) {
        status = measure_folder(o, o->arguments[s], &benches[s]);
        if (s > 0) text_add(&text, "\n");
        if (!status) describe(&text, o->arguments[s], &benches[s]);
    }
    if (!status) {
        add_json(&json, o, benches);
        if (o->given[OPTION_JSON]) status = message_json(o, &json);
        if (!status && message_wants_text(o)) status = message_answer(&text);
    }
    memory_free(benches);
    text_free(&text);
    text_free(&json);
    return status;
}

const struct command bench_command = {
    .name = "bench",
    .arguments = "SCENARIO...",
    .n_arguments = 1,
    .more_arguments = true,
    .summary = "Measures how fast this processor lives the worlds of scenarios: each kernel, each number of threads, draws, memory.",
    .explanation = "Lives 1024 worlds (or -n) with each kernel in turn on one thread, five times, and with 1, 2, 4, ... and all threads. Ratios are "
                   "medians of paired repetitions; absolute rates move with the machine. \"Were worlds alike\" lives the same world in every "
                   "lane: what would be gained if worlds did not differ. An entity is a team, a package, a risk, a question or an interface; "
                   "a draw is one random number. Memory at most is that of the whole program until then.",
    .examples = "orgsim bench my-program\n"
                "orgsim bench my-program another-program\n"
                "orgsim bench my-program -n 4096 --arms none,tpm --json",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_ANSWER,
    .run = run,
};
