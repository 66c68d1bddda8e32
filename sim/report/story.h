/* story.h: one world told: as text, JSON, a figure and a page that replays it
 *
 * The study wrote down what happened (orgsim/explain.h). Here the events of one item become a life, the lives that made the difference are
 * chosen, and events become sentences. Text, JSON, figure and page say the same sentences.
 */
#ifndef ORGSIM_REPORT_STORY_H
#define ORGSIM_REPORT_STORY_H

#include <stdbool.h>

#include <orgsim/explain.h>

#include "base/text.h"
#include "report/figure.h"
#include "scenario/scenario.h"

#define STORY_CHOSEN 6 /* items told at length, at most */

/* How an item ended under one organisation. */
enum story_end {
    STORY_NEVER, STORY_OPEN, STORY_SETTLED, STORY_RIGHT, STORY_WRONG, STORY_STRUCK, STORY_REVEALED, STORY_DEFAULT_RIGHT, STORY_DEFAULT_WRONG,
    STORY_FORGOTTEN
};

/* An item under one organisation. Weeks are NAN for what never happened. */
struct story_life {
    enum story_end end;
    double active, detected, surfaced, ended;
    int32_t who;
    int unseen, unsaid, softened, unprepared, reopened;
    int behind;                 /* tickets ahead when it queued, at most */
    bool direct, by_team, false_alarm;
    double damage_pw;           /* rework that it caused, here and in packages that depend on it */
    double delay_weeks;         /* standstill of its package */
    double price_pw, mitigation_k;
    int green_reports;          /* status reports that were green while it was active and unsaid */
};

struct story {
    const struct orgsim_scenario *scenario;
    const struct orgsim_story *told;
    const char *command;        /* the line that tells it again */
    struct story_life *lives;   /* [arm][item] */
    size_t *chosen, n_chosen;   /* items that made the difference, the greatest first */
    int *reports, *green;       /* [arm] status reports, and how many were green */
};

/* told, scenario and command are borrowed. 0 or ORGSIM_ERROR_MEMORY; free in any case. */
int story_create(struct story *story, const struct orgsim_scenario *scenario, const struct orgsim_story *told, const char *command);
void story_free(struct story *story);

const struct story_life *story_life(const struct story *story, size_t arm, size_t item);

/* Person-weeks by which an item cost the baseline more than the headline arm; a week of standstill counts as the people who then wait. */
double story_impact(const struct story *story, size_t item);

/* The item that did most for the outcome as it came: it cost most where the net value is lower. STORY_NO_ITEM when there is none. */
#define STORY_NO_ITEM ((size_t)-1)
size_t story_leading_item(const struct story *story);

/* --- words (story_words.c) --- */

const char *story_label(const struct story *story, size_t arm);
void story_item_name(struct text *text, const struct story *story, size_t item);
/* "Risk, package X, team Y" */
void story_item_place(struct text *text, const struct story *story, size_t item);
void story_who(struct text *text, const struct story *story, size_t arm, size_t item, int32_t who);
/* What happened, a phrase without its date. */
void story_event(struct text *text, const struct story *story, size_t arm, const struct orgsim_event *event);
/* An item's life in one phrase. */
void story_fate(struct text *text, const struct story *story, size_t arm, size_t item);
/* The difference in one paragraph, and what one world is worth as evidence. */
void story_lead(struct text *text, const struct story *story);
void story_caveat(struct text *text, const struct story *story);
/* Whether an event is part of the story that is told of the program as a whole (people, cuts, reactions, the end). */
bool story_is_decisive(const struct orgsim_event *event);

/* --- forms --- */

/* For the terminal; colour: headings in bold. */
void story_text(struct text *text, const struct story *story, bool colour);
/* 0 or ORGSIM_ERROR_MEMORY */
int story_json(struct text *text, const struct story *story);
void story_figure(struct figure *figure, const struct story *story);
void story_page(struct text *html, const struct story *story);

/* Writes figures/explain.gp .dat .svg .png, story.txt and replay.html into `folder`, which is made. ORGSIM_ERROR_TOOL: gnuplot is missing or failed, the
 * rest is there. */
int story_write(const struct story *story, const char *folder, struct orgsim_where *where);

#endif
