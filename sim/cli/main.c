/* main.c: finds the subcommand */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include <orgsim/error.h>

#include "cli/cluster.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/manual.h"
#include "cli/message.h"
#include "cli/spelling.h"

/* Named and read by libc's argp, which must be able to see it. */
__attribute__((visibility("default"))) const char *argp_program_version =
    "orgsim " ORGSIM_VERSION "\n"
    "Licence GPL-3.0-or-later; there is no warranty, to the extent permitted by law.";

static const struct command *find_command(const char *name)
{
    size_t n;
    const struct command *const *commands = command_list(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, commands[i]->name) == 0) return commands[i];
    return NULL;
}

static void help(struct text *text)
{
    text_add(text, "Several organisations live through the same worlds: is a technical program manager worth the money?\n\n"
                   "Usage: orgsim COMMAND [OPTION...] [ARGUMENT...]\n\n");
    size_t n;
    const struct command *const *commands = command_list(&n);
    for (size_t i = 0; i < n; i++) {
        struct text use = {0};
        text_format(&use, "%s %s", commands[i]->name, commands[i]->arguments);
        text_format(text, "  %-16s %s\n", use.s ? use.s : commands[i]->name, commands[i]->summary);
        text_free(&use);
    }
    text_add(text, "\nOptions of a command: orgsim COMMAND --help. Also: orgsim --help, orgsim --version.\n"
                   "First of all: orgsim doctor looks whether all is here that orgsim uses.\n");
}

static int unknown(const char *name)
{
    static const char *const own[] = {"--help", "--version", "--man", "--completion"};
    const bool option = name[0] == '-';
    const char *names[64];
    char hint[SPELLING_SIZE];
    size_t n;
    const struct command *const *commands = command_list(&n);
    if (option) n = sizeof own / sizeof own[0];
    for (size_t i = 0; i < n; i++) names[i] = option ? own[i] : commands[i]->name;
    spelling_hint(hint, name, names, n);
    fprintf(stderr, "orgsim: there is no %s \"%s\"%s\nTry: orgsim --help\n", option ? "option" : "command", name, hint);
    return orgsim_error_status(ORGSIM_ERROR_USAGE);
}

/* The other ranks say nothing and write nothing; one that alone cannot go on ends the whole job. */
static int follow(const struct command *command, struct options *options, const struct invocation *invocation)
{
    const struct cluster *c = invocation->cluster;
    int status;
    if (!cluster_listen(invocation->cluster, &status)) return status;
    options->given[OPTION_QUIET] = true;
    options->given[OPTION_VERBOSE] = options->given[OPTION_JSON] = false;
    options->output = NULL;
    status = command->run(options, invocation);
    if (status && !c->over) {
        fprintf(stderr, "orgsim: rank %d of %d cannot go on, and ends the whole job\n", c->rank, c->size);
        cluster_abort(c, status);
    }
    return status;
}

/* A command that the ranks of an MPI job share. */
static int run_shared(const struct command *command, struct options *options, const struct invocation *typed)
{
    struct cluster cluster;
    const struct invocation invocation = {typed->argc, typed->argv, &cluster};
    struct orgsim_where where = {0};
    int status, error = cluster_open(&cluster, interrupt_watch(), &where);
    if (error) status = cluster_is_first() ? message_error(error, &where) : orgsim_error_status(error);
    else status = cluster.rank > 0 ? follow(command, options, &invocation) : command->run(options, &invocation);
    cluster_close(&cluster, status);
    return status;
}

static int run_command_line(const struct command *command, int argc, char **argv, const struct invocation *invocation)
{
    struct options options;
    if (cluster_is_launched() && !command->ranks) {
        if (cluster_is_first()) fprintf(stderr, "orgsim: %s is not parted over the ranks of an MPI job; start it without mpirun\n", command->name);
        return orgsim_error_status(ORGSIM_ERROR_USAGE);
    }
    int error = options_parse(&options, command, argc, argv);
    if (error) return message_error(error, NULL);
    int status = command->ranks ? run_shared(command, &options, invocation) : command->run(&options, invocation);
    options_free(&options);
    return status;
}

/* What the program says about itself. */
static int print(void (*write)(struct text *text))
{
    struct text text = {0};
    write(&text);
    int status = message_answer(&text);
    text_free(&text);
    return status;
}

static void version(struct text *text)
{
    text_format(text, "%s\n", argp_program_version);
}

/* orgsim --completion SHELL */
static int print_completion(const char *shell)
{
    if (shell && strcmp(shell, "bash") == 0) return print(manual_bash);
    if (shell && strcmp(shell, "zsh") == 0) return print(manual_zsh);
    fprintf(stderr, "orgsim: --completion needs the name of the shell, bash or zsh\nTry: orgsim --completion bash\n");
    return orgsim_error_status(ORGSIM_ERROR_USAGE);
}

int main(int argc, char **argv)
{
    const struct invocation invocation = {.argc = argc, .argv = argv};
    gsl_set_error_handler_off();
    argp_err_exit_status = orgsim_error_status(ORGSIM_ERROR_USAGE);
    if (argc < 2) {
        fputs("orgsim: which command? Try: orgsim --help\n", stderr);
        return orgsim_error_status(ORGSIM_ERROR_USAGE);
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || (strcmp(word, "help") == 0 && argc == 2)) return print(help);
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) return print(version);
    if (strcmp(word, "--man") == 0) return print(manual_page);
    if (strcmp(word, "--completion") == 0) return print_completion(argc > 2 ? argv[2] : NULL);
    char *help_argv[] = {argc > 2 ? argv[2] : NULL, (char[]){"--help"}, NULL}; /* orgsim help COMMAND */
    bool asks_help = strcmp(word, "help") == 0;
    const struct command *command = find_command(asks_help ? help_argv[0] : word);
    if (!command) return unknown(asks_help ? help_argv[0] : word);
    return asks_help ? run_command_line(command, 2, help_argv, &invocation) : run_command_line(command, argc - 1, argv + 1, &invocation);
}
