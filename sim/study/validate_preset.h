/* validate_preset.h: three kinds of program, calibrated to published figures on the organisation without a delivery seat, and lived once
 *
 * Populations differ, so calibrations do: a program of the usual generated shape with other numbers for each. Only arm none took part in the fit.
 */
#ifndef ORGSIM_STUDY_VALIDATE_PRESET_H
#define ORGSIM_STUDY_VALIDATE_PRESET_H

#include "study/validate_lab.h"

/* X(name, low, high): the numbers of a preset that are fitted, and the range in which orgsim validate --fit looks for each, far beyond what
 * the registry holds possible: published populations are more spread than one program. s_prog and add_frac end where the format does. */
#define VALIDATE_SETTINGS(X)                                                                                                               \
    X(b_plan, 0.2, 2.5)                                                                                                                    \
    X(b_est, -1, 0.5)                                                                                                                      \
    X(s_prog, 0.1, 1)                                                                                                                      \
    X(cancel_slip, 0.5, 10)                                                                                                                \
    X(cancel_cost, 1.5, 20)                                                                                                                \
    X(add_frac, 0, 1)

enum {
    VALIDATE_SETTING_COUNT = 0
#define X(...) +1
    VALIDATE_SETTINGS(X)
#undef X
};

/* X(NAME, word, teams, horizon_weeks, the settings in their order: as orgsim validate --fit found them) */
#define VALIDATE_PRESETS(X)                                                                                                                \
    X(PRODUCT, VALIDATE_PRODUCT_PRESET, 6, 260, 0.44, 0.078, 0.95, 4.8, 5.5, 0.58)                                                         \
    X(ENTERPRISE, VALIDATE_ENTERPRISE_PRESET, 10, 260, 0.42, -0.077, 0.6, 1.1, 11, 0.42)                                                   \
    X(LARGE, VALIDATE_LARGE_PRESET, 24, 520, 2, -0.16, 0.99, 5.7, 15, 1)

enum validate_preset {
#define X(name, ...) VALIDATE_##name,
    VALIDATE_PRESETS(X)
#undef X
        VALIDATE_PRESET_COUNT
};

#define VALIDATE_POPULATION 8192 /* worlds of a preset */

/* A preset's own settings, then those of the options and of a check, as --set takes them: the last one holds. list ends with NULL and points into own. */
#define VALIDATE_SETTINGS_MOST (VALIDATE_SETTING_COUNT + ORGSIM_VALIDATE_SETTINGS + 12)
struct validate_settings {
    char own[VALIDATE_SETTING_COUNT][64];
    const char *list[VALIDATE_SETTINGS_MOST];
};

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

/* As tables and facts call it, and its numbers as they ship, in the order of VALIDATE_SETTINGS. */
const char *validate_preset_word(enum validate_preset preset);
const double *validate_preset_values(enum validate_preset preset);

/* Settings of these values, with the options' and more behind them (`more` ends with NULL, or is NULL). */
void validate_preset_settings(const struct validate *v, const double value[VALIDATE_SETTING_COUNT], const char *const *more, struct validate_settings *settings);

/* Whether the settings of the options are assumptions and values that they can have. ORGSIM_ERROR_USAGE, ORGSIM_ERROR_MEMORY. */
int validate_preset_check(struct validate *v);

/* Lives a preset with other settings, arms and tables than its own; texts NULL: its own. worlds before --quick. */
int validate_preset_vary(struct validate_lab *lab, struct validate *v, enum validate_preset preset, struct text texts[TABLES],
                         const char *const *arms, const char *const *more, uint64_t worlds);

/* The population, lived at the first call. */
int validate_preset_live(struct validate *v, enum validate_preset preset, const struct validate_population **population);

/* Lives it with other values in place of what there is; validate_preset_live() then gives that. worlds before --quick. */
int validate_preset_try(struct validate *v, enum validate_preset preset, const double value[VALIDATE_SETTING_COUNT], uint64_t worlds);
void validate_presets_free(struct validate_presets *presets);

/* Slip, and cost over budget less one, of completed programs; the latter of all when `cancelled` count too. */
int validate_sample_slip(struct validate *v, const struct validate_lab *lab, struct validate_sample *sample);
int validate_sample_cost(struct validate *v, const struct validate_lab *lab, bool cancelled, struct validate_sample *sample);
void validate_sample_free(struct validate_sample *sample);

#endif
