/* story.c: from events to lives, and which lives made the difference */
#include "report/story.h"

#include <math.h>

#include "base/memory.h"

#define LEAST_IMPACT_PW 0.25 /* below it a difference is not told */

const struct story_life *story_life(const struct story *story, size_t arm, size_t item)
{
    return &story->lives[arm * story->told->n_items + item];
}

static void life_end(struct story_life *life, enum story_end end, double week)
{
    life->end = end;
    life->ended = week;
}

/* What is known of the way: noticed, looked at, raised, heard. */
static void life_way(struct story_life *life, const struct orgsim_event *event)
{
    switch (event->kind) {
    case ORGSIM_EVENT_activated:
        life->active = event->week;
        life->end = STORY_OPEN;
        break;
    case ORGSIM_EVENT_detected:
        if (isnan(life->detected)) life->detected = event->week;
        life->who = event->who;
        break;
    case ORGSIM_EVENT_held_unseen: life->unseen++; break;
    case ORGSIM_EVENT_held_unsaid: life->unsaid++; break;
    case ORGSIM_EVENT_direct: life->direct = true; /* fall through */
    case ORGSIM_EVENT_surfaced:
        if (isnan(life->surfaced)) life->surfaced = event->week;
        break;
    case ORGSIM_EVENT_false_alarm: life->false_alarm = true; break;
    case ORGSIM_EVENT_mitigated: life->mitigation_k += event->x; break;
    case ORGSIM_EVENT_queued:
        if ((int)event->y > life->behind) life->behind = (int)event->y;
        break;
    case ORGSIM_EVENT_unprepared: life->unprepared++; break;
    case ORGSIM_EVENT_softened: life->softened++; break;
    default: break;
    }
}

static void life_outcome(struct story_life *life, const struct orgsim_event *event)
{
    switch (event->kind) {
    case ORGSIM_EVENT_resolved:
        life_end(life, STORY_SETTLED, event->week);
        life->price_pw += event->x;
        life->by_team = event->y > 0;
        break;
    case ORGSIM_EVENT_answered_right:
        life_end(life, STORY_RIGHT, event->week);
        life->by_team = event->y > 0;
        break;
    case ORGSIM_EVENT_answered_wrong:
        life_end(life, STORY_WRONG, event->week);
        life->by_team = event->y > 0;
        break;
    case ORGSIM_EVENT_reopened:
        life_end(life, STORY_OPEN, NAN);
        life->damage_pw += event->x;
        life->reopened++;
        break;
    case ORGSIM_EVENT_realised:
        life_end(life, STORY_STRUCK, event->week);
        life->damage_pw += (double)event->x + event->z;
        life->delay_weeks += event->y;
        break;
    case ORGSIM_EVENT_revealed:
        life_end(life, STORY_REVEALED, event->week);
        life->damage_pw += event->x;
        break;
    case ORGSIM_EVENT_defaulted_right: life_end(life, STORY_DEFAULT_RIGHT, event->week); break;
    case ORGSIM_EVENT_defaulted_wrong:
        life_end(life, STORY_DEFAULT_WRONG, event->week);
        life->damage_pw += event->x;
        break;
    case ORGSIM_EVENT_forgotten: life_end(life, STORY_FORGOTTEN, event->week); break;
    default: break;
    }
}

/* A green report says that the date will be kept, or nearly; what is open and was never raised is not on it. */
static void count_report(struct story *story, size_t arm, const struct orgsim_event *report)
{
    double green = story->told->deadline_week * (1 + assumptions_get(&story->scenario->assumptions, ASSUMPTION_wm_green));
    story->reports[arm]++;
    if (report->x >= green) return;
    story->green[arm]++;
    for (size_t k = 0; k < story->told->n_items; k++) {
        struct story_life *life = &story->lives[arm * story->told->n_items + k];
        if (life->end == STORY_OPEN && isnan(life->surfaced)) life->green_reports++;
    }
}

static void fill_lives(struct story *story, size_t arm)
{
    const struct orgsim_story_arm *told = &story->told->arms[arm];
    struct story_life *lives = &story->lives[arm * story->told->n_items];
    for (size_t k = 0; k < story->told->n_items; k++)
        lives[k] = (struct story_life){.active = NAN, .detected = NAN, .surfaced = NAN, .ended = NAN, .who = ORGSIM_WHO_NOBODY};
    for (size_t e = 0; e < told->n_events; e++) {
        const struct orgsim_event *event = &told->events[e];
        if (event->kind == ORGSIM_EVENT_reported) count_report(story, arm, event);
        if (orgsim_event_info(event->kind)->subject != ORGSIM_SUBJECT_ITEM) continue;
        life_way(&lives[event->subject], event);
        life_outcome(&lives[event->subject], event);
    }
}

static double weight_of(const struct story *story, size_t arm, size_t item)
{
    const struct story_life *life = story_life(story, arm, item);
    double people = story->scenario->packages[story->told->items[item].package].max_engineers;
    return life->damage_pw + life->price_pw + life->delay_weeks * people;
}

double story_impact(const struct story *story, size_t item)
{
    return weight_of(story, story->told->baseline, item) - weight_of(story, story->told->headline, item);
}

size_t story_leading_item(const struct story *story)
{
    double better = (double)story->told->arms[story->told->headline].metric[ORGSIM_METRIC_npv_k] -
                    (double)story->told->arms[story->told->baseline].metric[ORGSIM_METRIC_npv_k];
    double most = LEAST_IMPACT_PW, sign = better < 0 ? -1 : 1;
    size_t lead = STORY_NO_ITEM;
    for (size_t k = 0; k < story->told->n_items; k++) {
        if (sign * story_impact(story, k) < most) continue;
        most = sign * story_impact(story, k);
        lead = k;
    }
    return lead;
}

static void choose(struct story *story)
{
    for (size_t k = 0; k < story->told->n_items; k++) {
        double impact = fabs(story_impact(story, k));
        if (impact < LEAST_IMPACT_PW) continue;
        size_t at = story->n_chosen < STORY_CHOSEN ? story->n_chosen++ : STORY_CHOSEN;
        for (; at > 0 && fabs(story_impact(story, story->chosen[at - 1])) < impact; at--)
            if (at < STORY_CHOSEN) story->chosen[at] = story->chosen[at - 1];
        if (at < STORY_CHOSEN) story->chosen[at] = k;
    }
}

int story_create(struct story *story, const struct orgsim_scenario *scenario, const struct orgsim_story *told, const char *command)
{
    *story = (struct story){.scenario = scenario, .told = told, .command = command};
    story->lives = memory_array(told->n_arms * told->n_items, sizeof *story->lives);
    story->chosen = memory_array(STORY_CHOSEN, sizeof *story->chosen);
    story->reports = memory_array(told->n_arms, sizeof *story->reports);
    story->green = memory_array(told->n_arms, sizeof *story->green);
    if (!story->lives || !story->chosen || !story->reports || !story->green) return ORGSIM_ERROR_MEMORY;
    for (size_t arm = 0; arm < told->n_arms; arm++) fill_lives(story, arm);
    choose(story);
    return 0;
}

void story_free(struct story *story)
{
    memory_free(story->lives);
    memory_free(story->chosen);
    memory_free(story->reports);
    memory_free(story->green);
    *story = (struct story){0};
}
