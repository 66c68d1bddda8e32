/* store.c: what people answered, in SQLite */
#include "workshop/store.h"

#include <sqlite3.h>
#include <stdio.h>

#include "base/error.h"
#include "base/memory.h"

#define FORMAT "1"
#define BUSY_MS 2000

enum statement { RECALL, REMEMBER, ANSWER, STATEMENTS };

struct store {
    sqlite3 *file;
    sqlite3_stmt *statements[STATEMENTS];
};

static const char schema[] =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS answer(number INTEGER PRIMARY KEY, person TEXT NOT NULL, question TEXT NOT NULL, value INTEGER NOT NULL,"
    " at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, UNIQUE(person, question));";

static const char *const sql[STATEMENTS] = {
    "SELECT value FROM meta WHERE key = ?1",
    "INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    ("INSERT INTO answer(person, question, value) VALUES(?1, ?2, ?3) ON CONFLICT(person, question) "
     "DO UPDATE SET value = excluded.value, at = CURRENT_TIMESTAMP"),
};

static int failed(const struct store *store, const char *path, struct orgsim_where *where)
{
    return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "name another file with -o", "the session cannot be kept there: %s",
                     store->file ? sqlite3_errmsg(store->file) : "out of memory");
}

static int run(struct store *store, enum statement which)
{
    int result = sqlite3_step(store->statements[which]);
    sqlite3_reset(store->statements[which]);
    return result == SQLITE_DONE ? 0 : ORGSIM_ERROR_IO;
}

/* A file belongs to one scenario: votes about another would be mixed up. */
static int check_owner(struct store *store, const char *path, uint64_t digest, struct orgsim_where *where)
{
    char wanted[32], format[256], owner[256];
    snprintf(wanted, sizeof wanted, "%016llx", (unsigned long long)digest);
    if (store_recall(store, "format", format) || store_recall(store, "scenario", owner)) return failed(store, path, where);
    if (!*format) return store_remember(store, "format", FORMAT) || store_remember(store, "scenario", wanted) ? failed(store, path, where) : 0;
    for (const char *a = wanted, *b = owner; *a || *b; a++, b++)
        if (*a != *b)
            return error_set(where, ORGSIM_ERROR_USAGE, path, 0, 0, "name another file with -o", "this session belongs to another scenario");
    return 0;
}

int store_open(struct store **out, const char *path, uint64_t digest, struct orgsim_where *where)
{
    struct store *store = memory_array(1, sizeof *store);
    *out = NULL;
    if (!store) return ORGSIM_ERROR_MEMORY;
    int status = 0;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(path ? path : ":memory:", &store->file, flags, NULL) != SQLITE_OK) status = failed(store, path, where);
    if (!status) sqlite3_busy_timeout(store->file, BUSY_MS);
    if (!status && sqlite3_exec(store->file, schema, NULL, NULL, NULL) != SQLITE_OK) status = failed(store, path, where);
    for (int k = 0; k < STATEMENTS && !status; k++)
        if (sqlite3_prepare_v2(store->file, sql[k], -1, &store->statements[k], NULL) != SQLITE_OK) status = failed(store, path, where);
    if (!status) status = check_owner(store, path, digest, where);
    if (status) store_close(store);
    else *out = store;
    return status;
}

void store_close(struct store *store)
{
    if (!store) return;
    for (int k = 0; k < STATEMENTS; k++) sqlite3_finalize(store->statements[k]);
    sqlite3_close(store->file);
    memory_free(store);
}

int store_recall(struct store *store, const char *key, char value[256])
{
    sqlite3_stmt *statement = store->statements[RECALL];
    value[0] = '\0';
    sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) snprintf(value, 256, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_reset(statement);
    return result == SQLITE_ROW || result == SQLITE_DONE ? 0 : ORGSIM_ERROR_IO;
}

int store_remember(struct store *store, const char *key, const char *value)
{
    sqlite3_bind_text(store->statements[REMEMBER], 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_text(store->statements[REMEMBER], 2, value, -1, SQLITE_STATIC);
    return run(store, REMEMBER);
}

int store_answer(struct store *store, const char *person, const char *question, int value)
{
    sqlite3_bind_text(store->statements[ANSWER], 1, person, -1, SQLITE_STATIC);
    sqlite3_bind_text(store->statements[ANSWER], 2, question, -1, SQLITE_STATIC);
    sqlite3_bind_int(store->statements[ANSWER], 3, value);
    return run(store, ANSWER);
}

int store_answers(struct store *store, void *context, int (*take)(void *context, const char *person, const char *question, int value))
{
    sqlite3_stmt *statement = NULL;
    static const char all[] = "SELECT person, question, value FROM answer ORDER BY number";
    if (sqlite3_prepare_v2(store->file, all, -1, &statement, NULL) != SQLITE_OK) return ORGSIM_ERROR_IO;
    int status = 0, result;
    while (!status && (result = sqlite3_step(statement)) == SQLITE_ROW)
        status = take(context, (const char *)sqlite3_column_text(statement, 0), (const char *)sqlite3_column_text(statement, 1),
                      sqlite3_column_int(statement, 2));
    if (!status && result != SQLITE_DONE) status = ORGSIM_ERROR_IO;
    sqlite3_finalize(statement);
    return status;
}
