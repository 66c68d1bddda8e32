/* room.c: a workshop under way */
#include "workshop/room.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/memory.h"

#define ALLOWANCE_MOST 40   /* requests at once */
#define ALLOWANCE_A_SECOND 15
#define TIMER_MOST 36000    /* seconds */

uint64_t room_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* --- opening ------------------------------------------------------------------------------------------------------------------------ */

/* The scenario as it is: what is revealed, and what the sliders start from. */
static int live_base(struct room *r, struct orgsim_where *where)
{
    const struct orgsim_scenario *s = r->plan.scenario;
    const size_t arms[SNAPSHOT_ARMS] = {s->settings.baseline_arm, s->settings.headline_arm};
    const struct orgsim_run_options options = {.seed = r->plan.seed,
                                               .worlds = r->plan.worlds,
                                               .threads = r->plan.threads,
                                               .arms = arms,
                                               .n_arms = SNAPSHOT_ARMS,
                                               .baseline = arms[0],
                                               .isa = r->plan.isa,
                                               .precision_metric = -1};
    struct orgsim_results results = {0};
    if (arms[0] == arms[1])
        return error_set(where, ORGSIM_ERROR_USAGE, s->path, 0, 0, "choose another baseline_arm or headline_arm in program.csv",
                         "a workshop compares two organisations, and baseline and headline arm are both \"%s\"", s->arms[arms[0]].id);
    int status = orgsim_run(s, &options, &results, where);
    if (!status) {
        r->deadline = results.deadline_week;
        r->seat_k_per_year = 52 * (results.seat_cost_per_week_k[results.headline] - results.seat_cost_per_week_k[results.baseline]);
        r->base = snapshot_of_results(&results, &r->base_kept);
        if (!r->base) status = ORGSIM_ERROR_MEMORY;
    }
    orgsim_results_free(&results);
    return status;
}

/* A token that the session remembers, so that links go on working after a restart. */
static int recall_token(struct room *r, const char *key, char *token, size_t n)
{
    char value[256];
    int status = store_recall(r->store, key, value);
    if (!status && strlen(value) == n) memcpy(token, value, n + 1);
    else if (!status) status = token_make(token, n);
    if (!status && !*value) status = store_remember(r->store, key, token);
    return status;
}

static int take_answer(void *context, const char *person, const char *question, int value)
{
    struct room *r = context;
    struct guest *p = room_person(r, person, false);
    enum question q = question_find(question);
    if (p && q < QUESTION_COUNT && value >= 0 && value <= question_rows[q].most) p->answer[q] = value;
    return 0;
}

/* What an earlier run of this session left. */
static int recall(struct room *r)
{
    char value[256];
    int status = recall_token(r, "room", r->token, TOKEN_ROOM);
    if (!status) status = recall_token(r, "host", r->host_token, TOKEN_HOST);
    if (!status) status = store_recall(r->store, "station", value);
    if (!status) r->station = (size_t)strtoul(value, NULL, 10);
    if (r->station >= r->lesson.n) r->station = 0;
    if (!status) status = store_recall(r->store, "revealed", value);
    r->revealed = !status && strcmp(value, "1") == 0;
    return status ? status : store_answers(r->store, r, take_answer);
}

int room_open(struct room *r, const struct room_plan *plan, struct orgsim_problems *problems, struct orgsim_where *where)
{
    r->plan = *plan;
    int status = monitor_create(&r->monitor);
    if (!status) status = lesson_read(&r->lesson, plan->lesson, problems);
    if (!status) status = live_base(r, where);
    if (!status) status = dial_all(r->dials, plan->scenario, r->deadline, where);
    if (!status) status = store_open(&r->store, plan->session, scenario_digest(plan->scenario), where);
    if (!status) status = recall(r);
    if (status == ORGSIM_ERROR_IO && where && !where->what[0])
        error_set(where, status, plan->session, 0, 0, "name another file with -o", "the session cannot be kept there");
    if (status) return status;
    r->found = r->n_people;
    r->found_station = r->station;
    r->facts = room_facts(r);
    room_publish(r);
    return r->facts && r->state.s ? 0 : ORGSIM_ERROR_MEMORY;
}

void room_close(struct room *r)
{
    while (r->listeners) room_unlisten(r, r->listeners);
    for (size_t p = 0; p < r->n_people; p++) {
        for (int k = 0; k < ROOM_KINDS; k++) text_free(&r->people[p]->job[k].result);
        memory_free(r->people[p]);
    }
    memory_free(r->people);
    for (int c = 0; c < ORGSIM_WORLD_CHOICE_COUNT; c++) text_free(&r->replay[c]);
    for (size_t c = 0; c < ROOM_CACHE; c++) text_free(&r->cache[c].tail);
    text_free(&r->state);
    text_free(&r->shared);
    json_decref(r->facts);
    json_decref(r->base);
    store_close(r->store);
    lesson_free(&r->lesson);
    monitor_free(r->monitor);
    memset(r, 0, sizeof *r);
}

/* --- people ------------------------------------------------------------------------------------------------------------------------- */

static bool is_person(const char *id)
{
    return strlen(id) == ROOM_PERSON && strspn(id, "0123456789abcdef") == ROOM_PERSON;
}

static struct guest *join(struct room *r, const char *id)
{
    if (r->n_people >= ROOM_PEOPLE_MOST || memory_grow((void **)&r->people, &r->people_room, r->n_people + 1, sizeof *r->people)) return NULL;
    struct guest *p = memory_array(1, sizeof *p);
    if (!p) return NULL;
    memcpy(p->id, id, ROOM_PERSON + 1);
    for (int q = 0; q < QUESTION_COUNT; q++) p->answer[q] = QUESTION_OPEN;
    p->allowance = ALLOWANCE_MOST;
    p->allowed_at = room_now();
    r->people[r->n_people++] = p;
    r->dirty = true;
    return p;
}

struct guest *room_person(struct room *r, const char *id, bool facilitator)
{
    struct guest *found = NULL;
    if (!is_person(id)) return NULL;
    for (size_t p = 0; p < r->n_people && !found; p++)
        if (memcmp(r->people[p]->id, id, ROOM_PERSON) == 0) found = r->people[p];
    if (!found) found = join(r, id);
    if (found && facilitator && !found->facilitator) {
        found->facilitator = true;
        r->dirty = true;
    }
    return found;
}

bool room_allows(struct guest *p, uint64_t now)
{
    p->allowance = fmin(ALLOWANCE_MOST, p->allowance + (double)(now - p->allowed_at) * ALLOWANCE_A_SECOND / 1000);
    p->allowed_at = now;
    if (p->allowance < 1) return false;
    p->allowance -= 1;
    return true;
}

/* --- answers ------------------------------------------------------------------------------------------------------------------------ */

static const char too_late[] = "This is locked now.";
static const char still[] = "Phones are frozen for a moment: look at the front.";

/* The vote at the fork belongs to the world that is being replayed. */
static bool is_this_world(const struct lesson_station *at, enum question q)
{
    return (int)q - QUESTION_notice_typical == (int)at->world - ORGSIM_WORLD_typical;
}

static const char *why_closed(const struct room *r, const struct guest *p, enum question q)
{
    const struct lesson_station *at = room_station(r);
    if (r->frozen && !p->facilitator) return still;
    if (question_rows[q].by != QUESTION_BY_PERSON) return "This is not asked.";
    switch (question_rows[q].when) {
    case QUESTION_IN_PREDICT: return r->revealed || at->kind > LESSON_talk ? too_late : NULL;
    case QUESTION_IN_REVOTE: return at->kind == LESSON_revote ? NULL : too_late;
    case QUESTION_IN_REPLAY: return at->kind == LESSON_replay && is_this_world(at, q) ? NULL : too_late;
    case QUESTION_IN_HOME: return at->kind == LESSON_home || at->kind == LESSON_own ? NULL : too_late;
    case QUESTION_IN_CHANGE: break;
    }
    return too_late;
}

const char *room_answer(struct room *r, struct guest *p, enum question q, int value)
{
    if (value < 0 || value > question_rows[q].most) return "That is not one of the answers.";
    const char *why = why_closed(r, p, q);
    if (why) return why;
    if (store_answer(r->store, p->id, question_rows[q].id, value)) return "It could not be kept; please try again.";
    p->answer[q] = value;
    r->dirty = true;
    return NULL;
}

void room_note(struct room *r, struct guest *p, enum question q, int value)
{
    if (p->answer[q] != QUESTION_OPEN && p->answer[q] <= value) return;
    if (store_answer(r->store, p->id, question_rows[q].id, value)) return; /* tried again with the next position that reaches it */
    p->answer[q] = value;
    r->dirty = true;
}

static bool in_range(const struct room *r, enum room_kind kind, const int wanted[ROOM_WANTED])
{
    if (kind == ROOM_OWN) return own_allows(wanted);
    for (int k = 0; k < DIAL_COUNT; k++)
        if (wanted[k] < 0 || wanted[k] > r->dials[k].notches) return false;
    return true;
}

const char *room_want(struct room *r, struct guest *p, enum room_kind kind, const int wanted[ROOM_WANTED])
{
    const struct lesson_station *at = room_station(r);
    const int step = kind == ROOM_OWN ? lesson_kinds[LESSON_own].step : lesson_kinds[LESSON_change].step;
    if (!in_range(r, kind, wanted)) return "That is not one of the positions.";
    if (!p->facilitator && r->frozen) return still;
    if (!p->facilitator && lesson_kinds[at->kind].step != step) return "This is not open now.";
    if (!p->facilitator && kind == ROOM_DIALS && r->hidden) return "The sliders are away for a moment.";
    struct room_job *job = &p->job[kind];
    memcpy(job->wanted, wanted, sizeof job->wanted);
    job->serial++;
    if (r->served == p && r->served_kind == kind) __atomic_store_n(&r->stop, 1, __ATOMIC_RELAXED); /* the newest wish is the one that counts */
    monitor_wake(r->monitor);
    return NULL;
}

/* --- the lesson --------------------------------------------------------------------------------------------------------------------- */

const struct lesson_station *room_station(const struct room *r) { return &r->lesson.stations[r->station]; }

static const char *go(struct room *r, size_t station)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%zu", station);
    bool reveals = lesson_kinds[r->lesson.stations[station].kind].step >= lesson_kinds[LESSON_without].step;
    if (store_remember(r->store, "station", digits) || (reveals && store_remember(r->store, "revealed", "1")))
        return "It could not be kept; please try again.";
    r->station = station;
    r->revealed |= reveals;
    r->frozen = false;
    double minutes = r->lesson.stations[station].minutes;
    r->timer_ends = minutes > 0 ? room_now() + (uint64_t)(minutes * 60000) : 0;
    return NULL;
}

const char *room_lead(struct room *r, enum room_lead what, double value)
{
    const char *why = NULL;
    switch (what) {
    case ROOM_NEXT: why = r->station + 1 < r->lesson.n ? go(r, r->station + 1) : "This is the last station."; break;
    case ROOM_BACK: why = r->station > 0 ? go(r, r->station - 1) : "This is the first station."; break;
    case ROOM_GO:
        why = value >= 0 && value < (double)r->lesson.n && floor(value) == value ? go(r, (size_t)value) : "There is no such station.";
        break;
    case ROOM_FREEZE: r->frozen = value > 0; break;
    case ROOM_SLIDERS: r->hidden = !(value > 0); break;
    case ROOM_TIMER: r->timer_ends = value > 0 ? room_now() + (uint64_t)(fmin(value, TIMER_MOST) * 1000) : 0; break;
    case ROOM_LEADS: why = "That cannot be done."; break;
    }
    if (!why) room_publish(r);
    return why;
}
