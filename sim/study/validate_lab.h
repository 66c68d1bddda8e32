/* validate_lab.h: a program in memory, small enough for a closed form, lived by the engine
 *
 * A case gives the tables that it cares about as text, and settings as --set takes them; the others get the least that is accepted: one team of
 * ten engineers, one package of 500 person-weeks, one organisation with nobody in a seat. VALIDATE_CALM takes away everything that is drawn and
 * everything that reacts, so that a check can put back the one thing that it looks at.
 */
#ifndef ORGSIM_STUDY_VALIDATE_LAB_H
#define ORGSIM_STUDY_VALIDATE_LAB_H

#include "base/text.h"
#include "scenario/load.h"
#include "study/arms.h"
#include "study/live.h"
#include "study/validate.h"

/* No luck, no mistakes, no load, nobody leaves, nothing arrives. */
#define VALIDATE_STILL                                                                                                                         \
    "s_prog=0", "s_team=0", "b_est=0", "ar_sd=0", "q0=1", "d_dec=0", "d_mis=0", "d_press=0", "d_new=0", "d0=0", "d_attn=0", "gamma=0",         \
        "h_dep=0", "h_team=0", "h_open=0", "h_seat=0", "lam=0", "lam_s=0", "req=0", "p_bias=0", "real_h=0", "growth=0", "rho_r=0", "sev_sd=0", \
        "imp=1", "xi_dep=0", "t_forget=0", "rho_rigour=0"

/* And a plan with so much allowance that nobody ever reacts. */
#define VALIDATE_CALM VALIDATE_STILL, "b_plan=99", "es_floor=1"

#define VALIDATE_ARMS 18 /* that a case may name */

struct validate_case {
    const char *table[TABLES];
    const char *const *settings; /* ends with NULL; NULL: none */
    const char *const *arms;     /* ids, the first is the baseline; ends with NULL; NULL: all of the scenario */
    uint64_t worlds;
    int ticks_per_week; /* 0: 2 */
    bool frictionless;
    unsigned levers_off;
    bool timeline; /* keep means by week; and show each block to `see` */
    void *context;
    void (*see)(void *context, const struct program *program, const struct live_block *block); /* in order; may be NULL */
};

/* Zeroed by validate_lab_live(); to be closed, also after an error. */
struct validate_lab {
    struct orgsim_scenario *scenario;
    struct program program;
    size_t row[VALIDATE_ARMS]; /* organisations of the scenario, when the case names some */
    struct arms arms;
    size_t worlds, taken;
    float *values;    /* [arm][metric][world] */
    double *timeline; /* [arm][week 0..horizon][metric], means over the worlds */
    const struct validate_case *of;
};

/* Builds the case without living it, and lives it. The options' errors; ORGSIM_ERROR_INTERNAL when the case itself is refused. */
int validate_lab_open(struct validate_lab *lab, struct validate *v, const struct validate_case *of);
int validate_lab_live(struct validate_lab *lab, struct validate *v, const struct validate_case *of);
void validate_lab_close(struct validate_lab *lab);

/* [world] of a metric. */
const float *validate_lab_worlds(const struct validate_lab *lab, size_t arm, enum orgsim_metric metric);
double validate_lab_mean(const struct validate_lab *lab, size_t arm, enum orgsim_metric metric);
double validate_lab_at_week(const struct validate_lab *lab, size_t arm, enum orgsim_timeline metric, size_t week);

/* Metrics of which an outcome differs in any bit between two organisations in some world, but for the `n` that may. */
size_t validate_lab_differing(const struct validate_lab *a, size_t arm_a, const struct validate_lab *b, size_t arm_b,
                              const enum orgsim_metric *may, size_t n);

/* The tables of a scenario in memory, as a case takes them. */
void validate_lab_tables(struct validate_case *of, const struct text texts[TABLES]);

#endif
