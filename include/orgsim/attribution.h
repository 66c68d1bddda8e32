/** @file attribution.h  Where the headline organisation's net value comes from, how much of everybody's time its seats may cost, what contrary research leaves. */
#ifndef ORGSIM_ATTRIBUTION_H
#define ORGSIM_ATTRIBUTION_H

#include <stdint.h>

#include <orgsim/breakeven.h>
#include <orgsim/run.h>

/** Worlds that orgsim_attribution() lives unless it is told otherwise, or fewer if the run has fewer. */
#define ORGSIM_ATTRIBUTION_WORLDS 1024

enum orgsim_contribution_state {
    ORGSIM_CONTRIBUTION_OFF,     /**< the lever was off already: nothing to compare */
    ORGSIM_CONTRIBUTION_NOWHERE, /**< the net value of every single world is the same without it */
    ORGSIM_CONTRIBUTION_UNSEEN,  /**< the interval covers zero */
    ORGSIM_CONTRIBUTION_SEEN     /**< the interval does not cover zero */
};

/** What one lever of the headline organisation is worth: its net value with all levers on, less that without this one. */
struct orgsim_contribution {
    enum orgsim_contribution_state state;
    struct orgsim_estimate npv_k;
};

/** Zero it before orgsim_attribution(); owns nothing. */
struct orgsim_attribution {
    uint64_t worlds;                          /**< 0: there is nothing to attribute, and nothing else is meant */
    struct orgsim_contribution lever[ORGSIM_LEVER_COUNT];
    struct orgsim_estimate together;          /**< all levers on, less all off: what the seats do, without what they are paid */
    struct orgsim_estimate contrary[ORGSIM_CONTRARY_COUNT]; /**< mean difference of net value to the baseline if this were true, beside what the run lets hold; NAN: not asked */
    struct orgsim_break_even h_seat;          /**< hours a week that each delivery seat costs each engineer, over the registry's range */
};

/**
 * Lives the first worlds of a run again: under the headline organisation with each lever off, under other values of h_seat, and with each contrarian
 * switch on, at its usual strength or that of the run.
 *
 * Levers are switched off one at a time; they interact, so their worth does not add up to `together`. There is nothing to attribute, and
 * attribution->worlds stays 0, when the run has no headline organisation beside its baseline, when that one has no delivery seat, when the
 * run is frictionless, or when there are fewer than two worlds. The result is the same bits for any threads and instruction set.
 *
 * @param scenario    borrowed, unchanged, may be shared
 * @param options     of the run: seed, arms, baseline, tick, levers, threads, isa, stop and exchange count; its callbacks are not called
 * @param worlds      0: ORGSIM_ATTRIBUTION_WORLDS; never more than options->worlds
 * @param attribution zeroed by the caller
 * @param where       zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED, with attribution->worlds 0.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_attribution(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                                    uint64_t worlds, struct orgsim_attribution *attribution, struct orgsim_where *where);

#endif
