/* spelling.h: the hint for a name that is nearly right */
#ifndef ORGSIM_CLI_SPELLING_H
#define ORGSIM_CLI_SPELLING_H

#include <stddef.h>

#define SPELLING_SIZE 160

/* The candidate that is a slip away from `name` or that it abbreviates; NULL when there is none. */
const char *spelling_nearest(const char *name, const char *const *candidates, size_t n);

/* Writes `; did you mean "NEAREST"?`, or nothing when no candidate is near. Returns buf. */
char *spelling_hint(char buf[SPELLING_SIZE], const char *name, const char *const *candidates, size_t n);

#endif
