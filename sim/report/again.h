/* again.h: the page of a finished run, drawn again from its folder for a reader, with what other commands have left there */
#ifndef ORGSIM_REPORT_AGAIN_H
#define ORGSIM_REPORT_AGAIN_H

#include <stdbool.h>

#include <orgsim/error.h>

#include "report/report.h"

struct again_asked {
    const char *folder;
    enum report_audience audience;
    bool pdf, xlsx; /* beside the page: report.pdf, report.xlsx */
    const volatile int *stop; /* set: what is not made yet is left out; NULL: never */
};

/* What stands in the folder now. Zero it; free with again_free(). */
struct again_made {
    bool page, pdf, xlsx;
    bool studied, valued; /* which assumptions move the answer, and what to measure first, were there */
    bool checked;         /* the simulator was held against what is known */
    bool ignorance;       /* the run had drawn what nobody knows */
    char *scenario;       /* path and conditions of the run, as they follow a command */
    struct text sentence; /* the finding, as plain text */
};

/* Writes FOLDER/report.html, then what else was asked for; each file appears complete or not at all. An error after the page leaves the page, and
 * `made` says so. ORGSIM_ERROR_TOOL: what a file needs is missing, named with its package; ORGSIM_ERROR_INTERRUPTED: asked->stop was set; else the errors of orgsim_saved_read(). */
int again_write(const struct again_asked *asked, struct again_made *made, struct orgsim_where *where) ORGSIM_MUST_CHECK;
void again_free(struct again_made *made);

/* The answer for the terminal and for programs. */
void again_answer(struct text *text, const struct again_asked *asked, const struct again_made *made);
int again_json(struct text *text, const struct again_asked *asked, const struct again_made *made) ORGSIM_MUST_CHECK;

#endif
