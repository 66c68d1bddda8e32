/* story_json.c: the story for machines */
#include "report/story.h"

#include <math.h>

#include <jansson.h>

#include "report/conditions.h"
#include "report/manifest.h"

static bool put(json_t *object, const char *name, json_t *value) { return json_object_set_new(object, name, value) == 0; }

static json_t *words_of(struct text *words)
{
    json_t *json = words->failed ? NULL : json_string(words->s ? words->s : "");
    text_free(words);
    return json;
}

static json_t *life_json(const struct story *s, size_t arm, size_t item)
{
    const struct story_life *life = story_life(s, arm, item);
    struct text who = {0}, fate = {0};
    json_t *json = json_object();
    if (!isnan(life->detected)) story_who(&who, s, arm, item, life->who);
    story_fate(&fate, s, arm, item);
    if (put(json, "active_week", manifest_number(life->active)) && put(json, "detected_week", manifest_number(life->detected)) &&
        put(json, "noticed_by", isnan(life->detected) ? json_null() : json_string(who.s ? who.s : "")) &&
        put(json, "surfaced_week", manifest_number(life->surfaced)) && put(json, "ended_week", manifest_number(life->ended)) &&
        put(json, "damage_pw", manifest_number(life->damage_pw)) && put(json, "standstill_weeks", manifest_number(life->delay_weeks)) &&
        put(json, "green_reports_unsaid", json_integer(life->green_reports)) && put(json, "fate", words_of(&fate))) {
        text_free(&who);
        return json;
    }
    text_free(&who);
    text_free(&fate);
    json_decref(json);
    return NULL;
}

static json_t *item_json(const struct story *s, size_t item)
{
    const struct orgsim_story_item *of = &s->told->items[item];
    static const char *const kinds[] = {"risk", "question", "mismatch"};
    struct text name = {0};
    json_t *json = json_object(), *lives = json_array();
    story_item_name(&name, s, item);
    bool good = lives != NULL;
    for (size_t a = 0; good && a < s->told->n_arms; a++) good = json_array_append_new(lives, life_json(s, a, item)) == 0;
    good = good && put(json, "kind", json_string(kinds[of->kind])) && put(json, "id", of->id ? json_string(of->id) : json_null()) &&
           put(json, "package", json_string(s->scenario->packages[of->package].id)) &&
           put(json, "team", json_string(s->scenario->teams[of->team].id)) && put(json, "impact_pw", manifest_number(story_impact(s, item)));
    good = put(json, "name", words_of(&name)) && good;
    good = json_object_set(json, "lives", lives) == 0 && good;
    json_decref(lives);
    if (good) return json;
    json_decref(json);
    return NULL;
}

static json_t *event_json(const struct story *s, size_t arm, const struct orgsim_event *event)
{
    static const char *const subjects[] = {"item", "package", "feature", "team", "seat", "program"};
    const struct orgsim_event_info *info = orgsim_event_info(event->kind);
    struct text words = {0};
    story_event(&words, s, arm, event);
    json_t *json = json_object();
    bool good = put(json, "week", manifest_number(event->week)) && put(json, "event", json_string(info->id)) &&
                put(json, subjects[info->subject], json_integer(event->subject)) && put(json, "x", manifest_number(event->x)) &&
                put(json, "y", manifest_number(event->y)) && put(json, "z", manifest_number(event->z));
    good = put(json, "words", words_of(&words)) && good;
    if (good) return json;
    json_decref(json);
    return NULL;
}

static json_t *arm_json(const struct story *s, size_t arm)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    json_t *json = json_object(), *metrics = json_object(), *events = json_array();
    bool good = json && metrics && events;
    for (int m = 0; good && m < ORGSIM_METRIC_COUNT; m++)
        good = put(metrics, orgsim_metric_info((enum orgsim_metric)m)->id, manifest_number(told->metric[m]));
    for (size_t e = 0; good && e < told->n_events; e++) good = json_array_append_new(events, event_json(s, arm, &told->events[e])) == 0;
    good = good && put(json, "arm", json_string(s->scenario->arms[told->arm].id)) && put(json, "label", json_string(story_label(s, arm))) &&
           put(json, "status_reports", json_integer(s->reports[arm])) && put(json, "green_reports", json_integer(s->green[arm])) &&
           json_object_set(json, "metrics", metrics) == 0 && json_object_set(json, "events", events) == 0;
    json_decref(metrics);
    json_decref(events);
    if (good) return json;
    json_decref(json);
    return NULL;
}

static bool fill(json_t *root, const struct story *s)
{
    struct text lead = {0}, caveat = {0};
    json_t *arms = json_array(), *items = json_array(), *chosen = json_array();
    story_lead(&lead, s);
    story_caveat(&caveat, s);
    bool good = root && arms && items && chosen;
    for (size_t a = 0; good && a < s->told->n_arms; a++) good = json_array_append_new(arms, arm_json(s, a)) == 0;
    for (size_t k = 0; good && k < s->told->n_items; k++) good = json_array_append_new(items, item_json(s, k)) == 0;
    for (size_t n = 0; good && n < s->n_chosen; n++) good = json_array_append_new(chosen, json_integer((json_int_t)s->chosen[n])) == 0;
    good = put(root, "lead", words_of(&lead)) && good;
    good = put(root, "caveat", words_of(&caveat)) && good;
    good = good && put(root, "command", json_string(s->command)) && put(root, "conditions", conditions_json(s->scenario)) && put(root, "seed", manifest_seed(s->told->seed)) &&
           put(root, "world", json_integer((json_int_t)s->told->world)) &&
           put(root, "choice", json_string(orgsim_world_choice_word(s->told->choice))) &&
           put(root, "searched", json_integer((json_int_t)s->told->searched)) &&
           put(root, "mean_difference_k", manifest_number(s->told->mean_difference)) &&
           put(root, "worse_share", manifest_number(s->told->worse_share)) && put(root, "rank", manifest_number(s->told->rank)) &&
           put(root, "deadline_week", manifest_number(s->told->deadline_week)) && put(root, "baseline", json_integer((json_int_t)s->told->baseline)) &&
           put(root, "headline", json_integer((json_int_t)s->told->headline)) && json_object_set(root, "chosen", chosen) == 0 &&
           json_object_set(root, "items", items) == 0 && json_object_set(root, "arms", arms) == 0;
    json_decref(arms);
    json_decref(items);
    json_decref(chosen);
    return good;
}

int story_json(struct text *text, const struct story *story)
{
    json_t *json = json_object();
    int status = fill(json, story) ? manifest_print(text, json) : ORGSIM_ERROR_MEMORY;
    json_decref(json);
    return status;
}
