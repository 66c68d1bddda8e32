/* reference_work.c: hidden mistakes, the teams' work, and when a package counts as finished (model sections 7.7, 7.8, 7.17) */
#include <math.h>

#include "bench/reference.h"

#define LEAST_WORK 1e-4 /* person-weeks: less than this starts nothing */

bool reference_closed(const struct reference_package *s) { return s->accepted || s->dropped; }

/* ---- hidden mistakes ---- */

void reference_rework_add(struct reference *r, size_t i, double amount)
{
    if (!reference_closed(&r->packages[i])) r->packages[i].rework += amount;
}

/* A share of the hidden mistakes is found and returns at the price of its age. */
static void reveal(struct reference *r, size_t i, double share)
{
    struct reference_package *s = &r->packages[i];
    double age = s->hidden > 1e-9 ? s->hidden_age / s->hidden : 0, found = s->hidden * share;
    s->hidden -= found;
    s->hidden_age *= 1 - share;
    reference_rework_add(r, i, found * exp(fmin(r->p->a.gamma * age, r->p->log_price_cap)));
}

void reference_discovery(struct reference *r)
{
    const struct constants *a = &r->p->a;
    double early = a->d0 + a->d_attn * r->roles[BY_DELIVERY].attention * r->roles[BY_DELIVERY].judgment;
    for (size_t i = 0; i < r->p->n_packages; i++) {
        struct reference_package *s = &r->packages[i];
        if (!s->started || reference_closed(s)) continue;
        s->hidden_before = s->hidden;
        if (s->hidden <= 0) continue;
        double rate = s->integration_week < REFERENCE_NEVER ? a->d_int : early;
        double old = -expm1(-rate * r->dt), fresh = -expm1(-1.5 * rate * r->dt);
        double fresh_part = fmin(1, s->hidden_fresh / s->hidden);
        s->hidden_age += 0.5 * r->dt * s->hidden_fresh;
        reveal(r, i, old + fresh_part * (fresh - old));
        s->hidden_age += r->dt * s->hidden;
        s->hidden_fresh = 0;
    }
}

static double team_quality(const struct reference *r, size_t j)
{
    const struct constants *a = &r->p->a;
    const struct reference_team *team = &r->teams[j];
    return a->q0 * (1 - a->d_press * r->pressure) * (1 - a->d_new * team->newcomers / fmax(team->experienced + team->newcomers, 1e-6));
}

/* The mistakes that this much work leaves in package i. */
static void leave_mistakes(struct reference *r, size_t i, double work)
{
    const struct constants *a = &r->p->a;
    struct reference_package *s = &r->packages[i];
    double untainted = r->teams[r->p->packages[i].team].quality * pow(1 - a->d_mis, s->hidden_mismatches < 2 ? s->hidden_mismatches : 2);
    double quality = fmax(a->q_min, untainted * pow(1 - a->d_dec, s->open_questions < 3 ? s->open_questions : 3));
    s->hidden += (1 - quality) * work;
    s->hidden_fresh += (1 - quality) * work;
    r->ledger.interest_work += (fmax(a->q_min, untainted) - quality) * work;
}

/* ---- work ---- */

static void set_capacity(struct reference *r)
{
    const struct constants *a = &r->p->a;
    for (size_t j = 0; j < r->p->n_teams; j++) {
        struct reference_team *t = &r->teams[j];
        double heads = fmax(t->experienced + t->newcomers, 0.5), effective = fmax(t->experienced + (a->prod_new - a->mentor) * t->newcomers, 0.5);
        double calendar = r->p->calendar[j * ((size_t)r->p->horizon_weeks + 1) + (size_t)r->week];
        double pace = calendar * (1 - t->focus_loss) * t->noise;
        t->per_head = pace * effective / heads;
        t->capacity = t->tick_capacity = effective * pace * r->dt;
        t->tick_rework = 0;
        t->quality = team_quality(r, j);
    }
}

void reference_latch_done(struct reference *r, size_t i, double week)
{
    const struct program_package *k = &r->p->packages[i];
    r->packages[i].done = true;
    r->packages[i].done_week = week;
    for (uint32_t l = 0; l < k->n_successors; l++) {
        struct reference_package *next = &r->packages[k->successors[l].package];
        next->waiting--;
        next->again = true;
        next->ready_week = fmax(next->ready_week, week + k->successors[l].lag);
    }
}

static void reach_integration(struct reference *r, size_t i, double week)
{
    const struct constants *a = &r->p->a;
    struct reference_package *s = &r->packages[i];
    if (s->dropped || s->integration_week < REFERENCE_NEVER) return;
    s->integration_week = week;
    s->integrating = s->again = true;
    reveal(r, i, 1 - (1 - a->eta_int) * exp(-a->d_int * (r->t1 - week)));
    s->hidden_fresh = 0;
}

static void finish_work(struct reference *r, size_t i, double cleared)
{
    const struct program_package *k = &r->p->packages[i];
    struct reference_package *s = &r->packages[i];
    s->cleared_week = cleared;
    if (k->integrator == i) reach_integration(r, i, cleared);
    if (!s->done && (!k->integrates || s->covered_left <= 0)) reference_latch_done(r, i, fmax(cleared, s->covered_accepted_week));
}

static void note_progress(struct reference *r, struct reference_package *s, double from, double left)
{
    if (s->worked_to <= r->t0) {
        s->progress_from = 1 - s->remaining / s->content;
        s->worked_from = from;
    }
    s->progress_to = 1 - left / s->content;
}

static void do_work(struct reference *r, size_t i, double from)
{
    const struct program_package *k = &r->p->packages[i];
    struct reference_package *s = &r->packages[i];
    struct reference_team *team = &r->teams[k->team];
    double span = r->t1 - from, load = s->remaining + s->rework, available = fmin(k->max_engineers * team->per_head * span, team->capacity);
    if (available <= LEAST_WORK) return;
    bool finished = available >= load;
    double work = fmin(available, load), on_rework = fmin(work, s->rework), cleared = from + span * work / available;
    double left = finished ? 0 : s->remaining - (work - on_rework);
    note_progress(r, s, from, left);
    s->rework = finished ? 0 : s->rework - on_rework;
    s->remaining = left;
    s->worked_to = finished ? cleared : r->t1;
    s->worked_tick = r->tick;
    s->worked += work;
    s->started = true;
    team->capacity -= work;
    team->tick_rework += on_rework;
    r->ledger.work += work;
    r->ledger.rework_work += on_rework;
    leave_mistakes(r, i, work);
    if (finished) finish_work(r, i, cleared);
}

static void work_on(struct reference *r, size_t i)
{
    const struct program_package *k = &r->p->packages[i];
    struct reference_package *s = &r->packages[i];
    if (s->waiting > 0 || reference_closed(s)) return;
    double from = fmax(fmax(s->ready_week, s->blocked_until), fmax(s->worked_to, r->t0));
    if (s->integration_week < r->t1) from = fmax(from, s->integration_week);
    if (from >= r->t1) return;
    if (k->integrates && !s->started)
        for (uint32_t c = 0; c < k->n_covers; c++)
            if (k->covers[c] != i) reach_integration(r, k->covers[c], from);
    if (s->remaining + s->rework > 0) do_work(r, i, from);
}

void reference_work(struct reference *r)
{
    const struct program *p = r->p;
    set_capacity(r);
    for (size_t n = 0; n < p->n_packages; n++)
        if (!p->incremental || r->packages[p->order[n]].promoted) work_on(r, p->order[n]);
    for (size_t n = 0; n < p->n_packages && p->incremental; n++)
        if (!r->packages[p->order[n]].promoted) work_on(r, p->order[n]);
}

/* What came back or opened inside the tick goes on with the rest of it. */
void reference_work_again(struct reference *r)
{
    for (size_t n = 0; n < r->p->n_packages; n++) {
        size_t i = r->p->order[n];
        if (!r->packages[i].again) continue;
        r->packages[i].again = false;
        work_on(r, i);
    }
}

/* ---- acceptance ---- */

void reference_tell_integrator(struct reference *r, size_t i, double week)
{
    size_t integrator = r->p->packages[i].integrator;
    struct reference_package *s = &r->packages[integrator];
    s->covered_left--;
    s->covered_accepted_week = fmax(s->covered_accepted_week, week);
    if (s->covered_left <= 0 && s->started && !s->done && !s->dropped && s->remaining + s->rework <= 0)
        reference_latch_done(r, integrator, fmax(s->cleared_week, s->covered_accepted_week));
}

/* The moment at which the hidden mistakes fell below what is tolerated, inside this tick; 0: before it. */
static double crossing(const struct reference *r, const struct reference_package *s, double tolerance)
{
    if (s->hidden_before <= tolerance || s->hidden >= s->hidden_before) return 0;
    double part = log(s->hidden_before / fmax(tolerance, 1e-20)) / log(s->hidden_before / fmax(s->hidden, 1e-20));
    return r->t0 + r->dt * fmin(1, fmax(0, part));
}

void reference_acceptance(struct reference *r)
{
    for (size_t i = 0; i < r->p->n_packages; i++) {
        struct reference_package *s = &r->packages[i];
        double tolerance = r->p->a.u_tol * s->content;
        if (!s->integrated || reference_closed(s) || s->remaining + s->rework > 0 || s->hidden > tolerance) continue;
        s->accepted_week = fmax(fmax(s->cleared_week, s->integration_week), crossing(r, s, tolerance));
        if (s->hidden_before > tolerance) s->hidden = tolerance;
        s->accepted = true;
        r->packages_left--;
        reference_tell_integrator(r, i, s->accepted_week);
    }
}
