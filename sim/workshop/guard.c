/* guard.c: who is let in */
#include "workshop/guard.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <math.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "workshop/token.h"

#define ALLOWANCE_MOST 3000 /* requests at once: a room behind one address of a router */
#define ALLOWANCE_A_SECOND 500

/* --- names -------------------------------------------------------------------------------------------------------------------------- */

static void add_name(struct guard *g, const char *name)
{
    if (g->n_names < GUARD_NAMES && *name && strlen(name) < GUARD_NAME) snprintf(g->name[g->n_names++], GUARD_NAME, "%s", name);
}

/* IPv4 numbers of the interfaces that are up: the server listens there. */
static void add_numbers(struct guard *g)
{
    struct ifaddrs *list = NULL;
    char number[INET_ADDRSTRLEN];
    if (getifaddrs(&list)) return;
    for (struct ifaddrs *i = list; i; i = i->ifa_next) {
        if (!i->ifa_addr || i->ifa_addr->sa_family != AF_INET || !(i->ifa_flags & IFF_UP) || (i->ifa_flags & IFF_LOOPBACK)) continue;
        struct sockaddr_in in;
        memcpy(&in, i->ifa_addr, sizeof in);
        if (inet_ntop(AF_INET, &in.sin_addr, number, sizeof number)) add_name(g, number);
    }
    freeifaddrs(list);
}

void guard_open(struct guard *g, bool lan, unsigned port, const char *token, const char *host_token)
{
    char own[GUARD_NAME - 8] = "", local[GUARD_NAME];
    *g = (struct guard){.lan = lan, .port = port, .token = token, .host_token = host_token};
    if (lan) add_numbers(g);
    add_name(g, "127.0.0.1");
    add_name(g, "localhost");
    if (!lan || gethostname(own, sizeof own - 1)) return;
    own[sizeof own - 1] = '\0';
    add_name(g, own);
    snprintf(local, sizeof local, "%s.local", own);
    add_name(g, local);
}

bool guard_knows_host(const struct guard *g, const char *host)
{
    char wanted[GUARD_NAME + 8];
    for (size_t k = 0; host && k < g->n_names; k++) {
        snprintf(wanted, sizeof wanted, "%s:%u", g->name[k], g->port);
        if (strcasecmp(host, wanted) == 0) return true;
        if (g->port == 80 && strcasecmp(host, g->name[k]) == 0) return true;
    }
    return false;
}

bool guard_knows_origin(const char *origin, const char *host)
{
    return !origin || (strncmp(origin, "http://", 7) == 0 && host && strcasecmp(origin + 7, host) == 0);
}

bool guard_knows_site(const char *site) { return !site || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0; }

/* --- roles -------------------------------------------------------------------------------------------------------------------------- */

static bool begins(const char *path, const char *token, size_t n)
{
    char first[TOKEN_MOST + 1];
    if (n > TOKEN_MOST) return false;
    memcpy(first, path, n);
    first[n] = '\0';
    return token_same(first, token);
}

enum guard_role guard_role(const struct guard *g, const char *url, const char **rest, bool *slash)
{
    const char *path = *url == '/' ? url + 1 : url;
    size_t n = strcspn(path, "/");
    enum guard_role role = GUARD_STRANGER;
    *slash = path[n] == '\0';
    *rest = path + n + (path[n] == '/');
    if (begins(path, g->lan ? g->host_token : "host", n)) return GUARD_FACILITATOR;
    if (!g->lan) {
        *rest = path;
        *slash = false;
        return GUARD_PERSON;
    }
    if (begins(path, g->token, n)) role = GUARD_PERSON;
    return role;
}

/* --- how often ---------------------------------------------------------------------------------------------------------------------- */

static bool is_own(const struct sockaddr *from)
{
    struct sockaddr_in in;
    if (from->sa_family != AF_INET) return false;
    memcpy(&in, from, sizeof in);
    return (ntohl(in.sin_addr.s_addr) >> 24) == 127;
}

/* Two addresses that fall on one place share it: a stranger then pays for another, which is better than a list without end. */
bool guard_allows(struct guard *g, const struct sockaddr *from, double cost, uint64_t now)
{
    if (!from || is_own(from)) return from != NULL;
    struct sockaddr_in in;
    memcpy(&in, from, sizeof in);
    uint64_t key = text_digest(TEXT_DIGEST_START, &in.sin_addr, sizeof in.sin_addr);
    struct guard_address *a = &g->address[key % GUARD_ADDRESSES];
    if (a->key == 0) *a = (struct guard_address){.key = key, .allowance = ALLOWANCE_MOST, .at = now};
    a->allowance = fmin(ALLOWANCE_MOST, a->allowance + (double)(now - a->at) * ALLOWANCE_A_SECOND / 1000);
    a->at = now;
    if (a->allowance < cost) return false;
    a->allowance -= cost;
    return true;
}
