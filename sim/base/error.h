/* error.h: filling in where an error arose, and collecting problems */
#ifndef ORGSIM_BASE_ERROR_H
#define ORGSIM_BASE_ERROR_H

#include <orgsim/error.h>

/* Fills `where` (may be NULL) and returns `error`, so that a failing line reads: return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "...", "...", ...). */
int error_set(struct orgsim_where *where, int error, const char *file, size_t line, size_t column, const char *todo, const char *what_format, ...)
    __attribute__((format(printf, 7, 8)));

/* Appends a problem (is_note 0) or a note; a failed allocation keeps the earlier ones and returns ORGSIM_ERROR_MEMORY. */
int problems_add(struct orgsim_problems *problems, int is_note, const char *file, size_t line, size_t column, const char *todo,
                 const char *what_format, ...) __attribute__((format(printf, 7, 8)));

/* Stable sort by file (order of first appearance), line, column. */
void problems_sort(struct orgsim_problems *problems);

/* Number of problems that are not notes. */
size_t problems_count(const struct orgsim_problems *problems);

#endif
