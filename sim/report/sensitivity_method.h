/* sensitivity_method.h: the words of each method, and what they share
 *
 * A method of ORGSIM_SENSITIVITY_METHODS has its sentence (without a full stop), its table, and what must be said below it.
 */
#ifndef ORGSIM_REPORT_SENSITIVITY_METHOD_H
#define ORGSIM_REPORT_SENSITIVITY_METHOD_H

#include "report/sensitivity.h"

#define SENSITIVITY_ROWS_SHOWN 12

#define X(name, worlds, size, least, unit, meaning)                                                                                          \
    void sensitivity_##name##_title(struct text *text, const struct sensitivity_report *report, int flags);                                  \
    void sensitivity_##name##_table(struct text *text, const struct sensitivity_report *report, bool all);                                   \
    void sensitivity_##name##_rest(struct text *text, const struct sensitivity_report *report);
ORGSIM_SENSITIVITY_METHODS(X)
#undef X

/* The headline organisation in quotes. */
void sensitivity_headline(struct text *text, const struct sensitivity_report *report, int flags);

/* Appends the words in lines and frees them. */
void sensitivity_wrapped(struct text *out, struct text *words);

#endif
