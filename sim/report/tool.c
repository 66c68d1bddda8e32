/* tool.c: other programs, started without a shell */
#include "report/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define STATUS_NOT_STARTED 127

#define LOOK_MS 50      /* how often an interruption is looked for */
#define PATIENCE_MS 2000 /* that a tool has to clear away after itself */

/* In the child: only calls that are safe between fork and exec. It leads a group of its own, so that what it starts ends with it. */
static _Noreturn void become(const char *const *argv, const char *folder, int output)
{
    setpgid(0, 0);
    int input = open("/dev/null", O_RDONLY);
    if (input >= 0) dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    if (folder && chdir(folder)) _exit(STATUS_NOT_STARTED);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(STATUS_NOT_STARTED);
}

/* False at the end, when all who could print have ended. */
static bool collect_some(int pipe_end, struct text *output, size_t *room)
{
    char chunk[512];
    ssize_t n = read(pipe_end, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR) return true;
    if (n <= 0) return false;
    size_t kept = (size_t)n < *room ? (size_t)n : *room; /* the rest is read and dropped, so that the tool does not wait */
    text_add_n(output, chunk, kept);
    *room -= kept;
    return true;
}

static void collect(int pipe_end, struct text *output)
{
    size_t room = TOOL_OUTPUT;
    while (collect_some(pipe_end, output, &room)) {}
}

/* The same until *stop; then the tool and all that it started is asked to end, and made to if it does not. Returns whether it was stopped. */
static bool collect_until(const volatile int *stop, pid_t child, int pipe_end, struct text *output)
{
    struct pollfd end = {.fd = pipe_end, .events = POLLIN};
    size_t room = TOOL_OUTPUT;
    int waited = -1;
    for (;;) {
        int ready = poll(&end, 1, LOOK_MS);
        if (ready > 0 && !collect_some(pipe_end, output, &room)) return waited >= 0;
        if (*stop && waited < 0) kill(-child, SIGTERM);
        if (*stop) waited += LOOK_MS;
        if (waited >= PATIENCE_MS) kill(-child, SIGKILL);
        if (waited >= 2 * PATIENCE_MS) return true; /* somebody left the group and holds the pipe */
    }
}

static int wait_for(pid_t child)
{
    int state;
    while (waitpid(child, &state, 0) < 0) {
        if (errno != EINTR) return STATUS_NOT_STARTED;
    }
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

int tool_run_until(const volatile int *stop, const char *const *argv, const char *folder, struct text *output, int *status)
{
    int ends[2];
    bool stopped = false;
    if (pipe(ends)) return ORGSIM_ERROR_TOOL;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t child = fork();
    if (child == 0) become(argv, folder, ends[1]);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return ORGSIM_ERROR_TOOL;
    }
    setpgid(child, child); /* here too: whoever comes first */
    if (stop) stopped = collect_until(stop, child, ends[0], output);
    else collect(ends[0], output);
    close(ends[0]);
    *status = wait_for(child);
    if (output->failed) return ORGSIM_ERROR_MEMORY;
    return stopped ? ORGSIM_ERROR_INTERRUPTED : ORGSIM_OK;
}

int tool_run(const char *const *argv, const char *folder, struct text *output, int *status) { return tool_run_until(NULL, argv, folder, output, status); }
