/* validate_preset.h: three kinds of program, calibrated to published figures on the organisation without a delivery seat, and lived once
 *
 * Populations differ, so calibrations do: a program of the usual generated shape with other numbers for each. Only arm none took part in the fit.
 */
#ifndef ORGSIM_STUDY_VALIDATE_PRESET_H
#define ORGSIM_STUDY_VALIDATE_PRESET_H

#include "study/validate_lab.h"

/* X(NAME, word, teams, horizon_weeks, settings...) */
#define VALIDATE_PRESETS(X)                                                                                                                    \
    X(PRODUCT, "product program", 6, 260, "b_plan=0.55", "b_est=0.15", "s_prog=0.9", "cancel_slip=2.2", "cancel_cost=4.5", "add_frac=0.2")     \
    X(ENTERPRISE, "enterprise IT", 10, 260, "b_plan=0.62", "b_est=0.15", "s_prog=0.6", "cancel_slip=1.3", "cancel_cost=3.3", "add_frac=0.3")   \
    X(LARGE, "very large IT", 24, 520, "b_plan=1.6", "b_est=-0.35", "s_prog=1", "cancel_slip=6", "cancel_cost=10", "add_frac=0.3")

enum validate_preset {
#define X(name, ...) VALIDATE_##name,
    VALIDATE_PRESETS(X)
#undef X
        VALIDATE_PRESET_COUNT
};

#define VALIDATE_PRESET_SETTINGS 24 /* a preset's own and those of a check */

/* Values of completed worlds only, where completed is said. Free with validate_sample_free(). */
struct validate_sample {
    float *x;
    size_t n;
};

/* One preset's worlds under arm none, and what was seen on the way. Undefined numbers are NAN. */
struct validate_population {
    struct validate_lab lab;
    float *ahead;        /* [world] reported less true progress, mean over its weeks */
    float *last_tenth;   /* [world] share of the time that is left when 90 % is first reported */
    float *early, *late; /* [world] logarithm of weeks left over weeks left by the forecast, when a quarter and three quarters are reported */
    bool lived;
};

struct validate_presets {
    struct validate_population population[VALIDATE_PRESET_COUNT];
};

/* The tables of a preset's program; free with validate_program_free(), also after an error. */
int validate_preset_tables(enum validate_preset preset, struct text texts[TABLES], struct orgsim_where *where);

/* Its settings, with more behind them (`more` ends with NULL, or is NULL), into list. */
void validate_preset_settings(enum validate_preset preset, const char *const *more, const char *list[VALIDATE_PRESET_SETTINGS]);

/* Lives a preset with other settings, arms and tables than its own; texts NULL: its own. worlds before --quick. */
int validate_preset_vary(struct validate_lab *lab, struct validate *v, enum validate_preset preset, struct text texts[TABLES],
                         const char *const *arms, const char *const *more, uint64_t worlds);

/* The population, lived at the first call. */
int validate_preset_live(struct validate *v, enum validate_preset preset, const struct validate_population **population);
void validate_presets_free(struct validate_presets *presets);

/* Slip, and cost over budget less one, of completed programs; the latter of all when `cancelled` count too. */
int validate_sample_slip(struct validate *v, const struct validate_lab *lab, struct validate_sample *sample);
int validate_sample_cost(struct validate *v, const struct validate_lab *lab, bool cancelled, struct validate_sample *sample);
void validate_sample_free(struct validate_sample *sample);

#endif
