/* command.c: the list of subcommands */
#include "cli/command.h"

const struct command *const *command_list(size_t *n)
{
    static const struct command *const list[] = {
#define X(name) &name##_command,
        COMMANDS(X)
#undef X
    };
    *n = sizeof list / sizeof list[0];
    return list;
}
