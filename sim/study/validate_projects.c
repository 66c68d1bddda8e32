/* validate_projects.c: ratios of real projects, tasks, decisions and people against the matching outputs of the product program */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/summary.h"
#include "study/validate.h"
#include "study/validate_data.h"
#include "study/validate_preset.h"

static void range(struct validate_finding *f, double low, double high)
{
    f->is_fact = true;
    f->expected_low = low;
    f->expected_high = high;
}

/* Distance of Kolmogorov and Smirnov up to which two distributions count as alike. */
#define ALIKE 0.1

/* --- tasks: actual over estimated effort -------------------------------------------------------------------------------------------------- */

/* One package of one engineer, by the product program's numbers: weeks it took over weeks estimated, of those that were completed. */
static int lone_package(struct validate *v, struct validate_sample *s)
{
    struct validate_lab lab = {0};
    const char *settings[VALIDATE_PRESET_SETTINGS];
    const struct validate_case of = {.table = {[TABLE_TEAMS] = "team,engineers\nT,1\n",
                                               [TABLE_PACKAGES] = "package,team,effort_low_pw,effort_mode_pw,effort_high_pw\nP,T,7.5,10,15\n"},
                                     .settings = settings,
                                     .worlds = validate_worlds(v, 16384)};
    validate_preset_settings(VALIDATE_PRODUCT, NULL, settings);
    int status = validate_lab_live(&lab, v, &of);
    if (!status) status = validate_sample_slip(v, &lab, s);
    for (size_t k = 0; !status && k < s->n; k++) s->x[k] = (1 + s->x[k]) * lab.program.deadline / 10;
    validate_lab_close(&lab);
    return status;
}

/* Largest distance of a quantile from those quoted of the SiP data, in percent; sorts the sample. */
static double task_distance(struct validate_sample *s)
{
    static const double level[] = {0.1, 0.5, 0.8, 0.9}, published[] = {0.40, 1.00, 2.00, 3.25};
    double worst = 0;
    summary_sort(s->x, s->n);
    for (size_t q = 0; q < 4; q++) worst = fmax(worst, fabs(log(summary_quantile(s->x, s->n, level[q]) / published[q])));
    return 100 * expm1(worst);
}

int validate_task_quantiles(struct validate *v, struct validate_finding *f)
{
    struct validate_sample s = {0};
    int status = lone_package(v, &s);
    if (!status) f->measured = task_distance(&s);
    f->se = 0;
    range(f, 0, 25);
    validate_sample_free(&s);
    return status;
}

/* Ratio of two columns, in rows that have both: into s. Above `most` it counts as an error of units and is left out. */
static int ratios(struct validate_data *d, size_t over, size_t under, double most, struct validate_sample *s)
{
    double a, b;
    int status = 0;
    *s = (struct validate_sample){.x = memory_array(d->table.n_rows, sizeof *s->x)};
    if (!s->x) return validate_memory(d->v);
    for (size_t r = 0; r < d->table.n_rows && !status; r++) {
        status = validate_data_number(d, r, over, 0, 1e7, &a);
        if (!status) status = validate_data_number(d, r, under, 0, 1e7, &b);
        if (!status && a > 0 && b > 0 && a / b <= most) s->x[s->n++] = (float)(a / b); /* false where a cell is blank */
    }
    return status;
}

/* The file's sample against the model's. */
static int compare(struct validate *v, struct validate_finding *f, struct validate_sample *file, struct validate_sample *model)
{
    if (file->n == 0 || model->n == 0) {
        f->not_checked = true;
        snprintf(f->why, sizeof f->why, "the file holds no row that can be compared");
    } else f->measured = validate_data_distance(file->x, file->n, model->x, model->n);
    f->se = 0;
    (void)v;
    return 0;
}

int validate_tasks(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"hours_actual", "hours_estimate", NULL};
    struct validate_data d;
    struct validate_sample file = {0}, model = {0};
    bool there;
    int status = validate_data_open(&d, v, f, "sip_tasks.csv", columns, &there);
    range(f, 0, ALIKE);
    if (!status && there) status = ratios(&d, 0, 1, (double)INFINITY, &file);
    if (!status && there) status = lone_package(v, &model);
    if (!status && there) status = compare(v, f, &file, &model);
    validate_sample_free(&file);
    validate_sample_free(&model);
    validate_data_close(&d);
    return status;
}

/* Whether the file gives the quantiles that are quoted of it: a check of the data, not of the model. */
int validate_task_file(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"hours_actual", "hours_estimate", NULL};
    struct validate_data d;
    struct validate_sample file = {0};
    bool there;
    int status = validate_data_open(&d, v, f, "sip_tasks.csv", columns, &there);
    if (!status && there) status = ratios(&d, 0, 1, (double)INFINITY, &file);
    if (!status && there) f->measured = task_distance(&file);
    f->se = 0;
    range(f, 0, 5);
    validate_sample_free(&file);
    validate_data_close(&d);
    return status;
}

/* --- projects: actual over planned length --------------------------------------------------------------------------------------------------- */

static int lengths(struct validate *v, enum validate_preset preset, struct validate_sample *s)
{
    const struct validate_population *p;
    int status = validate_preset_live(v, preset, &p);
    if (!status) status = validate_sample_slip(v, &p->lab, s);
    for (size_t k = 0; !status && k < s->n; k++) s->x[k] += 1;
    return status;
}

/* Weekly rows: the first of each project tells its start, first estimate and release. */
static int little_ratios(struct validate_data *d, struct validate_sample *s)
{
    int status = 0;
    *s = (struct validate_sample){.x = memory_array(d->table.n_rows, sizeof *s->x)};
    if (!s->x) return validate_memory(d->v);
    for (size_t r = 0; r < d->table.n_rows && !status; r++) {
        double start, estimate, release;
        if (r > 0 && !strcmp(csv_table_cell(&d->table, r, d->column[0]), csv_table_cell(&d->table, r - 1, d->column[0]))) continue;
        status = validate_data_day(d, r, 1, &start);
        if (!status) status = validate_data_day(d, r, 2, &estimate);
        if (!status) status = validate_data_day(d, r, 3, &release);
        if (!status && estimate > start && release > start) s->x[s->n++] = (float)((release - start) / (estimate - start));
    }
    return status;
}

int validate_estimates(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"project", "start", "first_estimate", "actual_release", NULL};
    struct validate_data d;
    struct validate_sample file = {0}, model = {0};
    bool there;
    int status = validate_data_open(&d, v, f, "little2006_estimates.csv", columns, &there);
    range(f, 0, ALIKE);
    if (!status && there) status = little_ratios(&d, &file);
    if (!status && there) status = lengths(v, VALIDATE_PRODUCT, &model);
    if (!status && there) status = compare(v, f, &file, &model);
    validate_sample_free(&file);
    validate_sample_free(&model);
    validate_data_close(&d);
    return status;
}

int validate_projects(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"actual_h", "planned_h", NULL};
    struct validate_data d;
    struct validate_sample file = {0}, model = {0};
    bool there;
    int status = validate_data_open(&d, v, f, "dslib/projects.csv", columns, &there);
    range(f, 0, ALIKE);
    if (!status && there) status = ratios(&d, 0, 1, 4, &file);
    if (!status && there) status = lengths(v, VALIDATE_ENTERPRISE, &model);
    if (!status && there) status = compare(v, f, &file, &model);
    validate_sample_free(&file);
    validate_sample_free(&model);
    validate_data_close(&d);
    return status;
}

/* --- decisions: how skewed their delays are --------------------------------------------------------------------------------------------------- */

/* Delay at a share of all requirements: `total` of them, each row `weight` many, delays ascending. */
static int delay_quantile(struct validate_data *d, double share, double total, double *delay)
{
    double sum = 0, weight;
    int status = 0;
    for (size_t r = 0; r < d->table.n_rows && !status && sum < share * total; r++) {
        status = validate_data_number(d, r, 0, 0, 1e4, delay);
        if (!status) status = validate_data_number(d, r, 1, 0, 1e7, &weight);
        sum += weight;
    }
    return status;
}

/* P90 over P50 of the file, in `expected`; its unit of time then does not matter. */
static int delay_skew(struct validate_data *d, double *skew)
{
    double total = 0, before = -1, delay = 0, weight, half = 0, most = 0;
    int status = 0;
    for (size_t r = 0; r < d->table.n_rows && !status; r++) {
        status = validate_data_number(d, r, 0, 0, 1e4, &delay);
        if (!status) status = validate_data_number(d, r, 1, 0, 1e7, &weight);
        if (!status && (isnan(delay) || isnan(weight) || delay <= before))
            status = validate_data_refuse(d, r, 0, "is not above the delay before it");
        before = delay;
        total += status ? 0 : weight;
    }
    if (!status) status = delay_quantile(d, 0.5, total, &half);
    if (!status) status = delay_quantile(d, 0.9, total, &most);
    *skew = half > 0 ? most / half : (double)NAN;
    return status;
}

/* Weeks that a lone question between teams stays open, by the product program's numbers. */
static int lone_question(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    struct validate_sample s = {0};
    const char *settings[VALIDATE_PRESET_SETTINGS];
    const struct validate_case of = {.table = {[TABLE_QUESTIONS] = "question,package,kind,altitude,opens_at_share\nQ,P,delivery,cross,0.1\n"},
                                     .settings = settings,
                                     .worlds = validate_worlds(v, 16384)};
    validate_preset_settings(VALIDATE_PRODUCT, NULL, settings);
    int status = validate_lab_live(&lab, v, &of);
    if (!status && !(s.x = memory_array(lab.worlds, sizeof *s.x))) status = validate_memory(v);
    for (size_t w = 0; !status && w < lab.worlds; w++)
        if (validate_lab_worlds(&lab, 0, ORGSIM_METRIC_decision_weeks)[w] > 0)
            s.x[s.n++] = validate_lab_worlds(&lab, 0, ORGSIM_METRIC_decision_weeks)[w];
    if (!status) {
        summary_sort(s.x, s.n);
        f->measured = summary_quantile(s.x, s.n, 0.9) / summary_quantile(s.x, s.n, 0.5);
        f->se = 0;
    }
    validate_sample_free(&s);
    validate_lab_close(&lab);
    return status;
}

int validate_decisions(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"delay", "requirements", NULL};
    struct validate_data d;
    double skew = 0;
    bool there;
    int status = validate_data_open(&d, v, f, "requirement_decision_delay.csv", columns, &there);
    if (!status && there) status = delay_skew(&d, &skew);
    if (there) range(f, 0.75 * skew, 1.25 * skew);
    if (!status && there) status = lone_question(v, f);
    validate_data_close(&d);
    return status;
}

/* --- tenure -------------------------------------------------------------------------------------------------------------------------------------- */

/* Months in the job and whether it ended by leaving, into months and left (freed by the caller). */
static int tenure(struct validate_data *d, float **months, float **left)
{
    double duration, event;
    int status = 0;
    *months = memory_array(d->table.n_rows, sizeof **months);
    *left = memory_array(d->table.n_rows, sizeof **left);
    if (!*months || !*left) return validate_memory(d->v);
    for (size_t r = 0; r < d->table.n_rows && !status; r++) {
        status = validate_data_number(d, r, 0, 0, 1200, &duration);
        if (!status) status = validate_data_number(d, r, 1, 0, 1, &event);
        if (!status && (isnan(duration) || isnan(event))) status = validate_data_refuse(d, r, 0, "misses its duration or event");
        (*months)[r] = (float)duration;
        (*left)[r] = (float)event;
    }
    return status;
}

/* Leavers a year: events over years under observation, with 95 % of a Poisson count. */
int validate_attrition(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"duration", "event", NULL};
    const struct validate_population *p;
    struct validate_data d;
    float *months = NULL, *left = NULL;
    double years = 0, leavers = 0;
    bool there;
    int status = validate_data_open(&d, v, f, "staff_tenure.csv", columns, &there);
    if (!status && there) status = tenure(&d, &months, &left);
    for (size_t r = 0; !status && there && r < d.table.n_rows; r++) {
        years += (double)months[r] / 12;
        leavers += (double)left[r];
    }
    if (there) range(f, (leavers - SUMMARY_Z95 * sqrt(leavers)) / years, (leavers + SUMMARY_Z95 * sqrt(leavers)) / years);
    if (!status && there) status = validate_preset_live(v, VALIDATE_PRODUCT, &p);
    if (!status && there) validate_mean(f, validate_lab_worlds(&p->lab, 0, ORGSIM_METRIC_engineer_attrition_per_year), p->lab.worlds);
    memory_free(months);
    memory_free(left);
    validate_data_close(&d);
    return status;
}

/* Product-limit estimate of who is still there after so many months (Kaplan & Meier 1958); NAN beyond the longest observation. */
static double still_there(const float *months, const float *left, size_t n, double after)
{
    double share = 1, longest = 0;
    for (size_t r = 0; r < n; r++) {
        size_t at_risk = 0, leavers = 0, before = 0;
        longest = fmax(longest, (double)months[r]);
        if (left[r] == 0 || (double)months[r] > after) continue;
        for (size_t k = 0; k < n; k++) {
            bool together = months[k] == months[r] && left[k] > 0;
            at_risk += months[k] >= months[r];
            leavers += together;
            before += together && k < r;
        }
        if (before == 0) share *= 1 - (double)leavers / (double)at_risk; /* once for all who leave at one time */
    }
    return longest >= after ? share : (double)NAN;
}

/* The model lets people leave at a constant rate: largest distance of exp(-rate t) from the estimate at 6, 12, 24, 48 and 96 months. */
int validate_tenure(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"duration", "event", NULL};
    static const double after[] = {6, 12, 24, 48, 96};
    struct validate_data d;
    float *months = NULL, *left = NULL;
    double all = 0, leavers = 0, worst = 0;
    bool there;
    int status = validate_data_open(&d, v, f, "staff_tenure.csv", columns, &there);
    if (!status && there && d.table.n_rows > 20000) status = validate_data_refuse(&d, 20000, 0, "is one row too many: at most 20000 people");
    if (!status && there) status = tenure(&d, &months, &left);
    for (size_t r = 0; !status && there && r < d.table.n_rows; r++) {
        all += (double)months[r];
        leavers += (double)left[r];
    }
    for (size_t k = 0; !status && there && k < 5; k++)
        worst = fmax(worst, fabs(still_there(months, left, d.table.n_rows, after[k]) - exp(-leavers / all * after[k])));
    if (there) f->measured = worst;
    f->se = 0;
    range(f, 0, ALIKE);
    memory_free(months);
    memory_free(left);
    validate_data_close(&d);
    return status;
}
