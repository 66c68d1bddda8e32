/* limits.h: can the teams' engineers ever be too few? */
#ifndef ORGSIM_ENGINE_LIMITS_H
#define ORGSIM_ENGINE_LIMITS_H

#include "engine/program.h"

/* Sets program->unlimited: the program is frictionless, no calendar row takes capacity away, and whatever packages of a team can be ready
 * together, it has the engineers for all of them. Then precedence alone makes the schedule. packages, order, teams and calendar are filled.
 * A yes is sure; a no may be too careful, see limits.c. 0; ORGSIM_ERROR_MEMORY. */
int limits_find(struct program *program);

#endif
