/* optimise.c: orgsim optimise: the best of many organisations, or the best definition of a role */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <orgsim/optimise.h>
#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/question.h"
#include "report/optimise.h"
#include "report/report.h"

struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct choice choice;
    struct orgsim_run_options run;
    struct orgsim_count_range count[ORGSIM_COUNT_COUNT];
    struct orgsim_tune_axis axes[ORGSIM_TUNE_AXES];
    char *names[ORGSIM_TUNE_AXES];
    size_t n_axes, n_counts;
    struct orgsim_selection selection;
    struct orgsim_tuning tuning;
    struct optimise_report report;
    struct progress progress;
    struct text command;
    struct orgsim_where where;
};

static int refuse(struct job *job, const char *todo, const char *what, const char *over)
{
    return error_set(&job->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, todo, "\"%s\" %s", over, what);
}

static int parse_count(struct job *job, const char *over, const char *kind, double low, double high)
{
    const char *names[ORGSIM_COUNT_COUNT];
    size_t found = ORGSIM_COUNT_COUNT;
    char todo[128];
    for (size_t k = 0; k < ORGSIM_COUNT_COUNT; k++) {
        names[k] = orgsim_count_name((enum orgsim_count)k);
        if (!strcmp(names[k], kind)) found = k;
    }
    const char *nearest = text_nearest(kind, names, ORGSIM_COUNT_COUNT);
    snprintf(todo, sizeof todo, nearest ? "did you mean \"count.%s\"?" : "there are count.tpm, count.coordinator, count.pm and count.engineer", nearest);
    if (found == ORGSIM_COUNT_COUNT) return refuse(job, todo, "counts nobody that is known", over);
    if (!(low >= 0 && high <= 1000 && low == floor(low) && high == floor(high)))
        return refuse(job, "write whole numbers from 0 on, for example count.tpm=0:3", "is not a range of people", over);
    if (low > high) return refuse(job, "the lower number comes first, the higher one after it", "is reversed", over);
    if (job->count[found].low <= job->count[found].high) return refuse(job, "name it once", "comes twice", over);
    job->count[found] = (struct orgsim_count_range){(unsigned)low, (unsigned)high};
    job->n_counts++;
    return 0;
}

/* NAME=LOW:HIGH */
static int parse_over(struct job *job, const char *over)
{
    char copy[512], *low = NULL, *high = NULL;
    double ends[2];
    snprintf(copy, sizeof copy, "%s", over);
    if ((low = strchr(copy, '='))) *low++ = '\0';
    if (low && (high = strchr(low, ':'))) *high++ = '\0';
    if (!high || !copy[0] || !text_number(low, &ends[0]) || !text_number(high, &ends[1]))
        return refuse(job, "write NAME=LOW:HIGH, for example count.tpm=0:3 or tpm.tpm.empowerment=0.2:1", "is not a range", over);
    if (!strncmp(copy, "count.", 6)) return parse_count(job, over, copy + 6, ends[0], ends[1]);
    if (job->n_axes == ORGSIM_TUNE_AXES) return refuse(job, "search over six numbers at most", "is one too many", over);
    struct orgsim_tune_axis *axis = &job->axes[job->n_axes];
    *axis = (struct orgsim_tune_axis){.low = ends[0], .high = ends[1]};
    job->names[job->n_axes] = memory_string(copy);
    axis->name = job->names[job->n_axes++];
    return axis->name ? 0 : ORGSIM_ERROR_MEMORY;
}

static int check(struct job *job)
{
    const struct options *o = job->options;
    const char *given = o->given[OPTION_BUDGET] ? "--budget" : o->given[OPTION_CONFIDENCE] ? "--confidence" : o->given[OPTION_INDIFFERENCE] ? "--indifference" : NULL;
    if (o->given[OPTION_MAXIMISE] && o->given[OPTION_MINIMISE])
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--maximise", 0, 0, "name one metric", "both --maximise and --minimise are given");
    if (o->given[OPTION_FRICTIONLESS])
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--frictionless", 0, 0, "leave it away", "a frictionless program has no seats to choose");
    if (job->n_counts > 0 && job->n_axes > 0)
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "choose the numbers of people first, then the definition with a second command",
                         "numbers of people and a definition cannot be searched together");
    if (job->n_axes > 0 && given)
        return error_set(&job->where, ORGSIM_ERROR_USAGE, given, 0, 0, "leave it away, or choose among organisations (--over count.tpm=0:3, or no --over)",
                         "has no meaning where a definition is searched");
    if (job->n_counts > 0 && o->given[OPTION_ARMS])
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--arms", 0, 0, "leave --arms or --over away", "organisations are named and counted at once");
    return 0;
}

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = 0;
    for (size_t k = 0; k < ORGSIM_COUNT_COUNT; k++) job->count[k] = (struct orgsim_count_range){1, 0};
    for (size_t k = 0; k < o->n_overs && !error; k++) error = parse_over(job, o->overs[k]);
    if (!error) error = question_output(o, &job->where);
    if (!error) error = check(job);
    struct options all = *o;
    if (!all.arms) all.arms = "all";
    if (!error) error = choice_of(&job->choice, &all, job->scenario, &job->where);
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->run = question_run(o, job->n_axes > 0 ? ORGSIM_TUNE_WORLDS : ORGSIM_SELECT_WORLDS, &job->progress);
    choice_into(&job->run, &job->choice);
    job->report = (struct optimise_report){.scenario = job->scenario, .objective = {(enum orgsim_metric)o->objective_metric, (enum orgsim_risk)o->risk},
                                           .baseline = job->choice.baseline, .axes = job->axes, .budget_k_per_year = o->budget, .seed = o->seed,
                                           .path = o->arguments[0], .command = job->command.s ? job->command.s : ""};
    return error ? error : question_share(&job->run, job->scenario, job->report.command, invocation, &job->where);
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    struct text text = {0}, json = {0};
    int written = job->options->output ? optimise_write(&job->report, job->options->output, &job->where) : 0, made = optimise_json(&json, &job->report);
    optimise_answer(&text, &job->report, job->options->given[OPTION_VERBOSE]);
    return question_answer(job->options, &text, &json, written, made, job->n_axes > 0 ? "Tables" : "Figure and tables", &job->where);
}

static int optimise(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation);
    if (error) return message_error(error, &job->where);
    struct orgsim_select_options choice = {.objective = job->report.objective, .count = job->n_counts > 0 ? job->count : NULL, .budget_k_per_year = o->budget,
                                           .confidence = o->confidence, .indifference = o->indifference};
    question_progress(&job->progress, o, "worlds");
    if (job->n_axes > 0) error = orgsim_tune(job->scenario, &job->run, &job->report.objective, job->axes, job->n_axes, &job->tuning, &job->where);
    else error = orgsim_select(job->scenario, &job->run, &choice, &job->selection, &job->where);
    progress_end(&job->progress);
    error = cluster_leave(invocation->cluster, error, &job->where);
    if (invocation->cluster->rank > 0) return orgsim_error_status(error); /* rank 0 says what there is to say */
    if (error) return message_error(error, &job->where);
    job->report.tuning = job->n_axes > 0 ? &job->tuning : NULL;
    job->report.selection = job->n_axes > 0 ? NULL : &job->selection;
    return answer(job);
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    int status = question_scenario(o, o->arguments[0], &job.scenario);
    if (!status) status = optimise(&job, invocation);
    orgsim_selection_free(&job.selection);
    choice_free(&job.choice);
    for (size_t k = 0; k < ORGSIM_TUNE_AXES; k++) memory_free(job.names[k]);
    text_free(&job.command);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command optimise_command = {
    .name = "optimise",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .ranks = true,
    .summary = "What else could the money buy: the best of many organisations, or the best definition of a role.",
    .explanation =
        "Without --over it chooses among the scenario's organisations. With --over count.tpm=0:3 (also count.coordinator, count.pm, count.engineer) it chooses "
        "among all such staffings, within --budget. All live the same worlds and are dropped once they are clearly behind; the choice has a stated confidence. "
        "With --over ARM.ROLE.FIELD=LOW:HIGH, cad1, cad2, slots1, slots2, E_tpm or a_tpm it searches for the best definition. The gain is always measured on "
        "worlds on which nothing was chosen. With -o it also writes optimise.csv, optimise.json and, of staffings, a figure of what more staff buys.",
    .examples = "orgsim optimise my-program\n"
                "orgsim optimise my-program --over count.tpm=0:3 --budget 500\n"
                "orgsim optimise my-program --over count.tpm=0:3 --risk cvar\n"
                "orgsim optimise my-program --over tpm.tpm.admin_share=0.1:0.8\n"
                "orgsim optimise my-program --over cad1=1:4 --minimise finish_week",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_OPTIMISE | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
