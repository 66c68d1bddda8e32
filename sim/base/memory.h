/* memory.h: the one door to the heap
 *
 * Every allocation passes here, so that sizes are checked for overflow in one place and a test can make the Nth one fail.
 */
#ifndef ORGSIM_BASE_MEMORY_H
#define ORGSIM_BASE_MEMORY_H

#include <stddef.h>

/* n elements of `size` bytes, zeroed; NULL when out of memory or n * size overflows; n = 0 gives a pointer that may be freed. */
void *memory_array(size_t n, size_t size) __attribute__((warn_unused_result));

/* The same, aligned to 64 bytes (a cache line, the widest lane). Free with memory_free(). */
void *memory_lanes(size_t n, size_t size) __attribute__((warn_unused_result));

/* Grows *pointer to hold n elements, doubling *capacity; returns 0 or ORGSIM_ERROR_MEMORY (then nothing changed). */
int memory_grow(void **pointer, size_t *capacity, size_t n, size_t size) __attribute__((warn_unused_result));

/* Copy of a string, or of its first n bytes; NULL when out of memory. */
char *memory_string(const char *s) __attribute__((warn_unused_result));
char *memory_string_n(const char *s, size_t n) __attribute__((warn_unused_result));

void memory_free(void *pointer);

/* Tests only: the nth allocation from now on in this thread fails, counting from 1; 0 switches off. Returns how many were made since the last call. */
size_t memory_fail_at(size_t nth);

#endif
