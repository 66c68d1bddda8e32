/* serve.c: a workshop on the network, by libmicrohttpd
 *
 * One thread of the server answers everybody; nothing in it waits. A stream of events sleeps (its connection is suspended) until the room has
 * news for it, and whoever makes the news wakes it.
 */
#include "workshop/serve.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <microhttpd.h>

#include "base/error.h"
#include "base/memory.h"
#include "workshop/api.h"
#include "workshop/engine_room.h"
#include "workshop/guard.h"

#define CONNECTIONS_MOST 2000
#define CONNECTIONS_OF_ONE 1000 /* from one address: a room behind one router */
#define TIMEOUT_SECONDS 15    /* for a request to arrive, and for an answer to be taken */
#define MEMORY_OF_ONE 16384   /* bytes for the head of a request */
#define STREAM_BLOCK 4096
#define COST_OF_A_STRANGER 60 /* of wrong tokens an address has only so many */
#define TICK_MS 100

struct serve {
    struct room room;
    struct engine_room *engine;
    struct guard guard;
    struct MHD_Daemon *daemon;
    char address[SERVE_ADDRESS];
};

/* A request whose body is still coming. */
struct exchange {
    char body[API_BODY_MOST];
    size_t n;
};

static const struct { const char *name, *value; } headers[] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                                "form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status, const char *type, struct MHD_Response *response)
{
    if (!response) return MHD_NO;
    for (size_t k = 0; k < sizeof headers / sizeof *headers; k++) MHD_add_response_header(response, headers[k].name, headers[k].value);
    if (type) MHD_add_response_header(response, "Content-Type", type);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result queue_refusal(struct MHD_Connection *connection, unsigned status, const char *why)
{
    struct api_reply reply = {0};
    api_refuse(&reply, status, why);
    struct MHD_Response *response = MHD_create_response_from_buffer(reply.text.n, reply.text.s, MHD_RESPMEM_MUST_COPY);
    text_free(&reply.text);
    return queue(connection, status, reply.type, response);
}

/* --- streams ------------------------------------------------------------------------------------------------------------------------ */

struct stream {
    struct serve *serve;
    struct listener *listener;
};

static void wake(void *connection) { MHD_resume_connection(connection); }

static ssize_t stream_read(void *context, uint64_t position, char *into, size_t most)
{
    struct stream *stream = context;
    struct room *room = &stream->serve->room;
    (void)position;
    monitor_enter(room->monitor);
    ssize_t n = room->ending || stream->listener->ended ? MHD_CONTENT_READER_END_OF_STREAM
                                                        : (ssize_t)room_hear(room, stream->listener, into, most, room_now());
    if (n == 0) MHD_suspend_connection(stream->listener->connection);
    monitor_leave(room->monitor);
    return n;
}

static void stream_end(void *context)
{
    struct stream *stream = context;
    struct monitor *monitor = stream->serve->room.monitor;
    monitor_enter(monitor);
    room_unlisten(&stream->serve->room, stream->listener);
    monitor_leave(monitor);
    memory_free(stream);
}

/* Inside the monitor. */
static struct MHD_Response *stream_open(struct serve *serve, struct MHD_Connection *connection, struct guest *person)
{
    struct stream *stream = memory_array(1, sizeof *stream);
    struct listener *listener = stream ? room_listen(&serve->room, person) : NULL;
    if (!listener) {
        memory_free(stream);
        return NULL;
    }
    listener->connection = connection;
    *stream = (struct stream){serve, listener};
    struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_read, stream, stream_end);
    if (!response) {
        room_unlisten(&serve->room, listener);
        memory_free(stream);
    }
    return response;
}

/* --- requests ----------------------------------------------------------------------------------------------------------------------- */

static struct MHD_Response *response_of(struct serve *serve, struct MHD_Connection *connection, struct api_reply *reply)
{
    struct MHD_Response *response;
    if (reply->asset) return MHD_create_response_from_buffer(reply->asset->n, (void *)(uintptr_t)reply->asset->data, MHD_RESPMEM_PERSISTENT);
    if (reply->listen) {
        response = stream_open(serve, connection, reply->listen);
        if (response) return response;
        reply->listen = NULL;
        api_refuse(reply, 503, "Too many streams are open.");
    }
    response = MHD_create_response_from_buffer(reply->text.n, reply->text.s, MHD_RESPMEM_MUST_COPY);
    if (response && reply->download) MHD_add_response_header(response, "Content-Disposition", "attachment; filename=\"session.csv\"");
    return response;
}

static enum MHD_Result answer(struct serve *serve, struct MHD_Connection *connection, struct api_request *request)
{
    struct api_reply reply = {0};
    request->person = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "person");
    request->world = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "world");
    request->wall = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "wall") != NULL;
    request->address = serve->address;
    monitor_enter(serve->room.monitor);
    api_handle(&serve->room, request, &reply);
    struct MHD_Response *response = response_of(serve, connection, &reply);
    monitor_leave(serve->room.monitor);
    text_free(&reply.text);
    return queue(connection, reply.status, reply.type, response);
}

/* "/token" becomes "/token/", so that what the page asks for lies below it. */
static enum MHD_Result redirect(struct MHD_Connection *connection, const char *url)
{
    char to[2 * TOKEN_MOST];
    struct MHD_Response *response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    snprintf(to, sizeof to, "%.*s/", TOKEN_MOST + 1, url);
    if (response) MHD_add_response_header(response, "Location", to);
    return queue(connection, MHD_HTTP_MOVED_PERMANENTLY, NULL, response);
}

/* Who asks from where; MHD_YES when the request may go on, and is then described in *request. */
static bool admit(struct serve *serve, struct MHD_Connection *connection, const char *url, struct api_request *request, enum MHD_Result *result)
{
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    const char *site = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Sec-Fetch-Site");
    const union MHD_ConnectionInfo *from = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = from ? from->client_addr : NULL;
    bool slash;
    enum guard_role role = guard_role(&serve->guard, url, &request->path, &slash);
    double cost = role == GUARD_STRANGER ? COST_OF_A_STRANGER : 1;
    if (!guard_allows(&serve->guard, address, cost, room_now()))
        *result = queue_refusal(connection, 429, "Too many requests from one address.");
    else if (!guard_knows_host(&serve->guard, host)) *result = queue_refusal(connection, 421, "This server does not go by that name.");
    else if (!guard_knows_origin(origin, host) || (strncmp(request->path, "api/", 4) == 0 && !guard_knows_site(site)))
        *result = queue_refusal(connection, 403, "Another page may not ask for this.");
    else if (role == GUARD_STRANGER) *result = queue_refusal(connection, 404, "This link does not lead to the room; scan the code again.");
    else if (slash) *result = redirect(connection, url);
    else {
        request->facilitator = role == GUARD_FACILITATOR;
        return true;
    }
    return false;
}

static bool is_json(struct MHD_Connection *connection)
{
    const char *type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Type");
    return type && strncmp(type, "application/json", 16) == 0 && (type[16] == '\0' || type[16] == ';');
}

/* The length that is announced, before anything of it is taken. */
static bool is_large(struct MHD_Connection *connection)
{
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    return length && strtod(length, NULL) > API_BODY_MOST;
}

static enum MHD_Result begin(struct MHD_Connection *connection, const char *method, void **exchange)
{
    bool post = strcmp(method, "POST") == 0;
    if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) return queue_refusal(connection, 405, "Not with this method.");
    if (is_large(connection)) return queue_refusal(connection, 413, "That is too much.");
    if (post && !is_json(connection)) return queue_refusal(connection, 415, "The body must be application/json.");
    *exchange = memory_array(1, sizeof(struct exchange));
    return *exchange ? MHD_YES : MHD_NO;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                                  const char *data, size_t *n, void **kept)
{
    struct serve *serve = context;
    struct exchange *exchange = *kept;
    enum MHD_Result result = MHD_NO;
    (void)version;
    if (!exchange) return begin(connection, method, kept);
    if (*n) {
        if (*n > sizeof exchange->body - exchange->n) return MHD_NO; /* of unannounced length, and too long: the connection ends here */
        memcpy(exchange->body + exchange->n, data, *n);
        exchange->n += *n;
        *n = 0;
        return MHD_YES;
    }
    struct api_request request = {.method = strcmp(method, "POST") == 0 ? API_POST : API_GET, .body = exchange->body, .n_body = exchange->n};
    return admit(serve, connection, url, &request, &result) ? answer(serve, connection, &request) : result;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **kept, enum MHD_RequestTerminationCode code)
{
    (void)context, (void)connection, (void)code;
    memory_free(*kept);
    *kept = NULL;
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------------- */

/* A stream is a file; a system's usual limit of 1024 is near what a full hall needs. */
static void allow_connections(void)
{
    struct rlimit limit;
    const rlim_t wanted = CONNECTIONS_MOST + 200;
    if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* A socket that listens, and the port that it got. -1 when the port cannot be used. */
static int open_socket(const struct serve_options *options, unsigned *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
    socklen_t size = sizeof at;
    const int yes = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    at.sin_addr.s_addr = htonl(options->lan ? INADDR_ANY : INADDR_LOOPBACK);
    if (listener < 0) return -1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes); /* a restart need not wait for old connections to be forgotten */
    if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, SOMAXCONN) ||
        getsockname(listener, (struct sockaddr *)&at, &size)) {
        close(listener);
        return -1;
    }
    *port = ntohs(at.sin_port);
    return listener;
}

static int listen_on(struct serve *serve, const struct serve_options *options, struct orgsim_where *where)
{
    unsigned port = 0;
    allow_connections();
    int listener = open_socket(options, &port);
    if (listener < 0)
        return error_set(where, ORGSIM_ERROR_IO, NULL, 0, 0, "choose another one with --port, or end what uses it", "port %u cannot be used",
                         options->port);
    guard_open(&serve->guard, options->lan, port, serve->room.token, serve->room.host_token);
    serve_address(serve, SERVE_PEOPLE, serve->address);
    serve->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, serve,
                                     MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
                                     MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_OF_ONE, MHD_OPTION_CONNECTION_TIMEOUT,
                                     (unsigned)TIMEOUT_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_OF_ONE,
                                     MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
    if (serve->daemon) return 0;
    close(listener);
    return error_set(where, ORGSIM_ERROR_THREAD, NULL, 0, 0, "end other programs and try again", "the web server cannot be started");
}

int serve_open(struct serve **out, const struct serve_options *options, struct orgsim_problems *problems, struct orgsim_where *where)
{
    struct serve *serve = memory_array(1, sizeof *serve);
    *out = NULL;
    if (!serve) return ORGSIM_ERROR_MEMORY;
    int status = room_open(&serve->room, &options->plan, problems, where);
    serve->room.wake = wake;
    if (!status) status = engine_room_open(&serve->engine, &serve->room, where);
    if (!status) status = listen_on(serve, options, where);
    if (status) serve_close(serve);
    else *out = serve;
    return status;
}

void serve_close(struct serve *serve)
{
    if (!serve) return;
    engine_room_close(serve->engine);
    if (serve->daemon) {
        monitor_enter(serve->room.monitor);
        serve->room.ending = true;
        room_wake(&serve->room);
        monitor_leave(serve->room.monitor);
        MHD_stop_daemon(serve->daemon);
    }
    room_close(&serve->room);
    memory_free(serve);
}

void serve_run(struct serve *serve, const volatile int *stop)
{
    struct room *room = &serve->room;
    monitor_enter(room->monitor);
    while (!__atomic_load_n(stop, __ATOMIC_RELAXED)) {
        room_tick(room, room_now());
        monitor_wait(room->monitor, TICK_MS);
    }
    monitor_leave(room->monitor);
}

void serve_address(const struct serve *serve, enum serve_place place, char address[SERVE_ADDRESS])
{
    const struct guard *g = &serve->guard;
    const char *token = place == SERVE_HOST ? (g->lan ? g->host_token : "host") : g->lan ? g->token : "";
    snprintf(address, SERVE_ADDRESS, "http://%s:%u/%s%s%s", g->name[0], g->port, token, *token ? "/" : "",
             place == SERVE_SCREEN ? "screen" : "");
}

size_t serve_found(const struct serve *serve, size_t *station)
{
    *station = serve->room.found_station + 1;
    return serve->room.found;
}

size_t serve_stations(const struct serve *serve, double *minutes)
{
    *minutes = 0;
    for (size_t k = 0; k < serve->room.lesson.n; k++) *minutes += serve->room.lesson.stations[k].minutes;
    return serve->room.lesson.n;
}
