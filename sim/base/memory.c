/* memory.c: the one door to the heap */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/error.h>

/* The only state outside a struct: a test's wish for this thread, so that it need not pass through every call. */
static _Thread_local size_t allocations, failing;

static int must_fail(void)
{
    allocations++;
    return failing && allocations == failing;
}

static int too_large(size_t n, size_t size)
{
    return size && n > (size_t)PTRDIFF_MAX / size;
}

void *memory_array(size_t n, size_t size)
{
    if (must_fail() || too_large(n, size)) return NULL;
    return n && size ? calloc(n, size) : calloc(1, 1);
}

void *memory_lanes(size_t n, size_t size)
{
    enum { LINE = 64 };
    void *pointer = NULL;
    if (must_fail() || too_large(n, size) || n * size > (size_t)PTRDIFF_MAX - LINE) return NULL;
    size_t bytes = (n * size + LINE - 1) / LINE * LINE; /* whole lines: a vector store at the end stays inside */
    if (bytes == 0) bytes = LINE;
    if (posix_memalign(&pointer, LINE, bytes)) return NULL;
    return memset(pointer, 0, bytes);
}

int memory_grow(void **pointer, size_t *capacity, size_t n, size_t size)
{
    if (n <= *capacity) return 0;
    size_t wanted = *capacity > SIZE_MAX / 2 ? n : *capacity * 2;
    if (wanted < n) wanted = n;
    if (wanted < 8 && !too_large(8, size)) wanted = 8;
    if (too_large(wanted, size)) wanted = n;
    if (must_fail() || too_large(wanted, size)) return ORGSIM_ERROR_MEMORY;
    void *grown = realloc(*pointer, wanted * size);
    if (!grown) return ORGSIM_ERROR_MEMORY;
    *pointer = grown;
    *capacity = wanted;
    return 0;
}

char *memory_string(const char *s)
{
    return memory_string_n(s, strlen(s));
}

char *memory_string_n(const char *s, size_t n)
{
    if (n == SIZE_MAX) return NULL;
    size_t length = strnlen(s, n);
    char *copy = memory_array(length + 1, 1);
    if (copy) memcpy(copy, s, length);
    return copy;
}

void memory_free(void *pointer)
{
    free(pointer);
}

size_t memory_fail_at(size_t nth)
{
    size_t made = allocations;
    allocations = 0;
    failing = nth;
    return made;
}
