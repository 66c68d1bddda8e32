/* report.c: orgsim report: the page of a finished run, drawn again for a reader, on paper, as a spreadsheet */
#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "report/again.h"

/* Says what was made, also when something else failed. Returns the exit status. */
static int answer(const struct options *o, const struct again_asked *asked, const struct again_made *made)
{
    struct text text = {0}, json = {0};
    int status = 0;
    if (o->given[OPTION_JSON]) {
        int error = again_json(&json, asked, made);
        status = error ? message_error(error, NULL) : message_json(o, &json);
    }
    if (message_wants_text(o)) {
        again_answer(&text, asked, made);
        int printed = message_answer(&text);
        if (!status) status = printed;
    }
    text_free(&text);
    text_free(&json);
    return status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    (void)invocation;
    const struct again_asked asked = {.folder = o->arguments[0],
                                      .audience = o->engineer ? REPORT_ENGINEER : REPORT_DIRECTOR,
                                      .pdf = o->given[OPTION_PDF],
                                      .xlsx = o->given[OPTION_XLSX],
                                      .stop = interrupt_watch()};
    struct again_made made = {0};
    struct orgsim_where where = {0};
    int error = again_write(&asked, &made, &where), status = error ? message_error(error, &where) : 0;
    int said = made.page ? answer(o, &asked, &made) : 0;
    again_free(&made);
    return status ? status : said;
}

const struct command report_command = {
    .name = "report",
    .arguments = "RUN_DIR",
    .n_arguments = 1,
    .summary = "The page of a finished run, drawn again: to forward, to check, to print, to calculate with.",
    .explanation =
        "Reads a folder that orgsim run wrote and writes its report.html anew: for a director short and with two significant figures, for an engineer "
        "with everything. What other commands left in the folder joins it: breakeven.json or sensitivity.json, voi.json, and validate.json, which becomes an appendix. No world is lived again.",
    .examples = "orgsim run my-program -o spring\n"
                "orgsim breakeven my-program --json=spring/breakeven.json\n"
                "orgsim validate -o spring --force\n"
                "orgsim report spring --pdf --xlsx\n"
                "orgsim report spring --audience engineer",
    .groups = GROUP_REPORT | GROUP_ANSWER,
    .run = run,
};
