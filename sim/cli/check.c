/* check.c: orgsim check: every problem of a scenario at once */
#include <jansson.h>
#include <stdlib.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "cli/command.h"
#include "cli/message.h"

static void count(struct text *text, size_t n, const char *what)
{
    if (n == 0) text_format(text, "no %ss", what);
    else text_format(text, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void list_problems(struct text *text, const struct options *options, const struct orgsim_problems *problems)
{
    size_t n = problems_count(problems);
    for (size_t i = 0; i < problems->n; i++) {
        if (problems->list[i].is_note) text_add(text, "note: ");
        message_format(text, &problems->list[i].where);
        text_add(text, "\n");
    }
    text_format(text, "%s: ", options->arguments[0]);
    count(text, n, "problem");
    text_add(text, ", ");
    count(text, problems->n - n, "note");
    text_add(text, "\n");
}

/* What is not UTF-8 in a scenario must not spoil the whole document. */
static json_t *json_text(const char *s)
{
    json_t *text = json_string(s);
    return text ? text : json_string("(not UTF-8)");
}

static json_t *json_of_problem(const struct orgsim_problem *problem)
{
    const struct orgsim_where *where = &problem->where;
    json_t *object = json_object();
    json_object_set_new(object, "file", json_text(where->file));
    json_object_set_new(object, "line", where->line ? json_integer((json_int_t)where->line) : json_null());
    json_object_set_new(object, "column", where->column ? json_integer((json_int_t)where->column) : json_null());
    json_object_set_new(object, "what", json_text(where->what));
    json_object_set_new(object, "todo", json_text(where->todo));
    json_object_set_new(object, "note", json_boolean(problem->is_note));
    return object;
}

static void json_problems(struct text *text, const struct orgsim_problems *problems, bool valid)
{
    json_t *root = json_object(), *list = json_array();
    for (size_t i = 0; i < problems->n; i++) json_array_append_new(list, json_of_problem(&problems->list[i]));
    json_object_set_new(root, "valid", json_boolean(valid));
    json_object_set_new(root, "problems", list);
    char *dump = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    json_decref(root);
    if (!dump) text->failed = true;
    else text_format(text, "%s\n", dump);
    free(dump); /* jansson's own allocation */
}

static int check(const struct options *options, const struct invocation *invocation)
{
    (void)invocation;
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    struct text text = {0}, json = {0};
    int error = orgsim_scenario_load(options->arguments[0], options->settings, options->n_settings, &scenario, &problems);
    int status = problems.n == 0 && error ? message_error(error, NULL) : orgsim_error_status(error), written = 0;
    if (problems.n > 0 || !error) {
        list_problems(&text, options, &problems);
        json_problems(&json, &problems, !error);
        if (options->given[OPTION_JSON]) written = message_json(options, &json);
        if (!written && message_wants_text(options)) written = message_answer(&text);
    }
    text_free(&text);
    text_free(&json);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return status ? status : written;
}

const struct command check_command = {
    .name = "check",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "Lists every problem of a scenario at once: file:line:column: what; what to do.",
    .explanation = "Exits with 0 when the scenario can be run (notes do not forbid that) and with 4 when it cannot.",
    .examples = "orgsim check my-program\n"
                "orgsim check my-program --set tpm.tpm.fte=0.5\n"
                "orgsim check my-program --json | jq '.problems[] | select(.note | not)'",
    .groups = GROUP_SCENARIO | GROUP_ANSWER,
    .run = check,
};
