/* validate.c: orgsim validate: published facts and theory against what the model gives */
#include <stdlib.h>

#include <orgsim/validate.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "report/validation.h"

struct job {
    const struct options *options;
    struct orgsim_validate_options validate;
    struct validation_asked asked;
    struct progress progress;
    struct orgsim_where where;
};

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    struct job *job = context;
    progress_step(&job->progress, done, total);
}

/* Says text and JSON where they are wanted. Returns the exit status. */
static int say(const struct options *o, const struct text *text, const struct text *json)
{
    int status = o->given[OPTION_JSON] ? message_json(o, json) : 0;
    int printed = message_wants_text(o) ? message_answer(text) : 0;
    return status ? status : printed;
}

/* The texts are freed. `error`: of making them. */
static int say_made(const struct job *job, int error, struct text *text, struct text *json)
{
    int status = error || text->failed ? message_error(ORGSIM_ERROR_MEMORY, NULL) : say(job->options, text, json);
    text_free(text);
    text_free(json);
    return status;
}

static int say_table(const struct job *job, const struct orgsim_validation *found)
{
    struct text text = {0}, json = {0};
    validation_answer(&text, &job->asked, found);
    return say_made(job, validation_json(&json, &job->asked, found), &text, &json);
}

static int checks(struct job *job)
{
    struct orgsim_validation found = {0};
    const struct options *o = job->options;
    int error = orgsim_validate(&job->validate, &found, &job->where), status = 0;
    progress_end(&job->progress);
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && found.n > 0;
    if (!error || partly) status = say_table(job, &found);
    if (!status && !error && o->given[OPTION_CHECK] && found.count[ORGSIM_CHECK_MISSED]) status = COMMAND_NOT_MET;
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the table holds what was done", "interrupted after %zu checks", found.n);
    if (error) status = message_error(error, &job->where);
    orgsim_validation_free(&found);
    return status;
}

static int observational(struct job *job)
{
    struct orgsim_observational found;
    struct text text = {0}, json = {0};
    int error = orgsim_observational(&job->validate, &found, &job->where);
    progress_end(&job->progress);
    if (error) return message_error(error, &job->where);
    validation_observed(&text, &job->asked, &found);
    return say_made(job, validation_observed_json(&json, &job->asked, &found), &text, &json);
}

static int run(const struct options *o, const struct invocation *invocation)
{
    (void)invocation;
    const char *data = getenv("ORGSIM_DATA");
    if (data && !*data) data = NULL;
    struct job job = {.options = o, .asked = {.seed = o->seed, .quick = o->given[OPTION_QUICK], .data = data}};
    job.validate = (struct orgsim_validate_options){.seed = o->seed,
                                                    .quick = o->given[OPTION_QUICK],
                                                    .threads = o->threads,
                                                    .isa = o->isa,
                                                    .data = data,
                                                    .stop = interrupt_watch(),
                                                    .progress = on_progress,
                                                    .context = &job};
    if (o->given[OPTION_OBSERVATIONAL] && o->given[OPTION_CHECK]) {
        error_set(&job.where, ORGSIM_ERROR_USAGE, "--check", 0, 0, "leave one of the two away", "--observational has no checks");
        return message_error(ORGSIM_ERROR_USAGE, &job.where);
    }
    progress_start(&job.progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], false);
    return o->given[OPTION_OBSERVATIONAL] ? observational(&job) : checks(&job);
}

const struct command validate_command = {
    .name = "validate",
    .arguments = "",
    .n_arguments = 0,
    .summary = "The simulator against theory and published facts: what it gets right, and what it misses.",
    .explanation =
        "Lives small programs whose answer is known and programs that published figures describe, and prints every check with what was "
        "expected and what was measured. Raw data are read from the folder that the environment variable ORGSIM_DATA names; without "
        "it, what needs them counts as not checked. A miss is shown and is no error; --check makes it one. --observational shows instead what "
        "statistics over programs make of TPMs who are sent to the troubled ones.",
    .examples = "orgsim validate --quick\n"
                "orgsim validate --json=validation.json\n"
                "orgsim validate --check\n"
                "orgsim validate --observational",
    .groups = GROUP_VALIDATE | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
