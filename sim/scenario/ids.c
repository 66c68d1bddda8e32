/* ids.c: names of rows, in an open hash table at most half full */
#include "scenario/ids.h"

#include <string.h>

#include <orgsim/error.h>

#include "base/memory.h"
#include "base/text.h"

int ids_create(struct ids *ids, size_t most)
{
    for (ids->size = 4; ids->size < 2 * most;) ids->size *= 2;
    ids->slots = memory_array(ids->size, sizeof *ids->slots);
    ids->names = memory_array(most, sizeof *ids->names);
    return ids->slots && ids->names ? 0 : ORGSIM_ERROR_MEMORY;
}

void ids_free(struct ids *ids)
{
    memory_free(ids->slots);
    memory_free((void *)ids->names);
    *ids = (struct ids){0};
}

/* The slot that holds the name, or the free one where it belongs. */
static struct ids_slot *slot_of(const struct ids *ids, const char *name)
{
    size_t i = (size_t)text_digest(TEXT_DIGEST_START, name, strlen(name)) & (ids->size - 1);
    while (ids->slots[i].name && strcmp(ids->slots[i].name, name)) i = (i + 1) & (ids->size - 1);
    return &ids->slots[i];
}

size_t ids_add(struct ids *ids, const char *name, size_t row)
{
    struct ids_slot *slot = slot_of(ids, name);
    if (slot->name) return slot->row;
    *slot = (struct ids_slot){name, row};
    ids->names[ids->n++] = name;
    return IDS_NONE;
}

size_t ids_find(const struct ids *ids, const char *name)
{
    if (!ids->slots) return IDS_NONE;
    const struct ids_slot *slot = slot_of(ids, name);
    return slot->name ? slot->row : IDS_NONE;
}

const char *ids_nearest(const struct ids *ids, const char *name) { return text_nearest(name, ids->names, ids->n); }
