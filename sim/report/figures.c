/* figures.c: the folder figures/ of the results */
#include "report/figures.h"

#include <stdio.h>

#include "base/file.h"
#include "report/figure_write.h"

/* What the figure says, for those who do not see it: its headline, then the numbers behind it, a line each. */
static int write_words(const char *folder, const char *name, const struct figure *figure, struct orgsim_where *where)
{
    char file[FIGURE_FILE_SIZE];
    struct text words = {0};
    snprintf(file, sizeof file, "%s.txt", name);
    text_format(&words, "%s\n%s\n", figure->title.s ? figure->title.s : "", figure->detail.s ? figure->detail.s : "");
    int status = figure_write_text(folder, file, &words, where);
    text_free(&words);
    return status;
}

static int draw_all(struct figures *all, const struct finding *finding, const char *folder, const volatile int *stop, struct orgsim_where *where)
{
    int status = 0;
    for (int id = 0; !status && id < FIGURE_COUNT; id++) {
        if (!figure_is_made((enum figure_id)id, finding)) continue;
        if (stop && *stop) return ORGSIM_ERROR_INTERRUPTED;
        status = figure_write_pictures(&all->figure[id], folder, figure_name((enum figure_id)id), stop, &all->svg[id], where);
    }
    return status;
}

int figures_write(struct figures *all, const struct finding *finding, const char *footnote, const char *folder, bool draw,
                  const volatile int *stop, struct orgsim_where *where)
{
    int status = file_make_folder(folder, where);
    for (int id = 0; !status && id < FIGURE_COUNT; id++) {
        struct figure *figure = &all->figure[id];
        if (!figure_is_made((enum figure_id)id, finding)) continue;
        figure_make((enum figure_id)id, figure, finding, footnote);
        status = figure_write_script(figure, folder, figure_name((enum figure_id)id), where);
        if (!status) status = write_words(folder, figure_name((enum figure_id)id), figure, where);
    }
    return status || !draw ? status : draw_all(all, finding, folder, stop, where);
}

void figures_free(struct figures *all)
{
    for (int id = 0; id < FIGURE_COUNT; id++) {
        figure_free(&all->figure[id]);
        text_free(&all->svg[id]);
    }
}
