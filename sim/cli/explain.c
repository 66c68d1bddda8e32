/* explain.c: orgsim explain: one world lived by two organisations or more, as a dated story */
#include <orgsim/explain.h>

#include <ctype.h>
#include <stdio.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/choice.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/question.h"
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

/* One organisation beside the baseline. */
struct telling {
    const struct options *options;
    const struct orgsim_scenario *scenario;
    const char *command;
    struct choice choice;
    struct text text, json;
    uint64_t world;             /* of the first story: the others tell the same one */
};

static struct orgsim_explain_options asked_of(const struct telling *t, const size_t arms[2], bool first)
{
    const struct options *o = t->options;
    return (struct orgsim_explain_options){
        .run = {.seed = o->seed, .worlds = o->given[OPTION_WORLDS] ? o->worlds : WORLDS_SEARCHED, .threads = o->threads, .arms = arms, .n_arms = 2,
                .baseline = t->choice.baseline, .ticks_per_week = o->ticks_per_week, .frictionless = o->given[OPTION_FRICTIONLESS],
                .levers_off = o->levers_off, .contrary = o->contrary, .isa = o->isa, .precision_metric = -1, .stop = interrupt_watch()},
        .choice = !first ? ORGSIM_WORLD_number : o->given[OPTION_WORLD] ? (enum orgsim_world_choice)o->world_choice : ORGSIM_WORLD_typical,
        .world = first ? o->world : t->world};
}

/* The folder of one story: the one asked for, or one in it when there are several, named by place and organisation. */
static int write(const struct telling *t, const struct story *story, size_t place, struct orgsim_where *where)
{
    const char *id = orgsim_scenario_arm(t->scenario, t->choice.arms[place]);
    struct text folder = {0};
    text_add(&folder, t->options->output);
    if (t->choice.n > 2) text_format(&folder, "/%zu-", place);
    for (const char *c = id; t->choice.n > 2 && *c && c < id + 60; c++) text_format(&folder, "%c", isalnum((unsigned char)*c) || *c == '_' ? *c : '-');
    int error = folder.failed ? ORGSIM_ERROR_MEMORY : t->choice.n > 2 ? file_make_folder(t->options->output, where) : 0;
    if (!error) error = story_write(story, folder.s, where);
    text_free(&folder);
    return error;
}

static int add_forms(struct telling *t, const struct story *story, size_t place)
{
    if (place > 1) text_add(&t->text, "\n\n");
    story_text(&t->text, story, message_wants_colour(t->options));
    if (!t->options->given[OPTION_JSON]) return 0;
    if (place > 1) text_add(&t->json, ",\n");
    return story_json(&t->json, story);
}

/* Lives, words and writes the story of one organisation. A missing tool is told at the end; the stories stand without it. */
static int tell_one(struct telling *t, size_t place, struct orgsim_where *where)
{
    const size_t arms[2] = {t->choice.baseline, t->choice.arms[place]};
    const struct orgsim_explain_options asked = asked_of(t, arms, place == 1);
    struct orgsim_story told = {0};
    struct story story = {0};
    int tool = 0, error = orgsim_explain(t->scenario, &asked, &told, where);
    t->world = told.world;
    if (!error) error = story_create(&story, t->scenario, &told, t->command);
    if (!error) error = add_forms(t, &story, place);
    if (!error && t->options->output) error = write(t, &story, place, where);
    if (error == ORGSIM_ERROR_TOOL) tool = error, error = 0;
    story_free(&story);
    orgsim_story_free(&told);
    return error ? error : tool;
}

static int tell_all(struct telling *t, struct orgsim_where *where)
{
    const struct options *o = t->options;
    int tool = 0, error = choose_arms(&t->choice, o, t->scenario, where);
    if (!error && t->choice.n < 2)
        error = error_set(where, ORGSIM_ERROR_USAGE, NULL, 0, 0, "name one beside the baseline, or choose another --baseline",
                          "--arms: a story needs a second organisation");
    if (!error) error = question_output(o, where);
    if (t->choice.n > 2 && o->given[OPTION_JSON]) text_add(&t->json, "{\"stories\": [\n");
    for (size_t place = 1; place < t->choice.n && !error; place++) {
        error = tell_one(t, place, where);
        if (error == ORGSIM_ERROR_TOOL) tool = error, error = 0;
    }
    if (t->choice.n > 2 && o->given[OPTION_JSON]) text_add(&t->json, "]}\n");
    return error ? error : tool;
}

/* Says the stories in the forms that were asked for. Returns the exit status. */
static int answer(struct telling *t)
{
    const struct options *o = t->options;
    int status = o->given[OPTION_JSON] ? message_json(o, &t->json) : 0;
    if (!message_wants_text(o)) return status;
    if (o->output && t->choice.n == 2) text_format(&t->text, "\nReplay: %s/replay.html\n", o->output);
    else if (o->output) text_format(&t->text, "\nReplays: replay.html in each folder of %s\n", o->output);
    int printed = message_answer(&t->text);
    return status ? status : printed;
}

static int tell(const struct options *o, const struct orgsim_scenario *scenario, const struct invocation *invocation)
{
    struct orgsim_where where = {0};
    struct text command = {0};
    report_command_line(&command, invocation->argc, invocation->argv);
    struct telling t = {.options = o, .scenario = scenario, .command = command.s ? command.s : ""};
    int error = command.failed ? ORGSIM_ERROR_MEMORY : tell_all(&t, &where), status = error ? message_error(error, &where) : 0;
    if (!error || error == ORGSIM_ERROR_TOOL) {
        int answered = answer(&t);
        if (!status) status = answered;
    }
    choice_free(&t.choice);
    text_free(&t.text);
    text_free(&t.json);
    text_free(&command);
    return status;
}

static int run(const struct options *o, const struct invocation *invocation)
{
    struct orgsim_scenario *scenario = NULL;
    int status = question_scenario(o, o->arguments[0], &scenario);
    if (!status) status = tell(o, scenario, invocation);
    orgsim_scenario_free(scenario);
    return status;
}

const struct command explain_command = {
    .name = "explain",
    .arguments = "SCENARIO",
    .n_arguments = 1,
    .summary = "Tells one world, lived by two organisations or more with the same luck, as a dated story.",
    .explanation = "Searches the first 2000 worlds (or -n) for the one asked for: typical, the nearest to the medians, when --world is left out; "
                   "best or worst by the difference in net value; tpm-lost, where the hire made it worse; surprise, late discovery against early. "
                   "Compares the baseline with the headline arm, or with each that --arms names, whose world is chosen by the first of them. With -o it also writes a figure and replay.html.",
    .examples = "orgsim explain my-program\n"
                "orgsim explain my-program --world tpm-lost -o stories/lost\n"
                "orgsim explain my-program --world 17 --arms none,engineer\n"
                "orgsim explain my-program --arms tpm,coordinator,costume\n"
                "orgsim explain my-program --world surprise --json | jq -r .lead",
    .groups = GROUP_SCENARIO | GROUP_LIVE | GROUP_STORY | GROUP_ANSWER,
    .run = run,
};
