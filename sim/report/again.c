/* again.c: the page of a finished run, drawn again from its folder */
#include "report/again.h"

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/conditions.h"
#include "report/manifest.h"
#include "report/page.h"
#include "report/pdf.h"
#include "report/reread.h"
#include "report/xlsx.h"

#define PAGE "report.html"
#define PAPER "report.pdf"
#define SHEET "report.xlsx"

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

static int write_page(const struct again_asked *asked, const struct reread *r, const struct finding *f, struct orgsim_where *where)
{
    struct text html = {0};
    char *path = file_join(asked->folder, PAGE);
    page_write(&html, &r->plan, f, &r->figures);
    int status = path && !html.failed ? file_write(path, html.s, html.n, where) : fail_memory(where);
    memory_free(path);
    text_free(&html);
    return status;
}

static int write_sheet(const struct again_asked *asked, const struct reread *r, const struct finding *f, struct orgsim_where *where)
{
    char *path = file_join(asked->folder, SHEET);
    int status = path ? xlsx_write(path, &r->plan, f, where) : fail_memory(where);
    memory_free(path);
    return status;
}

static int check_stop(const struct again_asked *asked, const char *before, struct orgsim_where *where)
{
    if (!asked->stop || !*asked->stop) return ORGSIM_OK;
    return error_set(where, ORGSIM_ERROR_INTERRUPTED, NULL, 0, 0, "what was finished stands", "interrupted before %s was written", before);
}

int again_write(const struct again_asked *asked, struct again_made *made, struct orgsim_where *where)
{
    struct reread *r = memory_array(1, sizeof *r);
    struct finding f;
    struct text scenario = {0};
    if (!r) return fail_memory(where);
    int status = reread_open(r, asked->folder, where);
    if (status) goto out;
    r->plan.audience = asked->audience;
    finding_of(&f, &r->scenario, &r->results, r->saved.interrupted);
    made->studied = r->studies.n > 0;
    made->valued = r->studies.voi.points > 0;
    made->checked = r->studies.validation.found.n > 0;
    made->ignorance = r->ignorance.draws > 0;
    conditions_scenario(&scenario, &r->scenario);
    made->scenario = scenario.failed ? NULL : memory_string(scenario.s);
    text_free(&scenario);
    finding_sentence(&made->sentence, &f, 0);
    status = made->scenario && !made->sentence.failed ? check_stop(asked, PAGE, where) : fail_memory(where);
    if (!status) status = write_page(asked, r, &f, where);
    made->page = !status;
    if (!status && asked->xlsx) {
        status = check_stop(asked, SHEET, where);
        if (!status) status = write_sheet(asked, r, &f, where);
        made->xlsx = !status;
    }
    if (!status && asked->pdf) {
        status = check_stop(asked, PAPER, where);
        if (!status) status = pdf_print(asked->folder, PAGE, PAPER, asked->stop, where);
        made->pdf = !status;
    }
out:
    reread_free(r);
    memory_free(r);
    return status;
}

void again_free(struct again_made *made)
{
    memory_free(made->scenario);
    text_free(&made->sentence);
    *made = (struct again_made){0};
}

static void add_file(struct text *text, const struct again_asked *asked, const char *name, const char *what)
{
    text_format(text, "%-11s %s/%s\n", what, asked->folder, name);
}

/* What the page lacks, and the command that would add it. */
static void add_next(struct text *text, const struct again_asked *asked, const struct again_made *made)
{
    static const struct {
        const char *command, *file, *why;
    } studies[] = {{"breakeven ", STUDIES_BREAK_EVEN, "which assumptions move the answer"}, {"voi ", STUDIES_VOI, "what to measure first"}};
    const bool there[] = {made->studied, made->valued};
    for (size_t i = 0; i < sizeof studies / sizeof *studies; i++) {
        if (there[i]) continue;
        text_format(text, "Next        orgsim %s", studies[i].command);
        text_add(text, made->scenario);
        text_add(text, " --json=");
        shown_shell(text, asked->folder);
        text_format(text, "/%s, then report again   (%s)\n", studies[i].file, studies[i].why);
        return;
    }
    if (!made->ignorance) {
        text_add(text, "Next        orgsim run ");
        text_add(text, made->scenario);
        text_add(text, " --ignorance 200   (does it hold if many assumptions are wrong at once?)\n");
    } else if (!made->checked) {
        text_add(text, "Next        orgsim validate -o ");
        shown_shell(text, asked->folder);
        text_add(text, " --force, then report again   (what the simulator gets right, and what it misses)\n");
    }
}

void again_answer(struct text *text, const struct again_asked *asked, const struct again_made *made)
{
    shown_wrap(text, made->sentence.s ? made->sentence.s : "", 110, 6, "\n");
    text_add(text, "\n\n");
    add_file(text, asked, PAGE, asked->audience == REPORT_DIRECTOR ? "Page" : "Full page");
    if (made->pdf) add_file(text, asked, PAPER, "Paper");
    if (made->xlsx) add_file(text, asked, SHEET, "Spreadsheet");
    add_next(text, asked, made);
}

int again_json(struct text *text, const struct again_asked *asked, const struct again_made *made)
{
    json_t *files = json_array(), *json = NULL;
    bool good = files && (!made->page || !json_array_append_new(files, json_string(PAGE))) && (!made->pdf || !json_array_append_new(files, json_string(PAPER))) &&
                (!made->xlsx || !json_array_append_new(files, json_string(SHEET)));
    if (good)
        json = json_pack("{s:s, s:s, s:s, s:O, s:b, s:b, s:b, s:b}", "folder", asked->folder, "audience", asked->audience == REPORT_DIRECTOR ? "director" : "engineer", "sentence",
                         made->sentence.s ? made->sentence.s : "", "files", files, "studied", (int)made->studied, "valued", (int)made->valued, "checked", (int)made->checked, "ignorance", (int)made->ignorance);
    int status = json ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(files);
    json_decref(json);
    return status;
}
