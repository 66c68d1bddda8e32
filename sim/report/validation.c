/* validation.c: every check with what was expected and what was measured */
#include "report/validation.h"

#include <math.h>
#include <string.h>

#include "report/manifest.h"
#include "report/shown.h"

enum { WIDTH = 110, INDENT = 18 };

static struct shown number(const struct orgsim_check *c, double x) { return shown_number(x, c->decimals, 0); }

static void add_unit(struct text *text, const struct orgsim_check *c)
{
    if (!strcmp(c->unit, "%")) text_add(text, "%");
    else if (c->unit[0]) text_format(text, " %s", c->unit);
}

static void add_expected(struct text *text, const struct orgsim_check *c)
{
    if (isnan(c->expected_low)) text_add(text, "nothing");
    else if (isinf(c->expected_low)) text_format(text, "%s or less", number(c, c->expected_high).s);
    else if (isinf(c->expected_high)) text_format(text, "%s or more", number(c, c->expected_low).s);
    else if (c->expected_low < c->expected_high) text_format(text, "%s to %s", number(c, c->expected_low).s, number(c, c->expected_high).s);
    else text_add(text, number(c, c->expected_low).s);
    if (!isnan(c->expected_low)) add_unit(text, c);
}

static void add_measured(struct text *text, const struct orgsim_check *c)
{
    if (isnan(c->measured)) {
        text_add(text, "nothing");
        return;
    }
    text_add(text, number(c, c->measured).s);
    if (c->ci_low < c->ci_high) text_format(text, " (%s to %s)", number(c, c->ci_low).s, number(c, c->ci_high).s);
    add_unit(text, c);
}

static void add_block(struct text *text, struct text *words)
{
    char newline[INDENT + 2] = "\n";
    memset(newline + 1, ' ', INDENT);
    text_format(text, "%*s", INDENT, "");
    shown_wrap(text, words->s ? words->s : "", WIDTH - INDENT, 12, newline);
    text_add(text, "\n");
    text->failed |= words->failed;
    text_free(words);
}

static const char *status_shown(enum orgsim_check_status status)
{
    return status == ORGSIM_CHECK_NOT_CHECKED ? "not checked" : orgsim_check_status_word(status);
}

static void add_check(struct text *text, const struct orgsim_check *c)
{
    struct text statement = {0}, numbers = {0}, why = {0};
    char newline[INDENT + 2] = "\n";
    memset(newline + 1, ' ', INDENT);
    text_format(text, "%-5s%-*s", c->id, INDENT - 5, status_shown(c->status));
    text_add(&statement, c->statement);
    if (c->preset[0]) text_format(&statement, " [%s; %s]", c->preset, c->use);
    shown_wrap(text, statement.s ? statement.s : "", WIDTH - INDENT, 4, newline);
    text_add(text, "\n");
    text->failed |= statement.failed;
    text_free(&statement);
    text_add(&numbers, "expected ");
    add_expected(&numbers, c);
    text_add(&numbers, ", measured ");
    add_measured(&numbers, c);
    text_format(&numbers, ". Source: %s", c->source);
    add_block(text, &numbers);
    if (!c->why[0]) return;
    text_add(&why, c->why);
    add_block(text, &why);
}

static void add_wrapped(struct text *text, struct text *words)
{
    shown_wrap(text, words->s ? words->s : "", WIDTH, 8, "\n");
    text_add(text, "\n");
    text->failed |= words->failed;
    text_free(words);
}

void validation_answer(struct text *text, const struct validation_asked *asked, const struct orgsim_validation *validation)
{
    struct text words = {0};
    const size_t *count = validation->count;
    text_format(&words, "%zu of %zu checks are met", count[ORGSIM_CHECK_MET], validation->n);
    text_format(&words, "; %zu missed, %zu not checked for lack of data, %zu beyond what the model can say.", count[ORGSIM_CHECK_MISSED],
                count[ORGSIM_CHECK_NOT_CHECKED], count[ORGSIM_CHECK_CANNOT]);
    add_wrapped(text, &words);
    for (size_t k = 0; k < validation->n; k++) {
        const struct orgsim_check *c = &validation->check[k];
        if (k == 0 || strcmp(c->section, validation->check[k - 1].section)) text_format(text, "\n%s\n", c->section);
        add_check(text, c);
    }
    text_format(
        &words,
        "Seed %llu%s. Intervals are of 95 %%. Theory is met within four standard errors and the rounding of its source; a fact, where the "
        "interval touches the published range.",
        (unsigned long long)asked->seed, asked->quick ? ", an eighth of the worlds (--quick)" : "");
    if (asked->data) text_format(&words, " Raw data: %s.", asked->data);
    else text_add(&words, " Raw data: none; name their folder in the environment variable ORGSIM_DATA.");
    text_add(text, "\n");
    add_wrapped(text, &words);
}

/* --- JSON --------------------------------------------------------------------------------------------------------------------------- */

static json_t *check_object(const struct orgsim_check *c)
{
    struct text expected = {0};
    add_expected(&expected, c);
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:s}", "id", c->id, "section", c->section,
                             "preset", c->preset, "use", c->use, "statement", c->statement, "source", c->source, "unit", c->unit, "expected",
                             expected.s ? expected.s : "", "expected_low", manifest_number(c->expected_low), "expected_high",
                             manifest_number(c->expected_high), "measured", manifest_number(c->measured), "ci_low", manifest_number(c->ci_low),
                             "ci_high", manifest_number(c->ci_high), "status", orgsim_check_status_word(c->status), "why", c->why);
    text_free(&expected);
    return json;
}

int validation_json(struct text *text, const struct validation_asked *asked, const struct orgsim_validation *validation)
{
    json_t *json = json_object(), *checks = json_array(), *counts = json_object();
    bool good = json && checks && counts;
    for (size_t k = 0; k < validation->n && good; k++) good = json_array_append_new(checks, check_object(&validation->check[k])) == 0;
    for (int s = 0; s < ORGSIM_CHECK_STATUS_COUNT && good; s++)
        good =
            !json_object_set_new(counts, orgsim_check_status_word((enum orgsim_check_status)s), json_integer((json_int_t)validation->count[s]));
    good = good && !json_object_set_new(json, "seed", manifest_seed(asked->seed)) &&
           !json_object_set_new(json, "quick", json_boolean(asked->quick)) && !json_object_set(json, "counts", counts) &&
           !json_object_set(json, "checks", checks);
    int status = good ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(counts);
    json_decref(checks);
    json_decref(json);
    return status;
}
