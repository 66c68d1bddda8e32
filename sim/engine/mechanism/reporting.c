/* reporting.c: what is true, what is known, what is said
 *
 * Every fortnight, for each package with x = 1 - R/content:
 *     true share  [1 - (R + B + U)/content]01        known share  1 - ((1 - x) tk + B)/tk,  tk = est + (content - est) x     (the 90 % syndrome)
 *     a team's report is biased with probability p_bias (1 - psi alpha_T E_T); then with p_opt it hides b_hide of the shortfall against plan,
 *     else it says 0.95 of what is known
 *     forecast by earned schedule  F = max(t, t T_plan / max(t_es, 0.3 t)),  t_es = plan^-1(share)
 *     gap_unknown = F_true - F_known (nobody knew);  gap_silent = F_known - F_reported (somebody knew and did not say)
 *     watermelon: reported slip under 10 %, true slip over 25 %;  optimism = [reported share - known share]+
 *
 * Reads    packages, delivery attention and empowerment
 * Writes   forecast_reported, reported_share, optimism, ledger
 * Registry p_bias p_opt hide pess psi es_floor wm_green wm_red
 * Source   biased reports: Snow, Keil & Wallace 2007; 90 % syndrome: Ford & Sterman 2003; earned schedule: Lipke 2003
 * Lever    reporting=off: psi = 0 for delivery seats
 */
#include "engine/state.h"

#define REPORT_WEEKS 2

struct shares { lane_f truth, known, reported; };

/* Adds the package to its team's shares, weighted by its estimate. */
static void reporting_package(struct batch *b, size_t i)
{
    struct team_state *team = &b->teams[b->p->packages[i].team];
    const struct package_state *s = &b->packages[i];
    lane_i kept = lane_not(s->dropped);
    lane_f content = s->content, x = 1.0f - s->remaining / content;
    lane_f perceived = s->estimate + (content - s->estimate) * x;
    lane_f known = lane_unit(1.0f - ((1.0f - x) * perceived + s->rework) / lane_max(perceived, lane_set(1e-6f)));
    lane_f truth = lane_unit(1.0f - (s->remaining + s->rework + s->hidden) / content);
    lane_f w = lane_keep(kept, s->estimate);
    team->report_truth += w * truth;
    team->report_known += w * known;
    team->report_weight += w;
}

static lane_f reporting_said(struct batch *b, size_t j, int report, lane_f known)
{
    const struct constants *a = &b->p->a;
    const struct role_state *delivery = &b->roles[ROLE_DELIVERY];
    lane_u raw[4];
    draw_lanes(&b->n->source, STREAM_REPORT, (uint32_t)j, (uint32_t)report, raw);
    lane_f honest = b->o->lever[ORGSIM_LEVER_reporting] * a->psi * delivery->attention * delivery->empowerment;
    lane_i biased = lane_uniform(raw[0]) < a->p_bias * (1.0f - honest), optimistic = lane_uniform(raw[1]) < a->p_opt;
    float planned = b->p->planned_share[j * ((size_t)b->p->horizon_weeks + 1) + (size_t)b->week];
    lane_f rosy = known + a->hide * lane_floor_zero(planned - known);
    b->ledger.team_reports += lane_one(b->alive);
    b->ledger.biased_reports += lane_one(b->alive & biased);
    return lane_select(biased, lane_select(optimistic, rosy, a->pess * known), known);
}

/* Week of the plan at which this share of the effort was to be done. */
static lane_f reporting_planned_week(const struct program *p, lane_f share)
{
    lane_f at = lane_unit(share) * (float)PLAN_CURVE, low, high;
    lane_i cell = lane_to_int(at);
    cell = lane_select_i(cell >= PLAN_CURVE, lane_set_i(PLAN_CURVE - 1), cell);
    for (int l = 0; l < LANES; l++) {
        lane_put(low, l, p->plan.curve_time[lane_get(cell, l)]);
        lane_put(high, l, p->plan.curve_time[lane_get(cell, l) + 1]);
    }
    return low + (at - lane_to_float(cell)) * (high - low);
}

static lane_f reporting_forecast(const struct batch *b, lane_f share)
{
    float t = b->t0;
    lane_f earned = lane_max(reporting_planned_week(b->p, share), lane_set(b->p->a.es_floor * t));
    return lane_max(t * b->p->plan_weeks / earned, lane_set(t));
}

/* Sums over teams; each team's saying is drawn only when it reports. */
static struct shares reporting_sum(struct batch *b, int report)
{
    struct shares all = {lane_set(0.0f), lane_set(0.0f), lane_set(0.0f)};
    lane_f total = lane_set(0.0f);
    for (size_t j = 0; j < b->p->n_teams; j++) b->teams[j].report_weight = b->teams[j].report_truth = b->teams[j].report_known = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) reporting_package(b, i);
    for (size_t j = 0; j < b->p->n_teams; j++) {
        const struct team_state *team = &b->teams[j];
        all.truth += team->report_truth;
        all.known += team->report_known;
        if (report >= 0) all.reported += team->report_weight * reporting_said(b, j, report, team->report_known / lane_max(team->report_weight, lane_set(1e-6f)));
        total += team->report_weight;
    }
    lane_f inverse = 1.0f / lane_max(total, lane_set(1e-6f));
    return (struct shares){all.truth * inverse, all.known * inverse, all.reported * inverse};
}

static void reporting_step(struct batch *b)
{
    if (b->p->frictionless || b->t0 <= 0 || b->tick % (REPORT_WEEKS * b->p->ticks_per_week) != 0) return;
    const struct constants *a = &b->p->a;
    struct shares share = reporting_sum(b, b->week / REPORT_WEEKS);
    lane_f truth = reporting_forecast(b, share.truth), known = reporting_forecast(b, share.known);
    lane_f said = reporting_forecast(b, share.reported);
    float first = b->p->deadline;
    lane_i melon = (said < first * (1 + a->wm_green)) & (truth > first * (1 + a->wm_red));
    trace_event(b, ORGSIM_EVENT_reported, 0, b->alive, lane_set(b->t0), ORGSIM_WHO_NOBODY, said, truth, known);
    b->forecast_reported = said;
    b->reported_share = lane_select(b->alive, share.reported, b->reported_share);
    b->optimism = lane_floor_zero(share.reported - share.known);
    b->ledger.reports += lane_one(b->alive);
    b->ledger.gap_unknown += lane_keep(b->alive, truth - known);
    b->ledger.gap_silent += lane_keep(b->alive, known - said);
    b->ledger.watermelon += lane_keep(b->alive & melon, lane_set(REPORT_WEEKS));
}
