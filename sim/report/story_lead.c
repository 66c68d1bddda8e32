/* story_lead.c: the whole story in a paragraph, and an item's life in a phrase */
#include <math.h>
#include <string.h>

#include "report/story.h"

static double metric(const struct story *s, size_t arm, enum orgsim_metric m)
{
    const struct orgsim_metric_info *info = orgsim_metric_info(m);
    return shown_round(s->told->arms[arm].metric[m], info->decimals);
}

static double difference(const struct story *s, enum orgsim_metric m)
{
    return shown_round(metric(s, s->told->headline, m) - metric(s, s->told->baseline, m), orgsim_metric_info(m)->decimals);
}

static void add_noticed(struct text *text, const struct story *s, size_t arm, size_t item, const struct story_life *life)
{
    text_add(text, "noticed by ");
    story_who(text, s, arm, item, life->who);
    text_format(text, " in week %s", shown_number(life->detected, 1, 0).s);
    if (life->direct) {
        text_add(text, " and taken straight to who can decide");
    } else if (isnan(life->surfaced) && life->unseen + life->unsaid > 0) {
        text_add(text, life->unsaid ? ", kept because nobody said it aloud" : ", kept because it did not look serious");
    } else if (!isnan(life->surfaced)) {
        text_format(text, ", raised in week %s", shown_number(life->surfaced, 1, 0).s);
    }
    if (life->softened > 0) text_add(text, ", softened on the way");
    if (life->unprepared > 0) text_add(text, ", once sent back unprepared");
}

static void add_cost(struct text *text, const struct story_life *life)
{
    text_format(text, " (%s person-weeks", shown_number(life->damage_pw, 1, 0).s);
    if (shown_round(life->delay_weeks, 1) > 0) text_format(text, ", %s weeks of standstill", shown_number(life->delay_weeks, 1, 0).s);
    text_add(text, ")");
}

static void add_end(struct text *text, const struct story_life *life)
{
    const char *week = NULL;
    struct shown shown;
    if (!isnan(life->ended)) {
        shown = shown_number(life->ended, 1, 0);
        week = shown.s;
    }
    switch (life->end) {
    case STORY_SETTLED: text_format(text, "%s in week %s", life->by_team ? "settled by the team" : "decided", week); break;
    case STORY_RIGHT: text_format(text, "%s rightly in week %s", life->by_team ? "answered by the team" : "decided", week); break;
    case STORY_WRONG: text_format(text, "%s wrongly in week %s", life->by_team ? "answered by the team" : "decided", week); break;
    case STORY_STRUCK: text_format(text, "strikes in week %s", week); break;
    case STORY_REVEALED: text_format(text, "breaks at integration in week %s", week); break;
    case STORY_DEFAULT_RIGHT: text_format(text, "decided by integration in week %s, by luck rightly", week); break;
    case STORY_DEFAULT_WRONG: text_format(text, "decided by integration in week %s, wrongly", week); break;
    case STORY_FORGOTTEN: text_format(text, "forgotten in week %s, when its package was cut", week); break;
    default: text_add(text, "still open at the end"); break;
    }
    if (shown_round(life->damage_pw, 1) > 0 || shown_round(life->delay_weeks, 1) > 0) add_cost(text, life);
}

/* What did not come up: because its work was cut, because the program was, or because it was never there. */
static void add_never(struct text *text, const struct story *s, size_t arm, size_t item)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    for (size_t e = 0; e < told->n_events; e++) {
        const struct orgsim_event *event = &told->events[e];
        bool cut = event->kind == ORGSIM_EVENT_cut && event->subject == s->told->items[item].package;
        if (!cut && event->kind != ORGSIM_EVENT_cancelled) continue;
        text_format(text, "cannot come up any more: %s in week %s", cut ? "its package is cut" : "the program is cancelled", shown_week(event->week).s);
        return;
    }
    text_add(text, "never comes up");
}

void story_fate(struct text *text, const struct story *s, size_t arm, size_t item)
{
    const struct story_life *life = story_life(s, arm, item);
    if (life->end == STORY_NEVER) {
        add_never(text, s, arm, item);
        return;
    }
    bool seen = !isnan(life->detected);
    if (seen) add_noticed(text, s, arm, item, life);
    else if (life->end == STORY_SETTLED || life->end == STORY_RIGHT || life->end == STORY_WRONG) text_add(text, "never raised");
    else text_add(text, "noticed by nobody");
    text_add(text, "; ");
    add_end(text, life);
}

static void add_quoted(struct text *text, const char *label) { text_format(text, "\xe2\x80\x9c%s\xe2\x80\x9d", shown_label(label).s); }

static bool completes(const struct story *s, size_t arm)
{
    const float *m = s->told->arms[arm].metric;
    return m[ORGSIM_METRIC_cancelled] == 0 && m[ORGSIM_METRIC_censored] == 0;
}

static void add_finish(struct text *text, const struct story *s, size_t arm)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    add_quoted(text, story_label(s, arm));
    if (told->metric[ORGSIM_METRIC_cancelled] > 0) {
        double week = NAN;
        for (size_t e = 0; e < told->n_events; e++)
            if (told->events[e].kind == ORGSIM_EVENT_cancelled) week = told->events[e].week;
        text_format(text, " is cancelled in week %s", shown_week(week).s);
    } else if (told->metric[ORGSIM_METRIC_censored] > 0) {
        text_add(text, " never finishes");
    } else {
        text_format(text, " finishes in week %s", shown_number(told->metric[ORGSIM_METRIC_finish_week], 1, 0).s);
    }
}

static void add_money(struct text *text, const struct story *s)
{
    const char *currency = s->scenario->settings.currency;
    double cost = difference(s, ORGSIM_METRIC_cost_k), npv = difference(s, ORGSIM_METRIC_npv_k);
    text_add(text, ". The program of ");
    add_quoted(text, story_label(s, s->told->headline));
    text_format(text, " costs %s %s %s, its seats included, and is worth %s %s %s in net value.", currency, shown_k(fabs(cost), 0, 0).s,
                cost < 0 ? "less" : "more", currency, shown_k(fabs(npv), 0, 0).s, npv < 0 ? "less" : "more");
}

static void add_leading(struct text *text, const struct story *s)
{
    size_t item = story_leading_item(s);
    if (item == STORY_NO_ITEM) {
        text_add(text, s->n_chosen == 0 ? " No single event explains it: the difference is made of many small ones."
                                        : " No single risk or question speaks for this outcome: those that differed most, below, worked the other way.");
        return;
    }
    text_add(text, " The item that speaks most for this outcome, one part of the difference (the ledger below has the rest): ");
    story_item_name(text, s, item);
    text_add(text, ". Under ");
    add_quoted(text, story_label(s, s->told->baseline));
    text_add(text, ": ");
    story_fate(text, s, s->told->baseline, item);
    text_add(text, ". Under ");
    add_quoted(text, story_label(s, s->told->headline));
    text_add(text, ": ");
    story_fate(text, s, s->told->headline, item);
    text_add(text, ".");
}

static bool drops(const struct story *s, size_t arm, uint32_t feature)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    for (size_t e = 0; e < told->n_events; e++)
        if (told->events[e].kind == ORGSIM_EVENT_feature_dropped && told->events[e].subject == feature) return true;
    return false;
}

/* Features that one organisation gives up and the other keeps: they weigh more than any delay. */
static void add_dropped(struct text *text, const struct story *s)
{
    const size_t arms[2] = {s->told->baseline, s->told->headline};
    for (int side = 0; side < 2; side++) {
        const char *comma = NULL;
        for (uint32_t g = 0; g < s->scenario->n_features; g++) {
            if (!drops(s, arms[side], g) || drops(s, arms[1 - side], g)) continue;
            const struct scenario_feature *feature = &s->scenario->features[g];
            if (!comma) {
                text_add(text, " Only ");
                add_quoted(text, story_label(s, arms[side]));
                text_add(text, " drops ");
            }
            text_format(text, "%s\xe2\x80\x9c%s\xe2\x80\x9d", comma ? comma : "", feature->name && feature->name[0] ? feature->name : feature->id);
            comma = ", ";
        }
        if (comma) text_add(text, ".");
    }
}

static size_t reinforcements(const struct story *s, size_t arm)
{
    size_t n = 0;
    for (size_t e = 0; e < s->told->arms[arm].n_events; e++) n += s->told->arms[arm].events[e].kind == ORGSIM_EVENT_reinforced;
    return n;
}

/* "in week 30 and 46", "never" */
static void add_reinforced_weeks(struct text *text, const struct story *s, size_t arm)
{
    const struct orgsim_story_arm *told = &s->told->arms[arm];
    const char *joint = " in week ";
    add_quoted(text, story_label(s, arm));
    for (size_t e = 0; e < told->n_events; e++) {
        if (told->events[e].kind != ORGSIM_EVENT_reinforced) continue;
        text_format(text, "%s%s", joint, shown_week(told->events[e].week).s);
        joint = " and ";
    }
    if (reinforcements(s, arm) == 0) text_add(text, " never");
}

/* People whom management adds cost money, and may save the date. */
static void add_reinforced(struct text *text, const struct story *s)
{
    if (reinforcements(s, s->told->baseline) == reinforcements(s, s->told->headline)) return;
    text_add(text, " Management adds engineers under ");
    add_reinforced_weeks(text, s, s->told->baseline);
    text_add(text, ", under ");
    add_reinforced_weeks(text, s, s->told->headline);
    text_add(text, ".");
}

/* Holders of seats who leave take trust and knowledge along. */
static void add_left(struct text *text, const struct story *s)
{
    const struct orgsim_story_arm *told = &s->told->arms[s->told->headline];
    for (size_t e = 0; e < told->n_events; e++) {
        bool wrong = told->events[e].kind == ORGSIM_EVENT_seat_arrived && told->events[e].y > 0;
        if (told->events[e].kind != ORGSIM_EVENT_seat_left && !wrong) continue;
        text_format(text, " In week %s ", shown_number(told->events[e].week, 1, 0).s);
        story_event(text, s, s->told->headline, &told->events[e]);
        text_add(text, ".");
    }
}

/* What no single event shows. */
static void add_background(struct text *text, const struct story *s)
{
    double hours[2], weeks[2], repairs[2];
    const size_t arms[2] = {s->told->baseline, s->told->headline};
    for (int side = 0; side < 2; side++) {
        hours[side] = metric(s, arms[side], ORGSIM_METRIC_coordination_engineers_h) + metric(s, arms[side], ORGSIM_METRIC_coordination_em_h);
        weeks[side] = metric(s, arms[side], ORGSIM_METRIC_decision_weeks);
        repairs[side] = metric(s, arms[side], ORGSIM_METRIC_rework_share);
    }
    text_format(text, " Behind the events: coordination took engineers and their managers %s hours instead of %s, ", shown_number(hours[1], 0, 0).s,
                shown_number(hours[0], 0, 0).s);
    struct shown open = shown_number(weeks[1], 1, 0), before = shown_number(weeks[0], 1, 0);
    if (strcmp(open.s, before.s) == 0) text_format(text, "a question stayed open for %s weeks in both, ", open.s);
    else text_format(text, "a question stayed open for %s weeks instead of %s, ", open.s, before.s);
    struct shown here = shown_share(repairs[1], 0), there = shown_share(repairs[0], 0);
    if (strcmp(here.s, there.s) == 0) text_format(text, "and %s of the work was repair in both.", here.s);
    else text_format(text, "and %s of the work was repair instead of %s.", here.s, there.s);
}

void story_lead(struct text *text, const struct story *s)
{
    size_t b = s->told->baseline, h = s->told->headline;
    double weeks = difference(s, ORGSIM_METRIC_finish_week);
    text_add(text, "The same program, the same luck. ");
    add_finish(text, s, b);
    text_add(text, ", ");
    add_finish(text, s, h);
    if (completes(s, b) && completes(s, h)) {
        if (weeks == 0) text_add(text, ", the same week");
        else text_format(text, ", %s weeks %s", shown_number(fabs(weeks), 1, 0).s, weeks < 0 ? "earlier" : "later");
    }
    text_format(text, "; the date was week %s", shown_week(s->told->deadline_week).s);
    add_money(text, s);
    add_dropped(text, s);
    add_reinforced(text, s);
    add_left(text, s);
    add_leading(text, s);
    add_background(text, s);
}

void story_caveat(struct text *text, const struct story *s)
{
    const struct orgsim_story *told = s->told;
    text_format(text, "One world is a story, not evidence: over %s worlds the mean difference in net value is %s %s, and in %s of them ",
                shown_number((double)told->searched, 0, 0).s, s->scenario->settings.currency, shown_k(told->mean_difference, 0, SHOWN_SIGN | SHOWN_TYPOGRAPHIC).s,
                shown_share(told->worse_share, 0).s);
    add_quoted(text, story_label(s, told->headline));
    text_format(text, " does worse. In this world the difference is larger than in %s of them.", shown_share(told->rank, 0).s);
}
