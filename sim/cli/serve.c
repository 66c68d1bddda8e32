/* serve.c: orgsim serve: a workshop on a scenario, in browsers */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/question.h"
#include "workshop/routes.h"

#ifdef ORGSIM_WORKSHOP
#include "workshop/qr.h"
#include "workshop/serve.h"

#define WORLDS 2048
#define WORLDS_MOST 65536
#define PORT 7070

static void say_places(struct text *text, const struct serve *serve, const struct options *o, const char *session)
{
    char people[SERVE_ADDRESS], host[SERVE_ADDRESS], screen[SERVE_ADDRESS];
    double minutes;
    size_t stations = serve_stations(serve, &minutes);
    serve_address(serve, SERVE_PEOPLE, people);
    serve_address(serve, SERVE_HOST, host);
    serve_address(serve, SERVE_SCREEN, screen);
    text_format(text, "The workshop is open; end it with Ctrl-C.\n\nLead it    %s\nProjector  %s\nJoin it    %s\n", host, screen, people);
    if (o->given[OPTION_LAN]) {
        if (qr_terminal(text, people) == ORGSIM_ERROR_TOOL) text_add(text, "           (no QR code: built without libqrencode)\n");
        text_add(text, "Whoever knows the first link leads: keep it to yourself. Phones must be on the same network.\n");
    } else {
        text_add(text, "Only this computer can reach it; for phones in the room: --lan\n");
    }
    text_format(text, "Lesson     %zu stations", stations);
    if (minutes > 0) text_format(text, ", %g minutes", minutes);
    text_add(text, "\n");
    size_t station, found = serve_found(serve, &station);
    if (found || station > 1)
        text_format(text, "Goes on    at station %zu, with the answers of %zu %s; for a new room name another file with -o\n", station, found,
                    found == 1 ? "person" : "people");
    text_format(text, "Answers    %s\n", session);
}

/* The same for a program that opens the room. */
static int places_json(struct text *text, const struct serve *serve, const char *session)
{
    char people[SERVE_ADDRESS], host[SERVE_ADDRESS], screen[SERVE_ADDRESS];
    double minutes;
    size_t stations = serve_stations(serve, &minutes);
    serve_address(serve, SERVE_PEOPLE, people);
    serve_address(serve, SERVE_HOST, host);
    serve_address(serve, SERVE_SCREEN, screen);
    json_t *json = json_pack("{s:s, s:s, s:s, s:I, s:f, s:s}", "lead", host, "projector", screen, "join", people, "stations",
                             (json_int_t)stations, "minutes", minutes, "session", session);
    char *dump = json ? json_dumps(json, ROOM_JSON) : NULL;
    if (dump) text_format(text, "%s\n", dump);
    free(dump); /* jansson's own allocation */
    json_decref(json);
    return dump ? 0 : ORGSIM_ERROR_MEMORY;
}

static int say(const struct serve *serve, const struct options *o, const char *session)
{
    struct text text = {0}, json = {0};
    int status = 0;
    if (o->given[OPTION_JSON]) {
        int error = places_json(&json, serve, session);
        status = error ? message_error(error, NULL) : message_json(o, &json);
    }
    if (!status && message_wants_text(o)) {
        say_places(&text, serve, o, session);
        status = message_answer(&text);
    }
    text_free(&text);
    text_free(&json);
    return status;
}

/* ./orgsim-results/FOLDER.session: the same again after a restart. */
static int session_file(struct text *session, const char *scenario, struct orgsim_where *where)
{
    size_t n = strlen(scenario), start;
    while (n > 1 && scenario[n - 1] == '/') n--;
    for (start = n; start > 0 && scenario[start - 1] != '/'; start--) {}
    text_add(session, "./orgsim-results/");
    text_add_n(session, scenario + start, n - start);
    text_add(session, ".session");
    return session->failed ? ORGSIM_ERROR_MEMORY : file_make_folder("./orgsim-results", where);
}

static int open_and_run(const struct options *o, const struct orgsim_scenario *scenario, const char *session, struct orgsim_where *where)
{
    const struct serve_options options = {.plan = {.scenario = scenario,
                                                   .path = o->arguments[0],
                                                   .lesson = o->lesson,
                                                   .session = session,
                                                   .seed = o->seed,
                                                   .worlds = o->given[OPTION_WORLDS] ? o->worlds : WORLDS,
                                                   .threads = o->threads,
                                                   .isa = o->isa},
                                          .port = o->given[OPTION_PORT] ? o->port : PORT,
                                          .lan = o->given[OPTION_LAN]};
    const volatile int *stop = interrupt_watch();
    struct orgsim_problems problems = {0};
    struct serve *serve = NULL;
    if (options.plan.worlds > WORLDS_MOST)
        return message_error(
            error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "leave -n away", "-n: a workshop lives 1 to %d worlds at a time", WORLDS_MOST),
            where);
    int error = serve_open(&serve, &options, &problems, where), status;
    message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, where);
    else {
        status = say(serve, o, session);
        fflush(stdout);
        if (!status) serve_run(serve, stop);
    }
    serve_close(serve);
    orgsim_problems_free(&problems);
    return status;
}

static int serve(const struct options *o, const struct orgsim_scenario *scenario)
{
    struct orgsim_where where = {0};
    struct text session = {0};
    int error = 0;
    if (o->output) text_add(&session, o->output);
    else error = session_file(&session, o->arguments[0], &where);
    int status =
        error || session.failed ? message_error(error ? error : ORGSIM_ERROR_MEMORY, &where) : open_and_run(o, scenario, session.s, &where);
    text_free(&session);
    return status;
}
#else
static int serve(const struct options *o, const struct orgsim_scenario *scenario)
{
    struct orgsim_where where = {0};
    (void)o, (void)scenario;
    return message_error(error_set(&where, ORGSIM_ERROR_TOOL, NULL, 0, 0,
                                   "install them and build again (Debian, Ubuntu: apt install libmicrohttpd-dev libsqlite3-dev)",
                                   "this program was built without what a workshop needs%s%s", *ORGSIM_WORKSHOP_MISSING ? ":" : "",
                                   ORGSIM_WORKSHOP_MISSING),
                         &where);
}
#endif

static int run(const struct options *o, const struct invocation *invocation)
{
    struct orgsim_scenario *scenario = NULL;
    (void)invocation;
    int status = question_scenario(o, o->arguments[0], &scenario);
    if (!status) status = serve(o, scenario);
    orgsim_scenario_free(scenario);
    return status;
}

const struct command serve_command = {
    .name = "serve",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "A workshop in browsers: a room predicts, sees, replays one world, changes it, and leaves with its own case.",
    .explanation =
        "Prints where to lead, what the projector shows and where people join, then serves until Ctrl-C. Only this computer can reach it, "
        "unless --lan opens it to the network under random tokens. Answers are kept as they come: started again, it goes on where it was.\n\n"
        "The page is a client of a small API in JSON, below the same links; ID is 32 random hexadecimal digits:\n\n" ROUTES_TEXT,
    .examples = "orgsim serve scenarios/workshop\n"
                "orgsim serve scenarios/workshop --lan --lesson my-lesson.csv",
    .groups = GROUP_SCENARIO | GROUP_SERVE | GROUP_ANSWER,
    .run = run,
};
