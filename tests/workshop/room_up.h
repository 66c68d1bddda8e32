/* room_up.h: a room that is open on the shipped workshop, without a network
 *
 * A failure here is a fault of the test, and ends it.
 */
#ifndef TESTS_WORKSHOP_ROOM_UP_H
#define TESTS_WORKSHOP_ROOM_UP_H

#include <stdio.h>
#include <string.h>

#include <orgsim/scenario.h>

#include "workshop/api.h"

#define ANNA "0123456789abcdef0123456789abcdef"
#define BORIS "fedcba9876543210fedcba9876543210"

static struct orgsim_scenario *room_scenario;

/* session: file, or NULL. */
static void room_up(struct room *room, const char *session)
{
    struct orgsim_problems problems = {0};
    struct orgsim_where where = {0};
    if (!room_scenario && orgsim_scenario_load(ORGSIM_SOURCE "/scenarios/workshop", NULL, 0, &room_scenario, &problems))
        fail_msg("no scenario");
    const struct room_plan plan = {
        .scenario = room_scenario, .path = ORGSIM_SOURCE "/scenarios/workshop", .session = session, .seed = 1, .worlds = 128, .threads = 1};
    *room = (struct room){0};
    if (room_open(room, &plan, &problems, &where)) fail_msg("no room: %s", where.what);
    orgsim_problems_free(&problems);
}

#endif
