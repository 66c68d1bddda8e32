/* template.c: a new scenario folder, from a shipped one or from texts */
#include "scenario/template.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "scenario/columns.h"

#define MOST_BYTES ((size_t)64 << 20)

void template_free(struct template_files *files)
{
    for (size_t k = 0; k < files->n; k++) {
        memory_free(files->list[k].name);
        text_free(&files->list[k].text);
    }
    memory_free(files->list);
    *files = (struct template_files){0};
}

int template_add(struct template_files *files, const char *name, struct text *text)
{
    char *copy = memory_string(name);
    if (!copy || text->failed || memory_grow((void **)&files->list, &files->capacity, files->n + 1, sizeof *files->list)) {
        memory_free(copy);
        return ORGSIM_ERROR_MEMORY;
    }
    files->list[files->n++] = (struct template_file){copy, *text};
    *text = (struct text){0};
    return 0;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n > m && strcmp(s + n - m, end) == 0;
}

static bool exists_in(const char *folder, const char *name)
{
    struct stat status;
    char *path = file_join(folder, name);
    bool exists = path && lstat(path, &status) == 0; /* a dangling link is something too */
    memory_free(path);
    return exists;
}

bool template_is_there(const char *place, const char *name)
{
    if (!*name || strchr(name, '/') || name[0] == '.') return false;
    char *folder = file_join(place, name);
    bool is_there = folder && exists_in(folder, columns_of[TABLE_PROGRAM].file);
    memory_free(folder);
    return is_there;
}

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

void template_list(const char *place, struct text *names)
{
    struct dirent **entries = NULL;
    int n = scandir(place, &entries, NULL, by_name);
    for (int k = 0; k < n; k++) {
        if (template_is_there(place, entries[k]->d_name)) text_format(names, "%s%s", names->n ? ", " : "", entries[k]->d_name);
        free(entries[k]);
    }
    free((void *)entries);
}

static int is_part(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && (ends_with(entry->d_name, ".csv") || ends_with(entry->d_name, ".md"));
}

static int read_file(const char *folder, const char *name, struct template_files *files, struct orgsim_where *where)
{
    char *path = file_join(folder, name), *data = NULL;
    size_t n = 0;
    struct text text = {0};
    enum table table = columns_table_of(name);
    int status = path ? file_read(path, MOST_BYTES, &data, &n, where) : ORGSIM_ERROR_MEMORY;
    if (status) goto out;
    if (table != TABLES && data[0] != '#') columns_comment(&text, table);
    text_add_n(&text, data, n);
    status = template_add(files, name, &text);
out:
    text_free(&text);
    memory_free(data);
    memory_free(path);
    return status;
}

int template_read(const char *folder, struct template_files *files, struct orgsim_where *where)
{
    struct dirent **entries = NULL;
    int status = 0, n = scandir(folder, &entries, is_part, by_name);
    if (n < 0) return error_set(where, ORGSIM_ERROR_IO, folder, 0, 0, "look at its permissions", "cannot be read: %s", strerror(errno));
    for (int k = 0; k < n; k++) {
        if (!status) status = read_file(folder, entries[k]->d_name, files, where);
        free(entries[k]);
    }
    free((void *)entries);
    return status;
}

static int is_entry(const struct dirent *entry) { return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0; }

static bool is_empty(const char *folder)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_entry, NULL);
    for (int k = 0; k < n; k++) free(entries[k]);
    free((void *)entries);
    return n == 0;
}

static bool stays(const char *folder, const char *name) { return ends_with(name, ".md") && exists_in(folder, name); }

int template_may_write(const char *folder, const struct template_files *files, bool beside, struct orgsim_where *where)
{
    struct stat status;
    if (lstat(folder, &status) != 0 && errno == ENOENT) return 0;
    if (!file_is_folder(folder)) return error_set(where, ORGSIM_ERROR_USAGE, folder, 0, 0, "choose another name", "is there and is no folder");
    if (is_empty(folder)) return 0;
    if (!beside)
        return error_set(where, ORGSIM_ERROR_USAGE, folder, 0, 0, "choose another name, or --force to write beside what is in it",
                         "the folder is not empty");
    for (size_t k = 0; k < files->n; k++)
        if (exists_in(folder, files->list[k].name) && !stays(folder, files->list[k].name))
            return error_set(where, ORGSIM_ERROR_USAGE, folder, 0, 0, "move it away; nothing is ever overwritten", "%s is there already",
                             files->list[k].name);
    return 0;
}

/* Takes back what was written. */
static void take_back(const char *folder, const struct template_files *files, const bool *written)
{
    for (size_t k = 0; k < files->n; k++) {
        char *path = written[k] ? file_join(folder, files->list[k].name) : NULL;
        if (path) unlink(path);
        memory_free(path);
    }
}

static int write_file(const char *folder, const struct template_file *file, struct orgsim_where *where)
{
    char *path = file_join(folder, file->name);
    int status = path ? file_write(path, file->text.s ? file->text.s : "", file->text.n, where) : ORGSIM_ERROR_MEMORY;
    memory_free(path);
    return status;
}

int template_write(const char *folder, const struct template_files *files, struct orgsim_where *where)
{
    bool made = !file_exists(folder), *written = memory_array(files->n, sizeof *written);
    int status = written ? file_make_folder(folder, where) : ORGSIM_ERROR_MEMORY;
    for (size_t k = 0; k < files->n && !status; k++) {
        if (stays(folder, files->list[k].name)) continue;
        status = write_file(folder, &files->list[k], where);
        written[k] = !status;
    }
    if (status && written) take_back(folder, files, written);
    if (status && made) rmdir(folder);
    memory_free(written);
    return status;
}
