/* export.h: the workshop's page as one file that needs no network and no server
 *
 * The page of orgsim serve, the tables of a scenario, and orgsim itself, compiled to WebAssembly (sim/workshop/offline).
 */
#ifndef ORGSIM_WORKSHOP_EXPORT_H
#define ORGSIM_WORKSHOP_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <orgsim/error.h>

#include "base/text.h"

#define EXPORT_WORKER "worker.js" /* the asset that sim/workshop/offline/build makes */

struct export_plan {
    const char *scenario;           /* folder; loaded before, so that it has no problems */
    const char *const *settings;    /* as of --set */
    size_t n_settings;
    const char *lesson;             /* file, or NULL: the program's lesson for one person */
    uint64_t seed, worlds;
};

/* Whether this program was built with what a page computes with. */
bool export_is_built(void);

/* Composes the page. ORGSIM_ERROR_IO; ORGSIM_ERROR_SCENARIO: the lesson has problems, which are added; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_USAGE when the
 * folder's tables are too large for a page. */
int export_page(struct text *html, const struct export_plan *plan, struct orgsim_problems *problems, struct orgsim_where *where);

#endif
