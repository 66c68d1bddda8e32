/* conditions.h: what the options change about the scenario and its organisations, as options that repeat it */
#ifndef ORGSIM_CLI_CONDITIONS_H
#define ORGSIM_CLI_CONDITIONS_H

#include "base/text.h"
#include "cli/options.h"

/* --without-grade, --set, --lever, --contrary, --tick and --frictionless as they were given, in this order and quoted for a shell; nothing for the
 * scenario as it stands. */
void conditions_add(struct text *text, const struct options *options);

#endif
