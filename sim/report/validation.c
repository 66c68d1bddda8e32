/* validation.c: every check with what was expected and what was measured */
#include "report/validation.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "report/figure_write.h"
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
    if (validation->n < validation->asked) text_format(&words, "Interrupted: %zu of %zu checks were made. ", validation->n, validation->asked);
    text_format(&words, "%zu of %zu checks are met", count[ORGSIM_CHECK_MET], validation->n);
    text_format(&words, "; %zu missed, %zu not checked for lack of data, %zu beyond what the model can say.", count[ORGSIM_CHECK_MISSED],
                count[ORGSIM_CHECK_NOT_CHECKED], count[ORGSIM_CHECK_CANNOT]);
    if (asked->conditions && *asked->conditions)
        text_format(&words, " The calibrated programs live with %s: they are not those that ship, of which the words beside a miss speak.", asked->conditions);
    add_wrapped(text, &words);
    for (size_t k = 0; k < validation->n; k++) {
        const struct orgsim_check *c = &validation->check[k];
        if (k == 0 || strcmp(c->section, validation->check[k - 1].section)) text_format(text, "\n%s\n", c->section);
        add_check(text, c);
    }
    text_format(
        &words,
        "Seed %llu%s, %s worlds lived. Intervals are of 95 %%. Theory is met within four standard errors and the rounding of its source; a fact, where the "
        "interval touches the published range.",
        (unsigned long long)asked->seed, asked->quick ? ", an eighth of the worlds (--quick), so that intervals are wider and touch more" : "", shown_number((double)validation->worlds, 0, 0).s);
    if (asked->data) text_format(&words, " Raw data: %s.", asked->data);
    else text_add(&words, " Raw data: none; name their folder in the environment variable ORGSIM_DATA.");
    text_add(text, "\n");
    add_wrapped(text, &words);
}

/* --- files -------------------------------------------------------------------------------------------------------------------------- */

void validation_csv(struct text *text, const struct orgsim_validation *validation)
{
    char digits[TEXT_NUMBER_SIZE];
    text_add(text, "id,section,preset,use,statement,source,unit,expected_low,expected_high,measured,ci_low,ci_high,status,why\n");
    for (size_t k = 0; k < validation->n; k++) {
        const struct orgsim_check *c = &validation->check[k];
        const char *const words[] = {c->id, c->section, c->preset, c->use, c->statement, c->source, c->unit};
        const double numbers[] = {c->expected_low, c->expected_high, c->measured, c->ci_low, c->ci_high};
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            text_csv(text, words[w]);
            text_add(text, ",");
        }
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) text_format(text, "%s,", text_of_double(digits, numbers[n]));
        text_format(text, "%s,", orgsim_check_status_word(c->status));
        text_csv(text, c->why);
        text_add(text, "\n");
    }
}

int validation_write(const struct validation_asked *asked, const struct orgsim_validation *validation, const char *folder, struct orgsim_where *where)
{
    struct text csv = {0}, json = {0};
    struct figure figure = {0};
    int status = file_make_folder(folder, where);
    validation_csv(&csv, validation);
    if (!status && validation_json(&json, asked, validation)) json.failed = true; /* which is said when it is written */
    if (!status) status = figure_write_text(folder, VALIDATION_NAME ".csv", &csv, where);
    if (!status) status = figure_write_text(folder, VALIDATION_NAME ".json", &json, where);
    if (!status && validation_compares(validation)) {
        validation_figure(&figure, asked, validation);
        status = figure_write(&figure, folder, VALIDATION_NAME, where);
    }
    figure_free(&figure);
    text_free(&csv);
    text_free(&json);
    return status;
}

/* --- JSON --------------------------------------------------------------------------------------------------------------------------- */

static json_t *check_object(const struct orgsim_check *c)
{
    struct text expected = {0}, measured = {0};
    add_expected(&expected, c);
    add_measured(&measured, c);
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:o, s:o, s:s, s:s}", "id", c->id, "section", c->section,
                             "preset", c->preset, "use", c->use, "statement", c->statement, "source", c->source, "unit", c->unit, "expected",
                             expected.s ? expected.s : "", "expected_low", manifest_number(c->expected_low), "expected_high",
                             manifest_number(c->expected_high), "measured", manifest_number(c->measured), "measured_shown", measured.s ? measured.s : "",
                             "ci_low", manifest_number(c->ci_low), "ci_high", manifest_number(c->ci_high), "status",
                             orgsim_check_status_word(c->status), "why", c->why);
    text_free(&expected);
    text_free(&measured);
    return json;
}

static json_t *quantiles(const double quantile[ORGSIM_COMPARED_QUANTILES])
{
    json_t *list = json_array();
    for (size_t k = 0; list && k < ORGSIM_COMPARED_QUANTILES; k++)
        if (json_array_append_new(list, manifest_number(quantile[k]))) return json_decref(list), NULL;
    return list;
}

/* Both samples at 5, 10 ... 95 %; sizes of zero where there was nothing to compare. */
static json_t *compared_object(const struct orgsim_compared *c, const struct orgsim_compared_info *info)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:o, s:o}", "id", info->id, "check", info->check, "what", info->what, "unit", info->unit, "file",
                     info->file, "of_data", (json_int_t)c->of_data, "of_model", (json_int_t)c->of_model, "data", quantiles(c->data), "model",
                     quantiles(c->model));
}

int validation_json(struct text *text, const struct validation_asked *asked, const struct orgsim_validation *v)
{
    json_t *checks = json_array(), *counts = json_object(), *compared = json_array(), *json = NULL;
    bool good = checks && counts && compared;
    for (size_t k = 0; k < v->n && good; k++) good = json_array_append_new(checks, check_object(&v->check[k])) == 0;
    for (int s = 0; s < ORGSIM_CHECK_STATUS_COUNT && good; s++)
        good = json_object_set_new(counts, orgsim_check_status_word((enum orgsim_check_status)s), json_integer((json_int_t)v->count[s])) == 0;
    for (int id = 0; id < ORGSIM_COMPARED_COUNT && good; id++)
        good = json_array_append_new(compared, compared_object(&v->compared[id], orgsim_compared_info((enum orgsim_compared_id)id))) == 0;
    if (good)
        json = json_pack("{s:b, s:s, s:s, s:s, s:o, s:b, s:I, s:O, s:O, s:O}", "interrupted", v->n < v->asked, "version", ORGSIM_VERSION, "date", asked->date ? asked->date : "", "conditions",
                         asked->conditions ? asked->conditions : "", "seed",
                         manifest_seed(asked->seed), "quick", asked->quick, "worlds", (json_int_t)v->worlds, "counts", counts, "checks", checks, "compared",
                         compared);
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(compared);
    json_decref(counts);
    json_decref(checks);
    json_decref(json);
    return status;
}
