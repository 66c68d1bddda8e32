/* spelling.c: the hint for a name that is nearly right */
#include "cli/spelling.h"

#include <stdio.h>

#include "base/text.h"

char *spelling_hint(char buf[SPELLING_SIZE], const char *name, const char *const *candidates, size_t n)
{
    const char *nearest = text_nearest(name, candidates, n);
    buf[0] = '\0';
    if (nearest) snprintf(buf, SPELLING_SIZE, "; did you mean \"%s\"?", nearest);
    return buf;
}
