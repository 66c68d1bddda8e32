/* studies.h: what other commands found about the same scenario, read from files that they left in the folder of results
 *
 *     breakeven.json     orgsim breakeven SCENARIO --json=RUN_DIR/breakeven.json: every number alone, at both ends of its range
 */
#ifndef ORGSIM_REPORT_STUDIES_H
#define ORGSIM_REPORT_STUDIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <orgsim/breakeven.h>
#include <orgsim/error.h>

#define STUDIES_BREAK_EVEN "breakeven.json"

/* Zero it before studies_read(); free with studies_free(), also after an error. Rows that were not tried are left out. */
struct studies {
    uint64_t worlds;                    /* of each value; 0: there is no breakeven.json */
    size_t n;
    struct orgsim_break_even_row *row;  /* by how far net value swings between the ends of the range, widest first; `unit` and `meaning`
                                           are those of the registry, or "" */
    size_t turning;                     /* rows in whose range the mean change of net value crosses zero */
};

/* The study must be of the same organisations: `baseline`, `headline`, and of the scenario of that digest. ORGSIM_ERROR_IO with what is wrong and
 * what to do; ORGSIM_ERROR_MEMORY. A study that is not there is no error. */
int studies_read(struct studies *studies, const char *folder, const char *baseline, const char *headline, const char *digest,
                 struct orgsim_where *where) ORGSIM_MUST_CHECK;
void studies_free(struct studies *studies);

#endif
