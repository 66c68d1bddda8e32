/* file.h: whole files, and files that appear complete or not at all */
#ifndef ORGSIM_BASE_FILE_H
#define ORGSIM_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <orgsim/error.h>

/* Reads a whole regular file of at most `limit` bytes; *data is zero-terminated and freed by the caller with memory_free(). */
int file_read(const char *path, size_t limit, char **data, size_t *n, struct orgsim_where *where);

bool file_exists(const char *path);
bool file_is_folder(const char *path);

/* Writes to a temporary name beside `path`; file_commit() flushes, fsyncs and renames it into place, file_abandon() removes it. Both close it. */
struct file_writer { FILE *stream; char *path, *temporary; };
int file_create(struct file_writer *writer, const char *path, struct orgsim_where *where);
int file_commit(struct file_writer *writer, struct orgsim_where *where);
void file_abandon(struct file_writer *writer);

/* One call for text that is already complete. */
int file_write(const char *path, const char *data, size_t n, struct orgsim_where *where);

/* The same for a name that the user gave, which may be more than a file: a link is followed to its target, and into a device, a pipe or a socket the text is
 * written straight. file_write() replaces whatever has the name, so that a link in somebody else's folder of results leads nowhere. */
int file_write_named(const char *path, const char *data, size_t n, struct orgsim_where *where);

/* Makes the folder and its parents. */
int file_make_folder(const char *path, struct orgsim_where *where);

/* Whether files can be written in a folder that is there or could be made: tries it, and leaves all as it was. */
int file_try_folder(const char *path, struct orgsim_where *where);

/* Keeps other processes that ask the same away from a folder until *handle is closed or this process ends. ORGSIM_ERROR_USAGE: another one holds it.
 * A file system without such locks is trusted. */
int file_lock_folder(const char *path, int *handle, struct orgsim_where *where);

/* "a/b" newly allocated; NULL when out of memory. */
char *file_join(const char *folder, const char *name);

/* Removes a folder tree that this program wrote; refuses to follow symbolic links. */
int file_remove_tree(const char *path, struct orgsim_where *where);

#endif
