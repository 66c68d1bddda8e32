/* interrupt.h: stopping a long computation and keeping what is done */
#ifndef ORGSIM_CLI_INTERRUPT_H
#define ORGSIM_CLI_INTERRUPT_H

/* From now on the first SIGINT or SIGTERM sets the flag; a second one ends the program at once. Returns the flag, as the engine wants it. */
const volatile int *interrupt_watch(void);

#endif
