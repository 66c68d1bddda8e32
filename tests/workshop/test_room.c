/* A room from joining to the export: what may be answered when, what is shown to whom, what survives, and what is refused */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "workshop/engine_room.h"
#include "workshop/room_up.h"

#define LEADER "11111111111111111111111111111111"

/* A request as a browser makes it; the reply's body is kept until the next. Returns the status. */
static struct api_reply room_said;
static struct room *room_of;

static unsigned ask(enum api_method method, const char *path, const char *person, const char *body, bool facilitator)
{
    const struct api_request request = {.method = method, .path = path, .person = person, .world = "typical", .facilitator = facilitator,
                                        .body = body, .n_body = body ? strlen(body) : 0, .address = "http://127.0.0.1:7070/"};
    text_free(&room_said.text);
    room_said = (struct api_reply){0};
    monitor_enter(room_of->monitor);
    api_handle(room_of, &request, &room_said);
    monitor_leave(room_of->monitor);
    return room_said.status;
}

static unsigned get(const char *path, const char *person) { return ask(API_GET, path, person, NULL, false); }
static unsigned post(const char *path, const char *person, const char *body) { return ask(API_POST, path, person, body, false); }
static unsigned lead(const char *body) { return ask(API_POST, "api/lead", LEADER, body, true); }

static unsigned answer(const char *person, const char *question, int value)
{
    char body[128];
    snprintf(body, sizeof body, "{\"question\":\"%s\",\"value\":%d}", question, value);
    return post("api/answer", person, body);
}

static bool said(const char *words) { return room_said.text.s && strstr(room_said.text.s, words); }

static void room_down(void)
{
    text_free(&room_said.text);
    room_said = (struct api_reply){0};
    room_close(room_of);
}

static void go_to(int station)
{
    char body[64];
    snprintf(body, sizeof body, "{\"do\":\"go\",\"value\":%d}", station);
    assert_int_equal(lead(body), 200);
}

static void guesses_are_taken_until_the_reveal_and_shown_only_then(void **state)
{
    struct room room;
    (void)state;
    room_up(room_of = &room, NULL);
    assert_int_equal(answer(ANNA, "without", 20), 200);
    assert_true(said("\"without\":20"));
    assert_int_equal(answer(BORIS, "with", 50), 200);
    assert_int_equal(answer(BORIS, "with", 51), 409);
    assert_int_equal(answer(BORIS, "with", -1), 409);
    assert_int_equal(get("api/state", ANNA), 200);
    assert_true(said("\"without\":{\"n\":1,\"counts\":null}")); /* nobody should follow the others */
    assert_true(said("\"base\":null"));
    go_to(3);
    assert_int_equal(answer(ANNA, "without", 21), 409);
    assert_true(said("locked"));
    assert_int_equal(get("api/state", ANNA), 200);
    assert_true(said("\"revealed\":true"));
    assert_true(said("\"base\":{\"worlds\":128"));
    assert_false(said("\"counts\":null}},\"challenge\""));
    go_to(1);
    assert_int_equal(answer(ANNA, "without", 21), 409); /* going back unlocks nothing */
    room_down();
}

static void each_vote_has_its_time(void **state)
{
    static const struct { const char *question; int station; } votes[] = {{"hire", 1}, {"hire_again", 5}, {"notice_typical", 6}, {"metric", 9}};
    struct room room;
    (void)state;
    room_up(room_of = &room, NULL);
    for (size_t v = 0; v < sizeof votes / sizeof *votes; v++) {
        go_to(votes[v].station);
        for (size_t w = 0; w < sizeof votes / sizeof *votes; w++)
            assert_int_equal(answer(ANNA, votes[w].question, 1), w == v ? 200 : 409);
    }
    assert_int_equal(answer(ANNA, "challenge_1", 1), 409); /* only the program knows */
    go_to(6);
    assert_int_equal(answer(ANNA, "notice_best", 1), 409); /* another world is on */
    room_down();
}

static void the_facilitator_leads_and_nobody_else(void **state)
{
    struct room room;
    (void)state;
    room_up(room_of = &room, NULL);
    assert_int_equal(post("api/lead", ANNA, "{\"do\":\"next\"}"), 403);
    assert_int_equal(get("api/session.csv", NULL), 403);
    assert_int_equal(lead("{\"do\":\"back\"}"), 409);
    assert_int_equal(lead("{\"do\":\"next\"}"), 200);
    assert_int_equal(room.station, 1);
    assert_int_equal(lead("{\"do\":\"go\",\"value\":10}"), 409);
    assert_int_equal(lead("{\"do\":\"go\",\"value\":0.5}"), 409);
    assert_int_equal(lead("{\"do\":\"dance\"}"), 400);
    assert_int_equal(lead("{\"do\":\"freeze\",\"value\":1}"), 200);
    assert_int_equal(answer(ANNA, "with", 3), 409);
    assert_true(said("frozen"));
    assert_int_equal(lead("{\"do\":\"next\"}"), 200); /* the next station thaws */
    assert_int_equal(answer(ANNA, "with", 3), 200);
    assert_int_equal(lead("{\"do\":\"timer\",\"value\":90}"), 200);
    assert_int_equal(get("api/state", ANNA), 200);
    assert_true(said("\"seconds_left\":89.") || said("\"seconds_left\":90"));
    assert_int_equal(get("api/room", NULL), 200);
    assert_false(said("\"lesson\"")); /* notes are for the one who leads */
    assert_int_equal(ask(API_GET, "api/room", NULL, NULL, true), 200);
    assert_true(said("\"lesson\""));
    room_down();
}

static void nonsense_is_refused(void **state)
{
    static const char *const bodies[] = {"",
                                         "[]",
                                         "{",
                                         "null",
                                         "{}",
                                         "{\"question\":\"with\"}",
                                         "{\"question\":1,\"value\":1}",
                                         "{\"question\":\"with\",\"value\":1.5}",
                                         "{\"question\":\"with\",\"value\":\"1\"}",
                                         "{\"question\":\"with\",\"value\":1,\"value\":2}",
                                         "{\"question\":\"with\",\"value\":99999999999999999999}",
                                         "{\"question\":\"with\\u0000\",\"value\":1}"};
    static const char *const people[] = {"", "x", "0123456789abcdef0123456789abcdeF", "0123456789abcdef0123456789abcdef0", "' OR 1=1 --"};
    static const char *const paths[] = {"../README.md", "..%2fREADME.md", "api",         "api/",         "api/answers",
                                        "/etc/passwd",  "style.css/..",   "index.html ", "asset_list.c", "%"};
    struct room room;
    (void)state;
    room_up(room_of = &room, NULL);
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) assert_int_equal(post("api/answer", ANNA, bodies[k]), 400);
    assert_int_equal(post("api/dials", ANNA, "{\"wanted\":[1,2,3,4]}"), 400);
    assert_int_equal(post("api/dials", ANNA, "{\"wanted\":[1,2,3,4,\"5\"]}"), 400);
    go_to(8);
    assert_int_equal(post("api/dials", ANNA, "{\"wanted\":[1,2,3,4,999]}"), 409);
    assert_int_equal(post("api/dials", ANNA, "{\"wanted\":[1,2,3,4,-1]}"), 409);
    for (size_t k = 0; k < sizeof people / sizeof *people; k++) assert_int_equal(get("api/state", people[k]), 400);
    assert_int_equal(get("api/state", NULL), 400);
    assert_int_equal(room.n_people, 2); /* Anna and the leader: nobody joins by mistake */
    for (size_t k = 0; k < sizeof paths / sizeof *paths; k++) assert_int_equal(get(paths[k], NULL), 404);
    assert_int_equal(ask(API_POST, "style.css", NULL, "{}", false), 405);
    assert_int_equal(get("api/answer", ANNA), 405);
    room_down();
}

static void one_person_cannot_ask_without_end(void **state)
{
    struct room room;
    int taken = 0;
    (void)state;
    room_up(room_of = &room, NULL);
    for (int k = 0; k < 200; k++) taken += get("api/state", ANNA) == 200;
    assert_in_range(taken, 40, 100); /* forty at once, and fifteen a second */
    assert_int_equal(get("api/state", BORIS), 200);
    room_down();
}

static void a_room_is_full_at_last(void **state)
{
    struct room room;
    char id[ROOM_PERSON + 1];
    (void)state;
    room_up(room_of = &room, NULL);
    for (int k = 0; k < ROOM_PEOPLE_MOST; k++) {
        snprintf(id, sizeof id, "%032x", k);
        assert_non_null(room_person(&room, id, false));
    }
    assert_null(room_person(&room, ANNA, false));
    assert_int_equal(get("api/state", ANNA), 503);
    room_down();
}

static void a_killed_session_goes_on(void **state)
{
    char folder[] = "/tmp/orgsim-test-room-XXXXXX", token[TOKEN_ROOM + 1];
    struct room room, again;
    (void)state;
    assert_non_null(mkdtemp(folder));
    char *file = file_join(folder, "a.session");
    room_up(room_of = &room, file);
    memcpy(token, room.token, sizeof token);
    assert_int_equal(answer(ANNA, "with", 42), 200);
    go_to(4);
    struct room *killed = room_of; /* not closed before the next is open: as a killed program leaves it */
    room_up(room_of = &again, file);
    assert_string_equal(again.token, token);
    assert_int_equal(again.station, 4);
    assert_true(again.revealed);
    assert_int_equal(get("api/state", ANNA), 200);
    assert_true(said("\"with\":42"));
    assert_int_equal(ask(API_GET, "api/session.csv", NULL, NULL, true), 200);
    assert_true(said("person,without,with,hire"));
    assert_true(said("\n1,,42,"));
    assert_false(said(ANNA)); /* the file has numbers, not what a browser calls itself */
    room_down();
    room_close(killed);
    memory_free(file);
    assert_int_equal(file_remove_tree(folder, NULL), 0);
}

static void a_session_of_another_scenario_is_refused(void **state)
{
    char folder[] = "/tmp/orgsim-test-room-XXXXXX";
    struct store *store = NULL;
    struct orgsim_where where = {0};
    (void)state;
    assert_non_null(mkdtemp(folder));
    char *file = file_join(folder, "a.session"), *none = file_join(folder, "no/such/folder");
    assert_int_equal(store_open(&store, file, 1, &where), 0);
    store_close(store);
    assert_int_equal(store_open(&store, file, 2, &where), ORGSIM_ERROR_USAGE);
    assert_null(store);
    assert_string_equal(where.what, "this session belongs to another scenario");
    assert_int_equal(store_open(&store, none, 1, &where), ORGSIM_ERROR_IO);
    assert_int_equal(file_remove_tree(folder, NULL), 0);
    memory_free(file);
    memory_free(none);
}

/* What a listener is sent, all of it. */
static void hear(struct room *room, struct listener *listener, struct text *heard)
{
    char piece[257];
    size_t n;
    heard->n = 0;
    text_add(heard, "");
    while ((n = room_hear(room, listener, piece, sizeof piece - 1, room_now()))) text_add_n(heard, piece, n);
}

static void listeners_hear_the_newest_and_give_way(void **state)
{
    struct room room;
    struct text heard = {0};
    struct listener *listener[ROOM_LISTENERS_OF_ONE + 1];
    (void)state;
    room_up(room_of = &room, NULL);
    struct guest *anna = room_person(&room, ANNA, false);
    for (int k = 0; k < ROOM_LISTENERS_OF_ONE; k++) assert_non_null(listener[k] = room_listen(&room, anna));
    hear(&room, listener[0], &heard);
    assert_non_null(strstr(heard.s, "event: state\ndata: {"));
    hear(&room, listener[0], &heard);
    assert_string_equal(heard.s, "");
    go_to(1);
    go_to(2);
    hear(&room, listener[0], &heard);
    assert_non_null(strstr(heard.s, "\"station\":2"));
    assert_null(strstr(heard.s, "\"station\":1,")); /* what is out of date is never sent */
    assert_int_equal(room_hear(&room, listener[0], (char[8]){0}, 8, room_now() + ROOM_HEARTBEAT_MS), 8); /* still here */
    assert_non_null(listener[ROOM_LISTENERS_OF_ONE] = room_listen(&room, anna));
    assert_true(listener[0]->ended);
    assert_false(listener[1]->ended);
    assert_int_equal(anna->listeners, ROOM_LISTENERS_OF_ONE);
    for (int k = 0; k <= ROOM_LISTENERS_OF_ONE; k++) room_unlisten(&room, listener[k]);
    assert_int_equal(anna->listeners, 0);
    assert_int_equal(room.n_listeners, 0);
    text_free(&heard);
    room_down();
}

/* Waits for the newest result of a wish, five seconds at most. Inside. */
static const char *result_of(struct room *room, struct guest *person, enum room_kind kind, uint32_t serial)
{
    char job[32];
    snprintf(job, sizeof job, "{\"job\":%u,", serial);
    for (int k = 0; k < 500; k++) {
        const struct text *result = &person->job[kind].result;
        if (result->n && strncmp(result->s, job, strlen(job)) == 0 && (kind == ROOM_OWN || strstr(result->s, "\"done\":true")))
            return result->s;
        monitor_wait(room->monitor, 10);
    }
    fail_msg("job %u never ends", serial);
    return "";
}

static void the_newest_slider_position_is_lived(void **state)
{
    struct room room;
    struct engine_room *engine = NULL;
    struct orgsim_where where = {0};
    (void)state;
    room_up(room_of = &room, NULL);
    go_to(8);
    assert_int_equal(engine_room_open(&engine, &room, &where), 0);
    monitor_enter(room.monitor);
    struct guest *anna = room_person(&room, ANNA, false), *boris = room_person(&room, BORIS, false);
    int wanted[ROOM_WANTED];
    for (int k = 0; k < DIAL_COUNT; k++) wanted[k] = room.dials[k].start;
    assert_null(room_want(&room, anna, ROOM_DIALS, wanted));
    const char *base = strstr(result_of(&room, anna, ROOM_DIALS, 1), "\"arms\""); /* nothing moved: the dots that were revealed */
    char *reveal = json_dumps(json_object_get(room.base, "arms"), ROOM_JSON);
    assert_non_null(base);
    assert_memory_equal(base + 7, reveal, strlen(reveal));
    free(reveal);
    for (int k = 0; k < 10; k++) {
        wanted[DIAL_judgment] = k;
        assert_null(room_want(&room, anna, ROOM_DIALS, wanted));
    }
    assert_non_null(strstr(result_of(&room, anna, ROOM_DIALS, 11), "\"wanted\":[9,"));
    assert_null(room_want(&room, boris, ROOM_DIALS, wanted)); /* the same position of another: kept, and the same */
    assert_string_equal(strchr(result_of(&room, boris, ROOM_DIALS, 1), ','), strchr(anna->job[ROOM_DIALS].result.s, ','));
    wanted[DIAL_deadline_week] = room.dials[DIAL_deadline_week].notches;
    assert_null(room_want(&room, anna, ROOM_DIALS, wanted));
    assert_non_null(strstr(result_of(&room, anna, ROOM_DIALS, 12), "\"done\":true"));
    monitor_leave(room.monitor);
    go_to(9);
    monitor_enter(room.monitor);
    assert_null(room_want(&room, anna, ROOM_OWN, (const int[]){0, 1, 1, 2, 2}));
    assert_non_null(strstr(result_of(&room, anna, ROOM_OWN, 1), "\"break_even\""));
    assert_non_null(room_want(&room, anna, ROOM_OWN, (const int[]){0, 1, 1, 2, OWN_ANSWERS}));
    assert_non_null(room_want(&room, anna, ROOM_DIALS, wanted)); /* its station is over */
    monitor_leave(room.monitor);
    engine_room_close(engine);
    room_down();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guesses_are_taken_until_the_reveal_and_shown_only_then),
        cmocka_unit_test(each_vote_has_its_time),
        cmocka_unit_test(the_facilitator_leads_and_nobody_else),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(one_person_cannot_ask_without_end),
        cmocka_unit_test(a_room_is_full_at_last),
        cmocka_unit_test(a_killed_session_goes_on),
        cmocka_unit_test(a_session_of_another_scenario_is_refused),
        cmocka_unit_test(listeners_hear_the_newest_and_give_way),
        cmocka_unit_test(the_newest_slider_position_is_lived),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    orgsim_scenario_free(room_scenario);
    return failed;
}
