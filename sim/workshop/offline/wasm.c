/* wasm.c: what the page's worker calls: offline.h with strings and one room */
#include <stdint.h>
#include <string.h>

#include <emscripten.h>

#include "workshop/offline/offline.h"

static struct offline *offline; /* the worker has one room, as a process has one main() */
static struct text reply;

EM_JS(void, page_hears, (const char *events), { postMessage({events : UTF8ToString(events)}); })

static void hear(void *context, const char *events)
{
    (void)context;
    page_hears(events);
}

#define SETTINGS_MOST 256

/* settings: lines of NAME=VALUE; changed here. "" or why not. */
EMSCRIPTEN_KEEPALIVE const char *page_open(const char *folder, char *settings, double seed, double worlds)
{
    const char *list[SETTINGS_MOST];
    char *rest = 0;
    size_t n = 0;
    for (char *line = strtok_r(settings, "\n", &rest); line && n < SETTINGS_MOST; line = strtok_r(0, "\n", &rest)) list[n++] = line;
    text_free(&reply);
    offline = offline_open(folder, list, n, "/lesson.csv", (uint64_t)seed, (uint64_t)worlds, hear, 0, &reply);
    return offline ? "" : reply.s ? reply.s : "out of memory";
}

EMSCRIPTEN_KEEPALIVE const char *page_ask(const char *path, int leads, const char *world, const char *body)
{
    text_free(&reply);
    offline_ask(offline, path, leads != 0, world && *world ? world : 0, body && *body ? body : 0, &reply);
    return reply.s ? reply.s : "500\n{\"error\":\"out of memory\"}";
}

EMSCRIPTEN_KEEPALIVE int page_turn(void) { return offline_turn(offline); }
