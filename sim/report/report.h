/* report.h: a run becomes a folder of results, an answer for the terminal and JSON
 *
 * The use by a subcommand, in this order (nothing here prints; what a person reads goes into a struct text):
 *
 *     status = report_open(&report, &plan, where);           before the run: a temporary folder beside the target
 *     status = orgsim_run(...);                               options.block calls report_block(report, block)
 *     status = report_finish(report, &results, ending, where); writes every file, then renames the folder into place
 *     report_answer(&text, &plan, &results, ...);             about ten lines
 *     report_free(report);                                    always; removes the temporary folder of an unfinished report
 *
 * Every byte of the folder but run.log is a function of scenario, seed, worlds, arms, tick, levers and command.
 */
#ifndef ORGSIM_REPORT_REPORT_H
#define ORGSIM_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include <orgsim/attribution.h>
#include <orgsim/ignorance.h>
#include <orgsim/error.h>
#include <orgsim/run.h>

#include "base/text.h"

struct studies;

/* Whom the page is for: somebody who decides reads a short one with two significant figures, somebody who checks it gets everything. */
enum report_audience { REPORT_ENGINEER, REPORT_DIRECTOR };

/* What is run and where its results go. Everything is borrowed until report_free(). */
struct report_plan {
    const struct orgsim_scenario *scenario;
    const struct orgsim_run_options *options; /* arms NULL: all of the scenario; `isa` and `threads` reach run.log only */
    const char *command; /* the line that reproduces the run, from report_command_line() */
    const char *output;  /* folder to make; NULL: ./orgsim-results/SCENARIO-N with the next free N */
    bool force;          /* an existing folder is replaced, if it is one that orgsim wrote (it holds manifest.json) */
    bool outcomes;       /* write outcomes.csv */
    bool figures;        /* draw figures (svg, png); their scripts and data are written in any case */
    bool hurry;          /* an interrupted run leaves out its figures, because whoever interrupted it soon ends it; else it draws what it lived */
    bool checkpoint;     /* blocks are kept in the folder as they finish, so that the run can go on after whatever ends it */
    double checkpoint_seconds; /* between two writings; 0: each block at once */
    bool resume;         /* the run goes on where the folder's earlier one stopped; begins where there is none; needs checkpoint */
    int argc;            /* with checkpoint: the command line as it was typed */
    char *const *argv;
    const struct orgsim_attribution *attribution; /* filled before report_finish(); NULL, or of no worlds: left out */
    const struct orgsim_ignorance *ignorance;     /* the same; NULL, or of no draws: left out */
    enum report_audience audience;
    const struct studies *studies; /* what other commands found and left in the folder; NULL: nothing */
};

struct blocks;
struct report;

/* Appends the command line as one would type it again: argv[0] becomes `orgsim`; -j/--threads, -o/--output, --isa and the options that only say
 * how the answer is shown (--force, --quiet, --verbose, --no-progress, --color, --json) or how the work is parted (--resume, --save-every, --shard) are left out, because results do not depend on them;
 * other arguments are quoted for a shell where needed. */
void report_command_line(struct text *text, int argc, char *const *argv);

/* Makes the temporary folder and opens outcomes.csv. ORGSIM_ERROR_USAGE: the folder exists and force is off, or is not one that orgsim wrote, or an
 * unfinished run is there that is not to go on, or one of something else; ORGSIM_ERROR_TOO_OLD, ORGSIM_ERROR_TOO_NEW: its blocks are of another format;
 * ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. *report is NULL after an error. */
int report_open(struct report **report, const struct report_plan *plan, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Streams one block to outcomes.csv, in block order; does nothing when outcomes are off. 0 or ORGSIM_ERROR_IO (report_error() says more). */
int report_block(struct report *report, const struct orgsim_block *block) ORGSIM_MUST_CHECK;

/* What went wrong in report_block(); zeroed when nothing did. Owned by the report. */
const struct orgsim_where *report_error(const struct report *report);

/* Writes summary.csv, comparison.csv, timeline.csv, packages.csv, assumptions.csv, attribution.csv, manifest.json, run.log, figures/ and report.html and renames
 * the folder into place. interrupted: the results hold only the blocks that were finished; manifest, report and answer say so.
 * ORGSIM_ERROR_TOOL: gnuplot is missing or failed; the folder stands nevertheless, complete but for the pictures.
 * After any other error nothing is left at the target. */
int report_finish(struct report *report, const struct orgsim_results *results, bool interrupted, struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* Whether report_finish() left out figures: options->stop was set while they were drawn, or before and plan.hurry is on. */
bool report_hurried(const struct report *report);

/* The folder of results, as the user would name it; before report_finish() the one that is meant. Owned by the report. */
const char *report_folder(const struct report *report);

/* With resume: the results are there already, complete; there is nothing to run. */
bool report_is_finished(const struct report *report);

/* Where blocks are kept; NULL without checkpoint. Owned by the report. */
struct blocks *report_blocks(const struct report *report);

/* Frees the report; an unfinished one leaves nothing behind but blocks that were stored. NULL is legal. */
void report_free(struct report *report);

/* How the answer is said. */
struct report_style {
    bool colour;        /* ANSI colours */
    bool all_arms;      /* every arm that was run; else baseline, coordinator, costume, tpm, headline and the best rival */
    bool interrupted;
    bool hurried;       /* figures were left out for that */
    const char *folder; /* of the results; NULL: not written */
};

/* The answer in about ten lines: the sentence with its downside, the table, paired differences, break-even, precision, where, what next. */
void report_answer(struct text *text, const struct report_plan *plan, const struct orgsim_results *results, const struct report_style *style);

/* The same results for programs: {headline, arms: [...], comparisons: [...]} and what else manifest.json says. Infinite and undefined: null.
 * 0 or ORGSIM_ERROR_MEMORY. */
int report_json(struct text *text, const struct report_plan *plan, const struct orgsim_results *results, bool interrupted) ORGSIM_MUST_CHECK;

/* How the headline arm's mean net value stands to the baseline's: what --check asks first (exit 3 unless PAYS or COSTS). */
enum report_verdict { VERDICT_PAYS, VERDICT_COSTS, VERDICT_UNDECIDED, VERDICT_NO_RIVAL /* headline is the baseline */ };
enum report_verdict report_verdict(const struct orgsim_results *results);

#endif
