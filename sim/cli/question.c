/* question.c: what the commands share that ask a study */
#include "cli/question.h"

#include <stdio.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "cli/cluster.h"
#include "cli/conditions.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "report/shown.h"
#include "scenario/scenario.h"
#include "study/identity.h"

/* What the options change is told wherever the scenario is. */
static int take_conditions(const struct options *o, struct orgsim_scenario *scenario)
{
    struct text conditions = {0};
    conditions_add(&conditions, o);
    if (!conditions.failed && conditions.n) scenario->conditions = memory_string(conditions.s);
    bool failed = conditions.failed || (conditions.n && !scenario->conditions);
    text_free(&conditions);
    return failed ? ORGSIM_ERROR_MEMORY : 0;
}

static void say_notes(const char *path, size_t n)
{
    struct text word = {0};
    shown_shell(&word, path);
    fprintf(stderr, "orgsim: %s: %zu note%s; read %s with: orgsim check %s\n", path, n, n == 1 ? "" : "s", n == 1 ? "it" : "them", word.s ? word.s : path);
    text_free(&word);
}

int question_scenario(const struct options *o, const char *path, struct orgsim_scenario **scenario)
{
    struct orgsim_problems problems = {0};
    int error = orgsim_scenario_load(path, o->settings, o->n_settings, scenario, &problems);
    if (!error) error = take_conditions(o, *scenario);
    size_t faults = problems_count(&problems), notes = message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (error && problems.n == 0) message_error(error, NULL);
    if (error == ORGSIM_ERROR_SCENARIO) fprintf(stderr, "orgsim: %s: %zu problem%s; nothing was run\n", path, faults, faults == 1 ? "" : "s");
    else if (!error && notes && !o->given[OPTION_QUIET]) say_notes(path, notes);
    orgsim_problems_free(&problems);
    return orgsim_error_status(error);
}

int question_output(const struct options *o, struct orgsim_where *where)
{
    if (!o->output) return 0;
    if (o->given[OPTION_FORCE] || !file_exists(o->output)) return file_try_folder(o->output, where);
    return error_set(where, ORGSIM_ERROR_USAGE, o->output, 0, 0, "name another folder with -o, or write into it with --force", "exists already");
}

static void on_progress(void *context, uint64_t done, uint64_t total) { progress_step(context, done, total); }

struct orgsim_run_options question_run(const struct options *o, uint64_t usual, struct progress *progress)
{
    return (struct orgsim_run_options){.seed = o->seed,
                                       .worlds = o->given[OPTION_WORLDS] ? o->worlds : usual,
                                       .threads = o->threads,
                                       .ticks_per_week = o->ticks_per_week,
                                       .levers_off = o->levers_off,
                                       .contrary = o->contrary,
                                       .isa = o->isa,
                                       .precision_metric = -1,
                                       .stop = interrupt_watch(),
                                       .progress = on_progress,
                                       .context = progress};
}

int question_share(struct orgsim_run_options *run, const struct orgsim_scenario *scenario, const char *command, const struct invocation *invocation,
                   struct orgsim_where *where)
{
    struct cluster *c = invocation->cluster;
    struct text mine = {0};
    struct orgsim_where other = {0};
    if (c->size == 1) return 0;
    run->exchange = cluster_exchange(c);
    const struct identity identity = {scenario, run, {1, 1}, command, 0, NULL};
    identity_write(&mine, &identity);
    int error = mine.failed ? ORGSIM_ERROR_MEMORY : 0;
    if (!error && c->rank == 0) cluster_announce(c, 0, mine.s);
    if (!error && c->rank > 0 && identity_check(mine.s, c->identity, true, "rank 0", &other))
        error = error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "give every rank the same files and the same orgsim",
                          "rank %d reads other tables or numbers than rank 0, or is another version", c->rank);
    text_free(&mine);
    return error;
}

void question_progress(struct progress *progress, const struct options *o, const char *noun)
{
    progress_start(progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], false);
    progress->noun = noun;
}

int question_answer(const struct options *o, struct text *text, struct text *json, int written, int made, const char *files, const struct orgsim_where *where)
{
    int status = written ? message_error(written, where) : 0;
    if (o->given[OPTION_JSON]) {
        int printed = made ? message_error(made, NULL) : message_json(o, json);
        if (!status) status = printed;
    }
    if (message_wants_text(o)) {
        struct text conditions = {0};
        conditions_add(&conditions, o);
        if (conditions.n) text_format(text, "Changed: %s\n", conditions.s);
        text->failed |= conditions.failed;
        text_free(&conditions);
        bool stands = !written || written == ORGSIM_ERROR_TOOL; /* a drawing may be missing, as the message says */
        if (o->output && files && stands) text_format(text, "%s: %s\n", files, o->output);
        int printed = message_answer(text);
        if (!status) status = printed;
    }
    text_free(text);
    text_free(json);
    return status;
}
