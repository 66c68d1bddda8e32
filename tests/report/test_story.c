/* A story made by hand: its lives, its choice of what mattered, its sentences, and that names of a scenario cannot break out of any form */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/story.h"

#define HOSTILE "<script>alert(1)</script> `'; system(\"x\") {/*4 y}"
#define HOSTILE_CONDITIONS "--set '<script>=1'"
#define EVENT(k, at, of, by, a, b, c) {.kind = ORGSIM_EVENT_##k, .week = at, .subject = of, .who = ORGSIM_WHO_##by, .x = a, .y = b, .z = c}

enum { RISK, QUESTION, MISMATCH, SAME, ITEMS };

static struct orgsim_event without[] = {
    EVENT(started, 0, 0, NOBODY, 0, 0, 0),
    EVENT(activated, 2, RISK, NOBODY, 5, 0, 0),
    EVENT(activated, 2, SAME, NOBODY, 5, 0, 0),
    EVENT(activated, 3, QUESTION, NOBODY, 0, 0, 0),
    EVENT(reported, 4, 0, NOBODY, 40, 60, 50),
    EVENT(activated, 5, MISMATCH, NOBODY, 0, 0, 0),
    EVENT(reported, 6, 0, NOBODY, 60, 61, 60),
    EVENT(detected, 7, QUESTION, EM, 0, 0, 0),
    EVENT(held_unsaid, 7, QUESTION, EM, 0, 0, 0),
    EVENT(held_unsaid, 10, QUESTION, EM, 1, 0, 0),
    EVENT(engineer_left, 11, 0, NOBODY, 40, 0, 0),
    EVENT(realised, 12, RISK, NOBODY, 8, 1.5f, 1),
    EVENT(realised, 12, SAME, NOBODY, 4, 0, 0),
    EVENT(defaulted_wrong, 20, QUESTION, NOBODY, 2, 0, 0),
    EVENT(revealed, 20, MISMATCH, NOBODY, 3, 0, 0),
    EVENT(feature_dropped, 24, 0, NOBODY, 0, 0, 0),
    EVENT(accepted, 52, 0, NOBODY, 0, 0, 0),
    EVENT(finished, 52, 0, NOBODY, 0, 0, 0),
};

static struct orgsim_event with[] = {
    EVENT(started, 0, 0, NOBODY, 0, 0, 0),
    EVENT(activated, 2, RISK, NOBODY, 5, 0, 0),
    EVENT(activated, 2, SAME, NOBODY, 5, 0, 0),
    EVENT(activated, 3, QUESTION, NOBODY, 0, 0, 0),
    EVENT(detected, 4, RISK, SEAT, 0, 0, 0),
    EVENT(direct, 4, RISK, SEAT, 5, 0, 0),
    EVENT(detected, 5, QUESTION, TEAM, 0, 0, 0),
    EVENT(surfaced, 5, QUESTION, TEAM, 6, 0, 0),
    EVENT(resolved, 5, RISK, SEAT, 0.5f, 0, 0),
    EVENT(queued, 6, QUESTION, TEAM, 1, 3, 0),
    EVENT(heard, 8, QUESTION, TEAM, 1, 9, 0),
    EVENT(answered_right, 9, QUESTION, TEAM, 0, 0, 0),
    EVENT(realised, 12, SAME, NOBODY, 4, 0, 0),
    EVENT(seat_left, 30, 0, NOBODY, 10, 0, 0),
    EVENT(accepted, 44, 0, NOBODY, 0, 0, 0),
    EVENT(finished, 44, 0, NOBODY, 0, 0, 0),
};

struct hand {
    struct orgsim_scenario scenario;
    struct scenario_team team;
    struct scenario_package package;
    struct scenario_feature feature;
    struct scenario_seat seat;
    struct scenario_arm arm[2];
    struct orgsim_story_arm told_arm[2];
    struct orgsim_story_item item[ITEMS];
    struct orgsim_story told;
    struct story story;
};

static char *word(const char *s) { return (char *)(uintptr_t)s; }

static void hand_open(struct hand *h, const char *name)
{
    *h = (struct hand){.team = {.id = word("T"), .name = word("Search")},
                       .package = {.id = word("P-1"), .name = word(name), .max_engineers = 4},
                       .feature = {.id = word("F"), .name = word("Ranking")},
                       .seat = {.id = word("tpm"), .role = ROLE_TPM}};
    h->arm[0] = (struct scenario_arm){.id = word("none"), .label = word("no TPM")};
    h->arm[1] = (struct scenario_arm){.id = word("tpm"), .label = word(name), .seats = &h->seat, .n_seats = 1};
    h->scenario = (struct orgsim_scenario){.settings = {.name = word(name), .currency = word("USD")}, .teams = &h->team, .n_teams = 1,
                                           .packages = &h->package, .n_packages = 1, .features = &h->feature, .n_features = 1, .arms = h->arm, .n_arms = 2};
    assumptions_set(&h->scenario.assumptions, ASSUMPTION_wm_green, 0.1);
    for (size_t k = 0; k < ITEMS; k++) h->item[k] = (struct orgsim_story_item){.kind = ORGSIM_ITEM_RISK, .id = "R", .name = "A twin", .other = SIZE_MAX, .level = 1};
    h->item[RISK].name = name;
    h->item[QUESTION].kind = ORGSIM_ITEM_QUESTION;
    h->item[QUESTION].name = "Who decides";
    h->item[MISMATCH].kind = ORGSIM_ITEM_MISMATCH;
    h->item[MISMATCH].id = h->item[MISMATCH].name = NULL;
    h->item[MISMATCH].other = 0;
    h->told_arm[0] = (struct orgsim_story_arm){.arm = 0, .events = without, .n_events = sizeof without / sizeof *without};
    h->told_arm[1] = (struct orgsim_story_arm){.arm = 1, .events = with, .n_events = sizeof with / sizeof *with};
    h->told_arm[0].metric[ORGSIM_METRIC_finish_week] = 52;
    h->told_arm[1].metric[ORGSIM_METRIC_finish_week] = 44;
    h->told_arm[1].metric[ORGSIM_METRIC_cost_k] = 120;
    h->told_arm[1].metric[ORGSIM_METRIC_npv_k] = 340;
    h->told = (struct orgsim_story){.seed = 1, .world = 7, .searched = 100, .n_arms = 2, .headline = 1, .arms = h->told_arm, .items = h->item,
                                    .n_items = ITEMS, .deadline_week = 48, .horizon_weeks = 156, .mean_difference = 200, .worse_share = 0.25, .rank = 0.5};
    assert_int_equal(story_create(&h->story, &h->scenario, &h->told, "orgsim explain it"), 0);
}

static void lives_are_read_from_events(void **state)
{
    (void)state;
    struct hand h;
    hand_open(&h, "Empowered TPM");
    const struct story_life *risk = story_life(&h.story, 0, RISK), *question = story_life(&h.story, 0, QUESTION);
    assert_int_equal(risk->end, STORY_STRUCK);
    assert_true(risk->damage_pw == 9 && risk->delay_weeks == 1.5 && isnan(risk->detected) && risk->ended == 12);
    assert_int_equal(risk->green_reports, 1); /* 40 is under 48 and a tenth, 60 is not */
    assert_int_equal(question->end, STORY_DEFAULT_WRONG);
    assert_int_equal(question->unsaid, 2);
    assert_int_equal(story_life(&h.story, 0, MISMATCH)->green_reports, 0);
    assert_int_equal(story_life(&h.story, 1, MISMATCH)->end, STORY_NEVER);
    assert_int_equal(story_life(&h.story, 1, QUESTION)->behind, 3);
    assert_true(story_life(&h.story, 1, RISK)->direct);
    assert_int_equal(h.story.reports[0], 2);
    assert_int_equal(h.story.green[0], 1);
    story_free(&h.story);
}

/* Nine person-weeks and four people for a week and a half, less the half that the decision cost; the twin struck in both. */
static void what_mattered_comes_first(void **state)
{
    (void)state;
    struct hand h;
    hand_open(&h, "Empowered TPM");
    assert_true(fabs(story_impact(&h.story, RISK) - 14.5) < 1e-9);
    assert_true(story_impact(&h.story, SAME) == 0);
    assert_int_equal(h.story.n_chosen, 3);
    assert_int_equal(h.story.chosen[0], RISK);
    assert_int_equal(h.story.chosen[1], MISMATCH);
    assert_int_equal(h.story.chosen[2], QUESTION);
    story_free(&h.story);
}

/* Wherever lines were broken. */
static void has(const struct text *text, const char *words)
{
    struct text flat = {0};
    assert_false(text->failed);
    assert_non_null(text->s);
    for (const char *c = text->s; *c; c++) {
        bool blank = *c == ' ' || *c == '\n';
        if (!blank || (flat.n && flat.s[flat.n - 1] != ' ')) text_add_n(&flat, blank ? " " : c, 1);
    }
    if (!flat.s || !strstr(flat.s, words)) fail_msg("\"%s\" is not in: %s", words, flat.s ? flat.s : "");
    text_free(&flat);
}

static void it_reads_as_a_story(void **state)
{
    (void)state;
    struct hand h;
    struct text text = {0};
    hand_open(&h, "Empowered TPM");
    story_lead(&text, &h.story);
    has(&text, "“no TPM” finishes in week 52.0, “Empowered TPM” finishes in week 44.0, 8.0 weeks earlier; the date was week 48");
    has(&text, "costs USD 120k more, its seats included, and is worth USD 340k more");
    has(&text, "Only “no TPM” drops “Ranking”.");
    has(&text, "Under “no TPM”: noticed by nobody; strikes in week 12.0 (9.0 person-weeks, 1.5 weeks of standstill)");
    has(&text, "noticed by the TPM in week 4.0 and taken straight to who can decide; decided in week 5.0");
    text_free(&text);
    story_text(&text, &h.story, false);
    has(&text, "noticed by the manager of team Search");
    has(&text, "is not said aloud (2");
    has(&text, "waits for the cross-team forum, behind 3");
    has(&text, "an engineer of team Search leaves");
    has(&text, "no TPM: 1 of 2 reports were green. 3 things were open and unsaid while a report was green");
    has(&text, "in 25% of them “Empowered TPM” does worse");
    assert_null(strchr(text.s, '\033'));
    assert_null(strstr(text.s, "Changed:"));
    text_free(&text);
    h.scenario.conditions = (char *)"--contrary all";
    story_text(&text, &h.story, false);
    has(&text, "Changed: --contrary all");
    text_free(&text);
    story_free(&h.story);
}

/* What leads must not argue against the outcome: where the net value is lower, the item that cost more there. */
static void the_lead_speaks_for_the_outcome(void **state)
{
    (void)state;
    struct hand h;
    struct text text = {0};
    hand_open(&h, "Empowered TPM");
    assert_int_equal(story_leading_item(&h.story), RISK);
    h.told_arm[1].metric[ORGSIM_METRIC_npv_k] = -340;
    assert_int_equal(story_leading_item(&h.story), STORY_NO_ITEM); /* each of them cost less under the TPM */
    story_lead(&text, &h.story);
    has(&text, "No single risk or question speaks for this outcome");
    text_free(&text);
    story_free(&h.story);
    with[12].x = 6; /* the twin strikes harder there */
    hand_open(&h, "Empowered TPM");
    h.told_arm[1].metric[ORGSIM_METRIC_npv_k] = -340;
    assert_int_equal(story_leading_item(&h.story), SAME);
    story_lead(&text, &h.story);
    has(&text, "The item that speaks most for this outcome");
    with[12].x = 4;
    text_free(&text);
    story_free(&h.story);
}

/* Why something is missing under one organisation is part of the story. */
static void what_cannot_come_up_says_why(void **state)
{
    (void)state;
    struct hand h;
    struct text text = {0};
    hand_open(&h, "Empowered TPM");
    story_fate(&text, &h.story, 1, MISMATCH);
    has(&text, "never comes up");
    text_free(&text);
    with[15] = (struct orgsim_event)EVENT(cancelled, 44, 0, NOBODY, 0, 0, 0);
    story_fate(&text, &h.story, 1, MISMATCH);
    has(&text, "cannot come up any more: the program is cancelled in week 44");
    text_free(&text);
    with[14] = (struct orgsim_event)EVENT(cut, 20, 0, NOBODY, 0, 0, 0);
    story_fate(&text, &h.story, 1, MISMATCH);
    has(&text, "cannot come up any more: its package is cut in week 20");
    text_free(&text);
    with[14] = (struct orgsim_event)EVENT(reinforced, 20, 0, NOBODY, 3, 0, 0);
    with[15] = (struct orgsim_event)EVENT(finished, 44, 0, NOBODY, 0, 0, 0);
    story_lead(&text, &h.story);
    has(&text, "Management adds engineers under “no TPM” never, under “Empowered TPM” in week 20.");
    with[14] = (struct orgsim_event)EVENT(accepted, 44, 0, NOBODY, 0, 0, 0);
    text_free(&text);
    story_free(&h.story);
}

/* What a scenario calls things appears as such and does nothing. */
static void names_stay_names(void **state)
{
    (void)state;
    struct hand h;
    struct text html = {0}, json = {0};
    struct figure figure = {0};
    json_error_t error;
    hand_open(&h, HOSTILE);
    h.scenario.conditions = (char *)HOSTILE_CONDITIONS;
    story_page(&html, &h.story);
    has(&html, "Changed: <code>--set &#39;&lt;script&gt;=1&#39;</code>");
    has(&html, "&lt;script&gt;alert(1)");
    assert_null(strstr(html.s, "<script>alert"));
    assert_null(strstr(html.s, "://")); /* one file: nothing is fetched */
    assert_int_equal(story_json(&json, &h.story), 0);
    json_t *root = json_loads(json.s, 0, &error);
    assert_non_null(root);
    assert_int_equal(json_integer_value(json_object_get(root, "world")), 7);
    assert_string_equal(json_string_value(json_object_get(root, "conditions")), HOSTILE_CONDITIONS);
    assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(root, "items"), RISK), "name")), HOSTILE);
    assert_int_equal(json_array_size(json_object_get(json_array_get(json_object_get(root, "arms"), 0), "events")), sizeof without / sizeof *without);
    json_decref(root);
    story_figure(&figure, &h.story);
    assert_false(figure_failed(&figure));
    assert_null(strstr(figure.script.s, "system(\"x\")"));
    assert_null(strchr(figure.script.s, '`'));
    figure_free(&figure);
    text_free(&html);
    text_free(&json);
    story_free(&h.story);
}

/* With or without gnuplot, text and page are there. */
static void the_folder_is_whole(void **state)
{
    (void)state;
    static const char *const files[] = {"story.txt", "replay.html", "figures/explain.gp", "figures/explain.dat", "figures/explain.svg", "figures/explain.png"};
    struct hand h;
    struct orgsim_where where = {0};
    char folder[] = "/tmp/test_story.XXXXXX";
    assert_non_null(mkdtemp(folder));
    hand_open(&h, HOSTILE);
    int status = story_write(&h.story, folder, &where);
    if (status && status != ORGSIM_ERROR_TOOL) fail_msg("%s", where.what);
    for (size_t f = 0; f < (status ? 4 : sizeof files / sizeof *files); f++) {
        char *path = file_join(folder, files[f]);
        if (!file_exists(path)) fail_msg("%s is missing", files[f]);
        memory_free(path);
    }
    assert_int_equal(file_remove_tree(folder, &where), 0);
    story_free(&h.story);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct hand h;
    int status = ORGSIM_ERROR_MEMORY;
    hand_open(&h, "Empowered TPM");
    story_free(&h.story);
    for (size_t nth = 1; status; nth++) {
        memory_fail_at(nth);
        status = story_create(&h.story, &h.scenario, &h.told, "");
        memory_fail_at(0);
        assert_true(status == 0 || status == ORGSIM_ERROR_MEMORY);
        assert_true(nth < 100);
        story_free(&h.story);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lives_are_read_from_events), cmocka_unit_test(what_mattered_comes_first), cmocka_unit_test(it_reads_as_a_story),
        cmocka_unit_test(the_lead_speaks_for_the_outcome), cmocka_unit_test(what_cannot_come_up_says_why),
        cmocka_unit_test(names_stay_names),           cmocka_unit_test(the_folder_is_whole),       cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
