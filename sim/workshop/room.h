/* room.h: a workshop under way: the people, what they answered, where the lesson stands, and what is computed for them
 *
 * Everything here is guarded by one monitor. Two threads meet at it: the server's, which hands requests to the API and news to the listeners,
 * and the engine's (engine_room.c), which lives worlds. Names: a guest is the browser of a person who joined; a listener is an open stream of events.
 */
#ifndef ORGSIM_WORKSHOP_ROOM_H
#define ORGSIM_WORKSHOP_ROOM_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/pool.h"
#include "base/text.h"
#include "workshop/dial.h"
#include "workshop/lesson.h"
#include "workshop/own.h"
#include "workshop/question.h"
#include "workshop/snapshot.h"
#include "workshop/store.h"
#include "workshop/token.h"

#define ROOM_JSON (JSON_COMPACT | JSON_REAL_PRECISION(7)) /* how JSON is written for the page */
#define ROOM_PEOPLE_MOST 1000
#define ROOM_LISTENERS_MOST 1200
#define ROOM_LISTENERS_OF_ONE 4 /* tabs of one person; a further one ends the oldest */
#define ROOM_PERSON 32          /* hexadecimal digits that a browser chose at random */
#define ROOM_HEARTBEAT_MS 15000
#define ROOM_PUBLISH_MS 200     /* votes are gathered this long before everybody hears of them */

/* What a person can have computed. */
enum room_kind { ROOM_DIALS, ROOM_OWN, ROOM_KINDS };
#define ROOM_WANTED 5

struct room_job {
    int wanted[ROOM_WANTED];  /* notches of the dials, or answers */
    uint32_t serial, begun;   /* of the newest wish, and of the one that was last begun: equal when nothing waits */
    struct text result;       /* newest snapshot, one line of JSON */
    uint32_t version;         /* of result */
};

struct guest {
    char id[ROOM_PERSON + 1];
    bool facilitator;
    bool wall;                /* the projector's page: listens, and is nobody */
    int answer[QUESTION_COUNT];
    struct room_job job[ROOM_KINDS];
    double allowance;         /* requests that may come at once */
    uint64_t allowed_at;
    size_t listeners;         /* that have not ended */
};

struct listener {
    struct guest *person;
    uint32_t state, shared, version[ROOM_KINDS]; /* last sent */
    uint64_t beaten_at;       /* last sent at */
    struct text out;          /* what is being sent, and how far */
    size_t sent;
    void *connection;         /* the server's */
    bool asleep;
    bool ended;               /* gave its place to a newer one of the same person */
    struct listener *next;
};

/* What a room is opened with; borrowed. */
struct room_plan {
    const struct orgsim_scenario *scenario;
    const char *path;         /* the scenario's folder, for its README.md */
    const char *lesson;       /* file, or NULL */
    const char *session;      /* file, or NULL: in memory */
    uint64_t seed, worlds;
    size_t threads;
    const char *isa;
};

struct room_cached { int wanted[ROOM_WANTED]; uint64_t worlds; struct text tail; struct snapshot_kept kept; };
#define ROOM_CACHE 256

struct room {
    struct room_plan plan;
    struct lesson lesson;
    struct store *store;
    struct monitor *monitor;
    struct dial dials[DIAL_COUNT];
    char token[TOKEN_ROOM + 1], host_token[TOKEN_HOST + 1];
    json_t *facts, *base;     /* what never changes, and the results of the scenario as it is */
    struct snapshot_kept base_kept;
    double deadline, seat_k_per_year;
    /* people */
    struct guest **people;
    size_t n_people, people_room;
    size_t found, found_station; /* people and station of the session as it was opened */
    struct listener *listeners;
    size_t n_listeners;
    void (*wake)(void *connection); /* the server's way to go on with a listener that sleeps */
    /* the lesson */
    size_t station;
    bool revealed, frozen, hidden; /* predictions are locked; phones are still; sliders are out of sight */
    uint64_t timer_ends;           /* 0: off */
    /* what everybody hears */
    struct text state, shared;
    uint32_t state_version, shared_version;
    bool dirty;
    uint64_t published_at;
    /* the engine */
    bool ending;
    volatile int stop;             /* of the job under way */
    const struct guest *served;
    enum room_kind served_kind;
    struct text replay[ORGSIM_WORLD_CHOICE_COUNT];
    bool replay_failed[ORGSIM_WORLD_CHOICE_COUNT];
    struct room_cached cache[ROOM_CACHE];
    size_t cached;
};

/* Milliseconds of a clock that only goes forward. */
uint64_t room_now(void);

/* Reads lesson and session, lives the scenario as it is. problems: of the lesson. Zero the room before; room_close() in any case, when no other
 * thread uses it any more. */
int room_open(struct room *room, const struct room_plan *plan, struct orgsim_problems *problems, struct orgsim_where *where);
void room_close(struct room *room);

/* --- people (the caller is inside the monitor, also for all that follows) --- */

/* The person of that id, who joins when he or she is new. NULL: not an id, or the room is full. */
struct guest *room_person(struct room *room, const char *id, bool facilitator);

/* Whether the person may ask now; counts it. */
bool room_allows(struct guest *person, uint64_t now);

/* Why something is not taken: words for people. NULL: it is taken. */
const char *room_answer(struct room *room, struct guest *person, enum question question, int value);
const char *room_want(struct room *room, struct guest *person, enum room_kind kind, const int wanted[ROOM_WANTED]);

/* Notes what the program found about a person. */
void room_note(struct room *room, struct guest *person, enum question question, int value);

/* --- the lesson --- */

enum room_lead { ROOM_NEXT, ROOM_BACK, ROOM_GO, ROOM_FREEZE, ROOM_SLIDERS, ROOM_TIMER, ROOM_LEADS };
/* value: station of GO, 0 or 1 of FREEZE and SLIDERS (1: shown), seconds of TIMER. NULL, or why not. */
const char *room_lead(struct room *room, enum room_lead what, double value);

const struct lesson_station *room_station(const struct room *room);

/* --- what people hear --- */

/* Composes the state and wakes who sleeps (room_state.c). */
void room_publish(struct room *room);

/* At each turn of the clock: gathered votes, heartbeats. */
void room_tick(struct room *room, uint64_t now);

/* Wakes the listeners that have something to hear. */
void room_wake(struct room *room);

/* Copies at most `most` bytes of news; 0: nothing now, and the listener sleeps, or has ended. */
size_t room_hear(struct room *room, struct listener *listener, char *into, size_t most, uint64_t now);

/* NULL when there are too many of all people, or no memory. */
struct listener *room_listen(struct room *room, struct guest *person);
void room_unlisten(struct room *room, struct listener *listener);

/* room_state.c: JSON of what never changes (room_open() calls it), of where the lesson stands now, of one person's answers, and the session as CSV. */
json_t *room_facts(const struct room *room);
json_t *room_state_json(const struct room *room);
json_t *room_person_json(const struct guest *person);
json_t *room_stations(const struct room *room);
void room_csv(struct text *text, const struct room *room);

#endif
