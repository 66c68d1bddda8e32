/* lesson.h: what a workshop does, station by station
 *
 * A lesson is a table with the columns station, detail, minutes, title and say. The facilitator goes through it with next and back.
 */
#ifndef ORGSIM_WORKSHOP_LESSON_H
#define ORGSIM_WORKSHOP_LESSON_H

#include <stddef.h>

#include <orgsim/error.h>
#include <orgsim/explain.h>

#define LESSON_STATIONS_MOST 40
#define LESSON_CHALLENGES 3

/* X(id, step of the page 0..5, what `detail` says: NOTHING, WORLD (as of explain --world) or CHALLENGE (1..3, blank for none), meaning) */
#define LESSON_STATIONS(X)                                                                                                                   \
    X(welcome, 0, NOTHING, "people join")                                                                                                   \
    X(predict, 1, NOTHING, "each person drags what he or she expects, and votes")                                                          \
    X(talk, 1, NOTHING, "neighbours compare; predictions may still be changed")                                                            \
    X(without, 2, NOTHING, "predictions are locked; the dots without the hire fall")                                                       \
    X(with, 2, NOTHING, "the dots with the hire fall; the gap in words")                                                                   \
    X(revote, 2, NOTHING, "after talking, the same vote again")                                                                             \
    X(replay, 3, WORLD, "one world, twice, up to the fork: who notices? a vote")                                                            \
    X(on, 3, WORLD, "the same world to its end")                                                                                            \
    X(change, 4, CHALLENGE, "sliders, with a challenge or without")                                                                         \
    X(own, 5, NOTHING, "five questions, the own case")                                                                                      \
    X(home, 5, NOTHING, "the question to take home")

enum lesson_kind {
#define X(id, step, detail, meaning) LESSON_##id,
    LESSON_STATIONS(X)
#undef X
    LESSON_KINDS
};
enum lesson_detail { LESSON_DETAIL_NOTHING, LESSON_DETAIL_WORLD, LESSON_DETAIL_CHALLENGE };

struct lesson_kind_row { const char *id; int step; enum lesson_detail detail; };
extern const struct lesson_kind_row lesson_kinds[LESSON_KINDS];

struct lesson_station {
    enum lesson_kind kind;
    enum orgsim_world_choice world; /* of WORLD */
    int challenge;                  /* of CHALLENGE; 0: none */
    double minutes;                 /* 0: as long as it takes */
    char *title;                    /* for everybody */
    char *say;                      /* for the facilitator */
};

/* Zero it; free with lesson_free(), also after an error. */
struct lesson {
    struct lesson_station *stations;
    size_t n;
};

/* Reads a lesson; path NULL: the one that is part of the program. 0; ORGSIM_ERROR_SCENARIO with the problems; ORGSIM_ERROR_MEMORY. */
int lesson_read(struct lesson *lesson, const char *path, struct orgsim_problems *problems);
void lesson_free(struct lesson *lesson);

#endif
