/* breakeven.c: orgsim breakeven: the value of a number at which the hire stops paying */
#include <math.h>
#include <string.h>

#include <orgsim/breakeven.h>
#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/question.h"
#include "report/break_even.h"
#include "report/report.h"
#include "scenario/target.h"

struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct break_even_asked asked;
    struct orgsim_run_options run;
    struct progress progress;
    struct text command;
    struct cluster *cluster;
    struct orgsim_where where;
};

/* NAME or NAME=LOW:HIGH into row->name and the range, NAN where none is given. */
static int parse_over(const char *over, struct orgsim_break_even_row *row, double *low, double *high, struct orgsim_where *where)
{
    const char *equals = strchr(over, '='), *colon = equals ? strchr(equals, ':') : NULL;
    *low = *high = (double)NAN;
    row->name = memory_string_n(over, equals ? (size_t)(equals - over) : strlen(over));
    char *first = colon ? memory_string_n(equals + 1, (size_t)(colon - equals - 1)) : NULL;
    int status = row->name && (!colon || first) ? 0 : ORGSIM_ERROR_MEMORY;
    bool good = !equals || (first && text_number(first, low) && text_number(colon + 1, high));
    if (!status && !good)
        status = error_set(where, ORGSIM_ERROR_USAGE, "--over", 0, 0, "write NAME or NAME=LOW:HIGH, for example h_seat=0:3",
                           "\"%s\" is not a range of a number", over);
    memory_free(first);
    return status;
}

static void describe(const struct orgsim_scenario *scenario, struct orgsim_break_even_row *row)
{
    struct target target;
    if (target_find(scenario, row->name, &target, NULL)) return;
    row->unit = target_unit(&target);
    row->meaning = target_meaning(&target);
}

static int one(struct job *job)
{
    struct orgsim_break_even_row row = {.tried = 1};
    struct text text = {0}, json = {0};
    double low, high;
    int error = parse_over(job->options->over, &row, &low, &high, &job->where);
    if (!error) error = orgsim_breakeven(job->scenario, &job->run, row.name, low, high, &row.found, &job->where);
    error = cluster_leave(job->cluster, error, &job->where);
    const bool speaks = job->cluster->rank == 0; /* rank 0 says what there is to say */
    if (!error && speaks) {
        describe(job->scenario, &row);
        break_even_answer(&text, &job->asked, &row);
        error = break_even_json(&json, &job->asked, &row);
    }
    int status = orgsim_error_status(error);
    if (speaks) status = error ? message_error(error, &job->where) : question_answer(job->options, &text, &json, 0, 0, NULL, &job->where);
    memory_free(row.name);
    text_free(&text);
    text_free(&json);
    return status;
}

static int table(struct job *job)
{
    struct orgsim_break_even_table found = {0};
    struct text text = {0}, json = {0};
    const struct options *o = job->options;
    question_progress(&job->progress, o, "numbers");
    int error = orgsim_breakeven_table(job->scenario, &job->run, &found, &job->where), status = 0;
    progress_end(&job->progress);
    error = cluster_leave(job->cluster, error, &job->where);
    const bool speaks = job->cluster->rank == 0;
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && found.n > 0;
    if (speaks && (!error || partly)) {
        break_even_table_answer(&text, &job->asked, &found, o->given[OPTION_VERBOSE]);
        status = question_answer(o, &text, &json, 0, break_even_table_json(&json, &job->asked, &found), NULL, &job->where);
    }
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the table holds what was done", "interrupted after %zu numbers", found.n);
    if (error) status = speaks ? message_error(error, &job->where) : orgsim_error_status(error);
    orgsim_break_even_table_free(&found);
    return status;
}

static int plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    size_t baseline = 0;
    int error = choice_baseline(&baseline, o, job->scenario, &job->where);
    job->run = question_run(o, o->over ? ORGSIM_BREAKEVEN_WORLDS : ORGSIM_BREAKEVEN_TABLE_WORLDS, &job->progress);
    job->run.baseline = baseline;
    job->asked = (struct break_even_asked){
        .scenario = job->scenario, .baseline = baseline, .worlds = job->run.worlds, .seed = o->seed, .path = o->arguments[0]};
    report_command_line(&job->command, invocation->argc, invocation->argv);
    if (!error && job->command.failed) error = ORGSIM_ERROR_MEMORY;
    return error ? error : question_share(&job->run, job->scenario, job->command.s, invocation, &job->where);
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct job job = {.options = o, .cluster = invocation->cluster};
    int status = question_scenario(o, o->arguments[0], &job.scenario), error = status ? 0 : plan(&job, invocation);
    if (error) status = message_error(error, &job.where);
    else if (!status) status = o->over ? one(&job) : table(&job);
    text_free(&job.command);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command breakeven_command = {
    .name = "breakeven",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .ranks = true,
    .summary = "What would have to be true: the value of a number at which the hire stops paying.",
    .explanation =
        "Lives the baseline and the headline arm on the same worlds at several values of the number, all else as it is, until the mean "
        "difference of net value crosses zero. The interval of the crossing carries the error of the simulation. Without --over it "
        "tries every assumption over its range of ignorance, and the judgment, empowerment, administration share and pay of the hire.",
    .examples = "orgsim breakeven my-program --over h_seat\n"
                "orgsim breakeven my-program --over tpm.tpm.cost_per_year=100000:2000000\n"
                "orgsim breakeven my-program --over lam=0.05:0.3 -n 10000 --json\n"
                "orgsim breakeven my-program --verbose",
    .groups = GROUP_SCENARIO | GROUP_PAIR | GROUP_OVER | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
