/* explain.c: orgsim explain: one world lived by two organisations, as a dated story */
#include <orgsim/explain.h>

#include <stdio.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/choice.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "report/report.h"
#include "report/story.h"

#define WORLDS_SEARCHED 2000

/* Without --arms: the scenario's headline arm, which the baseline joins. */
static int choose_arms(struct choice *choice, const struct options *options, const struct orgsim_scenario *scenario, struct orgsim_where *where)
{
    struct options asked = *options;
    if (!asked.arms) asked.arms = orgsim_scenario_arm(scenario, scenario->settings.headline_arm);
    return choice_of(choice, &asked, scenario, where);
}

static int check_output(const struct options *o, struct orgsim_where *where)
{
    if (!o->output || o->given[OPTION_FORCE] || !file_exists(o->output)) return 0;
    return error_set(where, ORGSIM_ERROR_USAGE, o->output, 0, 0, "name another folder with -o, or write into it with --force", "exists already");
}

static int live(const struct options *o, const struct orgsim_scenario *scenario, struct orgsim_story *story, struct orgsim_where *where)
{
    struct choice choice = {0};
    int error = choose_arms(&choice, o, scenario, where);
    struct orgsim_explain_options asked = {
        .run = {.seed = o->seed, .worlds = o->given[OPTION_WORLDS] ? o->worlds : WORLDS_SEARCHED, .threads = o->threads, .arms = choice.arms,
                .n_arms = choice.n, .baseline = choice.baseline, .ticks_per_week = o->ticks_per_week, .frictionless = o->given[OPTION_FRICTIONLESS],
                .levers_off = o->levers_off, .isa = o->isa, .precision_metric = -1, .stop = interrupt_watch()},
        .choice = o->given[OPTION_WORLD] ? (enum orgsim_world_choice)o->world_choice : ORGSIM_WORLD_typical,
        .world = o->world};
    if (!error && choice.n > 2)
        error = error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "name one beside the baseline, or choose another --baseline",
                          "--arms: a story is that of two organisations, and %zu are named", choice.n);
    if (!error) error = check_output(o, where);
    if (!error) error = orgsim_explain(scenario, &asked, story, where);
    choice_free(&choice);
    return error;
}

/* Says the story in the forms that were asked for. Returns the exit status. */
static int answer(const struct options *o, const struct story *story)
{
    struct orgsim_where where = {0};
    struct text text = {0}, json = {0};
    int status = 0, error = o->output ? story_write(story, o->output, &where) : 0;
    if (error) status = message_error(error, &where);
    if (o->given[OPTION_JSON] && (!error || error == ORGSIM_ERROR_TOOL)) {
        error = story_json(&json, story);
        int printed = error ? message_error(error, NULL) : message_json(o, &json);
        if (!status) status = printed;
    }
    if (message_wants_text(o)) {
        story_text(&text, story, message_wants_colour(o));
        if (o->output) text_format(&text, "\nReplay: %s/replay.html\n", o->output);
        int printed = message_answer(&text);
        if (!status) status = printed;
    }
    text_free(&text);
    text_free(&json);
    return status;
}

static int tell(const struct options *o, const struct orgsim_scenario *scenario, const struct invocation *invocation)
{
    struct orgsim_story told = {0};
    struct orgsim_where where = {0};
    struct story story = {0};
    struct text command = {0};
    report_command(&command, invocation->argc, invocation->argv);
    int error = command.failed ? ORGSIM_ERROR_MEMORY : live(o, scenario, &told, &where), status = 0;
    if (!error) error = story_create(&story, scenario, &told, command.s ? command.s : "");
    if (error) status = message_error(error, &where);
    else status = answer(o, &story);
    story_free(&story);
    orgsim_story_free(&told);
    text_free(&command);
    return status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct orgsim_scenario *scenario = NULL;
    struct orgsim_problems problems = {0};
    int error = orgsim_scenario_load(o->arguments[0], o->settings, o->n_settings, &scenario, &problems), status;
    message_problems(&problems, o->given[OPTION_VERBOSE]);
    if (error) status = problems.n ? orgsim_error_status(error) : message_error(error, NULL);
    else status = tell(o, scenario, invocation);
    orgsim_problems_free(&problems);
    orgsim_scenario_free(scenario);
    return status;
}

const struct command explain_command = {
    .name = "explain",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "Tells one world, lived by two organisations with the same luck, as a dated story.",
    .explanation = "Searches the first 2000 worlds (or -n) for the one asked for: typical, the nearest to the medians, when --world is left out; "
                   "best or worst by the difference in net value; tpm-lost, where the hire made it worse; surprise, late discovery against early. "
                   "Compares the baseline with the headline arm, or with the one that --arms names. With -o it also writes a figure and replay.html.",
    .examples = "orgsim explain my-program\n"
                "orgsim explain my-program --world tpm-lost -o stories/lost\n"
                "orgsim explain my-program --world 17 --arms none,engineer\n"
                "orgsim explain my-program --world surprise --json | jq -r .lead",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_STORY | GROUP_ANSWER,
    .run = run,
};
