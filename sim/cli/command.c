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

void command_explain(struct text *text, const struct command *command)
{
    if (command->explanation) text_add(text, command->explanation);
    if (command->ranks)
        text_format(text, "%sThe ranks of an MPI job share the work, to the same bytes: mpirun -n 8 orgsim %s ...", command->explanation ? "\n\n" : "", command->name);
}
