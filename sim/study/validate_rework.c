/* validate_rework.c: the rework cycle without noise against its differential equations, and work that is conserved
 *
 *     dR/dt = -(w - w_B)              content, worked on when no known rework is left
 *     dB/dt = d U - w_B               known rework, worked on first
 *     dU/dt = (1 - q) w - d U         hidden rework; at integration eta U of it comes to light at once, and d becomes d_int
 */
#include <math.h>

#include "study/validate.h"
#include "study/validate_lab.h"

struct cycle {
    double content, pace, q, d0, d_int, eta, tolerance;
    double R, B, U, on_rework, now, finish;
    bool integrated;
};

struct slope {
    double R, B, U, on_rework;
};

static struct slope slope_of(const struct cycle *c, double B, double U)
{
    double found = U * (c->integrated ? c->d_int : c->d0), rework = B > 0 ? c->pace : fmin(found, c->pace);
    double content = c->R > 0 ? c->pace - rework : 0;
    return (struct slope){.R = -content, .B = found - rework, .U = (1 - c->q) * (content + rework) - found, .on_rework = rework};
}

/* Runge and Kutta's step of fourth order. */
static void cycle_step(struct cycle *c, double dt)
{
    struct slope a = slope_of(c, c->B, c->U), b = slope_of(c, c->B + dt / 2 * a.B, c->U + dt / 2 * a.U);
    struct slope e = slope_of(c, c->B + dt / 2 * b.B, c->U + dt / 2 * b.U), g = slope_of(c, c->B + dt * e.B, c->U + dt * e.U);
    c->R = fmax(0, c->R + dt / 6 * (a.R + 2 * b.R + 2 * e.R + g.R));
    c->B = fmax(0, c->B + dt / 6 * (a.B + 2 * b.B + 2 * e.B + g.B));
    c->U += dt / 6 * (a.U + 2 * b.U + 2 * e.U + g.U);
    c->on_rework += dt / 6 * (a.on_rework + 2 * b.on_rework + 2 * e.on_rework + g.on_rework);
    c->now += dt;
}

static struct cycle cycle_solve(void)
{
    struct cycle c = {
        .content = 500, .pace = 10, .q = 0.8, .d0 = 0.05, .d_int = 0.35, .eta = 0.7, .tolerance = 0.01, .R = 500, .finish = (double)INFINITY};
    while (isinf(c.finish)) {
        cycle_step(&c, 1.0 / 4096);
        if (c.R > 0 || c.B > 0) continue;
        if (!c.integrated) {
            c.integrated = true;
            c.B = c.eta * c.U;
            c.U -= c.B;
        } else if (c.U <= c.tolerance * c.content) c.finish = c.now;
    }
    return c;
}

static int cycle_live(struct validate_lab *lab, struct validate *v)
{
    const struct validate_case of = {.settings = (const char *const[]){VALIDATE_CALM, "q0=0.8", "q_min=0.6", "d0=0.05", "d_int=0.35",
                                                                       "eta_int=0.7", "u_tol=0.01", "gamma=0", NULL},
                                     .worlds = ORGSIM_BLOCK_WORLDS,
                                     .ticks_per_week = 8};
    return validate_lab_live(lab, v, &of);
}

int validate_rework_finish(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = cycle_live(&lab, v);
    const struct cycle c = cycle_solve();
    if (!status) f->measured = validate_lab_mean(&lab, 0, ORGSIM_METRIC_finish_week);
    validate_expect(f, c.finish, 0.005 * c.finish); /* an eighth of a week promises half a percent */
    validate_lab_close(&lab);
    return status;
}

int validate_rework_amount(struct validate *v, struct validate_finding *f)
{
    struct validate_lab lab = {0};
    int status = cycle_live(&lab, v);
    const struct cycle c = cycle_solve();
    if (!status) {
        double share = validate_lab_mean(&lab, 0, ORGSIM_METRIC_rework_share);
        f->measured = share / (1 - share) * c.content;
    }
    validate_expect(f, c.on_rework, 0.005 * c.on_rework);
    validate_lab_close(&lab);
    return status;
}

/* Everybody works without a pause until the end, at drawn efforts and with drawn mistakes: person-weeks at work, less those on rework, are the
 * content, which is the length without mistakes. The same worlds, once with mistakes and once without. */
int validate_work_conserved(struct validate *v, struct validate_finding *f)
{
    struct validate_lab with, without = {0};
    const char *const mistakes[] = {VALIDATE_CALM, "s_prog=0.3", "q0=0.75", "d0=0.1", "d_int=1e6", "eta_int=1", NULL};
    const char *const none[] = {VALIDATE_CALM, "s_prog=0.3", NULL};
    struct validate_case of = {.settings = mistakes, .worlds = validate_worlds(v, 4096), .ticks_per_week = 2};
    double worst = 0;
    int status = validate_lab_live(&with, v, &of);
    of.settings = none;
    if (!status) status = validate_lab_live(&without, v, &of);
    for (size_t w = 0; !status && w < with.worlds; w++) {
        double finish = (double)validate_lab_worlds(&with, 0, ORGSIM_METRIC_finish_week)[w];
        double rework = (double)validate_lab_worlds(&with, 0, ORGSIM_METRIC_rework_share)[w];
        double content = (double)validate_lab_worlds(&without, 0, ORGSIM_METRIC_finish_week)[w];
        worst = fmax(worst, fabs(finish * (1 - rework) / content - 1));
    }
    f->measured = worst;
    validate_expect(f, 0, 2e-3);
    validate_lab_close(&with);
    validate_lab_close(&without);
    return status;
}
