/* schedule.c: a program that is only a schedule, and whose engineers are never too few: the critical path of every world
 *
 *     start_i  = max over predecessors h of (done_h + lag)        done_i = start_i + content_i / pace_i        finish = max done_i
 *     critical = finish - done_i is zero, or a critical successor started because i was done
 *
 * One pass forward and one back over the links (the critical path method), without ticks: the same answer as week.c would give, to rounding,
 * for any tick. Costs and discounts are integrals to the finish. limits.c says when this applies; otherwise the week is lived, tick by tick.
 * An organisation changes nothing in a frictionless program, so one life serves all arms.
 */
#include <string.h>

#include "engine/state.h"

/* Of one batch, and what the sums over worlds need of the whole block. */
struct schedule {
    lane_f *start, *done;            /* [package] week */
    lane_i *critical;                /* [package] */
    float *weeks;                    /* [package][ORGSIM_BLOCK_WORLDS] from start to done */
    float *finish;                   /* [ORGSIM_BLOCK_WORLDS] */
    float *complete;                 /* [ORGSIM_BLOCK_WORLDS] 1 when the world finished, else 0 */
    uint32_t *critical_worlds;       /* [package] */
    lane_f out[ORGSIM_METRIC_COUNT]; /* of the batch; what the schedule does not touch is that of a world in which nothing happens */
};

static lane_f schedule_forward(const struct program *p, const lane_f *content, struct schedule *s)
{
    lane_f finish = lane_set(0.0f);
    for (size_t i = 0; i < p->n_packages; i++) s->start[i] = lane_set(0.0f);
    for (size_t n = 0; n < p->n_packages; n++) {
        uint32_t i = p->order[n];
        const struct program_package *k = &p->packages[i];
        lane_f done = s->start[i] + content[i] * k->weeks_per_pw;
        s->done[i] = done;
        finish = lane_max(finish, done);
        for (uint32_t l = 0; l < k->n_successors; l++) {
            lane_f *next = &s->start[k->successors[l].package];
            *next = lane_max(*next, done + k->successors[l].lag);
        }
    }
    return finish;
}

static void schedule_back(const struct program *p, lane_f finish, struct schedule *s)
{
    for (size_t n = p->n_packages; n-- > 0;) {
        uint32_t i = p->order[n];
        const struct program_package *k = &p->packages[i];
        lane_i critical = s->done[i] >= finish;
        for (uint32_t l = 0; l < k->n_successors; l++) {
            uint32_t j = k->successors[l].package;
            critical |= s->critical[j] & (s->done[i] + k->successors[l].lag >= s->start[j]);
        }
        s->critical[i] = critical;
    }
}

/* A package is accepted when its integration starts, or when it is done if it is its own. */
static lane_f schedule_accepted(const struct program *p, size_t i, const struct schedule *s)
{
    uint32_t integrator = p->packages[i].integrator;
    return integrator == i ? s->done[i] : lane_max(s->done[i], s->start[integrator]);
}

/* Weeks from..until of one k a week, discounted to week 0. */
static lane_f schedule_discounted(const struct program *p, lane_f from, lane_f until)
{
    float r = p->discount;
    lane_f weeks = lane_floor_zero(until - from);
    if (r < 1e-4f) return weeks * (1.0f - r * (from + 0.5f * weeks));
    return (lane_exp(-r * from) - lane_exp(-r * (from + weeks))) * (1 / r);
}

/* What week.c would have left of the packages, as far as outcome.c reads it. */
static void schedule_tell_packages(struct batch *b, const struct schedule *s)
{
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct program_package *k = &b->p->packages[i];
        lane_f accepted = schedule_accepted(b->p, i, s);
        b->packages[i].accepted = accepted <= b->p->horizon;
        b->packages[i].accepted_week = lane_select(b->packages[i].accepted, accepted, lane_set(NEVER));
        if (k->penalty_per_week <= 0 || isinf(k->due_week)) continue;
        lane_f until = lane_min(accepted, b->finish_week), due = lane_set(k->due_week);
        b->ledger.penalties += k->penalty_per_week * lane_floor_zero(until - due);
        b->ledger.penalties_discounted += k->penalty_per_week * schedule_discounted(b->p, due, until);
    }
}

static void schedule_money(struct batch *b, struct schedule *s, lane_i complete)
{
    lane_f *out = s->out;
    const struct program *p = b->p;
    lane_f zero = lane_set(0.0f), value = zero;
    float people = 0, managers = 0;
    for (size_t j = 0; j < p->n_teams; j++) {
        people += p->teams[j].engineers;
        managers += p->teams[j].em_cost;
    }
    float weekly = people * p->engineer_cost + managers;
    lane_f cost = p->planned_mitigation_cost + b->finish_week * weekly;
    lane_f discounted = p->planned_mitigation_cost + weekly * schedule_discounted(p, zero, b->finish_week);
    b->ledger.penalties = b->ledger.penalties_discounted = zero;
    if (p->has_penalties || p->n_features > 0) schedule_tell_packages(b, s);
    if (p->has_penalties) outcome_cut_penalties(b, complete);
    if (p->n_features > 0) value = outcome_value(b, complete, zero);
    out[ORGSIM_METRIC_penalties_k] = b->ledger.penalties;
    out[ORGSIM_METRIC_cost_k] = out[ORGSIM_METRIC_cost_without_seats_k] = cost + b->ledger.penalties;
    out[ORGSIM_METRIC_value_k] = value;
    out[ORGSIM_METRIC_npv_k] = value - (discounted + b->ledger.penalties_discounted);
}

/* Overwrites in s->out what the schedule decides. */
static lane_i schedule_outcome(struct batch *b, struct schedule *s, lane_f finish)
{
    lane_f *out = s->out;
    const struct program *p = b->p;
    lane_i complete = finish <= p->horizon;
    b->finish_week = lane_min(finish, lane_set(p->horizon));
    out[ORGSIM_METRIC_finish_week] = b->finish_week;
    out[ORGSIM_METRIC_slip] = b->finish_week * (1 / p->deadline) - 1.0f;
    out[ORGSIM_METRIC_on_time] = lane_one(complete & (b->finish_week <= p->deadline));
    out[ORGSIM_METRIC_censored] = lane_one(lane_not(complete));
    schedule_money(b, s, complete);
    return complete;
}

/* ---- over the worlds of a block: criticality and cruciality ---- */

static void schedule_note(const struct program *p, struct schedule *s, lane_f finish, lane_i complete, size_t from, int lanes)
{
    uint32_t lived = lane_mask_bits(complete) & (uint32_t)((UINT64_C(1) << lanes) - 1);
    for (int l = 0; l < lanes; l++) {
        s->finish[from + (size_t)l] = lane_get(finish, l);
        s->complete[from + (size_t)l] = lived >> l & 1 ? 1.0f : 0.0f;
    }
    schedule_back(p, finish, s);
    for (size_t i = 0; i < p->n_packages; i++) {
        lane_f weeks = s->done[i] - s->start[i];
        memcpy(s->weeks + i * ORGSIM_BLOCK_WORLDS + from, &weeks, (size_t)lanes * sizeof(float));
        s->critical_worlds[i] += (uint32_t)__builtin_popcount(lane_mask_bits(s->critical[i]) & lived);
    }
}

#define SCHEDULE_SUMS 16 /* partial sums, the same in every kernel, so that all add in the same order */

static double schedule_total(const double partial[SCHEDULE_SUMS])
{
    double sum = 0;
    for (int c = 0; c < SCHEDULE_SUMS; c++) sum += partial[c];
    return sum;
}

/* Sums of x, x y and x x over the complete worlds; y NULL: of x alone. */
static void schedule_sums(const struct schedule *s, const float *x, const float *y, double *sum, double *product, double *square)
{
    double a[SCHEDULE_SUMS] = {0}, b[SCHEDULE_SUMS] = {0}, c[SCHEDULE_SUMS] = {0};
    for (size_t w = 0; w < ORGSIM_BLOCK_WORLDS; w += SCHEDULE_SUMS)
        for (size_t n = 0; n < SCHEDULE_SUMS; n++) {
            double here = (double)x[w + n] * (double)s->complete[w + n];
            a[n] += here;
            b[n] += here * (double)y[w + n];
            c[n] += here * here;
        }
    *sum = schedule_total(a);
    *product = schedule_total(b);
    *square = schedule_total(c);
}

/* Adds the block to the sums of every organisation: [organisation][package]. */
static void schedule_report(const struct program *p, const struct schedule *s, struct package_sums *sums, size_t n_organisations)
{
    struct package_sums own = {0};
    double unused;
    schedule_sums(s, s->finish, s->finish, &own.finish, &unused, &own.finish2);
    for (size_t w = 0; w < ORGSIM_BLOCK_WORLDS; w++) own.n += (double)s->complete[w];
    for (size_t i = 0; i < p->n_packages; i++) {
        schedule_sums(s, s->weeks + i * ORGSIM_BLOCK_WORLDS, s->finish, &own.duration, &own.product, &own.duration2);
        for (size_t o = 0; o < n_organisations; o++) {
            struct package_sums *to = &sums[o * p->n_packages + i];
            to->critical += (double)s->critical_worlds[i];
            to->n += own.n;
            to->duration += own.duration;
            to->duration2 += own.duration2;
            to->finish += own.finish;
            to->finish2 += own.finish2;
            to->product += own.product;
        }
    }
}

/* Before a block. */
static void schedule_begin(struct batch *b, struct schedule *s)
{
    memset(s->complete, 0, ORGSIM_BLOCK_WORLDS * sizeof *s->complete);
    memset(s->critical_worlds, 0, b->p->n_packages * sizeof *s->critical_worlds);
    for (size_t i = 0; i < b->p->n_packages; i++) b->n->content[i] = lane_set(1.0f);
    week_reset(b);
    outcome_make(b, s->out);
}

/* ---- what is followed week by week, and told ---- */

static lane_f schedule_progress(const struct batch *b, const struct schedule *s, float week)
{
    lane_f done = lane_set(0.0f), all = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        lane_f weeks = lane_max(s->done[i] - s->start[i], lane_set(1e-20f));
        done += b->n->content[i] * lane_unit((week - s->start[i]) / weeks);
        all += b->n->content[i];
    }
    return done / lane_max(all, lane_set(1e-6f));
}

/* timeline: [week][metric][stride]; all but the progress is zero when nothing happens. */
static void schedule_record(const struct batch *b, const struct schedule *s, float *timeline, size_t stride, int lanes)
{
    for (int week = 0; week <= b->p->horizon_weeks; week++) {
        lane_f progress = schedule_progress(b, s, (float)week);
        for (int m = 0; m < ORGSIM_TIMELINE_COUNT; m++)
            for (int l = 0; l < lanes; l++)
                timeline[((size_t)week * ORGSIM_TIMELINE_COUNT + (size_t)m) * stride + (size_t)l] =
                    m == ORGSIM_TIMELINE_progress_true ? lane_get(progress, l) : 0.0f;
    }
}

static void schedule_tell(const struct batch *b, const struct schedule *s, lane_i complete)
{
    const lane_f none = lane_set(0.0f);
    float horizon = b->p->horizon;
    if (LANES != 1 || !b->trace) return;
    for (size_t i = 0; i < b->p->n_packages; i++) {
        uint32_t integrator = b->p->packages[i].integrator;
        lane_f accepted = schedule_accepted(b->p, i, s), integrated = integrator == i ? s->done[i] : s->start[integrator];
        trace_fact(b, ORGSIM_EVENT_started, i, s->start[i] < horizon, s->start[i], none, none);
        trace_fact(b, ORGSIM_EVENT_done, i, s->done[i] <= horizon, s->done[i], none, none);
        trace_fact(b, ORGSIM_EVENT_integrated, i, integrated <= horizon, integrated, none, none);
        trace_fact(b, ORGSIM_EVENT_accepted, i, accepted <= horizon, accepted, none, none);
    }
    trace_fact(b, ORGSIM_EVENT_finished, 0, complete, b->finish_week, none, none);
    trace_fact(b, ORGSIM_EVENT_censored, 0, lane_not(complete), lane_set(horizon), none, none);
}
