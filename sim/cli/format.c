/* format.c: orgsim format: what the tables of a scenario mean, for people and for programs */
#include <jansson.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/message.h"
#include "scenario/columns.h"

static json_t *json_of_columns(const struct column *columns, size_t n)
{
    json_t *list = json_array();
    for (size_t k = 0; k < n; k++) {
        json_t *column = json_pack("{s:s, s:s, s:s?, s:s?, s:b}", "name", columns[k].name, "meaning", columns[k].meaning, "unit",
                                   columns[k].unit && *columns[k].unit ? columns[k].unit : NULL, "blank", columns[k].blank, "required",
                                   (int)columns[k].required);
        json_t *words = columns[k].words ? json_array() : json_null();
        for (size_t w = 0; columns[k].words && columns[k].words[w]; w++) json_array_append_new(words, json_string(columns[k].words[w]));
        json_object_set_new(column, "words", words);
        json_array_append_new(list, column);
    }
    return list;
}

static void describe_json(struct text *text)
{
    json_t *tables = json_array();
    for (enum table table = 0; table < TABLES; table++) {
        const struct table_format *format = &columns_of[table];
        json_t *object = json_pack("{s:s, s:s, s:b, s:I, s:s}", "file", format->file, "meaning", format->meaning, "required",
                                   (int)format->required, "most_rows", (json_int_t)format->most_rows, "row", format->noun);
        json_object_set_new(object, "columns", json_of_columns(format->columns, format->n_columns));
        if (table == TABLE_PROGRAM) json_object_set_new(object, "rows", json_of_columns(columns_settings, columns_n_settings));
        if (table == TABLE_MONEY) json_object_set_new(object, "rows", json_of_columns(columns_money, columns_n_money));
        json_array_append_new(tables, object);
    }
    json_t *root = json_pack("{s:o}", "tables", tables);
    char *dump = root ? json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER) : NULL;
    json_decref(root);
    if (dump) text_format(text, "%s\n", dump);
    else text->failed = true;
    free(dump); /* jansson's own allocation */
}

static int run(const struct options *options, const struct invocation *invocation)
{
    (void)invocation;
    struct text text = {0}, json = {0};
    int status = 0;
    columns_document(&text);
    describe_json(&json);
    if (options->given[OPTION_JSON]) status = message_json(options, &json);
    if (!status && message_wants_text(options)) status = message_answer(&text);
    text_free(&text);
    text_free(&json);
    return status;
}

const struct command format_command = {
    .name = "format",
    .arguments = "",
    .n_arguments = 0,
    .summary = "Prints the reference of the scenario format: every table, every column, an example of each.",
    .examples = "orgsim format | less\n"
                "orgsim format --json | jq -r '.tables[].file'",
    .groups = GROUP_ANSWER,
    .run = run,
};
