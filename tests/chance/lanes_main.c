/* Runs lanes_bits.c where the processor can; its own code needs nothing that the processor may lack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chance/lanes_bits.h"

#define SKIPPED 77

static int processor_can(void)
{
#if defined(LANES_ISA_avx512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw");
#elif defined(LANES_ISA_avx2)
    return __builtin_cpu_supports("avx2");
#else
    return 1;
#endif
}

int main(void)
{
    if (!processor_can()) return SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lanes_test_toolkit),
        cmocka_unit_test(lanes_test_draws),
        cmocka_unit_test(lanes_test_masked_draws),
        cmocka_unit_test(lanes_test_chosen_worlds),
        cmocka_unit_test(lanes_test_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
