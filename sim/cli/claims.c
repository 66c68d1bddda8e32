/* claims.c: orgsim claims: what is said of these roles, each tested */
#include <orgsim/scenario.h>
#include <orgsim/claims.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "report/report.h"
#include "report/claims.h"

struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct orgsim_run_options run;
    struct orgsim_claims claims;
    struct claims_report report;
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
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->run = (struct orgsim_run_options){.seed = o->seed, .worlds = o->given[OPTION_WORLDS] ? o->worlds : ORGSIM_CLAIMS_WORLDS, .threads = o->threads,
                                           .ticks_per_week = o->ticks_per_week, .levers_off = o->levers_off, .isa = o->isa, .precision_metric = -1, .stop = interrupt_watch(), .progress = on_progress, .context = job};
    job->report = (struct claims_report){.scenario = job->scenario, .claims = &job->claims, .seed = o->seed,
                                         .command = job->command.s ? job->command.s : ""};
    return job->command.failed ? ORGSIM_ERROR_MEMORY : 0;
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    const struct options *o = job->options;
    struct text text = {0}, json = {0};
    int status = 0, error = o->output ? claims_write(&job->report, o->output, &job->where) : 0;
    if (error) status = message_error(error, &job->where);
    if (o->given[OPTION_JSON]) {
        error = claims_json(&json, &job->report);
        int printed = error ? message_error(error, NULL) : message_json(o, &json);
        if (!status) status = printed;
    }
    if (message_wants_text(o)) {
        claims_answer(&text, &job->report);
        if (o->output) text_format(&text, "Figures and tables: %s\n", o->output);
        int printed = message_answer(&text);
        if (!status) status = printed;
    }
    text_free(&text);
    text_free(&json);
    return status;
}

static int claims(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation), status = 0;
    if (error) return message_error(error, &job->where);
    progress_start(&job->progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], false);
    job->progress.noun = "settings";
    error = orgsim_claims(job->scenario, &job->run, &job->claims, &job->where);
    progress_end(&job->progress);
    if (!error) status = answer(job);
    return error ? message_error(error, &job->where) : status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    struct orgsim_problems problems = {0};
    int error = orgsim_scenario_load(o->arguments[0], o->settings, o->n_settings, &job.scenario, &problems), status;
    message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, NULL);
    else status = claims(&job, invocation);
    orgsim_claims_free(&job.claims);
    text_free(&job.command);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command claims_command = {
    .name = "claims",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "What is said of these roles, tested: each claim holds, fails, or is undecided in this scenario.",
    .explanation = "Lives the shipped organisations on the same worlds, as the scenario is, under other numbers and in generated programs of other sizes, and "
                   "says of each claim what was measured. With -o it also writes claims.csv, claims.json and a figure for each claim.",
    .examples = "orgsim claims scenarios/platform-migration\n"
                "orgsim claims my-program -n 8192 -o claims\n"
                "orgsim claims my-program --json | jq -r '.claims[] | [.id, .verdict] | @tsv'",
    .groups = GROUP_SCENARIO | GROUP_CLAIMS | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
