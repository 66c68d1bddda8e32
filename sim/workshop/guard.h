/* guard.h: who is let in: the Host and Origin of a request, its token, and how often an address may ask */
#ifndef ORGSIM_WORKSHOP_GUARD_H
#define ORGSIM_WORKSHOP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/socket.h>

#define GUARD_NAMES 24
#define GUARD_NAME 72
#define GUARD_ADDRESSES 1024

struct guard {
    bool lan;
    unsigned port;
    char name[GUARD_NAMES][GUARD_NAME]; /* by which this machine may be called; name[0] is the one to tell people */
    size_t n_names;
    const char *token, *host_token;     /* of the room; not used without lan */
    struct guard_address { uint64_t key; double allowance; uint64_t at; } address[GUARD_ADDRESSES];
};

/* Finds out by which names and numbers this machine can be called. */
void guard_open(struct guard *guard, bool lan, unsigned port, const char *token, const char *host_token);

/* A page elsewhere that was given a name of its own for this machine has another Host; one that sends its visitor here has another Origin. */
bool guard_knows_host(const struct guard *guard, const char *host);
bool guard_knows_origin(const char *origin, const char *host);

/* What the browser says of the page that asks (Sec-Fetch-Site, which not all of them send): also a picture on another page may ask. */
bool guard_knows_site(const char *site);

enum guard_role { GUARD_STRANGER, GUARD_PERSON, GUARD_FACILITATOR };

/* Splits the path of a URL: the role that its token gives, and the rest, which lies in `url`. *slash: the token without a slash behind it. */
enum guard_role guard_role(const struct guard *guard, const char *url, const char **rest, bool *slash);

/* Whether an address may ask; counts `cost`. This machine itself always may. */
bool guard_allows(struct guard *guard, const struct sockaddr *from, double cost, uint64_t now);

#endif
