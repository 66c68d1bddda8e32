/* snapshot.h: results as the page draws them: fifty dots for each organisation, and what the difference is worth
 *
 * "Kept" is counted from the dots that are drawn, so that what a person counts is what the words say.
 */
#ifndef ORGSIM_WORKSHOP_SNAPSHOT_H
#define ORGSIM_WORKSHOP_SNAPSHOT_H

#include <jansson.h>

#include <orgsim/run.h>

#include "base/summary.h"
#include "study/live.h"

#define SNAPSHOT_ARMS 2 /* without, with */

/* Worlds as they come in, of the pair of organisations. Zero it; free with snapshot_free(), also after an error. */
struct snapshot {
    size_t room, n;                   /* worlds that fit, and that have come */
    float *finish[SNAPSHOT_ARMS];     /* weeks; INFINITY where cancelled or censored */
    float *sorted;                    /* room for one of them */
    struct moments cost[SNAPSHOT_ARMS], difference; /* of net value, k */
};

int snapshot_create(struct snapshot *snapshot, size_t worlds);
void snapshot_free(struct snapshot *snapshot);
void snapshot_clear(struct snapshot *snapshot);

/* Adds a block of the pair. */
void snapshot_add(struct snapshot *snapshot, const struct live_block *block);

/* Dots kept of an array of fifty as snapshot_json() counts them, for whoever needs the number. */
struct snapshot_kept { int kept[SNAPSHOT_ARMS]; double worth; };

/* {worlds, of, done, deadline, arms: [{dots, kept, p50, p80, never, cost_k}], worth: {mean, low, high}}; null for what is infinite. NULL when out
 * of memory. */
json_t *snapshot_json(struct snapshot *snapshot, double deadline, struct snapshot_kept *kept);

/* The same of a run whose rows are the pair. */
json_t *snapshot_of_results(const struct orgsim_results *results, struct snapshot_kept *kept);

#endif
