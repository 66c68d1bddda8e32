/** @file saved.h  The results of a finished run, read back from its folder. */
#ifndef ORGSIM_SAVED_H
#define ORGSIM_SAVED_H

#include <stdint.h>

#include <orgsim/error.h>
#include <orgsim/metric.h>
#include <orgsim/run.h>

/** Format of a folder of results that this version writes and reads: `format` in manifest.json. Raised when
 *  something in the folder changes its meaning. */
#define ORGSIM_SAVED_FORMAT 1

/** What a folder of results says. Zero it before orgsim_saved_read(); owned by the caller; free with orgsim_saved_free(), also after an error.
 *  Money is in thousands of the scenario's currency, time in weeks, shares from 0 to 1. */
struct orgsim_saved {
    int format;                /* ORGSIM_SAVED_FORMAT */
    char *version, *scenario;  /* of orgsim that wrote it; name of the program */
    uint64_t seed, worlds;     /* worlds: lived and counted */
    int interrupted;           /* 1: the run was stopped, the worlds are those of its finished blocks */
    size_t n_arms, baseline, headline; /* rows of the tables below; baseline, headline < n_arms */
    char **arm, **label;       /* [n_arms] id, and name for people */
    size_t n_packages, n_weeks;
    char **package;            /* [n_packages] ids, in the order of the scenario */
    double plan_weeks, deadline_week, horizon_weeks; /* to 15 digits; NAN where the folder says nothing */
    struct orgsim_summary *summary;         /* [n_arms][ORGSIM_METRIC_COUNT]; NAN for a metric that the folder does not have */
    struct orgsim_comparison *comparison;   /* [n_arms][ORGSIM_METRIC_COUNT] less the baseline, whose own row is zero; both_complete_se is not
                                               saved: NAN */
    struct orgsim_band *timeline;           /* [n_arms][n_weeks][ORGSIM_TIMELINE_COUNT]; p25 and p75 are not saved: NAN */
    struct orgsim_package_result *packages; /* [n_arms][n_packages] */
};

/**
 * Reads manifest.json, summary.csv, comparison.csv, timeline.csv and packages.csv of a folder that `orgsim run` wrote. Numbers of the
 * tables are the bits that were computed. Columns and metrics that a later version of the same format added are passed over.
 *
 * @param folder  of the results; unchanged
 * @param saved   zeroed by the caller; complete after 0, else to be freed only
 * @param where   zeroed by the caller, or NULL; names file, line, column and cause of an error
 * @return 0; ORGSIM_ERROR_TOO_OLD or ORGSIM_ERROR_TOO_NEW when the folder is of another format; ORGSIM_ERROR_IO when a file cannot be read or does
 *         not hold what it should; ORGSIM_ERROR_MEMORY.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_saved_read(const char *folder, struct orgsim_saved *saved, struct orgsim_where *where);

/** Frees what it owns and zeroes it. Legal on a zeroed or freed one. */
ORGSIM_API void orgsim_saved_free(struct orgsim_saved *saved);

#endif
