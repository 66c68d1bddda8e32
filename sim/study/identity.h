/* identity.h: of which run blocks are, as lines `name value` that a person can read as well
 *
 * Blocks of two runs may be put together only when everything that a result depends on is the same. The lines say all of it, so that a refusal
 * can name what differs.
 */
#ifndef ORGSIM_STUDY_IDENTITY_H
#define ORGSIM_STUDY_IDENTITY_H

#include <stdbool.h>

#include <orgsim/run.h>

#include "base/text.h"

#define IDENTITY_FORMAT 1
#define IDENTITY_MOST ((size_t)1 << 20) /* bytes */

/* Part `number` of `of`, counted from 1; 1 of 1: the whole run. */
struct identity_shard { uint64_t number, of; };

/* What the blocks belong to. Everything is borrowed. */
struct identity {
    const struct orgsim_scenario *scenario;
    const struct orgsim_run_options *options;
    struct identity_shard shard;
    const char *command; /* the line that reproduces the run, from report_command_line() */
    int argc;            /* as it was typed, for orgsim merge */
    char *const *argv;
};

void identity_write(struct text *text, const struct identity *identity);

/* 0 when both are of one run; else the error, of which `where` names the first difference. file: where `theirs` was read. whole: shard number and
 * all; else they may be different shards. ORGSIM_ERROR_TOO_OLD and ORGSIM_ERROR_TOO_NEW: of another format; ORGSIM_ERROR_USAGE: of another run;
 * ORGSIM_ERROR_IO: not such lines at all. */
int identity_check(const char *mine, const char *theirs, bool whole, const char *file, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Whether the format of the lines is this version's; the errors of identity_check(). */
int identity_check_format(const char *theirs, const char *file, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* The value of the nth line of that name, counted from 0, as it was before it was written; NULL when there is none or no memory. Freed by the
 * caller with memory_free(). */
char *identity_value(const char *text, const char *name, size_t nth) __attribute__((warn_unused_result));

/* A whole number, 0 when there is none. */
uint64_t identity_number(const char *text, const char *name);

/* The blocks of this shard: from *first up to before *end. False when the lines make no sense. */
bool identity_range(const char *text, uint64_t *first, uint64_t *end);

#endif
