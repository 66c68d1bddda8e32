/** @file claims.h  What is said of these roles, each tested in a scenario, and each may fail. */
#ifndef ORGSIM_CLAIMS_H
#define ORGSIM_CLAIMS_H

#include <stdbool.h>
#include <stdint.h>

#include <orgsim/breakeven.h>
#include <orgsim/run.h>

/** Worlds of each measurement unless it is told otherwise, and at most. */
#define ORGSIM_CLAIMS_WORLDS 2048
#define ORGSIM_CLAIMS_WORLDS_MOST 100000

/** Generated programs that a measurement over sizes is a mean of. */
#define ORGSIM_CLAIMS_PROGRAMS 16

/** X(id, what is claimed) */
#define ORGSIM_CLAIMS(X)                                                                                                                     \
    X(judgment, "Judgment, not scheduling: an empowered TPM brings more than a coordinator or a TPM in a scheduler's costume")              \
    X(voice, "What somebody sees and may not raise causes failures that could be avoided")                                                  \
    X(costume, "Experienced people leave a scheduler's costume")                                                                            \
    X(polish, "The polish of a status tells less of the outcome than closed questions and early notice")                                     \
    X(size, "With a good EM and PM a TPM is not needed in a small program, and is in one of many teams and dependencies")                   \
    X(focus, "Engineering managers, PMs and engineers regain focus")                                                                        \
    X(rigour, "Operational rigour is worth more as the organisation grows")                                                                 \
    X(debt, "Decisions put off charge interest")                                                                                            \
    X(collapsed, "Roles that are collapsed or narrowed do worse")

enum orgsim_claim {
#define X(id, words) ORGSIM_CLAIM_##id,
    ORGSIM_CLAIMS(X)
#undef X
    ORGSIM_CLAIM_COUNT
};

/** Of a measurement, by the interval of its size; of a claim, by its measurements. */
enum orgsim_claim_verdict {
    ORGSIM_CLAIM_HOLDS,     /**< on the side that is claimed, and beyond the size to beat; of a claim: every measurement is */
    ORGSIM_CLAIM_FAILS,     /**< on the other side of zero; of a claim: none holds, and one is sure not to */
    ORGSIM_CLAIM_SMALLER,   /**< not on the other side, and surely less than the size to beat; of no claim */
    ORGSIM_CLAIM_UNDECIDED, /**< it covers the size to beat; of a claim: some do, and none is sure not to hold */
    ORGSIM_CLAIM_SAME,      /**< no difference in any world; of a claim: none in any measurement */
    ORGSIM_CLAIM_PARTLY,    /**< of a claim: some measurements hold and some are sure not to */
    ORGSIM_CLAIM_UNTESTED,  /**< the scenario lacks an organisation or a seat that it needs, or nothing to measure came up */
    ORGSIM_CLAIM_SHOWN,     /**< nothing is claimed: a point of a curve */
    ORGSIM_CLAIM_VERDICTS
};

/** What a size is a share of. */
enum orgsim_claim_scale {
    ORGSIM_CLAIM_OF_BUDGET, /**< planned cost of the staff until the promised date, of the program that is measured */
    ORGSIM_CLAIM_OF_SECOND, /**< the level of the second */
    ORGSIM_CLAIM_OF_AREA    /**< 1: areas are shares as they are */
};

/** One measurement: a mean over worlds, a mean over generated programs, or an area under the curve (how often a number of week 8 ranks a program that kept
 * its date and one that did not rightly, in the direction in which it points: 0.5 tells nothing).
 *
 * Intervals hold for all measurements of a claim at once in 95 of 100 cases (Bonferroni), by Student's t; those of a curve each for itself. */
struct orgsim_claim_row {
    enum orgsim_claim claim;
    const char *what, *unit;                /**< static */
    const char *first, *second;             /**< what is compared, in words; static */
    const char *first_settings, *second_settings; /**< what differs from the scenario, as of --set; static, may be empty */
    int sign;                               /**< +1: the first is claimed to be higher, -1: lower, 0: nothing is claimed */
    bool given;                             /**< the sign follows from how the model is made; only the size is found */
    unsigned teams;                         /**< of the generated programs; 0: the scenario's own */
    double density;                         /**< of those programs: dependencies between teams for each package */
    double first_level, second_level;       /**< NAN where there is none */
    struct orgsim_estimate difference;      /**< first less second, the same worlds; NAN when untested */
    enum orgsim_claim_scale scale;
    struct orgsim_estimate size;            /**< the difference as a share; NAN where the second's level is zero */
    double least;                           /**< the size to beat, as such a share, on the side that is claimed */
    uint64_t n;                             /**< worlds, or generated programs, that it is a mean of */
    enum orgsim_claim_verdict verdict;
};

/** Zero it before orgsim_claims(); free with orgsim_claims_free(), also after an error. */
struct orgsim_claims {
    size_t n;
    struct orgsim_claim_row *row;       /**< [n] by claim, in their order */
    uint64_t worlds;                    /**< of each measurement; of generated programs each lives its part of them */
    enum orgsim_claim_verdict verdict[ORGSIM_CLAIM_COUNT];
};

/**
 * Measures every claim: organisations of the scenario on common worlds, as they are, under other numbers, and in generated programs of other
 * shapes.
 *
 * @param scenario  borrowed, unchanged, may be shared
 * @param options   seed, worlds (2..ORGSIM_CLAIMS_WORLDS_MOST), tick, levers, threads, isa, stop, exchange; arms and baseline are chosen here;
 *                  progress counts measured settings
 * @param claims    zeroed by the caller
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED with nothing kept.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_claims(const struct orgsim_scenario *scenario, const struct orgsim_run_options *options,
                                               struct orgsim_claims *claims, struct orgsim_where *where);

/** Id and words of a claim; claim < ORGSIM_CLAIM_COUNT. */
ORGSIM_API const char *orgsim_claim_id(enum orgsim_claim claim);
ORGSIM_API const char *orgsim_claim_words(enum orgsim_claim claim);

/** Legal on zeroed claims. */
ORGSIM_API void orgsim_claims_free(struct orgsim_claims *claims);

#endif
