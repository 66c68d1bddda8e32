/* own.h: five questions that fill a scenario
 *
 * Each has a few answers, so that there are finitely many cases and nobody can ask for a large one. A case is a generated program
 * (scenario/generate.h) with some numbers set.
 */
#ifndef ORGSIM_WORKSHOP_OWN_H
#define ORGSIM_WORKSHOP_OWN_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include <orgsim/error.h>

#define OWN_QUESTIONS 5
#define OWN_ANSWERS 4

/* Whether every answer is one of its question's. */
bool own_allows(const int answer[OWN_QUESTIONS]);

/* The answers as a new object, for the page: [{id, answers: [id, ...]}, ...]. The words are the page's. */
json_t *own_json(void);

/* Lives the case and returns a snapshot with plan, teams, engineers, seat cost and the break-even in words; NULL with `status` set after an
 * error. `stop` as of orgsim_run(). */
json_t *own_live(const int answer[OWN_QUESTIONS], uint64_t seed, size_t threads, const char *isa, const volatile int *stop, int *status);

#endif
