/** @file validate.h  The simulator held against theory and published facts, and what naive statistics make of who gets help. */
#ifndef ORGSIM_VALIDATE_H
#define ORGSIM_VALIDATE_H

#include <stddef.h>
#include <stdint.h>

#include <orgsim/breakeven.h>
#include <orgsim/error.h>

/* X(name, word in tables and files) */
#define ORGSIM_CHECK_STATUSES(X) X(MET, "met") X(MISSED, "missed") X(NOT_CHECKED, "not_checked") X(CANNOT, "cannot")

/** NOT_CHECKED: the data it needs are not there. CANNOT: the model has no mechanism for the fact, so that no number of it could be compared. */
enum orgsim_check_status {
#define X(name, word) ORGSIM_CHECK_##name,
    ORGSIM_CHECK_STATUSES(X)
#undef X
    ORGSIM_CHECK_STATUS_COUNT
};

/** One row of the table. Texts are static and never NULL; `why` belongs to the row and is "" when there is nothing to say. */
struct orgsim_check {
    const char *id, *section;            /**< "T3"; heading under which it stands */
    const char *preset, *use;            /**< of a fact: which calibration, and "fitted", "held out" or "input"; else "" */
    const char *statement, *source, *unit;
    int decimals;                        /**< with which its numbers are shown */
    double expected_low, expected_high;  /**< equal where one number is expected; infinite where that side is open; NAN where nothing is */
    double measured, ci_low, ci_high;    /**< NAN where nothing was measured; the interval is of 95 %, a point where nothing is drawn */
    enum orgsim_check_status status;
    char why[480];                       /**< why it was not checked; of a miss: what was tried and what it means */
};

/** X(NAME, id, check that judges it, what is compared, unit, what is counted and by whom, file): real data beside the matching output of the model */
#define ORGSIM_COMPARED(X)                                                                                                                   \
    X(TASKS, "tasks", "D3", "task effort over its estimate", "times", "tasks, SiP", "sip_tasks.csv")                                         \
    X(ESTIMATES, "estimates", "D4", "length over first estimate", "times", "projects, Little 2006", "little2006_estimates.csv")              \
    X(PROJECTS, "projects", "D5", "length over plan", "times", "projects, DSLIB", "dslib/projects.csv")                                      \
    X(DECISIONS, "decisions", "D6", "decision delay over its median", "times", "requirements", "requirement_decision_delay.csv")             \
    X(TENURE, "tenure", "D7", "time until somebody leaves", "months", "people", "staff_tenure.csv")

enum orgsim_compared_id {
#define X(name, ...) ORGSIM_COMPARED_##name,
    ORGSIM_COMPARED(X)
#undef X
    ORGSIM_COMPARED_COUNT
};

/** Quantiles of a comparison: 5 %, 10 %, ... 95 %; quantile k is that of level 0.05 (k + 1). */
#define ORGSIM_COMPARED_QUANTILES 19

/** Quantiles of real data and of the matching output of the model, both in the unit of the comparison. */
struct orgsim_compared {
    uint64_t of_data, of_model;                /**< sizes of the samples; 0: not compared */
    double data[ORGSIM_COMPARED_QUANTILES];    /**< NAN where the data do not reach that far */
    double model[ORGSIM_COMPARED_QUANTILES];
};

/** Zero it before use; free with orgsim_validation_free(), also after an error. */
struct orgsim_validation {
    size_t asked;    /**< checks to make; more than n: interrupted */
    size_t n;
    struct orgsim_check *check;
    size_t count[ORGSIM_CHECK_STATUS_COUNT];
    uint64_t worlds; /**< lived over all checks, each under one or more organisations */
    struct orgsim_compared compared[ORGSIM_COMPARED_COUNT];
};

/** What is known of a comparison before it is made. Texts are static and never NULL. */
struct orgsim_compared_info {
    const char *id, *check;      /**< "tasks"; id of the check that judges it, "D3" */
    const char *what, *unit;     /**< "length over plan"; "times" */
    const char *counted;         /**< what of_data counts, and whose they are: "projects, Little 2006" */
    const char *file;            /**< of the folder of raw data */
};

#define ORGSIM_VALIDATE_SETTINGS 12

struct orgsim_validate_options {
    uint64_t seed;
    int quick;                 /**< 1: an eighth of the worlds, so that intervals are about three times as wide */
    size_t threads;            /**< 0: one for each processor; results do not depend on it */
    const char *isa;           /**< as of struct orgsim_run_options */
    const char *data;          /**< folder of raw data; NULL: checks that need them are not made */
    const char *const *settings; /**< NAME=VALUE of assumptions that the calibrated programs take instead of their own, ORGSIM_VALIDATE_SETTINGS at most; may be NULL */
    size_t n_settings;
    const volatile int *stop;  /**< becomes non-zero: the check under way is the last; may be NULL */
    void (*progress)(void *context, uint64_t done, uint64_t total); /**< in checks, from the calling thread; may be NULL */
    void *context;
};

/**
 * Makes every check, in small programs that are built for it and lived by the same engine as any run.
 *
 * A check of theory is met when what is expected lies within four standard errors of what was measured (and the rounding that its source
 * states); a fact, when the 95 % interval touches the published range, or lies wholly on the side that a published bound or sign leaves open. The
 * result is a function of seed, quick, data and settings.
 *
 * @param validation see struct orgsim_validation
 * @param where      zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: unknown instruction set, no such folder, an impossible setting; ORGSIM_ERROR_SCENARIO: a file of the folder is not what it should be, with file and line;
 *         ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED with the checks that were finished.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_validate(const struct orgsim_validate_options *options, struct orgsim_validation *validation,
                                                 struct orgsim_where *where);

/** Legal on a zeroed validation. */
ORGSIM_API void orgsim_validation_free(struct orgsim_validation *validation);

/** X(name, what was computed): five answers to what a TPM does to the slip of a program, in points of the plan; below zero is earlier. */
#define ORGSIM_OBSERVED(X)                                                                                                                   \
    X(GROUPS, "programs with a TPM less those without")                                                                                     \
    X(SIZE, "the same, allowing for teams, packages and dependencies")                                                                      \
    X(TROUBLE, "the same, allowing also for the trouble that sponsors saw")                                                                 \
    X(TRUTH_GIVEN, "the truth: the programs that got a TPM, lived both ways")                                                               \
    X(TRUTH, "the truth: all programs, lived both ways")

enum orgsim_observed {
#define X(name, meaning) ORGSIM_OBSERVED_##name,
    ORGSIM_OBSERVED(X)
#undef X
    ORGSIM_OBSERVED_COUNT
};

/** An industry in which TPMs are sent to the programs that look worst, as a study without an experiment would see it. */
struct orgsim_observational {
    uint64_t programs, given;                 /**< programs in all, and those that got a TPM */
    double slip_given, slip_others;           /**< mean slip that the study sees in either group, points */
    double slip_given_without;                /**< what those that got one would have slipped without; nobody sees that */
    struct orgsim_estimate effect[ORGSIM_OBSERVED_COUNT];
};

/**
 * Lives many generated programs without and with a TPM, lets sponsors send TPMs to the three tenths that look worst to them, and computes from
 * what a study would see (one life of each program) and from both lives what a TPM does.
 *
 * Sponsors see how late a program would be only dimly: the signal is half truth and half noise. The regressions are ordinary least squares.
 *
 * @param options   as of orgsim_validate(); data and settings are not used; progress counts kinds of programs
 * @param found     out
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: unknown instruction set; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_observational(const struct orgsim_validate_options *options, struct orgsim_observational *found,
                                                      struct orgsim_where *where);

/** What was computed, in words; observed < ORGSIM_OBSERVED_COUNT. */
ORGSIM_API const char *orgsim_observed_meaning(enum orgsim_observed observed);

/** Calibrated programs, and the numbers of each that are fitted. */
#define ORGSIM_FIT_PRESETS 3
#define ORGSIM_FIT_SETTINGS 6

/** A number of a calibrated program: the range that was searched, the value that ships, and the one that was found, of two digits. */
struct orgsim_fit_setting {
    const char *name;            /**< of the registry; static */
    double low, high, shipped, found;
};

/** A fitted fact under some values. loss: ln(1 + d^4), where d is the distance from the middle of the published range in half widths. */
struct orgsim_fit_measured {
    double measured, loss;
    int met;                     /**< 1: by the rule of orgsim_validate() */
};

/** Texts are static; a range is finite. */
struct orgsim_fit_fact {
    const char *id, *statement, *source, *unit;
    int decimals;
    double expected_low, expected_high;
    struct orgsim_fit_measured shipped, found;
};

/** Over the facts of a preset: sum of their losses, and how many are met. */
struct orgsim_fit_total {
    double loss;
    size_t met;
};

struct orgsim_fit_preset {
    const char *preset;          /**< static */
    struct orgsim_fit_setting setting[ORGSIM_FIT_SETTINGS];
    size_t n_facts;
    struct orgsim_fit_fact *fact;
    struct orgsim_fit_total shipped, found;
};

/** Zero it before use; free with orgsim_fit_free(), also after an error. */
struct orgsim_fit {
    size_t asked, n;             /**< presets to fit, and those that were; fewer: interrupted */
    struct orgsim_fit_preset preset[ORGSIM_FIT_PRESETS];
    uint64_t tried;              /**< settings, over all presets */
    uint64_t worlds_search, worlds_verdict; /**< lived for each of the last of them, and for each of the two that are compared */
};

/**
 * Searches again for the numbers of the calibrated programs: on the organisation without a delivery seat and the facts marked "fitted" alone, by a Sobol design
 * and simplexes from its best points. The values that ship take no part in the search; they are then judged beside what was found, on the worlds of
 * orgsim_validate(), which the search has not seen. A function of seed and quick (fewer points on fewer worlds).
 *
 * @param options   as of orgsim_validate(); data and settings are not used; progress counts the settings tried, of at most so many
 * @param fit       see struct orgsim_fit
 * @param where     zeroed by the caller; names the cause of an error
 * @return 0; ORGSIM_ERROR_USAGE: unknown instruction set; ORGSIM_ERROR_MEMORY; ORGSIM_ERROR_THREAD; ORGSIM_ERROR_INTERRUPTED with the presets that were finished.
 */
ORGSIM_API ORGSIM_MUST_CHECK int orgsim_fit(const struct orgsim_validate_options *options, struct orgsim_fit *fit, struct orgsim_where *where);

/** Legal on a zeroed fit. */
ORGSIM_API void orgsim_fit_free(struct orgsim_fit *fit);

/** "met", "missed", "not_checked" or "cannot"; status < ORGSIM_CHECK_STATUS_COUNT. */
ORGSIM_API const char *orgsim_check_status_word(enum orgsim_check_status status);

/** id < ORGSIM_COMPARED_COUNT. */
ORGSIM_API const struct orgsim_compared_info *orgsim_compared_info(enum orgsim_compared_id id);

#endif
