/* sweep.c: orgsim sweep: what if one number, or two, were otherwise */
#include <stdio.h>
#include <string.h>

#include <orgsim/scenario.h>
#include <orgsim/sweep.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/question.h"
#include "report/report.h"
#include "report/sweep.h"

struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct orgsim_sweep_axis axes[ORGSIM_SWEEP_AXES];
    char *names[ORGSIM_SWEEP_AXES];
    struct orgsim_run_options run;
    struct orgsim_sweep sweep;
    struct sweep_report report;
    struct progress progress;
    struct text command;
    struct orgsim_where where;
};

/* NAME=LOW:HIGH:N */
static int parse_axis(struct job *job, size_t axis, const char *vary)
{
    char copy[512], *low = NULL, *high = NULL, *count = NULL;
    double n = 0;
    struct orgsim_sweep_axis *a = &job->axes[axis];
    snprintf(copy, sizeof copy, "%s", vary);
    if ((low = strchr(copy, '='))) *low++ = '\0';
    if (low && (high = strchr(low, ':'))) *high++ = '\0';
    if (high && (count = strchr(high, ':'))) *count++ = '\0';
    bool good = count && copy[0] && text_number(low, &a->low) && text_number(high, &a->high) && text_number(count, &n) && n >= 0 &&
                n <= ORGSIM_SWEEP_CELLS && n == (double)(size_t)n;
    if (!good)
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--vary", 0, 0, "write NAME=LOW:HIGH:N, for example h_seat=0:3:7", "\"%s\" is not a range of a number",
                         vary);
    job->names[axis] = memory_string(copy);
    a->name = job->names[axis];
    a->n = (size_t)n;
    return a->name ? 0 : ORGSIM_ERROR_MEMORY;
}

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    size_t baseline = 0;
    if (o->n_vary == 0)
        return error_set(&job->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "say what to vary: --vary h_seat=0:3:7", "there is nothing to sweep over");
    int error = question_output(o, &job->where);
    if (!error) error = choice_baseline(&baseline, o, job->scenario, &job->where);
    for (size_t a = 0; a < o->n_vary && !error; a++) error = parse_axis(job, a, o->vary[a]);
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->run = question_run(o, ORGSIM_SWEEP_WORLDS, &job->progress);
    job->run.baseline = baseline;
    job->report = (struct sweep_report){.scenario = job->scenario, .baseline = baseline, .axes = job->axes, .sweep = &job->sweep, .seed = o->seed,
                                        .command = job->command.s ? job->command.s : ""};
    return error ? error : question_share(&job->run, job->scenario, job->report.command, invocation, &job->where);
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    struct text text = {0}, json = {0};
    int written = job->options->output ? sweep_write(&job->report, job->options->output, &job->where) : 0, made = sweep_json(&json, &job->report);
    sweep_answer(&text, &job->report);
    return question_answer(job->options, &text, &json, written, made, "Figure and tables", &job->where);
}

static int sweep(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation), status = 0;
    if (error) return message_error(error, &job->where);
    question_progress(&job->progress, o, "cells");
    error = orgsim_sweep(job->scenario, &job->run, job->axes, o->n_vary, &job->sweep, &job->where);
    progress_end(&job->progress);
    error = cluster_leave(invocation->cluster, error, &job->where);
    if (invocation->cluster->rank > 0) return orgsim_error_status(error); /* rank 0 says what there is to say */
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && job->sweep.done > 0;
    if (!error || partly) status = answer(job);
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the others are left empty", "interrupted after %zu cells", job->sweep.done);
    return error ? message_error(error, &job->where) : status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    int status = question_scenario(o, o->arguments[0], &job.scenario);
    if (!status) status = sweep(&job, invocation);
    orgsim_sweep_free(&job.sweep);
    for (size_t a = 0; a < ORGSIM_SWEEP_AXES; a++) memory_free(job.names[a]);
    text_free(&job.command);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command sweep_command = {
    .name = "sweep",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .ranks = true,
    .summary = "What if: the worth of the hire over a range of one number, or of two.",
    .explanation = "Lives the baseline and the headline arm on the same worlds in every cell of the grid, all else as it is. With -o it also writes a "
                   "figure (a line with its interval, or a map with the zero line), sweep.csv and sweep.json.",
    .examples = "orgsim sweep my-program --vary h_seat=0:3:7\n"
                "orgsim sweep my-program --vary J_tpm=0.3:0.9:7 --vary h_seat=0:3:9 -o map\n"
                "orgsim sweep my-program --vary tau_ramp=4:16:5 --json",
    .groups = GROUP_SCENARIO | GROUP_PAIR | GROUP_VARY | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
