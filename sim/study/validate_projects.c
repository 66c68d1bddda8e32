/* validate_projects.c: ratios of real projects, tasks and decisions against the matching outputs of the product program */
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
    struct validate_settings settings;
    const struct validate_case of = {.table = {[TABLE_TEAMS] = "team,engineers\nT,1\n",
                                               [TABLE_PACKAGES] = "package,team,effort_low_pw,effort_mode_pw,effort_high_pw\nP,T,7.5,10,15\n"},
                                     .settings = settings.list,
                                     .worlds = validate_worlds(v, 16384)};
    validate_preset_settings(v, validate_preset_values(VALIDATE_PRODUCT), NULL, &settings);
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

/* The file's sample against the model's; sorts both. */
static void compare(struct validate *v, struct validate_finding *f, enum orgsim_compared_id id, struct validate_sample *file,
                    struct validate_sample *model)
{
    struct orgsim_compared *c = &v->compared[id];
    f->se = 0;
    if (file->n == 0 || model->n == 0) {
        f->not_checked = true;
        snprintf(f->why, sizeof f->why, "the file holds no row that can be compared");
        return;
    }
    f->measured = validate_data_distance(file->x, file->n, model->x, model->n);
    c->of_data = file->n;
    c->of_model = model->n;
    validate_data_quantiles(file->x, file->n, c->data);
    validate_data_quantiles(model->x, model->n, c->model);
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
    if (!status && there) compare(v, f, ORGSIM_COMPARED_TASKS, &file, &model);
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
    if (!status && there) compare(v, f, ORGSIM_COMPARED_ESTIMATES, &file, &model);
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
    if (!status && there) compare(v, f, ORGSIM_COMPARED_PROJECTS, &file, &model);
    validate_sample_free(&file);
    validate_sample_free(&model);
    validate_data_close(&d);
    return status;
}

/* --- decisions: how skewed their delays are --------------------------------------------------------------------------------------------------- */

enum { MEDIAN = 9, P90 = 17 }; /* among the quantiles of a comparison */

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

/* The file's quantiles, and how many requirements it holds. */
static int delays(struct validate_data *d, struct orgsim_compared *c)
{
    double total = 0, before = -1, delay = 0, weight;
    int status = 0;
    for (size_t r = 0; r < d->table.n_rows && !status; r++) {
        status = validate_data_number(d, r, 0, 0, 1e4, &delay);
        if (!status) status = validate_data_number(d, r, 1, 0, 1e7, &weight);
        if (!status && (isnan(delay) || isnan(weight) || delay <= before))
            status = validate_data_refuse(d, r, 0, "is not above the delay before it");
        before = delay;
        total += status ? 0 : weight;
    }
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES && !status; k++) status = delay_quantile(d, validate_data_level(k), total, &c->data[k]);
    c->of_data = (uint64_t)total;
    return status;
}

/* Weeks that a lone question between teams stays open, by the product program's numbers; sorted. */
static int lone_question(struct validate *v, struct validate_sample *s)
{
    struct validate_lab lab = {0};
    struct validate_settings settings;
    const struct validate_case of = {.table = {[TABLE_QUESTIONS] = "question,package,kind,altitude,opens_at_share\nQ,P,delivery,cross,0.1\n"},
                                     .settings = settings.list,
                                     .worlds = validate_worlds(v, 16384)};
    validate_preset_settings(v, validate_preset_values(VALIDATE_PRODUCT), NULL, &settings);
    int status = validate_lab_live(&lab, v, &of);
    if (!status && !(s->x = memory_array(lab.worlds, sizeof *s->x))) status = validate_memory(v);
    for (size_t w = 0; !status && w < lab.worlds; w++)
        if (validate_lab_worlds(&lab, 0, ORGSIM_METRIC_decision_weeks)[w] > 0)
            s->x[s->n++] = validate_lab_worlds(&lab, 0, ORGSIM_METRIC_decision_weeks)[w];
    if (!status) summary_sort(s->x, s->n);
    validate_lab_close(&lab);
    return status;
}

/* P90 over P50. The quantiles become multiples of their median, so that the file's unit of time does not matter. */
static double skew(double quantile[ORGSIM_COMPARED_QUANTILES])
{
    double median = quantile[MEDIAN];
    for (size_t k = 0; k < ORGSIM_COMPARED_QUANTILES; k++) quantile[k] = median > 0 ? quantile[k] / median : (double)NAN;
    return quantile[P90];
}

int validate_decisions(struct validate *v, struct validate_finding *f)
{
    static const char *const columns[] = {"delay", "requirements", NULL};
    struct validate_data d;
    struct validate_sample model = {0};
    struct orgsim_compared c = {0};
    bool there;
    int status = validate_data_open(&d, v, f, "requirement_decision_delay.csv", columns, &there);
    if (!status && there) status = delays(&d, &c);
    if (!status && there) status = lone_question(v, &model);
    if (!status && there) {
        double published = skew(c.data);
        validate_data_quantiles(model.x, model.n, c.model);
        range(f, 0.75 * published, 1.25 * published);
        f->measured = skew(c.model);
        c.of_model = model.n;
        v->compared[ORGSIM_COMPARED_DECISIONS] = c;
    }
    f->se = 0;
    validate_sample_free(&model);
    validate_data_close(&d);
    return status;
}
