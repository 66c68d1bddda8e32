/* validate_staff.c: how long real people stay, against leavers of the product program */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/summary.h"
#include "study/validate.h"
#include "study/validate_data.h"
#include "study/validate_preset.h"

#define ALIKE 0.1 /* distance up to which two distributions count as alike */

/* Somebody who was looked at for so many months, and then left, or not yet. */
struct stay {
    float months;
    bool left;
};

static int by_months(const void *a, const void *b)
{
    float x = ((const struct stay *)a)->months, y = ((const struct stay *)b)->months;
    return (x > y) - (x < y);
}

/* All of the file, the shortest first; freed by the caller. */
static int read_stays(struct validate_data *d, struct stay **stays)
{
    double duration, event;
    int status = 0;
    *stays = memory_array(d->table.n_rows, sizeof **stays);
    if (!*stays) return validate_memory(d->v);
    for (size_t r = 0; r < d->table.n_rows && !status; r++) {
        status = validate_data_number(d, r, 0, 0, 1200, &duration);
        if (!status) status = validate_data_number(d, r, 1, 0, 1, &event);
        if (!status && (isnan(duration) || isnan(event))) status = validate_data_refuse(d, r, 0, "misses its duration or event");
        if (!status) (*stays)[r] = (struct stay){(float)duration, event > 0};
    }
    if (!status) qsort(*stays, d->table.n_rows, sizeof **stays, by_months);
    return status;
}

static int open_stays(struct validate *v, struct validate_finding *f, struct validate_data *d, struct stay **stays, bool *there)
{
    static const char *const columns[] = {"duration", "event", NULL};
    *stays = NULL;
    int status = validate_data_open(d, v, f, "staff_tenure.csv", columns, there);
    return status || !*there ? status : read_stays(d, stays);
}

static double leavers_of(const struct stay *stays, size_t n)
{
    double leavers = 0;
    for (size_t r = 0; r < n; r++) leavers += stays[r].left;
    return leavers;
}

static double months_of(const struct stay *stays, size_t n)
{
    double months = 0;
    for (size_t r = 0; r < n; r++) months += (double)stays[r].months;
    return months;
}

/* One step of the product-limit estimate (Kaplan & Meier 1958): all who were looked at as long as row *r, which becomes the row behind them. */
static void step(const struct stay *stays, size_t n, size_t *r, double *still_there)
{
    size_t first = *r, leavers = 0;
    for (; *r < n && stays[*r].months <= stays[first].months; ++*r) leavers += stays[*r].left;
    *still_there *= 1 - (double)leavers / (double)(n - first);
}

/* Share of people who are still there after so many months; NAN beyond the longest observation. */
static double still_there(const struct stay *stays, size_t n, double after)
{
    double share = 1;
    if (n == 0 || (double)stays[n - 1].months < after) return (double)NAN;
    for (size_t r = 0; r < n && (double)stays[r].months <= after;) step(stays, n, &r, &share);
    return share;
}

/* Months after which a share of the people has left: the estimate beside the constant rate of the model. NAN where fewer leave. */
static void compare(struct orgsim_compared *c, const struct stay *stays, size_t n, double rate_per_year)
{
    size_t k = 0;
    double share = 1;
    for (size_t r = 0; r < n;) {
        double months = (double)stays[r].months;
        step(stays, n, &r, &share);
        while (k < ORGSIM_COMPARED_QUANTILES && share <= 1 - validate_data_level(k) + 1e-9) c->data[k++] = months; /* rounding aside */
    }
    for (; k < ORGSIM_COMPARED_QUANTILES; k++) c->data[k] = (double)NAN;
    for (k = 0; k < ORGSIM_COMPARED_QUANTILES; k++) c->model[k] = -12 * log1p(-validate_data_level(k)) / rate_per_year;
}

/* Leavers a year: events over years under observation, with 95 % of a Poisson count. */
int validate_attrition(struct validate *v, struct validate_finding *f)
{
    const struct validate_population *p;
    struct orgsim_compared *c = &v->compared[ORGSIM_COMPARED_TENURE];
    struct validate_data d;
    struct stay *stays;
    bool there;
    int status = open_stays(v, f, &d, &stays, &there);
    if (!status && there) status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    if (!status && there) {
        double years = months_of(stays, d.table.n_rows) / 12, leavers = leavers_of(stays, d.table.n_rows), half = SUMMARY_Z95 * sqrt(leavers);
        validate_mean(f, validate_lab_worlds(&p->lab, 0, ORGSIM_METRIC_engineer_attrition_per_year), p->lab.worlds);
        f->is_fact = true;
        f->expected_low = (leavers - half) / years;
        f->expected_high = (leavers + half) / years;
        compare(c, stays, d.table.n_rows, f->measured);
        c->of_data = d.table.n_rows;
        c->of_model = p->lab.worlds;
    }
    memory_free(stays);
    validate_data_close(&d);
    return status;
}

/* The model lets people leave at a constant rate: largest distance of exp(-rate t) from the estimate at 6, 12, 24, 48 and 96 months. */
int validate_tenure(struct validate *v, struct validate_finding *f)
{
    static const double after[] = {6, 12, 24, 48, 96};
    struct validate_data d;
    struct stay *stays;
    bool there;
    int status = open_stays(v, f, &d, &stays, &there);
    if (!status && there) {
        double rate = leavers_of(stays, d.table.n_rows) / months_of(stays, d.table.n_rows);
        f->measured = 0;
        for (size_t k = 0; k < 5; k++) f->measured = fmax(f->measured, fabs(still_there(stays, d.table.n_rows, after[k]) - exp(-rate * after[k])));
    }
    f->se = 0;
    f->is_fact = true;
    f->expected_low = 0;
    f->expected_high = ALIKE;
    memory_free(stays);
    validate_data_close(&d);
    return status;
}
