/* export.c: one file out of the page's modules, the scenario's tables and the worker */
#include "workshop/export.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "workshop/asset.h"
#include "workshop/lesson.h"

#define FILES_MOST ((size_t)8 << 20) /* bytes of all tables together */
#define LESSON "45-minutes.csv"      /* one person alone goes through it in less */

/* Each before those that use it; engine.js, which asks a server, stays out. */
static const char *const modules[] = {"strings.js", "dom.js", "dots.js", "result.js", "early.js", "late.js", "host.js", "replay.js", "offline.js", "app.js"};

static const char policy[] = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
                             "worker-src blob:; style-src 'unsafe-inline'; img-src data:\">\n";

bool export_is_built(void) { return asset_find(EXPORT_WORKER) != NULL; }

/* Text of a script: nothing in it ends the element. */
static void add_script(struct text *html, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        text_add_n(html, s + i, 1);
        if (s[i] == '<' && i + 1 < n && s[i + 1] == '/') text_add(html, "\\");
    }
}

/* A module as a part of one: what it takes from others is there already. */
static void add_module(struct text *html, const struct asset *asset)
{
    const char *s = (const char *)asset->data, *end = s + asset->n;
    while (s < end) {
        const char *line_end = memchr(s, '\n', (size_t)(end - s));
        size_t n = (size_t)((line_end ? line_end + 1 : end) - s);
        size_t skipped = strncmp(s, "export ", 7) == 0 ? 7 : 0;
        if (strncmp(s, "import ", 7) != 0) add_script(html, s + skipped, n - skipped);
        s += n;
    }
}

static int read_into(json_t *object, const char *path, const char *name, size_t *left, struct orgsim_where *where)
{
    char *data = NULL;
    size_t n = 0;
    int status = file_read(path, *left + 1, &data, &n, where);
    if (!status && n > *left)
        status = error_set(where, ORGSIM_ERROR_USAGE, path, 0, 0, "use a smaller scenario", "the tables are larger than the 8 MB that a page may hold");
    if (!status) {
        *left -= n;
        json_t *string = json_stringn(data, n);
        if (!string) status = error_set(where, ORGSIM_ERROR_USAGE, path, 0, 0, "save it as UTF-8", "the file is not UTF-8");
        else if (json_object_set_new(object, name, string)) status = ORGSIM_ERROR_MEMORY;
    }
    memory_free(data);
    return status;
}

static int is_wanted(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return entry->d_name[0] != '.' && ((n > 4 && !strcmp(entry->d_name + n - 4, ".csv")) || !strcmp(entry->d_name, "README.md"));
}

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static int files_of(json_t *files, const char *folder, struct orgsim_where *where)
{
    struct dirent **entries = NULL;
    size_t left = FILES_MOST;
    int status = 0, n = scandir(folder, &entries, is_wanted, by_name);
    for (int k = 0; k < n; k++) {
        char *path = status ? NULL : file_join(folder, entries[k]->d_name);
        if (!status) status = path ? read_into(files, path, entries[k]->d_name, &left, where) : ORGSIM_ERROR_MEMORY;
        memory_free(path);
        free(entries[k]);
    }
    free((void *)entries);
    return n < 0 ? error_set(where, ORGSIM_ERROR_IO, folder, 0, 0, "name a folder that can be read", "cannot be read") : status;
}

static int lesson_of(json_t *root, const char *path, struct orgsim_problems *problems, struct orgsim_where *where)
{
    size_t left = FILES_MOST;
    struct lesson lesson = {0};
    const struct asset *own = asset_find(LESSON);
    if (!path) return own && json_object_set_new(root, "lesson", json_stringn((const char *)own->data, own->n)) == 0 ? 0 : ORGSIM_ERROR_MEMORY;
    int status = lesson_read(&lesson, path, problems);
    lesson_free(&lesson);
    return status ? status : read_into(root, path, "lesson", &left, where);
}

/* {files, lesson, settings, seed, worlds} as JSON in which nothing can be taken for markup. */
static int add_scenario(struct text *html, const struct export_plan *plan, struct orgsim_problems *problems, struct orgsim_where *where)
{
    json_t *files = json_object(), *settings = json_array();
    json_t *root = json_pack("{s:o, s:o, s:I, s:I}", "files", files, "settings", settings, "seed", (json_int_t)plan->seed, "worlds", (json_int_t)plan->worlds);
    int status = root ? files_of(files, plan->scenario, where) : ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < plan->n_settings && !status; k++)
        if (json_array_append_new(settings, json_string(plan->settings[k]))) status = ORGSIM_ERROR_MEMORY;
    if (!status) status = lesson_of(root, plan->lesson, problems, where);
    char *dump = status ? NULL : json_dumps(root, JSON_COMPACT);
    if (!status && !dump) status = ORGSIM_ERROR_MEMORY;
    for (const char *s = dump; s && *s; s++) {
        if (*s == '<') text_add(html, "\\u003c");
        else text_add_n(html, s, 1);
    }
    free(dump); /* jansson's own allocation */
    json_decref(root);
    return status;
}

static void add_style(struct text *html)
{
    const struct asset *style = asset_find("style.css");
    text_add(html, "<style>\n");
    text_add_n(html, (const char *)style->data, style->n);
    text_add(html, "</style>\n");
}

static int add_scripts(struct text *html, const struct export_plan *plan, struct orgsim_problems *problems, struct orgsim_where *where)
{
    const struct asset *worker = asset_find(EXPORT_WORKER);
    text_add(html, "<script type=\"application/json\" id=\"scenario\">");
    int status = add_scenario(html, plan, problems, where);
    text_add(html, "</script>\n<script type=\"text/plain\" id=\"worker\">");
    add_script(html, (const char *)worker->data, worker->n);
    text_add(html, "</script>\n<script type=\"module\">\n");
    for (size_t m = 0; m < sizeof modules / sizeof *modules && !status; m++) {
        const struct asset *module = asset_find(modules[m]);
        if (module) add_module(html, module);
        else status = ORGSIM_ERROR_INTERNAL;
    }
    text_add(html, "</script>\n");
    return status;
}

int export_page(struct text *html, const struct export_plan *plan, struct orgsim_problems *problems, struct orgsim_where *where)
{
    const struct asset *index = asset_find("index.html");
    const char *line = (const char *)index->data;
    int status = 0;
    while (*line && !status) {
        size_t n = strcspn(line, "\n");
        n += line[n] == '\n';
        bool head = strncmp(line, "<head>", 6) == 0, link = strncmp(line, "<link ", 6) == 0, script = strncmp(line, "<script ", 8) == 0;
        if (strncmp(line, "</head>", 7) == 0) add_style(html);
        if (strncmp(line, "</body>", 7) == 0) status = add_scripts(html, plan, problems, where);
        if (!link && !script) text_add_n(html, line, n);
        if (head) text_add(html, policy);
        line += n;
    }
    return html->failed ? ORGSIM_ERROR_MEMORY : status;
}
