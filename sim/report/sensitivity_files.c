/* sensitivity_files.c: the results of orgsim sensitivity for programs: CSV, JSON, and the folder of -o */
#include "report/sensitivity.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "report/break_even.h"
#include "report/conditions.h"
#include "report/figure_write.h"
#include "report/manifest.h"

/* What a method finds for a number: CSV and JSON follow. An estimate has its interval beside it. */
struct field {
    enum orgsim_sensitivity_method method;
    const char *name;
    enum { ESTIMATE, NUMBER, FLAG } kind;
    size_t offset;
};

#define AT(member) offsetof(struct orgsim_sensitivity_row, member)

static const struct field fields[] = {
    {ORGSIM_SENSITIVITY_tornado, "npv_k_at_low", ESTIMATE, AT(at_low)},
    {ORGSIM_SENSITIVITY_tornado, "npv_k_at_high", ESTIMATE, AT(at_high)},
    {ORGSIM_SENSITIVITY_tornado, "swing_k", ESTIMATE, AT(swing)},
    {ORGSIM_SENSITIVITY_tornado, "inert", FLAG, AT(inert)},
    {ORGSIM_SENSITIVITY_morris, "mu_star_k", ESTIMATE, AT(mu_star)},
    {ORGSIM_SENSITIVITY_morris, "mu_k", NUMBER, AT(mu)},
    {ORGSIM_SENSITIVITY_morris, "sigma_k", NUMBER, AT(sigma)},
    {ORGSIM_SENSITIVITY_morris, "luck_k", NUMBER, AT(luck)},
    {ORGSIM_SENSITIVITY_morris, "inert", FLAG, AT(inert)},
    {ORGSIM_SENSITIVITY_rank, "rho", ESTIMATE, AT(rho)},
    {ORGSIM_SENSITIVITY_sobol, "first", ESTIMATE, AT(first)},
    {ORGSIM_SENSITIVITY_sobol, "total", ESTIMATE, AT(total)},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static struct orgsim_estimate estimate_of(const struct field *field, const struct orgsim_sensitivity_row *row)
{
    struct orgsim_estimate e = {(double)NAN, (double)NAN, (double)NAN};
    if (row->tried) memcpy(&e, (const char *)row + field->offset, sizeof e);
    return e;
}

static double number_of(const struct field *field, const struct orgsim_sensitivity_row *row)
{
    double x = (double)NAN;
    if (row->tried) memcpy(&x, (const char *)row + field->offset, sizeof x);
    return x;
}

static bool flag_of(const struct field *field, const struct orgsim_sensitivity_row *row)
{
    int flag;
    memcpy(&flag, (const char *)row + field->offset, sizeof flag);
    return flag != 0;
}

/* --- CSV ----------------------------------------------------------------------------------------------------------------------------- */

static void csv_number(struct text *text, double x)
{
    char digits[TEXT_NUMBER_SIZE];
    text_format(text, ",%s", text_of_double(digits, x));
}

static void csv_head(struct text *text, enum orgsim_sensitivity_method method)
{
    text_add(text, "number,unit,grade,low,high,present");
    for (int f = 0; f < FIELDS; f++) {
        const char *name = fields[f].name;
        if (fields[f].method != method) continue;
        text_format(text, ",%s", name);
        if (fields[f].kind == ESTIMATE) text_format(text, ",%s_ci_low,%s_ci_high", name, name);
    }
    text_add(text, ",worlds\n");
}

static void csv_field(struct text *text, const struct field *field, const struct orgsim_sensitivity_row *row)
{
    const struct orgsim_estimate e = field->kind == ESTIMATE ? estimate_of(field, row) : (struct orgsim_estimate){0};
    switch (field->kind) {
    case ESTIMATE:
        csv_number(text, e.mean);
        csv_number(text, e.ci_low);
        csv_number(text, e.ci_high);
        break;
    case NUMBER: csv_number(text, number_of(field, row)); break;
    case FLAG: text_add(text, flag_of(field, row) ? ",1" : ",0"); break;
    }
}

void sensitivity_csv(struct text *text, const struct sensitivity_report *r)
{
    csv_head(text, r->found->method);
    for (size_t k = 0; k < r->found->n; k++) {
        const struct orgsim_sensitivity_row *row = &r->found->row[k];
        text_csv(text, row->name);
        text_add(text, ",");
        text_csv(text, row->unit ? row->unit : "");
        text_format(text, ",%s", row->grade ? row->grade : "");
        csv_number(text, row->low);
        csv_number(text, row->high);
        csv_number(text, row->present);
        for (int f = 0; f < FIELDS; f++)
            if (fields[f].method == r->found->method) csv_field(text, &fields[f], row);
        text_format(text, ",%llu\n", (unsigned long long)r->found->worlds);
    }
}

/* --- JSON ---------------------------------------------------------------------------------------------------------------------------- */

static json_t *field_json(const struct field *field, const struct orgsim_sensitivity_row *row)
{
    if (field->kind == NUMBER) return manifest_number(number_of(field, row));
    if (field->kind == FLAG) return json_boolean(flag_of(field, row));
    const struct orgsim_estimate e = estimate_of(field, row);
    return break_even_estimate_object(&e);
}

static json_t *row_json(const struct orgsim_sensitivity_row *row, enum orgsim_sensitivity_method method)
{
    json_t *json = json_pack("{s:s, s:s, s:s?, s:s?, s:o, s:o, s:o}", "name", row->name, "unit", row->unit ? row->unit : "", "meaning", row->meaning, "grade",
                             row->grade, "low", manifest_number(row->low), "high", manifest_number(row->high), "present", manifest_number(row->present));
    bool good = json;
    if (!row->tried) good = good && json_object_set_new(json, "why", json_string(row->why ? row->why : "")) == 0;
    for (int f = 0; f < FIELDS && row->tried && good; f++)
        if (fields[f].method == method) good = json_object_set_new(json, fields[f].name, field_json(&fields[f], row)) == 0;
    if (good && method == ORGSIM_SENSITIVITY_sobol) good = json_object_set_new(json, "interacts", json_boolean(orgsim_sensitivity_interacts(row))) == 0;
    if (good) return json;
    json_decref(json);
    return NULL;
}

int sensitivity_json(struct text *text, const struct sensitivity_report *r)
{
    const struct orgsim_sensitivity *s = r->found;
    json_t *numbers = json_array();
    bool good = numbers;
    for (size_t k = 0; k < s->n && good; k++) good = json_array_append_new(numbers, row_json(&s->row[k], s->method)) == 0;
    json_t *json = good ? json_pack("{s:s, s:b, s:o, s:o, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:O}", "method", orgsim_sensitivity_name(s->method),
                                    "interrupted", sensitivity_interrupted(s),
                                    "scenario_digest", manifest_digest(r->scenario), "conditions", conditions_json(r->scenario),
                                    "headline_arm", r->scenario->arms[r->scenario->settings.headline_arm].id, "baseline_arm",
                                    r->scenario->arms[r->baseline].id, "worlds", (json_int_t)s->worlds, "points", (json_int_t)s->points, "size",
                                    (json_int_t)s->size, "considered", (json_int_t)s->considered, "impossible", (json_int_t)s->impossible, "seed",
                                    manifest_seed(r->seed), "at_present", break_even_estimate_object(&s->at_present), "outcome_mean_k",
                                    manifest_number(s->outcome_mean), "outcome_sd_k", manifest_number(s->outcome_sd), "point_se_k",
                                    manifest_number(s->point_se), "numbers", numbers)
                        : NULL;
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    json_decref(numbers);
    return status;
}

int sensitivity_write(const struct sensitivity_report *r, const char *folder, struct orgsim_where *where)
{
    struct text answer = {0}, csv = {0}, json = {0};
    struct figure figure = {0};
    int status = file_make_folder(folder, where);
    sensitivity_answer(&answer, r, true);
    text_format(&answer, "\n%s\n", r->command);
    sensitivity_csv(&csv, r);
    if (!status && sensitivity_json(&json, r)) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = figure_write_text(folder, "answer.txt", &answer, where);
    if (!status) status = figure_write_text(folder, "sensitivity.csv", &csv, where);
    if (!status) status = figure_write_text(folder, "sensitivity.json", &json, where);
    sensitivity_figure(&figure, r);
    if (!status) status = figure_write(&figure, folder, "sensitivity", where);
    figure_free(&figure);
    text_free(&answer);
    text_free(&csv);
    text_free(&json);
    return status;
}
