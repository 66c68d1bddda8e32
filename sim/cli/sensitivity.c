/* sensitivity.c: orgsim sensitivity: which assumption matters */
#include <stdio.h>
#include <string.h>

#include <orgsim/scenario.h>
#include <orgsim/sensitivity.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "report/report.h"
#include "report/sensitivity.h"

struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct orgsim_sensitivity_range *ranges; /* as many as options->n_ranges; names owned */
    struct orgsim_sensitivity_plan plan;
    struct orgsim_run_options run;
    struct orgsim_sensitivity found;
    struct sensitivity_report report;
    struct progress progress;
    struct text command;
    struct orgsim_where where;
};

/* NAME=LOW:HIGH */
static int parse_range(struct job *job, size_t number, const char *range)
{
    char copy[512], *low, *high = NULL;
    struct orgsim_sensitivity_range *r = &job->ranges[number];
    snprintf(copy, sizeof copy, "%s", range);
    if ((low = strchr(copy, '='))) *low++ = '\0';
    if (low && (high = strchr(low, ':'))) *high++ = '\0';
    if (!high || !copy[0] || !text_number(low, &r->low) || !text_number(high, &r->high))
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--range", 0, 0, "write NAME=LOW:HIGH, for example money.attendee_hour=80:160",
                         "\"%s\" is not a range of a number", range);
    r->name = memory_string(copy);
    return r->name ? 0 : ORGSIM_ERROR_MEMORY;
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    struct job *job = context;
    progress_step(&job->progress, done, total);
}

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    struct choice choice = {0};
    struct options pair = *o;
    enum orgsim_sensitivity_method method = (enum orgsim_sensitivity_method)o->method;
    if (o->output && !o->given[OPTION_FORCE] && file_exists(o->output))
        return error_set(&job->where, ORGSIM_ERROR_USAGE, o->output, 0, 0, "name another folder with -o, or write into it with --force", "exists already");
    pair.arms = orgsim_scenario_arm(job->scenario, job->scenario->settings.headline_arm);
    job->ranges = memory_array(o->n_ranges, sizeof *job->ranges);
    int error = job->ranges ? choice_of(&choice, &pair, job->scenario, &job->where) : ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < o->n_ranges && !error; k++) error = parse_range(job, k, o->ranges[k]);
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->plan = (struct orgsim_sensitivity_plan){.method = method, .ranges = job->ranges, .n_ranges = o->n_ranges, .size = o->size, .inputs = o->inputs};
    job->run = (struct orgsim_run_options){.seed = o->seed, .worlds = o->given[OPTION_WORLDS] ? o->worlds : orgsim_sensitivity_worlds(method),
                                           .threads = o->threads, .baseline = choice.baseline, .ticks_per_week = o->ticks_per_week,
                                           .levers_off = o->levers_off, .isa = o->isa, .precision_metric = -1, .stop = interrupt_watch(),
                                           .progress = on_progress, .context = job};
    job->report = (struct sensitivity_report){.scenario = job->scenario, .baseline = choice.baseline, .found = &job->found, .seed = o->seed,
                                              .path = o->arguments[0], .command = job->command.s ? job->command.s : ""};
    choice_free(&choice);
    return error;
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    const struct options *o = job->options;
    struct text text = {0}, json = {0};
    int status = 0, error = o->output ? sensitivity_write(&job->report, o->output, &job->where) : 0;
    if (error) status = message_error(error, &job->where);
    if (o->given[OPTION_JSON]) {
        error = sensitivity_json(&json, &job->report);
        int printed = error ? message_error(error, NULL) : message_json(o, &json);
        if (!status) status = printed;
    }
    if (message_wants_text(o)) {
        sensitivity_answer(&text, &job->report, o->given[OPTION_VERBOSE]);
        if (o->output) text_format(&text, "Figure and tables: %s\n", o->output);
        int printed = message_answer(&text);
        if (!status) status = printed;
    }
    text_free(&text);
    text_free(&json);
    return status;
}

static int find(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation), status = 0;
    if (error) return message_error(error, &job->where);
    progress_start(&job->progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], false);
    error = orgsim_sensitivity(job->scenario, &job->run, &job->plan, &job->found, &job->where);
    progress_end(&job->progress);
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && job->found.n > 0;
    if (error == ORGSIM_ERROR_INTERRUPTED && !partly) error_set(&job->where, error, NULL, 0, 0, "nothing is known yet", "interrupted");
    if (!error || partly) status = answer(job);
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the table holds what was done", "interrupted after %zu numbers", job->found.n);
    return error ? message_error(error, &job->where) : status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    struct orgsim_problems problems = {0};
    int error = orgsim_scenario_load(o->arguments[0], o->settings, o->n_settings, &job.scenario, &problems), status;
    message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, NULL);
    else status = find(&job, invocation);
    orgsim_sensitivity_free(&job.found);
    for (size_t k = 0; job.ranges && k < o->n_ranges; k++) memory_free((void *)job.ranges[k].name);
    memory_free(job.ranges);
    text_free(&job.command);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command sensitivity_command = {
    .name = "sensitivity",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "Which assumption matters: how far the worth of the hire moves with each number.",
    .explanation = "Moves every number that has a range: the assumptions over their ranges of ignorance, salaries and the hire's own numbers as far as the "
                   "assumptions in whose place they stand. The worlds are the same at every point. --method tornado (the default) moves each number alone, to "
                   "both ends; morris one after the other from many starting points; rank all at once, and correlates; sobol shares out the variance of the "
                   "numbers that matter most, alone and together. With -o it also writes a figure, sensitivity.csv and sensitivity.json.",
    .examples = "orgsim sensitivity my-program\n"
                "orgsim sensitivity my-program --range money.attendee_hour=80:160 -o tornado\n"
                "orgsim sensitivity my-program --method sobol --inputs 12 --size 512\n"
                "orgsim sensitivity my-program --method morris --json",
    .groups = GROUP_SCENARIO | GROUP_PAIR | GROUP_SENSITIVITY | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
