/* story_words.c: events become sentences */
#include <math.h>
#include <string.h>

#include "report/story.h"

const char *story_label(const struct story *story, size_t arm)
{
    const struct scenario_arm *row = &story->scenario->arms[story->told->arms[arm].arm];
    return row->label && row->label[0] ? row->label : row->id;
}

static const char *name_or_id(const char *name, const char *id) { return name && name[0] ? name : id; }

static const char *package_name(const struct story *story, size_t package)
{
    const struct scenario_package *row = &story->scenario->packages[package];
    return name_or_id(row->name, row->id);
}

static const char *team_name(const struct story *story, size_t team)
{
    const struct scenario_team *row = &story->scenario->teams[team];
    return name_or_id(row->name, row->id);
}

void story_item_name(struct text *text, const struct story *story, size_t item)
{
    const struct orgsim_story_item *of = &story->told->items[item];
    if (of->kind == ORGSIM_ITEM_MISMATCH)
        text_format(text, "Interface %s to %s (%s, %s)", team_name(story, story->scenario->packages[of->other].team), team_name(story, of->team),
                    story->scenario->packages[of->other].id, story->scenario->packages[of->package].id);
    else text_add(text, name_or_id(of->name, of->id));
}

void story_item_place(struct text *text, const struct story *story, size_t item)
{
    static const char *const kinds[] = {"Risk", "Question", "Hidden mismatch"};
    static const char *const levels[] = {"the team's own", "for the cross-team forum", "for the executive forum"};
    const struct orgsim_story_item *of = &story->told->items[item];
    text_format(text, "%s in %s, team %s; %s", kinds[of->kind], package_name(story, of->package), team_name(story, of->team), levels[of->level]);
}

static const char *role_name(const struct story *story, size_t arm, uint32_t seat)
{
    static const char *const names[] = {[ROLE_TPM] = "TPM", [ROLE_PM] = "PM", [ROLE_COORDINATOR] = "coordinator"};
    const struct scenario_arm *row = &story->scenario->arms[story->told->arms[arm].arm];
    return seat < row->n_seats ? names[row->seats[seat].role] : "seat";
}

void story_who(struct text *text, const struct story *story, size_t arm, size_t item, int32_t who)
{
    const char *team = team_name(story, story->told->items[item].team);
    if (who < 0) text_add(text, "nobody");
    else if (who == ORGSIM_WHO_TEAM) text_format(text, "an engineer of team %s", team);
    else if (who == ORGSIM_WHO_EM) text_format(text, "the manager of team %s", team);
    else text_format(text, "the %s", role_name(story, arm, (uint32_t)(who - ORGSIM_WHO_SEAT)));
}

static const char *forum_name(float forum) { return forum > 1.5f ? "executive forum" : "cross-team forum"; }

/* "9.4 person-weeks" */
static void add_effort(struct text *text, double pw)
{
    struct shown s = shown_number(pw, 1, 0);
    text_format(text, "%s person-week%s", s.s, strcmp(s.s, "1.0") ? "s" : "");
}

static void add_standstill(struct text *text, double weeks)
{
    if (shown_round(weeks, 1) > 0) text_format(text, " and %s weeks of standstill", shown_number(weeks, 1, 0).s);
}

static const char *plural(double n) { return n == 1 ? "" : "s"; }

static void way_words(struct text *text, const struct story *story, size_t arm, const struct orgsim_event *event)
{
    switch (event->kind) {
    case ORGSIM_EVENT_activated: text_add(text, "is there from now on, and nobody knows"); break;
    case ORGSIM_EVENT_detected:
        text_add(text, "noticed by ");
        story_who(text, story, arm, event->subject, event->who);
        break;
    case ORGSIM_EVENT_held_unseen: text_add(text, "looked at and kept: it does not look serious"); break;
    case ORGSIM_EVENT_held_unsaid: text_add(text, "looks serious, but is not said aloud"); break;
    case ORGSIM_EVENT_surfaced: text_add(text, "raised; it is prepared for the cross-team forum"); break;
    case ORGSIM_EVENT_direct:
        text_add(text, "taken by ");
        story_who(text, story, arm, event->subject, event->who);
        text_add(text, " straight to who can decide");
        break;
    case ORGSIM_EVENT_false_alarm: text_add(text, "heard, and sent back: it is the team's own"); break;
    case ORGSIM_EVENT_mitigated: text_format(text, "its mitigation is bought for %s", shown_k(event->x, 0, 0).s); break;
    case ORGSIM_EVENT_queued:
        if (event->y < 0.5f) text_format(text, "waits for the next %s", forum_name(event->x));
        else text_format(text, "waits for the %s, behind %.0f other%s", forum_name(event->x), shown_round(event->y, 0), plural(shown_round(event->y, 0)));
        break;
    case ORGSIM_EVENT_unprepared: text_format(text, "sent back by the %s: not prepared", forum_name(event->x)); break;
    case ORGSIM_EVENT_softened: text_format(text, "told to the %s so softly that nothing follows", forum_name(event->x)); break;
    case ORGSIM_EVENT_raised: text_format(text, "heard by the %s and passed up to the executive forum", forum_name(event->x)); break;
    case ORGSIM_EVENT_heard: text_format(text, "heard by the %s, which will decide", forum_name(event->x)); break;
    default: break;
    }
}

static void outcome_words(struct text *text, const struct orgsim_event *event)
{
    const char *by = event->y > 0 ? "settled by the team itself" : "decided";
    switch (event->kind) {
    case ORGSIM_EVENT_resolved:
        text_add(text, by);
        if (shown_round(event->x, 1) > 0) {
            text_add(text, " at the price of ");
            add_effort(text, event->x);
        }
        break;
    case ORGSIM_EVENT_residual: text_format(text, "%s; what its mitigation leaves remains", by); break;
    case ORGSIM_EVENT_answered_right: text_format(text, "%s, rightly", event->y > 0 ? "answered by the team itself" : "decided"); break;
    case ORGSIM_EVENT_answered_wrong: text_format(text, "%s, wrongly", event->y > 0 ? "answered by the team itself" : "decided"); break;
    case ORGSIM_EVENT_stayed_wrong: text_add(text, "the wrong answer stays: too late to change it"); break;
    case ORGSIM_EVENT_reopened:
        text_add(text, "the wrong answer comes back with ");
        add_effort(text, event->x);
        text_add(text, " of rework");
        break;
    case ORGSIM_EVENT_realised:
        text_add(text, "strikes: ");
        add_effort(text, (double)event->x + event->z);
        add_standstill(text, event->y);
        break;
    case ORGSIM_EVENT_revealed:
        text_add(text, "breaks at integration: ");
        add_effort(text, event->x);
        break;
    case ORGSIM_EVENT_defaulted_right: text_add(text, "nobody decided it; integration does, and is lucky"); break;
    case ORGSIM_EVENT_defaulted_wrong:
        text_add(text, "nobody decided it; integration does, wrongly: ");
        add_effort(text, event->x);
        text_add(text, " of rework");
        break;
    case ORGSIM_EVENT_forgotten: text_add(text, "forgotten: its package is cut"); break;
    default: break;
    }
}

static void people_words(struct text *text, const struct story *story, size_t arm, const struct orgsim_event *event)
{
    switch (event->kind) {
    case ORGSIM_EVENT_engineer_left: text_format(text, "an engineer of team %s leaves", team_name(story, event->subject)); break;
    case ORGSIM_EVENT_seat_left:
        text_format(text, "the %s leaves; the seat stands empty for ", role_name(story, arm, event->subject));
        if (shown_round(event->x, 0) < 1) text_add(text, "less than a week");
        else text_format(text, "%s week%s", shown_number(event->x, 0, 0).s, shown_round(event->x, 0) == 1 ? "" : "s");
        break;
    case ORGSIM_EVENT_seat_arrived:
        text_format(text, "a new %s arrives%s", role_name(story, arm, event->subject), event->y > 0 ? ", a wrong hire" : "");
        break;
    case ORGSIM_EVENT_reinforced:
        text_format(text, "management asks for %s more engineer%s", shown_number(event->x, 0, 0).s, plural(shown_round(event->x, 0)));
        break;
    default: break;
    }
}

static void program_words(struct text *text, const struct story *story, const struct orgsim_event *event)
{
    const struct scenario_feature *feature;
    switch (event->kind) {
    case ORGSIM_EVENT_started: text_format(text, "work on %s starts", package_name(story, event->subject)); break;
    case ORGSIM_EVENT_done: text_format(text, "%s is done: what waits for it may start", package_name(story, event->subject)); break;
    case ORGSIM_EVENT_integrated: text_format(text, "%s is put together with the rest", package_name(story, event->subject)); break;
    case ORGSIM_EVENT_accepted: text_format(text, "%s is accepted", package_name(story, event->subject)); break;
    case ORGSIM_EVENT_cut: text_format(text, "%s is cut", package_name(story, event->subject)); break;
    case ORGSIM_EVENT_request_accepted:
        text_add(text, "a request adds ");
        add_effort(text, event->x);
        text_format(text, " to %s", package_name(story, event->subject));
        break;
    case ORGSIM_EVENT_feature_dropped:
        feature = &story->scenario->features[event->subject];
        text_format(text, "the feature \xe2\x80\x9c%s\xe2\x80\x9d is dropped", name_or_id(feature->name, feature->id));
        break;
    case ORGSIM_EVENT_reported:
        text_format(text, "status report: finish in week %s; in truth week %s", shown_number(event->x, 0, 0).s, shown_number(event->y, 0, 0).s);
        break;
    case ORGSIM_EVENT_date_moved:
        text_format(text, "management moves the date from week %s to week %s", shown_number(event->x, 0, 0).s, shown_number(event->y, 0, 0).s);
        break;
    case ORGSIM_EVENT_cancelled: text_add(text, "the sponsors cancel the program"); break;
    case ORGSIM_EVENT_finished: text_add(text, "the last package is accepted: the program is finished"); break;
    case ORGSIM_EVENT_censored: text_add(text, "the horizon is reached, and the program still runs"); break;
    default: break;
    }
}

void story_event(struct text *text, const struct story *story, size_t arm, const struct orgsim_event *event)
{
    way_words(text, story, arm, event);
    outcome_words(text, event);
    people_words(text, story, arm, event);
    program_words(text, story, event);
}

bool story_is_decisive(const struct orgsim_event *event)
{
    switch (event->kind) {
    case ORGSIM_EVENT_cut: case ORGSIM_EVENT_feature_dropped: case ORGSIM_EVENT_engineer_left: case ORGSIM_EVENT_seat_left:
    case ORGSIM_EVENT_seat_arrived: case ORGSIM_EVENT_reinforced: case ORGSIM_EVENT_date_moved: case ORGSIM_EVENT_cancelled:
    case ORGSIM_EVENT_finished: case ORGSIM_EVENT_censored: return true;
    default: return false;
    }
}
