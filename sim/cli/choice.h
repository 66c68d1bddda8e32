/* choice.h: which organisations of a scenario are run, and against which */
#ifndef ORGSIM_CLI_CHOICE_H
#define ORGSIM_CLI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include <orgsim/error.h>
#include <orgsim/run.h>
#include <orgsim/scenario.h>

#include "cli/options.h"

struct choice {
    size_t *arms; /* in the order in which they are shown */
    size_t n, baseline;
    bool all; /* asked for every arm */
};

/* From --arms and --baseline. The baseline joins the arms when it is not among them. Without --arms: none, coordinator, costume, tpm, engineer
 * and decouple, with the scenario's baseline and headline arms, where a scenario has the first four; else all of its arms. */
int choice_of(struct choice *choice, const struct options *options, const struct orgsim_scenario *scenario, struct orgsim_where *where);
void choice_free(struct choice *choice);

/* The baseline alone, for studies of it and the headline arm. 0 or ORGSIM_ERROR_USAGE. */
int choice_baseline(size_t *baseline, const struct options *options, const struct orgsim_scenario *scenario, struct orgsim_where *where);

/* Organisations and baseline of a run; borrows them. */
void choice_into(struct orgsim_run_options *run, const struct choice *choice);

#endif
