/* work.c: teams work on what is ready
 *
 *     capacity_j = max(0.5, X + (p_new - m_new) N) calendar (1 - phi) noise dt        person-weeks of this tick
 *     package i, in planned order: rt = max(t0, predecessors' done + lag, blocked);  g = min(m_i per_head (t1 - rt), capacity left, R + B)
 *     rework first; cleared at rt + (t1 - rt) g / avail; done when first cleared; an integration only when all that it covers is accepted
 *
 * Because the order is static, the loop is the same in all lanes; readiness and capacity are masks and minima. With incremental release,
 * packages that a PM promoted go first.
 * Reads    team focus, newcomers, noise, calendar; package links
 * Writes   package.remaining, rework, worked, started, cleared_week, done_week, integration_week; successors' ready_week, waiting
 * Registry prod_new mentor
 * Source   fluid list schedule
 * Contrary optimism_helps: capacity times 1 + its strength times optimism (Kaufmann & Kock 2023 for the sign)
 */
#include "engine/state.h"

#define WORK_LEAST 1e-4f /* person-weeks; what rounding leaves of a team's capacity starts nothing */

static void work_capacity(struct batch *b)
{
    const struct constants *a = &b->p->a;
    size_t weeks = (size_t)b->p->horizon_weeks + 1;
    float optimism_helps = b->p->contrary[ORGSIM_CONTRARY_optimism_helps];
    for (size_t j = 0; j < b->p->n_teams; j++) {
        struct team_state *t = &b->teams[j];
        lane_f heads = lane_max(t->experienced + t->newcomers, lane_set(0.5f));
        lane_f effective = lane_max(t->experienced + (a->prod_new - a->mentor) * t->newcomers, lane_set(0.5f));
        lane_f pace = b->p->calendar[j * weeks + (size_t)b->week] * (1.0f - t->focus_loss) * nature_noise(b->n, b->p, j, b->week);
        if (optimism_helps > 0) pace *= 1.0f + optimism_helps * b->optimism;
        t->per_head = pace * (effective / heads);
        t->tick_capacity = t->capacity = effective * pace * b->p->dt;
        t->tick_rework = lane_set(0.0f);
        t->quality = rework_team_quality(b, j);
    }
}

static void work_mark_again(struct batch *b, size_t i, lane_i mask)
{
    b->notes[i].again = true;
    b->again[i] |= mask;
}

/* Opens the successors of a package that is done, or cut, in these lanes. */
static void work_open_successors(struct batch *b, size_t i, lane_i mask, lane_f week)
{
    const struct program_package *k = &b->p->packages[i];
    for (uint32_t l = 0; l < k->n_successors; l++) {
        struct package_state *next = &b->packages[k->successors[l].package];
        next->waiting -= lane_one_i(mask);
        b->notes[k->successors[l].package].open = true;
        work_mark_again(b, k->successors[l].package, mask);
        next->ready_week = lane_select(mask, lane_max(next->ready_week, week + k->successors[l].lag), next->ready_week);
    }
}

static void work_latch_done(struct batch *b, size_t i, lane_i mask, lane_f week)
{
    struct package_state *s = &b->packages[i];
    s->done |= mask;
    s->done_week = lane_select(mask, week, s->done_week);
    trace_fact(b, ORGSIM_EVENT_done, i, mask & lane_not(s->dropped), week, lane_set(0.0f), lane_set(0.0f));
    work_open_successors(b, i, mask, week);
}

/* Marks the moment from which package i's items and hidden rework are integrated. */
static void work_reach_integration(struct batch *b, size_t i, lane_i mask, lane_f week)
{
    const struct package_state *s = &b->packages[i];
    mask &= lane_not(s->dropped) & (b->integration_week[i] >= NEVER);
    if (!lane_any(mask)) return;
    b->integration_week[i] = lane_select(mask, week, b->integration_week[i]);
    b->notes[i].integrating = true;
    work_mark_again(b, i, mask);
    rework_integrate(b, i, mask, week);
}

static void work_start(struct batch *b, size_t i, lane_i mask, lane_f week)
{
    struct package_state *s = &b->packages[i];
    lane_i starts = mask & lane_not(b->started[i]);
    if (!lane_any(starts)) return;
    b->started[i] |= starts;
    b->notes[i].started = true;
    s->start_week = lane_select(starts, week, s->start_week);
    trace_fact(b, ORGSIM_EVENT_started, i, starts, week, lane_set(0.0f), lane_set(0.0f));
    b->structure_changed = true;
}

static void work_finish(struct batch *b, size_t i, lane_i finished, lane_f cleared)
{
    const struct program_package *k = &b->p->packages[i];
    struct package_state *s = &b->packages[i];
    s->cleared_week = lane_select(finished, cleared, s->cleared_week);
    if (k->integrator == i) work_reach_integration(b, i, finished, cleared);
    lane_i latches = finished & lane_not(s->done);
    if (k->integrates) latches &= s->covered_left <= 0;
    if (lane_any(latches)) work_latch_done(b, i, latches, lane_max(cleared, s->covered_accepted_week));
}

/* What activation.c asks: how far the package came in the part of this tick in which it was worked on. */
static void work_note_progress(struct package_state *s, lane_i can, lane_i first, lane_f from, lane_f on_content, lane_i finished)
{
    lane_f inverse = 1.0f / s->content, left = lane_select(finished, lane_set(0.0f), s->remaining - on_content);
    s->progress_from = lane_select(first, 1.0f - s->remaining * inverse, s->progress_from);
    s->progress_to = lane_select(can, 1.0f - left * inverse, s->progress_to);
    s->worked_from = lane_select(first, from, s->worked_from);
}

static void work_do(struct batch *b, size_t i, lane_i can, lane_f from)
{
    const struct program_package *k = &b->p->packages[i];
    struct package_state *s = &b->packages[i];
    struct team_state *team = &b->teams[k->team];
    lane_f span = b->t1 - from, load = s->remaining + s->rework;
    lane_f available = lane_min(k->max_engineers * team->per_head * span, team->capacity);
    can &= available > WORK_LEAST;
    lane_i finished = can & (available >= load);
    lane_f work = lane_keep(can, lane_min(available, load)), on_rework = lane_min(work, s->rework), on_content = work - on_rework;
    lane_f cleared = lane_set(b->t1);
    if (lane_any(finished)) cleared = from + span * (work / lane_max(available, lane_set(1e-20f)));
    if (b->notes[i].dormant) work_note_progress(s, can, can & (s->worked_to <= b->t0), from, on_content, finished);
    s->rework = lane_select(finished, lane_set(0.0f), s->rework - on_rework);
    s->remaining = lane_select(finished, lane_set(0.0f), s->remaining - on_content);
    s->worked_to = lane_select(finished, cleared, lane_select(can, lane_set(b->t1), s->worked_to));
    b->notes[i].progressed = true;
    s->worked += work;
    team->capacity -= work;
    team->tick_rework += on_rework;
    b->ledger.work += work;
    b->ledger.rework_work += on_rework;
    rework_create(b, i, work);
    work_start(b, i, can, from);
    if (lane_any(finished)) work_finish(b, i, finished, cleared);
}

static void work_package(struct batch *b, size_t i, lane_i wanted)
{
    const struct program_package *k = &b->p->packages[i];
    struct package_state *s = &b->packages[i];
    if (!b->notes[i].open || b->notes[i].finished) return;
    lane_f from = lane_max(lane_max(s->ready_week, s->blocked_until), lane_max(s->worked_to, lane_set(b->t0)));
    from = lane_max(from, lane_select(b->integration_week[i] < b->t1, b->integration_week[i], from));
    lane_i ready = wanted & b->alive & (s->waiting <= 0) & (from < b->t1) & lane_not(b->closed[i]);
    if (!lane_any(ready)) return;
    if (k->integrates && lane_any(ready & lane_not(b->started[i])))
        for (uint32_t c = 0; c < k->n_covers; c++)
            if (k->covers[c] != i) work_reach_integration(b, k->covers[c], ready, from);
    lane_i can = ready & (s->remaining + s->rework > 0.0f);
    if (lane_any(can)) work_do(b, i, can, from);
}

static void work_step(struct batch *b)
{
    const struct program *p = b->p;
    work_capacity(b);
    lane_i everything = b->alive;
    if (p->incremental) {
        for (size_t n = 0; n < p->n_packages; n++) work_package(b, p->order[n], b->packages[p->order[n]].promoted);
        for (size_t n = 0; n < p->n_packages; n++) work_package(b, p->order[n], lane_not(b->packages[p->order[n]].promoted));
        return;
    }
    for (size_t n = 0; n < p->n_packages; n++) work_package(b, p->order[n], everything);
}

/* Without this a chain of integrations would lose half a tick at every link. */
static void work_again_step(struct batch *b)
{
    for (size_t n = 0; n < b->p->n_packages; n++) {
        size_t i = b->p->order[n];
        if (!b->notes[i].again) continue;
        lane_i mine = b->again[i];
        b->notes[i].again = false;
        b->again[i] = lane_set_i(0);
        work_package(b, i, mine);
    }
}
