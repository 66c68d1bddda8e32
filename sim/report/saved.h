/* saved.h: whose folder of results it is, and of which format */
#ifndef ORGSIM_REPORT_SAVED_H
#define ORGSIM_REPORT_SAVED_H

#include <jansson.h>

#include <orgsim/saved.h>

/* manifest.json of the folder, when it is one of orgsim's and of the format of this version; released by the caller with json_decref(), NULL
 * after an error. The errors are those of orgsim_saved_read(). */
int saved_manifest(const char *folder, json_t **manifest, struct orgsim_where *where) ORGSIM_MUST_CHECK;

#endif
