/* bench.c: orgsim bench: how fast the kernels of this processor are */
#include <jansson.h>
#include <stdlib.h>

#include <orgsim/bench.h>

#include "base/error.h"
#include "cli/choice.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"

#define BENCH_WORLDS 1024 /* unless -n says otherwise */
#define BENCH_REPETITIONS 5

static void describe(struct text *text, const struct orgsim_bench *bench)
{
    char rate[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    text_format(text, "%llu worlds x %zu organisations on one thread, median of %d\n", (unsigned long long)bench->worlds, bench->arms,
                BENCH_REPETITIONS);
    text_add(text, "kernel    lanes  world-arms/s                  range  to scalar  were worlds alike\n");
    for (size_t k = 0; k < bench->n_kernels; k++) {
        const struct orgsim_bench_kernel *of = &bench->kernels[k];
        struct text range = {0};
        text_format(&range, "%s to %s", text_of_people(low, of->slowest, 0), text_of_people(high, of->fastest, 0));
        text_format(text, "%-8s %6d %13s %22s %10.2f %18.2f\n", of->isa, of->lanes, text_of_people(rate, of->world_arms_per_second, 0),
                    range.s ? range.s : "", of->ratio_to_scalar, of->ratio_alike);
        text_free(&range);
    }
    text_format(text, "%zu threads against one, widest kernel: %.2f\n", bench->threads, bench->thread_ratio);
}

static void describe_json(struct text *text, const struct orgsim_bench *bench)
{
    json_t *root = json_object(), *kernels = json_array();
    for (size_t k = 0; k < bench->n_kernels; k++) {
        const struct orgsim_bench_kernel *of = &bench->kernels[k];
        json_t *kernel = json_object();
        json_object_set_new(kernel, "isa", json_string(of->isa));
        json_object_set_new(kernel, "lanes", json_integer(of->lanes));
        json_object_set_new(kernel, "world_arms_per_second", json_real(of->world_arms_per_second));
        json_object_set_new(kernel, "slowest", json_real(of->slowest));
        json_object_set_new(kernel, "fastest", json_real(of->fastest));
        json_object_set_new(kernel, "ratio_to_scalar", json_real(of->ratio_to_scalar));
        json_object_set_new(kernel, "ratio_alike", json_real(of->ratio_alike));
        json_array_append_new(kernels, kernel);
    }
    json_object_set_new(root, "kernels", kernels);
    json_object_set_new(root, "worlds", json_integer((json_int_t)bench->worlds));
    json_object_set_new(root, "arms", json_integer((json_int_t)bench->arms));
    json_object_set_new(root, "threads", json_integer((json_int_t)bench->threads));
    json_object_set_new(root, "thread_ratio", json_real(bench->thread_ratio));
    char *dump = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
    json_decref(root);
    if (dump) text_format(text, "%s\n", dump);
    else text->failed = true;
    free(dump); /* jansson's own allocation */
}

static int measure(const struct options *o, const struct orgsim_scenario *scenario, struct orgsim_bench *bench)
{
    struct choice choice = {0};
    struct orgsim_where where = {0};
    int error = choice_of(&choice, o, scenario, &where);
    struct orgsim_run_options run = {.seed = o->seed, .worlds = o->given[OPTION_WORLDS] ? o->worlds : BENCH_WORLDS, .threads = o->threads,
                                     .arms = choice.arms, .n_arms = choice.n, .baseline = choice.baseline, .ticks_per_week = o->ticks_per_week,
                                     .frictionless = o->given[OPTION_FRICTIONLESS], .levers_off = o->levers_off, .precision_metric = -1,
                                     .stop = interrupt_watch()};
    if (!error) error = orgsim_bench(scenario, &run, BENCH_REPETITIONS, bench, &where);
    choice_free(&choice);
    return error ? message_error(error, &where) : 0;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    (void)invocation;
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct orgsim_bench bench = {0};
    struct text text = {0}, json = {0};
    int error = orgsim_scenario_load(o->arguments[0], o->settings, o->n_settings, &scenario, &problems), status;
    message_problems(&problems, false);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, NULL);
    else status = measure(o, scenario, &bench);
    if (!status) {
        describe(&text, &bench);
        describe_json(&json, &bench);
        if (o->given[OPTION_JSON]) status = message_json(o, &json);
        if (!status && message_wants_text(o)) status = message_answer(&text);
    }
    text_free(&text);
    text_free(&json);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return status;
}

const struct command bench_command = {
    .name = "bench",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "Measures the kernels of this processor against the one-lane build of the same source.",
    .explanation = "Lives 1024 worlds (or -n) with each kernel in turn on one thread, five times, and with all threads. Ratios are medians of "
                   "paired repetitions; absolute rates move with the machine. The last column lives the same world in every lane: what would be "
                   "gained if worlds did not differ.",
    .examples = "orgsim bench my-program\n"
                "orgsim bench my-program -n 4096 --arms none,tpm --json",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_ANSWER,
    .run = run,
};
