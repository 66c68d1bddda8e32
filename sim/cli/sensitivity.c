/* sensitivity.c: orgsim sensitivity: which assumption matters */
#include <stdio.h>
#include <string.h>

#include <orgsim/scenario.h>
#include <orgsim/sensitivity.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/question.h"
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

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    size_t baseline = 0;
    enum orgsim_sensitivity_method method = (enum orgsim_sensitivity_method)o->method;
    job->ranges = memory_array(o->n_ranges, sizeof *job->ranges);
    int error = job->ranges ? question_output(o, &job->where) : ORGSIM_ERROR_MEMORY;
    if (!error) error = choice_baseline(&baseline, o, job->scenario, &job->where);
    for (size_t k = 0; k < o->n_ranges && !error; k++) error = parse_range(job, k, o->ranges[k]);
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->plan = (struct orgsim_sensitivity_plan){.method = method, .ranges = job->ranges, .n_ranges = o->n_ranges, .size = o->size, .inputs = o->inputs};
    job->run = question_run(o, orgsim_sensitivity_worlds(method), &job->progress);
    job->run.baseline = baseline;
    job->report = (struct sensitivity_report){.scenario = job->scenario, .baseline = baseline, .found = &job->found, .seed = o->seed,
                                              .path = o->arguments[0], .command = job->command.s ? job->command.s : ""};
    return error ? error : question_share(&job->run, job->scenario, job->report.command, invocation, &job->where);
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    struct text text = {0}, json = {0};
    int written = job->options->output ? sensitivity_write(&job->report, job->options->output, &job->where) : 0, made = sensitivity_json(&json, &job->report);
    sensitivity_answer(&text, &job->report, job->options->given[OPTION_VERBOSE]);
    return question_answer(job->options, &text, &json, written, made, "Figure and tables", &job->where);
}

static int find(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation), status = 0;
    if (error) return message_error(error, &job->where);
    question_progress(&job->progress, o, "points");
    error = orgsim_sensitivity(job->scenario, &job->run, &job->plan, &job->found, &job->where);
    progress_end(&job->progress);
    error = cluster_leave(invocation->cluster, error, &job->where);
    if (invocation->cluster->rank > 0) return orgsim_error_status(error); /* rank 0 says what there is to say */
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && job->found.n > 0;
    if (error == ORGSIM_ERROR_INTERRUPTED && !partly) error_set(&job->where, error, NULL, 0, 0, "nothing is known yet", "interrupted");
    if (!error || partly) status = answer(job);
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the table holds what was done", "interrupted after %zu numbers", job->found.n);
    return error ? message_error(error, &job->where) : status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    int status = question_scenario(o, o->arguments[0], &job.scenario);
    if (!status) status = find(&job, invocation);
    orgsim_sensitivity_free(&job.found);
    for (size_t k = 0; job.ranges && k < o->n_ranges; k++) memory_free((void *)job.ranges[k].name);
    memory_free(job.ranges);
    text_free(&job.command);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command sensitivity_command = {
    .name = "sensitivity",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .ranks = true,
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
