/* question.h: what the commands share that ask a study: the scenario, the folder of -o, the run, the forms of the answer */
#ifndef ORGSIM_CLI_QUESTION_H
#define ORGSIM_CLI_QUESTION_H

#include <orgsim/run.h>
#include <orgsim/scenario.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/progress.h"

/* Loads the scenario in `path` with the settings of the options, and says what is wrong with it. Returns the exit status; the caller frees
 * *scenario in any case. */
int question_scenario(const struct options *options, const char *path, struct orgsim_scenario **scenario);

/* Before anything is lived: refuses a folder of -o that exists, unless --force is given, or in which nothing can be written. 0, ORGSIM_ERROR_USAGE or
 * ORGSIM_ERROR_IO. */
int question_output(const struct options *options, struct orgsim_where *where);

/* Seed, worlds (`usual` without -n), tick, levers, threads, kernel and stop as the options say, with progress counted by `progress`. Organisations are the
 * caller's to add. */
struct orgsim_run_options question_run(const struct options *options, uint64_t usual, struct progress *progress);

/* Lets the ranks of an MPI job share the study of `run`: rank 0 announces it, and another rank is refused that would ask something else. command: the line
 * that reproduces it. 0, ORGSIM_ERROR_USAGE or ORGSIM_ERROR_MEMORY. */
int question_share(struct orgsim_run_options *run, const struct orgsim_scenario *scenario, const char *command, const struct invocation *invocation,
                   struct orgsim_where *where);

/* Starts the line of progress where one is wanted; noun: what is counted. */
void question_progress(struct progress *progress, const struct options *options, const char *noun);

/* Says the answer in the forms that were asked for, after the files of -o were written, and frees both texts. written, made: errors of writing the files and
 * of making the JSON, 0 for none; `files` names what lies in the folder, such as "Figure and tables". Returns the exit status. */
int question_answer(const struct options *options, struct text *text, struct text *json, int written, int made, const char *files,
                    const struct orgsim_where *where);

#endif
