/* import_psplib.h: a project of PSPLIB as a scenario that is only a schedule
 *
 * PSPLIB (Kolisch & Sprecher 1997) is the usual collection of scheduling problems; its single-mode files end in .sm. The format: named lines
 * of the head, then one row a job under PRECEDENCE RELATIONS and under REQUESTS/DURATIONS, then RESOURCEAVAILABILITIES. Jobs are numbered so
 * that predecessors come first; the first and the last are dummies that take no time.
 */
#ifndef ORGSIM_SCENARIO_IMPORT_PSPLIB_H
#define ORGSIM_SCENARIO_IMPORT_PSPLIB_H

#include <stdint.h>

#include "base/error.h"
#include "scenario/columns.h"

#define IMPORT_PSPLIB_BYTES ((size_t)16 << 20)
#define IMPORT_PSPLIB_LOW 8u   /* tenths: duration d becomes Triangular(0.8 d, d, 1.6 d) */
#define IMPORT_PSPLIB_HIGH 16u
#define IMPORT_PSPLIB_INSTANT "0.000001" /* weeks of a job inside the project that takes no time: an effort must be above 0 */

/* Zero it; free with import_psplib_free(), also after an error. Jobs count from 0 here, from 1 in the file. */
struct import_psplib {
    size_t n_jobs, n_links, n_resources;
    uint32_t *duration;        /* [job] weeks */
    uint32_t *first;           /* [job + 1] its successors are successor[first[job]] .. successor[first[job + 1] - 1] */
    uint32_t *successor;       /* [link] */
    uint32_t *capacity;        /* [resource] units that the file has of it: for the page, not for the schedule */
    uint32_t longest;          /* path by durations, weeks */
    size_t links_capacity;
};

/* Reads the n bytes of a .sm file, strictly; `file` is shown in messages. 0; ORGSIM_ERROR_SCENARIO with problems; ORGSIM_ERROR_MEMORY. */
int import_psplib_read(struct import_psplib *project, const char *file, const char *data, size_t n, struct orgsim_problems *problems);
void import_psplib_free(struct import_psplib *project);

/* Whether the job is the dummy at the start or at the end, which becomes no package. */
bool import_psplib_is_dummy(const struct import_psplib *project, size_t job);

/* Every table of the scenario, into texts that the caller zeroes and frees, and the page that says what was left out. `name`: of the program,
 * plain letters. The caller looks at text.failed. */
void import_psplib_tables(const struct import_psplib *project, const char *name, struct text texts[TABLES]);
void import_psplib_page(const struct import_psplib *project, const char *name, struct text *page);

#endif
