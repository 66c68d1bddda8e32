/* one.c: makes a test program run one of its tests, on the one kernel that bites.sh compiled with a fault in it
 *
 * Linked before the archives, which then leave their own dispatch of kernels out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/kernel.h"

extern const struct kernel kernel_one;

size_t kernel_list(const struct kernel *list[4])
{
    list[0] = &kernel_one;
    return 1;
}

const struct kernel *kernel_find(const char *isa) { return isa == NULL ? &kernel_one : NULL; }

__attribute__((constructor)) static void choose(void) { cmocka_set_test_filter(getenv("ORGSIM_TEST")); }
