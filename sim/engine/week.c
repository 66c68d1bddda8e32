/* week.c: one week in the program, in the order in which it happens
 *
 * This table is the model. Each line is one file of mechanism/, which states what happens in the organisation, its equation and its source.
 * Every mechanism reads what the ones before it wrote. A tick is a half, a quarter or an eighth of a week; what is drawn again and again
 * (reports, reviews, noise, meetings) hangs on the calendar and not on the tick.
 */
#include "engine/state.h"

struct mechanism { const char *name; void (*step)(struct batch *b); const char *what; };

static const struct mechanism week_mechanisms[] = {
    {"reporting", reporting_step, "what is true, what is known, what is said (every fortnight)"},
    {"management", management_step, "the reaction to what is reported: pressure, reinforcement, cuts, a new date, cancellation"},
    {"product", product_step, "requests arrive; reviews drop what is not worth it"},
    {"seats", seats_step, "who is here, and what is their time spent on"},
    {"criticality", criticality_step, "which teams hold up the end, where that is asked"},
    {"coordination", coordination_step, "the load of interfaces and open items, and who carries it"},
    {"attention", attention_step, "how much a program-wide seat sees"},
    {"rework", rework_discovery_step, "hidden mistakes are found, at the price of their age"},
    {"work", work_step, "teams work on what is ready and leave new mistakes"},
    {"work", work_again_step, "what came back from integration goes on with the rest of the tick"},
    {"activation", activation_step, "work uncovers dormant risks, questions and mismatches"},
    {"realisation", realisation_step, "risks strike"},
    {"closing", closing_step, "teams settle what is theirs"},
    {"detection", detection_step, "somebody notices"},
    {"judgment", judgment_step, "surface now, or let the team own it?"},
    {"escalation", escalation_step, "prepared, queued, heard in a forum"},
    {"decision", decision_step, "decided, rightly or not"},
    {"integration", integration_step, "what comes to light when the parts are put together"},
    {"acceptance", acceptance_step, "packages that count as finished"},
    {"work", work_again_step, "what that opened goes on with the rest of the tick"},
    {"activation", activation_step, "and what that work uncovers"},
    {"trust", trust_step, "trust fades towards where it started"},
    {"turnover", turnover_step, "engineers leave, newcomers learn"},
    {"rigour", rigour_step, "operational rigour grows and fades"},
    {"ending", ending_step, "worlds that are finished"},
    {"money", money_step, "what the tick cost"},
};

static void week_record(struct batch *b)
{
    lane_f done = lane_set(0.0f), all = lane_set(0.0f);
    for (size_t i = 0; i < b->p->n_packages; i++) {
        const struct package_state *s = &b->packages[i];
        lane_f weight = lane_select(s->dropped, lane_set(0.0f), s->content);
        done += lane_select(s->dropped, lane_set(0.0f), lane_floor_zero(s->content - s->remaining - s->rework - s->hidden));
        all += weight;
    }
    lane_f row[ORGSIM_TIMELINE_COUNT] = {
        [ORGSIM_TIMELINE_progress_true] = done / lane_max(all, lane_set(1e-6f)), [ORGSIM_TIMELINE_progress_reported] = b->reported_share,
        [ORGSIM_TIMELINE_open_decisions] = b->open_decisions, [ORGSIM_TIMELINE_latent_risks] = b->latent_risks,
        [ORGSIM_TIMELINE_surfaced_risks] = b->surfaced_risks, [ORGSIM_TIMELINE_coordination_hours] = lane_keep(b->alive, b->coordination_load),
        [ORGSIM_TIMELINE_trust] = b->trust_followed};
    for (int m = 0; m < ORGSIM_TIMELINE_COUNT; m++)
        for (int l = 0; l < LANES; l++)
            b->timeline[((size_t)b->week * ORGSIM_TIMELINE_COUNT + (size_t)m) * b->timeline_stride + (size_t)l] = lane_get(row[m], l);
}

/* Leading indicators, read eight weeks in. */
static void week_eight(struct batch *b)
{
    lane_f lead = lane_set(0.0f), known = lane_set(0.0f);
    for (size_t k = 0; k < b->p->n_items; k++) {
        if (b->p->items[k].kind != ITEM_RISK) continue;
        lane_i mine = item_known(b->items[k].life);
        lead += lane_keep(mine, b->t0 - b->items[k].detected_week);
        known += lane_one(mine);
    }
    struct ledger *ledger = &b->ledger;
    ledger->lead_week8 = lane_keep(b->alive, lead / lane_max(known, lane_set(1.0f)));
    ledger->closure_week8 = lane_keep(b->alive, ledger->questions_closed / lane_max(ledger->questions_opened, lane_set(1.0f)));
    ledger->false_alarms_week8 = lane_keep(b->alive, ledger->false_alarms);
}

static void week_tick(struct batch *b, int tick)
{
    b->tick = tick;
    b->week = tick / b->p->ticks_per_week;
    b->t0 = (float)tick * b->p->dt;
    b->t1 = (float)(tick + 1) * b->p->dt;
    if (b->n->drawn->noise_weeks <= b->week) nature_noise_until(b->n->drawn, b->p, b->week);
    for (size_t m = 0; m < sizeof week_mechanisms / sizeof *week_mechanisms; m++) week_mechanisms[m].step(b);
}

/* Lives the batch until every world has ended. */
static void week_live(struct batch *b)
{
    int tick = 0, per_week = b->p->ticks_per_week;
    for (; tick < b->p->horizon_ticks && lane_any(b->alive); tick++) {
        if (tick % per_week == 0) {
            b->week = tick / per_week;
            b->t0 = (float)b->week;
            if (b->timeline) week_record(b);
            if (b->week == 8) week_eight(b);
        }
        week_tick(b, tick);
    }
    b->censored = b->alive;
    trace_fact(b, ORGSIM_EVENT_censored, 0, b->censored, lane_set(b->p->horizon), lane_set(0.0f), lane_set(0.0f));
    if (b->timeline)
        for (b->week = (tick + per_week - 1) / per_week; b->week <= b->p->horizon_weeks; b->week++) week_record(b);
}

/* Before the first week. Worlds are what nature drew; everything else starts anew. */
static void week_reset(struct batch *b)
{
    const struct program *p = b->p;
    const lane_f none = lane_set(0.0f), never = lane_set(NEVER);
    const lane_i all = none <= none, nobody = lane_not(all);
    b->alive = all;
    b->ended = b->cancelled = b->censored = nobody;
    b->finish_week = b->stop_week = lane_set(p->horizon);
    b->packages_left = lane_set_i((int32_t)p->n_packages);
    b->ledger = (struct ledger){.cost = lane_set(p->planned_mitigation_cost), .cost_discounted = lane_set(p->planned_mitigation_cost)};
    b->structure_changed = true;
    b->trust_followed = none;
    b->coordination_load = b->open_cross = b->open_decisions = b->latent_risks = b->surfaced_risks = b->rigour = b->pm_load = none;
    b->pressure = b->judgment_invested = b->reported_share = b->optimism = none;
    b->committed_week = b->forecast_reported = lane_set(p->deadline);
    b->last_reaction = -never;
    b->reinforcements = lane_set_i(0);
    for (int r = 0; r < ROLES; r++) b->roles[r] = (struct role_state){0};
    for (size_t i = 0; i < p->n_packages; i++) {
        lane_f content = b->n->content[i];
        b->packages[i] = (struct package_state){
            .content = content, .estimate = lane_set(p->packages[i].estimate), .remaining = content, .inflow = content, .start_week = never,
            .done_week = never, .accepted_week = never, .waiting = lane_set_i((int32_t)p->packages[i].predecessors),
            .covered_left = lane_set_i((int32_t)p->packages[i].n_covers), .next_share = never};
        b->notes[i] = (struct package_note){.open = p->packages[i].predecessors == 0, .dormant = p->packages[i].n_items > 0};
        b->started[i] = b->closed[i] = b->again[i] = nobody;
        b->integration_week[i] = never;
    }
    memset(b->lives, 0, (p->n_items + ITEM_WORD - 1) / ITEM_WORD * ITEM_LIVES * sizeof *b->lives);
    for (size_t k = 0; k < p->n_items; k++) {
        struct package_state *package = &b->packages[p->items[k].package];
        *item_word(b, k, ITEM_DORMANT) |= item_bit(k);
        lane_i exists = b->n->items[k].score < b->o->threshold[k];
        package->next_share = lane_min(package->next_share, lane_select(exists, b->n->items[k].open_share, never));
        b->items[k] = (struct item_state){
            .life = lane_select_i(exists, lane_set_i(ITEM_DORMANT), lane_set_i(ITEM_ABSENT)),
            .detect_threshold = b->n->items[k].detect_threshold, .local_threshold = b->n->items[k].local_threshold,
            .detected_week = never, .impact_factor = lane_set(1.0f)};
    }
    for (size_t g = 0; g < p->n_features; g++) b->features[g] = (struct feature_state){.dropped = nobody};
    seats_reset(b);
    turnover_reset(b);
    escalation_reset(b);
}
