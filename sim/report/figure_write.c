/* figure_write.c: drawing one figure and keeping it */
#include "report/figure_write.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/svg.h"
#include "report/tool.h"

#define SVG_MOST ((size_t)16 << 20)

static const char svg_head[] = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n";

int figure_write_text(const char *folder, const char *file, const struct text *content, struct orgsim_where *where)
{
    char *path = file_join(folder, file);
    int status = path && !content->failed ? file_write(path, content->s ? content->s : "", content->n, where)
                                          : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    memory_free(path);
    return status;
}

int figure_write_script(const struct figure *figure, const char *folder, const char *name, struct orgsim_where *where)
{
    char script[FIGURE_FILE_SIZE], data[FIGURE_FILE_SIZE];
    if (figure_failed(figure)) return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    snprintf(script, sizeof script, "%s.gp", name);
    snprintf(data, sizeof data, "%s.dat", name);
    int status = figure_write_text(folder, script, &figure->script, where);
    return status ? status : figure_write_text(folder, data, &figure->data, where);
}

/* The face of the words: with a wider one the headlines shrink by 15 %. */
static void add_face(struct text *face)
{
    const char *const argv[] = {"fc-match", "-f", "%{family}", "Inter", NULL};
    struct text family = {0};
    int status = 0;
    bool inter = tool_run(argv, NULL, &family, &status) == 0 && status == 0 && family.s && strstr(family.s, "Inter");
    if (!inter) text_format(face, "face=\"sans\"; headline=\"%.2f\"", 0.85 * THEME_HEADLINE);
    text_free(&family);
}

static int tool_error(struct orgsim_where *where, int status, const char *name, const char *said)
{
    if (status == 127) {
        return error_set(where, ORGSIM_ERROR_TOOL, "gnuplot", 0, 0,
                         "install it (Debian: apt install gnuplot-nox fonts-inter), then run again; the rest of the results stands",
                         "not found, so figures were not drawn");
    }
    return error_set(where, ORGSIM_ERROR_TOOL, "gnuplot", 0, 0,
                     "gnuplot 5.4 or later with svg and pngcairo is needed; the rest of the results stands",
                     "exit status %d while drawing %s: %.200s", status, name, said ? said : "");
}

static int plot(const char *folder, const char *name, const volatile int *stop, struct orgsim_where *where)
{
    char script[FIGURE_FILE_SIZE];
    struct text face = {0}, said = {0};
    add_face(&face);
    snprintf(script, sizeof script, "%s.gp", name);
    const char *const plain[] = {"gnuplot", "-d", script, NULL}, *const faced[] = {"gnuplot", "-d", "-e", face.s, script, NULL};
    int exit_status = 0, status = face.failed ? ORGSIM_ERROR_MEMORY : tool_run_until(stop, face.n ? faced : plain, folder, &said, &exit_status);
    if (!status && exit_status) status = tool_error(where, exit_status, name, said.s);
    text_free(&face);
    text_free(&said);
    return status;
}

/* gnuplot's svg becomes one of our own. */
static int tidy(const struct figure *figure, const char *folder, const char *name, struct text *svg, struct orgsim_where *where)
{
    char file[FIGURE_FILE_SIZE];
    snprintf(file, sizeof file, "%s.svg", name);
    char *path = file_join(folder, file), *drawn = NULL;
    struct text element = {0}, whole = {0};
    size_t n = 0;
    int status = path ? file_read(path, SVG_MOST, &drawn, &n, where) : ORGSIM_ERROR_MEMORY;
    if (status) goto out;
    svg_tidy(&element, drawn, name, figure->title.s ? figure->title.s : "", figure->detail.s ? figure->detail.s : "");
    text_add(&whole, svg_head);
    text_add_n(&whole, element.s ? element.s : "", element.n);
    if (svg) text_add_n(svg, element.s ? element.s : "", element.n);
    status = element.failed || whole.failed || (svg && svg->failed) ? ORGSIM_ERROR_MEMORY : figure_write_text(folder, file, &whole, where);
out:
    memory_free(path);
    memory_free(drawn);
    text_free(&element);
    text_free(&whole);
    return status;
}

int figure_write_pictures(const struct figure *figure, const char *folder, const char *name, const volatile int *stop, struct text *svg,
                          struct orgsim_where *where)
{
    int status = plot(folder, name, stop, where);
    return status ? status : tidy(figure, folder, name, svg, where);
}

int figure_write(const struct figure *figure, const char *folder, const char *name, struct orgsim_where *where)
{
    char *figures = file_join(folder, "figures");
    int status = figures ? file_make_folder(figures, where) : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    if (!status) status = figure_write_script(figure, figures, name, where);
    if (!status) status = figure_write_pictures(figure, figures, name, NULL, NULL, where);
    memory_free(figures);
    return status;
}
