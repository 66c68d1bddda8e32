/* tool.c: other programs, started without a shell */
#include "report/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define STATUS_NOT_STARTED 127

/* In the child: only calls that are safe between fork and exec. */
static _Noreturn void become(const char *const *argv, const char *folder, int output)
{
    int input = open("/dev/null", O_RDONLY);
    if (input >= 0) dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    if (folder && chdir(folder)) _exit(STATUS_NOT_STARTED);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(STATUS_NOT_STARTED);
}

static void collect(int pipe_end, struct text *output)
{
    char chunk[512];
    size_t room = TOOL_OUTPUT;
    for (;;) {
        ssize_t n = read(pipe_end, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        size_t kept = (size_t)n < room ? (size_t)n : room; /* the rest is read and dropped, so that the tool does not wait */
        text_add_n(output, chunk, kept);
        room -= kept;
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

int tool_run(const char *const *argv, const char *folder, struct text *output, int *status)
{
    int ends[2];
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
    collect(ends[0], output);
    close(ends[0]);
    *status = wait_for(child);
    return output->failed ? ORGSIM_ERROR_MEMORY : ORGSIM_OK;
}
