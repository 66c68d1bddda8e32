/* validation_read.c: validate.json as it was written, for the page of a run; taken for hostile, as every file */
#include "report/validation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/manifest.h"
#include "report/reread_figure.h"

#define CHECKS_MOST 1000
#define WORDS_MOST 1000 /* bytes of a text */
#define SAMPLE_MOST 1000000000000000LL

/* Whole, not negative; a seed past 2^63 is kept as text. */
static bool take_whole(const json_t *object, const char *key, uint64_t *value)
{
    const json_t *json = json_object_get(object, key);
    if (json_is_string(json)) *value = strtoull(json_string_value(json), NULL, 10);
    else *value = (uint64_t)json_integer_value(json);
    return json_is_string(json) || (json_is_integer(json) && json_integer_value(json) >= 0);
}

static bool take_words(const json_t *object, const char *key, const char **words)
{
    const json_t *json = json_object_get(object, key);
    *words = json_is_string(json) ? json_string_value(json) : NULL;
    return *words && strlen(*words) <= WORDS_MOST;
}

static bool take_status(const json_t *object, enum orgsim_check_status *status)
{
    const char *word;
    if (!take_words(object, "status", &word)) return false;
    for (int s = 0; s < ORGSIM_CHECK_STATUS_COUNT; s++) {
        *status = (enum orgsim_check_status)s;
        if (!strcmp(orgsim_check_status_word(*status), word)) return true;
    }
    return false;
}

static bool take_row(struct validation_row *r, const json_t *json)
{
    return take_words(json, "id", &r->id) && take_words(json, "section", &r->section) && take_words(json, "preset", &r->preset) &&
           take_words(json, "use", &r->use) && take_words(json, "statement", &r->statement) && take_words(json, "source", &r->source) &&
           take_words(json, "expected", &r->expected) && take_words(json, "measured_shown", &r->measured) && take_words(json, "why", &r->why) &&
           take_status(json, &r->status);
}

static bool take_quantiles(const json_t *list, double quantile[ORGSIM_COMPARED_QUANTILES])
{
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES; k++) {
        const json_t *json = json_array_get(list, k);
        if (!json_is_number(json) && !json_is_null(json)) return false;
        quantile[k] = json_is_number(json) ? json_number_value(json) : (double)NAN;
        if (fabs(quantile[k]) > 1e9) return false;
    }
    return true;
}

static bool take_compared(struct orgsim_compared *c, const json_t *json, const struct orgsim_compared_info *info)
{
    const char *id;
    return take_words(json, "id", &id) && !strcmp(id, info->id) && take_whole(json, "of_data", &c->of_data) && take_whole(json, "of_model", &c->of_model) &&
           c->of_data <= SAMPLE_MOST && c->of_model <= SAMPLE_MOST && take_quantiles(json_object_get(json, "data"), c->data) &&
           take_quantiles(json_object_get(json, "model"), c->model);
}

int validation_take(struct validation_saved *saved, const json_t *root)
{
    const json_t *checks = json_object_get(root, "checks"), *compared = json_object_get(root, "compared");
    struct orgsim_validation *found = &saved->found;
    size_t n = json_array_size(checks);
    if (n == 0 || n > CHECKS_MOST || !take_words(root, "version", &saved->version) || !take_words(root, "date", &saved->asked.date) ||
        !take_whole(root, "seed", &saved->asked.seed) || !take_whole(root, "worlds", &found->worlds))
        return ORGSIM_ERROR_IO;
    saved->json = json_incref((json_t *)(uintptr_t)root);
    saved->asked.quick = json_is_true(json_object_get(root, "quick"));
    saved->row = memory_array(n, sizeof *saved->row);
    if (!saved->row) return ORGSIM_ERROR_MEMORY;
    for (; found->n < n; found->n++) {
        if (!take_row(&saved->row[found->n], json_array_get(checks, found->n))) return ORGSIM_ERROR_IO;
        found->count[saved->row[found->n].status]++;
    }
    for (size_t id = 0; id < ORGSIM_COMPARED_COUNT; id++)
        if (!take_compared(&found->compared[id], json_array_get(compared, id), orgsim_compared_info((enum orgsim_compared_id)id))) return ORGSIM_ERROR_IO;
    if (validation_compares(found)) validation_figure(&saved->figure, &saved->asked, found);
    return figure_failed(&saved->figure) ? ORGSIM_ERROR_MEMORY : ORGSIM_OK;
}

int validation_take_drawing(struct validation_saved *saved, const char *folder, struct orgsim_where *where)
{
    char *data;
    if (!saved->figure.data.n) return ORGSIM_OK;
    int status = reread_figure_file(&data, folder, VALIDATION_NAME, "dat", where);
    bool same = data && !strcmp(data, saved->figure.data.s);
    memory_free(data);
    return status || !same ? status : reread_figure_drawing(&saved->drawing, folder, VALIDATION_NAME, where);
}

void validation_saved_free(struct validation_saved *saved)
{
    figure_free(&saved->figure);
    text_free(&saved->drawing);
    memory_free(saved->row);
    json_decref(saved->json);
    *saved = (struct validation_saved){0};
}
