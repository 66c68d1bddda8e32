/* engine_room.c: the thread that lives worlds for the people of a room */
#include "workshop/engine_room.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "study/point.h"
#include "workshop/replay.h"

#define SNAPSHOT_MS 50       /* between two snapshots; the first comes with the first block */
#define CROWD 8              /* more people than this wait: each gets fewer worlds, so that nobody waits long */
#define CROWD_WORLDS 512
#define STORY_WORLDS 2000    /* searched for a world to tell, as explain does */
#define IDLE_MS 1000

struct engine_room {
    struct room *room;
    struct runner *runner;
    struct points points;
    struct orgsim_run_options options; /* of the pair; worlds as many as this wish gets */
    size_t arms[SNAPSHOT_ARMS];
    struct snapshot snapshot;
    size_t turn;                       /* place of the person served last */
    /* the wish under way */
    struct guest *person;
    uint32_t serial;
    int wanted[ROOM_WANTED];
    double deadline;
    uint64_t shown_at;
};

/* --- answers ------------------------------------------------------------------------------------------------------------------------ */

/* A line of JSON without its opening brace, as it is kept for whoever asks the same. */
static void tail_of(struct text *tail, const json_t *json)
{
    char *dump = json ? json_dumps(json, ROOM_JSON) : NULL;
    if (dump) text_add(tail, dump + 1);
    else tail->failed = true;
    free(dump); /* jansson's own allocation */
}

/* Puts a result before its person, and before everybody when it is the facilitator's. Inside. */
static void hand_over(struct room *r, struct guest *p, enum room_kind kind, uint32_t serial, int moved, bool met, const struct text *tail)
{
    struct room_job *job = &p->job[kind];
    if (tail->failed || !tail->n) return;
    job->result.n = 0;
    text_format(&job->result, "{\"job\":%u,\"wanted\":[", serial);
    for (int k = 0; k < ROOM_WANTED; k++) text_format(&job->result, "%s%d", k ? "," : "", job->wanted[k]);
    text_format(&job->result, "],\"moved\":%d,\"met\":%s,", moved, met ? "true" : "false");
    text_add(&job->result, tail->s);
    if (job->result.failed) return;
    job->version++;
    if (p->facilitator && kind == ROOM_DIALS) {
        r->shared.n = 0;
        text_add(&r->shared, job->result.s);
        r->shared_version++;
    }
    room_wake(r);
}

/* 1: the answer is turned; 2: forty of fifty; 3: as many without the hire as now with it. */
static bool meets(const struct room *r, const struct snapshot_kept *kept, int moved)
{
    int least = r->base_kept.kept[1] > r->base_kept.kept[0] ? r->base_kept.kept[1] : r->base_kept.kept[0] + 1;
    if (moved == 0) return false;
    switch (room_station(r)->challenge) {
    case 1: return r->base_kept.worth > 0 ? kept->worth < 0 : kept->worth > 0;
    case 2: return kept->kept[1] >= 40;
    case 3: return kept->kept[0] >= least;
    default: return false;
    }
}

/* Inside. */
static bool note_challenge(struct room *r, struct guest *p, const struct snapshot_kept *kept, int moved)
{
    const struct lesson_station *at = room_station(r);
    bool met = at->kind == LESSON_change && meets(r, kept, moved);
    if (met && !p->facilitator) room_note(r, p, (enum question)(QUESTION_challenge_1 + at->challenge - 1), moved);
    return met;
}

static struct room_cached *cached(struct room *r, const int wanted[ROOM_WANTED], uint64_t worlds)
{
    for (size_t c = 0; c < ROOM_CACHE; c++)
        if (r->cache[c].worlds >= worlds && r->cache[c].tail.n && memcmp(r->cache[c].wanted, wanted, sizeof r->cache[c].wanted) == 0)
            return &r->cache[c];
    return NULL;
}

static void keep(struct room *r, const int wanted[ROOM_WANTED], uint64_t worlds, const struct text *tail, const struct snapshot_kept *kept)
{
    struct room_cached *c = &r->cache[r->cached++ % ROOM_CACHE];
    memcpy(c->wanted, wanted, sizeof c->wanted);
    c->worlds = worlds;
    c->kept = *kept;
    c->tail.n = 0;
    text_add_n(&c->tail, tail->s, tail->n);
}

/* --- dials -------------------------------------------------------------------------------------------------------------------------- */

static bool is_stale(const struct engine_room *e) { return e->room->ending || e->person->job[ROOM_DIALS].serial != e->serial; }

/* Shows how far it is; a non-zero value ends a wish that nobody has any more. Outside. */
static int show(struct engine_room *e)
{
    struct room *r = e->room;
    struct snapshot_kept kept;
    struct text tail = {0};
    json_t *json = snapshot_json(&e->snapshot, e->deadline, &kept);
    tail_of(&tail, json);
    json_decref(json);
    monitor_enter(r->monitor);
    bool stale = is_stale(e), done = e->snapshot.n >= e->snapshot.room;
    if (!stale) {
        int moved = dial_moved(r->dials, e->wanted);
        bool met = done && note_challenge(r, e->person, &kept, moved);
        if (done) keep(r, e->wanted, e->options.worlds, &tail, &kept);
        hand_over(r, e->person, ROOM_DIALS, e->serial, moved, met, &tail);
    }
    monitor_leave(r->monitor);
    text_free(&tail);
    e->shown_at = room_now();
    return stale ? ORGSIM_ERROR_INTERRUPTED : 0;
}

static int take(void *context, const struct live_block *block)
{
    struct engine_room *e = context;
    bool first = e->snapshot.n == 0;
    snapshot_add(&e->snapshot, block);
    bool due = first || e->snapshot.n >= e->snapshot.room || room_now() - e->shown_at >= SNAPSHOT_MS;
    return due ? show(e) : 0;
}

/* A position that the model refuses (it is possible alone, but not with the others) is said in words. */
static void refuse(struct engine_room *e, const struct orgsim_where *where)
{
    struct room *r = e->room;
    struct text tail = {0};
    json_t *json = json_pack("{s:s}", "refused", where->what[0] ? where->what : "these positions do not go together");
    tail_of(&tail, json);
    json_decref(json);
    monitor_enter(r->monitor);
    if (!is_stale(e)) hand_over(r, e->person, ROOM_DIALS, e->serial, dial_moved(r->dials, e->wanted), false, &tail);
    monitor_leave(r->monitor);
    text_free(&tail);
}

/* Outside, with the wish in `e`. */
static void live_dials(struct engine_room *e)
{
    struct room *r = e->room;
    struct point_setting settings[DIAL_COUNT];
    struct orgsim_where where = {0};
    size_t n = dial_settings(r->dials, e->wanted, settings);
    e->deadline = dial_value(&r->dials[DIAL_deadline_week], e->wanted[DIAL_deadline_week]);
    snapshot_clear(&e->snapshot);
    e->snapshot.room = (size_t)e->options.worlds;
    int status = point_live(&e->points, settings, n, e, take, &where);
    if (status && status != ORGSIM_ERROR_INTERRUPTED) refuse(e, &where);
}

/* Inside; leaves and comes back. */
static void serve_dials(struct engine_room *e, struct guest *p, size_t waiting)
{
    struct room *r = e->room;
    struct room_job *job = &p->job[ROOM_DIALS];
    e->person = p;
    e->serial = job->begun = job->serial;
    memcpy(e->wanted, job->wanted, sizeof e->wanted);
    e->options.worlds = waiting > CROWD && r->plan.worlds > CROWD_WORLDS ? CROWD_WORLDS : r->plan.worlds;
    const struct room_cached *known = cached(r, e->wanted, e->options.worlds);
    if (known) {
        int moved = dial_moved(r->dials, e->wanted);
        hand_over(r, p, ROOM_DIALS, e->serial, moved, note_challenge(r, p, &known->kept, moved), &known->tail);
        return;
    }
    monitor_leave(r->monitor);
    live_dials(e);
    monitor_enter(r->monitor);
}

/* --- own cases and stories ---------------------------------------------------------------------------------------------------------- */

static void serve_own(struct engine_room *e, struct guest *p)
{
    struct room *r = e->room;
    struct room_job *job = &p->job[ROOM_OWN];
    const uint32_t serial = job->begun = job->serial;
    struct text tail = {0};
    int status, wanted[ROOM_WANTED];
    memcpy(wanted, job->wanted, sizeof wanted);
    monitor_leave(r->monitor);
    json_t *json = own_live(wanted, r->plan.seed, r->plan.threads, r->plan.isa, &r->stop, &status);
    if (!json && status != ORGSIM_ERROR_INTERRUPTED) json = json_pack("{s:s}", "refused", orgsim_error_text(status));
    if (json) tail_of(&tail, json);
    json_decref(json);
    monitor_enter(r->monitor);
    if (job->serial == serial) hand_over(r, p, ROOM_OWN, serial, 0, false, &tail);
    text_free(&tail);
}

static void serve_story(struct engine_room *e, enum orgsim_world_choice choice)
{
    struct room *r = e->room;
    struct orgsim_explain_options options = {.run = e->options, .choice = choice};
    struct orgsim_where where = {0};
    struct text text = {0};
    options.run.worlds = STORY_WORLDS;
    monitor_leave(r->monitor);
    int status = replay_write(&text, r->plan.scenario, &options, &where);
    monitor_enter(r->monitor);
    if (status || text.failed) {
        r->replay_failed[choice] = status != ORGSIM_ERROR_INTERRUPTED;
        text_free(&text);
    } else {
        r->replay[choice] = text;
    }
}

/* --- the thread --------------------------------------------------------------------------------------------------------------------- */

/* Who is next: facilitators, then everybody in turn, sliders before cases. */
static struct guest *next_wish(const struct room *r, size_t *turn, enum room_kind *kind, size_t *waiting)
{
    struct guest *found = NULL;
    *waiting = 0;
    for (int k = 0; k < ROOM_KINDS; k++)
        for (size_t n = 0; n < r->n_people; n++) {
            size_t at = (*turn + 1 + n) % r->n_people;
            struct guest *p = r->people[at];
            if (p->job[k].begun == p->job[k].serial) continue;
            ++*waiting;
            if (found && !(p->facilitator && !found->facilitator && *kind == (enum room_kind)k)) continue;
            found = p;
            *kind = (enum room_kind)k;
        }
    for (size_t n = 0; found && n < r->n_people; n++)
        if (r->people[n] == found && !found->facilitator) *turn = n;
    return found;
}

/* A story that the lesson will tell and that is not yet known. */
static int next_story(const struct room *r)
{
    for (size_t k = 0; k < r->lesson.n; k++) {
        const struct lesson_station *at = &r->lesson.stations[(r->station + k) % r->lesson.n];
        if (lesson_kinds[at->kind].detail == LESSON_DETAIL_WORLD && !r->replay[at->world].n && !r->replay_failed[at->world])
            return (int)at->world;
    }
    return -1;
}

/* Serves whoever is next. Inside; leaves and comes back. False: nobody waits. */
static bool serve_next(struct engine_room *e)
{
    struct room *r = e->room;
    size_t waiting;
    enum room_kind kind = ROOM_DIALS;
    struct guest *p = next_wish(r, &e->turn, &kind, &waiting);
    int story = p ? -1 : next_story(r);
    r->served = p;
    r->served_kind = kind;
    __atomic_store_n(&r->stop, 0, __ATOMIC_RELAXED);
    if (p && kind == ROOM_DIALS) serve_dials(e, p, waiting);
    else if (p) serve_own(e, p);
    else if (story >= 0) serve_story(e, (enum orgsim_world_choice)story);
    r->served = NULL;
    return p || story >= 0;
}

static void run(void *context)
{
    struct engine_room *e = context;
    struct room *r = e->room;
    monitor_enter(r->monitor);
    while (!r->ending)
        if (!serve_next(e)) monitor_wait(r->monitor, IDLE_MS);
    monitor_leave(r->monitor);
}

bool engine_room_turn(struct engine_room *e)
{
    monitor_enter(e->room->monitor);
    bool served = serve_next(e);
    monitor_leave(e->room->monitor);
    return served;
}

int engine_room_make(struct engine_room **out, struct room *room, struct orgsim_where *where)
{
    const struct orgsim_scenario *s = room->plan.scenario;
    struct engine_room *e = memory_array(1, sizeof *e);
    *out = NULL;
    if (!e) return ORGSIM_ERROR_MEMORY;
    e->room = room;
    e->arms[0] = s->settings.baseline_arm;
    e->arms[1] = s->settings.headline_arm;
    e->options = (struct orgsim_run_options){.seed = room->plan.seed,
                                             .worlds = room->plan.worlds,
                                             .threads = room->plan.threads,
                                             .arms = e->arms,
                                             .n_arms = SNAPSHOT_ARMS,
                                             .baseline = e->arms[0],
                                             .isa = room->plan.isa,
                                             .precision_metric = -1,
                                             .stop = &room->stop};
    int status = snapshot_create(&e->snapshot, (size_t)room->plan.worlds);
    if (!status) status = points_open(&e->points, s, &e->options, where);
    if (status) engine_room_close(e);
    else *out = e;
    return status;
}

int engine_room_open(struct engine_room **out, struct room *room, struct orgsim_where *where)
{
    int status = engine_room_make(out, room, where);
    if (status) return status;
    status = runner_start(&(*out)->runner, run, *out);
    if (!status) return 0;
    engine_room_close(*out);
    *out = NULL;
    return status;
}

void engine_room_close(struct engine_room *e)
{
    if (!e) return;
    monitor_enter(e->room->monitor);
    e->room->ending = true;
    __atomic_store_n(&e->room->stop, 1, __ATOMIC_RELAXED);
    monitor_wake(e->room->monitor);
    monitor_leave(e->room->monitor);
    runner_join(e->runner);
    points_close(&e->points);
    snapshot_free(&e->snapshot);
    memory_free(e);
}
