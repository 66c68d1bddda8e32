/* figure_write.c: drawing one figure and keeping it */
#include "report/figure_write.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/svg.h"
#include "report/tool.h"

#define FIGURE_NAME_SIZE 64
#define SVG_MOST ((size_t)16 << 20)

int figure_write_text(const char *folder, const char *name, const struct text *content, struct orgsim_where *where)
{
    char *path = file_join(folder, name);
    int status = path && !content->failed ? file_write(path, content->s ? content->s : "", content->n, where)
                                          : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    memory_free(path);
    return status;
}

/* The face of the words, as in other figures: with a wider one the headlines shrink by 15 %. */
static bool has_inter(void)
{
    const char *const argv[] = {"fc-match", "-f", "%{family}", "Inter", NULL};
    struct text family = {0};
    int status = 0;
    bool inter = tool_run(argv, NULL, &family, &status) == 0 && status == 0 && family.s && strstr(family.s, "Inter");
    text_free(&family);
    return inter;
}

static int draw(const char *folder, const char *name, struct orgsim_where *where)
{
    char script[FIGURE_NAME_SIZE];
    snprintf(script, sizeof script, "%s.gp", name);
    const char *const plain[] = {"gnuplot", "-d", script, NULL};
    const char *const faced[] = {"gnuplot", "-d", "-e", "face=\"sans\"; headline=\"14.45\"", script, NULL};
    struct text said = {0};
    int exit_status = 0, status = tool_run(has_inter() ? plain : faced, folder, &said, &exit_status);
    if (!status && exit_status == 127) {
        status = error_set(where, ORGSIM_ERROR_TOOL, "gnuplot", 0, 0, "install it (Debian: apt install gnuplot-nox fonts-inter), then run again; the rest stands",
                           "not found, so the figure was not drawn");
    } else if (!status && exit_status) {
        status = error_set(where, ORGSIM_ERROR_TOOL, "gnuplot", 0, 0, "gnuplot 5.4 or later with svg and pngcairo is needed; the rest stands",
                           "exit status %d while drawing %s: %.200s", exit_status, name, said.s ? said.s : "");
    }
    text_free(&said);
    return status;
}

/* gnuplot's svg becomes one of our own, with its alternative text. */
static int tidy(const struct figure *figure, const char *folder, const char *name, struct orgsim_where *where)
{
    char file[FIGURE_NAME_SIZE];
    snprintf(file, sizeof file, "%s.svg", name);
    char *path = file_join(folder, file), *drawn = NULL;
    struct text svg = {0};
    size_t n = 0;
    int status = path ? file_read(path, SVG_MOST, &drawn, &n, where) : ORGSIM_ERROR_MEMORY;
    if (!status) {
        text_add(&svg, "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n");
        svg_tidy(&svg, drawn, name, figure->title.s ? figure->title.s : "", figure->detail.s ? figure->detail.s : "");
        status = figure_write_text(folder, file, &svg, where);
    }
    memory_free(path);
    memory_free(drawn);
    text_free(&svg);
    return status;
}

int figure_write(const struct figure *figure, const char *folder, const char *name, struct orgsim_where *where)
{
    char script[FIGURE_NAME_SIZE], data[FIGURE_NAME_SIZE];
    char *figures = file_join(folder, "figures");
    snprintf(script, sizeof script, "%s.gp", name);
    snprintf(data, sizeof data, "%s.dat", name);
    int status = figures && !figure_failed(figure) ? file_make_folder(figures, where) : error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory");
    if (!status) status = figure_write_text(figures, script, &figure->script, where);
    if (!status) status = figure_write_text(figures, data, &figure->data, where);
    if (!status) status = draw(figures, name, where);
    if (!status) status = tidy(figure, figures, name, where);
    memory_free(figures);
    return status;
}
