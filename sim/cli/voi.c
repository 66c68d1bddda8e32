/* voi.c: orgsim voi: which assumption is worth measuring before the choice */
#include <orgsim/scenario.h>
#include <orgsim/voi.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/progress.h"
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

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    struct job *job = context;
    progress_step(&job->progress, done, total);
}

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    if (o->output && !o->given[OPTION_FORCE] && file_exists(o->output))
        return error_set(&job->where, ORGSIM_ERROR_USAGE, o->output, 0, 0, "name another folder with -o, or write into it with --force", "exists already");
    int error = choice_of(&job->choice, o, job->scenario, &job->where);
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->run = (struct orgsim_run_options){.seed = o->seed, .worlds = o->given[OPTION_WORLDS] ? o->worlds : ORGSIM_VOI_WORLDS, .threads = o->threads,
                                           .arms = job->choice.arms, .n_arms = job->choice.n, .baseline = job->choice.baseline,
                                           .ticks_per_week = o->ticks_per_week, .frictionless = o->given[OPTION_FRICTIONLESS], .levers_off = o->levers_off,
                                           .isa = o->isa, .precision_metric = -1, .stop = interrupt_watch(), .progress = on_progress, .context = job};
    job->report = (struct voi_report){.scenario = job->scenario, .voi = &job->voi, .seed = o->seed, .path = o->arguments[0],
                                      .command = job->command.s ? job->command.s : ""};
    return error;
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    const struct options *o = job->options;
    struct text text = {0}, json = {0};
    int status = 0, error = o->output ? voi_write(&job->report, o->output, &job->where) : 0;
    if (error) status = message_error(error, &job->where);
    if (o->given[OPTION_JSON]) {
        error = voi_json(&json, &job->report);
        int printed = error ? message_error(error, NULL) : message_json(o, &json);
        if (!status) status = printed;
    }
    if (message_wants_text(o)) {
        voi_answer(&text, &job->report, o->given[OPTION_VERBOSE]);
        if (o->output) text_format(&text, "Figure and tables: %s\n", o->output);
        int printed = message_answer(&text);
        if (!status) status = printed;
    }
    text_free(&text);
    text_free(&json);
    return status;
}

static int voi(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation), status = 0;
    if (error) return message_error(error, &job->where);
    progress_start(&job->progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], false);
    error = orgsim_voi(job->scenario, &job->run, o->given[OPTION_POINTS] ? o->points : ORGSIM_VOI_POINTS, &job->voi, &job->where);
    progress_end(&job->progress);
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && job->voi.points > 0;
    if (!error || partly) status = answer(job);
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the answer is that of these points", "interrupted after %zu points", job->voi.points);
    return error ? message_error(error, &job->where) : status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    struct orgsim_problems problems = {0};
    int error = orgsim_scenario_load(o->arguments[0], o->settings, o->n_settings, &job.scenario, &problems), status;
    message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, NULL);
    else status = voi(&job, invocation);
    orgsim_voi_free(&job.voi);
    choice_free(&job.choice);
    text_free(&job.command);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command voi_command = {
    .name = "voi",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "What to measure first: what it would be worth to know each assumption before the choice.",
    .explanation = "Draws all assumptions at once over their ranges, lives every organisation at each of these points, and asks what knowing one of them would "
                   "add to mean net value by a better choice. Those that --set fixes count as known. With -o it also writes a figure, voi.csv and voi.json.",
    .examples = "orgsim voi my-program\n"
                "orgsim voi my-program --arms none,tpm -o worth\n"
                "orgsim voi my-program --set h_seat=0.5 --points 4096 --json",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_VOI | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
