/* studies.c: what other commands found about the same scenario, read from files that they left in the folder of results */
#include "report/studies.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "scenario/assumptions.h"

#define STUDY_MOST ((size_t)16 << 20)
#define ROWS_MOST 4096
#define NAME_MOST 200

/* A file that is being read. */
struct study {
    const char *path, *command; /* which writes it */
    bool of_scenario;
    const struct studies_run *run;
    struct orgsim_where *where;
};

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

static int refuse(const struct study *study, size_t line, const char *what)
{
    char todo[128];
    snprintf(todo, sizeof todo, "write it again with orgsim %s%s --json=FILE, or remove it", study->command, study->of_scenario ? " SCENARIO" : "");
    return error_set(study->where, ORGSIM_ERROR_IO, study->path, line, 0, todo, "%s", what);
}

static int refuse_kind(const struct study *study)
{
    char what[64];
    snprintf(what, sizeof what, "is not what orgsim %s writes", study->command);
    return refuse(study, 0, what);
}

static int refuse_conditions(const struct study *study, const char *asked)
{
    const char *lived = study->run->conditions;
    return error_set(study->where, ORGSIM_ERROR_IO, study->path, 0, 0, "ask it with the options of the run, or remove the file",
                     "was asked of another variant of the scenario than the run lived: with %.200s, the run with %.200s", *asked ? asked : "no options", *lived ? lived : "none");
}

static double number(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return json_is_number(json) ? json_number_value(json) : (double)NAN;
}

static uint64_t count(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return json_is_integer(json) && json_integer_value(json) > 0 ? (uint64_t)json_integer_value(json) : 0;
}

static const char *string(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return json_is_string(json) ? json_string_value(json) : "";
}

static bool is(const json_t *object, const char *key, const char *expected) { return strcmp(string(object, key), expected) == 0; }

static struct orgsim_estimate estimate(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return (struct orgsim_estimate){number(json, "mean"), number(json, "ci_low"), number(json, "ci_high")};
}

/* --- each number alone -------------------------------------------------------------------------------------------------------------- */

bool studies_turns(const struct orgsim_break_even_row *row) { return (row->found.at_low.mean > 0) != (row->found.at_high.mean > 0); }

static double swing(const struct orgsim_break_even_row *row) { return fabs(row->found.at_high.mean - row->found.at_low.mean); }

static int by_swing(const void *a, const void *b)
{
    const struct orgsim_break_even_row *x = a, *y = b;
    double first = swing(x), second = swing(y);
    return first > second ? -1 : first < second ? 1 : strcmp(x->name, y->name);
}

static struct orgsim_break_even break_even_of(const json_t *json)
{
    const json_t *npv = json_object_get(json, "npv_k");
    struct orgsim_break_even b = {.low = number(json, "low"), .high = number(json, "high"), .present = number(json, "present"), .value = number(json, "value")};
    b.at_low = estimate(npv, "at_low");
    b.at_high = estimate(npv, "at_high");
    return b;
}

static struct orgsim_break_even tornado_of(const json_t *json)
{
    struct orgsim_break_even b = {.low = number(json, "low"), .high = number(json, "high"), .present = number(json, "present"), .value = (double)NAN};
    b.at_low = estimate(json, "npv_k_at_low");
    b.at_high = estimate(json, "npv_k_at_high");
    return b;
}

/* Adds a row that was tried and is whole; passes over another. */
static int take_row(struct studies *studies, const char *name, struct orgsim_break_even b)
{
    bool whole = isfinite(b.low) && isfinite(b.high) && isfinite(b.at_low.mean) && isfinite(b.at_high.mean);
    if (!*name || strlen(name) > NAME_MOST || !whole) return ORGSIM_OK;
    int a = assumption_find(name);
    struct orgsim_break_even_row *row = &studies->row[studies->n];
    *row = (struct orgsim_break_even_row){.tried = 1, .unit = a >= 0 ? assumption_table[a].unit : "", .meaning = a >= 0 ? assumption_table[a].meaning : ""};
    b.state = b.at_low.mean > 0 ? b.at_high.mean > 0 ? ORGSIM_BREAK_EVEN_ALWAYS : ORGSIM_BREAK_EVEN_CROSSES
              : b.at_high.mean > 0 ? ORGSIM_BREAK_EVEN_REVERSED : ORGSIM_BREAK_EVEN_NEVER;
    row->found = b;
    row->name = memory_string(name);
    if (!row->name) return ORGSIM_ERROR_MEMORY;
    studies->n++;
    return ORGSIM_OK;
}

static int take_numbers(struct studies *studies, const json_t *root, const struct study *study)
{
    bool tornado = strcmp(study->command, "sensitivity") == 0;
    const json_t *numbers = json_object_get(root, "numbers");
    size_t n = json_array_size(numbers);
    if (tornado && !is(root, "method", "tornado")) return ORGSIM_OK; /* other methods do not say what net value is at the ends */
    if (!is(root, "baseline_arm", study->run->arm[study->run->baseline]) || !is(root, "headline_arm", study->run->arm[study->run->headline]))
        return refuse(study, 0, "compares other organisations than the run");
    if (!json_is_array(numbers) || !count(root, "worlds") || n > ROWS_MOST) return refuse_kind(study);
    studies->worlds = count(root, "worlds");
    studies->row = memory_array(n ? n : 1, sizeof *studies->row);
    int status = studies->row ? ORGSIM_OK : ORGSIM_ERROR_MEMORY;
    for (size_t r = 0; !status && r < n; r++) {
        const json_t *json = json_array_get(numbers, r);
        status = tornado ? take_row(studies, string(json, "name"), tornado_of(json)) : take_row(studies, string(json, "over"), break_even_of(json));
    }
    if (status) return fail_memory(study->where);
    if (studies->n > 1) qsort(studies->row, studies->n, sizeof *studies->row, by_swing);
    return ORGSIM_OK;
}

/* --- the value of information ------------------------------------------------------------------------------------------------------- */

static size_t arm_of(const struct studies_run *run, const char *id)
{
    size_t arm = 0;
    while (arm < run->n_arms && strcmp(run->arm[arm], id) != 0) arm++;
    return arm;
}

/* In what share of the points an arm is the best choice; NAN where it was not among them. */
static double share_of(const json_t *arms, const char *id)
{
    for (size_t a = 0; a < json_array_size(arms); a++)
        if (is(json_array_get(arms, a), "arm", id)) return number(json_array_get(arms, a), "best_share");
    return (double)NAN;
}

static void take_worth(struct studies_voi *voi, const json_t *json)
{
    int a = assumption_find(string(json, "parameter"));
    double worth = number(json, "worth_k"), se = number(json, "se_k");
    if (a < 0 || !isfinite(worth) || !isfinite(se)) return;
    voi->row[voi->n++] = (struct studies_worth){a, worth, se, json_is_true(json_object_get(json, "clear"))};
}

static int take_voi(struct studies *studies, const json_t *root, const struct study *study)
{
    const json_t *rows = json_object_get(root, "assumptions"), *arms = json_object_get(root, "arms");
    const struct studies_run *run = study->run;
    struct studies_voi *voi = &studies->voi;
    size_t n = json_array_size(rows);
    voi->choice = arm_of(run, string(root, "choice"));
    voi->headline_share = share_of(arms, run->arm[run->headline]);
    if (voi->choice == run->n_arms || isnan(voi->headline_share)) return refuse(study, 0, "chooses among other organisations than those of the run");
    voi->choice_share = share_of(arms, run->arm[voi->choice]);
    voi->perfect_k = number(json_object_get(root, "perfect"), "worth_k");
    if (!json_is_array(rows) || n > ROWS_MOST || !count(root, "points") || !isfinite(voi->perfect_k) || isnan(voi->choice_share))
        return refuse_kind(study);
    voi->row = memory_array(n ? n : 1, sizeof *voi->row);
    if (!voi->row) return fail_memory(study->where);
    voi->points = count(root, "points");
    for (size_t r = 0; r < n; r++) take_worth(voi, json_array_get(rows, r));
    return ORGSIM_OK;
}

/* --- the program itself ------------------------------------------------------------------------------------------------------------- */

static int take_validation(struct studies *studies, const json_t *root, const struct study *study)
{
    if (!*string(root, "version")) return refuse_kind(study);
    if (!is(root, "version", study->run->version)) return refuse(study, 0, "checks another version of orgsim than that of the run");
    if (*string(root, "conditions")) return refuse(study, 0, "checks other programs than those that ship (--set)");
    int status = validation_take(&studies->validation, root);
    if (status == ORGSIM_ERROR_MEMORY) return fail_memory(study->where);
    return status ? refuse_kind(study) : ORGSIM_OK;
}

/* --- files -------------------------------------------------------------------------------------------------------------------------- */

static int read_study(struct studies *studies, const struct study *study, int (*take)(struct studies *, const json_t *, const struct study *))
{
    char *data = NULL;
    size_t n = 0;
    json_error_t fault = {0};
    int status = file_read(study->path, STUDY_MOST, &data, &n, study->where);
    json_t *root = status ? NULL : json_loadb(data, n, JSON_REJECT_DUPLICATES, &fault);
    if (!status && !root) status = refuse(study, fault.line > 0 ? (size_t)fault.line : 0, "is not JSON");
    if (!status && study->of_scenario && !*string(root, "scenario_digest")) status = refuse_kind(study);
    if (!status && json_is_true(json_object_get(root, "interrupted"))) status = refuse(study, 0, "was cut short: it holds only what was done when it was interrupted");
    if (!status && study->of_scenario && !is(root, "scenario_digest", study->run->digest)) status = refuse(study, 0, "is of another scenario than the run, or of tables that changed since");
    if (!status && study->of_scenario && !is(root, "conditions", study->run->conditions)) status = refuse_conditions(study, string(root, "conditions"));
    if (!status) status = take(studies, root, study);
    json_decref(root);
    memory_free(data);
    return status;
}

/* *there: the file exists. */
static int read_there(struct studies *studies, const char *folder, const char *name, struct study study,
                      int (*take)(struct studies *, const json_t *, const struct study *), bool *there)
{
    char *path = file_join(folder, name);
    if (!path) return fail_memory(study.where);
    study.path = path;
    *there = file_exists(path);
    int status = *there ? read_study(studies, &study, take) : ORGSIM_OK;
    memory_free(path);
    return status;
}

int studies_read(struct studies *studies, const char *folder, const struct studies_run *run, struct orgsim_where *where)
{
    struct study study = {.run = run, .where = where, .of_scenario = true};
    bool there = false;
    study.command = "breakeven";
    int status = read_there(studies, folder, STUDIES_BREAK_EVEN, study, take_numbers, &there);
    study.command = "sensitivity";
    if (!status && !there) status = read_there(studies, folder, STUDIES_TORNADO, study, take_numbers, &there);
    study.command = "voi";
    if (!status) status = read_there(studies, folder, STUDIES_VOI, study, take_voi, &there);
    study.command = "validate";
    study.of_scenario = false;
    if (!status) status = read_there(studies, folder, STUDIES_VALIDATION, study, take_validation, &there);
    return status || !there ? status : validation_take_drawing(&studies->validation, folder, where);
}

void studies_free(struct studies *studies)
{
    for (size_t r = 0; r < studies->n; r++) memory_free(studies->row[r].name);
    memory_free(studies->row);
    memory_free(studies->voi.row);
    validation_saved_free(&studies->validation);
    *studies = (struct studies){0};
}
