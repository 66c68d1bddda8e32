/* run.h: orgsim run, for who has its blocks already */
#ifndef ORGSIM_CLI_RUN_H
#define ORGSIM_CLI_RUN_H

#include "cli/command.h"

struct blocks;

/* All shards of one run, each complete. */
struct run_shards { struct blocks **list; size_t n; };

/* The run whose shards these are: nothing is lived but what comes after the comparison; shards NULL: everything is. Returns the exit status. */
int run_merged(const struct options *options, const struct invocation *invocation, const struct run_shards *shards);

#endif
