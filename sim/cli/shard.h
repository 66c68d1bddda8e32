/* shard.h: some of the blocks of a run, stored in a folder for orgsim merge */
#ifndef ORGSIM_CLI_SHARD_H
#define ORGSIM_CLI_SHARD_H

#include <orgsim/run.h>
#include <orgsim/scenario.h>

#include "cli/command.h"

/* Lives the shard that the options name. run: of the whole run; command: as in its manifest. Returns the exit status. */
int shard_live(const struct options *options, const struct orgsim_scenario *scenario, const struct orgsim_run_options *run, const char *command,
               const struct invocation *invocation);

#endif
