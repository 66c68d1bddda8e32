/* message.c: what the command says besides its answer, and how the answer leaves */
#include "cli/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

void message_format(struct text *text, const struct orgsim_where *where)
{
    if (where->file[0]) text_add(text, where->file);
    if (where->line) text_format(text, ":%zu", where->line);
    if (where->line && where->column) text_format(text, ":%zu", where->column);
    if (where->file[0]) text_add(text, ": ");
    text_add(text, where->what);
    if (where->todo[0]) text_format(text, "; %s", where->todo);
}

static void print_line(const char *start, const struct orgsim_where *where)
{
    struct text line = {0};
    message_format(&line, where);
    fprintf(stderr, "%s%s\n", start, line.failed ? where->what : line.s);
    text_free(&line);
}

int message_error(int error, const struct orgsim_where *where)
{
    if (where && where->what[0]) print_line("orgsim: ", where);
    else fprintf(stderr, "orgsim: %s\n", orgsim_error_text(error));
    return orgsim_error_status(error);
}

/* What was typed is told at once: orgsim check of the scenario would not find it. */
size_t message_problems(const struct orgsim_problems *problems, bool notes)
{
    size_t unsaid = 0;
    for (size_t i = 0; i < problems->n; i++) {
        const struct orgsim_problem *problem = &problems->list[i];
        if (!problem->is_note) print_line("", &problem->where);
        else if (notes || strncmp(problem->where.file, "--", 2) == 0) print_line("note: ", &problem->where);
        else unsaid++;
    }
    return unsaid;
}

int message_answer(const struct text *text)
{
    if (text->failed) return message_error(ORGSIM_ERROR_MEMORY, NULL);
    if (text->n) fwrite(text->s, 1, text->n, stdout);
    if (fflush(stdout) == 0 && !ferror(stdout)) return 0;
    fprintf(stderr, "orgsim: cannot write to standard output: %s\n", strerror(errno));
    return orgsim_error_status(ORGSIM_ERROR_IO);
}

int message_json(const struct options *options, const struct text *json)
{
    struct orgsim_where where = {0};
    if (json->failed) return message_error(ORGSIM_ERROR_MEMORY, NULL);
    if (!options->json_file) return message_answer(json);
    int error = file_write_named(options->json_file, json->s, json->n, &where);
    return error ? message_error(error, &where) : 0;
}

bool message_wants_text(const struct options *options)
{
    bool json_on_stdout = options->given[OPTION_JSON] && !options->json_file;
    return !json_on_stdout && !options->given[OPTION_QUIET];
}

bool message_wants_colour(const struct options *options)
{
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (options->colour != COLOUR_AUTO) return options->colour == COLOUR_ALWAYS;
    return isatty(STDOUT_FILENO) && !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0;
}
