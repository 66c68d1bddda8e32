/* validate.h: what the checks of orgsim validate share
 *
 * A check is a row of validate_checks.def and a function that fills a finding. Adding one: the function, in the validate_*.c of its subject, and
 * its row. What it lives is a small program in memory (validate_lab.h).
 */
#ifndef ORGSIM_STUDY_VALIDATE_H
#define ORGSIM_STUDY_VALIDATE_H

#include <stdbool.h>

#include <orgsim/validate.h>

#include "base/pool.h"
#include "engine/kernel.h"

struct validate_presets; /* validate_preset.h */

/* One pass over the table. */
struct validate {
    const struct orgsim_validate_options *options;
    const struct kernel *kernel;
    struct pool *pool;
    struct orgsim_where *where;
    struct validate_presets *presets; /* lived at the first fact that needs them; NULL before */
    uint64_t worlds;                  /* lived so far */
    struct orgsim_compared compared[ORGSIM_COMPARED_COUNT]; /* filled by the checks of raw data */
};

/* What a check found. */
struct validate_finding {
    double expected_low, expected_high;
    double measured, se; /* se 0: nothing is drawn */
    bool is_share;       /* then its 95 % interval is not symmetric: */
    double share_low, share_high;
    double slack;        /* rounding, or the step of time, as the source states it */
    bool is_fact;        /* judged by the 95 % interval, not by four standard errors */
    bool not_checked, cannot;
    char why[sizeof((struct orgsim_check *)0)->why];
};

/* X(id, function, section, preset, use, decimals, unit, statement, source, meaning of a miss) */
#include "study/validate_checks.def"

#define X(id, function, ...) int validate_##function(struct validate *v, struct validate_finding *f);
VALIDATE_CHECKS(X)
#undef X

/* A row of the table, as validate_checks.def has it. */
struct validate_row {
    const char *id, *section, *preset, *use;
    int decimals;
    const char *unit, *statement, *source, *miss;
    int (*check)(struct validate *v, struct validate_finding *f);
};

enum {
    VALIDATE_ROWS = 0
#define X(...) +1
    VALIDATE_CHECKS(X)
#undef X
};

extern const struct validate_row validate_rows[VALIDATE_ROWS];

/* What a finding comes to. */
enum orgsim_check_status validate_verdict(const struct validate_finding *f);

/* Kernel and threads. ORGSIM_ERROR_USAGE, ORGSIM_ERROR_THREAD, ORGSIM_ERROR_MEMORY; the pool is the caller's to free, also after an error. */
int validate_open(struct validate *v, const struct orgsim_validate_options *options, struct orgsim_where *where);

/* Says that memory is exhausted; returns the error. */
int validate_memory(struct validate *v);

/* Worlds of a check: so many, or an eighth of them when it is to be quick. A multiple of the block. */
uint64_t validate_worlds(const struct validate *v, uint64_t worlds);

/* One number is expected. `slack` is what rounding may add. */
void validate_expect(struct validate_finding *f, double expected, double slack);

/* Mean and standard deviation of n values into measured and se. */
void validate_mean(struct validate_finding *f, const float *x, size_t n);
void validate_sd(struct validate_finding *f, const float *x, size_t n);

/* A share of `n`, with Wilson's interval. */
void validate_share(struct validate_finding *f, double hits, double n);

/* What was measured, in percent. */
void validate_percent(struct validate_finding *f);

#endif
