/* ids.h: names of rows, found in constant time */
#ifndef ORGSIM_SCENARIO_IDS_H
#define ORGSIM_SCENARIO_IDS_H

#include <stddef.h>

#define IDS_NONE ((size_t)-1)

/* Zero it before ids_create(); free with ids_free(), also after an error. Names are borrowed. */
struct ids {
    struct ids_slot { const char *name; size_t row; } *slots;
    size_t size, n;
    const char **names; /* in the order in which they were added */
};

/* Makes room for `most` names. 0 or ORGSIM_ERROR_MEMORY. */
int ids_create(struct ids *ids, size_t most);
void ids_free(struct ids *ids);

/* Adds a name; returns IDS_NONE, or the row that has it already (then nothing changes). */
size_t ids_add(struct ids *ids, const char *name, size_t row);

/* Row of a name, or IDS_NONE. */
size_t ids_find(const struct ids *ids, const char *name);

/* The nearest name, or NULL. */
const char *ids_nearest(const struct ids *ids, const char *name);

#endif
