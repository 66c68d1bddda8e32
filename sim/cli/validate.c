/* validate.c: orgsim validate: published facts and theory against what the model gives */
#include <stdlib.h>
#include <time.h>

#include <orgsim/validate.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/conditions.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/question.h"
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

/* The other question than the table, or NULL. */
static const char *other(const struct options *o) { return o->given[OPTION_FIT] ? "--fit" : o->given[OPTION_OBSERVATIONAL] ? "--observational" : NULL; }

/* What the others have none of. */
static int refuse(struct job *job)
{
    const struct options *o = job->options;
    if (!other(o) && o->n_settings && o->output)
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "-o", 0, 0, "leave one of the two away; --json=FILE writes the table",
                         "--set makes other programs than those that ship, which no report is to show");
    if (!other(o)) return question_output(o, &job->where);
    if (o->n_settings)
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--set", 0, 0, "leave one of the two away", "%s sets its own numbers", other(o));
    if (o->given[OPTION_FIT] && o->given[OPTION_OBSERVATIONAL])
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--fit", 0, 0, "leave one of the two away", "--fit and --observational are two questions");
    if (o->given[OPTION_CHECK] && !o->given[OPTION_FIT])
        return error_set(&job->where, ORGSIM_ERROR_USAGE, "--check", 0, 0, "leave one of the two away", "--observational has no checks");
    if (!o->output) return 0;
    return error_set(&job->where, ORGSIM_ERROR_USAGE, "-o", 0, 0, "leave one of the two away", "%s has no files; --json=FILE writes what it found", other(o));
}

/* A table that was cut short says so wherever it goes. */
static int say_table(struct job *job, const struct orgsim_validation *found)
{
    struct text text = {0}, json = {0};
    const char *folder = job->options->output;
    int written = folder ? validation_write(&job->asked, found, folder, &job->where) : 0, made = validation_json(&json, &job->asked, found);
    validation_answer(&text, &job->asked, found);
    return question_answer(job->options, &text, &json, written, made, folder ? "Tables and figure" : NULL, &job->where);
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
    int made = validation_observed_json(&json, &job->asked, &found);
    return question_answer(job->options, &text, &json, 0, made, NULL, NULL);
}

static int fit(struct job *job)
{
    struct orgsim_fit found = {0};
    struct text text = {0}, json = {0};
    int error = orgsim_fit(&job->validate, &found, &job->where), status = 0;
    progress_end(&job->progress);
    bool partly = error == ORGSIM_ERROR_INTERRUPTED && found.n > 0;
    if (!error || partly) {
        validation_fit(&text, &job->asked, &found);
        int made = validation_fit_json(&json, &job->asked, &found);
        status = question_answer(job->options, &text, &json, 0, made, NULL, NULL);
    }
    if (!status && !error && job->options->given[OPTION_CHECK] && validation_fit_is_beaten(&found)) status = COMMAND_NOT_MET;
    if (partly) error_set(&job->where, error, NULL, 0, 0, "the answer holds what was done", "interrupted after %zu of %zu presets", found.n, found.asked);
    if (error) status = message_error(error, &job->where);
    orgsim_fit_free(&found);
    return status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    (void)invocation;
    const char *data = getenv("ORGSIM_DATA");
    if (data && !*data) data = NULL;
    char date[16] = "";
    const time_t now = time(NULL);
    struct tm day;
    if (gmtime_r(&now, &day)) strftime(date, sizeof date, "%Y-%m-%d", &day);
    struct job job = {.options = o, .asked = {.seed = o->seed, .quick = o->given[OPTION_QUICK], .data = data, .date = date}};
    struct text conditions = {0};
    conditions_add(&conditions, o);
    if (conditions.failed) return message_error(ORGSIM_ERROR_MEMORY, NULL);
    job.asked.conditions = conditions.s;
    job.validate = (struct orgsim_validate_options){.seed = o->seed,
                                                    .quick = o->given[OPTION_QUICK],
                                                    .threads = o->threads,
                                                    .isa = o->isa,
                                                    .data = data,
                                                    .settings = o->settings,
                                                    .n_settings = o->n_settings,
                                                    .stop = interrupt_watch(),
                                                    .progress = on_progress,
                                                    .context = &job};
    int error = refuse(&job), status;
    if (error) {
        text_free(&conditions);
        return message_error(error, &job.where);
    }
    question_progress(&job.progress, o, o->given[OPTION_FIT] ? "settings" : o->given[OPTION_OBSERVATIONAL] ? "kinds of programs" : "checks");
    job.progress.at_most = o->given[OPTION_FIT];
    status = o->given[OPTION_FIT] ? fit(&job) : o->given[OPTION_OBSERVATIONAL] ? observational(&job) : checks(&job);
    text_free(&conditions);
    return status;
}

const struct command validate_command = {
    .name = "validate",
    .arguments = "",
    .n_arguments = 0,
    .summary = "The simulator against theory and published facts: what it gets right, and what it misses.",
    .explanation =
        "Lives small programs whose answer is known and programs that published figures describe, and prints every check with what was "
        "expected and what was measured. Raw data are read from the folder that the environment variable ORGSIM_DATA names; without "
        "it, what needs them counts as not checked. A miss is shown and is no error; --check makes it one. With -o it also writes validate.csv, "
        "validate.json and, with raw data, a figure of their quantiles; into the folder of a run, so that orgsim report shows them on its page. --set gives "
        "the calibrated programs other assumptions, to measure again what is said of a miss. --observational shows instead what "
        "statistics over programs make of TPMs who are sent to the troubled ones. --fit searches again for the numbers of the programs that published figures "
        "describe, without a TPM and without those that ship, and holds both against the fitted facts; with --check it exits 3 when it finds better.",
    .examples = "orgsim validate --quick\n"
                "orgsim validate --json=validate.json\n"
                "orgsim validate -o my-run --force && orgsim report my-run\n"
                "orgsim validate --check\n"
                "orgsim validate --quick --set p_val=0.5\n"
                "orgsim validate --fit\n"
                "orgsim validate --observational",
    .groups = GROUP_VALIDATE | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
