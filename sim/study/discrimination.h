/* discrimination.h: how well a number tells which programs kept their date
 *
 * The area under the curve (AUC) is the chance that the number ranks a program that kept its date above one that did not, ties counting half.
 * Two numbers on the same programs are compared with their covariance: DeLong, DeLong & Clarke-Pearson 1988, computed by midranks
 * (Sun & Xu 2014).
 */
#ifndef ORGSIM_STUDY_DISCRIMINATION_H
#define ORGSIM_STUDY_DISCRIMINATION_H

#include <stdbool.h>
#include <stddef.h>

struct discrimination { double first, second, difference, se; }; /* areas; NAN unless both outcomes came up twice */

/* [n] programs: two predictors and whether the date was kept. 0 or ORGSIM_ERROR_MEMORY. */
int discrimination_compare(struct discrimination *found, const double *first, const double *second, const bool *kept, size_t n)
    __attribute__((warn_unused_result));

#endif
