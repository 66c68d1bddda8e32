/* story_write.c: the folder of one story */
#include "base/file.h"
#include "report/figure_write.h"
#include "report/story.h"

int story_write(const struct story *story, const char *folder, struct orgsim_where *where)
{
    struct text text = {0}, html = {0};
    struct figure figure = {0};
    int status = file_make_folder(folder, where);
    if (!status) {
        story_text(&text, story, false);
        status = figure_write_text(folder, "story.txt", &text, where);
    }
    if (!status) {
        story_page(&html, story);
        status = figure_write_text(folder, "replay.html", &html, where);
    }
    story_figure(&figure, story);
    if (!status) status = figure_write(&figure, folder, "explain", where);
    figure_free(&figure);
    text_free(&text);
    text_free(&html);
    return status;
}
