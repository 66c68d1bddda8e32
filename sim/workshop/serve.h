/* serve.h: a workshop on the network: the room, its engine and the web server around them
 *
 * By default only this machine can reach it. With `lan` everybody near can, if they know the room's token; who knows the facilitator's leads.
 */
#ifndef ORGSIM_WORKSHOP_SERVE_H
#define ORGSIM_WORKSHOP_SERVE_H

#include "workshop/room.h"

#define SERVE_ADDRESS 160

struct serve_options {
    struct room_plan plan;
    unsigned port;  /* 0: any that is free */
    bool lan;
};

struct serve;

/* Opens the room and answers from now on. problems: of the lesson. ORGSIM_ERROR_IO: the port is taken. *serve is NULL after an error. */
int serve_open(struct serve **serve, const struct serve_options *options, struct orgsim_problems *problems, struct orgsim_where *where);
void serve_close(struct serve *serve); /* NULL is legal */

/* Keeps the clock going until *stop becomes non-zero. */
void serve_run(struct serve *serve, const volatile int *stop);


/* Where people join, where the facilitator leads, and what the projector shows. */
enum serve_place { SERVE_PEOPLE, SERVE_HOST, SERVE_SCREEN };
void serve_address(const struct serve *serve, enum serve_place place, char address[SERVE_ADDRESS]);

/* People whose answers the session held when it was opened; *station: where it goes on, from 1. */
size_t serve_found(const struct serve *serve, size_t *station);

/* Stations of the lesson, and its minutes. */
size_t serve_stations(const struct serve *serve, double *minutes);

#endif
