/* merge.c: orgsim merge: the shards of a run become the results of the whole run
 *
 * A shard remembers the command line that it was made by. Merging is that very run once more, with every block read instead of lived: what comes of
 * it cannot differ from a run in one piece.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"
#include "study/blocks.h"
#include "study/identity.h"

#define SHARDS_MOST ((size_t)1 << 20)

struct merge {
    const struct options *options;
    struct blocks **shards; /* in the order of the command line, then in that of their blocks */
    size_t n;
    char **argv;            /* of the run, with the words of its shard; NULL at its end */
    int argc;
    struct orgsim_where where;
};

/* --- the shards --------------------------------------------------------------------------------------------------------------------- */

static int open_shards(struct merge *m)
{
    const struct options *o = m->options;
    m->shards = memory_array(o->n_arguments, sizeof *m->shards);
    int status = m->shards ? 0 : ORGSIM_ERROR_MEMORY;
    for (size_t d = 0; d < o->n_arguments && !status; d++) {
        char *folder = file_join(o->arguments[d], "blocks");
        if (!folder) return ORGSIM_ERROR_MEMORY;
        if (!blocks_exist(folder))
            status = error_set(&m->where, ORGSIM_ERROR_USAGE, o->arguments[d], 0, 0, "name folders that orgsim run --shard wrote", "is not a shard");
        if (!status) status = blocks_open(&m->shards[m->n], folder, true, &m->where);
        if (!status) m->n++;
        if (!status && m->n > 1) status = identity_check(blocks_identity(m->shards[0]), blocks_identity(m->shards[d]), false, o->arguments[d], &m->where);
        memory_free(folder);
    }
    return status;
}

static uint64_t number_of(const struct blocks *shard) { return identity_number(blocks_identity(shard), "shard"); }

/* "2, 5-7": numbers of 1..of that are not marked. */
static void add_missing(struct text *text, const unsigned char *there, uint64_t of)
{
    for (uint64_t first = 0; first < of; first++) {
        if (there[first]) continue;
        uint64_t last = first;
        while (last + 1 < of && !there[last + 1]) last++;
        text_format(text, "%s%" PRIu64, text->n ? ", " : "", first + 1);
        if (last > first) text_format(text, "-%" PRIu64, last + 1);
        first = last;
    }
}

static int check_twice(struct merge *m, unsigned char *there)
{
    for (size_t d = 0; d < m->n; d++) {
        uint64_t number = number_of(m->shards[d]);
        if (there[number - 1]++)
            return error_set(&m->where, ORGSIM_ERROR_USAGE, m->options->arguments[d], 0, 0, "name each shard once", "shard %" PRIu64 " comes twice", number);
    }
    return 0;
}

/* All that is missing, at once. */
static int check_complete(struct merge *m)
{
    uint64_t of = identity_number(blocks_identity(m->shards[0]), "shards");
    if (of > SHARDS_MOST) return error_set(&m->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "take fewer", "%" PRIu64 " shards are too many", of);
    unsigned char *there = memory_array((size_t)of, 1);
    struct text missing = {0}, unfinished = {0};
    int status = there ? check_twice(m, there) : ORGSIM_ERROR_MEMORY;
    if (!status) {
        add_missing(&missing, there, of);
        for (size_t d = 0; d < m->n; d++) {
            uint64_t stored = blocks_stored(m->shards[d]), all = blocks_end(m->shards[d]) - blocks_first(m->shards[d]);
            if (stored < all)
                text_format(&unfinished, "%s%s (shard %" PRIu64 ", %" PRIu64 " of %" PRIu64 " blocks)", unfinished.n ? ", " : "", m->options->arguments[d],
                            number_of(m->shards[d]), stored, all);
        }
        if (missing.n || unfinished.n)
            status = error_set(&m->where, ORGSIM_ERROR_USAGE, NULL, 0, 0, missing.n ? "name all of them, each with its folder" : "finish them: the same command with --resume",
                               "%s%.200s%s%s%.200s", missing.n ? "of all shards these are missing: " : "", missing.n ? missing.s : "",
                               missing.n && unfinished.n ? "; " : "", unfinished.n ? "unfinished: " : "", unfinished.n ? unfinished.s : "");
    }
    text_free(&missing);
    text_free(&unfinished);
    memory_free(there);
    return status;
}

/* --- the run ------------------------------------------------------------------------------------------------------------------------ */

static int read_arguments(struct merge *m)
{
    const char *identity = blocks_identity(m->shards[0]);
    size_t n = 0, capacity = 0;
    void *grown = NULL;
    for (;; n++) {
        if (memory_grow(&grown, &capacity, n + 2, sizeof *m->argv)) break;
        m->argv = grown;
        m->argv[n] = identity_value(identity, "argument", n);
        m->argv[n + 1] = NULL;
        if (!m->argv[n]) break;
        m->argc = (int)n + 1;
    }
    if (m->argc >= 3 && strcmp(m->argv[1], "run") == 0) return 0;
    return error_set(&m->where, ORGSIM_ERROR_USAGE, m->options->arguments[0], 0, 0, "name folders that orgsim run --shard wrote", "does not say by which command it was made");
}

/* What is said to merge wins where it is about this process and its answer. */
static void take_own(struct options *run, const struct options *own)
{
    static const enum option_id of_this_process[] = {OPTION_FORCE, OPTION_JSON, OPTION_QUIET, OPTION_VERBOSE, OPTION_NO_PROGRESS, OPTION_RESUME};
    for (size_t i = 0; i < sizeof of_this_process / sizeof *of_this_process; i++) run->given[of_this_process[i]] = own->given[of_this_process[i]];
    run->output = own->output;
    run->json_file = own->json_file;
    run->colour = own->colour;
    run->threads = own->threads;
    run->isa = own->isa;
    run->shard_number = run->shard_of = 0;
    run->save_every = -1; /* the shards are the checkpoint */
}

static int run_again(struct merge *m)
{
    struct options run;
    struct cluster alone = {.size = 1};
    int status = options_parse(&run, &run_command, m->argc - 1, m->argv + 1);
    if (status) return message_error(status, NULL);
    take_own(&run, m->options);
    const struct invocation invocation = {m->argc, m->argv, &alone};
    const struct run_shards shards = {m->shards, m->n};
    status = run_merged(&run, &invocation, &shards);
    options_free(&run);
    return status;
}

static int run(const struct options *options, const struct invocation *invocation)
{
    struct merge m = {.options = options};
    (void)invocation;
    int error = open_shards(&m);
    if (!error) error = check_complete(&m);
    if (!error) error = read_arguments(&m);
    int status = error ? message_error(error, &m.where) : run_again(&m);
    for (size_t d = 0; d < m.n; d++) blocks_close(m.shards[d]);
    for (int a = 0; a < m.argc; a++) memory_free(m.argv[a]);
    memory_free(m.shards);
    memory_free(m.argv);
    return status;
}

const struct command merge_command = {
    .name = "merge",
    .arguments = "DIR...",
    .n_arguments = 1,
    .more_arguments = true,
    .summary = "Makes the results of a run out of its shards, the same bytes as if it had been run in one piece.",
    .explanation = "Each DIR is what orgsim run --shard I/N -o DIR wrote. Shards that do not belong together are refused, missing ones are named. The scenario "
                   "is read again where the shards found it, so merge in the folder in which they were run.",
    .examples = "orgsim run my-program -n 1000000 --shard 1/4 -o part-1\n"
                "orgsim merge part-* -o results/long",
    .groups = GROUP_MERGE | GROUP_PROGRESS | GROUP_ANSWER,
    .run = run,
};
