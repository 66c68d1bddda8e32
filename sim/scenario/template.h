/* template.h: a new scenario folder: its files from a shipped scenario or elsewhere, written where nothing is overwritten */
#ifndef ORGSIM_SCENARIO_TEMPLATE_H
#define ORGSIM_SCENARIO_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include <orgsim/error.h>

#include "base/text.h"

struct template_file {
    char *name;
    struct text text;
};

/* Files to be written. Zero it; free also after an error. */
struct template_files {
    struct template_file *list;
    size_t n, capacity;
};
void template_free(struct template_files *files);

/* Adds a file and takes its text over, which is zeroed. ORGSIM_ERROR_MEMORY. */
int template_add(struct template_files *files, const char *name, struct text *text);

/* Whether the folder `place` holds a scenario of that name. */
bool template_is_there(const char *place, const char *name);

/* Names of the scenarios that `place` holds, sorted, added to `names` with ", " between them; a place that cannot be read holds none. */
void template_list(const char *place, struct text *names);

/* Reads the tables and pages of a scenario folder; a table without an explanation above its header row gets one. ORGSIM_ERROR_IO, _MEMORY. */
int template_read(const char *folder, struct template_files *files, struct orgsim_where *where);

/* 0 when the files can be written into `folder` without touching anything: it is not there, it is empty, or `beside` others nothing in it
 * has the name of a file to be written. A page (.md) that is there already is no hindrance: it stays. ORGSIM_ERROR_USAGE, ORGSIM_ERROR_MEMORY. */
int template_may_write(const char *folder, const struct template_files *files, bool beside, struct orgsim_where *where);

/* Writes them after template_may_write(); after an error what was written is gone again. */
int template_write(const char *folder, const struct template_files *files, struct orgsim_where *where);

#endif
