/* own.c: five questions that fill a scenario */
#include "workshop/own.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <orgsim/run.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/finding.h"
#include "report/manifest.h"
#include "scenario/columns.h"
#include "scenario/generate.h"
#include "scenario/template.h"
#include "workshop/snapshot.h"

#define WORLDS 1024
#define SETTINGS 5

/* What an answer changes: fields of the shape (0: leave), and settings (NULL: none). */
struct own_answer {
    const char *id;
    double teams, engineers, density, ambiguity;
    const char *settings[SETTINGS];
};
struct own_question {
    const char *id;
    struct own_answer answers[OWN_ANSWERS];
};

/* How many teams; how they hang together; how long bad news takes; what the hire may do; what the week of the hire is made of. */
static const struct own_question questions[OWN_QUESTIONS] = {
    {"teams", {{"2", 2, 6, 0, 0, {0}}, {"4", 4, 6, 0, 0, {0}}, {"8", 8, 6, 0, 0, {0}}, {"12", 12, 7, 0, 0, {0}}}},
    {"coupling",
     {{"apart", 0, 0, 0.3, 0.12, {0}}, {"some", 0, 0, 0.8, 0.2, {0}}, {"usual", 0, 0, 1.2, 0.25, {0}}, {"all", 0, 0, 2, 0.35, {0}}}},
    {"bad_news",
     {{"at_once", 0, 0, 0, 0, {"safety=0.6", "p_bias=0.3", "E_team=0.4"}},
      {"usual", 0, 0, 0, 0, {0}},
      {"late", 0, 0, 0, 0, {"safety=0.1", "p_bias=0.7", "E_team=0.05"}},
      {"managers", 0, 0, 0, 0, {"J_em=0.65", "E_team=0.3"}}}},
    {"power",
     {{"none", 0, 0, 0, 0, {"E_tpm=0.1", "tpm.tpm.outcome_evaluated=0.1"}},
      {"ask", 0, 0, 0, 0, {"E_tpm=0.4", "tpm.tpm.outcome_evaluated=0.5"}},
      {"decide", 0, 0, 0, 0, {"E_tpm=0.8"}},
      {"full", 0, 0, 0, 0, {"E_tpm=1"}}}},
    {"week",
     {{"calendar", 0, 0, 0, 0, {"a_tpm=0.75", "J_tpm=0.5"}},
      {"half", 0, 0, 0, 0, {"a_tpm=0.45"}},
      {"risks", 0, 0, 0, 0, {"a_tpm=0.2"}},
      {"senior", 0, 0, 0, 0, {"a_tpm=0.15", "J_tpm=0.85"}}}},
};

bool own_allows(const int answer[OWN_QUESTIONS])
{
    for (int q = 0; q < OWN_QUESTIONS; q++)
        if (answer[q] < 0 || answer[q] >= OWN_ANSWERS) return false;
    return true;
}

json_t *own_json(void)
{
    json_t *list = json_array();
    for (int q = 0; q < OWN_QUESTIONS; q++) {
        json_t *answers = json_array();
        for (int a = 0; a < OWN_ANSWERS; a++) json_array_append_new(answers, json_string(questions[q].answers[a].id));
        json_array_append_new(list, json_pack("{s:s, s:o}", "id", questions[q].id, "answers", answers));
    }
    return list;
}

static struct generate_shape shape_of(const int answer[OWN_QUESTIONS])
{
    struct generate_shape shape = generate_usual();
    for (int q = 0; q < OWN_QUESTIONS; q++) {
        const struct own_answer *a = &questions[q].answers[answer[q]];
        if (a->teams > 0) shape.value[GENERATE_teams] = a->teams;
        if (a->engineers > 0) shape.value[GENERATE_engineers] = a->engineers;
        if (a->density > 0) shape.value[GENERATE_density] = a->density;
        if (a->ambiguity > 0) shape.value[GENERATE_ambiguity] = a->ambiguity;
    }
    return shape;
}

static size_t settings_of(const int answer[OWN_QUESTIONS], const char *settings[OWN_QUESTIONS * SETTINGS])
{
    size_t n = 0;
    for (int q = 0; q < OWN_QUESTIONS; q++)
        for (int k = 0; k < SETTINGS && questions[q].answers[answer[q]].settings[k]; k++)
            settings[n++] = questions[q].answers[answer[q]].settings[k];
    return n;
}

static int write_tables(const char *folder, const struct generate_shape *shape)
{
    struct text texts[TABLES] = {{0}};
    struct template_files files = {0};
    struct orgsim_where where = {0};
    int status = generate_tables(shape, "Your own case", texts, &where);
    for (enum table table = 0; table < TABLES && !status; table++)
        if (texts[table].n) status = template_add(&files, columns_of[table].file, &texts[table]);
    if (!status) status = template_write(folder, &files, &where);
    for (enum table table = 0; table < TABLES; table++) text_free(&texts[table]);
    template_free(&files);
    return status;
}

/* A scenario is read from a folder, so for a moment there is one. */
static int load(struct orgsim_scenario **scenario, const int answer[OWN_QUESTIONS])
{
    const struct generate_shape shape = shape_of(answer);
    const char *settings[OWN_QUESTIONS * SETTINGS], *base = getenv("TMPDIR");
    char folder[256];
    struct orgsim_problems problems = {0};
    *scenario = NULL;
    snprintf(folder, sizeof folder, "%.200s/orgsim-own-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder)) return ORGSIM_ERROR_IO;
    int status = write_tables(folder, &shape);
    if (!status) status = orgsim_scenario_load(folder, settings, settings_of(answer, settings), scenario, &problems);
    orgsim_problems_free(&problems);
    int removed = file_remove_tree(folder, NULL);
    return status ? status : removed;
}

static json_t *describe(const struct orgsim_scenario *scenario, const struct orgsim_results *results)
{
    struct finding finding;
    struct snapshot_kept kept;
    struct text words = {0};
    double engineers = 0;
    for (size_t t = 0; t < scenario->n_teams; t++) engineers += scenario->teams[t].engineers;
    finding_of(&finding, scenario, results, false);
    finding_break_even(&words, &finding, SHOWN_TYPOGRAPHIC);
    json_t *json = snapshot_of_results(results, &kept);
    json_t *facts =
        json_pack("{s:I, s:o, s:s, s:o, s:s, s:o, s:o}", "teams", (json_int_t)scenario->n_teams, "engineers", manifest_number(engineers),
                  "break_even", words.s ? words.s : "", "break_even_k_per_week",
                  manifest_number(finding.break_even_defined ? finding.break_even : (double)NAN), "currency", scenario->settings.currency,
                  "planned_k_per_week", manifest_number(finding.planned), "plan", manifest_number(shown_round(results->plan_weeks, 1)));
    if (json && facts) json_object_update(json, facts);
    json_decref(facts);
    text_free(&words);
    return json;
}

json_t *own_live(const int answer[OWN_QUESTIONS], uint64_t seed, size_t threads, const char *isa, const volatile int *stop, int *status)
{
    struct orgsim_scenario *scenario;
    struct orgsim_results results = {0};
    struct orgsim_where where = {0};
    json_t *json = NULL;
    *status = load(&scenario, answer);
    if (!*status) {
        const size_t arms[SNAPSHOT_ARMS] = {scenario->settings.baseline_arm, scenario->settings.headline_arm};
        const struct orgsim_run_options options = {.seed = seed, .worlds = WORLDS, .threads = threads, .arms = arms, .n_arms = SNAPSHOT_ARMS,
                                                   .baseline = arms[0], .isa = isa, .precision_metric = -1, .stop = stop};
        *status = orgsim_run(scenario, &options, &results, &where);
    }
    if (!*status) json = describe(scenario, &results);
    if (!*status && !json) *status = ORGSIM_ERROR_MEMORY;
    orgsim_results_free(&results);
    orgsim_scenario_free(scenario);
    return json;
}
