/* interrupt.c: stopping a long computation and keeping what is done */
#include "cli/interrupt.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile int stopped; /* a signal handler can reach nothing else */

/* The second signal ends the program where it is; what was half written cannot be cleared away from here, so it is named. */
static void on_signal(int number)
{
    static const char words[] = "\norgsim: ended at once; a folder that was being written is left unfinished beside its place, as .NAME.partial; a run goes on there with --resume, else it may be deleted\n";
    if (__atomic_exchange_n(&stopped, 1, __ATOMIC_RELAXED) == 0) return;
    ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
    (void)written;
    signal(number, SIG_DFL);
    raise(number); /* delivered when this handler returns */
}

const volatile int *interrupt_watch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &stopped;
}
