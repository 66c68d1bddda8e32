/* shard.c: some of the blocks of a run, stored in a folder
 *
 * DIR/blocks is what a checkpoint is (study/blocks.h). Each file in it appears whole, so the folder needs no other name while it is filled; it is
 * complete when its blocks are.
 */
#include "cli/shard.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "cli/supply.h"
#include "study/blocks.h"
#include "study/identity.h"

#define FOLDER_OF_BLOCKS "blocks"

struct shard {
    const struct options *options;
    struct identity identity;
    char *folder;  /* DIR/blocks */
    int lock;      /* the open DIR; 0: none */
    struct blocks *blocks;
    struct progress progress;
    struct orgsim_where where;
};

static int check_options(struct shard *s)
{
    const struct options *o = s->options;
    const char *in_the_way = o->given[OPTION_PRECISION] ? "precision" : o->given[OPTION_JSON] ? "json" : NULL;
    uint64_t blocks = compare_count(s->identity.options->worlds);
    if (in_the_way)
        return error_set(&s->where, ORGSIM_ERROR_USAGE, NULL, 0, 0,
                         o->given[OPTION_PRECISION] ? "give a number of worlds with -n" : "ask orgsim merge for it",
                         "a shard has no results, so --%s means nothing with --shard", in_the_way);
    if (o->save_every < 0) return error_set(&s->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "leave one of them away", "a shard is what --save-every never does not save");
    if (!o->output) return error_set(&s->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "name a folder for this shard with -o", "--shard needs a folder");
    if (s->identity.shard.of > blocks)
        return error_set(&s->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "take fewer shards or more worlds",
                         "%" PRIu64 " worlds are %" PRIu64 " blocks, too few for %" PRIu64 " shards", s->identity.options->worlds, blocks, s->identity.shard.of);
    return 0;
}

/* Nothing but the blocks of a shard, or nothing at all. */
static bool is_ours(const char *folder)
{
    DIR *entries = opendir(folder);
    bool ours = entries != NULL;
    const struct dirent *entry;
    while (ours && (entry = readdir(entries)))
        ours = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || strcmp(entry->d_name, FOLDER_OF_BLOCKS) == 0;
    if (entries) closedir(entries);
    return ours;
}

static int take_over(struct shard *s, const char *identity)
{
    const struct options *o = s->options;
    if (!is_ours(o->output)) return error_set(&s->where, ORGSIM_ERROR_USAGE, o->output, 0, 0, "name another folder with -o", "is there already and holds no shard");
    if (!blocks_exist(s->folder) || o->given[OPTION_FORCE]) {
        int status = file_exists(s->folder) ? file_remove_tree(s->folder, &s->where) : 0;
        return status ? status : blocks_create(&s->blocks, s->folder, identity, &s->where);
    }
    if (!o->given[OPTION_RESUME])
        return error_set(&s->where, ORGSIM_ERROR_USAGE, o->output, 0, 0, "go on with --resume, begin anew with --force, or name another folder with -o",
                         "a shard is there already");
    int status = blocks_open(&s->blocks, s->folder, false, &s->where);
    return status ? status : identity_check(identity, blocks_identity(s->blocks), true, s->folder, &s->where);
}

static int shard_open(struct shard *s)
{
    struct text identity = {0};
    int status = check_options(s);
    if (status) return status;
    identity_write(&identity, &s->identity);
    s->folder = file_join(s->options->output, FOLDER_OF_BLOCKS);
    if (!s->folder || identity.failed) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = file_make_folder(s->options->output, &s->where);
    if (!status) status = file_lock_folder(s->options->output, &s->lock, &s->where);
    if (!status) status = take_over(s, identity.s);
    if (!status) blocks_set_interval(s->blocks, s->options->save_every);
    text_free(&identity);
    return status;
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    struct shard *s = context;
    progress_step(&s->progress, done, total);
}

static int live(struct shard *s)
{
    struct supply supply = {.kept = s->blocks};
    struct orgsim_run_options run = *s->identity.options;
    const struct compare_blocks blocks = supply_blocks(&supply);
    const struct compare_part part = {blocks_first(s->blocks) + blocks_stored(s->blocks), blocks_end(s->blocks), 1};
    run.progress = on_progress;
    run.block = NULL;
    run.context = s;
    progress_start(&s->progress, !s->options->given[OPTION_NO_PROGRESS] && !s->options->given[OPTION_QUIET], false);
    int status = compare_some(s->identity.scenario, &run, &part, &blocks, &s->where);
    progress_end(&s->progress);
    if (status && supply_error(&supply)->what[0]) s->where = *supply_error(&supply);
    int flushed = !status || status == ORGSIM_ERROR_INTERRUPTED ? blocks_flush(s->blocks, &s->where) : 0;
    return flushed ? flushed : status;
}

static void say_what_is_there(const struct shard *s)
{
    const struct orgsim_run_options *run = s->identity.options;
    uint64_t last = blocks_end(s->blocks) * ORGSIM_BLOCK_WORLDS;
    if (s->options->given[OPTION_QUIET]) return;
    printf("Shard %" PRIu64 " of %" PRIu64 ", worlds %" PRIu64 " to %" PRIu64 " of %" PRIu64 ", is complete in %s.\n"
           "When all are: orgsim merge DIR... -o RESULTS\n",
           s->identity.shard.number, s->identity.shard.of, blocks_first(s->blocks) * ORGSIM_BLOCK_WORLDS, (last < run->worlds ? last : run->worlds) - 1,
           run->worlds, s->options->output);
}

static void say_how_to_go_on(const struct shard *s)
{
    fprintf(stderr, "orgsim: interrupted after %" PRIu64 " of %" PRIu64 " blocks of this shard; go on with the same command and --resume\n",
            blocks_stored(s->blocks), blocks_end(s->blocks) - blocks_first(s->blocks));
}

int shard_live(const struct options *options, const struct orgsim_scenario *scenario, const struct orgsim_run_options *run, const char *command,
               const struct invocation *invocation)
{
    struct shard s = {.options = options,
                      .identity = {scenario, run, {options->shard_number, options->shard_of}, command, invocation->argc, invocation->argv}};
    int status = shard_open(&s);
    if (!status) status = live(&s);
    if (!status) say_what_is_there(&s);
    else if (status == ORGSIM_ERROR_INTERRUPTED) say_how_to_go_on(&s);
    else message_error(status, &s.where);
    blocks_close(s.blocks);
    if (s.lock) close(s.lock);
    memory_free(s.folder);
    return orgsim_error_status(status);
}
