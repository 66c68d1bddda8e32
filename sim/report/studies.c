/* studies.c: what other commands found about the same scenario, read from files that they left in the folder of results */
#include "report/studies.h"

#include <jansson.h>
#include <math.h>
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

static const char todo[] = "write it again with orgsim breakeven SCENARIO --json=RUN_DIR/" STUDIES_BREAK_EVEN ", or remove it";

static double number(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return json_is_number(json) ? json_number_value(json) : (double)NAN;
}

static struct orgsim_estimate estimate(const json_t *object, const char *key)
{
    const json_t *json = json_object_get(object, key);
    return (struct orgsim_estimate){number(json, "mean"), number(json, "ci_low"), number(json, "ci_high")};
}

static bool is_string(const json_t *object, const char *key, const char *expected)
{
    const json_t *json = json_object_get(object, key);
    return json_is_string(json) && strcmp(json_string_value(json), expected) == 0;
}

static enum orgsim_break_even_state state_of(const json_t *object)
{
    if (is_string(object, "pays", "always")) return ORGSIM_BREAK_EVEN_ALWAYS;
    if (is_string(object, "pays", "below")) return ORGSIM_BREAK_EVEN_CROSSES;
    return is_string(object, "pays", "above") ? ORGSIM_BREAK_EVEN_REVERSED : ORGSIM_BREAK_EVEN_NEVER;
}

/* Adds a row that was tried and is whole; passes over another. */
static int take_row(struct studies *studies, const json_t *json)
{
    const json_t *over = json_object_get(json, "over"), *npv = json_object_get(json, "npv_k");
    struct orgsim_break_even b = {.state = state_of(json), .low = number(json, "low"), .high = number(json, "high")};
    b.present = number(json, "present");
    b.value = number(json, "value");
    b.ci_low = number(json, "ci_low");
    b.ci_high = number(json, "ci_high");
    b.at_low = estimate(npv, "at_low");
    b.at_present = estimate(npv, "at_present");
    b.at_high = estimate(npv, "at_high");
    bool whole = isfinite(b.low) && isfinite(b.high) && isfinite(b.at_low.mean) && isfinite(b.at_high.mean);
    if (!json_is_string(over) || json_string_length(over) > NAME_MOST || !whole) return ORGSIM_OK;
    int a = assumption_find(json_string_value(over));
    struct orgsim_break_even_row *row = &studies->row[studies->n];
    *row = (struct orgsim_break_even_row){.tried = 1, .found = b, .unit = a >= 0 ? assumption_table[a].unit : "", .meaning = a >= 0 ? assumption_table[a].meaning : ""};
    row->name = memory_string(json_string_value(over));
    if (!row->name) return ORGSIM_ERROR_MEMORY;
    studies->n++;
    studies->turning += isfinite(b.value);
    return ORGSIM_OK;
}

static double swing(const struct orgsim_break_even_row *row) { return fabs(row->found.at_high.mean - row->found.at_low.mean); }

static int by_swing(const void *a, const void *b)
{
    const struct orgsim_break_even_row *x = a, *y = b;
    double first = swing(x), second = swing(y);
    return first > second ? -1 : first < second ? 1 : strcmp(x->name, y->name);
}

static int take(struct studies *studies, const json_t *root, const char *path, struct orgsim_where *where)
{
    const json_t *numbers = json_object_get(root, "numbers"), *worlds = json_object_get(root, "worlds");
    size_t n = json_array_size(numbers);
    if (!json_is_array(numbers) || !json_is_integer(worlds) || json_integer_value(worlds) <= 0 || n > ROWS_MOST)
        return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, todo, "is not the table of orgsim breakeven");
    studies->worlds = (uint64_t)json_integer_value(worlds);
    studies->row = memory_array(n, sizeof *studies->row);
    int status = studies->row ? ORGSIM_OK : ORGSIM_ERROR_MEMORY;
    for (size_t r = 0; !status && r < n; r++) status = take_row(studies, json_array_get(numbers, r));
    if (status) return error_set(where, status, NULL, 0, 0, "", "out of memory");
    if (studies->n > 1) qsort(studies->row, studies->n, sizeof *studies->row, by_swing);
    return ORGSIM_OK;
}

static int read_study(struct studies *studies, const char *path, const char *baseline, const char *headline, const char *digest,
                      struct orgsim_where *where)
{
    char *data = NULL;
    size_t n = 0;
    json_error_t fault = {0};
    int status = file_read(path, STUDY_MOST, &data, &n, where);
    json_t *root = status ? NULL : json_loadb(data, n, JSON_REJECT_DUPLICATES, &fault);
    if (!status && !root)
        status = error_set(where, ORGSIM_ERROR_IO, path, fault.line > 0 ? (size_t)fault.line : 0, 0, todo, "is not JSON: %.200s", fault.text);
    if (!status && !(is_string(root, "baseline_arm", baseline) && is_string(root, "headline_arm", headline)))
        status = error_set(where, ORGSIM_ERROR_IO, path, 0, 0, todo, "compares other organisations than the run, which has \"%.40s\" against \"%.40s\"",
                           headline, baseline);
    if (!status && !is_string(root, "scenario_digest", digest))
        status = error_set(where, ORGSIM_ERROR_IO, path, 0, 0, todo, "is of another scenario than the run, or of tables that changed since");
    if (!status) status = take(studies, root, path, where);
    json_decref(root);
    memory_free(data);
    return status;
}

int studies_read(struct studies *studies, const char *folder, const char *baseline, const char *headline, const char *digest,
                 struct orgsim_where *where)
{
    char *path = file_join(folder, STUDIES_BREAK_EVEN);
    if (!path) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    int status = file_exists(path) ? read_study(studies, path, baseline, headline, digest, where) : ORGSIM_OK;
    memory_free(path);
    return status;
}

void studies_free(struct studies *studies)
{
    for (size_t r = 0; r < studies->n; r++) memory_free(studies->row[r].name);
    memory_free(studies->row);
    *studies = (struct studies){0};
}
