/* figures.c: the folder figures/ of the results */
#include "report/figures.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/svg.h"
#include "report/tool.h"

#define SVG_MOST ((size_t)16 << 20)

static const char svg_head[] = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n";

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

static int write_in(const char *folder, const char *name, const char *ending, const struct text *content, struct orgsim_where *where)
{
    struct text file = {0};
    text_format(&file, "%s/%s.%s", folder, name, ending);
    int status = file.failed ? ORGSIM_ERROR_MEMORY : file_write(file.s, content->s ? content->s : "", content->n, where);
    text_free(&file);
    return status;
}

/* What the figure says, for those who do not see it: its headline, then the numbers behind it, a line each. */
static int write_words(const char *folder, const char *name, const struct figure *figure, struct orgsim_where *where)
{
    struct text words = {0};
    text_format(&words, "%s\n%s\n", figure->title.s ? figure->title.s : "", figure->detail.s ? figure->detail.s : "");
    int status = words.failed ? ORGSIM_ERROR_MEMORY : write_in(folder, name, "txt", &words, where);
    text_free(&words);
    return status;
}

static int tool_error(struct orgsim_where *where, int status, const char *name, const char *said)
{
    if (status == 127) {
        return error_set(where, ORGSIM_ERROR_TOOL, "gnuplot", 0, 0,
                         "install it (Debian: apt install gnuplot-nox fonts-inter), then run again; the CSV results stand",
                         "not found, so the figures were not drawn");
    }
    return error_set(where, ORGSIM_ERROR_TOOL, "gnuplot", 0, 0, "gnuplot 5.4 or later with svg and pngcairo is needed; the CSV results stand",
                     "exit status %d while drawing %s: %.200s", status, name, said ? said : "");
}

static int tidy_file(struct figures *all, enum figure_id id, const char *folder, struct orgsim_where *where)
{
    struct text file = {0};
    char *drawn = NULL;
    size_t n = 0;
    text_format(&file, "%s/%s.svg", folder, figure_name(id));
    int status = file.failed ? ORGSIM_ERROR_MEMORY : file_read(file.s, SVG_MOST, &drawn, &n, where);
    if (status) goto out;
    struct figure *figure = &all->figure[id];
    svg_tidy(&all->svg[id], drawn, figure_name(id), figure->title.s, figure->detail.s);
    struct text whole = {0};
    text_add(&whole, svg_head);
    text_add(&whole, all->svg[id].s ? all->svg[id].s : "");
    status = all->svg[id].failed || whole.failed ? ORGSIM_ERROR_MEMORY : write_in(folder, figure_name(id), "svg", &whole, where);
    text_free(&whole);
out:
    memory_free(drawn);
    text_free(&file);
    return status;
}

static int draw(struct figures *all, enum figure_id id, const char *face, const char *folder, const volatile int *stop, struct orgsim_where *where)
{
    char script[64];
    snprintf(script, sizeof script, "%s.gp", figure_name(id));
    const char *const plain[] = {"gnuplot", "-d", script, NULL}, *const faced[] = {"gnuplot", "-d", "-e", face, script, NULL};
    struct text said = {0};
    int exit_status = 0, status = tool_run_until(stop, *face ? faced : plain, folder, &said, &exit_status);
    if (!status && exit_status) status = tool_error(where, exit_status, figure_name(id), said.s);
    text_free(&said);
    return status ? status : tidy_file(all, id, folder, where);
}

static int draw_all(struct figures *all, const char *folder, const volatile int *stop, struct orgsim_where *where)
{
    struct text face = {0};
    add_face(&face);
    int status = face.failed ? ORGSIM_ERROR_MEMORY : ORGSIM_OK;
    for (int id = 0; !status && id < FIGURE_COUNT; id++)
        status = stop && *stop ? ORGSIM_ERROR_INTERRUPTED : draw(all, (enum figure_id)id, face.s ? face.s : "", folder, stop, where);
    text_free(&face);
    return status;
}

int figures_write(struct figures *all, const struct finding *finding, const char *footnote, const char *folder, bool draw_them,
                  const volatile int *stop, struct orgsim_where *where)
{
    int status = file_make_folder(folder, where);
    for (int id = 0; !status && id < FIGURE_COUNT; id++) {
        struct figure *figure = &all->figure[id];
        figure_make((enum figure_id)id, figure, finding, footnote);
        if (figure_failed(figure)) status = ORGSIM_ERROR_MEMORY;
        if (!status) status = write_in(folder, figure_name((enum figure_id)id), "gp", &figure->script, where);
        if (!status) status = write_in(folder, figure_name((enum figure_id)id), "dat", &figure->data, where);
        if (!status) status = write_words(folder, figure_name((enum figure_id)id), figure, where);
    }
    return status || !draw_them ? status : draw_all(all, folder, stop, where);
}

void figures_free(struct figures *all)
{
    for (int id = 0; id < FIGURE_COUNT; id++) {
        figure_free(&all->figure[id]);
        text_free(&all->svg[id]);
    }
}
