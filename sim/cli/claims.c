/* claims.c: orgsim claims: what is said of these roles, each tested */
#include <orgsim/scenario.h>
#include <orgsim/claims.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/question.h"
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

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = question_output(o, &job->where);
    if (error) return error;
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->run = question_run(o, ORGSIM_CLAIMS_WORLDS, &job->progress);
    job->report = (struct claims_report){.scenario = job->scenario, .claims = &job->claims, .seed = o->seed,
                                         .command = job->command.s ? job->command.s : ""};
    return job->command.failed ? ORGSIM_ERROR_MEMORY : question_share(&job->run, job->scenario, job->report.command, invocation, &job->where);
}

/* Says and writes what there is. Returns the exit status. */
static int answer(struct job *job)
{
    struct text text = {0}, json = {0};
    int written = job->options->output ? claims_write(&job->report, job->options->output, &job->where) : 0, made = claims_json(&json, &job->report);
    claims_answer(&text, &job->report);
    return question_answer(job->options, &text, &json, written, made, "Figures and tables", &job->where);
}

static int claims(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    int error = plan(job, invocation), status = 0;
    if (error) return message_error(error, &job->where);
    question_progress(&job->progress, o, "settings");
    error = orgsim_claims(job->scenario, &job->run, &job->claims, &job->where);
    progress_end(&job->progress);
    error = cluster_leave(invocation->cluster, error, &job->where);
    if (invocation->cluster->rank > 0) return orgsim_error_status(error); /* rank 0 says what there is to say */
    if (!error) status = answer(job);
    return error ? message_error(error, &job->where) : status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o};
    int status = question_scenario(o, o->arguments[0], &job.scenario);
    if (!status) status = claims(&job, invocation);
    orgsim_claims_free(&job.claims);
    text_free(&job.command);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command claims_command = {
    .name = "claims",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .ranks = true,
    .summary = "What is said of these roles, tested: each claim holds, fails, or is undecided in this scenario.",
    .explanation = "Lives the shipped organisations on the same worlds, as the scenario is, with one number changed at a time and in generated programs of other "
                   "sizes, and says of each claim how large the differences are (shares of the budget or of a level), how surely, and which size they must beat. "
                   "The intervals of a claim hold all at once. With -o it also writes claims.csv, claims.json, a figure for each claim, and teams.csv with a "
                   "figure of the number of teams from which on the hire pays.",
    .examples = "orgsim claims scenarios/platform-migration\n"
                "orgsim claims my-program -n 8192 -o claims\n"
                "orgsim claims my-program --json | jq -r '.claims[] | [.id, .verdict] | @tsv'",
    .groups = GROUP_SCENARIO | GROUP_CLAIMS | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
