/* validate_people.c: who leaves, and what late staffing does, against their equations */
#include <math.h>
#include <stdio.h>

#include "study/validate.h"
#include "study/validate_lab.h"

/* --- leavers -------------------------------------------------------------------------------------------------------------------------- */

#define TWO_YEARS "setting,value\nname,Laboratory\nhorizon_weeks,104\n"
#define ENDLESS "package,team,effort_mode_pw\nP,T,1000000\n"
#define FORTY "team,engineers\nT,40\n"

static int leavers(struct validate *v, struct validate_finding *f, const char *rate, const char *hiring, double expected)
{
    struct validate_lab lab = {0};
    const struct validate_case of = {.table = {[TABLE_PROGRAM] = TWO_YEARS, [TABLE_TEAMS] = FORTY, [TABLE_PACKAGES] = ENDLESS},
                                     .settings =
                                         (const char *const[]){VALIDATE_CALM, "tau_new=1e-6", "k_loss=0", "repl=1e-6", rate, hiring, NULL},
                                     .worlds = validate_worlds(v, 8192),
                                     .ticks_per_week = 8};
    int status = validate_lab_live(&lab, v, &of);
    if (!status) validate_mean(f, validate_lab_worlds(&lab, 0, ORGSIM_METRIC_engineers_left), lab.worlds);
    validate_expect(f, expected, 0.003 * expected); /* the step of time: one leaver of a team in a tick */
    validate_lab_close(&lab);
    return status;
}

int validate_poisson(struct validate *v, struct validate_finding *f) { return leavers(v, f, "lam=0.05", "tau_hire=1e-6", 0.05 * 40 * 2); }

int validate_death_process(struct validate *v, struct validate_finding *f)
{
    return leavers(v, f, "lam=0.3", "tau_hire=1e6", 40 * -expm1(-0.3 * 2));
}

/* --- late staffing ----------------------------------------------------------------------------------------------------------------------
 *
 * A program that is seen to be late gets a share of its ten engineers more, once, in week REACTION:
 *
 *     dV/dt = -V / tau_h    dN/dt = V / tau_h - N / tau_n    dX/dt = N / tau_n    work rate = X + (p_new - m) N
 */

#define HIRE 6.0
#define RAMP 12.0
#define NEW_NET -0.4 /* what a newcomer adds less what the mentor loses */

struct staff {
    double vacancies, newcomers, experienced, work;
};

static struct staff slope(const struct staff *s)
{
    return (struct staff){.vacancies = -s->vacancies / HIRE,
                          .newcomers = s->vacancies / HIRE - s->newcomers / RAMP,
                          .experienced = s->newcomers / RAMP,
                          .work = s->experienced + NEW_NET * s->newcomers};
}

static struct staff moved(const struct staff *s, const struct staff *by, double dt)
{
    return (struct staff){s->vacancies + dt * by->vacancies, s->newcomers + dt * by->newcomers, s->experienced + dt * by->experienced,
                          s->work + dt * by->work};
}

/* Week in which `content` person-weeks are done: the middle-point rule in fine steps. */
static double staffing_finish(double content, double added, double reaction)
{
    const double dt = 1.0 / 1024;
    struct staff s = {.experienced = 10};
    for (double t = 0;; t += dt) {
        if (t <= reaction && reaction < t + dt) s.vacancies = added;
        struct staff a = slope(&s), middle = moved(&s, &a, dt / 2), b = slope(&middle);
        struct staff next = moved(&s, &b, dt);
        if (next.work >= content) return t + dt * (content - s.work) / (next.work - s.work);
        s = next;
    }
}

/* Content and share added: the reaction comes with the second report. */
static int staffing_live(struct validate *v, double content, double share, double *finish)
{
    struct validate_lab lab = {0};
    char package[96], added[32];
    snprintf(package, sizeof package, "package,team,effort_mode_pw,max_engineers\nP,T,%g,1000\n", content);
    snprintf(added, sizeof added, "add_frac=%g", share);
    const struct validate_case of = {
        .table = {[TABLE_PROGRAM] = "setting,value\nname,Laboratory\nhorizon_weeks,400\ndeadline_week,3\n", [TABLE_PACKAGES] = package},
        .settings =
            (const char *const[]){VALIDATE_STILL, "b_plan=0", "tau_hire=6", "tau_new=12", "prod_new=0.1", "mentor=0.5", "cancel_slip=1000",
                                  "cancel_cost=1000", "react_gap=1000", "react_cut_share=1", "react_add_share=0", added, NULL},
        .worlds = ORGSIM_BLOCK_WORLDS,
        .ticks_per_week = 8};
    int status = validate_lab_live(&lab, v, &of);
    if (!status) *finish = validate_lab_mean(&lab, 0, ORGSIM_METRIC_finish_week);
    validate_lab_close(&lab);
    return status;
}

#define REACTION 4.0

/* The largest relative distance over a curve of four staffings of a short and a long program. */
int validate_staffing(struct validate *v, struct validate_finding *f)
{
    static const double content[] = {120, 600}, share[] = {0, 0.2, 0.5, 1};
    double worst = 0, finish = 0;
    for (size_t c = 0; c < 2; c++)
        for (size_t s = 0; s < 4; s++) {
            int status = staffing_live(v, content[c], share[s], &finish);
            if (status) return status;
            double expected = staffing_finish(content[c], 10 * share[s], REACTION);
            worst = fmax(worst, fabs(finish / expected - 1));
        }
    validate_expect(f, 0, 0.005);
    f->measured = worst;
    f->se = 0;
    return 0;
}

static int staffing_gain(struct validate *v, struct validate_finding *f, double content, double low, double high)
{
    double with = 0, without = 0;
    int status = staffing_live(v, content, 0.5, &with);
    if (!status) status = staffing_live(v, content, 0, &without);
    f->expected_low = low;
    f->expected_high = high;
    f->measured = with - without;
    f->se = 0;
    return status;
}

int validate_staffing_short(struct validate *v, struct validate_finding *f) { return staffing_gain(v, f, 120, 0, (double)INFINITY); }
int validate_staffing_long(struct validate *v, struct validate_finding *f) { return staffing_gain(v, f, 600, -(double)INFINITY, 0); }
