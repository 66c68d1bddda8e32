/* claims.h: the measurements of claims.def, what is kept of their worlds, and what they come to */
#ifndef ORGSIM_STUDY_CLAIMS_H
#define ORGSIM_STUDY_CLAIMS_H

#include <orgsim/claims.h>

enum claims_kind { CLAIMS_MEAN, CLAIMS_RATE, CLAIMS_PROGRAMS, CLAIMS_GROWTH, CLAIMS_AUC };
enum claims_predictor { PREDICTOR_STATUS, PREDICTOR_GLOSS, PREDICTOR_CLOSURE, PREDICTOR_LEAD, PREDICTORS };

struct claims_measurement {
    enum claims_kind kind;
    enum orgsim_claim claim;
    int sign;
    bool given;
    double least;
    enum orgsim_metric metric;
    const char *unit;              /* of a rate */
    unsigned teams;
    double density;
    const char *arm[2], *settings[2];
    int back;
    enum claims_predictor predictor[2];
    const char *what;
};

extern const struct claims_measurement claims_table[];
extern const int claims_rows;
#define CLAIMS_ROWS_MOST 64

/* Of a measurement: the worlds of its two sides, or the means of the generated programs that it lived; and the budgets. */
struct claims_kept {
    float *side[2];                               /* [worlds] */
    double mean[2][ORGSIM_CLAIMS_PROGRAMS];       /* net value, k */
    double budget[ORGSIM_CLAIMS_PROGRAMS];        /* k; of the scenario's own program: the first */
    bool measured;
};

struct claims_worlds {
    uint64_t worlds;
    struct claims_kept row[CLAIMS_ROWS_MOST];
    uint64_t followed;             /* worlds of the two below: whole blocks */
    double *predictor[PREDICTORS]; /* [worlds] in the organisation `none` as it is */
    bool *kept;                    /* [worlds] its date */
};

/* A row whose sides are kept, or which follows from such rows. */
bool claims_is_tested(const struct claims_worlds *worlds, int row);

/* Fills row[claims_rows] and the verdict of every claim. 0 or ORGSIM_ERROR_MEMORY. */
int claims_conclude(const struct claims_worlds *worlds, struct orgsim_claims *claims) __attribute__((warn_unused_result));

#endif
