/* place.c: where a folder of results comes to be */
#include "report/place.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/saved.h"
#include "scenario/scenario.h"
#include "study/blocks.h"
#include "study/identity.h"

#define FOLDER_OF_RESULTS "./orgsim-results"
#define FOLDER_OF_BLOCKS "blocks"
#define NUMBERS_MOST 1000000u

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

static char *made_string(struct text *text)
{
    char *s = text->failed || !text->s ? NULL : memory_string(text->s);
    text_free(text);
    return s;
}

/* ".NAME.KIND" beside the target. */
static char *beside(const char *target, const char *kind)
{
    const char *slash = strrchr(target, '/');
    size_t folder = slash ? (size_t)(slash - target) + 1 : 0;
    struct text name = {0};
    text_add_n(&name, target, folder);
    text_format(&name, ".%s.%s", target + folder, kind);
    return made_string(&name);
}

static bool has_blocks(const char *folder)
{
    char *path = file_join(folder, FOLDER_OF_BLOCKS);
    bool has = path && blocks_exist(path);
    memory_free(path);
    return has;
}

/* --- which folder ------------------------------------------------------------------------------------------------------------------- */

/* Last part of the scenario's path, of letters that are plain in any file system. */
static void add_scenario_name(struct text *text, const char *path)
{
    char *real = realpath(path, NULL);
    const char *name = real ? strrchr(real, '/') : NULL;
    name = name && name[1] ? name + 1 : "scenario";
    for (; *name; name++) {
        bool plain = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", *name) != NULL;
        text_add_n(text, plain ? name : "-", 1);
    }
    free(real); /* realpath() allocates by itself */
}

static int set_target(struct place *place, char *target, struct orgsim_where *where)
{
    memory_free(place->target);
    memory_free(place->partial);
    place->target = target;
    place->partial = target ? beside(target, "partial") : NULL;
    return place->partial ? ORGSIM_OK : fail_memory(where);
}

static int set_number(struct place *place, unsigned n, struct orgsim_where *where)
{
    struct text name = {0};
    text_format(&name, "%s%u", place->stem, n);
    return set_target(place, made_string(&name), where);
}

/* The next number that is free; it may be taken before it is used, which place_commit() notices. */
static int choose_number(struct place *place, unsigned from, struct orgsim_where *where)
{
    for (unsigned n = from; n < NUMBERS_MOST; n++) {
        int status = set_number(place, n, where);
        if (status || (!file_exists(place->target) && !file_exists(place->partial))) return status;
    }
    return error_set(where, ORGSIM_ERROR_IO, place->stem, 0, 0, "name a folder with -o, or remove old ones", "every number is taken");
}

/* The number in ".SCENARIO-N.partial" or "SCENARIO-N"; 0: it is no such name. */
static unsigned number_of(const char *entry, const char *stem)
{
    const char *name = strrchr(stem, '/') + 1;
    size_t n = strlen(name);
    bool hidden = entry[0] == '.';
    if (strncmp(entry + hidden, name, n) != 0) return 0;
    char *end;
    unsigned long number = strtoul(entry + hidden + n, &end, 10);
    bool whole = strcmp(end, hidden ? ".partial" : "") == 0 && entry[hidden + n] >= '1' && entry[hidden + n] <= '9';
    return whole && number < NUMBERS_MOST ? (unsigned)number : 0;
}

/* The latest folder in which a run can go on, or the next free number. */
static int choose_unfinished(struct place *place, struct orgsim_where *where)
{
    unsigned latest = 0;
    DIR *entries = opendir(FOLDER_OF_RESULTS);
    const struct dirent *entry;
    while (entries && (entry = readdir(entries))) {
        unsigned number = number_of(entry->d_name, place->stem);
        char *path = number > latest ? file_join(FOLDER_OF_RESULTS, entry->d_name) : NULL;
        if (path && has_blocks(path)) latest = number;
        memory_free(path);
    }
    if (entries) closedir(entries);
    return latest ? set_number(place, latest, where) : choose_number(place, 1, where);
}

static int choose_target(struct place *place, struct orgsim_where *where)
{
    const char *output = place->plan.output;
    if (output) {
        size_t n = strlen(output);
        while (n > 1 && output[n - 1] == '/') n--;
        return set_target(place, memory_string_n(output, n), where);
    }
    struct text stem = {0};
    text_add(&stem, FOLDER_OF_RESULTS "/");
    add_scenario_name(&stem, place->plan.scenario->path);
    text_add(&stem, "-");
    place->stem = made_string(&stem);
    if (!place->stem) return fail_memory(where);
    return place->plan.resume ? choose_unfinished(place, where) : choose_number(place, 1, where);
}

/* --- what is there already ---------------------------------------------------------------------------------------------------------- */

static bool is_empty(const char *folder)
{
    DIR *entries = opendir(folder);
    if (!entries) return false;
    size_t n = 0;
    while (readdir(entries)) n++;
    closedir(entries);
    return n <= 2;
}

/* An existing folder may be replaced only on demand, and only if orgsim wrote it. */
static int check_target(const struct place *place, struct orgsim_where *where)
{
    if (!file_exists(place->target)) return ORGSIM_OK;
    if (!place->plan.force) {
        return error_set(where, ORGSIM_ERROR_USAGE, place->target, 0, 0, "name another folder with -o, or replace it with --force",
                         "exists already");
    }
    struct orgsim_where why = {0};
    json_t *manifest = NULL;
    int status = file_is_folder(place->target) ? saved_manifest(place->target, &manifest, &why) : ORGSIM_ERROR_IO;
    json_decref(manifest);
    if (!status || status == ORGSIM_ERROR_TOO_OLD || (status == ORGSIM_ERROR_IO && is_empty(place->target))) return ORGSIM_OK;
    if (status == ORGSIM_ERROR_MEMORY) return fail_memory(where);
    if (status == ORGSIM_ERROR_TOO_NEW)
        return error_set(where, ORGSIM_ERROR_USAGE, place->target, 0, 0, "name another folder with -o, or use that version",
                         "holds results of a newer version, so --force does not replace it: manifest.json %s", why.what);
    return error_set(where, ORGSIM_ERROR_USAGE, place->target, 0, 0, "name another folder with -o",
                     "is not a folder of results (it has no manifest.json of orgsim), so --force does not replace it");
}

static void unlock_folder(struct place *place)
{
    if (place->lock) close(place->lock);
    place->lock = 0;
}

/* Removes everything but the blocks. */
static int clear_partial(const struct place *place, struct orgsim_where *where)
{
    int status = ORGSIM_OK;
    DIR *entries = opendir(place->partial);
    const struct dirent *entry;
    while (!status && entries && (entry = readdir(entries))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || strcmp(entry->d_name, FOLDER_OF_BLOCKS) == 0) continue;
        char *path = file_join(place->partial, entry->d_name);
        status = !path ? fail_memory(where) : file_is_folder(path) ? file_remove_tree(path, where) : ORGSIM_OK;
        if (!status && unlink(path) && errno != ENOENT)
            status = error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "check its permissions", "cannot be removed: %s", strerror(errno));
        memory_free(path);
    }
    if (entries) closedir(entries);
    return status;
}

/* --- a run that goes on ------------------------------------------------------------------------------------------------------------- */

/* Whether the target holds the results of this very run, as its manifest tells, and whether these are complete. */
static int check_finished(struct place *place, bool *interrupted, struct orgsim_where *where)
{
    json_t *manifest = NULL;
    char digest[24];
    int status = saved_manifest(place->target, &manifest, where);
    if (status) return status;
    const char *command = json_string_value(json_object_get(manifest, "command")), *tables = json_string_value(json_object_get(manifest, "scenario_digest"));
    snprintf(digest, sizeof digest, "%016" PRIx64, place->plan.scenario->digest);
    *interrupted = json_is_true(json_object_get(manifest, "interrupted"));
    bool other = !command || !tables || strcmp(command, place->plan.command) != 0 || strcmp(tables, digest) != 0;
    if (other && !*interrupted) /* of an interrupted one the blocks know better what differs */
        status = error_set(where, ORGSIM_ERROR_USAGE, place->target, 0, 0, "name another folder with -o, or replace it with --force and without --resume",
                           "holds results of another run (%.200s)", command && strcmp(command, place->plan.command) != 0 ? command : "its scenario has changed since");
    json_decref(manifest);
    return status;
}

/* Blocks of this very run in the folder: opened, or refused. */
static int take_blocks(struct place *place, const char *folder, struct orgsim_where *where)
{
    char *path = file_join(folder, FOLDER_OF_BLOCKS);
    int status = path ? blocks_open(&place->blocks, path, false, where) : fail_memory(where);
    if (!status) status = identity_check(place->plan.identity, blocks_identity(place->blocks), true, path, where);
    memory_free(path);
    return status;
}

/* After another rename than ours the name of the blocks' folder is a new one. */
static int reopen_blocks(struct place *place, struct orgsim_where *where)
{
    blocks_close(place->blocks);
    place->blocks = NULL;
    return take_blocks(place, place->partial, where);
}

static int remove_blocks(const char *folder, struct orgsim_where *where)
{
    char *path = file_join(folder, FOLDER_OF_BLOCKS);
    int status = !path ? fail_memory(where) : file_exists(path) ? file_remove_tree(path, where) : ORGSIM_OK;
    memory_free(path);
    return status;
}

/* The results stand, but the process may have ended while it was clearing away its blocks. */
static int leave_finished(struct place *place, struct orgsim_where *where)
{
    place->finished = true;
    return remove_blocks(place->target, where);
}

/* An interrupted run was put in its place with its blocks: it steps back beside it. */
static int take_back(struct place *place, struct orgsim_where *where)
{
    bool interrupted = true;
    int status = file_lock_folder(place->target, &place->lock, where);
    if (!status) status = check_finished(place, &interrupted, where);
    if (!status && !interrupted) return leave_finished(place, where);
    if (!status) status = take_blocks(place, place->target, where);
    if (!status && file_exists(place->partial)) status = file_remove_tree(place->partial, where);
    if (!status && rename(place->target, place->partial))
        status = error_set(where, ORGSIM_ERROR_IO, place->target, 0, 0, "check its permissions", "cannot be renamed: %s", strerror(errno));
    return status ? status : reopen_blocks(place, where);
}

static int enter_again(struct place *place, struct orgsim_where *where)
{
    if (has_blocks(place->partial)) {
        int status = check_target(place, where);
        if (!status) status = file_lock_folder(place->partial, &place->lock, where);
        return status ? status : take_blocks(place, place->partial, where);
    }
    if (has_blocks(place->target)) return take_back(place, where);
    bool interrupted = true;
    int status = check_finished(place, &interrupted, where);
    if (!status && interrupted)
        return error_set(where, ORGSIM_ERROR_USAGE, place->target, 0, 0, "name another folder with -o, or replace it with --force and without --resume",
                         "was interrupted, and its blocks are no longer there to go on with");
    return status ? status : leave_finished(place, where);
}

/* A new run; what an earlier one left half done is in the way if there is work in it. */
static int enter_anew(struct place *place, struct orgsim_where *where)
{
    int status = check_target(place, where);
    if (status || !file_exists(place->partial)) return status;
    status = file_lock_folder(place->partial, &place->lock, where);
    if (!status && has_blocks(place->partial) && !place->plan.force)
        return error_set(where, ORGSIM_ERROR_USAGE, place->target, 0, 0, "go on with --resume, or begin anew with --force", "an unfinished run of it is there, in %s",
                         place->partial);
    if (!status) status = file_remove_tree(place->partial, where);
    unlock_folder(place);
    return status;
}

/* --- open, commit, free ------------------------------------------------------------------------------------------------------------- */

static int make_partial(struct place *place, struct orgsim_where *where)
{
    int status = file_make_folder(place->partial, where);
    if (!status && !place->lock) status = file_lock_folder(place->partial, &place->lock, where);
    if (!status) place->made = true;
    if (status || !place->plan.identity || place->blocks) return status;
    char *path = file_join(place->partial, FOLDER_OF_BLOCKS);
    status = path ? blocks_create(&place->blocks, path, place->plan.identity, where) : fail_memory(where);
    memory_free(path);
    return status;
}

int place_open(struct place *place, const struct place_plan *plan, struct orgsim_where *where)
{
    *place = (struct place){.plan = *plan};
    int status = choose_target(place, where);
    bool again = !status && plan->resume && (has_blocks(place->partial) || file_exists(place->target));
    if (!status) status = again ? enter_again(place, where) : enter_anew(place, where);
    if (status || place->finished) return status;
    status = make_partial(place, where);
    return status || !again ? status : clear_partial(place, where);
}

/* Puts the complete folder in its place; one that is there already steps aside first, and comes back if that fails. */
static int replace_target(const struct place *place, struct orgsim_where *where)
{
    char kind[32];
    snprintf(kind, sizeof kind, "old-%ld", (long)getpid());
    char *old = beside(place->target, kind);
    if (!old) return fail_memory(where);
    int status = ORGSIM_OK;
    if (rename(place->target, old)) {
        status = error_set(where, ORGSIM_ERROR_IO, place->target, 0, 0, "name another folder with -o", "cannot be moved aside: %s", strerror(errno));
    } else if (rename(place->partial, place->target)) {
        status = error_set(where, ORGSIM_ERROR_IO, place->target, 0, 0, "name another folder with -o", "cannot be replaced: %s", strerror(errno));
        if (rename(old, place->target)) status = error_set(where, ORGSIM_ERROR_IO, old, 0, 0, "rename it back", "holds the earlier results");
    } else {
        status = file_remove_tree(old, where);
    }
    memory_free(old);
    return status;
}

/* A number may have been taken by another run meanwhile: the partial folder keeps its name and goes to the next. */
static int next_number(struct place *place, struct orgsim_where *where)
{
    char *partial = place->partial;
    place->partial = NULL;
    int status = choose_number(place, 1, where);
    memory_free(place->partial);
    place->partial = partial;
    return status;
}

static int put_in_place(struct place *place, struct orgsim_where *where)
{
    while (file_exists(place->target)) {
        int status = place->stem ? next_number(place, where) : check_target(place, where);
        if (status) return status;
        if (!place->stem) return replace_target(place, where);
    }
    if (rename(place->partial, place->target) == 0) return ORGSIM_OK;
    return error_set(where, ORGSIM_ERROR_IO, place->target, 0, 0, "name another folder with -o", "cannot be made: %s", strerror(errno));
}

int place_commit(struct place *place, bool interrupted, struct orgsim_where *where)
{
    int status = place->blocks && interrupted ? blocks_flush(place->blocks, where) : ORGSIM_OK;
    if (!status) status = put_in_place(place, where);
    if (status) return status;
    place->made = false;
    return interrupted ? ORGSIM_OK : remove_blocks(place->target, where);
}

void place_free(struct place *place)
{
    if (place->made && !has_blocks(place->partial)) {
        struct orgsim_where ignored = {0};
        int left = file_remove_tree(place->partial, &ignored); /* what cannot be removed stays behind under its hidden name */
        (void)left;
    }
    unlock_folder(place);
    blocks_close(place->blocks);
    memory_free(place->stem);
    memory_free(place->target);
    memory_free(place->partial);
    *place = (struct place){0};
}
