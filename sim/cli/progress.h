/* progress.h: a line on the terminal that says how far a run is, its rate and the time that remains */
#ifndef ORGSIM_CLI_PROGRESS_H
#define ORGSIM_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

struct progress {
    FILE *stream;
    bool shown;     /* somebody looks */
    bool at_most;   /* total is a limit that may not be reached */
    const char *noun; /* what is counted: worlds */
    struct timespec start, last;
};

/* Counts worlds, unless `noun` is set afterwards. on: wanted. Nothing is shown unless stderr is a terminal that can rewrite its line. */
void progress_start(struct progress *progress, bool on, bool at_most);

/* Called with what is done and in total; rewrites the line a few times a second at most. */
void progress_step(struct progress *progress, uint64_t done, uint64_t total);

/* Clears the line. */
void progress_end(struct progress *progress);

/* Seconds since the start. */
double progress_seconds(const struct progress *progress);

/* The line itself: seconds have passed since the start. */
#define PROGRESS_LINE_SIZE 224
char *progress_line(char buf[PROGRESS_LINE_SIZE], uint64_t done, uint64_t total, double seconds, bool at_most, const char *noun);

#endif
