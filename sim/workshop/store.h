/* store.h: what people answered, kept in a file that survives a crash
 *
 * SQLite in WAL mode: what store_answer() accepted is in the file before the person is told so, and is found again by whoever opens it after the
 * program was killed.
 */
#ifndef ORGSIM_WORKSHOP_STORE_H
#define ORGSIM_WORKSHOP_STORE_H

#include <stdint.h>

#include <orgsim/error.h>

#include "base/text.h"

struct store;

/* path NULL: in memory. `digest` is the scenario's: a file of another scenario is refused. ORGSIM_ERROR_USAGE, _IO, _MEMORY. */
int store_open(struct store **store, const char *path, uint64_t digest, struct orgsim_where *where);
void store_close(struct store *store); /* NULL is legal */

/* A remembered word, at most 255 characters, "" when there is none; and remembering it. ORGSIM_ERROR_IO. */
int store_recall(struct store *store, const char *key, char value[256]);
int store_remember(struct store *store, const char *key, const char *value);

/* Adds or replaces an answer. ORGSIM_ERROR_IO. */
int store_answer(struct store *store, const char *person, const char *question, int value);

/* Calls `take` for each answer, by person in the order of their first one; a non-zero value ends it and is returned. */
int store_answers(struct store *store, void *context, int (*take)(void *context, const char *person, const char *question, int value));

#endif
