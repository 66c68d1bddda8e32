/* assumptions.c: the registry's table, and access by number and by name */
#include "scenario/assumptions.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"

static_assert(sizeof(struct assumptions) == ASSUMPTION_COUNT * sizeof(double), "one double for each row, without gaps");

const struct assumption_info assumption_table[ASSUMPTION_COUNT] = {
#define X(name, symbol, unit, value, low, high, distribution, grade, source, meaning, measure)                                                       \
    {#name, symbol, unit, value, low, high, #distribution, #grade, source, meaning, measure},
    ASSUMPTIONS(X)
#undef X
};

void assumptions_default(struct assumptions *a)
{
    for (int i = 0; i < ASSUMPTION_COUNT; i++) assumptions_set(a, i, assumption_table[i].default_value);
}

double assumptions_get(const struct assumptions *a, int assumption)
{
    double value;
    memcpy(&value, (const char *)a + (size_t)assumption * sizeof value, sizeof value);
    return value;
}

void assumptions_set(struct assumptions *a, int assumption, double value)
{
    memcpy((char *)a + (size_t)assumption * sizeof value, &value, sizeof value);
}

int assumption_find(const char *name)
{
    for (int i = 0; i < ASSUMPTION_COUNT; i++) {
        if (strcmp(name, assumption_table[i].name) == 0) return i;
    }
    return -1;
}

const char *assumption_nearest(const char *name)
{
    const char *names[ASSUMPTION_COUNT];
    for (int i = 0; i < ASSUMPTION_COUNT; i++) names[i] = assumption_table[i].name;
    return text_nearest(name, names, ASSUMPTION_COUNT);
}
