/* error.c: what went wrong, where, and what to do about it */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const struct {
    const char *text;
    int status;
} kinds[] = {
#define X(name, exit_status, meaning) {meaning, exit_status},
    ORGSIM_ERRORS(X)
#undef X
};

#define KINDS (sizeof kinds / sizeof kinds[0])

const char *orgsim_error_text(int error)
{
    return error >= 0 && (size_t)error < KINDS ? kinds[error].text : "unknown error";
}

int orgsim_error_status(int error)
{
    return error >= 0 && (size_t)error < KINDS ? kinds[error].status : 1;
}

/* Takes back the bytes of a UTF-8 character that the end of the buffer cut in two. */
static void drop_cut_character(char *s)
{
    size_t n = strlen(s), back = 0;
    while (back < 3 && back < n && ((unsigned char)s[n - 1 - back] & 0xC0) == 0x80) back++;
    if (back == n) return;
    unsigned char lead = (unsigned char)s[n - 1 - back];
    size_t follow = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (follow > back) s[n - 1 - back] = '\0';
}

static void copy(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%s", from ? from : "");
    drop_cut_character(to);
}

static void fill(struct orgsim_where *where, const char *file, size_t line, size_t column, const char *todo, const char *format,
                 va_list values) __attribute__((format(printf, 6, 0)));

static void fill(struct orgsim_where *where, const char *file, size_t line, size_t column, const char *todo, const char *format,
                 va_list values)
{
    char what[sizeof where->what];
    vsnprintf(what, sizeof what, format, values); /* first, since a value may point into *where */
    copy(where->what, sizeof where->what, what);
    copy(where->file, sizeof where->file, file);
    copy(where->todo, sizeof where->todo, todo);
    where->line = line;
    where->column = column;
}

int error_set(struct orgsim_where *where, int error, const char *file, size_t line, size_t column, const char *todo,
              const char *what_format, ...)
{
    if (!where) return error;
    va_list values;
    va_start(values, what_format);
    fill(where, file, line, column, todo, what_format, values);
    va_end(values);
    return error;
}

int problems_add(struct orgsim_problems *problems, int is_note, const char *file, size_t line, size_t column, const char *todo,
                 const char *what_format, ...)
{
    void *list = problems->list;
    int error = memory_grow(&list, &problems->capacity, problems->n + 1, sizeof *problems->list);
    if (error) return error;
    problems->list = list;
    struct orgsim_problem *problem = &problems->list[problems->n++];
    memset(problem, 0, sizeof *problem);
    problem->is_note = is_note;
    va_list values;
    va_start(values, what_format);
    fill(&problem->where, file, line, column, todo, what_format, values);
    va_end(values);
    return 0;
}

/* The problems are large: their keys are sorted, then each problem moves once. */
struct place {
    size_t file, line, column, position;
};

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    int order = compare_size(a->file, b->file);
    if (!order) order = compare_size(a->line, b->line);
    if (!order) order = compare_size(a->column, b->column);
    return order ? order : compare_size(a->position, b->position);
}

/* Position of the first problem of the same file. Files are few and their problems lie together: looking at the one before settles most. */
static size_t first_of_file(const struct orgsim_problems *problems, const struct place *places, size_t i)
{
    const char *file = problems->list[i].where.file;
    if (i > 0 && strcmp(file, problems->list[i - 1].where.file) == 0) return places[i - 1].file;
    for (size_t k = 0; k < i; k++)
        if (strcmp(file, problems->list[k].where.file) == 0) return k;
    return i;
}

void problems_sort(struct orgsim_problems *problems)
{
    if (problems->n < 2) return;
    struct place *places = memory_array(problems->n, sizeof *places);
    struct orgsim_problem *sorted = memory_array(problems->n, sizeof *sorted);
    if (places && sorted) {
        for (size_t i = 0; i < problems->n; i++) {
            const struct orgsim_where *where = &problems->list[i].where;
            places[i] = (struct place){first_of_file(problems, places, i), where->line, where->column, i};
        }
        qsort(places, problems->n, sizeof *places, compare_places);
        for (size_t i = 0; i < problems->n; i++) sorted[i] = problems->list[places[i].position];
        memcpy(problems->list, sorted, problems->n * sizeof *sorted);
    } /* out of memory: the order of discovery is still of use */
    memory_free(places);
    memory_free(sorted);
}

size_t problems_count(const struct orgsim_problems *problems)
{
    size_t n = 0;
    for (size_t i = 0; i < problems->n; i++) n += !problems->list[i].is_note;
    return n;
}

void orgsim_problems_free(struct orgsim_problems *problems)
{
    memory_free(problems->list);
    *problems = (struct orgsim_problems){0};
}
