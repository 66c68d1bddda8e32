/* validate_chance.c: drawn efforts, hazards and first looks against their closed forms */
#include <math.h>
#include <stdio.h>

#include <gsl/gsl_cdf.h>

#include "base/text.h"
#include "study/validate.h"
#include "study/validate_lab.h"

/* --- efforts: one package of one engineer is as long as its effort ------------------------------------------------------------------- */

#define PERT_LOW 40.0
#define PERT_MODE 60.0
#define PERT_HIGH 140.0

static int efforts(struct validate_lab *lab, struct validate *v, const char *shape)
{
    char package[160];
    snprintf(package, sizeof package,
             "package,team,effort_low_pw,effort_mode_pw,effort_high_pw,distribution,max_engineers\nP,T,%g,%g,%g,%s,1\n", PERT_LOW, PERT_MODE,
             PERT_HIGH, shape);
    const struct validate_case of = {
        .table = {[TABLE_PACKAGES] = package}, .frictionless = true, .ticks_per_week = 1, .worlds = validate_worlds(v, 65536)};
    return validate_lab_live(lab, v, &of);
}

static int effort_mean(struct validate *v, struct validate_finding *f, const char *shape, double expected)
{
    struct validate_lab lab = {0};
    int status = efforts(&lab, v, shape);
    if (!status) validate_mean(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_finish_week), lab.worlds);
    validate_expect(f, expected, 1e-3);
    validate_lab_close(&lab);
    return status;
}

static int effort_sd(struct validate *v, struct validate_finding *f, const char *shape, double expected)
{
    struct validate_lab lab = {0};
    int status = efforts(&lab, v, shape);
    if (!status) validate_sd(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_finish_week), lab.worlds);
    validate_expect(f, expected, 1e-3);
    validate_lab_close(&lab);
    return status;
}

static double pert(void) { return (PERT_LOW + 4 * PERT_MODE + PERT_HIGH) / 6; }

int validate_pert_mean(struct validate *v, struct validate_finding *f) { return effort_mean(v, f, "pert", pert()); }

int validate_pert_sd(struct validate *v, struct validate_finding *f)
{
    return effort_sd(v, f, "pert", sqrt((pert() - PERT_LOW) * (PERT_HIGH - pert()) / 7));
}

int validate_triangular_mean(struct validate *v, struct validate_finding *f)
{
    return effort_mean(v, f, "triangular", (PERT_LOW + PERT_MODE + PERT_HIGH) / 3);
}

int validate_triangular_sd(struct validate *v, struct validate_finding *f)
{
    double a = PERT_LOW, m = PERT_MODE, b = PERT_HIGH;
    return effort_sd(v, f, "triangular", sqrt((a * a + m * m + b * b - a * m - a * b - m * b) / 18));
}

/* A lone package whose effort has a common factor exp(s z): the logarithm of its length is normal with that spread. */
int validate_common_factor(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    const struct validate_case of = {.table = {[TABLE_PROGRAM] = "setting,value\nname,Laboratory\nhorizon_weeks,2600\n"},
                                     .settings = (const char *const[]){VALIDATE_CALM, "s_prog=0.4", NULL},
                                     .worlds = validate_worlds(v, 32768)};
    int status = validate_lab_live(&lab, v, &of);
    if (!status) {
        float *finish = lab.values + ORGSIM_METRIC_finish_week * lab.worlds;
        for (size_t w = 0; w < lab.worlds; w++) finish[w] = logf(finish[w]);
        validate_sd(f, finish, lab.worlds);
    }
    validate_expect(f, 0.4, 1e-3);
    validate_lab_close(&lab);
    return status;
}

/* --- hazards -------------------------------------------------------------------------------------------------------------------------- */

#define RISKS "risk,category,package,probability,impact_low_pw,impact_mode_pw,impact_high_pw,growth_per_week,altitude\n"

/* One risk wakes at once; a team and its manager see it at 0.05 (0.5 + 0.3) a week; what is noticed is left alone until it strikes in week 50. */
int validate_hazard(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    const struct validate_case of = {.table = {[TABLE_RISKS] = RISKS "R,technical,P,1,1,1,1,,cross\n"},
                                     .settings = (const char *const[]){VALIDATE_CALM, "x_open=0", "theta=1e6", "chi0=0", "chi_seat=0",
                                                                       "t_surp=0", "det_base=0.05", "v_team=0.5", "w_em=0.3", NULL},
                                     .worlds = validate_worlds(v, 32768)};
    int status = validate_lab_live(&lab, v, &of);
    if (!status) {
        const float *lead = validate_lab_worlds(&lab, 0, ORGSIM_METRIC_detection_lead_weeks);
        size_t seen = 0;
        for (size_t w = 0; w < lab.worlds; w++) seen += lead[w] > 0;
        validate_share(f, (double)seen, (double)lab.worlds);
    }
    validate_expect(f, -expm1(-0.05 * 0.8 * 50), 1e-4);
    validate_lab_close(&lab);
    return status;
}

/* --- first looks ---------------------------------------------------------------------------------------------------------------------- */

#define LOOKS 10 /* risks of either altitude */
#define JUDGMENT 0.7
#define EMPOWERMENT 0.8
#define SEVERITY_TEAM 0.45
#define SEVERITY_CROSS 1.6
#define THRESHOLD 0.9

static double noise(void) { return 1.2 * (1 - JUDGMENT) + 0.35 * JUDGMENT; }
static double perceived(double severity) { return gsl_cdf_ugaussian_P(log(severity / THRESHOLD) / noise()); }
static double dares(void) { return 1 - 0.55 * (1 - 0.3) * (1 - EMPOWERMENT); }

/* A delivery seat looks, nobody else. */
static int looks(struct validate_lab *lab, struct validate *v)
{
    struct text risks = {0};
    text_add(&risks, RISKS);
    for (int k = 0; k < LOOKS; k++) text_format(&risks, "T%d,technical,P,1,2,2,2,0,team\nC%d,technical,P,1,2,2,2,0,cross\n", k, k);
    const struct validate_case of = {
        .table = {[TABLE_RISKS] = risks.s, [TABLE_SEATS] = "arm,role,fte,judgment,empowerment\nnone,tpm,1,0.7,0.8\n"},
        .settings = (const char *const[]){VALIDATE_CALM, "det_base=1e4", "chi0=0", "chi_seat=0", "sev_team=0.45", "s_x=1.6", "sig_max=1.2",
                                          "sig_min=0.35", "mum=0.55", "safety=0.3", "v_team=0", "w_em=0", "theta=0.9", NULL},
        .worlds = validate_worlds(v, 8192)};
    int status = risks.failed ? validate_memory(v) : validate_lab_live(lab, v, &of);
    text_free(&risks);
    return status;
}

static double total(const struct validate_lab *lab, enum orgsim_metric metric)
{
    return validate_lab_mean(lab, 0, metric) * (double)lab->worlds;
}

int validate_hits(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = looks(&lab, v);
    if (!status) {
        double hits = total(&lab, ORGSIM_METRIC_hits_delivery);
        validate_share(f, hits, hits + total(&lab, ORGSIM_METRIC_misses_delivery));
    }
    validate_expect(f, perceived(SEVERITY_CROSS) * dares(), 1e-6);
    validate_lab_close(&lab);
    return status;
}

int validate_false_alarms(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = looks(&lab, v);
    if (!status) {
        double alarms = total(&lab, ORGSIM_METRIC_first_false_alarms_delivery);
        validate_share(f, alarms, alarms + total(&lab, ORGSIM_METRIC_correct_holds_delivery));
    }
    validate_expect(f, perceived(SEVERITY_TEAM) * dares(), 1e-6);
    validate_lab_close(&lab);
    return status;
}

/* Variance of the normal score of a share p of n. */
static double score_variance(double p, double n)
{
    double z = gsl_cdf_ugaussian_Pinv(p), density = exp(-z * z / 2) / sqrt(2 * 3.14159265358979);
    return p * (1 - p) / (n * density * density);
}

int validate_dprime(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = looks(&lab, v);
    if (!status) {
        double above = total(&lab, ORGSIM_METRIC_hits_delivery) + total(&lab, ORGSIM_METRIC_misses_delivery);
        double team = total(&lab, ORGSIM_METRIC_first_false_alarms_delivery) + total(&lab, ORGSIM_METRIC_correct_holds_delivery);
        double hit = total(&lab, ORGSIM_METRIC_perceived_above_delivery) / above,
               alarm = total(&lab, ORGSIM_METRIC_perceived_team_delivery) / team;
        f->measured = gsl_cdf_ugaussian_Pinv(hit) - gsl_cdf_ugaussian_Pinv(alarm);
        f->se = sqrt(score_variance(hit, above) + score_variance(alarm, team));
    }
    validate_expect(f, log(SEVERITY_CROSS / SEVERITY_TEAM) / noise(), 1e-6);
    validate_lab_close(&lab);
    return status;
}
