/** @file error.h  What can go wrong, and where it was. */
#ifndef ORGSIM_ERROR_H
#define ORGSIM_ERROR_H

#include <stddef.h>

#include <orgsim/export.h>

/* X(name, exit status of the command, what it means) */
#define ORGSIM_ERRORS(X)                                                                                                                     \
    X(OK, 0, "no error")                                                                                                                     \
    X(MEMORY, 1, "out of memory")                                                                                                            \
    X(IO, 1, "a file or folder could not be read or written")                                                                                \
    X(THREAD, 1, "a thread could not be started")                                                                                            \
    X(INTERNAL, 1, "a fault of orgsim itself")                                                                                               \
    X(USAGE, 2, "an option or argument is wrong")                                                                                            \
    X(SCENARIO, 4, "the scenario has problems")                                                                                              \
    X(TOOL, 5, "a tool is missing")                                                                                                          \
    X(INTERRUPTED, 130, "interrupted")                                                                                           \
    X(TOO_OLD, 1, "results of an older format")                                                                                   \
    X(TOO_NEW, 1, "results of a newer format")

enum orgsim_error {
#define X(name, status, meaning) ORGSIM_ERROR_##name,
    ORGSIM_ERRORS(X)
#undef X
};
#define ORGSIM_OK ORGSIM_ERROR_OK

/** Where an error arose and what to do about it. Zero it before use; it owns nothing. line and column count from 1, 0 when unknown. */
struct orgsim_where {
    char file[256];
    size_t line, column;
    char what[512];
    char todo[256];
};

/** One problem of a scenario, as `orgsim check` prints it: `file:line:column: what; what to do`. */
struct orgsim_problem {
    struct orgsim_where where;
    int is_note; /* 1: worth knowing, the scenario still runs */
};

/** All problems found, in the order of files and lines. Zero it before use; free with orgsim_problems_free(). */
struct orgsim_problems {
    struct orgsim_problem *list;
    size_t n, capacity;
};

/** Meaning of an error code in one phrase; never NULL. */
ORGSIM_API const char *orgsim_error_text(int error);

/** Exit status of the command for an error code. */
ORGSIM_API int orgsim_error_status(int error);

/** Frees the list and zeroes the struct. Legal on a zeroed or freed one. */
ORGSIM_API void orgsim_problems_free(struct orgsim_problems *problems);

#endif
