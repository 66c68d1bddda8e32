/* sensitivity.h: what the methods of sensitivity share
 *
 * Adding a method: its line in ORGSIM_SENSITIVITY_METHODS and a file with its sensitivity_NAME(), declared here.
 */
#ifndef ORGSIM_STUDY_SENSITIVITY_H
#define ORGSIM_STUDY_SENSITIVITY_H

#include "study/inputs.h"
#include "study/spread.h"

struct sensitivity {
    const struct orgsim_scenario *scenario;
    const struct orgsim_sensitivity_plan *plan;
    struct orgsim_run_options options; /* of the pair */
    size_t arms[2];
    struct inputs inputs;
};

/* One row for each input, in their order. ORGSIM_ERROR_MEMORY. */
int sensitivity_rows(struct orgsim_sensitivity *found, const struct inputs *inputs);

/* Frees all rows but the first n. */
void sensitivity_keep(struct orgsim_sensitivity *found, size_t n);

/* A design: points of the unit cube over some inputs, each lived to one outcome, the mean difference. */
struct sensitivity_design {
    const struct inputs *inputs;
    const size_t *chosen;  /* [dimensions] inputs; NULL: all of them, in their order */
    size_t points, dimensions;
    double *unit;          /* [points][dimensions]; owned */
    double *outcome;       /* [points] mean difference; owned */
    double *half[2];       /* [points] the same over each half of the worlds, which share no luck; owned */
    uint64_t seed;         /* of the worlds */
    bool impossible_is_nan; /* such a point's outcome is NAN; else it is an error */
    size_t before, after;   /* points of other designs, for the progress */
};

/* unit zeroed, to be filled by the caller. Free also after an error. */
int sensitivity_design_create(struct sensitivity_design *design, struct orgsim_where *where);
void sensitivity_design_free(struct sensitivity_design *design);

/* Lives `points` points from number `first` on, after the scenario as it is; adds to found->points and impossible, fills at_present and point_se. */
int sensitivity_design_live(struct sensitivity_design *design, size_t first, size_t points, const struct sensitivity *asked,
                            struct orgsim_sensitivity *found, struct orgsim_where *where);

/* Mean and standard deviation over points that were lived. */
void sensitivity_outcome(struct orgsim_sensitivity *found, const double *outcome, size_t n);

/* Sorts the rows, the largest key first, equal ones by name. */
void sensitivity_sort(struct orgsim_sensitivity *found, double (*key)(const struct orgsim_sensitivity_row *row));

/* The methods. found holds a row for each input; each fills and sorts them. */
int sensitivity_tornado(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where);
int sensitivity_morris(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where);
int sensitivity_rank(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where);
int sensitivity_sobol(struct sensitivity *asked, struct orgsim_sensitivity *found, struct orgsim_where *where);

/* Screening: mu_star, mu, sigma, luck and inert of each row, in the order of the inputs; square [inputs]: as of struct morris_effect, or NULL. */
int sensitivity_screen(struct sensitivity *asked, struct orgsim_sensitivity *found, size_t trajectories, size_t points_after, double *square,
                       struct orgsim_where *where);

#endif
