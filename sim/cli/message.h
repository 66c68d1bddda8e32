/* message.h: what the command says besides its answer */
#ifndef ORGSIM_CLI_MESSAGE_H
#define ORGSIM_CLI_MESSAGE_H

#include <stdbool.h>

#include <orgsim/error.h>

#include "base/text.h"
#include "cli/options.h"

/* `file:line:column: what; what to do`, as much of it as there is, without an end of line. */
void message_format(struct text *text, const struct orgsim_where *where);

/* On stderr: `orgsim: ` and where, or the meaning of the error when where says nothing. Returns the exit status for the error. */
int message_error(int error, const struct orgsim_where *where);

/* On stderr, each on its line. notes: those of files, too; what --set is told is told always, since it stands in no file. Returns how many were not said. */
size_t message_problems(const struct orgsim_problems *problems, bool notes);

/* Writes the answer to stdout. Returns the exit status: 0, or 1 with a message when stdout is full or closed. */
int message_answer(const struct text *text);

/* Writes JSON where the options want it: to their file, or to stdout. Returns the exit status. */
int message_json(const struct options *options, const struct text *json);

/* Whether the answer as text is wanted on stdout: not when quiet, and not when JSON goes there. */
bool message_wants_text(const struct options *options);

/* Whether stdout takes colours. */
bool message_wants_colour(const struct options *options);

#endif
