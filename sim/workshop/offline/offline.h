/* offline.h: a workshop of one, without a network and without threads: requests in, replies and news out
 *
 * The same room, API and engine as of orgsim serve; who drives it hands over requests as a browser would, and lets it work in turns. Compiled to
 * WebAssembly it is what an exported page computes with; compiled natively it is what the page's numbers are compared with.
 */
#ifndef ORGSIM_WORKSHOP_OFFLINE_H
#define ORGSIM_WORKSHOP_OFFLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct offline;

/* Reads the scenario in `folder` with `settings` as of --set, and the lesson (NULL: the program's), lives it as it is and opens the room. hear: gets server-sent events as they come, also while worlds are lived.
 * NULL after an error, whose words are in `why`. */
struct offline *offline_open(const char *folder, const char *const *settings, size_t n_settings, const char *lesson, uint64_t seed, uint64_t worlds,
                             void (*hear)(void *context, const char *events), void *context, struct text *why);
void offline_close(struct offline *offline); /* NULL is legal */

/* Answers a request of api.h; leads: as the facilitator. Appends "STATUS\n" and the reply. world and body may be NULL. */
void offline_ask(struct offline *offline, const char *path, bool leads, const char *world, const char *body, struct text *reply);

/* Serves one wish or lives one world to be told; false: nothing is left to do. */
bool offline_turn(struct offline *offline);

#endif
