/* reread_figure.c: the figures of a folder of results, as they were drawn */
#include "report/reread_figure.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"

#define FILE_MOST ((size_t)16 << 20)

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

/* Does s begin with an attribute of an event: onload=, onclick =? */
static bool is_event(const char *s)
{
    if (!isspace((unsigned char)s[0]) && !strchr("\"'/", s[0])) return false;
    if (strncasecmp(s + 1, "on", 2) != 0 || !isalpha((unsigned char)s[3])) return false;
    for (s += 3; isalpha((unsigned char)*s);) s++;
    while (isspace((unsigned char)*s)) s++;
    return *s == '=';
}

/* A reference that does not stay inside the drawing. */
static bool is_outward(const char *s)
{
    if (strncasecmp(s, "url(", 4) == 0) return s[4 + strspn(s + 4, " '\"")] != '#';
    if (strncasecmp(s, "@import", 7) == 0) return true;
    if (strncasecmp(s, "href", 4) != 0) return false;
    for (s += 4; isspace((unsigned char)*s);) s++;
    if (*s != '=') return false;
    for (s++; isspace((unsigned char)*s) || *s == '"' || *s == '\'';) s++;
    return *s != '#';
}

bool reread_figure_is_harmless(const char *svg)
{
    static const char *const elements[] = {"<script", "<foreignobject", "<iframe", "<image", "<embed", "<object", "<link", "<meta", "<!doctype", "<!entity", "<animate", "<set"};
    for (const char *s = svg; *s; s++) {
        if (*s == '<')
            for (size_t e = 0; e < sizeof elements / sizeof *elements; e++)
                if (strncasecmp(s, elements[e], strlen(elements[e])) == 0) return false;
        if (is_event(s) || is_outward(s)) return false;
    }
    return true;
}

/* The headline, and the numbers behind it. */
static void take_words(struct figure *figure, const char *words)
{
    size_t first = strcspn(words, "\n");
    text_add_n(&figure->title, words, first);
    if (words[first]) text_add_n(&figure->detail, words + first + 1, strcspn(words + first + 1, "\n"));
}

int reread_figure_file(char **data, const char *folder, const char *name, const char *ending, struct orgsim_where *where)
{
    struct text path = {0};
    size_t n = 0;
    *data = NULL;
    text_format(&path, "%s/figures/%s.%s", folder, name, ending);
    int status = path.failed ? fail_memory(where) : file_exists(path.s) ? file_read(path.s, FILE_MOST, data, &n, where) : ORGSIM_OK;
    text_free(&path);
    return status;
}

int reread_figure_drawing(struct text *drawing, const char *folder, const char *name, struct orgsim_where *where)
{
    char *data;
    int status = reread_figure_file(&data, folder, name, "svg", where);
    const char *svg = data ? strstr(data, "<svg") : NULL;
    if (svg && reread_figure_is_harmless(svg)) text_add(drawing, svg);
    memory_free(data);
    return status ? status : drawing->failed ? fail_memory(where) : ORGSIM_OK;
}

static int take_figure(struct figures *figures, enum figure_id id, const char *folder, struct orgsim_where *where)
{
    char *data;
    int status = reread_figure_file(&data, folder, figure_name(id), "txt", where);
    if (data) take_words(&figures->figure[id], data);
    memory_free(data);
    if (!status && figure_failed(&figures->figure[id])) status = fail_memory(where);
    return status ? status : reread_figure_drawing(&figures->svg[id], folder, figure_name(id), where);
}

int reread_figure_all(struct figures *figures, const char *folder, struct orgsim_where *where)
{
    int status = ORGSIM_OK;
    for (int id = 0; !status && id < FIGURE_COUNT; id++) status = take_figure(figures, (enum figure_id)id, folder, where);
    return status;
}
