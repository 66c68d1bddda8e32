/* import.c: orgsim import: a scenario from a file of another tool */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/spelling.h"
#include "report/shown.h"
#include "scenario/import_psplib.h"
#include "scenario/template.h"

enum { NAME_SIZE = 64 };

struct import {
    const char *file;
    char name[NAME_SIZE]; /* of the program: the file's, as far as it is plain */
    struct text texts[TABLES], page;
};

/* What a file can be. */
struct kind {
    const char *name;
    size_t most_bytes;
    int (*read)(struct import *import, const char *data, size_t n, struct orgsim_problems *problems);
};

static int read_psplib(struct import *import, const char *data, size_t n, struct orgsim_problems *problems)
{
    struct import_psplib project;
    int error = import_psplib_read(&project, import->file, data, n, problems);
    if (!error) {
        import_psplib_tables(&project, import->name, import->texts);
        import_psplib_page(&project, import->name, &import->page);
    }
    import_psplib_free(&project);
    return error;
}

static const struct kind kinds[] = {{"psplib", IMPORT_PSPLIB_BYTES, read_psplib}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct kind *find_kind(const char *name)
{
    const char *names[KINDS];
    char hint[SPELLING_SIZE];
    for (size_t k = 0; k < KINDS; k++) {
        names[k] = kinds[k].name;
        if (strcmp(name, names[k]) == 0) return &kinds[k];
    }
    fprintf(stderr, "orgsim: there is no kind \"%s\"%s; known: psplib\n", name, spelling_hint(hint, name, names, KINDS));
    return NULL;
}

/* Letters, digits, dot, dash and underscore of the file's own name, without its ending. */
static void name_program(struct import *import)
{
    const char *base = strrchr(import->file, '/');
    size_t n = 0;
    for (base = base ? base + 1 : import->file; *base && n + 1 < NAME_SIZE; base++) {
        char c = *base;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (c == '.' && n);
        if (plain) import->name[n++] = c;
    }
    import->name[n] = '\0';
    char *dot = strrchr(import->name, '.');
    if (dot) *dot = '\0';
    if (!import->name[0]) snprintf(import->name, NAME_SIZE, "imported");
}

static int read_import(struct import *import, const struct kind *kind)
{
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    char *data = NULL;
    size_t n = 0;
    int error = file_read(import->file, kind->most_bytes, &data, &n, &where);
    int status = error ? message_error(error, &where) : 0;
    if (!status) error = kind->read(import, data, n, &problems);
    message_problems(&problems, false);
    if (!status && error) status = problems.n ? orgsim_error_status(error) : message_error(error, NULL);
    orgsim_problems_free(&problems);
    memory_free(data);
    return status;
}

static int write_import(struct import *import, const struct options *o, size_t *n_files)
{
    struct template_files files = {0};
    struct orgsim_where where = {0};
    int error = 0;
    for (enum table table = 0; table < TABLES && !error; table++)
        if (import->texts[table].n) error = template_add(&files, columns_of[table].file, &import->texts[table]);
    if (!error) error = template_add(&files, "README.md", &import->page);
    if (!error) error = template_may_write(o->output, &files, o->given[OPTION_FORCE], &where);
    if (!error) error = template_write(o->output, &files, &where);
    *n_files = files.n;
    template_free(&files);
    return error ? message_error(error, &where) : 0;
}

static int answer(const struct import *import, const struct options *o, size_t n_files)
{
    struct text text = {0}, json = {0}, word = {0};
    shown_shell(&word, o->output);
    const char *typed = word.s ? word.s : o->output;
    text_format(&text, "%s: %zu files written, program \"%s\"\n\n", o->output, n_files, import->name);
    text_format(&text, "Next   orgsim run %s --frictionless   when it will be finished\n", typed);
    text_format(&text, "       %s/README.md   what was taken over, and what was left out\n", typed);
    text_free(&word);
    json_t *root = json_pack("{s:s, s:s, s:I}", "folder", o->output, "name", import->name, "files", (json_int_t)n_files);
    char *dump = root ? json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER) : NULL;
    json_decref(root);
    if (dump) text_format(&json, "%s\n", dump);
    else json.failed = true;
    free(dump); /* jansson's own allocation */
    int status = o->given[OPTION_JSON] ? message_json(o, &json) : 0;
    if (!status && message_wants_text(o)) status = message_answer(&text);
    text_free(&text);
    text_free(&json);
    return status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    (void)invocation;
    struct import import = {.file = o->arguments[1]};
    size_t n_files = 0;
    const struct kind *kind = find_kind(o->arguments[0]);
    if (!kind) return orgsim_error_status(ORGSIM_ERROR_USAGE);
    if (!o->output) {
        fprintf(stderr, "orgsim: where should the scenario go? Say it with -o DIR\n");
        return orgsim_error_status(ORGSIM_ERROR_USAGE);
    }
    name_program(&import);
    int status = read_import(&import, kind);
    if (!status) status = write_import(&import, o, &n_files);
    if (!status) status = answer(&import, o, n_files);
    for (enum table table = 0; table < TABLES; table++) text_free(&import.texts[table]);
    text_free(&import.page);
    return status;
}

const struct command import_command = {
    .name = "import",
    .arguments = "KIND FILE",
    .n_arguments = 2,
    .summary = "Makes a scenario from a file of another tool.",
    .explanation =
        "psplib: a single-mode project of PSPLIB, the usual collection of scheduling problems (.sm). Each duration d becomes "
        "Triangular(0.8 d, d, 1.6 d); precedence is kept, resources are left out. The result is for --frictionless. Nothing is overwritten.",
    .examples = "orgsim import psplib j12010_1.sm -o j120",
    .groups = GROUP_IMPORT | GROUP_ANSWER,
    .run = run,
};
