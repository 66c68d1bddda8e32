/* item.c: the one door through which risks, questions and interface mismatches change state
 *
 * Everything counted over open items (open questions of a package, hidden mismatches, open cross-team items, latent and surfaced risks, weeks
 * of exposure) is kept here, so that no mechanism can forget it.
 */
#include "engine/state.h"

static uint64_t *item_word(const struct batch *b, size_t k, enum item_life life) { return &b->lives[k / ITEM_WORD * ITEM_LIVES + life]; }
static uint64_t item_bit(size_t k) { return UINT64_C(1) << k % ITEM_WORD; }

/* A walk over the items of which some lane may be in one of these states, in their order; most items sleep in most ticks. An item that changes while it is
 * visited is not visited again. */
struct item_walk { size_t item, first, next_word; uint64_t some; };

/* Bits of a word's items in one of these states (a bit per enum item_life). */
LANE_INLINE uint64_t item_some(const struct batch *b, size_t first, uint32_t lives)
{
    uint64_t some = 0;
    for (int life = 0; life < ITEM_LIVES; life++)
        if (lives >> life & 1) some |= *item_word(b, first, (enum item_life)life);
    return some;
}

LANE_INLINE bool item_walk_on(const struct batch *b, uint32_t lives, struct item_walk *w)
{
    while (w->some == 0) {
        if (w->next_word >= b->p->n_items) return false;
        w->first = w->next_word;
        w->some = item_some(b, w->first, lives);
        w->next_word += ITEM_WORD;
    }
    w->item = w->first + (size_t)__builtin_ctzll(w->some);
    w->some &= w->some - 1;
    return true;
}

#define ITEMS_IN(b, k, lives)                                                                                                                  \
    for (struct item_walk walk = {0}; item_walk_on(b, lives, &walk);)                                                                          \
        for (size_t k = walk.item, once = 1; once; once = 0)

/* Living lanes in which the item is in this state. The bit of a state that no lane is in any more is cleared on the way. */
static bool item_in(const struct batch *b, size_t k, enum item_life life, lane_i *mask)
{
    uint64_t *word = item_word(b, k, life);
    if (!(*word & item_bit(k))) return false;
    *mask = (b->items[k].life == (int)life) & b->alive;
    if (lane_any(*mask)) return true;
    *word &= ~item_bit(k);
    return false;
}

static lane_i item_open(lane_i life) { return (life >= ITEM_LATENT) & (life <= ITEM_DECIDING); }
static lane_i item_known(lane_i life) { return (life >= ITEM_HELD) & (life <= ITEM_DECIDING); }
static lane_i item_on_path(lane_i life) { return (life >= ITEM_PREPARING) & (life <= ITEM_DECIDING); }

#define ITEM_OPEN_LIVES (1u << ITEM_LATENT | 1u << ITEM_HELD | 1u << ITEM_PREPARING | 1u << ITEM_QUEUED | 1u << ITEM_DECIDING)

/* Any open state of a living lane. */
static bool item_any_open(const struct batch *b, size_t k, lane_i *mask)
{
    uint64_t some = 0;
    for (int life = ITEM_LATENT; life <= ITEM_DECIDING; life++) some |= *item_word(b, k, (enum item_life)life);
    if (!(some & item_bit(k))) return false;
    *mask = item_open(b->items[k].life) & b->alive;
    if (lane_any(*mask)) return true;
    for (int life = ITEM_LATENT; life <= ITEM_DECIDING; life++) *item_word(b, k, (enum item_life)life) &= ~item_bit(k);
    return false;
}

static void item_move(struct batch *b, size_t k, lane_i mask, enum item_life to, lane_f week)
{
    const struct program_item *item = &b->p->items[k];
    struct item_state *s = &b->items[k];
    lane_i was = s->life, becomes = lane_select_i(mask, lane_set_i((int32_t)to), was);
    lane_f opens = lane_one(item_open(becomes)) - lane_one(item_open(was));
    lane_f known = lane_one(item_known(becomes)) - lane_one(item_known(was));
    lane_i leaves = mask & item_open(was) & lane_not(item_open(becomes));

    s->life = becomes;
    *item_word(b, k, to) |= item_bit(k);
    s->active_week = lane_select(mask & lane_not(item_open(was)) & item_open(becomes), week, s->active_week);
    if (item->kind == ITEM_QUESTION) {
        b->packages[item->package].open_questions += opens;
        b->teams[item->team].open_questions += opens;
        b->open_decisions += opens;
        b->ledger.question_weeks += lane_keep(leaves, week - s->active_week);
        if (item->altitude > ALTITUDE_TEAM) b->open_cross += opens;
    } else {
        if (item->altitude > ALTITUDE_TEAM) b->open_cross += known;
        if (item->kind == ITEM_MISMATCH) {
            b->packages[item->package].hidden_mismatches += opens;
        } else {
            b->latent_risks += lane_one(becomes == ITEM_LATENT) - lane_one(was == ITEM_LATENT);
            b->surfaced_risks += lane_one(item_on_path(becomes)) - lane_one(item_on_path(was));
            b->ledger.exposure_weeks += lane_keep(leaves, week - s->active_week);
        }
    }
}

/* Four draws for an event of an item; the ordinal numbers events of this kind in each lane. */
static void item_draw(const struct batch *b, size_t k, enum item_draw purpose, lane_i ordinal, lane_i mask, lane_u raw[4])
{
    const struct program_item *item = &b->p->items[k];
    draw_lanes_masked(&b->n->source, STREAM_ITEM + (uint32_t)item->kind * ITEM_DRAWS + (uint32_t)purpose, item->row, ordinal, mask, raw);
}

/* What it costs that something is found late: all of it, or less with the switch no_delay_effect. */
static float item_delay_effect(const struct batch *b) { return 1 - b->p->contrary[ORGSIM_CONTRARY_no_delay_effect]; }

/* Share of its impact that a risk costs when it is settled in time. */
static float item_settling_share(const struct batch *b)
{
    float rho = b->p->a.rho_mit;
    return rho + b->p->contrary[ORGSIM_CONTRARY_no_delay_effect] * (1 - rho);
}

/* ln G(age), G = min(G_max, exp(g age)): how an unattended item grows. effect: what there is of it. */
static lane_f item_log_growth(const struct batch *b, size_t k, lane_f week, float effect)
{
    lane_f age = lane_floor_zero(week - b->items[k].active_week);
    return lane_min(effect * b->p->items[k].growth * age, lane_set(b->p->log_growth_cap));
}

static lane_f item_growth(const struct batch *b, size_t k, lane_f week)
{
    return lane_exp(item_log_growth(b, k, week, item_delay_effect(b)));
}

/* Impact now, person-weeks. */
static lane_f item_impact(const struct batch *b, size_t k, lane_f week)
{
    return b->n->items[k].impact * b->items[k].impact_factor * item_growth(b, k, week);
}

/* End of the part of this tick in which an open item can still be acted on: its package's integration, if that comes first. */
static lane_f item_window_end(const struct batch *b, size_t k)
{
    return lane_min(b->integration_week[b->p->items[k].package], lane_set(b->t1));
}

static lane_i item_observed_by_seat(const struct batch *b, size_t k, size_t seat)
{
    return b->items[k].observer == (int)(OBSERVER_SEAT + seat);
}

/* Judgment and empowerment of whoever carries the item: the seat that noticed it while somebody sits there, else the team's manager. */
static void item_carrier(const struct batch *b, size_t k, lane_f *judgment, lane_f *empowerment, lane_i *seat)
{
    const struct program_team *team = &b->p->teams[b->p->items[k].team];
    *judgment = lane_set(team->em_judgment);
    *empowerment = lane_set(team->em_empowerment);
    *seat = lane_set_i(0);
    for (size_t q = 0; q < b->o->n_seats; q++) {
        lane_i carries = item_observed_by_seat(b, k, q) & b->seats[q].present;
        *judgment = lane_select(carries, b->seats[q].judgment, *judgment);
        *empowerment = lane_select(carries, b->o->seats[q].empowerment, *empowerment);
        *seat |= carries;
    }
}
