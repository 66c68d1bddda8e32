/* api.h: what the server can be asked, apart from any network: a request in, a reply out
 *
 * Every path that a browser may ask is one row of routes.h; whatever is not there, or is there for facilitators only, is refused.
 */
#ifndef ORGSIM_WORKSHOP_API_H
#define ORGSIM_WORKSHOP_API_H

#include "workshop/asset.h"
#include "workshop/room.h"

#define API_BODY_MOST 4096 /* bytes of a request's body */

enum api_method { API_GET, API_POST };

struct api_request {
    enum api_method method;
    const char *path;          /* behind the token: "", "style.css", "api/state" */
    bool facilitator;          /* by the token */
    const char *person;        /* parameter `person`, or NULL */
    const char *world;         /* parameter `world`, or NULL */
    bool wall;                 /* parameter `wall`: a page that shows and does not answer */
    const char *body;
    size_t n_body;
    const char *address;       /* of the room for a QR code: http://host:port/token/ */
};

/* What is sent: an asset, or text; or, when `listen` is set, a stream of events to that person. */
struct api_reply {
    unsigned status;
    const char *type;
    const struct asset *asset;
    struct text text;
    struct guest *listen;
    bool download;             /* a file to keep */
};

/* Answers inside the monitor. The reply's text is freed by the caller. */
void api_handle(struct room *room, const struct api_request *request, struct api_reply *reply);

/* {"error": why} */
void api_refuse(struct api_reply *reply, unsigned status, const char *why);

#endif
