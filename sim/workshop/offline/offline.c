/* offline.c: a workshop of one, without a network and without threads */
#include "workshop/offline/offline.h"

#include <string.h>

#include <orgsim/scenario.h>

#include "base/error.h"
#include "base/memory.h"
#include "workshop/api.h"
#include "workshop/engine_room.h"

#define PERSON "00000000000000000000000000000001" /* who answers */
#define LEADER "00000000000000000000000000000002" /* the same human being, at the buttons that lead */
#define HEARD 4096

struct offline {
    struct orgsim_scenario *scenario;
    struct room room;
    struct engine_room *engine;
    struct listener *listener;
    void (*hear)(void *context, const char *events);
    void *context;
    bool open;
};

/* Hands out all that there is to hear, and leaves the listener asleep, so that the next news wake it. */
static void hear_all(struct offline *o)
{
    char piece[HEARD + 1];
    struct text events = {0};
    size_t n;
    while ((n = room_hear(&o->room, o->listener, piece, HEARD, room_now())) > 0) {
        piece[n] = '\0';
        text_add(&events, piece);
    }
    if (events.n && !events.failed) o->hear(o->context, events.s);
    text_free(&events);
}

static void wake(void *connection) { hear_all(connection); }

static int open_room(struct offline *o, const struct room_plan *asked, struct orgsim_problems *problems, struct orgsim_where *where)
{
    struct room_plan plan = *asked;
    plan.scenario = o->scenario;
    o->open = true;
    int status = room_open(&o->room, &plan, problems, where);
    if (!status) status = engine_room_make(&o->engine, &o->room, where);
    struct guest *person = status ? NULL : room_person(&o->room, PERSON, false);
    if (!status && person) o->listener = room_listen(&o->room, person);
    if (!status && !o->listener) status = ORGSIM_ERROR_MEMORY;
    return status;
}

struct offline *offline_open(const char *folder, const char *const *settings, size_t n_settings, const char *lesson, uint64_t seed, uint64_t worlds,
                             void (*hear)(void *context, const char *events), void *context, struct text *why)
{
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    struct offline *o = memory_array(1, sizeof *o);
    if (!o) return NULL;
    o->hear = hear;
    o->context = context;
    const struct room_plan plan = {.path = folder, .lesson = lesson, .seed = seed, .worlds = worlds, .threads = 1};
    int status = orgsim_scenario_load(folder, settings, n_settings, &o->scenario, &problems);
    if (!status) status = open_room(o, &plan, &problems, &where);
    if (status) {
        const struct orgsim_where *first = problems.n ? &problems.list[0].where : &where;
        text_format(why, "%s; %s", first->what[0] ? first->what : orgsim_error_text(status), first->todo);
        offline_close(o);
        o = NULL;
    } else {
        o->listener->connection = o;
        o->room.wake = wake;
        hear_all(o);
    }
    orgsim_problems_free(&problems);
    return o;
}

void offline_close(struct offline *o)
{
    if (!o) return;
    engine_room_close(o->engine);
    if (o->open) room_close(&o->room);
    orgsim_scenario_free(o->scenario);
    memory_free(o);
}

void offline_ask(struct offline *o, const char *path, bool leads, const char *world, const char *body, struct text *out)
{
    struct api_reply reply = {0};
    const struct api_request request = {.method = body ? API_POST : API_GET, .path = path, .facilitator = leads, .person = leads ? LEADER : PERSON,
                                        .world = world, .body = body, .n_body = body ? strlen(body) : 0, .address = ""};
    monitor_enter(o->room.monitor);
    api_handle(&o->room, &request, &reply);
    room_tick(&o->room, room_now() + ROOM_PUBLISH_MS); /* there is nobody to wait for */
    monitor_leave(o->room.monitor);
    text_format(out, "%u\n", reply.status);
    if (reply.asset) text_add_n(out, (const char *)reply.asset->data, reply.asset->n);
    else if (reply.text.s) text_add_n(out, reply.text.s, reply.text.n);
    text_free(&reply.text);
}

bool offline_turn(struct offline *o)
{
    bool served = engine_room_turn(o->engine);
    monitor_enter(o->room.monitor);
    room_tick(&o->room, room_now() + ROOM_PUBLISH_MS);
    monitor_leave(o->room.monitor);
    return served;
}
