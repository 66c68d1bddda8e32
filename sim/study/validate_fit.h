/* validate_fit.h: the search behind orgsim_fit(), of any size */
#ifndef ORGSIM_STUDY_VALIDATE_FIT_H
#define ORGSIM_STUDY_VALIDATE_FIT_H

#include <orgsim/validate.h>

#define VALIDATE_FIT_DESIGN_MOST 512
#define VALIDATE_FIT_ROOM 8 /* points that the last step of a simplex may go beyond its steps: it shrinks */

/* For each preset: points over the whole ranges, each on a quarter of the worlds; simplexes from the best of them, and one more from where those came to;
 * steps of each, and worlds before --quick. */
struct validate_fit_size {
    size_t design, starts, steps; /* 1 <= starts <= design <= VALIDATE_FIT_DESIGN_MOST */
    uint64_t worlds;
};

/* Points that a preset takes at most. */
static inline uint64_t validate_fit_most(const struct validate_fit_size *size) { return size->design + (size->starts + 1) * (size->steps + VALIDATE_FIT_ROOM); }

/* As orgsim_fit(). */
int validate_fit_sized(const struct orgsim_validate_options *options, const struct validate_fit_size *size, struct orgsim_fit *fit, struct orgsim_where *where)
    __attribute__((warn_unused_result));

/* Of a fact: see struct orgsim_fit_measured. */
double validate_fit_loss(double measured, double low, double high);

#endif
