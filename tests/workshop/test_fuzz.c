/* Requests that a person would not make: good ones, spoilt at random places. Whatever comes, the room answers with JSON and stays sound */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

#include "workshop/room_up.h"

#define ROUNDS 60000

static uint64_t luck = 1; /* xorshift: the same requests in every run */

static size_t below(size_t n)
{
    luck ^= luck << 13;
    luck ^= luck >> 7;
    luck ^= luck << 17;
    return (size_t)(luck >> 16) % n;
}

static const char *const seeds[] = {
    "{\"question\":\"with\",\"value\":7}",
    "{\"question\":\"notice_typical\",\"value\":2}",
    "{\"wanted\":[1,2,3,4,5]}",
    "{\"do\":\"next\",\"value\":1}",
    "{\"do\":\"go\",\"value\":3}",
    "{\"do\":\"timer\",\"value\":1e308}",
    "[[[[[[[[[[[[[[[[",
    "{\"a\":{\"b\":[null,true,1.5e3]}}",
};
static const char *const paths[] = {"",           "screen",          "style.css",  "app.js",    "api/room", "api/state", "api/replay",
                                    "api/qr.svg", "api/session.csv", "api/answer", "api/dials", "api/own",  "api/lead"};

/* Cuts, doubles, or changes bytes. */
static size_t spoil(char *bytes, size_t n, size_t most)
{
    for (size_t k = below(4); k > 0 && n > 0; k--) {
        size_t at = below(n);
        switch (below(4)) {
        case 0: bytes[at] = (char)below(256); break;
        case 1: n = at; break;
        case 2: bytes[at] ^= (char)(1 << below(8)); break;
        default:
            if (n + 1 < most) {
                memmove(bytes + at + 1, bytes + at, n - at);
                n++;
            }
        }
    }
    return n;
}

static size_t spoilt(char *into, size_t most, const char *from)
{
    size_t n = strlen(from);
    memcpy(into, from, n);
    return spoil(into, n, most);
}

static const unsigned good[] = {200, 400, 403, 404, 405, 409, 429, 503};
#define GOOD (sizeof good / sizeof *good)

static void check_reply(const struct api_reply *reply, size_t seen[GOOD])
{
    bool known = false;
    for (size_t k = 0; k < GOOD; k++)
        if (reply->status == good[k]) known = ++seen[k];
    assert_true(known);
    assert_non_null(reply->type);
    if (reply->asset || reply->listen || strncmp(reply->type, "application/json", 16) != 0) return;
    json_t *json = json_loadb(reply->text.s, reply->text.n, 0, NULL);
    assert_true(json_is_object(json));
    assert_true(reply->status == 200 || json_is_string(json_object_get(json, "error")));
    json_decref(json);
}

static void whatever_comes_is_answered(void **state)
{
    struct room room;
    char body[API_BODY_MOST], path[64], person[64], world[64];
    size_t seen[GOOD] = {0};
    (void)state;
    room_up(&room, NULL);
    for (int k = 0; k < ROUNDS; k++) {
        size_t n = spoilt(body, sizeof body, seeds[below(sizeof seeds / sizeof *seeds)]);
        snprintf(path, sizeof path, "%s", paths[below(sizeof paths / sizeof *paths)]);
        if (below(4) == 0) path[spoil(path, strlen(path), sizeof path - 1)] = '\0';
        snprintf(person, sizeof person, "%s", ANNA);
        if (below(4) == 0) person[spoilt(person, sizeof person - 1, BORIS)] = '\0';
        world[spoilt(world, sizeof world - 1, below(2) ? "typical" : "tpm-lost")] = '\0';
        const struct api_request request = {.method = below(2) ? API_POST : API_GET,
                                            .path = path,
                                            .facilitator = below(2) == 0,
                                            .person = below(9) ? person : NULL,
                                            .world = below(9) ? world : NULL,
                                            .wall = below(2) == 0,
                                            .body = below(9) ? body : NULL,
                                            .n_body = n,
                                            .address = "http://127.0.0.1:7070/"};
        struct api_reply reply = {0};
        if (k % 512 == 0)
            for (size_t p = 0; p < room.n_people; p++) room.people[p]->allowance = 40; /* else nearly all would only be too fast */
        monitor_enter(room.monitor);
        api_handle(&room, &request, &reply);
        monitor_leave(room.monitor);
        check_reply(&reply, seen);
        assert_true(room.station < room.lesson.n && room.n_people <= ROOM_PEOPLE_MOST);
        text_free(&reply.text);
    }
    for (size_t k = 0; k < GOOD; k++)
        if (seen[k] < 20) fail_msg("%u was answered %zu times: every answer should be heard", good[k], seen[k]);
    room_close(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_comes_is_answered)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    orgsim_scenario_free(room_scenario);
    return failed;
}
