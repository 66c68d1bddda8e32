/* export_page.c: orgsim export-page: the workshop as one file, without a server and without a network */
#include "cli/command.h"

#include <stdio.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/message.h"
#include "cli/question.h"

#ifdef ORGSIM_WORKSHOP
#include "workshop/export.h"

#define WORLDS 2048
#define WORLDS_MOST 65536

static int check(const struct options *o, struct orgsim_where *where)
{
    if (!export_is_built())
        return error_set(where, ORGSIM_ERROR_TOOL, NULL, 0, 0, "build it once: ./sim/bootstrap offline (Debian, Ubuntu: it needs emscripten and node-acorn)",
                         "this program was built without the part that runs in browsers");
    if (!o->output) return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "name it: -o FILE.html", "there is no file to write");
    if (file_exists(o->output) && !o->given[OPTION_FORCE])
        return error_set(where, ORGSIM_ERROR_USAGE, o->output, 0, 0, "name another file with -o, or replace it with --force", "exists already");
    if (o->given[OPTION_WORLDS] && o->worlds > WORLDS_MOST)
        return error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "leave -n away", "-n: a page lives 1 to %d worlds at a time", WORLDS_MOST);
    return 0;
}

static int export(const struct options *o)
{
    const struct export_plan plan = {.scenario = o->arguments[0], .settings = o->settings, .n_settings = o->n_settings, .lesson = o->lesson, .seed = o->seed,
                                     .worlds = o->given[OPTION_WORLDS] ? o->worlds : WORLDS};
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    struct text html = {0}, text = {0};
    int error = check(o, &where), status = 0;
    if (!error) error = export_page(&html, &plan, &problems, &where);
    message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (!error) error = file_write_named(o->output, html.s, html.n, &where);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, &where);
    else if (message_wants_text(o)) {
        text_format(&text, "The workshop is in %s (%.1f MB): open it in any browser of this decade, with the network off if need be.\n", o->output, (double)html.n / 1e6);
        status = message_answer(&text);
    }
    orgsim_problems_free(&problems);
    text_free(&html);
    text_free(&text);
    return status;
}
#else
static int export(const struct options *o)
{
    struct orgsim_where where = {0};
    (void)o;
    return message_error(error_set(&where, ORGSIM_ERROR_TOOL, NULL, 0, 0, "install them and build again (Debian, Ubuntu: apt install libmicrohttpd-dev libsqlite3-dev)",
                                   "this program was built without the workshop%s%s", *ORGSIM_WORKSHOP_MISSING ? ":" : "", ORGSIM_WORKSHOP_MISSING), &where);
}
#endif

static int run(const struct options *o, const struct invocation *invocation)
{
    struct orgsim_scenario *scenario = NULL;
    (void)invocation;
    int status = question_scenario(o, o->arguments[0], &scenario);
    if (!status) status = export(o);
    orgsim_scenario_free(scenario);
    return status;
}

const struct command export_page_command = {
    .name = "export-page",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "The workshop as one file: no server, no network, the same numbers.",
    .explanation = "Writes an HTML file that holds the page of orgsim serve, the scenario and orgsim itself, compiled to WebAssembly: for conferences whose network "
                   "fails, and for whoever wants to take the case home. One person answers and leads.",
    .examples = "orgsim export-page scenarios/workshop -o workshop.html\n"
                "orgsim export-page my-program -o my-program.html --lesson my-lesson.csv",
    .groups = GROUP_SCENARIO | GROUP_EXPORT | GROUP_ANSWER,
    .run = run,
};
