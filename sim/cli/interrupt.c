/* interrupt.c: stopping a long computation and keeping what is done */
#include "cli/interrupt.h"

#include <signal.h>
#include <string.h>

static volatile int stopped; /* a signal handler can reach nothing else */

static void on_signal(int number)
{
    (void)number;
    __atomic_store_n(&stopped, 1, __ATOMIC_RELAXED);
}

const volatile int *interrupt_watch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = (int)SA_RESETHAND | SA_RESTART; /* the second signal finds the default action */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &stopped;
}
