/* outcome.c: what a life amounts to: the metrics of one batch
 *
 *     value = sum of v_g (1 - exp(-t/tau_a)) discounted, from launch to the value horizon, times 1 - c_esc min(1, 4 escaped share)
 *     rates of first looks per world use (n + 1/2) / (N + 1); d' = z(hit rate) - z(false-alarm rate); studies pool the counts instead
 */
#include "engine/state.h"

static lane_f outcome_share(lane_f part, lane_f whole) { return lane_select(whole > 0.0f, part / lane_max(whole, lane_set(1e-9f)), lane_set(0.0f)); }

/* Discounted weeks of full value from a launch on, adoption included. */
static lane_f outcome_annuity(const struct program *p, lane_f launch)
{
    float r = p->discount, faster = p->a.tau_adopt > 0 ? r + 1 / p->a.tau_adopt : 0;
    lane_f left = lane_floor_zero(p->value_horizon - launch);
    lane_f flat = r < 1e-4f ? left * (1.0f - 0.5f * r * left) : (1.0f - lane_exp(-r * left)) * (1 / fmaxf(r, 1e-4f));
    if (faster > 0) flat -= (1.0f - lane_exp(-faster * left)) * (1 / faster);
    return flat * lane_exp(-r * launch);
}

/* A feature earns when all its packages were kept and accepted. */
static lane_f outcome_feature_launch(const struct batch *b, size_t g, lane_i complete)
{
    lane_f launch = b->p->incremental ? lane_set(0.0f) : lane_select(complete, b->finish_week, lane_set(NEVER));
    for (size_t i = 0; i < b->p->n_packages; i++) {
        if (b->p->packages[i].feature != g) continue;
        lane_f ready = b->p->incremental ? b->packages[i].accepted_week : launch;
        launch = lane_max(launch, lane_select(b->packages[i].dropped, lane_set(NEVER), ready));
    }
    return launch;
}

static lane_f outcome_value(const struct batch *b, lane_i complete, lane_f escaped)
{
    const struct constants *a = &b->p->a;
    lane_f requested = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++)
        requested += lane_select(b->packages[i].dropped, lane_set(0.0f), b->packages[i].request_value);
    lane_f value = lane_keep(complete, requested * outcome_annuity(b->p, b->finish_week));
    for (size_t g = 0; g < b->p->n_features; g++) {
        lane_f launch = outcome_feature_launch(b, g, complete);
        lane_i earns = lane_not(b->features[g].dropped) & (launch < b->p->value_horizon);
        value += lane_keep(earns, b->n->features[g].value * outcome_annuity(b->p, lane_select(earns, launch, lane_set(0.0f))));
    }
    return value * (1.0f - a->escape_cost * lane_min(a->escape_slope * escaped, lane_set(1.0f)));
}

/* What was cut, or left undone by a program that ended early, goes on costing its penalty until the value horizon. */
static void outcome_cut_penalties(struct batch *b, lane_i complete)
{
    float r = b->p->discount;
    lane_f end = lane_select(complete, b->finish_week, b->stop_week);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct program_package *k = &b->p->packages[i];
        if (k->penalty_per_week <= 0) continue;
        lane_f from = lane_max(end, lane_set(isinf(k->due_week) ? 0 : k->due_week));
        lane_f weeks = lane_select(b->packages[i].accepted, lane_set(0.0f), lane_floor_zero(b->p->value_horizon - from));
        lane_f discounted = r < 1e-4f ? weeks : (1.0f - lane_exp(-r * weeks)) * (1 / fmaxf(r, 1e-4f));
        b->ledger.penalties += k->penalty_per_week * weeks;
        b->ledger.penalties_discounted += k->penalty_per_week * discounted * lane_exp(-r * lane_min(from, lane_set(NEVER)));
    }
}

static lane_f outcome_dprime(lane_f seen_above, lane_f above, lane_f seen_team, lane_f team)
{
    return lane_normal_quantile((seen_above + 0.5f) / (above + 1.0f)) - lane_normal_quantile((seen_team + 0.5f) / (team + 1.0f));
}

static void outcome_looks(const struct look_counts *c, lane_f *precision, lane_f *recall, lane_f *dprime)
{
    lane_f above = c->hit + c->miss, team = c->false_alarm + c->correct_hold;
    *precision = (c->hit + 0.5f) / (c->hit + c->false_alarm + 1.0f);
    *recall = (c->hit + 0.5f) / (above + 1.0f);
    *dprime = outcome_dprime(c->seen_above, above, c->seen_team, team);
}

static void outcome_escalation(const struct batch *b, lane_f *out)
{
    struct look_counts all = {0};
    for (int w = 0; w < LOOK_OBSERVERS; w++) {
        const struct look_counts *c = &b->ledger.looks[w];
        lane_f *rate = out + ORGSIM_METRIC_escalation_precision_team + 3 * w, *count = out + ORGSIM_METRIC_hits_team + 6 * w;
        outcome_looks(c, &rate[0], &rate[1], &rate[2]);
        count[0] = c->hit;
        count[1] = c->miss;
        count[2] = c->false_alarm;
        count[3] = c->correct_hold;
        count[4] = c->seen_above;
        count[5] = c->seen_team;
        all.hit += c->hit;
        all.miss += c->miss;
        all.false_alarm += c->false_alarm;
        all.correct_hold += c->correct_hold;
        all.seen_above += c->seen_above;
        all.seen_team += c->seen_team;
    }
    outcome_looks(&all, &out[ORGSIM_METRIC_escalation_precision], &out[ORGSIM_METRIC_escalation_recall], &out[ORGSIM_METRIC_escalation_dprime]);
}

static void outcome_money(struct batch *b, lane_f *out, lane_i complete)
{
    const struct ledger *ledger = &b->ledger;
    lane_f content = lane_set(0.0f), hidden = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        content += lane_select(b->packages[i].dropped, lane_set(0.0f), b->packages[i].content);
        hidden += lane_keep(b->packages[i].accepted, b->packages[i].hidden);
    }
    lane_f escaped = outcome_share(hidden, content);
    outcome_cut_penalties(b, complete);
    out[ORGSIM_METRIC_escaped_share] = escaped;
    out[ORGSIM_METRIC_cost_without_seats_k] = ledger->cost + ledger->penalties;
    out[ORGSIM_METRIC_seat_cost_k] = ledger->seat_cost;
    out[ORGSIM_METRIC_cost_k] = out[ORGSIM_METRIC_cost_without_seats_k] + ledger->seat_cost;
    out[ORGSIM_METRIC_value_k] = outcome_value(b, complete, escaped);
    out[ORGSIM_METRIC_npv_k] = out[ORGSIM_METRIC_value_k] - (ledger->cost_discounted + ledger->penalties_discounted) - ledger->seat_cost_discounted;
    out[ORGSIM_METRIC_penalties_k] = ledger->penalties;
    out[ORGSIM_METRIC_delivery_seat_weeks] = ledger->delivery_seat_weeks;
}

static void outcome_flow(const struct batch *b, lane_f *out)
{
    const struct ledger *l = &b->ledger;
    lane_f open_weeks = l->question_weeks;
    out[ORGSIM_METRIC_risks_existing] = l->risks_active;
    out[ORGSIM_METRIC_surfaced_before_integration] = outcome_share(l->risks_surfaced_early, l->risks_active);
    out[ORGSIM_METRIC_surfaced_per_exposure_week] = outcome_share(l->risks_surfaced, l->exposure_weeks);
    out[ORGSIM_METRIC_risks_realised] = l->risks_realised;
    out[ORGSIM_METRIC_detection_lead_weeks] = outcome_share(l->lead_weeks, l->risks_active);
    out[ORGSIM_METRIC_escalation_latency_weeks] = outcome_share(l->latency_weeks, l->decided_above);
    out[ORGSIM_METRIC_false_alarms] = l->false_alarms;
    out[ORGSIM_METRIC_decision_closure_rate] = outcome_share(l->questions_closed, l->questions_opened);
    out[ORGSIM_METRIC_decision_weeks] = outcome_share(open_weeks, l->questions_opened);
    out[ORGSIM_METRIC_decision_debt_weeks] = open_weeks;
    out[ORGSIM_METRIC_decision_debt_interest_k] = l->interest_work * b->p->engineer_cost;
    out[ORGSIM_METRIC_trust_end] = b->trust_followed;
    out[ORGSIM_METRIC_forum_hours] = l->forum_hours;
    out[ORGSIM_METRIC_closure_rate_week8] = l->closure_week8;
    out[ORGSIM_METRIC_detection_lead_week8] = l->lead_week8;
    out[ORGSIM_METRIC_false_alarms_week8] = l->false_alarms_week8;
    out[ORGSIM_METRIC_features_dropped] = l->features_dropped;
    out[ORGSIM_METRIC_requests_accepted] = l->requests_accepted;
}

static void outcome_people(const struct batch *b, lane_f *out)
{
    const struct ledger *l = &b->ledger;
    out[ORGSIM_METRIC_coordination_absorbed_h] = l->absorbed_h;
    out[ORGSIM_METRIC_coordination_em_h] = l->em_h;
    out[ORGSIM_METRIC_coordination_engineers_h] = l->engineers_h;
    out[ORGSIM_METRIC_coordination_pm_h] = l->pm_h;
    out[ORGSIM_METRIC_focus_loss] = outcome_share(l->focus_loss, l->active_team_weeks);
    out[ORGSIM_METRIC_rework_share] = outcome_share(l->rework_work, l->work);
    out[ORGSIM_METRIC_watermelon_weeks] = l->watermelon;
    out[ORGSIM_METRIC_gap_unknown_weeks] = outcome_share(l->gap_unknown, l->reports);
    out[ORGSIM_METRIC_gap_silent_weeks] = outcome_share(l->gap_silent, l->reports);
    out[ORGSIM_METRIC_reports_biased_share] = outcome_share(l->biased_reports, l->team_reports);
    out[ORGSIM_METRIC_engineers_left] = l->engineers_left;
    out[ORGSIM_METRIC_engineer_attrition_per_year] = outcome_share(l->engineers_left * 52.0f, l->engineer_weeks);
    out[ORGSIM_METRIC_seats_left] = l->seats_left;
    out[ORGSIM_METRIC_seat_vacant_weeks] = l->vacant_weeks;
    out[ORGSIM_METRIC_wrong_hires] = l->wrong_hires;
}

/* Questions and risks that were still open when the world ended have been open until then. */
static void outcome_close_books(struct batch *b, lane_i complete)
{
    lane_f end = lane_select(complete, b->finish_week, b->stop_week);
    for (size_t k = 0; k < b->p->n_items; k++) {
        const struct item_state *s = &b->items[k];
        lane_f weeks = lane_keep(item_open(s->life), lane_floor_zero(end - s->active_week));
        if (b->p->items[k].kind == ITEM_QUESTION) b->ledger.question_weeks += weeks;
        if (b->p->items[k].kind == ITEM_RISK) b->ledger.exposure_weeks += weeks;
    }
}

static void outcome_make(struct batch *b, lane_f out[ORGSIM_METRIC_COUNT])
{
    lane_i complete = lane_not(b->cancelled | b->censored);
    outcome_close_books(b, complete);
    out[ORGSIM_METRIC_finish_week] = lane_select(complete, b->finish_week, lane_set(b->p->horizon));
    out[ORGSIM_METRIC_slip] = out[ORGSIM_METRIC_finish_week] * (1 / b->p->deadline) - 1.0f;
    out[ORGSIM_METRIC_on_time] = lane_one(complete & (b->finish_week <= b->p->deadline));
    out[ORGSIM_METRIC_cancelled] = lane_one(b->cancelled);
    out[ORGSIM_METRIC_censored] = lane_one(b->censored);
    outcome_money(b, out, complete);
    outcome_escalation(b, out);
    outcome_flow(b, out);
    outcome_people(b, out);
}

/* ---- criticality: the chain of packages that drove the finish of one world ---- */

struct drivers { uint32_t *of; float *week; }; /* [package]: the predecessor that opened it last, and when */

static void outcome_drivers(const struct batch *b, int lane, struct drivers *d)
{
    for (size_t i = 0; i < b->p->n_packages; i++) {
        d->of[i] = UINT32_MAX;
        d->week[i] = -1;
    }
    for (size_t i = 0; i < b->p->n_packages; i++) {
        float done = lane_get(b->packages[i].done_week, lane);
        for (uint32_t l = 0; l < b->p->packages[i].n_successors; l++) {
            const struct program_link *link = &b->p->packages[i].successors[l];
            if (done + link->lag <= d->week[link->package]) continue;
            d->week[link->package] = done + link->lag;
            d->of[link->package] = (uint32_t)i;
        }
    }
}

/* The covered package whose acceptance an integration waited for, if it did. */
static uint32_t outcome_waited_for(const struct batch *b, uint32_t i, int lane)
{
    const struct package_state *s = &b->packages[i];
    uint32_t latest = UINT32_MAX;
    float week = lane_get(s->cleared_week, lane);
    for (uint32_t c = 0; c < b->p->packages[i].n_covers; c++) {
        uint32_t j = b->p->packages[i].covers[c];
        float accepted = lane_get(b->packages[j].accepted_week, lane);
        if (j == i || lane_get(b->packages[j].dropped, lane) || accepted >= NEVER || accepted <= week) continue;
        week = accepted;
        latest = j;
    }
    return latest;
}

static void outcome_critical_path(const struct batch *b, int lane, struct drivers *d, struct package_sums *sums)
{
    uint32_t at = UINT32_MAX, steps = 0;
    float latest = -1;
    for (uint32_t i = 0; i < b->p->n_packages; i++) {
        float accepted = lane_get(b->packages[i].accepted_week, lane);
        if (lane_get(b->packages[i].dropped, lane) || accepted <= latest) continue;
        latest = accepted;
        at = i;
    }
    outcome_drivers(b, lane, d);
    while (at != UINT32_MAX && steps++ < b->p->n_packages) {
        sums[at].critical += 1;
        uint32_t waited = outcome_waited_for(b, at, lane);
        at = waited != UINT32_MAX ? waited : d->of[at];
    }
}

static void outcome_packages(const struct batch *b, int lane, struct drivers *d, struct package_sums *sums)
{
    if (lane_get(b->cancelled, lane) || lane_get(b->censored, lane)) return;
    double finish = lane_get(b->finish_week, lane);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        if (lane_get(b->packages[i].dropped, lane)) continue;
        double duration = (double)lane_get(b->packages[i].cleared_week, lane) - lane_get(b->packages[i].start_week, lane);
        sums[i].n += 1;
        sums[i].duration += duration;
        sums[i].duration2 += duration * duration;
        sums[i].finish += finish;
        sums[i].finish2 += finish * finish;
        sums[i].product += duration * finish;
    }
    outcome_critical_path(b, lane, d, sums);
}
