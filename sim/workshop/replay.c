/* replay.c: one world lived twice, as the page replays it */
#include "workshop/replay.h"

#include <math.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/error.h"
#include "report/manifest.h"
#include "report/shown.h"
#include "report/story.h"

static json_t *week(double x) { return manifest_number(shown_round(x, 1)); }

static json_t *words_json(struct text *words)
{
    json_t *json = words->failed ? NULL : json_string(words->s ? words->s : "");
    text_free(words);
    return json;
}

static size_t row_of(const struct story *s, int side) { return side ? s->told->headline : s->told->baseline; }

static double end_of(const struct story *s, int side, const char **ended)
{
    const struct orgsim_story_arm *told = &s->told->arms[row_of(s, side)];
    double last = (double)told->metric[ORGSIM_METRIC_finish_week];
    *ended = told->metric[ORGSIM_METRIC_cancelled] > 0 ? "cancelled" : told->metric[ORGSIM_METRIC_censored] > 0 ? "running" : "finished";
    for (size_t e = 0; e < told->n_events; e++)
        if (told->events[e].kind == ORGSIM_EVENT_cancelled) last = (double)told->events[e].week;
    return last;
}

static enum replay_who who_of(const struct story_life *life)
{
    if (isnan(life->detected) || life->who == ORGSIM_WHO_NOBODY) return REPLAY_NOBODY;
    return life->who == ORGSIM_WHO_TEAM ? REPLAY_TEAM : life->who == ORGSIM_WHO_EM ? REPLAY_MANAGER : REPLAY_SEAT;
}

/* What a person sees of an ending. */
static const char *end_word(enum story_end end)
{
    switch (end) {
    case STORY_NEVER: return "never";
    case STORY_OPEN: return "open";
    case STORY_SETTLED:
    case STORY_RIGHT:
    case STORY_DEFAULT_RIGHT: return "settled";
    case STORY_FORGOTTEN: return "dropped";
    case STORY_WRONG:
    case STORY_STRUCK:
    case STORY_REVEALED:
    case STORY_DEFAULT_WRONG: break;
    }
    return "hurts";
}

static json_t *life_json(const struct story *s, int side, size_t item)
{
    const struct story_life *life = story_life(s, row_of(s, side), item);
    struct text fate = {0};
    story_fate(&fate, s, row_of(s, side), item);
    return json_pack("{s:o, s:o, s:o, s:o, s:s, s:o, s:i, s:o}", "active", week(life->active), "detected", week(life->detected), "surfaced",
                     week(life->surfaced), "ended", week(life->ended), "end", end_word(life->end), "damage_pw",
                     manifest_number(shown_round(life->damage_pw, 1)), "who", (int)who_of(life), "fate", words_json(&fate));
}

static json_t *lanes_json(const struct story *s)
{
    json_t *lanes = json_array();
    for (size_t n = 0; n < s->n_chosen; n++) {
        struct text name = {0}, place = {0};
        story_item_name(&name, s, s->chosen[n]);
        story_item_place(&place, s, s->chosen[n]);
        json_array_append_new(lanes, json_pack("{s:o, s:o, s:[o, o]}", "name", words_json(&name), "place", words_json(&place), "lives",
                                               life_json(s, 0, s->chosen[n]), life_json(s, 1, s->chosen[n])));
    }
    return lanes;
}

/* --- events ------------------------------------------------------------------------------------------------------------------------- */

static bool is_chosen(const struct story *s, size_t item)
{
    for (size_t n = 0; n < s->n_chosen; n++)
        if (s->chosen[n] == item) return true;
    return false;
}

/* Events of the lanes and of the program; later looks at what is held are left out. */
static bool is_told(const struct story *s, const struct orgsim_event *event)
{
    if (story_is_decisive(event)) return true;
    if (orgsim_event_info(event->kind)->subject != ORGSIM_SUBJECT_ITEM || !is_chosen(s, event->subject)) return false;
    return !((event->kind == ORGSIM_EVENT_held_unseen || event->kind == ORGSIM_EVENT_held_unsaid) && event->x >= 1);
}

static void add_event(json_t *list, const struct story *s, int side, const struct orgsim_event *event)
{
    struct text words = {0}, item = {0};
    story_event(&words, s, row_of(s, side), event);
    if (orgsim_event_info(event->kind)->subject == ORGSIM_SUBJECT_ITEM) story_item_name(&item, s, event->subject);
    json_array_append_new(list, json_pack("{s:o, s:i, s:o, s:o}", "week", week((double)event->week), "arm", side, "words", words_json(&words),
                                          "item", words_json(&item)));
}

/* Both lives in one row by week; at the same week the one without comes first. */
static json_t *events_json(const struct story *s)
{
    const struct orgsim_story_arm *arm[2] = {&s->told->arms[row_of(s, 0)], &s->told->arms[row_of(s, 1)]};
    size_t at[2] = {0, 0};
    json_t *list = json_array();
    while (at[0] < arm[0]->n_events || at[1] < arm[1]->n_events) {
        bool second = at[0] >= arm[0]->n_events || (at[1] < arm[1]->n_events && arm[1]->events[at[1]].week < arm[0]->events[at[0]].week);
        const struct orgsim_event *event = &arm[second]->events[at[second]++];
        if (is_told(s, event)) add_event(list, s, second, event);
    }
    return list;
}

/* --- the fork ----------------------------------------------------------------------------------------------------------------------- */

/* When the first of the two organisations notices it, or it ends unnoticed; NAN where it never comes up. */
static double fork_week(const struct story *s, size_t item)
{
    double at = (double)NAN;
    for (int side = 0; side < 2; side++) {
        const struct story_life *life = story_life(s, row_of(s, side), item);
        at = fmin(at, isnan(life->detected) ? life->ended : life->detected); /* fmin() prefers a number to NAN */
    }
    return at;
}

/* A good question is one whose answers differ: the leading item, else the first lane in which another notices, else the first lane. */
static size_t fork_item(const struct story *s)
{
    size_t lead = story_leading_item(s), first = STORY_NO_ITEM;
    if (lead != STORY_NO_ITEM && is_chosen(s, lead) && isfinite(fork_week(s, lead))) return lead;
    for (size_t n = 0; n < s->n_chosen; n++) {
        size_t item = s->chosen[n];
        if (!isfinite(fork_week(s, item))) continue;
        if (first == STORY_NO_ITEM) first = item;
        if (who_of(story_life(s, row_of(s, 0), item)) != who_of(story_life(s, row_of(s, 1), item))) return item;
    }
    return first;
}

static json_t *fork_json(const struct story *s)
{
    size_t item = fork_item(s);
    if (item == STORY_NO_ITEM) return json_null();
    const struct story_life *without = story_life(s, row_of(s, 0), item), *with = story_life(s, row_of(s, 1), item);
    struct text name = {0}, place = {0}, fates[2] = {{0}, {0}};
    double before = fmax(0, floor((fork_week(s, item) - 0.05) * 10) / 10);
    story_item_name(&name, s, item);
    story_item_place(&place, s, item);
    for (int side = 0; side < 2; side++) story_fate(&fates[side], s, row_of(s, side), item);
    return json_pack("{s:o, s:o, s:o, s:o, s:[i, i], s:[o, o]}", "week", week(before), "item", words_json(&name), "place", words_json(&place),
                     "active", week(fmin(without->active, with->active)), "answers", (int)who_of(without), (int)who_of(with), "fates",
                     words_json(&fates[0]), words_json(&fates[1]));
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------------- */

static json_t *ledger_json(const struct story *s)
{
    static const enum orgsim_metric rows[] = {ORGSIM_METRIC_finish_week, ORGSIM_METRIC_cost_k,         ORGSIM_METRIC_seat_cost_k,
                                              ORGSIM_METRIC_npv_k,       ORGSIM_METRIC_risks_realised, ORGSIM_METRIC_engineers_left};
    json_t *list = json_array();
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        json_t *values = json_array();
        for (int side = 0; side < 2; side++) {
            const float *metric = s->told->arms[row_of(s, side)].metric;
            bool never = rows[r] == ORGSIM_METRIC_finish_week && metric[ORGSIM_METRIC_cancelled] + metric[ORGSIM_METRIC_censored] > 0;
            json_array_append_new(values, never ? json_null() : manifest_number(shown_round((double)metric[rows[r]], r == 0 ? 1 : 0)));
        }
        json_array_append_new(list, json_pack("{s:s, s:o}", "id", orgsim_metric_info(rows[r])->id, "values", values));
    }
    return list;
}

static json_t *whole_json(const struct story *s)
{
    struct text lead = {0}, caveat = {0};
    const char *ended[2];
    double end[2] = {end_of(s, 0, &ended[0]), end_of(s, 1, &ended[1])};
    story_lead(&lead, s);
    story_caveat(&caveat, s);
    json_t *arms = json_array();
    for (int side = 0; side < 2; side++)
        json_array_append_new(
            arms, json_pack("{s:s, s:o, s:s}", "label", story_label(s, row_of(s, side)), "finish", week(end[side]), "ended", ended[side]));
    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "choice", orgsim_world_choice_word(s->told->choice),
                     "world", (json_int_t)s->told->world, "of", (json_int_t)s->told->searched, "seed", (json_int_t)s->told->seed, "deadline",
                     week(s->told->deadline_week), "last", week(fmax(end[0], end[1])), "lead", words_json(&lead), "caveat", words_json(&caveat),
                     "arms", arms, "lanes", lanes_json(s), "events", events_json(s), "fork", fork_json(s), "ledger", ledger_json(s));
}

static int print(struct text *text, const struct orgsim_scenario *scenario, const struct orgsim_story *told)
{
    struct story story = {0};
    int status = story_create(&story, scenario, told, "");
    json_t *json = status ? NULL : whole_json(&story);
    char *dump = json ? json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(7)) : NULL;
    if (dump) text_add(text, dump);
    else if (!status) status = ORGSIM_ERROR_MEMORY;
    free(dump); /* jansson's own allocation */
    json_decref(json);
    story_free(&story);
    return status || !text->failed ? status : ORGSIM_ERROR_MEMORY;
}

int replay_write(struct text *text, const struct orgsim_scenario *scenario, const struct orgsim_explain_options *options,
                 struct orgsim_where *where)
{
    struct orgsim_story told = {0};
    int status = orgsim_explain(scenario, options, &told, where);
    if (!status) status = print(text, scenario, &told);
    orgsim_story_free(&told);
    return status;
}
