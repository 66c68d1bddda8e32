/* room_news.c: what listeners hear: always the newest, never a queue, so that a slow phone holds up nobody and costs no memory */
#include "workshop/room.h"

#include <string.h>

#include "base/memory.h"

/* The oldest of the person's, which stands last in the list. A phone that was reloaded leaves streams behind that look alive for a while. */
static void end_oldest(struct room *r, struct guest *p)
{
    struct listener *oldest = NULL;
    for (struct listener *l = r->listeners; l; l = l->next)
        if (l->person == p && !l->ended) oldest = l;
    if (!oldest) return;
    oldest->ended = true;
    p->listeners--;
    room_wake(r);
}

struct listener *room_listen(struct room *r, struct guest *p)
{
    if (r->n_listeners >= ROOM_LISTENERS_MOST) return NULL;
    struct listener *l = memory_array(1, sizeof *l);
    if (!l) return NULL;
    if (p->listeners >= ROOM_LISTENERS_OF_ONE) end_oldest(r, p);
    l->person = p;
    l->next = r->listeners;
    l->beaten_at = room_now();
    text_add(&l->out, "retry: 1000\n\n"); /* a browser that loses the connection comes back after a second */
    r->listeners = l;
    r->n_listeners++;
    r->dirty |= p->listeners++ == 0;
    return l;
}

void room_unlisten(struct room *r, struct listener *l)
{
    for (struct listener **at = &r->listeners; *at; at = &(*at)->next)
        if (*at == l) {
            *at = l->next;
            r->n_listeners--;
            if (!l->ended) r->dirty |= --l->person->listeners == 0;
            text_free(&l->out);
            memory_free(l);
            return;
        }
}

static void add_event(struct text *out, const char *name, const struct text *data)
{
    text_format(out, "event: %s\ndata: ", name);
    text_add_n(out, data->s, data->n);
    text_add(out, "\n\n");
}

static bool has_news(const struct room *r, const struct listener *l, uint64_t now)
{
    bool news = l->state != r->state_version || l->shared != r->shared_version || now - l->beaten_at >= ROOM_HEARTBEAT_MS;
    for (int k = 0; k < ROOM_KINDS; k++) news |= l->version[k] != l->person->job[k].version;
    return news;
}

static void compose(struct room *r, struct listener *l, uint64_t now)
{
    static const char *const names[ROOM_KINDS] = {[ROOM_DIALS] = "dials", [ROOM_OWN] = "own"};
    l->out.n = l->sent = 0;
    if (l->state != r->state_version) add_event(&l->out, "state", &r->state);
    l->state = r->state_version;
    for (int k = 0; k < ROOM_KINDS; k++) {
        const struct room_job *job = &l->person->job[k];
        if (l->version[k] != job->version) add_event(&l->out, names[k], &job->result);
        l->version[k] = job->version;
    }
    if (l->shared != r->shared_version) add_event(&l->out, "shared", &r->shared);
    l->shared = r->shared_version;
    if (!l->out.n) text_add(&l->out, ": still here\n\n");
    l->beaten_at = now;
}

size_t room_hear(struct room *r, struct listener *l, char *into, size_t most, uint64_t now)
{
    if (l->sent >= l->out.n && has_news(r, l, now)) compose(r, l, now);
    if (l->ended) return 0;
    if (l->out.failed || l->sent >= l->out.n) {
        l->asleep = true;
        return 0;
    }
    size_t n = l->out.n - l->sent < most ? l->out.n - l->sent : most;
    memcpy(into, l->out.s + l->sent, n);
    l->sent += n;
    return n;
}

void room_wake(struct room *r)
{
    uint64_t now = room_now();
    for (struct listener *l = r->listeners; l; l = l->next) {
        if (!l->asleep || !(l->ended || r->ending || has_news(r, l, now))) continue;
        l->asleep = false;
        if (r->wake) r->wake(l->connection);
    }
}

void room_tick(struct room *r, uint64_t now)
{
    if (r->dirty && now - r->published_at >= ROOM_PUBLISH_MS) room_publish(r);
    else room_wake(r); /* heartbeats */
}
