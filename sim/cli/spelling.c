/* spelling.c: the hint for a name that is nearly right */
#include "cli/spelling.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

const char *spelling_nearest(const char *name, const char *const *candidates, size_t n)
{
    enum { LEAST = 3 }; /* letters of an abbreviation that is worth a guess */
    const char *nearest = text_nearest(name, candidates, n);
    size_t length = strlen(name);
    for (size_t i = 0; !nearest && length >= LEAST && i < n; i++)
        if (strncmp(candidates[i], name, length) == 0) nearest = candidates[i];
    return nearest;
}

char *spelling_hint(char buf[SPELLING_SIZE], const char *name, const char *const *candidates, size_t n)
{
    const char *nearest = spelling_nearest(name, candidates, n);
    buf[0] = '\0';
    if (nearest) snprintf(buf, SPELLING_SIZE, "; did you mean \"%s\"?", nearest);
    return buf;
}
