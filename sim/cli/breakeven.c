/* breakeven.c: orgsim breakeven: the value of a number at which the hire stops paying */
#include <math.h>
#include <string.h>

#include <orgsim/breakeven.h>
#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/choice.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "report/break_even.h"
#include "scenario/target.h"

struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct break_even_asked asked;
    struct orgsim_run_options run;
    struct progress progress;
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

/* Says text and JSON where they are wanted. Returns the exit status. */
static int say(const struct options *o, const struct text *text, const struct text *json)
{
    int status = o->given[OPTION_JSON] ? message_json(o, json) : 0;
    int printed = message_wants_text(o) ? message_answer(text) : 0;
    return status ? status : printed;
}

static int one(struct job *job)
{
    struct orgsim_break_even_row row = {.tried = 1};
    struct text text = {0}, json = {0};
    double low, high;
    int status = 0, error = parse_over(job->options->over, &row, &low, &high, &job->where);
    if (!error) error = orgsim_breakeven(job->scenario, &job->run, row.name, low, high, &row.found, &job->where);
    if (!error) {
        describe(job->scenario, &row);
        break_even_answer(&text, &job->asked, &row);
        error = break_even_json(&json, &job->asked, &row);
    }
    if (error) status = message_error(error, &job->where);
    else status = say(job->options, &text, &json);
    memory_free(row.name);
    text_free(&text);
    text_free(&json);
    return status;
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    struct job *job = context;
    progress_step(&job->progress, done, total);
}

static int table(struct job *job)
{
    struct orgsim_break_even_table found = {0};
    struct text text = {0}, json = {0};
    const struct options *o = job->options;
    job->run.progress = on_progress;
    job->run.context = job;
    progress_start(&job->progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], false);
    int error = orgsim_breakeven_table(job->scenario, &job->run, &found, &job->where), status = 0;
    progress_end(&job->progress);
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && found.n > 0;
    if (!error || partly) {
        break_even_table_answer(&text, &job->asked, &found, o->given[OPTION_VERBOSE]);
        int made = break_even_table_json(&json, &job->asked, &found);
        status = made ? message_error(made, NULL) : say(o, &text, &json);
    }
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the table holds what was done", "interrupted after %zu numbers", found.n);
    if (error) status = message_error(error, &job->where);
    orgsim_break_even_table_free(&found);
    text_free(&text);
    text_free(&json);
    return status;
}

static int plan(struct job *job)
{
    const struct options *o = job->options;
    struct choice choice = {0};
    struct options pair = *o;
    pair.arms = orgsim_scenario_arm(job->scenario, job->scenario->settings.headline_arm);
    int error = choice_of(&choice, &pair, job->scenario, &job->where);
    uint64_t worlds = o->given[OPTION_WORLDS] ? o->worlds : o->over ? ORGSIM_BREAKEVEN_WORLDS : ORGSIM_BREAKEVEN_TABLE_WORLDS;
    job->run = (struct orgsim_run_options){.seed = o->seed,
                                           .worlds = worlds,
                                           .threads = o->threads,
                                           .baseline = choice.baseline,
                                           .ticks_per_week = o->ticks_per_week,
                                           .levers_off = o->levers_off,
                                           .isa = o->isa,
                                           .precision_metric = -1,
                                           .stop = interrupt_watch()};
    job->asked = (struct break_even_asked){
        .scenario = job->scenario, .baseline = choice.baseline, .worlds = worlds, .seed = o->seed, .path = o->arguments[0]};
    choice_free(&choice);
    return error;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    (void)invocation;
    struct job job = {.options = o};
    struct orgsim_problems problems = {0};
    int error = orgsim_scenario_load(o->arguments[0], o->settings, o->n_settings, &job.scenario, &problems), status;
    message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, NULL);
    else if ((error = plan(&job))) status = message_error(error, &job.where);
    else status = o->over ? one(&job) : table(&job);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(job.scenario);
    return status;
}

const struct command breakeven_command = {
    .name = "breakeven",
    .arguments = "SCENARIO",
    .n_arguments = 1,
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
