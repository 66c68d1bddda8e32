/** @file orgsim.h  The whole public interface of liborgsim.
 *
 * Load a scenario (scenario.h), live its worlds (run.h), read the results by metric (metric.h) or from the folder
 * of an earlier run (saved.h); every call that can fail says what and where (error.h).
 */
#ifndef ORGSIM_ORGSIM_H
#define ORGSIM_ORGSIM_H

#include <orgsim/attribution.h>
#include <orgsim/bench.h>
#include <orgsim/breakeven.h>
#include <orgsim/claims.h>
#include <orgsim/error.h>
#include <orgsim/explain.h>
#include <orgsim/ignorance.h>
#include <orgsim/metric.h>
#include <orgsim/optimise.h>
#include <orgsim/run.h>
#include <orgsim/saved.h>
#include <orgsim/scenario.h>
#include <orgsim/sensitivity.h>
#include <orgsim/sweep.h>
#include <orgsim/validate.h>
#include <orgsim/voi.h>

#endif
