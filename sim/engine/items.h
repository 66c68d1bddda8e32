/* items.h: compiling risks, questions and interface mismatches into one kind of thing */
#ifndef ORGSIM_ENGINE_ITEMS_H
#define ORGSIM_ENGINE_ITEMS_H

#include "engine/program.h"

/* Fills p->items and each package's list of them; packages and interfaces must be filled. Items are risks, then questions, then mismatches. */
int items_compile(struct program *program);

#endif
