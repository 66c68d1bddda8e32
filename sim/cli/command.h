/* command.h: the subcommands
 *
 * Adding one: a file that defines `const struct command NAME_command`, and its line in COMMANDS.
 */
#ifndef ORGSIM_CLI_COMMAND_H
#define ORGSIM_CLI_COMMAND_H

#include "base/text.h"
#include "cli/options.h"

/* In the order of the help. */
#define COMMANDS(X) \
    X(new)          \
    X(import)       \
    X(check)        \
    X(run)          \
    X(explain)      \
    X(sweep)        \
    X(breakeven)    \
    X(report)       \
    X(sensitivity)  \
    X(voi)          \
    X(optimise)     \
    X(serve)        \
    X(export_page)  \
    X(merge)        \
    X(validate)     \
    X(claims)       \
    X(bench)        \
    X(doctor)       \
    X(format)

struct cluster;

/* The whole command line, for the manifest, and the MPI job. */
struct invocation {
    int argc;
    char *const *argv;
    struct cluster *cluster; /* of commands that ranks share: opened; also of an ordinary process */
};

struct command {
    const char *name;
    const char *arguments;   /* as the help shows them; "" when it takes none */
    size_t n_arguments;      /* all of them needed */
    bool more_arguments;     /* the last one may be repeated */
    bool ranks;              /* the ranks of an MPI job share the work */
    const char *summary;     /* one line */
    const char *explanation; /* below the options in --help; may be NULL */
    const char *examples;    /* command lines, each with its comment: "orgsim run x   # what for\n..."; may be NULL */
    unsigned groups;         /* of options: enum option_group */
    int (*run)(const struct options *options, const struct invocation *invocation); /* returns the exit status of the program */
};

#define X(name) extern const struct command name##_command;
COMMANDS(X)
#undef X

/* All of them, in the order of the help. */
const struct command *const *command_list(size_t *n);

/* What stands below its options: the explanation, and whether ranks share it. Paragraphs are separated by blank lines. */
void command_explain(struct text *text, const struct command *command);

/* Exit status of a run whose --check was not met. */
#define COMMAND_NOT_MET 3

#endif
