/* validation.h: the table of checks, for people, for programs and as a picture; and read back from its JSON */
#ifndef ORGSIM_REPORT_VALIDATION_H
#define ORGSIM_REPORT_VALIDATION_H

#include <orgsim/validate.h>

#include "report/figure.h"

/* What was asked, as the last lines repeat it. data: folder of raw data, NULL when there was none. date: the day, 2026-11-26; NULL: not told. */
struct validation_asked {
    uint64_t seed;
    int quick;
    const char *data, *date;
    const char *conditions; /* --set p_val=0.5: the calibrated programs are others than those that ship; NULL or "": they are those */
};

#define VALIDATION_NAME "validate" /* of the figure, and of the files beside it */

/* The whole table: two lines for each check, and why where it is not met. */
void validation_answer(struct text *text, const struct validation_asked *asked, const struct orgsim_validation *validation);

/* 0 or ORGSIM_ERROR_MEMORY. */
int validation_json(struct text *text, const struct validation_asked *asked, const struct orgsim_validation *validation);

/* A row for each check. */
void validation_csv(struct text *text, const struct orgsim_validation *validation);

/* Whether there is anything to draw; and quantiles of the model against those of real data. Texts of the figure zeroed by the caller. */
bool validation_compares(const struct orgsim_validation *validation);
void validation_figure(struct figure *figure, const struct validation_asked *asked, const struct orgsim_validation *validation);

/* Writes validate.csv, validate.json and, where something was compared with raw data, figures/validate.* into the folder, which is made. The errors
 * of figure_write(). */
int validation_write(const struct validation_asked *asked, const struct orgsim_validation *validation, const char *folder,
                     struct orgsim_where *where) ORGSIM_MUST_CHECK;

/* A check as validate.json tells it; words of the JSON. */
struct validation_row {
    const char *id, *section, *preset, *use, *statement, *source, *expected, *measured, *why;
    enum orgsim_check_status status;
};

/* What validate.json tells. Zero it; free with validation_saved_free(). */
struct validation_saved {
    struct json_t *json;            /* owns the words */
    const char *version;
    struct validation_asked asked;
    struct orgsim_validation found; /* n, counts, worlds, compared; its checks are: */
    struct validation_row *row;     /* [found.n] */
    struct figure figure;           /* of the same numbers; empty where nothing was compared */
    struct text drawing;            /* <svg>; empty when it was not drawn, or of other numbers */
};

/* From the JSON of validation_json(), which it keeps. ORGSIM_ERROR_IO: it is something else; ORGSIM_ERROR_MEMORY. */
int validation_take(struct validation_saved *saved, const struct json_t *root) ORGSIM_MUST_CHECK;

/* Then its drawing, from figures/ of the folder. ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int validation_take_drawing(struct validation_saved *saved, const char *folder, struct orgsim_where *where) ORGSIM_MUST_CHECK;
void validation_saved_free(struct validation_saved *saved);

/* Why statistics over programs mislead: the answers side by side, and what to make of them. validation_json()'s errors. */
void validation_observed(struct text *text, const struct validation_asked *asked, const struct orgsim_observational *found);
int validation_observed_json(struct text *text, const struct validation_asked *asked, const struct orgsim_observational *found);

/* The calibrations that ship beside those that a search finds again; whether those meet more facts of any preset. validation_json()'s errors. */
bool validation_fit_is_beaten(const struct orgsim_fit *fit);
void validation_fit(struct text *text, const struct validation_asked *asked, const struct orgsim_fit *fit);
int validation_fit_json(struct text *text, const struct validation_asked *asked, const struct orgsim_fit *fit);

#endif
