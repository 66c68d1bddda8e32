/* manual.c: the man page and the shells' completion, from the tables of subcommands and options */
#include "cli/manual.h"

#include <string.h>

#include <orgsim/error.h>
#include <orgsim/metric.h>
#include <orgsim/run.h>

#include "cli/command.h"
#include "cli/options.h"

static bool takes(const struct command *command, size_t id)
{
    return (options_row((enum option_id)id)->groups & command->groups) != 0;
}

/* --- the man page ------------------------------------------------------------------------------------------------------------------- */

/* Running text of roff: nothing in it is a request or an escape, and a minus stays a minus. */
static void add_roff(struct text *text, const char *s)
{
    bool start = true;
    for (; *s; s++) {
        if (start && (*s == '.' || *s == '\'')) text_add(text, "\\&");
        if (*s == '\\') text_add(text, "\\e");
        else if (*s == '-') text_add(text, "\\-");
        else text_add_n(text, s, 1);
        start = *s == '\n';
    }
}

static void add_option(struct text *text, size_t id)
{
    const struct option_row *row = options_row((enum option_id)id);
    text_add(text, ".TP\n");
    if (row->letter) text_format(text, "\\fB\\-%c\\fR, ", row->letter);
    text_add(text, "\\fB\\-\\-");
    add_roff(text, row->name);
    text_add(text, "\\fR");
    if (row->argument) {
        text_add(text, row->optional ? "[=\\fI" : "=\\fI");
        add_roff(text, row->argument);
        text_add(text, row->optional ? "\\fR]" : "\\fR");
    }
    text_add(text, "\n");
    add_roff(text, row->help);
    text_add(text, "\n");
}

/* Paragraphs are separated by blank lines. */
static void add_paragraphs(struct text *text, const char *s)
{
    while (s && *s) {
        const char *end = strstr(s, "\n\n");
        struct text paragraph = {0};
        text_add_n(&paragraph, s, end ? (size_t)(end - s) : strlen(s));
        text_add(text, ".PP\n");
        add_roff(text, paragraph.s ? paragraph.s : "");
        text_add(text, "\n");
        text_free(&paragraph);
        s = end ? end + 2 : NULL;
    }
}

static void add_examples(struct text *text, const char *examples)
{
    if (!examples) return;
    text_add(text, ".PP\n.EX\n");
    add_roff(text, examples);
    text_add(text, "\n.EE\n");
}

static void add_command(struct text *text, const struct command *command)
{
    text_format(text, ".SS orgsim %s", command->name);
    if (*command->arguments) text_add(text, " ");
    add_roff(text, command->arguments);
    text_add(text, "\n");
    add_roff(text, command->summary);
    text_add(text, "\n");
    struct text explained = {0};
    command_explain(&explained, command);
    add_paragraphs(text, explained.s);
    text_free(&explained);
    add_examples(text, command->examples);
    text_add(text, ".PP\nOptions:");
    for (size_t id = 0, n = 0; id < OPTION_COUNT; id++)
        if (takes(command, id)) text_format(text, "%s \\fB\\-\\-%s\\fR", n++ ? "," : "", options_row((enum option_id)id)->name);
    text_add(text, ".\n");
}

/* Exit statuses, each once, with what they mean. */
static void add_statuses(struct text *text)
{
    static const struct {
        int status;
        const char *meaning;
    } statuses[] = {
        {0, "the command did what it was asked"},
        {COMMAND_NOT_MET, "--check was given, and the interval of the headline covers zero or is wider than --precision asked for"},
    };
    text_add(text, ".SH EXIT STATUS\n");
    text_format(text, ".TP\n%d\n%s\n", statuses[0].status, statuses[0].meaning);
    text_add(text, ".TP\n1\na failure while running: memory, a file, a fault\n");
    text_format(text, ".TP\n%d\n%s\n", orgsim_error_status(ORGSIM_ERROR_USAGE), orgsim_error_text(ORGSIM_ERROR_USAGE));
    text_format(text, ".TP\n%d\n", statuses[1].status);
    add_roff(text, statuses[1].meaning);
    text_format(text, "\n.TP\n%d\n%s\n", orgsim_error_status(ORGSIM_ERROR_SCENARIO), orgsim_error_text(ORGSIM_ERROR_SCENARIO));
    text_format(text, ".TP\n%d\n%s: it is named, with the package that brings it\n", orgsim_error_status(ORGSIM_ERROR_TOOL),
                orgsim_error_text(ORGSIM_ERROR_TOOL));
    text_format(text, ".TP\n%d\n%s; what was finished is kept\n", orgsim_error_status(ORGSIM_ERROR_INTERRUPTED),
                orgsim_error_text(ORGSIM_ERROR_INTERRUPTED));
}

static void add_levers(struct text *text)
{
    text_add(text, ".SH LEVERS\nWhat a delivery seat does, one by one; each can be switched off with \\fB\\-\\-lever\\fR.\n");
    for (int lever = 0; lever < ORGSIM_LEVER_COUNT; lever++) {
        text_format(text, ".TP\n\\fB%s\\fR\n", orgsim_lever_name((enum orgsim_lever)lever));
        add_roff(text, orgsim_lever_meaning((enum orgsim_lever)lever));
        text_add(text, "\n");
    }
}

static void add_contraries(struct text *text)
{
    text_add(text, ".SH CONTRARIAN SWITCHES\nWhat research says against the hire and the model leaves out; \\fB\\-\\-contrary\\fR lets it hold.\n");
    for (int c = 0; c < ORGSIM_CONTRARY_COUNT; c++) {
        const struct orgsim_contrary_info *info = orgsim_contrary_info((enum orgsim_contrary)c);
        struct text words = {0};
        text_format(&words, "%s (%s); strength 0 to %g, %g by default. %s", info->meaning, info->unit, info->most, info->strength, info->source);
        text_format(text, ".TP\n\\fB%s\\fR\n", info->name);
        add_roff(text, words.s ? words.s : "");
        text_add(text, "\n");
        text->failed |= words.failed;
        text_free(&words);
    }
}

void manual_page(struct text *text)
{
    size_t n;
    const struct command *const *commands = command_list(&n);
    text_add(text, ".TH ORGSIM 1 \"\" \"orgsim " ORGSIM_VERSION "\" \"User Commands\"\n"
                   ".SH NAME\norgsim \\- several organisations live through the same worlds\n"
                   ".SH SYNOPSIS\n");
    for (size_t i = 0; i < n; i++) {
        text_format(text, ".B orgsim %s\n[\\fIOPTION\\fR...] ", commands[i]->name);
        add_roff(text, commands[i]->arguments);
        text_add(text, i + 1 < n ? "\n.br\n" : "\n");
    }
    text_add(text, ".SH DESCRIPTION\nIs a technical program manager worth the money? One engineering program is lived many thousand times, each "
                   "time under several organisations that share the same luck, and the differences are shown with their uncertainty. A scenario "
                   "is a folder of CSV tables.\n.SH COMMANDS\n");
    for (size_t i = 0; i < n; i++) add_command(text, commands[i]);
    text_add(text, ".SH OPTIONS\nEach command names the options that it takes.\n");
    for (size_t id = 0; id < OPTION_COUNT; id++) add_option(text, id);
    text_add(text, ".TP\n\\fB\\-\\-help\\fR, \\fB\\-\\-usage\\fR, \\fB\\-\\-version\\fR\nof every command\n"
                   ".TP\n\\fB\\-\\-man\\fR, \\fB\\-\\-completion bash\\fR, \\fB\\-\\-completion zsh\\fR\n"
                   "without a command: print this page, or what a shell wants in order to complete words\n");
    add_levers(text);
    add_contraries(text);
    add_statuses(text);
    text_add(text, ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nwhen it is set and not empty, the answer has no colours unless "
                   "\\fB\\-\\-color=always\\fR asks for them\n");
}

/* --- completion --------------------------------------------------------------------------------------------------------------------- */

/* The few words that an option's value can be; 0 of them when it is free. */
static void add_words(struct text *text, size_t id)
{
    const char *fixed = id == OPTION_TICK     ? "1 1/2 1/4 1/8"
                        : id == OPTION_ISA    ? "scalar sse2 avx2 avx512"
                        : id == OPTION_COLOUR ? "auto always never"
                                              : NULL;
    if (fixed) text_add(text, fixed);
    if (id == OPTION_LEVER) {
        for (int lever = 0; lever < ORGSIM_LEVER_COUNT; lever++) text_format(text, "%s=off ", orgsim_lever_name((enum orgsim_lever)lever));
        text_add(text, "all=off");
    }
    for (int c = 0; id == OPTION_CONTRARY && c < ORGSIM_CONTRARY_COUNT; c++)
        text_format(text, "%s%s", orgsim_contrary_info((enum orgsim_contrary)c)->name, c + 1 < ORGSIM_CONTRARY_COUNT ? " " : " all");
    for (int metric = 0; id == OPTION_PRECISION && metric < ORGSIM_METRIC_COUNT; metric++)
        text_format(text, "%s%s=", metric ? " " : "", orgsim_metric_info((enum orgsim_metric)metric)->id);
}

static void add_command_names(struct text *text)
{
    size_t n;
    const struct command *const *commands = command_list(&n);
    for (size_t i = 0; i < n; i++) text_format(text, "%s%s", i ? " " : "", commands[i]->name);
}

/* Values that follow an option, for those with few words. */
static void add_bash_values(struct text *text)
{
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        struct text words = {0};
        add_words(&words, id);
        if (words.n)
            text_format(text, "    --%s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n",
                        options_row((enum option_id)id)->name, words.s);
        text_free(&words);
    }
    text_add(text, "    --output | -o) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n");
}

void manual_bash(struct text *text)
{
    size_t n;
    const struct command *const *commands = command_list(&n);
    text_add(text, "# bash completion of orgsim\n_orgsim()\n{\n    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options=\n"
                   "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    add_command_names(text);
    text_add(text, " help --help --version --man --completion\" -- \"$cur\"))\n        return\n    fi\n"
                   "    # readline splits words at the equals sign\n"
                   "    if [ \"$cur\" = = ]; then cur=; elif [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
                   "    case $prev in\n");
    add_bash_values(text);
    text_add(text, "    esac\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < n; i++) {
        text_format(text, "    %s) options=\"", commands[i]->name);
        for (size_t id = 0; id < OPTION_COUNT; id++)
            if (takes(commands[i], id)) text_format(text, "--%s ", options_row((enum option_id)id)->name);
        text_add(text, "--help\" ;;\n");
    }
    text_add(text, "    help) options=\"");
    add_command_names(text);
    text_add(text, "\" ;;\n    --completion) options=\"bash zsh\" ;;\n    esac\n"
                   "    case $cur,${COMP_WORDS[1]} in\n"
                   "    -*,* | *,help | *,--completion) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
                   "    *) COMPREPLY=($(compgen -d -- \"$cur\")) ;;\n    esac\n}\n"
                   "complete -o filenames -F _orgsim orgsim\n");
}

/* Inside single quotes of _arguments: brackets and colons have a meaning there. */
static void add_zsh(struct text *text, const char *s)
{
    for (; *s; s++) {
        if (*s == '\'') text_add(text, "'\\''");
        else if (strchr("[]:\\", *s)) text_format(text, "\\%c", *s);
        else text_add_n(text, s, 1);
    }
}

static void add_zsh_option(struct text *text, size_t id)
{
    const struct option_row *row = options_row((enum option_id)id);
    struct text words = {0};
    text_add(text, " \\\n            '*--");
    add_zsh(text, row->name);
    if (row->argument) text_add(text, row->optional ? "=-" : "=");
    text_add(text, "[");
    add_zsh(text, row->help);
    text_add(text, "]");
    if (row->argument) {
        text_add(text, row->optional ? "::" : ":");
        add_zsh(text, row->name);
        add_words(&words, id);
        if (words.n) text_format(text, ":(%s)", words.s);
        else text_add(text, id == OPTION_OUTPUT || id == OPTION_JSON ? ":_files" : ": ");
    }
    text_add(text, "'");
    text_free(&words);
}

void manual_zsh(struct text *text)
{
    size_t n;
    const struct command *const *commands = command_list(&n);
    text_add(text, "#compdef orgsim\n# zsh completion of orgsim\n_orgsim() {\n    if (( CURRENT == 2 )); then\n        local -a commands=(\n");
    for (size_t i = 0; i < n; i++) {
        text_format(text, "            '%s:", commands[i]->name);
        add_zsh(text, commands[i]->summary);
        text_add(text, "'\n");
    }
    text_add(text, "        )\n        _describe command commands\n        return\n    fi\n    local command=$words[2]\n    shift words\n"
                   "    (( CURRENT-- ))\n    case $command in\n");
    for (size_t i = 0; i < n; i++) {
        text_format(text, "    %s)\n        _arguments '--help[options of the command]'", commands[i]->name);
        for (size_t id = 0; id < OPTION_COUNT; id++)
            if (takes(commands[i], id)) add_zsh_option(text, id);
        text_add(text, " \\\n            '*:folder:_files -/'\n        ;;\n");
    }
    text_add(text, "    esac\n}\n_orgsim \"$@\"\n");
}
