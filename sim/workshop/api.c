/* api.c: what the server can be asked */
#include "workshop/api.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "workshop/qr.h"
#include "workshop/routes.h"

/* How a request is handled; a POST has its body as an object. */
typedef void handler(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply);

static handler get_room, get_state, get_replay, get_events, get_qr, get_csv, post_answer, post_dials, post_own, post_lead;

enum need { NEED_NOBODY, NEED_PERSON, NEED_FACILITATOR };

static const struct route { enum api_method method; const char *path; enum need need; handler *handle; } routes[] = {
#define X(method, path, need, handle, meaning) {API_##method, path, NEED_##need, handle},
    ROUTES(X)
#undef X
};
#define N_ROUTES (sizeof routes / sizeof *routes)

/* --- replies ------------------------------------------------------------------------------------------------------------------------ */

static void reply_json(struct api_reply *reply, unsigned status, json_t *json)
{
    char *dump = json ? json_dumps(json, ROOM_JSON) : NULL;
    reply->status = dump ? status : 500;
    reply->type = "application/json; charset=utf-8";
    reply->text.n = 0;
    text_add(&reply->text, dump ? dump : "{\"error\":\"out of memory\"}");
    free(dump); /* jansson's own allocation */
    json_decref(json);
}

void api_refuse(struct api_reply *reply, unsigned status, const char *why) { reply_json(reply, status, json_pack("{s:s}", "error", why)); }

/* After a change: 200 with what the person has answered, or 409 with the reason. */
static void reply_taken(struct api_reply *reply, const char *why, json_t *json)
{
    if (why) {
        json_decref(json);
        api_refuse(reply, 409, why);
    } else {
        reply_json(reply, 200, json);
    }
}

/* --- reading ------------------------------------------------------------------------------------------------------------------------ */

static void get_room(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)person, (void)body;
    json_t *json = json_copy(room->facts); /* shallow: the parts are shared */
    json_object_set_new(json, "facilitator", json_boolean(request->facilitator));
    json_object_set_new(json, "address", json_string(request->address ? request->address : ""));
    if (request->facilitator) json_object_set_new(json, "lesson", room_stations(room));
    reply_json(reply, 200, json);
}

static void get_state(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)request, (void)body;
    reply_json(reply, 200, json_pack("{s:o, s:o}", "state", room_state_json(room), "answers", room_person_json(person)));
}

static void get_events(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)room, (void)body;
    person->wall |= request->wall;
    reply->status = 200;
    reply->type = "text/event-stream";
    reply->listen = person;
}

static void get_replay(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)person, (void)body;
    for (int c = ORGSIM_WORLD_typical; request->world && c <= ORGSIM_WORLD_lost; c++) {
        if (strcmp(request->world, orgsim_world_choice_word((enum orgsim_world_choice)c)) != 0) continue;
        if (room->replay_failed[c]) api_refuse(reply, 404, "No world of this scenario fits that.");
        else if (!room->replay[c].n) api_refuse(reply, 503, "It is being lived; ask again.");
        else {
            reply->status = 200;
            reply->type = "application/json; charset=utf-8";
            text_add_n(&reply->text, room->replay[c].s, room->replay[c].n);
        }
        return;
    }
    api_refuse(reply, 404, "There is no such world.");
}

static void get_qr(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)room, (void)person, (void)body;
    if (!request->address || qr_svg(&reply->text, request->address)) {
        api_refuse(reply, 404, "This program was built without QR codes.");
        return;
    }
    reply->status = 200;
    reply->type = "image/svg+xml";
}

static void get_csv(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)person, (void)request, (void)body;
    room_csv(&reply->text, room);
    reply->status = 200;
    reply->type = "text/csv; charset=utf-8";
    reply->download = true;
}

/* --- changing ----------------------------------------------------------------------------------------------------------------------- */

static bool whole(const json_t *json, int *value)
{
    if (!json_is_integer(json)) return false;
    json_int_t number = json_integer_value(json);
    if (number < -1000 || number > 1000) return false;
    *value = (int)number;
    return true;
}

static void post_answer(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)request;
    const char *id = json_string_value(json_object_get(body, "question"));
    enum question question = id ? question_find(id) : QUESTION_COUNT;
    int value;
    if (question == QUESTION_COUNT || !whole(json_object_get(body, "value"), &value)) {
        api_refuse(reply, 400, "An answer is {\"question\": ID, \"value\": WHOLE NUMBER}.");
        return;
    }
    const char *why = room_answer(room, person, question, value);
    reply_taken(reply, why, room_person_json(person));
}

static void post_wish(struct room *room, struct guest *person, enum room_kind kind, const json_t *body, struct api_reply *reply)
{
    const json_t *list = json_object_get(body, "wanted");
    int wanted[ROOM_WANTED] = {0};
    bool good = json_array_size(list) == ROOM_WANTED;
    for (size_t k = 0; k < ROOM_WANTED && good; k++) good = whole(json_array_get(list, k), &wanted[k]);
    if (!good) {
        api_refuse(reply, 400, "A wish is {\"wanted\": [five whole numbers]}.");
        return;
    }
    const char *why = room_want(room, person, kind, wanted);
    reply_taken(reply, why, json_pack("{s:I}", "job", (json_int_t)person->job[kind].serial));
}

static void post_dials(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)request;
    post_wish(room, person, ROOM_DIALS, body, reply);
}

static void post_own(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    (void)request;
    post_wish(room, person, ROOM_OWN, body, reply);
}

static void post_lead(struct room *room, struct guest *person, const struct api_request *request, const json_t *body, struct api_reply *reply)
{
    static const char *const words[ROOM_LEADS] = {"next", "back", "go", "freeze", "sliders", "timer"};
    (void)person, (void)request;
    const char *word = json_string_value(json_object_get(body, "do"));
    const json_t *number = json_object_get(body, "value");
    double value = json_is_boolean(number) ? json_is_true(number) : json_number_value(number);
    int what = 0;
    while (word && what < ROOM_LEADS && strcmp(word, words[what]) != 0) what++;
    if (!word || what == ROOM_LEADS || !isfinite(value)) {
        api_refuse(reply, 400, "To lead is {\"do\": \"next\", \"back\", \"go\", \"freeze\", \"sliders\" or \"timer\", \"value\": NUMBER}.");
        return;
    }
    const char *why = room_lead(room, (enum room_lead)what, value);
    reply_taken(reply, why, json_pack("{s:I}", "station", (json_int_t)room->station));
}

/* --- the way to a handler ----------------------------------------------------------------------------------------------------------- */

static const struct route *find_route(const char *path, bool *other_method, enum api_method method)
{
    *other_method = false;
    for (size_t k = 0; k < N_ROUTES; k++) {
        size_t n = strcspn(routes[k].path, "?");
        if (strncmp(path, routes[k].path, n) != 0 || path[n]) continue;
        if (routes[k].method == method) return &routes[k];
        *other_method = true;
    }
    return NULL;
}

static void serve_asset(const struct api_request *request, struct api_reply *reply)
{
    bool page = !*request->path || strcmp(request->path, "screen") == 0;
    reply->asset = asset_find(page ? "index.html" : request->path);
    if (!reply->asset || request->method != API_GET) {
        reply->asset = NULL;
        api_refuse(reply, request->method == API_GET ? 404 : 405, "There is nothing here.");
        return;
    }
    reply->status = 200;
    reply->type = asset_type(reply->asset);
}

static json_t *read_body(const struct api_request *request)
{
    json_t *json = request->body ? json_loadb(request->body, request->n_body, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (json_is_object(json)) return json;
    json_decref(json);
    return NULL;
}

static void serve_route(struct room *room, const struct route *route, const struct api_request *request, struct api_reply *reply)
{
    struct guest *person = NULL;
    json_t *body = NULL;
    if (route->need == NEED_FACILITATOR && !request->facilitator) {
        api_refuse(reply, 403, "This is for the facilitator.");
        return;
    }
    if (strchr(route->path, '?') && route->need != NEED_NOBODY) {
        person = request->person ? room_person(room, request->person, request->facilitator) : NULL;
        if (!person) {
            bool full = room->n_people >= ROOM_PEOPLE_MOST;
            api_refuse(reply, full ? 503 : 400, full ? "The room is full." : "A person is 32 hexadecimal digits.");
            return;
        }
        if (!room_allows(person, room_now())) {
            api_refuse(reply, 429, "That was too fast; please wait a second.");
            return;
        }
    }
    if (route->method == API_POST && !(body = read_body(request))) api_refuse(reply, 400, "The body must be one JSON object.");
    else route->handle(room, person, request, body, reply);
    json_decref(body);
}

void api_handle(struct room *room, const struct api_request *request, struct api_reply *reply)
{
    bool other_method;
    const struct route *route = find_route(request->path, &other_method, request->method);
    if (route) serve_route(room, route, request, reply);
    else if (other_method) api_refuse(reply, 405, "Not with this method.");
    else serve_asset(request, reply);
    if (reply->text.failed) {
        text_free(&reply->text);
        api_refuse(reply, 500, "Out of memory.");
    }
}
