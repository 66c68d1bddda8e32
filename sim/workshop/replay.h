/* replay.h: one world lived twice, as the page replays it: lanes, events, a fork at which people are asked, and the ledger
 *
 * What is told is chosen by the story of `orgsim explain` (report/story.h); here it is put into the form that the page draws.
 */
#ifndef ORGSIM_WORKSHOP_REPLAY_H
#define ORGSIM_WORKSHOP_REPLAY_H

#include <orgsim/explain.h>

#include "base/text.h"

/* Who noticed, as the question notice_* has it. */
enum replay_who { REPLAY_TEAM, REPLAY_MANAGER, REPLAY_SEAT, REPLAY_NOBODY };

/* Chooses the world, lives it and writes it as JSON:
 *   {choice, world, of, seed, deadline, lead, caveat, last, arms: [{label, finish, ended}],
 *    lanes: [{name, place, lives: [{active, detected, surfaced, ended, end, hurts, damage_pw, who, fate}]}],
 *    events: [{week, arm, words, item}], fork: {week, item, place, active, answers: [who without, who with]} or null,
 *    ledger: [{id, values: [2]}]}
 * As of orgsim_explain(); ORGSIM_ERROR_USAGE when no world fits the choice. */
int replay_write(struct text *text, const struct orgsim_scenario *scenario, const struct orgsim_explain_options *options,
                 struct orgsim_where *where);

#endif
