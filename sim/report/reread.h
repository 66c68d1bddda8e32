/* reread.h: a folder of results as the run saw it, so that its page can be drawn again without living a world */
#ifndef ORGSIM_REPORT_REREAD_H
#define ORGSIM_REPORT_REREAD_H

#include <jansson.h>

#include <orgsim/saved.h>

#include "report/figures.h"
#include "report/saved_table.h"
#include "report/studies.h"

/* Zero it before reread_open(); free with reread_free(), also after an error. The scenario holds only what the page needs of it: settings, money,
 * assumptions, and the arms that were lived with role and share of their seats. */
struct reread {
    struct orgsim_saved saved;
    json_t *manifest;
    struct saved_table assumptions; /* owns the words of scenario.assumption_source */
    struct orgsim_scenario scenario;
    struct scenario_seat *seats; /* of all arms */
    struct orgsim_run_options options;
    struct orgsim_results results;
    struct orgsim_attribution attribution;
    struct orgsim_ignorance ignorance;
    struct studies studies;
    struct report_plan plan;
    struct figures figures; /* as they were drawn; only their captions where they were not */
};

/* Errors are those of orgsim_saved_read() and studies_read(). */
int reread_open(struct reread *reread, const char *folder, struct orgsim_where *where) ORGSIM_MUST_CHECK;
void reread_free(struct reread *reread);

#endif
