/* new.c: orgsim new: a scenario to start from, from a shipped one or from the shape of a program */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/spelling.h"
#include "report/shown.h"
#include "scenario/columns.h"
#include "scenario/generate.h"
#include "scenario/template.h"

_Static_assert((int)OPTION_AMBIGUITY - (int)OPTION_TEAMS == GENERATE_ambiguity, "options of the shape stand in the order of its fields");

enum { PLACES_MOST = 3, ANSWER_SIZE = 256, TRIES_MOST = 5 };

struct job {
    const struct options *options;
    struct generate_shape shape;
    char template[ANSWER_SIZE]; /* "": generated */
    char *places[PLACES_MOST];  /* that may hold the shipped scenarios, in the order in which they are searched */
    size_t n_places;
    struct template_files files;
    struct orgsim_where where;
};

/* --- where the shipped scenarios are -------------------------------------------------------------------------------------------------- */

static void add_place(struct job *job, const char *folder, const char *below)
{
    char *place = file_join(folder, below);
    if (place) job->places[job->n_places++] = place;
}

/* Installed: ORGSIM_SHARE_FROM_BIN beside the folder of the command. Built: a link beside the command, or the tree around it. */
static void find_places(struct job *job)
{
    char command[4096];
    ssize_t n = readlink("/proc/self/exe", command, sizeof command - 1);
    command[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(command, '/');
    if (!slash) return;
    *slash = '\0';
    add_place(job, command, ORGSIM_SHARE_FROM_BIN "/orgsim/scenarios");
    add_place(job, command, "scenarios");
    add_place(job, command, "../scenarios");
}

/* The first place that holds something. */
static void list_templates(const struct job *job, struct text *names)
{
    for (size_t k = 0; k < job->n_places && !names->n; k++) template_list(job->places[k], names);
}

static int unknown_template(struct job *job)
{
    struct text names = {0}, looked = {0};
    list_templates(job, &names);
    for (size_t k = 0; k < job->n_places; k++) text_format(&looked, "%s%s", k ? ", " : "", job->places[k]);
    if (names.n) fprintf(stderr, "orgsim: there is no template \"%s\"; there are %s\n", job->template, names.s);
    else
        fprintf(stderr, "orgsim: there is no template \"%s\": no shipped scenarios were found in %s\n", job->template,
                looked.n ? looked.s : "any place");
    text_free(&names);
    text_free(&looked);
    return orgsim_error_status(ORGSIM_ERROR_USAGE);
}

/* --- questions in the terminal ------------------------------------------------------------------------------------------------------- */

/* A line without its end and surrounding blanks; false at the end of input. */
static bool read_answer(char answer[ANSWER_SIZE])
{
    char line[ANSWER_SIZE];
    fflush(stderr);
    if (!fgets(line, sizeof line, stdin)) return false;
    if (!strchr(line, '\n'))
        for (int c = getchar(); c != '\n' && c != EOF;) c = getchar();
    char *start = line + strspn(line, " \t");
    size_t n = strcspn(start, "\r\n");
    while (n && (start[n - 1] == ' ' || start[n - 1] == '\t')) n--;
    memcpy(answer, start, n);
    answer[n] = '\0';
    return true;
}

static bool ask_template(struct job *job)
{
    struct text names = {0};
    bool answered = true;
    list_templates(job, &names);
    for (int k = 0; answered && names.n && k < TRIES_MOST; k++) {
        fprintf(stderr, "Start from a shipped scenario (%s), or from the shape of your own program? [own] ", names.s);
        answered = read_answer(job->template);
        if (strcmp(job->template, "own") == 0) job->template[0] = '\0';
        if (!answered || !job->template[0]) break;
        bool known = false;
        for (size_t p = 0; p < job->n_places; p++) known = known || template_is_there(job->places[p], job->template);
        if (known) break;
        fprintf(stderr, "  There is no \"%s\".\n", job->template);
        job->template[0] = '\0';
    }
    text_free(&names);
    return answered;
}

struct question {
    enum generate_field field;
    const char *text;
    double choices[3]; /* what 1, 2 and 3 stand for; all 0: the answer is the number itself */
};

static const struct question questions[] = {
    {GENERATE_teams, "How many teams?", {0}},
    {GENERATE_engineers, "Engineers in each team?", {0}},
    {GENERATE_packages, "Packages of work for each team, two to five weeks of the whole team each?", {0}},
    {GENERATE_density, "How entangled are the teams?  1 hardly  2 as usual  3 everybody waits for everybody", {0.5, 1.2, 2}},
    {GENERATE_ambiguity, "How unclear is what they owe each other?  1 written down  2 as usual  3 vague", {0.1, 0.25, 0.4}},
    {GENERATE_risks, "How risky is the work?  1 done before  2 as usual  3 new ground", {0.3, 0.7, 1.2}},
    {GENERATE_questions, "How many decisions are still open?  1 few  2 as usual  3 many", {0.3, 0.6, 1}},
};

/* Whether the answer can be taken; an empty one keeps the usual value. */
static bool take_answer(struct job *job, const struct question *question, const char *answer)
{
    const struct generate_field_info *info = &generate_fields[question->field];
    double number;
    bool choice = question->choices[0] > 0;
    if (!*answer) return true;
    if (!text_number(answer, &number)) number = -1;
    if (choice && (number == 1 || number == 2 || number == 3)) number = question->choices[(int)number - 1];
    else if (choice || !generate_allows(question->field, number)) {
        if (choice) fprintf(stderr, "  Please answer 1, 2 or 3.\n");
        else fprintf(stderr, "  Please answer with a whole number from %g to %g.\n", info->low, info->high);
        return false;
    }
    job->shape.value[question->field] = number;
    return true;
}

static bool ask(struct job *job, const struct question *question)
{
    char answer[ANSWER_SIZE];
    bool choice = question->choices[0] > 0;
    for (int k = 0; k < TRIES_MOST; k++) {
        fprintf(stderr, "%s [%g] ", question->text, choice ? 2 : generate_fields[question->field].usual);
        if (!read_answer(answer)) return false;
        if (take_answer(job, question, answer)) return true;
    }
    return false;
}

static bool ask_all(struct job *job)
{
    fprintf(stderr, "A new scenario in %s. Enter takes what stands in brackets; Ctrl-C leaves and nothing is written.\n\n",
            job->options->arguments[0]);
    if (!ask_template(job)) return false;
    for (size_t k = 0; k < sizeof questions / sizeof *questions && !job->template[0]; k++)
        if (!ask(job, &questions[k])) return false;
    fputs("\n", stderr);
    return true;
}

/* --- the files ----------------------------------------------------------------------------------------------------------------------- */

/* The last part of the folder's name, when it is plain; it becomes the name of the program. */
static void name_program(const char *folder, char name[ANSWER_SIZE])
{
    size_t end = strlen(folder), start;
    while (end && folder[end - 1] == '/') end--;
    for (start = end; start && folder[start - 1] != '/'; start--) continue;
    bool plain = end > start && end - start < ANSWER_SIZE && folder[start] != '.';
    for (size_t k = start; k < end; k++) plain = plain && folder[k] >= ' ' && folder[k] <= '~';
    snprintf(name, ANSWER_SIZE, "%.*s", plain ? (int)(end - start) : 17, plain ? folder + start : "generated program");
}

static void write_page(const struct job *job, const char *name, struct text *text)
{
    text_format(text, "# %s\n\nA program made by `orgsim new` from its shape:\n\n| what | value |\n|---|---|\n", name);
    for (int f = 0; f < GENERATE_FIELDS; f++) text_format(text, "| %s | %g |\n", generate_fields[f].meaning, job->shape.value[f]);
    text_format(text, "| seed of the choices | %llu |\n\n", (unsigned long long)job->shape.seed);
    text_add(text, "Nothing in it is measured. To make it yours, replace in this order, in a spreadsheet or an editor:\n\n"
                   "1. `teams.csv`: who there is, who reports where, who sits where\n"
                   "2. `packages.csv`: the work, with low, most likely and high effort in person-weeks without friction\n"
                   "3. `dependencies.csv`: who waits for whom, and how unclear that is (`ambiguity`)\n"
                   "4. `risks.csv` and `questions.csv`: what you fear and what nobody has decided\n"
                   "5. `features.csv` and `money.csv`: what it is worth and what people cost\n\n"
                   "`seats.csv` and `arms.csv` hold the organisations to compare and can stay as they are. The lines with # above each table "
                   "say what its\n"
                   "columns mean; `orgsim format` prints the whole reference. After every change: `orgsim check`, then `orgsim run`.\n");
}

static int generate(struct job *job)
{
    char name[ANSWER_SIZE];
    struct text texts[TABLES] = {{0}}, page = {0};
    name_program(job->options->arguments[0], name);
    int error = generate_tables(&job->shape, name, texts, &job->where);
    for (enum table table = 0; table < TABLES && !error; table++)
        if (texts[table].n) error = template_add(&job->files, columns_of[table].file, &texts[table]);
    if (!error) {
        write_page(job, name, &page);
        error = template_add(&job->files, "README.md", &page);
    }
    for (enum table table = 0; table < TABLES; table++) text_free(&texts[table]);
    text_free(&page);
    return error ? message_error(error, &job->where) : 0;
}

static int copy(struct job *job)
{
    for (size_t k = 0; k < job->n_places; k++) {
        if (!template_is_there(job->places[k], job->template)) continue;
        char *folder = file_join(job->places[k], job->template);
        int error = folder ? template_read(folder, &job->files, &job->where) : ORGSIM_ERROR_MEMORY;
        memory_free(folder);
        return error ? message_error(error, &job->where) : 0;
    }
    return unknown_template(job);
}

/* --- the command --------------------------------------------------------------------------------------------------------------------- */

static void list_next(const struct job *job, size_t n_problems, size_t n_notes, struct text *text)
{
    const char *folder = job->options->arguments[0];
    text_format(text, "%s: %zu files written, %zu problems, %zu notes\n\n", folder, job->files.n, n_problems, n_notes);
    struct text word = {0};
    shown_shell(&word, folder);
    const char *typed = word.s ? word.s : folder;
    text_format(text, "Next   orgsim run %s      the answer, figures, and report.html\n", typed);
    text_format(text, "       %s/README.md       what it is, and what to replace first\n", typed);
    text_format(text, "       orgsim check %s    after every change\n", typed);
    text_free(&word);
}

static void json_answer(const struct job *job, size_t n_problems, size_t n_notes, struct text *text)
{
    json_t *root = json_object(), *shape = json_object(), *files = json_array();
    for (size_t k = 0; k < job->files.n; k++) json_array_append_new(files, json_string(job->files.list[k].name));
    for (int f = 0; f < GENERATE_FIELDS; f++) json_object_set_new(shape, generate_fields[f].name, json_real(job->shape.value[f]));
    json_object_set_new(shape, "seed", json_integer((json_int_t)job->shape.seed));
    json_object_set_new(root, "folder", json_string(job->options->arguments[0]));
    json_object_set_new(root, "template", job->template[0] ? json_string(job->template) : json_null());
    if (job->template[0]) json_object_set_new(root, "shape", json_null());
    else json_object_set(root, "shape", shape);
    json_object_set_new(root, "files", files);
    json_object_set_new(root, "problems", json_integer((json_int_t)n_problems));
    json_object_set_new(root, "notes", json_integer((json_int_t)n_notes));
    char *dump = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(root);
    json_decref(shape);
    if (!dump) text->failed = true;
    else text_format(text, "%s\n", dump);
    free(dump); /* jansson's own allocation */
}

/* Says what was written, and what `check` says about it. */
static int answer(const struct job *job)
{
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct text text = {0}, json = {0};
    int error = orgsim_scenario_load(job->options->arguments[0], NULL, 0, &scenario, &problems);
    size_t n = problems_count(&problems);
    int status = error ? message_error(error, NULL) : 0;
    message_problems(&problems, true);
    list_next(job, n, problems.n - n, &text);
    json_answer(job, n, problems.n - n, &json);
    if (!status && job->options->given[OPTION_JSON]) status = message_json(job->options, &json);
    if (!status && message_wants_text(job->options)) status = message_answer(&text);
    text_free(&text);
    text_free(&json);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return status;
}

static bool wants_shape(const struct options *options)
{
    for (int f = 0; f < GENERATE_FIELDS; f++)
        if (options->given[OPTION_TEAMS + f]) return true;
    return options->given[OPTION_SEED];
}

static int choose(struct job *job)
{
    const struct options *o = job->options;
    bool shape = wants_shape(o), template = o->given[OPTION_TEMPLATE];
    if (shape && template) {
        fputs("orgsim: --template and a shape (--teams, ..., --seed) exclude each other; leave one of them out\n", stderr);
        return orgsim_error_status(ORGSIM_ERROR_USAGE);
    }
    if (template) snprintf(job->template, sizeof job->template, "%s", o->template);
    for (int f = 0; f < GENERATE_FIELDS; f++)
        if (o->given[OPTION_TEAMS + f]) job->shape.value[f] = o->shape[f];
    job->shape.seed = o->seed;
    if (shape || template || !isatty(STDIN_FILENO) || ask_all(job)) return 0;
    fputs("\norgsim: no answer; nothing was written\n", stderr);
    return orgsim_error_status(ORGSIM_ERROR_INTERRUPTED);
}

/* Also called before questions are asked, when there are no files yet: a folder that will be refused is refused at once. */
static int check_folder(struct job *job)
{
    int error = template_may_write(job->options->arguments[0], &job->files, job->options->given[OPTION_FORCE], &job->where);
    return error ? message_error(error, &job->where) : 0;
}

static int write_files(struct job *job)
{
    int status = check_folder(job), error = status ? 0 : template_write(job->options->arguments[0], &job->files, &job->where);
    return error ? message_error(error, &job->where) : status;
}

static int new_scenario(const struct options *options, const struct invocation *invocation)
{
    (void)invocation;
    struct job job = {.options = options, .shape = generate_usual()};
    find_places(&job);
    int status = check_folder(&job);
    if (!status) status = choose(&job);
    if (!status) status = job.template[0] ? copy(&job) : generate(&job);
    if (!status) status = write_files(&job);
    if (!status) status = answer(&job);
    template_free(&job.files);
    for (size_t k = 0; k < job.n_places; k++) memory_free(job.places[k]);
    return status;
}

const struct command new_command = {
    .name = "new",
    .arguments = "DIR",
    .n_arguments = 1,
    .summary = "Writes a scenario to start from: asks for the shape of a program, or copies a shipped one.",
    .explanation =
        "Without a flag it asks in the terminal; where there is none, or for what is not said, it takes the usual shape. The same shape and "
        "seed give the same files. Nothing is overwritten: a folder with something in it is refused, with --force a folder with "
        "a file of the same name.",
    .examples = "orgsim new my-program\n"
                "orgsim new my-program --template workshop\n"
                "orgsim new my-program --teams 8 --engineers 6 --packages 4 --density 1.5",
    .groups = GROUP_NEW | GROUP_ANSWER,
    .run = new_scenario,
};
