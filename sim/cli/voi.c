/* voi.c: orgsim voi: which assumption is worth measuring before the choice */
#include <orgsim/scenario.h>
#include <orgsim/voi.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/question.h"
#include "report/report.h"
#include "report/voi.h"

struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct choice choice;
    struct orgsim_run_options run;
    struct orgsim_voi voi;
    struct voi_report report;
    struct progress progress;
    struct text command;
    struct orgsim_where where;
};

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = question_output(o, &job->where);
    if (!error) error = choice_of(&job->choice, o, job->scenario, &job->where);
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->run = question_run(o, ORGSIM_VOI_WORLDS, &job->progress);
    choice_into(&job->run, &job->choice);
    job->run.frictionless = o->given[OPTION_FRICTIONLESS];
    job->report = (struct voi_report){.scenario = job->scenario, .voi = &job->voi, .seed = o->seed, .path = o->arguments[0],
                                      .command = job->command.s ? job->command.s : ""};
    return error ? error : question_share(&job->run, job->scenario, job->report.command, invocation, &job->where);
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    struct text text = {0}, json = {0};
    int written = job->options->output ? voi_write(&job->report, job->options->output, &job->where) : 0, made = voi_json(&json, &job->report);
    voi_answer(&text, &job->report, job->options->given[OPTION_VERBOSE]);
    return question_answer(job->options, &text, &json, written, made, "Figure and tables", &job->where);
}

static int voi(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation), status = 0;
    if (error) return message_error(error, &job->where);
    question_progress(&job->progress, o, "points");
    error = orgsim_voi(job->scenario, &job->run, o->given[OPTION_POINTS] ? o->points : ORGSIM_VOI_POINTS, &job->voi, &job->where);
    progress_end(&job->progress);
    error = cluster_leave(invocation->cluster, error, &job->where);
    if (invocation->cluster->rank > 0) return orgsim_error_status(error); /* rank 0 says what there is to say */
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && job->voi.points > 0;
    if (!error || partly) status = answer(job);
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the answer is that of these points", "interrupted after %zu points", job->voi.points);
    return error ? message_error(error, &job->where) : status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    int status = question_scenario(o, o->arguments[0], &job.scenario);
    if (!status) status = voi(&job, invocation);
    orgsim_voi_free(&job.voi);
    choice_free(&job.choice);
    text_free(&job.command);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command voi_command = {
    .name = "voi",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .ranks = true,
    .summary = "What to measure first: what it would be worth to know each assumption before the choice.",
    .explanation = "Draws all assumptions at once over their ranges, lives every organisation at each of these points, and asks what knowing one of them would "
                   "add to mean net value by a better choice. Those that --set fixes count as known. With -o it also writes a figure, voi.csv and voi.json.",
    .examples = "orgsim voi my-program\n"
                "orgsim voi my-program --arms none,tpm -o worth\n"
                "orgsim voi my-program --set h_seat=0.5 --points 4096 --json",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_VOI | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
