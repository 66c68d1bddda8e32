/* dispatch.c: which kernels this processor can run */
#include <string.h>

#include "engine/kernel.h"

extern const struct kernel kernel_scalar;
#if defined(__EMSCRIPTEN__)
extern const struct kernel kernel_simd128; /* of WebAssembly: sim/workshop/offline/build */
#endif
#if defined(__x86_64__)
extern const struct kernel kernel_sse2, kernel_avx2, kernel_avx512;
#endif

size_t kernel_list(const struct kernel *list[4])
{
    size_t n = 0;
    list[n++] = &kernel_scalar;
#if defined(__EMSCRIPTEN__)
    list[n++] = &kernel_simd128;
#endif
#if defined(__x86_64__)
    list[n++] = &kernel_sse2;
    if (__builtin_cpu_supports("avx2")) list[n++] = &kernel_avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw"))
        list[n++] = &kernel_avx512;
#endif
    return n;
}

const struct kernel *kernel_find(const char *isa)
{
    const struct kernel *list[4];
    size_t n = kernel_list(list);
    if (isa == NULL) return list[n - 1];
    for (size_t k = 0; k < n; k++)
        if (strcmp(list[k]->isa, isa) == 0) return list[k];
    return NULL;
}
