/* progress.c: a line on the terminal that says how far a run is, its rate and the time that remains */
#include "cli/progress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) + 1e-9 * (double)(to->tv_nsec - from->tv_nsec);
}

static struct timespec now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time;
}

void progress_start(struct progress *progress, bool on, bool at_most)
{
    const char *terminal = getenv("TERM");
    bool can_rewrite = isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
    *progress = (struct progress){.stream = stderr, .shown = on && can_rewrite, .at_most = at_most, .noun = "worlds", .start = now()};
}

static void format_time(char *buf, size_t size, double seconds)
{
    double whole = ceil(seconds);
    if (whole < 60) snprintf(buf, size, "%.0f s", whole);
    else if (whole < 3600) snprintf(buf, size, "%d min %02d s", (int)(whole / 60), (int)fmod(whole, 60));
    else if (whole < 360000) snprintf(buf, size, "%d h %02d min", (int)(whole / 3600), (int)(fmod(whole, 3600) / 60));
    else snprintf(buf, size, "days");
}

char *progress_line(char buf[PROGRESS_LINE_SIZE], uint64_t done, uint64_t total, double seconds, bool at_most, const char *noun)
{
    char lived[TEXT_NUMBER_SIZE], all[TEXT_NUMBER_SIZE], rate[TEXT_NUMBER_SIZE], left[32];
    double per_second = seconds > 0 ? (double)done / seconds : 0;
    text_of_people(lived, (double)done, 0);
    text_of_people(all, (double)total, 0);
    text_of_people(rate, per_second, 0);
    format_time(left, sizeof left, per_second > 0 ? (double)(total - done) / per_second : 0);
    if (per_second <= 0) snprintf(buf, PROGRESS_LINE_SIZE, "0 of %s%s %s", at_most ? "at most " : "", all, noun);
    else snprintf(buf, PROGRESS_LINE_SIZE, "%s of %s%s %s, %s a second, %s%s left", lived, at_most ? "at most " : "", all, noun, rate,
                  at_most ? "at most " : "", left);
    return buf;
}

void progress_step(struct progress *progress, uint64_t done, uint64_t total)
{
    char line[PROGRESS_LINE_SIZE];
    if (!progress->shown) return;
    struct timespec time = now();
    if (progress->last.tv_sec && seconds_between(&progress->last, &time) < 0.2) return;
    progress->last = time;
    fprintf(progress->stream, "\r%s\033[K", progress_line(line, done, total, seconds_between(&progress->start, &time), progress->at_most, progress->noun));
    fflush(progress->stream);
}

void progress_end(struct progress *progress)
{
    if (!progress->shown) return;
    fputs("\r\033[K", progress->stream);
    fflush(progress->stream);
    progress->shown = false;
}

double progress_seconds(const struct progress *progress)
{
    struct timespec time = now();
    return seconds_between(&progress->start, &time);
}
