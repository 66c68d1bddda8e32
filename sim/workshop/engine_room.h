/* engine_room.h: the thread that lives worlds for the people of a room
 *
 * One wish at a time, on all processors: the facilitator's first, then everybody in turn. A newer wish of the same person ends the one under way.
 * Results sharpen as blocks come in. What somebody else has asked before is answered at once.
 */
#ifndef ORGSIM_WORKSHOP_ENGINE_ROOM_H
#define ORGSIM_WORKSHOP_ENGINE_ROOM_H

#include "workshop/room.h"

struct engine_room;

/* Starts the thread. 0, ORGSIM_ERROR_MEMORY, ORGSIM_ERROR_THREAD, ORGSIM_ERROR_USAGE. */
int engine_room_open(struct engine_room **engine, struct room *room, struct orgsim_where *where);

/* The same without a thread, for a program that has only one: engine_room_turn() serves one wish or story; false: nobody waits. */
int engine_room_make(struct engine_room **engine, struct room *room, struct orgsim_where *where);
bool engine_room_turn(struct engine_room *engine);

/* Ends what is under way and the thread. NULL is legal. The caller is outside the monitor. */
void engine_room_close(struct engine_room *engine);

#endif
