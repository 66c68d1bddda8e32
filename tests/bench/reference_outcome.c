/* reference_outcome.c: what a tick costs, and what a life amounts to (model section 7.22; outcome.c) */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "bench/reference.h"

static double flat_weeks(double r, double weeks) { return r < 1e-4 ? weeks * (1 - r * weeks / 2) : -expm1(-r * weeks) / r; }

/* Discounted weeks of full value from a launch until the value horizon, adoption included. */
double reference_annuity(const struct program *p, double launch)
{
    double r = p->discount, left = fmax(0, p->value_horizon - launch), weeks = flat_weeks(r, left);
    if (p->a.tau_adopt > 0) weeks += expm1(-(r + 1 / p->a.tau_adopt) * left) / (r + 1 / p->a.tau_adopt);
    return weeks * exp(-r * launch);
}

static double late_penalties(const struct reference *r, double end)
{
    double sum = 0;
    for (size_t i = 0; i < r->p->n_packages; i++) {
        const struct program_package *k = &r->p->packages[i];
        if (k->penalty_per_week <= 0) continue;
        double until = r->packages[i].accepted ? fmin(r->packages[i].accepted_week, end) : end;
        sum += k->penalty_per_week * fmax(0, until - fmax(k->due_week, r->t0));
    }
    return sum;
}

static void pay_seats(struct reference *r, double weeks, double discount)
{
    for (size_t q = 0; q < r->o->n_seats; q++) {
        const struct seat *seat = &r->o->seats[q];
        if (!r->seats[q].present) continue;
        r->ledger.seat_cost += weeks * seat->cost_per_week;
        r->ledger.seat_cost_discounted += weeks * seat->cost_per_week * discount;
        if (seat->delivery) r->ledger.delivery_seat_weeks += weeks * seat->fte * discount;
    }
}

void reference_money(struct reference *r, bool ended)
{
    double end = ended ? fmax(r->t0, fmin(r->finish_week, r->t1)) : r->t1, weeks = end - r->t0, discount = r->p->discount_factor[r->tick];
    double people = 0, extra = 0, managers = 0, penalties = late_penalties(r, end);
    for (size_t j = 0; j < r->p->n_teams; j++) {
        double heads = r->teams[j].experienced + r->teams[j].newcomers, added = r->o->extra_engineers[j];
        people += heads;
        extra += heads * added / (r->p->teams[j].engineers + added);
        managers += r->p->teams[j].em_cost;
    }
    double cost = weeks * (people * r->p->engineer_cost + managers + r->o->extra_cost_per_week);
    r->ledger.arm_cost += weeks * (extra * r->p->engineer_cost + r->o->extra_cost_per_week);
    r->ledger.cost += cost;
    r->ledger.cost_discounted += cost * discount;
    r->ledger.penalties += penalties;
    r->ledger.penalties_discounted += penalties * discount;
    pay_seats(r, weeks, discount);
}

/* What was cut or left undone goes on costing its penalty until the value horizon. */
static void lasting_penalties(struct reference *r, double end)
{
    for (size_t i = 0; i < r->p->n_packages; i++) {
        const struct program_package *k = &r->p->packages[i];
        if (k->penalty_per_week <= 0 || r->packages[i].accepted) continue;
        double from = isinf(k->due_week) ? end : fmax(end, k->due_week), weeks = fmax(0, r->p->value_horizon - from);
        r->ledger.penalties += k->penalty_per_week * weeks;
        r->ledger.penalties_discounted += k->penalty_per_week * flat_weeks(r->p->discount, weeks) * exp(-r->p->discount * from);
    }
}

static double launch_of(const struct reference *r, size_t g)
{
    double launch = r->p->incremental ? 0 : r->finished ? r->finish_week : REFERENCE_NEVER;
    for (size_t i = 0; i < r->p->n_packages; i++) {
        if (r->p->packages[i].feature != g) continue;
        if (r->packages[i].dropped) return REFERENCE_NEVER;
        if (r->p->incremental) launch = fmax(launch, r->packages[i].accepted_week);
    }
    return launch;
}

static double delivered_value(const struct reference *r, double escaped)
{
    double value = 0, requested = 0;
    for (size_t g = 0; g < r->p->n_features; g++) {
        double launch = launch_of(r, g);
        if (!r->features[g].dropped && launch < r->p->value_horizon) value += r->features[g].value * reference_annuity(r->p, launch);
    }
    for (size_t i = 0; i < r->p->n_packages; i++)
        if (!r->packages[i].dropped) requested += r->packages[i].request_value;
    if (r->finished) value += requested * reference_annuity(r->p, r->finish_week);
    return value * (1 - r->p->a.escape_cost * fmin(1, r->p->a.escape_slope * escaped));
}

static double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

static void money_metrics(struct reference *r, double *m)
{
    const struct reference_ledger *l = &r->ledger;
    double content = 0, hidden = 0;
    for (size_t i = 0; i < r->p->n_packages; i++) {
        if (!r->packages[i].dropped) content += r->packages[i].content;
        if (r->packages[i].accepted) hidden += r->packages[i].hidden;
    }
    m[ORGSIM_METRIC_escaped_share] = ratio(hidden, content);
    m[ORGSIM_METRIC_cost_without_seats_k] = l->cost + l->penalties;
    m[ORGSIM_METRIC_seat_cost_k] = l->seat_cost;
    m[ORGSIM_METRIC_cost_k] = l->cost + l->penalties + l->seat_cost;
    m[ORGSIM_METRIC_value_k] = delivered_value(r, m[ORGSIM_METRIC_escaped_share]);
    m[ORGSIM_METRIC_npv_k] = m[ORGSIM_METRIC_value_k] - l->cost_discounted - l->penalties_discounted - l->seat_cost_discounted;
    m[ORGSIM_METRIC_penalties_k] = l->penalties;
    m[ORGSIM_METRIC_delivery_seat_weeks] = l->delivery_seat_weeks;
}

static void look_rates(const struct reference_looks *c, double *precision, double *recall, double *dprime)
{
    double above = c->hit + c->miss, team = c->false_alarm + c->correct_hold;
    *precision = (c->hit + 0.5) / (c->hit + c->false_alarm + 1);
    *recall = (c->hit + 0.5) / (above + 1);
    *dprime = gsl_cdf_ugaussian_Pinv((c->seen_above + 0.5) / (above + 1)) - gsl_cdf_ugaussian_Pinv((c->seen_team + 0.5) / (team + 1));
}

static void look_metrics(const struct reference *r, double *m)
{
    struct reference_looks all = {0};
    for (int who = 0; who < REFERENCE_OBSERVERS; who++) {
        const struct reference_looks *c = &r->ledger.looks[who];
        double *rate = m + ORGSIM_METRIC_escalation_precision_team + 3 * who, *count = m + ORGSIM_METRIC_hits_team + 6 * who;
        const double counts[] = {c->hit, c->miss, c->false_alarm, c->correct_hold, c->seen_above, c->seen_team};
        double *sums[] = {&all.hit, &all.miss, &all.false_alarm, &all.correct_hold, &all.seen_above, &all.seen_team};
        look_rates(c, &rate[0], &rate[1], &rate[2]);
        for (int n = 0; n < 6; n++) {
            count[n] = counts[n];
            *sums[n] += counts[n];
        }
    }
    look_rates(&all, &m[ORGSIM_METRIC_escalation_precision], &m[ORGSIM_METRIC_escalation_recall], &m[ORGSIM_METRIC_escalation_dprime]);
}

static void item_metrics(const struct reference *r, double *m)
{
    const struct reference_ledger *l = &r->ledger;
    m[ORGSIM_METRIC_risks_existing] = l->risks_active;
    m[ORGSIM_METRIC_surfaced_before_integration] = ratio(l->risks_surfaced_early, l->risks_active);
    m[ORGSIM_METRIC_surfaced_per_exposure_week] = ratio(l->risks_surfaced, l->exposure_weeks);
    m[ORGSIM_METRIC_risks_realised] = l->risks_realised;
    m[ORGSIM_METRIC_detection_lead_weeks] = ratio(l->lead_weeks, l->risks_active);
    m[ORGSIM_METRIC_escalation_latency_weeks] = ratio(l->latency_weeks, l->decided_above);
    m[ORGSIM_METRIC_false_alarms] = l->false_alarms;
    m[ORGSIM_METRIC_decision_closure_rate] = ratio(l->questions_closed, l->questions_opened);
    m[ORGSIM_METRIC_decision_weeks] = ratio(l->question_weeks, l->questions_opened);
    m[ORGSIM_METRIC_decision_debt_weeks] = l->question_weeks;
    m[ORGSIM_METRIC_decision_debt_interest_k] = l->interest_work * r->p->engineer_cost;
    m[ORGSIM_METRIC_trust_end] = r->trust_followed;
    m[ORGSIM_METRIC_forum_hours] = l->forum_hours;
    m[ORGSIM_METRIC_closure_rate_week8] = l->closure_week8;
    m[ORGSIM_METRIC_detection_lead_week8] = l->lead_week8;
    m[ORGSIM_METRIC_false_alarms_week8] = l->false_alarms_week8;
    m[ORGSIM_METRIC_features_dropped] = l->features_dropped;
    m[ORGSIM_METRIC_requests_accepted] = l->requests_accepted;
}

static void people_metrics(const struct reference *r, double *m)
{
    const struct reference_ledger *l = &r->ledger;
    m[ORGSIM_METRIC_coordination_absorbed_h] = l->absorbed_h;
    m[ORGSIM_METRIC_coordination_em_h] = l->em_h;
    m[ORGSIM_METRIC_coordination_engineers_h] = l->engineers_h;
    m[ORGSIM_METRIC_coordination_pm_h] = l->pm_h;
    m[ORGSIM_METRIC_focus_loss] = ratio(l->focus_loss, l->active_team_weeks);
    m[ORGSIM_METRIC_rework_share] = ratio(l->rework_work, l->work);
    m[ORGSIM_METRIC_watermelon_weeks] = l->watermelon;
    m[ORGSIM_METRIC_gap_unknown_weeks] = ratio(l->gap_unknown, l->reports);
    m[ORGSIM_METRIC_gap_silent_weeks] = ratio(l->gap_silent, l->reports);
    m[ORGSIM_METRIC_reports_biased_share] = ratio(l->biased_reports, l->team_reports);
    m[ORGSIM_METRIC_engineers_left] = l->engineers_left;
    m[ORGSIM_METRIC_engineer_attrition_per_year] = ratio(52 * l->engineers_left, l->engineer_weeks);
    m[ORGSIM_METRIC_seats_left] = l->seats_left;
    m[ORGSIM_METRIC_seat_vacant_weeks] = l->vacant_weeks;
    m[ORGSIM_METRIC_wrong_hires] = l->wrong_hires;
}

void reference_outcome(struct reference *r, double m[ORGSIM_METRIC_COUNT])
{
    double end = r->finished ? r->finish_week : r->stop_week;
    for (size_t k = 0; k < r->p->n_items; k++) {
        if (!reference_open(&r->items[k])) continue;
        double weeks = fmax(0, end - r->items[k].active_week);
        if (r->p->items[k].kind == ITEM_QUESTION) r->ledger.question_weeks += weeks;
        if (r->p->items[k].kind == ITEM_RISK) r->ledger.exposure_weeks += weeks;
    }
    m[ORGSIM_METRIC_finish_week] = r->finished ? r->finish_week : r->p->horizon;
    m[ORGSIM_METRIC_slip] = m[ORGSIM_METRIC_finish_week] / r->p->deadline - 1;
    m[ORGSIM_METRIC_on_time] = r->finished && r->finish_week <= r->p->deadline;
    m[ORGSIM_METRIC_cancelled] = r->cancelled;
    m[ORGSIM_METRIC_censored] = r->censored;
    lasting_penalties(r, end);
    money_metrics(r, m);
    look_metrics(r, m);
    item_metrics(r, m);
    people_metrics(r, m);
}
