/* run.c: orgsim run: compares organisations that live through the same worlds */
#include "cli/run.h"

#include <stdio.h>

#include <orgsim/attribution.h>
#include <orgsim/ignorance.h>
#include <orgsim/run.h>
#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/memory.h"
#include "cli/choice.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "cli/question.h"
#include "cli/shard.h"
#include "cli/supply.h"
#include "report/report.h"
#include "report/shown.h"
#include "study/compare.h"
#include "study/identity.h"

/* Everything that one run holds, so that one place frees it. */
struct job {
    const struct options *options;
    struct orgsim_scenario *scenario;
    struct choice choice;
    struct orgsim_run_options run;
    struct orgsim_results results;
    struct orgsim_attribution attribution;
    struct orgsim_ignorance ignorance;
    struct report_plan plan;
    struct report *report;
    struct supply supply;
    struct cluster *cluster;
    const struct run_shards *shards; /* NULL: worlds are lived */
    struct progress progress;
    struct text command;
    struct orgsim_where where;
};

static int on_block(void *context, const struct orgsim_block *block)
{
    struct job *job = context;
    return report_block(job->report, block);
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    struct job *job = context;
    progress_step(&job->progress, done, total);
}

static void plan(struct job *job, const struct invocation *invocation)
{
    const struct options *o = job->options;
    job->run = (struct orgsim_run_options){
        .seed = o->seed,
        .worlds = o->worlds,
        .threads = o->threads,
        .arms = job->choice.arms,
        .n_arms = job->choice.n,
        .baseline = job->choice.baseline,
        .ticks_per_week = o->ticks_per_week,
        .frictionless = o->given[OPTION_FRICTIONLESS],
        .levers_off = o->levers_off,
        .contrary = o->contrary,
        .isa = o->isa,
        .precision_metric = o->precision_metric,
        .precision_half_width = o->precision_half_width,
        .stop = interrupt_watch(),
        .progress = on_progress,
        .block = on_block,
        .context = job,
    };
    report_command_line(&job->command, invocation->argc, invocation->argv);
    job->plan = (struct report_plan){
        .scenario = job->scenario,
        .options = &job->run,
        .command = job->command.s,
        .output = o->output,
        .force = o->given[OPTION_FORCE],
        .outcomes = !o->given[OPTION_NO_OUTCOMES],
        .figures = !o->given[OPTION_NO_FIGURES],
        .hurry = cluster_is_launched(), /* a launcher that passes on Ctrl-C kills everybody soon after */
        .checkpoint = o->save_every >= 0,
        .checkpoint_seconds = o->save_every,
        .resume = o->given[OPTION_RESUME],
        .argc = invocation->argc,
        .argv = invocation->argv,
        .attribution = o->given[OPTION_NO_ATTRIBUTION] ? NULL : &job->attribution,
        .ignorance = o->ignorance ? &job->ignorance : NULL,
    };
}

/* Lives the worlds. Returns the error; ORGSIM_ERROR_INTERRUPTED leaves results of what was lived. */
static int live(struct job *job)
{
    const struct options *o = job->options;
    progress_start(&job->progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], o->given[OPTION_PRECISION]);
    job->supply.kept = report_blocks(job->report);
    job->supply.cluster = job->cluster;
    const struct compare_blocks blocks = supply_blocks(&job->supply);
    int error = compare_all(job->scenario, &job->run, &blocks, &job->results, &job->where);
    double seconds = progress_seconds(&job->progress);
    progress_end(&job->progress);
    const struct orgsim_where *streamed = report_error(job->report), *stored = supply_error(&job->supply);
    if (error && error != ORGSIM_ERROR_INTERRUPTED && streamed->what[0]) job->where = *streamed;
    if (error && error != ORGSIM_ERROR_INTERRUPTED && stored->what[0]) job->where = *stored;
    if (!error && o->given[OPTION_VERBOSE])
        fprintf(stderr, "orgsim: %llu worlds of %zu organisations in %.2f s with %s\n", (unsigned long long)job->results.worlds,
                job->results.n_arms, seconds, job->results.isa);
    return error;
}

static int ignorance(struct job *job)
{
    const struct options *o = job->options;
    progress_start(&job->progress, !o->given[OPTION_NO_PROGRESS] && !o->given[OPTION_QUIET], false);
    job->progress.noun = "draws";
    int error = orgsim_ignorance(job->scenario, &job->run, o->ignorance, 0, &job->ignorance, &job->where);
    progress_end(&job->progress);
    return error;
}

/* What was asked for beside the comparison, by all ranks in step; error: of that. */
static int study(struct job *job, int error)
{
    const struct options *o = job->options;
    error = cluster_blocks_end(job->cluster, error, &job->where);
    job->run.exchange = cluster_exchange(job->cluster);
    if (!error && !o->given[OPTION_NO_ATTRIBUTION]) error = orgsim_attribution(job->scenario, &job->run, 0, &job->attribution, &job->where);
    if (!error && o->ignorance) error = ignorance(job);
    return cluster_leave(job->cluster, error, &job->where);
}

/* Prints the answer in the forms that were asked for. Returns the exit status. */
static int answer(struct job *job, bool interrupted)
{
    const struct options *o = job->options;
    const struct report_style style = {.colour = message_wants_colour(o),
                                       .all_arms = job->choice.all,
                                       .interrupted = interrupted,
                                       .hurried = report_hurried(job->report),
                                       .folder = report_folder(job->report)};
    struct text text = {0}, json = {0};
    int status = 0;
    if (o->given[OPTION_JSON]) {
        int error = report_json(&json, &job->plan, &job->results, interrupted);
        status = error ? message_error(error, NULL) : message_json(o, &json);
    }
    if (message_wants_text(o)) { /* also when the file for JSON could not be written: a long run is not lost */
        report_answer(&text, &job->plan, &job->results, &style);
        int printed = message_answer(&text);
        if (!status) status = printed;
    }
    text_free(&text);
    text_free(&json);
    return status;
}

/* The interval leaves out zero, and is as narrow as --precision asked for. */
static bool is_met(const struct orgsim_run_options *run, const struct orgsim_results *results)
{
    enum report_verdict verdict = report_verdict(results);
    return (verdict == VERDICT_PAYS || verdict == VERDICT_COSTS) && (run->precision_metric < 0 || results->precision_reached);
}

static void say_how_to_go_on(const struct job *job)
{
    if (!report_blocks(job->report)) return;
    struct text folder = {0};
    shown_shell(&folder, report_folder(job->report));
    fprintf(stderr, "orgsim: go on with: %s --resume -o %s\n", job->command.s, folder.s ? folder.s : report_folder(job->report));
    text_free(&folder);
}

static bool has_stored(const struct job *job)
{
    const struct blocks *blocks = report_blocks(job->report);
    return blocks && blocks_stored(blocks) > 0;
}

/* Finishes the folder and answers. A missing tool or an interruption does not take away what was computed. Returns the exit status. */
static int conclude(struct job *job, bool interrupted)
{
    int error = report_finish(job->report, &job->results, interrupted, &job->where), status = 0;
    if (error) status = message_error(error, &job->where);
    if (error && error != ORGSIM_ERROR_TOOL) return status;
    int answered = answer(job, interrupted);
    if (interrupted) {
        fprintf(stderr, "orgsim: interrupted after %llu worlds; what was lived is kept in %s\n", (unsigned long long)job->results.worlds,
                report_folder(job->report));
        say_how_to_go_on(job);
        return orgsim_error_status(ORGSIM_ERROR_INTERRUPTED);
    }
    if (status || answered) return status ? status : answered;
    if (report_hurried(job->report)) {
        fprintf(stderr, "orgsim: interrupted while figures were drawn; all results are in %s\n", report_folder(job->report));
        return orgsim_error_status(ORGSIM_ERROR_INTERRUPTED);
    }
    return job->options->given[OPTION_CHECK] && !is_met(&job->run, &job->results) ? COMMAND_NOT_MET : 0;
}

/* The shards are checked among themselves; here it is whether their scenario is still what it was. */
static int check_shards(struct job *job)
{
    if (!job->shards) return 0;
    const char *theirs = blocks_identity(job->shards->list[0]);
    const struct identity identity = {job->scenario, &job->run, {1, identity_number(theirs, "shards")}, job->command.s, 0, NULL};
    struct text mine = {0};
    identity_write(&mine, &identity);
    int error = mine.failed ? ORGSIM_ERROR_MEMORY : identity_check(mine.s, theirs, false, "the shards", &job->where);
    text_free(&mine);
    job->supply.shards = job->shards->list;
    job->supply.n_shards = job->shards->n;
    return error;
}

static int open_report(struct job *job)
{
    if (job->command.failed) return ORGSIM_ERROR_MEMORY;
    if (job->plan.resume && !job->plan.checkpoint)
        return error_set(&job->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "leave one of them away", "--resume needs what --save-every never does not save");
    return report_open(&job->report, &job->plan, &job->where);
}

/* What remains of an interruption, or of an error, without any results. Returns the exit status. */
static int say_what_ended_it(const struct job *job, int error)
{
    if (error != ORGSIM_ERROR_INTERRUPTED) return message_error(error, &job->where);
    bool stored = has_stored(job);
    fprintf(stderr, "orgsim: interrupted before the first block of worlds; %s\n", stored ? "what was stored before is still there" : "nothing is kept");
    if (stored) say_how_to_go_on(job);
    return orgsim_error_status(error);
}

/* --- several machines --------------------------------------------------------------------------------------------------------------- */

static int write_identity(struct job *job, const struct invocation *invocation, struct text *text)
{
    const struct identity identity = {job->scenario, &job->run, {1, 1}, job->command.s, invocation->argc, invocation->argv};
    identity_write(text, &identity);
    return text->failed ? ORGSIM_ERROR_MEMORY : 0;
}

/* Rank 0: here is the run, and how much of it is done. */
static int announce(struct job *job, const struct invocation *invocation)
{
    const struct blocks *blocks = report_blocks(job->report);
    struct text identity = {0};
    int error = write_identity(job, invocation, &identity);
    if (!error) cluster_announce(job->cluster, blocks ? blocks_stored(blocks) : 0, identity.s);
    text_free(&identity);
    return error;
}

static int on_send(void *context, const struct live_block *block)
{
    struct job *job = context;
    return cluster_send(job->cluster, block);
}

/* Another rank lives every so many blocks and sends them. Where it cannot go on, nobody can. Returns the exit status. */
static int serve(struct job *job, const struct invocation *invocation)
{
    const struct compare_part part = {job->cluster->from + (uint64_t)job->cluster->rank, UINT64_MAX, (uint64_t)job->cluster->size};
    const struct compare_blocks blocks = {.context = job, .keep = on_send};
    struct text mine = {0};
    job->run.progress = NULL;
    job->run.block = NULL;
    int error = write_identity(job, invocation, &mine);
    if (!error) error = identity_check(mine.s, job->cluster->identity, true, "rank 0", &job->where);
    if (!error) error = compare_some(job->scenario, &job->run, &part, &blocks, &job->where);
    text_free(&mine);
    if (error && error != CLUSTER_ENOUGH && error != ORGSIM_ERROR_INTERRUPTED) return message_error(error, &job->where);
    error = study(job, error == CLUSTER_ENOUGH ? 0 : error);
    return error == ORGSIM_ERROR_INTERRUPTED ? 0 : orgsim_error_status(error); /* rank 0 says what there is to say */
}

/* Returns the exit status. */
static int follow(struct job *job, const struct invocation *invocation)
{
    int status = question_scenario(job->options, job->options->arguments[0], &job->scenario);
    if (status) return status;
    int error = choice_of(&job->choice, job->options, job->scenario, &job->where);
    if (error) return message_error(error, &job->where);
    plan(job, invocation);
    return serve(job, invocation);
}

/* ------------------------------------------------------------------------------------------------------------------------------------ */

static int prepare_and_live(struct job *job, const struct invocation *invocation)
{
    int status = question_scenario(job->options, job->options->arguments[0], &job->scenario);
    if (status) return status;
    int error = choice_of(&job->choice, job->options, job->scenario, &job->where);
    if (error) return message_error(error, &job->where);
    plan(job, invocation);
    if (job->options->shard_of && !job->command.failed) return shard_live(job->options, job->scenario, &job->run, job->command.s, invocation);
    error = check_shards(job);
    if (!error) error = open_report(job);
    if (error) return message_error(error, &job->where);
    if (report_is_finished(job->report)) {
        if (!job->options->given[OPTION_QUIET]) fprintf(stderr, "orgsim: %s is complete already; nothing was left to do\n", report_folder(job->report));
        return 0;
    }
    error = announce(job, invocation);
    if (!error) error = study(job, live(job));
    bool interrupted = error == ORGSIM_ERROR_INTERRUPTED;
    if (error && (!interrupted || job->results.worlds == 0)) return say_what_ended_it(job, error);
    return conclude(job, interrupted);
}

int run_merged(const struct options *options, const struct invocation *invocation, const struct run_shards *shards)
{
    struct job job = {.options = options, .cluster = invocation->cluster, .shards = shards};
    int status;
    if (options->shard_of && job.cluster->size > 1)
        status = message_error(error_set(&job.where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "start each shard by itself, or leave --shard away",
                                         "--shard and MPI are two ways to part a run"), &job.where);
    else status = job.cluster->rank > 0 ? follow(&job, invocation) : prepare_and_live(&job, invocation);
    report_free(job.report);
    orgsim_results_free(&job.results);
    orgsim_ignorance_free(&job.ignorance);
    text_free(&job.command);
    choice_free(&job.choice);
    orgsim_scenario_free(job.scenario);
    return status;
}

static int run(const struct options *options, const struct invocation *invocation)
{
    return run_merged(options, invocation, NULL);
}

const struct command run_command = {
    .name = "run",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .ranks = true,
    .summary = "Compares organisations: each lives through the same worlds, with the same luck.",
    .explanation = "Prints the finding and writes a folder with a report, figures and every number. The first interruption (Ctrl-C) finishes "
                   "what is under way and keeps it, the second one ends at once. "
                   "Whatever ended it, the same command goes on with --resume.\n\n"
                   "Exits with 0, or 1 run-time failure, 2 wrong usage, 3 --check not met, 4 invalid scenario, 5 a tool is missing, "
                   "130 interrupted.",
    .examples = "orgsim run my-program\n"
                "orgsim run my-program -n 10000000 -o results/long --resume\n"
                "orgsim run my-program -n 10000000 --shard 3/8 -o part-3\n"
                "orgsim run my-program -n 50000 --arms none,tpm,engineer\n"
                "orgsim run my-program --precision npv_k=50 -o results/spring\n"
                "orgsim run my-program --set h_seat=2 --lever direct_path=off\n"
                "orgsim run my-program --ignorance 200\n"
                "orgsim run my-program --json --no-figures | jq .headline",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_RESULTS | GROUP_BLOCKS | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
